/* The channel "line": LINE's Messaging API, push. A person must have added the company's official account. */
#include "channel/card.h"
#include "channel/request.h"

#include "base/token.h"

#include <stdio.h>
#include <string.h>

static const char base[] = "https://api.line.me";

enum {
    BUBBLE_MOST = 12000, /* bytes; LINE takes 30 KB, but what is longer is no card any more */
    TEXT_MOST = 5000,    /* UTF-16 units */
    ALT_MOST = 400,
    LABEL_MOST = 40,
    URI_MOST = 1000
};

static void check(const struct channel_options *o, struct complaints *c)
{
    request_check(o, base, "the channel access token of the LINE Developers Console", c);
}

static bool address_ok(const char *address, struct err *e)
{
    return (*address == 'U' && strlen(address) == 33 && strspn(address + 1, "0123456789abcdef") == 32) ||
           err_set(e,
                   "\"%s\" is no LINE user id: write U and the 32 digits 0-9 a-f that the account's webhook is sent "
                   "when the person adds it (not the LINE ID that people choose themselves)",
                   address);
}

static bool secret_ok(const char *secret, struct err *e)
{
    if (strlen(secret) == 32 && strspn(secret, "0123456789abcdef") == 32)
        return err_set(e, "this is the channel secret: write the channel access token, which is much longer");
    return strlen(secret) > 40 || err_set(e, "this is no channel access token: it has more than 100 characters");
}

/* ---- the bubble ---- */

static json_t *spans_of(const struct card_line *l, struct arena *a)
{
    json_t *spans = json_array();
    for (size_t i = 0; i < l->n; i++) {
        const char *text = i ? l->runs[i].text : arena_print(a, "%s%s", l->mark, l->runs[i].text);
        json_t *span = json_pack("{s:s, s:s}", "type", "span", "text", text);
        if (l->runs[i].strong || l->strong)
            json_object_set_new(span, "weight", json_string("bold"));
        json_array_append_new(spans, span);
    }
    return spans;
}

static bool may_open(const char *url)
{
    return url && chat_length(url, CHAT_UTF16) <= URI_MOST;
}

static json_t *line_of(const struct card_line *l, struct arena *a)
{
    json_t *line =
        json_pack("{s:s, s:b, s:b, s:s, s:s, s:o}", "type", "text", "wrap", 1, "scaling", 1, "size",
                  l->kind == CHAT_TITLE ? "lg" : "sm", "margin", l->apart ? "lg" : "xs", "contents", spans_of(l, a));
    if (may_open(l->url)) {
        json_object_set_new(line, "color", json_string("#0B57D0"));
        json_object_set_new(line, "action", json_pack("{s:s, s:s}", "type", "uri", "uri", l->url));
    }
    return line;
}

static json_t *box_of(json_t *contents)
{
    return json_pack("{s:s, s:s, s:o}", "type", "box", "layout", "vertical", "contents", contents);
}

static json_t *button_of(const struct card *card, const char *language, struct arena *a)
{
    const char *label = chat_clip(card->label, language, LABEL_MOST, CHAT_UTF16, a);
    return json_pack("{s:s, s:s, s:s, s:{s:s, s:s, s:s}}", "type", "button", "style", "primary", "height", "sm",
                     "action", "type", "uri", "label", label, "uri", card->url);
}

static json_t *bubble_of(const struct chat *c, struct arena *a)
{
    struct card card = card_of(c, a);
    json_t *lines = json_array(), *bubble;
    for (size_t i = 0; i < card.n; i++)
        json_array_append_new(lines, line_of(&card.lines[i], a));
    bubble = json_pack("{s:s, s:s, s:o}", "type", "bubble", "size", "giga", "body", box_of(lines));
    if (may_open(card.url))
        json_object_set_new(bubble, "footer", box_of(json_pack("[o]", button_of(&card, c->language, a))));
    return bubble;
}

/* A card where it is one, with lines to tap on; long lists are easier to read, and to search, as a text. */
static json_t *message_of(const struct chat *c, const char *subject, struct arena *a)
{
    json_t *bubble = bubble_of(c, a);
    if (json_dumpb(bubble, NULL, 0, JSON_COMPACT) <= BUBBLE_MOST)
        return json_pack("{s:s, s:s, s:o}", "type", "flex", "altText",
                         chat_clip(subject, c->language, ALT_MOST, CHAT_UTF16, a), "contents", bubble);
    json_decref(bubble);
    return json_pack("{s:s, s:s}", "type", "text", "text", chat_write(c, &chat_plain, TEXT_MOST, CHAT_UTF16, a));
}

/* ---- the request ---- */

/* The same for every attempt: a UUID (RFC 9562, version 5 in form) of the message's id. */
static const char *retry_key(const struct message *m, struct arena *a)
{
    static const char name[] = "followupd: X-Line-Retry-Key";
    uint8_t u[32];
    token_mac_bytes(name, sizeof name - 1, m->message_id, strlen(m->message_id), u);
    u[6] = (uint8_t)((u[6] & 0x0F) | 0x50);
    u[8] = (uint8_t)((u[8] & 0x3F) | 0x80);
    return arena_print(a, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", u[0], u[1], u[2],
                       u[3], u[4], u[5], u[6], u[7], u[8], u[9], u[10], u[11], u[12], u[13], u[14], u[15]);
}

static bool request(const char *path, const struct channel_options *o, const struct message *m,
                    const struct supplies *s, struct arena *a, struct transfer *out, struct err *e)
{
    struct chat chat;
    if (!address_ok(m->address, e) || !request_chat(m, a, &chat, e))
        return false;
    json_t *body = json_pack("{s:s, s:[o]}", "to", m->address, "messages", message_of(&chat, m->subject, a));
    request_post(o, arena_print(a, "%s%s", request_base(o, base, a), path), body, a, out);
    request_header(out, a, "Authorization: Bearer %s", s->secret);
    out->repeatable = true;
    return true;
}

static bool build(const struct channel_options *o, const struct message *m, const struct supplies *s, struct arena *a,
                  struct transfer *out, struct err *e)
{
    if (!request("/v2/bot/message/push", o, m, s, a, out, e))
        return false;
    request_header(out, a, "X-Line-Retry-Key: %s", retry_key(m, a));
    return true;
}

static bool probe(const struct channel_options *o, const struct message *m, const struct supplies *s, struct arena *a,
                  struct transfer *out, struct err *e)
{
    return request("/v2/bot/message/validate/push", o, m, s, a, out, e);
}

/* ---- the answer ---- */

/* "message", and the first of the details: which property, and what is wrong with it. */
static const char *words_of(const json_t *answer, char out[400])
{
    const char *property = request_text(answer, "details.0.property"),
               *detail = request_text(answer, "details.0.message");
    snprintf(out, 400, "%s%s%s%s%s", request_text(answer, "message"), *detail ? ": " : "", property,
             *property ? ": " : "", detail);
    return out;
}

static bool about_the_person(const json_t *answer, const char *said)
{
    return strcmp(request_text(answer, "details.0.property"), "to") == 0 || strstr(said, "The property, 'to',") ||
           strstr(said, "Failed to send messages");
}

static void judge_error(const struct reply *f, const json_t *answer, struct receipt *r)
{
    char said[400];
    words_of(answer, said);
    if (f->code == 429 && strstr(said, "monthly limit"))
        request_conclude(r, VERDICT_LATER, BLAME_CHANNEL,
                         "this month's messages of the LINE account are used up: raise its plan, or wait for the next "
                         "month (HTTP 429: %s)",
                         said);
    else if (f->code == 429)
        request_conclude(r, VERDICT_LATER, BLAME_SERVER, "too many at once (HTTP 429): %s", said);
    else if (f->code == 401 || f->code == 403)
        request_conclude(r, VERDICT_LATER, BLAME_CHANNEL,
                         "the channel access token in secret_file may not do this (HTTP %d): %s", f->code, said);
    else if (f->code == 404 || (f->code == 400 && about_the_person(answer, said)))
        request_conclude(r, VERDICT_REFUSED, BLAME_PERSON,
                         "LINE knows no such user of this account; did the person add it? (HTTP %d): %s", f->code,
                         said);
    else if (f->code == 400)
        request_conclude(r, VERDICT_REFUSED, BLAME_MESSAGE, "HTTP 400: %s", said);
}

static void judge(const struct channel_options *o, const struct reply *f, struct receipt *r)
{
    (void)o;
    request_judge(f, r);
    if (f->stage != STAGE_DONE)
        return;
    json_t *answer = request_answer(f);
    if (f->code == 409) /* an earlier attempt was accepted */
        request_conclude(r, VERDICT_SENT, BLAME_MESSAGE, "%s", "");
    else if (f->code / 100 == 2 && !json_is_object(answer))
        request_conclude(r, VERDICT_UNKNOWN, BLAME_SERVER, "the server's answer is not LINE's");
    else if (*request_text(answer, "message"))
        judge_error(f, answer, r);
    json_decref(answer);
}

const struct channel_kind channel_line = {
    .name = "line",
    .base = base,
    .chat = true,
    .check = check,
    .address_ok = address_ok,
    .secret_ok = secret_ok,
    .build = build,
    .probe = probe,
    .judge = judge,
};
