/* Visit: the regular contact, order or no order, that the customer's category is owed. */
#include "plan/anchored.h"

static void find(const struct subject *s, struct findings *out)
{
    find_anchored(s, s->customer->category, "no period for its category (every)", out);
}

const struct judge_kind judge_visit = { .find = find };
