/* After-sale: service visits after an order was delivered. Each visit of each sale is a case of its own, and only the
 * latest one that is due is asked for: who missed the first need not make two on one day. */
#include "plan/after_sale.h"

#include "plan/anchored.h"

size_t sales_of(const struct subject *s, const struct rule *r, struct arena *a, struct sale **out, bool *undelivered)
{
    const struct facts *f = s->facts;
    size_t n = 0, orders = 0;
    char day[16];
    *out = NULL;
    *undelivered = false;
    for (size_t i = 0; i < f->n_purchases; i++) {
        const struct purchase *p = &f->purchases[i];
        if ((p->amount != MONEY_NONE && p->amount <= 0) || p->day > s->b->today)
            continue;
        if (r->orders == ORDERS_FIRST && orders++ > 0)
            break;
        date from = r->from == SALE_DELIVERED ? p->delivered : p->day;
        *undelivered |= from == DATE_NONE;
        if (from == DATE_NONE)
            continue;
        *out = arena_grow(a, *out, n, sizeof **out);
        (*out)[n++] = (struct sale){ arena_copy(a, p->id ? p->id : date_print(p->day, day)), from };
    }
    return n;
}

date visit_due(const struct bench *b, const struct rule *r, const struct sale *sale, size_t k)
{
    return period_end(b, sale->from, r->steps.rows[k].period);
}

date visit_done(const struct subject *s, const struct rule *r, const struct sale *sale, size_t k,
                const struct contact **with)
{
    const struct facts *f = s->facts;
    date due = visit_due(s->b, r, sale, k), from = sale->from;
    if (k > 0) { /* a little early is this visit, earlier was the one before */
        int stretch = due - visit_due(s->b, r, sale, k - 1);
        from = due - stretch / 4;
    }
    for (size_t i = 0; i < f->n_contacts; i++)
        if (f->contacts[i].day >= from && contact_counts(r, &f->contacts[i])) {
            *with = &f->contacts[i];
            return f->contacts[i].day;
        }
    return DATE_NONE;
}

/* Visit k of a sale: due from its day until the next one is, or until it is too late to be of use. */
static void find_visit(const struct subject *s, const struct sale *sale, size_t k, struct findings *found)
{
    const struct rule *r = s->rule;
    const struct bench *b = s->b;
    date due = visit_due(b, r, sale, k), over = period_end(b, due, r->within) + 1;
    date following = k + 1 < r->steps.n ? visit_due(b, r, sale, k + 1) : DATE_NEVER;
    const struct contact *with;
    if (over <= b->today || (following <= b->today))
        return;
    struct finding *x = finding_begin(s, found);
    struct defence *d = &x->defence;
    bool done = due <= b->today && visit_done(s, r, sale, k, &with) != DATE_NONE;
    x->due = due;
    x->state = due <= b->today && !done ? FINDING_DUE : FINDING_NOT_YET;
    x->next = due > b->today ? due : done ? DATE_NEVER : following < over ? following : over;
    x->occasion = arena_print(found->a, "%s/%zu", sale->key, k + 1);
    x->anchor_day = d->anchor = sale->from;
    d->days = b->today - sale->from;
    d->threshold = due - sale->from;
    d->part = (int)k + 1;
    d->parts = (int)r->steps.n;
    d->at_risk = rhythm_at_risk(s->rhythm, rhythm_typical(s->rhythm, paces_gap(b->paces, s->customer->category)));
}

static void find(const struct subject *s, struct findings *out)
{
    struct sale *sales;
    bool undelivered;
    size_t before = out->n, n = sales_of(s, s->rule, out->a, &sales, &undelivered);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < s->rule->steps.n; k++)
            find_visit(s, &sales[i], k, out);
    if (out->n > before)
        return;
    struct finding *x = finding_begin(s, out);
    x->state = n || !undelivered ? FINDING_NOT_YET : FINDING_CANNOT_JUDGE;
    x->why = n             ? "the visits it was owed were made, or are over (within)"
             : undelivered ? "no day of delivery (delivered_at); say from = \"ordered\" to count from the order"
                           : "no order that visits are owed for";
}

const struct judge_kind judge_after_sale = { .find = find };
