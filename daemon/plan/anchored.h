/* What is due a period after the last contact that counts, and again after each further period: reviews and visits. */
#ifndef PLAN_ANCHORED_H
#define PLAN_ANCHORED_H

#include "plan/judge.h"

/* `key` chooses the period (the customer's opportunity, its category); `missing` is what to say where none holds for
 * it. The rest is as in struct judge_kind. */
void find_anchored(const struct bench *b, const char *key, const char *missing, const struct customer *c,
                   const struct rhythm *y, const struct facts *f, date first_seen, struct arena *a,
                   struct finding *out);

#endif
