#include "plan/nudge.h"

enum { DAYS_BACK = 60 };

static date before(const struct bench *b, date last_day, struct period p)
{
    date d = last_day;
    int count = (int)p.count;
    switch (p.unit) {
    case PERIOD_NONE:
    case PERIOD_RHYTHM:
        return d;
    case PERIOD_DAYS:
        return d - count;
    case PERIOD_MONTHS:
        return date_add_months(d, -count);
    case PERIOD_WORKING_DAYS:
        while (count > 0 && last_day - d < 10 * DAYS_BACK)
            count -= working_day(b->hours, b->off, --d);
        return d;
    }
    return d;
}

instant nudge_at(const struct bench *b, const struct reader_time *reader, date last_day, instant ends_at,
                 struct period p)
{
    date first = before(b, last_day, p), d = first;
    instant at = hours_next(reader->hours, reader->off, reader->zone, zone_day_start(reader->zone, d));
    while (at >= ends_at && first - d < DAYS_BACK)
        at = hours_next(reader->hours, reader->off, reader->zone, zone_day_start(reader->zone, --d));
    return at < ends_at ? at : INSTANT_NEVER;
}
