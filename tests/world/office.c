/* The mail server at the other end of the wire, and Telegram. What they say is judged by the real channel, so that the
 * verdicts are its. */
#include "world/inside.h"

#include "base/mem.h"
#include "channel/channel.h"
#include "harness/harness.h"
#include "store/digests.h"
#include "store/episodes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct mood {
    bool chat;
    char *address;
    enum server how;
};

struct office {
    enum server how[2]; /* mail, chat: to all without a mood of their own */
    struct mood *moods;
    size_t n_moods;
    struct arrival *arrivals;
    struct attempted {
        int64_t message;
        int attempt;
    } * attempts; /* one for each arrival */
    size_t n;
    struct arena bytes;
};

struct office *office_new(void)
{
    return mem_new(sizeof(struct office));
}

void office_free(struct office *o)
{
    if (!o)
        return;
    for (size_t i = 0; i < o->n_moods; i++)
        free(o->moods[i].address);
    free(o->moods);
    free(o->arrivals);
    free(o->attempts);
    arena_done(&o->bytes);
    free(o);
}

static struct mood *mood_for(const struct office *o, bool chat, const char *address)
{
    for (size_t i = 0; i < o->n_moods; i++)
        if (o->moods[i].chat == chat && strcmp(o->moods[i].address, address) == 0)
            return &o->moods[i];
    return NULL;
}

void office_server(struct office *o, bool chat, const char *address, enum server how)
{
    if (!address) {
        o->how[chat] = how;
        for (size_t i = 0; i < o->n_moods; i++)
            if (o->moods[i].chat == chat)
                o->moods[i].how = how;
        return;
    }
    struct mood *m = mood_for(o, chat, address);
    if (!m) {
        o->moods = mem_resize(o->moods, (o->n_moods + 1) * sizeof *o->moods);
        m = &o->moods[o->n_moods++];
        m->chat = chat;
        m->address = mem_copy(address);
    }
    m->how = how;
}

#define ANSWER(status, text)                                                                                           \
    {                                                                                                                  \
        .stage = STAGE_DONE, .code = (status), .body = (text), .body_size = sizeof(text) - 1, .body_begun = true,      \
        .body_finished = true, .retry_after = -1                                                                       \
    }

/* What each kind of server says, as post/ would have seen it. */
struct answer {
    bool came; /* a message came to it at all */
    struct reply reply;
};

static const struct answer of_telegram[] = {
    [SERVER_ACCEPTS] = { true, ANSWER(200, "{\"ok\":true,\"result\":{}}") },
    [SERVER_AWAY] = { false, { .stage = STAGE_CONNECT, .transport = 7, .text = "Connection refused", .body = "" } },
    [SERVER_BUSY] = { true, ANSWER(429, "{\"ok\":false,\"parameters\":{\"retry_after\":120}}") },
    [SERVER_REFUSES] = { true,
                         ANSWER(403, "{\"ok\":false,\"description\":\"Forbidden: bot was blocked by the user\"}") },
    [SERVER_SILENT] = { true,
                        { .stage = STAGE_ANSWER,
                          .transport = 28,
                          .text = "no answer in time",
                          .body = "",
                          .body_begun = true } },
    [SERVER_BAD_LOGIN] = { true, ANSWER(401, "{\"ok\":false,\"description\":\"Unauthorized\"}") },
};

static const struct answer of_mail[] = {
    [SERVER_ACCEPTS] = { true,
                         { .stage = STAGE_DONE,
                           .code = 250,
                           .enhanced = "2.0.0",
                           .text = "queued",
                           .body_begun = true,
                           .body_finished = true } },
    [SERVER_AWAY] = { false, { .stage = STAGE_CONNECT, .transport = 7, .text = "Connection refused" } },
    [SERVER_BUSY] = { true,
                      { .stage = STAGE_FINAL,
                        .code = 451,
                        .enhanced = "4.5.0",
                        .text = "try again later",
                        .body_begun = true,
                        .body_finished = true } },
    [SERVER_REFUSES] = { true, { .stage = STAGE_RCPT, .code = 550, .enhanced = "5.1.1", .text = "no such user" } },
    [SERVER_SILENT] = { true,
                        { .stage = STAGE_FINAL,
                          .transport = 28,
                          .text = "no answer in time",
                          .body_begun = true,
                          .body_finished = true } },
    [SERVER_BAD_LOGIN] = { false,
                           { .stage = STAGE_LOGIN,
                             .code = 535,
                             .enhanced = "5.7.8",
                             .text = "authentication failed",
                             .misconfigured = true } },
};

/* Which episodes and which step of them this message tells, from the store: a message in `sending` was not counted yet.
 */
static void look_up(struct arrival *a, int64_t message, struct store *s, struct arena *keep)
{
    struct digest_row digest = { 0 };
    struct arena arena = { 0 };
    struct episodes eps = { 0 };
    struct err e;
    if (episodes_of_message(s, message, &arena, &eps, &e) && eps.n) {
        snprintf(a->customer, sizeof a->customer, "%s", eps.rows[0].customer);
    }
    if (a->digest && digest_of_message(s, message, &arena, &digest, &e))
        a->kind = digest.kind;
    a->told = arena_new(keep, (eps.n + 1) * sizeof *a->told);
    for (size_t i = 0; i < eps.n; i++) {
        struct told *t = &a->told[a->n_told++];
        *t = (struct told){ .episode = eps.rows[i].id, .step = eps.rows[i].step, .backlog = eps.rows[i].backlog };
        snprintf(t->rule, sizeof t->rule, "%s", eps.rows[i].rule);
        snprintf(t->customer, sizeof t->customer, "%s", eps.rows[i].customer);
    }
    arena_done(&arena);
}

static void record(struct office *o, const struct message *m, enum server how, struct store *s, instant now)
{
    if ((o->n & (o->n - 1)) == 0) {
        o->arrivals = mem_resize(o->arrivals, (o->n ? 2 * o->n : 1) * sizeof *o->arrivals);
        o->attempts = mem_resize(o->attempts, (o->n ? 2 * o->n : 1) * sizeof *o->attempts);
    }
    struct arrival *a = &o->arrivals[o->n];
    o->attempts[o->n++] = (struct attempted){ m->id, m->attempts };
    *a = (struct arrival){ .at = now,
                           .digest = m->digest,
                           .claimed = m->claimed_at,
                           .message = m->id,
                           .again = message_doubtful(m),
                           .accepted = how == SERVER_ACCEPTS || how == SERVER_SILENT,
                           .heard = how != SERVER_SILENT,
                           .bytes = arena_copy_bytes(&o->bytes, m->bytes, m->size) };
    snprintf(a->channel, sizeof a->channel, "%s", m->channel);
    snprintf(a->subject, sizeof a->subject, "%s", m->subject);
    snprintf(a->person, sizeof a->person, "%s", m->person);
    snprintf(a->address, sizeof a->address, "%s", m->address);
    snprintf(a->message_id, sizeof a->message_id, "%s", m->message_id);
    look_up(a, m->id, s, &o->bytes);
}

void office_take(struct office *o, const struct channel_options *channel, struct parcel *p, struct store *s,
                 instant now, struct receipt *r)
{
    const struct channel_kind *kind = channel_kind_find(channel->name);
    struct transfer t = { 0 };
    struct err e = { "" };
    *r = (struct receipt){ .message = p->message.id, .verdict = VERDICT_REFUSED, .blame = BLAME_PERSON };
    bool mail = p->message.bytes && strstr(p->message.bytes, "\r\nMIME-Version: ");
    if (mail == kind->chat)
        test_fail(__FILE__, __LINE__, "message %lld has not the form of %s", (long long)p->message.id, channel->name);
    if (!kind->build(channel, &p->message, &(struct supplies){ .now = now, .secret = "1:token" }, &p->arena, &t, &e)) {
        snprintf(r->why, sizeof r->why, "%.200s", e.text);
        return;
    }
    const struct mood *m = mood_for(o, kind->chat, p->message.address);
    enum server how = m ? m->how : o->how[kind->chat];
    const struct answer *answer = kind->chat ? &of_telegram[how] : &of_mail[how];
    kind->judge(channel, &answer->reply, r);
    if (answer->came)
        record(o, &p->message, how, s, now);
}

void office_unheard(struct office *o, int64_t message, int attempt)
{
    for (size_t i = o->n; i-- > 0;)
        if (o->attempts[i].message == message && o->attempts[i].attempt == attempt)
            o->arrivals[i].heard = false;
}

size_t office_arrivals(const struct office *o, const struct arrival **out)
{
    *out = o->arrivals;
    return o->n;
}
