/* First order: a prospect that never ordered. */
#include "plan/anchored.h"

static void find(const struct subject *s, struct findings *out)
{
    struct finding *x = find_anchored(s, s->customer->category, "no period for its category (every)", out);
    if (s->rhythm->occasions == 0)
        return;
    x->state = FINDING_NOT_YET; /* and never again: it bought */
    x->why = "it has ordered";
    x->due = DATE_NONE;
    x->next = DATE_NEVER;
}

const struct judge_kind judge_first_order = { .find = find };
