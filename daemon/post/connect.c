/* What libcurl does for us: name, TCP, TLS, EHLO, STARTTLS, the login (CURLOPT_CONNECT_ONLY). */
#include "base/courier.h"
#include "base/mem.h"
#include "base/secret.h"
#include "post/session.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

/* Servers close after five minutes at the earliest (RFC 5321 4.5.3.2.7), firewalls sooner. */
#define KEEP_IDLE (100 * SECOND)

/* A session being opened: what the server said on the way. */
struct opening {
    struct offers offers;
    struct reply said; /* the last answer */
    bool whole;        /* `said` has its last line */
    int answers;       /* whole ones */
    int ehlos;
    char error[CURL_ERROR_SIZE];
};

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
    };
    size_t word = 0;
    while (word < size && !isspace((unsigned char)line[word]))
        word++;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strlen(rows[i].keyword) == word && strncasecmp(line, rows[i].keyword, word) == 0)
            *(bool *)((char *)o + rows[i].at) = true;
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

static bool set_up(CURL *easy, const struct transfer *t, const char *password, struct opening *o)
{
    long patience = (long)patience_or(t->reply_patience, REPLY_PATIENCE);
    long in_all = (long)patience_or(t->connect_patience, CONNECT_PATIENCE) + 10 * patience;
    int bad = 0;
    bad |= curl_easy_setopt(easy, CURLOPT_URL, t->url);
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
    if (t->user) {
        bad |= curl_easy_setopt(easy, CURLOPT_USERNAME, t->user);
        bad |= curl_easy_setopt(easy, CURLOPT_PASSWORD, password);
        bad |= curl_easy_setopt(easy, CURLOPT_SASL_IR, 1L);
    }
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

/* Would it go on like this until somebody changes something? */
static bool our_own_fault(CURLcode rc)
{
    switch (rc) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_NOT_BUILT_IN:
    case CURLE_USE_SSL_FAILED:
    case CURLE_LOGIN_DENIED:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_ISSUER_ERROR:
        return true;
    default:
        return false;
    }
}

/* What OpenSSL has against a certificate: X509_V_ERR_... of its x509_vfy.h. */
enum { NOT_YET_VALID = 9, EXPIRED = 10, SELF_SIGNED = 18, SELF_SIGNED_ABOVE = 19, NO_ISSUER = 20, NO_CHAIN = 21 };

/* A name that does not match is found by libcurl itself. */
static const char *remedy_for_certificate(CURL *easy, const char *said)
{
    long why = 0;
    if (strstr(said, "subject name"))
        return ": write in url the name that the certificate is for";
    curl_easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &why);
    switch (why) {
    case EXPIRED:
    case NOT_YET_VALID:
        return ": renew it on the mail server; if it is new, look at this machine's clock";
    case SELF_SIGNED:
    case SELF_SIGNED_ABOVE:
    case NO_ISSUER:
    case NO_CHAIN:
        return ": if this is your own server, write its certificate, or that of its authority, to a file, and name "
               "that in ca_file";
    default:
        return ": the certificate must be valid, name the host in url, and be signed by the system's authorities or "
               "those in ca_file";
    }
}

static const char *remedy(CURL *easy, CURLcode rc, const char *said)
{
    switch (rc) {
    case CURLE_PEER_FAILED_VERIFICATION:
        return remedy_for_certificate(easy, said);
    case CURLE_COULDNT_RESOLVE_HOST:
        return ": is the name in url right, and does this machine know a name server?";
    case CURLE_COULDNT_CONNECT:
        return ": does the mail server run there, is the port in url right, and does no firewall stop us?";
    case CURLE_SSL_CONNECT_ERROR:
        return ": look at the server's own log, which says more";
    case CURLE_SSL_CACERT_BADFILE:
        return ": ca_file must name a file of certificates (PEM) that followupd's user may read";
    case CURLE_USE_SSL_FAILED:
        return ": nothing is sent in plain text; is this the port for sending (587), and does nobody in between remove "
               "it?";
    default:
        return "";
    }
}

static void explain(CURL *easy, const struct transfer *t, const struct opening *o, CURLcode rc, struct reply *r)
{
    bool at_login = t->user && o->ehlos > (t->security == SECURITY_STARTTLS);
    bool its_words = o->said.code >= 400;
    const char *said = o->error[0] ? o->error : curl_easy_strerror(rc);
    if (strstr(said, "wrong version number")) /* the words and the version of OpenSSL help nobody */
        reply_fail(r, (int)rc,
                   "the server does not begin with TLS on this port: write smtp:// in url (587, 25); smtps:// "
                   "is for the other kind (465)");
    else
        reply_fail(r, (int)rc, "%.*s%s", (int)(strlen(said) - (said[0] && said[strlen(said) - 1] == '.')), said,
                   remedy(easy, rc, said));
    if (its_words) {
        *r = o->said;
        r->transport = (int)rc;
    }
    r->stage = rc == CURLE_LOGIN_DENIED || at_login ? STAGE_LOGIN : STAGE_CONNECT;
    /* "454 not now" to STARTTLS or AUTH comes to us under the same CURLcode as a plain no. */
    r->misconfigured = our_own_fault(rc) && !(its_words && o->said.code < 500);
}

static void refuse_login(struct reply *r, const char *why)
{
    r->stage = STAGE_LOGIN;
    r->misconfigured = true;
    reply_fail(r, 0, "%s", why);
}

static bool same_text(const char *a, const char *b)
{
    return !a || !b ? a == b : strcmp(a, b) == 0;
}

static bool serves(const struct caller *c, const struct transfer *t)
{
    return same_text(c->url, t->url) && same_text(c->user, t->user) && same_text(c->password_file, t->password_file) &&
           same_text(c->ca_file, t->ca_file) && c->security == t->security;
}

static void caller_set(struct caller *c, const struct transfer *t)
{
    *c = (struct caller){ mem_copy(t->url), mem_copy(t->user), mem_copy(t->password_file), mem_copy(t->ca_file),
                          t->security };
}

static void caller_done(struct caller *c)
{
    free(c->url);
    free(c->user);
    free(c->password_file);
    free(c->ca_file);
    *c = (struct caller){ 0 };
}

static bool still_good(struct session *s, const struct transfer *t)
{
    return !s->broken && serves(&s->caller, t) && courier_monotonic() - s->used_at < KEEP_IDLE && wire_quiet(s);
}

static bool open_session(struct session *s, const struct transfer *t, const char *password, struct reply *r)
{
    struct opening o = { 0 };
    curl_socket_t socket = CURL_SOCKET_BAD;
    s->multi = curl_multi_init();
    s->easy = curl_easy_init();
    bool ready =
        s->multi && s->easy && set_up(s->easy, t, password, &o) && curl_multi_add_handle(s->multi, s->easy) == CURLM_OK;
    CURLcode rc = ready ? open_until(s, t, &o) : CURLE_FAILED_INIT;
    if (rc == CURLE_OK)
        rc = curl_easy_getinfo(s->easy, CURLINFO_ACTIVESOCKET, &socket);
    if (rc == CURLE_OK && socket == CURL_SOCKET_BAD)
        rc = CURLE_RECV_ERROR;
    if (rc != CURLE_OK) {
        explain(s->easy, t, &o, rc, r);
        return false;
    }
    curl_easy_setopt(s->easy, CURLOPT_PASSWORD, NULL);
    curl_easy_setopt(s->easy, CURLOPT_HEADERDATA, NULL);
    curl_easy_setopt(s->easy, CURLOPT_HEADERFUNCTION, NULL);
    curl_easy_setopt(s->easy, CURLOPT_ERRORBUFFER, NULL);
    s->socket = socket;
    s->offers = o.offers;
    s->encrypted = t->security != SECURITY_NONE;
    caller_set(&s->caller, t);
    if (t->user && !o.offers.authenticated)
        refuse_login(r, "the server did not ask for the password: user and password_file are set, but mail would leave "
                        "without a login; take the two away, or use the port for sending (587)");
    return !r->misconfigured;
}

bool session_connect(struct session *s, const struct transfer *t, struct reply *r)
{
    if (s->easy && still_good(s, t))
        return true;
    session_drop(s);
    struct err e;
    char *password = NULL;
    if (t->user && !secret_read(&password, t->password_file, &e)) {
        refuse_login(r, e.text);
        return false;
    }
    if (password && strpbrk(password, "\r\n")) {
        refuse_login(r, "password_file holds several lines; it must hold the password alone, on one line");
        secret_wipe(password);
        return false;
    }
    bool good = open_session(s, t, password, r);
    secret_wipe(password);
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
    struct buf out = s->out;
    *s = (struct session){ .out = out };
    buf_reset(&s->out);
}
