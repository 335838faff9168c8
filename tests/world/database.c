/* The company's database in memory, and the source's courier that answers errands from it. */
#include "world/inside.h"

#include "base/mem.h"
#include "harness/harness.h"
#include "plan/similar.h"

#include <stdlib.h>
#include <string.h>

enum {
    CHUNK = 64,      /* customers in full in one piece of news */
    OUTLOOKS = 1000, /* customers in short */
};

struct record {
    struct facts facts;
    /* What a pass of `known_for` says about it; any change makes it unknown. */
    date known_for;
    struct outlook outlook;
    struct rhythm before; /* of the purchases before that day */
};

struct database {
    struct company *company;
    const struct options *options;
    struct arena texts;
    struct people people;
    struct aliases aliases;
    struct record **rows; /* in id order */
    size_t n;
    const char *broken; /* why it cannot be read, or NULL */
};

struct database *database_new(struct company *company)
{
    struct database *d = mem_new(sizeof *d);
    d->company = company;
    d->options = company_options(company);
    return d;
}

void database_belongs(struct database *d, struct company *company)
{
    d->company = company;
    d->options = company_options(company);
    for (size_t i = 0; i < d->n; i++)
        d->rows[i]->known_for = DATE_NONE;
}

static void free_record(struct record *r)
{
    free(r->facts.purchases);
    free(r->facts.contacts);
    free(r->facts.problems);
    free(r);
}

void database_free(struct database *d)
{
    if (!d)
        return;
    for (size_t i = 0; i < d->n; i++)
        free_record(d->rows[i]);
    free(d->rows);
    free(d->people.rows);
    free(d->aliases.rows);
    arena_done(&d->texts);
    free(d);
}

/* ---- what is in it ---- */

void database_salesperson(struct database *d, const struct salesperson *s)
{
    struct people one = { .rows = (struct salesperson *)s, .n = 1 }, *copy = people_copy(&d->texts, &one),
                  *all = &d->people;
    size_t i = 0;
    while (i < all->n && id_compare(all->rows[i].id, s->id) < 0)
        i++;
    if (i == all->n || strcmp(all->rows[i].id, s->id) != 0) {
        all->rows = mem_resize(all->rows, (all->n + 1) * sizeof *all->rows);
        memmove(all->rows + i + 1, all->rows + i, (all->n - i) * sizeof *all->rows);
        all->n++;
    }
    all->rows[i] = copy->rows[0];
}

/* Where `id` stands, or would stand. */
static size_t place_of(const struct database *d, const char *id, bool *found)
{
    size_t low = 0, high = d->n;
    *found = false;
    while (low < high && !*found) {
        size_t middle = low + (high - low) / 2;
        int order = id_compare(id, d->rows[middle]->facts.customer.id);
        *found = order == 0;
        if (order <= 0)
            high = middle;
        else
            low = middle + 1;
    }
    return high;
}

/* The record of a customer that must be there; what was known of it is forgotten. */
static struct record *changed(struct database *d, const char *customer)
{
    bool found;
    size_t i = place_of(d, customer, &found);
    if (!found)
        test_fail(__FILE__, __LINE__, "the test speaks of customer %s, who is not in the database", customer);
    d->rows[i]->known_for = DATE_NONE;
    return d->rows[i];
}

static void copy_customer(struct arena *a, const struct customer *from, struct customer *to)
{
    const char **texts[] = { &to->id,           &to->name,   &to->salesperson, &to->category, &to->opportunity,
                             &to->contact_name, &to->email,  &to->phone,       &to->language, &to->region,
                             &to->url,          &to->values, &to->notes };
    *to = *from;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        *texts[i] = arena_copy(a, *texts[i]);
    to->extras = arena_new(a, from->n_extras * sizeof *to->extras);
    for (size_t i = 0; i < from->n_extras; i++)
        to->extras[i] = (struct extra){ arena_copy(a, from->extras[i].name), arena_copy(a, from->extras[i].value) };
}

void database_customer(struct database *d, const struct customer *c)
{
    bool found;
    size_t i = place_of(d, c->id, &found);
    if (!found) {
        d->rows = mem_resize(d->rows, (d->n + 1) * sizeof(struct record *));
        memmove(d->rows + i + 1, d->rows + i, (d->n - i) * sizeof(struct record *));
        d->rows[i] = mem_new(sizeof(struct record));
        d->n++;
    }
    copy_customer(&d->texts, c, &d->rows[i]->facts.customer);
    if (!d->rows[i]->facts.customer.name)
        d->rows[i]->facts.customer.name = d->rows[i]->facts.customer.id;
    d->rows[i]->known_for = DATE_NONE;
}

void database_customer_gone(struct database *d, const char *id)
{
    bool found;
    size_t i = place_of(d, id, &found);
    if (!found)
        return;
    free_record(d->rows[i]);
    memmove(d->rows + i, d->rows + i + 1, (d->n - i - 1) * sizeof(struct record *));
    d->n--;
}

/* Room for a row at its place in time, behind those of the same instant; *place gets it. */
static void *make_room(void *rows, size_t n, size_t size, size_t place)
{
    if ((n & (n - 1)) == 0) /* capacity is the next power of two */
        rows = mem_resize(rows, (n ? 2 * n : 1) * size);
    memmove((char *)rows + (place + 1) * size, (char *)rows + place * size, (n - place) * size);
    return rows;
}

void database_purchase(struct database *d, const char *customer, const struct purchase *p)
{
    struct record *r = changed(d, customer);
    struct facts *f = &r->facts;
    size_t i = f->n_purchases;
    if (p->amount != MONEY_NONE && p->amount <= 0)
        return; /* not buying: the source leaves it out as well */
    while (i > 0 && f->purchases[i - 1].at > p->at)
        i--;
    f->purchases = make_room(f->purchases, f->n_purchases++, sizeof *p, i);
    struct purchase *copy = &f->purchases[i];
    const char **texts[] = { &copy->id, &copy->currency, &copy->what, &copy->product_group, &copy->offer_code };
    *copy = *p;
    for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++)
        *texts[k] = arena_copy(&d->texts, *texts[k]);
}

void database_purchase_gone(struct database *d, const char *customer, date day)
{
    struct facts *f = &changed(d, customer)->facts;
    size_t kept = 0;
    for (size_t i = 0; i < f->n_purchases; i++)
        if (f->purchases[i].day != day)
            f->purchases[kept++] = f->purchases[i];
    /* make_room() goes by the number of rows: keep the array as large as it would be. */
    struct purchase *rows = NULL;
    for (size_t i = 0; i < kept; i++) {
        rows = make_room(rows, i, sizeof *rows, i);
        rows[i] = f->purchases[i];
    }
    free(f->purchases);
    f->purchases = rows;
    f->n_purchases = kept;
}

void database_contact(struct database *d, const char *customer, const struct contact *c)
{
    struct facts *f = &changed(d, customer)->facts;
    size_t i = f->n_contacts;
    while (i > 0 && f->contacts[i - 1].at > c->at)
        i--;
    f->contacts = make_room(f->contacts, f->n_contacts++, sizeof *c, i);
    struct contact *copy = &f->contacts[i];
    *copy = *c;
    copy->kind = arena_copy(&d->texts, c->kind);
    copy->salesperson = arena_copy(&d->texts, c->salesperson);
    copy->outcome = arena_copy(&d->texts, c->outcome);
    copy->note = arena_copy(&d->texts, c->note);
}

void database_contact_gone(struct database *d, const char *customer, date day)
{
    struct facts *f = &changed(d, customer)->facts;
    size_t n = f->n_contacts;
    struct contact *rows = f->contacts;
    f->contacts = NULL;
    f->n_contacts = 0;
    for (size_t i = 0; i < n; i++)
        if (rows[i].day != day)
            database_contact(d, customer, &rows[i]);
    free(rows);
}

void database_problem_gone(struct database *d, const char *customer, const char *id)
{
    struct facts *f = &changed(d, customer)->facts;
    size_t kept = 0;
    for (size_t i = 0; i < f->n_problems; i++)
        if (strcmp(f->problems[i].id, id) != 0)
            f->problems[kept++] = f->problems[i];
    f->n_problems = kept;
}

void database_problem(struct database *d, const char *customer, const struct problem *p)
{
    database_problem_gone(d, customer, p->id);
    struct facts *f = &changed(d, customer)->facts;
    size_t i = f->n_problems;
    f->problems = mem_resize(f->problems, (f->n_problems + 1) * sizeof *p);
    for (; i > 0 && f->problems[i - 1].opened_at > p->opened_at; i--)
        f->problems[i] = f->problems[i - 1];
    f->problems[i] = *p;
    f->problems[i].id = arena_copy(&d->texts, p->id);
    f->problems[i].summary = arena_copy(&d->texts, p->summary);
    f->n_problems++;
}

void database_unreadable(struct database *d, const char *customer, int purchases)
{
    changed(d, customer)->facts.unreadable_purchases = purchases;
}

void database_alias(struct database *d, const char *old, const char *id)
{
    struct aliases *all = &d->aliases;
    size_t i = 0;
    while (i < all->n && id_compare(all->rows[i].old_id, old) < 0)
        i++;
    if (!id) {
        memmove(all->rows + i, all->rows + i + 1, (all->n - i - 1) * sizeof *all->rows);
        all->n--;
        return;
    }
    all->rows = mem_resize(all->rows, (all->n + 1) * sizeof *all->rows);
    memmove(all->rows + i + 1, all->rows + i, (all->n++ - i) * sizeof *all->rows);
    all->rows[i] = (struct alias){ arena_copy(&d->texts, old), arena_copy(&d->texts, id) };
}

void database_fails(struct database *d, const char *why)
{
    d->broken = arena_copy(&d->texts, why);
}

/* ---- the courier ---- */

/* One errand on its way. */
struct trip {
    struct database *d;
    struct errand *errand;
    void (*bring)(void *context, struct news *n);
    void *context;
    struct news *piece;
};

static struct news *piece_for(struct trip *t, enum news_kind kind)
{
    if (!t->piece)
        t->piece = news_new(kind, t->errand->number);
    return t->piece;
}

static void lay_down(struct trip *t)
{
    if (t->piece)
        t->bring(t->context, t->piece);
    t->piece = NULL;
}

/* Days of the last year on which anybody bought, and the newest purchase of all. */
struct feed {
    instant newest;
    bool bought_on[366];
};

static void count_purchases(struct feed *feed, const struct facts *f, const struct errand *errand)
{
    for (size_t i = f->n_purchases; i-- > 0;) {
        const struct purchase *p = &f->purchases[i];
        int ago = errand->today - p->day;
        if (p->at > errand->now)
            continue;
        if (p->at > feed->newest)
            feed->newest = p->at;
        if (ago >= 366)
            return;
        if (ago >= 0)
            feed->bought_on[ago] = true;
    }
}

static int longest_gap(const struct feed *feed)
{
    int longest = 0, last = -1;
    for (int i = 0; i < 366; i++) {
        if (!feed->bought_on[i])
            continue;
        if (last >= 0 && i - last > longest)
            longest = i - last;
        last = i;
    }
    return longest;
}

static void know(struct database *d, struct record *r, const struct bench *b)
{
    if (r->known_for == b->today)
        return;
    r->known_for = b->today;
    r->outlook = judge_outlook(b, &r->facts, DATE_NONE);
    r->before = rhythm_of(&r->facts, b->today - 1, d->options->source.same_occasion);
}

static void add_outlook(struct trip *t, const struct record *r)
{
    struct news *n = piece_for(t, NEWS_OUTLOOKS);
    n->outlooks.rows = arena_grow(&n->arena, n->outlooks.rows, n->outlooks.n, sizeof *n->outlooks.rows);
    n->outlooks.rows[n->outlooks.n++] =
        (struct seen_customer){ arena_copy(&n->arena, r->facts.customer.id),
                                arena_copy(&n->arena, r->facts.customer.category),
                                arena_copy(&n->arena, r->facts.customer.salesperson), r->outlook };
    if (n->outlooks.n == OUTLOOKS)
        lay_down(t);
}

static void bring_pass(struct trip *t)
{
    struct database *d = t->d;
    struct paces none = { 0 };
    struct bench b = { .options = d->options,
                       .hours = company_hours(d->company),
                       .off = company_holidays(d->company),
                       .paces = &none,
                       .today = t->errand->today };
    struct feed feed = { .newest = INSTANT_NONE };
    struct news *end = news_new(NEWS_PASSED, t->errand->number);
    for (size_t i = 0; i < d->n; i++) {
        struct record *r = d->rows[i];
        know(d, r, &b);
        paces_learn(&end->passed.paces, r->facts.customer.category, &r->before, 1);
        similar_learn(&end->passed.paces, &b, &r->facts, &r->before);
        count_purchases(&feed, &r->facts, t->errand);
        add_outlook(t, r);
        end->passed.unreadable += r->facts.unreadable_purchases;
    }
    lay_down(t);
    end->people = people_copy(&end->arena, &d->people);
    end->passed.today = t->errand->today;
    end->passed.newest_purchase = feed.newest;
    end->passed.longest_gap = longest_gap(&feed);
    end->passed.customers = (long)d->n;
    end->passed.example = "a day that is none";
    end->passed.aliases = aliases_copy(&end->arena, &d->aliases);
    t->piece = end;
    lay_down(t);
}

static void bring_customers(struct trip *t)
{
    struct news *first = piece_for(t, NEWS_FACTS);
    first->people = people_copy(&first->arena, &t->d->people);
    for (size_t i = 0; i < t->errand->n; i++) {
        bool found;
        size_t place = place_of(t->d, t->errand->ids[i], &found);
        if (!found)
            continue;
        struct news *n = piece_for(t, NEWS_FACTS);
        news_add_facts(n, &t->d->rows[place]->facts);
        if (n->facts.n == CHUNK)
            lay_down(t);
    }
    lay_down(t);
    t->piece = news_new(NEWS_BROUGHT, t->errand->number);
    lay_down(t);
}

static void fail(struct trip *t)
{
    struct news *n = piece_for(t, NEWS_FAILED);
    n->why = arena_copy(&n->arena, t->d->broken);
    lay_down(t);
}

void database_answer(struct database *d, struct errand *errand, void (*bring)(void *context, struct news *n),
                     void *context)
{
    struct trip t = { .d = d, .errand = errand, .bring = bring, .context = context };
    if (errand->kind == ERRAND_REST)
        ;
    else if (d->broken)
        fail(&t);
    else if (errand->kind == ERRAND_PASS)
        bring_pass(&t);
    else
        bring_customers(&t);
    errand_free(errand);
}
