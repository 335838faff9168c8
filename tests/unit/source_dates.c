/* Values of a company's database: read as they are meant, or not at all. */
#include "harness/harness.h"
#include "source/dates.h"
#include "source/key.h"
#include "source/values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct zone *zones[2];
static struct zone_days *days[2];
static struct calendar calendar;

/* The company in `company`, times of the query in `own`. */
static void places(const char *company, const char *own, const char *format)
{
    struct err e;
    const char *names[] = { company, own };
    for (int i = 0; i < 2; i++) {
        CHECK_OK(zone_open(&zones[i], names[i], &e), &e);
        days[i] = zone_days_new(zones[i]);
    }
    calendar =
        (struct calendar){ .company = days[0], .own = strcmp(company, own) ? days[1] : days[0], .format = format };
}

static void leave_places(void)
{
    for (int i = 0; i < 2; i++) {
        zone_days_free(days[i]);
        zone_close(zones[i]);
    }
}

/* "2026-11-22 2026-11-22T07:30:00Z": the day and the instant, or "unreadable". */
static const char *read_as(const char *text)
{
    static char out[64];
    char day[16], at[32];
    struct moment m;
    /* A copy of just that size, so that reading past the end is seen. */
    char *copy = strdup(text);
    bool fine = moment_read(&calendar, copy, strlen(copy), &m);
    free(copy);
    if (!fine)
        return "unreadable";
    snprintf(out, sizeof out, "%s %s", date_print(m.day, day), instant_print(m.at, at));
    return out;
}

TEST(iso_dates_and_times_are_read)
{
    places("Europe/Oslo", "Europe/Oslo", NULL);
    CHECK_TEXT(read_as("2026-11-22"), "2026-11-22 2026-11-21T23:00:00Z");
    CHECK_TEXT(read_as("2026-11-22 07:30"), "2026-11-22 2026-11-22T06:30:00Z");
    CHECK_TEXT(read_as("2026-07-22T07:30:15"), "2026-07-22 2026-07-22T05:30:15Z");
    CHECK_TEXT(read_as("2026-07-22 07:30:15.987654321"), "2026-07-22 2026-07-22T05:30:15Z");
    CHECK_TEXT(read_as("2026-07-22T23:30:00Z"), "2026-07-23 2026-07-22T23:30:00Z");
    CHECK_TEXT(read_as("2026-07-22T23:30:00+02:00"), "2026-07-22 2026-07-22T21:30:00Z");
    CHECK_TEXT(read_as("2026-07-22 23:30:00-0530"), "2026-07-23 2026-07-23T05:00:00Z");
    CHECK_TEXT(read_as("2026-07-22 23:30:00 +00"), "2026-07-23 2026-07-22T23:30:00Z");
    CHECK_TEXT(read_as("  2026-11-22  "), "2026-11-22 2026-11-21T23:00:00Z");
    CHECK_TEXT(read_as("2024-02-29"), "2024-02-29 2024-02-28T23:00:00Z");
    leave_places();
}

TEST(what_is_no_date_is_unreadable)
{
    static const char *const texts[] = {
        "",
        " ",
        "2024-02-30",
        "2023-02-29",
        "31/02/2026",
        "01/02/2024",
        "2026-13-01",
        "2026-00-10",
        "2026-1-1",
        "26-01-01",
        "2026-01-01x",
        "x2026-01-01",
        "2026-01-01T",
        "2026-01-01 24:00:00",
        "2026-01-01 12",
        "2026-01-01 12:60",
        "2026-01-01 12:00:60",
        "2026-01-01 12:00:",
        "2026-01-01 12:00:00.",
        "2026-01-01 12:00:00+",
        "2026-01-01 12:00:00+25:00",
        "2026-01-01 12:00:00+01:6",
        "2026-01-01 12:00:00 Europe/Oslo",
        "0000-00-00",
        "0001-01-01",
        "1899-12-31",
        "now",
        "NULL",
        "2026-01-01-01",
        "\xff\xfe",
        "+2026-01-01",
        "20260101",
        "2460000",
        "45000",
        "2026",
        "-",
        "12345678901234567890",
        "0",
    };
    places("UTC", "UTC", NULL);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (strcmp(read_as(texts[i]), "unreadable") != 0)
            test_fail(__FILE__, __LINE__, "'%s' is read as %s", texts[i], read_as(texts[i]));
    struct moment m;
    CHECK(!moment_read(&calendar, "2026-01-01\0x", 12, &m)); /* a NUL inside ends no date */
    leave_places();
}

TEST(midnight_without_an_offset_is_that_day_in_every_zone)
{
    places("America/Los_Angeles", "Asia/Tokyo", NULL);
    CHECK_TEXT(read_as("2026-11-22 00:00:00"), "2026-11-22 2026-11-22T08:00:00Z");
    CHECK_TEXT(read_as("2026-11-22"), "2026-11-22 2026-11-22T08:00:00Z");
    CHECK_TEXT(read_as("2026-11-22 00:00:00.000"), "2026-11-22 2026-11-22T08:00:00Z");
    CHECK_TEXT(read_as("2026-11-22 10:00:00"), "2026-11-21 2026-11-22T01:00:00Z");
    CHECK_TEXT(read_as("2026-11-22 00:00:00Z"), "2026-11-21 2026-11-22T00:00:00Z");
    leave_places();
}

TEST(days_with_changing_clocks_are_read_as_the_zone_has_them)
{
    places("Europe/Oslo", "Europe/Oslo", NULL);
    CHECK_TEXT(read_as("2026-03-29 02:30:00"), "2026-03-29 2026-03-29T01:30:00Z"); /* skipped: 03:30 */
    CHECK_TEXT(read_as("2026-10-25 02:30:00"), "2026-10-25 2026-10-25T00:30:00Z"); /* twice: the first */
    CHECK_TEXT(read_as("2026-10-25 23:30:00"), "2026-10-25 2026-10-25T22:30:00Z");
    CHECK_TEXT(read_as("2026-03-28T23:30:00Z"), "2026-03-29 2026-03-28T23:30:00Z");
    leave_places();
    places("America/Sao_Paulo", "UTC", NULL); /* midnight itself was skipped there */
    CHECK_TEXT(read_as("2018-11-04"), "2018-11-04 2018-11-04T03:00:00Z");
    leave_places();
}

TEST(remembered_days_agree_with_the_zone_itself)
{
    static const char *const names[] = { "Europe/Oslo", "Pacific/Apia", "Australia/Lord_Howe", "Africa/Casablanca" };
    for (size_t z = 0; z < sizeof names / sizeof names[0]; z++) {
        places(names[z], names[z], NULL);
        for (int64_t t = 1300000000; t < 1330000000; t += 7 * 3600 + 13) {
            struct moment m;
            CHECK(moment_of_number(&calendar, t, &m));
            CHECK_INT(m.at, t * SECOND);
            CHECK_INT(m.day, zone_date(zones[0], m.at));
        }
        leave_places();
    }
}

static const char *number_as(int64_t value)
{
    static char out[64];
    char day[16], at[32];
    struct moment m;
    if (!moment_of_number(&calendar, value, &m))
        return "unreadable";
    snprintf(out, sizeof out, "%s %s", date_print(m.day, day), instant_print(m.at, at));
    return out;
}

TEST(numbers_are_unix_seconds_or_milliseconds_by_their_size)
{
    struct moment m;
    places("Europe/Oslo", "UTC", NULL);
    CHECK_TEXT(number_as(1700000000), "2023-11-14 2023-11-14T22:13:20Z");
    CHECK_TEXT(number_as(1700000000000), "2023-11-14 2023-11-14T22:13:20Z");
    CHECK_TEXT(number_as(1700003600), "2023-11-15 2023-11-14T23:13:20Z");
    CHECK_TEXT(number_as(100000000), "1973-03-03 1973-03-03T09:46:40Z");
    CHECK_TEXT(number_as(-100000000), "1966-10-31 1966-10-31T14:13:20Z");
    CHECK_TEXT(read_as("1700000000"), "2023-11-14 2023-11-14T22:13:20Z");
    static const int64_t none[] = { 0,        1,        -1,         20240101,       45000,
                                    2460000,  99999999, 7258118400, 20240101103000, INT64_MAX,
                                    INT64_MIN };
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        if (strcmp(number_as(none[i]), "unreadable") != 0)
            test_fail(__FILE__, __LINE__, "%lld is read as %s", (long long)none[i], number_as(none[i]));
    CHECK(moment_of_real(&calendar, 1700000000.75, &m));
    CHECK_INT(m.at, 1700000000000);
    CHECK(!moment_of_real(&calendar, 2460310.5, &m)); /* a Julian day */
    CHECK(!moment_of_real(&calendar, 0.0 / 0.0, &m));
    CHECK(!moment_of_real(&calendar, 1e300, &m));
    leave_places();
}

static void check_format(const char *format, const char *text, const char *expected)
{
    struct err e;
    CHECK_OK(format_check(format, &e), &e);
    calendar.format = format;
    CHECK_TEXT(read_as(text), expected);
}

TEST(a_format_is_followed_and_nothing_else)
{
    places("UTC", "UTC", NULL);
    check_format("%Y%m%d", "19970101", "1997-01-01 1997-01-01T00:00:00Z");
    check_format("%d/%m/%Y", "5/1/2024", "2024-01-05 2024-01-05T00:00:00Z");
    check_format("%d.%m.%y", "05.01.24", "2024-01-05 2024-01-05T00:00:00Z");
    check_format("%d.%m.%y", "05.01.69", "1969-01-05 1969-01-05T00:00:00Z");
    check_format("%d.%m.%Y kl. %H:%M", "05.01.2024 kl. 17:45", "2024-01-05 2024-01-05T17:45:00Z");
    check_format("%Y%m%d%H%M%S", "20240105174501", "2024-01-05 2024-01-05T17:45:01Z");
    check_format("%d%%%m%%%Y", "5%1%2024", "2024-01-05 2024-01-05T00:00:00Z");
    check_format("%Y%m%d", "1997-01-01", "unreadable");
    check_format("%Y%m%d", "19970230", "unreadable");
    check_format("%Y%m%d", "199701011", "unreadable");
    check_format("%Y%m%d", "1997011", "1997-01-01 1997-01-01T00:00:00Z");
    check_format("%d/%m/%Y", "31/02/2026", "unreadable");
    check_format("%d/%m/%Y", "1700000000", "unreadable");
    check_format("%d/%m/%Y", "", "unreadable");
    leave_places();
}

TEST(a_format_that_cannot_tell_a_day_is_refused)
{
    static const char *const formats[] = { "", "%Y-%m", "%d.%m", "%Y-%m-%d %p", "%Y-%m-%d %", "yyyy-mm-dd", "%s" };
    struct err e;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (format_check(formats[i], &e))
            test_fail(__FILE__, __LINE__, "\"%s\" is accepted", formats[i]);
}

static void check_amount(const char *text, money expected)
{
    money m = 77;
    char *copy = strdup(text);
    bool fine = amount_read(copy, strlen(copy), &m);
    free(copy);
    if (fine != (expected != MONEY_NONE) || (fine && m != expected))
        test_fail(__FILE__, __LINE__, "'%s' is %s %lld", text, fine ? "read as" : "unreadable", (long long)m);
}

TEST(amounts_are_plain_decimals)
{
    check_amount("1234.50", 123450);
    check_amount("1234", 123400);
    check_amount("1234.5", 123450);
    check_amount("-0.01", -1);
    check_amount("+3", 300);
    check_amount("0.005", 1);
    check_amount("-0.005", -1);
    check_amount("0.00499999999999999999999999999", 0);
    check_amount("2.675", 268);
    check_amount("90000000000000", 9000000000000000);
    static const char *const none[] = { "",
                                        "-",
                                        ".",
                                        "1.",
                                        ".5",
                                        "1 234,50",
                                        "1,5",
                                        "1.234.50",
                                        "1e3",
                                        "0x10",
                                        "12 kr",
                                        " 1",
                                        "1 ",
                                        "NaN",
                                        "99999999999999999999",
                                        "--1",
                                        ("\xC2\xA0"
                                         "1") };
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        check_amount(none[i], MONEY_NONE);
}

TEST(halves_of_a_hundredth_are_rounded_away_from_zero)
{
    money m;
    CHECK(amount_of_real(1.005, &m) && m == 101);
    CHECK(amount_of_real(-1.005, &m) && m == -101);
    CHECK(amount_of_real(2.675, &m) && m == 268);
    CHECK(amount_of_real(0.285, &m) && m == 29);
    CHECK(amount_of_real(1.0049, &m) && m == 100);
    CHECK(amount_of_real(19.99, &m) && m == 1999);
    CHECK(!amount_of_real(1e300, &m) && !amount_of_real(1.0 / 0.0, &m) && !amount_of_real(0.0 / 0.0, &m));
    CHECK(amount_of_number(INT32_MAX, &m) && m == INT32_MAX * (money)100);
    CHECK(!amount_of_number(INT64_MAX, &m) && !amount_of_number(INT64_MIN, &m));
}

TEST(text_becomes_utf8_without_nul)
{
    struct arena a = { 0 };
    CHECK_TEXT(text_clean(&a, "Åse", 4), "Åse");
    CHECK_TEXT(text_clean(&a,
                          "a\xff"
                          "b",
                          3),
               "a\xEF\xBF\xBD"
               "b");
    CHECK_TEXT(text_clean(&a, "a\0b", 3), "a\xEF\xBF\xBD"
                                          "b");
    CHECK_TEXT(text_clean(&a, "\xC3", 1), "\xEF\xBF\xBD");
    CHECK_TEXT(text_clean(&a, "\xED\xA0\x80", 3), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"); /* a surrogate */
    CHECK(!text_clean(&a, "", 0) && !text_clean(&a, NULL, 0));
    size_t size = 1 << 20;
    char *huge = malloc(size);
    for (size_t i = 0; i < size; i += 2)
        memcpy(huge + i, "\xC3\xA5", 2);
    char *clean = text_clean(&a, huge + 1, size - 1); /* begins in the middle of a character */
    CHECK(strlen(clean) <= 64 * 1024 + 8 && utf8_valid(clean, strlen(clean)));
    free(huge);
    arena_done(&a);
}

TEST(keys_compare_as_ids_do)
{
    static const char *const ids[] = { "-12",
                                       "-1",
                                       "0",
                                       "-0",
                                       "00",
                                       "1",
                                       "007",
                                       "7",
                                       "9",
                                       "10",
                                       "010",
                                       "999999999999999999",
                                       "1000000000000000000",
                                       "9223372036854775807",
                                       "",
                                       "-",
                                       "a",
                                       "A",
                                       "abc",
                                       "ab",
                                       "1a",
                                       "1.5",
                                       "\xC3\xA5" };
    size_t n = sizeof ids / sizeof ids[0];
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            struct key a = key_of_text(ids[i], (int)strlen(ids[i])), b = key_of_text(ids[j], (int)strlen(ids[j]));
            int keys = key_compare(&a, &b), texts = id_compare(ids[i], ids[j]);
            if ((keys > 0) - (keys < 0) != (texts > 0) - (texts < 0))
                test_fail(__FILE__, __LINE__, "'%s' and '%s': %d, not %d", ids[i], ids[j], keys, texts);
        }
    }
    struct key number = { .number = true, .value = 7 }, text = key_of_text("7", 1), zeros = key_of_text("007", 3);
    CHECK(key_compare(&number, &text) == 0);
    CHECK(key_compare(&zeros, &number) < 0);
}
