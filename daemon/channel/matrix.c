/* The channel "matrix": the client-server API of any homeserver, as a user of its own that was invited to the person's
 * room. Rooms must be without encryption. */
#include "channel/request.h"

#include <string.h>

/* Bytes; an event of 64 KB holds both, and all that JSON makes of them. */
enum { TEXT_MOST = 10000, ROOM_MOST = 255 };

static void check(const struct channel_options *o, struct complaints *c)
{
    request_check(o, NULL, "the access token of the user that writes", c);
}

/* "!opaque:server"; in rooms of version 12 there is no server behind it. */
static bool address_ok(const char *address, struct err *e)
{
    bool clean = strlen(address) <= ROOM_MOST;
    for (const char *p = address; *p; p++)
        clean &= *p > ' ' && *p < 0x7F && !strchr("/?#%\"<>\\", *p);
    if (*address == '#')
        return err_set(e, "\"%s\" is an alias, which can be given to another room: write the room's id, !...", address);
    if (*address == '@')
        return err_set(e,
                       "\"%s\" is a person: invite the user of followupd and the person to a room without encryption, "
                       "and write the room's id, !...",
                       address);
    return (clean && *address == '!' && address[1] && address[1] != ':') ||
           err_set(e, "\"%s\" is no room: write its id, !...:server (in Element: Room settings, Advanced)", address);
}

static const char *room_url(const struct channel_options *o, const struct message *m, struct arena *a)
{
    return arena_print(a, "%s/_matrix/client/v3/rooms/%s", request_base(o, NULL, a), request_escaped(m->address, a));
}

/* Between blocks and lines chat_html has new lines, which HTML does not show. */
static const char *html_of(const struct chat *c, struct arena *a)
{
    const char *text = chat_write(c, &chat_html, TEXT_MOST, CHAT_BYTES, a);
    struct buf out = { 0 };
    for (; *text; text++)
        if (*text == '\n')
            buf_add(&out, "<br>");
        else
            buf_add_char(&out, *text);
    const char *html = arena_copy(a, buf_text(&out));
    buf_done(&out);
    return html;
}

/* m.text: many clients notify nobody of m.notice. The empty m.mentions says that nobody is meant, whatever is written.
 */
static bool build(const struct channel_options *o, const struct message *m, const struct supplies *s, struct arena *a,
                  struct transfer *out, struct err *e)
{
    struct chat chat;
    if (!address_ok(m->address, e) || !request_chat(m, a, &chat, e))
        return false;
    json_t *body = json_pack("{s:s, s:s, s:s, s:s, s:{}}", "msgtype", "m.text", "body",
                             chat_write(&chat, &chat_plain, TEXT_MOST, CHAT_BYTES, a), "format",
                             "org.matrix.custom.html", "formatted_body", html_of(&chat, a), "m.mentions");
    request_post(o, arena_print(a, "%s/send/m.room.message/%s", room_url(o, m, a), request_escaped(m->message_id, a)),
                 body, a, out);
    request_header(out, a, "Authorization: Bearer %s", s->secret);
    out->method = "PUT";
    out->repeatable = true;
    return true;
}

/* Only who is in a room may ask who else is. */
static bool probe(const struct channel_options *o, const struct message *m, const struct supplies *s, struct arena *a,
                  struct transfer *out, struct err *e)
{
    if (!address_ok(m->address, e))
        return false;
    request_get(o, arena_print(a, "%s/joined_members", room_url(o, m, a)), a, out);
    request_header(out, a, "Authorization: Bearer %s", s->secret);
    return true;
}

/* ---- the answer ---- */

static const struct sort {
    const char *code;
    enum verdict verdict;
    enum blame blame;
    const char *why;
} sorts[] = {
    { "M_UNKNOWN_TOKEN", VERDICT_LATER, BLAME_CHANNEL, "the access token in secret_file is not valid (any more)" },
    { "M_MISSING_TOKEN", VERDICT_LATER, BLAME_CHANNEL, "the access token in secret_file is not valid (any more)" },
    { "M_USER_DEACTIVATED", VERDICT_LATER, BLAME_CHANNEL, "the user of the access token was deactivated" },
    { "M_USER_LOCKED", VERDICT_LATER, BLAME_CHANNEL, "the user of the access token is locked" },
    { "M_USER_SUSPENDED", VERDICT_LATER, BLAME_CHANNEL, "the user of the access token is suspended" },
    { "M_CONSENT_NOT_GIVEN", VERDICT_LATER, BLAME_CHANNEL, "the user has not agreed to the server's terms" },
    { "M_RESOURCE_LIMIT_EXCEEDED", VERDICT_LATER, BLAME_CHANNEL, "the server has reached a limit of its own" },
    { "M_UNRECOGNIZED", VERDICT_LATER, BLAME_CHANNEL, "no homeserver of Matrix answers at url" },
    { "M_FORBIDDEN", VERDICT_REFUSED, BLAME_PERSON,
      "the user of the access token may not write into that room; was it invited, and did it join?" },
    { "M_NOT_FOUND", VERDICT_REFUSED, BLAME_PERSON, "the server does not know that room" },
    { "M_INVALID_PARAM", VERDICT_REFUSED, BLAME_PERSON, "the server does not take that for a room" },
};

static void judge_error(const struct reply *f, const json_t *answer, struct receipt *r)
{
    const char *code = request_text(answer, "errcode"), *said = request_text(answer, "error");
    if (f->code == 429)
        request_wait(r, json_number_value(json_object_get(answer, "retry_after_ms")) / SECOND);
    for (size_t i = 0; i < sizeof sorts / sizeof sorts[0]; i++)
        if (strcmp(sorts[i].code, code) == 0)
            request_conclude(r, sorts[i].verdict, sorts[i].blame, "%s (HTTP %d %s): %s", sorts[i].why, f->code, code,
                             said);
}

static void judge(const struct channel_options *o, const struct reply *f, struct receipt *r)
{
    (void)o;
    request_judge(f, r);
    if (f->stage != STAGE_DONE)
        return;
    json_t *answer = request_answer(f);
    bool done = *request_text(answer, "event_id") || json_is_object(json_object_get(answer, "joined"));
    if (f->code / 100 == 2 && !done)
        request_conclude(r, VERDICT_UNKNOWN, BLAME_SERVER, "the server's answer is not one of Matrix");
    else if (f->code / 100 != 2 && f->code / 100 != 5)
        judge_error(f, answer, r);
    json_decref(answer);
}

const struct channel_kind channel_matrix = {
    .name = "matrix",
    .chat = true,
    .check = check,
    .address_ok = address_ok,
    .build = build,
    .probe = probe,
    .judge = judge,
};
