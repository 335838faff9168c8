/* Looks over the engine's shoulder after every step, and says which promise of DESIGN.md section 10 was broken. */
#ifndef SIM_WITNESS_H
#define SIM_WITNESS_H

#include "sim/naive.h"

#include <sqlite3.h>

enum promise {
    NOTHING_IS_FORGOTTEN = 1,
    NO_ONE_HEARS_TWICE,
    NOTHING_STALE_LEAVES,
    SILENCE_IS_KEPT,
    ONLY_THE_OWNER,
    DEFENDS_ITSELF,
    ABSENCE_IS_NOT_EVIDENCE,
    FAILURE_IS_HEARD
};

/* One thing that an accepted mail told about a buyer, by the naive model's own key. */
struct heard {
    size_t arrival;
    int64_t episode;
    int rule, person, step, occasion;
    date anchor;
};

struct ear {
    struct heard *rows;
    size_t n;
    instant quiet_until[RULES]; /* somebody answered "later" (then): until then, and then once more */
    instant quiet_since[RULES];
    int quiet_case[RULES]; /* its occasion */
    int64_t quiet_episode[RULES];
    int put_off[RULES];
    int64_t *answered; /* episodes */
    size_t n_answered;
};

enum question {
    EPISODES_OF_RULE,
    UNWATCHED,
    NEW_EPISODES,
    OPEN_OF_CUSTOMER,
    WAITING,
    TELLINGS,
    SAID,
    STOPS,
    UNSENT,
    FOR_DIGEST,
    QUERIES
};

struct witness {
    struct firm *firm;
    sqlite3 *db; /* our own connection to the store, for reading */
    sqlite3_stmt *queries[QUERIES];
    struct ear *ears; /* one for each buyer */
    struct {
        size_t arrival;
        int person;
    } * refusals;
    size_t n_refusals, refusals_said;
    size_t arrivals, lines; /* looked at so far */
    int64_t episodes;       /* the newest known */
    instant trouble;        /* when something last kept the daemon from its work */
    instant doubted;        /* when the clock was last in doubt */
    instant no_mail;        /* when the mail server last was no help, or nobody was there to ask it */
    bool violated;
    size_t *digests; /* arrivals: those that were taken, the first time */
    size_t n_digests;
    long steps, mails, together, doubts, alerts; /* together: mails that told several things */
};

struct witness *witness_new(struct firm *f);
void witness_free(struct witness *w);

/* After every step of the engine. */
void witness_step(struct witness *w);

/* Now and then: does every due customer have its episode, every open episode still its reason, and does nobody wait
 * where there is room? `part` of `parts` of the customers are asked about. */
void witness_complete(struct witness *w, int part, int parts);

/* failures.c: after every step; and once a day. */
void check_failures(struct witness *w);
void check_unsent(struct witness *w);

/* defence.c: one of the things that a mail tells. */
void check_defence(struct witness *w, const struct arrival *a, const struct told *t, int rule, const struct duty *duty);

/* rounds.c: one digest that comes; and once a day. */
void check_digest(struct witness *w, size_t arrival);
void check_rounds(struct witness *w);

/* Is somebody, whose mail this was to be, well since then, so that it could come? */
bool well(const struct firm *f, const struct worker *to, const struct buyer *b, instant since);

/* Nothing happened to this customer since that the daemon may not have seen yet. */
bool settled(const struct buyer *b, instant since);

/* By the addresses that were refused before that arrival, or also at its very instant. */
void who_is_refused(const struct witness *w, instant at, bool at_this_instant, bool refused[MOST_PEOPLE]);

/* waiting.c */
void check_waiting(struct witness *w);

/* How many of a customer's episodes are open, of those up to `newest`; what lacks the facts to be judged by waits for
 * ever and does not count. */
size_t witness_open(struct witness *w, const char *customer, int64_t newest);

/* A new day, or an edit that may have changed what was judged: learn, and note what is due. */
void witness_learn(struct witness *w);

/* What was recorded is remembered: no mail about it may come any more (before `until`, where that is given). */
void witness_answered(struct witness *w, struct buyer *b, instant until);

/* This rule begins anew: what was told and answered under its old name is no concern of the new one. */
void witness_forget(struct witness *w, int rule);

/* Something keeps the daemon from its work just now. */
void witness_trouble(struct witness *w);

/* Says it, with what the trace tells about that customer. Only the first is printed. */
void violation(struct witness *w, enum promise p, const char *customer, const char *format, ...) PRINTF_LIKE(4, 5);

/* arrivals.c */
void check_arrival(struct witness *w, size_t i);

/* The one row of a query bound to up to two texts; NULL: none. Reset it after use. */
sqlite3_stmt *ask(struct witness *w, enum question q, const char *a, const char *b);

#endif
