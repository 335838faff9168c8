#include "source/hint.h"

#include "base/arena.h"
#include "base/shown.h"
#include "source/values.h"

#include <stdio.h>
#include <string.h>

enum { MOST_NAMES = 1000, NAMES_LISTED = 8 };

struct names {
    struct arena arena;
    const char *rows[MOST_NAMES];
    size_t n;
};

static void add(struct names *all, const char *name)
{
    if (name && all->n < MOST_NAMES)
        all->rows[all->n++] = arena_copy(&all->arena, name);
}

static void add_tables(struct names *all, sqlite3 *db)
{
    static const char sql[] =
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%' ORDER BY name";
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK)
        while (sqlite3_step(s) == SQLITE_ROW)
            add(all, (const char *)sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
}

static void add_columns(struct names *all, sqlite3 *db, const char *table)
{
    sqlite3_stmt *s = NULL;
    char *sql = sqlite3_mprintf("SELECT * FROM \"%w\"", table);
    if (sql && sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK)
        for (int i = 0; i < sqlite3_column_count(s); i++)
            add(all, sqlite3_column_name(s, i));
    sqlite3_finalize(s);
    sqlite3_free(sql);
}

static bool did_you_mean(struct buf *b, const struct names *all, const char *name)
{
    char text[SHOWN_SIZE];
    const char *near = near_miss(name, all->rows, all->n);
    if (near)
        buf_print(b, "; did you mean %s?", shown(near, text));
    return near;
}

static void list(struct buf *b, const struct names *all)
{
    char text[SHOWN_SIZE];
    for (size_t i = 0; i < all->n && i < NAMES_LISTED; i++)
        buf_print(b, "%s%s", i ? ", " : "; there are ", shown(all->rows[i], text));
    if (all->n > NAMES_LISTED)
        buf_print(b, " and %zu more", all->n - NAMES_LISTED);
}

/* "none" in double quotes is the name of a column to SQL, and to many people a text. */
static bool meant_as_text(struct buf *b, const char *sql, const char *name)
{
    char quoted[64], text[SHOWN_SIZE];
    snprintf(quoted, sizeof quoted, "\"%.60s\"", name);
    if (!strstr(sql, quoted))
        return false;
    buf_print(b, "; a text stands in simple quotation marks in SQL: '%s'", shown(name, text));
    return true;
}

static bool hint_for_table(struct buf *b, sqlite3 *db, const char *name)
{
    struct names tables = { .n = 0 };
    add_tables(&tables, db);
    if (!did_you_mean(b, &tables, name))
        list(b, &tables);
    arena_done(&tables.arena);
    return true;
}

static bool hint_for_column(struct buf *b, sqlite3 *db, const char *sql, const char *name)
{
    struct names tables = { .n = 0 }, columns = { .n = 0 };
    const char *bare = strrchr(name, '.') ? strrchr(name, '.') + 1 : name;
    bool found = meant_as_text(b, sql, name);
    if (!found) {
        add_tables(&tables, db);
        for (size_t i = 0; i < tables.n; i++)
            if (strstr(sql, tables.rows[i])) /* others would only confuse */
                add_columns(&columns, db, tables.rows[i]);
        found = did_you_mean(b, &columns, bare);
    }
    if (!found && columns.n) {
        list(b, &columns);
        found = true;
    }
    arena_done(&tables.arena);
    arena_done(&columns.arena);
    return found;
}

/* The rest of `said` behind `what`, or NULL. */
static const char *behind(const char *said, const char *what)
{
    size_t size = strlen(what);
    return strncmp(said, what, size) == 0 ? said + size : NULL;
}

void hint_add(struct buf *b, sqlite3 *db, const char *path, const char *sql, const char *said)
{
    const char *table = behind(said, "no such table: "), *column = behind(said, "no such column: "),
               *twice = behind(said, "ambiguous column name: ");
    if (table && hint_for_table(b, db, table))
        return;
    if (column && hint_for_column(b, db, sql, column))
        return;
    if (twice)
        buf_print(b, "; two tables have it: write TABLE.%.60s", twice);
    else if (behind(said, "near ") || strstr(said, "incomplete input"))
        buf_add(b, "; look there and just before it for a slip, a comma too many or a word too few");
    else
        buf_print(b, "; try the query with: sqlite3 -readonly %s", path);
}
