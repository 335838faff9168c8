#include "engine/news.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct errand *errand_new(enum errand_kind kind, int64_t number, instant now, date today)
{
    struct errand *e = mem_new(sizeof *e);
    e->kind = kind;
    e->number = number;
    e->now = now;
    e->today = today;
    return e;
}

void errand_free(struct errand *e)
{
    arena_done(&e->arena);
    free(e);
}

struct news *news_new(enum news_kind kind, int64_t number)
{
    struct news *n = mem_new(sizeof *n);
    n->kind = kind;
    n->number = number;
    return n;
}

void news_free(struct news *n)
{
    if (!n)
        return;
    if (n->kind == NEWS_PASSED)
        paces_done(&n->passed.paces);
    arena_done(&n->arena);
    free(n);
}

/* Every text of a struct of them, whatever its name: the fields are named one by one so that a new one is not forgotten
 * silently. */
static void copy_texts(struct arena *a, const char **texts[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        *texts[i] = arena_copy(a, *texts[i]);
}

#define COPY_TEXTS(arena, ...)                                                                                         \
    copy_texts(arena, (const char **[]){ __VA_ARGS__ },                                                                \
               sizeof((const char **[]){ __VA_ARGS__ }) / sizeof(const char **))

struct customer customer_copy(struct arena *a, const struct customer *of)
{
    struct customer copy = *of, *c = &copy;
    COPY_TEXTS(a, &c->id, &c->name, &c->salesperson, &c->category, &c->opportunity, &c->contact_name, &c->email,
               &c->phone, &c->language, &c->region, &c->url, &c->values, &c->notes);
    struct extra *extras = arena_new(a, c->n_extras * sizeof *extras);
    for (size_t i = 0; i < c->n_extras; i++)
        extras[i] = (struct extra){ arena_copy(a, c->extras[i].name), arena_copy(a, c->extras[i].value) };
    c->extras = extras;
    return copy;
}

static void *copy_rows(struct arena *a, const void *rows, size_t n, size_t size)
{
    void *copy = arena_new(a, n * size);
    return n ? memcpy(copy, rows, n * size) : copy;
}

static struct facts facts_copy(struct arena *a, const struct facts *f)
{
    struct facts copy = *f;
    copy.customer = customer_copy(a, &f->customer);
    copy.purchases = copy_rows(a, f->purchases, f->n_purchases, sizeof *f->purchases);
    copy.contacts = copy_rows(a, f->contacts, f->n_contacts, sizeof *f->contacts);
    copy.problems = copy_rows(a, f->problems, f->n_problems, sizeof *f->problems);
    for (size_t i = 0; i < f->n_purchases; i++) {
        struct purchase *p = &copy.purchases[i];
        COPY_TEXTS(a, &p->id, &p->currency, &p->what, &p->product_group, &p->offer_code);
    }
    for (size_t i = 0; i < f->n_contacts; i++) {
        struct contact *c = &copy.contacts[i];
        COPY_TEXTS(a, &c->kind, &c->salesperson, &c->outcome, &c->note);
    }
    for (size_t i = 0; i < f->n_problems; i++)
        COPY_TEXTS(a, &copy.problems[i].id, &copy.problems[i].summary);
    return copy;
}

void news_add_facts(struct news *n, const struct facts *f)
{
    n->facts.rows = arena_grow(&n->arena, n->facts.rows, n->facts.n, sizeof *n->facts.rows);
    n->facts.rows[n->facts.n++] = facts_copy(&n->arena, f);
}

void news_add_outlook(struct news *n, const struct bench *b, const struct facts *f)
{
    n->outlooks.rows = arena_grow(&n->arena, n->outlooks.rows, n->outlooks.n, sizeof *n->outlooks.rows);
    n->outlooks.rows[n->outlooks.n++] =
        (struct seen_customer){ arena_copy(&n->arena, f->customer.id), arena_copy(&n->arena, f->customer.category),
                                arena_copy(&n->arena, f->customer.salesperson), judge_outlook(b, f, DATE_NONE) };
}

struct people *people_copy(struct arena *a, const struct people *p)
{
    struct people *copy = arena_new(a, sizeof *copy);
    copy->n = p->n;
    copy->rows = copy_rows(a, p->rows, p->n, sizeof *p->rows);
    for (size_t i = 0; i < p->n; i++) {
        struct salesperson *s = &copy->rows[i];
        COPY_TEXTS(a, &s->id, &s->name, &s->email, &s->channels, &s->language, &s->time_zone, &s->region, &s->hours,
                   &s->manager, &s->deputy);
        struct chat_address *chats = arena_new(a, s->n_chats * sizeof *chats);
        for (size_t k = 0; k < s->n_chats; k++)
            chats[k] = (struct chat_address){ arena_copy(a, s->chats[k].channel), arena_copy(a, s->chats[k].value) };
        s->chats = chats;
    }
    return copy;
}

struct aliases aliases_copy(struct arena *a, const struct aliases *all)
{
    struct aliases copy = { copy_rows(a, all->rows, all->n, sizeof *all->rows), all->n };
    for (size_t i = 0; i < copy.n; i++)
        COPY_TEXTS(a, &copy.rows[i].old_id, &copy.rows[i].id);
    return copy;
}
