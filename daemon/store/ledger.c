#include "store/ledger.h"

#include "store/statements.h"

bool history_add(struct store *s, instant at, const char *customer, const char *actor, const char *line, struct err *e)
{
    return store_run(s, e, DO_history_add, "Ittt", at, customer, actor, line);
}

bool history_read(struct store *s, const char *customer, instant at, struct arena *a, struct history_line **out, size_t *n,
                  struct err *e)
{
    struct history_line *rows = NULL;
    size_t count = 0;
    bool row;
    sqlite3_stmt *st = customer ? store_bind(s, DO_history_of_customer, "tI", customer, at) : store_bind(s, DO_history_all, "I", at);
    while (store_step(s, st, &row, e)) {
        if (!row) {
            *out = rows;
            *n = count;
            return true;
        }
        rows = arena_grow(a, rows, count, sizeof *rows);
        rows[count++] = (struct history_line){ column_instant(st, 0), column_text(st, 1, a), column_text(st, 2, a), column_text(st, 3, a) };
    }
    return false;
}

bool history_news(struct store *s, int64_t *after, struct arena *a, const char ***customers, size_t *n, struct err *e)
{
    const char **rows = NULL;
    size_t count = 0;
    int64_t last = *after;
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_history_after, "i", *after);
    while (store_step(s, st, &row, e)) {
        if (!row) {
            *customers = rows;
            *n = count;
            *after = last;
            return true;
        }
        last = sqlite3_column_int64(st, 0);
        if (sqlite3_column_type(st, 1) == SQLITE_NULL)
            continue;
        rows = arena_grow(a, rows, count, sizeof *rows);
        rows[count++] = column_text(st, 1, a);
    }
    return false;
}

bool history_newest(struct store *s, int64_t *newest, struct err *e)
{
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_history_newest, "");
    if (!store_step(s, st, &row, e))
        return false;
    *newest = row ? sqlite3_column_int64(st, 0) : 0;
    sqlite3_reset(st);
    return true;
}

bool contact_add(struct store *s, const char *customer, const struct contact *c, const char *actor, instant now, struct err *e)
{
    return store_run(s, e, DO_contact_add, "tItttI", customer, c->at, c->kind, c->note, actor, now);
}

bool contacts_recorded(struct store *s, const char *customer, struct arena *a, struct contact **out, size_t *n, struct err *e)
{
    struct contact *rows = NULL;
    size_t count = 0;
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_contacts_of_customer, "t", customer);
    while (store_step(s, st, &row, e)) {
        if (!row) {
            *out = rows;
            *n = count;
            return true;
        }
        rows = arena_grow(a, rows, count, sizeof *rows);
        rows[count++] = (struct contact){ .at = column_instant(st, 0), .kind = column_text(st, 1, a), .note = column_text(st, 2, a),
                                          .salesperson = column_text(st, 3, a) };
    }
    return false;
}

bool stop_set(struct store *s, const char *what, instant now, instant until, const char *why, struct err *e)
{
    return store_run(s, e, DO_stopped_set, "tIIt", what, now, until, why);
}

bool stop_get(struct store *s, const char *what, struct arena *a, struct stop *out, struct err *e)
{
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_stopped_get, "t", what);
    if (!store_step(s, st, &row, e))
        return false;
    *out = (struct stop){ 0 };
    if (row)
        *out = (struct stop){ arena_copy(a, what), column_text(st, 1, a), column_instant(st, 2), column_instant(st, 0) };
    sqlite3_reset(st);
    return true;
}

bool stop_clear(struct store *s, const char *what, struct err *e)
{
    return store_run(s, e, DO_stopped_clear, "t", what);
}

bool stop_clear_all(struct store *s, const char *pattern, struct err *e)
{
    return store_run(s, e, DO_stopped_forget, "t", pattern);
}

bool stops_read(struct store *s, struct arena *a, struct stop **out, size_t *n, struct err *e)
{
    struct stop *rows = NULL;
    size_t count = 0;
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_stopped_all, "");
    while (store_step(s, st, &row, e)) {
        if (!row) {
            *out = rows;
            *n = count;
            return true;
        }
        rows = arena_grow(a, rows, count, sizeof *rows);
        rows[count++] = (struct stop){ column_text(st, 0, a), column_text(st, 3, a), column_instant(st, 1), column_instant(st, 2) };
    }
    return false;
}

bool alert_raise(struct store *s, const char *cause, date day, const char *text, instant now, bool *fresh, struct err *e)
{
    if (!store_run(s, e, DO_alert_add, "tDtI", cause, day, text, now))
        return false;
    *fresh = sqlite3_changes(s->db) > 0;
    return true;
}

bool alert_next(struct store *s, struct arena *a, int64_t *id, const char **text, struct err *e)
{
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_alerts_waiting, "");
    if (!store_step(s, st, &row, e))
        return false;
    *id = row ? sqlite3_column_int64(st, 0) : 0;
    *text = row ? column_text(st, 1, a) : NULL;
    sqlite3_reset(st);
    return true;
}

bool alert_set_message(struct store *s, int64_t id, int64_t message, struct err *e)
{
    return store_run(s, e, DO_alert_message, "ii", id, message);
}

bool alerts_since(struct store *s, date day, struct arena *a, struct alert **out, size_t *n, struct err *e)
{
    struct alert *rows = NULL;
    size_t count = 0;
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_alerts_since, "D", day);
    while (store_step(s, st, &row, e)) {
        if (!row) {
            *out = rows;
            *n = count;
            return true;
        }
        rows = arena_grow(a, rows, count, sizeof *rows);
        rows[count++] = (struct alert){ column_instant(st, 0), column_text(st, 1, a), column_text(st, 2, a) };
    }
    return false;
}

bool release_set(struct store *s, const char *what, instant now, struct err *e)
{
    return store_run(s, e, DO_release_set, "tI", what, now);
}

bool release_get(struct store *s, const char *what, instant *at, struct err *e)
{
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_release_get, "t", what);
    if (!store_step(s, st, &row, e))
        return false;
    *at = row ? column_instant(st, 0) : INSTANT_NONE;
    sqlite3_reset(st);
    return true;
}

bool seen_day(struct store *s, const char *customer, date today, date *out, struct err *e)
{
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_seen_get, "t", customer);
    if (!store_step(s, st, &row, e))
        return false;
    *out = row ? column_date(st, 0) : today;
    sqlite3_reset(st);
    return row || store_run(s, e, DO_seen_set, "tD", customer, today);
}
