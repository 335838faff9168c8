#include "channel/request.h"

#include "post/words.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HEADERS_MOST = 12 };

/* As long as RFC 9110 allows, but no server keeps us silent for more than this. */
static const duration longest_wait = 6 * HOUR;

static bool begins(const char *text, const char *with)
{
    return strncasecmp(text, with, strlen(with)) == 0;
}

static const char *const web[] = { "https://", "http://", NULL };

/* A scheme, a host that is not empty, and nothing that curl or a log could read in another way. */
static bool address_good(const char *url, const char *const *schemes)
{
    for (; *schemes; schemes++)
        if (begins(url, *schemes)) {
            const char *host = url + strlen(*schemes);
            return host[0] && !strchr("/?#:@", host[0]) && !strpbrk(url, " \t\r\n\"<>\\") &&
                   !memchr(host, '@', strcspn(host, "/?#"));
        }
    return false;
}

void request_check(const struct channel_options *o, const char *base, const char *needs, struct complaints *c)
{
    static const char *const proxies[] = { "http://", "https://", "socks5://", "socks5h://", NULL };
    const char *file = o->place.file;
    int line = o->place.line;
    if (!o->url && !base)
        complain(c, file, line, "channel %s: url is missing: write url = \"https://...\"", o->name);
    if (o->url && !address_good(o->url, web))
        complain(c, file, line, "channel %s: url \"%s\" is no address: write https://HOST, without a name or password",
                 o->name, o->url);
    if (o->proxy && !address_good(o->proxy, proxies))
        complain(
            c, file, line,
            "channel %s: proxy \"%s\" is no address: write http://HOST:PORT or socks5h://HOST:PORT, without a name "
            "or password",
            o->name, o->proxy);
    if (needs && !o->secret_file)
        complain(c, file, line, "channel %s: secret_file is missing: write %s into a file and name it here", o->name,
                 needs);
}

void request_check_hook(const struct channel_options *o, const char *needs, struct complaints *c)
{
    request_check(o, "", needs, c);
    if (o->url)
        complain(c, o->place.file, o->place.line,
                 "channel %s: url is not used: the whole address is what secret_file holds", o->name);
}

bool request_hook_ok(const char *secret, const char *part, const char *like, struct err *e)
{
    return (address_good(secret, web) && strstr(secret, part)) ||
           err_set(e, "this is not the address of a webhook: it looks like %s", like);
}

const char *request_base(const struct channel_options *o, const char *base, struct arena *a)
{
    char *url = arena_copy(a, o->url ? o->url : base);
    size_t size = strlen(url);
    while (size && url[size - 1] == '/')
        url[--size] = '\0';
    return url;
}

void request_post(const struct channel_options *o, const char *url, json_t *body, struct arena *a, struct transfer *out)
{
    char *text = json_dumps(body, JSON_COMPACT);
    json_decref(body);
    *out = (struct transfer){
        .kind = TRANSFER_HTTP, .url = url, .method = "POST", .ca_file = o->ca_file, .proxy = o->proxy
    };
    out->bytes = arena_copy(a, text ? text : "");
    out->size = strlen(out->bytes);
    free(text);
    request_header(out, a, "Content-Type: application/json");
}

void request_get(const struct channel_options *o, const char *url, struct arena *a, struct transfer *out)
{
    *out = (struct transfer){
        .kind = TRANSFER_HTTP, .url = url, .method = "GET", .ca_file = o->ca_file, .proxy = o->proxy, .repeatable = true
    };
    request_header(out, a, "Accept: application/json");
}

static size_t json_size(const json_t *body)
{
    return json_dumpb(body, NULL, 0, JSON_COMPACT);
}

json_t *request_fitted(const struct chat *c, size_t most, request_maker *make, const void *context, struct arena *a)
{
    json_t *whole = make(c, context, a);
    if (json_size(whole) <= most)
        return whole;
    size_t least = 0, room = most;
    json_decref(whole);
    struct chat cut = chat_cut(c, 0, a);
    json_t *best = make(&cut, context, a);
    while (least < room) {
        size_t middle = (least + room + 1) / 2;
        cut = chat_cut(c, middle, a);
        json_t *longer = make(&cut, context, a);
        bool fits = json_size(longer) <= most;
        json_decref(fits ? best : longer);
        best = fits ? longer : best;
        least = fits ? middle : least;
        room = fits ? room : middle - 1;
    }
    return best;
}

void request_header(struct transfer *t, struct arena *a, const char *format, ...)
{
    char line[4096];
    size_t n = 0;
    va_list rest;
    const char **headers = (const char **)t->headers;
    if (!headers)
        t->headers = headers = arena_new(a, (HEADERS_MOST + 1) * sizeof *headers);
    while (headers[n])
        n++;
    va_start(rest, format);
    vsnprintf(line, sizeof line, format, rest);
    va_end(rest);
    line[strcspn(line, "\r\n")] = '\0'; /* one header, whatever was put into it */
    if (n < HEADERS_MOST)
        headers[n] = arena_copy(a, line);
}

const char *request_hook(const struct channel_options *o, const char *base, const char *own, const struct supplies *s,
                         struct arena *a, struct err *e)
{
    if (!own == !!s->secret)
        return own ? arena_print(a, "%s/%s", request_base(o, base, a), own) : s->secret;
    err_set(e, "%s",
            own ? "the address is a webhook of its own, but secret_file names one for all: write who is mentioned there"
                : "a user is mentioned where the webhook in secret_file writes to: there is no secret_file");
    return NULL;
}

bool request_chat(const struct message *m, struct arena *a, struct chat *out, struct err *e)
{
    return m->bytes ? chat_read(m->bytes, m->size, a, out, e) : err_set(e, "the message has no text");
}

const char *request_escaped(const char *text, struct arena *a)
{
    char *out = arena_new(a, 3 * strlen(text) + 1), *end = out;
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (isalnum(c) || strchr("-._~", c))
            *end++ = (char)c;
        else
            end += sprintf(end, "%%%02X", c);
    }
    return out;
}

void request_wait(struct receipt *r, double seconds)
{
    double most = (double)longest_wait / SECOND;
    if (seconds > 0 && seconds * SECOND > (double)r->wait)
        r->wait = seconds < most ? (duration)(seconds * SECOND + 0.5) : longest_wait;
}

json_t *request_answer(const struct reply *f)
{
    return f->body ? json_loadb(f->body, f->body_size, JSON_REJECT_DUPLICATES, NULL) : NULL;
}

const json_t *request_find(const json_t *answer, const char *path)
{
    while (answer && *path) {
        char name[64];
        size_t size = strcspn(path, ".");
        snprintf(name, sizeof name, "%.*s", (int)size, path);
        answer =
            json_is_array(answer) ? json_array_get(answer, strtoul(name, NULL, 10)) : json_object_get(answer, name);
        path += size + (path[size] == '.');
    }
    return answer;
}

const char *request_text(const json_t *answer, const char *path)
{
    const char *text = json_string_value(request_find(answer, path));
    return text ? text : "";
}

void request_conclude(struct receipt *r, enum verdict v, enum blame b, const char *format, ...)
{
    char text[1024];
    va_list rest;
    va_start(rest, format);
    vsnprintf(text, sizeof text, format, rest);
    va_end(rest);
    r->verdict = v;
    r->blame = b;
    r->why[0] = '\0';
    words_append(r->why, sizeof r->why, text, strlen(text));
}

/* The first line of an answer's body, as long as it is text. */
static const char *first_line(const struct reply *f, char out[160])
{
    const char *body = f->body ? f->body + strspn(f->body, " \r\n\t") : "";
    snprintf(out, 160, "%.*s", (int)strcspn(body, "\r\n"), body);
    return out;
}

static void judge_status(const struct reply *f, struct receipt *r)
{
    char line[160];
    const char *said = first_line(f, line), *between = *said ? ": " : "";
    int s = f->code;
    if (s / 100 == 2)
        request_conclude(r, VERDICT_SENT, BLAME_MESSAGE, "%s", "");
    else if (s / 100 == 3)
        request_conclude(r, VERDICT_LATER, BLAME_CHANNEL,
                         "the server sends us elsewhere (HTTP %d), which is not followed: write the right url", s);
    else if (s == 429)
        request_conclude(r, VERDICT_LATER, BLAME_SERVER, "too many at once (HTTP 429)%s%s", between, said);
    else if (s == 408 || s == 425 || s >= 500)
        request_conclude(r, VERDICT_LATER, BLAME_SERVER, "HTTP %d%s%s", s, between, said);
    else if (s == 401 || s == 403)
        request_conclude(r, VERDICT_LATER, BLAME_CHANNEL, "the secret in secret_file was refused (HTTP %d)%s%s", s,
                         between, said);
    else if (s == 404 || s == 410)
        request_conclude(r, VERDICT_LATER, BLAME_CHANNEL, "there is nothing at this address (HTTP %d)%s%s", s, between,
                         said);
    else
        request_conclude(r, VERDICT_REFUSED, BLAME_MESSAGE, "HTTP %d%s%s", s, between, said);
}

void request_judge(const struct reply *f, struct receipt *r)
{
    r->at_once = false;
    r->wait = f->retry_after > longest_wait ? longest_wait : f->retry_after > 0 ? f->retry_after : 0;
    r->code[0] = '\0';
    if (f->code)
        snprintf(r->code, sizeof r->code, "HTTP %d", f->code);
    else if (f->transport)
        snprintf(r->code, sizeof r->code, "exit %d", f->transport);
    if (f->stage == STAGE_DONE)
        judge_status(f, r);
    else if (!f->body_begun)
        request_conclude(r, VERDICT_LATER, f->misconfigured ? BLAME_CHANNEL : BLAME_SERVER, "%s", f->text);
    else
        request_conclude(r, VERDICT_UNKNOWN, BLAME_SERVER, "the request was sent, but no whole answer came: %s",
                         f->text);
}
