/* Connections to the scripted server: made, kept, lost, and what a server takes or does not. */
#include "post_session.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

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
