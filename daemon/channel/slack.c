/* The channel "slack": chat.postMessage with a bot's token, or an incoming webhook, whose address is the secret and
 * which writes to one place only. */
#include "channel/request.h"

#include <string.h>

static const char base[] = "https://slack.com";

enum {
    TEXT_MOST = 3000,   /* characters of the plain form, for notifications */
    LETTER_MOST = 9000, /* characters of all blocks; Slack takes about 13,000 */
    BLOCK_MOST = 3000,  /* characters of one block */
    BLOCKS_MOST = 48,   /* of 50 */
    HEADER_MOST = 150
};

static void check(const struct channel_options *o, struct complaints *c)
{
    request_check(o, base, "the bot's token (xoxb-...), or the address of an incoming webhook,", c);
}

static bool address_ok(const char *address, struct err *e)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    size_t n = strlen(address);
    return (n >= 9 && n <= 30 && strchr("UWCGD", *address) && strspn(address, letters) == n) ||
           err_set(
               e,
               "\"%s\" is no id of Slack: write the member ID (in the person's profile, under ...: Copy member ID), "
               "such as U012AB3CD, or a channel's C...",
               address);
}

static bool is_token(const char *secret)
{
    return strncmp(secret, "xoxb-", 5) == 0;
}

static bool secret_ok(const char *secret, struct err *e)
{
    return is_token(secret) ||
           request_hook_ok(secret, "/services/",
                           "xoxb-... (a bot's token) or https://hooks.slack.com/services/T.../B.../...", e);
}

/* ---- the letter ---- */

/* Where names, channels and links are written as <...> (docs.slack.dev, "Escaping text"). */
static void add_escaped(struct buf *out, const char *text)
{
    for (; *text; text++)
        if (*text == '&')
            buf_add(out, "&amp;");
        else if (*text == '<')
            buf_add(out, "&lt;");
        else if (*text == '>')
            buf_add(out, "&gt;");
        else
            buf_add_char(out, *text);
}

static const struct chat_markup plain = { "", "", add_escaped, NULL, "\xE2\x80\xA2 ", "\n" };

/* Elements of rich text are data: nothing in them is read as markup, a mention or an emoji. */
static json_t *element_of(const struct chat_run *run, bool strong)
{
    json_t *element = run->url ? json_pack("{s:s, s:s, s:s}", "type", "link", "url", run->url, "text", run->text)
                               : json_pack("{s:s, s:s}", "type", "text", "text", run->text);
    if ((strong || run->strong) && *run->text != '\n')
        json_object_set_new(element, "style", json_pack("{s:b}", "bold", 1));
    return element;
}

static json_t *section(const char *type)
{
    return json_pack("{s:s, s:[]}", "type", type, "elements");
}

static void add_runs(json_t *to, const struct chat_block *b)
{
    for (size_t i = 0; i < b->n; i++)
        json_array_append_new(json_object_get(to, "elements"),
                              element_of(&b->runs[i], b->kind == CHAT_HEADING || b->kind == CHAT_TITLE));
}

/* The blocks of Block Kit while they are made. */
struct blocks {
    json_t *all;
    json_t *elements;    /* of the rich text that is being written */
    json_t *last;        /* of these */
    enum chat_kind kind; /* of what was written last */
    bool ordered;        /* the list that was */
    size_t size;         /* characters of the block */
};

static void begin_block(struct blocks *w)
{
    json_t *block = section("rich_text");
    json_array_append_new(w->all, block);
    w->elements = json_object_get(block, "elements");
    w->last = NULL;
    w->size = 0;
}

static json_t *append(struct blocks *w, json_t *element)
{
    json_array_append_new(w->elements, element);
    w->last = element;
    return element;
}

static void add_item(struct blocks *w, const struct chat_block *b)
{
    bool ordered = b->number > 0;
    if (!w->last || w->kind != CHAT_ITEM || w->ordered != ordered) {
        json_t *list = append(w, section("rich_text_list"));
        json_object_set_new(list, "style", json_string(ordered ? "ordered" : "bullet"));
        if (b->number > 1)
            json_object_set_new(list, "offset", json_integer(b->number - 1));
        w->ordered = ordered;
    }
    json_t *item = section("rich_text_section");
    add_runs(item, b);
    json_array_append_new(json_object_get(w->last, "elements"), item);
}

/* What follows a section in the same block goes on in it, on a new line. */
static void add_text(struct blocks *w, const struct chat_block *b)
{
    static const struct chat_run line = { .text = "\n" };
    if (b->kind == CHAT_QUOTE)
        append(w, section("rich_text_quote"));
    else if (!w->last || w->kind == CHAT_ITEM || w->kind == CHAT_QUOTE)
        append(w, section("rich_text_section"));
    else
        json_array_append_new(json_object_get(w->last, "elements"), element_of(&line, false));
    add_runs(w->last, b);
}

static void add_block(struct blocks *w, const struct chat_block *b, bool close, struct arena *a)
{
    const char *text = chat_block_text(b, a);
    size_t size = chat_length(text, CHAT_CHARACTERS);
    if (b->kind == CHAT_TITLE && size <= HEADER_MOST && !strchr(text, '\n')) {
        json_array_append_new(w->all, json_pack("{s:s, s:{s:s, s:s, s:b}}", "type", "header", "text", "type",
                                                "plain_text", "text", text, "emoji", 0));
        w->elements = NULL;
        return;
    }
    if (!w->elements || ((!close || w->size + size > BLOCK_MOST) && json_array_size(w->all) < BLOCKS_MOST))
        begin_block(w);
    if (b->kind == CHAT_ITEM)
        add_item(w, b);
    else
        add_text(w, b);
    w->kind = b->kind;
    w->size += size;
}

static json_t *blocks_of(const struct chat *c, struct arena *a)
{
    struct blocks w = { .all = json_array() };
    struct chat cut = chat_cut(c, LETTER_MOST, a);
    for (size_t i = 0; i < cut.n; i++) {
        const struct chat_block *b = &cut.blocks[i];
        bool close = i > 0 && (b[-1].kind == CHAT_HEADING || (b->kind == CHAT_ITEM && b[-1].kind == CHAT_ITEM));
        add_block(&w, b, close, a);
    }
    return w.all;
}

/* ---- the request ---- */

static bool build(const struct channel_options *o, const struct message *m, const struct supplies *s, struct arena *a,
                  struct transfer *out, struct err *e)
{
    struct chat chat;
    if (!address_ok(m->address, e) || !request_chat(m, a, &chat, e))
        return false;
    json_t *body =
        json_pack("{s:s, s:o, s:b, s:b, s:b}", "text", chat_write(&chat, &plain, TEXT_MOST, CHAT_CHARACTERS, a),
                  "blocks", blocks_of(&chat, a), "mrkdwn", 0, "unfurl_links", 0, "unfurl_media", 0);
    if (!is_token(s->secret)) {
        request_post(o, s->secret, body, a, out);
        return true;
    }
    json_object_set_new(body, "channel", json_string(m->address));
    request_post(o, arena_print(a, "%s/api/chat.postMessage", request_base(o, base, a)), body, a, out);
    request_header(out, a, "Authorization: Bearer %s", s->secret);
    return true;
}

/* ---- the answer ---- */

/* What Slack calls its errors, in JSON of status 200 or as the text of a webhook's 4xx. What is not here is about this
 * message only. */
static const struct sort {
    const char *code;
    enum verdict verdict;
    enum blame blame;
} sorts[] = {
    { "channel_not_found", VERDICT_REFUSED, BLAME_PERSON },
    { "user_not_found", VERDICT_REFUSED, BLAME_PERSON },
    { "users_not_found", VERDICT_REFUSED, BLAME_PERSON },
    { "not_in_channel", VERDICT_REFUSED, BLAME_PERSON },
    { "is_archived", VERDICT_REFUSED, BLAME_PERSON },
    { "cannot_dm_bot", VERDICT_REFUSED, BLAME_PERSON },
    { "user_disabled", VERDICT_REFUSED, BLAME_PERSON },
    { "messages_tab_disabled", VERDICT_REFUSED, BLAME_PERSON },
    { "restricted_action", VERDICT_REFUSED, BLAME_PERSON },
    { "restricted_action_read_only_channel", VERDICT_REFUSED, BLAME_PERSON },
    { "invalid_auth", VERDICT_LATER, BLAME_CHANNEL },
    { "not_authed", VERDICT_LATER, BLAME_CHANNEL },
    { "account_inactive", VERDICT_LATER, BLAME_CHANNEL },
    { "token_revoked", VERDICT_LATER, BLAME_CHANNEL },
    { "token_expired", VERDICT_LATER, BLAME_CHANNEL },
    { "no_permission", VERDICT_LATER, BLAME_CHANNEL },
    { "missing_scope", VERDICT_LATER, BLAME_CHANNEL },
    { "not_allowed_token_type", VERDICT_LATER, BLAME_CHANNEL },
    { "ekm_access_denied", VERDICT_LATER, BLAME_CHANNEL },
    { "org_login_required", VERDICT_LATER, BLAME_CHANNEL },
    { "team_access_not_granted", VERDICT_LATER, BLAME_CHANNEL },
    { "access_denied", VERDICT_LATER, BLAME_CHANNEL },
    { "accesslimited", VERDICT_LATER, BLAME_CHANNEL },
    { "no_service", VERDICT_LATER, BLAME_CHANNEL },
    { "no_service_id", VERDICT_LATER, BLAME_CHANNEL },
    { "no_team", VERDICT_LATER, BLAME_CHANNEL },
    { "no_active_hooks", VERDICT_LATER, BLAME_CHANNEL },
    { "team_disabled", VERDICT_LATER, BLAME_CHANNEL },
    { "invalid_token", VERDICT_LATER, BLAME_CHANNEL },
    { "action_prohibited", VERDICT_LATER, BLAME_CHANNEL },
    { "channel_is_archived", VERDICT_LATER, BLAME_CHANNEL },
    { "posting_to_general_channel_denied", VERDICT_LATER, BLAME_CHANNEL },
    { "ratelimited", VERDICT_LATER, BLAME_SERVER },
    { "rate_limited", VERDICT_LATER, BLAME_SERVER },
    { "message_limit_exceeded", VERDICT_LATER, BLAME_SERVER },
    { "service_unavailable", VERDICT_LATER, BLAME_SERVER },
    { "request_timeout", VERDICT_LATER, BLAME_SERVER },
    { "team_added_to_org", VERDICT_LATER, BLAME_SERVER },
    { "rollup_error", VERDICT_LATER, BLAME_SERVER },
    /* Part of the work may have been done. */
    { "internal_error", VERDICT_UNKNOWN, BLAME_SERVER },
    { "fatal_error", VERDICT_UNKNOWN, BLAME_SERVER },
};

/* A webhook writes to one place: what is wrong with it is wrong for everybody. */
static void judge_error(const char *code, const char *more, bool hook, struct receipt *r)
{
    struct sort s = { code, VERDICT_REFUSED, BLAME_MESSAGE };
    for (size_t i = 0; i < sizeof sorts / sizeof sorts[0]; i++)
        if (strcmp(sorts[i].code, code) == 0)
            s = sorts[i];
    if (hook && s.blame == BLAME_PERSON)
        s = (struct sort){ code, VERDICT_LATER, BLAME_CHANNEL };
    request_conclude(r, s.verdict, s.blame, "Slack says %s%s%s", code, *more ? ", needed: " : "", more);
}

static bool is_code(const char *text)
{
    size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz_");
    return n > 3 && n < 60 && !text[n];
}

static void judge(const struct channel_options *o, const struct reply *f, struct receipt *r)
{
    (void)o;
    request_judge(f, r);
    if (f->stage != STAGE_DONE || f->code == 429 || (f->code >= 502 && f->code <= 504))
        return;
    json_t *answer = request_answer(f);
    const char *error = request_text(answer, "error"), *text = f->body ? f->body : "";
    bool done = strcmp(text, "ok") == 0 || json_is_true(json_object_get(answer, "ok"));
    if (*error)
        judge_error(error, request_text(answer, "needed"), false, r);
    else if (f->code / 100 != 2 && is_code(text))
        judge_error(text, "", true, r);
    else if (f->code / 100 == 2 && !done)
        request_conclude(r, VERDICT_UNKNOWN, BLAME_SERVER, "the server's answer is not Slack's");
    json_decref(answer);
}

const struct channel_kind channel_slack = {
    .name = "slack",
    .base = base,
    .gap = SECOND, /* one a second for each channel */
    .chat = true,
    .check = check,
    .address_ok = address_ok,
    .secret_ok = secret_ok,
    .build = build,
    .judge = judge,
};
