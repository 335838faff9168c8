/* The clock went back: what was written by the wrong one. */
#include "harness/harness.h"
#include "store/ledger.h"
#include "store_vault.h"

#define NOW ((instant)1000 * DAY)
#define WRONG (NOW + 365 * DAY)

static void take_back(struct vault *t)
{
    struct err e = { "" };
    vault_begin(t->store);
    CHECK_OK(store_take_back(t->store, NOW, 1000, &e), &e);
    vault_commit(t->store);
}

TEST(what_waited_in_a_future_that_was_none_waits_from_now_on)
{
    struct vault t;
    vault_open(&t);
    vault_add(&t, "wrong", "a");
    vault_add(&t, "right", "b");
    vault_sql(&t, "UPDATE episode SET state = 'told', changed_at = 1365 * 86400000, told_at = 1365 * 86400000, "
                  "opened_at = 1365 * 86400000, "
                  "next_at = 1372 * 86400000 WHERE customer = 'wrong'");
    vault_sql(&t, "UPDATE episode SET state = 'snoozed', changed_at = 900 * 86400000, next_at = 1100 * 86400000 WHERE "
                  "customer = 'right'");
    take_back(&t);
    CHECK_TEXT(
        vault_sql(&t,
                  "SELECT (told_at / 86400000) || ' ' || (opened_at / 86400000) || ' ' || (next_at / 86400000) FROM episode "
                  "WHERE customer = 'wrong'"),
        "1000 1000 1007");
    CHECK_TEXT(
        vault_sql(&t,
                  "SELECT (changed_at / 86400000) || ' ' || (next_at / 86400000) FROM episode WHERE customer = 'right'"),
        "900 1100");
    vault_close(&t);
}

TEST(what_was_told_in_that_future_counts_today_against_the_cap)
{
    struct vault t;
    struct err e = { "" };
    long all, backlog;
    vault_open(&t);
    struct episode ep = vault_add(&t, "1", "a");
    struct message m = vault_message(&t, "7");
    vault_begin(t.store);
    CHECK_OK(telling_add(t.store, ep.id, 0, "7", m.id, 1365, false, &e), &e);
    CHECK_OK(message_move(t.store, &m, MESSAGE_SENDING, WRONG, false, WRONG, &e), &e);
    CHECK_OK(message_move(t.store, &m, MESSAGE_SENT, WRONG, true, WRONG, &e), &e);
    vault_commit(t.store);
    take_back(&t);
    CHECK_OK(tellings_since(t.store, "7", 1000, &all, &backlog, &e), &e);
    CHECK_INT(all, 1);
    CHECK_OK(tellings_since(t.store, "7", 1001, &all, &backlog, &e), &e);
    CHECK_INT(all, 0);
    CHECK_TEXT(vault_sql(&t, "SELECT settled_at / 86400000 FROM message"), "1000");
    vault_close(&t);
}

TEST(a_message_that_was_to_be_tried_in_that_future_is_tried_now)
{
    struct vault t;
    vault_open(&t);
    vault_message(&t, "7");
    vault_sql(&t, "UPDATE message SET not_before = 1365 * 86400000, claimed_at = 1365 * 86400000");
    take_back(&t);
    CHECK_TEXT(vault_sql(&t, "SELECT (not_before / 86400000) || ' ' || (claimed_at / 86400000) FROM message"), "1000 1000");
    vault_close(&t);
}

TEST(nobody_is_missed_met_or_spoken_with_in_the_future)
{
    struct vault t;
    struct err e = { "" };
    date day;
    int64_t missing;
    struct contact c = { .at = WRONG, .kind = "call" };
    vault_open(&t);
    vault_begin(t.store);
    CHECK_OK(seen_day(t.store, "1", 1365, &day, &e), &e);
    CHECK_OK(seen_day(t.store, "2", 900, &day, &e), &e);
    CHECK_OK(store_set_number(t.store, "missing 1", WRONG, &e), &e);
    CHECK_OK(store_set_number(t.store, "missing 2", NOW - DAY, &e), &e);
    CHECK_OK(contact_add(t.store, "1", &c, "somebody", WRONG, &e), &e);
    vault_commit(t.store);
    take_back(&t);
    CHECK_OK(seen_get(t.store, "1", &day, &e), &e);
    CHECK_INT(day, 1000);
    CHECK_OK(seen_get(t.store, "2", &day, &e), &e);
    CHECK_INT(day, 900);
    CHECK_OK(store_number(t.store, "missing 1", 0, &missing, &e), &e);
    CHECK_INT(missing, 0);
    CHECK_OK(store_number(t.store, "missing 2", 0, &missing, &e), &e);
    CHECK_INT(missing, NOW - DAY);
    CHECK_TEXT(vault_sql(&t, "SELECT at / 86400000 FROM contact"), "1000");
    vault_close(&t);
}

TEST(alerts_of_that_future_are_of_today_and_at_most_one_a_cause)
{
    struct vault t;
    struct err e = { "" };
    bool fresh;
    struct alert *alerts;
    size_t n;
    vault_open(&t);
    vault_begin(t.store);
    CHECK_OK(alert_raise(t.store, "clock", 1365, "ahead", "ahead", WRONG, &fresh, &e), &e);
    CHECK_OK(alert_raise(t.store, "feed", 1365, "stale", NULL, WRONG, &fresh, &e), &e);
    CHECK_OK(alert_raise(t.store, "feed", 1000, "stale", NULL, NOW, &fresh, &e), &e);
    vault_commit(t.store);
    take_back(&t);
    CHECK_OK(alerts_since(t.store, 1000, &t.arena, &alerts, &n, &e), &e);
    CHECK_INT(n, 2);
    vault_close(&t);
}

TEST(a_transaction_knows_whether_it_wrote)
{
    struct vault t;
    struct err e = { "" };
    int64_t n;
    vault_open(&t);
    vault_begin(t.store);
    CHECK_OK(store_number(t.store, "x", 0, &n, &e), &e);
    CHECK(!store_wrote(t.store));
    CHECK_OK(store_set_number(t.store, "x", 1, &e), &e);
    CHECK(store_wrote(t.store));
    vault_commit(t.store);
    vault_begin(t.store);
    CHECK(!store_wrote(t.store));
    vault_commit(t.store);
    vault_close(&t);
}
