/* The rule of DESIGN.md section 6, and the vectors of reference/lapse-detection.md 5.5. */
#include "base/chance.h"
#include "base/zone.h"
#include "harness/harness.h"
#include "plan_trial.h"

#include <math.h>
#include <stdio.h>

#define START day_of("2024-01-15")

/* 28.28427 is said as 282843. */
static long long ten_thousandths(double x)
{
    return llround(x * 10000);
}

/* n + 1 purchases, `gap` days apart. */
static date buys_every(struct trial *t, int gap, int n)
{
    for (int i = 0; i <= n; i++)
        trial_buys(t, START + i * gap, MONEY_NONE);
    return START + n * gap;
}

static void check_threshold(struct trial *t, int expected)
{
    date last = t->purchases[t->facts.n_purchases - 1].day;
    CHECK_TEXT(trial_state(t, "lapse", last + expected - 1), "not yet");
    CHECK_TEXT(trial_state(t, "lapse", last + expected), "due");
    struct finding *f = trial_finding(t, "lapse", last + expected);
    CHECK_INT(f->defence.threshold, expected);
    CHECK_INT(f->defence.days, expected);
    CHECK_INT(f->due, last + expected);
}

/* ---- the vectors ---- */

TEST(vector_a_no_history_cannot_be_judged)
{
    struct trial t;
    trial_begin(&t);
    trial_pace(&t, NULL, 40);
    const struct finding *f = trial_finding(&t, "lapse", START);
    CHECK_INT(f->state, FINDING_CANNOT_JUDGE);
    CHECK_TEXT(f->why, "never bought");
    CHECK_INT(f->due, DATE_NONE);
    CHECK_INT(f->next, DATE_NEVER);
    trial_end(&t);
}

TEST(vector_b_one_gap_of_10_days_in_a_category_of_40_is_late_after_71)
{
    struct trial t;
    trial_begin(&t);
    trial_pace(&t, NULL, 40);
    buys_every(&t, 10, 1);
    check_threshold(&t, 71);
    const struct finding *f = trial_finding(&t, "lapse", START);
    CHECK(f->defence.occasions == 1);
    f = trial_finding(&t, "lapse", START + 11);
    CHECK_INT(ten_thousandths(f->defence.typical), 282843);
    CHECK_INT(ten_thousandths(f->defence.category_gap), 400000);
    CHECK_INT(f->defence.occasions, 2);
    CHECK(f->defence.times_usual == 2.5);
    trial_end(&t);
}

TEST(vector_c_twelve_gaps_of_30_days_in_a_category_of_40_are_late_after_80)
{
    struct trial t;
    trial_begin(&t);
    trial_pace(&t, NULL, 40);
    date last = buys_every(&t, 30, 12);
    check_threshold(&t, 80);
    CHECK_INT(ten_thousandths(trial_finding(&t, "lapse", last)->defence.typical), 317767);
    trial_end(&t);
}

TEST(vector_d_who_only_returned_things_never_bought)
{
    struct trial t;
    trial_begin(&t);
    trial_pace(&t, NULL, 40);
    trial_buys(&t, START, -100);
    trial_buys(&t, START + 40, 0);
    CHECK_TEXT(trial_finding(&t, "lapse", START + 400)->why, "never bought");
    trial_end(&t);
}

TEST(a_return_neither_ends_a_silence_nor_makes_a_gap)
{
    struct trial t;
    trial_begin(&t);
    trial_pace(&t, NULL, 40);
    trial_buys(&t, START, 10000);
    trial_buys(&t, START + 5, -10000);
    trial_buys(&t, START + 10, 20000);
    trial_buys(&t, START + 30, -20000);
    const struct finding *f = trial_finding(&t, "lapse", START + 81);
    CHECK_INT(f->state, FINDING_DUE);
    CHECK_INT(f->defence.threshold, 71);
    CHECK_INT(f->defence.last_day, START + 10);
    CHECK_INT(f->defence.average, 15000);
    trial_end(&t);
}

TEST(amounts_of_several_currencies_have_no_average)
{
    struct trial t;
    trial_begin(&t);
    t.options.company.currency = "NOK";
    trial_pace(&t, NULL, 40);
    trial_buys(&t, START, 10000);
    trial_buys(&t, START + 40, 20000);
    t.purchases[0].currency = "NOK"; /* the other has none: the company's */
    CHECK_INT(trial_finding(&t, "lapse", START + 81)->defence.average, 15000);
    t.purchases[1].currency = "EUR";
    CHECK_INT(trial_finding(&t, "lapse", START + 81)->defence.average, MONEY_NONE);
    t.purchases[0].currency = "EUR";
    CHECK_INT(trial_finding(&t, "lapse", START + 81)->defence.average, 15000);
    trial_end(&t);
}

TEST(vector_e_two_invoices_on_consecutive_days_are_one_occasion)
{
    struct trial t;
    trial_begin(&t);
    trial_pace(&t, NULL, 40);
    trial_buys(&t, START, 5000);
    trial_buys(&t, START + 1, 7000);
    const struct finding *f = trial_finding(&t, "lapse", START + 50);
    CHECK_INT(f->defence.occasions, 1);
    CHECK_INT(ten_thousandths(f->defence.typical), 400000);
    CHECK_INT(f->defence.last_day, START + 1);
    CHECK_INT(f->due, START + 101);
    CHECK_INT(f->defence.average, 12000);
    trial_end(&t);
}

TEST(vector_f_one_huge_gap_among_short_ones_barely_moves_the_result)
{
    struct trial t;
    trial_begin(&t);
    trial_pace(&t, NULL, 30);
    date last = buys_every(&t, 30, 11);
    trial_buys(&t, last + 600, MONEY_NONE);
    double typical = trial_finding(&t, "lapse", last + 600)->defence.typical;
    CHECK_INT(ten_thousandths(typical), ten_thousandths(30 * pow(20, 1.0 / 15)));
    CHECK(typical < 37); /* the plain mean of the twelve gaps is 77.5 */
    trial_end(&t);
}

TEST(vector_g_clock_changes_and_leap_days_inside_a_gap_count_as_whole_local_days)
{
    struct zone *z;
    struct err e = { "" };
    CHECK_OK(zone_open(&z, "Europe/Oslo", &e), &e);
    /* Late on the evening before the clocks go forward, early on a morning after they went back, and over 29 February.
     */
    static const struct civil when[] = { { 2027, 3, 27, 23, 30, 0, 0 },
                                         { 2027, 11, 1, 0, 15, 0, 0 },
                                         { 2028, 2, 28, 23, 59, 59, 0 },
                                         { 2028, 3, 1, 0, 0, 0, 0 } };
    struct rhythm r;
    rhythm_begin(&r);
    for (int i = 0; i < 4; i++)
        rhythm_add(&r, zone_date(z, zone_instant(z, &when[i])), MONEY_NONE, 1);
    CHECK_INT(r.occasions, 4);
    CHECK_INT(ten_thousandths(exp(r.sum_ln)), 219LL * 119 * 2 * 10000);
    zone_close(z);
}

/* ---- the rule ---- */

TEST(the_category_counts_for_three_gaps)
{
    struct rhythm r = { .occasions = 4, .sum_ln = 3 * log(20) };
    CHECK_INT(ten_thousandths(rhythm_typical(&r, 45)), 300000); /* three against three: the geometric mean */
    CHECK_INT(ten_thousandths(rhythm_typical(&r, 0)), 200000);
    r = (struct rhythm){ .occasions = 1 };
    CHECK_INT(ten_thousandths(rhythm_typical(&r, 45)), 450000);
    CHECK_INT(ten_thousandths(rhythm_typical(&r, 0)), 0);
    r = (struct rhythm){ 0 };
    CHECK_INT(ten_thousandths(rhythm_typical(&r, 0)), 0);
}

TEST(any_history_is_judged_by_the_rule_as_it_is_written)
{
    struct chance c;
    chance_seed(&c, 1);
    for (int round = 0; round < 2000; round++) {
        struct trial t;
        trial_begin(&t);
        double m = 2 + 400 * chance_unit(&c);
        int gaps = (int)chance_below(&c, 30);
        long double sum = 0;
        date last = START;
        trial_pace(&t, NULL, m);
        trial_buys(&t, last, MONEY_NONE);
        for (int i = 0; i < gaps; i++) {
            int gap = 3 + (int)chance_below(&c, i % 5 ? 60 : 700);
            sum += logl(gap);
            trial_buys(&t, last += gap, MONEY_NONE);
        }
        long double late = 2.5L * expl((sum + 3 * logl(m)) / (gaps + 3));
        if (fabsl(late - roundl(late)) > 1e-6L)
            check_threshold(&t, (int)ceill(late));
        trial_end(&t);
    }
}

TEST(the_threshold_is_clamped)
{
    struct trial t;
    trial_begin(&t);
    trial_pace(&t, NULL, 40);
    buys_every(&t, 10, 1); /* 71 by the rhythm */
    t.rules[0].at_least = (struct period){ PERIOD_DAYS, 72 };
    check_threshold(&t, 72);
    t.rules[0].at_least = (struct period){ PERIOD_DAYS, 70 };
    check_threshold(&t, 71);
    t.rules[0].at_most = (struct period){ PERIOD_DAYS, 71 };
    check_threshold(&t, 71);
    t.rules[0].at_most = (struct period){ PERIOD_DAYS, 70 };
    check_threshold(&t, 70);
    t.rules[0].at_least = (struct period){ 0 };
    t.rules[0].at_most = (struct period){ PERIOD_MONTHS, 2 }; /* 25 January to 25 March of a leap year */
    check_threshold(&t, 60);
    t.rules[0].at_most = (struct period){ PERIOD_WORKING_DAYS, 10 }; /* from a Thursday */
    check_threshold(&t, 14);
    trial_end(&t);
}

TEST(who_has_no_gap_yet_is_judged_by_the_category_then_by_the_configured_period_then_not_at_all)
{
    struct trial t;
    trial_begin(&t);
    trial_buys(&t, START, MONEY_NONE);
    CHECK_CONTAINS(trial_finding(&t, "lapse", START + 999)->why, "no rhythm yet");
    CHECK_TEXT(trial_state(&t, "lapse", START + 999), "cannot judge");
    trial_period(&t, &t.rules[0].usual, NULL, PERIOD_DAYS, 30);
    check_threshold(&t, 75);
    trial_pace(&t, NULL, 40);
    check_threshold(&t, 100);
    trial_end(&t);
}

TEST(an_own_gap_stands_alone_where_nothing_else_is_known)
{
    struct trial t;
    trial_begin(&t);
    buys_every(&t, 30, 1);
    check_threshold(&t, 75);
    CHECK(trial_finding(&t, "lapse", START + 31)->defence.category_gap <= 0);
    trial_period(&t, &t.rules[0].usual, NULL, PERIOD_MONTHS,
                 1); /* 31 days from 14 February 2024: to 14 March, 29 days */
    CHECK_INT(trial_finding(&t, "lapse", START + 31)->defence.category_gap, 29);
    trial_end(&t);
}

TEST(a_rule_may_ask_for_more_purchases_before_it_judges)
{
    struct trial t;
    trial_begin(&t);
    trial_pace(&t, NULL, 40);
    t.rules[0].min_purchases = 3;
    buys_every(&t, 10, 1);
    CHECK_CONTAINS(trial_finding(&t, "lapse", START + 999)->why, "too few purchases");
    trial_buys(&t, START + 12, MONEY_NONE); /* the same occasion */
    CHECK_TEXT(trial_state(&t, "lapse", START + 999), "cannot judge");
    trial_buys(&t, START + 20, MONEY_NONE);
    CHECK_TEXT(trial_state(&t, "lapse", START + 999), "due");
    trial_end(&t);
}

/* ---- what categories teach ---- */

static struct rhythm rhythm_every(int gap, int gaps)
{
    return (struct rhythm){ .occasions = gaps + 1, .sum_ln = gaps * log(gap) };
}

TEST(a_category_learns_from_customers_with_at_least_two_gaps)
{
    struct paces p = { 0 };
    struct rhythm none = rhythm_every(5, 0), one = rhythm_every(5, 1), fast = rhythm_every(10, 20),
                  slow = rhythm_every(90, 2);
    paces_learn(&p, "key", &none, 1);
    paces_learn(&p, "key", &one, 1);
    CHECK(paces_gap(&p, "key") <= 0);
    paces_learn(&p, "key", &fast, 1);
    CHECK_INT(ten_thousandths(paces_gap(&p, "key")), 100000);
    paces_learn(&p, "key", &slow, 1); /* each customer counts once, however many gaps it has */
    CHECK_INT(ten_thousandths(paces_gap(&p, "key")), 300000);
    CHECK(paces_gap(&p, "other") <= 0 && paces_gap(&p, NULL) <= 0);
    paces_learn(&p, NULL, &slow, 1);
    paces_learn(&p, "", &fast, 1); /* an empty name is a name */
    CHECK_INT(ten_thousandths(paces_gap(&p, NULL)), 900000);
    CHECK_INT(ten_thousandths(paces_gap(&p, "")), 100000);
    paces_learn(&p, "key", &fast, -1);
    CHECK_INT(ten_thousandths(paces_gap(&p, "key")), 900000);
    paces_learn(&p, "key", &slow, -1);
    CHECK(paces_gap(&p, "key") <= 0);
    paces_done(&p);
}

TEST(a_category_keeps_its_index_for_ever)
{
    struct paces p = { 0 };
    char name[16];
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < 300; i++) {
            snprintf(name, sizeof name, "category %zu", i);
            CHECK_INT((long long)paces_index(&p, i == 7 ? NULL : name), (long long)i);
        }
    paces_done(&p);
}

/* ---- occasions ---- */

static struct rhythm rhythm_on(const int *days, size_t n, int same_occasion)
{
    struct rhythm r;
    rhythm_begin(&r);
    for (size_t i = 0; i < n; i++)
        rhythm_add(&r, START + days[i], MONEY_NONE, same_occasion);
    return r;
}
#define RHYTHM_ON(same, ...)                                                                                           \
    rhythm_on((const int[]){ __VA_ARGS__ }, sizeof((const int[]){ __VA_ARGS__ }) / sizeof(int), same)

TEST(an_occasion_lasts_less_than_three_days_from_its_first_day_and_silence_runs_from_its_last)
{
    struct rhythm r = RHYTHM_ON(3, 0, 0, 1, 2);
    CHECK_INT(r.occasions, 1);
    CHECK_INT(r.first_day, START);
    CHECK_INT(r.occasion_day, START);
    CHECK_INT(r.last_day, START + 2);
    r = RHYTHM_ON(3, 0, 3);
    CHECK_INT(r.occasions, 2);
    CHECK_INT(ten_thousandths(exp(r.sum_ln)), 30000);
    r = RHYTHM_ON(3, 0, 2,
                  4); /* near the last purchase, but not near the first day: a steady stream is not one occasion */
    CHECK_INT(r.occasions, 2);
    CHECK_INT(r.occasion_day, START + 4);
    CHECK_INT(ten_thousandths(exp(r.sum_ln)), 40000);
    r = RHYTHM_ON(3, 0, 2, 4, 6, 7, 20, 21);
    CHECK_INT(r.occasions, 4); /* 0 4 7 20 */
    CHECK_INT(r.last_day, START + 21);
    CHECK_INT(ten_thousandths(exp(r.sum_ln)), 4 * 3 * 13 * 10000);
}

TEST(without_a_span_each_purchase_day_is_an_occasion)
{
    for (int same = -1; same <= 1; same++) {
        struct rhythm r = RHYTHM_ON(same, 0, 0, 1, 3, 3);
        CHECK_INT(r.occasions, 3);
        CHECK_INT(ten_thousandths(exp(r.sum_ln)), 20000);
    }
}

TEST(purchases_after_the_day_asked_for_are_not_seen)
{
    struct trial t;
    trial_begin(&t);
    buys_every(&t, 10, 5);
    struct rhythm r = rhythm_of(&t.facts, START + 29, 3);
    CHECK_INT(r.occasions, 3);
    CHECK_INT(r.last_day, START + 20);
    r = rhythm_of(&t.facts, START - 1, 3);
    CHECK_INT(r.occasions, 0);
    CHECK_INT(r.last_day, DATE_NONE);
    trial_end(&t);
}

/* ---- rank ---- */

TEST(rank_is_money_a_day_at_risk)
{
    struct rhythm r;
    rhythm_begin(&r);
    rhythm_add(&r, START, 30000, 3);
    rhythm_add(&r, START + 1, 10000, 3); /* one occasion of 400.00 */
    rhythm_add(&r, START + 30, 20000, 3);
    CHECK_INT(rhythm_average(&r), 30000);
    CHECK_INT(ten_thousandths(rhythm_at_risk(&r, 30)), 100000); /* 300.00 in 30 days */
    CHECK_INT(ten_thousandths(rhythm_at_risk(&r, 0)), 0);
}

TEST(without_amounts_rank_is_by_pace_and_without_a_pace_last)
{
    struct rhythm r = RHYTHM_ON(3, 0, 20, 40);
    CHECK_INT(rhythm_average(&r), MONEY_NONE);
    CHECK_INT(ten_thousandths(rhythm_at_risk(&r, 20)), 500);
    CHECK_INT(ten_thousandths(rhythm_at_risk(&r, 0)), 0);
}

TEST(absurd_amounts_do_not_overflow)
{
    struct rhythm r;
    rhythm_begin(&r);
    for (int i = 0; i < 100; i++)
        rhythm_add(&r, START + 10 * i, i % 2 ? INT64_MAX : INT64_MAX / 5, 3);
    CHECK(rhythm_average(&r) > 0 && rhythm_at_risk(&r, 10) > 0);
}

/* ---- rounding ---- */

/* A customer with `own` gaps in a category of a whole crowd, all with the same gap. */
static void check_crowd(long crowd, int gap, int own)
{
    struct trial t;
    struct rhythm r = rhythm_every(gap, 2 + gap % 7);
    trial_begin(&t);
    t.options.source.same_occasion = 1;
    for (long i = 0; i < crowd; i++)
        paces_learn(&t.paces, NULL, &r, 1);
    buys_every(&t, gap, own);
    check_threshold(&t, gap * 5 / 2);
    trial_end(&t);
}

TEST(a_product_that_is_whole_stays_whole)
{
    for (int gap = 2; gap <= 400; gap += 2) {
        check_crowd(1, gap, gap % 60);
        check_crowd(7, gap, 1);
        check_crowd(1000, gap, 0);
    }
    check_crowd(1000000, 40, 0);
    check_crowd(1000000, 374, 0); /* what adds up here is 1.3e-7 days */
}

TEST(a_geometric_mean_that_is_whole_stays_whole)
{
    for (int x = 2; x <= 20; x++)
        for (int y = 1; y <= 20; y++) {
            struct trial t;
            trial_begin(&t);
            trial_pace(&t, NULL, 2.0 * y * y);
            buys_every(&t, 2 * x * x, 3); /* three gaps against the weight of three: 2 x y */
            check_threshold(&t, 5 * x * y);
            trial_end(&t);
        }
}
