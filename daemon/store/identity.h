/* One identity becomes another: a rule that got a new id, a customer that was merged with another or renumbered. What
 * was remembered of the old one is the new one's then. Of two episodes that are one case now the one told first stays;
 * the other is closed and put aside under an occasion of its own, so that nobody hears of the case twice. */
#ifndef STORE_IDENTITY_H
#define STORE_IDENTITY_H

#include "store/episodes.h"

/* Rules with open episodes, one row for each kind that those have. */
struct rule_use {
    const char *rule;
    enum rule_kind kind;
    long open;
};

bool rules_in_use(struct store *s, struct arena *a, struct rule_use **out, size_t *n, struct err *e) MUST_CHECK;

/* Everything that rule `from` has of this kind belongs to rule `to`; *moved: how many episodes that were. */
bool rule_take_over(struct store *s, const char *from, const char *to, enum rule_kind kind, instant now, long *moved,
                    struct err *e) MUST_CHECK;

/* Episodes, offers, recorded contacts, history and the day first seen; *moved: how many rows that were. */
bool customer_take_over(struct store *s, const char *from, const char *to, instant now, long *moved,
                        struct err *e) MUST_CHECK;

/* Withdraw what is open of a rule; *n: how many. None is an error. A daemon that still has the rule in its settings
 * stops using it, until it loads others. */
bool rule_retire(struct store *s, const char *rule, const char *actor, instant now, long *n, struct err *e) MUST_CHECK;

/* A rule that was retired while a daemon still had it in its settings; a load of settings ends that. */
bool rule_set_retired(struct store *s, const char *rule, bool yes, struct err *e) MUST_CHECK;
bool rule_retired(struct store *s, const char *rule, bool *yes, struct err *e) MUST_CHECK;

#endif
