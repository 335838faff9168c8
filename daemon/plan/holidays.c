/* Days off from a plain list or from the subset of iCalendar (RFC 5545) that holiday calendars are made of. */
#include "base/buf.h"
#include "base/mem.h"
#include "base/shown.h"
#include "plan/hours.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    AROUND = 20,        /* years to each side for what repeats */
    LONGEST = 366,      /* days of one event */
    MOST_DAYS = 100000, /* in one list: a hostile file must not fill the memory */
};

struct list {
    const char *name, *rest; /* of the file; what is not read yet */
    int line, next;          /* of what is being read; of `rest` */
    int year;
    struct holidays days;
    size_t room;
    date last_single, last_yearly;
    struct err *e;
};

static bool fail(struct list *l, const char *format, ...) PRINTF_LIKE(2, 3);

static bool fail(struct list *l, const char *format, ...)
{
    char text[512];
    va_list rest;
    va_start(rest, format);
    vsnprintf(text, sizeof text, format, rest);
    va_end(rest);
    return err_set(l->e, "%s:%d: %s", l->name, l->line, text);
}

static bool add_days(struct list *l, date first, int n)
{
    if (l->days.n + (size_t)n > MOST_DAYS)
        return fail(l, "more than %d days off: this is no list of holidays", MOST_DAYS);
    while (l->room < l->days.n + (size_t)n) {
        l->room = l->room ? 2 * l->room : 64;
        l->days.days = mem_resize(l->days.days, l->room * sizeof *l->days.days);
    }
    for (int i = 0; i < n; i++)
        l->days.days[l->days.n++] = first + i;
    return true;
}

static void note_last(date *last, date d)
{
    if (*last == DATE_NONE || d > *last)
        *last = d;
}

/* The next line without its end, LF or CRLF, into `out`. False at the end of the text. */
static bool next_line(struct list *l, struct buf *out)
{
    if (!*l->rest)
        return false;
    size_t size = strcspn(l->rest, "\n"), bare = size;
    l->line = l->next++;
    if (bare && l->rest[bare - 1] == '\r')
        bare--;
    buf_add_bytes(out, l->rest, bare);
    l->rest += size + (l->rest[size] == '\n');
    return true;
}

/* ---- a plain list ---- */

static bool read_list_line(struct list *l, const char *text)
{
    char day[11] = "", part[SHOWN_SIZE];
    date d;
    text += strspn(text, " \t");
    if (!*text || *text == '#')
        return true;
    size_t size = strcspn(text, " \t#");
    if (size == 10)
        memcpy(day, text, 10);
    if (!date_read(day, &d))
        return fail(l, "expected a day such as \"2026-12-25\" at the beginning of \"%s\"", shown(text, part));
    note_last(&l->last_single, d);
    return add_days(l, d, 1);
}

static bool read_list(struct list *l)
{
    struct buf line = { 0 };
    bool fine = true;
    while (fine && next_line(l, &line)) {
        fine = read_list_line(l, buf_text(&line));
        buf_reset(&line);
    }
    buf_done(&line);
    return fine;
}

/* ---- iCalendar ---- */

/* The event that is being read, and how deep we are in BEGINs. */
struct event {
    int depth, own_depth; /* own_depth 0: in no event */
    int line;
    date start, end, until; /* end: exclusive; until: inclusive */
    int days;               /* DURATION */
    bool yearly, cancelled;
    int month, day; /* BYMONTH and BYMONTHDAY */
};

/* "20261225", or "20261225T090000Z": its date counts. */
static bool read_day(const char *text, date *out)
{
    size_t digits = strspn(text, "0123456789");
    int n[8];
    if (digits != 8)
        return false;
    for (int i = 0; i < 8; i++)
        n[i] = text[i] - '0';
    int year = n[0] * 1000 + n[1] * 100 + n[2] * 10 + n[3], month = n[4] * 10 + n[5], day = n[6] * 10 + n[7];
    const char *time = text + 8;
    if (*time == 'T' && strspn(time + 1, "0123456789") == 6)
        time += 7 + (time[7] == 'Z');
    if (*time || !date_valid(year, month, day))
        return false;
    *out = date_of(year, month, day);
    return true;
}

static bool read_date_of(struct list *l, const char *property, const char *value, date *out)
{
    char part[SHOWN_SIZE];
    return read_day(value, out) ||
           fail(l, "%s is \"%s\": expected one day, such as 20261225", property, shown(value, part));
}

static bool read_start(struct list *l, struct event *v, const char *value)
{
    return read_date_of(l, "DTSTART", value, &v->start);
}

static bool read_end(struct list *l, struct event *v, const char *value)
{
    return read_date_of(l, "DTEND", value, &v->end);
}

/* "P1D", "P2W"; a time of day lasts no day. */
static bool read_duration(struct list *l, struct event *v, const char *value)
{
    char *end = NULL, part[SHOWN_SIZE];
    long n = value[0] == 'P' && value[1] >= '0' && value[1] <= '9' ? strtol(value + 1, &end, 10) : -1;
    if (n >= 0 && n <= LONGEST && (strcmp(end, "D") == 0 || strcmp(end, "W") == 0)) {
        v->days = (int)n * (*end == 'W' ? 7 : 1);
        return true;
    }
    if (strncmp(value, "PT", 2) == 0)
        return true;
    return fail(l, "DURATION is \"%s\": expected days or weeks, such as P1D", shown(value, part));
}

static bool read_status(struct list *l, struct event *v, const char *value)
{
    (void)l;
    v->cancelled = strcasecmp(value, "CANCELLED") == 0;
    return true;
}

static int small_number(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits && digits <= 2 && !text[digits] ? atoi(text) : -1;
}

/* One "NAME=value" of an RRULE. BYMONTH and BYMONTHDAY are understood where they only repeat what DTSTART says (some
 * programs write them): that is seen at the end of the event. */
static bool read_rule_part(struct event *v, const char *part)
{
    if (strcasecmp(part, "FREQ=YEARLY") == 0) {
        v->yearly = true;
        return true;
    }
    if (strncasecmp(part, "UNTIL=", 6) == 0)
        return read_day(part + 6, &v->until);
    if (strncasecmp(part, "BYMONTH=", 8) == 0)
        return (v->month = small_number(part + 8)) > 0;
    if (strncasecmp(part, "BYMONTHDAY=", 11) == 0)
        return (v->day = small_number(part + 11)) > 0;
    return strcasecmp(part, "INTERVAL=1") == 0 || strncasecmp(part, "WKST=", 5) == 0;
}

static bool refuse_rule(struct list *l, const char *value)
{
    char part[SHOWN_SIZE];
    return fail(
        l,
        "RRULE is \"%s\": only FREQ=YEARLY is supported, on the day of DTSTART, with INTERVAL=1 and UNTIL; write "
        "the other days one by one",
        shown(value, part));
}

static bool read_rule(struct list *l, struct event *v, const char *value)
{
    char *parts = mem_copy(value), *rest = parts, *part;
    bool fine = true;
    while (fine && (part = strsep(&rest, ";")))
        fine = read_rule_part(v, part);
    free(parts);
    return (fine && v->yearly) || refuse_rule(l, value);
}

static bool refuse(struct list *l, struct event *v, const char *value)
{
    (void)v;
    (void)value;
    return fail(l, "RDATE, EXDATE, EXRULE and RECURRENCE-ID are not supported: write such days one by one");
}

static const struct {
    const char *name;
    bool (*read)(struct list *l, struct event *v, const char *value);
} properties[] = {
    { "DTSTART", read_start }, { "DTEND", read_end },     { "DURATION", read_duration },
    { "RRULE", read_rule },    { "STATUS", read_status }, { "RDATE", refuse },
    { "EXDATE", refuse },      { "EXRULE", refuse },      { "RECURRENCE-ID", refuse },
};

static bool add_yearly(struct list *l, const struct event *v, int n)
{
    int year, month, day;
    date_split(v->start, &year, &month, &day);
    if ((v->month && v->month != month) || (v->day && v->day != day))
        return refuse_rule(l, "FREQ=YEARLY on another day than DTSTART");
    for (int y = l->year - AROUND; y <= l->year + AROUND; y++) {
        /* There is no 29 February in most years: RFC 5545, 3.3.10 skips it. */
        date first = y >= year && date_valid(y, month, day) ? date_of(y, month, day) : DATE_NONE;
        if (first == DATE_NONE || (v->until != DATE_NONE && first > v->until))
            continue;
        if (!add_days(l, first, n))
            return false;
        note_last(&l->last_yearly, first + n - 1);
    }
    return true;
}

static bool end_event(struct list *l, const struct event *v)
{
    if (v->cancelled)
        return true;
    if (v->start == DATE_NONE)
        return fail(l, "the event that begins in line %d has no DTSTART", v->line);
    int64_t n = v->end != DATE_NONE ? (int64_t)v->end - v->start : v->days;
    if (n < 0)
        return fail(l, "the event that begins in line %d ends before it starts", v->line);
    if (n > LONGEST)
        return fail(l, "the event that begins in line %d lasts for more than a year", v->line);
    n = n ? n : 1; /* some write the same day for start and end */
    if (v->yearly)
        return add_yearly(l, v, (int)n);
    note_last(&l->last_single, v->start + (date)n - 1);
    return add_days(l, v->start, (int)n);
}

/* At depth 1 there are calendars, and only there: so a file that lost its end, or its beginning, is noticed. */
static bool fits(const struct event *v, const char *what)
{
    return v->depth > 0 && (v->depth == 1) == (strcasecmp(what, "VCALENDAR") == 0);
}

static bool begin_part(struct list *l, struct event *v, const char *what)
{
    char part[SHOWN_SIZE];
    v->depth++;
    if (!fits(v, what))
        return fail(l, "BEGIN:%s is not in its place: a calendar is what lies in a VCALENDAR", shown(what, part));
    if (v->own_depth || strcasecmp(what, "VEVENT") != 0)
        return true;
    *v = (struct event){ .depth = v->depth, .own_depth = v->depth, .line = l->line };
    v->start = v->end = v->until = DATE_NONE;
    return true;
}

static bool end_part(struct list *l, struct event *v, const char *what)
{
    char part[SHOWN_SIZE];
    bool of_event = v->own_depth && v->depth == v->own_depth;
    if (!fits(v, what) || of_event != (strcasecmp(what, "VEVENT") == 0))
        return fail(l, "END:%s does not belong to any BEGIN", shown(what, part));
    v->depth--;
    if (!of_event)
        return true;
    v->own_depth = 0;
    return end_event(l, v);
}

/* "NAME;PARAMETER="quoted: text":value". */
static bool read_property(struct list *l, struct event *v, char *text)
{
    char part[SHOWN_SIZE], *value = text;
    bool quoted = false;
    for (; *value && (quoted || *value != ':'); value++)
        quoted ^= *value == '"';
    if (!*value)
        return fail(l, "\"%s\" is no line of a calendar", shown(text, part));
    *value++ = '\0';
    text[strcspn(text, ";")] = '\0';
    for (char *end = value + strlen(value); end > value && (end[-1] == ' ' || end[-1] == '\t');)
        *--end = '\0';
    if (strcasecmp(text, "BEGIN") == 0)
        return begin_part(l, v, value);
    if (strcasecmp(text, "END") == 0)
        return end_part(l, v, value);
    /* Deeper parts, such as alarms, have properties of the same names. So have time zones, which are outside of events.
     */
    for (size_t i = 0; v->own_depth && v->depth == v->own_depth && i < sizeof properties / sizeof properties[0]; i++)
        if (strcasecmp(text, properties[i].name) == 0)
            return properties[i].read(l, v, value);
    return true;
}

/* A line that begins with a space belongs to the one before it (RFC 5545, 3.1). */
static bool next_unfolded(struct list *l, struct buf *out)
{
    if (!next_line(l, out))
        return false;
    int first = l->line;
    while (*l->rest == ' ' || *l->rest == '\t') {
        l->rest++;
        next_line(l, out);
    }
    l->line = first;
    return true;
}

static bool read_calendar(struct list *l)
{
    struct buf line = { 0 };
    struct event v = { 0 };
    bool fine = true;
    while (fine && next_unfolded(l, &line)) {
        fine = !line.size || read_property(l, &v, line.text);
        buf_reset(&line);
    }
    buf_done(&line);
    if (fine && v.depth)
        return fail(l, "the calendar is cut off: END:VCALENDAR is missing");
    return fine;
}

/* ---- both ---- */

static int by_day(const void *a, const void *b)
{
    const date *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void sort(struct holidays *h)
{
    size_t kept = 0;
    if (h->n)
        qsort(h->days, h->n, sizeof *h->days, by_day);
    for (size_t i = 0; i < h->n; i++)
        if (!kept || h->days[kept - 1] != h->days[i])
            h->days[kept++] = h->days[i];
    h->n = kept;
}

/* What repeats says nothing about the feasts that move: so the list ends with the last day that is written out, if any
 * is. */
bool holidays_read(struct holidays *out, const char *name, const char *text, int year, struct err *e)
{
    struct list l = { .name = name, .rest = text, .next = 1, .e = e };
    l.year = year < 1 ? 1 : year > 9999 ? 9999 : year;
    l.last_single = l.last_yearly = DATE_NONE;
    if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
        l.rest += 3;
    bool calendar = strncasecmp(l.rest + strspn(l.rest, " \t\r\n"), "BEGIN:", 6) == 0;
    if (calendar ? !read_calendar(&l) : !read_list(&l)) {
        holidays_done(&l.days);
        return false;
    }
    sort(&l.days);
    *out = l.days;
    out->last = l.last_single != DATE_NONE ? l.last_single : l.last_yearly;
    return true;
}

void holidays_done(struct holidays *h)
{
    free(h->days);
    *h = (struct holidays){ 0 };
}
