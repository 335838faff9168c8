/* The season guard: who paused at the same time of last year. Shapes of customers as sales managers know them. */
#include "harness/harness.h"
#include "plan/season.h"
#include "plan_trial.h"

/* `times` purchases, `gap` days apart, from `first` on. */
static void buys(struct trial *t, const char *first, int times, int gap)
{
    for (int i = 0; i < times; i++)
        trial_buys(t, day_of(first) + i * gap, MONEY_NONE);
}

/* The day from which the lapse that is due on `today` may be told: "2026-04-19", or "now". */
static const char *told_from(struct trial *t, date today)
{
    static char day[16];
    struct season s;
    struct finding *f = trial_finding(t, "lapse", today);
    CHECK_INT(f->state, FINDING_DUE);
    return season_of(&t->facts, f, &s) ? date_print(s.tell, day) : "now";
}

static date due_day(struct trial *t)
{
    struct finding *f = trial_finding(t, "lapse", t->purchases[t->facts.n_purchases - 1].day);
    return f->due;
}

TEST(an_ice_cream_parlour_is_left_alone_until_two_weeks_after_its_spring)
{
    struct trial t;
    trial_begin(&t);
    buys(&t, "2024-04-01", 13, 14);
    buys(&t, "2025-04-07", 12, 14); /* until 2025-09-08 */
    CHECK_TEXT(told_from(&t, due_day(&t)), "2026-04-21");
    CHECK_TEXT(told_from(&t, day_of("2026-02-01")), "2026-04-21");
    trial_end(&t);
}

TEST(a_christmas_shop_is_left_alone_until_the_autumn)
{
    struct trial t;
    trial_begin(&t);
    for (int year = 2023; year <= 2025; year++) {
        date tenth = date_of(year, 11, 10);
        trial_buys(&t, tenth, MONEY_NONE);
        trial_buys(&t, tenth + 15, MONEY_NONE);
        trial_buys(&t, tenth + 30, MONEY_NONE);
    }
    CHECK_TEXT(told_from(&t, due_day(&t)), "2026-11-24");
    trial_end(&t);
}

TEST(a_school_supplier_is_left_alone_in_the_summer_holidays)
{
    struct trial t;
    trial_begin(&t);
    buys(&t, "2024-08-20", 11, 28); /* until 2025-05-27 */
    buys(&t, "2025-08-21", 10, 28); /* until 2026-04-30 */
    date due = due_day(&t);
    CHECK(due > day_of("2026-06-27") && due < day_of("2026-08-21"));
    CHECK_TEXT(told_from(&t, due), "2026-09-04");
    trial_end(&t);
}

TEST(who_stops_before_its_season_ends_is_told_of_at_once)
{
    struct trial t;
    trial_begin(&t);
    buys(&t, "2024-04-01", 13, 14); /* until 2024-09-16 */
    buys(&t, "2025-04-07", 6, 14);  /* until 2025-06-16: in August of last year it bought */
    CHECK_TEXT(told_from(&t, due_day(&t)), "now");
    CHECK_TEXT(told_from(&t, day_of("2025-12-01")), "now");
    trial_end(&t);
}

TEST(a_pause_no_longer_than_the_threshold_is_no_season)
{
    struct trial t;
    trial_begin(&t);
    t.rules[0].after.rows[0].period = (struct period){ PERIOD_DAYS, 100 };
    trial_buys(&t, day_of("2024-01-10"), MONEY_NONE);
    trial_buys(&t, day_of("2024-04-19"), MONEY_NONE); /* 100 days */
    trial_buys(&t, day_of("2024-12-01"), MONEY_NONE); /* due on 2025-03-11 */
    CHECK_TEXT(told_from(&t, day_of("2025-03-11")), "now");
    t.purchases[1].day++;
    CHECK_TEXT(told_from(&t, day_of("2025-03-11")), "2025-05-04");
    trial_end(&t);
}

TEST(who_buys_once_a_year_is_not_late_after_ninety_days)
{
    struct trial t;
    trial_begin(&t);
    t.rules[0].after.rows[0].period = (struct period){ PERIOD_DAYS, 90 };
    trial_buys(&t, day_of("2023-12-02"), MONEY_NONE);
    trial_buys(&t, day_of("2024-12-09"), MONEY_NONE);
    CHECK_TEXT(told_from(&t, day_of("2025-03-09")), "2025-12-23");
    trial_end(&t);
}

TEST(who_was_gone_for_years_and_came_back_has_no_season)
{
    struct trial t;
    trial_begin(&t);
    t.rules[0].after.rows[0].period = (struct period){ PERIOD_DAYS, 60 };
    trial_buys(&t, day_of("2022-01-10"), MONEY_NONE);
    trial_buys(&t, day_of("2025-06-01"), MONEY_NONE);
    CHECK_TEXT(told_from(&t, day_of("2025-07-31")), "now");
    trial_end(&t);
}

TEST(a_customer_of_less_than_a_year_has_no_season)
{
    struct trial t;
    trial_begin(&t);
    buys(&t, "2025-04-07", 12, 14);
    CHECK_TEXT(told_from(&t, due_day(&t)), "now");
    trial_end(&t);
}

TEST(a_return_in_the_pause_does_not_end_it)
{
    struct trial t;
    trial_begin(&t);
    buys(&t, "2024-04-01", 13, 14);
    trial_buys(&t, day_of("2024-12-27"), -500);
    buys(&t, "2025-04-07", 12, 14);
    CHECK_TEXT(told_from(&t, due_day(&t)), "2026-04-21");
    trial_end(&t);
}

TEST(the_leap_day_has_a_year_before_it_and_after_it)
{
    struct trial t;
    trial_begin(&t);
    t.rules[0].after.rows[0].period = (struct period){ PERIOD_DAYS, 30 };
    trial_buys(&t, day_of("2023-01-10"), MONEY_NONE);
    trial_buys(&t, day_of("2023-03-01"), MONEY_NONE);
    trial_buys(&t, day_of("2024-01-30"), MONEY_NONE); /* due on 2024-02-29, so 2023-02-28 counts */
    CHECK_TEXT(told_from(&t, day_of("2024-02-29")), "2024-03-15");
    trial_end(&t);
}

TEST(only_a_lapse_that_is_due_has_a_season_and_it_says_why)
{
    struct trial t;
    struct season s;
    trial_begin(&t);
    buys(&t, "2024-04-01", 13, 14);
    buys(&t, "2025-04-07", 12, 14);
    struct finding *f = trial_finding(&t, "lapse", due_day(&t));
    CHECK(season_of(&t.facts, f, &s));
    CHECK_TEXT(season_reason(&s, &t.arena),
               "season: it paused from 2024-09-16 to 2025-04-07 too; told from 2026-04-21");
    struct finding other = *f;
    other.state = FINDING_WATCH;
    CHECK(!season_of(&t.facts, &other, &s));
    struct rule visit = { .kind = RULE_VISIT };
    other = *f;
    other.rule = &visit;
    CHECK(!season_of(&t.facts, &other, &s));
    trial_end(&t);
}
