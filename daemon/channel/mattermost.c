/* The channel "mattermost": an incoming webhook, which may write to a person ("@user") or a channel. */
#include "channel/request.h"

#include "compose/inert.h"

#include <ctype.h>
#include <string.h>

enum { TEXT_MOST = 16383 /* characters; the server splits longer ones */ };

static void check(const struct channel_options *o, struct complaints *c)
{
    request_check_hook(o, "the address that Mattermost gave for the incoming webhook", c);
}

static bool secret_ok(const char *secret, struct err *e)
{
    return request_hook_ok(secret, "/hooks/", "https://HOST/hooks/KEY", e);
}

static bool address_ok(const char *address, struct err *e)
{
    const char *name = address + (*address == '@');
    size_t n = 0;
    while (islower((unsigned char)name[n]) || isdigit((unsigned char)name[n]) || (name[n] && strchr("._-", name[n])))
        n++;
    return (n > 0 && n <= 64 && !name[n]) ||
           err_set(e,
                   "\"%s\" is neither a user nor a channel of Mattermost: write @user, or the channel's name as its "
                   "address has it, in small letters",
                   address);
}

/* Mattermost finds mentions also behind a backslash, and a webhook's "<!channel>" is one too. */
static void add(struct buf *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        bool number = strchr(".)", *p) && p > text && isdigit((unsigned char)p[-1]);
        if (number || strchr("\\`*_[]#+-!|~>", *p))
            buf_add_char(out, '\\');
        buf_add_char(out, *p);
        if (*p == '<' || (strchr("@:", *p) && inert_begins(text, p)))
            buf_add(out, INERT_SPACE);
    }
}

static void add_link(struct buf *out, const char *url, const char *text)
{
    buf_add_char(out, '[');
    add(out, text);
    buf_add(out, "](");
    inert_add_url(out, url);
    buf_add_char(out, ')');
}

static const struct chat_markup markup = { "**", "**", add, add_link, "- ", "  \n" };

static bool build(const struct channel_options *o, const struct message *m, const struct supplies *s, struct arena *a,
                  struct transfer *out, struct err *e)
{
    struct chat chat;
    if (!address_ok(m->address, e) || !request_chat(m, a, &chat, e))
        return false;
    json_t *body = json_pack("{s:s, s:s}", "text", chat_write(&chat, &markup, TEXT_MOST, CHAT_CHARACTERS, a), "channel",
                             m->address);
    request_post(o, s->secret, body, a, out);
    return true;
}

static void judge_error(const struct reply *f, const json_t *answer, struct receipt *r)
{
    const char *id = request_text(answer, "id"), *said = request_text(answer, "message");
    bool whom = strstr(id, "webhook.channel.app") || strstr(id, "webhook.permissions.app") ||
                (strstr(id, "webhook.user.app") && f->code != 403);
    if (strstr(id, "channel_locked"))
        request_conclude(r, VERDICT_LATER, BLAME_CHANNEL,
                         "the webhook is locked to one channel (HTTP %d): unlock it in Mattermost: %s", f->code, said);
    else if (strstr(id, "webhook.disabled") || strstr(id, "webhook.invalid") || f->code == 403)
        request_conclude(r, VERDICT_LATER, BLAME_CHANNEL, "the webhook in secret_file was refused (HTTP %d): %s",
                         f->code, said);
    if (whom)
        request_conclude(r, VERDICT_REFUSED, BLAME_PERSON, "HTTP %d: %s", f->code, said);
}

static void judge(const struct channel_options *o, const struct reply *f, struct receipt *r)
{
    (void)o;
    request_judge(f, r);
    if (f->stage != STAGE_DONE)
        return;
    json_t *answer = request_answer(f);
    if (f->code / 100 == 2 && strncmp(f->body, "ok", 2) != 0)
        request_conclude(r, VERDICT_UNKNOWN, BLAME_SERVER, "the server's answer is not Mattermost's");
    else if (f->code / 100 != 2 && json_is_object(answer))
        judge_error(f, answer, r);
    json_decref(answer);
}

const struct channel_kind channel_mattermost = {
    .name = "mattermost",
    .chat = true,
    .check = check,
    .address_ok = address_ok,
    .secret_ok = secret_ok,
    .build = build,
    .judge = judge,
};
