#include "plan/round.h"

enum { SEARCH = 366 };

static bool wanted(const struct round_wish *w, date d)
{
    return w->weekday ? date_weekday(d) == w->weekday : working_day(w->hours, w->off, d);
}

static date next_wanted(const struct round_wish *w, date d)
{
    for (date end = d + SEARCH; d < end; d++)
        if (wanted(w, d))
            return d;
    return DATE_NEVER;
}

static date working_from(const struct round_wish *w, date d)
{
    date end = d + SEARCH;
    while (d < end && !working_day(w->hours, w->off, d))
        d++;
    return d < end ? d : DATE_NEVER;
}

/* When what stands for day `d` may leave. */
static instant opens(const struct round_wish *w, date d)
{
    struct civil at = { .hour = w->at / 60, .minute = w->at % 60 };
    date day = d == DATE_NEVER ? d : working_from(w, d);
    if (day == DATE_NEVER)
        return INSTANT_NEVER;
    date_split(day, &at.year, &at.month, &at.day);
    return hours_next(w->hours, w->off, w->zone, zone_instant(w->zone, &at));
}

/* When it is too late for what opened at `from`. */
static instant closes(const struct round_wish *w, instant from)
{
    date day = zone_date(w->zone, from);
    date last = w->weekday ? working_from(w, day + 1) : day;
    return last == DATE_NEVER ? INSTANT_NEVER : zone_day_start(w->zone, last + 1);
}

bool round_next(const struct round_wish *w, instant now, struct round *out)
{
    date day = next_wanted(w, zone_date(w->zone, now) - (w->weekday ? 7 : 4));
    instant from = opens(w, day);
    while (from != INSTANT_NEVER) {
        date next = next_wanted(w, day + 1);
        instant then = opens(w, next), until = closes(w, from);
        if (then < until)
            until = then;
        if (then > from && until > now) {
            *out = (struct round){ day, from, until };
            return true;
        }
        day = next;
        from = then;
    }
    return false;
}
