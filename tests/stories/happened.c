/* What the world did, in words: mails as they arrived, and the engine's trace. */
#include "stories/story.h"

#include "harness/harness.h"
#include "store/digests.h"
#include "store/episodes.h"
#include "store/offers.h"

#include <ctype.h>
#include <gmime/gmime.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void say(struct happened *h, struct teller *t, instant at, const char *text)
{
    struct civil c = zone_civil(t->zone, at);
    char clock[16];
    snprintf(clock, sizeof clock, c.second ? "%02d:%02d:%02d" : "%02d:%02d", c.hour, c.minute, c.second);
    h->lines = arena_grow(&h->arena, h->lines, h->n, sizeof *h->lines);
    h->lines[h->n++] = arena_print(&h->arena, "%04d-%02d-%02d %s  %s", c.year, c.month, c.day, clock, text);
}

/* ---- mails ---- */

/* The value of a header, unfolded and decoded; "" where there is none. */
static const char *header(struct arena *a, const char *bytes, const char *name)
{
    const char *end = strstr(bytes, "\r\n\r\n"), *at = strstr(bytes, arena_print(a, "\r\n%s: ", name));
    struct buf value = { 0 };
    if (at && at < end)
        for (at += strlen(name) + 4; strncmp(at, "\r\n", 2) != 0 || at[2] == ' ' || at[2] == '\t'; at++)
            if (*at != '\r' && *at != '\n')
                buf_add_char(&value, *at == '\t' ? ' ' : *at);
    char *decoded = g_mime_utils_header_decode_text(NULL, buf_text(&value));
    const char *copy = arena_copy(a, decoded);
    g_free(decoded);
    buf_done(&value);
    return copy;
}

/* The mail without quoted-printable, so that words can be found in it. */
static const char *joined(struct arena *a, const char *bytes)
{
    char *copy = arena_copy(a, bytes), *to = copy;
    for (const char *at = bytes; *at; at++) {
        unsigned byte;
        if (strncmp(at, "=\r\n", 3) == 0) {
            at += 2;
        } else if (*at == '=' && isxdigit((unsigned char)at[1]) && sscanf(at + 1, "%2X", &byte) == 1 && byte) {
            *to++ = (char)byte;
            at += 2;
        } else {
            *to++ = *at;
        }
    }
    *to = '\0';
    return copy;
}

/* Does the mail show the code of an offer? Of a digest it is told to whom. */
static void say_offer(struct happened *h, struct teller *t, const struct arrival *a, struct buf *out)
{
    struct issued_offers offers;
    struct err e;
    char day[16];
    const char *text = joined(&h->arena, a->bytes);
    if (!offers_issued(world_store(t->world), a->at, &h->arena, &offers, &e))
        test_fail(__FILE__, __LINE__, "%s", e.text);
    for (size_t i = 0; i < offers.n; i++)
        if (strstr(text, offers.rows[i].code))
            buf_print(out, ", with an offer%s%s until %s", a->digest ? " to " : "",
                      a->digest ? offers.rows[i].customer : "", date_print(offers.rows[i].last_day, day));
}

/* "Anna was told about this on 8 June 2026": to somebody who takes over. */
static void say_before(struct happened *h, const struct arrival *a, struct buf *out)
{
    const char *text = joined(&h->arena, a->bytes), *said = strstr(text, " was told about this on"), *name = said;
    while (name > text && name[-1] != '\n')
        name--;
    if (said)
        buf_print(out, ", after %.*s", (int)(said - name), name);
}

/* The list below a heading, unwrapped: what else is due for the customer, or what similar ones value. */
static void say_list(struct happened *h, const struct arrival *a, const char *heading, const char *deed,
                     struct buf *out)
{
    static const char item[] = "\r\n  - ", more[] = "\r\n    ";
    const char *text = joined(&h->arena, a->bytes), *at = strstr(text, heading);
    at = at ? strstr(at, item) : NULL;
    for (; at && strncmp(at, item, strlen(item)) == 0; deed = " \"") {
        buf_add(out, deed);
        for (at += strlen(item); *at; at++) {
            bool wrapped = strncmp(at, more, strlen(more)) == 0;
            if (*at == '\r' && !wrapped)
                break;
            buf_add_char(out, wrapped ? ' ' : *at);
            at += wrapped ? strlen(more) - 1 : 0;
        }
        buf_add_char(out, '"');
    }
}

static void say_thread(struct happened *h, struct teller *t, const struct arrival *all, size_t i, struct buf *out)
{
    const char *reference = header(&h->arena, all[i].bytes, "References");
    char day[16];
    for (size_t k = 0; k < i; k++)
        if (*reference && strstr(reference, all[k].message_id) && strcmp(all[k].message_id, all[i].message_id) != 0) {
            buf_print(out, ", in the thread of %s", date_print(zone_date(t->zone, all[k].at), day));
            return;
        }
    if (*reference)
        buf_add(out, ", in a thread that nobody has seen");
}

/* A calendar moves an entry whose UID it knows, and only for a higher SEQUENCE than it knows. */
static const char *deed_of_proposal(struct happened *h, const struct arrival *all, size_t i, const struct proposal *p)
{
    struct proposal known;
    const char *deed = "proposing";
    for (size_t k = 0; k < i; k++)
        if (all[k].accepted && strcmp(all[k].channel, "email") == 0 && strcmp(all[k].person, all[i].person) == 0 &&
            strcmp(all[k].message_id, all[i].message_id) != 0 && proposal_read(all[k].bytes, &h->arena, &known) &&
            strcmp(known.uid, p->uid) == 0)
            deed = known.sequence < p->sequence ? "moving the meeting to" : "in vain moving the meeting to";
    return deed;
}

static void say_proposal(struct happened *h, struct teller *t, const struct arrival *all, size_t i, struct buf *out)
{
    struct proposal p;
    if (strcmp(all[i].channel, "email") != 0 || !proposal_read(all[i].bytes, &h->arena, &p))
        return;
    struct civil from = zone_civil(t->zone, p.start), until = zone_civil(t->zone, p.end);
    buf_print(out, ", %s %04d-%02d-%02d %02d:%02d-%02d:%02d", deed_of_proposal(h, all, i, &p), from.year, from.month,
              from.day, from.hour, from.minute, until.hour, until.minute);
}

/* The parts of a digest, by how their headings begin. */
static const struct {
    const char *heading, *called;
} parts[] = {
    { "NEW (", "new" },
    { "STILL OPEN (", "open" },
    { "PUT OFF (", "snoozed" },
    { "KEEP AN EYE ON (", "watch" },
    { "WON BACK LAST WEEK (", "won" },
    { "OFFERS THAT END SOON (", "offers" },
};

/* The first of these words in `text`. */
static void find_first(const char *text, const char *word, const char *called, const char **first, const char **found)
{
    const char *here = strstr(text, word);
    if (here && (!*first || here < *first)) {
        *first = here;
        *found = called;
    }
}

/* Whom a digest speaks of, part by part. */
static void say_customers(struct happened *h, struct teller *t, const struct arrival *a, struct buf *out)
{
    char *at = arena_copy(&h->arena, joined(&h->arena, a->bytes)), *html = strstr(at, "Content-Type: text/html");
    if (html)
        *html = '\0';
    for (bool heading = true, begun = false;;) {
        const char *first = NULL, *found = NULL;
        for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
            find_first(at, parts[i].heading, parts[i].called, &first, &found);
        const char *part = first;
        for (size_t i = 0; i < t->n_customers; i++)
            find_first(at, arena_print(&h->arena, "\n  %s", t->customers[i].name), t->customers[i].id, &first, &found);
        if (!first)
            return;
        buf_print(out, "%s%s", first == part ? (begun ? "; " : ", ") : heading ? " " : ", ", found);
        heading = first == part;
        begun = true;
        at += first - at + 1;
    }
}

static void say_mail(struct happened *h, struct teller *t, const struct arrival *all, size_t i)
{
    const struct arrival *a = &all[i];
    struct buf text = { 0 };
    bool before = false;
    for (size_t k = 0; k < i; k++)
        before |= strcmp(all[k].message_id, a->message_id) == 0 && strcmp(all[k].channel, a->channel) == 0;
    bool mail = strcmp(a->channel, "email") == 0;
    const char *what = mail ? "mail" : arena_print(&h->arena, "%s message", a->channel);
    buf_print(&text, before ? "the same %s again to " : "%s to ", what);
    if (a->digest)
        buf_print(&text, "%s", a->person);
    else if (*a->customer)
        buf_print(&text, "%s about %s", a->person, a->customer);
    else
        buf_print(&text, "the %s", a->person);
    buf_print(&text, ": \"%s\"", mail ? header(&h->arena, a->bytes, "Subject") : a->subject);
    say_thread(h, t, all, i, &text);
    say_list(h, a, "\r\nALSO DUE", ", also: \"", &text);
    say_list(h, a, "\r\nWHAT SIMILAR CUSTOMERS VALUE", ", saying that similar customers value \"", &text);
    say_before(h, a, &text);
    if (a->digest)
        say_customers(h, t, a, &text);
    if (*a->customer)
        say_offer(h, t, a, &text);
    say_proposal(h, t, all, i, &text);
    if (!a->accepted)
        buf_add(&text, ", not taken");
    else if (!a->heard)
        buf_add(&text, ", but no answer came");
    say(h, t, a->at, buf_text(&text));
    buf_done(&text);
}

/* ---- trace ---- */

/* Whom is "message 12 ..." about? */
static const char *subject_of(struct happened *h, struct teller *t, const char *text)
{
    struct episodes eps;
    struct digest_row digest;
    struct err e;
    if (strncmp(text, "message ", 8) != 0)
        return NULL;
    int64_t message = strtoll(text + 8, NULL, 10);
    if (digest_of_message(world_store(t->world), message, &h->arena, &digest, &e))
        return arena_print(&h->arena, "%s digest of %s", digest_kind_name(digest.kind), digest.person);
    if (!episodes_of_message(world_store(t->world), message, &h->arena, &eps, &e))
        test_fail(__FILE__, __LINE__, "%s", e.text);
    return eps.n ? eps.rows[0].customer : "the admin";
}

/* Numbers of messages say nothing to a reader. */
static const char *without_number(struct happened *h, const char *text)
{
    const char *end = strstr(text, " digest to ") ? strstr(text, ", message ") : NULL;
    if (end)
        return arena_copy_bytes(&h->arena, text, (size_t)(end - text));
    size_t digits = strncmp(text, "message ", 8) == 0 ? strspn(text + 8, "0123456789") : 0;
    return digits ? arena_print(&h->arena, "message%s", text + 8 + digits) : text;
}

/* What a mail at the same instant says better. */
static bool obvious(const char *text)
{
    return (strstr(text, " told to ") && strstr(text, ", step ")) ||
           (strncmp(text, "message ", 8) == 0 && strstr(text, " sent"));
}

static void say_trace(struct happened *h, struct teller *t, const struct trace_line *line)
{
    if (obvious(line->text))
        return;
    const char *who = line->customer ? line->customer : subject_of(h, t, line->text),
               *text = without_number(h, line->text);
    say(h, t, line->at, who ? arena_print(&h->arena, "%s: %s", who, text) : text);
}

void happened_collect(struct happened *h, struct teller *t)
{
    const struct trace_line *trace;
    const struct arrival *arrivals;
    size_t n_trace = world_trace(t->world, &trace), n_arrivals = world_arrivals(t->world, &arrivals);
    for (; h->n_trace < n_trace; h->n_trace++)
        say_trace(h, t, &trace[h->n_trace]);
    for (; h->n_arrivals < n_arrivals; h->n_arrivals++)
        say_mail(h, t, arrivals, h->n_arrivals);
}

void happened_done(struct happened *h)
{
    arena_done(&h->arena);
}
