/* Encryption and login: nothing leaves where the settings asked for more than the server gives. */
#include "harness/harness.h"
#include "smtp_server.h"

#include "base/courier.h"
#include "post/post.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HELLO "Subject: hello\r\n\r\nHello\r\n"
#define PASSWORD "tr\xc3\xa4 \"quoted\" word"

static struct session *session;
static char url[64], folder[128], good_ca[200], password[200];

static void write_file(const char *path, const char *text, mode_t mode)
{
    FILE *f = fopen(path, "w");
    CHECK(f != NULL);
    fputs(text, f);
    fclose(f);
    chmod(path, mode);
}

static void expire(const char *prefix)
{
    char command[1200];
    snprintf(command, sizeof command,
             "cd %s && openssl x509 -x509toreq -in %s.pem -signkey %s.key -out %s.csr 2>/dev/null && "
             "openssl x509 -req -days -1 -in %s.csr -signkey %s.key -out %s.pem 2>/dev/null",
             folder, prefix, prefix, prefix, prefix, prefix, prefix);
    CHECK_INT(system(command), 0);
}

/* Certificates once: "good" for localhost, "other" for another host, "expired". */
static void prepare(void)
{
    struct err e;
    char prefix[150];
    if (folder[0])
        return;
    CHECK_OK(post_init(&e), &e);
    snprintf(folder, sizeof folder, "%s", test_folder());
    snprintf(prefix, sizeof prefix, "%s/good", folder);
    smtp_certificate(prefix, "localhost", "");
    snprintf(good_ca, sizeof good_ca, "%s.pem", prefix);
    snprintf(prefix, sizeof prefix, "%s/other", folder);
    smtp_certificate(prefix, "other.example", "");
    snprintf(prefix, sizeof prefix, "%s/expired", folder);
    smtp_certificate(prefix, "localhost", "");
    expire(prefix);
    snprintf(password, sizeof password, "%s/password", folder);
    write_file(password, PASSWORD "\n", 0600);
}

static void begin(const char *certificate, const char *arguments)
{
    char all[600];
    prepare();
    session_free(session);
    session = session_new();
    snprintf(all, sizeof all, "--cert %s/%s.pem --key %s/%s.key %s", folder, certificate, folder, certificate,
             arguments);
    snprintf(url, sizeof url, "%s", smtp_server(all));
}

static struct transfer mail(enum channel_security security)
{
    return (struct transfer){
        .kind = TRANSFER_MAIL,
        .bytes = HELLO,
        .size = strlen(HELLO),
        .url = url,
        .from = "f@nordlys.example",
        .to = "anna@sales.example",
        .security = security,
        .ca_file = good_ca,
        .connect_patience = 5 * SECOND,
        .reply_patience = 500,
        .final_patience = 5 * SECOND,
    };
}

static struct reply run(const struct transfer *t)
{
    struct reply r;
    session_run(session, t, &r);
    return r;
}

static struct reply run_with_login(enum channel_security security)
{
    struct transfer t = mail(security);
    t.user = "followup";
    t.password_file = password;
    return run(&t);
}

static void check_nothing_left(const struct reply *r, enum stage stage, bool misconfigured)
{
    if (r->stage != stage || r->misconfigured != misconfigured || r->body_begun)
        test_fail(__FILE__, __LINE__, "stage %d, misconfigured %d, transport %d: %s", r->stage, r->misconfigured,
                  r->transport, r->text);
    CHECK_INT(smtp_logged("\"cmd\": \"MAIL"), 0);
}

TEST(starttls_and_login_come_before_the_mail)
{
    begin("good", "--starttls --auth");
    for (int i = 0; i < 3; i++)
        CHECK_INT(run_with_login(SECURITY_STARTTLS).stage, STAGE_DONE);
    CHECK_INT(smtp_logged("\"connect\""), 1);
    CHECK_INT(smtp_logged("\"user\": \"followup\", \"password\": \"tr\\u00e4 \\\"quoted\\\" word\""), 1);
    CHECK_INT(smtp_logged("\"tls\": true"), 2 + 3 * 3); /* EHLO, AUTH; MAIL, RCPT, DATA */
    CHECK_INT(smtp_logged("\"tls\": false"), 2);        /* EHLO, STARTTLS */
}

TEST(tls_from_the_first_byte_works_too)
{
    begin("good", "--tls --auth");
    for (int i = 0; i < 3; i++)
        CHECK_INT(run_with_login(SECURITY_TLS).stage, STAGE_DONE);
    CHECK_INT(smtp_logged("\"connect\""), 1);
}

TEST(a_big_message_over_tls_arrives_whole_and_a_cut_one_is_not_in_doubt)
{
    begin("good", "--tls");
    size_t size = 16 << 20;
    char *big = malloc(size);
    for (size_t i = 0; i < size; i += 64)
        memcpy(big + i, ".12345678901234567890123456789012345678901234567890123456789ab\r\n", 64);
    struct transfer t = mail(SECURITY_TLS);
    t.bytes = big;
    t.size = 1 << 20;
    CHECK_INT(run(&t).stage, STAGE_DONE);
    CHECK_INT(smtp_logged("\"size\": 1048576"), 1);
    t.size = size;
    static const char *const cuts[] = { "body-reset@x.example", "body-drop@x.example", "body-stall@x.example" };
    for (int i = 0; i < 3; i++) {
        t.to = cuts[i];
        t.reply_patience = 120;
        struct reply r = run(&t);
        CHECK_INT(r.stage, STAGE_BODY);
        CHECK(r.body_begun && !r.body_finished);
    }
    t.to = "body-early@x.example";
    struct reply r = run(&t);
    free(big);
    CHECK_INT(r.code, 552);
}

TEST(nothing_is_sent_in_plain_text_where_starttls_is_asked_for)
{
    begin("good", "--auth");
    struct reply r = run_with_login(SECURITY_STARTTLS);
    check_nothing_left(&r, STAGE_CONNECT, true);
    CHECK_INT(smtp_logged("\"event\": \"auth\""), 0);
    CHECK_CONTAINS(r.text, "STARTTLS");
    begin("good", "--starttls --auth --at starttls=plain");
    r = run_with_login(SECURITY_STARTTLS);
    check_nothing_left(&r, STAGE_CONNECT, false);
    CHECK_INT(smtp_logged("\"event\": \"auth\""), 0);
}

TEST(starttls_that_is_not_possible_just_now_is_tried_again_later)
{
    begin("good", "--starttls --at starttls=454-4.7.0");
    struct transfer t = mail(SECURITY_STARTTLS);
    struct reply r = run(&t);
    check_nothing_left(&r, STAGE_CONNECT, false);
    CHECK_INT(r.code, 454);
}

TEST(a_certificate_that_does_not_convince_is_refused)
{
    static const struct {
        const char *certificate, *arguments, *ca;
        enum channel_security security;
        const char *says, *remedy;
    } rows[] = {
        { "other", "--starttls", "other.pem", SECURITY_STARTTLS, "localhost", "write in url" }, /* of another host */
        { "other", "--tls", "other.pem", SECURITY_TLS, "localhost", "write in url" },
        { "good", "--tls", "other.pem", SECURITY_TLS, "self-signed", "ca_file" }, /* of an unknown authority */
        { "good", "--starttls", NULL, SECURITY_STARTTLS, "self-signed", "ca_file" },
        { "good", "--tls", "missing.pem", SECURITY_TLS, "missing.pem", "ca_file" },
        { "expired", "--tls", "expired.pem", SECURITY_TLS, "expired", "renew it" },
        { "expired", "--starttls", "expired.pem", SECURITY_STARTTLS, "expired", "renew it" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char ca[200];
        begin(rows[i].certificate, rows[i].arguments);
        snprintf(ca, sizeof ca, "%s/%s", folder, rows[i].ca ? rows[i].ca : "");
        struct transfer t = mail(rows[i].security);
        t.ca_file = rows[i].ca ? ca : NULL;
        struct reply r = run(&t);
        check_nothing_left(&r, STAGE_CONNECT, true);
        CHECK_CONTAINS(r.text, rows[i].says);
        CHECK_CONTAINS(r.text, rows[i].remedy);
    }
}

TEST(an_old_tls_is_no_tls)
{
    begin("good", "--tls --old-tls");
    struct transfer t = mail(SECURITY_TLS);
    struct reply r = run(&t);
    check_nothing_left(&r, STAGE_CONNECT, false);
    CHECK(r.transport != 0);
}

TEST(a_refused_password_concerns_the_settings_a_busy_server_does_not)
{
    begin("good", "--tls --auth --at auth=535-5.7.8");
    struct reply r = run_with_login(SECURITY_TLS);
    check_nothing_left(&r, STAGE_LOGIN, true);
    CHECK_INT(r.code, 535);
    CHECK_TEXT(r.enhanced, "5.7.8");
    begin("good", "--tls --auth --at auth=454-4.7.0");
    r = run_with_login(SECURITY_TLS);
    check_nothing_left(&r, STAGE_LOGIN, false);
    CHECK_INT(r.code, 454);
    begin("good", "--tls --auth --at auth=stall");
    r = run_with_login(SECURITY_TLS);
    check_nothing_left(&r, STAGE_LOGIN, false);
}

TEST(mail_never_leaves_without_the_login_that_was_asked_for)
{
    begin("good", "--tls");
    struct reply r = run_with_login(SECURITY_TLS);
    check_nothing_left(&r, STAGE_LOGIN, true);
    CHECK_CONTAINS(r.text, "offers no login (AUTH)");
    r = run_with_login(SECURITY_TLS);
    check_nothing_left(&r, STAGE_LOGIN, true);
}

static struct reply run_with_token(const char *text)
{
    static char token[200];
    struct transfer t = mail(SECURITY_STARTTLS);
    snprintf(token, sizeof token, "%s/token", folder);
    write_file(token, text, 0600);
    t.user = "followup@nordlys.example";
    t.oauth_token_file = token;
    return run(&t);
}

#define TOKEN "ya29.a0_Af-B~y+C/9=="

TEST(a_token_goes_the_way_the_server_offers)
{
    static const struct {
        const char *arguments, *mechanism;
    } rows[] = {
        { "--starttls --auth --logins XOAUTH2", "XOAUTH2" },
        { "--starttls --auth --logins OAUTHBEARER", "OAUTHBEARER" },
        { "--starttls --auth --logins PLAIN,LOGIN,XOAUTH2", "XOAUTH2" },
        { "--starttls --auth --logins CRAM-MD5,DIGEST-MD5,NTLM,PLAIN,OAUTHBEARER,XOAUTH2", "OAUTHBEARER" },
    };
    char logged[300], long_one[3000];
    memset(long_one, 'x', sizeof long_one); /* longer than a command may be: it follows the server's 334 */
    strcpy(long_one + sizeof long_one - 10, ".y\n");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        begin("good", rows[i].arguments);
        struct reply r = run_with_token(TOKEN "\n");
        if (r.stage != STAGE_DONE)
            test_fail(__FILE__, __LINE__, "%s: %s", rows[i].arguments, r.text);
        snprintf(logged, sizeof logged, "\"mechanism\": \"%s\", \"user\": \"followup@nordlys.example\"",
                 rows[i].mechanism);
        CHECK_INT(smtp_logged(logged), 1);
        CHECK_INT(smtp_logged("\"password\": \"" TOKEN "\", \"encrypted\": true"), 1);
        begin("good", rows[i].arguments);
        CHECK_INT(run_with_token(long_one).stage, STAGE_DONE);
        CHECK_INT(smtp_logged("xxx.y\", \"encrypted\": true"), 1);
    }
}

TEST(a_refused_token_concerns_the_settings)
{
    static const char *const servers[] = {
        "--starttls --auth --logins XOAUTH2 --at auth=challenge",
        "--starttls --auth --logins OAUTHBEARER --at auth=challenge",
        "--starttls --auth --logins XOAUTH2 --at auth=535-5.7.3",
        "--starttls --auth --logins OAUTHBEARER --at auth=535-5.7.3",
    };
    for (size_t i = 0; i < sizeof servers / sizeof servers[0]; i++) {
        begin("good", servers[i]);
        struct reply r = run_with_token(TOKEN);
        check_nothing_left(&r, STAGE_LOGIN, true);
        CHECK_INT(r.code, i == 0 ? 0 : 535);
        CHECK_CONTAINS(r.text, i == 0 ? "does not accept the token" : "as the script says");
    }
}

TEST(a_token_that_is_more_than_a_token_reaches_no_server)
{
    static const char *const texts[] = { "a\nb", "a b", "{\"access_token\":\"x\"}", "a\x01user=other", "t\xc3\xa4" };
    begin("good", "--starttls --auth --logins XOAUTH2");
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct reply r = run_with_token(texts[i]);
        check_nothing_left(&r, STAGE_LOGIN, true);
        CHECK_CONTAINS(r.text, "no bare access token");
    }
    CHECK_INT(smtp_logged("\"connect\""), 0);
}

/* What the server offers, and what is said where that is not what our secret goes by. */
TEST(no_login_in_common_is_said_and_nothing_leaves)
{
    static const struct {
        const char *arguments;
        enum channel_security security;
        bool token;
        const char *says;
    } rows[] = {
        { "--starttls", SECURITY_STARTTLS, false, "offers no login (AUTH)" },
        { "--starttls", SECURITY_STARTTLS, true, "offers no login (AUTH)" },
        { "--starttls --auth --auth-before", SECURITY_STARTTLS, false, "offers no login (AUTH)" },
        { "--starttls --auth", SECURITY_NONE, false, "before STARTTLS: write security = \"starttls\"" },
        { "--starttls --auth --logins CRAM-MD5,GSSAPI", SECURITY_STARTTLS, false, "\"CRAM-MD5 GSSAPI\"" },
        { "--starttls --auth --logins EXTERNAL", SECURITY_STARTTLS, false, "\"EXTERNAL\"" },
        { "--starttls --auth --logins XOAUTH2", SECURITY_STARTTLS, false,
          "for a password: PLAIN or LOGIN is not among" },
        { "--starttls --auth", SECURITY_STARTTLS, true,
          "for a token: XOAUTH2 or OAUTHBEARER is not among \"PLAIN LOGIN\"" },
        { "--starttls --auth --logins CRAM-MD5,EXTERNAL", SECURITY_STARTTLS, true, "\"CRAM-MD5 EXTERNAL\"" },
        { "--tls --no-ehlo --auth", SECURITY_TLS, false, "offers no login (AUTH)" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        begin("good", rows[i].arguments);
        char token[200];
        snprintf(token, sizeof token, "%s/token", folder);
        write_file(token, TOKEN, 0600);
        struct transfer t = mail(rows[i].security);
        t.user = "followup";
        t.password_file = rows[i].token ? NULL : password;
        t.oauth_token_file = rows[i].token ? token : NULL;
        struct reply r = run(&t);
        check_nothing_left(&r, STAGE_LOGIN, true);
        CHECK_CONTAINS(r.text, rows[i].says);
        CHECK_INT(smtp_logged("\"event\": \"auth\""), 0);
        CHECK_INT(smtp_logged("\"cmd\": \"AUTH"), 0);
    }
}

TEST(a_password_goes_by_plain_or_login_even_where_more_is_offered)
{
    static const char *const servers[] = { "--starttls --auth --logins CRAM-MD5,DIGEST-MD5,NTLM,GSSAPI,LOGIN",
                                           "--starttls --auth --logins CRAM-MD5,DIGEST-MD5,XOAUTH2,PLAIN" };
    for (int i = 0; i < 2; i++) {
        begin("good", servers[i]);
        CHECK_INT(run_with_login(SECURITY_STARTTLS).stage, STAGE_DONE);
        CHECK_INT(smtp_logged(i ? "\"mechanism\": \"PLAIN\"" : "\"mechanism\": \"LOGIN\""), 1);
    }
}

TEST(a_server_that_knows_only_helo_has_no_starttls)
{
    begin("good", "--no-ehlo --starttls");
    struct transfer t = mail(SECURITY_STARTTLS);
    struct reply r = run(&t);
    check_nothing_left(&r, STAGE_CONNECT, true);
    CHECK_CONTAINS(r.text, "does not know EHLO");
    CHECK_INT(r.code, 0);
}

TEST(an_unreadable_secret_reaches_no_server)
{
    begin("good", "--tls --auth");
    struct transfer t = mail(SECURITY_TLS);
    char open_one[200];
    snprintf(open_one, sizeof open_one, "%s/open", folder);
    write_file(open_one, PASSWORD, 0644);
    t.user = "followup";
    const char *const files[] = { open_one, "/nonexistent/password", NULL };
    for (int i = 0; i < 3; i++) {
        t.password_file = files[i];
        struct reply r = run(&t);
        check_nothing_left(&r, STAGE_LOGIN, true);
        CHECK(!strstr(r.text, "quoted"));
    }
    CHECK_INT(smtp_logged("\"connect\""), 0);
}

TEST(the_password_is_read_anew_for_every_connection)
{
    begin("good", "--tls --auth --limit 1");
    CHECK_INT(run_with_login(SECURITY_TLS).stage, STAGE_DONE);
    write_file(password, "rotated", 0600);
    usleep(30000);
    struct reply r = run_with_login(SECURITY_TLS);
    write_file(password, PASSWORD "\n", 0600);
    CHECK_INT(r.stage, STAGE_DONE);
    CHECK_INT(smtp_logged("\"password\": \"rotated\""), 1);
}

TEST(nobody_waits_for_the_answer_to_quit_over_tls_either)
{
    begin("good", "--tls --at quit=stall");
    struct transfer t = mail(SECURITY_TLS);
    CHECK_INT(run(&t).stage, STAGE_DONE);
    duration before = courier_monotonic();
    session_free(session);
    session = NULL;
    CHECK(courier_monotonic() - before < 50);
    CHECK_INT(smtp_logged_soon("\"cmd\": \"QUIT\""), 1);
}

TEST(a_handshake_that_never_ends_is_given_up)
{
    begin("good", "--at banner=stall"); /* no TLS at all: it waits for us to go on */
    struct transfer t = mail(SECURITY_TLS);
    char secure[64];
    snprintf(secure, sizeof secure, "smtps%s", strchr(url, ':'));
    t.url = secure;
    t.connect_patience = t.reply_patience = 120;
    duration before = courier_monotonic();
    struct reply r = run(&t);
    CHECK(courier_monotonic() - before < 1500);
    CHECK_INT(r.stage, STAGE_CONNECT);
    CHECK(!r.misconfigured);
}
