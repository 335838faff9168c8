#include "harness/harness.h"

#include "channel/channel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct channel_options sane(void)
{
    return (struct channel_options){ .place = { "f.conf", 7 },
                                     .name = "email",
                                     .url = "smtp://localhost",
                                     .from = "Follow-up <followup@nordlys.example>",
                                     .patience = 10 * MINUTE };
}

/* Every complaint joined, or "". */
static const char *complaints_of(const struct channel_options *o)
{
    static char all[4096];
    struct complaints c = { 0 };
    channel_email.check(o, &c);
    all[0] = '\0';
    for (size_t i = 0; i < c.n; i++) {
        CHECK_TEXT(c.rows[i].file, "f.conf");
        CHECK_INT(c.rows[i].line, 7);
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s", i ? "; " : "", c.rows[i].text);
    }
    complaints_done(&c);
    return all;
}

TEST(sane_options_are_not_complained_about)
{
    static const struct {
        const char *url;
        enum channel_security security;
        const char *user;
    } rows[] = {
        { "smtp://localhost", SECURITY_NONE, NULL },
        { "smtp://localhost/", SECURITY_NONE, "u" },
        { "smtp://127.0.0.2:2525", SECURITY_NONE, "u" },
        { "smtp://[::1]:25", SECURITY_NONE, "u" },
        { "smtp://mail.example.com", SECURITY_NONE, NULL },
        { "smtp://mail.example.com:587", SECURITY_STARTTLS, "u" },
        { "smtps://mail.example.com:465", SECURITY_TLS, "u" },
        { "SMTPS://mail_1.example.com", SECURITY_TLS, "u" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct channel_options o = sane();
        o.url = rows[i].url;
        o.security = rows[i].security;
        o.user = rows[i].user;
        o.password_file = rows[i].user ? "/etc/followupd/p" : NULL;
        CHECK_TEXT(complaints_of(&o), "");
    }
}

TEST(every_insane_option_is_named_with_its_remedy)
{
    static const struct {
        const char *url, *from, *user, *password_file, *reply_to;
        enum channel_security security;
        const char *says;
    } rows[] = {
        { NULL, "a@b.example", NULL, NULL, NULL, SECURITY_NONE, "url is missing" },
        { "localhost", "a@b.example", NULL, NULL, NULL, SECURITY_NONE, "neither smtp:// nor smtps://" },
        { "file:///etc/passwd", "a@b.example", NULL, NULL, NULL, SECURITY_NONE, "neither smtp:// nor smtps://" },
        { "smtp://", "a@b.example", NULL, NULL, NULL, SECURITY_NONE, "names no server" },
        { "smtp://b\xc3\xbc"
          "cher.example",
          "a@b.example", NULL, NULL, NULL, SECURITY_NONE, "has something behind" },
        { "smtp://u:p@mail.example", "a@b.example", NULL, NULL, NULL, SECURITY_NONE, "user and password_file" },
        { "smtp://mail.example:0", "a@b.example", NULL, NULL, NULL, SECURITY_NONE, "no port" },
        { "smtp://mail.example:65536", "a@b.example", NULL, NULL, NULL, SECURITY_NONE, "no port" },
        { "smtp://mail.example:25x", "a@b.example", NULL, NULL, NULL, SECURITY_NONE, "no port" },
        { "smtp://mail.example:", "a@b.example", NULL, NULL, NULL, SECURITY_NONE, "no port" },
        { "smtp://mail.example\r\nDATA", "a@b.example", NULL, NULL, NULL, SECURITY_NONE, "no port" },
        { "smtp://[::1", "a@b.example", NULL, NULL, NULL, SECURITY_NONE, "names no server" },
        { "smtp://mail.example", "a@b.example", "u", "/p", NULL, SECURITY_NONE, "plain text" },
        { "smtp://127.example", "a@b.example", "u", "/p", NULL, SECURITY_NONE, "plain text" },
        { "smtp://localhost.example", "a@b.example", "u", "/p", NULL, SECURITY_NONE, "plain text" },
        { "smtp://mail.example", "a@b.example", NULL, NULL, NULL, SECURITY_TLS, "smtps://" },
        { "smtps://mail.example", "a@b.example", NULL, NULL, NULL, SECURITY_STARTTLS, "security = \"tls\"" },
        { "smtps://mail.example", "a@b.example", NULL, NULL, NULL, SECURITY_NONE, "security = \"tls\"" },
        { "smtp://localhost", NULL, NULL, NULL, NULL, SECURITY_NONE, "from is missing" },
        { "smtp://localhost", "Follow-up", NULL, NULL, NULL, SECURITY_NONE, "from: address \"Follow-up\"" },
        { "smtp://localhost", "a@b.example", NULL, NULL, "nobody", SECURITY_NONE, "reply_to" },
        { "smtp://localhost", "a@b.example", "u", NULL, NULL, SECURITY_NONE, "user without password_file" },
        { "smtp://localhost", "a@b.example", NULL, "/p", NULL, SECURITY_NONE, "password_file without user" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct channel_options o = sane();
        o.url = rows[i].url;
        o.from = rows[i].from;
        o.user = rows[i].user;
        o.password_file = rows[i].password_file;
        o.reply_to = rows[i].reply_to;
        o.security = rows[i].security;
        CHECK_CONTAINS(complaints_of(&o), rows[i].says);
    }
}

TEST(a_token_stands_in_the_place_of_a_password)
{
    struct channel_options o = sane();
    o.user = "followup";
    o.oauth_token_file = "/etc/followupd/token";
    CHECK_TEXT(complaints_of(&o), "");
    o.password_file = "/etc/followupd/p";
    CHECK_CONTAINS(complaints_of(&o), "write only the one you log in with");
    o.password_file = o.user = NULL;
    CHECK_CONTAINS(complaints_of(&o), "oauth_token_file without user");
    o.user = "followup";
    o.url = "smtp://mail.example";
    CHECK_CONTAINS(complaints_of(&o), "the token would cross the network in plain text");
}

TEST(a_refused_login_says_which_file_to_look_at_before_the_servers_long_words)
{
    struct channel_options o = sane();
    struct reply f = { .stage = STAGE_LOGIN, .code = 535, .enhanced = "5.7.8", .misconfigured = true };
    struct receipt r = { 0 };
    memset(f.text, 'x', sizeof f.text - 1);
    o.user = "followup";
    o.password_file = "/p";
    channel_email.judge(&o, &f, &r);
    CHECK_CONTAINS(r.why, "the login was refused (see user and its secret): 535 5.7.8 xxx");
    o.password_file = NULL;
    o.oauth_token_file = "/t";
    channel_email.judge(&o, &f, &r);
    CHECK_CONTAINS(r.why,
                   "the login was refused (is the token in oauth_token_file fresh, and for user?): 535 5.7.8 xxx");
    CHECK(r.verdict == VERDICT_LATER && r.blame == BLAME_CHANNEL);
}

TEST(the_address_is_found_in_a_name_with_an_address)
{
    static const struct {
        const char *text, *bare;
    } rows[] = {
        { "a@b.example", "a@b.example" },
        { "  a@b.example ", "a@b.example" },
        { "Anna <a@b.example>", "a@b.example" },
        { "\"Berg, Anna <x@y>\" <a@b.example> ", "a@b.example" },
        { "\"quote \\\" <\" <a@b.example>", "a@b.example" },
        { "<a@b.example>", "a@b.example" },
        { "< a@b.example >", NULL },
        { "", NULL },
        { "Anna", NULL },
        { "Anna <>", NULL },
        { "a@b.example, c@d.example", NULL },
        { "A <a@b.example>, C <c@d.example>", NULL },
        { "A <a@b.example", NULL },
        { "A <a@b.example> x", NULL },
        { "a@b.example\r\nBcc: evil@x.example", NULL },
        { "A <a@b.example\r\n>", NULL },
        { "a@b.example\r\nRCPT TO:<evil@x.example>", NULL },
        { "\"A <a@b.example>", NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char bare[64] = "";
        bool found = address_bare(rows[i].text, bare, sizeof bare);
        if (found != !!rows[i].bare || (found && strcmp(bare, rows[i].bare) != 0))
            test_fail(__FILE__, __LINE__, "%s -> %s", rows[i].text, found ? bare : "(none)");
    }
    char little[11];
    CHECK(!address_bare(NULL, little, sizeof little));
    CHECK(!address_bare("a@b.example", little, sizeof little));
}

TEST(an_address_is_one_plain_address_or_refused)
{
    static const char *const good[] = {
        "a@b.example",
        "a.b+c_d=e'f@b-c.example",
        "O'Brien@b.example",
        "a@localhost",
        "1@2.example",
        "bj\xc3\xb8rn@sales.example",
        ("a@b\xc3\xbc"
         "cher.example"),
        "a@xn--bcher-kva.example",
        "\xe0\xb8\xaa@\xe0\xb9\x84\xe0\xb8\x97\xe0\xb8\xa2.example",
        "Anna <a@b.example>",
        "a!b%c@d.example",
    };
    static const char *const bad[] = {
        "",
        " ",
        "a",
        "@",
        "a@",
        "@b",
        "a@b@c.example",
        "a b@c.example",
        "a@b c.example",
        "a@b.example, c@d.example",
        "a@b.example;c@d.example",
        "a@b.example\r\nRCPT TO:<evil@x.example>",
        "a@b.example\n",
        "a\t@b.example",
        "\"a b\"@c.example",
        "-x@b.example",
        "a@-b.example",
        "a@b..example",
        "a@.b",
        "a@[127.0.0.1]",
        "a@b|c",
        "a(b)@c.example",
        "a\\@b.example",
        "a:b@c.example",
        ("a@b\xef\xbc\x9c"
         "c.example"), /* U+FF1C becomes < */
        ("a@b\xef\xbc\xa0"
         "c.example"), /* U+FF20 becomes @ */
        ("a@b\xe3\x80\x80"
         "c.example"), /* ideographic space */
        "a@b\xff.example",
        "\xff@b.example",
        ("\xe2\x80\xae"
         "a@b.example"),
        "a@\xe2\x98\x83.example",
    };
    struct err e;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        CHECK_OK(channel_email.address_ok(good[i], &e), &e);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        if (channel_email.address_ok(bad[i], &e))
            test_fail(__FILE__, __LINE__, "%s was taken", bad[i]);
        CHECK(!strpbrk(e.text, "\r\n"));
    }
    CHECK(!channel_email.address_ok(NULL, &e));
    char huge[5000];
    memset(huge, 'a', sizeof huge);
    huge[1000] = '@';
    huge[sizeof huge - 1] = '\0';
    CHECK(!channel_email.address_ok(huge, &e));
}

static bool build(const char *address, struct arena *a, struct transfer *t, struct err *e)
{
    struct channel_options o = sane();
    struct message m = {
        .id = 12, .address = address, .bytes = "Subject: x\r\n\r\n", .size = 14, .message_id = "n12@nordlys.example"
    };
    return channel_email.build(&o, &m, &(struct supplies){ 0 }, a, t, e);
}

TEST(a_transfer_has_bare_addresses_with_ascii_domains)
{
    struct arena a = { 0 };
    struct transfer t;
    struct err e;
    CHECK_OK(build("Anna <anna@B\xc3\xbc"
                   "cher.example>",
                   &a, &t, &e),
             &e);
    CHECK_INT(t.kind, TRANSFER_MAIL);
    CHECK_TEXT(t.to, "anna@xn--bcher-kva.example");
    CHECK_TEXT(t.from, "followup@nordlys.example");
    CHECK_TEXT(t.url, "smtp://localhost");
    CHECK_INT(t.size, 14);
    CHECK_INT(t.final_patience, 10 * MINUTE);
    CHECK(t.connect_patience > 0 && t.reply_patience > 0);
    arena_done(&a);
}

TEST(no_transfer_is_built_to_an_address_that_could_mean_more)
{
    static const char *const hostile[] = { NULL,
                                           "",
                                           "a@b.example\r\nDATA\r\n",
                                           "a@b.example> SIZE=1\r\n",
                                           "a@b.example, evil@x.example",
                                           "-f@b.example",
                                           "a@b\xef\xbc\x9e\xef\xbc\x9c"
                                           "c.example" };
    struct arena a = { 0 };
    struct err e;
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        struct transfer t = { .url = "untouched" };
        CHECK(!build(hostile[i], &a, &t, &e));
        CHECK_TEXT(t.url, "untouched");
    }
    arena_done(&a);
}

#define BODY .body_begun = true
#define ALL .body_begun = true, .body_finished = true

static const struct row {
    struct reply reply;
    enum verdict verdict;
    enum blame blame;
    duration wait;
    const char *code, *why;
} rows[] = {
    /* accepted */
    { { .stage = STAGE_DONE, .code = 250, .enhanced = "2.0.0", .text = "queued as 4711", ALL },
      VERDICT_SENT,
      0,
      0,
      "250 2.0.0",
      "250 2.0.0 queued as 4711" },
    { { .stage = STAGE_DONE, .code = 252, ALL }, VERDICT_SENT, 0, 0, "252", "252" },
    /* no session */
    { { .stage = STAGE_CONNECT, .transport = 6, .text = "Could not resolve host: x" },
      VERDICT_LATER,
      BLAME_SERVER,
      0,
      "exit 6",
      "Could not resolve host: x" },
    { { .stage = STAGE_CONNECT, .transport = 7 }, VERDICT_LATER, BLAME_SERVER, 0, "exit 7", "" },
    { { .stage = STAGE_CONNECT, .transport = 28 }, VERDICT_LATER, BLAME_SERVER, 0, "exit 28", "" },
    { { .stage = STAGE_CONNECT, .transport = 35 }, VERDICT_LATER, BLAME_SERVER, 0, "exit 35", "" },
    { { .stage = STAGE_CONNECT, .code = 421, .transport = 8, .text = "busy" },
      VERDICT_LATER,
      BLAME_SERVER,
      0,
      "421",
      "the server turns us away: 421 busy" },
    { { .stage = STAGE_CONNECT, .code = 554, .enhanced = "5.7.1", .transport = 8 },
      VERDICT_LATER,
      BLAME_CHANNEL,
      0,
      "554 5.7.1",
      NULL },
    { { .stage = STAGE_CONNECT, .transport = 60, .misconfigured = true },
      VERDICT_LATER,
      BLAME_CHANNEL,
      0,
      "exit 60",
      "" },
    { { .stage = STAGE_CONNECT, .transport = 64, .misconfigured = true },
      VERDICT_LATER,
      BLAME_CHANNEL,
      0,
      "exit 64",
      "" },
    { { .stage = STAGE_CONNECT, .code = 454, .transport = 64 }, VERDICT_LATER, BLAME_SERVER, 0, "454", NULL },
    { { .stage = STAGE_LOGIN, .code = 535, .enhanced = "5.7.8", .transport = 67, .misconfigured = true, .text = "no" },
      VERDICT_LATER,
      BLAME_CHANNEL,
      0,
      "535 5.7.8",
      "the login was refused (see user and its secret): 535 5.7.8 no" },
    { { .stage = STAGE_LOGIN, .code = 454, .enhanced = "4.7.0", .transport = 67 },
      VERDICT_LATER,
      BLAME_SERVER,
      0,
      NULL,
      NULL },
    { { .stage = STAGE_LOGIN, .misconfigured = true, .text = "secret /p: No such file" },
      VERDICT_LATER,
      BLAME_CHANNEL,
      0,
      "",
      "secret /p: No such file" },
    /* a kept connection that had died */
    { { .stage = STAGE_MAIL, .transport = 56, .stale = true }, VERDICT_LATER, BLAME_SERVER, 0, "exit 56", NULL },
    { { .stage = STAGE_MAIL, .code = 421, .stale = true }, VERDICT_LATER, BLAME_SERVER, 0, "421", NULL },
    /* our sender */
    { { .stage = STAGE_MAIL, .misconfigured = true }, VERDICT_LATER, BLAME_CHANNEL, 0, "", NULL },
    { { .stage = STAGE_MAIL, .code = 421 }, VERDICT_LATER, BLAME_SERVER, 0, "421", NULL },
    { { .stage = STAGE_MAIL, .code = 450 }, VERDICT_LATER, BLAME_SERVER, 0, "450", NULL },
    { { .stage = STAGE_MAIL, .code = 452, .enhanced = "4.3.1" }, VERDICT_LATER, BLAME_SERVER, 0, NULL, NULL },
    { { .stage = STAGE_MAIL, .code = 530, .enhanced = "5.7.0" }, VERDICT_LATER, BLAME_CHANNEL, 0, NULL, NULL },
    { { .stage = STAGE_MAIL, .code = 550, .enhanced = "5.7.30" }, VERDICT_LATER, BLAME_CHANNEL, 0, NULL, NULL },
    { { .stage = STAGE_MAIL, .code = 553, .enhanced = "5.7.1" }, VERDICT_LATER, BLAME_CHANNEL, 0, NULL, NULL },
    { { .stage = STAGE_MAIL, .code = 550, .enhanced = "5.1.8" }, VERDICT_LATER, BLAME_CHANNEL, 0, NULL, NULL },
    { { .stage = STAGE_MAIL, .code = 552, .enhanced = "5.3.4" }, VERDICT_REFUSED, BLAME_MESSAGE, 0, NULL, NULL },
    { { .stage = STAGE_MAIL, .too_big = true, .text = "the message has 25 octets" },
      VERDICT_REFUSED,
      BLAME_MESSAGE,
      0,
      "",
      "the message was refused: the message has 25 octets" },
    { { .stage = STAGE_MAIL, .transport = 28 }, VERDICT_LATER, BLAME_SERVER, 0, "exit 28", NULL },
    /* the person */
    { { .stage = STAGE_RCPT, .code = 450, .enhanced = "4.2.0", .text = "greylisted" },
      VERDICT_LATER,
      BLAME_PERSON,
      5 * MINUTE,
      "450 4.2.0",
      "the recipient was refused: 450 4.2.0 greylisted" },
    { { .stage = STAGE_RCPT, .code = 450 }, VERDICT_LATER, BLAME_PERSON, 5 * MINUTE, "450", NULL },
    { { .stage = STAGE_RCPT, .code = 451, .enhanced = "4.7.1" }, VERDICT_LATER, BLAME_PERSON, 5 * MINUTE, NULL, NULL },
    { { .stage = STAGE_RCPT, .code = 451 }, VERDICT_LATER, BLAME_PERSON, 0, "451", NULL },
    { { .stage = STAGE_RCPT, .code = 452, .enhanced = "4.2.2" }, VERDICT_LATER, BLAME_PERSON, 0, NULL, NULL },
    { { .stage = STAGE_RCPT, .code = 452, .enhanced = "4.3.1" }, VERDICT_LATER, BLAME_SERVER, 0, NULL, NULL },
    { { .stage = STAGE_RCPT, .code = 421, .enhanced = "4.2.1" }, VERDICT_LATER, BLAME_SERVER, 0, NULL, NULL },
    { { .stage = STAGE_RCPT, .code = 550, .enhanced = "5.1.1" }, VERDICT_REFUSED, BLAME_PERSON, 0, NULL, NULL },
    { { .stage = STAGE_RCPT, .code = 550, .enhanced = "5.7.1", .text = "not for you" },
      VERDICT_REFUSED,
      BLAME_PERSON,
      0,
      NULL,
      NULL },
    { { .stage = STAGE_RCPT, .code = 552 }, VERDICT_REFUSED, BLAME_PERSON, 0, NULL, NULL },
    { { .stage = STAGE_RCPT, .code = 553 }, VERDICT_REFUSED, BLAME_PERSON, 0, NULL, NULL },
    { { .stage = STAGE_RCPT, .code = 554 }, VERDICT_REFUSED, BLAME_PERSON, 0, NULL, NULL },
    { { .stage = STAGE_RCPT, .code = 530, .enhanced = "5.7.0" }, VERDICT_LATER, BLAME_CHANNEL, 0, NULL, NULL },
    { { .stage = STAGE_RCPT, .code = 550, .enhanced = "5.7.30" }, VERDICT_LATER, BLAME_CHANNEL, 0, NULL, NULL },
    { { .stage = STAGE_RCPT, .code = 554, .enhanced = "5.7.1", .text = "<a@b>: Relay access denied" },
      VERDICT_LATER,
      BLAME_CHANNEL,
      0,
      NULL,
      NULL },
    { { .stage = STAGE_RCPT, .misconfigured = true, .text = "address \"x\": there is no @ in it" },
      VERDICT_REFUSED,
      BLAME_PERSON,
      0,
      "",
      "address \"x\": there is no @ in it" },
    { { .stage = STAGE_RCPT, .transport = 56 }, VERDICT_LATER, BLAME_SERVER, 0, "exit 56", NULL },
    /* the message */
    { { .stage = STAGE_DATA, .code = 451 }, VERDICT_LATER, BLAME_SERVER, 0, NULL, NULL },
    { { .stage = STAGE_DATA, .code = 554, .enhanced = "5.6.0" }, VERDICT_REFUSED, BLAME_MESSAGE, 0, NULL, NULL },
    { { .stage = STAGE_DATA, .code = 554, .enhanced = "5.7.1" }, VERDICT_LATER, BLAME_CHANNEL, 0, NULL, NULL },
    { { .stage = STAGE_DATA, .code = 250 }, VERDICT_LATER, BLAME_SERVER, 0, NULL, NULL },
    { { .stage = STAGE_DATA, .transport = 28 }, VERDICT_LATER, BLAME_SERVER, 0, NULL, NULL },
    { { .stage = STAGE_BODY, .transport = 55, BODY }, VERDICT_LATER, BLAME_SERVER, 0, NULL, NULL },
    { { .stage = STAGE_BODY, .code = 552, .enhanced = "5.3.4", BODY }, VERDICT_REFUSED, BLAME_MESSAGE, 0, NULL, NULL },
    { { .stage = STAGE_BODY, .code = 421, BODY }, VERDICT_LATER, BLAME_SERVER, 0, NULL, NULL },
    { { .stage = STAGE_FINAL, .code = 451, .enhanced = "4.3.0", ALL }, VERDICT_LATER, BLAME_SERVER, 0, NULL, NULL },
    { { .stage = STAGE_FINAL, .code = 451, .enhanced = "4.7.1", ALL },
      VERDICT_LATER,
      BLAME_PERSON,
      5 * MINUTE,
      NULL,
      NULL },
    { { .stage = STAGE_FINAL, .code = 451, ALL }, VERDICT_LATER, BLAME_MESSAGE, 0, NULL, NULL },
    { { .stage = STAGE_FINAL, .code = 452, .enhanced = "4.2.2", ALL }, VERDICT_LATER, BLAME_PERSON, 0, NULL, NULL },
    { { .stage = STAGE_FINAL, .code = 421, ALL }, VERDICT_LATER, BLAME_SERVER, 0, NULL, NULL },
    { { .stage = STAGE_FINAL, .code = 554, .enhanced = "5.7.1", ALL }, VERDICT_LATER, BLAME_CHANNEL, 0, NULL, NULL },
    { { .stage = STAGE_FINAL, .code = 550, .enhanced = "5.1.1", ALL }, VERDICT_REFUSED, BLAME_PERSON, 0, NULL, NULL },
    { { .stage = STAGE_FINAL, .code = 552, .enhanced = "5.2.3", ALL }, VERDICT_REFUSED, BLAME_MESSAGE, 0, NULL, NULL },
    { { .stage = STAGE_FINAL, .code = 554, ALL }, VERDICT_REFUSED, BLAME_MESSAGE, 0, NULL, NULL },
    /* nobody knows */
    { { .stage = STAGE_FINAL, .transport = 28, .text = "waited", ALL },
      VERDICT_UNKNOWN,
      BLAME_SERVER,
      0,
      "exit 28",
      "all was handed over, but no verdict came: waited" },
    { { .stage = STAGE_FINAL, .transport = 56, ALL }, VERDICT_UNKNOWN, BLAME_SERVER, 0, "exit 56", NULL },
    { { .stage = STAGE_FINAL, .transport = 8, ALL }, VERDICT_UNKNOWN, BLAME_SERVER, 0, "exit 8", NULL },
    { { .stage = STAGE_FINAL, .code = 354, ALL }, VERDICT_UNKNOWN, BLAME_SERVER, 0, "354", NULL },
};

TEST(every_answer_has_its_verdict)
{
    struct channel_options o = sane();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct row *w = &rows[i];
        struct receipt r = { .message = 4711, .wait = 99, .at_once = !w->reply.stale, .code = "old", .why = "old" };
        channel_email.judge(&o, &w->reply, &r);
        if (r.verdict != w->verdict || r.wait != w->wait || r.at_once != w->reply.stale ||
            (w->verdict != VERDICT_SENT && r.blame != w->blame))
            test_fail(__FILE__, __LINE__, "row %zu (%d %s at %d): %s, blame %d, wait %lld", i, w->reply.code,
                      w->reply.enhanced, w->reply.stage, verdict_name(r.verdict), r.blame, (long long)r.wait);
        if (w->code)
            CHECK_TEXT(r.code, w->code);
        if (w->why)
            CHECK_TEXT(r.why, w->why);
        CHECK_INT(r.message, 4711);
    }
}

TEST(no_reply_whatsoever_makes_sent_or_unknown_out_of_an_unfinished_message)
{
    struct channel_options o = sane();
    for (int stage = STAGE_CONNECT; stage < STAGE_FILE; stage++) {
        for (int code = 0; code < 600; code++) {
            struct reply f = { .stage = stage, .code = code, .body_begun = stage == STAGE_BODY };
            struct receipt r = { 0 };
            channel_email.judge(&o, &f, &r);
            CHECK(r.verdict == VERDICT_LATER || (r.verdict == VERDICT_REFUSED && code / 100 == 5));
            f.body_begun = f.body_finished = true;
            channel_email.judge(&o, &f, &r);
            CHECK(code >= 400 ? r.verdict != VERDICT_UNKNOWN || code >= 600 : r.verdict == VERDICT_UNKNOWN);
        }
    }
}

TEST(a_long_answer_is_cut_between_characters)
{
    struct channel_options o = sane();
    struct reply f = { .stage = STAGE_RCPT, .code = 550 };
    while (strlen(f.text) + 2 < sizeof f.text)
        strcat(f.text, "\xc3\xa5");
    struct receipt r = { 0 };
    channel_email.judge(&o, &f, &r);
    size_t n = strlen(r.why);
    CHECK(n < sizeof r.why && n > sizeof r.why - 4);
    CHECK_TEXT(r.why + n - 2, "\xc3\xa5");
}
