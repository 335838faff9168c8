#include "source/inside.h"

#include <stdlib.h>

static int by_id(const char *a, const char *b)
{
    if (!a || !b)
        return (a != NULL) - (b != NULL);
    return id_compare(a, b);
}

static int purchase_order(const void *a, const void *b)
{
    const struct purchase *x = a, *y = b;
    return x->at != y->at ? (x->at < y->at ? -1 : 1) : by_id(x->id, y->id);
}

static int contact_order(const void *a, const void *b)
{
    const struct contact *x = a, *y = b;
    return x->at != y->at ? (x->at < y->at ? -1 : 1) : by_id(x->kind, y->kind);
}

static int problem_order(const void *a, const void *b)
{
    const struct problem *x = a, *y = b;
    return x->opened_at != y->opened_at ? (x->opened_at < y->opened_at ? -1 : 1) : by_id(x->id, y->id);
}

/* Most databases hand rows over in order already. */
static void sort(void *rows, size_t n, size_t size, int (*order)(const void *, const void *))
{
    const char *row = rows;
    for (size_t i = 1; i < n; i++) {
        if (order(row + (i - 1) * size, row + i * size) > 0) {
            qsort(rows, n, size, order);
            return;
        }
    }
}

void facts_sort(struct facts *f)
{
    sort(f->purchases, f->n_purchases, sizeof *f->purchases, purchase_order);
    sort(f->contacts, f->n_contacts, sizeof *f->contacts, contact_order);
    sort(f->problems, f->n_problems, sizeof *f->problems, problem_order);
}

static void count_purchase(struct tally *t, const struct purchase *p, instant now)
{
    t->report->purchases++;
    if (p->at > now)
        return;
    if (p->at > t->report->newest_purchase)
        t->report->newest_purchase = p->at;
    int ago = t->today - p->day;
    if (ago >= 0 && ago < (int)sizeof t->bought_on)
        t->bought_on[ago] = 1;
}

/* The current row as one more purchase, contact or problem. False only if there are impossibly many. */
static bool take_purchase(struct source *s, struct stream *st, struct tally *t, struct facts *f)
{
    struct purchase *p = rows_add(&s->purchases, sizeof *p);
    if (!p)
        return false;
    p->at = INSTANT_NONE;
    p->day = p->delivered = DATE_NONE;
    p->amount = MONEY_NONE;
    bool keep = row_fill(st, p, &s->customer, t->report);
    f->unreadable_purchases += !keep;
    if (keep && p->amount != MONEY_NONE && p->amount <= 0) {
        t->report->ignored++;
        keep = false;
    }
    if (keep)
        count_purchase(t, p, s->when.now);
    s->purchases.n -= !keep;
    return true;
}

static bool take_contact(struct source *s, struct stream *st, struct tally *t, struct facts *f)
{
    struct contact *c = rows_add(&s->contacts, sizeof *c);
    if (!c)
        return false;
    c->at = INSTANT_NONE;
    c->day = DATE_NONE;
    bool keep = row_fill(st, c, &s->customer, t->report);
    t->report->contacts += keep;
    f->unreadable_contacts += !keep;
    s->contacts.n -= !keep;
    return true;
}

static bool take_problem(struct source *s, struct stream *st, struct tally *t)
{
    struct problem *p = rows_add(&s->problems, sizeof *p);
    if (!p)
        return false;
    p->opened_at = p->closed_at = INSTANT_NONE;
    p->opened = DATE_NONE;
    s->problems.n -= !row_fill(st, p, &s->customer, t->report);
    return true;
}

static bool take(struct source *s, struct stream *st, struct tally *t, struct facts *f)
{
    switch (st->id) {
    case QUERY_PURCHASES:
        return take_purchase(s, st, t, f);
    case QUERY_CONTACTS:
        return take_contact(s, st, t, f);
    case QUERY_PROBLEMS:
        return take_problem(s, st, t);
    case QUERY_ALIASES:
    case QUERY_SALESPEOPLE:
    case QUERY_CUSTOMERS:
    case QUERIES:
        break;
    }
    return false;
}

/* All rows of customer `k`; rows of customers before it belong to nobody we know. */
static bool take_all(struct source *s, struct stream *st, const struct key *k, struct tally *t, struct facts *f,
                     struct err *e)
{
    int order = 1;
    for (bool first = true; !st->ended; first = false) {
        if (first || !st->same)
            order = key_compare(&st->key, k);
        if (order > 0)
            return true;
        char id[48];
        t->report->strangers += order < 0;
        if (order == 0 && !take(s, st, t, f))
            return err_set(e, "%s:%d: %s: customer %s has more than a million rows: is a join condition missing?",
                           st->mapping.query->place.file, st->mapping.query->place.line, st->mapping.kind->name,
                           key_print(k, id));
        if (!stream_next(st, &s->base, e))
            return false;
    }
    return true;
}

bool facts_collect(struct source *s, struct facts *f, struct tally *t, struct err *e)
{
    struct stream *customers = &s->streams[QUERY_CUSTOMERS];
    struct key key = customers->key;
    arena_reset(&s->customer);
    s->purchases.n = s->contacts.n = s->problems.n = 0;
    *f = (struct facts){ .customer = { .since = DATE_NONE, .active = true } };
    f->customer.id = key_text(&key, &s->customer);
    row_fill(customers, &f->customer, &s->customer, t->report);
    if (!f->customer.name)
        f->customer.name = f->customer.id;
    for (int i = QUERY_PURCHASES; i <= QUERY_PROBLEMS; i++)
        if (!take_all(s, &s->streams[i], &key, t, f, e))
            return false;
    f->purchases = s->purchases.rows;
    f->n_purchases = s->purchases.n;
    f->contacts = s->contacts.rows;
    f->n_contacts = s->contacts.n;
    f->problems = s->problems.rows;
    f->n_problems = s->problems.n;
    facts_sort(f);
    t->report->customers++;
    return true;
}
