/* The admin's SELECTs: what is wrong with them is said with its place, and none of them can do harm. */
#include "source_world.h"

#define COMPANY                                                                                                        \
    "CREATE TABLE customer(id INTEGER PRIMARY KEY, name TEXT, phone TEXT);"                                            \
    "CREATE TABLE purchase(id INTEGER PRIMARY KEY, customer INT, at TEXT, total NUMERIC);"                             \
    "CREATE INDEX purchase_customer ON purchase(customer, at);"                                                        \
    "INSERT INTO customer VALUES (1, 'Anna', '1'), (2, 'Bo', '2');"                                                    \
    "INSERT INTO purchase VALUES (1, 1, '2026-01-05', 10), (2, 2, '2026-01-06', 20), (3, 1, '2026-02-01', 30);"

/* All complaints about the world's mappings, a line each: "3 customers: ...". */
static const char *complaints(struct world *w)
{
    static struct buf text;
    struct complaints wrong = { 0 }, notes = { 0 };
    buf_reset(&text);
    bool fine = source_check(w->source, AT(2026, 11, 22), &wrong, &notes);
    CHECK_INT(fine, wrong.n == 0);
    for (size_t i = 0; i < wrong.n; i++)
        buf_print(&text, "%d %s\n", wrong.rows[i].line, wrong.rows[i].text);
    complaints_done(&wrong);
    complaints_done(&notes);
    return buf_text(&text);
}

TEST(columns_are_found_by_name_in_any_order_and_case)
{
    struct world w;
    world_of(&w, COMPANY);
    w.options.source.customers.sql = "SELECT name AS NAME, id AS Id FROM customer;  -- done";
    w.options.source.purchases.sql = "SELECT total AS amount, at, customer FROM purchase /* no end";
    CHECK_TEXT(pass(&w), "1 Anna: 2026-01-05=1000 2026-02-01=3000\n2 Bo: 2026-01-06=2000\n");
    world_end(&w);
}

TEST(an_unknown_column_names_the_near_miss)
{
    struct world w;
    world_of(&w, COMPANY);
    w.options.source.customers.sql = "SELECT id, name, phone AS phnoe, 1 AS x_own, 2 AS colour FROM customer";
    w.options.source.purchases.sql = "SELECT customer, at, total AS ammount, 1 AS x_own FROM purchase";
    w.options.source.salespeople = query_of("SELECT 1 AS id, 'A' AS name, '@a' AS telegramm, '@b' AS pigeon", 2);
    CHECK_TEXT(complaints(&w), "2 salespeople: the column \"telegramm\" is not known; did you mean \"telegram\"?\n"
                               "2 salespeople: the column \"pigeon\" is not known; known are id, name, email, "
                               "channels, language, time_zone, region, hours, manager, deputy, away_until, active, "
                               "telegram, line, teams, slack, webhook, ntfy, mattermost, rocketchat, matrix, "
                               "googlechat, discord, max, whatsapp, sms, folder\n"
                               "3 customers: the column \"phnoe\" is not known; did you mean \"phone\"?\n"
                               "3 customers: the column \"colour\" is not known; known are id, name, salesperson, "
                               "category, opportunity, since, contact_name, email, phone, language, region, url, "
                               "values, notes, active, do_not_contact, and columns of your own that begin with x_\n"
                               "4 purchases: the column \"ammount\" is not known; did you mean \"amount\"?\n"
                               "4 purchases: the column \"x_own\" is not known; known are customer, at, amount, "
                               "currency, id, what, product_group, delivered_at, offer_code\n");
    CHECK_CONTAINS(pass_error(&w), "test.conf:3: customers: the column \"phnoe\"");
    world_end(&w);
}

TEST(a_missing_or_doubled_column_is_a_complaint)
{
    struct world w;
    world_of(&w, COMPANY);
    w.options.source.customers.sql = "SELECT id, id, phone FROM customer";
    w.options.source.purchases.sql = "SELECT customer, total AS amount FROM purchase";
    CHECK_TEXT(complaints(&w), "3 customers: the column \"id\" is there twice; take one away\n"
                               "3 customers: the column \"name\" is missing; write ... AS name in the query\n"
                               "4 purchases: the column \"at\" is missing; write ... AS at in the query\n");
    world_end(&w);
}

TEST(only_the_four_parameters_are_known)
{
    struct world w;
    world_of(&w, COMPANY);
    w.options.source.customers.sql = "SELECT id, name FROM customer WHERE id <> :costumer AND name <> ? AND id <> @x";
    CHECK_TEXT(complaints(&w), "3 customers: :costumer is not known; did you mean :customer\n"
                               "3 customers: \"?\" has no meaning here; known are :customer, :after, :now and :today\n"
                               "3 customers: @x is not known; known are :customer, :after, :now and :today\n");
    world_end(&w);
}

TEST(a_bad_format_or_zone_is_a_complaint)
{
    struct world w;
    world_of(&w, COMPANY);
    w.options.source.purchases.format = "%Q";
    w.options.source.customers.zone = "Mars/Olympus";
    CHECK_CONTAINS(complaints(&w), "4 purchases: format \"%Q\": %Q is not known");
    CHECK_CONTAINS(complaints(&w), "3 customers: ");
    CHECK_CONTAINS(complaints(&w), "Mars/Olympus");
    world_end(&w);
}

TEST(a_misspelt_name_in_double_quotes_is_an_error_not_a_constant)
{
    struct world w;
    world_of(&w, COMPANY);
    w.options.source.customers.sql = "SELECT id, \"nmae\" AS name FROM customer";
    CHECK_CONTAINS(complaints(&w), "3 customers: no such column: nmae");
    world_end(&w);
}

TEST(now_and_today_are_the_companys_local_time)
{
    struct world w;
    char path[256];
    world_of(&w, COMPANY);
    snprintf(path, sizeof path, "%s", w.path);
    world_end(&w);
    world_on(&w, path, "Pacific/Auckland");
    w.options.source.customers.sql = "SELECT 1 AS id, :now || ' ' || :today AS name";
    CHECK_CONTAINS(pass(&w), "1 2026-11-23 01:00:00 2026-11-23: ");
    world_end(&w);
}

TEST(the_clock_of_sqlite_is_refused)
{
    static const char *const clocks[] = {
        "CURRENT_DATE",
        "current_timestamp",
        "CURRENT_TIME",
        "date('now')",
        "datetime('NOW', 'localtime')",
        "julianday('now')",
        "date()",
        "time( )",
        "unixepoch( /**/ )",
        "strftime('%Y', 'now')",
        "strftime('%Y-%m')",
        "DATE('Now')",
        "julianday()",
        "datetime (\n)",
        "(SELECT date('now', '-1 day'))",
        "strftime(('%Y'))",
    };
    struct world w;
    char sql[256];
    world_of(&w, COMPANY);
    for (size_t i = 0; i < sizeof clocks / sizeof clocks[0]; i++) {
        snprintf(sql, sizeof sql, "SELECT id, %s AS name FROM customer", clocks[i]);
        w.options.source.customers.sql = sql;
        const char *said = complaints(&w);
        if (!strstr(said, "write :today or :now"))
            test_fail(__FILE__, __LINE__, "%s: %s", clocks[i], said);
    }
    w.options.source.customers.sql =
        "SELECT id, strftime('%Y', :today) || date(:now) || \"name\" AS name FROM customer -- date('now')";
    CHECK_TEXT(complaints(&w), "");
    world_end(&w);
}

static const char *const hostile[] = {
    "ATTACH '/tmp/evil.db' AS evil",
    "ATTACH DATABASE ':memory:' AS m",
    "DETACH main",
    "PRAGMA writable_schema = ON",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA journal_mode",
    "PRAGMA query_only = OFF",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "PRAGMA user_version = 7",
    "PRAGMA table_info(customer)",
    "PRAGMA integrity_check",
    "PRAGMA trusted_schema = ON",
    "PRAGMA temp_store_directory = '/tmp'",
    "SELECT * FROM pragma_database_list",
    "SELECT name AS id, type AS name FROM pragma_table_info('customer')",
    "SELECT id, name FROM customer WHERE id IN (SELECT cid FROM pragma_table_info('customer'))",
    "VACUUM",
    "VACUUM INTO '/tmp/copy.db'",
    "REINDEX",
    "ANALYZE",
    "BEGIN",
    "BEGIN EXCLUSIVE",
    "BEGIN IMMEDIATE",
    "COMMIT",
    "END",
    "ROLLBACK",
    "SAVEPOINT a",
    "RELEASE a",
    "INSERT INTO customer VALUES (9, 'x', '')",
    "INSERT INTO customer VALUES (9, 'x', '') RETURNING id, name",
    "INSERT OR REPLACE INTO customer VALUES (1, 'x', '') RETURNING id, name",
    "REPLACE INTO customer VALUES (1, 'x', '')",
    "UPDATE customer SET name = 'x'",
    "UPDATE customer SET name = 'x' RETURNING id, name",
    "DELETE FROM customer",
    "DELETE FROM customer RETURNING id, name",
    "WITH a AS (SELECT 1) DELETE FROM customer",
    "WITH a AS (SELECT 1) INSERT INTO customer SELECT 9, 'x', ''",
    "WITH a AS (SELECT 1) UPDATE customer SET name = 'x'",
    "DROP TABLE customer",
    "DROP INDEX purchase_customer",
    "DROP TABLE IF EXISTS nothing",
    "CREATE TABLE evil(a)",
    "CREATE TABLE IF NOT EXISTS customer(a)",
    "CREATE TABLE evil AS SELECT * FROM customer",
    "CREATE TEMP TABLE evil(a)",
    "CREATE TEMP VIEW evil AS SELECT 1",
    "CREATE VIEW evil AS SELECT 1",
    "CREATE TRIGGER evil AFTER INSERT ON customer BEGIN SELECT 1; END",
    "CREATE TEMP TRIGGER evil AFTER INSERT ON customer BEGIN SELECT 1; END",
    "CREATE INDEX evil ON customer(name)",
    "CREATE VIRTUAL TABLE evil USING fts5(a)",
    "CREATE VIRTUAL TABLE temp.evil USING fts3(a)",
    "ALTER TABLE customer RENAME TO kunde",
    "ALTER TABLE customer ADD COLUMN evil",
    "ALTER TABLE customer DROP COLUMN phone",
    "EXPLAIN SELECT id, name FROM customer",
    "EXPLAIN QUERY PLAN SELECT id, name FROM customer",
    "EXPLAIN DELETE FROM customer",
    "SELECT load_extension('/tmp/evil.so') AS id, 'x' AS name",
    "SELECT id, load_extension('evil', 'init') AS name FROM customer",
    "SELECT 1 AS id, LOAD_EXTENSION('evil') AS name",
    "SELECT fts3_tokenizer('x', x'00') AS id, 'x' AS name",
    "SELECT readfile('/etc/passwd') AS id, 'x' AS name",
    "SELECT writefile('/tmp/evil', 'x') AS id, 'x' AS name",
    "SELECT edit('x') AS id, 'x' AS name",
    "SELECT id, name FROM customer; DELETE FROM customer",
    "SELECT id, name FROM customer; SELECT id, name FROM customer",
    "SELECT id, name FROM customer;;;DROP TABLE customer;",
    "SELECT id, name FROM customer; -- \n PRAGMA query_only = OFF",
    "SELECT id, name FROM customer) AS q; DELETE FROM customer; --",
    "SELECT id, name FROM customer) AS q UNION SELECT (1",
    "SELECT id, name FROM (customer",
    "SELECT id, name FROM customer)",
    ")",
    "(SELECT id, name FROM customer)",
    "",
    " ",
    ";",
    "-- nothing",
    "/* nothing",
    "/* nothing */",
    "nonsense",
    "SELECT",
    "SELECT id, name FROM",
    "SELECT id, name FROM nowhere",
    "SELECT id, name FROM 'customer",
    "SELECT id, name FROM \"customer",
    "SELECT id, name FROM [customer",
    "SELECT id, nosuch(name) AS name FROM customer",
    "SELECT id, name FROM customer WHERE name = 'open",
    "SELECT id, name FROM customer WHERE id = ?1",
    "SELECT id, name FROM customer WHERE id = :id",
    "SELECT id, name FROM customer WHERE id = $customer",
    "SELECT id, name FROM customer WHERE id = @customer",
    "SELECT id, name FROM customer WHERE id = :followupd_number",
    "SELECT *, * FROM customer",
    "SELECT count(*) FROM customer",
    "SELECT id, name, date('now') AS since FROM customer",
    "SELECT id, name FROM customer WHERE date() > '2020'",
    "SELECT id, name FROM customer ORDER BY current_timestamp",
    "SELECT id, name FROM customer LIMIT (SELECT current_time)",
    "SELECT id, name FROM customer WHERE EXISTS (SELECT CURRENT_DATE)",
    "VALUES (1, 'x')",
    "SELECT 1, 'x'",
    "SELECT id, name, 1 AS \"a\"\"b\" FROM customer",
    "\xff\xfe\x80",
    "SELECT id, name\x01 FROM customer",
    "SELECT id, name FROM customer WHERE ((((((((((",
};

TEST(hostile_statements_are_refused_and_change_nothing)
{
    struct world w;
    world_of(&w, COMPANY);
    char *before = beside(w.path), *after;
    CHECK(sizeof hostile / sizeof hostile[0] >= 100);
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        w.options.source.customers.sql = hostile[i];
        const char *said = complaints(&w);
        if (strncmp(said, "3 customers: ", 13) != 0)
            test_fail(__FILE__, __LINE__, "%s: \"%s\"", hostile[i], said);
    }
    w.options.source.customers.sql = "SELECT id, name FROM customer";
    CHECK_TEXT(pass(&w), "1 Anna: 2026-01-05 2026-02-01\n2 Bo: 2026-01-06\n");
    after = beside(w.path);
    CHECK_TEXT(after, before);
    CHECK(access("/tmp/evil.db", F_OK) != 0 && access("/tmp/copy.db", F_OK) != 0 && access("/tmp/evil", F_OK) != 0);
    free(before);
    free(after);
    world_end(&w);
}

static const char *const endless[] = {
    "WITH RECURSIVE r(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM r) SELECT i AS customer, '2026-01-01' AS at FROM r",
    "WITH RECURSIVE r(i) AS (VALUES (1) UNION ALL SELECT 1 FROM r) SELECT 1 AS customer, '2026-01-01' AS at FROM r",
    "WITH RECURSIVE r(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM r) SELECT max(i) AS customer, '2026-01-01' AS at "
    "FROM r",
    "SELECT customer, at FROM purchase WHERE (WITH RECURSIVE r(i) AS (VALUES (1) UNION ALL SELECT i FROM r) SELECT "
    "count(*) FROM r)",
};

TEST(a_query_without_end_is_stopped)
{
    struct world w;
    world_of(&w, COMPANY);
    w.options.source.time_limit = 100;
    for (size_t i = 0; i < sizeof endless / sizeof endless[0]; i++) {
        w.options.source.purchases.sql = endless[i];
        const char *why = pass_error(&w);
        if (!strstr(why, "source.time_limit") && !strstr(why, "more than a million rows"))
            test_fail(__FILE__, __LINE__, "%s", why);
    }
    w.options.source.purchases.sql = "SELECT customer, at FROM purchase";
    CHECK_TEXT(pass(&w), "1 Anna: 2026-01-05 2026-02-01\n2 Bo: 2026-01-06\n");
    world_end(&w);
}

TEST(a_column_renamed_is_an_error_that_names_it_until_it_is_back)
{
    struct world w;
    world_of(&w, COMPANY);
    CHECK_CONTAINS(pass(&w), "1 Anna:");
    run_sql(w.path, "ALTER TABLE purchase RENAME COLUMN at TO bought_at");
    CHECK_CONTAINS(pass_error(&w), "no such column: at");
    run_sql(w.path, "ALTER TABLE purchase RENAME COLUMN bought_at TO at");
    CHECK_CONTAINS(pass(&w), "1 Anna: 2026-01-05 2026-02-01");
    run_sql(w.path, "DROP TABLE purchase");
    CHECK_CONTAINS(pass_error(&w), "no such table: purchase");
    world_end(&w);
}
