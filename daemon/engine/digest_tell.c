/* What a digest tells, once all its customers were read: it leaves as one message, or not at all. */
#include "engine/digest_parts.h"
#include "engine/gather_parts.h"

#include <string.h>

static void sooner(instant *at, instant t)
{
    if (t < *at)
        *at = t;
}

struct gathering digest_gathering(struct engine *e, const struct salesperson *s)
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

/* What is in doubt keeps its channel. */
static bool keep_way(struct engine *e, const struct salesperson *s, int64_t message, size_t *channel,
                     const char **address, struct err *err)
{
    struct message m;
    if (!message_by_id(e->store, message, &e->step, &m, err))
        return false;
    if (message_doubtful(&m) && still_reached(e, s, &m)) {
        *channel = channel_index(e, m.channel);
        *address = m.address;
    }
    return true;
}

/* May this digest leave now? If not, it was said when, or that it never will. */
bool digest_find_way(struct engine *e, const struct digest_turn *t, enum way *way, size_t *channel,
                     const char **address, struct err *err)
{
    const struct salesperson *s = person_find(e->people, t->reader);
    *way = WAY_NEVER;
    if (t->message && e->now >= t->until)
        return too_late(e, t, err);
    if (!s || recipient(e, s->id, channel, address) != s)
        return !t->message || drop(e, t, "its reader cannot be reached now", true, err);
    if (t->message && !keep_way(e, s, t->message, channel, address, err))
        return false;
    instant again = person_opens(e->company, s, e->now);
    *way = WAY_LATER;
    if (again > e->now || !channel_ready(e, *channel, &again) || !address_ready(e, *channel, *address, &again))
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
    if (!brief_render(e->company, c, &b, &e->step, &text, &wrong)) {
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
    long crowded = 0;
    for (size_t i = 0; i < g->digest.n_people; i++)
        crowded += g->digest.people[i].crowded;
    if (crowded)
        text = arena_print(&e->step, "%s, for four weeks too much for %ld", text, crowded);
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
                           tellings_remove(e->store, t->message, err) &&
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
    struct gathering g = digest_gathering(e, s);
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

/* In doubt: it leaves once more with the same bytes, or not at all; of nobody who is gone from the database. */
static bool repeat(struct engine *e, const struct digest_turn *t, struct message *m, size_t channel,
                   const char *address, struct err *err)
{
    struct episodes eps;
    struct gathering g = digest_gathering(e, person_find(e->people, t->reader));
    bool stands = channel == channel_index(e, m->channel) && strcmp(address, m->address) == 0;
    if (!episodes_of_message(e->store, m->id, &e->step, &eps, err))
        return false;
    for (size_t i = 0; i < eps.n; i++) {
        struct issued_offer o;
        if (!offer_of_episode(e->store, eps.rows[i].id, &e->step, &o, err))
            return false;
        stands &= eps.rows[i].state == EPISODE_DUE && gather_find(&g, eps.rows[i].customer) &&
                  !(o.id && o.ends_at > m->claimed_at && o.ends_at <= e->now);
    }
    if (!stands)
        return drop(e, t, "it is not right any more", false, err);
    note(e, 6, NULL, "message %lld tried again with the same bytes", (long long)m->id);
    return dispatch(e, m, err);
}

bool digest_say(struct engine *e, struct err *err)
{
    const struct digest_turn *t = &e->hand.turn;
    struct message m;
    enum way way;
    size_t channel;
    const char *address;
    if (!digest_find_way(e, t, &way, &channel, &address, err))
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
