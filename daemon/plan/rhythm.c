#include "plan/rhythm.h"

#include <math.h>

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
