#include "plan/slot.h"

#include <assert.h>

enum { FIRST_DAY = 2, LAST_DAY = 5, FARTHEST = 42, HALF_HOUR = 30, FULL_DAY = 24 * 60 };
enum { MORNING = 9 * 60, NOON = 12 * 60, AFTERNOON = 13 * 60, EVENING = 17 * 60 };
enum { MOST = (LAST_DAY - FIRST_DAY + 1) * (FULL_DAY / HALF_HOUR) };

struct found {
    instant starts[MOST];
    size_t n;
};

/* Nobody visits a customer at night or at lunch, whatever the working hours ("always") say. */
static bool pleasant(int from, int until)
{
    return from >= MORNING && until <= EVENING && (until <= NOON || from >= AFTERNOON);
}

/* The one instant at which the clock there shows `minute` of day `d`. */
static bool only_instant(const struct zone *z, date d, int minute, instant *out)
{
    struct civil c = { .hour = minute % FULL_DAY / 60, .minute = minute % 60 };
    instant both[2];
    date_split(d + minute / FULL_DAY, &c.year, &c.month, &c.day);
    bool one = zone_instants(z, &c, both) == 1;
    if (one)
        *out = both[0];
    return one;
}

static int round_up(int minutes, int to)
{
    return (minutes + to - 1) / to * to;
}

/* All starts on the working day `d`, so far apart that two of them do not overlap. */
static void look_at(const struct slot_wish *w, date d, struct found *nice, struct found *any)
{
    int opens = w->hours->weekday[date_weekday(d)].from, closes = w->hours->weekday[date_weekday(d)].until;
    int apart = round_up(w->minutes, HALF_HOUR), first = round_up(opens, apart);
    if (first + w->minutes > closes)
        first = round_up(opens, HALF_HOUR);
    for (int from = first; from + w->minutes <= closes; from += apart) {
        int until = from + w->minutes;
        instant start, end;
        if (!only_instant(w->zone, d, from, &start) || !only_instant(w->zone, d, until, &end) ||
            end - start != w->minutes * MINUTE)
            continue;
        any->starts[any->n++] = start;
        if (pleasant(from, until))
            nice->starts[nice->n++] = start;
    }
}

static size_t common_divisor(size_t a, size_t b)
{
    return b ? common_divisor(b, a % b) : a;
}

/* Step through all of them with a stride of about the golden section: neighbours in number are far apart in time, and
 * none comes twice before each came once. */
static instant choose(const struct found *f, uint64_t seed)
{
    size_t stride = f->n * 618 / 1000 + 1;
    while (common_divisor(stride, f->n) != 1)
        stride++;
    return f->starts[seed % f->n * stride % f->n];
}

bool slot_propose(const struct slot_wish *w, struct slot *out)
{
    struct found nice = { .n = 0 }, any = { .n = 0 };
    assert(w->minutes > 0 && w->minutes <= FULL_DAY);
    date today = zone_date(w->zone, w->now), d = w->away_until > today ? w->away_until : today;
    for (int n = 1; n <= LAST_DAY || any.n == 0; n++) {
        d = working_days_after(w->hours, w->off, d, 1);
        if (d > today + FARTHEST)
            break;
        if (n >= FIRST_DAY)
            look_at(w, d, &nice, &any);
    }
    if (any.n == 0)
        return false;
    out->start = choose(nice.n ? &nice : &any, w->seed);
    out->end = out->start + w->minutes * MINUTE;
    return true;
}
