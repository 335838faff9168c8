/* The last line of a TZif file: a POSIX TZ string with the rules for all the years after its table (RFC 8536, 3.3).
 * Private to base/zone.c. All times in seconds since 1970 UTC. */
#ifndef BASE_FOOTER_H
#define BASE_FOOTER_H

#include <stdbool.h>
#include <stdint.h>

/* A stretch of time in which the clocks run evenly: [from, until). */
struct span {
    int64_t from, until; /* INT64_MIN, INT64_MAX: no end */
    int offset;          /* to add to UTC */
};

/* When the clocks change in each year. */
struct yearly {
    enum {
        JULIAN,      /* day 1..365, 29 February does not count */
        DAY_OF_YEAR, /* day 0..365 */
        WEEKDAY_OF_MONTH
    } kind;
    int month, week, day; /* week 5: the last; day 0: Sunday */
    int time; /* after 00:00 by the clock until then; may be negative or more than a day (RFC 8536, 3.3.1) */
};

struct footer {
    bool daylight_saving;
    int standard, daylight; /* offsets */
    struct yearly begin, end;
};

/* Read "CET-1CEST,M3.5.0,M10.5.0/3", nothing before or behind it. */
bool footer_read(const char *text, struct footer *out);

/* The stretch that holds `at`. */
struct span footer_span(const struct footer *f, int64_t at);

#endif
