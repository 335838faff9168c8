/* Points in time, spans, and calendar days. Nothing here reads a clock or knows a zone. */
#ifndef BASE_INSTANT_H
#define BASE_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

typedef int64_t instant;  /* milliseconds since 1970-01-01 00:00 UTC */
typedef int64_t duration; /* milliseconds */
typedef int32_t date;     /* days since 1970-01-01 in the proleptic Gregorian calendar, of no zone */

#define INSTANT_NONE INT64_MIN /* unknown */
#define INSTANT_NEVER INT64_MAX
#define DATE_NONE INT32_MIN /* unknown */
#define DATE_NEVER INT32_MAX

#define SECOND ((duration)1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* What a clock and a calendar on the wall show; months and days from 1. */
struct civil {
    int year, month, day, hour, minute, second, millisecond;
};

/* Is there such a day? Years 1 to 9999. */
bool date_valid(int year, int month, int day);

/* The day of a valid year, month, day; and back. */
date date_of(int year, int month, int day);
void date_split(date d, int *year, int *month, int *day);

/* 1 Monday ... 7 Sunday (ISO 8601). */
int date_weekday(date d);

/* The same day `months` later; a day that month lacks becomes its last (31 January + 1 month = 28 or 29 February). */
date date_add_months(date d, int months);

/* "2026-11-22" into `out`, which is returned; an unknown date is "". */
char *date_print(date d, char out[16]);

/* Read "2026-11-22", nothing before or behind it. */
bool date_read(const char *text, date *out);

/* Read "06-24", a month and a day of any year, 29 February too. */
bool month_day_read(const char *text, int *month, int *day);

/* Between a wall clock that shows UTC and an instant. */
instant instant_of(const struct civil *utc);
struct civil instant_split(instant t);

/* "2026-11-22T07:30:00Z" into `out`, which is returned; unknown is "". */
char *instant_print(instant t, char out[32]);

#endif
