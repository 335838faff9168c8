/* Decline: still buying, but clearly less than usual: part of the business may have gone to somebody else.
 *
 * The window is four typical gaps, at least 60 days, in whole stretches of 30 so that a rhythm that moves a little does
 * not move it. Bad is a day on which the window that ends there holds at most `share` percent of the mean of the two
 * windows before, and something. Only days that are over are judged: in the morning nobody has bought yet. The occasion
 * is named after the first day of the window of the first bad day since the last good one. */
#include "plan/judge.h"

#include <math.h>
#include <string.h>

enum { WINDOW_LEAST = 60, WINDOW_STRETCH = 30, WINDOW_MOST = 3600 };

/* Purchases as days and weights: amounts where all have one in one currency, else the occasions. */
struct series {
    struct {
        date day;
        double total; /* of all weights up to and with this row */
    } * rows;
    size_t n;
};

static bool all_priced(const struct subject *s)
{
    const struct facts *f = s->facts;
    const char *currency;
    for (size_t i = 0; i < f->n_purchases; i++)
        if (f->purchases[i].amount == MONEY_NONE)
            return false;
    return facts_currency(f, s->b->options->company.currency, &currency);
}

static struct series series_of(const struct subject *s, struct arena *a)
{
    const struct facts *f = s->facts;
    struct series out = { .rows = arena_new(a, (f->n_purchases + 1) * sizeof *out.rows) };
    bool priced = all_priced(s);
    int same = s->b->options->source.same_occasion;
    date occasion = DATE_NONE;
    for (size_t i = 0; i < f->n_purchases && f->purchases[i].day <= s->b->today; i++) {
        const struct purchase *p = &f->purchases[i];
        if (p->amount != MONEY_NONE && p->amount <= 0)
            continue;
        bool begins = occasion == DATE_NONE || p->day - occasion >= (same > 1 ? same : 1);
        occasion = begins ? p->day : occasion;
        if (!priced && !begins)
            continue;
        double before = out.n ? out.rows[out.n - 1].total : 0;
        out.rows[out.n].day = p->day;
        out.rows[out.n++].total = before + (priced ? (double)p->amount : 1);
    }
    return out;
}

/* How many rows are of days up to and with `day`. */
static size_t rows_until(const struct series *s, date day)
{
    size_t from = 0, until = s->n;
    while (from < until) {
        size_t middle = (from + until) / 2;
        if (s->rows[middle].day <= day)
            from = middle + 1;
        else
            until = middle;
    }
    return from;
}

/* All that was bought up to and with `day`. */
static double bought(const struct series *s, date day)
{
    size_t n = rows_until(s, day);
    return n ? s->rows[n - 1].total : 0;
}

/* What the window that ends on `day` holds, in percent of what is usual; INFINITY where that cannot be said. */
static double percent(const struct series *s, int window, date day)
{
    double start = bought(s, day - window), last = bought(s, day) - start;
    double before = (start - bought(s, day - 3 * window)) / 2;
    if (s->n == 0 || s->rows[0].day > day - 3 * window || before <= 0 || last <= 0)
        return INFINITY;
    return 100 * last / before;
}

/* The last day up to and with `day`, or the first after it, on which a sum changes: a purchase enters the window,
 * leaves it, or is forgotten. */
static date turning_before(const struct series *s, int window, date day)
{
    const int after[] = { 0, window, 3 * window };
    date last = DATE_NONE;
    for (int i = 0; i < 3; i++) {
        size_t n = rows_until(s, day - after[i]);
        if (n && s->rows[n - 1].day + after[i] > last)
            last = s->rows[n - 1].day + after[i];
    }
    return last;
}

static date turning_after(const struct series *s, int window, date day)
{
    const int after[] = { 0, window, 3 * window };
    date first = DATE_NEVER;
    for (int i = 0; i < 3; i++) {
        size_t n = rows_until(s, day - after[i]);
        if (n < s->n && s->rows[n].day + after[i] < first)
            first = s->rows[n].day + after[i];
    }
    return first;
}

static int window_of(double typical)
{
    double days = 4 * typical < WINDOW_LEAST ? WINDOW_LEAST : 4 * typical;
    return days < WINDOW_MOST ? (int)ceil(days / WINDOW_STRETCH) * WINDOW_STRETCH : WINDOW_MOST;
}

static void find(const struct subject *s, struct findings *found)
{
    const struct bench *b = s->b;
    struct finding *x = finding_begin(s, found);
    struct defence *d = &x->defence;
    d->category_gap = paces_gap(b->paces, s->customer->category);
    d->typical = rhythm_typical(s->rhythm, d->category_gap);
    d->at_risk = rhythm_at_risk(s->rhythm, d->typical);
    if (s->rhythm->occasions < s->rule->min_purchases || d->typical <= 0) {
        x->why = s->rhythm->occasions ? "too few purchases (min_purchases)" : "never bought";
        return;
    }
    struct series buys = series_of(s, found->a);
    int window = window_of(d->typical);
    date first_bad = DATE_NONE, late_on, yesterday = b->today - 1, day = turning_before(&buys, window, yesterday);
    for (; day != DATE_NONE && percent(&buys, window, day) <= s->rule->share;
         day = turning_before(&buys, window, day - 1))
        first_bad = day;
    bool bad = first_bad != DATE_NONE;
    day = turning_after(&buys, window, yesterday);
    while (day != DATE_NEVER && (percent(&buys, window, day) <= s->rule->share) == bad)
        day = turning_after(&buys, window, day);
    x->next = day == DATE_NEVER ? DATE_NEVER : day + 1;
    bool late = judge_late(s, &late_on);
    if (late_on > b->today && late_on < x->next)
        x->next = late_on;
    double share = percent(&buys, window, yesterday);
    x->state = bad && !late ? FINDING_DUE : FINDING_NOT_YET;
    d->days = window;
    d->threshold = (int)s->rule->share;
    d->part = share < 1000 ? (int)(share + 0.5) : 1000;
    if (isinf(share))
        x->why = "it bought nothing lately, or not for long enough before";
    if (!bad) {
        /* A window that nothing was bought in is not as usual: it has its day, and no case. */
        if (bought(&buys, yesterday) > 0 && bought(&buys, yesterday) <= bought(&buys, yesterday - window))
            x->anchor_day = yesterday - window + 1;
        return;
    }
    char text[16];
    x->due = first_bad + 1;
    x->anchor_day = d->anchor = first_bad - window + 1;
    x->occasion = arena_copy(found->a, date_print(d->anchor, text));
}

const struct judge_kind judge_decline = { .find = find };
