#include "store/identity.h"

#include "store/ledger.h"
#include "store/statements.h"

#include <stdio.h>
#include <string.h>

static void read_use(sqlite3_stmt *row, struct arena *a, void *out)
{
    *(struct rule_use *)out =
        (struct rule_use){ column_text(row, 0, a), rule_kind_named((const char *)sqlite3_column_text(row, 1)),
                           sqlite3_column_int64(row, 2) };
}

bool rules_in_use(struct store *s, struct arena *a, struct rule_use **out, size_t *n, struct err *e)
{
    return store_list(s, store_bind(s, DO_rules_in_use, ""), a, sizeof **out, read_use, out, n, e);
}

/* Of two episodes of one case: which stays? */
static bool goes_before(const struct episode *a, const struct episode *b)
{
    bool told_a = a->told_at != INSTANT_NONE, told_b = b->told_at != INSTANT_NONE;
    if (told_a != told_b || (told_a && a->told_at != b->told_at))
        return told_a && (!told_b || a->told_at < b->told_at);
    if ((a->state == EPISODE_DUE) != (b->state == EPISODE_DUE))
        return a->state == EPISODE_DUE; /* its message is on the way */
    if (episode_final(a->state) != episode_final(b->state))
        return !episode_final(a->state);
    return a->id < b->id;
}

static bool put_aside(struct store *s, struct episode *ep, const char *reason, instant now, struct err *e)
{
    char line[256];
    snprintf(line, sizeof line, "%s withdrawn: %s", ep->rule, reason);
    if (!episode_final(ep->state) && (!episode_move(s, ep, EPISODE_WITHDRAWN, reason, INSTANT_NONE, now, e) ||
                                      !history_add(s, now, ep->customer, "followupd", line, e)))
        return false;
    return store_run(s, e, DO_episode_aside, "i", ep->id);
}

/* Are these two one case, once both belong to the same rule and customer? */
static bool one_case(const struct episode *a, const struct episode *b)
{
    if (strcmp(a->occasion, b->occasion) == 0)
        return true;
    return !rule_traits(a->kind).separate && !episode_final(a->state) && !episode_final(b->state);
}

/* Before `olds` get the keys of `news`. An episode that was put aside is `kind` RULE_KINDS and takes part no more. */
static bool settle(struct store *s, struct episodes *olds, struct episodes *news, const char *reason, instant now,
                   struct err *e)
{
    for (size_t i = 0; i < olds->n; i++)
        for (size_t k = 0; k < news->n && olds->rows[i].kind != RULE_KINDS; k++) {
            struct episode *o = &olds->rows[i], *n = &news->rows[k];
            if (n->kind == RULE_KINDS || strcmp(o->rule, n->rule) != 0 || !one_case(o, n))
                continue;
            struct episode *gone = goes_before(o, n) ? n : o;
            if (!put_aside(s, gone, reason, now, e))
                return false;
            gone->kind = RULE_KINDS;
        }
    return true;
}

/* ---- rules ---- */

static void read_customer(sqlite3_stmt *row, struct arena *a, void *out)
{
    *(const char **)out = column_text(row, 0, a);
}

/* The episodes of `all` that are of that rule, as if it were called `called`. */
static void pick(const struct episodes *all, const char *rule, const char *called, struct arena *a,
                 struct episodes *out)
{
    *out = (struct episodes){ 0 };
    for (size_t i = 0; i < all->n; i++) {
        if (strcmp(all->rows[i].rule, rule) != 0)
            continue;
        out->rows = arena_grow(a, out->rows, out->n, sizeof *out->rows);
        out->rows[out->n] = all->rows[i];
        out->rows[out->n++].rule = called;
    }
}

static bool settle_rules(struct store *s, const char *customer, const char *from, const char *to, instant now,
                         struct err *e)
{
    struct arena a = { 0 };
    struct episodes all, olds, news;
    bool ok = episodes_of_customer(s, customer, &a, &all, e);
    if (ok) {
        pick(&all, from, to, &a, &olds);
        pick(&all, to, to, &a, &news);
        ok = settle(s, &olds, &news, arena_print(&a, "rule %s was taken over, which had the same case", from), now, e);
    }
    arena_done(&a);
    return ok;
}

bool rule_take_over(struct store *s, const char *from, const char *to, enum rule_kind kind, instant now, long *moved,
                    struct err *e)
{
    struct arena a = { 0 };
    const char **both;
    size_t n;
    bool ok =
        store_list(s, store_bind(s, DO_rule_shared, "tt", from, to), &a, sizeof *both, read_customer, &both, &n, e);
    for (size_t i = 0; ok && i < n; i++)
        ok = settle_rules(s, both[i], from, to, now, e);
    arena_done(&a);
    if (!ok || !store_run(s, e, DO_newcomers_rename, "tt", from, to) ||
        !store_run(s, e, DO_rule_rename, "ttt", from, to, rule_kind_name(kind)))
        return false;
    *moved = (long)sqlite3_changes64(s->db);
    return true;
}

static bool withdraw(struct store *s, struct episode *ep, const char *actor, instant now, struct arena *a,
                     struct err *e)
{
    return episode_move(s, ep, EPISODE_WITHDRAWN, "the rule was retired", INSTANT_NONE, now, e) &&
           history_add(s, now, ep->customer, actor, arena_print(a, "%s withdrawn: the rule was retired", ep->rule), e);
}

bool rule_retire(struct store *s, const char *rule, const char *actor, instant now, long *n, struct err *e)
{
    struct arena a = { 0 };
    struct episodes open;
    bool ok = episodes_of_rule(s, rule, &a, &open, e) &&
              (open.n > 0 || err_set(e, "rule %s has no open follow-up: there is nothing to retire", rule));
    for (size_t i = 0; ok && i < open.n; i++)
        ok = withdraw(s, &open.rows[i], actor, now, &a, e);
    *n = ok ? (long)open.n : 0;
    ok = ok && rule_set_retired(s, rule, true, e) &&
         history_add(s, now, NULL, actor, arena_print(&a, "rule %s retired", rule), e);
    arena_done(&a);
    return ok;
}

bool rule_set_retired(struct store *s, const char *rule, bool yes, struct err *e)
{
    char key[256];
    snprintf(key, sizeof key, "retired %s", rule);
    return yes ? store_set_number(s, key, 1, e) : store_run(s, e, DO_meta_forget, "t", key);
}

bool rule_retired(struct store *s, const char *rule, bool *yes, struct err *e)
{
    char key[256];
    int64_t number;
    snprintf(key, sizeof key, "retired %s", rule);
    if (!store_number(s, key, 0, &number, e))
        return false;
    *yes = number != 0;
    return true;
}

/* ---- customers ---- */

static bool rename_all(struct store *s, const char *from, const char *to, long *moved, struct err *e)
{
    static const enum statement renames[] = { DO_episode_customer_is, DO_offer_customer_is, DO_contact_customer_is,
                                              DO_history_customer_is, DO_seen_customer_is };
    *moved = 0;
    for (size_t i = 0; i < sizeof renames / sizeof renames[0]; i++) {
        if (!store_run(s, e, renames[i], "tt", from, to))
            return false;
        *moved += (long)sqlite3_changes64(s->db);
    }
    return store_run(s, e, DO_seen_forget, "t", from);
}

bool customer_take_over(struct store *s, const char *from, const char *to, instant now, long *moved, struct err *e)
{
    struct arena a = { 0 };
    struct episodes olds, news;
    bool ok = episodes_of_customer(s, from, &a, &olds, e) && episodes_of_customer(s, to, &a, &news, e) &&
              settle(s, &olds, &news, arena_print(&a, "customer %s is the same, and had the same case", from), now, e);
    arena_done(&a);
    return ok && rename_all(s, from, to, moved, e);
}
