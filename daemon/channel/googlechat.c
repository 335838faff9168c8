/* The channel "googlechat": a space's webhook. With secret_file all share one space, and a person's address is
 * "users/NUMBER", who is mentioned; without it each has a space of their own, and the address is its webhook's. */
#include "channel/request.h"

#include <ctype.h>
#include <string.h>

static const char base[] = "https://chat.googleapis.com/v1";

enum { TEXT_MOST = 12000 /* bytes: 32,000 is what the whole message may have */ };

static void check(const struct channel_options *o, struct complaints *c)
{
    request_check(o, base, NULL, c);
    if (o->url && o->secret_file)
        complain(c, o->place.file, o->place.line,
                 "channel %s: url is not used: the whole address is what secret_file holds", o->name);
}

static const char like[] = "https://chat.googleapis.com/v1/spaces/SPACE/messages?key=KEY&token=TOKEN";

static bool secret_ok(const char *secret, struct err *e)
{
    return request_hook_ok(secret, "/messages?key=", like, e) &&
           (strstr(secret, "&token=") || err_set(e, "the token is missing: the address looks like %s", like));
}

static bool is_user(const char *address)
{
    static const char head[] = "users/";
    size_t n = strncmp(address, head, sizeof head - 1) == 0 ? strspn(address + sizeof head - 1, "0123456789") : 0;
    return n > 0 && n < 40 && !address[sizeof head - 1 + n];
}

/* "spaces/SPACE/messages?key=KEY&token=TOKEN" */
static bool is_own(const char *address)
{
    static const char head[] = "spaces/";
    size_t n = 0;
    while (isalnum((unsigned char)address[n]) || (address[n] && strchr("/_-.~%?=&", address[n])))
        n++;
    return strncmp(address, head, sizeof head - 1) == 0 && n < 1000 && !address[n] && !strstr(address, "..") &&
           strstr(address, "/messages?key=") && strstr(address, "&token=");
}

static bool address_ok(const char *address, struct err *e)
{
    return is_user(address) || is_own(address) ||
           err_set(
               e,
               "\"%s\" is no address in Google Chat: write users/NUMBER or, without secret_file, what stands behind "
               "/v1/ in the webhook's address of their own space: spaces/SPACE/messages?key=KEY&token=TOKEN",
               address);
}

/* Lines end with <br> in a card. */
static const char *with_breaks(const char *text, struct arena *a)
{
    struct buf out = { 0 };
    for (; *text; text++)
        if (*text == '\n')
            buf_add(&out, "<br>");
        else
            buf_add_char(&out, *text);
    const char *result = arena_copy(a, buf_text(&out));
    buf_done(&out);
    return result;
}

/* A card, whose text is HTML, because the plain text of Google Chat cannot be escaped. The same requestId again is the
 * same message. */
static bool build(const struct channel_options *o, const struct message *m, const struct supplies *s, struct arena *a,
                  struct transfer *out, struct err *e)
{
    struct chat chat;
    if (!address_ok(m->address, e) || !request_chat(m, a, &chat, e))
        return false;
    const char *url = request_hook(o, base, is_own(m->address) ? m->address : NULL, s, a, e);
    if (!url)
        return false;
    const char *text = chat_write(&chat, &chat_html, TEXT_MOST, CHAT_BYTES, a);
    json_t *widget = json_pack("{s:{s:s}}", "textParagraph", "text", with_breaks(text, a));
    json_t *body = json_pack("{s:[{s:s, s:{s:[{s:[o]}]}}], s:s}", "cardsV2", "cardId", "followup", "card", "sections",
                             "widgets", widget, "fallbackText", m->subject);
    if (is_user(m->address))
        json_object_set_new(body, "text", json_string(arena_print(a, "<%s>", m->address)));
    request_post(o, arena_print(a, "%s&requestId=%s", url, request_escaped(m->message_id, a)), body, a, out);
    return true;
}

static void judge(const struct channel_options *o, const struct reply *f, struct receipt *r)
{
    request_judge(f, r);
    if (f->stage != STAGE_DONE)
        return;
    json_t *answer = request_answer(f);
    const char *said = request_text(answer, "error.message");
    bool gone = f->code == 401 || f->code == 403 || f->code == 404;
    if (f->code / 100 == 2 && !*request_text(answer, "name"))
        request_conclude(r, VERDICT_UNKNOWN, BLAME_SERVER, "the server's answer is not Google Chat's");
    else if (gone || (f->code == 400 && strstr(said, "API key")))
        request_conclude(r, o->secret_file ? VERDICT_LATER : VERDICT_REFUSED,
                         o->secret_file ? BLAME_CHANNEL : BLAME_PERSON, "the webhook was refused (HTTP %d): %s",
                         f->code, said);
    else if (f->code / 100 != 2 && *said)
        request_conclude(r, r->verdict, r->blame, "HTTP %d: %s", f->code, said);
    json_decref(answer);
}

const struct channel_kind channel_googlechat = {
    .name = "googlechat",
    .base = base,
    .gap = SECOND, /* 60 a minute for each space */
    .chat = true,
    .check = check,
    .address_ok = address_ok,
    .secret_ok = secret_ok,
    .build = build,
    .judge = judge,
};
