/* The kinds of rule beside lapse, review and visit: after-sale, referral, occasion, problem, decline, first-order. */
#include "harness/harness.h"
#include "plan_trial.h"

#include <string.h>

static struct finding *of(struct trial *t, const char *rule, const char *occasion, date today)
{
    struct finding *rows;
    size_t n = trial_judge(t, today, &rows);
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].rule->id, rule) == 0 && rows[i].occasion && strcmp(rows[i].occasion, occasion) == 0)
            return &rows[i];
    return NULL;
}

static bool due(struct trial *t, const char *rule, const char *occasion, const char *day)
{
    const struct finding *f = of(t, rule, occasion, day_of(day));
    return f && f->state == FINDING_DUE;
}

/* Whatever a finding says changes by itself changes on the day it says, and not before. */
static void check_next(struct trial *t, const char *rule, date from, date until)
{
    const char *before = trial_state(t, rule, from);
    date promised = trial_finding(t, rule, from)->next;
    for (date day = from + 1; day <= until; day++) {
        const char *state = trial_state(t, rule, day);
        if (strcmp(state, before) != 0 && promised > day) {
            char text[16];
            test_fail(__FILE__, __LINE__, "%s became %s on %s, before its next day", before, state,
                      date_print(day, text));
        }
        before = state;
        promised = trial_finding(t, rule, day)->next;
    }
}

/* ---- after-sale ---- */

static struct rule *visits(struct trial *t, enum orders orders, enum sale_day from)
{
    struct rule *r = trial_rule(t, "service", RULE_AFTER_SALE);
    trial_period(t, &r->steps, NULL, PERIOD_DAYS, 1);
    trial_period(t, &r->steps, NULL, PERIOD_DAYS, 21);
    trial_period(t, &r->steps, NULL, PERIOD_MONTHS, 3);
    r->orders = orders;
    r->from = from;
    r->within = (struct period){ PERIOD_DAYS, 30 };
    return r;
}

static void delivers(struct trial *t, const char *ordered, const char *delivered, const char *id)
{
    trial_buys(t, day_of(ordered), 10000);
    struct purchase *p = &t->purchases[t->facts.n_purchases - 1];
    p->id = id;
    p->delivered = delivered ? day_of(delivered) : DATE_NONE;
}

TEST(three_service_visits_follow_the_first_delivery)
{
    struct trial t;
    trial_begin(&t);
    visits(&t, ORDERS_FIRST, SALE_DELIVERED);
    delivers(&t, "2026-01-10", "2026-01-20", "A1");
    delivers(&t, "2026-02-10", "2026-02-12", "A2");
    CHECK(!due(&t, "service", "A1/1", "2026-01-20"));
    CHECK(due(&t, "service", "A1/1", "2026-01-21"));
    CHECK(due(&t, "service", "A1/1", "2026-02-09"));
    CHECK(!due(&t, "service", "A1/1", "2026-02-10") && due(&t, "service", "A1/2", "2026-02-10"));
    CHECK(!due(&t, "service", "A1/2", "2026-03-13")); /* 30 days are over */
    CHECK(due(&t, "service", "A1/3", "2026-04-20"));
    CHECK(!due(&t, "service", "A1/3", "2026-05-21"));
    CHECK(of(&t, "service", "A2/1", day_of("2026-02-14")) == NULL);
    const struct finding *f = of(&t, "service", "A1/2", day_of("2026-02-12"));
    CHECK(f && f->defence.part == 2 && f->defence.parts == 3 && f->defence.days == 23);
    CHECK_INT(f ? f->anchor_day : 0, day_of("2026-01-20"));
    trial_end(&t);
}

TEST(a_visit_is_done_by_a_contact_and_the_next_one_comes_all_the_same)
{
    struct trial t;
    trial_begin(&t);
    visits(&t, ORDERS_FIRST, SALE_DELIVERED);
    delivers(&t, "2026-01-10", "2026-01-20", "A1");
    trial_talks(&t, day_of("2026-01-25"), "call");
    CHECK(!due(&t, "service", "A1/1", "2026-01-25"));
    CHECK(due(&t, "service", "A1/2", "2026-02-10"));
    trial_talks(&t, day_of("2026-02-07"), "call"); /* three days early is this visit */
    CHECK(!due(&t, "service", "A1/2", "2026-02-10"));
    CHECK(due(&t, "service", "A1/3", "2026-04-20"));
    trial_end(&t);
}

TEST(an_order_that_was_not_delivered_is_owed_no_visit)
{
    struct trial t;
    trial_begin(&t);
    struct rule *r = visits(&t, ORDERS_EVERY, SALE_DELIVERED);
    delivers(&t, "2026-01-10", NULL, NULL);
    CHECK_TEXT(trial_state(&t, "service", day_of("2026-02-01")), "cannot judge");
    CHECK_CONTAINS(trial_finding(&t, "service", day_of("2026-02-01"))->why, "delivered_at");
    r->from = SALE_ORDERED;
    CHECK(due(&t, "service", "2026-01-10/1", "2026-01-11"));
    r->from = SALE_DELIVERED;
    delivers(&t, "2026-01-12", "2026-02-20", "B"); /* will be, but is not yet */
    CHECK(!due(&t, "service", "B/1", "2026-02-20"));
    CHECK(due(&t, "service", "B/1", "2026-02-21"));
    trial_end(&t);
}

TEST(every_order_is_owed_visits_where_the_rule_says_so)
{
    struct trial t;
    trial_begin(&t);
    visits(&t, ORDERS_EVERY, SALE_DELIVERED);
    delivers(&t, "2026-01-10", "2026-01-20", "A1");
    delivers(&t, "2026-01-15", "2026-01-22", "A2");
    CHECK(due(&t, "service", "A1/1", "2026-01-23") && due(&t, "service", "A2/1", "2026-01-23"));
    trial_end(&t);
}

/* ---- referral ---- */

static struct rule *referral(struct trial *t)
{
    struct rule *r = trial_rule(t, "ask", RULE_REFERRAL);
    r->after_sale = "service";
    trial_period(t, &r->after, NULL, PERIOD_DAYS, 7);
    r->within = (struct period){ PERIOD_DAYS, 60 };
    return r;
}

TEST(a_referral_is_asked_for_when_the_visits_were_made_and_the_customer_is_content)
{
    struct trial t;
    trial_begin(&t);
    visits(&t, ORDERS_FIRST, SALE_DELIVERED);
    struct rule *r = referral(&t);
    delivers(&t, "2026-01-10", "2026-01-20", "A1");
    trial_talks(&t, day_of("2026-01-21"), "call");
    CHECK_TEXT(trial_state(&t, "ask", day_of("2026-05-20")), "not yet"); /* the last visit was not made */
    trial_talks(&t, day_of("2026-04-21"), "call");
    struct contact *last = &t.contacts[t.facts.n_contacts - 1];
    CHECK(!due(&t, "ask", "A1", "2026-04-27") && due(&t, "ask", "A1", "2026-04-28"));
    CHECK(!due(&t, "ask", "A1", "2026-06-28"));
    r->content = trial_words(&t, "content", "happy", NULL);
    CHECK(!due(&t, "ask", "A1", "2026-04-28"));
    last->outcome = "unhappy";
    CHECK(!due(&t, "ask", "A1", "2026-04-28"));
    last->outcome = "happy";
    CHECK(due(&t, "ask", "A1", "2026-04-28"));
    struct problem p = { .opened = day_of("2026-04-25"), .closed_at = INSTANT_NONE };
    t.facts.problems = &p;
    t.facts.n_problems = 1;
    CHECK(!due(&t, "ask", "A1", "2026-04-28"));
    trial_end(&t);
}

/* ---- occasion ---- */

static struct rule *yearly(struct trial *t, const char *on, int ahead)
{
    struct rule *r = trial_rule(t, "gift", RULE_OCCASION);
    r->on = on;
    r->within = (struct period){ PERIOD_DAYS, 14 };
    r->ahead = (struct period){ PERIOD_DAYS, ahead };
    return r;
}

TEST(a_yearly_day_is_due_from_ahead_of_it_until_it_is_too_late)
{
    struct trial t;
    trial_begin(&t);
    yearly(&t, "06-24", 7);
    CHECK(!due(&t, "gift", "2026", "2026-06-16") && due(&t, "gift", "2026", "2026-06-17"));
    CHECK(due(&t, "gift", "2026", "2026-07-08") && !due(&t, "gift", "2026", "2026-07-09"));
    CHECK_INT(trial_finding(&t, "gift", day_of("2026-07-09"))->next, day_of("2027-06-17"));
    check_next(&t, "gift", day_of("2026-01-01"), day_of("2028-01-01"));
    trial_end(&t);
}

TEST(a_day_at_the_turn_of_the_year_belongs_to_its_own_year)
{
    struct trial t;
    trial_begin(&t);
    struct rule *r = yearly(&t, "01-02", 7);
    CHECK(due(&t, "gift", "2027", "2026-12-26") && due(&t, "gift", "2027", "2027-01-16"));
    r->on = "12-30";
    CHECK(due(&t, "gift", "2026", "2026-12-30") && due(&t, "gift", "2026", "2027-01-13"));
    CHECK(!due(&t, "gift", "2026", "2027-01-14"));
    trial_end(&t);
}

TEST(the_29th_of_february_is_kept_on_the_28th_in_other_years)
{
    struct trial t;
    trial_begin(&t);
    yearly(&t, "02-29", 0);
    CHECK(due(&t, "gift", "2027", "2027-02-28") && !due(&t, "gift", "2027", "2027-02-27"));
    CHECK(due(&t, "gift", "2028", "2028-02-29") && !due(&t, "gift", "2028", "2028-02-28"));
    trial_end(&t);
}

TEST(an_anniversary_begins_a_year_after_the_first_order)
{
    struct trial t;
    trial_begin(&t);
    yearly(&t, "first order", 0);
    CHECK_TEXT(trial_state(&t, "gift", day_of("2026-01-01")), "cannot judge");
    trial_buys(&t, day_of("2024-03-10"), 10000);
    CHECK(!due(&t, "gift", "2024", "2024-03-10") && !due(&t, "gift", "2024", "2024-03-12"));
    CHECK(due(&t, "gift", "2025", "2025-03-10"));
    CHECK_INT(of(&t, "gift", "2026", day_of("2026-03-11"))->defence.part, 2);
    trial_end(&t);
}

TEST(an_x_column_may_hold_a_date_or_a_day_of_the_year)
{
    struct trial t;
    trial_begin(&t);
    struct extra x = { "x_birthday", "1970-05-04" };
    t.facts.customer.extras = &x;
    t.facts.customer.n_extras = 1;
    yearly(&t, "x_birthday", 0);
    CHECK(due(&t, "gift", "2026", "2026-05-04"));
    x.value = "05-06";
    CHECK(due(&t, "gift", "2026", "2026-05-06") && !due(&t, "gift", "2026", "2026-05-04"));
    x.value = "soon";
    CHECK_TEXT(trial_state(&t, "gift", day_of("2026-05-04")), "cannot judge");
    trial_end(&t);
}

TEST(a_day_of_the_year_is_read_strictly)
{
    static const char *const wrong[] = { "",      "6-24",  "06-31", "02-30", "13-01", "06-24x",
                                         " 6-24", "06/24", "0624",  "-6-24", "+6-24" };
    int month, day;
    CHECK(month_day_read("02-29", &month, &day) && month == 2 && day == 29);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        if (month_day_read(wrong[i], &month, &day))
            test_fail(__FILE__, __LINE__, "\"%s\" was read as %d-%d", wrong[i], month, day);
}

/* ---- problem ---- */

TEST(each_complaint_that_is_open_too_long_is_a_case)
{
    struct trial t;
    trial_begin(&t);
    struct rule *r = trial_rule(&t, "complaint", RULE_PROBLEM);
    trial_period(&t, &r->after, NULL, PERIOD_WORKING_DAYS, 2);
    struct problem p[] = {
        { .opened = day_of("2026-11-19"), .opened_at = 1000, .closed_at = INSTANT_NONE, .id = "P1" }, /* Thursday */
        { .opened = day_of("2026-11-23"), .opened_at = 2000, .closed_at = INSTANT_NONE, .id = "P2" }
    };
    t.facts.problems = p;
    t.facts.n_problems = 2;
    CHECK(!due(&t, "complaint", "P1", "2026-11-22") && due(&t, "complaint", "P1", "2026-11-23"));
    CHECK(due(&t, "complaint", "P1", "2026-11-25") && due(&t, "complaint", "P2", "2026-11-25"));
    p[0].closed_at = 5000;
    CHECK(of(&t, "complaint", "P1", day_of("2026-11-25")) == NULL && due(&t, "complaint", "P2", "2026-11-25"));
    p[1].closed_at = 5000;
    CHECK_TEXT(trial_state(&t, "complaint", day_of("2026-11-25")), "not yet");
    trial_end(&t);
}

/* ---- decline ---- */

static struct rule *decline(struct trial *t)
{
    struct rule *r = trial_rule(t, "less", RULE_DECLINE);
    r->share = 60;
    r->min_purchases = 2;
    return r;
}

/* Every `gap` days from `first`, n times, for `amount` each. */
static date buys(struct trial *t, date first, int gap, int n, money amount)
{
    for (int i = 0; i < n; i++, first += gap)
        trial_buys(t, first, amount);
    return first;
}

TEST(who_buys_as_often_but_for_less_is_in_decline)
{
    struct trial t;
    trial_begin(&t);
    decline(&t);
    date day = buys(&t, day_of("2025-01-01"), 10, 30, 100000);
    CHECK_TEXT(trial_state(&t, "less", day - 10), "not yet");
    buys(&t, day, 10, 12, 40000);
    date found = DATE_NONE;
    for (date d = day; d < day + 110 && found == DATE_NONE; d++)
        if (strcmp(trial_state(&t, "less", d), "due") == 0)
            found = d;
    CHECK(found > day + 20 && found < day + 60);
    const struct finding *f = trial_finding(&t, "less", found);
    CHECK_INT(f->defence.days, 60);
    CHECK(f->defence.part <= 60 && f->defence.part >= 40);
    CHECK_INT(f->anchor_day, found - 60); /* the window ended yesterday */
    /* The same case on the following days, until less has become usual. */
    char first[16];
    date_print(f->anchor_day, first);
    CHECK(of(&t, "less", first, found + 10) && of(&t, "less", first, found + 10)->state == FINDING_DUE);
    check_next(&t, "less", day - 100, day + 119);
    trial_end(&t);
}

TEST(decline_is_counted_in_occasions_where_amounts_are_missing_or_cannot_be_added)
{
    for (int how = 0; how < 2; how++) {
        struct trial t;
        trial_begin(&t);
        decline(&t);
        t.rules[0].kind = RULE_DECLINE; /* no lapse rule: nobody is late */
        t.rules[0].share = 1;
        date day = buys(&t, day_of("2025-01-01"), 5, 60, how ? 100000 : MONEY_NONE);
        for (size_t i = 0; how && i < t.facts.n_purchases; i++)
            t.purchases[i].currency = i % 2 ? "NOK" : "EUR";
        CHECK_TEXT(trial_state(&t, "less", day), "not yet");
        buys(&t, day, 14, 8, how ? 900000 : MONEY_NONE); /* dearer, but fewer */
        CHECK_TEXT(trial_state(&t, "less", day + 80), "due");
        trial_end(&t);
    }
}

TEST(who_is_late_is_not_in_decline_as_well)
{
    struct trial t;
    trial_begin(&t);
    decline(&t);
    date day = buys(&t, day_of("2025-01-01"), 10, 30, 100000) - 10;
    int both = 0, declined = 0;
    for (date d = day; d < day + 400; d++) {
        bool late = strcmp(trial_state(&t, "lapse", d), "due") == 0,
             less = strcmp(trial_state(&t, "less", d), "due") == 0;
        both += late && less;
        declined += less;
    }
    CHECK_INT(both, 0);
    CHECK_INT(declined, 0);
    check_next(&t, "less", day, day + 400);
    trial_end(&t);
}

TEST(a_young_customer_has_no_usual_to_fall_short_of)
{
    struct trial t;
    trial_begin(&t);
    decline(&t);
    date day = buys(&t, day_of("2025-01-01"), 10, 9, 100000);
    buys(&t, day, 10, 6, 10000);
    CHECK_TEXT(trial_state(&t, "less", day + 50), "not yet");
    trial_end(&t);
}

/* ---- first-order ---- */

TEST(a_prospect_is_due_until_it_orders)
{
    struct trial t;
    trial_begin(&t);
    struct rule *r = trial_rule(&t, "prospect", RULE_FIRST_ORDER);
    trial_period(&t, &r->every, NULL, PERIOD_MONTHS, 1);
    t.facts.customer.since = day_of("2026-01-15");
    CHECK(!due(&t, "prospect", "2026-01-15+1", "2026-02-14") && due(&t, "prospect", "2026-01-15+1", "2026-02-15"));
    CHECK(due(&t, "prospect", "2026-01-15+2", "2026-03-15"));
    trial_buys(&t, day_of("2026-03-20"), 100);
    CHECK(!due(&t, "prospect", "2026-01-15+2", "2026-03-20"));
    CHECK_TEXT(trial_state(&t, "prospect", day_of("2027-03-20")), "not yet");
    trial_end(&t);
}

TEST(what_is_missing_is_said_where_nothing_is_to_be_followed_up)
{
    struct trial t;
    trial_begin(&t);
    trial_period(&t, &trial_rule(&t, "problem", RULE_PROBLEM)->after, NULL, PERIOD_DAYS, 2);
    trial_period(&t, &trial_rule(&t, "first", RULE_FIRST_ORDER)->every, NULL, PERIOD_DAYS, 30);
    trial_rule(&t, "decline", RULE_DECLINE)->share = 60;
    for (int i = 0; i < 60; i++)
        trial_buys(&t, day_of("2025-01-01") + 10 * i, 100);
    date today = t.purchases[59].day + 1;
    CHECK_TEXT(trial_finding(&t, "problem", today)->why, "no complaint is open");
    CHECK_TEXT(trial_finding(&t, "first", today)->why, "it has ordered");
    const struct finding *f = trial_finding(&t, "decline", today);
    CHECK_INT(f->state, FINDING_NOT_YET);
    CHECK(!f->why);
    CHECK_INT(f->defence.part, 100);
    CHECK_INT(f->defence.days, 60);
    CHECK_INT(f->defence.threshold, 60);
    trial_end(&t);
}
