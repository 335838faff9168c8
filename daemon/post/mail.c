/* One mail as a dialogue (RFC 5321), pipelined where the server offers it (RFC 2920), in one BDAT where it offers
 * CHUNKING (RFC 3030). What decides between "not sent" and "unknown" is whether the message was finished when the
 * server fell silent. */
#include "post/envelope.h"
#include "post/session.h"

#include <string.h>

struct step {
    enum stage stage;
    const char *line;
    int class; /* first digit of the answer that lets us go on; 0: any answer */
};

static duration reply_patience(const struct transfer *t)
{
    return patience_or(t->reply_patience, REPLY_PATIENCE);
}

static duration final_patience(const struct transfer *t)
{
    return patience_or(t->final_patience, FINAL_PATIENCE);
}

static bool send_text(struct session *s, const struct transfer *t, const char *text, struct reply *r)
{
    return wire_send(s, text, strlen(text), reply_patience(t), 2 * reply_patience(t), r);
}

/* 354 after a refusal: the server waits for a message. A dot alone is none, and gets us back in step (RFC 2920 3.1). */
static bool take_back(struct session *s, const struct transfer *t)
{
    struct reply ignored = { 0 };
    return send_text(s, t, ".\r\n", &ignored) && wire_hear(s, STAGE_FINAL, reply_patience(t), &ignored);
}

/* Walk through the steps, all sent at once or one by one. False: `r` holds the first answer that did not let us go on.
 */
static bool walk(struct session *s, const struct transfer *t, const struct step *steps, size_t n, struct reply *r)
{
    bool together = s->offers.pipelining, good = true;
    buf_reset(&s->out);
    for (size_t i = 0; together && i < n; i++)
        buf_add(&s->out, steps[i].line);
    r->stage = steps[0].stage;
    if (together && !send_text(s, t, buf_text(&s->out), r))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct reply late = { 0 };
        r->stage = good ? steps[i].stage : r->stage;
        if (!together && !send_text(s, t, steps[i].line, r))
            return false;
        if (!wire_hear(s, steps[i].stage, reply_patience(t), good ? r : &late))
            return false;
        if (!good && late.code / 100 == 3 && !take_back(s, t))
            return false;
        if (good && steps[i].class && r->code / 100 != steps[i].class) {
            good = false;
            s->reset_first = true;
            s->broken |= r->code < 400;
            if (!together || s->broken)
                return false;
        }
    }
    return good;
}

/* Is every line of it ended by CR LF, the last one too? */
static bool lines_clean(const char *bytes, size_t size)
{
    const char *p = bytes, *end = bytes + size;
    while (p < end) {
        const char *lf = memchr(p, '\n', (size_t)(end - p));
        if (!lf || lf == p || lf[-1] != '\r' || memchr(p, '\r', (size_t)(lf - p)) != lf - 1)
            return false;
        p = lf + 1;
    }
    return true;
}

/* A bare CR or LF is where one server sees the end of a message and the next does not: none leaves this house. */
static void add_cleaned(struct buf *out, const char *bytes, size_t size)
{
    const char *p = bytes, *end = bytes + size;
    while (p < end) {
        const char *q = p;
        while (q < end && *q != '\r' && *q != '\n')
            q++;
        buf_add_bytes(out, p, (size_t)(q - p));
        buf_add(out, "\r\n");
        p = q + (q + 1 < end && q[0] == '\r' && q[1] == '\n' ? 2 : 1);
    }
}

/* Lines end in CR LF. A dot that begins one is doubled (RFC 5321 4.5.2). */
static void add_stuffed(struct buf *out, const char *bytes, size_t size)
{
    const char *p = bytes, *end = bytes + size;
    while (p < end) {
        const char *lf = memchr(p, '\n', (size_t)(end - p));
        const char *next = lf ? lf + 1 : end;
        if (*p == '.')
            buf_add_char(out, '.');
        buf_add_bytes(out, p, (size_t)(next - p));
        p = next;
    }
}

struct body {
    const char *bytes;
    size_t size;
    struct buf cleaned;
};

static struct body body_of(const struct transfer *t)
{
    struct body b = { .bytes = t->bytes, .size = t->size };
    if (!lines_clean(t->bytes, t->size)) {
        add_cleaned(&b.cleaned, t->bytes, t->size);
        b.bytes = buf_text(&b.cleaned);
        b.size = b.cleaned.size;
    }
    return b;
}

static bool has_high_octets(const struct body *b)
{
    for (size_t i = 0; i < b->size; i++)
        if (b->bytes[i] & 0x80)
            return true;
    return false;
}

/* From here on silence is no longer "not sent". */
static void hand_over(struct session *s, const struct transfer *t, const struct body *b, bool chunk, struct reply *r)
{
    buf_reset(&s->out);
    if (chunk) {
        buf_print(&s->out, "BDAT %zu LAST\r\n", b->size);
        buf_add_bytes(&s->out, b->bytes, b->size);
    } else {
        add_stuffed(&s->out, b->bytes, b->size);
        buf_add(&s->out, ".\r\n");
    }
    r->stage = STAGE_BODY;
    r->code = 0;
    r->enhanced[0] = r->text[0] = '\0';
    r->body_begun = true;
    if (!wire_send(s, s->out.text, s->out.size, reply_patience(t), final_patience(t), r))
        return;
    r->body_finished = true;
    if (!wire_hear(s, STAGE_FINAL, final_patience(t), r))
        return;
    if (r->code / 100 == 2)
        r->stage = STAGE_DONE;
    else if (r->code < 400)
        s->broken = true;
}

static void mail_line(struct buf *line, const struct session *s, const struct transfer *t, const struct body *b)
{
    buf_print(line, "MAIL FROM:<%s>", t->from);
    if (s->offers.size)
        buf_print(line, " SIZE=%zu", b->size);
    if (s->offers.eight_bit && has_high_octets(b))
        buf_add(line, " BODY=8BITMIME");
    if (s->offers.utf8 && (envelope_needs_utf8(t->from) || envelope_needs_utf8(t->to)))
        buf_add(line, " SMTPUTF8");
    buf_add(line, "\r\n");
}

static void speak(struct session *s, const struct transfer *t, const struct body *b, struct reply *r)
{
    struct buf mail = { 0 }, rcpt = { 0 };
    bool chunk = s->offers.chunking && !s->no_chunking;
    mail_line(&mail, s, t, b);
    buf_print(&rcpt, "RCPT TO:<%s>\r\n", t->to);
    struct step steps[4];
    size_t n = 0;
    if (s->reset_first)
        steps[n++] = (struct step){ STAGE_MAIL, "RSET\r\n", 0 };
    steps[n++] = (struct step){ STAGE_MAIL, buf_text(&mail), 2 };
    steps[n++] = (struct step){ STAGE_RCPT, buf_text(&rcpt), 2 };
    if (!chunk)
        steps[n++] = (struct step){ STAGE_DATA, "DATA\r\n", 3 };
    s->reset_first = false;
    if (walk(s, t, steps, n, r)) {
        if (s->have) { /* an answer to what was not asked yet: it would be taken for the verdict */
            s->broken = true;
            reply_fail(r, CURLE_WEIRD_SERVER_REPLY, "the server answered before it was asked");
        } else {
            hand_over(s, t, b, chunk, r);
        }
    }
    buf_done(&mail);
    buf_done(&rcpt);
}

static bool bdat_unknown(const struct reply *r)
{
    return r->stage == STAGE_FINAL && (r->code == 500 || r->code == 502 || r->code == 503 || r->code == 504);
}

/* With BDAT, and once more with DATA where something between us and the server promised more than it knows. */
static void speak_twice(struct session *s, const struct transfer *t, const struct body *b, struct reply *r)
{
    bool chunk = s->offers.chunking && !s->no_chunking;
    speak(s, t, b, r);
    if (chunk && bdat_unknown(r) && !s->broken) { /* nothing was taken */
        s->no_chunking = s->reset_first = true;
        *r = (struct reply){ 0 };
        speak(s, t, b, r);
    }
    /* A kept connection that ends before MAIL was answered had died earlier. 421 is how servers that count say so, 503
     * that they and we are out of step. */
    r->stale = s->kept && r->stage == STAGE_MAIL && (!r->code || r->code == 421 || r->code == 503);
    s->broken |= r->stale;
}

static bool utf8_missing(const struct session *s, const char *address, enum stage stage, struct reply *r)
{
    if (s->offers.utf8 || !envelope_needs_utf8(address))
        return false;
    r->stage = stage;
    r->misconfigured = true;
    reply_fail(r, 0, "%s has letters outside ASCII, which this server does not take (no SMTPUTF8)", address);
    return true;
}

static bool too_big(const struct session *s, const struct body *b, struct reply *r)
{
    if (!s->offers.size_most || b->size <= s->offers.size_most)
        return false;
    r->stage = STAGE_MAIL;
    r->too_big = true;
    reply_fail(r, 0, "the message has %zu octets, and the server takes %zu at most (SIZE)", b->size,
               s->offers.size_most);
    return true;
}

void mail_speak(struct session *s, const struct transfer *t, struct reply *r)
{
    if (utf8_missing(s, t->from, STAGE_MAIL, r) || utf8_missing(s, t->to, STAGE_RCPT, r))
        return;
    struct body b = body_of(t);
    if (!too_big(s, &b, r))
        speak_twice(s, t, &b, r);
    buf_done(&b.cleaned);
}
