/* The sentence that defends a follow-up. */
#ifndef COMPOSE_REASON_H
#define COMPOSE_REASON_H

#include "compose/phrases.h"
#include "model/followup.h"

/* From the numbers that decided and no others, so that it is the same sentence whoever asks, and whenever. */
const char *reason_say(struct phrases *p, const struct rule *rule, const struct defence *d, struct arena *a);

/* The same in a few words, for a list. */
const char *reason_short(struct phrases *p, const struct rule *rule, const struct defence *d, struct arena *a);

/* Did the rhythm of purchases decide, and not a fixed period? */
bool reason_by_rhythm(const struct rule *rule, const struct defence *d);

/* A fixed period in words: in days, or in months where the rule counts them. */
const char *reason_limit(struct phrases *p, const struct rule *rule, const struct defence *d, struct arena *a);

/* Is it the anniversary of the first order? Then d->part is the years. */
bool reason_anniversary(const struct rule *rule, const struct defence *d);

/* Half a day and more is the next day; never less than one. */
double whole_days(double days);

#endif
