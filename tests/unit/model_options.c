#include "harness/harness.h"
#include "model/options.h"

#include <string.h>

static const char *ladder[] = { "everyone", "regular", "key" };

static const struct options with_ladder = { .categories = { ladder, 3 } }, without_ladder;

static int days_for(const struct options *o, struct period_row *rows, size_t n, const char *key)
{
    struct periods p = { rows, n };
    const struct period *found = period_for(o, &p, key);
    return found ? (int)found->count : -1;
}
#define ROWS(...)                                                                                                      \
    (struct period_row[]){ __VA_ARGS__ }, sizeof((struct period_row[]){ __VA_ARGS__ }) / sizeof(struct period_row)
#define DAYS(n)                                                                                                        \
    {                                                                                                                  \
        PERIOD_DAYS, n                                                                                                 \
    }

TEST(a_key_has_its_own_period_else_the_one_for_all)
{
    CHECK_INT(days_for(&without_ladder, ROWS({ "low", DAYS(1) }, { "high", DAYS(2) }), "high"), 2);
    CHECK_INT(days_for(&without_ladder, ROWS({ "low", DAYS(1) }, { "high", DAYS(2) }), "medium"), -1);
    CHECK_INT(days_for(&without_ladder, ROWS({ "low", DAYS(1) }, { NULL, DAYS(2) }), "medium"), 2);
    CHECK_INT(days_for(&without_ladder, ROWS({ NULL, DAYS(2) }, { "low", DAYS(1) }), "low"), 1);
    CHECK_INT(days_for(&without_ladder, ROWS({ "low", DAYS(1) }, { NULL, DAYS(2) }), NULL), 2);
    CHECK_INT(days_for(&without_ladder, ROWS({ "low", DAYS(1) }), NULL), -1);
    CHECK_INT(days_for(&without_ladder, ROWS({ "everyone", DAYS(4) }, { "low", DAYS(1) }), "medium"), 4);
    CHECK_INT(days_for(&without_ladder, ROWS({ "everyone", DAYS(4) }), NULL), 4);
    CHECK_INT(days_for(&without_ladder, ROWS({ "Low", DAYS(1) }), "low"), -1); /* names are what they are */
    CHECK(!period_for(&without_ladder, &(struct periods){ 0 }, "low") &&
          !period_for(&without_ladder, &(struct periods){ 0 }, NULL));
}

TEST(on_the_ladder_the_nearest_lower_rung_holds)
{
    CHECK_INT(days_for(&with_ladder, ROWS({ "everyone", DAYS(1) }, { "key", DAYS(3) }), "everyone"), 1);
    CHECK_INT(days_for(&with_ladder, ROWS({ "everyone", DAYS(1) }, { "key", DAYS(3) }), "regular"), 1);
    CHECK_INT(days_for(&with_ladder, ROWS({ "everyone", DAYS(1) }, { "key", DAYS(3) }), "key"), 3);
    CHECK_INT(days_for(&with_ladder, ROWS({ "everyone", DAYS(1) }, { "regular", DAYS(2) }), "key"), 2);
    CHECK_INT(days_for(&with_ladder, ROWS({ "key", DAYS(3) }), "regular"), -1); /* never from above */
    CHECK_INT(days_for(&with_ladder, ROWS({ "key", DAYS(3) }, { NULL, DAYS(9) }), "regular"), 9);
    CHECK_INT(days_for(&with_ladder, ROWS({ "regular", DAYS(2) }, { NULL, DAYS(9) }), "key"), 2);
    CHECK_INT(days_for(&with_ladder, ROWS({ "regular", DAYS(2) }, { NULL, DAYS(9) }), "elsewhere"), 9);
    CHECK_INT(days_for(&with_ladder, ROWS({ "everyone", DAYS(1) }, { "key", DAYS(3) }), "elsewhere"),
              1); /* everyone is everyone */
    CHECK_INT(days_for(&with_ladder, ROWS({ "everyone", DAYS(1) }, { "key", DAYS(3) }), NULL), 1);
    CHECK_INT(days_for(&with_ladder, ROWS({ "elsewhere", DAYS(5) }, { "everyone", DAYS(1) }), "elsewhere"), 5);
}

TEST(rungs_are_counted_from_the_bottom)
{
    CHECK_INT(category_rung(&with_ladder, "everyone"), 0);
    CHECK_INT(category_rung(&with_ladder, "key"), 2);
    CHECK_INT(category_rung(&with_ladder, "elsewhere"), -1);
    CHECK_INT(category_rung(&with_ladder, NULL), -1);
    CHECK_INT(category_rung(&without_ladder, "everyone"), -1);
}

TEST(kinds_of_rules_have_names_there_and_back)
{
    for (int kind = 0; kind < RULE_KINDS; kind++)
        CHECK_INT(rule_kind_named(rule_kind_name((enum rule_kind)kind)), kind);
    CHECK_INT(rule_kind_named(""), RULE_KINDS);
    CHECK_INT(rule_kind_named("lapses"), RULE_KINDS);
}

TEST(rules_offers_and_channels_are_found_by_name)
{
    struct rule rules[] = { { .id = "lapse" }, { .id = "review" } };
    struct offer_terms offers[] = { { .id = "welcome" }, { .id = "back" } };
    struct channel_options channels[] = { { .name = "email" }, { .name = "folder" } };
    struct options o = {
        .rules = rules, .offers = offers, .channels = channels, .n_rules = 2, .n_offers = 2, .n_channels = 2
    };
    CHECK(rule_find(&o, "review") == &rules[1] && !rule_find(&o, "revie"));
    CHECK(offer_find(&o, "back") == &offers[1] && !offer_find(&o, "Back") && !offer_find(&o, NULL));
    CHECK(channel_find(&o, "email") == &channels[0] && !channel_find(&o, ""));
}
