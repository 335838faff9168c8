/* When digests are due: holidays, hours, zones, and nights in which the clock changes. */
#include "harness/harness.h"
#include "plan/round.h"

#include <stdlib.h>

struct reader {
    struct zone *zone;
    struct hours hours;
    struct holidays off;
    struct round_wish wish;
};

static void open_reader(struct reader *r, const char *zone, const char *hours, const char *off, int weekday, int at)
{
    struct err e = { "" };
    *r = (struct reader){ 0 };
    CHECK_OK(zone_open(&r->zone, zone, &e), &e);
    CHECK_OK(hours_read(hours, &r->hours, &e), &e);
    CHECK_OK(holidays_read(&r->off, "off", off, 2026, &e), &e);
    r->wish = (struct round_wish){ &r->hours, &r->off, r->zone, weekday, at };
}

static void close_reader(struct reader *r)
{
    zone_close(r->zone);
    holidays_done(&r->off);
}

static instant at(const struct reader *r, int day, int hour, int minute)
{
    struct civil c = { .year = 2026, .month = 6, .day = day, .hour = hour, .minute = minute };
    if (day > 30) {
        c.month = 7;
        c.day = day - 30;
    }
    return zone_instant(r->zone, &c);
}

static void check_round(const struct reader *r, instant now, int day, instant from, instant until)
{
    struct round got;
    CHECK(round_next(&r->wish, now, &got));
    CHECK_INT(got.day, zone_date(r->zone, at(r, day, 12, 0)));
    CHECK_INT(got.from, from);
    CHECK_INT(got.until, until);
}

TEST(a_weekly_digest_is_due_when_mondays_hours_begin)
{
    struct reader r;
    open_reader(&r, "Europe/Oslo", "mon-fri 08:30-17:00", "", 1, 0); /* 2026-06-08 is a Monday */
    check_round(&r, at(&r, 6, 12, 0), 8, at(&r, 8, 8, 30), at(&r, 10, 0, 0));
    check_round(&r, at(&r, 8, 8, 30), 8, at(&r, 8, 8, 30), at(&r, 10, 0, 0));
    check_round(&r, at(&r, 9, 23, 59), 8, at(&r, 8, 8, 30), at(&r, 10, 0, 0));
    check_round(&r, at(&r, 10, 0, 0), 15, at(&r, 15, 8, 30), at(&r, 17, 0, 0));
    close_reader(&r);
}

TEST(a_set_hour_is_that_of_the_reader_and_never_outside_their_hours)
{
    struct reader r;
    open_reader(&r, "Asia/Bangkok", "mon-fri 09:00-17:00", "", 5, 13 * 60 + 15);
    check_round(&r, at(&r, 9, 0, 0), 12, at(&r, 12, 13, 15), at(&r, 16, 0, 0));
    r.wish.at = 7 * 60;
    check_round(&r, at(&r, 9, 0, 0), 12, at(&r, 12, 9, 0), at(&r, 16, 0, 0));
    r.wish.at = 18 * 60; /* of Friday: on Monday */
    check_round(&r, at(&r, 8, 0, 0), 5, at(&r, 8, 9, 0), at(&r, 10, 0, 0));
    check_round(&r, at(&r, 10, 0, 0), 12, at(&r, 15, 9, 0), at(&r, 17, 0, 0));
    close_reader(&r);
}

TEST(a_holiday_moves_it_to_the_next_working_day_and_two_that_meet_are_one)
{
    struct reader r;
    open_reader(&r, "Europe/Oslo", "mon-fri 08:30-17:00", "2026-06-08\n", 1, 0);
    check_round(&r, at(&r, 7, 0, 0), 8, at(&r, 9, 8, 30), at(&r, 11, 0, 0));
    close_reader(&r);
    open_reader(&r, "Europe/Oslo", "mon-fri 08:30-17:00",
                "2026-06-08\n2026-06-09\n2026-06-10\n2026-06-11\n2026-06-12\n2026-06-15\n", 1, 0);
    check_round(&r, at(&r, 7, 0, 0), 15, at(&r, 16, 8, 30), at(&r, 18, 0, 0));
    close_reader(&r);
}

TEST(a_daily_digest_is_due_on_working_days_and_gone_at_their_end)
{
    struct reader r;
    open_reader(&r, "Europe/Oslo", "mon-fri 08:30-17:00", "2026-06-10\n", 0, 9 * 60);
    check_round(&r, at(&r, 8, 17, 0), 8, at(&r, 8, 9, 0), at(&r, 9, 0, 0));
    check_round(&r, at(&r, 9, 9, 0), 9, at(&r, 9, 9, 0), at(&r, 10, 0, 0));
    check_round(&r, at(&r, 10, 9, 0), 11, at(&r, 11, 9, 0), at(&r, 12, 0, 0));
    check_round(&r, at(&r, 13, 0, 0), 15, at(&r, 15, 9, 0), at(&r, 16, 0, 0));
    close_reader(&r);
}

TEST(an_hour_that_the_clock_skips_or_repeats_comes_once)
{
    struct reader r;
    struct round first, again;
    open_reader(&r, "Europe/Oslo", "always", "", 7, 2 * 60 + 30); /* 02:30 on Sundays */
    struct civil spring = { .year = 2026, .month = 3, .day = 29 }, autumn = { .year = 2026, .month = 10, .day = 25 };
    CHECK(round_next(&r.wish, zone_instant(r.zone, &spring), &first));
    struct civil c = zone_civil(r.zone, first.from);
    CHECK_INT(c.day, 29);
    CHECK_INT(c.hour * 60 + c.minute, 3 * 60 + 30); /* there is no 02:30 */
    CHECK(round_next(&r.wish, zone_instant(r.zone, &autumn), &first));
    c = zone_civil(r.zone, first.from);
    CHECK_INT(c.hour * 60 + c.minute, 2 * 60 + 30);
    CHECK(round_next(&r.wish, first.from + HOUR, &again)); /* the second 02:30 of that night */
    CHECK_INT(again.day, first.day);
    close_reader(&r);
}

TEST(who_never_works_gets_none)
{
    struct reader r;
    struct round got;
    open_reader(&r, "UTC", "mon-fri 08:30-17:00", "", 1, 0);
    r.hours = (struct hours){ 0 };
    CHECK(!round_next(&r.wish, at(&r, 8, 0, 0), &got));
    r.wish.weekday = 0;
    CHECK(!round_next(&r.wish, at(&r, 8, 0, 0), &got));
    close_reader(&r);
}
