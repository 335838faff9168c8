/* What is due a period after the last contact that counts, and again after each further period: reviews, visits,
 * prospects. */
#ifndef PLAN_ANCHORED_H
#define PLAN_ANCHORED_H

#include "plan/judge.h"

/* `key` chooses the period (the customer's opportunity, its category); `missing` is what to say where none holds for
 * it. */
struct finding *find_anchored(const struct subject *s, const char *key, const char *missing, struct findings *found);

/* Does this contact count for the rule? */
bool contact_counts(const struct rule *r, const struct contact *c);

#endif
