#include "base/buf.h"
#include "base/chance.h"
#include "harness/harness.h"
#include "plan/hours.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- working hours ---- */

static struct hours hours_of(const char *text)
{
    struct hours h;
    struct err e = { 0 };
    CHECK_OK(hours_read(text, &h, &e), &e);
    return h;
}

/* As "1 510-1020" for each day on. */
static void check_hours(const char *text, const char *expected)
{
    struct hours h = hours_of(text);
    char got[256] = "";
    for (int day = 1; day <= 7; day++)
        if (h.weekday[day].from != h.weekday[day].until)
            snprintf(got + strlen(got), sizeof got - strlen(got), "%d %d-%d;", day, h.weekday[day].from,
                     h.weekday[day].until);
    CHECK_TEXT(got, expected);
}

TEST(working_hours_are_read)
{
    check_hours("mon-fri 08:30-17:00", "1 510-1020;2 510-1020;3 510-1020;4 510-1020;5 510-1020;");
    check_hours("mon-thu 08:00-16:00, fri 08:00-14:00", "1 480-960;2 480-960;3 480-960;4 480-960;5 480-840;");
    check_hours("sun-thu 9:00-17:00", "1 540-1020;2 540-1020;3 540-1020;4 540-1020;7 540-1020;");
    check_hours("mon, wed,fri 9:00-12:00", "1 540-720;3 540-720;5 540-720;");
    check_hours("sat-mon 0:00-24:00", "1 0-1440;6 0-1440;7 0-1440;");
    check_hours("  Monday - FRIDAY  08.30 - 17.00 ", "1 510-1020;2 510-1020;3 510-1020;4 510-1020;5 510-1020;");
    check_hours("tues 1:00-2:00,thurs 1:00-2:01", "2 60-120;4 60-121;");
    check_hours("mon\xe2\x80\x93"
                "fri 08:30\xe2\x80\x93"
                "17:00",
                "1 510-1020;2 510-1020;3 510-1020;4 510-1020;5 510-1020;");
    check_hours("fri-fri 1:00-2:00", "5 60-120;");
    check_hours(" Always ", "1 0-1440;2 0-1440;3 0-1440;4 0-1440;5 0-1440;6 0-1440;7 0-1440;");
}

static void check_hours_refused(const char *text, const char *part)
{
    struct hours h = { .weekday = { [1] = { 3, 4 } } };
    struct err e = { 0 };
    if (hours_read(text, &h, &e))
        test_fail(__FILE__, __LINE__, "\"%s\" was read", text);
    CHECK_CONTAINS(e.text, part);
    CHECK_INT(h.weekday[1].until, 4); /* untouched */
}

TEST(working_hours_over_midnight_are_an_error_that_says_what_to_write)
{
    check_hours_refused("fri 22:00-06:00", "\"22:00-06:00\" goes over midnight: write it within one day");
    check_hours_refused("mon-thu 8:00-16:00, fri 22:00-6:00", "within one day");
    check_hours_refused("fri 24:00-06:00", "within one day");
}

TEST(a_weekday_given_twice_is_an_error_that_names_it)
{
    check_hours_refused("mon-fri 8:00-16:00, wed 8:00-12:00",
                        "\"wed 8:00-12:00\" gives a weekday for the second time: Wednesday");
    check_hours_refused("mon, mon 8:00-16:00", "second time: Monday");
    check_hours_refused("fri-mon 8:00-16:00, sun-tue 8:00-9:00", "second time: Sunday");
}

TEST(what_are_no_working_hours_is_refused_with_an_example)
{
    static const char *const bad[] = {
        "",
        " ",
        ",",
        "mon",
        "mon-fri",
        "08:00-16:00",
        "mon-fri 8-17",
        "mon-fri 8:00",
        "mon-fri 8:00-",
        "mon-fri 8:00-17:0",
        "mon-fri 8:00-24:01",
        "mon-fri 8:60-17:00",
        "mon-fri 25:00-26:00",
        "mon-fri 08:00-17:00,",
        "mon-fri 8:00-17:00 sat",
        "mon-fri 8:00-17:00; sat 8:00-9:00",
        "mo-fr 8:00-17:00",
        "man-fre 8:00-17:00",
        "mon-fri 8:00am-5:00pm",
        "monn-fri 8:00-9:00",
        "mon- 8:00-17:00",
        "mon--fri 8:00-17:00",
        "mon-fri 008:00-17:00",
        "always mon",
        "mondays 8:00-9:00",
        "mon-fri -8:00-17:00",
        "mon\xe2\x80 8:00-9:00",
        "mon-fri 8:00-17:00-18:00",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        check_hours_refused(bad[i], "08:30-17:00");
    check_hours_refused("mon 8:00-8:00", "nothing between");
}

TEST(hostile_working_hours_give_a_short_error_on_one_line)
{
    char text[10000];
    struct hours h;
    struct err e;
    memset(text, '\n', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    CHECK(!hours_read(text, &h, &e));
    CHECK(!strchr(e.text, '\n') && strlen(e.text) < 400);
    memset(text, '\xff', sizeof text - 1);
    CHECK(!hours_read(text, &h, &e));
    CHECK(!strchr(e.text, '\xff'));
    struct chance chance;
    chance_seed(&chance, 3);
    for (int i = 0; i < 20000; i++) {
        static const char *const bits[] = { "mon", "-",     "fri",          " ", "8:00", "17:00",
                                            ",",   "24:00", "\xe2\x80\x93", "x", "" };
        text[0] = '\0';
        for (int k = 0; k < 12; k++)
            strcat(text, bits[chance_below(&chance, 11)]);
        if (hours_read(text, &h, &e))
            for (int day = 1; day <= 7; day++)
                CHECK(h.weekday[day].from >= 0 && h.weekday[day].from <= h.weekday[day].until &&
                      h.weekday[day].until <= 1440);
    }
}

/* ---- holidays ---- */

static struct holidays holidays_of(const char *text)
{
    struct holidays h;
    struct err e = { 0 };
    CHECK_OK(holidays_read(&h, "no.ics", text, 2026, &e), &e);
    return h;
}

static void check_days(const char *text, const char *expected)
{
    struct holidays h = holidays_of(text);
    struct buf got = { 0 };
    char day[16];
    for (size_t i = 0; i < h.n; i++)
        buf_print(&got, "%s%s", i ? " " : "", date_print(h.days[i], day));
    CHECK_TEXT(buf_text(&got), expected);
    buf_done(&got);
    holidays_done(&h);
}

static void check_holidays_refused(const char *text, const char *part)
{
    struct holidays h;
    struct err e = { 0 };
    if (holidays_read(&h, "no.ics", text, 2026, &e))
        test_fail(__FILE__, __LINE__, "\"%s\" was read", text);
    CHECK_CONTAINS(e.text, part);
}

TEST(a_plain_list_of_holidays_is_sorted_and_without_doubles)
{
    check_days("# Norway\n2026-12-25 Christmas Day\n\n2026-05-17\t17. mai\r\n  2026-12-25\n2026-01-01# new year",
               "2026-01-01 2026-05-17 2026-12-25");
    check_days("\xef\xbb\xbf"
               "2026-12-25\n",
               "2026-12-25");
    check_days("", "");
    check_days("# nothing yet\n", "");
}

TEST(a_line_that_is_no_holiday_is_an_error_with_its_place)
{
    check_holidays_refused("2026-12-25\n25.12.2026 Christmas\n", "no.ics:2: expected a day such as");
    check_holidays_refused("2026-02-29\n", "no.ics:1:");
    check_holidays_refused("2026-12-255\n", "no.ics:1:");
    check_holidays_refused("2026-12-25,Christmas\n", "no.ics:1:");
    check_holidays_refused("<!DOCTYPE html>\n", "no.ics:1:");
    check_holidays_refused("\xff\xfe"
                           "2\n",
                           "no.ics:1:");
}

#define CALENDAR(inside) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" inside "END:VCALENDAR\r\n"
#define EVENT(inside) CALENDAR("BEGIN:VEVENT\r\n" inside "END:VEVENT\r\n")

TEST(all_day_events_are_holidays_and_dtend_is_the_day_after)
{
    check_days(EVENT("DTSTART;VALUE=DATE:20261225\r\n"), "2026-12-25");
    check_days(EVENT("DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\n"), "2026-12-25 2026-12-26");
    check_days(EVENT("DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261225\r\n"), "2026-12-25");
    check_days(EVENT("DTEND;VALUE=DATE:20270102\nDTSTART;VALUE=DATE:20261231\n"), "2026-12-31 2027-01-01");
    check_days(EVENT("DTSTART;VALUE=DATE:20261225\r\nDURATION:P2D\r\n"), "2026-12-25 2026-12-26");
    check_days(EVENT("DTSTART:20261225\r\nDURATION:P1W\r\n"),
               "2026-12-25 2026-12-26 2026-12-27 2026-12-28 2026-12-29 2026-12-30 2026-12-31");
    check_days(EVENT("dtstart;value=date:20261225  \r\nsummary:x\r\n"), "2026-12-25");
    check_days(EVENT("DTSTART;VALUE=DATE:20261225\r\nSTATUS:CANCELLED\r\n"), "");
}

TEST(an_event_with_a_time_counts_as_its_date)
{
    check_days(EVENT("DTSTART;TZID=Europe/Oslo:20261224T120000\r\nDTEND;TZID=Europe/Oslo:20261224T180000\r\n"),
               "2026-12-24");
    check_days(EVENT("DTSTART:20261224T000000Z\r\nDTEND:20261226T000000Z\r\n"), "2026-12-24 2026-12-25");
    check_days(EVENT("DTSTART:20261224T120000\r\nDURATION:PT6H\r\n"), "2026-12-24");
}

TEST(folded_lines_and_quoted_parameters_are_read)
{
    check_days(EVENT("DTSTART;VAL\r\n UE=DATE:2026\r\n\t1225\r\nSUMMARY:a long\r\n  story: DTSTART:20260101\r\n"),
               "2026-12-25");
    check_days(EVENT("DTSTART;X-A=\"a:b;c\";VALUE=DATE:20261225\n"), "2026-12-25");
    check_days(EVENT("DESCRIPTION:\n BEGIN:VEVENT\nDTSTART:20261225\n"), "2026-12-25");
}

TEST(time_zones_and_alarms_are_no_holidays)
{
    check_days(
        CALENDAR("BEGIN:VTIMEZONE\r\nTZID:Europe/Oslo\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\n"
                 "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nRDATE:19801025T030000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
                 "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261225\r\nBEGIN:VALARM\r\nDTSTART:20200101\r\nDURATION:PT15M\r\n"
                 "RRULE:FREQ=DAILY\r\nEND:VALARM\r\nEND:VEVENT\r\n"
                 "BEGIN:VTODO\r\nDTSTART:20260606\r\nEND:VTODO\r\n"),
        "2026-12-25");
}

static bool has(const struct holidays *h, int year, int month, int day)
{
    struct hours always = hours_of("always");
    return !working_day(&always, h, date_of(year, month, day));
}

TEST(yearly_events_are_expanded_twenty_years_each_way)
{
    struct holidays h =
        holidays_of(EVENT("DTSTART;VALUE=DATE:19701225\r\nDTEND;VALUE=DATE:19701227\r\nRRULE:FREQ=YEARLY\r\n"));
    CHECK_INT((long long)h.n, 2 * 41);
    CHECK(!has(&h, 2005, 12, 25) && has(&h, 2006, 12, 25) && has(&h, 2026, 12, 26) && has(&h, 2046, 12, 26));
    CHECK(!has(&h, 2047, 12, 25) && !has(&h, 2026, 12, 27) && !has(&h, 2026, 12, 24));
    CHECK_INT(h.last, date_of(2046, 12, 26));
    holidays_done(&h);
    h = holidays_of(EVENT("DTSTART:20250517\nRRULE:FREQ=YEARLY;INTERVAL=1;UNTIL=20280517T000000Z\n"));
    CHECK_INT((long long)h.n, 4);
    CHECK(!has(&h, 2024, 5, 17) && has(&h, 2025, 5, 17) && has(&h, 2028, 5, 17) && !has(&h, 2029, 5, 17));
    holidays_done(&h);
    h = holidays_of(EVENT("RRULE:WKST=MO;BYMONTH=12;BYMONTHDAY=25;FREQ=YEARLY\nDTSTART:20261225\n"));
    CHECK(has(&h, 2026, 12, 25) && has(&h, 2027, 12, 25) && !has(&h, 2025, 12, 25));
    holidays_done(&h);
    h = holidays_of(EVENT("DTSTART:20240229\nRRULE:FREQ=YEARLY\n"));
    CHECK_INT((long long)h.n, 6); /* 2024, 2028 ... 2044 */
    CHECK(has(&h, 2028, 2, 29) && !has(&h, 2027, 2, 28) && !has(&h, 2027, 3, 1));
    holidays_done(&h);
}

TEST(a_list_ends_with_the_last_day_written_out_if_there_is_one)
{
    struct holidays h = holidays_of(CALENDAR("BEGIN:VEVENT\nDTSTART:20201225\nRRULE:FREQ=YEARLY\nEND:VEVENT\n"
                                             "BEGIN:VEVENT\nDTSTART:20270329\nEND:VEVENT\n"
                                             "BEGIN:VEVENT\nDTSTART:20260406\nEND:VEVENT\n"));
    CHECK_INT(h.last, date_of(2027, 3, 29)); /* Easter of 2028 is not known */
    holidays_done(&h);
    h = holidays_of("2027-12-25\n2026-12-25\n");
    CHECK_INT(h.last, date_of(2027, 12, 25));
    holidays_done(&h);
    h = holidays_of("");
    CHECK_INT(h.last, DATE_NONE);
    holidays_done(&h);
}

TEST(what_a_calendar_says_and_we_do_not_understand_is_an_error_with_its_place)
{
    check_holidays_refused(EVENT("DTSTART:20261225\r\nRRULE:FREQ=MONTHLY\r\n"),
                           "no.ics:5: RRULE is \"FREQ=MONTHLY\": only FREQ=YEARLY");
    check_holidays_refused(EVENT("DTSTART:20261126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\n"), "only FREQ=YEARLY");
    check_holidays_refused(EVENT("DTSTART:20261126\nRRULE:FREQ=YEARLY;BYMONTH=12\n"), "only FREQ=YEARLY");
    check_holidays_refused(EVENT("DTSTART:20261126\nRRULE:FREQ=YEARLY;INTERVAL=2\n"), "only FREQ=YEARLY");
    check_holidays_refused(EVENT("DTSTART:20261126\nRRULE:FREQ=YEARLY;COUNT=2\n"), "only FREQ=YEARLY");
    check_holidays_refused(EVENT("DTSTART:20261126\nRRULE:FREQ=YEARLY ;COUNT=2\n"), "only FREQ=YEARLY");
    check_holidays_refused(EVENT("DTSTART:20261126\nRRULE:INTERVAL=1\n"), "only FREQ=YEARLY");
    check_holidays_refused(EVENT("DTSTART:20261126\nRRULE:\n"), "only FREQ=YEARLY");
    check_holidays_refused(EVENT("DTSTART:20261126\nEXDATE:20271126\n"), "no.ics:5: RDATE, EXDATE");
    check_holidays_refused(EVENT("DTSTART:20261126\nRDATE:20271126\n"), "not supported");
    check_holidays_refused(EVENT("RECURRENCE-ID:20261126\nDTSTART:20261126\n"), "not supported");
    check_holidays_refused(EVENT("DTSTART:2026-11-26\n"), "no.ics:4: DTSTART");
    check_holidays_refused(EVENT("DTSTART:20260229\n"), "no.ics:4: DTSTART");
    check_holidays_refused(EVENT("DTSTART:20261126,20261127\n"), "DTSTART");
    check_holidays_refused(EVENT("DTSTART:20261126T\n"), "DTSTART");
    check_holidays_refused(EVENT("DTSTART:20261126\nDTEND:20261125\n"),
                           "no.ics:6: the event that begins in line 3 ends before");
    check_holidays_refused(EVENT("DTSTART:20261126\nDTEND:20281125\n"), "more than a year");
    check_holidays_refused(EVENT("DTSTART:00010101\nDTEND:99991231\n"), "more than a year");
    check_holidays_refused(EVENT("DTSTART:20261126\nDURATION:P1M\n"), "DURATION");
    check_holidays_refused(EVENT("DTSTART:20261126\nDURATION:P99999999999999999999D\n"), "DURATION");
    check_holidays_refused(EVENT("SUMMARY:x\n"), "begins in line 3 has no DTSTART");
    check_holidays_refused(EVENT("DTSTART\n"), "no.ics:4: \"DTSTART\" is no line");
}

TEST(a_calendar_that_is_cut_off_or_ill_nested_is_an_error)
{
    check_holidays_refused("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261225\nEND:VEVENT\n",
                           "no.ics:4: the calendar is cut off");
    check_holidays_refused("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261225\n", "cut off");
    check_holidays_refused("BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR\n", "does not belong");
    check_holidays_refused("BEGIN:VCALENDAR\nEND:VEVENT\n", "does not belong");
    check_holidays_refused("BEGIN:VEVENT\nDTSTART:20261225\nEND:VEVENT\n", "BEGIN:VEVENT is not in its place");
    check_holidays_refused("BEGIN:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR\n", "not in its place");
    check_holidays_refused("BEGIN:VCALENDAR\nEND:VCAL\n", "does not belong");
    check_holidays_refused(EVENT("DTSTART:20261225\nBEGIN:VEVENT\nEND:VEVENT\n"), "does not belong");
}

TEST(a_line_number_counts_folded_lines)
{
    check_holidays_refused(EVENT("SUMMARY:a\r\n b\r\n c\r\nDTSTART:never\r\n"), "no.ics:7: DTSTART");
    check_holidays_refused(EVENT("SUMMARY:a\r\nDTSTART:ne\r\n v\r\n er\r\n"), "no.ics:5: DTSTART is \"never\"");
}

TEST(hostile_calendars_are_harmless)
{
    struct buf text = { 0 };
    struct holidays h;
    struct err e;
    buf_add(&text, "BEGIN:VCALENDAR\n");
    for (int i = 0; i < 1000; i++)
        buf_add(&text, "BEGIN:VEVENT\nDTSTART:20200101\nDTEND:20201231\nRRULE:FREQ=YEARLY\nEND:VEVENT\n");
    buf_add(&text, "END:VCALENDAR\n");
    CHECK(!holidays_read(&h, "big.ics", text.text, 2026, &e));
    CHECK_CONTAINS(e.text, "more than 100000 days");
    buf_done(&text);

    static const char sample[] =
        EVENT("DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\nRRULE:FREQ=YEARLY;UNTIL=20300101\r\n");
    struct chance chance;
    char bent[sizeof sample];
    chance_seed(&chance, 5);
    for (int i = 0; i < 20000; i++) {
        memcpy(bent, sample, sizeof sample);
        for (int k = 0; k < 2; k++)
            bent[chance_below(&chance, sizeof sample - 1)] = "\n\r :;\"0129T=,\xff"
                                                             "BEGIND"[chance_below(&chance, 20)];
        if (holidays_read(&h, "bent.ics", bent, 2026, &e))
            holidays_done(&h);
    }
    for (size_t cut = 0; cut < sizeof sample - 1; cut++) {
        memcpy(bent, sample, cut);
        bent[cut] = '\0';
        if (holidays_read(&h, "cut.ics", bent, cut % 2 ? INT32_MAX : INT32_MIN, &e)) {
            CHECK(cut == 0 || cut == sizeof sample - 2 ||
                  cut == sizeof sample - 3); /* only the last line's end is missing */
            holidays_done(&h);
        }
    }
}

/* ---- when ---- */

static struct zone *zone_of(const char *name)
{
    struct zone *z;
    struct err e = { 0 };
    CHECK_OK(zone_open(&z, name, &e), &e);
    return z;
}

static instant utc(int year, int month, int day, int hour, int minute)
{
    return instant_of(&(struct civil){ year, month, day, hour, minute, 0, 0 });
}

static void check_next(const char *hours, const char *off, const char *zone, instant t, instant expected)
{
    struct hours h = hours_of(hours);
    struct holidays days = holidays_of(off);
    struct zone *z = zone_of(zone);
    char got[32], wanted[32];
    CHECK_TEXT(instant_print(hours_next(&h, &days, z, t), got), instant_print(expected, wanted));
    CHECK_INT(hours_next(&h, &days, z, t) == t, hours_open(&h, &days, z, t));
    zone_close(z);
    holidays_done(&days);
}

static const char office[] = "mon-fri 08:30-17:00";

TEST(within_working_hours_a_message_leaves_at_once)
{
    instant monday = utc(2026, 11, 23, 12, 0) + 34567;
    check_next(office, "", "Europe/Oslo", monday, monday);
    check_next(office, "", "Europe/Oslo", utc(2026, 11, 23, 7, 30), utc(2026, 11, 23, 7, 30));
    check_next(office, "", "Europe/Oslo", utc(2026, 11, 23, 7, 30) - 1, utc(2026, 11, 23, 7, 30));
    check_next(office, "", "Europe/Oslo", utc(2026, 11, 23, 16, 0) - 1, utc(2026, 11, 23, 16, 0) - 1);
    check_next(office, "", "Europe/Oslo", utc(2026, 11, 23, 16, 0), utc(2026, 11, 24, 7, 30));
}

TEST(weekends_and_runs_of_holidays_are_waited_for)
{
    check_next(office, "", "Europe/Oslo", utc(2026, 11, 20, 18, 0), utc(2026, 11, 23, 7, 30));
    check_next(office, "2026-11-23\n", "Europe/Oslo", utc(2026, 11, 20, 18, 0), utc(2026, 11, 24, 7, 30));
    /* Easter in Norway, over the change of clocks on 28 March 2027. */
    check_next(office, "2027-03-25\n2027-03-26\n2027-03-29\n", "Europe/Oslo", utc(2027, 3, 24, 18, 0),
               utc(2027, 3, 30, 6, 30));
    check_next("sun-thu 9:00-17:00", "", "Africa/Cairo", utc(2026, 1, 1, 20, 0), utc(2026, 1, 4, 7, 0));
    check_next("always", "2026-01-02\n", "Asia/Kathmandu", utc(2026, 1, 1, 20, 0), utc(2026, 1, 2, 18, 15));
}

TEST(an_opening_in_a_skipped_hour_is_the_first_instant_after_it)
{
    check_next("sun 02:30-05:00", "", "Europe/Oslo", utc(2026, 3, 28, 12, 0),
               utc(2026, 3, 29, 1, 0)); /* 03:00, not 03:30 */
    check_next("sun 02:00-05:00", "", "Europe/Oslo", utc(2026, 3, 28, 12, 0), utc(2026, 3, 29, 1, 0));
    check_next("sun 02:10-02:50", "", "Europe/Oslo", utc(2026, 3, 28, 12, 0),
               utc(2026, 4, 5, 0, 10)); /* all of it skipped */
    check_next("always", "2018-11-03\n", "America/Sao_Paulo", utc(2018, 11, 3, 12, 0), utc(2018, 11, 4, 3, 0));
    check_next("always", "2011-12-29\n", "Pacific/Apia", utc(2011, 12, 29, 22, 0), utc(2011, 12, 30, 10, 0));
}

TEST(hours_in_a_repeated_hour_are_open_twice)
{
    const char *hours = "sun 02:15-02:45";
    check_next(hours, "", "Europe/Oslo", utc(2026, 10, 24, 12, 0), utc(2026, 10, 25, 0, 15));
    check_next(hours, "", "Europe/Oslo", utc(2026, 10, 25, 0, 45), utc(2026, 10, 25, 1, 15));
    check_next(hours, "", "Europe/Oslo", utc(2026, 10, 25, 1, 45), utc(2026, 11, 1, 1, 15));
    check_next("sun 01:00-02:30", "", "Europe/Oslo", utc(2026, 10, 25, 0, 45),
               utc(2026, 10, 25, 1, 0)); /* 02:00 again */
}

TEST(who_never_works_is_never_written_to)
{
    struct hours none = { 0 };
    struct zone *z = zone_of("Europe/Oslo");
    CHECK_INT(hours_next(&none, NULL, z, utc(2026, 1, 1, 0, 0)), INSTANT_NEVER);
    CHECK(!hours_open(&none, NULL, z, utc(2026, 1, 1, 12, 0)));
    CHECK_INT(working_days_after(&none, NULL, 0, 1), DATE_NEVER);
    struct hours h = hours_of("always");
    CHECK_INT(hours_next(&h, NULL, z, INSTANT_NEVER), INSTANT_NEVER);
    CHECK_INT(hours_next(&h, NULL, z, INSTANT_NONE), INSTANT_NEVER);
    CHECK(!hours_open(&h, NULL, z, INSTANT_NONE));
    zone_close(z);
}

TEST(working_days_are_counted_over_weekends_and_holidays)
{
    struct hours h = hours_of(office);
    struct holidays off = holidays_of("2026-12-24\n2026-12-25\n");
    date wednesday = date_of(2026, 12, 23);
    CHECK_INT(working_days_after(&h, &off, wednesday, 0), wednesday);
    CHECK_INT(working_days_after(&h, &off, wednesday, 1), date_of(2026, 12, 28));
    CHECK_INT(working_days_after(&h, &off, wednesday, 6), date_of(2027, 1, 4));
    CHECK_INT(working_days_after(&h, NULL, wednesday, 1), date_of(2026, 12, 24));
    CHECK_INT(working_days_after(&h, NULL, date_of(2026, 12, 26), 1), date_of(2026, 12, 28)); /* from a Saturday */
    CHECK_INT(working_days_after(&h, NULL, DATE_NEVER, 1), DATE_NEVER);
    CHECK_INT(working_days_after(&h, NULL, DATE_NEVER - 3, 30), DATE_NEVER);
    CHECK(working_day(&h, &off, wednesday) && !working_day(&h, &off, wednesday + 1) &&
          !working_day(&h, NULL, wednesday + 3));
    holidays_done(&off);
}

/* An independent answer: what the wall shows, minute by minute. */
static bool open_on_the_wall(const struct hours *h, const struct holidays *off, const struct zone *z, instant t)
{
    struct civil c = zone_civil(z, t);
    date d = date_of(c.year, c.month, c.day);
    int minute = c.hour * 60 + c.minute, weekday = date_weekday(d);
    for (size_t i = 0; i < off->n; i++)
        if (off->days[i] == d)
            return false;
    return minute >= h->weekday[weekday].from && minute < h->weekday[weekday].until;
}

static void check_at(const struct hours *h, const struct holidays *off, const struct zone *z, instant t,
                     bool every_minute)
{
    instant next = hours_next(h, off, z, t);
    CHECK(next >= t && next != INSTANT_NEVER);
    CHECK(hours_open(h, off, z, next));
    CHECK(open_on_the_wall(h, off, z, next));
    CHECK_INT(hours_open(h, off, z, t), open_on_the_wall(h, off, z, t));
    CHECK_INT(hours_next(h, off, z, next), next);
    if (next == t)
        return;
    CHECK(!open_on_the_wall(h, off, z, next - 1));
    for (instant between = t; every_minute && between < next; between += MINUTE)
        CHECK(!open_on_the_wall(h, off, z, between));
}

TEST(the_next_opening_is_right_at_random_instants_in_many_zones)
{
    static const char *const zones[] = { "Europe/Oslo",  "America/New_York", "Asia/Kathmandu",   "Australia/Lord_Howe",
                                         "Africa/Cairo", "Asia/Kolkata",     "America/St_Johns", "America/Nuuk" };
    static const char *const weeks[] = { "mon-fri 08:30-17:00", "sun-thu 00:15-24:00", "sat-sun 01:30-03:10",
                                         "tue 23:00-24:00, wed 00:00-01:00", "always" };
    struct chance chance;
    chance_seed(&chance, 20240101);
    struct buf list = { 0 };
    for (int i = 0; i < 150; i++) {
        char day[16];
        date d = date_of(2024, 1, 1) + (date)chance_below(&chance, 7 * 365);
        buf_print(&list, "%s\n", date_print(d, day));
        buf_print(&list, "%s\n", date_print(d + 1, day));
    }
    struct holidays off = holidays_of(list.text);
    for (size_t k = 0; k < sizeof zones / sizeof zones[0]; k++) {
        struct zone *z = zone_of(zones[k]);
        for (int i = 0; i < 2000; i++) {
            struct hours h = hours_of(weeks[i % 5]);
            instant t = utc(2024, 1, 1, 0, 0) + (instant)chance_below(&chance, (uint64_t)(7 * 365 * DAY));
            check_at(&h, &off, z, t, i < 40);
        }
        /* Around each change of the clocks. */
        for (instant change = utc(2024, 1, 1, 0, 0); (change = zone_next_change(z, change)) < utc(2031, 1, 1, 0, 0);)
            for (int i = 0; i < 50; i++) {
                struct hours h = hours_of(weeks[i % 5]);
                check_at(&h, &off, z, change - 4 * HOUR + (instant)chance_below(&chance, (uint64_t)(8 * HOUR)), i < 5);
            }
        zone_close(z);
    }
    holidays_done(&off);
    buf_done(&list);
}
