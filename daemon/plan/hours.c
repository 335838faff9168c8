#include "plan/hours.h"

#include "base/shown.h"

#include <stdlib.h>
#include <string.h>

enum { MONDAY = 1, SUNDAY = 7, FULL_DAY = 24 * 60, TEN_YEARS = 3653 };

/* ---- reading ---- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void skip_space(const char **p)
{
    while (**p == ' ' || **p == '\t')
        ++*p;
}

/* "-", or the dashes that word processors make of it (U+2010 to U+2015), with spaces around. */
static bool skip_dash(const char **text)
{
    const char *p = *text;
    skip_space(&p);
    if (*p == '-')
        p++;
    else if (strncmp(p, "\xe2\x80", 2) == 0 && (unsigned char)p[2] >= 0x90 && (unsigned char)p[2] <= 0x95)
        p += 3;
    else
        return false;
    skip_space(&p);
    *text = p;
    return true;
}

static const char *const names[] = { [MONDAY] = "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
                                     "Saturday",          "Sunday" };

/* "mon", "Monday", and what lies between. */
static bool read_weekday(const char **text, int *out)
{
    size_t size = 0;
    while (is_letter((*text)[size]))
        size++;
    for (int day = MONDAY; day <= SUNDAY && size >= 3; day++)
        if (size <= strlen(names[day]) && strncasecmp(*text, names[day], size) == 0) {
            *text += size;
            *out = day;
            return true;
        }
    return false;
}

static bool read_two_digits(const char **text, int most, int *out)
{
    const char *p = *text;
    int n = 0;
    while (*p >= '0' && *p <= '9' && p - *text < 3)
        n = n * 10 + (*p++ - '0');
    if (p == *text || p - *text > 2 || n > most)
        return false;
    *text = p;
    *out = n;
    return true;
}

/* "8:30", "08.30", "24:00": minutes after midnight. Minutes are not optional: "8-17" might be days of the month. */
static bool read_time(const char **text, int *out)
{
    int hour, minute;
    if (!read_two_digits(text, 24, &hour) || (**text != ':' && **text != '.'))
        return false;
    const char *minutes = ++*text;
    if (!read_two_digits(text, 59, &minute) || *text - minutes != 2 || hour * 60 + minute > FULL_DAY)
        return false;
    *out = hour * 60 + minute;
    return true;
}

/* Where reading stands, and the days that wait for their time: in "mon, wed 9:00-12:00" the Monday. */
struct reader {
    const char *all, *at;
    bool waiting[8], given[8];
    struct hours hours;
};

/* What is wrong at `place`, and what to do about it. */
static bool fail(const struct reader *r, const char *place, const char *what, const char *remedy, struct err *e)
{
    char all[SHOWN_SIZE], part[SHOWN_SIZE];
    if (place == r->all)
        return err_set(e, "working hours \"%s\" %s: %s", shown(r->all, all), what, remedy);
    return err_set(e, "working hours \"%s\": \"%s\" %s: %s", shown(r->all, all), shown(place, part), what, remedy);
}

static const char form[] = "write such as \"mon-thu 08:30-17:00, fri 08:00-14:00\", or \"always\"";

static bool read_days(struct reader *r, struct err *e)
{
    int first, last;
    const char *start = r->at;
    if (!read_weekday(&r->at, &first))
        return fail(r, start, "does not begin with a weekday", form, e);
    last = first;
    if (skip_dash(&r->at) && !read_weekday(&r->at, &last))
        return fail(r, r->at, "does not begin with a weekday", form, e);
    for (int day = first;; day = day % SUNDAY + 1) { /* sun-thu goes over the end of the week */
        if (r->waiting[day] || r->given[day])
            return fail(r, start, "gives a weekday for the second time", names[day], e);
        r->waiting[day] = true;
        if (day == last)
            return true;
    }
}

static bool read_times(struct reader *r, struct err *e)
{
    int from, until;
    const char *start = r->at;
    if (!read_time(&r->at, &from) || !skip_dash(&r->at) || !read_time(&r->at, &until))
        return fail(r, start, "does not begin with two times of the 24-hour clock", form, e);
    if (from == until)
        return fail(r, start, "has nothing between its times", "leave a day off out", e);
    if (from > until)
        return fail(r, start, "goes over midnight", "write it within one day, such as \"fri 14:00-24:00\"", e);
    for (int day = MONDAY; day <= SUNDAY; day++) {
        if (!r->waiting[day])
            continue;
        r->hours.weekday[day].from = from;
        r->hours.weekday[day].until = until;
        r->given[day] = true;
        r->waiting[day] = false;
    }
    return true;
}

static bool read_entry(struct reader *r, struct err *e)
{
    skip_space(&r->at);
    if (!read_days(r, e))
        return false;
    skip_space(&r->at);
    if (*r->at == ',')
        return true;
    if (!*r->at)
        return fail(r, r->all, "end without times", form, e);
    if (!read_times(r, e))
        return false;
    skip_space(&r->at);
    if (*r->at && *r->at != ',')
        return fail(r, r->at, "has no comma before it", form, e);
    return true;
}

static bool is_always(const char *p)
{
    skip_space(&p);
    if (strncasecmp(p, "always", 6) != 0)
        return false;
    p += 6;
    skip_space(&p);
    return !*p;
}

bool hours_read(const char *text, struct hours *out, struct err *e)
{
    struct reader r = { .all = text, .at = text };
    if (is_always(text)) {
        for (int day = MONDAY; day <= SUNDAY; day++)
            r.hours.weekday[day].until = FULL_DAY;
        *out = r.hours;
        return true;
    }
    for (;; r.at++) { /* over the comma */
        if (!read_entry(&r, e))
            return false;
        if (!*r.at)
            break;
    }
    *out = r.hours;
    return true;
}

/* ---- asking ---- */

static int by_day(const void *a, const void *b)
{
    const date *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

bool working_day(const struct hours *h, const struct holidays *off, date d)
{
    int weekday = date_weekday(d);
    if (h->weekday[weekday].from >= h->weekday[weekday].until)
        return false;
    return !off || !off->n || !bsearch(&d, off->days, off->n, sizeof *off->days, by_day);
}

/* The next instant after `t`, on a wall that shows `local` and never changes, at which it is open; `t` itself if it is
 * now; if that is not today, the midnight ahead. */
static instant next_on_even_clock(const struct hours *h, const struct holidays *off, instant t, instant local)
{
    date today = (date)(local / DAY - (local % DAY < 0));
    duration since_midnight = local - today * DAY;
    if (working_day(h, off, today)) {
        int weekday = date_weekday(today);
        duration from = h->weekday[weekday].from * MINUTE, until = h->weekday[weekday].until * MINUTE;
        if (since_midnight < from)
            return t + from - since_midnight;
        if (since_midnight < until)
            return t;
    }
    return t + DAY - since_midnight;
}

static bool within_calendar(instant t)
{
    const instant far = 10000 * 366 * DAY; /* no rule of ours reaches there, and no sum overflows */
    return t > -far && t < far;
}

bool hours_open(const struct hours *h, const struct holidays *off, const struct zone *z, instant t)
{
    return within_calendar(t) && next_on_even_clock(h, off, t, t + zone_offset(z, t) * SECOND) == t;
}

/* Clocks run evenly between two changes of the offset. So each stretch is searched by itself; an opening in a skipped
 * hour becomes the end of that hour, one in a repeated hour is found in both. */
instant hours_next(const struct hours *h, const struct holidays *off, const struct zone *z, instant t)
{
    if (!within_calendar(t))
        return INSTANT_NEVER;
    instant change = t, end = t + TEN_YEARS * DAY;
    int offset = 0;
    for (instant at = t; at <= end;) {
        if (at >= change) {
            offset = zone_offset(z, at);
            change = zone_next_change(z, at);
        }
        instant next = next_on_even_clock(h, off, at, at + offset * SECOND);
        if (next == at)
            return at;
        at = next < change ? next : change;
    }
    return INSTANT_NEVER;
}

date working_days_after(const struct hours *h, const struct holidays *off, date d, int days)
{
    if (d == DATE_NONE || d == DATE_NEVER)
        return d;
    for (int idle = 0; days > 0;) {
        if (++idle > TEN_YEARS || d == DATE_NEVER - 1)
            return DATE_NEVER;
        if (!working_day(h, off, ++d))
            continue;
        days--;
        idle = 0;
    }
    return d;
}
