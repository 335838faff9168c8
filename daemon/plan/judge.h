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
    const struct hours *hours;  /* of the company: what its working days are */
    const struct holidays *off; /* and are not; may be NULL */
    const struct paces *paces;  /* learned from the purchases before `today` */
    date today;                 /* local day of the company */
};

/* A customer in a few numbers: enough to know when to look at it again, small enough to keep for a million. */
struct outlook {
    struct rhythm rhythm;
    date other;           /* next day that matters to rules which do not hang on the rhythm; DATE_NEVER */
    uint64_t fingerprint; /* of all facts that can change a judgement or a route */
    bool silent;          /* never to be written about */
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

/* Does some rule find it silent for longer than usual, but not late yet? */
bool judge_watches(const struct bench *b, const struct outlook *o, const char *category);

/* Does a rule hold for customers of this category? Of rules about the same thing only the most closely meant do. */
bool judge_covers(const struct options *o, const struct rule *r, const char *category);

/* `d` plus a period; `p` must not be a rhythm. */
date period_end(const struct bench *b, date d, struct period p);

/* How many whole periods passed from `d` to `today`; the days on which the last of them ended (`d` itself: none did)
 * and the next one will, DATE_NEVER for a period that is not set. */
int periods_passed(const struct bench *b, date d, struct period p, date *last, date *next);

/* One customer before one rule that covers it. */
struct subject {
    const struct bench *b;
    const struct rule *rule;
    const struct customer *customer;
    const struct rhythm *rhythm;
    const struct facts *facts; /* NULL where only the rhythm is known: kinds that go by it alone */
    date first_seen;
    bool mixed; /* amounts of several currencies, which have no average */
};

/* What was found, in an arena. */
struct findings {
    struct arena *a;
    struct finding *rows;
    size_t n;
};

/* One more finding: "cannot judge" so far, with what the rhythm knows. The rows may move. */
struct finding *finding_begin(const struct subject *s, struct findings *out);

/* Does some lapse rule find this customer late? `due`: when it will, or did; DATE_NEVER where none can say. */
bool judge_late(const struct subject *s, date *due);

/* Each kind of rule is one file and one row. */
struct judge_kind {
    /* Begin one finding for each occasion that is due or will be, at least one. */
    void (*find)(const struct subject *s, struct findings *out);
    bool by_rhythm; /* needs no facts but the customer's category and its rhythm */
};

extern const struct judge_kind judge_lapse, judge_review, judge_visit, judge_decline, judge_after_sale, judge_referral,
    judge_occasion, judge_problem, judge_first_order;

#endif
