#include "store/digests.h"

#include "store/statements.h"

#include <string.h>

const char *digest_reason(enum digest_kind kind)
{
    return kind == DIGEST_DAILY ? "waiting for the daily digest" : "waiting for the weekly digest";
}

bool digest_add(struct store *s, enum digest_kind kind, const char *person, date day, int64_t message, struct err *e)
{
    return store_run(s, e, DO_digest_add, "ttDI", digest_kind_name(kind), person, day,
                     message ? message : INSTANT_NONE) ||
           err_wrap(e, "write a %s digest for %s", digest_kind_name(kind), person);
}

bool digest_made(struct store *s, enum digest_kind kind, const char *person, date day, bool *made, struct err *e)
{
    sqlite3_stmt *st = store_bind(s, DO_digest_find, "ttD", digest_kind_name(kind), person, day);
    if (!store_step(s, st, made, e))
        return false;
    sqlite3_reset(st);
    return true;
}

bool digest_forget(struct store *s, int64_t message, struct err *e)
{
    return store_run(s, e, DO_digest_forget, "i", message);
}

static enum digest_kind kind_named(const char *name)
{
    int k = 0;
    while (k < DIGEST_KINDS - 1 && strcmp(digest_kind_name((enum digest_kind)k), name) != 0)
        k++;
    return (enum digest_kind)k;
}

static void read_digest(sqlite3_stmt *row, struct arena *a, void *out)
{
    *(struct digest_row *)out = (struct digest_row){ .kind = kind_named((const char *)sqlite3_column_text(row, 0)),
                                                     .person = column_text(row, 1, a),
                                                     .day = column_date(row, 2),
                                                     .message = sqlite3_column_int64(row, 3),
                                                     .not_before = column_instant(row, 4) };
}

bool digest_of_message(struct store *s, int64_t message, struct arena *a, struct digest_row *out, struct err *e)
{
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_digest_of_message, "i", message);
    if (!store_step(s, st, &row, e))
        return false;
    if (!row)
        return err_set(e, "message %lld is no digest", (long long)message);
    *out = (struct digest_row){ .kind = kind_named((const char *)sqlite3_column_text(st, 0)),
                                .person = column_text(st, 1, a),
                                .day = column_date(st, 2),
                                .message = message };
    sqlite3_reset(st);
    return true;
}

bool digests_to_send(struct store *s, struct arena *a, struct digest_row **out, size_t *n, struct err *e)
{
    return store_list(s, store_bind(s, DO_digests_to_send, ""), a, sizeof **out, read_digest, out, n, e);
}

static bool read_count(struct store *s, sqlite3_stmt *st, long *n, struct err *e)
{
    bool row;
    if (!store_step(s, st, &row, e))
        return false;
    *n = row ? (long)sqlite3_column_int64(st, 0) : 0;
    sqlite3_reset(st);
    return true;
}

bool episodes_for_digest(struct store *s, const char *owner, enum digest_kind kind, bool backlog, long most,
                         struct arena *a, struct episodes *out, struct err *e)
{
    return episodes_read(
        s, store_bind(s, DO_digest_waiting, "ttii", owner, digest_reason(kind), (int64_t)backlog, (int64_t)most), a,
        out, e);
}

bool count_for_digest(struct store *s, const char *owner, enum digest_kind kind, bool backlog, long *n, struct err *e)
{
    return read_count(s, store_bind(s, DO_digest_waiting_count, "tti", owner, digest_reason(kind), (int64_t)backlog), n,
                      e);
}

bool episodes_of_owner(struct store *s, const char *owner, enum episode_state state, long most, struct arena *a,
                       struct episodes *out, struct err *e)
{
    return episodes_read(s, store_bind(s, DO_digest_in_state, "tti", owner, episode_state_name(state), (int64_t)most),
                         a, out, e);
}

bool count_of_owner(struct store *s, const char *owner, enum episode_state state, long *n, struct err *e)
{
    return read_count(s, store_bind(s, DO_digest_in_state_count, "tt", owner, episode_state_name(state)), n, e);
}

bool episodes_won(struct store *s, const char *owner, instant since, struct arena *a, struct episodes *out,
                  struct err *e)
{
    return episodes_read(s, store_bind(s, DO_digest_won, "tI", owner, since), a, out, e);
}

bool episodes_with_offer(struct store *s, const char *owner, instant from, instant until, struct arena *a,
                         struct episodes *out, struct err *e)
{
    return episodes_read(s, store_bind(s, DO_digest_offers, "tII", owner, from, until), a, out, e);
}

bool count_told(struct store *s, const char *person, date from, date until, long *n, struct err *e)
{
    return read_count(s, store_bind(s, DO_summary_told, "tDD", person, from, until), n, e);
}

bool count_answered(struct store *s, const char *owner, instant from, instant until, long *n, struct err *e)
{
    return read_count(s, store_bind(s, DO_summary_answered, "tII", owner, from, until), n, e);
}

bool count_waited(struct store *s, const char *owner, instant at, instant since, long *n, struct err *e)
{
    return read_count(s, store_bind(s, DO_summary_waited, "tII", owner, at, since), n, e);
}

bool count_told_before(struct store *s, const char *owner, const char *rule, instant before, long *n, struct err *e)
{
    return read_count(s, store_bind(s, DO_summary_overdue, "ttI", owner, rule, before), n, e);
}
