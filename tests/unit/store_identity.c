/* Rules and customers that become others: their memory, and what of two same cases stays. */
#include "harness/harness.h"
#include "store/identity.h"
#include "store/ledger.h"
#include "store_vault.h"

#include <stdio.h>

enum { NOW = 1000 };

static struct episode add(struct vault *t, const char *rule, enum rule_kind kind, const char *customer,
                          const char *occasion)
{
    struct episode ep = vault_episode(customer, occasion);
    struct err e = { "" };
    ep.rule = rule;
    ep.kind = kind;
    vault_begin(t->store);
    CHECK_OK(episode_add(t->store, &ep, &e), &e);
    vault_commit(t->store);
    return ep;
}

static void move(struct vault *t, struct episode *ep, enum episode_state to, instant told_at)
{
    struct err e = { "" };
    vault_begin(t->store);
    if (told_at != INSTANT_NONE) {
        CHECK_OK(episode_move(t->store, ep, EPISODE_DUE, NULL, INSTANT_NONE, told_at, &e), &e);
        CHECK_OK(episode_told(t->store, ep, told_at, &e), &e);
        CHECK_OK(episode_move(t->store, ep, EPISODE_TOLD, NULL, INSTANT_NONE, told_at, &e), &e);
    }
    if (ep->state != to)
        CHECK_OK(episode_move(t->store, ep, to, "x", INSTANT_NONE, NOW, &e), &e);
    vault_commit(t->store);
}

static long merge(struct vault *t, const char *from, const char *to)
{
    struct err e = { "" };
    long moved = -1;
    vault_begin(t->store);
    CHECK_OK(customer_take_over(t->store, from, to, NOW, &moved, &e), &e);
    vault_commit(t->store);
    return moved;
}

static long replace(struct vault *t, const char *from, const char *to, enum rule_kind kind)
{
    struct err e = { "" };
    long moved = -1;
    vault_begin(t->store);
    CHECK_OK(rule_take_over(t->store, from, to, kind, NOW, &moved, &e), &e);
    vault_commit(t->store);
    return moved;
}

/* "rule customer occasion state", one a row, in order of their numbers. */
static const char *all(struct vault *t)
{
    return vault_sql(t, "SELECT group_concat(rule || ' ' || customer || ' ' || occasion || ' ' || state, ', ') "
                        "FROM (SELECT * FROM episode ORDER BY id)");
}

/* ---- rules ---- */

TEST(a_rule_takes_over_what_another_of_its_kind_remembers)
{
    struct vault t;
    vault_open(&t);
    struct episode ep = add(&t, "old", RULE_LAPSE, "1", "a");
    add(&t, "old", RULE_REVIEW, "1", "b");
    add(&t, "other", RULE_LAPSE, "1", "a");
    move(&t, &ep, EPISODE_DONE, 500);
    CHECK_INT(replace(&t, "old", "new", RULE_LAPSE), 1);
    CHECK_TEXT(all(&t), "new 1 a done, old 1 b held, other 1 a held");
    CHECK_INT(replace(&t, "old", "new", RULE_LAPSE), 0);
    vault_close(&t);
}

TEST(of_two_rules_with_the_same_case_the_one_told_first_goes_on)
{
    struct vault t;
    vault_open(&t);
    struct episode told = add(&t, "old", RULE_LAPSE, "1", "a");
    move(&t, &told, EPISODE_TOLD, 500);
    add(&t, "new", RULE_LAPSE, "1", "a");
    add(&t, "old", RULE_LAPSE, "2", "a");
    struct episode answered = add(&t, "new", RULE_LAPSE, "2", "a");
    move(&t, &answered, EPISODE_LOST, 600);
    CHECK_INT(replace(&t, "old", "new", RULE_LAPSE), 2);
    CHECK_TEXT(all(&t), "new 1 a told, new 1 a (2) withdrawn, new 2 a (3) withdrawn, new 2 a lost");
    CHECK_TEXT(vault_sql(&t, "SELECT reason FROM episode WHERE id = 2"),
               "rule old was taken over, which had the same case");
    vault_close(&t);
}

TEST(rules_with_open_episodes_are_counted_by_kind)
{
    struct vault t;
    struct rule_use *uses;
    size_t n;
    struct err e = { "" };
    vault_open(&t);
    struct episode done = add(&t, "b", RULE_VISIT, "1", "x");
    move(&t, &done, EPISODE_DONE, INSTANT_NONE);
    add(&t, "a", RULE_LAPSE, "1", "x");
    add(&t, "a", RULE_LAPSE, "2", "x");
    CHECK_OK(rules_in_use(t.store, &t.arena, &uses, &n, &e), &e);
    CHECK_INT(n, 1);
    CHECK_TEXT(uses[0].rule, "a");
    CHECK_INT(uses[0].kind, RULE_LAPSE);
    CHECK_INT(uses[0].open, 2);
    vault_close(&t);
}

TEST(retiring_ends_what_is_open_says_who_did_it_and_holds_until_it_is_taken_back)
{
    struct vault t;
    struct err e = { "" };
    long n = 0;
    bool retired;
    vault_open(&t);
    struct episode told = add(&t, "old", RULE_LAPSE, "1", "a"), lost = add(&t, "old", RULE_LAPSE, "2", "a");
    add(&t, "other", RULE_LAPSE, "1", "a");
    move(&t, &told, EPISODE_TOLD, 500);
    move(&t, &lost, EPISODE_LOST, 500);
    vault_begin(t.store);
    CHECK_OK(rule_retire(t.store, "old", "eva", NOW, &n, &e), &e);
    vault_commit(t.store);
    CHECK_INT(n, 1);
    CHECK_TEXT(all(&t), "old 1 a withdrawn, old 2 a lost, other 1 a held");
    CHECK_TEXT(vault_sql(&t, "SELECT group_concat(actor || ': ' || line, ', ') FROM history"),
               "eva: old withdrawn: the rule was retired, eva: rule old retired");
    CHECK(rule_retired(t.store, "old", &retired, &e) && retired);
    CHECK(rule_retired(t.store, "other", &retired, &e) && !retired);
    vault_begin(t.store);
    CHECK(!rule_retire(t.store, "old", "eva", NOW, &n, &e));
    CHECK_TEXT(e.text, "rule old has no open follow-up: there is nothing to retire");
    CHECK(rule_set_retired(t.store, "old", false, &e) && rule_retired(t.store, "old", &retired, &e) && !retired);
    vault_commit(t.store);
    vault_close(&t);
}

/* ---- customers ---- */

TEST(everything_remembered_of_a_customer_goes_to_the_one_it_became)
{
    struct vault t;
    struct err e = { "" };
    date day;
    vault_open(&t);
    add(&t, "lapse", RULE_LAPSE, "7", "a");
    vault_begin(t.store);
    struct contact call = { .at = 100, .kind = "call" };
    CHECK_OK(contact_add(t.store, "7", &call, "anna", 100, &e), &e);
    CHECK_OK(history_add(t.store, 100, "7", "anna", "call", &e), &e);
    CHECK(seen_day(t.store, "7", 50, &day, &e) && seen_day(t.store, "17", 60, &day, &e));
    vault_commit(t.store);
    CHECK_INT(merge(&t, "7", "17"), 4);
    CHECK_TEXT(all(&t), "lapse 17 a held");
    CHECK_TEXT(vault_sql(&t, "SELECT customer FROM contact"), "17");
    CHECK_TEXT(vault_sql(&t, "SELECT customer FROM history"), "17");
    CHECK_TEXT(vault_sql(&t, "SELECT group_concat(customer || ' ' || day) FROM seen"), "17 50");
    CHECK_INT(merge(&t, "7", "17"), 0); /* once more is nothing */
    CHECK_INT(merge(&t, "404", "17"), 0);
    vault_close(&t);
}

TEST(merged_customers_with_the_same_case_keep_the_one_told_first)
{
    struct vault t;
    vault_open(&t);
    struct episode later = add(&t, "lapse", RULE_LAPSE, "7", "a"), first = add(&t, "lapse", RULE_LAPSE, "17", "a");
    move(&t, &later, EPISODE_TOLD, 600);
    move(&t, &first, EPISODE_TOLD, 500);
    merge(&t, "7", "17");
    CHECK_TEXT(all(&t), "lapse 17 a (1) withdrawn, lapse 17 a told");
    vault_close(&t);
}

TEST(merged_customers_have_one_open_case_where_a_rule_has_one)
{
    struct vault t;
    vault_open(&t);
    struct episode told = add(&t, "lapse", RULE_LAPSE, "7", "a");
    move(&t, &told, EPISODE_TOLD, 500);
    add(&t, "lapse", RULE_LAPSE, "17", "b"); /* the same silence, dated by another last purchase */
    struct episode over = add(&t, "lapse", RULE_LAPSE, "17", "c");
    move(&t, &over, EPISODE_DONE, 300);
    add(&t, "service", RULE_AFTER_SALE, "7", "order 1");
    add(&t, "service", RULE_AFTER_SALE, "17", "order 2"); /* each order is owed its own */
    merge(&t, "7", "17");
    CHECK_TEXT(all(&t), "lapse 17 a told, lapse 17 b (2) withdrawn, lapse 17 c done, service 17 order 1 held, "
                        "service 17 order 2 held");
    vault_close(&t);
}

/* Whatever states they are in: both keep a key of their own, one case at most stays open, and what was told goes on. */
TEST(any_two_episodes_of_merged_customers_leave_at_most_one_open)
{
    static const enum episode_state states[] = { EPISODE_HELD, EPISODE_DUE, EPISODE_TOLD, EPISODE_DONE,
                                                 EPISODE_WITHDRAWN };
    for (int i = 0; i < 5 * 5 * 2; i++) {
        struct vault t;
        vault_open(&t);
        struct episode a = add(&t, "lapse", RULE_LAPSE, "1", "x"),
                       b = add(&t, "lapse", RULE_LAPSE, "2", i % 2 ? "x" : "y");
        enum episode_state to_a = states[i / 2 % 5], to_b = states[i / 10];
        move(&t, &a, to_a, to_a == EPISODE_TOLD ? 10 : INSTANT_NONE);
        move(&t, &b, to_b, to_b == EPISODE_TOLD ? 20 : INSTANT_NONE);
        merge(&t, "1", "2");
        CHECK_TEXT(vault_sql(&t, "SELECT count(*) FROM episode WHERE customer = '2'"), "2");
        CHECK_TEXT(vault_sql(&t, "SELECT count(*) > 1 FROM episode WHERE state IN ('held', 'due', 'told')"), "0");
        if (to_a == EPISODE_TOLD || to_b == EPISODE_TOLD)
            CHECK_TEXT(vault_sql(&t, "SELECT count(*) FROM episode WHERE state = 'told'"), "1");
        vault_close(&t);
    }
}
