#include "plan/rhythm.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How many gaps the category counts for: a safe constant between the best weights of three real logs (1.1, 2.4, 5). */
static const double category_weight = 3;

void rhythm_begin(struct rhythm *r)
{
    *r = (struct rhythm){ .first_day = DATE_NONE, .occasion_day = DATE_NONE, .last_day = DATE_NONE };
}

void rhythm_add(struct rhythm *r, date day, money amount, int same_occasion)
{
    if (amount != MONEY_NONE && amount <= 0)
        return; /* a return, or a gift, is not buying */
    if (r->occasions == 0) {
        r->first_day = day;
        r->occasions = 1;
        r->occasion_day = day;
    } else if (day - r->occasion_day >= (same_occasion > 1 ? same_occasion : 1)) {
        r->sum_ln += log(day - r->occasion_day);
        r->occasions++;
        r->occasion_day = day;
    }
    r->last_day = day;
    if (amount != MONEY_NONE && r->spent < INT64_MAX / 4) {
        r->spent += amount < INT64_MAX / 4 ? amount : 0; /* an absurd amount ranks nobody */
        r->priced++;
    }
}

struct rhythm rhythm_of(const struct facts *f, date until, int same_occasion)
{
    struct rhythm r;
    rhythm_begin(&r);
    for (size_t i = 0; i < f->n_purchases && f->purchases[i].day <= until; i++)
        rhythm_add(&r, f->purchases[i].day, f->purchases[i].amount, same_occasion);
    return r;
}

double rhythm_typical(const struct rhythm *r, double category_gap)
{
    int gaps = r->occasions > 1 ? r->occasions - 1 : 0;
    double weight = category_gap > 0 ? category_weight : 0;
    if (gaps + weight <= 0)
        return 0;
    return exp((r->sum_ln + (weight > 0 ? weight * log(category_gap) : 0)) / (gaps + weight));
}

money rhythm_average(const struct rhythm *r)
{
    return r->priced && r->occasions ? r->spent / r->occasions : MONEY_NONE;
}

double rhythm_at_risk(const struct rhythm *r, double typical)
{
    if (typical <= 0)
        return 0;
    money average = rhythm_average(r);
    return average == MONEY_NONE ? 1 / typical : (double)average / 100 / typical;
}

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

size_t paces_index(struct paces *p, const char *category)
{
    for (size_t i = 0; i < p->n; i++)
        if (same(p->rows[i].category, category))
            return i;
    p->rows = mem_resize(p->rows, (p->n + 1) * sizeof *p->rows);
    p->rows[p->n] = (struct pace){ .category = mem_copy(category) };
    return p->n++;
}

void paces_learn(struct paces *p, const char *category, const struct rhythm *r, int sign)
{
    if (r->occasions < 3)
        return; /* fewer than two gaps teach nothing */
    size_t i = paces_index(p, category); /* may move the rows */
    struct pace *row = &p->rows[i];
    row->sum += sign * r->sum_ln / (r->occasions - 1);
    row->customers += sign;
}

double paces_gap(const struct paces *p, const char *category)
{
    for (size_t i = 0; i < p->n; i++)
        if (same(p->rows[i].category, category) && p->rows[i].customers > 0)
            return exp(p->rows[i].sum / (double)p->rows[i].customers);
    return 0;
}

void paces_done(struct paces *p)
{
    for (size_t i = 0; i < p->n; i++)
        free(p->rows[i].category);
    free(p->rows);
    *p = (struct paces){ 0 };
}
