/* Bytes to and from the server, with deadlines. */
#include "base/courier.h"
#include "post/session.h"

#include <ctype.h>
#include <poll.h>
#include <string.h>

/* Of one answer. RFC 5321 allows 512 octets a line; nobody honest needs more than this for all of them. */
#define ANSWER_MOST 65536
#define PIECE 16384

enum got { GOT_SOME, GOT_NOTHING, GOT_END };

static enum got soak(struct session *s, struct reply *r)
{
    size_t n = 0;
    CURLcode rc = curl_easy_recv(s->easy, s->in + s->have, sizeof s->in - s->have, &n);
    if (rc == CURLE_AGAIN)
        return GOT_NOTHING;
    if (rc == CURLE_OK && n > 0) {
        s->have += n;
        return GOT_SOME;
    }
    s->broken = true;
    if (rc == CURLE_OK)
        reply_fail(r, CURLE_RECV_ERROR, "the server closed the connection");
    else
        reply_fail(r, (int)rc, "the connection broke (%s)", curl_easy_strerror(rc));
    return GOT_END;
}

/* Returns what poll() saw; 0 once `deadline` has passed. */
static short wait_for(const struct session *s, short events, duration deadline)
{
    for (;;) {
        duration left = deadline - courier_monotonic();
        if (left <= 0)
            return 0;
        struct pollfd p = { .fd = s->socket, .events = events };
        int n = poll(&p, 1, left > 60000 ? 60000 : (int)left);
        if (n > 0)
            return p.revents;
    }
}

static bool garbage(struct session *s, const char *what, struct reply *r)
{
    s->broken = true;
    reply_fail(r, CURLE_WEIRD_SERVER_REPLY, "%s", what);
    return false;
}

enum heard { HEARD_NOTHING, HEARD_LINE, HEARD_ALL, HEARD_GARBAGE };

static bool begins_with_code(const char *line, size_t size)
{
    return size >= 3 && line[0] >= '2' && line[0] <= '5' && isdigit((unsigned char)line[1]) &&
           isdigit((unsigned char)line[2]) && (size == 3 || line[3] == ' ' || line[3] == '-');
}

/* Take the next line that has arrived whole. `r->code` is the code of the lines before it, or 0. */
static enum heard take_line(struct session *s, struct reply *r)
{
    const char *end = memchr(s->in, '\n', s->have);
    if (!end)
        return s->have < sizeof s->in ? HEARD_NOTHING : HEARD_GARBAGE;
    size_t whole = (size_t)(end - s->in) + 1, size = whole - 1;
    if (size && s->in[size - 1] == '\r')
        size--;
    int before = r->code;
    if (!begins_with_code(s->in, size))
        return HEARD_GARBAGE;
    answer_line(r, s->in, size);
    bool last = size == 3 || s->in[3] == ' ';
    bool same = !before || before == r->code;
    s->have -= whole;
    memmove(s->in, s->in + whole, s->have);
    return !same ? HEARD_GARBAGE : last ? HEARD_ALL : HEARD_LINE;
}

static void begin_answer(struct reply *r)
{
    r->code = r->transport = 0;
    r->enhanced[0] = r->text[0] = '\0';
}

/* Take all lines that are there. HEARD_LINE: more must come. */
static enum heard take_lines(struct session *s, size_t *total, struct reply *r)
{
    enum heard heard;
    size_t before = s->have;
    while ((heard = take_line(s, r)) == HEARD_LINE)
        ;
    *total += before - s->have;
    if (heard == HEARD_ALL && r->code == 421)
        s->broken = true; /* it closes now (RFC 5321 3.8) */
    return heard;
}

bool wire_hear(struct session *s, enum stage stage, duration patience, struct reply *r)
{
    duration deadline = courier_monotonic() + patience;
    size_t total = 0;
    r->stage = stage;
    begin_answer(r);
    for (;;) {
        enum heard heard = take_lines(s, &total, r);
        if (heard == HEARD_ALL)
            return true;
        if (heard == HEARD_GARBAGE || total > ANSWER_MOST)
            return garbage(s, "the server answered something that is not SMTP", r);
        /* TLS may hold bytes that poll() does not see; without it, asking first saves a call. */
        enum got got = s->encrypted ? soak(s, r) : GOT_NOTHING;
        if (got == GOT_NOTHING && wait_for(s, POLLIN, deadline))
            got = soak(s, r);
        else if (got == GOT_NOTHING) {
            s->broken = true;
            reply_fail(r, CURLE_OPERATION_TIMEDOUT, "waited %g s in vain for %s", (double)patience / SECOND,
                       stage_awaited(stage));
            return false;
        }
        if (got == GOT_END)
            return false;
    }
}

bool wire_quiet(struct session *s)
{
    struct reply ignored = { 0 };
    return !s->have && soak(s, &ignored) == GOT_NOTHING;
}

/* While we are speaking: has the server begun to answer, or hung up? Its last words are worth more than "broken pipe".
 */
static bool interrupted(struct session *s, struct reply *r)
{
    struct reply words = { .stage = r->stage };
    size_t total = 0;
    enum got got;
    do {
        got = soak(s, &words);
    } while (got == GOT_SOME && s->have < sizeof s->in);
    struct reply heard = { 0 };
    if (take_lines(s, &total, &heard) == HEARD_ALL && heard.code >= 400) {
        s->broken = true;
        r->code = heard.code;
        r->transport = 0;
        memcpy(r->enhanced, heard.enhanced, sizeof r->enhanced);
        memcpy(r->text, heard.text, sizeof r->text);
        return true;
    }
    if (got == GOT_END)
        reply_fail(r, words.transport, "%s", words.text);
    return got == GOT_END;
}

bool wire_send(struct session *s, const void *bytes, size_t size, duration patience, duration in_all, struct reply *r)
{
    const char *p = bytes;
    duration end = courier_monotonic() + in_all;
    while (size) {
        size_t n = 0;
        CURLcode rc = curl_easy_send(s->easy, p, size < PIECE ? size : PIECE, &n);
        p += n;
        size -= n;
        if (rc != CURLE_OK && rc != CURLE_AGAIN) {
            s->broken = true;
            if (!interrupted(s, r))
                reply_fail(r, (int)rc, "the connection broke (%s)", curl_easy_strerror(rc));
            return false;
        }
        if (rc == CURLE_OK)
            continue;
        duration deadline = courier_monotonic() + patience;
        short seen = wait_for(s, POLLIN | POLLOUT, deadline < end ? deadline : end);
        if (!seen) {
            s->broken = true;
            reply_fail(r, CURLE_OPERATION_TIMEDOUT, "the server stopped taking what we send");
            return false;
        }
        if ((seen & ~POLLOUT) && interrupted(s, r)) {
            s->broken = true;
            return false;
        }
    }
    return true;
}
