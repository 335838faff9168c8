/* Which rule holds for whom, when it is due, and what its occasion is called. */
#include "harness/harness.h"
#include "plan_trial.h"

#include <stdio.h>

/* A company with a ladder, and one customer who bought once. */
static void begin(struct trial *t, const char *category, const char *bought)
{
    trial_begin(t);
    t->options.categories = trial_words(t, "everyone", "regular", "key", NULL);
    t->facts.customer.category = category;
    if (bought)
        trial_buys(t, day_of(bought), 10000);
}

static void fixed(struct trial *t, struct rule *r, enum period_unit unit, double count)
{
    r->after.n = 0;
    r->after.rows = NULL;
    trial_period(t, &r->after, NULL, unit, count);
}

static void check_due(struct trial *t, const char *rule, const char *day)
{
    CHECK_TEXT(trial_state(t, rule, day_of(day) - 1), "not yet");
    CHECK_TEXT(trial_state(t, rule, day_of(day)), "due");
    CHECK_INT(trial_finding(t, rule, day_of(day))->due, day_of(day));
    CHECK_INT(trial_finding(t, rule, day_of(day) - 1)->next, day_of(day));
}

/* ---- fixed periods ---- */

TEST(a_fixed_period_is_over_on_its_last_day)
{
    struct trial t;
    begin(&t, NULL, "2026-01-31");
    fixed(&t, &t.rules[0], PERIOD_DAYS, 90);
    check_due(&t, "lapse", "2026-05-01");
    fixed(&t, &t.rules[0], PERIOD_MONTHS, 1);
    check_due(&t, "lapse", "2026-02-28");
    fixed(&t, &t.rules[0], PERIOD_MONTHS, 25);
    check_due(&t, "lapse", "2028-02-29");
    fixed(&t, &t.rules[0], PERIOD_WORKING_DAYS, 5); /* a Saturday */
    check_due(&t, "lapse", "2026-02-06");
    trial_end(&t);
}

TEST(a_fixed_period_states_no_rhythm_but_is_ranked_by_it)
{
    struct trial t;
    begin(&t, NULL, "2026-01-31");
    trial_pace(&t, NULL, 50);
    fixed(&t, &t.rules[0], PERIOD_DAYS, 90);
    const struct finding *f = trial_finding(&t, "lapse", day_of("2026-05-02"));
    CHECK(f->defence.typical <= 0 && f->defence.times_usual <= 0);
    CHECK_INT((long long)(f->defence.at_risk * 1000 + 0.5), 2000); /* 100.00 each 50 days */
    CHECK_INT(f->defence.days, 91);
    CHECK_INT(f->defence.threshold, 90);
    CHECK_INT(f->anchor_day, day_of("2026-01-31"));
    trial_end(&t);
}

TEST(a_fixed_period_needs_no_rhythm_at_all)
{
    struct trial t;
    begin(&t, NULL, "2026-01-31");
    fixed(&t, &t.rules[0], PERIOD_DAYS, 90);
    check_due(&t, "lapse", "2026-05-01");
    CHECK(trial_finding(&t, "lapse", day_of("2026-05-01"))->defence.at_risk <= 0); /* unknown: ranked last */
    trial_end(&t);
}

TEST(a_period_for_a_lower_rung_holds_above_it_until_a_higher_rung_says_otherwise)
{
    static const struct {
        const char *category, *due;
    } cases[] = { { "everyone", "2026-04-11" },  { "regular", "2026-04-11" },   { "key", "2026-01-31" },
                  { "furniture", "2026-07-20" }, { "elsewhere", "2026-04-11" }, { NULL, "2026-04-11" } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct trial t;
        begin(&t, cases[i].category, "2026-01-01");
        t.rules[0].after = (struct periods){ 0 };
        trial_period(&t, &t.rules[0].after, "everyone", PERIOD_DAYS, 100);
        trial_period(&t, &t.rules[0].after, "furniture", PERIOD_DAYS, 200);
        trial_period(&t, &t.rules[0].after, "key", PERIOD_DAYS, 30);
        check_due(&t, "lapse", cases[i].due);
        trial_end(&t);
    }
}

TEST(a_category_without_a_period_cannot_be_judged)
{
    struct trial t;
    begin(&t, "regular", "2026-01-01");
    t.rules[0].after = (struct periods){ 0 };
    trial_period(&t, &t.rules[0].after, "key", PERIOD_DAYS, 30);
    CHECK_TEXT(trial_finding(&t, "lapse", day_of("2030-01-01"))->why, "no period for its category (after)");
    trial_end(&t);
}

/* ---- who ---- */

static void check_rules(const char *category, const char *expected)
{
    struct trial t;
    struct finding *rows;
    char got[64] = "";
    begin(&t, category, "2026-01-01");
    t.rules[0].id = "a";
    static const char *const who[] = { NULL, "furniture", "regular", "key" };
    static const char *const ids[] = { "all", "f", "r", "k" };
    for (int i = 0; i < 4; i++) {
        struct rule *r = trial_rule(&t, ids[i], RULE_LAPSE);
        trial_period(&t, &r->after, NULL, PERIOD_DAYS, 30);
        if (who[i])
            r->who = trial_words(&t, "nobody", who[i], NULL);
    }
    trial_period(&t, &trial_rule(&t, "review", RULE_REVIEW)->every, NULL, PERIOD_DAYS,
                 30); /* another kind does not compete */
    size_t n = trial_judge(&t, day_of("2026-01-02"), &rows);
    for (size_t i = 0, at = 0; i < n; i++)
        at += (size_t)snprintf(got + at, sizeof got - at, "%s ", rows[i].rule->id);
    CHECK_TEXT(got, expected);
    trial_end(&t);
}

TEST(of_each_kind_the_rules_meant_most_closely_hold_in_the_order_of_the_configuration)
{
    check_rules(NULL, "a all review ");
    check_rules("elsewhere", "a all review ");
    check_rules("everyone", "a all review ");
    check_rules("furniture", "f review ");
    check_rules("regular", "r review ");
    check_rules("key", "k review ");
    check_rules("", "a all review ");
}

TEST(a_rule_for_a_lower_rung_holds_above_it)
{
    struct trial t;
    begin(&t, "key", "2026-01-01");
    t.rules[0].who = trial_words(&t, "everyone", NULL);
    struct rule *r = trial_rule(&t, "regular", RULE_LAPSE);
    trial_period(&t, &r->after, NULL, PERIOD_DAYS, 30);
    r->who = trial_words(&t, "regular", NULL);
    CHECK_TEXT(trial_state(&t, "lapse", day_of("2026-01-02")), "not covered");
    CHECK_TEXT(trial_state(&t, "regular", day_of("2026-01-02")), "not yet");
    t.facts.customer.category = "everyone";
    CHECK_TEXT(trial_state(&t, "regular", day_of("2026-01-02")), "not covered");
    t.facts.customer.category = "elsewhere"; /* not on the ladder: met by its own name, and by "everyone" */
    fixed(&t, &t.rules[0], PERIOD_DAYS, 30);
    CHECK_TEXT(trial_state(&t, "lapse", day_of("2026-01-02")), "not yet");
    CHECK_TEXT(trial_state(&t, "regular", day_of("2026-01-02")), "not covered");
    trial_end(&t);
}

/* ---- watch ---- */

TEST(who_is_late_soon_is_worth_watching)
{
    struct trial t;
    begin(&t, NULL, "2026-01-01");
    trial_pace(&t, NULL, 41);
    trial_period(&t, &t.rules[0].watch, NULL, PERIOD_RHYTHM, 1.5);
    date last = day_of("2026-01-01"); /* 61.5 and 102.5 days */
    CHECK_TEXT(trial_state(&t, "lapse", last + 61), "not yet");
    CHECK_INT(trial_finding(&t, "lapse", last + 61)->next, last + 62);
    CHECK_TEXT(trial_state(&t, "lapse", last + 62), "watch");
    CHECK_INT(trial_finding(&t, "lapse", last + 62)->next, last + 103);
    CHECK_INT(trial_finding(&t, "lapse", last + 62)->watch, last + 62);
    CHECK_TEXT(trial_state(&t, "lapse", last + 102), "watch");
    CHECK_TEXT(trial_state(&t, "lapse", last + 103), "due");
    trial_end(&t);
}

TEST(a_watch_level_that_does_not_come_earlier_is_none)
{
    struct trial t;
    begin(&t, NULL, "2026-01-01");
    trial_pace(&t, NULL, 40);
    trial_period(&t, &t.rules[0].watch, NULL, PERIOD_RHYTHM, 1.5);
    t.rules[0].at_most = (struct period){ PERIOD_DAYS, 60 };
    check_due(&t, "lapse", "2026-03-02");
    CHECK_INT(trial_finding(&t, "lapse", day_of("2026-01-02"))->watch, DATE_NONE);
    trial_end(&t);
}

TEST(a_watch_level_in_the_rhythm_is_left_out_where_there_is_none)
{
    struct trial t;
    begin(&t, NULL, "2026-01-01");
    fixed(&t, &t.rules[0], PERIOD_DAYS, 90);
    trial_period(&t, &t.rules[0].watch, NULL, PERIOD_RHYTHM, 1.5);
    check_due(&t, "lapse", "2026-04-01");
    t.rules[0].watch = (struct periods){ 0 };
    trial_period(&t, &t.rules[0].watch, NULL, PERIOD_DAYS, 80);
    CHECK_TEXT(trial_state(&t, "lapse", day_of("2026-03-22")), "watch");
    trial_end(&t);
}

/* ---- occasions ---- */

static void check_occasion(struct trial *t, const char *rule, const char *today, const char *occasion, const char *due,
                           const char *next)
{
    char text[16];
    const struct finding *f = trial_finding(t, rule, day_of(today));
    CHECK_TEXT(f->occasion, occasion);
    CHECK_TEXT(date_print(f->due, text), due);
    CHECK_TEXT(date_print(f->next, text), next);
}

TEST(a_silence_is_an_occasion_and_each_further_year_another_one)
{
    struct trial t;
    begin(&t, NULL, "2026-01-01");
    fixed(&t, &t.rules[0], PERIOD_DAYS, 89); /* 31 March */
    check_occasion(&t, "lapse", "2026-01-02", "2026-01-01", "2026-03-31", "2026-03-31");
    check_occasion(&t, "lapse", "2026-03-31", "2026-01-01", "2026-03-31", "");
    check_occasion(&t, "lapse", "2099-03-31", "2026-01-01", "2026-03-31", "");
    t.rules[0].again = (struct period){ PERIOD_MONTHS, 12 };
    check_occasion(&t, "lapse", "2027-03-30", "2026-01-01", "2026-03-31", "2027-03-31");
    check_occasion(&t, "lapse", "2027-03-31", "2026-01-01#2", "2027-03-31", "2028-03-31");
    check_occasion(&t, "lapse", "2031-01-01", "2026-01-01#5", "2030-03-31", "2031-03-31");
    t.rules[0].again = (struct period){ PERIOD_MONTHS, 1 }; /* short months do not shorten those after them */
    check_occasion(&t, "lapse", "2026-05-01", "2026-01-01#2", "2026-04-30", "2026-05-31");
    check_occasion(&t, "lapse", "2027-03-30", "2026-01-01#12", "2027-02-28", "2027-03-31");
    t.rules[0].again = (struct period){ PERIOD_DAYS, 10 };
    check_occasion(&t, "lapse", "2026-04-20", "2026-01-01#3", "2026-04-20", "2026-04-30");
    CHECK_INT(trial_finding(&t, "lapse", day_of("2026-04-20"))->defence.threshold, 89);
    trial_end(&t);
}

/* ---- reviews and visits ---- */

static struct rule *review(struct trial *t)
{
    struct rule *r = trial_rule(t, "review", RULE_REVIEW);
    trial_period(t, &r->every, "low", PERIOD_MONTHS, 12);
    trial_period(t, &r->every, "medium", PERIOD_MONTHS, 6);
    trial_period(t, &r->every, "high", PERIOD_MONTHS, 3);
    return r;
}

TEST(reviews_are_seldom_for_low_opportunity_and_often_for_high)
{
    static const char *const cases[][2] = { { "low", "2027-01-31" },
                                            { "medium", "2026-07-31" },
                                            { "high", "2026-04-30" } };
    for (int i = 0; i < 3; i++) {
        struct trial t;
        begin(&t, "key", NULL);
        review(&t);
        t.facts.customer.opportunity = cases[i][0];
        trial_talks(&t, day_of("2026-01-31"), "review");
        check_due(&t, "review", cases[i][1]);
        trial_end(&t);
    }
}

TEST(an_opportunity_without_a_period_cannot_be_judged)
{
    struct trial t;
    begin(&t, NULL, "2026-01-01");
    struct rule *r = review(&t);
    CHECK_TEXT(trial_finding(&t, "review", day_of("2030-01-01"))->why, "no period for its opportunity (every)");
    t.facts.customer.opportunity = "huge";
    CHECK_TEXT(trial_state(&t, "review", day_of("2030-01-01")), "cannot judge");
    trial_period(&t, &r->every, NULL, PERIOD_MONTHS, 24);
    check_due(&t, "review", "2028-01-01");
    trial_end(&t);
}

TEST(a_review_is_counted_from_the_last_talk_that_counts_else_since_else_the_first_purchase_else_the_first_meeting)
{
    struct trial t;
    begin(&t, NULL, NULL);
    struct rule *r = review(&t);
    t.facts.customer.opportunity = "high";
    r->counts = trial_words(&t, "review", "account talk", NULL);
    CHECK_TEXT(trial_state(&t, "review", day_of("2030-01-01")), "cannot judge");
    CHECK_INT(trial_finding(&t, "review", day_of("2030-01-01"))->next, day_of("2030-01-01"));
    t.first_seen = day_of("2026-01-01");
    check_due(&t, "review", "2026-04-01");
    trial_buys(&t, day_of("2026-01-03"), MONEY_NONE);
    trial_buys(&t, day_of("2026-02-03"), MONEY_NONE);
    check_due(&t, "review", "2026-04-03");
    t.facts.customer.since = day_of("2025-12-24");
    check_due(&t, "review", "2026-03-24");
    CHECK_INT(trial_finding(&t, "review", day_of("2026-03-24"))->defence.part, 1); /* and never was one: to be said */
    trial_talks(&t, day_of("2026-02-05"), "account talk");
    trial_talks(&t, day_of("2026-02-06"), "call");
    trial_talks(&t, day_of("2026-02-07"), NULL);
    check_due(&t, "review", "2026-05-05");
    CHECK_INT(trial_finding(&t, "review", day_of("2026-05-05"))->defence.part, 0);
    r->counts = (struct words){ 0 }; /* any */
    check_due(&t, "review", "2026-05-07");
    trial_talks(&t, day_of("2026-09-01"), "review"); /* has not happened */
    check_due(&t, "review", "2026-05-07");
    trial_end(&t);
}

TEST(each_period_without_a_talk_is_an_occasion_of_its_own)
{
    struct trial t;
    begin(&t, NULL, NULL);
    struct rule *r = review(&t);
    r->every = (struct periods){ 0 };
    trial_period(&t, &r->every, NULL, PERIOD_MONTHS, 1);
    trial_talks(&t, day_of("2026-01-31"), "review");
    check_occasion(&t, "review", "2026-01-31", "2026-01-31+1", "2026-02-28", "2026-02-28");
    check_occasion(&t, "review", "2026-02-28", "2026-01-31+1", "2026-02-28", "2026-03-31");
    check_occasion(&t, "review", "2026-03-30", "2026-01-31+1", "2026-02-28", "2026-03-31");
    check_occasion(&t, "review", "2026-03-31", "2026-01-31+2", "2026-03-31", "2026-04-30");
    check_occasion(&t, "review", "2028-03-01", "2026-01-31+25", "2028-02-29", "2028-03-31");
    const struct finding *f = trial_finding(&t, "review", day_of("2026-04-01"));
    CHECK_INT(f->defence.threshold, 28);
    CHECK_INT(f->defence.days, 60);
    CHECK_INT(f->defence.anchor, day_of("2026-01-31"));
    CHECK_INT(f->anchor_day, day_of("2026-01-31"));
    r->every = (struct periods){ 0 };
    trial_period(&t, &r->every, NULL, PERIOD_WORKING_DAYS, 2); /* from a Saturday */
    check_occasion(&t, "review", "2026-02-06", "2026-01-31+2", "2026-02-05", "2026-02-09");
    trial_end(&t);
}

TEST(visits_are_owed_by_category_and_the_ladder)
{
    static const char *const cases[][2] = { { "everyone", "2027-01-31" },
                                            { "regular", "2027-01-31" },
                                            { "key", "2026-02-28" },
                                            { "elsewhere", "2027-01-31" } };
    for (int i = 0; i < 4; i++) {
        struct trial t;
        begin(&t, cases[i][0], NULL);
        struct rule *r = trial_rule(&t, "visit", RULE_VISIT);
        trial_period(&t, &r->every, "everyone", PERIOD_MONTHS, 12);
        trial_period(&t, &r->every, "key", PERIOD_MONTHS, 1);
        trial_talks(&t, day_of("2026-01-31"), "mail");
        check_due(&t, "visit", cases[i][1]);
        trial_end(&t);
    }
}

/* ---- absence is not evidence ---- */

TEST(days_that_cannot_be_read_accuse_nobody)
{
    struct trial t;
    begin(&t, NULL, "2026-01-01");
    fixed(&t, &t.rules[0], PERIOD_DAYS, 90);
    trial_period(&t, &trial_rule(&t, "visit", RULE_VISIT)->every, NULL, PERIOD_DAYS, 60);
    t.facts.unreadable_purchases = 2;
    CHECK_TEXT(trial_state(&t, "lapse", day_of("2026-03-31")), "not yet");
    CHECK_TEXT(trial_state(&t, "lapse", day_of("2026-04-01")), "cannot judge");
    CHECK_TEXT(trial_finding(&t, "lapse", day_of("2026-04-01"))->why,
               "2 of its purchases have a day that cannot be read");
    CHECK_TEXT(trial_state(&t, "visit", day_of("2026-04-01")), "due");
    t.facts.unreadable_contacts = 1;
    CHECK_TEXT(trial_finding(&t, "visit", day_of("2026-04-01"))->why,
               "1 of its contacts have a day that cannot be read");
    trial_end(&t);
}
