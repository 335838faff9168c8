/* Problem: a complaint that has been open for too long. Each is a case of its own. */
#include "plan/judge.h"

static bool open_today(const struct bench *b, const struct problem *p)
{
    return p->opened <= b->today && p->closed_at == INSTANT_NONE;
}

static void find_one(const struct subject *s, const struct problem *p, const struct period *after,
                     struct findings *found)
{
    const struct bench *b = s->b;
    struct finding *x = finding_begin(s, found);
    struct defence *d = &x->defence;
    char at[32];
    x->due = period_end(b, p->opened, *after);
    x->next = x->due > b->today ? x->due : DATE_NEVER;
    x->state = x->due > b->today ? FINDING_NOT_YET : FINDING_DUE;
    x->occasion = arena_copy(found->a, p->id ? p->id : instant_print(p->opened_at, at));
    x->anchor_day = d->anchor = p->opened;
    d->days = b->today - p->opened;
    d->threshold = x->due - p->opened;
    d->at_risk = rhythm_at_risk(s->rhythm, rhythm_typical(s->rhythm, paces_gap(b->paces, s->customer->category)));
}

static void find(const struct subject *s, struct findings *out)
{
    const struct period *after = period_for(s->b->options, &s->rule->after, s->customer->category);
    size_t before = out->n;
    if (!after) {
        finding_begin(s, out)->why = "no period for its category (after)";
        return;
    }
    for (size_t i = 0; i < s->facts->n_problems; i++)
        if (open_today(s->b, &s->facts->problems[i]))
            find_one(s, &s->facts->problems[i], after, out);
    if (out->n > before)
        return;
    struct finding *x = finding_begin(s, out);
    x->state = FINDING_NOT_YET;
    x->why = "no complaint is open";
}

const struct judge_kind judge_problem = { .find = find };
