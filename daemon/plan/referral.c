/* Referral: the visits after the sale were made, the customer is content and nothing is open: ask who else might need
 * us. */
#include "plan/after_sale.h"
#include "plan/anchored.h"

#include <string.h>

static bool content(const struct rule *r, const struct contact *c)
{
    for (size_t i = 0; i < r->content.n; i++)
        if (c->outcome && strcmp(c->outcome, r->content.rows[i]) == 0)
            return true;
    return r->content.n == 0;
}

static bool trouble(const struct subject *s)
{
    for (size_t i = 0; i < s->facts->n_problems; i++)
        if (s->facts->problems[i].opened <= s->b->today && s->facts->problems[i].closed_at == INSTANT_NONE)
            return true;
    return false;
}

static bool spoken_since(const struct subject *s, date day)
{
    for (size_t i = s->facts->n_contacts; i-- > 0 && s->facts->contacts[i].day >= day;)
        if (contact_counts(s->rule, &s->facts->contacts[i]))
            return true;
    return false;
}

static void find_one(const struct subject *s, const struct rule *visits, const struct sale *sale,
                     struct findings *found)
{
    const struct bench *b = s->b;
    const struct period *after = period_for(b->options, &s->rule->after, s->customer->category);
    const struct contact *last;
    date done = visit_done(s, visits, sale, visits->steps.n - 1, &last);
    if (done == DATE_NONE || !after || !content(s->rule, last))
        return;
    date due = period_end(b, done, *after), over = period_end(b, due, s->rule->within) + 1;
    if (over <= b->today)
        return;
    struct finding *x = finding_begin(s, found);
    struct defence *d = &x->defence;
    bool waits = trouble(s) || (due < b->today && spoken_since(s, due));
    x->due = due;
    x->state = due <= b->today && !waits ? FINDING_DUE : FINDING_NOT_YET;
    x->next = due > b->today ? due : waits ? DATE_NEVER : over;
    x->occasion = sale->key;
    x->anchor_day = d->anchor = done;
    d->days = b->today - done;
    d->threshold = due - done;
    d->at_risk = rhythm_at_risk(s->rhythm, rhythm_typical(s->rhythm, paces_gap(b->paces, s->customer->category)));
}

static void find(const struct subject *s, struct findings *out)
{
    const struct rule *visits = rule_find(s->b->options, s->rule->after_sale);
    struct sale *sales;
    bool undelivered;
    size_t before = out->n, n = sales_of(s, visits, out->a, &sales, &undelivered);
    for (size_t i = 0; i < n; i++)
        find_one(s, visits, &sales[i], out);
    if (out->n > before)
        return;
    struct finding *x = finding_begin(s, out);
    x->state = FINDING_NOT_YET;
    x->why =
        n ? "no sale whose visits were all made lately, the last to a content customer (after_sale, content, within)"
          : "no sale that visits are owed for (after_sale)";
}

const struct judge_kind judge_referral = { .find = find };
