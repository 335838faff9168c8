/* The channel "ntfy": notifications on a telephone, from ntfy.sh or a server of one's own. */
#include "channel/request.h"

#include <ctype.h>
#include <string.h>

static const char base[] = "https://ntfy.sh";

enum { TEXT_MOST = 4096 /* bytes; longer ones become an attachment */ };

static void check(const struct channel_options *o, struct complaints *c)
{
    request_check(o, base, NULL, c);
}

static bool address_ok(const char *address, struct err *e)
{
    size_t n = 0;
    while (isalnum((unsigned char)address[n]) || (address[n] && strchr("-_", address[n])))
        n++;
    return (n > 0 && n <= 64 && !address[n]) ||
           err_set(e, "\"%s\" is no topic of ntfy: write up to 64 letters, digits, - and _", address);
}

static bool build(const struct channel_options *o, const struct message *m, const struct supplies *s, struct arena *a,
                  struct transfer *out, struct err *e)
{
    struct chat chat;
    if (!address_ok(m->address, e) || !request_chat(m, a, &chat, e))
        return false;
    json_t *body = json_pack("{s:s, s:s, s:s}", "topic", m->address, "title", m->subject, "message",
                             chat_write(&chat, &chat_plain, TEXT_MOST, CHAT_BYTES, a));
    request_post(o, request_base(o, base, a), body, a, out);
    if (s->secret)
        request_header(out, a, "Authorization: Bearer %s", s->secret);
    /* From 2.16 on the same message again takes the place of the first. */
    request_header(out, a, "X-Sequence-ID: %s", request_escaped(m->message_id, a));
    return true;
}

static void judge(const struct channel_options *o, const struct reply *f, struct receipt *r)
{
    (void)o;
    request_judge(f, r);
}

const struct channel_kind channel_ntfy = {
    .name = "ntfy",
    .base = base,
    .chat = true,
    .check = check,
    .address_ok = address_ok,
    .build = build,
    .judge = judge,
};
