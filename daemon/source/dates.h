/* What a company's columns say about time, read without guessing: a moment, or nothing. */
#ifndef SOURCE_DATES_H
#define SOURCE_DATES_H

#include "base/err.h"
#include "base/instant.h"
#include "base/zone.h"

#include <stddef.h>

/* A zone that remembers the offsets of a few thousand days, so that a pass over millions of rows asks the rules once a
 * day. */
struct zone_days;

/* `z` outlives it. */
struct zone_days *zone_days_new(const struct zone *z);
void zone_days_free(struct zone_days *z);
const struct zone *zone_days_zone(const struct zone_days *z);

/* How one query writes its times. */
struct calendar {
    struct zone_days *company; /* whose days count */
    struct zone_days *own;     /* of times without an offset; may be the same */
    const char *format;        /* NULL: the usual forms */
};

struct moment {
    instant at; /* of a plain date: when that day begins at the company */
    date day;   /* the company's local day */
};

/* ISO 8601 date or date-time ("2026-11-22", "2026-11-22 07:30", "2026-11-22T07:30:00.5+01:00"), digits that are Unix
 * time, or the format and nothing else. A time of 00:00:00 without an offset is a plain date, and that day in every
 * zone. Years from 1900. */
bool moment_read(const struct calendar *c, const char *text, size_t size, struct moment *out);

/* Unix time: milliseconds from 100,000,000,000 on (either sign), seconds below. Less than 100,000,000 (1973) is no
 * moment: such a number is likelier a day count, a year or 20260131, and those need a format. Up to the year 2200. */
bool moment_of_number(const struct calendar *c, int64_t value, struct moment *out);
bool moment_of_real(const struct calendar *c, double value, struct moment *out);

/* Can `format` tell a day? %Y (four digits), %y (69-99: 19.., 00-68: 20..), %m %d %H %M %S (one or two digits), %%,
 * literal text. */
bool format_check(const char *format, struct err *e) MUST_CHECK;

#endif
