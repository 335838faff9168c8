#include "base/instant.h"
#include "harness/harness.h"

#include <string.h>

TEST(every_day_of_twenty_thousand_years_round_trips)
{
    date expected = date_of(-9999, 1, 1);
    for (int year = -9999; year <= 9999; year++) {
        static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
        bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= lengths[month - 1] + (month == 2 && leap); day++, expected++) {
                int y, m, d;
                date_split(expected, &y, &m, &d);
                if (y != year || m != month || d != day || date_of(year, month, day) != expected)
                    test_fail(__FILE__, __LINE__, "%d-%d-%d became %d-%d-%d", year, month, day, y, m, d);
            }
    }
    CHECK_INT(expected, date_of(10000, 1, 1));
}

TEST(known_days_have_their_numbers_and_weekdays)
{
    CHECK_INT(date_of(1970, 1, 1), 0);
    CHECK_INT(date_of(2000, 3, 1), 11017);
    CHECK_INT(date_of(1969, 12, 31), -1);
    CHECK_INT(date_weekday(date_of(2026, 11, 22)), 7);
    CHECK_INT(date_weekday(date_of(2000, 1, 1)), 6);
    CHECK_INT(date_weekday(0), 4);
    CHECK_INT(date_weekday(-1), 3);
    CHECK_INT(date_weekday(date_of(1582, 10, 15)), 5);
    for (date d = -100000, weekday = date_weekday(d); d < 100000; d++, weekday = weekday % 7 + 1)
        CHECK_INT(date_weekday(d), weekday);
}

TEST(valid_dates_are_told_from_others)
{
    CHECK(date_valid(1, 1, 1) && date_valid(9999, 12, 31) && date_valid(2024, 2, 29) && date_valid(2000, 2, 29));
    CHECK(!date_valid(0, 1, 1) && !date_valid(10000, 1, 1) && !date_valid(-1, 1, 1));
    CHECK(!date_valid(2026, 2, 29) && !date_valid(1900, 2, 29) && !date_valid(2026, 4, 31));
    CHECK(!date_valid(2026, 0, 1) && !date_valid(2026, 13, 1) && !date_valid(2026, 1, 0) && !date_valid(2026, 1, 32));
}

static void check_months(const char *from, int months, const char *expected)
{
    date d = 0;
    char got[16];
    CHECK(date_read(from, &d));
    CHECK_TEXT(date_print(date_add_months(d, months), got), expected);
}

TEST(months_are_added_and_the_last_day_stays_the_last)
{
    check_months("2026-01-31", 1, "2026-02-28");
    check_months("2024-01-31", 1, "2024-02-29");
    check_months("2024-02-29", 12, "2025-02-28");
    check_months("2024-02-29", 48, "2028-02-29");
    check_months("2026-11-30", 3, "2027-02-28");
    check_months("2026-12-15", 1, "2027-01-15");
    check_months("2026-01-15", -1, "2025-12-15");
    check_months("2026-03-31", -1, "2026-02-28");
    check_months("2026-03-31", -13, "2025-02-28");
    check_months("2026-05-05", 0, "2026-05-05");
    check_months("2026-05-05", -24, "2024-05-05");
}

TEST(months_before_the_year_one_and_beyond_all_calendars_are_harmless)
{
    int year, month, day;
    date_split(date_add_months(date_of(1, 1, 31), -14), &year, &month, &day);
    CHECK(year == -1 && month == 11 && day == 30);
    CHECK_INT(date_add_months(DATE_NONE, 1), DATE_NONE);
    CHECK_INT(date_add_months(DATE_NEVER, 1), DATE_NEVER);
}

TEST(dates_are_read_strictly_and_printed)
{
    static const char *const bad[] = {
        "",           "2026",       "2026-1-1",   "2026-11-2",  "2026-11-222", " 2026-11-22", "2026-11-22 ",
        "2026-02-30", "0000-01-01", "2026-13-01", "-026-01-01", "2026--1-01",  "2026/11/22",  "2026-11-2x",
        "20261-1-01", "2026-+1-01"
    };
    date d = 77;
    char text[16];
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        if (date_read(bad[i], &d))
            test_fail(__FILE__, __LINE__, "\"%s\" was read", bad[i]);
        CHECK_INT(d, 77);
    }
    for (date day = date_of(1, 1, 1); day <= date_of(9999, 12, 31); day += 997) {
        CHECK(date_read(date_print(day, text), &d));
        CHECK_INT(d, day);
    }
    CHECK_TEXT(date_print(DATE_NONE, text), "");
    CHECK_TEXT(date_print(DATE_NEVER, text), "");
}

TEST(instants_split_and_join_also_before_1970)
{
    static const instant some[] = { 0, -1, 1, -DAY, -DAY - 1, 951782399999, -62135596800000, 253402300799999 };
    char text[32];
    for (size_t i = 0; i < sizeof some / sizeof some[0]; i++) {
        struct civil c = instant_split(some[i]);
        CHECK(c.month >= 1 && c.month <= 12 && c.hour >= 0 && c.hour < 24 && c.minute >= 0 && c.second >= 0);
        CHECK(c.millisecond >= 0 && c.millisecond < 1000);
        CHECK_INT(instant_of(&c), some[i]);
    }
    for (instant t = -62135596800000; t < 253402300799999; t += 987654321987) {
        struct civil c = instant_split(t);
        CHECK_INT(instant_of(&c), t);
    }
    CHECK_TEXT(instant_print(-1, text), "1969-12-31T23:59:59Z");
    CHECK_TEXT(instant_print(951782399999, text), "2000-02-28T23:59:59Z");
    CHECK_TEXT(instant_print(INSTANT_NONE, text), "");
    CHECK_TEXT(instant_print(INSTANT_NEVER, text), "");
}

TEST(instants_beyond_all_calendars_are_split_harmlessly)
{
    static const instant far[] = { INSTANT_NONE,  INSTANT_NONE + 1,   INSTANT_NEVER - 1,
                                   INSTANT_NEVER, 185542587187199999, -185542587187200001 };
    char text[32];
    for (size_t i = 0; i < sizeof far / sizeof far[0]; i++) {
        struct civil c = instant_split(far[i]);
        CHECK(c.month >= 1 && c.month <= 12 && c.day >= 1 && c.day <= 31 && c.hour >= 0 && c.hour < 24);
        CHECK(strlen(instant_print(far[i], text)) < sizeof text);
    }
}
