/* Mail transfers against the scripted server: every stage, every way in which it can go wrong. */
#include "base/mem.h"
#include "post_session.h"

#include <openssl/sha.h>

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
