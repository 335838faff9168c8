#include "store/ledger.h"

#include "store/statements.h"

bool history_add(struct store *s, instant at, const char *customer, const char *actor, const char *line, struct err *e)
{
    return store_run(s, e, DO_history_add, "Ittt", at, customer, actor, line);
}

static void read_line(sqlite3_stmt *row, struct arena *a, void *out)
{
    *(struct history_line *)out = (struct history_line){ column_instant(row, 0), column_text(row, 1, a),
                                                         column_text(row, 2, a), column_text(row, 3, a) };
}

bool history_read(struct store *s, const char *customer, instant at, struct arena *a, struct history_line **out,
                  size_t *n, struct err *e)
{
    sqlite3_stmt *st =
        customer ? store_bind(s, DO_history_of_customer, "tI", customer, at) : store_bind(s, DO_history_all, "I", at);
    return store_list(s, st, a, sizeof **out, read_line, out, n, e);
}

static void read_text(sqlite3_stmt *row, struct arena *a, void *out)
{
    *(const char **)out = column_text(row, 0, a);
}

bool history_news(struct store *s, int64_t *after, struct arena *a, const char ***customers, size_t *n, struct err *e)
{
    return store_list(s, store_bind(s, DO_history_after, "i", *after), a, sizeof **customers, read_text, customers, n,
                      e) &&
           history_newest(s, after, e);
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

bool contact_add(struct store *s, const char *customer, const struct contact *c, const char *actor, instant now,
                 struct err *e)
{
    return store_run(s, e, DO_contact_add, "tItttI", customer, c->at, c->kind, c->note, actor, now);
}

static void read_contact(sqlite3_stmt *row, struct arena *a, void *out)
{
    *(struct contact *)out = (struct contact){ .at = column_instant(row, 0),
                                               .day = DATE_NONE,
                                               .kind = column_text(row, 1, a),
                                               .note = column_text(row, 2, a),
                                               .salesperson = column_text(row, 3, a) };
}

bool contacts_recorded(struct store *s, const char *customer, struct arena *a, struct contact **out, size_t *n,
                       struct err *e)
{
    return store_list(s, store_bind(s, DO_contacts_of_customer, "t", customer), a, sizeof **out, read_contact, out, n,
                      e);
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
        *out =
            (struct stop){ arena_copy(a, what), column_text(st, 1, a), column_instant(st, 2), column_instant(st, 0) };
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

static void read_stop(sqlite3_stmt *row, struct arena *a, void *out)
{
    *(struct stop *)out =
        (struct stop){ column_text(row, 0, a), column_text(row, 3, a), column_instant(row, 1), column_instant(row, 2) };
}

bool stops_read(struct store *s, struct arena *a, struct stop **out, size_t *n, struct err *e)
{
    return store_list(s, store_bind(s, DO_stopped_all, ""), a, sizeof **out, read_stop, out, n, e);
}

bool alert_raise(struct store *s, const char *cause, date day, const char *text, const char *said, instant now,
                 bool *fresh, struct err *e)
{
    if (!store_run(s, e, DO_alert_add, "tDttI", cause, day, text, said, now))
        return false;
    *fresh = sqlite3_changes(s->db) > 0;
    return true;
}

bool alert_next(struct store *s, date since, struct arena *a, int64_t *id, const char **text, struct err *e)
{
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_alerts_waiting, "D", since);
    if (!store_step(s, st, &row, e))
        return false;
    *id = row ? sqlite3_column_int64(st, 0) : 0;
    *text = row ? column_text(st, 1, a) : NULL;
    sqlite3_reset(st);
    return true;
}

bool alert_text(struct store *s, int64_t message, struct arena *a, const char **text, struct err *e)
{
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_alert_text, "i", message);
    if (!store_step(s, st, &row, e))
        return false;
    *text = row ? column_text(st, 0, a) : "";
    sqlite3_reset(st);
    return true;
}

bool alert_set_message(struct store *s, int64_t id, int64_t message, struct err *e)
{
    return store_run(s, e, DO_alert_message, "ii", id, message);
}

static void read_alert(sqlite3_stmt *row, struct arena *a, void *out)
{
    *(struct alert *)out = (struct alert){ column_instant(row, 0), column_text(row, 1, a), column_text(row, 2, a) };
}

bool alerts_since(struct store *s, date day, struct arena *a, struct alert **out, size_t *n, struct err *e)
{
    return store_list(s, store_bind(s, DO_alerts_since, "D", day), a, sizeof **out, read_alert, out, n, e);
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

bool seen_get(struct store *s, const char *customer, date *out, struct err *e)
{
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_seen_get, "t", customer);
    if (!store_step(s, st, &row, e))
        return false;
    *out = row ? column_date(st, 0) : DATE_NONE;
    sqlite3_reset(st);
    return true;
}

bool seen_day(struct store *s, const char *customer, date today, date *out, struct err *e)
{
    if (!seen_get(s, customer, out, e))
        return false;
    if (*out != DATE_NONE)
        return true;
    *out = today;
    return store_run(s, e, DO_seen_set, "tD", customer, today);
}

bool newcomers_add(struct store *s, const char *rule, uint64_t settings, date today, long n, struct err *e)
{
    return store_run(s, e, DO_newcomers_add, "Dtii", today, rule, (int64_t)n, (int64_t)settings);
}

static void read_new_cases(sqlite3_stmt *row, struct arena *a, void *out)
{
    (void)a;
    *(struct new_cases *)out = (struct new_cases){ column_date(row, 0), (long)sqlite3_column_int64(row, 1) };
}

bool newcomers_read(struct store *s, const char *rule, uint64_t settings, date from, date until, struct arena *a,
                    struct new_cases **out, size_t *n, struct err *e)
{
    return store_list(s, store_bind(s, DO_newcomers_read, "DDti", from, until, rule, (int64_t)settings), a,
                      sizeof **out, read_new_cases, out, n, e);
}

bool newcomers_reset(struct store *s, const char *rule, date day, struct err *e)
{
    return store_run(s, e, DO_newcomers_reset, "Dt", day, rule);
}

bool newcomers_forget(struct store *s, date before, struct err *e)
{
    return store_run(s, e, DO_newcomers_forget, "D", before);
}
