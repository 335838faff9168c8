/* Mail transfers against the scripted server: every stage, every way in which it can go wrong. */
#include "harness/harness.h"
#include "smtp_server.h"

#include "base/courier.h"
#include "base/mem.h"
#include "post/post.h"
#include "post/session.h"

#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define HELLO "Subject: hello\r\n\r\nHello\r\n"
#define SHORT 120 /* ms: patience in tests of silence */

static struct session *session;
static char url[64];

/* A fresh session to a server with these arguments. */
static void begin(const char *arguments)
{
    struct err e;
    static bool once;
    if (!once)
        CHECK_OK(post_init(&e), &e);
    once = true;
    session_free(session);
    session = session_new();
    snprintf(url, sizeof url, "%s", smtp_server(arguments));
}

static struct transfer mail_to(const char *to)
{
    return (struct transfer){
        .kind = TRANSFER_MAIL,
        .bytes = HELLO,
        .size = strlen(HELLO),
        .url = url,
        .from = "f@nordlys.example",
        .to = to,
        .connect_patience = 5 * SECOND,
        .reply_patience = 5 * SECOND,
        .final_patience = 5 * SECOND,
    };
}

static struct reply run(const struct transfer *t)
{
    struct reply r;
    session_run(session, t, &r);
    return r;
}

static struct reply send_to(const char *to)
{
    struct transfer t = mail_to(to);
    return run(&t);
}

/* With patience so short that silence is soon over. */
static struct reply send_impatiently(const char *to)
{
    struct transfer t = mail_to(to);
    t.connect_patience = t.reply_patience = t.final_patience = SHORT;
    duration before = courier_monotonic();
    struct reply r = run(&t);
    CHECK(courier_monotonic() - before < 10 * SHORT);
    return r;
}

#define CHECK_STAGE(r, expected) CHECK_INT((r).stage, STAGE_##expected)

static void check_arrived(const struct transfer *t)
{
    unsigned char sum[32];
    char text[80] = "\"sha\": \"";
    SHA256((const unsigned char *)t->bytes, t->size, sum);
    for (int i = 0; i < 32; i++)
        sprintf(text + strlen(text), "%02x", sum[i]);
    CHECK_INT(smtp_logged(text), 1);
    CHECK_INT(smtp_logged("\"bare\": 0"), smtp_logged("\"event\": \"mail\""));
}

TEST(a_mail_arrives_as_it_was_written)
{
    begin("");
    struct transfer t = mail_to("anna@sales.example");
    struct reply r = run(&t);
    CHECK_STAGE(r, DONE);
    CHECK_INT(r.code, 250);
    CHECK_TEXT(r.enhanced, "2.0.0");
    CHECK_TEXT(r.text, "queued");
    CHECK(r.body_begun && r.body_finished && !r.stale && !r.misconfigured && !r.transport);
    check_arrived(&t);
    CHECK_INT(smtp_logged("\"cmd\": \"MAIL FROM:<f@nordlys.example> SIZE=25\""), 1);
    CHECK_INT(smtp_logged("\"rcpts\": [\"RCPT TO:<anna@sales.example>\"]"), 1);
}

static const char *const bodies[] = {
    ".\r\n",
    ".\r\n.\r\n",
    "..\r\n.a\r\n",
    "\r\n",
    "a\r\n.\r\nMAIL FROM:<evil@x.example>\r\nRCPT TO:<v@x.example>\r\n",
    "a\r\n..\r\n",
};

TEST(lines_that_begin_with_a_dot_arrive_with_it)
{
    static const char *const servers[] = { "", "--no-pipelining --no-size", "--chunking",
                                           "--chunking --no-pipelining" };
    for (size_t k = 0; k < 4; k++) {
        for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
            begin(servers[k]);
            struct transfer t = mail_to("anna@sales.example");
            t.bytes = bodies[i];
            t.size = strlen(bodies[i]);
            CHECK_STAGE(run(&t), DONE);
            check_arrived(&t);
            CHECK_INT(smtp_logged("evil@x.example\", \"tls\""), 0);
        }
    }
}

TEST(a_big_message_arrives_whole)
{
    static const char *const servers[] = { "", "--chunking" };
    struct buf big = { 0 };
    for (int i = 0; big.size < 3000000; i++)
        buf_print(&big, "%.*sline %d of many\r\n", i % 3, "...", i);
    for (size_t k = 0; k < 2; k++) {
        begin(servers[k]);
        struct transfer t = mail_to("anna@sales.example");
        t.bytes = big.text;
        t.size = big.size;
        CHECK_STAGE(run(&t), DONE);
        check_arrived(&t);
    }
    buf_done(&big);
}

TEST(no_bare_line_end_leaves_the_house)
{
    static const char *const servers[] = { "", "--chunking" };
    static const char hostile[] = "a\n.\nb\r.\rc\r\n.\nd\r\r\ne";
    for (size_t k = 0; k < 2; k++) {
        begin(servers[k]);
        struct transfer t = mail_to("anna@sales.example");
        t.bytes = hostile;
        t.size = strlen(hostile);
        CHECK_STAGE(run(&t), DONE);
        CHECK_INT(smtp_logged("\"bare\": 0"), 1);
        CHECK_INT(smtp_logged("\"data\": \"a\\r\\n.\\r\\nb\\r\\n.\\r\\nc\\r\\n.\\r\\nd\\r\\n\\r\\ne\\r\\n\""), 1);
    }
}

TEST(eight_bit_text_is_announced_where_the_server_takes_it)
{
    begin("");
    struct transfer t = mail_to("anna@sales.example");
    t.bytes = "Hei p\xc3\xa5 deg\r\n";
    t.size = strlen(t.bytes);
    CHECK_STAGE(run(&t), DONE);
    check_arrived(&t);
    CHECK_INT(smtp_logged("BODY=8BITMIME\", \"tls\""), 1);
}

TEST(the_connection_serves_many_mails)
{
    begin("");
    for (int i = 0; i < 5; i++)
        CHECK_STAGE(send_to("anna@sales.example"), DONE);
    CHECK_INT(smtp_logged("\"connect\""), 1);
    CHECK_INT(smtp_logged("\"mail\""), 5);
}

TEST(a_server_that_writes_its_offers_in_small_letters_is_understood)
{
    begin("--lower --chunking");
    CHECK_STAGE(send_to("anna@sales.example"), DONE);
    CHECK_INT(smtp_logged("SIZE=25"), 2); /* the command, and what the message says of it */
    CHECK_INT(smtp_logged("BDAT 25 LAST"), 1);
}

static const struct {
    const char *to;
    enum stage stage;
    int code;
    const char *enhanced;
} refusals[] = {
    { "mail-451-4.3.0@x.example", STAGE_MAIL, 451, "4.3.0" },
    { "mail-550-5.7.1@x.example", STAGE_MAIL, 550, "5.7.1" },
    { "rcpt-450-4.2.0@x.example", STAGE_RCPT, 450, "4.2.0" },
    { "rcpt-550-5.1.1@x.example", STAGE_RCPT, 550, "5.1.1" },
    { "rcpt-452@x.example", STAGE_RCPT, 452, "" },
    { "data-451-4.3.0@x.example", STAGE_DATA, 451, "4.3.0" },
    { "data-554-5.5.1@x.example", STAGE_DATA, 554, "5.5.1" },
    { "final-451-4.3.0@x.example", STAGE_FINAL, 451, "4.3.0" },
    { "final-554-5.7.1@x.example", STAGE_FINAL, 554, "5.7.1" },
    { "final-552@x.example", STAGE_FINAL, 552, "" },
    { "rcpt-550-4.1.1@x.example", STAGE_RCPT, 550, "" }, /* an enhanced code of another class is none */
};

TEST(a_refusal_is_told_with_its_stage_and_keeps_the_connection)
{
    static const char *const servers[] = { "", "--no-pipelining", "--chunking", "--chunking --no-pipelining" };
    for (size_t k = 0; k < 4; k++) {
        begin(servers[k]);
        int n = 0;
        for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
            if (k >= 2 && refusals[i].stage == STAGE_DATA)
                continue;
            struct transfer t = mail_to(refusals[i].to);
            t.from = refusals[i].to; /* so that it works at MAIL too */
            struct reply r = run(&t);
            CHECK_INT(r.stage, refusals[i].stage);
            CHECK_INT(r.code, refusals[i].code);
            CHECK_TEXT(r.enhanced, refusals[i].enhanced);
            CHECK_CONTAINS(r.text, "as the script says");
            CHECK_INT(r.transport, 0);
            CHECK_INT(r.body_finished, refusals[i].stage == STAGE_FINAL);
            CHECK_INT(r.body_begun, r.body_finished);
            CHECK_STAGE(send_to("anna@sales.example"), DONE);
            n++;
        }
        CHECK_INT(smtp_logged("\"mail\""), n);
        CHECK_INT(smtp_logged("\"connect\""), 1);
    }
}

TEST(go_ahead_after_a_refused_recipient_sends_nothing)
{
    begin("");
    struct reply r = send_to("rcpt-550-5.1.1+data-354@x.example");
    CHECK_STAGE(r, RCPT);
    CHECK_INT(r.code, 550);
    CHECK(!r.body_begun);
    CHECK_INT(smtp_logged_soon("\"event\": \"nothing\""), 1);
    CHECK_INT(smtp_logged("\"size\": 0"), 1);
    CHECK_STAGE(send_to("anna@sales.example"), DONE);
    CHECK_INT(smtp_logged("\"connect\""), 1);
    CHECK_INT(smtp_logged("\"event\": \"mail\""), 1);
}

TEST(a_verdict_before_the_message_is_none)
{
    begin("");
    struct reply r = send_to("data-eager@x.example");
    CHECK_STAGE(r, DATA);
    CHECK_INT(r.code, 0);
    CHECK(!r.body_begun);
    CHECK_STAGE(send_to("anna@sales.example"), DONE);
    CHECK_INT(smtp_logged("\"connect\""), 2);
}

static const struct {
    const char *name;
    enum stage stage;
    bool begun, finished;
} stages[] = {
    { "mail", STAGE_MAIL, false, false },
    { "rcpt", STAGE_RCPT, false, false },
    { "data", STAGE_DATA, false, false },
    { "final", STAGE_FINAL, true, true },
};

static const char *script(const char *stage, const char *action)
{
    static char address[64];
    snprintf(address, sizeof address, "%s-%s@x.example", stage, action);
    return address;
}

static struct reply send_script(const char *stage, const char *action)
{
    struct transfer t = mail_to(script(stage, action));
    t.from = t.to;
    return run(&t);
}

TEST(a_server_that_says_421_is_left_and_asked_anew)
{
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < 4; i++) {
            begin(k ? "--no-pipelining" : "");
            struct reply r = send_script(stages[i].name, "421-4.3.2");
            CHECK_INT(r.stage, stages[i].stage);
            CHECK_INT(r.code, 421);
            CHECK(!r.stale);
            CHECK_STAGE(send_to("anna@sales.example"), DONE);
            CHECK_INT(smtp_logged("\"connect\""), 2);
        }
    }
}

TEST(silence_ends_after_the_patience_and_says_whether_the_message_was_finished)
{
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < 4; i++) {
            begin(k ? "--no-pipelining" : "");
            struct transfer t = mail_to(script(stages[i].name, "stall"));
            t.from = t.to;
            t.reply_patience = t.final_patience = SHORT;
            duration before = courier_monotonic();
            struct reply r = run(&t);
            duration took = courier_monotonic() - before;
            CHECK(took >= SHORT && took < 8 * SHORT);
            CHECK_INT(r.stage, stages[i].stage);
            CHECK_INT(r.code, 0);
            CHECK_INT(r.transport, CURLE_OPERATION_TIMEDOUT);
            CHECK_INT(r.body_begun, stages[i].begun);
            CHECK_INT(r.body_finished, stages[i].finished);
        }
    }
}

TEST(a_late_answer_is_still_an_answer)
{
    begin("");
    for (size_t i = 0; i < 4; i++)
        CHECK_STAGE(send_script(stages[i].name, "stall-0.1"), DONE);
}

TEST(a_cut_connection_says_whether_the_message_was_finished)
{
    static const char *const cuts[] = { "drop", "reset" };
    for (size_t k = 0; k < 4; k++) {
        for (size_t i = 0; i < 4; i++) {
            begin(k / 2 ? "--no-pipelining" : "");
            struct reply r = send_script(stages[i].name, cuts[k % 2]);
            CHECK_INT(r.code, 0);
            CHECK(r.transport != 0);
            CHECK(!r.stale);
            CHECK_INT(r.body_begun, stages[i].begun);
            CHECK_INT(r.body_finished, stages[i].finished);
            CHECK_INT(r.stage, stages[i].stage);
            CHECK_STAGE(send_to("anna@sales.example"), DONE);
        }
    }
}

/* More than the socket buffers of both sides hold, so that the server stops us in the middle. */
static struct reply send_big(const char *to, duration patience)
{
    size_t size = 16 << 20;
    char *big = mem_new(size);
    for (size_t i = 0; i < size; i += 64)
        memcpy(big + i, "012345678901234567890123456789012345678901234567890123456789ab\r\n", 64);
    struct transfer t = mail_to(to);
    t.bytes = big;
    t.size = size;
    t.reply_patience = patience;
    struct reply r = run(&t);
    free(big);
    return r;
}

TEST(a_message_cut_in_the_middle_is_not_in_doubt)
{
    static const char *const servers[] = { "", "--chunking" };
    static const char *const cuts[] = { "body-reset@x.example", "body-drop@x.example", "body-stall@x.example" };
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < 3; i++) {
            begin(servers[k]);
            struct reply r = send_big(cuts[i], SHORT);
            CHECK_STAGE(r, BODY);
            CHECK_INT(r.code, 0);
            CHECK(r.transport != 0);
            CHECK(r.body_begun && !r.body_finished);
        }
    }
}

TEST(a_refusal_in_the_middle_of_the_message_is_heard)
{
    begin("");
    struct reply r = send_big("body-early@x.example", 5 * SECOND);
    CHECK_STAGE(r, BODY);
    CHECK_INT(r.code, 552);
    CHECK(!r.body_finished);
    duration before = courier_monotonic();
    r = send_big("body-rude@x.example", 5 * SECOND);
    CHECK(courier_monotonic() - before < 2 * SECOND);
    CHECK_INT(r.code, 552);
    r = send_big("body-421@x.example", 5 * SECOND);
    CHECK_STAGE(r, BODY);
    CHECK_INT(r.code, 421);
}

TEST(answers_in_pieces_and_in_many_lines_are_read)
{
    begin("--at banner=multi --at ehlo=split");
    static const char *const ways[] = { "split", "multi" };
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < 4; i++)
            CHECK_STAGE(send_script(stages[i].name, ways[k]), DONE);
    struct reply r = send_script("final", "multi");
    CHECK_TEXT(r.text, "one two queued");
    CHECK_INT(smtp_logged("\"connect\""), 1);
}

TEST(what_is_not_smtp_ends_the_connection_and_decides_nothing)
{
    static const char *const ways[] = { "garbage", "huge", "lines" };
    for (size_t k = 0; k < 3; k++) {
        for (size_t i = 0; i < 4; i++) {
            begin("");
            duration before = courier_monotonic();
            struct reply r = send_script(stages[i].name, ways[k]);
            CHECK(courier_monotonic() - before < 2 * SECOND);
            CHECK_INT(r.stage, stages[i].stage);
            CHECK_INT(r.code, 0);
            CHECK(r.transport != 0);
            CHECK_INT(r.body_finished, stages[i].finished);
            CHECK_STAGE(send_to("anna@sales.example"), DONE);
        }
    }
}

TEST(an_octet_now_and_then_is_no_answer)
{
    for (size_t i = 0; i < 4; i++) {
        begin("");
        struct transfer t = mail_to(script(stages[i].name, "slowly"));
        t.from = t.to;
        t.reply_patience = t.final_patience = SHORT;
        struct reply r = run(&t);
        CHECK_INT(r.stage, stages[i].stage);
        CHECK_INT(r.transport, CURLE_OPERATION_TIMEDOUT);
    }
}

TEST(a_strangers_words_fit_on_one_line)
{
    begin("");
    struct reply r = send_to("final-eight@x.example");
    CHECK_STAGE(r, DONE);
    CHECK_TEXT(r.text, "\\x00\\x1B[31m \\xFF\\xFE \\xE2\\x80\\xAE ok");
}

TEST(nobody_waits_for_a_server_that_does_not_greet)
{
    static const struct {
        const char *server;
        int code;
    } rows[] = {
        { "--at banner=stall", 0 },       { "--at banner=slowly", 0 },    { "--at ehlo=stall", 0 },
        { "--at banner=drop", 0 },        { "--at banner=reset", 0 },     { "--at banner=garbage", 0 },
        { "--at banner=huge", 0 },        { "--at banner=lines", 0 },     { "--at ehlo=lines", 0 },
        { "--at ehlo=huge", 0 },          { "--at ehlo=reset", 0 },       { "--at banner=421-4.3.2", 421 },
        { "--at banner=554-5.7.1", 554 }, { "--at ehlo=550-5.7.1", 550 }, { "--at ehlo=421", 421 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        begin(rows[i].server);
        struct reply r = send_impatiently("anna@sales.example");
        if (r.stage != STAGE_CONNECT || r.code != rows[i].code || !r.transport || r.misconfigured || r.body_begun)
            test_fail(__FILE__, __LINE__, "%s: stage %d, code %d, transport %d: %s", rows[i].server, r.stage, r.code,
                      r.transport, r.text);
    }
#ifndef __SANITIZE_ADDRESS__ /* its quarantine keeps what was freed */
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    CHECK(used.ru_maxrss < 256 * 1024); /* KB, of the whole test program */
#endif
}

TEST(a_port_where_nobody_listens_is_not_sent)
{
    begin("");
    struct transfer t = mail_to("anna@sales.example");
    t.url = "smtp://127.0.0.1:1";
    struct reply r = run(&t);
    CHECK_STAGE(r, CONNECT);
    CHECK_INT(r.transport, CURLE_COULDNT_CONNECT);
    CHECK(!r.misconfigured && !r.body_begun && !r.stale);
}

TEST(nobody_waits_for_the_answer_to_quit)
{
    begin("--at quit=stall");
    CHECK_STAGE(send_to("anna@sales.example"), DONE);
    duration before = courier_monotonic();
    session_free(session);
    session = NULL;
    CHECK(courier_monotonic() - before < 50);
    CHECK_INT(smtp_logged_soon("\"cmd\": \"QUIT\""), 1);
}

TEST(a_kept_connection_that_died_is_stale_and_the_next_try_is_fresh)
{
    static const char *const servers[] = { "--at mail#2=reset",
                                           "--at mail#2=drop",
                                           "--at mail#2=421-4.4.2",
                                           "--at mail#2=503",
                                           "--at mail#2=reset --no-pipelining",
                                           "--at mail#2=drop --chunking" };
    for (size_t i = 0; i < sizeof servers / sizeof servers[0]; i++) {
        begin(servers[i]);
        CHECK_STAGE(send_to("anna@sales.example"), DONE);
        struct reply r = send_to("anna@sales.example");
        CHECK_STAGE(r, MAIL);
        CHECK(r.stale && !r.body_begun);
        CHECK_STAGE(send_to("anna@sales.example"), DONE);
        CHECK_INT(smtp_logged("\"connect\""), 2);
        CHECK_INT(smtp_logged("\"event\": \"mail\""), 2);
    }
}

TEST(a_kept_connection_that_fell_silent_is_stale)
{
    begin("--at mail#2=stall");
    CHECK_STAGE(send_to("anna@sales.example"), DONE);
    CHECK(send_impatiently("anna@sales.example").stale);
    CHECK_STAGE(send_to("anna@sales.example"), DONE);
}

TEST(a_server_that_ends_after_some_mails_is_simply_called_again)
{
    begin("--limit 2");
    for (int i = 0; i < 6; i++) {
        CHECK_STAGE(send_to("anna@sales.example"), DONE);
        usleep(20000); /* its 421 arrives */
    }
    CHECK_INT(smtp_logged("\"connect\""), 3);
}

TEST(a_connection_idle_for_long_is_not_used_again)
{
    begin("");
    CHECK_STAGE(send_to("anna@sales.example"), DONE);
    session->used_at -= 101 * SECOND;
    CHECK_STAGE(send_to("anna@sales.example"), DONE);
    CHECK_INT(smtp_logged("\"connect\""), 2);
}

TEST(a_connection_serves_only_the_settings_it_was_opened_with)
{
    begin("");
    CHECK_STAGE(send_to("anna@sales.example"), DONE);
    struct transfer t = mail_to("anna@sales.example");
    char other[64];
    snprintf(other, sizeof other, "smtp://127.0.0.1:%s", strrchr(url, ':') + 1);
    t.url = other;
    CHECK_STAGE(run(&t), DONE);
    CHECK_INT(smtp_logged("\"connect\""), 2);
}

TEST(bdat_that_was_promised_but_not_understood_becomes_data)
{
    begin("--chunking --at bdat=502-5.5.1");
    for (int i = 0; i < 2; i++)
        CHECK_STAGE(send_to("anna@sales.example"), DONE);
    CHECK_INT(smtp_logged("\"cmd\": \"BDAT"), 1);
    CHECK_INT(smtp_logged("\"event\": \"mail\""), 2);
    CHECK_INT(smtp_logged("\"connect\""), 1);
}

TEST(bdat_leaves_a_doubt_only_when_all_was_handed_over)
{
    static const struct {
        const char *to;
        enum stage stage;
        bool finished;
    } rows[] = {
        { "rcpt-stall@x.example", STAGE_RCPT, false },
        { "final-stall@x.example", STAGE_FINAL, true },
        { "final-drop@x.example", STAGE_FINAL, true },
    };
    for (size_t i = 0; i < 3; i++) {
        begin("--chunking");
        struct reply r = send_impatiently(rows[i].to);
        CHECK_INT(r.stage, rows[i].stage);
        CHECK_INT(r.body_finished, rows[i].finished);
    }
}

TEST(an_address_that_could_mean_more_reaches_no_server)
{
    static const char *const hostile[] = {
        "",
        "a",
        "@",
        "a@",
        "@b.example",
        "a@b@c.example",
        "a b@c.example",
        "a@b.example\r\nRCPT TO:<evil@x.example>",
        "a@b.example\nDATA",
        "a\r@b.example",
        "<a@b.example>",
        "a@b.example>",
        "a@b.example> SIZE=1",
        "a@b.example\t",
        "a\x7f@b.example",
        "\x01@b.example",
        "-oQ/tmp@b.example",
        "a@-b.example",
        "a@b..example",
        "a@.example",
        "a@b.example,c@d.example",
        "a;c@d.example",
        "\"a b\"@c.example",
        "a\\b@c.example",
        "@relay.example:a@b.example",
        "a@[127.0.0.1]",
        "a@b|c.example",
        "a@b\xef\xbc\x9c.example\xff",
        "\xff\xfe@b.example",
        "\xe2\x80\xae@b.example",
    };
    begin("");
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        struct transfer t = mail_to(hostile[i]);
        struct reply r = run(&t);
        if (r.stage != STAGE_RCPT || !r.misconfigured || strpbrk(r.text, "\r\n"))
            test_fail(__FILE__, __LINE__, "%s: %s", hostile[i], r.text);
        t = mail_to("anna@sales.example");
        t.from = hostile[i];
        r = run(&t);
        CHECK(r.stage == STAGE_MAIL && r.misconfigured);
    }
    char long_one[300];
    memset(long_one, 'a', sizeof long_one);
    memcpy(long_one + 60, "@", 1);
    strcpy(long_one + 247, ".example"); /* 255 octets */
    CHECK_STAGE(send_to(long_one), RCPT);
    CHECK_INT(smtp_logged("\"connect\""), 0);
    CHECK_STAGE(send_to(long_one + 1), DONE);
}

TEST(we_greet_with_a_whole_name)
{
    begin("");
    struct transfer t = mail_to("anna@sales.example");
    char slash[80], host[256] = "";
    gethostname(host, sizeof host - 1);
    snprintf(slash, sizeof slash, "%s/", url);
    t.url = slash;
    CHECK_STAGE(run(&t), DONE);
    char greeting[300];
    snprintf(greeting, sizeof greeting, "\"cmd\": \"EHLO %s\"", strchr(host, '.') ? host : "nordlys.example");
    CHECK_INT(smtp_logged(greeting), 1);
}

TEST(a_server_without_extensions_is_served_as_in_1982)
{
    static const char *const servers[] = { "--no-ehlo", "--no-pipelining --no-size --no-8bitmime --no-smtputf8" };
    for (int i = 0; i < 2; i++) {
        begin(servers[i]);
        struct transfer t = mail_to("anna@sales.example");
        CHECK_STAGE(run(&t), DONE);
        CHECK_STAGE(run(&t), DONE);
        CHECK_INT(smtp_logged("\"cmd\": \"MAIL FROM:<f@nordlys.example>\""), 2);
        CHECK_INT(smtp_logged("\"connect\""), 1);
        CHECK_INT(smtp_logged("\"cmd\": \"HELO"), i == 0);
        struct reply r = send_to("bj\xc3\xb8rn@sales.example");
        CHECK(r.misconfigured && r.stage == STAGE_RCPT);
    }
}

TEST(what_is_too_big_for_the_server_is_not_begun)
{
    static const char *const servers[] = { "--size 25", "--size 24", "--size 24 --chunking", "--size 0" };
    static const bool fits[] = { true, false, false, true };
    for (int i = 0; i < 4; i++) {
        begin(servers[i]);
        struct reply r = send_to("anna@sales.example"); /* 25 octets */
        CHECK_INT(r.stage, fits[i] ? STAGE_DONE : STAGE_MAIL);
        CHECK_INT(r.too_big, !fits[i]);
        CHECK_INT(smtp_logged("\"cmd\": \"MAIL"), fits[i]);
        if (!fits[i])
            CHECK_TEXT(r.text, "the message has 25 octets, and the server takes 24 at most (SIZE)");
    }
}

TEST(both_families_of_addresses_are_called_and_the_one_that_answers_is_taken)
{
    static const struct {
        const char *server, *host;
    } rows[] = {
        { "--host ::1", "[::1]" },
        { "--host ::1", "localhost" },
        { "--host 127.0.0.1", "127.0.0.1" },
        { "--host 127.0.0.1", "localhost" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char there[64];
        begin(rows[i].server);
        struct transfer t = mail_to("anna@sales.example");
        snprintf(there, sizeof there, "smtp://%s:%s", rows[i].host, strrchr(url, ':') + 1);
        t.url = there;
        struct reply r = run(&t);
        if (r.stage != STAGE_DONE)
            test_fail(__FILE__, __LINE__, "%s at %s: %s", rows[i].server, there, r.text);
    }
}

TEST(letters_outside_ascii_need_a_server_that_takes_them)
{
    begin("--no-smtputf8");
    struct reply r = send_to("bj\xc3\xb8rn@sales.example");
    CHECK_STAGE(r, RCPT);
    CHECK(r.misconfigured);
    CHECK_INT(smtp_logged("\"cmd\": \"MAIL"), 0);
    CHECK_STAGE(send_to("anna@sales.example"), DONE);
    begin("");
    CHECK_STAGE(send_to("bj\xc3\xb8rn@sales.example"), DONE);
    CHECK_INT(smtp_logged("SIZE=25 SMTPUTF8\", \"tls\""), 1);
}

TEST(a_proxy_in_the_environment_is_not_ours)
{
    begin("");
    setenv("all_proxy", "http://127.0.0.1:1", 1);
    struct reply r = send_to("anna@sales.example");
    unsetenv("all_proxy");
    CHECK_STAGE(r, DONE);
}

TEST(an_url_of_another_kind_is_refused)
{
    static const char *const urls[] = {
        "file:///etc/passwd", "http://localhost:1/", "smtps://localhost:1", "scp://localhost", "", "smtp://",
        "smtp://a b/"
    };
    begin("");
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        struct transfer t = mail_to("anna@sales.example");
        t.url = urls[i];
        struct reply r = run(&t);
        if (r.stage != STAGE_CONNECT || !r.misconfigured)
            test_fail(__FILE__, __LINE__, "%s: %d %d %s", urls[i], r.stage, r.transport, r.text);
    }
}
