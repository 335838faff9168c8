#include "harness/harness.h"
#include "plan/route.h"

#include <stdio.h>
#include <string.h>

#define TODAY 20000

/* ---- who is told ---- */

/* Anna (1) reports to Bo (2), he to Cleo (3). Dag (4) is Anna's deputy; Eva (9) is the configured person. */
static struct salesperson rows[] = {
    { .id = "1", .name = "Anna", .email = "a", .manager = "2", .deputy = "4", .away_until = DATE_NONE, .active = true },
    { .id = "2", .name = "Bo", .email = "b", .manager = "3", .away_until = DATE_NONE, .active = true },
    { .id = "3", .name = "Cleo", .email = "c", .away_until = DATE_NONE, .active = true },
    { .id = "4", .name = "Dag", .email = "d", .away_until = DATE_NONE, .active = true },
    { .id = "9", .name = "Eva", .email = "e", .away_until = DATE_NONE, .active = true },
};
enum { ANNA, BO, CLEO, DAG, EVA, EVERYONE };

struct office {
    struct salesperson rows[EVERYONE];
    struct people people;
    int asked;
};

static void begin(struct office *o)
{
    *o = (struct office){ 0 };
    memcpy(o->rows, rows, sizeof rows);
    o->people = (struct people){ o->rows, EVERYONE };
}

static bool has_address(const void *context, const struct salesperson *s)
{
    ((struct office *)context)->asked++;
    return s->email != NULL;
}

static const char *told(struct office *o, const char *owner)
{
    const struct salesperson *s = route(&o->people, owner, "9", TODAY, has_address, o);
    return s ? s->name : "nobody";
}

TEST(the_owner_is_told)
{
    struct office o;
    begin(&o);
    CHECK_TEXT(told(&o, "1"), "Anna");
    CHECK_TEXT(told(&o, "3"), "Cleo");
}

TEST(the_last_day_away_is_a_day_away)
{
    struct office o;
    begin(&o);
    o.rows[ANNA].away_until = TODAY;
    CHECK_TEXT(told(&o, "1"), "Dag");
    o.rows[ANNA].away_until = TODAY - 1;
    CHECK_TEXT(told(&o, "1"), "Anna");
}

/* Takes somebody out of the route in every way there is. */
static void check_without(struct office *o, int who, const char *next)
{
    struct salesperson kept = o->rows[who];
    o->rows[who].active = false;
    CHECK_TEXT(told(o, "1"), next);
    o->rows[who] = kept;
    o->rows[who].email = NULL;
    CHECK_TEXT(told(o, "1"), next);
    o->rows[who] = kept;
    o->rows[who].away_until = TODAY + 5;
    CHECK_TEXT(told(o, "1"), next); /* who is away stays away */
}

TEST(deputy_then_manager_then_theirs_then_the_configured_person)
{
    struct office o;
    begin(&o);
    check_without(&o, ANNA, "Dag");
    check_without(&o, DAG, "Bo");
    check_without(&o, BO, "Cleo");
    o.rows[BO].deputy = "9";
    CHECK_TEXT(told(&o, "1"), "Eva"); /* a manager's deputy comes before the manager's manager */
    o.rows[BO].deputy = "404";
    check_without(&o, CLEO, "Eva");
}

TEST(customers_of_nobody_or_of_somebody_unknown_go_to_the_configured_person)
{
    struct office o;
    begin(&o);
    CHECK_TEXT(told(&o, NULL), "Eva");
    CHECK_TEXT(told(&o, ""), "Eva");
    CHECK_TEXT(told(&o, "404"), "Eva");
    CHECK_TEXT(told(&o, "01"), "Eva"); /* not 1 */
    o.rows[ANNA].active = false;
    o.rows[ANNA].deputy = o.rows[ANNA].manager = "404";
    CHECK_TEXT(told(&o, "1"), "Eva");
}

TEST(better_the_configured_person_on_holiday_than_nobody_but_nobody_who_left)
{
    struct office o;
    begin(&o);
    o.rows[EVA].away_until = TODAY + 5;
    CHECK_TEXT(told(&o, NULL), "Eva");
    o.rows[EVA].active = false;
    CHECK_TEXT(told(&o, NULL), "nobody");
    begin(&o);
    o.rows[EVA].email = NULL;
    CHECK_TEXT(told(&o, NULL), "nobody");
    CHECK_TEXT(told(&o, "1"), "Anna");
    CHECK(!route(&o.people, NULL, NULL, TODAY, has_address, &o));
    CHECK(!route(&o.people, "404", "404", TODAY, has_address, &o));
    o.people = (struct people){ 0 };
    CHECK_TEXT(told(&o, "1"), "nobody");
}

TEST(the_configured_person_has_a_deputy_and_a_manager_too)
{
    struct office o;
    begin(&o);
    o.rows[EVA].away_until = TODAY + 5;
    o.rows[EVA].deputy = "4";
    o.rows[EVA].manager = "3";
    CHECK_TEXT(told(&o, NULL), "Dag");
    o.rows[DAG].active = false;
    CHECK_TEXT(told(&o, NULL), "Cleo");
    o.rows[CLEO].email = NULL;
    CHECK_TEXT(told(&o, NULL), "Eva");
    o.rows[EVA].active = false; /* whoever has left still leads to those who are there */
    o.rows[DAG].active = true;
    CHECK_TEXT(told(&o, NULL), "Dag");
}

TEST(whoever_is_away_or_gone_is_replaced_by_their_own_deputy_only)
{
    struct office o;
    begin(&o);
    o.rows[DAG].deputy = "9"; /* a deputy's deputy is nobody's */
    o.rows[ANNA].away_until = o.rows[DAG].away_until = TODAY;
    CHECK_TEXT(told(&o, "1"), "Bo");
}

TEST(a_reporting_line_that_loops_ends)
{
    struct office o;
    begin(&o);
    for (int i = ANNA; i <= CLEO; i++)
        o.rows[i].email = NULL;
    o.rows[DAG].email = NULL;
    o.rows[CLEO].manager = "1";
    CHECK_TEXT(told(&o, "1"), "Eva");
    CHECK(o.asked <= 3 * 16);
    o.rows[ANNA].manager = o.rows[ANNA].deputy = "1"; /* one's own manager and deputy */
    CHECK_TEXT(told(&o, "1"), "Eva");
}

TEST(a_reporting_line_is_followed_sixteen_steps_up)
{
    static char ids[40][12];
    struct salesperson line[40];
    for (int i = 0; i < 40; i++) {
        snprintf(ids[i], sizeof ids[i], "%d", 10 + i);
        line[i] = (struct salesperson){ .id = ids[i], .away_until = DATE_NONE, .active = true };
    }
    for (int i = 0; i < 39; i++)
        line[i].manager = ids[i + 1];
    struct office o = { .people = { line, 40 } };
    line[39].email = "configured";
    for (int top = 0; top < 39; top++) {
        line[top].email = "x";
        const struct salesperson *s = route(&o.people, "10", "49", TODAY, has_address, &o);
        CHECK_TEXT(s->id, top < 16 ? ids[top] : "49");
        line[top].email = NULL;
    }
}

/* Whoever is missing: somebody who works here and can be reached is told, as long as the route knows one. */
TEST(nobody_is_told_only_where_nobody_can_be)
{
    for (int state = 0; state < 4 * 4 * 4 * 4 * 4; state++) {
        struct office o;
        begin(&o);
        int left = 0;
        for (int i = 0, s = state; i < EVERYONE; i++, s /= 4) {
            o.rows[i].active = s % 4 != 1;
            o.rows[i].email = s % 4 == 2 ? NULL : "x";
            o.rows[i].away_until = s % 4 == 3 ? TODAY : DATE_NONE;
            left += s % 4 == 0 || (i == EVA && s % 4 == 3);
        }
        const struct salesperson *s = route(&o.people, "1", "9", TODAY, has_address, &o);
        CHECK(!s == !left);
        CHECK(!s || (s->active && s->email && (s->away_until == DATE_NONE || s == &o.rows[EVA])));
        CHECK(!s || s != &o.rows[EVA] || left == 1); /* the configured person only where all others are missing */
    }
}

/* ---- how long to wait ---- */

TEST(tries_are_1_2_4_to_60_minutes_apart_give_or_take_a_fifth)
{
    static const int minutes[] = { 1, 1, 2, 4, 8, 16, 32, 60, 60, 60 }; /* from n = 0: as if it were the first */
    struct chance c;
    chance_seed(&c, 1);
    for (int n = 0; n < 10; n++) {
        duration least = DAY, most = 0;
        for (int i = 0; i < 2000; i++) {
            duration wait = backoff(n, 0, &c);
            least = wait < least ? wait : least;
            most = wait > most ? wait : most;
        }
        duration middle = minutes[n] * MINUTE;
        CHECK(least >= middle * 8 / 10 && most <= middle * 12 / 10);
        CHECK(least < middle * 81 / 100 && most > middle * 119 / 100); /* all of the span is used */
    }
}

TEST(any_number_of_tries_has_a_wait)
{
    struct chance c;
    chance_seed(&c, 2);
    static const int numbers[] = { INT32_MIN, -1, 0, 31, 32, 63, 64, 65, 1000, INT32_MAX };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        duration wait = backoff(numbers[i], 0, &c);
        CHECK(wait >= 48 * SECOND && wait <= 72 * MINUTE);
    }
}

TEST(what_a_server_asks_for_is_honoured_up_to_six_hours)
{
    struct chance c;
    chance_seed(&c, 3);
    CHECK_INT(backoff(1, 30 * MINUTE, &c), 30 * MINUTE);
    CHECK_INT(backoff(1, 6 * HOUR, &c), 6 * HOUR);
    CHECK_INT(backoff(1, 6 * HOUR + 1, &c), 6 * HOUR);
    CHECK_INT(backoff(1, INT64_MAX, &c), 6 * HOUR);
    CHECK(backoff(7, 5 * MINUTE, &c) >= 48 * MINUTE); /* it asks for a minimum only */
    CHECK(backoff(1, INT64_MIN, &c) >= 48 * SECOND);
}

TEST(the_same_seed_waits_the_same)
{
    struct chance a, b;
    chance_seed(&a, 7);
    chance_seed(&b, 7);
    for (int n = 1; n < 50; n++)
        CHECK_INT(backoff(n % 9, 0, &a), backoff(n % 9, 0, &b));
}

/* ---- has the data stopped? ---- */

static void check_feed_of(const char *hours, const struct holidays *off, const char *newest, int longest_gap,
                          int allowed)
{
    date day;
    int limit = -1;
    struct hours h;
    struct err e;
    CHECK(date_read(newest, &day));
    CHECK_OK(hours_read(hours, &h, &e), &e);
    CHECK(!feed_stale(day, longest_gap, &h, off, day + allowed, &limit));
    CHECK_INT(limit, allowed);
    CHECK(feed_stale(day, longest_gap, &h, off, day + allowed + 1, &limit));
    CHECK_INT(limit, allowed);
    CHECK(!feed_stale(day, longest_gap, &h, off, day - 3, &limit)); /* a clock put back */
}

static void check_feed(const char *newest, int longest_gap, int allowed)
{
    check_feed_of("mon-fri 08:30-17:00", NULL, newest, longest_gap, allowed);
}

TEST(three_times_the_longest_gap_is_allowed_to_a_feed)
{
    check_feed("2026-11-16", 1, 3); /* a Monday */
    check_feed("2026-11-16", 4, 12);
    check_feed("2026-11-16", 9, 27);
}

TEST(at_least_two_working_days_are_allowed)
{
    check_feed("2026-11-20", 1, 4); /* a Friday: Saturday, Sunday, Monday, Tuesday */
    check_feed("2026-11-21", 1, 3); /* a Saturday */
    check_feed("2026-11-19", 1, 4); /* a Thursday: over Monday */
    check_feed("2026-11-20", 2, 6);
}

TEST(the_working_days_that_are_allowed_are_those_of_the_company)
{
    date off[60];
    struct holidays christmas = { off, 4, 0 }, long_pause = { off, 60, 0 };
    CHECK(date_read("2026-12-24", &off[0]));
    for (int i = 1; i < 60; i++)
        off[i] = off[0] + i;
    check_feed_of("sun-thu 09:00-17:00", NULL, "2026-11-19", 1, 4); /* a Thursday: over the weekend, Sunday, Monday */
    check_feed_of("mon-sat 09:00-17:00", NULL, "2026-11-20", 1, 3); /* a Friday: Saturday and Monday */
    check_feed_of("mon-fri 08:30-17:00", &christmas, "2026-12-23", 1, 6);
    check_feed_of("mon-fri 08:30-17:00", &long_pause, "2026-12-23", 1, 30);
    check_feed_of("mon 08:30-17:00", NULL, "2026-11-16", 1, 14);
}

TEST(at_most_thirty_days_are_allowed_and_as_many_where_no_gap_is_known)
{
    check_feed("2026-11-16", 10, 30);
    check_feed("2026-11-16", 11, 30);
    check_feed("2026-11-16", 366, 30);
    check_feed("2026-11-16", INT32_MAX, 30);
    check_feed("2026-11-16", 0, 30);
}
