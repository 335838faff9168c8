/* The channel "rocketchat": an incoming integration, which may write to a person ("@user") or a channel ("#channel").
 */
#include "channel/request.h"

#include "compose/inert.h"

#include <ctype.h>
#include <string.h>

enum { TEXT_MOST = 5000 /* UTF-16 units: what Message_MaxAllowedSize is unless somebody changed it */ };

static void check(const struct channel_options *o, struct complaints *c)
{
    request_check_hook(o, "the address that Rocket.Chat gave for the incoming integration", c);
}

static bool secret_ok(const char *secret, struct err *e)
{
    return request_hook_ok(secret, "/hooks/", "https://HOST/hooks/ID/TOKEN", e);
}

static bool address_ok(const char *address, struct err *e)
{
    size_t n = *address && strchr("@#", *address) ? 1 : 0;
    while (n && (isalnum((unsigned char)address[n]) || (address[n] && strchr("._-", address[n]))))
        n++;
    return (n > 1 && n <= 100 && !address[n]) ||
           err_set(e, "\"%s\" is neither a user nor a channel of Rocket.Chat: write @user or #channel", address);
}

static void add_link(struct buf *out, const char *url, const char *text)
{
    buf_add_char(out, '[');
    inert_add(out, text);
    buf_add(out, "](");
    inert_add_url(out, url);
    buf_add_char(out, ')');
}

static const struct chat_markup markup = { "*", "*", inert_add, add_link, "\xE2\x80\xA2 ", "\n" };

static bool build(const struct channel_options *o, const struct message *m, const struct supplies *s, struct arena *a,
                  struct transfer *out, struct err *e)
{
    struct chat chat;
    if (!address_ok(m->address, e) || !request_chat(m, a, &chat, e))
        return false;
    json_t *body =
        json_pack("{s:s, s:s}", "text", chat_write(&chat, &markup, TEXT_MOST, CHAT_UTF16, a), "channel", m->address);
    request_post(o, s->secret, body, a, out);
    return true;
}

/* Which status goes with which of these depends on the version. */
static void judge_error(const struct reply *f, const char *said, struct receipt *r)
{
    if (f->code == 429 || f->code >= 500)
        return;
    if (strstr(said, "integration id or token"))
        request_conclude(r, VERDICT_LATER, BLAME_CHANNEL, "the integration in secret_file was refused (HTTP %d): %s",
                         f->code, said);
    else if (strstr(said, "invalid-channel") || strstr(said, "invalid-room") || strstr(said, "room-not-found") ||
             strstr(said, "invalid-user"))
        request_conclude(r, VERDICT_REFUSED, BLAME_PERSON, "HTTP %d: %s", f->code, said);
    else if (f->code != 401 && f->code != 403 && f->code != 404)
        request_conclude(r, VERDICT_REFUSED, BLAME_MESSAGE, "HTTP %d: %s", f->code, said);
}

static void judge(const struct channel_options *o, const struct reply *f, struct receipt *r)
{
    (void)o;
    request_judge(f, r);
    if (f->stage != STAGE_DONE)
        return;
    json_t *answer = request_answer(f);
    const json_t *success = json_object_get(answer, "success");
    if (json_is_false(success))
        judge_error(f, request_text(answer, "error"), r);
    else if (f->code / 100 == 2 && !json_is_true(success))
        request_conclude(r, VERDICT_UNKNOWN, BLAME_SERVER, "the server's answer is not Rocket.Chat's");
    json_decref(answer);
}

const struct channel_kind channel_rocketchat = {
    .name = "rocketchat",
    .chat = true,
    .check = check,
    .address_ok = address_ok,
    .secret_ok = secret_ok,
    .build = build,
    .judge = judge,
};
