/* HTTP: libcurl does it all. We say how long, how much and to whom, and tell "not sent" from "unknown". */
#include "base/courier.h"
#include "post/session.h"
#include "post/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ANSWER_PATIENCE (30 * SECOND)

static size_t take_body(char *bytes, size_t one, size_t size, void *context)
{
    struct session *s = context;
    size_t room = ANSWER_MOST - s->answer.size, n = one * size < room ? one * size : room;
    buf_add_bytes(&s->answer, bytes, n);
    return n; /* fewer than there were: libcurl hangs up */
}

static struct curl_slist *headers_of(const struct transfer *t)
{
    struct curl_slist *list = curl_slist_append(NULL, "Expect:");
    for (const char *const *h = t->headers; h && *h && list; h++) {
        struct curl_slist *longer = curl_slist_append(list, *h);
        if (!longer)
            curl_slist_free_all(list);
        list = longer;
    }
    return list;
}

/* A kept connection that died is taken for a reason to send again by libcurl itself, whatever the server did with the
 * first request: what must not arrive twice gets a connection of its own. */
static int set_connection(CURL *h, const struct transfer *t)
{
    long fresh = !t->repeatable;
    int bad = 0;
    bad |= curl_easy_setopt(h, CURLOPT_FRESH_CONNECT, fresh);
    bad |= curl_easy_setopt(h, CURLOPT_FORBID_REUSE, fresh);
    bad |= curl_easy_setopt(h, CURLOPT_PROXY, t->proxy ? t->proxy : "");
    bad |= curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
    bad |= curl_easy_setopt(h, CURLOPT_QUICK_EXIT, 1L);
    bad |= curl_easy_setopt(h, CURLOPT_TCP_KEEPALIVE, 1L);
    bad |= curl_easy_setopt(h, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    bad |= curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 1L);
    bad |= curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 2L);
    if (t->ca_file)
        bad |= curl_easy_setopt(h, CURLOPT_CAINFO, t->ca_file);
    bad |= curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT_MS, (long)patience_or(t->connect_patience, CONNECT_PATIENCE));
    bad |= curl_easy_setopt(
        h, CURLOPT_TIMEOUT_MS,
        (long)(patience_or(t->connect_patience, CONNECT_PATIENCE) + patience_or(t->reply_patience, ANSWER_PATIENCE)));
    return bad;
}

static bool set_request(CURL *h, const struct transfer *t, struct curl_slist *headers, struct session *s, char *error)
{
    bool tls = strncasecmp(t->url, "https://", 8) == 0;
    int bad = set_connection(h, t);
    bad |= curl_easy_setopt(h, CURLOPT_URL, t->url);
    bad |= curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, tls ? "https" : "http");
    bad |= curl_easy_setopt(h, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    bad |= curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L);
    bad |= curl_easy_setopt(h, CURLOPT_USERAGENT, "followupd");
    bad |= curl_easy_setopt(h, CURLOPT_HTTPHEADER, headers);
    bad |= curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, take_body);
    bad |= curl_easy_setopt(h, CURLOPT_WRITEDATA, s);
    bad |= curl_easy_setopt(h, CURLOPT_ERRORBUFFER, error);
    if (t->bytes) {
        bad |= curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)t->size);
        bad |= curl_easy_setopt(h, CURLOPT_POSTFIELDS, t->bytes);
    }
    bad |= curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, t->method);
    return !bad;
}

/* Seconds, with a fraction where the server has one, or a date (RFC 9110 10.2.3). What lies in the past is now. */
static duration read_retry_after(CURL *h)
{
    struct curl_header *found;
    if (curl_easy_header(h, "Retry-After", 0, CURLH_HEADER, -1, &found) != CURLHE_OK)
        return -1;
    char *end;
    double seconds = strtod(found->value, &end);
    if (end > found->value && !*end && seconds == seconds) /* not "nan" */
        return seconds <= 0 ? 0 : seconds < 1e6 ? (duration)(seconds * 1000) : (duration)1e9;
    time_t day = curl_getdate(found->value, NULL);
    if (day == -1)
        return -1;
    instant at = (instant)day * SECOND, now = courier_now();
    return at > now ? at - now : 0;
}

/* Nothing left this machine, so nobody got anything. */
static void explain_not_sent(const struct transfer *t, CURLcode rc, const char *error, struct reply *r)
{
    r->stage = STAGE_CONNECT;
    r->misconfigured = rc == CURLE_PEER_FAILED_VERIFICATION || rc == CURLE_SSL_CACERT_BADFILE ||
                       rc == CURLE_URL_MALFORMAT || rc == CURLE_UNSUPPORTED_PROTOCOL;
    reply_fail(r, (int)rc, "%s%s", *error ? error : curl_easy_strerror(rc),
               rc == CURLE_PEER_FAILED_VERIFICATION && t->ca_file ? ": is ca_file the certificate that signed it?"
               : rc == CURLE_PEER_FAILED_VERIFICATION ? "; where the service has a certificate authority of its own, "
                                                        "write its certificate's path as ca_file"
                                                      : "");
}

static void read_answer(struct session *s, const struct transfer *t, CURLcode rc, const char *error, struct reply *r)
{
    long status = 0, sent = 0;
    curl_easy_getinfo(s->http, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(s->http, CURLINFO_REQUEST_SIZE, &sent);
    bool whole = rc == CURLE_OK || (rc == CURLE_WRITE_ERROR && s->answer.size == ANSWER_MOST);
    r->body_begun = sent > 0;
    if (!sent && !whole) {
        explain_not_sent(t, rc, error, r);
        return;
    }
    r->stage = whole ? STAGE_DONE : STAGE_ANSWER;
    if (!whole)
        reply_fail(r, (int)rc, "%s", *error ? error : curl_easy_strerror(rc));
    r->body_finished = true;
    r->code = (int)status;
    r->retry_after = read_retry_after(s->http);
    r->body = buf_text(&s->answer);
    r->body_size = s->answer.size;
}

void http_speak(struct session *s, const struct transfer *t, struct reply *r)
{
    char error[CURL_ERROR_SIZE] = "";
    struct curl_slist *headers = headers_of(t);
    r->retry_after = -1;
    r->body = "";
    r->stage = STAGE_CONNECT;
    buf_reset(&s->answer);
    if (!s->http)
        s->http = curl_easy_init();
    else
        curl_easy_reset(s->http); /* keeps its connections */
    if (s->http && headers && set_request(s->http, t, headers, s, error)) {
        CURLcode rc = curl_easy_perform(s->http);
        read_answer(s, t, rc, error, r);
        curl_easy_setopt(s->http, CURLOPT_ERRORBUFFER, NULL);
    } else {
        reply_fail(r, CURLE_FAILED_INIT, "libcurl takes none of this request");
    }
    curl_slist_free_all(headers);
}
