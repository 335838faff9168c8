/* For the tests of the chats: what a channel makes of one small letter, and what it concludes from answers. */
#ifndef TESTS_CHAT_CHANNEL_H
#define TESTS_CHAT_CHANNEL_H

#include "base/mem.h"
#include "channel/request.h"
#include "compose/clean.h"
#include "harness/harness.h"

#include <stdio.h>
#include <string.h>

/* A letter with all that chats show, and a name that would be markup in each of them. */
#define LETTER                                                                                                         \
    "# Call *Bo*\n\nSilent for **81 days**, see [the record](https://crm.example/1?a=b&c=d).\n\n## What to say\n\n1. " \
    "Hello\n2. Why?\n"

static inline struct message a_message(const char *address, struct arena *a)
{
    struct message m = { .id = 12,
                         .address = address,
                         .message_id = "n12.3f9c@nordlys.example",
                         .subject = "Bo: 81 days without an order",
                         .claimed_at = 1795377600000 };
    m.bytes = chat_keep("en", "(Shortened.)", LETTER, a);
    m.size = strlen(m.bytes);
    return m;
}

/* The request as one text: "POST url", the headers, a blank line, the body. */
static inline const char *request_as_text(const struct channel_kind *kind, const struct channel_options *o,
                                          const struct message *m, const struct supplies *s, struct arena *a)
{
    struct transfer t = { 0 };
    struct err e = { "" };
    if (!kind->build(o, m, s, a, &t, &e))
        return arena_print(a, "refused: %s", e.text);
    const char *text = arena_print(a, "%s %s\n", t.method, t.url);
    for (const char *const *h = t.headers; h && *h; h++)
        text = arena_print(a, "%s%s\n", text, *h);
    return arena_print(a, "%s\n%.*s", text, (int)t.size, t.bytes);
}

struct judged {
    int status;
    const char *body;
    duration retry_after; /* 0: none */
    enum verdict verdict;
    enum blame blame;
    duration wait;
    const char *why; /* a part of it; NULL: any */
};

static inline void check_judged(const struct channel_kind *kind, const struct judged *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct channel_options o = { .name = kind->name };
        struct reply f = { .stage = STAGE_DONE,
                           .code = rows[i].status,
                           .body = rows[i].body,
                           .body_size = strlen(rows[i].body),
                           .body_begun = true,
                           .body_finished = true,
                           .retry_after = rows[i].retry_after ? rows[i].retry_after : -1 };
        struct receipt r = { .message = 12 };
        kind->judge(&o, &f, &r);
        if (r.verdict != rows[i].verdict || (r.verdict != VERDICT_SENT && r.blame != rows[i].blame) ||
            r.wait != rows[i].wait || (rows[i].why && !strstr(r.why, rows[i].why)))
            test_fail(__FILE__, __LINE__, "%s, HTTP %d %s: verdict %d blame %d wait %lld: %s", kind->name,
                      rows[i].status, rows[i].body, r.verdict, r.blame, (long long)r.wait, r.why);
        CHECK_INT(r.message, 12);
    }
}

/* A letter of that many paragraphs in letters of four sizes, which begins with what would be markup, mentions and code
 * in one chat or another. */
#define HOSTILE                                                                                                        \
    "<!here> <@U012AB3CD> @all @here <at>Bo</at> <b>x</b> *y* _z_ [l](https://evil.example) `c` :smile: $1 \\"

static inline struct message a_hostile_message(const char *address, size_t paragraphs, struct arena *a)
{
    struct message m = a_message(address, a);
    struct buf letter = { 0 };
    buf_add(&letter, "# ");
    escape_add(&letter, HOSTILE, ESCAPE_MARKDOWN);
    for (size_t i = 0; i < paragraphs; i++)
        buf_add(&letter, "\n\n\xe0\xb8\xaa\xe0\xb8\xa7\xe0\xb8\xb1\xe0\xb8\xaa\xe0\xb8\x94\xe0\xb8\xb5 "
                         "\xf0\x9f\x98\x80 \xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82 bl\xc3\xa5");
    m.bytes = chat_keep("th", "(Shortened.)", buf_text(&letter), a);
    m.bytes = arena_copy(a, m.bytes);
    m.size = strlen(m.bytes);
    m.subject = HOSTILE;
    buf_done(&letter);
    return m;
}

/* The JSON that is sent for such a letter; the caller's. What is not JSON, or longer than `most` bytes, fails. */
static inline json_t *hostile_request(const struct channel_kind *kind, const char *address, const char *secret,
                                      size_t paragraphs, size_t most)
{
    struct arena a = { 0 };
    struct channel_options o = { .name = kind->name, .url = "https://chat.example" };
    struct message m = a_hostile_message(address, paragraphs, &a);
    struct transfer t = { 0 };
    struct err e = { "" };
    CHECK_OK(kind->build(&o, &m, &(struct supplies){ .secret = secret }, &a, &t, &e), &e);
    json_error_t wrong;
    json_t *body = json_loadb(t.bytes, t.size, JSON_REJECT_DUPLICATES, &wrong);
    if (!body)
        test_fail(__FILE__, __LINE__, "%s: %s in %.200s", kind->name, wrong.text, t.bytes);
    if (t.size > most)
        test_fail(__FILE__, __LINE__, "%s: %zu bytes are more than %zu", kind->name, t.size, most);
    arena_done(&a);
    return body;
}

/* What every channel over HTTP owes: silence after the request is unknown, none before it is not sent, and strange
 * statuses and bodies crash nothing. */
static inline void check_manners(const struct channel_kind *kind)
{
    static const char *const bodies[] = {
        "", "{}", "[]", "null", "ok", "{\"ok\":1}", "<html>", "\xff\xfe", "{\"ok\":"
    };
    struct channel_options o = { .name = kind->name };
    struct receipt r = { 0 };
    struct reply cut = { .stage = STAGE_ANSWER, .transport = 56, .body_begun = true, .text = "reset", .body = "" };
    struct reply away = { .stage = STAGE_CONNECT, .transport = 7, .text = "no", .body = "" };
    struct reply untrusted = {
        .stage = STAGE_CONNECT, .transport = 60, .misconfigured = true, .text = "no", .body = ""
    };
    kind->judge(&o, &cut, &r);
    CHECK_INT(r.verdict, VERDICT_UNKNOWN);
    kind->judge(&o, &away, &r);
    CHECK_INT(r.verdict, VERDICT_LATER);
    CHECK_INT(r.blame, BLAME_SERVER);
    kind->judge(&o, &untrusted, &r);
    CHECK_INT(r.verdict, VERDICT_LATER);
    CHECK_INT(r.blame, BLAME_CHANNEL);
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        for (int status = 0; status < 600; status++) {
            struct reply f = { .stage = STAGE_DONE, .code = status, .body = bodies[i], .retry_after = -1 };
            f.body_size = strlen(bodies[i]);
            kind->judge(&o, &f, &r);
            if (r.verdict == VERDICT_SENT && status / 100 != 2 && status != 409)
                test_fail(__FILE__, __LINE__, "%s takes HTTP %d for sent", kind->name, status);
            if (status == 503 && r.verdict != VERDICT_LATER)
                test_fail(__FILE__, __LINE__, "%s does not try again after HTTP 503", kind->name);
        }
}

#endif
