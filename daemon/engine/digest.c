/* Digests: who is due for one, whose customers are read for it, and what it tells. One is at hand at a time; it leaves
 * only when all its customers were just looked at. */
#include "engine/digest_parts.h"

#include "plan/round.h"

#include <string.h>

enum { WALK_A_STEP = 20000 }; /* rows of the agenda */

static void sooner(instant *at, instant t)
{
    if (t < *at)
        *at = t;
}

/* ---- when ---- */

static bool round_of(struct engine *e, const struct salesperson *s, enum digest_kind kind, struct round *out)
{
    const struct digest_options *o = &e->options->digests;
    struct round_wish w = { .hours = person_hours(e->company, s, NULL),
                            .off = person_holidays(e->company, s),
                            .zone = person_zone(e->company, s, NULL),
                            .weekday = kind == DIGEST_DAILY    ? 0
                                       : kind == DIGEST_WEEKLY ? o->weekly
                                                               : o->summary,
                            .at = o->at };
    return round_next(&w, e->now, out);
}

instant digest_due(struct engine *e, const char *owner, enum digest_kind kind)
{
    static const struct salesperson nobody = { .active = true };
    const struct salesperson *s = e->people ? person_find(e->people, owner) : NULL;
    struct round r;
    if (!round_of(e, s ? s : &nobody, kind, &r))
        return INSTANT_NEVER;
    return r.from > e->now ? r.from : r.until;
}

static bool kind_on(const struct engine *e, enum digest_kind kind)
{
    bool daily = false;
    for (size_t i = 0; i < e->options->n_rules; i++)
        daily |= e->options->rules[i].tell == TELL_DAILY;
    return kind == DIGEST_DAILY    ? daily
           : kind == DIGEST_WEEKLY ? e->options->digests.weekly
                                   : e->options->digests.summary;
}

/* Has anybody a manager? */
static bool managed(const struct engine *e)
{
    for (size_t i = 0; i < e->people->n; i++)
        if (person_find(e->people, e->people->rows[i].manager))
            return true;
    return false;
}

/* Is `s` the manager of `who`? Where nobody has one, the person behind all others is everybody's. */
static bool manages(const struct engine *e, bool any, const struct salesperson *s, const struct salesperson *who)
{
    const char *manager = any ? who->manager : e->options->people.unassigned;
    return who != s && who->active && manager && strcmp(manager, s->id) == 0;
}

static bool leads(const struct engine *e, const struct salesperson *s)
{
    bool any = managed(e);
    for (size_t i = 0; i < e->people->n; i++)
        if (manages(e, any, s, &e->people->rows[i]))
            return true;
    return false;
}

instant digests_next(const struct engine *e)
{
    const struct digests *d = &e->digests;
    if (e->hand.walking)
        return e->now;
    return d->at < d->n ? d->again : d->next;
}

void digests_wake(struct engine *e, instant at)
{
    sooner(&e->digests.next, at);
    sooner(&e->digests.again, at);
}

/* ---- the queue ---- */

static void enqueue(struct engine *e, struct digest_turn turn)
{
    struct digests *d = &e->digests;
    turn.reader = arena_copy(&d->arena, turn.reader);
    d->queue = arena_grow(&d->arena, d->queue, d->n, sizeof *d->queue);
    d->queue[d->n++] = turn;
}

/* What was tried before goes first: it has waited longer. */
static bool enqueue_tried(struct engine *e, struct err *err)
{
    struct digest_row *rows;
    size_t n;
    if (!digests_to_send(e->store, &e->step, &rows, &n, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct round r;
        const struct salesperson *s = person_find(e->people, rows[i].person);
        bool in_time = s && round_of(e, s, rows[i].kind, &r) && r.day == rows[i].day;
        if (rows[i].not_before > e->now)
            sooner(&e->digests.next, rows[i].not_before);
        else
            enqueue(e, (struct digest_turn){ rows[i].kind, rows[i].person, rows[i].day, in_time ? r.until : e->now,
                                             rows[i].message });
    }
    return true;
}

static bool enqueue_new(struct engine *e, const struct salesperson *s, enum digest_kind kind, struct err *err)
{
    struct round r;
    bool made, there = s->active && (s->away_until == DATE_NONE || s->away_until < e->today);
    if (!there || !kind_on(e, kind) || !round_of(e, s, kind, &r))
        return true;
    if (r.from > e->now) {
        sooner(&e->digests.next, r.from);
        return true;
    }
    if (kind == DIGEST_SUMMARY && !leads(e, s))
        return true;
    if (!digest_made(e->store, kind, s->id, r.day, &made, err))
        return false;
    if (!made)
        enqueue(e, (struct digest_turn){ kind, s->id, r.day, r.until, 0 });
    return true;
}

/* Who is told about whose customers, once for all that are due now. */
static void learn_routes(struct engine *e)
{
    struct digests *d = &e->digests;
    d->n_routes = agenda_owners(e->agenda);
    d->routes = arena_new(&d->arena, (d->n_routes + 1) * sizeof *d->routes);
    for (size_t i = 0; i < d->n_routes; i++) {
        size_t channel;
        const char *address;
        const struct salesperson *s = recipient(e, agenda_owner(e->agenda, i), &channel, &address);
        d->routes[i] = s ? arena_copy(&d->arena, s->id) : NULL;
    }
}

static bool fill_queue(struct engine *e, struct err *err)
{
    bool any = false;
    for (int kind = 0; kind < DIGEST_KINDS; kind++)
        any |= kind_on(e, (enum digest_kind)kind);
    digests_done(e);
    e->digests.next = any ? e->now + HOUR : INSTANT_NEVER; /* people come, and come back */
    e->digests.again = e->now;
    if (!enqueue_tried(e, err))
        return false;
    for (size_t i = 0; i < e->people->n; i++)
        for (int kind = 0; kind < DIGEST_KINDS; kind++)
            if (!enqueue_new(e, &e->people->rows[i], (enum digest_kind)kind, err))
                return false;
    if (e->digests.n)
        learn_routes(e);
    return true;
}

void digests_done(struct engine *e)
{
    arena_done(&e->digests.arena);
    e->digests = (struct digests){ .next = e->digests.next, .again = e->digests.again };
}

void digest_drop_hand(struct engine *e)
{
    arena_done(&e->hand.arena);
    e->hand = (struct digest_hand){ 0 };
}

/* ---- whose customers are read ---- */

static void add_id(struct digest_hand *h, const char *id)
{
    h->ids = arena_grow(&h->arena, h->ids, h->n_ids, sizeof *h->ids);
    h->ids[h->n_ids++] = arena_copy(&h->arena, id);
}

static void take_owners(struct engine *e)
{
    struct digest_hand *h = &e->hand;
    const struct digests *d = &e->digests;
    h->n_wanted = d->n_routes;
    h->wanted = arena_new(&h->arena, (h->n_wanted + 1) * sizeof *h->wanted);
    h->owners = arena_new(&h->arena, (h->n_wanted + 1) * sizeof *h->owners);
    for (size_t i = 0; i < d->n_routes; i++) {
        h->wanted[i] = d->routes[i] && strcmp(d->routes[i], h->turn.reader) == 0;
        if (h->wanted[i])
            h->owners[h->n_owners++] = arena_copy(&h->arena, agenda_owner(e->agenda, i));
    }
}

/* Is `s` the person behind all others, or above them? Only they may hear of the customers of nobody. */
static bool behind_all(const struct engine *e, const struct salesperson *s)
{
    const struct salesperson *up = person_find(e->people, e->options->people.unassigned);
    for (int depth = 0; up && depth < 16; depth++, up = person_find(e->people, up->manager))
        if (up == s)
            return true;
    return false;
}

/* A manager's people, and the owners of customers that are nobody. */
static void take_people(struct engine *e, const struct salesperson *s)
{
    struct digest_hand *h = &e->hand;
    const struct digests *d = &e->digests;
    bool any = managed(e);
    h->owners = arena_new(&h->arena, (e->people->n + 1) * sizeof *h->owners);
    for (size_t i = 0; i < e->people->n; i++)
        if (manages(e, any, s, &e->people->rows[i]))
            h->owners[h->n_owners++] = arena_copy(&h->arena, e->people->rows[i].id);
    h->strays = arena_new(&h->arena, (d->n_routes + 1) * sizeof *h->strays);
    for (size_t i = 0; i < d->n_routes && behind_all(e, s); i++) {
        const struct salesperson *owner = person_find(e->people, agenda_owner(e->agenda, i));
        if (!owner || !owner->active)
            h->strays[h->n_strays++] = arena_copy(&h->arena, agenda_owner(e->agenda, i));
    }
}

/* A mail in doubt goes out as it is, if what it tells still stands: only that is read. */
static bool take_told(struct engine *e, struct err *err)
{
    struct episodes eps;
    if (!episodes_of_message(e->store, e->hand.turn.message, &e->step, &eps, err))
        return false;
    for (size_t i = 0; i < eps.n; i++)
        add_id(&e->hand, eps.rows[i].customer);
    return true;
}

static void watch(void *context, const char *id, const char *category, const struct outlook *o)
{
    struct engine *e = context;
    struct bench b = engine_bench(e);
    e->hand.watched++;
    if (judge_watches(&b, o, category))
        add_id(&e->hand, id);
}

static void walk(struct engine *e)
{
    struct digest_hand *h = &e->hand;
    h->walking = agenda_walk_of(e->agenda, h->wanted, h->n_wanted, &h->walked, WALK_A_STEP, watch, e);
}

static bool take_up_turn(struct engine *e, const struct digest_turn *turn, const struct salesperson *s, struct err *err)
{
    struct digest_hand *h = &e->hand;
    const char **ids;
    size_t n;
    struct message m;
    h->turn = *turn;
    h->turn.reader = arena_copy(&h->arena, turn->reader);
    h->since = gather_since(turn->kind, turn->day);
    if (turn->message && !message_by_id(e->store, turn->message, &e->step, &m, err))
        return false;
    if (turn->message && message_doubtful(&m))
        return take_told(e, err);
    if (turn->kind == DIGEST_SUMMARY)
        take_people(e, s);
    else
        take_owners(e);
    struct gathering g = digest_gathering(e, s);
    if (!gather_whom(&g, &ids, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        add_id(h, ids[i]);
    if (turn->kind == DIGEST_WEEKLY)
        walk(e);
    return true;
}

bool digest_release(struct engine *e, struct err *err)
{
    bool ok = digest_say(e, err);
    digest_drop_hand(e);
    return ok;
}

void digest_saw(struct engine *e, const struct facts *f, const struct finding *rows, size_t n)
{
    struct digest_hand *h = &e->hand;
    if (!e->asked.digest)
        return;
    h->seen = arena_grow(&h->arena, h->seen, h->n_seen, sizeof *h->seen);
    h->seen[h->n_seen++] = sight(f, rows, n, h->since, e->options->company.currency, &h->arena);
}

bool digest_choose(struct engine *e, const char ***customers, size_t *n, struct err *err)
{
    struct digests *d = &e->digests;
    struct digest_hand *h = &e->hand;
    size_t channel;
    const char *address;
    *n = 0;
    if (h->walking)
        walk(e);
    else if (d->at == d->n && e->now >= d->next && e->people && !fill_queue(e, err))
        return false;
    while (!h->turn.reader && d->at < d->n && e->now >= d->again) {
        const struct digest_turn *t = &d->queue[d->at];
        enum way way;
        if (!digest_find_way(e, t, &way, &channel, &address, err))
            return false;
        if (way == WAY_BUSY)
            d->again = e->now + MINUTE; /* a verdict comes sooner, and wakes us */
        else
            d->at++;
        if (way == WAY_FREE && !take_up_turn(e, t, person_find(e->people, t->reader), err))
            return false;
    }
    if (!h->turn.reader || h->walking)
        return true;
    *customers = h->ids;
    *n = h->n_ids;
    return *n || digest_release(e, err);
}

/* ---- after its verdict ---- */

/* Nobody saw its code: it is dated anew when it leaves. */
static bool void_offer(struct engine *e, const struct episode *ep, struct err *err)
{
    struct issued_offer o;
    if (!offer_of_episode(e->store, ep->id, &e->step, &o, err))
        return false;
    return !o.id || o.state != ISSUED_OFFER_ISSUED || offer_move(e->store, &o, ISSUED_OFFER_VOID, err);
}

bool digest_take_back(struct engine *e, const struct message *m, struct err *err)
{
    struct episodes eps;
    if (message_doubtful(m))
        return true;
    if (!episodes_of_message(e->store, m->id, &e->step, &eps, err))
        return false;
    for (size_t i = 0; i < eps.n; i++) {
        struct episode *ep = &eps.rows[i];
        instant until;
        const struct rule *r = rule_find(e->options, ep->rule);
        /* What it tells the next time may be something else. */
        if (!telling_remove(e->store, ep->id, m->id, err) || !void_offer(e, ep, err))
            return false;
        if (ep->state != EPISODE_DUE)
            continue;
        const char *reason = way_to_wait(e, r, ep->owner, &until);
        if (!episode_shift(e, ep, ep->step > 0 ? EPISODE_TOLD : EPISODE_HELD, reason, until, err))
            return false;
        agenda_look_by(e->agenda, ep->customer, until);
    }
    return true;
}
