#include "base/footer.h"

#include "base/instant.h"

#include <string.h>

enum { DAY_SECONDS = 86400 };

/* The calendar repeats after 400 years, weekdays included; so any instant can be judged by one in 2000..2399. */
#define CYCLE (146097 * (int64_t)DAY_SECONDS)
#define YEAR_2000 ((int64_t)946684800)

static bool read_number(const char **text, int least, int most, int *out)
{
    const char *p = *text;
    int n = 0;
    while (*p >= '0' && *p <= '9' && n <= most)
        n = n * 10 + (*p++ - '0');
    if (p == *text || n < least || n > most)
        return false;
    *text = p;
    *out = n;
    return true;
}

static bool skip(const char **text, char c)
{
    if (**text != c)
        return false;
    ++*text;
    return true;
}

/* "[+-]hh[:mm[:ss]]" as seconds. */
static bool read_time(const char **text, int most_hours, int *out)
{
    int hours, minutes = 0, seconds = 0;
    bool negative = skip(text, '-');
    if (!negative)
        skip(text, '+');
    if (!read_number(text, 0, most_hours, &hours))
        return false;
    if (skip(text, ':') && !read_number(text, 0, 59, &minutes))
        return false;
    if (skip(text, ':') && !read_number(text, 0, 59, &seconds))
        return false;
    int sum = hours * 3600 + minutes * 60 + seconds;
    *out = negative ? -sum : sum;
    return true;
}

/* "CET" or "<+03>". What the zone calls itself is of no use to us. */
static bool skip_name(const char **text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    bool quoted = skip(text, '<');
    size_t size = quoted ? strcspn(*text, ">") : strspn(*text, letters);
    *text += size;
    return size >= 3 && (!quoted || skip(text, '>'));
}

/* ",M3.5.0/2", ",J60", ",59/-1:30"; without a time two o'clock. */
static bool read_yearly(const char **text, struct yearly *out)
{
    *out = (struct yearly){ .time = 2 * 3600 };
    if (!skip(text, ','))
        return false;
    bool fine;
    if (skip(text, 'M')) {
        out->kind = WEEKDAY_OF_MONTH;
        fine = read_number(text, 1, 12, &out->month) && skip(text, '.') && read_number(text, 1, 5, &out->week) &&
               skip(text, '.') && read_number(text, 0, 6, &out->day);
    } else if (skip(text, 'J')) {
        out->kind = JULIAN;
        fine = read_number(text, 1, 365, &out->day);
    } else {
        out->kind = DAY_OF_YEAR;
        fine = read_number(text, 0, 365, &out->day);
    }
    return fine && (!skip(text, '/') || read_time(text, 167, &out->time));
}

bool footer_read(const char *text, struct footer *out)
{
    struct footer f = { 0 };
    int west; /* POSIX counts offsets westward */
    if (!skip_name(&text) || !read_time(&text, 24, &west))
        return false;
    f.standard = -west;
    if (*text) {
        f.daylight_saving = true;
        f.daylight = f.standard + 3600;
        if (!skip_name(&text))
            return false;
        if (*text != ',') {
            if (!read_time(&text, 24, &west))
                return false;
            f.daylight = -west;
        }
        /* Without rules POSIX leaves the days to the system: we do not guess them. */
        if (!read_yearly(&text, &f.begin) || !read_yearly(&text, &f.end) || *text)
            return false;
    }
    *out = f;
    return true;
}

/* The day of year `year` that `y` means. */
static date day_in(const struct yearly *y, int year)
{
    switch (y->kind) {
    case JULIAN:
        return y->day < 60 ? date_of(year, 1, 1) + y->day - 1 : date_of(year, 3, 1) + y->day - 60;
    case DAY_OF_YEAR:
        return date_of(year, 1, 1) + y->day;
    case WEEKDAY_OF_MONTH:
        break;
    }
    date first = date_of(year, y->month, 1);
    date next_month = y->month < 12 ? date_of(year, y->month + 1, 1) : date_of(year + 1, 1, 1);
    date day = first + (y->day - date_weekday(first) % 7 + 7) % 7 + 7 * (y->week - 1);
    return day < next_month ? day : day - 7;
}

static void look_at(struct span *s, int64_t at, int64_t change, int offset)
{
    if (change > at) {
        s->until = change < s->until ? change : s->until;
    } else if (change >= s->from) {
        s->from = change;
        s->offset = offset;
    }
}

/* Rules may reach over New Year by up to a week, so the neighbouring years are looked at too. Where summer ends in the
 * very instant in which it begins again (RFC 8536: all-year daylight saving), the beginning counts: it is looked at
 * last. */
struct span footer_span(const struct footer *f, int64_t at)
{
    struct span s = { INT64_MIN, INT64_MAX, f->standard };
    if (!f->daylight_saving)
        return s;
    int64_t past = at - YEAR_2000;
    int64_t shift = (past / CYCLE - (past % CYCLE < 0)) * CYCLE;
    at -= shift;
    int year, month, day;
    date_split((date)(at / DAY_SECONDS), &year, &month, &day);
    for (int y = year - 1; y <= year + 1; y++)
        look_at(&s, at, day_in(&f->end, y) * (int64_t)DAY_SECONDS + f->end.time - f->daylight, f->standard);
    for (int y = year - 1; y <= year + 1; y++)
        look_at(&s, at, day_in(&f->begin, y) * (int64_t)DAY_SECONDS + f->begin.time - f->standard, f->daylight);
    s.from += shift;
    s.until += shift;
    return s;
}
