/* The clock jumped: until something vouches for it nobody is judged and nobody is told. Judging by a wrong clock would
 * write what cannot be taken back: "unanswered", "gone from the database", the day somebody was first met. */
#include "engine/inner.h"

static const char seen[] = "clock seen"; /* the last instant that was believed */

bool doubt_load(struct engine *e, struct err *err)
{
    struct stop stop;
    if (!store_number(e->store, seen, INSTANT_NONE, &e->seen_stored, err) ||
        !stop_get(e->store, "clock", &e->step, &stop, err))
        return false;
    belief_begin(&e->belief, e->seen_stored, stop.what != NULL);
    return true;
}

static bool begin_doubt(struct engine *e, duration jump, bool while_off, struct err *err)
{
    char words[48], expected[32];
    struct distance far = jump_distance(jump);
    const char *why =
        arena_print(&e->step, "it went %s%s", jump_print(jump, words), while_off ? " while followupd did not run" : "");
    forget_asked(e); /* what is being read was asked for another time */
    note(e, 4, NULL, "the clock went %s; it %s %s", words, while_off ? "showed last" : "should show",
         instant_print(e->now - jump, expected));
    return stop_set(e->store, "clock", e->now, INSTANT_NEVER, why, err) &&
           raise_alert(
               e, "clock",
               &(struct notice){ PHRASE_ALERT_CLOCK, .numbers = { (double)far.n },
                                 .texts = { far.unit, jump < 0 ? "back" : "forward", while_off ? "off" : "running" } },
               err);
}

/* What was written and what was to wait while the clock was wrong may lie years ahead. After that it is as after a
 * start: the store is all there is, and everybody is read again. */
static bool end_doubt(struct engine *e, const char *why, struct err *err)
{
    note(e, 5, NULL, "the clock is believed again: %s", why);
    start_over(e);
    e->seen_stored = INSTANT_NONE;
    return stop_clear(e->store, "clock", err) && stop_clear_all(e->store, "channel *", err) &&
           stop_clear_all(e->store, "address *", err) && store_take_back(e->store, e->now, e->today, err) &&
           take_up(e, err);
}

/* `followupctl release clock` took the stop away. */
static bool released(struct engine *e, bool *yes, struct err *err)
{
    struct stop stop = { .what = "" };
    *yes = false;
    if (e->belief.doubted && e->store_news && !stop_get(e->store, "clock", &e->step, &stop, err))
        return false;
    *yes = !stop.what;
    return true;
}

bool doubt_clock(struct engine *e, const struct tick *t, struct err *err)
{
    static const char *const reasons[] = {
        [TRUST_GOES_ON] = "it is back where it should be",
        [TRUST_SYNCHRONISED] = "it is synchronised",
        [TRUST_WAITED] = "it has gone on steadily for ten minutes",
    };
    bool doubted = e->belief.doubted, while_off = e->belief.running < 0, yes;
    duration jump;
    if (!released(e, &yes, err))
        return false;
    if (yes) {
        belief_accept(&e->belief, t);
        return end_doubt(e, "it was released", err);
    }
    enum trust trust = belief_see(&e->belief, t, &jump);
    if (trust == TRUST_NOT)
        return doubted || begin_doubt(e, jump, while_off, err);
    if (!doubted && trust == TRUST_GOES_ON)
        return true;
    if (!doubted) { /* right at once, such as at a start after a holiday; what went back leaves something behind */
        char words[48];
        note(e, 5, NULL, "the clock went %s", jump_print(jump, words));
    }
    return end_doubt(e, reasons[trust], err);
}

/* With what is written anyway, at most once a minute, else once an hour: at rest the disk is left alone. */
bool doubt_remember(struct engine *e, struct err *err)
{
    duration since = e->seen_stored == INSTANT_NONE ? INT64_MAX : e->now - e->seen_stored;
    if (e->belief.doubted || (since >= 0 && since < (store_wrote(e->store) ? MINUTE : HOUR)))
        return true;
    e->seen_stored = e->now;
    return store_set_number(e->store, seen, e->now, err);
}
