#include "store/offers.h"

#include "base/token.h"
#include "store/statements.h"

#include <ctype.h>
#include <string.h>

/* The columns of the table. */
/* clang-format off */
enum { ID, EPISODE, TERMS, CUSTOMER, CODE, STATE, KIND, PERCENT, AMOUNT, GIFT, LAST_DAY, ENDS_AT, ISSUED_AT };
/* clang-format on */

static enum offer_state state_named(const char *name)
{
    int s = 0;
    while (s < ISSUED_OFFER_STATES - 1 && strcmp(offer_state_name((enum offer_state)s), name) != 0)
        s++;
    return (enum offer_state)s;
}

static void read_offer(sqlite3_stmt *row, struct arena *a, void *out)
{
    *(struct issued_offer *)out = (struct issued_offer){
        .id = sqlite3_column_int64(row, ID),
        .episode = sqlite3_column_int64(row, EPISODE),
        .terms = column_text(row, TERMS, a),
        .customer = column_text(row, CUSTOMER, a),
        .code = column_text(row, CODE, a),
        .state = state_named((const char *)sqlite3_column_text(row, STATE)),
        .kind = (enum offer_kind)sqlite3_column_int(row, KIND),
        .percent = sqlite3_column_double(row, PERCENT),
        .amount = sqlite3_column_int64(row, AMOUNT),
        .gift = column_text(row, GIFT, a),
        .last_day = column_date(row, LAST_DAY),
        .ends_at = column_instant(row, ENDS_AT),
        .issued_at = column_instant(row, ISSUED_AT),
    };
}

bool offer_add(struct store *s, struct issued_offer *o, struct err *e)
{
    if (!store_run(s, e, DO_offer_add, "itttiditDII", o->episode, o->terms, o->customer, o->code, (int64_t)o->kind,
                   o->percent, o->amount, o->gift, o->last_day, o->ends_at, o->issued_at))
        return err_wrap(e, "issue offer %s", o->terms);
    o->id = sqlite3_last_insert_rowid(s->db);
    o->state = ISSUED_OFFER_ISSUED;
    return true;
}

bool offer_of_episode(struct store *s, int64_t episode, struct arena *a, struct issued_offer *out, struct err *e)
{
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_offer_of_episode, "i", episode);
    if (!store_step(s, st, &row, e))
        return false;
    *out = (struct issued_offer){ 0 };
    if (row)
        read_offer(st, a, out);
    sqlite3_reset(st);
    return true;
}

bool offers_issued(struct store *s, instant at, struct arena *a, struct issued_offers *out, struct err *e)
{
    return store_list(s, store_bind(s, DO_offers_all, "I", at), a, sizeof *out->rows, read_offer, &out->rows, &out->n,
                      e);
}

bool offer_move(struct store *s, struct issued_offer *o, enum offer_state to, struct err *e)
{
    o->state = to;
    return store_run(s, e, DO_offer_move, "it", o->id, offer_state_name(to));
}

bool offer_renew(struct store *s, struct issued_offer *o, date last_day, instant ends_at, instant now, struct err *e)
{
    o->state = ISSUED_OFFER_ISSUED;
    o->last_day = last_day;
    o->ends_at = ends_at;
    o->issued_at = now;
    return store_run(s, e, DO_offer_renew, "iDII", o->id, last_day, ends_at, now);
}

bool offer_told_to(struct store *s, const char *customer, bool *told, struct err *e)
{
    sqlite3_stmt *st = store_bind(s, DO_offers_told_of_customer, "t", customer);
    if (!store_step(s, st, told, e))
        return false;
    sqlite3_reset(st);
    return true;
}

bool offers_last(struct store *s, const char *customer, struct arena *a, struct last_offer **rows, size_t *n,
                 struct err *e)
{
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_offers_last_of_customer, "t", customer);
    *rows = NULL;
    *n = 0;
    while (store_step(s, st, &row, e)) {
        if (!row)
            return true;
        *rows = arena_grow(a, *rows, *n, sizeof **rows);
        (*rows)[(*n)++] = (struct last_offer){ column_text(st, 0, a), column_instant(st, 1) };
    }
    return false;
}

bool offer_code_taken(struct store *s, const char *code, bool *taken, struct err *e)
{
    sqlite3_stmt *st = store_bind(s, DO_offer_by_code, "t", code);
    if (!store_step(s, st, taken, e))
        return false;
    sqlite3_reset(st);
    return true;
}

/* "7pbb ctv2 b" as we wrote it: "7PBB-CTV2-B". What is no code of ours stays some text that no offer has. */
static void as_written(const char *code, char out[CODE_SIZE])
{
    size_t n = 0;
    for (; *code && n < CODE_SIZE - 1; code++) {
        if (!isalnum((unsigned char)*code))
            continue;
        if (n == 4 || n == 9)
            out[n++] = '-';
        out[n++] = (char)toupper((unsigned char)*code);
    }
    out[n] = '\0';
}

bool offer_used(struct store *s, const char *text, bool *found, struct err *e)
{
    bool row;
    char code[CODE_SIZE];
    as_written(text, code);
    struct arena a = { 0 };
    struct issued_offer o = { 0 };
    sqlite3_stmt *st = store_bind(s, DO_offer_by_code, "t", code);
    if (!store_step(s, st, &row, e))
        return false;
    if (row)
        read_offer(st, &a, &o);
    sqlite3_reset(st);
    arena_done(&a);
    *found = row && (o.state == ISSUED_OFFER_TOLD || o.state == ISSUED_OFFER_ISSUED || o.state == ISSUED_OFFER_ENDED);
    return !*found || offer_move(s, &o, ISSUED_OFFER_USED, e);
}

bool offers_end(struct store *s, instant now, struct err *e)
{
    for (;;) {
        bool row;
        sqlite3_stmt *st = store_bind(s, DO_offers_ending, "I", now);
        if (!store_step(s, st, &row, e))
            return false;
        int64_t id = row ? sqlite3_column_int64(st, 0) : 0;
        sqlite3_reset(st);
        if (!row)
            return true;
        if (!store_run(s, e, DO_offer_move, "it", id, offer_state_name(ISSUED_OFFER_ENDED)))
            return false;
    }
}
