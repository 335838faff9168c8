#include "store/episodes.h"

#include "store/statements.h"

#include <assert.h>
#include <string.h>

/* The columns of episode_view. */
/* clang-format off */
enum {
    ID, RULE, KIND, CUSTOMER, OCCASION, STATE, REASON, OWNER, OPENED_AT, CHANGED_AT, TOLD_AT, NEXT_AT, DUE, ANCHOR_DAY, STEP,
    BACKLOG, LAST_DAY, ANCHOR, DAYS, THRESHOLD, OCCASIONS, TYPICAL, CATEGORY_GAP, TIMES_USUAL, AVERAGE, AT_RISK, PART, PARTS
};
/* clang-format on */

static void read_episode(sqlite3_stmt *row, struct arena *a, void *out)
{
    *(struct episode *)out = (struct episode){
        .id = sqlite3_column_int64(row, ID),
        .rule = column_text(row, RULE, a),
        .customer = column_text(row, CUSTOMER, a),
        .occasion = column_text(row, OCCASION, a),
        .kind = rule_kind_named((const char *)sqlite3_column_text(row, KIND)),
        .state = episode_state_named((const char *)sqlite3_column_text(row, STATE)),
        .reason = column_text(row, REASON, a),
        .owner = column_text(row, OWNER, a),
        .opened_at = column_instant(row, OPENED_AT),
        .changed_at = column_instant(row, CHANGED_AT),
        .told_at = column_instant(row, TOLD_AT),
        .next_at = column_instant(row, NEXT_AT),
        .due = column_date(row, DUE),
        .anchor_day = column_date(row, ANCHOR_DAY),
        .step = sqlite3_column_int(row, STEP),
        .backlog = sqlite3_column_int(row, BACKLOG),
        .defence = { .last_day = column_date(row, LAST_DAY),
                     .anchor = column_date(row, ANCHOR),
                     .days = sqlite3_column_int(row, DAYS),
                     .threshold = sqlite3_column_int(row, THRESHOLD),
                     .occasions = sqlite3_column_int(row, OCCASIONS),
                     .typical = sqlite3_column_double(row, TYPICAL),
                     .category_gap = sqlite3_column_double(row, CATEGORY_GAP),
                     .times_usual = sqlite3_column_double(row, TIMES_USUAL),
                     .average = column_instant(row, AVERAGE),
                     .at_risk = sqlite3_column_double(row, AT_RISK),
                     .part = sqlite3_column_int(row, PART),
                     .parts = sqlite3_column_int(row, PARTS) },
    };
}

bool episodes_read(struct store *s, sqlite3_stmt *st, struct arena *a, struct episodes *out, struct err *e)
{
    return store_list(s, st, a, sizeof *out->rows, read_episode, &out->rows, &out->n, e);
}

bool episode_add(struct store *s, struct episode *ep, struct err *e)
{
    const struct defence *d = &ep->defence;
    if (!store_run(s, e, DO_episode_add, "tttttttiIDDiDDiiidddmdii", ep->rule, rule_kind_name(ep->kind), ep->customer,
                   ep->occasion, episode_state_name(ep->state), ep->reason, ep->owner, ep->opened_at, ep->next_at,
                   ep->due, ep->anchor_day, (int64_t)ep->backlog, d->last_day, d->anchor, (int64_t)d->days,
                   (int64_t)d->threshold, (int64_t)d->occasions, d->typical, d->category_gap, d->times_usual,
                   d->average, d->at_risk, (int64_t)d->part, (int64_t)d->parts))
        return err_wrap(e, "open an episode of %s", ep->customer);
    ep->id = sqlite3_last_insert_rowid(s->db);
    ep->changed_at = ep->opened_at;
    ep->told_at = INSTANT_NONE;
    ep->step = 0;
    return true;
}

bool episode_by_id(struct store *s, int64_t id, struct arena *a, struct episode *out, struct err *e)
{
    struct episodes found;
    if (!episodes_read(s, store_bind(s, DO_episode_by_id, "i", id), a, &found, e))
        return false;
    if (found.n == 0)
        return err_set(e, "there is no episode %lld", (long long)id);
    *out = found.rows[0];
    return true;
}

bool episodes_of_customer(struct store *s, const char *customer, struct arena *a, struct episodes *out, struct err *e)
{
    return episodes_read(s, store_bind(s, DO_episodes_of_customer, "t", customer), a, out, e);
}

bool episodes_of_message(struct store *s, int64_t message, struct arena *a, struct episodes *out, struct err *e)
{
    return episodes_read(s, store_bind(s, DO_episodes_of_message, "i", message), a, out, e);
}

bool episodes_of_rule(struct store *s, const char *rule, struct arena *a, struct episodes *out, struct err *e)
{
    return episodes_read(s, store_bind(s, DO_episodes_of_rule, "t", rule), a, out, e);
}

bool episodes_in_state(struct store *s, enum episode_state state, struct arena *a, struct episodes *out, struct err *e)
{
    return episodes_read(s, store_bind(s, DO_episodes_in_state, "t", episode_state_name(state)), a, out, e);
}

bool episode_move(struct store *s, struct episode *ep, enum episode_state to, const char *reason, instant next_at,
                  instant now, struct err *e)
{
    assert(ep->state == to || episode_may(ep->state, to));
    if (!store_run(s, e, DO_episode_move, "ittII", ep->id, episode_state_name(to), reason, now, next_at))
        return false;
    ep->state = to;
    ep->reason = reason;
    ep->changed_at = now;
    ep->next_at = next_at;
    return true;
}

bool episode_told(struct store *s, struct episode *ep, instant at, struct err *e)
{
    if (!store_run(s, e, DO_episode_told, "iI", ep->id, at))
        return false;
    ep->step++;
    if (ep->told_at == INSTANT_NONE)
        ep->told_at = at;
    return true;
}

bool episode_rekey(struct store *s, struct episode *ep, const char *occasion, date anchor_day, date due, struct err *e)
{
    if (!store_run(s, e, DO_episode_rekey, "itDD", ep->id, occasion, anchor_day, due))
        return false;
    ep->occasion = occasion;
    ep->anchor_day = anchor_day;
    ep->due = due;
    return true;
}

bool episode_judged(struct store *s, struct episode *ep, const struct defence *d, struct err *e)
{
    if (!store_run(s, e, DO_episode_judged, "iDDiiidddmdii", ep->id, d->last_day, d->anchor, (int64_t)d->days,
                   (int64_t)d->threshold, (int64_t)d->occasions, d->typical, d->category_gap, d->times_usual,
                   d->average, d->at_risk, (int64_t)d->part, (int64_t)d->parts))
        return false;
    ep->defence = *d;
    return true;
}

bool episode_set_owner(struct store *s, struct episode *ep, const char *owner, struct err *e)
{
    if (!store_run(s, e, DO_episode_owner, "it", ep->id, owner))
        return false;
    ep->owner = owner;
    return true;
}

bool episode_forward(struct store *s, struct episode *ep, struct err *e)
{
    ep->backlog = false;
    return store_run(s, e, DO_episode_forward, "i", ep->id);
}

bool episodes_release_backlog(struct store *s, const char *rule, struct err *e)
{
    return store_run(s, e, DO_release_backlog, "t", rule);
}

bool episodes_held_since(struct store *s, const char *rule, instant since, long *n, struct err *e)
{
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_held_since, "tI", rule, since);
    if (!store_step(s, st, &row, e))
        return false;
    *n = row ? (long)sqlite3_column_int64(st, 0) : 0;
    sqlite3_reset(st);
    return true;
}

static void read_waiting(sqlite3_stmt *row, struct arena *a, void *out)
{
    *(struct waiting *)out =
        (struct waiting){ column_text(row, 0, a), sqlite3_column_int64(row, 1), sqlite3_column_int64(row, 2) };
}

bool owners_waiting(struct store *s, struct arena *a, struct waiting **out, size_t *n, struct err *e)
{
    return store_list(s, store_bind(s, DO_owners_waiting, ""), a, sizeof **out, read_waiting, out, n, e);
}

static void read_turn(sqlite3_stmt *row, struct arena *a, void *out)
{
    *(struct turn *)out = (struct turn){ sqlite3_column_int64(row, 0), column_text(row, 1, a),
                                         sqlite3_column_int(row, 2), sqlite3_column_double(row, 3) };
}

bool episodes_in_turn(struct store *s, const char *owner, enum turn_order order, int most, struct arena *a,
                      struct turn **out, size_t *n, struct err *e)
{
    sqlite3_stmt *st = order == TURN_OLDEST ? store_bind(s, DO_turn_by_age, "ti", owner, (int64_t)most)
                                            : store_bind(s, DO_turn_by_rank, "tii", owner,
                                                         (int64_t)(order == TURN_BACKLOG_BY_RANK), (int64_t)most);
    return store_list(s, st, a, sizeof **out, read_turn, out, n, e);
}

static void read_wake(sqlite3_stmt *row, struct arena *a, void *out)
{
    *(struct wake *)out = (struct wake){ column_text(row, 0, a), column_instant(row, 1) };
}

bool store_wakes(struct store *s, instant until, struct arena *a, struct wake **out, size_t *n, struct err *e)
{
    return store_list(s, store_bind(s, DO_wakes, "I", until), a, sizeof **out, read_wake, out, n, e);
}

bool episode_heard(struct store *s, int64_t episode, const char *person, struct arena *a, struct heard *out,
                   struct err *e)
{
    bool first, other;
    sqlite3_stmt *st = store_bind(s, DO_telling_first, "it", episode, person);
    if (!store_step(s, st, &first, e))
        return false;
    *out = (struct heard){ .thread = first ? column_text(st, 0, a) : NULL, .day = DATE_NONE };
    sqlite3_reset(st);
    st = store_bind(s, DO_telling_other, "it", episode, person);
    if (!store_step(s, st, &other, e))
        return false;
    if (other) {
        out->other = column_text(st, 0, a);
        out->day = column_date(st, 1);
    }
    sqlite3_reset(st);
    return true;
}

bool customers_open(struct store *s, void (*each)(void *context, const char *customer), void *context, struct err *e)
{
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_customers_open, "");
    while (store_step(s, st, &row, e)) {
        if (!row)
            return true;
        each(context, (const char *)sqlite3_column_text(st, 0));
    }
    return false;
}
