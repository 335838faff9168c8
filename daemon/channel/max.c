/* The channel "max": the Bot API of the Russian messenger MAX. A person must have started the bot before it can write.
 */
#include "channel/request.h"

#include <string.h>

static const char base[] = "https://platform-api2.max.ru";

enum { TEXT_MOST = 4000 };

static void check(const struct channel_options *o, struct complaints *c)
{
    request_check(o, base, "the token that MAX gave for the bot", c);
}

/* Groups have a minus. */
static bool address_ok(const char *address, struct err *e)
{
    size_t n = strspn(address + (*address == '-'), "0123456789");
    return (n > 0 && n < 20 && !address[(*address == '-') + n]) ||
           err_set(e,
                   "\"%s\" is nobody on MAX: write the person's user_id, which the bot was given when they started it",
                   address);
}

static bool build(const struct channel_options *o, const struct message *m, const struct supplies *s, struct arena *a,
                  struct transfer *out, struct err *e)
{
    struct chat chat;
    if (!address_ok(m->address, e) || !request_chat(m, a, &chat, e))
        return false;
    const char *url = arena_print(a, "%s/messages?%s=%s&disable_link_preview=true", request_base(o, base, a),
                                  *m->address == '-' ? "chat_id" : "user_id", m->address);
    json_t *body =
        json_pack("{s:s, s:s}", "text", chat_write(&chat, &chat_html, TEXT_MOST, CHAT_UTF16, a), "format", "html");
    request_post(o, url, body, a, out);
    request_header(out, a, "Authorization: %s", s->secret); /* no "Bearer" */
    return true;
}

static void judge_error(const struct reply *f, const json_t *answer, struct receipt *r)
{
    const char *said = request_text(answer, "message");
    if (f->code == 403 || f->code == 404)
        request_conclude(r, VERDICT_REFUSED, BLAME_PERSON, "HTTP %d: %s", f->code, said);
    else if (f->code == 401)
        request_conclude(r, VERDICT_LATER, BLAME_CHANNEL, "the token in secret_file was refused (HTTP 401): %s", said);
    else
        request_conclude(r, r->verdict, r->blame, "HTTP %d: %s", f->code, said);
}

static void judge(const struct channel_options *o, const struct reply *f, struct receipt *r)
{
    (void)o;
    request_judge(f, r);
    if (f->stage != STAGE_DONE)
        return;
    json_t *answer = request_answer(f);
    if (f->code / 100 == 2 && !json_is_object(request_find(answer, "message")))
        request_conclude(r, VERDICT_UNKNOWN, BLAME_SERVER, "the server's answer is not that of MAX");
    else if (f->code / 100 != 2 && json_is_string(request_find(answer, "code")))
        judge_error(f, answer, r);
    json_decref(answer);
}

const struct channel_kind channel_max = {
    .name = "max",
    .base = base,
    .gap = SECOND / 2, /* two a second for each dialogue */
    .chat = true,
    .check = check,
    .address_ok = address_ok,
    .build = build,
    .judge = judge,
};
