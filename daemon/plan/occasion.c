/* Occasion: a day that comes every year: a survey, a summer gift, the anniversary of the first order, a birthday. */
#include "plan/judge.h"

#include <string.h>

static const char *extra(const struct customer *c, const char *name)
{
    for (size_t i = 0; i < c->n_extras; i++)
        if (strcmp(c->extras[i].name, name) == 0)
            return c->extras[i].value;
    return NULL;
}

/* The day that is remembered every year, with the year it began in, 0 for none; DATE_NONE where there is no such day.
 */
static date origin(const struct subject *s, int *began, const char **why)
{
    const char *on = s->rule->on, *value;
    int month, day, year;
    date d = DATE_NONE;
    *began = 0;
    if (month_day_read(on, &month, &day))
        return date_of(2000, month, day);
    if (strcmp(on, "first order") == 0) {
        d = s->rhythm->first_day;
        *why = "never bought";
    } else if (strcmp(on, "since") == 0) {
        d = s->customer->since;
        *why = "no \"since\"";
    } else {
        value = extra(s->customer, on);
        *why = "no day in the column that \"on\" names";
        if (value && *value && !date_read(value, &d) && month_day_read(value, &month, &day))
            return date_of(2000, month, day);
    }
    if (d != DATE_NONE) {
        date_split(d, &year, &month, &day);
        *began = year;
    }
    return d;
}

/* That day in `year`; 29 February is kept on the 28th in years without one. */
static date in_year(date d, int year)
{
    int own, month, day;
    date_split(d, &own, &month, &day);
    return date_add_months(date_of(own, month, day), (year - own) * 12);
}

static void find(const struct subject *s, struct findings *found)
{
    const struct bench *b = s->b;
    struct finding *x = finding_begin(s, found);
    struct defence *d = &x->defence;
    int began, year, month, day;
    date first = origin(s, &began, &x->why), on = DATE_NONE, last = DATE_NONE;
    if (first == DATE_NONE)
        return;
    date_split(b->today, &year, &month, &day);
    /* The first one that is not over yet; one told ahead may lie in the next year, one still open in the last. */
    for (year = began >= year ? began + 1 : year - 1; on == DATE_NONE || last < b->today; year++) {
        on = in_year(first, year);
        last = period_end(b, on, s->rule->within);
    }
    year--;
    x->due = on - (period_end(b, on, s->rule->ahead) - on);
    x->state = b->today >= x->due ? FINDING_DUE : FINDING_NOT_YET;
    x->next = x->state == FINDING_DUE ? last + 1 : x->due;
    x->occasion = arena_print(found->a, "%d", year);
    x->anchor_day = on;
    d->anchor = on;
    d->part = began ? year - began : 0;
    d->days = b->today - on;
    d->at_risk = rhythm_at_risk(s->rhythm, rhythm_typical(s->rhythm, paces_gap(b->paces, s->customer->category)));
}

const struct judge_kind judge_occasion = { .find = find };
