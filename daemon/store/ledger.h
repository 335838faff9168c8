/* The smaller books of the store: history, recorded contacts, what is stopped, alerts, releases, days first seen. */
#ifndef STORE_LEDGER_H
#define STORE_LEDGER_H

#include "model/customer.h"
#include "plan/mass.h"
#include "store/store.h"

struct history_line {
    instant at;
    const char *customer, *actor, *line;
};

bool history_add(struct store *s, instant at, const char *customer, const char *actor, const char *line,
                 struct err *e) MUST_CHECK;

/* All lines until `at`, of one customer or (NULL) of everyone, oldest first. */
bool history_read(struct store *s, const char *customer, instant at, struct arena *a, struct history_line **out,
                  size_t *n, struct err *e) MUST_CHECK;

/* Customers that somebody other than the daemon wrote about since line *after, which moves on. None: something
 * was written about nobody in particular, such as a release. */
bool history_news(struct store *s, int64_t *after, struct arena *a, const char ***customers, size_t *n,
                  struct err *e) MUST_CHECK;
bool history_newest(struct store *s, int64_t *newest, struct err *e) MUST_CHECK;

/* A contact that a person recorded here rather than in the company's database. */
bool contact_add(struct store *s, const char *customer, const struct contact *c, const char *actor, instant now,
                 struct err *e) MUST_CHECK;

/* Put the recorded contacts of a customer among those of the source, in order of time. `day` is filled by the caller's
 * zone later. */
bool contacts_recorded(struct store *s, const char *customer, struct arena *a, struct contact **out, size_t *n,
                       struct err *e) MUST_CHECK;

struct stop {
    const char *what, *why;
    instant since, until;
};

bool stop_set(struct store *s, const char *what, instant now, instant until, const char *why, struct err *e) MUST_CHECK;
bool stop_get(struct store *s, const char *what, struct arena *a, struct stop *out,
              struct err *e) MUST_CHECK; /* what NULL: not stopped */
bool stop_clear(struct store *s, const char *what, struct err *e) MUST_CHECK;
bool stop_clear_all(struct store *s, const char *pattern, struct err *e) MUST_CHECK; /* GLOB, "address *" */
bool stops_read(struct store *s, struct arena *a, struct stop **out, size_t *n, struct err *e) MUST_CHECK;

/* Raise an alert unless this cause was raised on this day; *fresh says whether it was new. `text` is one line in
 * English, `said` the same in paragraphs for the admin. */
bool alert_raise(struct store *s, const char *cause, date day, const char *text, const char *said, instant now,
                 bool *fresh, struct err *e) MUST_CHECK;

/* What is to be said to the admin: the oldest of `since` or later that has no message yet; id 0: none. */
bool alert_next(struct store *s, date since, struct arena *a, int64_t *id, const char **text, struct err *e) MUST_CHECK;
/* What that message says to the admin. */
bool alert_text(struct store *s, int64_t message, struct arena *a, const char **text, struct err *e) MUST_CHECK;
bool alert_set_message(struct store *s, int64_t id, int64_t message, struct err *e) MUST_CHECK;

struct alert {
    instant at;
    const char *cause, *text;
};

bool alerts_since(struct store *s, date day, struct arena *a, struct alert **out, size_t *n, struct err *e) MUST_CHECK;

/* What an admin let go on. */
bool release_set(struct store *s, const char *what, instant now, struct err *e) MUST_CHECK;
bool release_get(struct store *s, const char *what, instant *at, struct err *e) MUST_CHECK; /* INSTANT_NONE: never */

/* `n` more new cases of a rule today (0: it was judged); what was counted under other settings today is forgotten. */
bool newcomers_add(struct store *s, const char *rule, uint64_t settings, date today, long n, struct err *e) MUST_CHECK;

/* Days from `from` to `until` on which the rule was judged under these settings, since the last under others. */
bool newcomers_read(struct store *s, const char *rule, uint64_t settings, date from, date until, struct arena *a,
                    struct new_cases **out, size_t *n, struct err *e) MUST_CHECK;

/* What a mass change brought is no measure of other days. */
bool newcomers_reset(struct store *s, const char *rule, date day, struct err *e) MUST_CHECK;
bool newcomers_forget(struct store *s, date before, struct err *e) MUST_CHECK;

/* The day a customer was first met; DATE_NONE: never yet. */
bool seen_get(struct store *s, const char *customer, date *out, struct err *e) MUST_CHECK;

/* The same, written the first time. */
bool seen_day(struct store *s, const char *customer, date today, date *out, struct err *e) MUST_CHECK;

#endif
