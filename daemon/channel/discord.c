/* The channel "discord": a webhook. With secret_file all share one channel there, and a person's address is the number
 * of their user, who is mentioned; without it each has a channel of their own, whose "ID/TOKEN" is the address. */
#include "channel/request.h"

#include <ctype.h>
#include <string.h>

static const char base[] = "https://discord.com/api/webhooks";

enum { TEXT_MOST = 2000, SUPPRESS_EMBEDS = 4 /* no preview of links */ };

static void check(const struct channel_options *o, struct complaints *c)
{
    request_check(o, base, NULL, c);
    if (o->url && o->secret_file)
        complain(c, o->place.file, o->place.line,
                 "channel %s: url is not used: the whole address is what secret_file holds", o->name);
}

static bool secret_ok(const char *secret, struct err *e)
{
    return request_hook_ok(secret, "/webhooks/", "https://discord.com/api/webhooks/ID/TOKEN", e) &&
           (!strchr(secret, '?') || err_set(e, "there is something behind the token: write the address without it"));
}

/* Discord's numbers have 17 to 20 digits. */
static size_t digits_of(const char *address)
{
    size_t n = strspn(address, "0123456789");
    return n >= 17 && n <= 20 ? n : 0;
}

static bool is_user(const char *address)
{
    size_t n = digits_of(address);
    return n && !address[n];
}

static bool is_own(const char *address)
{
    size_t n = digits_of(address), token = n && address[n] == '/' ? n + 1 : 0;
    size_t end = token;
    while (token && (isalnum((unsigned char)address[end]) || (address[end] && strchr("-_", address[end]))))
        end++;
    return end > token && end - token <= 200 && !address[end];
}

static bool address_ok(const char *address, struct err *e)
{
    return is_user(address) || is_own(address) ||
           err_set(
               e,
               "\"%s\" is no address on Discord: write the number of the person's user (17 to 20 digits) or, without "
               "secret_file, the ID/TOKEN of the webhook of their own channel",
               address);
}

/* Whatever stands in the text mentions nobody; only whom it is for. */
static bool build(const struct channel_options *o, const struct message *m, const struct supplies *s, struct arena *a,
                  struct transfer *out, struct err *e)
{
    struct chat chat;
    if (!address_ok(m->address, e) || !request_chat(m, a, &chat, e))
        return false;
    const char *url = request_hook(o, base, is_own(m->address) ? m->address : NULL, s, a, e),
               *whom = is_user(m->address) ? m->address : NULL;
    if (!url)
        return false;
    const char *call = whom ? arena_print(a, "<@%s>\n", whom) : "";
    const char *text = chat_write(&chat, &chat_markdown, TEXT_MOST - strlen(call), CHAT_UTF16, a);
    json_t *mentions = json_pack("{s:[]}", "parse");
    if (whom)
        json_object_set_new(mentions, "users", json_pack("[s]", whom));
    json_t *body = json_pack("{s:s, s:o, s:i}", "content", arena_print(a, "%s%s", call, text), "allowed_mentions",
                             mentions, "flags", SUPPRESS_EMBEDS);
    request_post(o, arena_print(a, "%s?wait=true", url), body, a, out);
    return true;
}

/* The webhook describes itself to whoever has its address. */
static bool probe(const struct channel_options *o, const struct message *m, const struct supplies *s, struct arena *a,
                  struct transfer *out, struct err *e)
{
    const char *url =
        address_ok(m->address, e) ? request_hook(o, base, is_own(m->address) ? m->address : NULL, s, a, e) : NULL;
    if (url)
        request_get(o, url, a, out);
    return url;
}

/* 10,000 answers of 401, 403 or 429 in ten minutes shut this machine out: what is gone is not asked again. */
static void judge_error(const struct channel_options *o, const struct reply *f, const json_t *answer, struct receipt *r)
{
    const char *said = request_text(answer, "message");
    if (f->code == 429)
        request_wait(r, json_number_value(request_find(answer, "retry_after")));
    else if (f->code == 401 || f->code == 403 || f->code == 404)
        request_conclude(r, o->secret_file ? VERDICT_LATER : VERDICT_REFUSED,
                         o->secret_file ? BLAME_CHANNEL : BLAME_PERSON,
                         "the webhook does not exist any more (HTTP %d): %s", f->code, said);
}

static void judge(const struct channel_options *o, const struct reply *f, struct receipt *r)
{
    request_judge(f, r);
    if (f->stage != STAGE_DONE)
        return;
    json_t *answer = request_answer(f);
    if (f->code / 100 == 2 && !*request_text(answer, "id"))
        request_conclude(r, VERDICT_UNKNOWN, BLAME_SERVER, "the server's answer is not Discord's");
    else if (f->code / 100 != 2)
        judge_error(o, f, answer, r);
    json_decref(answer);
}

const struct channel_kind channel_discord = {
    .name = "discord",
    .base = base,
    .gap = 400, /* five in two seconds for each webhook */
    .chat = true,
    .check = check,
    .address_ok = address_ok,
    .secret_ok = secret_ok,
    .build = build,
    .probe = probe,
    .judge = judge,
};
