/* The year's contacts of a customer, told day by day. 2026-01-01 is a Thursday. */
#include "base/buf.h"
#include "harness/harness.h"
#include "plan/forecast.h"
#include "plan_trial.h"

#include <string.h>

static struct forecast_wish wish(const struct trial *t, int days)
{
    return (struct forecast_wish){ .hours = &t->hours, .days = days };
}

static const char *told(struct trial *t, const struct planned *rows, size_t n)
{
    static const char *const unless[] = { "", " unless ordered", " unless solved" };
    struct buf b = { 0 };
    char day[16];
    for (size_t i = 0; i < n; i++) {
        buf_print(&b, "%s%s %s", i ? ", " : "", date_print(rows[i].day, day) + 5, rows[i].rule->id);
        if (rows[i].parts)
            buf_print(&b, " %d/%d", rows[i].part, rows[i].parts);
        buf_add(&b, unless[rows[i].unless]);
    }
    const char *text = arena_copy(&t->arena, buf_text(&b));
    buf_done(&b);
    return text;
}

/* "01-05 visit, ...": everything planned from `today` on. */
static const char *ahead_with(struct trial *t, const char *today, struct forecast_wish w)
{
    struct bench b = trial_bench(t, day_of(today));
    struct facts known = t->facts;
    struct planned *rows;
    facts_as_of(&known, (b.today + 1) * DAY - 1);
    size_t n = forecast(&b, &known, t->first_seen, &w, &t->arena, &rows);
    return told(t, rows, n);
}

static const char *ahead(struct trial *t, const char *today, int days)
{
    return ahead_with(t, today, wish(t, days));
}

/* Without the lapse rule of every trial. */
static void begin(struct trial *t)
{
    trial_begin(t);
    t->options.n_rules = 0;
    t->facts.customer.since = day_of("2025-12-31");
}

static struct rule *regular(struct trial *t, const char *id, enum rule_kind kind, enum period_unit unit, double count)
{
    struct rule *r = trial_rule(t, id, kind);
    trial_period(t, &r->every, NULL, unit, count);
    return r;
}

TEST(a_visit_that_is_made_starts_the_period_again)
{
    struct trial t;
    begin(&t);
    regular(&t, "visit", RULE_VISIT, PERIOD_DAYS, 91);
    CHECK_TEXT(ahead(&t, "2026-01-01", 365), "04-01 visit, 07-01 visit, 09-30 visit, 12-30 visit");
    CHECK_TEXT(ahead(&t, "2026-01-01", 364), "04-01 visit, 07-01 visit, 09-30 visit, 12-30 visit");
    CHECK_TEXT(ahead(&t, "2026-01-01", 363), "04-01 visit, 07-01 visit, 09-30 visit");
    CHECK_TEXT(ahead(&t, "2026-01-01", 1), "");
    trial_end(&t);
}

TEST(what_is_late_comes_first_and_what_follows_is_counted_from_there)
{
    struct trial t;
    begin(&t);
    regular(&t, "visit", RULE_VISIT, PERIOD_DAYS, 91);
    CHECK_TEXT(ahead(&t, "2026-12-01", 100), "12-01 visit, 03-02 visit");
    trial_end(&t);
}

TEST(a_day_off_moves_to_the_next_working_day_and_so_does_all_that_follows)
{
    struct trial t;
    date off[] = { day_of("2026-01-05") };
    struct holidays holidays = { off, 1, off[0] };
    begin(&t);
    regular(&t, "visit", RULE_VISIT, PERIOD_DAYS, 3);
    CHECK_TEXT(ahead(&t, "2026-01-01", 12), "01-05 visit, 01-08 visit, 01-12 visit");
    struct forecast_wish w = wish(&t, 12);
    w.off = &holidays;
    CHECK_TEXT(ahead_with(&t, "2026-01-01", w), "01-06 visit, 01-09 visit, 01-12 visit");
    trial_end(&t);
}

TEST(who_never_works_is_given_no_plan)
{
    struct trial t;
    struct hours never = { 0 };
    begin(&t);
    regular(&t, "visit", RULE_VISIT, PERIOD_DAYS, 3);
    struct forecast_wish w = { .hours = &never, .days = 3660 };
    CHECK_TEXT(ahead_with(&t, "2026-01-01", w), "");
    trial_end(&t);
}

TEST(what_is_told_on_mondays_is_planned_on_mondays)
{
    struct trial t;
    date off[] = { day_of("2026-01-12") };
    struct holidays holidays = { off, 1, off[0] };
    begin(&t);
    regular(&t, "visit", RULE_VISIT, PERIOD_DAYS, 7)->tell = 1;
    CHECK_TEXT(ahead(&t, "2026-01-01", 28), "01-12 visit, 01-19 visit, 01-26 visit");
    struct forecast_wish w = wish(&t, 21);
    w.off = &holidays;
    CHECK_TEXT(ahead_with(&t, "2026-01-01", w), "01-13 visit");
    trial_end(&t);
}

TEST(each_rule_is_restarted_by_the_contacts_it_counts)
{
    struct trial t;
    begin(&t);
    regular(&t, "mail", RULE_VISIT, PERIOD_DAYS, 28)->counts = trial_words(&t, "mail", NULL);
    regular(&t, "review", RULE_REVIEW, PERIOD_DAYS, 56)->counts = trial_words(&t, "review", NULL);
    regular(&t, "any", RULE_VISIT, PERIOD_DAYS, 35);
    CHECK_TEXT(ahead(&t, "2026-01-01", 90), "01-28 mail, 02-25 mail, 02-25 review, 03-25 mail");
    trial_end(&t);
}

TEST(the_visits_after_a_sale_follow_each_other_and_then_the_referral)
{
    struct trial t;
    begin(&t);
    struct rule *r = trial_rule(&t, "service", RULE_AFTER_SALE);
    trial_period(&t, &r->steps, NULL, PERIOD_DAYS, 1);
    trial_period(&t, &r->steps, NULL, PERIOD_DAYS, 21);
    trial_period(&t, &r->steps, NULL, PERIOD_MONTHS, 3);
    r->orders = ORDERS_EVERY;
    r->from = SALE_ORDERED;
    r->within = (struct period){ PERIOD_DAYS, 30 };
    r = trial_rule(&t, "ask", RULE_REFERRAL);
    r->after_sale = "service";
    r->content = trial_words(&t, "happy", NULL);
    r->within = (struct period){ PERIOD_DAYS, 60 };
    r->again = (struct period){ PERIOD_MONTHS, 12 };
    trial_period(&t, &r->after, NULL, PERIOD_DAYS, 7);
    trial_buys(&t, day_of("2025-12-31"), 100);
    CHECK_TEXT(ahead(&t, "2025-12-31", 365), "01-01 service 1/3, 01-21 service 2/3, 03-31 service 3/3, 04-07 ask");
    trial_buys(&t, day_of("2026-01-02"), 100); /* one visit does for both orders */
    CHECK_TEXT(ahead(&t, "2026-01-02", 365), "01-02 service 1/3, 01-21 service 2/3, 03-31 service 3/3, 04-07 ask");
    trial_buys(&t, day_of("2026-02-02"), 100); /* nobody is asked twice a year */
    CHECK_TEXT(
        ahead(&t, "2026-02-02", 365),
        "02-02 service 2/3, 02-02 service 2/3, 02-23 service 2/3, 03-31 service 3/3, 04-07 ask, 05-04 service 3/3");
    trial_end(&t);
}

TEST(a_yearly_day_comes_once_each_year)
{
    struct trial t;
    begin(&t);
    struct rule *r = trial_rule(&t, "gift", RULE_OCCASION);
    r->on = "06-24";
    r->within = (struct period){ PERIOD_DAYS, 14 };
    r->ahead = (struct period){ PERIOD_DAYS, 7 };
    CHECK_TEXT(ahead(&t, "2026-01-01", 1200), "06-17 gift, 06-17 gift, 06-19 gift");
    r->on = "02-29"; /* on 22 February a Monday, a Tuesday; in 2026 and 2027 on a Saturday, on a Sunday */
    r->ahead = (struct period){ 0 };
    CHECK_TEXT(ahead(&t, "2026-01-01", 1200), "03-02 gift, 03-01 gift, 02-29 gift, 02-28 gift");
    trial_end(&t);
}

TEST(a_lapse_comes_once_if_nothing_is_bought_and_stands_in_nobodys_way)
{
    struct trial t;
    trial_begin(&t);
    t.rules[0].again = (struct period){ PERIOD_MONTHS, 3 };
    for (int i = 0; i < 5; i++)
        trial_buys(&t, day_of("2025-06-01") + 40 * i, 100);
    regular(&t, "visit", RULE_VISIT, PERIOD_DAYS, 60);
    CHECK_TEXT(ahead(&t, "2025-11-10", 200),
               "11-10 visit, 01-09 visit, 02-16 lapse unless ordered, 03-10 visit, 05-11 visit");
    CHECK_TEXT(ahead(&t, "2026-02-15", 60), "02-16 lapse unless ordered, 02-16 visit");
    CHECK_TEXT(ahead(&t, "2026-02-18", 60), "02-18 lapse, 02-18 visit"); /* the very call that is due */
    trial_end(&t);
}

TEST(a_problem_is_asked_about_unless_it_is_solved)
{
    struct trial t;
    begin(&t);
    struct rule *r = trial_rule(&t, "problem", RULE_PROBLEM);
    trial_period(&t, &r->after, NULL, PERIOD_WORKING_DAYS, 3);
    struct problem p[] = {
        { .opened_at = day_of("2025-12-01") * DAY, .opened = day_of("2025-12-01"), .closed_at = INSTANT_NONE },
        { .opened_at = day_of("2026-01-01") * DAY, .opened = day_of("2026-01-01"), .closed_at = INSTANT_NONE }
    };
    t.facts.problems = p;
    t.facts.n_problems = 2;
    CHECK_TEXT(ahead(&t, "2026-01-01", 365), "01-01 problem, 01-06 problem unless solved");
    trial_end(&t);
}

TEST(a_decline_is_not_foretold_from_orders_that_nobody_knows_yet)
{
    struct trial t;
    begin(&t);
    struct rule *r = trial_rule(&t, "decline", RULE_DECLINE);
    r->share = 60;
    for (int i = 0; i < 30; i++)
        trial_buys(&t, day_of("2025-01-01") + 10 * i, 100);
    CHECK_TEXT(ahead(&t, "2025-10-18", 365), "");
    for (int i = 0; i < 6; i++)
        trial_buys(&t, day_of("2025-10-28") + 10 * i, 20);
    CHECK_TEXT(trial_state(&t, "decline", day_of("2025-12-17")), "due");
    CHECK_TEXT(ahead(&t, "2025-12-17", 365), "12-17 decline");
    trial_end(&t);
}

TEST(a_prospect_is_asked_regularly_unless_it_orders)
{
    struct trial t;
    begin(&t);
    regular(&t, "first", RULE_FIRST_ORDER, PERIOD_MONTHS, 2);
    CHECK_TEXT(ahead(&t, "2026-01-01", 160), "03-02 first unless ordered, 05-04 first unless ordered");
    trial_end(&t);
}

TEST(what_was_dealt_with_is_not_planned_again)
{
    struct trial t;
    begin(&t);
    struct rule *r = regular(&t, "visit", RULE_VISIT, PERIOD_DAYS, 91);
    struct planned done = { .rule = r, .occasion = "2025-12-31+1", .day = DATE_NONE };
    struct forecast_wish w = wish(&t, 200);
    w.before = &done;
    w.n_before = 1;
    CHECK_TEXT(ahead_with(&t, "2026-04-02", w), "07-01 visit, 09-30 visit");
    trial_end(&t);
}

TEST(what_cannot_be_judged_is_not_planned)
{
    struct trial t;
    begin(&t);
    regular(&t, "visit", RULE_VISIT, PERIOD_DAYS, 91);
    t.facts.unreadable_contacts = 1;
    CHECK_TEXT(ahead(&t, "2026-01-01", 365), "");
    t.facts.unreadable_contacts = 0;
    t.facts.customer.since = DATE_NONE; /* nothing to count from */
    CHECK_TEXT(ahead(&t, "2026-01-01", 365), "");
    trial_end(&t);
}

TEST(any_rules_come_to_an_end)
{
    struct trial t;
    struct hours always;
    struct err e;
    begin(&t);
    CHECK_OK(hours_read("always", &always, &e), &e);
    regular(&t, "visit", RULE_VISIT, PERIOD_DAYS, 1);
    regular(&t, "review", RULE_REVIEW, PERIOD_DAYS, 1);
    regular(&t, "prospect", RULE_FIRST_ORDER, PERIOD_DAYS, 1);
    struct bench b = trial_bench(&t, day_of("2026-01-01"));
    struct forecast_wish w = { .hours = &always, .days = 3660 };
    struct planned *rows, *again;
    size_t n = forecast(&b, &t.facts, DATE_NONE, &w, &t.arena, &rows);
    CHECK_INT(n, 3 * 3660);
    CHECK_INT(t.facts.n_contacts, 0); /* the facts are not touched */
    CHECK_INT(forecast(&b, &t.facts, DATE_NONE, &w, &t.arena, &again), n);
    for (size_t i = 0; i < n; i++)
        CHECK(rows[i].day == again[i].day && strcmp(rows[i].occasion, again[i].occasion) == 0 &&
              (i == 0 || rows[i].day >= rows[i - 1].day));
    trial_end(&t);
}
