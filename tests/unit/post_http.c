/* HTTP as the courier of a chat speaks it: what left, what came, what is certain. */
#include "harness/harness.h"
#include "smtp_server.h"

#include "base/courier.h"
#include "post/post.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct session *session;
static char base[64], path[200];

static void begin(const char *arguments)
{
    struct err e;
    static bool once;
    if (!once)
        CHECK_OK(post_init(&e), &e);
    once = true;
    session_free(session);
    session = session_new();
    snprintf(base, sizeof base, "%s", http_server(arguments));
}

static struct transfer post_to(const char *where, const char *body)
{
    snprintf(path, sizeof path, "%s%s", base, where);
    return (struct transfer){ .kind = TRANSFER_HTTP,
                              .url = path,
                              .method = "POST",
                              .bytes = body,
                              .size = strlen(body),
                              .connect_patience = 5 * SECOND,
                              .reply_patience = 5 * SECOND };
}

static struct reply run(const struct transfer *t)
{
    struct reply r;
    session_run(session, t, &r);
    return r;
}

/* From now on the server answers every request to /x so. */
static void script(const char *action)
{
    char rules[400];
    snprintf(rules, sizeof rules, "{\"rules\": [\"/x=%s\"]}", action);
    struct transfer t = post_to("/_rules", rules);
    CHECK_INT(run(&t).code, 200);
}

static struct reply answered(const char *action)
{
    script(action);
    struct transfer t = post_to("/x", "{}");
    return run(&t);
}

TEST(a_server_says_in_many_ways_when_to_come_again)
{
    static const struct {
        const char *said;
        duration least, most;
    } rows[] = {
        { "429;Retry-After: 7:", 7000, 7000 },
        { "429;Retry-After: 0.25:", 250, 250 },
        { "429;Retry-After: -5:", 0, 0 }, /* of the script: the date of five seconds ago */
        { "429;Retry-After: +60:", 55000, 60000 },
        { "429;Retry-After: 99999999999999999999:", 1000000000, 1000000000 },
        { "429;Retry-After: soon:", -1, -1 },
        { "429;Retry-After: nan:", -1, -1 },
        { "503", -1, -1 },
    };
    begin("");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct reply r = answered(rows[i].said);
        CHECK_INT(r.stage, STAGE_DONE);
        if (r.retry_after < rows[i].least || r.retry_after > rows[i].most)
            test_fail(__FILE__, __LINE__, "%s is read as %lld ms", rows[i].said, (long long)r.retry_after);
    }
}

TEST(an_answer_is_read_up_to_a_limit)
{
    begin("");
    struct reply r = answered("huge");
    CHECK_INT(r.stage, STAGE_DONE);
    CHECK_INT(r.code, 200);
    CHECK_INT(r.body_size, ANSWER_MOST);
    CHECK_INT(strlen(r.body), ANSWER_MOST);
}

TEST(without_a_whole_answer_nobody_knows)
{
    static const char *const actions[] = { "cut", "half", "reset", "garbage", "drop" };
    begin("");
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        struct reply r = answered(actions[i]);
        CHECK_INT(r.stage, STAGE_ANSWER);
        CHECK(r.body_begun && r.text[0]);
    }
    script("stall");
    struct transfer t = post_to("/x", "{}");
    t.connect_patience = t.reply_patience = 150;
    duration before = courier_monotonic();
    struct reply r = run(&t);
    CHECK(courier_monotonic() - before < 2 * SECOND);
    CHECK_INT(r.stage, STAGE_ANSWER);
    CHECK(r.body_begun && !r.misconfigured);
}

TEST(where_nobody_listens_nothing_was_sent)
{
    begin("");
    struct transfer t = post_to("/x", "{}");
    t.url = "http://127.0.0.1:1/x";
    struct reply r = run(&t);
    CHECK_INT(r.stage, STAGE_CONNECT);
    CHECK(!r.body_begun && !r.misconfigured && r.text[0]);
    t.url = "ftp://127.0.0.1/x";
    r = run(&t);
    CHECK_INT(r.stage, STAGE_CONNECT);
    CHECK(!r.body_begun && r.misconfigured);
}

/* Over how many connections requests came. */
static int connections(void)
{
    int n = 0;
    for (int i = 1; i < 40; i++) {
        char text[40];
        snprintf(text, sizeof text, "\"connection\": %d,", i);
        n += smtp_logged(text) > 0;
    }
    return n;
}

TEST(only_what_may_come_twice_uses_a_kept_connection)
{
    begin("--rule none=ok");
    struct transfer t = post_to("/y", "{}");
    t.repeatable = true;
    for (int i = 0; i < 3; i++)
        CHECK_INT(run(&t).code, 200);
    CHECK_INT(connections(), 1);
    t.repeatable = false;
    for (int i = 0; i < 3; i++)
        CHECK_INT(run(&t).code, 200);
    CHECK_INT(connections(), 4);
    /* The server leaves after its answer: that is no reason to send the same again. */
    script("leave");
    t = post_to("/x", "{\"only\":\"once\"}");
    t.repeatable = true;
    CHECK_INT(run(&t).code, 200);
    CHECK_INT(run(&t).code, 200);
    CHECK_INT(smtp_logged("only"), 2);
}

TEST(headers_and_body_arrive_as_they_are)
{
    static const char *const headers[] = { "Content-Type: application/json", "X-Test: one  two", NULL };
    begin("");
    struct transfer t = post_to("/exact?a=%20b", "{\"a\":\"\xC3\xA5\\u0000\"}\n");
    t.headers = headers;
    t.method = "PUT";
    CHECK_INT(run(&t).code, 200);
    CHECK_INT(smtp_logged("\"method\": \"PUT\", \"path\": \"/exact?a=%20b\""), 1);
    CHECK_INT(smtp_logged("\"x-test\": \"one  two\""), 1);
    CHECK_INT(smtp_logged("\"content-length\": \"17\""), 1);
    CHECK_INT(smtp_logged("{\\\"a\\\":\\\"\\u00e5\\\\u0000\\\"}\\n\""), 1);
    CHECK_INT(smtp_logged("\"expect\""), 0);
}

TEST(nobody_is_sent_elsewhere)
{
    begin("");
    struct reply r = answered("307;Location: /elsewhere:");
    CHECK_INT(r.stage, STAGE_DONE);
    CHECK_INT(r.code, 307);
    CHECK_INT(smtp_logged("elsewhere\", \"headers"), 0);
}

TEST(a_certificate_that_nobody_known_signed_is_not_trusted)
{
    char prefix[150], arguments[400], ca[160];
    snprintf(prefix, sizeof prefix, "%s/https", test_folder());
    smtp_certificate(prefix, "localhost", "");
    snprintf(arguments, sizeof arguments, "--cert %s.pem --key %s.key", prefix, prefix);
    snprintf(ca, sizeof ca, "%s.pem", prefix);
    begin(arguments);
    struct transfer t = post_to("/x", "{}");
    struct reply r = run(&t);
    CHECK_INT(r.stage, STAGE_CONNECT);
    CHECK(r.misconfigured && !r.body_begun && strstr(r.text, "ca_file"));
    CHECK_INT(smtp_logged("/x"), 0);
    t.ca_file = ca;
    CHECK_INT(run(&t).code, 200);
    char other[80];
    snprintf(other, sizeof other, "https://127.0.0.1:%s/x", strrchr(base, ':') + 1);
    t.url = other; /* the certificate is for another name */
    r = run(&t);
    CHECK(r.misconfigured && !r.body_begun);
    session_free(session);
    session = NULL;
}
