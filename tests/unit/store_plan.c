/* What SQLite will do for each statement, and what the tables refuse. */
#include "harness/harness.h"
#include "store/statements.h"
#include "store_vault.h"

#include <stdio.h>
#include <string.h>

/* Full scans that are meant, with the reason. Everything else reads by an index. */
static const struct {
    const char *statement, *plan, *reason;
} allowed[] = {
    { "offers_all", "SCAN offer", "the whole list is what is asked for: followupctl offers" },
    { "history_all", "SCAN history", "the whole list is what is asked for: followupctl history" },
    { "stopped_all", "SCAN stopped", "a few rows: what is stopped just now" },
    { "stopped_forget", "SCAN stopped", "a few rows: what is stopped just now" },
    { "future_contacts", "SCAN contact", "once, when the clock went back" },
    { "future_seen", "SCAN seen", "once, when the clock went back" },
    { "future_alerts", "SCAN alert", "once, when the clock went back" },
    { "alerts_since", "SCAN alert", "one row for each cause and day" },
};

static bool is_allowed(const char *statement, const char *plan)
{
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
        if (strcmp(allowed[i].statement, statement) == 0 && strcmp(allowed[i].plan, plan) == 0)
            return true;
    return false;
}

static const char *const names[STATEMENT_COUNT] = {
#define X(name) #name,
    STATEMENTS(X)
#undef X
};

static sqlite3_stmt *explain(struct store *s, int i)
{
    char sql[4096];
    sqlite3_stmt *st;
    snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", sqlite3_sql(s->prepared[i]));
    if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) != SQLITE_OK)
        test_fail(__FILE__, __LINE__, "%s: %s", names[i], sqlite3_errmsg(s->db));
    return st;
}

TEST(no_statement_reads_a_whole_table)
{
    struct vault t;
    size_t scans = 0;
    vault_open(&t);
    for (int i = 0; i < STATEMENT_COUNT; i++) {
        sqlite3_stmt *st = explain(t.store, i);
        while (sqlite3_step(st) == SQLITE_ROW) {
            const char *plan = (const char *)sqlite3_column_text(st, 3);
            bool scan = strncmp(plan, "SCAN ", 5) == 0 && !strstr(plan, " INDEX ") && !strstr(plan, "CONSTANT ROW");
            if (scan &&
                !is_allowed(names[i], plan)) /* an index that covers or orders is a reading of that index only */
                test_fail(__FILE__, __LINE__, "%s: %s", names[i], plan);
            scans += scan;
        }
        sqlite3_finalize(st);
    }
    CHECK_INT((long long)scans, sizeof allowed / sizeof allowed[0]); /* no exception is left over */
    vault_close(&t);
}

/* Reading all of an index is fine only where the index holds little. */
TEST(only_indexes_of_what_waits_are_read_whole)
{
    struct vault t;
    vault_open(&t);
    for (int i = 0; i < STATEMENT_COUNT; i++) {
        sqlite3_stmt *st = explain(t.store, i);
        while (sqlite3_step(st) == SQLITE_ROW) {
            const char *plan = (const char *)sqlite3_column_text(st, 3);
            bool small = strstr(plan, "episode_turn") || strstr(plan, "alert_waiting") ||
                         strstr(plan, "alert_message") || strstr(plan, "message_open");
            if (strncmp(plan, "SCAN ", 5) == 0 && strstr(plan, " INDEX ") && !small)
                test_fail(__FILE__, __LINE__, "%s: %s", names[i], plan);
        }
        sqlite3_finalize(st);
    }
    vault_close(&t);
}

/* Messages in doubt are `unknown` for ever, tellings and offers stay: what is asked in every step, or of every episode,
 * must not read those of years ago. */
TEST(what_is_asked_most_reads_only_what_is_still_open)
{
    static const struct {
        enum statement which;
        const char *index;
    } asked[] = {
        { DO_alerts_due, "message_open" },
        { DO_digests_to_send, "message_open" },
        { DO_wakes, "message_open" },
        { DO_telling_pending, "telling_open" },
        { DO_offers_told_of_customer, "offer_told" },
    };
    struct vault t;
    vault_open(&t);
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        bool open = false;
        sqlite3_stmt *st = explain(t.store, asked[i].which);
        while (sqlite3_step(st) == SQLITE_ROW)
            open |= strstr((const char *)sqlite3_column_text(st, 3), asked[i].index) != NULL;
        sqlite3_finalize(st);
        if (!open)
            test_fail(__FILE__, __LINE__, "%s does not use %s", names[asked[i].which], asked[i].index);
    }
    vault_close(&t);
}

TEST(every_table_is_strict)
{
    struct vault t;
    vault_open(&t);
    CHECK_TEXT(vault_sql(&t, "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name "
                             "NOT LIKE 'sqlite%' "
                             "AND NOT strict"),
               "0");
    CHECK_TEXT(vault_sql(&t, "SELECT count(*) > 10 FROM pragma_table_list WHERE schema = 'main' AND strict"), "1");
    CHECK_CONTAINS(vault_sql(&t, "INSERT INTO seen VALUES ('1', 'tomorrow')"),
                   "error: cannot store TEXT value in INTEGER column");
    vault_close(&t);
}

TEST(states_that_are_none_are_refused)
{
    struct vault t;
    vault_open(&t);
    vault_add(&t, "1", "2026-01-01");
    vault_message(&t, "7");
    CHECK_CONTAINS(vault_sql(&t, "UPDATE episode SET state = 'lapsed'"), "error: CHECK constraint failed");
    CHECK_CONTAINS(vault_sql(&t, "UPDATE message SET state = 'lost'"), "error: CHECK constraint failed");
    vault_close(&t);
}

/* The tables and the enums name the same states. */
TEST(every_state_has_its_place_in_the_tables)
{
    struct vault t;
    vault_open(&t);
    vault_add(&t, "1", "2026-01-01");
    vault_message(&t, "7");
    for (int s = 0; s < EPISODE_STATES; s++)
        CHECK_TEXT(vault_sql(&t, arena_print(&t.arena, "UPDATE episode SET state = '%s'",
                                             episode_state_name((enum episode_state)s))),
                   "");
    for (int s = 0; s < MESSAGE_STATES; s++)
        CHECK_TEXT(vault_sql(&t, arena_print(&t.arena, "UPDATE message SET state = '%s'",
                                             message_state_name((enum message_state)s))),
                   "");
    CHECK_TEXT(vault_sql(&t, "SELECT state FROM episode"), "control");
    vault_close(&t);
}
