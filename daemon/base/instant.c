#include "base/instant.h"

#include <stdio.h>
#include <string.h>

/* Far beyond any calendar, and no sum overflows. */
#define FARTHEST_YEAR ((int64_t)1000000)

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return days[month - 1] + (month == 2 && leap(year));
}

bool date_valid(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= month_days(year, month);
}

/* Days from civil and back: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"; years begin in March. */
date date_of(int year, int month, int day)
{
    int y = year - (month <= 2);
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void date_split(date d, int *year, int *month, int *day)
{
    int64_t z = (int64_t)d + 719468;
    int era = (int)((z >= 0 ? z : z - 146096) / 146097);
    int day_of_era = (int)(z - era * (int64_t)146097);
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted < 10 ? shifted + 3 : shifted - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

int date_weekday(date d)
{
    return (d % 7 + 7 + 3) % 7 + 1; /* 1970-01-01 was a Thursday */
}

date date_add_months(date d, int months)
{
    int year, month, day;
    if (d == DATE_NONE || d == DATE_NEVER)
        return d;
    date_split(d, &year, &month, &day);
    int64_t count = year * (int64_t)12 + month - 1 + months;
    if (count < -FARTHEST_YEAR * 12 || count > FARTHEST_YEAR * 12)
        return count < 0 ? DATE_NONE : DATE_NEVER;
    year = (int)(count / 12 - (count % 12 < 0));
    month = (int)(count - year * (int64_t)12) + 1;
    int last = month_days(year, month);
    return date_of(year, month, day < last ? day : last);
}

char *date_print(date d, char out[16])
{
    out[0] = '\0';
    if (d == DATE_NONE || d == DATE_NEVER)
        return out;
    int year, month, day;
    date_split(d, &year, &month, &day);
    snprintf(out, 16, "%04d-%02d-%02d", year % 10000, month % 100, day % 100);
    return out;
}

bool date_read(const char *text, date *out)
{
    int year, month, day, size = 0;
    if (strlen(text) != 10 || strspn(text, "0123456789-") != 10)
        return false;
    if (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &size) != 3 || size != 10 || !date_valid(year, month, day))
        return false;
    *out = date_of(year, month, day);
    return true;
}

instant instant_of(const struct civil *utc)
{
    return date_of(utc->year, utc->month, utc->day) * DAY + utc->hour * HOUR + utc->minute * MINUTE +
           utc->second * SECOND + utc->millisecond;
}

struct civil instant_split(instant t)
{
    const instant far = FARTHEST_YEAR * 365 * DAY;
    t = t > far ? far : t < -far ? -far : t;
    int64_t days = t / DAY - (t % DAY < 0);
    int rest = (int)(t - days * DAY);
    struct civil c = { 0 };
    date_split((date)days, &c.year, &c.month, &c.day);
    c.hour = rest / (int)HOUR;
    c.minute = rest / (int)MINUTE % 60;
    c.second = rest / (int)SECOND % 60;
    c.millisecond = rest % (int)SECOND;
    return c;
}

char *instant_print(instant t, char out[32])
{
    out[0] = '\0';
    if (t == INSTANT_NONE || t == INSTANT_NEVER)
        return out;
    struct civil c = instant_split(t);
    snprintf(out, 32, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year % 10000, c.month % 100, c.day % 100, c.hour % 100,
             c.minute % 100, c.second % 100);
    return out;
}

bool month_day_read(const char *text, int *month, int *day)
{
    if (strspn(text, "0123456789") != 2 || text[2] != '-' || strspn(text + 3, "0123456789") != 2 || text[5])
        return false;
    *month = (text[0] - '0') * 10 + text[1] - '0';
    *day = (text[3] - '0') * 10 + text[4] - '0';
    return date_valid(2000, *month, *day);
}
