/* Review: the regular conversation about the account, seldom for low opportunity, often for high. */
#include "plan/anchored.h"

static void find(const struct subject *s, struct findings *out)
{
    find_anchored(s, s->customer->opportunity, "no period for its opportunity (every)", out);
}

const struct judge_kind judge_review = { .find = find };
