/* Lapse and watch: silent for longer than the customer's own rhythm allows, or than a fixed period. */
#include "plan/judge.h"

#include <math.h>

/* Days until a multiple of the rhythm is reached; a product that is whole but for rounding stays whole. Logarithms of a
 * million customers were added up before: a few parts in 10^10, which is far less than a second. */
static int whole_days(double days)
{
    return days < 36500 ? (int)ceil(days * (1 - 1e-9)) : 36500;
}

/* The typical gap the rule goes by, with its parts noted in `d`; 0: cannot judge. */
static double typical_gap(const struct bench *b, const struct rule *r, const struct customer *c, const struct rhythm *y,
                          struct defence *d)
{
    d->category_gap = paces_gap(b->paces, c->category);
    if (d->category_gap <= 0) {
        const struct period *usual = period_for(b->options, &r->usual, c->category);
        d->category_gap = usual ? period_end(b, y->last_day, *usual) - y->last_day : 0;
    }
    return rhythm_typical(y, d->category_gap);
}

/* How many days of silence `p` allows after the last purchase. */
static int allowance(const struct bench *b, const struct rhythm *y, const struct period *p, double typical)
{
    if (p->unit == PERIOD_RHYTHM)
        return whole_days(p->count * typical);
    return period_end(b, y->last_day, *p) - y->last_day;
}

static int clamp(const struct bench *b, const struct rule *r, const struct rhythm *y, int days)
{
    int least = period_end(b, y->last_day, r->at_least) - y->last_day;
    int most = period_end(b, y->last_day, r->at_most) - y->last_day;
    if (r->at_most.unit != PERIOD_NONE && days > most)
        days = most;
    return days < least ? least : days;
}

/* Each `again` of further silence is an occasion of its own: "2026-03-04", "2026-03-04#2", ... */
static void name_occasion(const struct bench *b, struct finding *out, struct arena *a)
{
    char day[16];
    int k = 1;
    if (out->state == FINDING_DUE)
        k += periods_passed(b, out->due, out->rule->again, &out->due, &out->next);
    date_print(out->anchor_day, day);
    out->occasion = k == 1 ? arena_copy(a, day) : arena_print(a, "%s#%d", day, k);
}

/* The earlier level, where the rule has one and it comes before the later. */
static void choose_watch(const struct bench *b, const struct customer *c, const struct rhythm *y, struct finding *out)
{
    const struct period *watch = period_for(b->options, &out->rule->watch, c->category);
    if (!watch || watch->unit == PERIOD_NONE || (watch->unit == PERIOD_RHYTHM && out->defence.typical <= 0))
        return;
    date day = y->last_day + allowance(b, y, watch, out->defence.typical);
    if (day < out->due)
        out->watch = day;
}

static void find(const struct subject *s, struct findings *found)
{
    const struct bench *b = s->b;
    const struct rule *r = s->rule;
    const struct customer *c = s->customer;
    const struct rhythm *y = s->rhythm;
    struct finding *out = finding_begin(s, found);
    struct defence *d = &out->defence;
    const struct period *after = period_for(b->options, &r->after, c->category);
    if (y->occasions == 0) {
        out->why = "never bought";
        return;
    }
    d->days = b->today - y->last_day;
    if (y->occasions < r->min_purchases) {
        out->why = "too few purchases (min_purchases)";
        return;
    }
    if (!after) {
        out->why = "no period for its category (after)";
        return;
    }
    d->typical = typical_gap(b, r, c, y, d);
    d->at_risk = rhythm_at_risk(y, d->typical);
    if (after->unit == PERIOD_RHYTHM && d->typical <= 0) {
        out->why = "no rhythm yet, neither its own nor its category's (usual)";
        return;
    }
    d->threshold = clamp(b, r, y, allowance(b, y, after, d->typical));
    out->anchor_day = y->last_day;
    out->due = y->last_day + d->threshold;
    choose_watch(b, c, y, out);
    if (after->unit == PERIOD_RHYTHM)
        d->times_usual = after->count;
    else
        d->typical = 0; /* it did not decide */
    if (b->today >= out->due)
        out->state = FINDING_DUE;
    else
        out->state = out->watch != DATE_NONE && b->today >= out->watch ? FINDING_WATCH : FINDING_NOT_YET;
    out->next = out->watch != DATE_NONE && out->watch > b->today ? out->watch : out->due;
    name_occasion(b, out, found->a);
}

const struct judge_kind judge_lapse = { .find = find, .by_rhythm = true };
