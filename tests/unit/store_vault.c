#include "store_vault.h"

#include "harness/harness.h"

#include <sqlite3.h>
#include <stdio.h>

static const uint8_t secret[32] = "for tests";

void vault_reopen(struct vault *t)
{
    struct err e = { "" };
    CHECK_OK(store_open(&t->store, t->path, STORE_DAEMON, &e), &e);
}

void vault_open(struct vault *t)
{
    *t = (struct vault){ 0 };
    snprintf(t->path, sizeof t->path, "%s/store.db", test_folder());
    vault_reopen(t);
}

void vault_close(struct vault *t)
{
    store_close(t->store);
    t->store = NULL;
    arena_done(&t->arena);
}

struct store *vault_command(const struct vault *t)
{
    struct err e = { "" };
    struct store *s;
    CHECK_OK(store_open(&s, t->path, STORE_COMMAND, &e), &e);
    return s;
}

void vault_begin(struct store *s)
{
    struct err e = { "" };
    bool blocked;
    CHECK_OK(store_begin(s, &blocked, &e), &e);
    CHECK(!blocked);
}

void vault_commit(struct store *s)
{
    struct err e = { "" };
    CHECK_OK(store_commit(s, &e), &e);
}

struct episode vault_episode(const char *customer, const char *occasion)
{
    return (struct episode){ .rule = "lapse",
                             .customer = customer,
                             .occasion = occasion,
                             .kind = RULE_LAPSE,
                             .state = EPISODE_HELD,
                             .reason = "waiting for its turn",
                             .owner = "7",
                             .opened_at = 1000,
                             .changed_at = 1000,
                             .told_at = INSTANT_NONE,
                             .next_at = INSTANT_NONE,
                             .due = 20000,
                             .anchor_day = 19900,
                             .defence = { .last_day = 19900,
                                          .anchor = DATE_NONE,
                                          .days = 100,
                                          .threshold = 99,
                                          .occasions = 9,
                                          .typical = 39.6,
                                          .category_gap = 41.25,
                                          .times_usual = 2.5,
                                          .average = 123456,
                                          .at_risk = 31.175 } };
}

struct episode vault_add(struct vault *t, const char *customer, const char *occasion)
{
    struct err e = { "" };
    struct episode ep = vault_episode(customer, occasion);
    vault_begin(t->store);
    CHECK_OK(episode_add(t->store, &ep, &e), &e);
    vault_commit(t->store);
    return ep;
}

struct message vault_message(struct vault *t, const char *person)
{
    struct err e = { "" };
    struct message m = { .channel = "email", .person = person, .address = "a@b.example" };
    vault_begin(t->store);
    CHECK_OK(message_add(t->store, &m, secret, "nordlys.example", &t->arena, 5000, &e), &e);
    m.subject = "Aune has been silent";
    m.bytes = "From: x\r\n\r\n\0.\r\n";
    m.size = 15;
    CHECK_OK(message_dress(t->store, &m, &e), &e);
    vault_commit(t->store);
    return m;
}

const char *vault_sql(struct vault *t, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *st = NULL;
    CHECK_INT(sqlite3_open_v2(t->path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    sqlite3_busy_timeout(db, 1000);
    if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK)
        test_fail(__FILE__, __LINE__, "%s: %s", sql, sqlite3_errmsg(db));
    int rc = sqlite3_step(st);
    const char *text = rc == SQLITE_ROW ? arena_copy(&t->arena, (const char *)sqlite3_column_text(st, 0)) : NULL;
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        text = arena_print(&t->arena, "error: %s", sqlite3_errmsg(db));
    sqlite3_finalize(st);
    sqlite3_close(db);
    return text ? text : "";
}
