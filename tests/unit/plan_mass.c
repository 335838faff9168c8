/* The mass-change guard: how many new cases of a day are too many. */
#include "harness/harness.h"
#include "plan/fingerprint.h"
#include "plan/mass.h"
#include "plan_trial.h"

enum { TODAY = 20000 };

/* `days` days until yesterday with `n` new cases each. */
static long limit_after(int days, long n)
{
    struct new_cases rows[MASS_DAYS];
    for (int i = 0; i < days; i++)
        rows[i] = (struct new_cases){ TODAY - days + i, n };
    return mass_limit(rows, (size_t)days, TODAY, NULL);
}

TEST(ten_new_cases_are_never_a_mass)
{
    CHECK_INT(limit_after(29, 0), 10);
    CHECK_INT(limit_after(29, 2), 10);
    CHECK(!mass_change(10, 10, 11));
    CHECK(mass_change(11, 10, 11));
}

TEST(five_times_the_mean_is_allowed)
{
    CHECK_INT(limit_after(29, 3), 15);
    CHECK_INT(limit_after(29, 40), 200);
    CHECK(!mass_change(200, 200, 300));
    CHECK(mass_change(201, 200, 300));
}

TEST(a_tenth_of_the_customers_is_no_mass)
{
    CHECK(!mass_change(300, 10, 3000));
    CHECK(mass_change(301, 10, 3000));
}

TEST(a_rule_is_watched_from_its_second_week_on)
{
    CHECK(limit_after(0, 0) < 0);
    CHECK(limit_after(7, 100) < 0);
    CHECK_INT(limit_after(8, 4), 20);
    CHECK(!mass_change(5000, -1, 10));
}

TEST(what_a_rule_found_on_its_first_day_is_no_measure)
{
    struct new_cases rows[10] = { { TODAY - 10, 4000 } };
    double mean;
    for (int i = 1; i < 10; i++)
        rows[i] = (struct new_cases){ TODAY - 10 + i, 3 };
    CHECK_INT(mass_limit(rows, 10, TODAY, &mean), 15);
    CHECK(mean == 3);
}

TEST(while_followupd_was_off_cases_gathered)
{
    struct new_cases rows[15];
    for (int i = 0; i < 15; i++)
        rows[i] = (struct new_cases){ TODAY - 19 + i, 4 }; /* the last five days are missing */
    CHECK_INT(mass_limit(rows, 15, TODAY, NULL), 5 * 4 * 5);
}

TEST(a_rule_begins_anew_when_what_decides_is_changed)
{
    struct trial t;
    trial_begin(&t);
    struct rule *r = &t.rules[0];
    uint64_t before = fingerprint_of_rule(&t.options, r);
    r->offer = "welcome";
    r->times = 3;
    r->tell = 1;
    CHECK(fingerprint_of_rule(&t.options, r) == before); /* what is told, and when, is another matter */
    r->after.rows[0].period.count = 2;
    uint64_t shorter = fingerprint_of_rule(&t.options, r);
    CHECK(shorter != before);
    r->after.rows[0].period.count = 2.5;
    CHECK(fingerprint_of_rule(&t.options, r) == before);
    r->min_purchases++;
    CHECK(fingerprint_of_rule(&t.options, r) != before);
    r->min_purchases--;
    t.options.source.same_occasion++;
    CHECK(fingerprint_of_rule(&t.options, r) != before);
    t.options.source.same_occasion--;
    trial_rule(&t, "key", RULE_REVIEW)->who = trial_words(&t, "key", NULL);
    CHECK(fingerprint_of_rule(&t.options, &t.rules[0]) == before);
    trial_rule(&t, "furniture", RULE_LAPSE)->who = trial_words(&t, "furniture", NULL);
    CHECK(fingerprint_of_rule(&t.options, &t.rules[0]) != before); /* it covers others now */
    trial_end(&t);
}
