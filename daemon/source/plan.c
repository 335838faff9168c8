#include "source/plan.h"

#include "base/arena.h"
#include "base/buf.h"

#include <string.h>

/* Names of subqueries that are computed for themselves: scanning their result is no scan of a table. */
struct names {
    const char **rows;
    size_t n;
};

static bool begins(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

/* The first word, or a parenthesised one such as "(subquery-2)". */
static const char *word_of(struct arena *a, const char *text)
{
    return arena_copy_bytes(a, text, strcspn(text, " "));
}

static bool known(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(names->rows[i], name) == 0)
            return true;
    return false;
}

static void judge(struct plan *p, struct names *names, struct arena *a, const char *line)
{
    if (begins(line, "CO-ROUTINE ") || begins(line, "MATERIALIZE ")) {
        names->rows = arena_grow(a, names->rows, names->n, sizeof *names->rows);
        names->rows[names->n++] = word_of(a, strchr(line, ' ') + 1);
    } else if (begins(line, "SCAN ") && !begins(line, "SCAN CONSTANT ROW")) {
        p->scans |= !known(names, word_of(a, line + 5));
    } else if (begins(line, "SEARCH ") && strstr(line, " USING AUTOMATIC ")) {
        p->scans = true;
    } else if (begins(line, "USE TEMP B-TREE FOR ") || begins(line, "MERGE (")) {
        p->sorts = true;
    }
}

bool plan_of(struct plan *p, struct database *d, const char *sql, struct err *e)
{
    struct buf explain = { 0 };
    struct arena a = { 0 };
    struct names names = { 0 };
    sqlite3_stmt *s = NULL;
    buf_add(&explain, "EXPLAIN QUERY PLAN ");
    buf_add(&explain, sql);
    *p = (struct plan){ 0 };
    int rc = sqlite3_prepare_v2(d->db, explain.text, -1, &s, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW) {
        const char *line = (const char *)sqlite3_column_text(s, 3);
        judge(p, &names, &a, line ? line : "");
        rc = SQLITE_OK;
    }
    sqlite3_finalize(s);
    buf_done(&explain);
    arena_done(&a);
    return rc == SQLITE_DONE || database_failed(d, rc, e);
}
