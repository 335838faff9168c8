/* What the rules say about a customer on a day. Functions from values to values: list, explain, preview, the daemon and
 * a simulation of ten years all call these. */
#ifndef PLAN_JUDGE_H
#define PLAN_JUDGE_H

#include "base/arena.h"
#include "model/followup.h"
#include "plan/hours.h"
#include "plan/rhythm.h"

/* What a judgement stands on besides the customer's facts. */
struct bench {
    const struct options *options;
    const struct hours *hours; /* of the company: what its working days are */
    const struct paces *paces; /* learned from the purchases before `today` */
    date today;                /* local day of the company */
};

/* A customer in a few numbers: enough to know when to look at it again, small enough to keep for a million. */
struct outlook {
    struct rhythm rhythm;
    date other;           /* next day that matters to rules which do not hang on the rhythm; DATE_NEVER */
    uint64_t fingerprint; /* of all facts that can change a judgement or a route */
};

/* What each rule that covers this customer says, in the order of the configuration, into `a`; returns how many. `f`
 * must be cut to what has happened by now (facts_as_of); `first_seen` is when followupd first met the customer, or
 * DATE_NONE. */
size_t judge(const struct bench *b, const struct facts *f, date first_seen, struct arena *a, struct finding **out);

/* The same customer in short; `f` may hold purchases of the future. */
struct outlook judge_outlook(const struct bench *b, const struct facts *f, date first_seen);

/* The first day from `today` on at which some rule would say something new; `today` itself if one says "due" already.
 */
date judge_next(const struct bench *b, const struct outlook *o, const char *category);

/* `d` plus a period; `p` must not be a rhythm. */
date period_end(const struct bench *b, date d, struct period p);

/* How many whole periods passed from `d` to `today`; the days on which the last of them ended (`d` itself: none did)
 * and the next one will, DATE_NEVER for a period that is not set. */
int periods_passed(const struct bench *b, date d, struct period p, date *last, date *next);

/* Each kind of rule is one file and one row. */
struct judge_kind {
    enum rule_kind kind;
    /* Fill `out` for a customer that its rule covers; so far it says "cannot judge" and what the rhythm knows. */
    void (*find)(const struct bench *b, const struct customer *c, const struct rhythm *y, const struct facts *f,
                 date first_seen, struct arena *a, struct finding *out);
    bool by_rhythm; /* needs no facts but the customer's category and its rhythm: `f` may be NULL */
};

extern const struct judge_kind judge_lapse, judge_review, judge_visit;

#endif
