#include "base/chance.h"
#include "harness/harness.h"
#include "plan/slot.h"

#include <stdio.h>
#include <string.h>

static struct hours hours_of(const char *text)
{
    struct hours h;
    struct err e = { 0 };
    CHECK_OK(hours_read(text, &h, &e), &e);
    return h;
}

static struct zone *zone_of(const char *name)
{
    struct zone *z;
    struct err e = { 0 };
    CHECK_OK(zone_open(&z, name, &e), &e);
    return z;
}

static instant local(const struct zone *z, int year, int month, int day, int hour)
{
    struct civil c = { year, month, day, hour, 0, 0, 0 };
    return zone_instant(z, &c);
}

static int minute_of(const struct zone *z, instant t)
{
    struct civil c = zone_civil(z, t);
    return c.hour * 60 + c.minute;
}

/* Working days after `from` up to and with `until`. */
static int working_days(const struct slot_wish *w, date from, date until)
{
    int n = 0;
    while (from < until)
        n += working_day(w->hours, w->off, ++from);
    return n;
}

/* Could anybody with these hours meet on a day of the next weeks, if no clock were ever changed? */
static bool room_on_paper(const struct slot_wish *w, date today)
{
    for (date d = today + 1; d <= today + 42; d++) {
        int weekday = date_weekday(d), from = (w->hours->weekday[weekday].from + 29) / 30 * 30;
        if (working_day(w->hours, w->off, d) && working_days(w, today, d) >= 2 &&
            from + w->minutes <= w->hours->weekday[weekday].until)
            return true;
    }
    return false;
}

static void check_slot(const struct slot_wish *w, const struct slot *s)
{
    date today = zone_date(w->zone, w->now), day = zone_date(w->zone, s->start);
    int weekday = date_weekday(day), from = minute_of(w->zone, s->start), until = from + w->minutes;
    struct civil wall = zone_civil(w->zone, s->start);
    instant both[2];
    CHECK_INT(s->end - s->start, w->minutes * MINUTE);
    CHECK(from % 30 == 0 && wall.second == 0 && wall.millisecond == 0);
    CHECK(working_day(w->hours, w->off, day));
    CHECK(from >= w->hours->weekday[weekday].from && until <= w->hours->weekday[weekday].until);
    for (instant t = s->start; t < s->end; t += 10 * MINUTE)
        CHECK(hours_open(w->hours, w->off, w->zone, t));
    CHECK_INT(minute_of(w->zone, s->end), until % (24 * 60));
    CHECK_INT(zone_instants(w->zone, &wall, both), 1);
    CHECK_INT(zone_offset(w->zone, s->start), zone_offset(w->zone, s->end));
    CHECK(working_days(w, today, day) >= 2 && day <= today + 42);
}

static const char *const all_hours[] = { "mon-fri 08:30-17:00",
                                         "mon-thu 08:00-16:00, fri 08:00-14:00",
                                         "sun-thu 9:00-17:00",
                                         "always",
                                         "sat-sun 0:00-6:00",
                                         "mon-fri 18:15-20:05",
                                         "wed 23:00-24:00",
                                         "mon-sun 11:45-13:15",
                                         "mon 9:00-9:40, thu 0:00-3:10" };
static const char *const all_zones[] = { "Europe/Oslo",         "Asia/Bangkok", "America/New_York", "Asia/Kathmandu",
                                         "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca" };

TEST(a_proposal_always_lies_in_working_hours_and_never_on_a_day_off)
{
    struct chance c;
    int proposed = 0, none = 0;
    chance_seed(&c, 1);
    for (size_t zone = 0; zone < sizeof all_zones / sizeof all_zones[0]; zone++) {
        struct zone *z = zone_of(all_zones[zone]);
        for (int i = 0; i < 1500; i++) {
            struct hours h = hours_of(all_hours[chance_below(&c, sizeof all_hours / sizeof all_hours[0])]);
            instant now = (instant)chance_below(&c, 25000) * DAY + (instant)chance_below(&c, DAY);
            date days[30], first = zone_date(z, now);
            struct holidays off = { .days = days };
            for (date d = first; d < first + 50 && off.n < 30; d++)
                if (chance_below(&c, 5) == 0)
                    days[off.n++] = d;
            struct slot_wish w = { .hours = &h,
                                   .off = &off,
                                   .zone = z,
                                   .now = now,
                                   .away_until = DATE_NONE,
                                   .minutes = 30 * (1 + (int)chance_below(&c, 3)),
                                   .seed = chance_next(&c) };
            struct slot s, again;
            if (!slot_propose(&w, &s)) {
                CHECK(!room_on_paper(&w, first));
                none++;
                continue;
            }
            check_slot(&w, &s);
            CHECK(slot_propose(&w, &again) && s.start == again.start && s.end == again.end);
            proposed++;
        }
        zone_close(z);
    }
    CHECK(proposed > 5000 && none > 100); /* both were tried */
}

TEST(occasions_that_follow_one_another_do_not_overlap)
{
    struct zone *z = zone_of("Europe/Oslo");
    struct hours h = hours_of("mon-fri 08:30-17:00");
    struct slot_wish w = { &h, NULL, z, local(z, 2026, 6, 10, 9), DATE_NONE, 60, 0 };
    struct slot s[28];
    for (size_t i = 0; i < 28; i++) { /* 9-11 and 13-16 on four days: all that there are */
        w.seed = 1000003 + i;
        CHECK(slot_propose(&w, &s[i]));
        for (size_t k = 0; k < i; k++)
            CHECK(s[k].end <= s[i].start || s[i].end <= s[k].start); /* nor do they overlap */
        CHECK(i == 0 || zone_date(z, s[i].start) != zone_date(z, s[i - 1].start));
    }
    zone_close(z);
}

TEST(a_meeting_is_two_to_five_working_days_ahead_by_day_and_not_at_noon)
{
    struct zone *z = zone_of("Europe/Oslo");
    struct hours h = hours_of("always");
    struct hours office = hours_of("mon-fri 08:30-17:00");
    struct slot s;
    for (unsigned i = 0; i < 200; i++) {
        struct slot_wish w = { &h, NULL, z, local(z, 2026, 6, 10, 9), DATE_NONE, i % 2 ? 30 : 60, i };
        CHECK(slot_propose(&w, &s));
        int from = minute_of(z, s.start), until = minute_of(z, s.end);
        CHECK(from >= 9 * 60 && until <= 17 * 60 && (until <= 12 * 60 || from >= 13 * 60));
        w.hours = &office; /* Wednesday: Friday, Monday, Tuesday, Wednesday */
        CHECK(slot_propose(&w, &s));
        CHECK(zone_date(z, s.start) >= date_of(2026, 6, 12) && zone_date(z, s.start) <= date_of(2026, 6, 17));
    }
    zone_close(z);
}

TEST(who_works_only_at_night_gets_a_time_at_night)
{
    struct zone *z = zone_of("Asia/Bangkok");
    struct hours h = hours_of("mon-fri 22:00-24:00");
    struct slot_wish w = { &h, NULL, z, local(z, 2026, 6, 10, 23), DATE_NONE, 60, 2 };
    struct slot s;
    CHECK(slot_propose(&w, &s));
    check_slot(&w, &s);
    zone_close(z);
}

/* Only on Sundays at night, when clocks are changed: the second Sunday ahead is the one. */
static void check_change(const struct zone *z, instant now, date changed)
{
    struct hours h = hours_of("sun 01:00-04:00");
    bool on_the_day = false;
    for (unsigned seed = 0; seed < 100; seed++) {
        struct slot_wish w = { &h, NULL, z, now, DATE_NONE, 60, seed };
        struct slot s;
        CHECK(slot_propose(&w, &s));
        check_slot(&w, &s);
        if (zone_date(z, s.start) == changed) {
            CHECK_INT(minute_of(z, s.start), 3 * 60);
            on_the_day = true;
        }
    }
    CHECK(on_the_day);
}

TEST(no_meeting_begins_or_ends_or_lasts_where_clocks_are_changed)
{
    struct zone *z = zone_of("Europe/Oslo");
    check_change(z, local(z, 2026, 3, 18, 9), date_of(2026, 3, 29));
    check_change(z, local(z, 2026, 10, 14, 9), date_of(2026, 10, 25));
    zone_close(z);
}

TEST(an_absence_is_waited_for_and_without_room_there_is_no_proposal)
{
    struct zone *z = zone_of("Europe/Oslo");
    struct hours h = hours_of("mon-fri 08:30-17:00"), narrow = hours_of("mon-fri 08:45-09:45");
    date days[60], first = date_of(2026, 6, 10);
    struct holidays closed = { .days = days, .n = 60 };
    struct slot s;
    for (date d = 0; d < 60; d++)
        days[d] = first + d;
    struct slot_wish w = { &h, NULL, z, local(z, 2026, 6, 10, 9), date_of(2026, 6, 19), 60, 3 };
    CHECK(slot_propose(&w, &s) && zone_date(z, s.start) >= date_of(2026, 6, 23)); /* back on Monday, the 22nd */
    w.away_until = date_of(2026, 9, 1);
    CHECK(!slot_propose(&w, &s));
    w.away_until = DATE_NEVER;
    CHECK(!slot_propose(&w, &s));
    w.away_until = DATE_NONE;
    w.off = &closed;
    CHECK(!slot_propose(&w, &s));
    w.off = NULL;
    w.hours = &narrow; /* an hour, but it begins at a quarter to */
    CHECK(!slot_propose(&w, &s));
    w.minutes = 30;
    CHECK(slot_propose(&w, &s) && minute_of(z, s.start) == 9 * 60);
    zone_close(z);
}
