/* Customers that were merged or renumbered: what is remembered of the old id becomes the new one's. */
#include "engine/look.h"

#include "plan/aliases.h"
#include "store/identity.h"

#include <string.h>

enum {
    ALIASES_A_STEP = 200,
};

static struct renamed *find(struct renamed *rows, size_t n, const char *old)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = id_compare(rows[middle].old, old);
        if (order == 0)
            return &rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

void take_aliases(struct engine *e, const struct aliases *all)
{
    struct merges fresh = { 0 };
    enum alias_trouble trouble;
    fresh.rows = arena_new(&fresh.arena, (all->n + 1) * sizeof *fresh.rows);
    for (size_t i = 0; i < all->n; i++) {
        const char *old = all->rows[i].old_id, *now = alias_end(all, old, &trouble);
        if (!now || (fresh.n && strcmp(fresh.rows[fresh.n - 1].old, old) == 0))
            continue;
        const struct renamed *before = find(e->merges.rows, e->merges.n, old);
        fresh.rows[fresh.n++] = (struct renamed){ arena_copy(&fresh.arena, old), arena_copy(&fresh.arena, now),
                                                  before && before->done && strcmp(before->now, now) == 0 };
    }
    arena_done(&e->merges.arena);
    e->merges = fresh;
}

static bool merge(struct engine *e, const struct renamed *r, bool *any, struct err *err)
{
    long moved;
    if (!customer_take_over(e->store, r->old, r->now, e->now, &moved, err))
        return false;
    if (!moved)
        return true;
    *any = true;
    note(e, 5, r->now, "is also what is remembered of customer %s", r->old);
    agenda_open(e->agenda, r->now);
    agenda_look_by(e->agenda, r->now, e->now);
    return true;
}

/* Only where the old id is gone from the customers and the new one is there: who is served under both would be told of
 * twice. */
bool merge_customers(struct engine *e, struct err *err)
{
    struct merges *m = &e->merges;
    bool any = false;
    for (int n = 0; m->at < m->n && n < ALIASES_A_STEP; m->at++) {
        struct renamed *r = &m->rows[m->at];
        if (r->done || agenda_seen(e->agenda, r->old) || !agenda_seen(e->agenda, r->now))
            continue;
        if (!merge(e, r, &any, err))
            return false;
        r->done = true;
        n++;
    }
    return !any || desks_load(e, err);
}
