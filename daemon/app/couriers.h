/* The crews: one courier for the source, some for each channel. */
#ifndef APP_COURIERS_H
#define APP_COURIERS_H

#include "base/courier.h"
#include "engine/engine.h"

struct couriers;

/* Start them. `wake` is called from their threads whenever something lies on the tray or one has become idle. */
bool couriers_open(struct couriers **out, struct company *company, void (*wake)(void *context), void *context,
                   struct err *e) MUST_CHECK;

/* Wait at most `patience`. False: one is blocked and left behind, and what it works with (company, options) must stay.
 */
bool couriers_close(struct couriers *c, duration patience);

/* The engine's ports. */
void couriers_ask(void *couriers, struct errand *errand);
void couriers_post(void *couriers, struct parcel *parcel);
int couriers_idle(void *couriers, size_t channel);

/* Are all of them idle? And: claim nothing more, so that they become so. */
bool couriers_all_idle(struct couriers *c);
void couriers_pause(struct couriers *c);

/* The next thing one of them brought, or NULL. */
struct news *couriers_take(struct couriers *c);

/* Close the source's file until it is needed again. False: it is being read just now. */
bool couriers_rest_source(struct couriers *c);

#endif
