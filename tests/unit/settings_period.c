/* Periods in words. */
#include "harness/harness.h"
#include "settings/settings.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static bool reads(const char *text, enum period_unit unit, double count)
{
    struct period p = { 0 };
    struct err e = { 0 };
    if (!period_read(text, &p, &e))
        test_fail(__FILE__, __LINE__, "%s: %s", text, e.text);
    return p.unit == unit && p.count > count - 1e-9 && p.count < count + 1e-9;
}

static bool refuses(const char *text, const char *why)
{
    struct period p = { PERIOD_DAYS, 77 };
    struct err e = { 0 };
    if (period_read(text, &p, &e))
        test_fail(__FILE__, __LINE__, "%s was taken", text);
    CHECK_CONTAINS(e.text, why);
    return p.unit == PERIOD_DAYS && p.count == 77; /* untouched */
}

TEST(a_period_is_a_number_and_a_unit)
{
    CHECK(reads("90 days", PERIOD_DAYS, 90));
    CHECK(reads("1 day", PERIOD_DAYS, 1));
    CHECK(reads("2 weeks", PERIOD_DAYS, 14));
    CHECK(reads("1 month", PERIOD_MONTHS, 1));
    CHECK(reads("3 months", PERIOD_MONTHS, 3));
    CHECK(reads("1 year", PERIOD_MONTHS, 12));
    CHECK(reads("100 years", PERIOD_MONTHS, 1200));
    CHECK(reads("2 working days", PERIOD_WORKING_DAYS, 2));
    CHECK(reads("1 working day", PERIOD_WORKING_DAYS, 1));
    CHECK(reads("2.5 x rhythm", PERIOD_RHYTHM, 2.5));
    CHECK(reads("3 x rhythm", PERIOD_RHYTHM, 3));
    CHECK(reads("2.5 \xC3\x97 rhythm", PERIOD_RHYTHM, 2.5));
}

TEST(white_space_and_capitals_do_not_matter)
{
    CHECK(reads("  90   Days ", PERIOD_DAYS, 90));
    CHECK(reads("90days", PERIOD_DAYS, 90));
    CHECK(reads("2\tWorking \t days", PERIOD_WORKING_DAYS, 2));
    CHECK(reads("2.5x rhythm", PERIOD_RHYTHM, 2.5));
    CHECK(reads("2.5 X  Rhythm", PERIOD_RHYTHM, 2.5));
}

TEST(what_is_no_period_is_refused_with_the_reason)
{
    CHECK(refuses("", "is empty; write a number and a unit, such as \"90 days\""));
    CHECK(refuses("   ", "is empty"));
    CHECK(refuses("90", "\"90\" has no unit; write \"90 days\""));
    CHECK(refuses("days", "does not begin with a number"));
    CHECK(refuses("-5 days", "does not begin with a number"));
    CHECK(refuses("1e9 days", "has the unit \"e9 days\", which is none"));
    CHECK(refuses("5 fortnights", "the units are days, working days, weeks, months, years or x rhythm"));
    CHECK(refuses("5 moths", "did you mean \"months\"?"));
    CHECK(refuses("5 days ago", "which is none"));
    CHECK(refuses("1.5 years", "is not whole"));
    CHECK(refuses("2,5 x rhythm", "decimal comma; write a point"));
    CHECK(refuses("0 days", "no time at all"));
    CHECK(refuses("0 x rhythm", "too little"));
    CHECK(refuses("101 x rhythm", "at most 100"));
    CHECK(refuses("36501 days", "longer than anybody waits; at most 36500 days"));
    CHECK(refuses("99999999999999999999999 days", "does not begin with a number"));
    CHECK(refuses("1. days", "which is none"));
    CHECK(refuses("\xff\xfe", "does not begin with a number"));
}

TEST(a_text_of_any_length_is_read_without_harm)
{
    char *text = malloc(100001);
    memset(text, 'x', 100000);
    text[100000] = '\0';
    memcpy(text, "5 ", 2);
    CHECK(refuses(text, "which is none"));
    memset(text, '9', 100000);
    CHECK(refuses(text, "does not begin with a number"));
    memcpy(text, "5.", 2);
    CHECK(refuses(text, "has no unit"));
    memset(text, ' ', 100000);
    CHECK(refuses(text, "is empty"));
    free(text);
}
