/* What is asked of the source: a pass over everybody, or some customers in full. */
#include "engine/inner.h"

#include <stdlib.h>
#include <string.h>

enum {
    ASK_A_STEP = 2048, /* customers read in full with one errand: a database that cannot seek is read whole for each */
};

void forget_asked(struct engine *e)
{
    arena_done(&e->asked.arena);
    e->asked = (struct asked){ 0 };
}

static void add_errand(struct engine *e, struct errand *errand)
{
    e->errands = arena_grow(&e->step, e->errands, e->n_errands, sizeof(struct errand *));
    e->errands[e->n_errands++] = errand;
}

void ask_pass(struct engine *e)
{
    if (!e->pass_wanted || e->pass_number || e->merges.at < e->merges.n || e->now < e->pass_not_before ||
        e->now < e->source_not_before)
        return;
    e->pass_wanted = false;
    e->pass_number = ++e->numbers;
    agenda_pass_begin(e->agenda);
    add_errand(e, errand_new(ERRAND_PASS, e->pass_number, e->now, e->today));
}

static int by_id(const void *a, const void *b)
{
    return id_compare(*(const char *const *)a, *(const char *const *)b);
}

/* One errand for all customers whose time has come; those whose turn it is only once everybody else is known, so that
 * ranks are right, and a mass change is seen before the first of it is told. While everybody is being read nobody is
 * chosen: the courier would not get to it before that is done. */
bool ask_customers(struct engine *e, struct err *err)
{
    if (e->asked.number || !engine_judging(e) || e->walking || e->now < e->source_not_before)
        return true;
    const char **ids = arena_new(&e->asked.arena, ASK_A_STEP * sizeof *ids);
    size_t n = agenda_take(e->agenda, e->now, ASK_A_STEP, ids);
    for (size_t i = 0; i < n; i++)
        ids[i] = arena_copy(&e->asked.arena, ids[i]);
    if (n < ASK_A_STEP) {
        const char **turns = NULL;
        size_t n_turns = 0;
        if (n == 0 && !e->pass_number) {
            if (!mass_check(e, err) || !digest_choose(e, &ids, &n, err))
                return false;
            e->asked.digest = n > 0;
            if (n == 0 && !desks_choose(e, &e->asked.turns, &turns, &n_turns, err))
                return false;
        }
        e->asked.n_turns = n_turns;
        if (n_turns) {
            ids = turns;
            n = n_turns;
        }
    }
    if (n == 0) {
        forget_asked(e);
        return true;
    }
    qsort(ids, n, sizeof *ids, by_id);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (i == 0 || strcmp(ids[i], ids[kept - 1]) != 0)
            ids[kept++] = ids[i];
    struct errand *errand = errand_new(ERRAND_CUSTOMERS, ++e->numbers, e->now, e->today);
    errand->ids = arena_new(&errand->arena, kept * sizeof *errand->ids);
    for (size_t i = 0; i < kept; i++)
        errand->ids[i] = arena_copy(&errand->arena, ids[i]);
    errand->n = kept;
    e->asked.number = errand->number;
    e->asked.ids = ids;
    e->asked.n = kept;
    e->asked.brought = arena_new(&e->asked.arena, kept * sizeof *e->asked.brought);
    add_errand(e, errand);
    return true;
}
