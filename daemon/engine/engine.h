/* What happens next. The engine has no I/O of its own but the store: time is an argument, couriers are asked through
 * ports, and what they bring is laid on its tray. */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "base/chance.h"
#include "engine/company.h"
#include "engine/news.h"
#include "plan/clock.h"
#include "store/store.h"

struct engine;

/* One line of what happened, for the log, `followupctl follow` and the stories alike. */
struct trace_line {
    instant at;
    int priority;         /* as syslog: 3 error, 4 warning, 5 notice, 6 info, 7 only for history */
    const char *customer; /* id, or NULL */
    const char *text;
};

/* A message for a channel's couriers. */
struct parcel {
    struct arena arena;
    size_t channel; /* index into options.channels */
    struct message message;
};

void parcel_free(struct parcel *p);

/* Where the world begins. Everything is called from engine_step() only, after its commit, and takes what it is given.
 */
struct ports {
    void *context;
    void (*ask)(void *context, struct errand *errand);
    void (*post)(void *context, struct parcel *parcel);
    int (*idle)(void *context, size_t channel); /* couriers of that channel without work */
    void (*trace)(void *context, const struct trace_line *line);
};

/* Take up where the store left off: what was `sending` when we stopped is unknown now. All arguments outlive the
 * engine. */
bool engine_open(struct engine **out, struct company *company, struct store *store, const struct ports *ports,
                 uint64_t seed, instant now, struct err *e) MUST_CHECK;
void engine_close(struct engine *e);

/* May these settings go on from this store? A rule that is gone while follow-ups of it are open is complained about,
 * with the remedy. False, and nothing in `c`: the store cannot be read. */
bool engine_rules_fit(struct store *store, const struct options *o, struct complaints *c, struct err *err) MUST_CHECK;

/* The settings changed: what was stopped, channels and addresses, is tried again. Before engine_open(). */
bool engine_try_again(struct store *store, instant now, struct err *err) MUST_CHECK;

/* Lay something on the tray. */
void engine_take(struct engine *e, struct news *n);

/* The source, or the store, may have been changed by somebody else. */
void engine_source_changed(struct engine *e);
void engine_store_changed(struct engine *e);

/* Since when is this channel stopped, until somebody mends something? INSTANT_NONE: it is not. And: its secret has been
 * changed since. */
instant engine_channel_stopped(const struct engine *e, size_t channel);
void engine_channel_mended(struct engine *e, size_t channel);

/* A courier has nothing to do any more. */
void engine_courier_rested(struct engine *e);

/* One instant, one bounded slice of work, one transaction. *again: when to call next unless something is laid on the
 * tray before. An error means that the store failed: nothing was handed out, and the engine must be closed. */
bool engine_step(struct engine *e, const struct tick *now, instant *again, struct err *err) MUST_CHECK;

/* For `status` and the tests. */
struct engine_state {
    size_t customers; /* on the agenda */
    long waiting;     /* episodes waiting for their turn */
    bool judging;     /* false: no complete pass yet today, or the feed is stale */
    bool feed_stale;
    bool clock_doubted; /* nobody is judged or told until the clock can be believed */
    bool tray;          /* something lies there that is not filed yet */
};

struct engine_state engine_state(const struct engine *e);

#endif
