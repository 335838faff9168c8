/* The channel "telegram": the Bot API's sendMessage. A person must have pressed Start before a bot can write to them.
 */
#include "channel/request.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char base[] = "https://api.telegram.org";

enum { TEXT_MOST = 4096 };

static void check(const struct channel_options *o, struct complaints *c)
{
    request_check(o, base, "the token that @BotFather gave", c);
}

/* The number of a chat (52 bits; groups have a minus), or the @name of a channel. */
static bool is_number(const char *address)
{
    size_t digits = strspn(address + (*address == '-'), "0123456789");
    return digits > 0 && digits < 17 && !address[(*address == '-') + digits];
}

static bool is_name(const char *address)
{
    size_t n = *address == '@' ? 1 : 0;
    while (n && (isalnum((unsigned char)address[n]) || address[n] == '_'))
        n++;
    return n > 5 && n < 34 && !address[n];
}

static bool address_ok(const char *address, struct err *e)
{
    return is_number(address) || is_name(address) ||
           err_set(e,
                   "\"%s\" is no Telegram chat: write the number that the bot was given when the person pressed Start",
                   address);
}

static bool build(const struct channel_options *o, const struct message *m, const struct supplies *s, struct arena *a,
                  struct transfer *out, struct err *e)
{
    struct chat chat;
    if (!address_ok(m->address, e) || !request_chat(m, a, &chat, e))
        return false;
    const char *url = arena_print(a, "%s/bot%s/sendMessage", request_base(o, base, a), s->secret);
    json_t *to = is_number(m->address) ? json_integer(atoll(m->address)) : json_string(m->address);
    json_t *body = json_pack("{s:o, s:s, s:s, s:{s:b}}", "chat_id", to, "text",
                             chat_write(&chat, &chat_html, TEXT_MOST, CHAT_UTF16, a), "parse_mode", "HTML",
                             "link_preview_options", "is_disabled", 1);
    request_post(o, url, body, a, out);
    return true;
}

static bool probe(const struct channel_options *o, const struct message *m, const struct supplies *s, struct arena *a,
                  struct transfer *out, struct err *e)
{
    if (!address_ok(m->address, e))
        return false;
    request_get(o,
                arena_print(a, "%s/bot%s/getChat?chat_id=%s", request_base(o, base, a), s->secret,
                            request_escaped(m->address, a)),
                a, out);
    return true;
}

/* What Telegram says of a chat that cannot be written to, under the statuses 400 and 403 (tdlib/telegram-bot-api). */
static bool about_the_chat(const char *said)
{
    static const char *const words[] = { "chat not found",          "user is deactivated", "user not found",
                                         "PEER_ID_INVALID",         "bot was blocked",     "bot was kicked",
                                         "group chat was upgraded", "can't initiate",      "have no rights to send" };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strstr(said, words[i]))
            return true;
    return false;
}

static void judge_error(const struct reply *f, const json_t *answer, struct receipt *r)
{
    const char *said = request_text(answer, "description");
    const json_t *moved = request_find(answer, "parameters.migrate_to_chat_id");
    if (f->code == 429)
        request_wait(r, json_number_value(request_find(answer, "parameters.retry_after")));
    if (json_is_integer(moved))
        request_conclude(r, VERDICT_REFUSED, BLAME_PERSON, "the group has the number %lld now: write that",
                         (long long)json_integer_value(moved));
    else if (f->code == 401 || f->code == 404)
        request_conclude(r, VERDICT_LATER, BLAME_CHANNEL, "the token in secret_file is not one of a bot (HTTP %d): %s",
                         f->code, said);
    else if (f->code == 403 || about_the_chat(said))
        request_conclude(r, VERDICT_REFUSED, BLAME_PERSON, "HTTP %d: %s", f->code, said);
    else if (f->code / 100 == 4 && f->code != 429)
        request_conclude(r, VERDICT_REFUSED, BLAME_MESSAGE, "HTTP %d: %s", f->code, said);
}

static void judge(const struct channel_options *o, const struct reply *f, struct receipt *r)
{
    (void)o;
    request_judge(f, r);
    if (f->stage != STAGE_DONE)
        return;
    json_t *answer = request_answer(f);
    if (f->code / 100 == 2 && !json_is_true(json_object_get(answer, "ok")))
        request_conclude(r, VERDICT_UNKNOWN, BLAME_SERVER, "the server's answer is not Telegram's");
    else if (f->code / 100 != 2 && json_is_object(answer))
        judge_error(f, answer, r);
    json_decref(answer);
}

const struct channel_kind channel_telegram = {
    .name = "telegram",
    .base = base,
    .gap = SECOND, /* "avoid sending more than one message per second" in one chat, says its FAQ */
    .chat = true,
    .check = check,
    .address_ok = address_ok,
    .build = build,
    .probe = probe,
    .judge = judge,
};
