/* Why a session did not open, in words that say what to do. */
#include "post/session.h"

#include <stdio.h>
#include <string.h>

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
    case CURLE_WEIRD_SERVER_REPLY:
        return ": what answers there does not speak SMTP as it should";
    default:
        return "";
    }
}

void opening_refuse_login(struct reply *r, const char *format, ...)
{
    char why[1024];
    va_list rest;
    va_start(rest, format);
    vsnprintf(why, sizeof why, format, rest);
    va_end(rest);
    r->stage = STAGE_LOGIN;
    r->misconfigured = true;
    reply_fail(r, 0, "%s", why);
}

void opening_no_login(const struct transfer *t, const struct offers *o, struct reply *r)
{
    bool token = t->oauth_token_file != NULL;
    if (o->logins[0])
        opening_refuse_login(r, "the server offers no login for a %s: %s is not among \"%s\"",
                             token ? "token" : "password", token ? "XOAUTH2 or OAUTHBEARER" : "PLAIN or LOGIN",
                             o->logins);
    else if (o->starttls && t->security == SECURITY_NONE)
        opening_refuse_login(r, "the server offers no login before STARTTLS: write security = \"starttls\"");
    else
        opening_refuse_login(
            r, "the server offers no login (AUTH), and mail does not leave without it: take user away, or "
               "use the port for sending (587)");
}

void opening_explain(const struct session *s, const struct transfer *t, const struct opening *o, CURLcode rc,
                     struct reply *r)
{
    bool at_login = t->user && o->ehlos > (t->security == SECURITY_STARTTLS);
    bool no_ehlo = rc == CURLE_REMOTE_ACCESS_DENIED && t->security == SECURITY_STARTTLS && o->said.code >= 500 &&
                   o->said.code <= 504;
    bool its_words = o->said.code >= 400 && !no_ehlo;
    const char *said = o->error[0] ? o->error : curl_easy_strerror(rc);
    if (its_words) {
        *r = o->said;
        r->transport = (int)rc;
    } else if (no_ehlo) {
        reply_fail(r, (int)rc, "the server does not know EHLO, so there is no STARTTLS: nothing is sent in plain text");
    } else if (strstr(said, "wrong version number")) { /* the words and the version of OpenSSL help nobody */
        reply_fail(r, (int)rc,
                   "the server does not begin with TLS on this port: write smtp:// in url (587, 25); smtps:// "
                   "is for the other kind (465)");
    } else if (rc == CURLE_LOGIN_DENIED && o->said.code == 334) {
        /* What XOAUTH2 says to a bad token: a challenge that holds the error. libcurl leaves it at that. */
        reply_fail(r, (int)rc,
                   "the server does not accept the token: is the one in oauth_token_file fresh, and for user?");
    } else if (rc == CURLE_LOGIN_DENIED) {
        opening_no_login(t, &o->offers, r);
    } else {
        reply_fail(r, (int)rc, "%.*s%s", (int)(strlen(said) - (said[0] && said[strlen(said) - 1] == '.')), said,
                   remedy(s->easy, rc, said));
    }
    r->stage = rc == CURLE_LOGIN_DENIED || at_login ? STAGE_LOGIN : STAGE_CONNECT;
    /* "454 not now" to STARTTLS or AUTH comes to us under the same CURLcode as a plain no. */
    r->misconfigured = no_ehlo || (our_own_fault(rc) && !(its_words && o->said.code < 500));
}
