/* Who is to be looked at next, and when. Derived from the source at every start, never stored. A million customers fit
 * in some seventy megabytes, so a row holds only what the next look hangs on. */
#ifndef ENGINE_AGENDA_H
#define ENGINE_AGENDA_H

#include "plan/judge.h"

struct agenda;

struct agenda *agenda_new(void);
void agenda_free(struct agenda *a);

size_t agenda_size(const struct agenda *a);

/* Note how a customer looks now; says whether it is new or looks different from before, and whether it has open
 * episodes. */
struct noted {
    bool changed, open;
};

struct noted agenda_note(struct agenda *a, const char *id, const char *category, const char *owner,
                         const struct outlook *o);

/* Everybody who was ever noted as an owner of customers, by number; NULL: nobody. */
size_t agenda_owners(const struct agenda *a);
const char *agenda_owner(const struct agenda *a, size_t i);

/* A customer was looked at: the next time is `at`. `due` says that some rule found it due, so that only news brings it
 * back sooner; `open` that it has open episodes, so that any news does. */
void agenda_looked(struct agenda *a, const char *id, bool due, bool open, instant at);

/* A customer is known to have open episodes. */
void agenda_open(struct agenda *a, const char *id);

/* Look not later than `by`. A customer not on the agenda is added. */
void agenda_look_by(struct agenda *a, const char *id, instant by);

/* The earliest look; INSTANT_NEVER if there is none. */
instant agenda_next(const struct agenda *a);

/* Take up to `most` customers whose look is due off the clock, in id order; the strings live as long as the agenda.
 * Their next look must be set again. */
size_t agenda_take(struct agenda *a, instant now, size_t most, const char **ids);

/* A pass begins: nobody was seen yet. It ends: call `gone` for each customer that was not; if it comes back, that is a
 * change. */
void agenda_pass_begin(struct agenda *a);
void agenda_pass_end(struct agenda *a, void (*gone)(void *context, const char *id), void *context);

/* How many customers that may be written about are of a category that counts; with `bought` only those who ever bought.
 */
long agenda_count(const struct agenda *a, bool bought, bool (*counts)(void *context, const char *category),
                  void *context);

/* Did the last pass see this customer? Not while the next one goes on. */
bool agenda_seen(const struct agenda *a, const char *id);

/* Forget a customer for good. */
void agenda_forget(struct agenda *a, const char *id);

/* Walk all rows from *cursor on, at most `most`, and let `look` say from which instant on the rules have something to
 * say about each. What is due and was found due before is left to what that look planned. False once the end was
 * reached. */
bool agenda_walk(struct agenda *a, size_t *cursor, size_t most, instant now,
                 instant (*look)(void *context, const char *category, const struct outlook *o), void *context);

/* Walk all rows from *cursor on, at most `most`, and call `each` for the customers of those of the first `n` owners
 * that are wanted. False once the end was reached. */
bool agenda_walk_of(const struct agenda *a, const bool *wanted, size_t n, size_t *cursor, size_t most,
                    void (*each)(void *context, const char *id, const char *category, const struct outlook *o),
                    void *context);

#endif
