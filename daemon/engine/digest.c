/* Digests: who is due for one, whose customers are read for it, and what it tells. One is at hand at a time; it leaves
 * only when all its customers were just looked at. */
#include "engine/look.h"

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

/* Whose manager is `s`? Where nobody has one, the person behind all others is everybody's. */
static bool manages(const struct engine *e, const struct salesperson *s, const struct salesperson *who)
{
    const char *unassigned = e->options->people.unassigned;
    bool any = false;
    for (size_t i = 0; i < e->people->n; i++)
        any |= person_find(e->people, e->people->rows[i].manager) != NULL;
    if (who == s || !who->active)
        return false;
    return any ? who->manager && strcmp(who->manager, s->id) == 0 : unassigned && strcmp(unassigned, s->id) == 0;
}

static bool leads(const struct engine *e, const struct salesperson *s)
{
    for (size_t i = 0; i < e->people->n; i++)
        if (manages(e, s, &e->people->rows[i]))
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
    if (!there || !kind_on(e, kind) || (kind == DIGEST_SUMMARY && !leads(e, s)) || !round_of(e, s, kind, &r))
        return true;
    if (r.from > e->now) {
        sooner(&e->digests.next, r.from);
        return true;
    }
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

static struct gathering gathering_for(struct engine *e, const struct salesperson *s)
{
    const struct digest_hand *h = &e->hand;
    return (struct gathering){ .store = e->store,
                               .company = e->company,
                               .people = e->people,
                               .reader = s,
                               .kind = h->turn.kind,
                               .day = h->turn.day,
                               .now = e->now,
                               .owners = h->owners,
                               .n_owners = h->n_owners,
                               .strays = h->strays,
                               .n_strays = h->n_strays,
                               .seen = h->seen,
                               .n_seen = h->n_seen,
                               .a = &e->step };
}

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
    h->owners = arena_new(&h->arena, (e->people->n + 1) * sizeof *h->owners);
    for (size_t i = 0; i < e->people->n; i++)
        if (manages(e, s, &e->people->rows[i]))
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
    struct gathering g = gathering_for(e, s);
    if (!gather_whom(&g, &ids, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        add_id(h, ids[i]);
    if (turn->kind == DIGEST_WEEKLY)
        walk(e);
    return true;
}

/* ---- what hinders it ---- */

static const char *name_of(struct engine *e, const struct digest_turn *t)
{
    return arena_print(&e->step, "%s digest for %s", digest_kind_name(t->kind), t->reader);
}

/* It does not leave any more. What it told, if somebody may have read it, counts as told. */
static bool drop(struct engine *e, const struct digest_turn *t, const char *why, bool again, struct err *err)
{
    struct message m;
    if (!message_by_id(e->store, t->message, &e->step, &m, err))
        return false;
    bool perhaps = message_doubtful(&m);
    note(e, 5, NULL, "message %lld, the %s, dropped%s: %s", (long long)m.id, name_of(e, t),
         perhaps ? ", possibly delivered before" : "", why);
    if (!message_move(e->store, &m, MESSAGE_DROPPED, m.not_before, true, e->now, err))
        return false;
    if (perhaps)
        return message_reached(e, &m, "perhaps", 0, err);
    return !again || digest_forget(e->store, m.id, err);
}

static bool too_late(struct engine *e, const struct digest_turn *t, struct err *err)
{
    return drop(e, t, "it could not leave in time", false, err) &&
           raise_alert(e, name_of(e, t), &(struct notice){ PHRASE_ALERT_DIGEST_LATE, .texts = { t->reader } }, err);
}

enum way { WAY_FREE, WAY_BUSY, WAY_LATER, WAY_NEVER };

/* May this digest leave now? If not, it was said when, or that it never will. */
static bool find_way(struct engine *e, const struct digest_turn *t, enum way *way, size_t *channel,
                     const char **address, struct err *err)
{
    const struct salesperson *s = person_find(e->people, t->reader);
    *way = WAY_NEVER;
    if (t->message && e->now >= t->until)
        return too_late(e, t, err);
    if (!s || recipient(e, s->id, channel, address) != s)
        return !t->message || drop(e, t, "its reader cannot be reached now", true, err);
    instant again = person_opens(e->company, s, e->now);
    *way = WAY_LATER;
    if (again > e->now || !channel_ready(e, *channel, &again))
        sooner(&e->digests.next, again);
    else
        *way = may_send(e, *channel) ? WAY_FREE : WAY_BUSY;
    return true;
}

/* ---- what is told ---- */

/* Of a reader who has it already, from an attempt whose answer never came, nothing is told again. */
static bool heard_before(struct engine *e, struct episode *ep, const struct salesperson *s, bool *heard,
                         struct err *err)
{
    int64_t before;
    const char *reached;
    *heard = false;
    if (!telling_find(e->store, ep->id, ep->step, s->id, &e->step, &before, &reached, err))
        return false;
    *heard = before && (!reached || strcmp(reached, "no") != 0);
    if (!*heard || !reached)
        return true;
    if (ep->state == EPISODE_HELD && !episode_shift(e, ep, EPISODE_DUE, NULL, INSTANT_NONE, err))
        return false;
    instant next;
    return episode_told(e->store, ep, e->now, err) && next_step(e, ep, s, &next, err) &&
           episode_shift(e, ep, EPISODE_TOLD, NULL, next, err);
}

static bool add_offers(struct engine *e, struct gathering *g, struct err *err)
{
    for (size_t i = 0; i < g->digest.n; i++) {
        bool heard;
        if (!g->told[i])
            continue;
        if (!heard_before(e, g->told[i], g->reader, &heard, err))
            return false;
        struct issued_offer *o = arena_new(&e->step, sizeof *o);
        if (heard)
            g->told[i] = NULL;
        else if (!choose_offer(e, &(struct things){ &(struct thing){ g->told[i], g->lines[i].rule }, 1 }, o, err))
            return false;
        if (o->id)
            g->lines[i].offer = o;
    }
    return true;
}

static bool dress_digest(struct engine *e, const struct gathering *g, struct message *m, const char **why,
                         struct err *err)
{
    struct err wrong;
    struct rendered text;
    const struct channel_options *c = &e->options->channels[channel_index(e, m->channel)];
    struct brief b = brief_of(e->company, e->people, g->reader, NULL, NULL, c, m->address, e->now);
    b.template = digest_kind_name(g->kind);
    b.digest = &g->digest;
    b.message_id = m->message_id;
    *why = NULL;
    if (!compose_mail(company_composer(e->company), &b, &e->step, &text, &wrong)) {
        *why = arena_copy(&e->step, wrong.text);
        return true;
    }
    m->subject = text.subject;
    m->bytes = text.bytes;
    m->size = text.size;
    return message_dress(e->store, m, err);
}

static const char *counts_of(struct engine *e, const struct gathering *g)
{
    static const char *const names[DIGEST_PARTS] = { "new", "open",   "snoozed", "watched",
                                                     "won", "offers", "largest", "without a salesperson" };
    const char *text = "";
    long shown[DIGEST_PARTS] = { 0 };
    for (size_t i = 0; i < g->digest.n; i++)
        shown[g->lines[i].part]++;
    for (int p = 0; p < DIGEST_PARTS; p++)
        if (shown[p] + g->digest.left_out[p])
            text = arena_print(&e->step, "%s%s%ld %s", text, *text ? ", " : "", shown[p] + g->digest.left_out[p],
                               names[p]);
    if (g->digest.waiting)
        text = arena_print(&e->step, "%s%s%ld waiting", text, *text ? ", " : "", g->digest.waiting);
    return *text ? text : "nothing new";
}

static bool note_told(struct engine *e, struct gathering *g, const struct message *m, struct err *err)
{
    const struct zone *z = person_zone(e->company, g->reader, NULL);
    for (size_t i = 0; i < g->digest.n; i++) {
        struct episode *ep = g->told[i];
        if (!ep)
            continue;
        if (!telling_add(e->store, ep->id, ep->step, g->reader->id, m->id, zone_date(z, e->now), ep->backlog, err))
            return false;
        note(e, 6, ep->customer, "%s told to %s by %s in the %s digest, step %d, message %lld",
             episode_name(ep, &e->step), g->reader->id, m->channel, digest_kind_name(g->kind), ep->step + 1,
             (long long)m->id);
        if (!episode_shift(e, ep, EPISODE_DUE, NULL, INSTANT_NONE, err))
            return false;
    }
    const char *line = arena_print(&e->step, "%s digest to %s by %s: %s, message %lld", digest_kind_name(g->kind),
                                   g->reader->id, m->channel, counts_of(e, g), (long long)m->id);
    note(e, 6, NULL, "%s", line);
    return history_add(e->store, e->now, NULL, "followupd", line, err);
}

static bool cannot_render(struct engine *e, const struct digest_turn *t, const char *why, struct err *err)
{
    sooner(&e->digests.next, e->now + HOUR);
    return store_undo(e->store, err) &&
           raise_alert(e, name_of(e, t), &(struct notice){ PHRASE_ALERT_DIGEST_RENDERING, .texts = { t->reader, why } },
                       err);
}

/* A new message, or the one that certainly reached nobody, with what there is to say now. */
static bool claim(struct engine *e, struct gathering *g, const struct digest_turn *t, size_t channel,
                  const char *address, struct err *err)
{
    const struct channel_options *c = &e->options->channels[channel];
    struct message m = { .channel = c->name, .person = g->reader->id, .address = address, .digest = true };
    const char *why;
    if (!store_mark(e->store, err))
        return false;
    bool named = t->message
                     ? message_by_id(e->store, t->message, &e->step, &m, err) &&
                           message_readdress(e->store, &m, c->name, address, err)
                     : message_add(e->store, &m, e->secret, channel_domain(c, &e->step), &e->step, e->now, err) &&
                           digest_add(e->store, t->kind, g->reader->id, t->day, m.id, err);
    if (!named || !add_offers(e, g, err) || !dress_digest(e, g, &m, &why, err))
        return false;
    if (why)
        return cannot_render(e, t, why, err);
    return note_told(e, g, &m, err) && dispatch(e, &m, err);
}

/* Whoever was away or found another owner meanwhile is nobody's to tell of. */
static void keep_owners(struct engine *e, const struct salesperson *s)
{
    struct digest_hand *h = &e->hand;
    size_t kept = 0, channel;
    const char *address;
    if (h->turn.kind == DIGEST_SUMMARY)
        return;
    for (size_t i = 0; i < h->n_owners; i++)
        if (recipient(e, h->owners[i], &channel, &address) == s)
            h->owners[kept++] = h->owners[i];
    h->n_owners = kept;
}

static long waiting_at(const struct engine *e, const char *owner)
{
    for (size_t i = 0; i < e->n_desks; i++) {
        const struct desk *d = &e->desks[i];
        if (d->owner == owner || (d->owner && owner && strcmp(d->owner, owner) == 0))
            return d->fresh + d->backlog;
    }
    return 0;
}

static bool is_empty(const struct digest *d)
{
    long n = (long)d->n + d->waiting;
    for (int p = 0; p < DIGEST_PARTS; p++)
        n += d->left_out[p];
    for (size_t i = 0; i < d->n_people; i++)
        n += d->people[i].told + d->people[i].answered + d->people[i].overdue + d->people[i].won;
    return n == 0;
}

static bool tell_digest(struct engine *e, const struct digest_turn *t, size_t channel, const char *address,
                        struct err *err)
{
    const struct salesperson *s = person_find(e->people, t->reader);
    struct room room;
    keep_owners(e, s);
    struct gathering g = gathering_for(e, s);
    if (!room_of(e, s, &room, err))
        return false;
    g.backlog_left = room.backlog_left;
    for (size_t i = 0; i < e->hand.n_owners; i++)
        g.digest.waiting += waiting_at(e, e->hand.owners[i]);
    g.digest.watched = e->hand.watched;
    if (!gather(&g, err))
        return false;
    if (!is_empty(&g.digest) || (t->kind != DIGEST_DAILY && e->options->digests.empty == EMPTY_SEND))
        return claim(e, &g, t, channel, address, err);
    return t->message ? drop(e, t, "there is nothing to say any more", false, err)
                      : digest_add(e->store, t->kind, s->id, t->day, 0, err);
}

/* In doubt: it leaves once more with the same bytes, or not at all. */
static bool repeat(struct engine *e, const struct digest_turn *t, struct message *m, size_t channel,
                   const char *address, struct err *err)
{
    struct episodes eps;
    bool stands = channel == channel_index(e, m->channel) && strcmp(address, m->address) == 0;
    if (!episodes_of_message(e->store, m->id, &e->step, &eps, err))
        return false;
    for (size_t i = 0; i < eps.n; i++) {
        struct issued_offer o;
        if (!offer_of_episode(e->store, eps.rows[i].id, &e->step, &o, err))
            return false;
        stands &= eps.rows[i].state == EPISODE_DUE && !(o.id && o.ends_at > m->claimed_at && o.ends_at <= e->now);
    }
    if (!stands)
        return drop(e, t, "it is not right any more", false, err);
    note(e, 6, NULL, "message %lld tried again with the same bytes", (long long)m->id);
    return dispatch(e, m, err);
}

static bool say(struct engine *e, struct err *err)
{
    const struct digest_turn *t = &e->hand.turn;
    struct message m;
    enum way way;
    size_t channel;
    const char *address;
    if (!find_way(e, t, &way, &channel, &address, err))
        return false;
    if (way == WAY_BUSY)
        sooner(&e->digests.next, e->now + MINUTE);
    if (way != WAY_FREE)
        return true;
    if (t->message && !message_by_id(e->store, t->message, &e->step, &m, err))
        return false;
    if (t->message && m.state != MESSAGE_QUEUED && m.state != MESSAGE_UNKNOWN)
        return true; /* what its customers were found to be has ended it */
    return t->message && message_doubtful(&m) ? repeat(e, t, &m, channel, address, err)
                                              : tell_digest(e, t, channel, address, err);
}

bool digest_release(struct engine *e, struct err *err)
{
    bool ok = say(e, err);
    digest_drop_hand(e);
    return ok;
}

void digest_saw(struct engine *e, const struct facts *f, const struct finding *rows, size_t n)
{
    struct digest_hand *h = &e->hand;
    if (!e->asked.digest)
        return;
    h->seen = arena_grow(&h->arena, h->seen, h->n_seen, sizeof *h->seen);
    h->seen[h->n_seen++] = sight(f, rows, n, h->since, &h->arena);
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
        if (!find_way(e, t, &way, &channel, &address, err))
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

bool digest_take_back(struct engine *e, const struct message *m, struct err *err)
{
    struct episodes eps;
    if (message_doubtful(m))
        return true;
    if (!telling_reached(e->store, m->id, "no", err) || !episodes_of_message(e->store, m->id, &e->step, &eps, err))
        return false;
    for (size_t i = 0; i < eps.n; i++) {
        struct episode *ep = &eps.rows[i];
        instant until;
        const struct rule *r = rule_find(e->options, ep->rule);
        if (ep->state != EPISODE_DUE)
            continue;
        const char *reason = way_to_wait(e, r, ep->owner, &until);
        if (!episode_shift(e, ep, ep->step > 0 ? EPISODE_TOLD : EPISODE_HELD, reason, until, err))
            return false;
        agenda_look_by(e->agenda, ep->customer, until);
    }
    return true;
}
