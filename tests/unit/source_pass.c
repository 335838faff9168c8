/* The merge: who bought what, whatever ids and rows look like; never "no purchases" by mistake. */
#include "base/chance.h"
#include "source_world.h"

#define TABLES "CREATE TABLE customer(id, name); CREATE TABLE purchase(customer, at, total);"

TEST(a_company_without_customers_is_empty)
{
    struct world w;
    world_of(&w, TABLES "INSERT INTO purchase VALUES (1, '2026-01-01', 1);");
    CHECK_TEXT(pass(&w), "");
    CHECK_INT(w.report.customers, 0);
    CHECK_INT(w.report.strangers, 1);
    CHECK(w.report.newest_purchase == INSTANT_NONE);
    w.options.source.customers.sql = NULL;
    CHECK_CONTAINS(pass_error(&w), "source.customers is missing");
    world_end(&w);
}

TEST(customers_are_merged_with_all_that_belongs_to_them)
{
    struct world w;
    world_of(&w, TABLES "CREATE TABLE visit(customer, at, kind); CREATE TABLE problem(customer, opened_at, closed_at);"
                        "INSERT INTO customer VALUES (2, 'Bo'), (1, 'Anna'), (10, 'Cy');"
                        "INSERT INTO purchase VALUES (10, '2026-03-01', 1), (1, '2026-02-01', 1), (1, '2026-01-05', "
                        "1), (3, '2026-01-01', 1),"
                        "  (NULL, '2026-01-01', 1), ('', '2026-01-01', 1);"
                        "INSERT INTO visit VALUES (1, '2026-04-01', 'visit'), (2, '2026-05-01', NULL);"
                        "INSERT INTO problem VALUES (2, '2026-05-01', NULL), (2, '2026-04-01', '2026-04-02');");
    w.options.source.contacts = query_of("SELECT customer, at, kind FROM visit", 5);
    w.options.source.problems = query_of("SELECT customer, opened_at, closed_at FROM problem", 6);
    CHECK_TEXT(pass(&w), "1 Anna: 2026-01-05 2026-02-01 visit@2026-04-01\n"
                         "2 Bo: contact@2026-05-01 problem@2026-04-01! problem@2026-05-01\n"
                         "10 Cy: 2026-03-01\n");
    CHECK_INT(w.report.customers, 3);
    CHECK_INT(w.report.purchases, 3);
    CHECK_INT(w.report.contacts, 2);
    CHECK_INT(w.report.strangers, 3);
    world_end(&w);
}

TEST(texts_that_are_numbers_are_ordered_as_numbers)
{
    struct world w;
    world_of(&w, "CREATE TABLE customer(id TEXT PRIMARY KEY, name); CREATE TABLE purchase(customer TEXT, at);"
                 "CREATE INDEX p ON purchase(customer, at);"
                 "INSERT INTO customer VALUES ('9', 'nine'), ('10', 'ten'), ('007', 'bond'), ('7', 'seven'), ('b', "
                 "'B'), ('100', 'hundred');"
                 "INSERT INTO purchase VALUES ('10', '2026-01-10'), ('9', '2026-01-09'), ('007', '2026-01-07'), ('7', "
                 "'2026-02-07'),"
                 "  ('b', '2026-01-02'), ('100', '2026-01-03');");
    const char *expected = "007 bond: 2026-01-07\n7 seven: 2026-02-07\n9 nine: 2026-01-09\n10 ten: 2026-01-10\n"
                           "100 hundred: 2026-01-03\nb B: 2026-01-02\n";
    CHECK_TEXT(pass(&w), expected);
    CHECK_TEXT(pass(&w), expected);
    world_end(&w);
}

TEST(integers_on_one_side_and_texts_on_the_other_still_meet)
{
    struct world w;
    world_of(&w, "CREATE TABLE customer(id INTEGER PRIMARY KEY, name); CREATE TABLE purchase(customer TEXT, at);"
                 "INSERT INTO customer VALUES (9, 'nine'), (10, 'ten'), (2, 'two'), (100, 'hundred');"
                 "INSERT INTO purchase VALUES ('10', '2026-01-10'), ('9', '2026-01-09'), ('100', '2026-01-01'), ('2', "
                 "'2026-01-02');");
    CHECK_TEXT(pass(&w), "2 two: 2026-01-02\n9 nine: 2026-01-09\n10 ten: 2026-01-10\n100 hundred: 2026-01-01\n");
    world_end(&w);
    world_of(&w, "CREATE TABLE customer(id INTEGER PRIMARY KEY, name); CREATE TABLE purchase(customer REAL, at);"
                 "INSERT INTO customer VALUES (9, 'nine'), (10, 'ten');"
                 "INSERT INTO purchase VALUES (10, '2026-01-10'), (9, '2026-01-09'), (9.5, '2026-01-01'), (NULL, "
                 "'2026-01-01');");
    CHECK_TEXT(pass(&w), "9 nine: 2026-01-09\n10 ten: 2026-01-10\n");
    world_end(&w);
}

TEST(an_id_twice_is_an_error_that_names_it)
{
    struct world w;
    world_of(&w, TABLES "INSERT INTO customer VALUES (1, 'Anna'), (7, 'Bo'), (7, 'Bo again');");
    CHECK_CONTAINS(pass_error(&w), "test.conf:3: customers: customer 7 is there twice");
    run_sql(w.path, "DELETE FROM customer WHERE name = 'Bo again'; INSERT INTO customer VALUES ('7', 'as text');");
    CHECK_CONTAINS(pass_error(&w), "customer 7 is there twice");
    world_end(&w);
}

/* A text id that only now contradicts the plain order: the pass ends, and the next one sorts. */
TEST(an_order_that_no_longer_holds_ends_the_pass_and_is_mended)
{
    struct world w;
    world_of(&w, "CREATE TABLE customer(id INTEGER PRIMARY KEY, name); CREATE TABLE purchase(customer TEXT, at);"
                 "CREATE INDEX p ON purchase(customer, at);"
                 "INSERT INTO customer VALUES (11, 'a'), (12, 'b');"
                 "INSERT INTO purchase VALUES ('11', '2026-01-01'), ('12', '2026-01-02');");
    CHECK_TEXT(pass(&w), "11 a: 2026-01-01\n12 b: 2026-01-02\n");
    run_sql(w.path, "INSERT INTO purchase VALUES ('100', '2026-01-03')"); /* of nobody, and it stands before '11' */
    CHECK_CONTAINS(pass_error(&w), "customer 11 came after customer 100");
    CHECK_TEXT(pass(&w), "11 a: 2026-01-01\n12 b: 2026-01-02\n");
    world_end(&w);
}

TEST(unusable_ids_are_counted_not_guessed)
{
    struct world w;
    world_of(&w, TABLES
             "INSERT INTO customer VALUES (1, 'Anna'), (NULL, 'nobody'), ('', 'empty'), (x'01', 'blob'), (1.5, 'half'),"
             "  (CAST(x'ff' AS TEXT), 'bytes'), (printf('%.*c', 500, 'x'), 'long');");
    CHECK_TEXT(pass(&w), "1 Anna:\n");
    CHECK_INT(w.report.nameless, 6);
    world_end(&w);
}

TEST(ids_may_hold_any_text)
{
    struct world w;
    world_of(&w, TABLES
             "INSERT INTO customer VALUES ('Å-1', 'a'), ('it''s \"x\"', 'b'), (' 5', 'c'), ('%s', 'd');"
             "INSERT INTO purchase VALUES ('%s', '2026-01-01', 1), ('Å-1', '2026-01-02', 1), (' 5', '2026-01-03', 1);");
    CHECK_TEXT(pass(&w), " 5 c: 2026-01-03\n%s d: 2026-01-01\nit's \"x\" b:\nÅ-1 a: 2026-01-02\n");
    world_end(&w);
}

TEST(unreadable_values_are_counted_with_an_example)
{
    struct world w;
    world_of(
        &w, TABLES
        "INSERT INTO customer VALUES (1, 'Anna'), (2, 'Bo');"
        "INSERT INTO purchase VALUES (1, '2026-01-05', 10), (1, '31/02/2026', 10), (1, '2024-02-30', 10), (2, NULL, 5),"
        "  (2, '', 5), (2, 2460310.5, 5), (2, '2026-02-02', '1 234,50'), (2, x'00', 1), (1, 'a' || char(10) || 'b', "
        "1);");
    w.options.source.purchases.sql = "SELECT customer, at, total AS amount FROM purchase ORDER BY rowid";
    CHECK_TEXT(pass(&w), "1 Anna: 2026-01-05=1000\n2 Bo: 2026-02-02\n");
    CHECK_INT(w.report.n_unreadable, 2);
    CHECK_TEXT(w.report.unreadable[0].query, "purchases");
    CHECK_TEXT(w.report.unreadable[0].column, "at");
    CHECK_INT(w.report.unreadable[0].count, 7);
    CHECK_CONTAINS(w.report.unreadable[0].example, "customer 1: '");
    CHECK_TEXT(w.report.unreadable[1].column, "amount");
    CHECK_TEXT(w.report.unreadable[1].example, "customer 2: '1 234,50'");
    world_end(&w);
}

TEST(zero_and_negative_amounts_are_not_buying)
{
    struct world w;
    world_of(&w, TABLES "INSERT INTO customer VALUES (1, 'Anna');"
                        "INSERT INTO purchase VALUES (1, '2026-01-05', 10), (1, '2026-01-06', 0), (1, '2026-01-07', "
                        "-10), (1, '2026-01-08', NULL),"
                        "  (1, '2026-01-09', '0.001');");
    w.options.source.purchases.sql = "SELECT customer, at, total AS amount FROM purchase";
    CHECK_TEXT(pass(&w), "1 Anna: 2026-01-05=1000 2026-01-08\n");
    CHECK_INT(w.report.ignored, 3);
    world_end(&w);
}

static bool keep_customer(void *context, const struct facts *f)
{
    struct buf *b = context;
    const struct customer *c = &f->customer;
    char day[16];
    buf_print(b, "%s|%s|%s|%s|%s|%d%d", c->id, c->name, c->salesperson ? c->salesperson : "-",
              c->category ? c->category : "-", date_print(c->since, day), c->active, c->do_not_contact);
    for (size_t i = 0; i < c->n_extras; i++)
        buf_print(b, "|%s=%s", c->extras[i].name, c->extras[i].value ? c->extras[i].value : "-");
    buf_add_char(b, '\n');
    return true;
}

TEST(a_customer_is_what_the_columns_say_and_cautious_where_they_cannot_be_read)
{
    struct world w;
    struct err e;
    struct buf seen = { 0 };
    world_of(
        &w,
        "CREATE TABLE c(id, name, seller, category, since, active, quiet, x);"
        "INSERT INTO c VALUES (1, 'Anna', 3, 'key', '2020-01-01', 'Yes', 0, 'a'),"
        "  (2, NULL, 3.0, '', '32.01.2020', NULL, NULL, NULL), (3, 'Cy', NULL, NULL, NULL, 'maybe', 'perhaps', 5),"
        "  (4, 'Di' || char(0) || 'x', ' ', NULL, NULL, 'f', 'T', x'ff'), (5, 'E', NULL, NULL, NULL, 1.0, '', '');");
    w.options.source.customers.sql =
        "SELECT id, name, seller AS salesperson, category, since, active, quiet AS do_not_contact, x AS x_own FROM c";
    w.options.source.purchases.sql = NULL;
    CHECK_OK(source_pass(w.source, AT(2026, 1, 1), keep_customer, &seen, &w.report, &e), &e);
    CHECK_TEXT(buf_text(&seen), "1|Anna|3|key|2020-01-01|10|x_own=a\n"
                                "2|2|3|-||10|x_own=-\n"
                                "3|Cy|-|-||01|x_own=5\n"
                                "4|Di\xEF\xBF\xBDx| |-||01|x_own=\xEF\xBF\xBD\n"
                                "5|E|-|-||10|x_own=-\n");
    CHECK_INT(w.report.n_unreadable, 3);
    CHECK_TEXT(w.report.unreadable[0].example, "customer 2: '32.01.2020'");
    buf_done(&seen);
    world_end(&w);
}

TEST(a_problem_that_may_or_may_not_be_closed_is_left_out)
{
    struct world w;
    world_of(&w,
             TABLES "CREATE TABLE problem(customer, opened_at, closed_at);"
                    "INSERT INTO customer VALUES (1, 'Anna');"
                    "INSERT INTO problem VALUES (1, '2026-01-01', 'soon'), (1, '2026-01-02', NULL), (1, NULL, NULL);");
    w.options.source.problems = query_of("SELECT customer, opened_at, closed_at FROM problem", 6);
    CHECK_TEXT(pass(&w), "1 Anna: problem@2026-01-02\n");
    CHECK_INT(w.report.n_unreadable, 2);
    world_end(&w);
}

TEST(the_report_knows_the_newest_purchase_and_the_longest_pause)
{
    struct world w;
    world_of(&w, TABLES "INSERT INTO customer VALUES (1, 'Anna'), (2, 'Bo');"
                        "INSERT INTO purchase VALUES (1, '2026-11-20 10:00', 1), (2, '2026-11-10', 1), (1, "
                        "'2026-10-01', 1), (1, '2026-09-30', 1),"
                        "  (2, '2027-01-01', 1), (2, '2020-01-01', 1);");
    pass(&w);
    CHECK_INT(w.report.newest_purchase, AT(2026, 11, 20, 10));
    CHECK_INT(w.report.longest_gap, 40);
    run_sql(w.path, "DELETE FROM purchase WHERE at BETWEEN '2021' AND '2026-11-15'");
    pass(&w);
    CHECK_INT(w.report.longest_gap, 0);
    world_end(&w);
}

static bool stop_at_two(void *context, const struct facts *f)
{
    int *seen = context;
    (void)f;
    return ++*seen < 2;
}

TEST(a_visitor_may_have_enough)
{
    struct world w;
    struct err e;
    int seen = 0;
    world_of(&w, TABLES "INSERT INTO customer VALUES (1, 'a'), (2, 'b'), (3, 'c');");
    CHECK_OK(source_pass(w.source, AT(2026, 1, 1), stop_at_two, &seen, NULL, &e), &e);
    CHECK_INT(seen, 2);
    world_end(&w);
}

static const char *some(struct world *w, const char *const *ids, size_t n)
{
    struct err e;
    buf_reset(&w->seen);
    CHECK_OK(source_customers(w->source, AT(2026, 11, 22), ids, n, write_down, w, &e), &e);
    return buf_text(&w->seen);
}

TEST(single_customers_are_found_whatever_their_ids_are_stored_as)
{
    static const char *const types[] = { "INTEGER", "TEXT", "", "NUMERIC", "REAL", "BLOB", "TEXT COLLATE NOCASE" };
    static const char *const ids[] = { "007", "7", "10", "abc", "zz" };
    char sql[1024];
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        for (size_t j = 0; j < sizeof types / sizeof types[0]; j++) {
            struct world w;
            snprintf(sql, sizeof sql,
                     "CREATE TABLE customer(id %s, name); CREATE TABLE purchase(customer %s, at);"
                     "CREATE INDEX c ON customer(id); CREATE INDEX p ON purchase(customer, at);"
                     "INSERT INTO customer VALUES (7, 'seven'), (10, 'ten'), ('abc', 'letters'), ('ABC', 'capitals');"
                     "INSERT INTO purchase VALUES (10, '2026-01-10'), (7, '2026-01-07'), ('abc', '2026-01-01'), "
                     "('ABC', '2026-01-02');",
                     types[i], types[j]);
            world_of(&w, sql);
            CHECK(source_seeks(w.source));
            CHECK_TEXT(some(&w, ids, 5), "7 seven: 2026-01-07\n10 ten: 2026-01-10\nabc letters: 2026-01-01\n");
            CHECK_TEXT(pass(&w),
                       "7 seven: 2026-01-07\n10 ten: 2026-01-10\nABC capitals: 2026-01-02\nabc letters: 2026-01-01\n");
            world_end(&w);
        }
    }
}

TEST(where_nothing_can_seek_one_pass_finds_them_all)
{
    static const char *const ids[] = { "2", "3", "9", "10", "11" };
    struct world w;
    world_of(&w,
             TABLES "INSERT INTO customer VALUES (10, 'ten'), (2, 'two'), (3, 'three'), (1, 'one');"
                    "INSERT INTO purchase VALUES (10, '2026-01-10', 1), (1, '2026-01-01', 1), (3, '2026-01-03', 1);");
    CHECK(!source_seeks(w.source));
    CHECK_TEXT(some(&w, ids, 5), "2 two:\n3 three: 2026-01-03\n10 ten: 2026-01-10\n");
    CHECK_TEXT(some(&w, ids, 0), "");
    CHECK_TEXT(some(&w, ids + 4, 1), "");
    world_end(&w);
}

TEST(mappings_that_group_and_unite_work)
{
    static const char *const ids[] = { "1", "3" };
    struct world w;
    world_of(&w, "CREATE TABLE customer(id INTEGER PRIMARY KEY, name); CREATE TABLE line(customer INT, day, price);"
                 "CREATE TABLE old(who INT, day, price); CREATE INDEX l ON line(customer); CREATE INDEX o ON old(who);"
                 "INSERT INTO customer VALUES (1, 'a'), (2, 'b'), (3, 'c');"
                 "INSERT INTO line VALUES (1, '2026-01-01', 1), (1, '2026-01-01', 2), (2, '2026-01-02', 3);"
                 "INSERT INTO old VALUES (1, '2020-01-01', 7), (3, '2019-01-01', 8);");
    w.options.source.purchases.sql =
        "SELECT customer, day AS at, sum(price) AS amount FROM line GROUP BY customer, day "
        "UNION ALL SELECT who, day, price FROM old ORDER BY 2 DESC;";
    CHECK_TEXT(pass(&w), "1 a: 2020-01-01=700 2026-01-01=300\n2 b: 2026-01-02=300\n3 c: 2019-01-01=800\n");
    CHECK_TEXT(some(&w, ids, 2), "1 a: 2020-01-01=700 2026-01-01=300\n3 c: 2019-01-01=800\n");
    w.options.source.purchases.sql =
        "WITH x AS (SELECT DISTINCT customer, day FROM line) SELECT customer, day AS at FROM x";
    source_rest(w.source);
    CHECK_TEXT(pass(&w), "1 a: 2026-01-01\n2 b: 2026-01-02\n3 c:\n");
    CHECK_TEXT(some(&w, ids, 2), "1 a: 2026-01-01\n3 c:\n");
    world_end(&w);
}

TEST(a_mapping_may_use_customer_and_after_itself)
{
    static const char *const ids[] = { "2" };
    struct world w;
    world_of(&w, TABLES "INSERT INTO customer VALUES (1, 'a'), (2, 'b'), (3, 'c');"
                        "INSERT INTO purchase VALUES (1, '2026-01-01', 1), (2, '2026-01-02', 1);");
    w.options.source.customers.sql =
        "SELECT id, name FROM customer WHERE (:customer IS NULL OR id = :customer) AND (:after IS NULL OR id > :after)";
    w.options.source.purchases.sql =
        "SELECT customer, at FROM purchase WHERE :customer IS NULL OR customer = :customer";
    CHECK_TEXT(pass(&w), "1 a: 2026-01-01\n2 b: 2026-01-02\n3 c:\n");
    CHECK_TEXT(some(&w, ids, 1), "2 b: 2026-01-02\n");
    world_end(&w);
}

/* Makes slices: other programs wait 10 ms at most, so a slow visitor forces a new one for each customer. */
static bool dawdle(void *context, const struct facts *f)
{
    usleep(11000);
    return write_down(context, f);
}

TEST(a_pass_in_slices_sees_the_same_and_what_was_written_between_them)
{
    struct world w;
    struct err e;
    static const char *const types[] = { "INT", "TEXT", "REAL" };
    char sql[1024];
    for (size_t i = 0; i < 3; i++) {
        snprintf(sql, sizeof sql,
                 "CREATE TABLE customer(id INTEGER PRIMARY KEY, name); CREATE TABLE purchase(customer %s, at);"
                 "CREATE INDEX p ON purchase(customer, at);"
                 "INSERT INTO customer VALUES (1, 'a'), (2, 'b'), (3, 'c'), (5, 'e');"
                 "INSERT INTO purchase VALUES (1, '2026-01-01'), (1, '2026-01-02'), (3, '2026-01-03'), (4, "
                 "'2026-01-04'), (9, '2026-01-09');",
                 types[i]);
        world_of(&w, sql);
        CHECK_OK(source_pass(w.source, AT(2026, 11, 22), dawdle, &w, &w.report, &e), &e);
        CHECK_TEXT(buf_text(&w.seen), "1 a: 2026-01-01 2026-01-02\n2 b:\n3 c: 2026-01-03\n5 e:\n");
        CHECK_INT(w.report.customers, 4);
        CHECK_INT(w.report.purchases, 3);
        world_end(&w);
    }
}

/* The same, asked of the database itself, for a thousand made-up companies' worth of odd ids. */
TEST(a_thousand_odd_ids_agree_with_a_naive_count)
{
    struct chance c;
    struct world w;
    struct buf sql = { 0 };
    chance_seed(&c, 4711);
    buf_add(&sql, TABLES "BEGIN;");
    for (int i = 0; i < 1000; i++) {
        char id[32];
        snprintf(id, sizeof id, i % 4 == 0 ? "%d" : i % 4 == 1 ? "'%d'" : i % 4 == 2 ? "'%07d'" : "'c%d'", i);
        buf_print(&sql, "INSERT INTO customer VALUES (%s, %d);", id, i);
        for (uint64_t n = chance_below(&c, 4); n > 0; n--)
            buf_print(&sql, "INSERT INTO purchase VALUES (%s, '2026-01-%02d', 1);", id, (int)chance_below(&c, 28) + 1);
    }
    buf_add(&sql, "COMMIT;");
    world_of(&w, sql.text);
    const char *seen = pass(&w);
    sqlite3 *db;
    sqlite3_stmt *s;
    CHECK_INT(sqlite3_open_v2(w.path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    CHECK_INT(
        sqlite3_prepare_v2(
            db,
            "SELECT c.id || ' ' || c.name || ':' || ifnull(' ' || group_concat(at, ' '), '') FROM customer c LEFT JOIN "
            "(SELECT * FROM purchase ORDER BY at) p ON CAST(p.customer AS TEXT) = CAST(c.id AS TEXT) GROUP BY c.rowid",
            -1, &s, NULL),
        SQLITE_OK);
    long rows = 0;
    for (; sqlite3_step(s) == SQLITE_ROW; rows++) {
        char line[256];
        snprintf(line, sizeof line, "%s\n", (const char *)sqlite3_column_text(s, 0));
        CHECK_CONTAINS(seen, line);
    }
    CHECK_INT(rows, 1000);
    CHECK_INT(w.report.customers, 1000);
    sqlite3_finalize(s);
    sqlite3_close(db);
    buf_done(&sql);
    world_end(&w);
}

TEST(people_are_sorted_unique_and_active_unless_said_otherwise)
{
    struct world w;
    struct err e;
    struct arena a = { 0 };
    struct people p;
    world_of(&w, "CREATE TABLE s(id TEXT, name, mail, tg, boss, away, active);"
                 "INSERT INTO s VALUES ('10', 'Ten', 't@x.example', NULL, 9.0, '2026-12-24', NULL), ('9', 'Nine', "
                 "NULL, '@nine', NULL, 'soon', 0);");
    CHECK_OK(source_people(w.source, AT(2026, 1, 1), &a, &p, &e), &e);
    CHECK_INT(p.n, 0); /* no such query */
    w.options.source.salespeople = query_of("SELECT id, name, mail AS email, tg AS telegram, boss AS manager, away AS "
                                            "away_until, active, 'telegram email' AS channels FROM s",
                                            2);
    source_rest(w.source);
    CHECK_OK(source_people(w.source, AT(2026, 1, 1), &a, &p, &e), &e);
    CHECK_INT(p.n, 2);
    CHECK_TEXT(p.rows[0].id, "9");
    CHECK(!p.rows[0].active && p.rows[1].active);
    CHECK_TEXT(p.rows[0].chats[0].channel, "telegram");
    CHECK_TEXT(p.rows[0].chats[0].value, "@nine");
    CHECK_INT(p.rows[1].n_chats, 0);
    CHECK_INT(p.rows[0].away_until, DATE_NONE);
    CHECK_INT(p.rows[1].away_until, date_of(2026, 12, 24));
    CHECK(person_find(&p, p.rows[1].manager) == &p.rows[0]);
    CHECK_TEXT(p.rows[1].channels, "telegram email");
    run_sql(w.path, "INSERT INTO s(id, name) VALUES ('9', 'Nine again')");
    CHECK(!source_people(w.source, AT(2026, 1, 1), &a, &p, &e));
    CHECK_CONTAINS(e.text, "test.conf:2: salespeople: salesperson 9 is there twice");
    arena_done(&a);
    world_end(&w);
}

TEST(check_says_what_the_admin_should_know)
{
    struct world w;
    struct complaints wrong = { 0 }, notes = { 0 };
    struct buf said = { 0 };
    world_of(&w,
             "CREATE TABLE customer(id INTEGER PRIMARY KEY, name, seller); CREATE TABLE \"order\"(\"who is\" INT, at);"
             "CREATE TABLE seller(id INTEGER PRIMARY KEY, name);"
             "INSERT INTO seller VALUES (1, 'Una');"
             "INSERT INTO customer VALUES (1, 'a', 1), (2, 'b', NULL), (3, 'c', 77);"
             "INSERT INTO \"order\" VALUES (1, 'yesterday'), (9, '2026-01-01');");
    w.options.source.salespeople = query_of("SELECT id, name FROM seller", 2);
    w.options.source.customers.sql = "SELECT id, name, seller AS salesperson FROM customer";
    w.options.source.purchases.sql = "SELECT \"who is\" AS customer, at FROM \"order\"";
    CHECK(source_check(w.source, AT(2026, 11, 22), &wrong, &notes));
    for (size_t i = 0; i < notes.n; i++)
        buf_print(&said, "%d %s\n", notes.rows[i].line, notes.rows[i].text);
    for (size_t i = 0; i < wrong.n; i++)
        buf_print(&said, "%d %s\n", wrong.rows[i].line, wrong.rows[i].text);
    CHECK_CONTAINS(said.text, "4 purchases: to find one customer everything is read; this would help: CREATE INDEX "
                              "followup_order ON \"order\"(\"who is\", at)\n");
    CHECK_CONTAINS(said.text, "4 purchases: it is read in one go, and while it is read other programs cannot write\n");
    CHECK_CONTAINS(said.text,
                   "4 purchases.at: 1 value cannot be read, as in customer 1: 'yesterday'; if that is how dates "
                   "are written there, add a format to the query, such as format = \"%d.%m.%Y\";\n");
    CHECK_CONTAINS(said.text,
                   "3 customers: 1 belong to salespeople without an address, such as customer 1 to salesperson 1");
    CHECK_CONTAINS(said.text, "3 customers: 1 without a salesperson, such as customer 2: nobody is told about them; ");
    CHECK_CONTAINS(said.text,
                   "3 customers: 1 whose salesperson is not in the salespeople query, such as customer 3 with "
                   "salesperson 77: nobody is told about them");
    CHECK(geteuid() == 0 || strstr(said.text, "could write in the folder"));
    CHECK(!strstr(said.text, "3 customers: to find"));
    complaints_done(&notes);
    complaints_done(&wrong);
    buf_done(&said);
    world_end(&w);
}
