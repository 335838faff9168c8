/* What libcurl does for us: name, TCP, TLS, EHLO, STARTTLS, the login (CURLOPT_CONNECT_ONLY). */
#include "base/courier.h"
#include "base/mem.h"
#include "base/secret.h"
#include "post/envelope.h"
#include "post/session.h"
#include "post/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

/* Servers close after five minutes at the earliest (RFC 5321 4.5.3.2.7), firewalls sooner. */
#define KEEP_IDLE (100 * SECOND)

static bool is_word(const char *word, const char *line, size_t size)
{
    return strlen(word) == size && strncasecmp(word, line, size) == 0;
}

/* "20000000"; what is no number, or too large for one, is no limit. */
static size_t number(const char *p, const char *end)
{
    size_t n = 0;
    for (; p < end && isdigit((unsigned char)*p); p++)
        if (__builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, (size_t)(*p - '0'), &n))
            return 0;
    return n;
}

static void note_offer(struct offers *o, const char *line, size_t size)
{
    static const struct {
        const char *keyword;
        size_t at;
    } rows[] = {
        { "PIPELINING", offsetof(struct offers, pipelining) },
        { "CHUNKING", offsetof(struct offers, chunking) },
        { "SIZE", offsetof(struct offers, size) },
        { "8BITMIME", offsetof(struct offers, eight_bit) },
        { "SMTPUTF8", offsetof(struct offers, utf8) },
        { "STARTTLS", offsetof(struct offers, starttls) },
    };
    size_t word = 0;
    while (word < size && !isspace((unsigned char)line[word]))
        word++;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (is_word(rows[i].keyword, line, word))
            *(bool *)((char *)o + rows[i].at) = true;
    const char *rest = line + word + (word < size), *end = line + size;
    while (end > rest && isspace((unsigned char)end[-1]))
        end--;
    if (is_word("SIZE", line, word))
        o->size_most = number(rest, end);
    if (is_word("AUTH", line, word)) {
        o->logins[0] = '\0';
        words_append(o->logins, sizeof o->logins, rest, (size_t)(end - rest));
    }
}

/* libcurl hands over the answers line by line. A 220 begins anew: what was offered before STARTTLS does not count. */
static size_t hear_line(char *line, size_t one, size_t size, void *context)
{
    struct opening *o = context;
    if (size < 3 || !isdigit((unsigned char)line[0]) || !isdigit((unsigned char)line[1]) ||
        !isdigit((unsigned char)line[2]))
        return one * size;
    bool first = o->whole || !o->answers;
    if (o->whole)
        o->said = (struct reply){ 0 };
    o->whole = size == 3 || line[3] != '-';
    answer_line(&o->said, line, size);
    if (o->said.code == 220)
        o->offers = (struct offers){ 0 };
    if (o->said.code == 235)
        o->offers.authenticated = true;
    if (o->said.code == 250 && !first)
        note_offer(&o->offers, line + 4, size > 4 ? size - 4 : 0);
    o->answers += o->whole;
    o->ehlos += o->whole && o->said.code == 250;
    return one * size;
}

/* Each secret goes by its own mechanisms and no others. Left to itself libcurl would log in by CRAM-MD5, which servers
 * offer without being able to do it, with a password; and even with a token, whose password is empty. */
static int set_login(CURL *easy, const struct transfer *t, const char *secret)
{
    bool token = t->oauth_token_file != NULL;
    int bad = 0;
    bad |= curl_easy_setopt(easy, CURLOPT_USERNAME, t->user);
    bad |= curl_easy_setopt(easy, token ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD, secret);
    bad |= curl_easy_setopt(easy, CURLOPT_LOGIN_OPTIONS,
                            token ? "AUTH=OAUTHBEARER;AUTH=XOAUTH2" : "AUTH=PLAIN;AUTH=LOGIN");
    bad |= curl_easy_setopt(easy, CURLOPT_SASL_IR, 1L);
    return bad;
}

/* The name that we greet with: this machine's, where it is a whole one. "host" alone is refused by many servers, but
 * the sender's domain is known to all of them. libcurl takes it from the url. */
static int set_greeting(CURL *easy, const struct transfer *t)
{
    char host[256] = "";
    struct buf url = { 0 };
    gethostname(host, sizeof host - 1);
    const char *name = strchr(host, '.') ? host : strchr(t->from, '@') + 1;
    const char *server = strstr(t->url, "://");
    size_t size = server ? strcspn(server + 3, "/") : 0;
    buf_add(&url, t->url);
    /* Where no server is named, libcurl would take the name behind the slash for it. */
    if (size && server[3 + size + (server[3 + size] == '/')] == '\0' && !envelope_needs_utf8(name))
        buf_print(&url, "%s%s", server[3 + size] ? "" : "/", name);
    int bad = curl_easy_setopt(easy, CURLOPT_URL, buf_text(&url));
    buf_done(&url);
    return bad;
}

static bool set_up(CURL *easy, const struct transfer *t, const char *secret, struct opening *o)
{
    long patience = (long)patience_or(t->reply_patience, REPLY_PATIENCE);
    long in_all = (long)patience_or(t->connect_patience, CONNECT_PATIENCE) + 10 * patience;
    int bad = 0;
    bad |= set_greeting(easy, t);
    bad |= curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
    bad |= curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, t->security == SECURITY_TLS ? "smtps" : "smtp");
    bad |= curl_easy_setopt(easy, CURLOPT_PROXY, "");
    bad |= curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    bad |= curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    /* Never CURLUSESSL_TRY: it goes on in plain text where STARTTLS is missing, or was stripped. */
    bad |= curl_easy_setopt(easy, CURLOPT_USE_SSL,
                            (long)(t->security == SECURITY_STARTTLS ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    bad |= curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    bad |= curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    bad |= curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    if (t->ca_file)
        bad |= curl_easy_setopt(easy, CURLOPT_CAINFO, t->ca_file);
    if (t->user)
        bad |= set_login(easy, t, secret);
    bad |= curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    /* open_until() has the deadlines; these only stand behind it. */
    bad |= curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, in_all);
    bad |= curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, patience / 1000 + 2);
    bad |= curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, hear_line);
    bad |= curl_easy_setopt(easy, CURLOPT_HEADERDATA, o);
    bad |= curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, o->error);
    return !bad;
}

static bool finished(CURLM *multi, CURLcode *rc)
{
    int left;
    const CURLMsg *m = curl_multi_info_read(multi, &left);
    if (!m || m->msg != CURLMSG_DONE)
        return false;
    *rc = m->data.result;
    return true;
}

/* Let libcurl work until the session is open, it fails, or a deadline passes: one for the TCP connection, then one for
 * every answer of the server, and one for all of it. */
static CURLcode open_until(struct session *s, const struct transfer *t, struct opening *o)
{
    duration step = patience_or(t->connect_patience, CONNECT_PATIENCE),
             patience = patience_or(t->reply_patience, REPLY_PATIENCE);
    duration now = courier_monotonic(), deadline = now + step, end = deadline + 10 * patience;
    bool connected = false;
    int answers = 0, running;
    CURLcode rc;
    for (;;) {
        if (curl_multi_perform(s->multi, &running) != CURLM_OK)
            return CURLE_FAILED_INIT;
        if (finished(s->multi, &rc))
            return rc;
        now = courier_monotonic();
        curl_off_t took = 0;
        curl_easy_getinfo(s->easy, CURLINFO_CONNECT_TIME_T, &took);
        if ((took > 0 && !connected) || o->answers > answers)
            deadline = now + patience;
        connected = connected || took > 0;
        answers = o->answers;
        duration left = (deadline < end ? deadline : end) - now;
        if (left <= 0) {
            snprintf(o->error, sizeof o->error,
                     connected ? "%.120s: the server does not answer (if this port begins with TLS, write smtps://)"
                               : "%.120s: no connection in time; is the port right, and does no firewall stop us?",
                     t->url);
            return CURLE_OPERATION_TIMEDOUT;
        }
        curl_multi_poll(s->multi, NULL, 0, left > 10000 ? 10000 : (int)left, NULL);
    }
}

static bool same_text(const char *a, const char *b)
{
    return !a || !b ? a == b : strcmp(a, b) == 0;
}

static bool serves(const struct caller *c, const struct transfer *t)
{
    return same_text(c->url, t->url) && same_text(c->user, t->user) && same_text(c->password_file, t->password_file) &&
           same_text(c->oauth_token_file, t->oauth_token_file) && same_text(c->ca_file, t->ca_file) &&
           c->security == t->security;
}

static void caller_set(struct caller *c, const struct transfer *t)
{
    *c = (struct caller){ .url = mem_copy(t->url),
                          .user = mem_copy(t->user),
                          .password_file = mem_copy(t->password_file),
                          .oauth_token_file = mem_copy(t->oauth_token_file),
                          .ca_file = mem_copy(t->ca_file),
                          .security = t->security };
}

static void caller_done(struct caller *c)
{
    free(c->url);
    free(c->user);
    free(c->password_file);
    free(c->oauth_token_file);
    free(c->ca_file);
    *c = (struct caller){ 0 };
}

static bool still_good(struct session *s, const struct transfer *t)
{
    return !s->broken && serves(&s->caller, t) && courier_monotonic() - s->used_at < KEEP_IDLE && wire_quiet(s);
}

static bool open_session(struct session *s, const struct transfer *t, const char *secret, struct reply *r)
{
    struct opening o = { 0 };
    curl_socket_t socket = CURL_SOCKET_BAD;
    s->multi = curl_multi_init();
    s->easy = curl_easy_init();
    bool ready =
        s->multi && s->easy && set_up(s->easy, t, secret, &o) && curl_multi_add_handle(s->multi, s->easy) == CURLM_OK;
    CURLcode rc = ready ? open_until(s, t, &o) : CURLE_FAILED_INIT;
    if (rc == CURLE_OK)
        rc = curl_easy_getinfo(s->easy, CURLINFO_ACTIVESOCKET, &socket);
    if (rc == CURLE_OK && socket == CURL_SOCKET_BAD)
        rc = CURLE_RECV_ERROR;
    if (rc != CURLE_OK) {
        opening_explain(s, t, &o, rc, r);
        return false;
    }
    curl_easy_setopt(s->easy, CURLOPT_PASSWORD, NULL);
    curl_easy_setopt(s->easy, CURLOPT_XOAUTH2_BEARER, NULL);
    curl_easy_setopt(s->easy, CURLOPT_HEADERDATA, NULL);
    curl_easy_setopt(s->easy, CURLOPT_HEADERFUNCTION, NULL);
    curl_easy_setopt(s->easy, CURLOPT_ERRORBUFFER, NULL);
    s->socket = socket;
    s->offers = o.offers;
    s->encrypted = t->security != SECURITY_NONE;
    caller_set(&s->caller, t);
    if (t->user && !o.offers.authenticated)
        opening_no_login(t, &o.offers, r);
    return !r->misconfigured;
}

/* RFC 6750 2.1: what is more than a token would become more than one field of the login. */
static bool token_ok(const char *token, const char *file, struct err *e)
{
    for (const unsigned char *p = (const unsigned char *)token; *p; p++)
        if (*p <= ' ' || *p >= 0x7F || strchr("\"{},", *p))
            return err_set(e, "secret %s: this is no bare access token: write the token alone, on one line, no JSON",
                           file);
    return true;
}

static bool password_ok(const char *password, struct err *e)
{
    return !strpbrk(password, "\r\n") ||
           err_set(e, "password_file holds several lines; it must hold the password alone, on one line");
}

static bool read_login(char **secret, const struct transfer *t, struct err *e)
{
    if (!t->oauth_token_file)
        return secret_read(secret, t->password_file, e) && password_ok(*secret, e);
    return secret_read(secret, t->oauth_token_file, e) && token_ok(*secret, t->oauth_token_file, e);
}

bool session_connect(struct session *s, const struct transfer *t, struct reply *r)
{
    if (s->easy && still_good(s, t))
        return true;
    session_drop(s);
    struct err e;
    char *secret = NULL;
    if (t->user && !read_login(&secret, t, &e)) {
        secret_wipe(secret);
        opening_refuse_login(r, "%s", e.text);
        return false;
    }
    bool good = open_session(s, t, secret, r);
    secret_wipe(secret);
    if (!good) {
        s->broken = true;
        session_drop(s);
    }
    return good;
}

/* Closing a CONNECT_ONLY connection, libcurl neither sends QUIT nor waits. We send it, and have the socket shut down so
 * that nothing can make anybody wait (reliability.md V6, V7). */
void session_drop(struct session *s)
{
    size_t sent;
    if (s->easy && s->socket > 0 && !s->broken) {
        curl_easy_send(s->easy, "QUIT\r\n", 6, &sent);
        shutdown(s->socket, SHUT_WR);
    }
    if (s->multi && s->easy)
        curl_multi_remove_handle(s->multi, s->easy);
    curl_easy_cleanup(s->easy);
    curl_multi_cleanup(s->multi);
    caller_done(&s->caller);
    struct session rest = { .http = s->http, .answer = s->answer, .out = s->out };
    *s = rest;
    buf_reset(&s->out);
}
