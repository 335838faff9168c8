/* What similar customers value. */
#ifndef PLAN_SIMILAR_H
#define PLAN_SIMILAR_H

#include "plan/judge.h"

/* Let a customer teach its category what it values, if it is one to ask: it buys for most, is not late and has no
 * complaint, and its words name nobody. `before`: its rhythm up to yesterday, as it is learned from. */
void similar_learn(struct paces *p, const struct bench *b, const struct facts *f, const struct rhythm *before);

/* What to use with a customer of this category in a follow-up of that kind: only where it helps the talk. Returns how
 * many. */
size_t similar_values(const struct paces *p, enum rule_kind kind, const char *category, const char *out[VALUED_MOST]);

#endif
