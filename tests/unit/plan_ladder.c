/* The ladder of categories, told as a table: what every customer gets, then more for each higher category. */
#include "base/buf.h"
#include "harness/harness.h"
#include "plan_trial.h"

#include <string.h>

static const char *const rungs[] = { "everyone", "regular", "key" };

/* The keeping plan of sales-practice.md: a survey, a check-in mail and a summer gift for all; a meeting once a year for
 * the smallest, every quarter for the large; service after the first order for all, after every order for the large. */
static void begin(struct trial *t)
{
    trial_begin(t);
    t->options.categories = (struct words){ (const char **)rungs, 3 };
    struct rule *r = trial_rule(t, "survey", RULE_OCCASION);
    r->on = "01-15";
    r = trial_rule(t, "gift", RULE_OCCASION);
    r->on = "06-24";
    r->who = trial_words(t, "everyone", NULL);
    r = trial_rule(t, "better-gift", RULE_OCCASION);
    r->on = "06-24";
    r->who = trial_words(t, "key", NULL);
    r = trial_rule(t, "dinner", RULE_OCCASION);
    r->on = "11-20";
    r->who = trial_words(t, "key", NULL);
    r = trial_rule(t, "mail", RULE_VISIT);
    r->counts = trial_words(t, "mail", NULL);
    trial_period(t, &r->every, NULL, PERIOD_MONTHS, 1);
    r = trial_rule(t, "meeting", RULE_VISIT);
    r->counts = trial_words(t, "visit", "call", NULL);
    trial_period(t, &r->every, "everyone", PERIOD_MONTHS, 12);
    trial_period(t, &r->every, "key", PERIOD_MONTHS, 3);
    r = trial_rule(t, "on-site", RULE_VISIT);
    r->who = trial_words(t, "furniture", NULL);
    r->counts = trial_words(t, "visit", NULL);
    trial_period(t, &r->every, NULL, PERIOD_MONTHS, 6);
    r = trial_rule(t, "service", RULE_AFTER_SALE);
    r->who = trial_words(t, "everyone", NULL);
    trial_period(t, &r->steps, NULL, PERIOD_DAYS, 1);
    r = trial_rule(t, "more-service", RULE_AFTER_SALE);
    r->who = trial_words(t, "key", NULL);
    r->orders = ORDERS_EVERY;
    trial_period(t, &r->steps, NULL, PERIOD_DAYS, 1);
}

/* The rules that hold for a category; behind a visit the months of its period. */
static const char *held(struct trial *t, const char *category)
{
    struct buf b = { 0 };
    struct finding *rows;
    t->facts.customer.category = category;
    size_t n = trial_judge(t, day_of("2026-03-01"), &rows);
    for (size_t i = 0; i < n; i++) {
        const struct period *every = period_for(&t->options, &rows[i].rule->every, category);
        buf_print(&b, "%s%s", i ? " " : "", rows[i].rule->id);
        if (rows[i].rule->kind == RULE_VISIT)
            buf_print(&b, "/%g", every ? every->count : 0);
    }
    const char *text = arena_copy(&t->arena, buf_text(&b));
    buf_done(&b);
    return text;
}

TEST(what_every_customer_gets_then_more_for_each_higher_category)
{
    static const struct {
        const char *category, *holds;
    } table[] = {
        { "everyone", "lapse survey gift mail/1 meeting/12 service" },
        { "regular", "lapse survey gift mail/1 meeting/12 service" },
        { "key", "lapse survey better-gift dinner mail/1 meeting/3 more-service" },
        { "furniture", "lapse survey gift mail/1 on-site/6 service" }, /* beside the ladder, by its own name */
        { "elsewhere", "lapse survey gift mail/1 meeting/12 service" },
        { NULL, "lapse survey gift mail/1 meeting/12 service" },
    };
    struct trial t;
    begin(&t);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        CHECK_TEXT(held(&t, table[i].category), table[i].holds);
    trial_end(&t);
}

/* Each rung gets all that the rung below it gets, or something about the same thing in its place. */
TEST(nobody_gets_less_by_climbing_the_ladder)
{
    struct trial t;
    begin(&t);
    size_t below = 0;
    for (size_t i = 0; i < 3; i++) {
        struct finding *rows;
        t.facts.customer.category = rungs[i];
        size_t n = trial_judge(&t, day_of("2026-03-01"), &rows);
        CHECK(n >= below);
        below = n;
    }
    trial_end(&t);
}

TEST(a_ladder_without_a_rung_called_everyone_still_knows_everyone)
{
    struct trial t;
    begin(&t);
    t.options.categories = (struct words){ (const char **)rungs + 1, 2 };
    CHECK_TEXT(held(&t, "regular"), "lapse survey gift mail/1 meeting/12 service");
    CHECK_TEXT(held(&t, "key"), "lapse survey better-gift dinner mail/1 meeting/3 more-service");
    t.options.categories = (struct words){ 0 };
    CHECK_TEXT(held(&t, "key"), "lapse survey better-gift dinner mail/1 meeting/3 more-service");
    CHECK_TEXT(held(&t, "regular"), "lapse survey gift mail/1 meeting/12 service");
    trial_end(&t);
}
