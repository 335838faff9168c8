/* History, recorded contacts, what is stopped, alerts, releases, days first seen. */
#include "harness/harness.h"
#include "store/ledger.h"
#include "store_vault.h"

#include <string.h>

/* ---- history ---- */

static void tell_history(struct vault *t, instant at, const char *customer, const char *actor, const char *line)
{
    struct err e = { "" };
    vault_begin(t->store);
    CHECK_OK(history_add(t->store, at, customer, actor, line, &e), &e);
    vault_commit(t->store);
}

TEST(history_is_told_in_order_of_one_customer_or_of_all_until_an_instant)
{
    struct vault t;
    struct err e = { "" };
    struct history_line *lines;
    size_t n;
    vault_open(&t);
    tell_history(&t, 1, "1", "followupd", "lapse due");
    tell_history(&t, 2, NULL, "root", "released feed");
    tell_history(&t, 3, "2", "root", "recorded done");
    tell_history(&t, 4, "1", "followupd", "lapse told");
    CHECK_OK(history_read(t.store, "1", 3, &t.arena, &lines, &n, &e), &e);
    CHECK_INT((long long)n, 1);
    CHECK_OK(history_read(t.store, "1", 4, &t.arena, &lines, &n, &e), &e);
    CHECK_INT((long long)n, 2);
    CHECK_TEXT(lines[1].line, "lapse told");
    CHECK_OK(history_read(t.store, NULL, 4, &t.arena, &lines, &n, &e), &e);
    CHECK_INT((long long)n, 4);
    CHECK_TEXT(lines[1].customer, NULL);
    CHECK_TEXT(lines[2].actor, "root");
    CHECK_INT(lines[2].at, 3);
    vault_close(&t);
}

static void check_news(struct vault *t, int64_t *after, const char *expected)
{
    struct err e = { "" };
    const char **customers;
    size_t n;
    char got[64] = "";
    CHECK_OK(history_news(t->store, after, &t->arena, &customers, &n, &e), &e);
    for (size_t i = 0; i < n; i++)
        strcat(strcat(got, customers[i]), " ");
    CHECK_TEXT(got, expected);
}

TEST(what_others_wrote_about_customers_is_news_once)
{
    struct vault t;
    struct err e = { "" };
    int64_t after;
    vault_open(&t);
    CHECK_OK(history_newest(t.store, &after, &e), &e);
    CHECK_INT(after, 0);
    tell_history(&t, 1, "1", "root", "before we looked");
    CHECK_OK(history_newest(t.store, &after, &e), &e);
    CHECK_INT(after, 1);
    tell_history(&t, 2, "2", "followupd", "ourselves");
    tell_history(&t, 3, "3", "root", "recorded");
    tell_history(&t, 4, NULL, "root", "of nobody");
    tell_history(&t, 5, "1", "anna", "recorded");
    tell_history(&t, 6, "1", "followupd", "ourselves");
    check_news(&t, &after, "3 1 ");
    CHECK_INT(after, 6); /* our own lines are not gone through again */
    check_news(&t, &after, "");
    tell_history(&t, 7, "4", "root", "recorded");
    check_news(&t, &after, "4 ");
    vault_close(&t);
}

/* ---- contacts ---- */

TEST(recorded_contacts_come_back_in_order_of_time)
{
    struct vault t;
    struct err e = { "" };
    struct contact *rows;
    size_t n;
    vault_open(&t);
    struct contact late = { .at = 500, .kind = "visit", .note = "a note" }, soon = { .at = 400, .kind = "call" };
    vault_begin(t.store);
    CHECK_OK(contact_add(t.store, "1", &late, "anna", 600, &e), &e);
    CHECK_OK(contact_add(t.store, "1", &soon, "bo", 700, &e), &e);
    CHECK_OK(contact_add(t.store, "2", &soon, "bo", 700, &e), &e);
    vault_commit(t.store);
    CHECK_OK(contacts_recorded(t.store, "1", &t.arena, &rows, &n, &e), &e);
    CHECK_INT((long long)n, 2);
    CHECK_INT(rows[0].at, 400);
    CHECK_TEXT(rows[0].note, NULL);
    CHECK_TEXT(rows[0].salesperson, "bo");
    CHECK_INT(rows[0].day, DATE_NONE);
    CHECK_TEXT(rows[1].kind, "visit");
    CHECK_TEXT(rows[1].note, "a note");
    vault_close(&t);
}

/* ---- what is stopped ---- */

TEST(what_is_stopped_says_since_when_until_when_and_why)
{
    struct vault t;
    struct err e = { "" };
    struct stop stop, *all;
    size_t n;
    vault_open(&t);
    vault_begin(t.store);
    CHECK_OK(stop_set(t.store, "channel email", 100, 200, "535 no", &e), &e);
    CHECK_OK(stop_set(t.store, "channel email", 150, INSTANT_NEVER, "535 still no", &e), &e); /* since the first time */
    CHECK_OK(stop_set(t.store, "address email a@b", 100, 200, "550", &e), &e);
    CHECK_OK(stop_set(t.store, "address email c@d", 100, 200, "550", &e), &e);
    vault_commit(t.store);
    CHECK_OK(stop_get(t.store, "channel email", &t.arena, &stop, &e), &e);
    CHECK_TEXT(stop.what, "channel email");
    CHECK_TEXT(stop.why, "535 still no");
    CHECK_INT(stop.since, 100);
    CHECK_INT(stop.until, INSTANT_NEVER);
    CHECK_OK(stop_get(t.store, "channel", &t.arena, &stop, &e), &e);
    CHECK(!stop.what);
    CHECK_OK(stops_read(t.store, &t.arena, &all, &n, &e), &e);
    CHECK_INT((long long)n, 3);
    CHECK_TEXT(all[2].what, "channel email");
    CHECK_TEXT(all[2].why, "535 still no");
    CHECK_INT(all[2].since, 100);
    CHECK_INT(all[2].until, INSTANT_NEVER);
    vault_begin(t.store);
    CHECK_OK(stop_clear_all(t.store, "address *", &e), &e);
    CHECK_OK(stop_clear(t.store, "nothing", &e), &e);
    vault_commit(t.store);
    CHECK_OK(stops_read(t.store, &t.arena, &all, &n, &e), &e);
    CHECK_INT((long long)n, 1);
    vault_close(&t);
}

/* ---- alerts ---- */

TEST(an_alert_is_raised_once_for_each_cause_and_day)
{
    struct vault t;
    struct err e = { "" };
    bool fresh;
    int64_t id;
    const char *text;
    struct alert *all;
    size_t n;
    vault_open(&t);
    vault_begin(t.store);
    static const struct {
        const char *cause;
        date day;
        bool fresh;
    } raised[] = { { "feed", 100, true },
                   { "feed", 100, false },
                   { "source", 100, true },
                   { "feed", 101, true },
                   { "feed", 100, false } };
    for (int i = 0; i < 5; i++) {
        const char *said = i == 0 ? "først" : NULL;
        text = i == 0 ? "first" : "other";
        CHECK_OK(alert_raise(t.store, raised[i].cause, raised[i].day, text, said, 1000 + i, &fresh, &e), &e);
        CHECK_INT(fresh, raised[i].fresh);
    }
    vault_commit(t.store);
    struct message m = vault_message(&t, "admin");
    CHECK_OK(alert_next(t.store, 0, &t.arena, &id, &text, &e), &e);
    CHECK_TEXT(text, "først"); /* in the language of the mail, where it was said in one */
    vault_begin(t.store);
    for (int i = 0; i < 3; i++) {
        CHECK_OK(alert_next(t.store, 0, &t.arena, &id, &text, &e), &e);
        CHECK_INT(id > 0, 1);
        CHECK_TEXT(text, i == 0 ? "først" : "other");
        CHECK_OK(alert_set_message(t.store, id, m.id, &e), &e);
    }
    CHECK_OK(alert_next(t.store, 0, &t.arena, &id, &text, &e), &e);
    vault_commit(t.store);
    CHECK(id == 0 && !text);
    CHECK_OK(alerts_since(t.store, 101, &t.arena, &all, &n, &e), &e);
    CHECK_INT((long long)n, 1);
    CHECK_TEXT(all[0].cause, "feed");
    CHECK_INT(all[0].at, 1003);
    CHECK_OK(alerts_since(t.store, 100, &t.arena, &all, &n, &e), &e);
    CHECK_INT((long long)n, 3);
    CHECK_TEXT(all[0].text, "first"); /* `status` is in English */
    vault_close(&t);
}

TEST(an_alert_whose_message_waits_is_tried_again)
{
    struct vault t;
    struct err e = { "" };
    struct messages again;
    bool fresh;
    int64_t id;
    const char *text;
    vault_open(&t);
    struct message other = vault_message(&t, "7"), m = vault_message(&t, "admin"); /* not before 5000 */
    vault_begin(t.store);
    CHECK_OK(alert_raise(t.store, "feed", 100, "text", NULL, 1, &fresh, &e), &e);
    CHECK_OK(alert_next(t.store, 0, &t.arena, &id, &text, &e), &e);
    CHECK_OK(alert_set_message(t.store, id, m.id, &e), &e);
    vault_commit(t.store);
    CHECK(other.id != m.id);
    CHECK_OK(alerts_to_send(t.store, 4999, &t.arena, &again, &e), &e);
    CHECK_INT((long long)again.n, 0);
    CHECK_OK(alerts_to_send(t.store, 5000, &t.arena, &again, &e), &e);
    CHECK_INT((long long)again.n, 1);
    CHECK_INT(again.rows[0].id, m.id);
    CHECK_INT(again.rows[0].not_before, 5000);
    vault_begin(t.store);
    CHECK_OK(message_move(t.store, &m, MESSAGE_SENDING, 5000, false, 5000, &e), &e);
    vault_commit(t.store);
    CHECK_OK(alerts_to_send(t.store, 9000, &t.arena, &again, &e), &e);
    CHECK_INT((long long)again.n, 0);
    vault_close(&t);
}

/* ---- releases and first meetings ---- */

TEST(a_release_is_remembered_with_its_instant)
{
    struct vault t;
    struct err e = { "" };
    instant at;
    vault_open(&t);
    CHECK_OK(release_get(t.store, "feed", &at, &e), &e);
    CHECK_INT(at, INSTANT_NONE);
    vault_begin(t.store);
    CHECK_OK(release_set(t.store, "feed", 100, &e), &e);
    CHECK_OK(release_set(t.store, "feed", 200, &e), &e);
    vault_commit(t.store);
    CHECK_OK(release_get(t.store, "feed", &at, &e), &e);
    CHECK_INT(at, 200);
    vault_close(&t);
}

TEST(the_day_a_customer_was_first_met_stays)
{
    struct vault t;
    struct err e = { "" };
    date day;
    vault_open(&t);
    vault_begin(t.store);
    CHECK_OK(seen_day(t.store, "1", 20000, &day, &e), &e);
    CHECK_INT(day, 20000);
    CHECK_OK(seen_day(t.store, "1", 20005, &day, &e), &e);
    CHECK_INT(day, 20000);
    CHECK_OK(seen_day(t.store, "2", 20005, &day, &e), &e);
    CHECK_INT(day, 20005);
    vault_commit(t.store);
    vault_close(&t);
}

/* ---- new cases a day ---- */

static void count_cases(struct vault *t, uint64_t settings, date day, long n)
{
    struct err e = { "" };
    vault_begin(t->store);
    CHECK_OK(newcomers_add(t->store, "lapse", settings, day, n, &e), &e);
    vault_commit(t->store);
}

/* "100:3 101:0" */
static const char *counted(struct vault *t, uint64_t settings)
{
    struct err e = { "" };
    struct new_cases *rows;
    size_t n;
    const char *all = "";
    CHECK_OK(newcomers_read(t->store, "lapse", settings, 100, 110, &t->arena, &rows, &n, &e), &e);
    for (size_t i = 0; i < n; i++)
        all = arena_print(&t->arena, "%s%s%d:%ld", all, i ? " " : "", rows[i].day, rows[i].n);
    return all;
}

TEST(new_cases_are_counted_by_rule_and_day_until_its_settings_change)
{
    struct vault t;
    struct err e = { "" };
    vault_open(&t);
    count_cases(&t, UINT64_MAX, 99, 9); /* too long ago */
    count_cases(&t, UINT64_MAX, 100, 1);
    count_cases(&t, UINT64_MAX, 100, 1);
    count_cases(&t, UINT64_MAX, 101, 0);
    CHECK_TEXT(counted(&t, UINT64_MAX), "100:2 101:0");
    count_cases(&t, UINT64_MAX, 102, 5);
    count_cases(&t, 7, 102, 1);
    count_cases(&t, 7, 103, 4);
    CHECK_TEXT(counted(&t, 7), "102:1 103:4");
    count_cases(&t, UINT64_MAX, 104, 0);
    CHECK_TEXT(counted(&t, UINT64_MAX), "104:0"); /* what was before the change does not come back */
    vault_begin(t.store);
    CHECK_OK(newcomers_reset(t.store, "lapse", 104, &e) && newcomers_forget(t.store, 103, &e), &e);
    vault_commit(t.store);
    CHECK_TEXT(vault_sql(&t, "SELECT group_concat(day || ':' || n) FROM newcomers"), "103:4,104:0");
    vault_begin(t.store);
    CHECK_OK(store_take_back(t.store, 0, 103, &e), &e);
    vault_commit(t.store);
    CHECK_TEXT(vault_sql(&t, "SELECT group_concat(day) FROM newcomers"), "103");
    vault_close(&t);
}

TEST(a_rule_with_a_mass_change_is_not_in_turn)
{
    struct vault t;
    struct err e = { "" };
    struct waiting *waiting;
    struct turn *turns;
    size_t n;
    long held;
    vault_open(&t);
    struct episode ep = vault_add(&t, "1", "a");
    for (int stopped = 0; stopped <= 1; stopped++) {
        if (stopped) {
            vault_begin(t.store);
            CHECK_OK(stop_set(t.store, arena_print(&t.arena, MASS_CHANGE "%s", ep.rule), 1, INSTANT_NEVER, "many", &e),
                     &e);
            vault_commit(t.store);
        }
        CHECK_OK(owners_waiting(t.store, &t.arena, &waiting, &n, &e), &e);
        CHECK_INT((long long)n, !stopped);
        for (enum turn_order order = TURN_BY_RANK; order <= TURN_OLDEST; order++) {
            CHECK_OK(episodes_in_turn(t.store, ep.owner, order, 5, &t.arena, &turns, &n, &e), &e);
            CHECK_INT((long long)n, !stopped && order != TURN_BACKLOG_BY_RANK);
        }
    }
    CHECK_OK(episodes_held_since(t.store, ep.rule, ep.opened_at, &held, &e), &e);
    CHECK_INT(held, 1);
    CHECK_OK(episodes_held_since(t.store, ep.rule, ep.opened_at + 1, &held, &e), &e);
    CHECK_INT(held, 0);
    vault_close(&t);
}
