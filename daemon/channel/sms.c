/* The channel "sms": a provider that is described in the settings, since there is no API that they share. */
#include "channel/request.h"
#include "channel/sms_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Where a value stands decides how it is written there. */
enum spot { SPOT_HEADER, SPOT_FORM, SPOT_JSON };

struct blank {
    const char *name, *value;
};

enum { BLANKS = 5 };

static const char *json_escaped(const char *value, struct arena *a)
{
    json_t *text = json_string(value);
    char *quoted = json_dumps(text, JSON_ENCODE_ANY);
    const char *result = quoted ? arena_copy_bytes(a, quoted + 1, strlen(quoted) - 2) : "";
    free(quoted);
    json_decref(text);
    return result;
}

static const char *written(const char *value, enum spot spot, struct arena *a)
{
    switch (spot) {
    case SPOT_HEADER:
        return value;
    case SPOT_FORM:
        return request_escaped(value, a);
    case SPOT_JSON:
        return json_escaped(value, a);
    }
    return "";
}

/* The blank that begins at `p`; its size is that of "{{name}}". */
static const struct blank *blank_at(const char *p, const struct blank *blanks, size_t *size)
{
    const char *end = strncmp(p, "{{", 2) == 0 ? strstr(p, "}}") : NULL;
    for (size_t i = 0; end && i < BLANKS; i++)
        if (strlen(blanks[i].name) == (size_t)(end - p - 2) &&
            strncmp(blanks[i].name, p + 2, (size_t)(end - p - 2)) == 0) {
            *size = (size_t)(end + 2 - p);
            return &blanks[i];
        }
    return NULL;
}

static const char *filled(const char *form, const struct blank *blanks, enum spot spot, struct arena *a)
{
    struct buf out = { 0 };
    for (size_t size; *form; form += size) {
        const struct blank *b = blank_at(form, blanks, &size);
        if (!b)
            size = 1;
        buf_add_bytes(&out, b ? "" : form, b ? 0 : 1);
        buf_add(&out, b ? written(b->value, spot, a) : "");
    }
    const char *result = arena_copy(a, buf_text(&out));
    buf_done(&out);
    return result;
}

static const struct blank no_values[BLANKS] = {
    { "to", "" }, { "to_digits", "" }, { "text", "" }, { "id", "" }, { "secret", "" }
};

/* ---- settings ---- */

/* "200-299 messages.0.status=0" */
struct success {
    int from, to;
    char path[200], value[200];
    bool has_value;
};

static bool read_success(const char *text, struct success *s)
{
    int n = 0, rest = 0;
    *s = (struct success){ .from = 200, .to = 299 };
    if (!text)
        return true;
    if (sscanf(text, "%3d-%3d%n", &s->from, &s->to, &n) != 2) {
        if (sscanf(text, "%3d%n", &s->from, &n) != 1)
            return false;
        s->to = s->from;
    }
    text += n;
    if (*text && sscanf(text, " %199[^ =]%n", s->path, &rest) != 1)
        return false;
    text += rest;
    s->has_value = *text == '=';
    snprintf(s->value, sizeof s->value, "%s", s->has_value ? text + 1 : "");
    return s->from >= 100 && s->to <= 599 && s->from <= s->to && (!*text || s->has_value);
}

static void check_form(const struct channel_options *o, const char *what, const char *form, struct complaints *c)
{
    size_t size;
    for (const char *p = form; p && (p = strstr(p, "{{")); p += 2) {
        const struct blank *b = blank_at(p, no_values, &size);
        if (!b)
            complain(c, o->place.file, o->place.line,
                     "channel %s: %s has \"%.20s\"; there are {{to}}, {{to_digits}}, {{text}}, {{id}} and {{secret}}",
                     o->name, what, p);
        else if (strcmp(b->name, "secret") == 0 && !o->secret_file)
            complain(c, o->place.file, o->place.line,
                     "channel %s: %s has {{secret}}: write what it is into a file and name that as secret_file",
                     o->name, what);
    }
}

static void check(const struct channel_options *o, struct complaints *c)
{
    struct success s;
    const char *file = o->place.file, *places = o->body ? o->body : "";
    int line = o->place.line;
    request_check(o, NULL, NULL, c);
    check_form(o, "url", o->url, c);
    check_form(o, "body", o->body, c);
    for (size_t i = 0; i < o->headers.n; i++) {
        const char *colon = strchr(o->headers.rows[i], ':');
        check_form(o, "headers", o->headers.rows[i], c);
        if (!colon || colon == o->headers.rows[i] ||
            strcspn(o->headers.rows[i], " \t") < (size_t)(colon - o->headers.rows[i]))
            complain(c, file, line, "channel %s: \"%s\" is no header: write \"Name: value\"", o->name,
                     o->headers.rows[i]);
    }
    if (o->body && o->method == METHOD_GET)
        complain(c, file, line, "channel %s: method is \"GET\", which has no body: write it into url, behind a ?",
                 o->name);
    if (o->url && !strstr(o->url, "{{text}}") && !strstr(places, "{{text}}"))
        complain(c, file, line, "channel %s: neither url nor body has {{text}}: nobody would read anything", o->name);
    if (o->url && !strstr(o->url, "{{to") && !strstr(places, "{{to"))
        complain(c, file, line, "channel %s: neither url nor body has {{to}}: it would reach nobody", o->name);
    if (!read_success(o->success, &s))
        complain(c, file, line,
                 "channel %s: success = \"%s\" cannot be read: write statuses, then what the answer's JSON must have: "
                 "\"200-299 messages.0.status=0\"",
                 o->name, o->success);
}

static bool address_ok(const char *address, struct err *e)
{
    size_t n = *address == '+' && address[1] != '0' ? strspn(address + 1, "0123456789") : 0;
    return (n >= 7 && n <= 15 && !address[n + 1]) ||
           err_set(e, "\"%s\" is no number of a telephone: write + and the number with its country, digits only",
                   address);
}

/* ---- request ---- */

static bool has_header(const struct channel_options *o, const char *name, const char *with)
{
    for (size_t i = 0; i < o->headers.n; i++)
        if (strncasecmp(o->headers.rows[i], name, strlen(name)) == 0 && (!with || strcasestr(o->headers.rows[i], with)))
            return true;
    return false;
}

static bool build(const struct channel_options *o, const struct message *m, const struct supplies *s, struct arena *a,
                  struct transfer *out, struct err *e)
{
    static const char *const methods[] = { [METHOD_POST] = "POST", [METHOD_GET] = "GET", [METHOD_PUT] = "PUT" };
    struct chat chat;
    if (!address_ok(m->address, e) || !request_chat(m, a, &chat, e))
        return false;
    struct sms_text sms = sms_text_fit(&chat, (size_t)(o->most_parts > 0 ? o->most_parts : 1), a);
    const struct blank blanks[BLANKS] = { { "to", m->address },
                                          { "to_digits", m->address + 1 },
                                          { "text", sms.text },
                                          { "id", m->message_id },
                                          { "secret", s->secret ? s->secret : "" } };
    bool typed = has_header(o, "Content-Type:", NULL), given = o->body && o->method != METHOD_GET;
    bool json =
        typed ? has_header(o, "Content-Type:", "json") : given && strchr("{[", o->body[strspn(o->body, " \n\t")]);
    *out = (struct transfer){
        .kind = TRANSFER_HTTP, .method = methods[o->method], .ca_file = o->ca_file, .proxy = o->proxy
    };
    out->url = filled(o->url, blanks, SPOT_FORM, a);
    if (o->method != METHOD_GET) {
        out->bytes = given ? filled(o->body, blanks, json ? SPOT_JSON : SPOT_FORM, a) : "";
        out->size = strlen(out->bytes);
    }
    if (given && !typed)
        request_header(out, a, "Content-Type: %s", json ? "application/json" : "application/x-www-form-urlencoded");
    for (size_t i = 0; i < o->headers.n; i++)
        request_header(out, a, "%s", filled(o->headers.rows[i], blanks, SPOT_HEADER, a));
    out->note = arena_print(a, "%zu part%s (%s)", sms.parts, sms.parts == 1 ? "" : "s", sms.gsm ? "GSM-7" : "UCS-2");
    return true;
}

/* ---- answer ---- */

/* A text, a number, true or false; NULL: nothing of the kind. */
static const char *scalar(const json_t *value, char out[200])
{
    if (json_is_string(value))
        snprintf(out, 200, "%s", json_string_value(value));
    else if (json_is_integer(value))
        snprintf(out, 200, "%lld", (long long)json_integer_value(value));
    else if (json_is_real(value))
        snprintf(out, 200, "%g", json_real_value(value));
    else if (json_is_boolean(value))
        snprintf(out, 200, "%s", json_is_true(value) ? "true" : "false");
    else
        return NULL;
    return out;
}

static void judge_answer(const struct success *s, const struct reply *f, struct receipt *r)
{
    char text[200];
    json_t *answer = request_answer(f);
    const json_t *found = request_find(answer, s->path);
    const char *is = scalar(found, text);
    bool right =
        s->has_value ? is && strcmp(is, s->value) == 0 : found && !json_is_null(found) && !json_is_false(found);
    if (right)
        request_conclude(r, VERDICT_SENT, BLAME_MESSAGE, "%s", "");
    else if (!answer)
        request_conclude(r, VERDICT_UNKNOWN, BLAME_SERVER,
                         "HTTP %d, but the answer is no JSON, where success looks for %s", f->code, s->path);
    else
        request_conclude(r, VERDICT_REFUSED, BLAME_MESSAGE, "HTTP %d, but %s is %s: %s", f->code, s->path,
                         is ? is : "missing", f->body);
    json_decref(answer);
}

static void judge(const struct channel_options *o, const struct reply *f, struct receipt *r)
{
    struct success s;
    request_judge(f, r);
    if (f->stage != STAGE_DONE || !read_success(o->success, &s))
        return;
    bool within = f->code >= s.from && f->code <= s.to;
    if (within && *s.path)
        judge_answer(&s, f, r);
    else if (within)
        request_conclude(r, VERDICT_SENT, BLAME_MESSAGE, "%s", "");
    else if (f->code / 100 == 2)
        request_conclude(r, VERDICT_UNKNOWN, BLAME_SERVER, "HTTP %d is not among the statuses of success", f->code);
    else if (f->code == 402)
        request_conclude(r, VERDICT_LATER, BLAME_CHANNEL, "the provider wants to be paid (HTTP 402): %s", f->body);
}

const struct channel_kind channel_sms = {
    .name = "sms",
    .chat = true,
    .check = check,
    .address_ok = address_ok,
    .build = build,
    .judge = judge,
};
