/* Kinds whose occasions are cases of their own: what became of one whose visit, complaint or day of the year is no
 * longer what it was. The database is corrected: an order gets another day, a delivery was later, a complaint is
 * entered anew. */
#include "engine/look.h"

#include <string.h>

static bool same(const char *key, size_t size, const char *text)
{
    return strlen(text) == size && memcmp(key, text, size) == 0;
}

/* Where only the first order is looked after, one that is no longer the first is as good as gone. */
static bool has_order(const struct look *l, const struct rule *r, const char *key, size_t size)
{
    char day[16];
    const struct facts *f = &l->facts;
    bool first_only = r && r->orders == ORDERS_FIRST;
    for (size_t i = 0, counted = 0; i < f->n_purchases && !(first_only && counted); i++) {
        const struct purchase *p = &f->purchases[i];
        if (p->amount != MONEY_NONE && p->amount <= 0)
            continue;
        counted++;
        if (same(key, size, p->id ? p->id : date_print(p->day, day)))
            return true;
    }
    return false;
}

static bool has_problem(const struct facts *f, const char *key)
{
    char at[32];
    for (size_t i = 0; i < f->n_problems; i++) {
        const struct problem *p = &f->problems[i];
        if (strcmp(key, p->id ? p->id : instant_print(p->opened_at, at)) == 0)
            return true;
    }
    return false;
}

/* Is what the occasion is named after no longer in the database? */
static bool gone(const struct look *l, const struct episode *ep)
{
    const char *key = ep->occasion, *slash = strrchr(key, '/');
    const struct rule *r = rule_find(l->e->options, ep->rule);
    switch (ep->kind) {
    case RULE_AFTER_SALE:
        return !has_order(l, r, key, slash ? (size_t)(slash - key) : strlen(key));
    case RULE_REFERRAL:
        return !has_order(l, r ? rule_find(l->e->options, r->after_sale) : NULL, key, strlen(key));
    case RULE_PROBLEM:
        return !has_problem(&l->facts, key);
    case RULE_LAPSE:
    case RULE_REVIEW:
    case RULE_VISIT:
    case RULE_DECLINE:
    case RULE_OCCASION: /* years do not go */
    case RULE_FIRST_ORDER:
    case RULE_KINDS:
        return false;
    }
    return false;
}

static bool known(const struct look *l, const struct finding *f)
{
    for (size_t i = 0; i < l->episodes.n; i++)
        if (strcmp(l->episodes.rows[i].rule, f->rule->id) == 0 &&
            strcmp(l->episodes.rows[i].occasion, f->occasion) == 0)
            return true;
    return false;
}

bool moved_here(const struct look *l, const struct episode *ep, const struct finding *f)
{
    const struct zone *z = company_zone(l->e->company);
    if (strcmp(f->rule->id, ep->rule) != 0 || !f->occasion || f->state == FINDING_CANNOT_JUDGE || !gone(l, ep) ||
        known(l, f))
        return false;
    /* What began after the telling is news. */
    if (f->anchor_day > zone_date(z, ep->told_at == INSTANT_NONE ? ep->opened_at : ep->told_at))
        return false;
    return ep->kind == RULE_AFTER_SALE ? f->defence.part == ep->defence.part : f->anchor_day == ep->anchor_day;
}

/* The same case under another name, the nearest if several could be meant; NULL: there is none. */
static const struct finding *moved_to(const struct look *l, const struct episode *ep)
{
    const struct finding *best = NULL;
    int nearest = 0;
    for (size_t i = 0; i < l->n; i++) {
        const struct finding *f = &l->findings[i];
        int apart = f->anchor_day - ep->anchor_day;
        apart = apart < 0 ? -apart : apart;
        if (!moved_here(l, ep, f) || (best && apart >= nearest))
            continue;
        best = f;
        nearest = apart;
    }
    return best;
}

/* Its day was corrected under the same name. What was told before is not told again: its next step waits for the new
 * day. */
static bool correct_day(struct look *l, struct episode *ep, const struct finding *f)
{
    char from[16], to[16];
    instant day = zone_day_start(company_zone(l->e->company), f->due);
    bool wait = (ep->state == EPISODE_TOLD || ep->state == EPISODE_SNOOZED) && ep->next_at < day;
    note(l->e, 6, ep->customer, "%s moved from %s to %s: the database was corrected", episode_name(ep, &l->e->step),
         date_print(ep->anchor_day, from), date_print(f->anchor_day, to));
    return episode_rekey(l->e->store, ep, ep->occasion, f->anchor_day, f->due, l->err) &&
           episode_judged(l->e->store, ep, &f->defence, l->err) &&
           (!wait || episode_shift(l->e, ep, ep->state, ep->reason, day, l->err));
}

bool follow_case(struct look *l, struct episode *ep, const struct finding **f)
{
    if (*f)
        return (*f)->state == FINDING_CANNOT_JUDGE || (*f)->anchor_day == ep->anchor_day || correct_day(l, ep, *f);
    *f = moved_to(l, ep);
    return !*f || rekey(l, ep, *f);
}

/* Was it left until it was of no use any more? */
static bool time_passed(const struct look *l, const struct episode *ep)
{
    struct bench b = engine_bench(l->e);
    const struct rule *r = rule_find(l->e->options, ep->rule);
    date until = period_end(&b, ep->kind == RULE_OCCASION ? ep->anchor_day : ep->due, r->within);
    size_t part = (size_t)ep->defence.part;
    if (gone(l, ep))
        return false;
    if (ep->kind == RULE_AFTER_SALE && part < r->steps.n) {
        date following = period_end(&b, ep->anchor_day, r->steps.rows[part].period);
        until = following - 1 < until ? following - 1 : until;
    }
    return until < b.today;
}

static bool complaint_open(const struct facts *f)
{
    for (size_t i = 0; i < f->n_problems; i++)
        if (f->problems[i].closed_at == INSTANT_NONE)
            return true;
    return false;
}

bool close_case(struct look *l, struct episode *ep, const struct finding *f)
{
    bool told = ep->told_at != INSTANT_NONE;
    if (ep->kind == RULE_PROBLEM)
        return close_episode(l, ep, told ? EPISODE_DONE : EPISODE_WITHDRAWN,
                             gone(l, ep) ? "the complaint is no longer there" : "the complaint was closed");
    if (time_passed(l, ep))
        return close_episode(l, ep, told ? EPISODE_UNANSWERED : EPISODE_WITHDRAWN, "its time has passed");
    if (ep->kind == RULE_REFERRAL && f && complaint_open(&l->facts))
        return close_episode(l, ep, EPISODE_WITHDRAWN, "a complaint is open");
    if (f && f->due > l->e->today && told)
        return true; /* told before its corrected day: it goes on then */
    if (f && f->due <= l->e->today)
        return close_contacted(l, ep); /* somebody was there already */
    return close_episode(l, ep, EPISODE_WITHDRAWN, "the database was corrected");
}
