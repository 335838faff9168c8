/* What became of an attempt, and what follows from it. */
#include "engine/inner.h"

#include <stdlib.h>
#include <string.h>

/* A server that says "later" about the same message or address for so long means "no". */
static const duration tried_long_enough = 3 * DAY;

static const struct channel_options *channel_of(const struct engine *e, const struct message *m)
{
    size_t i = channel_index(e, m->channel);
    return i < e->options->n_channels ? &e->options->channels[i] : NULL;
}

bool message_reached(struct engine *e, struct message *m, const char *how, int64_t except, struct err *err)
{
    struct episodes eps;
    const struct salesperson *s = person_find(e->people, m->person);
    if (!telling_reached(e->store, m->id, how, err) || !episodes_of_message(e->store, m->id, &e->step, &eps, err))
        return false;
    for (size_t i = 0; i < eps.n; i++) {
        struct episode *ep = &eps.rows[i];
        if (ep->id == except)
            continue;
        struct issued_offer o;
        /* In doubt it counts from its claim: a contact since then may have come of it. */
        if (!episode_told(e->store, ep, m->doubts ? m->claimed_at : e->now, err) ||
            !offer_of_episode(e->store, ep->id, &e->step, &o, err))
            return false;
        if (o.id && o.state == ISSUED_OFFER_ISSUED && !offer_move(e->store, &o, ISSUED_OFFER_TOLD, err))
            return false;
        if (episode_final(ep->state))
            continue; /* closed while the message was on its way */
        instant next;
        if (!next_step(e, ep, s, &next, err) || !episode_shift(e, ep, EPISODE_TOLD, NULL, next, err))
            return false;
        agenda_look_by(e->agenda, ep->customer, next);
    }
    return true;
}

/* The attempt certainly reached nobody and will not be repeated: the episode waits for its next chance. */
static bool reached_nobody(struct engine *e, struct message *m, const char *reason, instant next, struct err *err)
{
    struct episodes eps;
    bool perhaps = message_doubtful(m); /* an earlier attempt may have reached them */
    if (!telling_reached(e->store, m->id, perhaps ? "perhaps" : "no", err) ||
        !episodes_of_message(e->store, m->id, &e->step, &eps, err))
        return false;
    for (size_t i = 0; i < eps.n; i++) {
        struct episode *ep = &eps.rows[i];
        struct issued_offer o;
        if (!offer_of_episode(e->store, ep->id, &e->step, &o, err))
            return false;
        if (o.id && o.state == ISSUED_OFFER_ISSUED &&
            !offer_move(e->store, &o, perhaps ? ISSUED_OFFER_TOLD : ISSUED_OFFER_VOID, err))
            return false;
        if (episode_final(ep->state))
            continue;
        if (ep->step > 0 ? !episode_shift(e, ep, EPISODE_TOLD, NULL, next == INSTANT_NONE ? e->now : next, err)
                         : !episode_shift(e, ep, EPISODE_HELD, reason, next, err))
            return false;
        agenda_look_by(e->agenda, ep->customer, next == INSTANT_NONE ? e->now : next);
    }
    return true;
}

/* It is tried again at `at`: with its customer's next look, or a digest as a whole. */
static bool put_off(struct engine *e, const struct message *m, instant at, struct err *err)
{
    struct episodes eps;
    if (m->digest) {
        digests_wake(e, at);
        return digest_take_back(e, m, err);
    }
    if (!episodes_of_message(e->store, m->id, &e->step, &eps, err))
        return false;
    for (size_t i = 0; i < eps.n; i++)
        agenda_look_by(e->agenda, eps.rows[i].customer, at);
    return true;
}

/* Only this message or its reader fared badly, so the server is there. */
static bool about_somebody(const struct receipt *r)
{
    return r->blame == BLAME_MESSAGE || r->blame == BLAME_PERSON;
}

bool say_away(struct engine *e, size_t channel, struct err *err)
{
    const char *name = e->options->channels[channel].name;
    struct stop pause;
    if (!e->channels[channel].failures || e->now - e->channels[channel].failing_since < HOUR)
        return true;
    return stop_get(e->store, channel_pause(e, channel), &e->step, &pause, err) &&
           raise_alert(e, arena_print(&e->step, "channel %s away", name),
                       &(struct notice){ PHRASE_ALERT_CHANNEL_AWAY, .texts = { name, pause.why ? pause.why : "" } },
                       err);
}

/* The server is away. Of several messages that met it at the same time the first decides how long all of them wait. */
static bool pause_channel(struct engine *e, struct message *m, const struct receipt *r, instant *at, struct err *err)
{
    size_t i = channel_index(e, m->channel);
    if (i == e->options->n_channels)
        return true;
    struct channel_now *c = &e->channels[i];
    if (c->paused_until <= e->now) {
        c->paused_until = e->now + backoff(++c->failures, r->wait, &e->chance);
        if (c->failures == 1) {
            c->failing_since = e->now;
            note(e, 5, NULL, "channel %s waits until it answers again: %s", m->channel, r->why);
        }
    }
    *at = c->paused_until;
    c->pause_kept = true;
    if (!stop_set(e->store, channel_pause(e, i), c->failing_since, c->paused_until, r->why, err))
        return false;
    return say_away(e, i, err);
}

static bool channel_answers(struct engine *e, const struct message *m, struct err *err)
{
    size_t i = channel_index(e, m->channel);
    if (i == e->options->n_channels)
        return true;
    if (e->channels[i].failures)
        note(e, 5, NULL, "channel %s answers again", m->channel);
    e->channels[i].failures = 0;
    if (!e->channels[i].pause_kept)
        return true;
    e->channels[i].pause_kept = false;
    return stop_clear(e->store, channel_pause(e, i), err);
}

/* Stopped since that attempt began: a secret that was changed while it was under way may not be the one that it used.
 */
static bool stop_channel(struct engine *e, const struct message *m, const struct receipt *r, struct err *err)
{
    struct attempt a;
    size_t i = channel_index(e, m->channel);
    if (!attempt_last(e->store, m->id, &e->step, &a, err))
        return false;
    if (i < e->options->n_channels) {
        e->channels[i].stopped_until = e->now + DAY;
        e->channels[i].stopped_since = a.began_at;
    }
    const char *what = arena_print(&e->step, "channel %s", m->channel);
    return stop_set(e->store, what, a.began_at, e->now + DAY, r->why, err) &&
           raise_alert(e, what, &(struct notice){ PHRASE_ALERT_CHANNEL_STOPPED, .texts = { m->channel, r->why } }, err);
}

static bool file_refused(struct engine *e, struct message *m, const struct receipt *r, struct err *err)
{
    instant next = INSTANT_NONE;
    const char *reason = "waiting for its turn";
    bool perhaps = message_doubtful(m);
    if (!message_move(e->store, m, MESSAGE_REFUSED, e->now, true, e->now, err))
        return false;
    if (r->blame == BLAME_PERSON) {
        const char *what = arena_print(&e->step, "address %s %s", m->channel, m->address);
        if (!stop_set(e->store, what, e->now, e->now + DAY, r->why, err) ||
            !raise_alert(e, what, &(struct notice){ PHRASE_ALERT_ADDRESS, .texts = { m->person, m->address, r->why } },
                         err))
            return false;
    } else {
        next = m->digest ? INSTANT_NONE : e->now + DAY; /* of a digest: one by one, which may be taken */
        reason = m->digest ? reason : arena_print(&e->step, "refused: %s", r->why);
        if (!raise_alert(e, "message refused",
                         &(struct notice){ m->digest ? PHRASE_ALERT_DIGEST_REFUSED : PHRASE_ALERT_REFUSED,
                                           .texts = { m->person, m->address, r->why } },
                         err))
            return false;
    }
    return perhaps ? message_reached(e, m, "perhaps", 0, err) : reached_nobody(e, m, reason, next, err);
}

static bool file_later(struct engine *e, struct message *m, const struct receipt *r, struct err *err)
{
    bool at_once = r->at_once && m->attempts < 3;
    if (about_somebody(r) && e->now - m->claimed_at > tried_long_enough && !e->belief.doubted)
        return file_refused(e, m, r, err);
    instant at = at_once                     ? e->now
                 : r->blame == BLAME_CHANNEL ? e->now + DAY
                                             : e->now + backoff(m->attempts, r->wait, &e->chance);
    if (r->blame == BLAME_SERVER && !at_once && !pause_channel(e, m, r, &at, err))
        return false;
    if (r->blame == BLAME_CHANNEL && !stop_channel(e, m, r, err))
        return false;
    at = falls_back(e, m, at);
    return message_move(e->store, m, MESSAGE_QUEUED, at, false, e->now, err) && put_off(e, m, at, err);
}

static bool file_unknown(struct engine *e, struct message *m, struct err *err)
{
    const struct channel_options *c = channel_of(e, m);
    bool repeat = c && c->in_doubt == IN_DOUBT_REPEAT && m->doubts == 0;
    instant at = e->now + backoff(m->attempts, 0, &e->chance);
    if (!message_move(e->store, m, MESSAGE_UNKNOWN, at, !repeat, e->now, err))
        return false;
    if (repeat)
        return put_off(e, m, at, err);
    note(e, 5, NULL, "message %lld was possibly delivered; it counts as told", (long long)m->id);
    return message_reached(e, m, "perhaps", 0, err);
}

bool file_receipt(struct engine *e, const struct receipt *r, struct err *err)
{
    struct message m;
    if (!message_by_id(e->store, r->message, &e->step, &m, err))
        return false;
    if (m.state != MESSAGE_SENDING)
        return true; /* filed before: a courier left behind woke up late */
    if (!attempt_end(e->store, r, e->now, err))
        return false;
    note(e, r->verdict == VERDICT_SENT ? 6 : 5, NULL, "message %lld %s%s%s%s%s", (long long)m.id,
         verdict_name(r->verdict), r->code[0] ? " " : "", r->code, r->why[0] ? ": " : "", r->why);
    desks_wake(e, e->now);
    e->digests.again = e->now;
    if (r->verdict != VERDICT_UNKNOWN && (r->verdict != VERDICT_LATER || about_somebody(r)) &&
        !channel_answers(e, &m, err))
        return false;
    switch (r->verdict) {
    case VERDICT_SENT:
        return message_move(e->store, &m, MESSAGE_SENT, e->now, true, e->now, err) &&
               message_reached(e, &m, "yes", 0, err);
    case VERDICT_LATER:
        return file_later(e, &m, r, err);
    case VERDICT_REFUSED:
        return file_refused(e, &m, r, err);
    case VERDICT_UNKNOWN:
        return file_unknown(e, &m, err);
    }
    return true;
}

bool recover(struct engine *e, struct err *err)
{
    struct messages in_flight;
    if (!messages_in_state(e->store, MESSAGE_SENDING, &e->step, &in_flight, err))
        return false;
    for (size_t i = 0; i < in_flight.n; i++) {
        struct receipt r = { .message = in_flight.rows[i].id,
                             .verdict = VERDICT_UNKNOWN,
                             .why = "followupd stopped before the answer came" };
        if (!file_receipt(e, &r, err))
            return false;
    }
    return true;
}
