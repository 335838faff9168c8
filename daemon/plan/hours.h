/* When a person may be written to: working hours, weekdays, holidays. Values in, values out. */
#ifndef PLAN_HOURS_H
#define PLAN_HOURS_H

#include "base/err.h"
#include "base/zone.h"

/* Minutes of the local day, [from, until), for each weekday; from == until: a day off. */
struct hours {
    struct {
        int from, until;
    } weekday[8]; /* 1 Monday ... 7 Sunday */
};

/* "mon-fri 08:30-17:00", "mon-thu 08:00-16:00, fri 08:00-14:00", "sun-thu 9:00-17:00", "always". */
bool hours_read(const char *text, struct hours *out, struct err *e) MUST_CHECK;

/* Days off of one region, in order. */
struct holidays {
    date *days;
    size_t n;
    date last; /* the list knows nothing after the year of this day */
};

/* From text: one "2026-12-25 any words" a line (# starts a comment), or iCalendar (RFC 5545: all-day VEVENTs, DTSTART,
 * DTEND, RRULE with FREQ=YEARLY only, expanded from 20 years before to 20 after `year`). `name` is for errors:
 * "name:line: ...". */
bool holidays_read(struct holidays *out, const char *name, const char *text, int year, struct err *e) MUST_CHECK;
void holidays_done(struct holidays *h);

bool working_day(const struct hours *h, const struct holidays *off, date d); /* `off` may be NULL */

/* May a message leave at `t`? */
bool hours_open(const struct hours *h, const struct holidays *off, const struct zone *z, instant t);

/* `t` itself if it may leave then, else the next instant at which it may; INSTANT_NEVER if none in ten years. */
instant hours_next(const struct hours *h, const struct holidays *off, const struct zone *z, instant t);

/* `days` working days after `d`: the day d + the n-th working day that follows. */
date working_days_after(const struct hours *h, const struct holidays *off, date d, int days);

#endif
