#include "source/dates.h"

#include "base/mem.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { REMEMBERED = 4096, FIRST_YEAR = 1900 };

/* The offset from a day before until two days after midnight UTC of `day`: so it serves that UTC day and that local
 * day. */
struct steady {
    date day;
    int offset; /* seconds; meaningless unless steady */
    bool known, steady;
};

struct zone_days {
    const struct zone *zone;
    struct steady rows[REMEMBERED];
};

struct zone_days *zone_days_new(const struct zone *z)
{
    struct zone_days *days = mem_new(sizeof *days);
    days->zone = z;
    return days;
}

void zone_days_free(struct zone_days *z)
{
    free(z);
}

const struct zone *zone_days_zone(const struct zone_days *z)
{
    return z->zone;
}

static const struct steady *around(struct zone_days *z, date d)
{
    struct steady *s = &z->rows[(uint32_t)d % REMEMBERED];
    if (s->known && s->day == d)
        return s;
    instant midnight = d * DAY;
    *s = (struct steady){ .day = d, .offset = zone_offset(z->zone, midnight), .known = true, .steady = true };
    for (int i = -1; i <= 2; i++)
        s->steady &= zone_offset(z->zone, midnight + i * DAY) == s->offset;
    return s;
}

static instant day_start(struct zone_days *z, date d)
{
    const struct steady *s = around(z, d);
    return s->steady ? d * DAY - s->offset * SECOND : zone_day_start(z->zone, d);
}

static date day_at(struct zone_days *z, instant t)
{
    date utc = (date)(t / DAY - (t % DAY < 0));
    const struct steady *s = around(z, utc);
    if (!s->steady)
        return zone_date(z->zone, t);
    instant local = t + s->offset * SECOND;
    return (date)(local / DAY - (local % DAY < 0));
}

static instant civil_at(struct zone_days *z, const struct civil *c, date d)
{
    const struct steady *s = around(z, d);
    return s->steady ? instant_of(c) - s->offset * SECOND : zone_instant(z->zone, c);
}

/* A civil time as it was written, with its offset in minutes if it had one. */
struct stamp {
    struct civil civil;
    bool has_offset;
    int offset;
};

static bool sane(const struct civil *c)
{
    return c->year >= FIRST_YEAR && date_valid(c->year, c->month, c->day) && c->hour >= 0 && c->hour < 24 &&
           c->minute >= 0 && c->minute < 60 && c->second >= 0 && c->second < 60;
}

static bool settle(const struct calendar *cal, const struct stamp *s, struct moment *out)
{
    const struct civil *c = &s->civil;
    if (!sane(c))
        return false;
    date d = date_of(c->year, c->month, c->day);
    if (s->has_offset) {
        instant at = instant_of(c) - s->offset * MINUTE;
        *out = (struct moment){ .at = at, .day = day_at(cal->company, at) };
    } else if (!(c->hour | c->minute | c->second | c->millisecond)) {
        *out = (struct moment){ .at = day_start(cal->company, d), .day = d };
    } else {
        instant at = civil_at(cal->own, c, d);
        *out = (struct moment){ .at = at, .day = cal->own == cal->company ? d : day_at(cal->company, at) };
    }
    return true;
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Exactly `n` digits at `*p`, which moves behind them. */
static bool digits(const char **p, int n, int *out)
{
    int value = 0;
    for (int i = 0; i < n; i++, (*p)++) {
        if (!digit(**p))
            return false;
        value = value * 10 + (**p - '0');
    }
    *out = value;
    return true;
}

static bool literal(const char **p, char c)
{
    if (**p != c)
        return false;
    ++*p;
    return true;
}

/* ".25" -> 250; digits behind the third are dropped. */
static bool fraction(const char **p, int *millisecond)
{
    if (**p != '.')
        return true;
    int scale = 100, value = 0;
    const char *first = ++*p;
    for (; digit(**p); ++*p, scale /= 10)
        value += (**p - '0') * scale;
    *millisecond = value;
    return *p > first;
}

/* "Z", "+01:00", "+0100", "-05", with at most one space before; or nothing. */
static bool zone_part(const char **p, struct stamp *s)
{
    const char *q = *p + (**p == ' ');
    if (*q != 'Z' && *q != '+' && *q != '-')
        return true;
    char sign = *q++;
    int hours = 0, minutes = 0;
    if (sign != 'Z') {
        if (!digits(&q, 2, &hours))
            return false;
        bool colon = literal(&q, ':');
        if ((colon || digit(*q)) && !digits(&q, 2, &minutes))
            return false;
        if (hours > 23 || minutes > 59)
            return false;
    }
    s->has_offset = true;
    s->offset = (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
    *p = q;
    return true;
}

static bool time_part(const char **p, struct stamp *s)
{
    struct civil *c = &s->civil;
    if (**p != 'T' && **p != ' ')
        return true;
    ++*p;
    if (!digits(p, 2, &c->hour) || !literal(p, ':') || !digits(p, 2, &c->minute))
        return false;
    if (literal(p, ':') && (!digits(p, 2, &c->second) || !fraction(p, &c->millisecond)))
        return false;
    return zone_part(p, s);
}

static bool iso(const char *text, const char *end, struct stamp *s)
{
    const char *p = text;
    struct civil *c = &s->civil;
    return digits(&p, 4, &c->year) && literal(&p, '-') && digits(&p, 2, &c->month) && literal(&p, '-') &&
           digits(&p, 2, &c->day) && (p == end || (time_part(&p, s) && p == end));
}

/* One or two digits, as far as they go. */
static bool one_or_two(const char **p, int *out)
{
    return digits(p, digit((*p)[0]) && digit((*p)[1]) ? 2 : 1, out);
}

static bool conversion(char kind, const char **p, struct civil *c)
{
    switch (kind) {
    case 'Y':
        return digits(p, 4, &c->year);
    case 'y':
        if (!digits(p, 2, &c->year))
            return false;
        c->year += c->year >= 69 ? 1900 : 2000;
        return true;
    case 'm':
        return one_or_two(p, &c->month);
    case 'd':
        return one_or_two(p, &c->day);
    case 'H':
        return one_or_two(p, &c->hour);
    case 'M':
        return one_or_two(p, &c->minute);
    case 'S':
        return one_or_two(p, &c->second);
    case '%':
        return literal(p, '%');
    default:
        return false;
    }
}

static bool formatted(const char *format, const char *text, const char *end, struct civil *c)
{
    const char *p = text;
    for (const char *f = format; *f; f++) {
        if (*f == '%' && f[1] ? !conversion(*++f, &p, c) : !literal(&p, *f))
            return false;
    }
    return p == end;
}

bool format_check(const char *format, struct err *e)
{
    bool year = false, month = false, day = false;
    for (const char *f = format; *f; f++) {
        if (*f != '%')
            continue;
        if (!*++f || !strchr("YymdHMS%", *f))
            return err_set(e, "format \"%s\": %%%c is not known; known are %%Y %%y %%m %%d %%H %%M %%S and %%%%",
                           format, *f && isprint((unsigned char)*f) ? *f : ' ');
        year |= *f == 'Y' || *f == 'y';
        month |= *f == 'm';
        day |= *f == 'd';
    }
    if (!year || !month || !day)
        return err_set(
            e, "format \"%s\" needs a year (%%Y or %%y), a month (%%m) and a day (%%d), such as \"%%d.%%m.%%Y\"",
            format);
    return true;
}

/* Digits alone are Unix time, as if the column were of integers. */
static bool unix_digits(const char *text, const char *end, int64_t *out)
{
    const char *p = text + (*text == '-');
    if (p == end || end - p > 15)
        return false;
    int64_t value = 0;
    for (; p < end; p++) {
        if (!digit(*p))
            return false;
        value = value * 10 + (*p - '0');
    }
    *out = *text == '-' ? -value : value;
    return true;
}

bool moment_read(const struct calendar *c, const char *text, size_t size, struct moment *out)
{
    const char *end = text + size;
    while (text < end && *text == ' ')
        text++;
    while (end > text && end[-1] == ' ')
        end--;
    struct stamp s = { 0 };
    int64_t number;
    /* The formats read up to the NUL behind the text: a space that was cut off ends them as well. */
    if (c->format)
        return formatted(c->format, text, end, &s.civil) && settle(c, &s, out);
    if (iso(text, end, &s))
        return settle(c, &s, out);
    return unix_digits(text, end, &number) && moment_of_number(c, number, out);
}

bool moment_of_number(const struct calendar *c, int64_t value, struct moment *out)
{
    const int64_t milliseconds_from = 100000000000, least = 100000000, year_2200 = 7258118400000;
    if (value > -least && value < least)
        return false;
    if (value > year_2200 || value < -year_2200)
        return false;
    instant at = value >= milliseconds_from || value <= -milliseconds_from ? value : value * SECOND;
    if (at >= year_2200 || at < date_of(FIRST_YEAR, 1, 1) * DAY)
        return false;
    *out = (struct moment){ .at = at, .day = day_at(c->company, at) };
    return true;
}

bool moment_of_real(const struct calendar *c, double value, struct moment *out)
{
    if (!(value > -1e13 && value < 1e13))
        return false;
    return moment_of_number(c, (int64_t)value, out);
}
