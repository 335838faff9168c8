#include "app/couriers.h"

#include "base/mem.h"
#include "channel/channel.h"
#include "plan/similar.h"
#include "source/source.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHUNK = 64,      /* customers in full in one piece of news */
    OUTLOOKS = 1000, /* customers in short */
    TRAY_FULL = 32,  /* a pass waits while so much lies there */
};

struct couriers {
    struct company *company;
    const struct options *options;
    void (*wake)(void *context);
    void *context;
    struct tray *tray;
    struct crew *source;
    struct crew **channels;
    bool paused;
    atomic_bool closing; /* nobody listens any more: a pass ends, its pieces are dropped */
};

/* ---- the source's courier ---- */

struct reader {
    struct couriers *c;
    struct source *source;
};

/* What one errand gathers. */
struct trip {
    struct reader *reader;
    const struct errand *errand;
    struct bench bench;
    struct paces none; /* an outlook needs no rhythm of others */
    struct paces learned;
    struct news *piece;
    struct people *people;
    struct arena people_arena;
};

static void *reader_begin(void *context)
{
    struct reader *r = mem_new(sizeof *r);
    r->c = context;
    r->source = source_new(r->c->options, company_zone(r->c->company));
    return r;
}

static void reader_end(void *own)
{
    struct reader *r = own;
    source_free(r->source);
    free(r);
}

static void lay_down(struct trip *t)
{
    if (t->reader->c->closing)
        news_free(t->piece);
    else if (t->piece)
        tray_put(t->reader->c->tray, t->piece, TRAY_FULL);
    t->piece = NULL;
}

static struct news *piece_for(struct trip *t, enum news_kind kind)
{
    if (!t->piece)
        t->piece = news_new(kind, t->errand->number);
    return t->piece;
}

static bool visit_in_short(void *context, const struct facts *f)
{
    struct trip *t = context;
    struct rhythm before = rhythm_of(f, t->errand->today - 1, t->bench.options->source.same_occasion);
    paces_learn(&t->learned, f->customer.category, &before, 1);
    similar_learn(&t->learned, &t->bench, f, &before);
    struct news *n = piece_for(t, NEWS_OUTLOOKS);
    news_add_outlook(n, &t->bench, f);
    if (n->outlooks.n == OUTLOOKS)
        lay_down(t);
    return !t->reader->c->closing;
}

static bool visit_in_full(void *context, const struct facts *f)
{
    struct trip *t = context;
    struct news *n = piece_for(t, NEWS_FACTS);
    news_add_facts(n, f);
    if (n->facts.n == CHUNK)
        lay_down(t);
    return !t->reader->c->closing;
}

static void fail(struct trip *t, const struct err *e)
{
    news_free(t->piece);
    t->piece = news_new(NEWS_FAILED, t->errand->number);
    t->piece->why = arena_copy(&t->piece->arena, e->text);
    lay_down(t);
}

/* The people of this moment come with the first piece, so that whoever is told is told by today's rows. */
static bool bring_people(struct trip *t, struct news *n, struct err *e)
{
    struct arena a = { 0 };
    struct people p;
    bool ok = source_people(t->reader->source, t->errand->now, &a, &p, e);
    if (ok)
        n->people = people_copy(&n->arena, &p);
    arena_done(&a);
    return ok;
}

static void bring_pass(struct trip *t)
{
    struct pass_report report;
    struct err e;
    struct news *end = news_new(NEWS_PASSED, t->errand->number);
    if (!bring_people(t, end, &e) ||
        !source_aliases(t->reader->source, t->errand->now, &end->arena, &end->passed.aliases, &e) ||
        !source_pass(t->reader->source, t->errand->now, visit_in_short, t, &report, &e)) {
        news_free(end);
        fail(t, &e);
        return;
    }
    lay_down(t);
    end->passed.paces = t->learned;
    t->learned = (struct paces){ 0 };
    end->passed.today = t->errand->today;
    end->passed.newest_purchase = report.newest_purchase;
    end->passed.longest_gap = report.longest_gap;
    end->passed.customers = report.customers;
    end->passed.took = report.took;
    for (size_t i = 0; i < report.n_unreadable; i++) {
        const struct unreadable *u = &report.unreadable[i];
        end->passed.unreadable += u->count;
        if (!end->passed.example)
            end->passed.example = arena_print(&end->arena, "%s.%s: %s", u->query, u->column, u->example);
    }
    t->piece = end;
    lay_down(t);
}

static void bring_customers(struct trip *t)
{
    struct err e;
    struct news *first = piece_for(t, NEWS_FACTS);
    if (!bring_people(t, first, &e) ||
        !source_customers(t->reader->source, t->errand->now, t->errand->ids, t->errand->n, visit_in_full, t, &e)) {
        fail(t, &e);
        return;
    }
    lay_down(t);
    t->piece = news_new(NEWS_BROUGHT, t->errand->number);
    lay_down(t);
}

static void reader_work(void *own, void *job)
{
    struct reader *r = own;
    struct errand *errand = job;
    struct trip t = { .reader = r, .errand = errand };
    if (errand->kind == ERRAND_REST) {
        source_rest(r->source);
        errand_free(errand);
        return;
    }
    t.bench = (struct bench){ .options = r->c->options,
                              .hours = company_hours(r->c->company),
                              .off = company_holidays(r->c->company),
                              .paces = &t.none,
                              .today = errand->today };
    if (errand->kind == ERRAND_PASS)
        bring_pass(&t);
    else
        bring_customers(&t);
    paces_done(&t.learned);
    errand_free(errand);
}

static void reader_drop(void *job)
{
    errand_free(job);
}

/* ---- the couriers of a channel ---- */

struct messenger {
    struct couriers *c;
    struct session *session;
};

static void *messenger_begin(void *context)
{
    struct messenger *m = mem_new(sizeof *m);
    m->c = context;
    m->session = session_new();
    return m;
}

static void messenger_end(void *own)
{
    struct messenger *m = own;
    session_free(m->session);
    free(m);
}

static void messenger_work(void *own, void *job)
{
    struct messenger *m = own;
    struct parcel *p = job;
    struct news *n = news_new(NEWS_RECEIPT, 0);
    channel_deliver(&m->c->options->channels[p->channel], &p->message, m->session, courier_now(), &n->receipt);
    n->receipt.message = p->message.id;
    parcel_free(p);
    tray_put(m->c->tray, n, 0);
}

static void messenger_drop(void *job)
{
    parcel_free(job);
}

static void rested(void *context)
{
    struct couriers *c = context;
    c->wake(c->context);
}

static const struct crew_kind readers = { .name = "source",
                                          .begin = reader_begin,
                                          .work = reader_work,
                                          .end = reader_end,
                                          .drop = reader_drop,
                                          .rested = rested };
static const struct crew_kind messengers = { .name = "channel",
                                             .begin = messenger_begin,
                                             .work = messenger_work,
                                             .end = messenger_end,
                                             .drop = messenger_drop,
                                             .rested = rested };

/* ---- all of them ---- */

bool couriers_open(struct couriers **out, struct company *company, void (*wake)(void *context), void *context,
                   struct err *e)
{
    struct couriers *c = mem_new(sizeof *c);
    const struct options *o = company_options(company);
    bool ok;
    c->company = company;
    c->options = o;
    c->wake = wake;
    c->context = context;
    c->tray = tray_new(wake, context);
    c->channels = mem_new((o->n_channels + 1) * sizeof(struct crew *));
    ok = crew_open(&c->source, &readers, c, 1, e);
    for (size_t i = 0; ok && i < o->n_channels; i++)
        ok = crew_open(&c->channels[i], &messengers, c, o->channels[i].couriers, e);
    if (ok) {
        *out = c;
        return true;
    }
    couriers_close(c, SECOND);
    return err_wrap(e, "start the couriers");
}

static void drop_news(void *item)
{
    news_free(item);
}

bool couriers_close(struct couriers *c, duration patience)
{
    bool all = true;
    if (!c)
        return true;
    duration until = courier_monotonic() + patience;
    c->closing = true;
    tray_close(c->tray);
    for (size_t i = 0; i < c->options->n_channels; i++) {
        duration left = until - courier_monotonic();
        if (c->channels[i])
            all &= crew_close(c->channels[i], left > 0 ? left : 0);
    }
    duration left = until - courier_monotonic();
    if (c->source)
        all &= crew_close(c->source, left > 0 ? left : 0);
    if (!all)
        return false; /* it may still touch the tray and the options */
    tray_free(c->tray, drop_news);
    free(c->channels);
    free(c);
    return true;
}

void couriers_ask(void *couriers, struct errand *errand)
{
    struct couriers *c = couriers;
    crew_give(c->source, errand);
}

void couriers_post(void *couriers, struct parcel *parcel)
{
    struct couriers *c = couriers;
    crew_give(c->channels[parcel->channel], parcel);
}

int couriers_idle(void *couriers, size_t channel)
{
    struct couriers *c = couriers;
    return c->paused ? 0 : crew_idle(c->channels[channel]);
}

bool couriers_all_idle(struct couriers *c)
{
    for (size_t i = 0; i < c->options->n_channels; i++)
        if (crew_idle(c->channels[i]) < c->options->channels[i].couriers)
            return false;
    return true;
}

void couriers_pause(struct couriers *c)
{
    c->paused = true;
}

struct news *couriers_take(struct couriers *c)
{
    return tray_take(c->tray);
}

bool couriers_rest_source(struct couriers *c)
{
    bool idle = crew_idle(c->source) > 0;
    if (idle)
        crew_give(c->source, errand_new(ERRAND_REST, 0, 0, 0));
    return idle;
}
