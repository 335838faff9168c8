/* Review: the regular conversation about the account, seldom for low opportunity, often for high. */
#include "plan/anchored.h"

static void find(const struct bench *b, const struct customer *c, const struct rhythm *y, const struct facts *f,
                 date first_seen, struct arena *a, struct finding *out)
{
    find_anchored(b, c->opportunity, "no period for its opportunity (every)", c, y, f, first_seen, a, out);
}

const struct judge_kind judge_review = { .kind = RULE_REVIEW, .find = find };
