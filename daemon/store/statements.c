#include "store/statements.h"

#include <stdarg.h>
#include <string.h>

static int bind_one(sqlite3_stmt *st, int i, char type, va_list *rest)
{
    int64_t number;
    const void *bytes;
    const char *text;
    switch (type) {
    case 't':
        text = va_arg(*rest, const char *);
        return sqlite3_bind_text(st, i, text, -1, SQLITE_TRANSIENT);
    case 'd':
        return sqlite3_bind_double(st, i, va_arg(*rest, double));
    case 'D':
        number = va_arg(*rest, date);
        return number == DATE_NONE ? sqlite3_bind_null(st, i) : sqlite3_bind_int64(st, i, number);
    case 'I':
    case 'm':
        number = va_arg(*rest, int64_t);
        return number == INSTANT_NONE ? sqlite3_bind_null(st, i) : sqlite3_bind_int64(st, i, number);
    case 'b':
        bytes = va_arg(*rest, const void *);
        return sqlite3_bind_blob64(st, i, bytes, va_arg(*rest, size_t), SQLITE_TRANSIENT);
    default:
        return sqlite3_bind_int64(st, i, va_arg(*rest, int64_t));
    }
}

static sqlite3_stmt *bind_all(struct store *s, enum statement which, const char *types, va_list *rest)
{
    sqlite3_stmt *st = s->prepared[which];
    sqlite3_reset(st);
    for (int i = 0; types[i]; i++)
        bind_one(st, i + 1, types[i], rest); /* out of memory or range shows at the step */
    return st;
}

sqlite3_stmt *store_bind(struct store *s, enum statement which, const char *types, ...)
{
    va_list rest;
    va_start(rest, types);
    sqlite3_stmt *st = bind_all(s, which, types, &rest);
    va_end(rest);
    return st;
}

bool store_step(struct store *s, sqlite3_stmt *st, bool *row, struct err *e)
{
    int rc = sqlite3_step(st);
    *row = rc == SQLITE_ROW;
    if (rc == SQLITE_ROW)
        return true;
    if (rc != SQLITE_DONE)
        err_set(e, "store: %s", sqlite3_errmsg(s->db));
    sqlite3_reset(st);
    sqlite3_clear_bindings(st);
    return rc == SQLITE_DONE;
}

bool store_run(struct store *s, struct err *e, enum statement which, const char *types, ...)
{
    bool row;
    va_list rest;
    va_start(rest, types);
    sqlite3_stmt *st = bind_all(s, which, types, &rest);
    va_end(rest);
    bool ok = store_step(s, st, &row, e);
    sqlite3_reset(st);
    return ok;
}

bool store_list(struct store *s, sqlite3_stmt *st, struct arena *a, size_t row_size, read_row *read, void *rows,
                size_t *n, struct err *e)
{
    char *all = NULL;
    size_t count = 0;
    bool row;
    while (store_step(s, st, &row, e)) {
        if (!row) {
            memcpy(rows, &all, sizeof all); /* whatever its type is, it is a pointer */
            *n = count;
            return true;
        }
        all = arena_grow(a, all, count, row_size);
        read(st, a, all + count++ * row_size);
    }
    return false;
}

const char *column_text(sqlite3_stmt *row, int i, struct arena *a)
{
    return arena_copy(a, (const char *)sqlite3_column_text(row, i));
}

date column_date(sqlite3_stmt *row, int i)
{
    return sqlite3_column_type(row, i) == SQLITE_NULL ? DATE_NONE : (date)sqlite3_column_int64(row, i);
}

instant column_instant(sqlite3_stmt *row, int i)
{
    return sqlite3_column_type(row, i) == SQLITE_NULL ? INSTANT_NONE : sqlite3_column_int64(row, i);
}
