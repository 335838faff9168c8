/* Visit: the regular contact, order or no order, that the customer's category is owed. */
#include "plan/anchored.h"

static void find(const struct bench *b, const struct customer *c, const struct rhythm *y, const struct facts *f,
                 date first_seen, struct arena *a, struct finding *out)
{
    find_anchored(b, c->category, "no period for its category (every)", c, y, f, first_seen, a, out);
}

const struct judge_kind judge_visit = { .kind = RULE_VISIT, .find = find };
