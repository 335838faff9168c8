/* A manager's summary: how each of their people fared in the week before, and what is at risk. */
#include "engine/gather_parts.h"

#include <string.h>

static const enum episode_state open_states[] = { EPISODE_DUE, EPISODE_HELD, EPISODE_TOLD, EPISODE_SNOOZED };
enum { OPEN_STATES = sizeof open_states / sizeof open_states[0] };

/* Who was told before this instant of a rule should have been reminded of it, or have answered, by now. */
static instant overdue_before(const struct gathering *g, const struct rule *r)
{
    date today = gather_day_of(g, g->now);
    int count = (int)r->repeat.count;
    switch (r->repeat.unit) {
    case PERIOD_DAYS:
        return gather_day_start(g, today - count);
    case PERIOD_WORKING_DAYS:
        return gather_day_start(g, today - count * 7 / 5);
    case PERIOD_MONTHS:
        return gather_day_start(g, date_add_months(today, -count));
    default:
        return gather_day_start(g, today - 7);
    }
}

static bool count_overdue(const struct gathering *g, const char *owner, int *out, struct err *e)
{
    const struct options *o = company_options(g->company);
    for (size_t i = 0; i < o->n_rules; i++) {
        long n;
        if (!count_told_before(g->store, owner, o->rules[i].id, overdue_before(g, &o->rules[i]), &n, e))
            return false;
        *out += (int)n;
    }
    return true;
}

static date bought_on(const struct gathering *g, const struct episode *ep)
{
    static const char bought[] = "bought on ";
    date day;
    if (ep->reason && strncmp(ep->reason, bought, strlen(bought)) == 0 && date_read(ep->reason + strlen(bought), &day))
        return day;
    return gather_day_of(g, ep->changed_at);
}

/* Won in that week; what was bought is known only if all of it is, in one currency. */
static bool count_won(const struct gathering *g, const char *owner, struct digest_person *p, struct err *e)
{
    const char *own = company_options(g->company)->company.currency;
    struct episodes eps;
    bool known = true;
    if (!episodes_won(g->store, owner, gather_day_start(g, g->digest.from), g->a, &eps, e))
        return false;
    for (size_t i = 0; i < eps.n; i++) {
        if (eps.rows[i].changed_at >= gather_day_start(g, g->digest.until + 1))
            continue;
        const struct sighted *s = gather_find(g, eps.rows[i].customer);
        const char *currency = NULL;
        money amount = s ? gather_amount(g, s, bought_on(g, &eps.rows[i]), &currency) : MONEY_NONE;
        known &= amount != MONEY_NONE && (!p->won || currency_same(currency, p->won_currency, own));
        p->won_currency = currency;
        p->won++;
        known = known && (p->won == 1 || !__builtin_add_overflow(p->won_amount, amount, &amount));
        p->won_amount = known ? amount : MONEY_NONE;
    }
    return true;
}

static bool add_open(struct wishes *w, const char *owner, enum digest_part part, long most, struct err *e)
{
    const struct gathering *g = w->g;
    for (int k = 0; k < OPEN_STATES; k++) {
        struct episodes eps;
        long n;
        if (!episodes_of_owner(g->store, owner, open_states[k], most, g->a, &eps, e) ||
            !count_of_owner(g->store, owner, open_states[k], &n, e))
            return false;
        w->all[part] += part == DIGEST_UNASSIGNED ? n : 0; /* of all that is open the largest are not the rest */
        for (size_t i = 0; i < eps.n; i++) {
            struct wish *x = gather_add(w, part, &eps.rows[i]);
            if (x && eps.rows[i].told_at != INSTANT_NONE)
                x->line.day = gather_day_of(g, eps.rows[i].told_at);
        }
    }
    return true;
}

/* Did more come due for four weeks, in each of them, than the caps let out (DESIGN 7)? */
static bool look_for_crowd(const struct gathering *g, const char *owner, bool *crowded, struct err *e)
{
    struct turn *one;
    size_t waiting;
    long after, before;
    instant year = gather_day_start(g, g->digest.until - 365);
    if (!episodes_in_turn(g->store, owner, TURN_OLDEST, 1, g->a, &one, &waiting, e) ||
        !count_waited(g->store, owner, gather_day_start(g, g->digest.until + 1), year, &after, e))
        return false;
    *crowded = waiting > 0; /* else a guard holds them, or a digest: no limit would change that */
    for (int week = 1; *crowded && week <= 4; week++, after = before) {
        if (!count_waited(g->store, owner, gather_day_start(g, g->digest.until + 1 - 7 * week), year, &before, e))
            return false;
        *crowded = before < after;
    }
    return true;
}

bool summary_add(struct wishes *w, const char *owner, struct err *e)
{
    struct gathering *g = w->g;
    struct digest *d = &g->digest;
    const struct salesperson *s = person_find(g->people, owner);
    struct digest_person *all = (struct digest_person *)d->people;
    all = arena_grow(g->a, all, d->n_people, sizeof *all);
    d->people = all;
    struct digest_person *p = &all[d->n_people++];
    *p = (struct digest_person){ .name = s && s->name ? s->name : owner, .won_amount = MONEY_NONE };
    long told, answered;
    if (!count_told(g->store, owner, d->from, d->until, &told, e) ||
        !count_answered(g->store, owner, gather_day_start(g, d->from), gather_day_start(g, d->until + 1), &answered, e))
        return false;
    p->told = (int)told;
    p->answered = (int)answered;
    return count_overdue(g, owner, &p->overdue, e) && count_won(g, owner, p, e) &&
           look_for_crowd(g, owner, &p->crowded, e) && add_open(w, owner, DIGEST_LARGEST, LARGEST_MOST + SPARE, e);
}

bool summary_add_stray(struct wishes *w, const char *owner, struct err *e)
{
    return add_open(w, owner, DIGEST_UNASSIGNED, gather_lines_most(w->g) + SPARE, e);
}

bool summary_whom(struct gathering *g, const char *owner, long most, const char ***ids, size_t *n, struct err *e)
{
    for (int k = 0; k < OPEN_STATES; k++) {
        struct episodes eps;
        if (!episodes_of_owner(g->store, owner, open_states[k], most, g->a, &eps, e))
            return false;
        gather_add_ids(g, &eps, ids, n);
    }
    return true;
}
