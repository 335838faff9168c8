#include "engine/gather_parts.h"

#include "engine/news.h"
#include "store/offers.h"

#include <stdlib.h>
#include <string.h>

enum { WEEK = 7 };

date gather_since(enum digest_kind kind, date day)
{
    return kind == DIGEST_DAILY ? day - 1 : day - WEEK;
}

/* ---- the customers ---- */

static const struct purchase *first_since(const struct facts *f, date since)
{
    size_t i = f->n_purchases;
    while (i > 0 && f->purchases[i - 1].day >= since)
        i--;
    return f->purchases + i;
}

struct sighted sight(const struct facts *f, const struct finding *rows, size_t n, date since, const char *own,
                     struct arena *a)
{
    const char *currency;
    struct sighted s = { .customer = customer_copy(a, &f->customer) };
    s.currency = facts_currency(f, own, &currency) ? arena_copy(a, currency) : NULL;
    const struct purchase *first = first_since(f, since);
    s.n_bought = (size_t)(f->purchases + f->n_purchases - first);
    s.bought = arena_new(a, (s.n_bought + 1) * sizeof *s.bought);
    for (size_t i = 0; i < s.n_bought; i++)
        s.bought[i] = (struct purchase){ .day = first[i].day,
                                         .amount = first[i].amount,
                                         .currency = arena_copy(a, first[i].currency) };
    for (size_t i = 0; i < n; i++) {
        if (rows[i].state != FINDING_WATCH)
            continue;
        s.watch = arena_grow(a, s.watch, s.n_watch, sizeof *s.watch);
        s.watch[s.n_watch++] = rows[i];
    }
    return s;
}

static int by_customer(const void *id, const void *s)
{
    return id_compare(id, ((const struct sighted *)s)->customer.id);
}

/* The customer, if it was read, and may be spoken of. */
const struct sighted *gather_find(const struct gathering *g, const char *id)
{
    const struct sighted *s = g->n_seen ? bsearch(id, g->seen, g->n_seen, sizeof *s, by_customer) : NULL;
    return s && s->customer.active && !s->customer.do_not_contact ? s : NULL;
}

static bool among(const struct gathering *g, const char *owner)
{
    for (size_t i = 0; i < g->n_owners; i++)
        if (g->owners[i] == owner || (g->owners[i] && owner && strcmp(g->owners[i], owner) == 0))
            return true;
    return false;
}

/* ---- the lines ---- */

static const char *name_of_owner(const struct gathering *g, const char *owner)
{
    const struct salesperson *s = person_find(g->people, owner);
    return s && strcmp(s->id, g->reader->id) != 0 ? s->name : NULL;
}

static struct wish *add(struct wishes *w, enum digest_part part, const struct rule *r, const struct sighted *s,
                        const struct defence *d)
{
    w->rows = arena_grow(w->g->a, w->rows, w->n, sizeof *w->rows);
    struct wish *x = &w->rows[w->n++];
    *x = (struct wish){ .line = { .part = part,
                                  .rule = r,
                                  .customer = &s->customer,
                                  .salesperson = name_of_owner(w->g, s->customer.salesperson),
                                  .defence = d,
                                  .day = DATE_NONE,
                                  .amount = MONEY_NONE,
                                  .currency = s->currency },
                        .rank = d->at_risk };
    return x;
}

date gather_day_of(const struct gathering *g, instant t)
{
    return t == INSTANT_NONE ? DATE_NONE : zone_date(person_zone(g->company, g->reader, NULL), t);
}

/* NULL: its customer was not read, or its rule is gone; then it is at most counted. */
struct wish *gather_add(struct wishes *w, enum digest_part part, struct episode *ep)
{
    const struct rule *r = rule_find(company_options(w->g->company), ep->rule);
    const struct sighted *s = gather_find(w->g, ep->customer);
    return r && s ? add(w, part, r, s, &ep->defence) : NULL;
}

static bool add_offer(struct wishes *w, struct wish *x, const struct episode *ep, struct err *e)
{
    struct issued_offer *o = arena_new(w->g->a, sizeof *o);
    if (!offer_of_episode(w->g->store, ep->id, w->g->a, o, e))
        return false;
    if (o->id && o->state == ISSUED_OFFER_TOLD && o->ends_at > w->g->now)
        x->line.offer = o;
    return true;
}

long gather_lines_most(const struct gathering *g)
{
    return company_options(g->company)->digests.lines;
}

/* What waits for this digest: told for the first time, or a reminder. */
static bool add_waiting(struct wishes *w, const char *owner, bool backlog, struct err *e)
{
    struct gathering *g = w->g;
    struct episodes eps;
    long n, most = gather_lines_most(g) + SPARE;
    if (!episodes_for_digest(g->store, owner, g->kind, backlog, most, g->a, &eps, e) ||
        !count_for_digest(g->store, owner, g->kind, backlog, &n, e))
        return false;
    long *rest = backlog ? &g->digest.waiting : &w->all[DIGEST_NEW];
    *rest += n;
    for (size_t i = 0; i < eps.n; i++) {
        struct episode *ep = &eps.rows[i];
        if (backlog && ep->state == EPISODE_HELD && g->backlog_left <= 0)
            continue;
        struct wish *x = gather_add(w, ep->state == EPISODE_TOLD ? DIGEST_OPEN : DIGEST_NEW, ep);
        if (!x)
            continue;
        x->told = ep;
        if (ep->state == EPISODE_TOLD) {
            x->line.day = gather_day_of(g, ep->told_at);
            w->all[DIGEST_OPEN] += g->kind == DIGEST_DAILY; /* of a weekly one it is among those that are open anyway */
            if (!add_offer(w, x, ep, e))
                return false;
        } else if (backlog) {
            --*rest;
            g->backlog_left--;
            w->all[DIGEST_NEW]++;
        }
    }
    return true;
}

static bool waits_for(const struct gathering *g, const struct episode *ep)
{
    return ep->reason && strcmp(ep->reason, digest_reason(g->kind)) == 0;
}

static bool add_open(struct wishes *w, const char *owner, enum episode_state state, enum digest_part part,
                     struct err *e)
{
    struct gathering *g = w->g;
    struct episodes eps;
    long n;
    if (!episodes_of_owner(g->store, owner, state, gather_lines_most(g) + SPARE, g->a, &eps, e) ||
        !count_of_owner(g->store, owner, state, &n, e))
        return false;
    w->all[part] += n;
    for (size_t i = 0; i < eps.n; i++) {
        struct episode *ep = &eps.rows[i];
        struct wish *x = waits_for(g, ep) ? NULL : gather_add(w, part, ep);
        if (!x)
            continue;
        x->line.day = gather_day_of(g, part == DIGEST_OPEN ? ep->told_at : ep->next_at);
        if (!add_offer(w, x, ep, e))
            return false;
    }
    return true;
}

/* What was bought on that day; unknown where an amount is, or where there are several currencies. */
money gather_amount(const struct gathering *g, const struct sighted *s, date day, const char **currency)
{
    const char *own = company_options(g->company)->company.currency;
    money sum = MONEY_NONE;
    *currency = NULL;
    for (size_t i = 0; i < s->n_bought; i++) {
        const struct purchase *p = &s->bought[i];
        if (p->day != day || p->amount == 0)
            continue;
        if (p->amount == MONEY_NONE || (sum != MONEY_NONE && !currency_same(*currency, p->currency, own)))
            return MONEY_NONE;
        *currency = p->currency;
        if (sum == MONEY_NONE)
            sum = p->amount;
        else if (__builtin_add_overflow(sum, p->amount, &sum))
            return MONEY_NONE;
    }
    return sum;
}

static bool add_won(struct wishes *w, const char *owner, instant from, instant until, struct err *e)
{
    static const char bought[] = "bought on ";
    struct episodes eps;
    if (!episodes_won(w->g->store, owner, from, w->g->a, &eps, e))
        return false;
    for (size_t i = 0; i < eps.n; i++) {
        struct episode *ep = &eps.rows[i];
        const struct sighted *s = gather_find(w->g, ep->customer);
        bool own = s && among(w->g, s->customer.salesperson); /* what is closed stays with who had it then */
        struct wish *x = own && ep->changed_at < until ? gather_add(w, DIGEST_WON, ep) : NULL;
        w->all[DIGEST_WON] += x != NULL;
        if (!x)
            continue;
        bool day = ep->reason && strncmp(ep->reason, bought, strlen(bought)) == 0 &&
                   date_read(ep->reason + strlen(bought), &x->line.day);
        if (!day)
            x->line.day = gather_day_of(w->g, ep->changed_at);
        x->line.amount = gather_amount(w->g, gather_find(w->g, ep->customer), x->line.day, &x->line.currency);
    }
    return true;
}

static bool add_ending(struct wishes *w, const char *owner, struct err *e)
{
    const struct gathering *g = w->g;
    struct episodes eps;
    if (!episodes_with_offer(g->store, owner, g->now, g->now + WEEK * DAY, g->a, &eps, e))
        return false;
    for (size_t i = 0; i < eps.n; i++) {
        struct wish *x = gather_add(w, DIGEST_OFFERS, &eps.rows[i]);
        w->all[DIGEST_OFFERS] += x != NULL;
        if (x && !add_offer(w, x, &eps.rows[i], e))
            return false;
    }
    return true;
}

static void add_watch(struct wishes *w)
{
    const struct gathering *g = w->g;
    for (size_t i = 0; i < g->n_seen; i++) {
        const struct sighted *s = &g->seen[i];
        if (!s->n_watch || !gather_find(g, s->customer.id) || !among(g, s->customer.salesperson))
            continue;
        for (size_t k = 0; k < s->n_watch; k++) {
            struct wish *x = add(w, DIGEST_WATCH, s->watch[k].rule, s, &s->watch[k].defence);
            x->line.day = s->watch[k].due;
            w->all[DIGEST_WATCH]++;
        }
    }
}

instant gather_day_start(const struct gathering *g, date d)
{
    return zone_day_start(person_zone(g->company, g->reader, NULL), d);
}

static bool add_owner(struct wishes *w, const char *owner, struct err *e)
{
    const struct digest *d = &w->g->digest;
    return add_waiting(w, owner, false, e) && add_waiting(w, owner, true, e) &&
           (w->g->kind == DIGEST_DAILY ||
            (add_open(w, owner, EPISODE_TOLD, DIGEST_OPEN, e) &&
             add_open(w, owner, EPISODE_SNOOZED, DIGEST_SNOOZED, e) &&
             add_won(w, owner, gather_day_start(w->g, d->from), gather_day_start(w->g, d->until + 1), e) &&
             add_ending(w, owner, e)));
}

/* ---- from wishes to lines ---- */

static int by_rank(const struct wish *a, const struct wish *b)
{
    if (a->rank != b->rank)
        return a->rank > b->rank ? -1 : 1;
    return id_compare(a->line.customer->id, b->line.customer->id);
}

/* Within a part what is told goes before what is only shown: it is chosen so, ... */
static int by_need(const void *a, const void *b)
{
    const struct wish *x = a, *y = b;
    if (x->line.part != y->line.part)
        return x->line.part < y->line.part ? -1 : 1;
    if (!x->told != !y->told)
        return x->told ? -1 : 1;
    return by_rank(x, y);
}

/* ... but read by money at risk. */
static int by_part(const void *a, const void *b)
{
    const struct wish *x = a, *y = b;
    return x->line.part != y->line.part ? (x->line.part < y->line.part ? -1 : 1) : by_rank(x, y);
}

static long most_of(const struct gathering *g, enum digest_part part)
{
    return part == DIGEST_LARGEST ? LARGEST_MOST : gather_lines_most(g);
}

void gather_choose(struct wishes *w)
{
    struct gathering *g = w->g;
    long shown[DIGEST_PARTS] = { 0 };
    size_t kept = 0;
    if (w->n)
        qsort(w->rows, w->n, sizeof *w->rows, by_need);
    for (size_t i = 0; i < w->n; i++)
        if (shown[w->rows[i].line.part]++ < most_of(g, w->rows[i].line.part))
            w->rows[kept++] = w->rows[i];
    if (kept)
        qsort(w->rows, kept, sizeof *w->rows, by_part);
    for (int p = 0; p < DIGEST_PARTS; p++) {
        long limit = most_of(g, (enum digest_part)p), most = shown[p] < limit ? shown[p] : limit;
        g->digest.left_out[p] = w->all[p] > most ? w->all[p] - most : 0;
    }
    g->lines = arena_new(g->a, (kept + 1) * sizeof *g->lines);
    g->told = arena_new(g->a, (kept + 1) * sizeof *g->told);
    for (size_t i = 0; i < kept; i++) {
        g->lines[i] = w->rows[i].line;
        g->told[i] = w->rows[i].told;
    }
    g->digest.lines = g->lines;
    g->digest.n = kept;
}

bool gather(struct gathering *g, struct err *e)
{
    struct wishes w = { .g = g };
    struct digest *d = &g->digest;
    d->kind = g->kind;
    d->day = gather_day_of(g, g->now);
    d->from = gather_since(g->kind, g->day);
    d->until = g->day - 1;
    for (size_t i = 0; i < g->n_owners && g->store; i++)
        if (!(g->kind == DIGEST_SUMMARY ? summary_add(&w, g->owners[i], e) : add_owner(&w, g->owners[i], e)))
            return false;
    for (size_t i = 0; i < g->n_strays && g->store; i++)
        if (!summary_add_stray(&w, g->strays[i], e))
            return false;
    if (g->kind == DIGEST_WEEKLY)
        add_watch(&w);
    gather_choose(&w);
    return true;
}

/* ---- whom to read ---- */

void gather_add_ids(struct gathering *g, const struct episodes *eps, const char ***ids, size_t *n)
{
    for (size_t i = 0; i < eps->n; i++) {
        *ids = arena_grow(g->a, *ids, *n, sizeof **ids);
        (*ids)[(*n)++] = eps->rows[i].customer;
    }
}

static bool whom_of(struct gathering *g, const char *owner, const char ***ids, size_t *n, struct err *e)
{
    struct episodes eps[6] = { 0 };
    if (g->kind == DIGEST_SUMMARY)
        return episodes_won(g->store, owner, gather_day_start(g, gather_since(g->kind, g->day)), g->a, &eps[0], e) &&
               summary_whom(g, owner, LARGEST_MOST + SPARE, ids, n, e) && (gather_add_ids(g, &eps[0], ids, n), true);
    long most = gather_lines_most(g) + SPARE;
    bool ok = episodes_for_digest(g->store, owner, g->kind, false, most, g->a, &eps[0], e) &&
              episodes_for_digest(g->store, owner, g->kind, true, most, g->a, &eps[1], e);
    if (ok && g->kind == DIGEST_WEEKLY)
        ok = episodes_of_owner(g->store, owner, EPISODE_TOLD, most, g->a, &eps[2], e) &&
             episodes_of_owner(g->store, owner, EPISODE_SNOOZED, most, g->a, &eps[3], e) &&
             episodes_won(g->store, owner, gather_day_start(g, gather_since(g->kind, g->day)), g->a, &eps[4], e) &&
             episodes_with_offer(g->store, owner, g->now, g->now + WEEK * DAY, g->a, &eps[5], e);
    for (size_t i = 0; ok && i < sizeof eps / sizeof eps[0]; i++)
        gather_add_ids(g, &eps[i], ids, n);
    return ok;
}

bool gather_whom(struct gathering *g, const char ***ids, size_t *n, struct err *e)
{
    *ids = NULL;
    *n = 0;
    for (size_t i = 0; i < g->n_owners && g->store; i++)
        if (!whom_of(g, g->owners[i], ids, n, e))
            return false;
    for (size_t i = 0; i < g->n_strays && g->store; i++)
        if (!summary_whom(g, g->strays[i], gather_lines_most(g) + SPARE, ids, n, e))
            return false;
    return true;
}
