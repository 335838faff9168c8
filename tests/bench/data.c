/* A company made up from a seed: its database, and followupd's configuration for it. */
#include "bench/bench.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int purchases_each = 10, days = 3 * 365;

const char *data_path(const char *name, const char *suffix)
{
    return text("%s/%s.%s", FOLDER, name, suffix);
}

static void sql(sqlite3 *db, const char *what)
{
    if (sqlite3_exec(db, what, NULL, NULL, NULL) != SQLITE_OK)
        fail("%s: %s", what, sqlite3_errmsg(db));
}

sqlite3_stmt *data_prepare(sqlite3 *db, const char *what)
{
    sqlite3_stmt *st;
    if (sqlite3_prepare_v2(db, what, -1, &st, NULL) != SQLITE_OK)
        fail("%s: %s", what, sqlite3_errmsg(db));
    return st;
}

/* In order of time, as a shop writes them: the rows of one customer lie scattered over the table. */
static void add_purchases(sqlite3 *db, long customers, int quiet)
{
    struct chance chance;
    sqlite3_stmt *st = data_prepare(db, "INSERT INTO invoice (client_id, invoiced, total) VALUES (?1, ?2, ?3)");
    long n = customers * purchases_each;
    int64_t end = WEDNESDAY / SECOND - 3600 - quiet * (DAY / SECOND), span = days * (DAY / SECOND);
    chance_seed(&chance, 42);
    for (long i = 0; i < n; i++) {
        /* The first ones reach everybody, then some come more often than others. */
        double u = chance_unit(&chance);
        sqlite3_bind_int64(st, 1, i < 2 * customers ? 1 + i % customers : 1 + (int64_t)(u * u * (double)customers));
        sqlite3_bind_int64(st, 2, end - span + (int64_t)((double)span * (double)i / (double)n));
        sqlite3_bind_double(st, 3, (double)(5000 + chance_below(&chance, 500000)) / 100);
        if (sqlite3_step(st) != SQLITE_DONE)
            fail("insert: %s", sqlite3_errmsg(db));
        sqlite3_reset(st);
    }
    sqlite3_finalize(st);
}

void data_make(const char *name, long customers, int quiet)
{
    sqlite3 *db;
    const char *path = data_path(name, "db");
    long sellers = customers < 250 ? 5 : customers / 50 > 500 ? 500 : customers / 50;
    unlink(path);
    if (sqlite3_open(path, &db) != SQLITE_OK)
        fail("%s: %s", path, sqlite3_errmsg(db));
    sql(db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;"
            "CREATE TABLE seller (id INTEGER PRIMARY KEY, name TEXT, email TEXT);"
            "CREATE TABLE client (id INTEGER PRIMARY KEY, name TEXT, seller_id INTEGER, segment TEXT, contact TEXT, "
            "phone TEXT, email TEXT);"
            "CREATE TABLE invoice (id INTEGER PRIMARY KEY, client_id INTEGER NOT NULL, invoiced INTEGER NOT NULL, "
            "total REAL); BEGIN");
    sql(db, text("WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %ld) INSERT INTO seller "
                 "SELECT i, 'Seller ' || i, 'seller' || i || '@bench.example' FROM n",
                 sellers));
    sql(db, text("WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %ld) INSERT INTO client "
                 "SELECT i, 'Customer ' || i || ' Ltd', 1 + i %% %ld, CASE i %% 5 WHEN 0 THEN 'key accounts' ELSE "
                 "'regular' END, "
                 "'Kari Nordmann', '+47 22 00 ' || i, 'office@c' || i || '.example' FROM n",
                 customers, sellers));
    add_purchases(db, customers, quiet);
    sql(db, "COMMIT; CREATE INDEX invoice_client ON invoice (client_id, invoiced, total); ANALYZE; PRAGMA journal_mode "
            "= WAL");
    sqlite3_close(db);
}

void data_make_all(const struct scale *s)
{
    data_make("all", s->customers, 0);
    data_make("small", SMALL, 0);
}

const char *data_configure(const char *name, const char *rest)
{
    char here[512];
    const char *path = data_path(name, "conf");
    FILE *f = fopen(path, "w");
    if (!f || !getcwd(here, sizeof here))
        fail("cannot write %s", path);
    fprintf(f,
            "company = { name = \"Bench AS\"; time_zone = \"Europe/Oslo\"; currency = \"NOK\"; };\n"
            "store = \"%s/%s\"; languages = \"%s/conf/languages\"; admin = { email = \"admin@bench.example\"; };\n",
            here, data_path(name, "store"), here);
    fprintf(f,
            "source = { database = \"%s/%s\"; salespeople = { query = \"SELECT id, name, email FROM seller\"; };\n"
            "  customers = { query = \"" CUSTOMERS "\"; };\n  purchases = { query = \"" PURCHASES "\"; }; };\n",
            here, data_path(name, "db"));
    fprintf(f,
            "categories = ( \"regular\", \"key accounts\" );\n"
            "offers = ( { id = \"welcome-back\"; percent = 10; valid = \"14 days\"; } );\n%s\n",
            rest);
    fclose(f);
    return path;
}
