#include "store/messages.h"

#include "base/token.h"
#include "store/statements.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* The columns of message_view. */
/* clang-format off */
enum { ID, CHANNEL, PERSON, ADDRESS, MESSAGE_ID, SUBJECT, STATE, NOT_BEFORE, CLAIMED_AT, SETTLED_AT, ATTEMPTS, DOUBTS, DIGEST };
/* clang-format on */

static enum message_state state_named(const char *name)
{
    int s = 0;
    while (s < MESSAGE_STATES - 1 && strcmp(message_state_name((enum message_state)s), name) != 0)
        s++;
    return (enum message_state)s;
}

static void read_message(sqlite3_stmt *row, struct arena *a, void *out)
{
    *(struct message *)out = (struct message){
        .id = sqlite3_column_int64(row, ID),
        .channel = column_text(row, CHANNEL, a),
        .person = column_text(row, PERSON, a),
        .address = column_text(row, ADDRESS, a),
        .message_id = column_text(row, MESSAGE_ID, a),
        .subject = column_text(row, SUBJECT, a),
        .state = state_named((const char *)sqlite3_column_text(row, STATE)),
        .not_before = column_instant(row, NOT_BEFORE),
        .claimed_at = column_instant(row, CLAIMED_AT),
        .settled_at = column_instant(row, SETTLED_AT),
        .attempts = sqlite3_column_int(row, ATTEMPTS),
        .doubts = sqlite3_column_int(row, DOUBTS),
        .digest = sqlite3_column_int(row, DIGEST),
    };
}

static bool read_all(struct store *s, sqlite3_stmt *st, struct arena *a, struct messages *out, struct err *e)
{
    return store_list(s, st, a, sizeof *out->rows, read_message, &out->rows, &out->n, e);
}

/* One Message-ID for all attempts, made from the row's number so that a repeat after a crash carries it too. */
static const char *name_message(int64_t id, const uint8_t secret[32], const char *domain, struct arena *a)
{
    uint8_t mac[32];
    char text[40];
    snprintf(text, sizeof text, "message %lld", (long long)id);
    token_mac(secret, text, mac);
    return arena_print(a, "n%lld.%02x%02x%02x%02x@%s", (long long)id, mac[0], mac[1], mac[2], mac[3], domain);
}

bool message_add(struct store *s, struct message *m, const uint8_t secret[32], const char *domain, struct arena *a,
                 instant now, struct err *e)
{
    /* The name needs the row's number, so it follows at once; until then the row has none that could collide. */
    char unnamed[40];
    snprintf(unnamed, sizeof unnamed, "unnamed %lld", (long long)now);
    if (!store_run(s, e, DO_message_add, "tttttI", m->channel, m->person, m->address, unnamed, "", now))
        return err_wrap(e, "queue a message");
    m->id = sqlite3_last_insert_rowid(s->db);
    m->message_id = name_message(m->id, secret, domain, a);
    m->state = MESSAGE_QUEUED;
    m->not_before = m->claimed_at = now;
    m->settled_at = INSTANT_NONE;
    return store_run(s, e, DO_message_names, "itt", m->id, m->message_id, "");
}

bool message_dress(struct store *s, struct message *m, struct err *e)
{
    return store_run(s, e, DO_message_names, "itt", m->id, m->message_id, m->subject) &&
           store_run(s, e, DO_body_set, "ib", m->id, (const void *)m->bytes, m->size);
}

bool message_move(struct store *s, struct message *m, enum message_state to, instant not_before, bool settled,
                  instant now, struct err *e)
{
    assert(message_may(m->state, to));
    int64_t attempt = to == MESSAGE_SENDING, doubt = to == MESSAGE_UNKNOWN;
    if (!store_run(s, e, DO_message_move, "itIIii", m->id, message_state_name(to), not_before,
                   settled ? now : INSTANT_NONE, attempt, doubt))
        return false;
    m->state = to;
    m->not_before = not_before;
    m->settled_at = settled ? now : INSTANT_NONE;
    m->attempts += (int)attempt;
    m->doubts += (int)doubt;
    return true;
}

bool message_wait(struct store *s, struct message *m, instant until, struct err *e)
{
    m->not_before = until;
    return store_run(s, e, DO_message_wait, "iI", m->id, until);
}

bool messages_hurry(struct store *s, const char *channel, instant now, struct err *e)
{
    return store_run(s, e, DO_messages_hurry, "tI", channel, now);
}

bool message_readdress(struct store *s, struct message *m, const char *channel, const char *address, struct err *e)
{
    m->channel = channel;
    m->address = address;
    return store_run(s, e, DO_message_address, "itt", m->id, channel, address);
}

bool message_by_id(struct store *s, int64_t id, struct arena *a, struct message *out, struct err *e)
{
    struct messages found;
    bool row;
    if (!read_all(s, store_bind(s, DO_message_by_id, "i", id), a, &found, e))
        return false;
    if (found.n == 0)
        return err_set(e, "there is no message %lld", (long long)id);
    *out = found.rows[0];
    sqlite3_stmt *st = store_bind(s, DO_body_get, "i", id);
    if (!store_step(s, st, &row, e))
        return false;
    if (row) {
        out->size = (size_t)sqlite3_column_bytes(st, 0);
        out->bytes = arena_copy_bytes(a, sqlite3_column_blob(st, 0), out->size);
    }
    sqlite3_reset(st);
    return true;
}

bool messages_in_state(struct store *s, enum message_state state, struct arena *a, struct messages *out, struct err *e)
{
    return read_all(s, store_bind(s, DO_messages_in_state, "t", message_state_name(state)), a, out, e);
}

bool messages_settled_since(struct store *s, instant since, struct arena *a, struct messages *out, struct err *e)
{
    return read_all(s, store_bind(s, DO_messages_settled, "I", since), a, out, e);
}

bool alerts_to_send(struct store *s, instant until, struct arena *a, struct messages *out, struct err *e)
{
    return read_all(s, store_bind(s, DO_alerts_due, "I", until), a, out, e);
}

bool message_erase(struct store *s, instant before, struct err *e)
{
    return store_run(s, e, DO_body_erase, "I", before);
}

bool attempt_begin(struct store *s, int64_t message, instant now, struct err *e)
{
    return store_run(s, e, DO_attempt_add, "iI", message, now);
}

bool attempt_end(struct store *s, const struct receipt *r, instant now, struct err *e)
{
    return store_run(s, e, DO_attempt_end, "iIttt", r->message, now, verdict_name(r->verdict), r->code, r->why);
}

bool attempt_last(struct store *s, int64_t message, struct arena *a, struct attempt *out, struct err *e)
{
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_attempt_last, "i", message);
    if (!store_step(s, st, &row, e))
        return false;
    *out = (struct attempt){ .began_at = INSTANT_NONE, .ended_at = INSTANT_NONE };
    if (row)
        *out = (struct attempt){ column_instant(st, 0), column_instant(st, 1), column_text(st, 2, a),
                                 column_text(st, 3, a), column_text(st, 4, a) };
    sqlite3_reset(st);
    return true;
}

bool telling_add(struct store *s, int64_t episode, int step, const char *person, int64_t message, date day,
                 bool backlog, struct err *e)
{
    if (!store_run(s, e, DO_telling_add, "iitiDi", episode, (int64_t)step, person, message, day, (int64_t)backlog))
        return false;
    return sqlite3_changes(s->db) == 1 ||
           err_set(e, "step %d of episode %lld was already told to %s", step, (long long)episode, person);
}

bool telling_set_day(struct store *s, int64_t message, date day, struct err *e)
{
    return store_run(s, e, DO_telling_day, "iD", message, day);
}

bool telling_find(struct store *s, int64_t episode, int step, const char *person, struct arena *a, int64_t *message,
                  const char **reached, struct err *e)
{
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_telling_find, "iit", episode, (int64_t)step, person);
    if (!store_step(s, st, &row, e))
        return false;
    *message = row ? sqlite3_column_int64(st, 0) : 0;
    *reached = row ? column_text(st, 1, a) : NULL;
    sqlite3_reset(st);
    return true;
}

bool telling_last(struct store *s, int64_t episode, struct arena *a, const char **person, date *day, struct err *e)
{
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_telling_last, "i", episode);
    if (!store_step(s, st, &row, e))
        return false;
    *person = row ? column_text(st, 0, a) : NULL;
    *day = row ? column_date(st, 1) : DATE_NONE;
    sqlite3_reset(st);
    return true;
}

bool telling_pending(struct store *s, int64_t episode, int64_t *message, struct err *e)
{
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_telling_pending, "i", episode);
    if (!store_step(s, st, &row, e))
        return false;
    *message = row ? sqlite3_column_int64(st, 0) : 0;
    sqlite3_reset(st);
    return true;
}

bool tellings_pending(struct store *s, int64_t message, long *n, struct err *e)
{
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_tellings_pending, "i", message);
    if (!store_step(s, st, &row, e))
        return false;
    *n = row ? (long)sqlite3_column_int64(st, 0) : 0;
    sqlite3_reset(st);
    return true;
}

bool telling_remove(struct store *s, int64_t episode, int64_t message, struct err *e)
{
    return store_run(s, e, DO_telling_remove, "ii", episode, message);
}

bool tellings_remove(struct store *s, int64_t message, struct err *e)
{
    return store_run(s, e, DO_tellings_remove, "i", message);
}

bool telling_reached(struct store *s, int64_t message, const char *reached, struct err *e)
{
    return store_run(s, e, DO_telling_reached, "it", message, reached);
}

bool tellings_since(struct store *s, const char *person, date day, long *messages, long *backlog, struct err *e)
{
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_tellings_since, "tD", person, day);
    if (!store_step(s, st, &row, e))
        return false;
    *messages = row ? (long)sqlite3_column_int64(st, 0) : 0;
    *backlog = row ? (long)sqlite3_column_int64(st, 1) : 0;
    sqlite3_reset(st);
    return true;
}
