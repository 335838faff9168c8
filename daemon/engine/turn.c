/* Whose turn it is: what is held waits at the desk of the customer's owner and leaves by money at risk, inside hours
 * and caps. */
#include "engine/inner.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static struct desk *desk_of(struct engine *e, const char *owner)
{
    for (size_t i = 0; i < e->n_desks; i++)
        if (same(e->desks[i].owner, owner))
            return &e->desks[i];
    e->desks = mem_resize(e->desks, (e->n_desks + 1) * sizeof *e->desks);
    e->desks[e->n_desks] = (struct desk){ .owner = mem_copy(owner), .next = INSTANT_NONE };
    return &e->desks[e->n_desks++];
}

static bool waits(const struct engine *e, const struct episode *ep)
{
    return ep->state == EPISODE_HELD && ep->next_at == INSTANT_NONE && !mass_holds(e, ep->rule);
}

static void count(struct engine *e, const struct episode *ep, int by)
{
    struct desk *d = desk_of(e, ep->owner);
    *(ep->backlog ? &d->backlog : &d->fresh) += by;
    if (by > 0 && !ep->backlog)
        d->next = INSTANT_NONE;
}

bool episode_shift(struct engine *e, struct episode *ep, enum episode_state to, const char *reason, instant next_at,
                   struct err *err)
{
    bool before = waits(e, ep);
    if (!episode_move(e->store, ep, to, reason, next_at, e->now, err))
        return false;
    if (before != waits(e, ep))
        count(e, ep, before ? -1 : 1);
    return true;
}

bool episode_begin(struct engine *e, struct episode *ep, struct err *err)
{
    if (!episode_add(e->store, ep, err))
        return false;
    if (waits(e, ep))
        count(e, ep, 1);
    return true;
}

bool episode_hand_over(struct engine *e, struct episode *ep, const char *owner, struct err *err)
{
    if (same(ep->owner, owner))
        return true;
    if (waits(e, ep))
        count(e, ep, -1);
    if (!episode_set_owner(e->store, ep, owner, err))
        return false;
    if (waits(e, ep))
        count(e, ep, 1);
    return true;
}

/* When a rule that is told on one day of the week only is told: INSTANT_NONE for as soon as its turn comes. */
static instant told_from(struct engine *e, const struct rule *r, const char *owner)
{
    static const struct salesperson nobody = { .active = true };
    const struct salesperson *own = e->people ? person_find(e->people, owner) : NULL, *s = own ? own : &nobody;
    const struct zone *z = person_zone(e->company, s, NULL);
    date day = zone_date(z, e->now);
    if (r->tell == 0 || date_weekday(day) == r->tell)
        return INSTANT_NONE;
    while (date_weekday(day) != r->tell)
        day++;
    return person_opens(e->company, s, zone_day_start(z, day));
}

bool told_in_digest(const struct rule *r)
{
    return r->tell == TELL_DAILY || r->tell == TELL_WEEKLY;
}

const char *way_to_wait(struct engine *e, const struct rule *r, const char *owner, instant *until)
{
    *until = INSTANT_NONE;
    if (r && told_in_digest(r)) {
        enum digest_kind kind = r->tell == TELL_DAILY ? DIGEST_DAILY : DIGEST_WEEKLY;
        *until = digest_due(e, owner, kind);
        return digest_reason(kind);
    }
    if (r)
        *until = told_from(e, r, owner);
    return WAITING_FOR_ITS_TURN;
}

bool desks_load(struct engine *e, struct err *err)
{
    struct waiting *rows;
    size_t n;
    if (!owners_waiting(e->store, &e->step, &rows, &n, err))
        return false;
    for (size_t i = 0; i < e->n_desks; i++)
        e->desks[i].fresh = e->desks[i].backlog = 0;
    for (size_t i = 0; i < n; i++) {
        struct desk *d = desk_of(e, rows[i].owner);
        d->fresh = rows[i].fresh;
        d->backlog = rows[i].backlog;
        d->next = INSTANT_NONE;
    }
    return true;
}

void desks_wake(struct engine *e, instant at)
{
    for (size_t i = 0; i < e->n_desks; i++)
        if (e->desks[i].next > at)
            e->desks[i].next = at;
}

instant desks_next(const struct engine *e)
{
    instant next = INSTANT_NEVER;
    for (size_t i = 0; i < e->n_desks; i++)
        if (e->desks[i].fresh + e->desks[i].backlog > 0 && e->desks[i].next < next)
            next = e->desks[i].next;
    return next;
}

bool room_of(struct engine *e, const struct salesperson *s, struct room *out, struct err *err)
{
    const struct people_options *p = &e->options->people;
    const struct zone *z = person_zone(e->company, s, NULL);
    date today = zone_date(z, e->now), monday = today - date_weekday(today) + 1;
    long day, week, unused, backlog;
    if (!tellings_since(e->store, s->id, today, &day, &unused, err) ||
        !tellings_since(e->store, s->id, monday, &week, &backlog, err))
        return false;
    out->told = day;
    long left_today = p->per_day ? p->per_day - day : 1000000, left_week = p->per_week ? p->per_week - week : 1000000;
    out->left = left_today < left_week ? left_today : left_week;
    out->backlog_left = e->options->guards.calm_per_week - backlog;
    bool full_week = left_week <= 0 || out->left > 0; /* with room left, only a new week changes anything */
    out->again = person_opens(e->company, s, zone_day_start(z, full_week ? monday + 7 : today + 1));
    return true;
}

/* The next of a desk: by rank, but every fifth place goes to the oldest waiting; what is left over to the backlog by
 * rank. */
static bool choose_from(struct engine *e, const struct desk *d, long most, long most_backlog, long told_today,
                        int64_t **turns, const char ***customers, size_t *n, struct err *err)
{
    struct turn *ranked = NULL, *oldest = NULL, *backlog = NULL;
    size_t n_ranked = 0, n_oldest = 0, n_backlog = 0;
    if (d->fresh &&
        (!episodes_in_turn(e->store, d->owner, TURN_BY_RANK, (int)most, &e->step, &ranked, &n_ranked, err) ||
         !episodes_in_turn(e->store, d->owner, TURN_OLDEST, (int)most, &e->step, &oldest, &n_oldest, err)))
        return false;
    if (d->backlog && most_backlog > 0 &&
        !episodes_in_turn(e->store, d->owner, TURN_BACKLOG_BY_RANK, (int)(most_backlog < most ? most_backlog : most),
                          &e->step, &backlog, &n_backlog, err))
        return false;
    size_t start = *n, r = 0, o = 0, b = 0;
    bool more = n_ranked == (size_t)most; /* perhaps, beyond those asked for */
    for (long place = told_today; *n - start < (size_t)most; place++) {
        const struct turn *t = place % 5 == 4 && o < n_oldest ? &oldest[o++]
                               : r < n_ranked                 ? &ranked[r++]
                               : o < n_oldest                 ? &oldest[o++]
                               : b < n_backlog && !more       ? &backlog[b++]
                                                              : NULL;
        if (!t)
            break;
        bool twice = false;
        for (size_t i = start; i < *n; i++)
            twice |= strcmp((*customers)[i], t->customer) == 0; /* what else is due for it joins the same message */
        if (twice)
            continue;
        *turns = arena_grow(&e->asked.arena, *turns, *n, sizeof **turns);
        *customers = arena_grow(&e->asked.arena, *customers, *n, sizeof **customers);
        (*turns)[*n] = t->episode;
        (*customers)[(*n)++] = arena_copy(&e->asked.arena, t->customer);
    }
    return true;
}

/* What of this desk may leave now is added; else it is said when to ask again. */
static bool choose(struct engine *e, struct desk *d, long idle, int64_t **turns, const char ***customers, size_t *n,
                   struct err *err)
{
    size_t channel;
    const char *address;
    const struct salesperson *s = recipient(e, d->owner, &channel, &address);
    if (!s) {
        d->next = e->now + DAY;
        return raise_alert(
            e, "nobody to tell",
            &(struct notice){ d->owner ? PHRASE_ALERT_NOBODY : PHRASE_ALERT_UNASSIGNED, .texts = { d->owner } }, err);
    }
    instant opens = person_opens(e->company, s, e->now);
    if (opens > e->now) {
        d->next = opens;
        return true;
    }
    if (!channel_ready(e, channel, &d->next) || !address_ready(e, channel, address, &d->next))
        return true;
    struct room room;
    if (!room_of(e, s, &room, err))
        return false;
    if (room.left <= 0 || (d->fresh == 0 && room.backlog_left <= 0)) {
        d->next = room.again;
        return true;
    }
    size_t before = *n;
    long most = room.left < idle ? room.left : idle;
    if (channel_rests(e, channel))
        most = 1;
    if (!choose_from(e, d, most, room.backlog_left, room.told, turns, customers, n, err))
        return false;
    d->next = *n > before ? e->now : room.again;
    return true;
}

bool desks_choose(struct engine *e, int64_t **turns, const char ***customers, size_t *n, struct err *err)
{
    for (size_t i = 0; i < e->n_desks; i++) {
        struct desk *d = &e->desks[i];
        size_t channel;
        const char *address;
        if (d->fresh + d->backlog <= 0 || d->next > e->now)
            continue;
        long idle = 1;
        if (recipient(e, d->owner, &channel, &address))
            idle = e->ports.idle(e->ports.context, channel) - e->channels[channel].claimed - (long)*n;
        if (idle <= 0) {
            d->next = e->now + MINUTE; /* a verdict comes sooner, and wakes all desks */
            continue;
        }
        if (!choose(e, d, idle, turns, customers, n, err))
            return false;
    }
    return true;
}
