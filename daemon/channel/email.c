/* The channel "email": is it set up sanely, where does a mail go, and what did the server mean? */
#include "channel/channel.h"

#include "channel/address.h"
#include "post/words.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define CONNECT_PATIENCE (15 * SECOND)
#define REPLY_PATIENCE MINUTE

/* Greylisting servers want to be asked again after some minutes; asking sooner starts their clock anew. */
#define GREY_WAIT (5 * MINUTE)

struct server_url {
    bool tls;
    char host[256];
};

static bool port_ok(const char *p)
{
    size_t n = strspn(p, "0123456789");
    long port = n && n < 6 ? strtol(p, NULL, 10) : 0;
    return p[n] == '\0' && port > 0 && port < 65536;
}

/* smtp://host, smtps://host:port, smtp://[::1]:25, and nothing behind. */
static bool url_read(const char *url, struct server_url *out, struct err *e)
{
    bool tls = strncasecmp(url, "smtps://", 8) == 0;
    if (!tls && strncasecmp(url, "smtp://", 7) != 0)
        return err_set(e, "begins with neither smtp:// nor smtps://: write smtp://HOST:PORT");
    const char *host = url + (tls ? 8 : 7);
    if (strchr(host, '@'))
        return err_set(e, "holds a name or password: write user and password_file instead");
    bool numbers = host[0] == '[';
    host += numbers;
    size_t size = strspn(host, numbers ? "0123456789abcdefABCDEF:."
                                       : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");
    const char *rest = host + size + (numbers && host[size] == ']');
    if (!size || size >= sizeof out->host || (numbers && rest == host + size))
        return err_set(e, "names no server, or not in plain ASCII letters");
    if (rest[0] == '/' && !rest[1])
        rest++;
    if (rest[0] && !(rest[0] == ':' && port_ok(rest + 1)))
        return err_set(e, "has something behind the server's name that is no port: write smtp://HOST:PORT");
    *out = (struct server_url){ .tls = tls };
    memcpy(out->host, host, size);
    return true;
}

static bool loopback(const char *host)
{
    struct in_addr four;
    struct in6_addr six;
    if (strcasecmp(host, "localhost") == 0)
        return true;
    if (inet_pton(AF_INET, host, &four) == 1)
        return ntohl(four.s_addr) >> 24 == 127;
    return inet_pton(AF_INET6, host, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

static void check_url(const struct channel_options *o, struct complaints *c)
{
    struct err e;
    struct server_url server;
    const char *file = o->place.file;
    int line = o->place.line;
    if (!o->url) {
        complain(c, file, line, "channel %s: url is missing: write url = \"smtp://localhost\"", o->name);
        return;
    }
    if (!url_read(o->url, &server, &e)) {
        complain(c, file, line, "channel %s: url \"%s\" %s", o->name, o->url, e.text);
        return;
    }
    if (server.tls && o->security != SECURITY_TLS)
        complain(c, file, line, "channel %s: smtps:// is TLS from the first byte: write security = \"tls\", or smtp://",
                 o->name);
    if (!server.tls && o->security == SECURITY_TLS)
        complain(c, file, line, "channel %s: security is \"tls\": write smtps:// in url, or security = \"starttls\"",
                 o->name);
    if ((o->password_file || o->oauth_token_file) && o->security == SECURITY_NONE && !loopback(server.host))
        complain(c, file, line,
                 "channel %s: the %s would cross the network in plain text: write security = \"starttls\"", o->name,
                 o->oauth_token_file ? "token" : "password");
}

static void check_sender(const struct channel_options *o, struct complaints *c)
{
    struct err e;
    char bare[ADDRESS_ROOM];
    if (!o->from)
        complain(c, o->place.file, o->place.line,
                 "channel %s: from is missing: write from = \"Follow-up <followup@example.com>\"", o->name);
    else if (!address_wire(o->from, bare, sizeof bare, &e))
        complain(c, o->place.file, o->place.line, "channel %s: from: %s", o->name, e.text);
    if (o->reply_to && !address_wire(o->reply_to, bare, sizeof bare, &e))
        complain(c, o->place.file, o->place.line, "channel %s: reply_to: %s", o->name, e.text);
}

static void check_login(const struct channel_options *o, struct complaints *c)
{
    const char *file = o->place.file;
    int line = o->place.line;
    if (o->password_file && o->oauth_token_file)
        complain(c, file, line, "channel %s: password_file and oauth_token_file: write only the one you log in with",
                 o->name);
    else if (o->user && !o->password_file && !o->oauth_token_file)
        complain(c, file, line,
                 "channel %s: user without password_file: write both or none (or oauth_token_file for a token)",
                 o->name);
    if (!o->user && (o->password_file || o->oauth_token_file))
        complain(c, file, line, "channel %s: %s without user: write both or none", o->name,
                 o->password_file ? "password_file" : "oauth_token_file");
}

static void check(const struct channel_options *o, struct complaints *c)
{
    check_url(o, c);
    check_sender(o, c);
    check_login(o, c);
}

static bool address_ok(const char *address, struct err *e)
{
    char wire[ADDRESS_ROOM];
    return address_wire(address, wire, sizeof wire, e);
}

static bool build(const struct channel_options *o, const struct message *m, const struct supplies *supplies,
                  struct arena *a, struct transfer *out, struct err *e)
{
    (void)supplies; /* post/ reads the login when it opens a session */
    char from[ADDRESS_ROOM], to[ADDRESS_ROOM];
    if (!m->bytes || !m->size)
        return err_set(e, "the message has no text");
    if (!address_wire(o->from, from, sizeof from, e))
        return err_wrap(e, "from of channel %s", o->name);
    if (!address_wire(m->address, to, sizeof to, e))
        return false;
    *out = (struct transfer){
        .kind = TRANSFER_MAIL,
        .bytes = m->bytes,
        .size = m->size,
        .url = o->url,
        .from = arena_copy(a, from),
        .to = arena_copy(a, to),
        .security = o->security,
        .user = o->user,
        .password_file = o->password_file,
        .oauth_token_file = o->oauth_token_file,
        .ca_file = o->ca_file,
        .connect_patience = CONNECT_PATIENCE,
        .reply_patience = REPLY_PATIENCE,
        .final_patience = o->patience,
    };
    return true;
}

/* What the verdict is and why, for one row of the tables below. */
struct conclusion {
    enum verdict verdict;
    enum blame blame;
    duration wait;
};

#define SENT ((struct conclusion){ VERDICT_SENT, BLAME_MESSAGE, 0 })
#define LATER(blame) ((struct conclusion){ VERDICT_LATER, BLAME_##blame, 0 })
#define REFUSED(blame) ((struct conclusion){ VERDICT_REFUSED, BLAME_##blame, 0 })
#define UNKNOWN ((struct conclusion){ VERDICT_UNKNOWN, BLAME_SERVER, 0 })

/* RFC 3463: is it "x.subject.anything"? */
static bool subject_is(const struct reply *f, char subject)
{
    return f->enhanced[0] && f->enhanced[2] == subject && f->enhanced[3] == '.';
}

static bool greylisted(const struct reply *f)
{
    return f->code == 450 || strcmp(f->enhanced, "4.2.0") == 0 || (f->code == 451 && subject_is(f, '7'));
}

static struct conclusion judge_not_now(const struct reply *f)
{
    struct conclusion found = LATER(SERVER);
    bool at_message = f->stage == STAGE_BODY || f->stage == STAGE_FINAL;
    /* 421 closes the whole session, x.3.x is about the whole server, and before RCPT nobody was named. */
    if (f->code == 421 || subject_is(f, '3') || (f->stage != STAGE_RCPT && !at_message))
        return found;
    found.blame = f->stage == STAGE_RCPT || subject_is(f, '2') || greylisted(f) ? BLAME_PERSON : BLAME_MESSAGE;
    found.wait = greylisted(f) ? GREY_WAIT : 0;
    return found;
}

/* Does the server complain about who we are, rather than about whom we write to? Then every message would fare the
 * same, and must wait until somebody has mended it. */
static bool about_our_account(const struct reply *f)
{
    static const char *const codes[] = { "5.7.8", "5.7.9", "5.7.30", "5.7.54", "5.7.57", "5.7.60" };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (strcmp(f->enhanced, codes[i]) == 0)
            return true;
    return f->code == 530 || f->code == 534 || f->code == 535 || f->code == 538 || strcasestr(f->text, "relay");
}

/* 552 to MAIL is about the SIZE that we announced there. */
static bool about_the_size(const struct reply *f)
{
    return f->stage == STAGE_MAIL &&
           (f->code == 552 || strcmp(f->enhanced, "5.3.4") == 0 || strcmp(f->enhanced, "5.2.3") == 0);
}

static struct conclusion judge_no(const struct reply *f)
{
    if (about_our_account(f))
        return LATER(CHANNEL);
    switch (f->stage) {
    case STAGE_CONNECT:
    case STAGE_LOGIN:
        return LATER(CHANNEL);
    case STAGE_MAIL: /* our sender, unless it is the SIZE */
        return about_the_size(f) ? REFUSED(MESSAGE) : LATER(CHANNEL);
    case STAGE_RCPT:
        return REFUSED(PERSON);
    case STAGE_DATA:
    case STAGE_BODY:
    case STAGE_FINAL:
    case STAGE_FILE:
    case STAGE_ANSWER:
    case STAGE_DONE:
        break;
    }
    if (subject_is(f, '7'))
        return LATER(CHANNEL);
    if (subject_is(f, '1') || (subject_is(f, '2') && strcmp(f->enhanced, "5.2.3") != 0))
        return REFUSED(PERSON);
    return REFUSED(MESSAGE);
}

/* reference/channels.md 1.5, for our own dialogue. */
static struct conclusion conclude(const struct reply *f)
{
    if (f->stage == STAGE_DONE)
        return SENT;
    if (f->stale)
        return LATER(SERVER);
    if (f->too_big)
        return REFUSED(MESSAGE);
    if (f->code / 100 == 4)
        return judge_not_now(f);
    if (f->code / 100 == 5)
        return judge_no(f);
    if (f->misconfigured)
        return f->stage == STAGE_RCPT ? REFUSED(PERSON) : LATER(CHANNEL);
    /* A server that did not get all of it throws it away (RFC 5321 4.2.5); one that did may have taken it. */
    return f->body_finished ? UNKNOWN : LATER(SERVER);
}

static const char *begin_why(const struct channel_options *o, const struct reply *f)
{
    static const char *const refused[] = {
        [STAGE_CONNECT] = "the server turns us away: ",
        [STAGE_LOGIN] = "the login was refused (see user and its secret): ",
        [STAGE_MAIL] = "the sender was refused: ",
        [STAGE_RCPT] = "the recipient was refused: ",
        [STAGE_DATA] = "the message was refused: ",
        [STAGE_BODY] = "the message was refused: ",
        [STAGE_FINAL] = "the message was refused: ",
        [STAGE_FILE] = "",
        [STAGE_ANSWER] = "",
        [STAGE_DONE] = "",
    };
    if (f->too_big || about_the_size(f))
        return refused[STAGE_FINAL];
    if (f->stage == STAGE_LOGIN && f->code >= 500 && o->oauth_token_file)
        return "the login was refused (is the token in oauth_token_file fresh, and for user?): ";
    if (f->code >= 400)
        return refused[f->stage];
    return f->body_finished && f->stage != STAGE_DONE ? "all was handed over, but no verdict came: " : "";
}

static void judge(const struct channel_options *o, const struct reply *f, struct receipt *r)
{
    struct conclusion found = conclude(f);
    r->verdict = found.verdict;
    r->blame = found.blame;
    r->wait = found.wait;
    r->at_once = f->stale;
    r->code[0] = r->why[0] = '\0';
    if (f->code)
        snprintf(r->code, sizeof r->code, "%d%s%s", f->code, f->enhanced[0] ? " " : "", f->enhanced);
    else if (f->transport)
        snprintf(r->code, sizeof r->code, "exit %d", f->transport);
    char why[600];
    int size = snprintf(why, sizeof why, "%s%s%s%s", begin_why(o, f), f->code ? r->code : "",
                        f->code && f->text[0] ? " " : "", f->text);
    words_append(r->why, sizeof r->why, why, (size_t)size);
}

const struct channel_kind channel_email = {
    .name = "email",
    .check = check,
    .address_ok = address_ok,
    .build = build,
    .judge = judge,
};
