/* The channel "teams": a flow of Microsoft Teams' Workflows, "When a Teams webhook request is received". What it takes
 * is told to nobody: 202 says that the flow began, not that the card was shown. */
#include "channel/card.h"
#include "channel/request.h"

#include <string.h>

enum { BODY_MOST = 20000 /* bytes; Teams takes about 28 KB */, TITLE_MOST = 60 };

static void check(const struct channel_options *o, struct complaints *c)
{
    request_check_hook(o, "the address of the flow (Workflows, \"When a Teams webhook request is received\")", c);
}

/* What people log in with. Some say #EXT# for a guest. */
static bool address_ok(const char *address, struct err *e)
{
    const char *at = strchr(address, '@');
    bool clean = !strpbrk(address, " \t\r\n\"<>\\,;:()[]");
    for (const char *p = address; *p; p++)
        clean &= *p > ' ' && *p < 0x7F;
    return (clean && at && at > address && !strchr(at + 1, '@') && strchr(at + 1, '.') && at[1] != '.' &&
            strlen(address) <= 320) ||
           err_set(e, "\"%s\" is nobody in Teams: write what the person logs in with, such as anna@nordlys.example",
                   address);
}

static bool secret_ok(const char *secret, struct err *e)
{
    if (strstr(secret, ".webhook.office.com/") || strstr(secret, "//outlook.office.com/webhook/"))
        return err_set(e, "this is the address of an Office 365 connector, which Microsoft has ended: make a flow in "
                          "Workflows (\"When a Teams webhook request is received\") and write its address");
    return request_hook_ok(secret, "/workflows/", "https://HOST/workflows/...?...&sig=...", e);
}

/* ---- the card ---- */

static json_t *opener(const char *title, const char *url)
{
    json_t *action = json_pack("{s:s, s:s}", "type", "Action.OpenUrl", "url", url);
    if (title)
        json_object_set_new(action, "title", json_string(title));
    return action;
}

/* Runs are plain text, whatever it says; a TextBlock would read Markdown in it. */
static json_t *run_of(const struct card_line *l, const char *text, bool strong)
{
    json_t *run = json_pack("{s:s, s:s}", "type", "TextRun", "text", text);
    if (strong || l->strong)
        json_object_set_new(run, "weight", json_string("Bolder"));
    if (l->kind == CHAT_TITLE)
        json_object_set_new(run, "size", json_string("Large"));
    if (l->url)
        json_object_set_new(run, "selectAction", opener(NULL, l->url));
    return run;
}

static json_t *line_of(const struct card_line *l)
{
    json_t *runs = json_array();
    if (*l->mark)
        json_array_append_new(runs, run_of(l, l->mark, false));
    for (size_t i = 0; i < l->n; i++)
        json_array_append_new(runs, run_of(l, l->runs[i].text, l->runs[i].strong));
    return json_pack("{s:s, s:s, s:o}", "type", "RichTextBlock", "spacing", l->apart ? "Medium" : "Small", "inlines",
                     runs);
}

static json_t *card_json(const struct chat *c, const char *subject, struct arena *a)
{
    struct card card = card_of(c, a);
    json_t *lines = json_array();
    for (size_t i = 0; i < card.n; i++)
        json_array_append_new(lines, line_of(&card.lines[i]));
    json_t *json =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:{s:s}, s:o}", "$schema",
                  "http://adaptivecards.io/schemas/adaptive-card.json", "type", "AdaptiveCard", "version", "1.4",
                  "fallbackText", subject, "lang", c->language, "msteams", "width", "Full", "body", lines);
    if (card.url)
        json_object_set_new(
            json, "actions",
            json_pack("[o]", opener(chat_clip(card.label, c->language, TITLE_MOST, CHAT_CHARACTERS, a), card.url)));
    return json;
}

static json_t *body_of(const struct chat *c, const void *context, struct arena *a)
{
    const struct message *m = context;
    return json_pack("{s:s, s:s, s:s, s:[{s:s, s:n, s:o}]}", "type", "message", "to", m->address, "summary", m->subject,
                     "attachments", "contentType", "application/vnd.microsoft.card.adaptive", "contentUrl", "content",
                     card_json(c, m->subject, a));
}

static bool build(const struct channel_options *o, const struct message *m, const struct supplies *s, struct arena *a,
                  struct transfer *out, struct err *e)
{
    struct chat chat;
    if (!address_ok(m->address, e) || !request_chat(m, a, &chat, e))
        return false;
    request_post(o, s->secret, request_fitted(&chat, BODY_MOST, body_of, m, a), a, out);
    return true;
}

/* ---- the answer ---- */

static void judge_error(const struct reply *f, const json_t *answer, struct receipt *r)
{
    const char *code = request_text(answer, "error.code"), *said = request_text(answer, "error.message");
    if (f->code == 404 || strncmp(code, "Workflow", 8) == 0)
        request_conclude(r, VERDICT_LATER, BLAME_CHANNEL, "the flow is gone or switched off (HTTP %d %s): %s", f->code,
                         code, said);
    else if (f->code == 401 || f->code == 403)
        request_conclude(r, VERDICT_LATER, BLAME_CHANNEL,
                         "the flow does not take this address; may anyone start it, and was the whole address copied? "
                         "(HTTP %d %s): %s",
                         f->code, code, said);
}

static void judge(const struct channel_options *o, const struct reply *f, struct receipt *r)
{
    (void)o;
    request_judge(f, r);
    if (f->stage != STAGE_DONE || f->code / 100 != 4 || f->code == 429)
        return;
    json_t *answer = request_answer(f);
    if (*request_text(answer, "error.code"))
        judge_error(f, answer, r);
    json_decref(answer);
}

const struct channel_kind channel_teams = {
    .name = "teams",
    .gap = SECOND / 4, /* four a second for each flow */
    .chat = true,
    .check = check,
    .address_ok = address_ok,
    .secret_ok = secret_ok,
    .build = build,
    .judge = judge,
};
