/* One customer before the rules: what the tests of plan/ share. States only what differs from a company that works
 * Monday to Friday, takes purchases within three days as one occasion and has one rule, "lapse", after 2.5 x rhythm. */
#ifndef PLAN_TRIAL_H
#define PLAN_TRIAL_H

#include "plan/judge.h"

struct trial {
    struct arena arena;
    struct options options;
    struct rule rules[12];
    struct hours hours;
    struct paces paces;
    struct facts facts;
    struct purchase purchases[512];
    struct contact contacts[64];
    date first_seen;
};

void trial_begin(struct trial *t);
void trial_end(struct trial *t);

/* One more rule. */
struct rule *trial_rule(struct trial *t, const char *id, enum rule_kind kind);

/* One more row of a table of periods; key NULL: for all. */
void trial_period(struct trial *t, struct periods *p, const char *key, enum period_unit unit, double count);

/* Words, ended by NULL. */
struct words trial_words(struct trial *t, ...) __attribute__((sentinel));

/* In order of time. */
void trial_buys(struct trial *t, date day, money amount);
void trial_talks(struct trial *t, date day, const char *kind);

/* Let the category have this typical gap. */
void trial_pace(struct trial *t, const char *category, double gap);

struct bench trial_bench(const struct trial *t, date today);

/* What the rules say at the end of `today`: all, or the one of that id (NULL: it does not cover the customer). */
size_t trial_judge(struct trial *t, date today, struct finding **out);
struct finding *trial_finding(struct trial *t, const char *rule, date today);

/* "not yet", "watch", "due", "cannot judge", "not covered". */
const char *trial_state(struct trial *t, const char *rule, date today);

/* "2026-11-22" as a day. */
date day_of(const char *text);

#endif
