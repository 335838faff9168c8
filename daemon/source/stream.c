#include "source/stream.h"

#include "base/buf.h"
#include "source/plan.h"

#include <string.h>

bool stream_used(const struct stream *s)
{
    return s->mapping.sql != NULL;
}

static void add_name(struct buf *sql, const char *name)
{
    buf_add(sql, "q.\"");
    for (; *name; name++) {
        if (*name == '"')
            buf_add_char(sql, '"');
        buf_add_char(sql, *name);
    }
    buf_add_char(sql, '"');
}

/* SELECT q."customer", q."at", ... FROM (the mapping) AS q: the key first, the other fields in their order. */
static void add_select(struct buf *sql, const struct mapping *m, bool keys_only)
{
    buf_add(sql, "SELECT ");
    add_name(sql, mapping_key(m));
    for (size_t i = 0; i < m->n && !keys_only; i++) {
        if (m->fields[i].column->type != FIELD_KEY) {
            buf_add(sql, ", ");
            add_name(sql, m->fields[i].name);
        }
    }
    buf_print(sql, " FROM (\n%s\n) AS q", m->sql);
}

static void add_order(struct buf *sql, const struct mapping *m, enum order order)
{
    buf_add(sql, " ORDER BY ");
    if (order == ORDER_COLLATED)
        buf_add(sql, "CAST(CASE typeof(");
    add_name(sql, mapping_key(m));
    if (order != ORDER_COLLATED)
        return;
    buf_add(sql, ") WHEN 'real' THEN CAST(");
    add_name(sql, mapping_key(m));
    buf_add(sql, " AS INTEGER) ELSE ");
    add_name(sql, mapping_key(m));
    buf_add(sql, " END AS TEXT) COLLATE " ID_COLLATION);
}

static bool prepare(struct database *d, const struct mapping *m, const char *sql, sqlite3_stmt **out, struct err *e)
{
    d->guard.refused[0] = '\0';
    int rc = sqlite3_prepare_v3(d->db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);
    return rc == SQLITE_OK || (database_failed(d, rc, e),
                               err_wrap(e, "%s:%d: %s", m->query->place.file, m->query->place.line, m->kind->name));
}

static bool prepare_all(struct stream *s, struct database *d, bool keys_only, struct err *e)
{
    struct buf sql = { 0 };
    add_select(&sql, &s->mapping, keys_only);
    add_order(&sql, &s->mapping, s->order);
    bool fine = prepare(d, &s->mapping, sql.text, &s->all, e);
    buf_done(&sql);
    return fine;
}

static bool prepare_rest(struct stream *s, struct database *d, bool keys_only, struct err *e)
{
    struct buf sql = { 0 };
    add_select(&sql, &s->mapping, keys_only);
    if (!s->mapping.by_after) {
        buf_add(&sql, " WHERE ");
        add_name(&sql, mapping_key(&s->mapping));
        buf_add(&sql, " >= :followupd_after");
    }
    add_order(&sql, &s->mapping, s->order);
    struct plan plan = { 0 };
    bool fine = prepare(d, &s->mapping, sql.text, &s->rest, e) && plan_of(&plan, d, sql.text, e);
    s->resumes = fine && s->order == ORDER_PLAIN && !plan.scans && !plan.sorts;
    buf_done(&sql);
    return fine;
}

/* Both forms of the id are tried, so that it is found whatever the column holds, and the index still serves. */
static bool prepare_one(struct stream *s, struct database *d, struct err *e)
{
    struct buf sql = { 0 };
    add_select(&sql, &s->mapping, false);
    if (!s->mapping.by_customer) {
        buf_add(&sql, " WHERE ");
        add_name(&sql, mapping_key(&s->mapping));
        buf_add(&sql, " IN (:followupd_number, :followupd_text)");
    }
    struct plan plan = { 0 };
    bool fine = prepare(d, &s->mapping, sql.text, &s->one, e) && plan_of(&plan, d, sql.text, e);
    s->seeks = fine && !plan.scans;
    buf_done(&sql);
    return fine;
}

static void bind_key(sqlite3_stmt *st, int i, const struct key *k, bool as_text)
{
    if (!i)
        return;
    char room[48];
    if (k->number && !k->text && !as_text)
        sqlite3_bind_int64(st, i, k->value);
    else if (k->text)
        sqlite3_bind_text(st, i, k->text, k->size, SQLITE_TRANSIENT);
    else
        sqlite3_bind_text(st, i, key_print(k, room), -1, SQLITE_TRANSIENT);
}

static void bind_when(sqlite3_stmt *st, const struct when *w)
{
    int now = sqlite3_bind_parameter_index(st, ":now"), today = sqlite3_bind_parameter_index(st, ":today");
    if (now)
        sqlite3_bind_text(st, now, w->text, -1, SQLITE_STATIC);
    if (today)
        sqlite3_bind_text(st, today, w->today, -1, SQLITE_STATIC);
}

/* The number that a key's text stands for, where writing it again gives the same text: "12", not "007". */
static struct key plainest(const struct key *k)
{
    struct key number = { .number = k->number, .value = k->value };
    return k->number && key_compare(&number, k) == 0 ? number : *k;
}

static void reset(struct stream *s, sqlite3_stmt *st)
{
    stream_stop(s);
    sqlite3_clear_bindings(st);
    s->running = st;
    s->ended = s->has_last = false;
}

bool stream_start(struct stream *s, struct database *d, const struct when *w, const struct key *after, struct err *e)
{
    s->ended = true;
    if (!stream_used(s))
        return true;
    reset(s, after ? s->rest : s->all);
    bind_when(s->running, w);
    if (after) {
        /* A number is the safe form while no text was seen: text compares greater, so nothing is passed over. */
        struct key k = plainest(after);
        bind_key(s->running, sqlite3_bind_parameter_index(s->running, ":followupd_after"), &k, s->texts);
        bind_key(s->running, sqlite3_bind_parameter_index(s->running, ":after"), &k, s->texts);
        key_keep(&s->last, after);
        s->has_last = true;
    }
    return stream_next(s, d, e);
}

bool stream_seek(struct stream *s, struct database *d, const struct when *w, const struct key *k, struct err *e)
{
    s->ended = true;
    if (!stream_used(s))
        return true;
    struct key plain = plainest(k);
    reset(s, s->one);
    bind_when(s->one, w);
    bind_key(s->one, sqlite3_bind_parameter_index(s->one, ":followupd_number"), &plain, false);
    bind_key(s->one, sqlite3_bind_parameter_index(s->one, ":followupd_text"), &plain, true);
    bind_key(s->one, sqlite3_bind_parameter_index(s->one, ":customer"), &plain, s->texts);
    key_keep(&s->last, k);
    s->has_last = true;
    return stream_next(s, d, e);
}

static bool out_of_order(struct stream *s, struct err *e)
{
    char id[48], before[48];
    s->order = ORDER_COLLATED;
    return err_set(
        e, "%s:%d: %s: customer %s came after customer %s; the rows will be sorted another way at the next reading",
        s->mapping.query->place.file, s->mapping.query->place.line, s->mapping.kind->name, key_print(&s->key, id),
        key_print(&s->last.key, before));
}

bool stream_next(struct stream *s, struct database *d, struct err *e)
{
    for (;;) {
        int rc = sqlite3_step(s->running);
        if (rc == SQLITE_DONE) {
            s->ended = true;
            return true;
        }
        if (rc != SQLITE_ROW)
            return database_failed(d, rc, e);
        if (!key_of_column(s->running, 0, &s->key)) {
            s->nameless++;
            continue;
        }
        s->texts |= s->key.text != NULL;
        int order = s->has_last ? key_compare(&s->key, &s->last.key) : 1;
        if (order != 0 && s->running == s->one)
            continue; /* "ABC" where "abc" was asked for: some columns do not tell them apart */
        if (order < 0)
            return out_of_order(s, e);
        s->same = order == 0;
        if (s->same)
            return true;
        key_keep(&s->last, &s->key);
        return s->has_last = true;
    }
}

bool stream_walk(struct stream *s, long count, struct database *d, const struct when *w, struct err *e)
{
    if (count % 64 == 0)
        guard_allow(&d->guard, d->limit);
    if (count % 64 || !s->resumes || !database_slice_over(d))
        return stream_next(s, d, e);
    struct kept_key after;
    key_keep(&after, &s->last.key);
    stream_stop(s);
    return database_again(d, e) && stream_start(s, d, w, &after.key, e);
}

void stream_stop(struct stream *s)
{
    if (s->running)
        sqlite3_reset(s->running);
    s->running = NULL;
    s->ended = true;
}

/* The largest key: if it is a number there are no texts, and numbers are always in order. */
static bool largest_is_text(const struct stream *s, struct database *d, const struct when *w, bool *text, struct err *e)
{
    struct buf sql = { 0 };
    sqlite3_stmt *st = NULL;
    add_select(&sql, &s->mapping, true);
    add_order(&sql, &s->mapping, ORDER_PLAIN);
    buf_add(&sql, " DESC LIMIT 1");
    bool fine = prepare(d, &s->mapping, sql.text, &st, e);
    buf_done(&sql);
    if (!fine)
        return false;
    bind_when(st, w);
    int rc = sqlite3_step(st);
    int type = rc == SQLITE_ROW ? sqlite3_column_type(st, 0) : SQLITE_NULL;
    *text = type == SQLITE_TEXT || type == SQLITE_BLOB;
    sqlite3_finalize(st);
    return rc == SQLITE_ROW || rc == SQLITE_DONE || database_failed(d, rc, e);
}

/* Read the keys alone, in plain order, until one contradicts it. */
static bool try_plain(struct stream *s, struct database *d, const struct when *w, struct err *e)
{
    struct stream keys = { .id = s->id, .mapping = s->mapping, .order = ORDER_PLAIN };
    bool fine = prepare_all(&keys, d, true, e) && prepare_rest(&keys, d, true, e) && stream_start(&keys, d, w, NULL, e);
    for (long count = 1; fine && !keys.ended; count++)
        fine = stream_walk(&keys, count, d, w, e);
    s->order = fine ? ORDER_PLAIN : keys.order == ORDER_COLLATED ? ORDER_COLLATED : ORDER_UNKNOWN;
    s->texts = keys.texts;
    stream_stop(&keys);
    sqlite3_finalize(keys.all);
    sqlite3_finalize(keys.rest);
    return fine || s->order == ORDER_COLLATED;
}

static bool learn_order(struct stream *s, struct database *d, const struct when *w, struct err *e)
{
    bool text = false;
    if (s->order == ORDER_UNKNOWN && !s->mapping.numbers && !largest_is_text(s, d, w, &text, e))
        return false;
    if (s->order == ORDER_UNKNOWN && text)
        return try_plain(s, d, w, e);
    if (s->order == ORDER_UNKNOWN)
        s->order = ORDER_PLAIN;
    return true;
}

bool stream_prepare(struct stream *s, struct database *d, const struct when *w, struct err *e)
{
    if (s->all || !stream_used(s))
        return true;
    return learn_order(s, d, w, e) && prepare_all(s, d, false, e) && prepare_rest(s, d, false, e) &&
           prepare_one(s, d, e);
}

void stream_finalize(struct stream *s)
{
    stream_stop(s);
    sqlite3_finalize(s->all);
    sqlite3_finalize(s->rest);
    sqlite3_finalize(s->one);
    s->all = s->rest = s->one = NULL;
    mapping_done(&s->mapping);
}
