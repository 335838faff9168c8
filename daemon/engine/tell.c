/* Telling: from an episode to a message in a courier's hands, in the one transaction that claims it. */
#include "engine/inner.h"

#include "base/mem.h"
#include "base/token.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

size_t channel_index(const struct engine *e, const char *name)
{
    size_t i = 0;
    while (i < e->options->n_channels && strcmp(e->options->channels[i].name, name) != 0)
        i++;
    return i;
}

static const char *address_on(const struct salesperson *s, const char *channel)
{
    if (strcmp(channel, "email") == 0 || strcmp(channel, "folder") == 0)
        return s->email;
    for (size_t i = 0; i < s->n_chats; i++)
        if (strcmp(s->chats[i].channel, channel) == 0)
            return s->chats[i].value;
    return NULL;
}

/* Can this address be written to over that channel? It becomes what goes on the wire. */
static bool works(struct engine *e, const char *channel, const char **address)
{
    const struct channel_kind *kind = channel_kind_find(channel);
    struct stop stop;
    struct err err;
    if (!kind || !*address || !kind->address_ok(*address, &err))
        return false;
    *address = address_to_write(*address, &e->step);
    const char *what = arena_print(&e->step, "address %s %s", channel, *address);
    return stop_get(e->store, what, &e->step, &stop, &err) && (!stop.what || stop.until <= e->now);
}

/* The first of a person's channels, in their order, that has a working address. */
static bool reach(struct engine *e, const struct salesperson *s, size_t *channel, const char **address)
{
    char *order = s->channels && *s->channels ? arena_copy(&e->step, s->channels) : NULL, *rest = NULL;
    for (char *name = order ? strtok_r(order, " ,", &rest) : NULL; name; name = strtok_r(NULL, " ,", &rest)) {
        *channel = channel_index(e, name);
        *address = address_on(s, name);
        if (*channel < e->options->n_channels && works(e, name, address))
            return true;
    }
    for (*channel = 0; !order && *channel < e->options->n_channels; ++*channel) {
        *address = address_on(s, e->options->channels[*channel].name);
        if (works(e, e->options->channels[*channel].name, address))
            return true;
    }
    return false;
}

static bool usable(const void *context, const struct salesperson *s)
{
    size_t channel;
    const char *address;
    return reach((struct engine *)context, s, &channel, &address);
}

const struct salesperson *recipient(struct engine *e, const char *owner, size_t *channel, const char **address)
{
    if (!e->people)
        return NULL;
    const struct salesperson *s = route(e->people, owner, e->options->people.unassigned, e->today, usable, e);
    return s && reach(e, s, channel, address) ? s : NULL;
}

bool channel_ready(struct engine *e, size_t channel, instant *again)
{
    struct channel_now *c = &e->channels[channel];
    int most = e->options->channels[channel].per_minute;
    if (c->minute == INSTANT_NONE || e->now - c->minute >= MINUTE || e->now < c->minute) {
        c->minute = e->now;
        c->in_minute = 0;
    }
    instant until = c->paused_until > c->stopped_until ? c->paused_until : c->stopped_until;
    if (until <= e->now && most && c->in_minute >= most)
        until = c->minute + MINUTE;
    if (until > e->now) {
        *again = until;
        return false;
    }
    return true;
}

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
    e->channels[channel].claimed++;
    e->channels[channel].in_minute++;
    return true;
}

/* Is there a courier and leave for one more message on this channel? */
static bool may_send(struct engine *e, size_t channel)
{
    instant again;
    return channel_ready(e, channel, &again) && e->ports.idle(e->ports.context, channel) > e->channels[channel].claimed;
}

static void offer_end(struct engine *e, const struct offer_terms *t, struct issued_offer *o)
{
    struct bench b = engine_bench(e);
    o->last_day = period_end(&b, e->today, t->valid);
    o->ends_at = zone_day_start(company_zone(e->company), o->last_day + 1);
}

/* No new offer to the same customer within a set span. */
static bool too_soon(struct engine *e, const struct offer_terms *t, const char *customer, bool *soon, struct err *err)
{
    instant last;
    struct bench b = engine_bench(e);
    *soon = false;
    if (!offer_last(e->store, customer, &last, err))
        return false;
    if (last != INSTANT_NONE && t->not_again.unit != PERIOD_NONE)
        *soon = period_end(&b, zone_date(company_zone(e->company), last), t->not_again) > e->today;
    return true;
}

/* A code that no other offer has: 40 bits of HMAC meet now and then among a million. */
static bool fresh_code(struct engine *e, const struct episode *ep, char code[CODE_SIZE], struct err *err)
{
    bool taken = true;
    for (int n = 1; taken; n++) {
        token_code(e->secret, arena_print(&e->step, n == 1 ? "offer %lld" : "offer %lld/%d", (long long)ep->id, n),
                   code);
        if (!offer_code_taken(e->store, code, &taken, err))
            return false;
    }
    return true;
}

/* The offer this telling mentions; id 0: none. */
static bool choose_offer(struct engine *e, const struct episode *ep, const struct rule *r, struct issued_offer *o,
                         struct err *err)
{
    const struct offer_terms *t = offer_find(e->options, r->offer);
    bool soon;
    if (!offer_of_episode(e->store, ep->id, &e->step, o, err))
        return false;
    bool unseen = o->state == ISSUED_OFFER_VOID || o->state == ISSUED_OFFER_ISSUED;
    if (o->id && t && unseen && (o->state == ISSUED_OFFER_VOID || o->ends_at <= e->now + DAY)) {
        offer_end(e, t, o); /* nobody ever saw it: it is dated anew */
        return offer_renew(e->store, o, o->last_day, o->ends_at, e->now, err);
    }
    if (o->id) {
        if (o->ends_at <= e->now || (o->state != ISSUED_OFFER_TOLD && o->state != ISSUED_OFFER_ISSUED))
            o->id = 0; /* what has ended, was used, or is void never leaves */
        return true;
    }
    if (!t || ep->step > 0 || !too_soon(e, t, ep->customer, &soon, err))
        return !t || ep->step > 0;
    if (soon)
        return true;
    char code[CODE_SIZE];
    if (!fresh_code(e, ep, code, err))
        return false;
    *o = (struct issued_offer){ .episode = ep->id,
                                .terms = t->id,
                                .customer = ep->customer,
                                .code = arena_copy(&e->step, code),
                                .kind = t->kind,
                                .percent = t->percent,
                                .amount = t->amount,
                                .gift = t->gift,
                                .issued_at = e->now };
    offer_end(e, t, o);
    return offer_add(e->store, o, err);
}

/* Render the text of this step into the message. What cannot be rendered is this episode's trouble, not the daemon's:
 * *why says it. */
static bool dress(struct engine *e, const struct episode *ep, struct message *m, const struct facts *f,
                  const struct rule *r, const struct salesperson *s, const char **why, struct err *err)
{
    struct err wrong;
    *why = NULL;
    struct issued_offer offer;
    struct heard heard;
    struct rendered text;
    const struct channel_options *c = &e->options->channels[channel_index(e, m->channel)];
    if (!choose_offer(e, ep, r, &offer, err) || !episode_heard(e->store, ep->id, s->id, &e->step, &heard, err))
        return false;
    struct brief b = brief_of(e->company, e->people, s, f, r, c, m->address, e->now);
    b.defence = &ep->defence;
    b.offer = offer.id ? &offer : NULL;
    b.meeting = meeting_of_episode(e->company, ep, s, r, c, e->secret, e->now, &e->step);
    b.step = heard.thread ? ep->step : 0; /* to somebody new it is no reminder */
    const struct salesperson *colleague = heard.thread ? NULL : person_find(e->people, heard.other);
    if (colleague) {
        b.told_before = colleague->name;
        b.told_day = heard.day;
    }
    b.message_id = m->message_id;
    b.thread_id = heard.thread;
    if (!compose_mail(company_composer(e->company), &b, &e->step, &text, &wrong)) {
        *why = arena_copy(&e->step, wrong.text);
        return true;
    }
    m->subject = text.subject;
    m->bytes = text.bytes;
    m->size = text.size;
    return message_dress(e->store, m, err);
}

/* Not now: what waits in turn goes on waiting, what has a time of its own gets a later one. */
static bool postpone(struct engine *e, struct episode *ep, instant until, struct err *err)
{
    if (ep->state == EPISODE_HELD)
        return true;
    return episode_shift(e, ep, ep->state, ep->reason, until, err);
}

/* It waits a day, and the admin hears. */
static bool cannot_render(struct engine *e, struct episode *ep, const char *why, struct err *err)
{
    note(e, 4, ep->customer, "%s cannot be rendered: %s", episode_name(ep, &e->step), why);
    return episode_shift(e, ep, ep->state, arena_print(&e->step, "cannot be rendered: %s", why), e->now + DAY, err) &&
           raise_alert(e, err, "rendering", "A message cannot be rendered: %s. It is tried again tomorrow.", why);
}

static bool claim(struct engine *e, struct episode *ep, const struct facts *f, const struct rule *r,
                  const struct salesperson *s, size_t channel, const char *address, struct err *err)
{
    const struct channel_options *c = &e->options->channels[channel];
    struct message m = { .channel = c->name, .person = s->id, .address = address };
    const char *why;
    if (!store_mark(e->store, err) ||
        !message_add(e->store, &m, e->secret, channel_domain(c, &e->step), &e->step, e->now, err) ||
        !dress(e, ep, &m, f, r, s, &why, err))
        return false;
    if (why)
        return store_undo(e->store, err) && cannot_render(e, ep, why, err);
    if (!telling_add(e->store, ep->id, ep->step, s->id, m.id, zone_date(person_zone(e->company, s, NULL), e->now),
                     ep->backlog, err) ||
        !dispatch(e, &m, err))
        return false;
    note(e, 6, ep->customer, "%s told to %s by %s, step %d, message %lld", episode_name(ep, &e->step), s->id, c->name,
         ep->step + 1, (long long)m.id);
    return episode_shift(e, ep, EPISODE_DUE, NULL, INSTANT_NONE, err);
}

/* Perhaps this person has it already, from an attempt whose answer never came: the step counts, and no one hears twice.
 */
static bool count_as_told(struct engine *e, struct episode *ep, const struct rule *r, const struct salesperson *s,
                          struct err *err)
{
    struct issued_offer o;
    note(e, 6, ep->customer, "%s counts as told to %s, who possibly has it", episode_name(ep, &e->step), s->id);
    if (!offer_of_episode(e->store, ep->id, &e->step, &o, err))
        return false;
    if (o.id && o.state == ISSUED_OFFER_ISSUED && !offer_move(e->store, &o, ISSUED_OFFER_TOLD, err))
        return false;
    if (ep->state == EPISODE_HELD && !episode_shift(e, ep, EPISODE_DUE, NULL, INSTANT_NONE, err))
        return false;
    return episode_told(e->store, ep, e->now, err) &&
           episode_shift(e, ep, EPISODE_TOLD, NULL, step_follows(e, r, ep->step, s, e->now), err);
}

bool tell(struct engine *e, struct episode *ep, const struct facts *f, const struct rule *r, bool *claimed,
          struct err *err)
{
    size_t channel;
    const char *address, *reached;
    instant again;
    struct room room;
    int64_t before;
    *claimed = false;
    const struct salesperson *s = recipient(e, f->customer.salesperson, &channel, &address);
    if (!s)
        return postpone(e, ep, e->now + DAY, err);
    instant opens = person_opens(e->company, s, e->now);
    if (opens > e->now)
        return postpone(e, ep, opens, err);
    if (!room_of(e, s, &room, err))
        return false;
    if (room.left <= 0 || (ep->backlog && ep->state == EPISODE_HELD && room.backlog_left <= 0))
        return postpone(e, ep, room.again, err);
    if (!channel_ready(e, channel, &again))
        return postpone(e, ep, again, err);
    if (!may_send(e, channel))
        return postpone(e, ep, e->now + SECOND, err);
    if (!telling_find(e->store, ep->id, ep->step, s->id, &e->step, &before, &reached, err))
        return false;
    if (before && !reached)
        return postpone(e, ep, e->now + DAY, err); /* no one hears twice, whatever else went wrong */
    if (before && strcmp(reached, "no") != 0)
        return count_as_told(e, ep, r, s, err);
    if (!claim(e, ep, f, r, s, channel, address, err))
        return false;
    *claimed = true;
    return true;
}

/* The message goes to nobody any more, though perhaps it came; the episode waits for its turn again. */
static bool drop(struct engine *e, struct episode *ep, struct message *m, const char *why, struct err *err)
{
    bool perhaps = message_doubtful(m);
    note(e, 6, ep->customer, "message %lld dropped%s: %s", (long long)m->id,
         perhaps ? ", possibly delivered before" : "", why);
    if (!message_move(e->store, m, MESSAGE_DROPPED, m->not_before, true, e->now, err) ||
        !telling_reached(e->store, m->id, perhaps ? "perhaps" : "no", err))
        return false;
    return ep->step == 0 ? episode_shift(e, ep, EPISODE_HELD, "waiting for its turn", INSTANT_NONE, err)
                         : episode_shift(e, ep, EPISODE_TOLD, NULL, e->now, err);
}

/* A try on another day than the first counts there, if there is room; else *until says when there is. */
static bool room_again(struct engine *e, const struct episode *ep, const struct message *m, const struct salesperson *s,
                       instant *until, struct err *err)
{
    const struct zone *z = person_zone(e->company, s, NULL);
    struct room room;
    if (zone_date(z, e->now) == zone_date(z, m->claimed_at))
        return true;
    if (!telling_set_day(e->store, m->id, zone_date(z, m->claimed_at) - 7, err) || !room_of(e, s, &room, err))
        return false;
    if (room.left <= 0 || (ep->backlog && ep->step == 0 && room.backlog_left <= 0))
        *until = room.again;
    return telling_set_day(e->store, m->id, zone_date(z, e->now), err);
}

/* Did the offer that stands in its bytes end since they were written? */
static bool offer_over(struct engine *e, const struct episode *ep, const struct message *m, bool *over, struct err *err)
{
    struct issued_offer o;
    if (!offer_of_episode(e->store, ep->id, &e->step, &o, err))
        return false;
    *over = o.id && o.ends_at > m->claimed_at && o.ends_at <= e->now;
    return true;
}

/* When it may leave: hours, channel and couriers, room of the day; `now` if nothing is in its way. */
static bool when_again(struct engine *e, const struct episode *ep, const struct message *m, const struct salesperson *s,
                       size_t channel, instant *until, struct err *err)
{
    *until = person_opens(e->company, s, e->now);
    if (*until <= e->now && channel_ready(e, channel, until) && !may_send(e, channel))
        *until = e->now + SECOND;
    return *until > e->now || room_again(e, ep, m, s, until, err);
}

bool tell_again(struct engine *e, struct episode *ep, struct message *m, const struct facts *f, const struct rule *r,
                struct err *err)
{
    size_t channel;
    const char *address;
    instant until;
    bool over;
    const struct salesperson *s = recipient(e, f->customer.salesperson, &channel, &address);
    const char *why;
    bool certain =
        !message_doubtful(m); /* it reached nobody: it may be told anew; else it leaves as it is or not at all */
    if (!s || strcmp(s->id, m->person) != 0)
        return drop(e, ep, m, "somebody else is to be told", err);
    if (!certain && (channel != channel_index(e, m->channel) || strcmp(address, m->address) != 0))
        return drop(e, ep, m, "it is reached elsewhere now", err);
    if (!when_again(e, ep, m, s, channel, &until, err) || !offer_over(e, ep, m, &over, err))
        return false;
    if (!certain && over)
        return drop(e, ep, m, "its offer has ended", err) && count_as_told(e, ep, r, s, err);
    if (until > e->now)
        return message_wait(e->store, m, until, err);
    if (certain && !message_readdress(e->store, m, e->options->channels[channel].name, address, err))
        return false;
    if (certain && !dress(e, ep, m, f, r, s, &why, err))
        return false;
    if (certain && why)
        return drop(e, ep, m, "it cannot be rendered any more", err) && cannot_render(e, ep, why, err);
    note(e, 6, ep->customer, "message %lld tried again%s", (long long)m->id, certain ? "" : " with the same bytes");
    return dispatch(e, m, err);
}
