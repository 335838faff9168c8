#include "compose/calendar.h"

#include "base/buf.h"
#include "compose/clean.h"
#include "compose/links.h"

#include <stdio.h>
#include <string.h>

enum { LINE_MOST = 75, SUMMARY_MOST = 200, DESCRIPTION_MOST = 4000, NAME_MOST = 40 };

/* RFC 5545, 3.1: longer lines go on behind CR LF and a space, which counts. Bytes 10xxxxxx go on with a character. */
static void add_line(struct buf *out, const char *line)
{
    size_t room = LINE_MOST, size = strlen(line);
    while (size > room) {
        size_t n = room;
        while (n > 0 && ((unsigned char)line[n] & 0xC0) == 0x80)
            n--;
        buf_add_bytes(out, line, n);
        buf_add(out, "\r\n ");
        line += n;
        size -= n;
        room = LINE_MOST - 1;
    }
    buf_add(out, line);
    buf_add(out, "\r\n");
}

/* A property whose value needs nothing. */
static void add(struct buf *out, const char *name, const char *value)
{
    struct buf line = { 0 };
    buf_print(&line, "%s:%s", name, value);
    add_line(out, line.text);
    buf_done(&line);
}

/* RFC 5545, 3.3.11. `value` is clean; nothing of it can end the line, so it cannot begin another property. */
static void add_text(struct buf *out, const char *name, const char *value)
{
    struct buf escaped = { 0 };
    for (; value && *value; value++) {
        if (strchr("\\;,", *value))
            buf_add_char(&escaped, '\\');
        if (*value == '\n')
            buf_add(&escaped, "\\n");
        else
            buf_add_char(&escaped, *value);
    }
    if (escaped.size)
        add(out, name, escaped.text);
    buf_done(&escaped);
}

static void add_time(struct buf *out, const char *name, instant t)
{
    struct civil c = instant_split(t);
    char text[80];
    snprintf(text, sizeof text, "%04d%02d%02dT%02d%02d%02dZ", c.year, c.month, c.day, c.hour, c.minute, c.second);
    add(out, name, text);
}

static void add_date(struct buf *out, const char *name, date d)
{
    int year, month, day;
    char text[80];
    date_split(d, &year, &month, &day);
    snprintf(text, sizeof text, "%s;VALUE=DATE:%04d%02d%02d", name, year, month, day);
    add_line(out, text);
}

static void begin_file(struct buf *out)
{
    add(out, "BEGIN", "VCALENDAR");
    add(out, "VERSION", "2.0");
    add(out, "PRODID", "-//followupd//followupd " VERSION "//EN");
    add(out, "METHOD", "PUBLISH");
}

/* What an event says. A PUBLISH must have an organizer (RFC 5546, 3.2.1); it must not be the reader, because Outlook
 * throws mails with one's own events away. */
static void add_words(struct buf *out, const char *summary, const char *description, const char *organizer,
                      const char *url, struct arena *a)
{
    summary = clean_line(a, summary, SUMMARY_MOST);
    organizer = email_link(a, organizer);
    url = web_link(a, url);
    add_text(out, "SUMMARY", summary ? summary : "-");
    add_text(out, "DESCRIPTION", clean_lines(a, description, DESCRIPTION_MOST));
    if (organizer)
        add(out, "ORGANIZER", arena_print(a, "mailto:%s", organizer));
    if (url)
        add(out, "URL", url);
}

/* What the reader may answer is nothing (no ATTENDEE), what others see of it is nothing but the time (PRIVATE), and it
 * is no more than a proposal (TENTATIVE). */
const char *calendar_write(const struct event *v, struct arena *a)
{
    struct buf out = { 0 };
    begin_file(&out);
    add(&out, "BEGIN", "VEVENT");
    add_text(&out, "UID", clean_line(a, v->uid, SUMMARY_MOST));
    add(&out, "SEQUENCE", arena_print(a, "%d", v->sequence));
    add_time(&out, "DTSTAMP", v->stamp);
    add_time(&out, "DTSTART", v->start);
    add_time(&out, "DTEND", v->end);
    add_words(&out, v->summary, v->description, v->organizer, v->url, a);
    add(&out, "STATUS", "TENTATIVE");
    add(&out, "TRANSP", "OPAQUE");
    add(&out, "CLASS", "PRIVATE");
    add(&out, "END", "VEVENT");
    add(&out, "END", "VCALENDAR");
    const char *text = arena_copy(a, buf_text(&out));
    buf_done(&out);
    return text;
}

/* X-WR-CALNAME is nobody's standard and everybody's name of a calendar. */
void calendar_begin(struct buf *out, const char *name, struct arena *a)
{
    begin_file(out);
    add_text(out, "X-WR-CALNAME", clean_line(a, name, SUMMARY_MOST));
}

/* A whole day that keeps nobody from anything else (TRANSPARENT). DTEND is the day after: some readers want it. */
void calendar_add_day(struct buf *out, const struct day_event *v, struct arena *a)
{
    add(out, "BEGIN", "VEVENT");
    add_text(out, "UID", clean_line(a, v->uid, SUMMARY_MOST));
    add_time(out, "DTSTAMP", v->stamp);
    add_date(out, "DTSTART", v->day);
    add_date(out, "DTEND", v->day + 1);
    add_words(out, v->summary, v->description, v->organizer, v->url, a);
    add(out, "STATUS", "TENTATIVE");
    add(out, "TRANSP", "TRANSPARENT");
    add(out, "CLASS", "PRIVATE");
    add(out, "END", "VEVENT");
}

void calendar_end(struct buf *out)
{
    add(out, "END", "VCALENDAR");
}

static bool letter_or_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Its letters and digits, with one dash for whatever lies between them. NULL if none are left. */
static const char *plain(const char *text, struct arena *a)
{
    char out[NAME_MOST + 1];
    size_t n = 0;
    bool gap = false;
    for (; text && *text && n < NAME_MOST - 1; text++) {
        if (letter_or_digit(*text)) {
            if (gap && n)
                out[n++] = '-';
            out[n++] = *text;
        }
        gap = !letter_or_digit(*text);
    }
    return n ? arena_copy_bytes(a, out, n) : NULL;
}

static bool ascii(const char *text)
{
    while (text && *text && (unsigned char)*text < 0x80)
        text++;
    return !text || !*text;
}

const char *calendar_file(const char *kind, const char *name, const char *id, struct arena *a)
{
    const char *what = ascii(name) ? plain(name, a) : NULL; /* half of a name is worse than a number */
    if (!what)
        what = plain(id, a);
    return arena_print(a, "%s-%s.ics", kind, what ? what : "customer");
}
