/* Telling: from an episode to a message in a courier's hands, in the one transaction that claims it. */
#include "engine/look.h"

#include "base/mem.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void parcel_free(struct parcel *p)
{
    arena_done(&p->arena);
    free(p);
}

bool dispatch(struct engine *e, struct message *m, struct err *err)
{
    size_t channel = channel_index(e, m->channel);
    assert(channel < e->options->n_channels); /* callers readdress what was queued under older settings */
    if (!message_move(e->store, m, MESSAGE_SENDING, e->now, false, e->now, err) ||
        !attempt_begin(e->store, m->id, e->now, err))
        return false;
    struct parcel *p = mem_new(sizeof *p);
    struct arena *a = &p->arena;
    p->channel = channel;
    p->message = *m;
    p->message.channel = arena_copy(a, m->channel);
    p->message.person = arena_copy(a, m->person);
    p->message.address = arena_copy(a, m->address);
    p->message.message_id = arena_copy(a, m->message_id);
    p->message.subject = arena_copy(a, m->subject);
    p->message.bytes = arena_copy_bytes(a, m->bytes, m->size);
    e->parcels = arena_grow(&e->step, e->parcels, e->n_parcels, sizeof(struct parcel *));
    e->parcels[e->n_parcels++] = p;
    address_used(e, channel, m->address);
    e->channels[channel].claimed++;
    e->channels[channel].in_minute++;
    return true;
}

/* Not now: what waits in turn goes on waiting, what has a time of its own gets a later one. */
static bool postpone(struct engine *e, struct episode *ep, instant until, struct err *err)
{
    if (ep->state == EPISODE_HELD)
        return true;
    return episode_shift(e, ep, ep->state, ep->reason, until, err);
}

/* It waits a day, and the admin hears. */
static bool cannot_render(struct look *l, const struct things *t, const char *why)
{
    struct engine *e = l->e;
    const char *reason = arena_print(&e->step, "cannot be rendered: %s", why);
    for (size_t i = 0; i < t->n; i++) {
        struct episode *ep = t->rows[i].ep;
        note(e, 4, ep->customer, "%s %s", episode_name(ep, &e->step), reason);
        if (!episode_shift(e, ep, ep->state, reason, e->now + DAY, l->err))
            return false;
    }
    return raise_alert(e, "rendering",
                       &(struct notice){ PHRASE_ALERT_RENDERING, .texts = { t->rows[0].ep->customer, why } }, l->err);
}

static bool claim(struct look *l, const struct things *t, const struct salesperson *s, size_t channel,
                  const char *address)
{
    struct engine *e = l->e;
    const struct channel_options *c = &e->options->channels[channel];
    struct message m = { .channel = c->name, .person = s->id, .address = address };
    date day = zone_date(person_zone(e->company, s, NULL), e->now);
    const char *why;
    if (!store_mark(e->store, l->err) ||
        !message_add(e->store, &m, e->secret, channel_domain(c, &e->step), &e->step, e->now, l->err) ||
        !dress(l, t, &m, s, &why))
        return false;
    if (why)
        return store_undo(e->store, l->err) && cannot_render(l, t, why);
    for (size_t i = 0; i < t->n; i++) {
        const struct episode *ep = t->rows[i].ep;
        if (!telling_add(e->store, ep->id, ep->step, s->id, m.id, day, ep->backlog, l->err))
            return false;
    }
    if (!dispatch(e, &m, l->err))
        return false;
    for (size_t i = 0; i < t->n; i++) {
        struct episode *ep = t->rows[i].ep;
        note(e, 6, ep->customer, "%s told to %s by %s, step %d, message %lld%s", episode_name(ep, &e->step), s->id,
             c->name, ep->step + 1, (long long)m.id, things_beside(t, i, &e->step));
        if (!episode_shift(e, ep, EPISODE_DUE, NULL, INSTANT_NONE, l->err))
            return false;
    }
    return true;
}

/* Perhaps this person has it already, from an attempt whose answer never came: the step counts, and no one hears twice.
 */
static bool count_as_told(struct look *l, const struct thing *t, const struct salesperson *s)
{
    struct engine *e = l->e;
    struct episode *ep = t->ep;
    struct issued_offer o;
    note(e, 6, ep->customer, "%s counts as told to %s, who possibly has it", episode_name(ep, &e->step), s->id);
    if (!offer_of_episode(e->store, ep->id, &e->step, &o, l->err))
        return false;
    if (o.id && o.state == ISSUED_OFFER_ISSUED && !offer_move(e->store, &o, ISSUED_OFFER_TOLD, l->err))
        return false;
    if (ep->state == EPISODE_HELD && !episode_shift(e, ep, EPISODE_DUE, NULL, INSTANT_NONE, l->err))
        return false;
    instant next;
    return episode_told(e->store, ep, e->now, l->err) && next_step(e, ep, s, &next, l->err) &&
           episode_shift(e, ep, EPISODE_TOLD, NULL, next, l->err);
}

bool tell(struct look *l, struct episode *ep, const struct rule *r)
{
    struct engine *e = l->e;
    size_t channel;
    const char *address, *reached;
    instant again;
    struct room room;
    struct things all;
    int64_t before;
    const struct salesperson *s = recipient(e, l->facts.customer.salesperson, &channel, &address);
    if (!s)
        return postpone(e, ep, e->now + DAY, l->err);
    instant opens = person_opens(e->company, s, e->now);
    if (opens > e->now)
        return postpone(e, ep, opens, l->err);
    if (!room_of(e, s, &room, l->err))
        return false;
    if (room.left <= 0 || (ep->backlog && ep->state == EPISODE_HELD && room.backlog_left <= 0))
        return postpone(e, ep, room.again, l->err);
    if (!channel_ready(e, channel, &again) || !address_ready(e, channel, address, &again))
        return postpone(e, ep, again, l->err);
    if (!may_send(e, channel))
        return postpone(e, ep, e->now + SECOND, l->err);
    if (!telling_find(e->store, ep->id, ep->step, s->id, &e->step, &before, &reached, l->err))
        return false;
    if (before && !reached)
        return postpone(e, ep, e->now + DAY, l->err); /* no one hears twice, whatever else went wrong */
    if (before && strcmp(reached, "no") != 0)
        return count_as_told(l, &(struct thing){ ep, r }, s);
    return things_due(l, ep, s, &all) && claim(l, &all, s, channel, address);
}

/* The message goes to nobody any more, though perhaps it came; what it tells waits for its turn again. */
static bool drop(struct look *l, const struct things *t, struct message *m, const char *why)
{
    struct engine *e = l->e;
    bool perhaps = message_doubtful(m);
    note(e, 6, l->facts.customer.id, "message %lld dropped%s: %s", (long long)m->id,
         perhaps ? ", possibly delivered before" : "", why);
    if (!message_move(e->store, m, MESSAGE_DROPPED, m->not_before, true, e->now, l->err) ||
        !telling_reached(e->store, m->id, perhaps ? "perhaps" : "no", l->err))
        return false;
    for (size_t i = 0; i < t->n; i++) {
        struct episode *ep = t->rows[i].ep;
        if (ep->step == 0 ? !episode_shift(e, ep, EPISODE_HELD, WAITING_FOR_ITS_TURN, INSTANT_NONE, l->err)
                          : !episode_shift(e, ep, EPISODE_TOLD, NULL, e->now, l->err))
            return false;
    }
    return true;
}

/* Nothing in it but old cases of the calm start, which have a measure of their own. */
static bool only_backlog(const struct things *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (!t->rows[i].ep->backlog || t->rows[i].ep->step > 0)
            return false;
    return true;
}

/* A try on another day than the first counts there, if there is room; else *until says when there is. */
static bool room_again(struct look *l, const struct things *t, const struct message *m, const struct salesperson *s,
                       instant *until)
{
    struct engine *e = l->e;
    const struct zone *z = person_zone(e->company, s, NULL);
    struct room room;
    if (zone_date(z, e->now) == zone_date(z, m->claimed_at))
        return true;
    if (!telling_set_day(e->store, m->id, zone_date(z, m->claimed_at) - 7, l->err) || !room_of(e, s, &room, l->err))
        return false;
    if (room.left <= 0 || (only_backlog(t) && room.backlog_left <= 0))
        *until = room.again;
    return telling_set_day(e->store, m->id, zone_date(z, e->now), l->err);
}

/* Did an offer that stands in its bytes end since they were written? */
static bool offer_over(struct look *l, const struct things *t, const struct message *m, bool *over)
{
    struct issued_offer o;
    *over = false;
    for (size_t i = 0; i < t->n; i++) {
        if (!offer_of_episode(l->e->store, t->rows[i].ep->id, &l->e->step, &o, l->err))
            return false;
        *over |= o.id && o.ends_at > m->claimed_at && o.ends_at <= l->e->now;
    }
    return true;
}

/* Does it tell what is told by now for no other reason than its offer, which has ended? */
static bool only_for_offer(struct look *l, const struct things *t, const struct salesperson *s, bool *only)
{
    enum step_now now = STEP_TELL;
    instant until;
    *only = false;
    for (size_t i = 0; i < t->n && !*only; i++) {
        if (t->rows[i].ep->step > 0 && !step_now(l, t->rows[i].ep, s, &now, &until))
            return false;
        *only = now != STEP_TELL;
    }
    return true;
}

/* When it may leave: hours, channel and couriers, room of the day; `now` if nothing is in its way. */
static bool when_again(struct look *l, const struct things *t, const struct message *m, const struct salesperson *s,
                       size_t channel, const char *address, instant *until)
{
    struct engine *e = l->e;
    *until = person_opens(e->company, s, e->now);
    if (*until <= e->now && channel_ready(e, channel, until) && address_ready(e, channel, address, until) &&
        !may_send(e, channel))
        *until = e->now + SECOND;
    return *until > e->now || room_again(l, t, m, s, until);
}

/* It certainly reached nobody: it is told anew, with what is still due of it. */
static bool claim_again(struct look *l, const struct things *t, struct message *m, const struct salesperson *s,
                        size_t channel, const char *address)
{
    struct engine *e = l->e;
    const char *why;
    size_t before = channel_index(e, m->channel);
    if (before < e->options->n_channels && before != channel && !say_away(e, before, l->err))
        return false;
    if (before != channel)
        note(e, 6, l->facts.customer.id, "message %lld goes by %s instead of %s", (long long)m->id,
             e->options->channels[channel].name, m->channel);
    if (!message_readdress(e->store, m, e->options->channels[channel].name, address, l->err) ||
        !dress(l, t, m, s, &why))
        return false;
    if (why)
        return drop(l, t, m, "it cannot be rendered any more") && cannot_render(l, t, why);
    note(e, 6, l->facts.customer.id, "message %lld tried again", (long long)m->id);
    return dispatch(e, m, l->err);
}

bool tell_again(struct look *l, struct message *m)
{
    struct engine *e = l->e;
    struct things t;
    size_t channel;
    const char *address;
    instant until;
    bool over, nudge = false, certain = !message_doubtful(m); /* else it leaves as it is or not at all */
    const struct salesperson *s = recipient(e, l->facts.customer.salesperson, &channel, &address);
    if (!things_of_message(l, m, &t))
        return false;
    if (!s || strcmp(s->id, m->person) != 0)
        return drop(l, &t, m, "somebody else is to be told");
    if (!certain) {
        if (!still_reached(e, s, m))
            return drop(l, &t, m, "it is reached elsewhere now");
        channel = channel_index(e, m->channel);
        address = m->address;
    }
    if (!when_again(l, &t, m, s, channel, address, &until) || !offer_over(l, &t, m, &over))
        return false;
    if (!certain && over) {
        bool ok = drop(l, &t, m, "its offer has ended");
        for (size_t i = 0; ok && i < t.n; i++)
            ok = count_as_told(l, &t.rows[i], s);
        return ok;
    }
    if (over && !only_for_offer(l, &t, s, &nudge))
        return false;
    if (nudge)
        return drop(l, &t, m, "its offer has ended");
    if (until > e->now)
        return message_wait(e->store, m, until, l->err);
    if (certain)
        return claim_again(l, &t, m, s, channel, address);
    note(e, 6, l->facts.customer.id, "message %lld tried again with the same bytes", (long long)m->id);
    return dispatch(e, m, l->err);
}
