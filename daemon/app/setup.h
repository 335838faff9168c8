/* Everything that a reload replaces, and whether fresh settings may. */
#ifndef APP_SETUP_H
#define APP_SETUP_H

#include "app/couriers.h"
#include "engine/engine.h"
#include "source/watch.h"

struct setup {
    struct options *options;
    struct company *company;
    struct couriers *couriers;
    struct engine *engine;
    struct watch *watch;
};

/* Read options and company; false after saying everything that is wrong, the first of it in `e` too. */
bool setup_read(struct setup *s, const char *file, struct err *e) MUST_CHECK;

/* False: a courier is blocked, and what it works with stays in memory. */
bool setup_done(struct setup *s);

/* May these settings go on from what is in the store? As above. */
bool setup_fits(const struct setup *s, struct store *store, struct err *e) MUST_CHECK;

/* The same for a test of the settings: where there is no store yet, or none that this user may open, nothing is wrong.
 */
bool setup_fits_stored(const struct setup *s, struct err *e) MUST_CHECK;

/* Keep for `status` that fresh settings were refused, and why; NULL: they were not. */
void setup_refused(struct store *store, const char *why, instant now);

#endif
