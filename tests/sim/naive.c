#include "sim/naive.h"

#include "base/mem.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { SAME_OCCASION = 3, AT_LEAST = 14, USUAL = 60, FURNITURE_DAYS = 120, MIN_PURCHASES = 2, AGAIN_MONTHS = 12 };

static date day_of(const struct firm *f, instant t)
{
    return zone_date(f->zone, t);
}

static bool category_is(const struct buyer *b, const char *name)
{
    return category_names[b->category] && strcmp(category_names[b->category], name) == 0;
}

/* ---- rhythm ---- */

/* Purchases that had happened at `now`, on days up to `until`. They are kept in order of time. */
static struct gaps count_gaps(const struct buyer *b, instant now, date until)
{
    struct gaps g = { .first = DATE_NONE, .last = DATE_NONE };
    date occasion = DATE_NONE;
    for (size_t i = 0; i < b->n_buys; i++) {
        if (b->buys[i].at > now || b->buys[i].day > until)
            continue;
        if (g.occasions == 0 || b->buys[i].day - occasion >= SAME_OCCASION) {
            if (g.occasions)
                g.sum += log(b->buys[i].day - occasion);
            else
                g.first = b->buys[i].day;
            occasion = b->buys[i].day;
            g.occasions++;
        }
        g.last = b->buys[i].day;
    }
    return g;
}

void naive_count(struct buyer *b)
{
    b->gaps = count_gaps(b, INSTANT_NEVER, DATE_NEVER);
}

static struct gaps gaps_of(const struct buyer *b, instant now, date until)
{
    const struct buy *last = b->n_buys ? &b->buys[b->n_buys - 1] : NULL;
    return !last || (last->at <= now && last->day <= until) ? b->gaps : count_gaps(b, now, until);
}

void naive_learn(struct firm *f, instant now)
{
    double sum[CATEGORIES] = { 0 };
    int n[CATEGORIES] = { 0 };
    date today = day_of(f, now);
    for (int i = 0; i < f->n_buyers; i++) {
        const struct buyer *b = &f->buyers[i];
        struct gaps g = gaps_of(b, INSTANT_NEVER, today - 1);
        if (b->gone || g.occasions < 3)
            continue;
        sum[b->category] += g.sum / (g.occasions - 1);
        n[b->category]++;
    }
    for (int c = 0; c < CATEGORIES; c++) {
        double m = n[c] ? exp(sum[c] / n[c]) : 0;
        struct pace_range *p = &f->paces[c];
        if (today != f->today)
            *p = (struct pace_range){ m, m };
        p->low = m < p->low ? m : p->low;
        p->high = m > p->high ? m : p->high;
    }
    f->today = today;
}

/* 2.5 times the typical gap, twice for the highest rung, for a category whose typical gap is m. The slack is for sums
 * added up in another order. */
static int threshold(const struct buyer *b, const struct gaps *g, double m, double slack)
{
    double typical = exp((g->sum + 3 * log(m > 0 ? m : USUAL)) / (g->occasions - 1 + 3));
    int days = (int)ceil((category_is(b, "key") ? 2 : 2.5) * typical + slack);
    return days < AT_LEAST ? AT_LEAST : days;
}

/* The last day not after today that is a whole number of periods behind `from` (but at least `least` of them); *count:
 * how many. */
static date count_on(date from, int months, int least, date today, int *count)
{
    for (*count = least; date_add_months(from, (*count + 1) * months) <= today;)
        ++*count;
    return date_add_months(from, *count * months);
}

static struct duty lapse(const struct firm *f, const struct buyer *b, int rule, instant now)
{
    date today = day_of(f, now);
    struct gaps g = gaps_of(b, now, today);
    struct duty d = { .anchor = g.last };
    if (g.occasions < MIN_PURCHASES)
        return d;
    const struct pace_range *p = &f->paces[b->category];
    int soonest;
    d.judged = true;
    d.earliest = g.last + (rule == FURNITURE ? FURNITURE_DAYS : threshold(b, &g, p->low, -1e-7));
    d.latest = g.last + (rule == FURNITURE ? FURNITURE_DAYS : threshold(b, &g, p->high, 1e-7));
    d.due = count_on(d.latest, AGAIN_MONTHS, 0, today, &d.count);
    d.due_soonest = count_on(d.earliest, AGAIN_MONTHS, 0, today, &soonest);
    d.occasion = d.count++ == soonest ? d.count : 0;
    return d;
}

/* ---- reviews and visits ---- */

static bool counts(int rule, const struct touch *t)
{
    return rule == VISIT || rule == PROSPECT || strcmp(t->kind, "review") == 0;
}

static struct duty anchored(const struct firm *f, const struct buyer *b, int rule, instant now)
{
    static const int review_months[] = { 12, 6, 3, 0 };
    date today = day_of(f, now);
    struct gaps g = gaps_of(b, now, today);
    struct duty d = { .anchor = DATE_NONE };
    int months = rule == REVIEW ? review_months[b->opportunity] : rule == PROSPECT ? 3 : category_is(b, "key") ? 2 : 12;
    for (size_t i = 0; i < b->n_touches; i++)
        if (b->touches[i].at <= now && counts(rule, &b->touches[i]))
            d.anchor = b->touches[i].day;
    d.never = d.anchor == DATE_NONE;
    bool met = d.anchor == DATE_NONE && b->since == DATE_NONE && g.first == DATE_NONE;
    if (d.anchor == DATE_NONE)
        d.anchor = b->since != DATE_NONE ? b->since : g.first != DATE_NONE ? g.first : b->met;
    if (months == 0)
        return d;
    d.judged = true;
    d.met = met;
    date met_by = d.anchor + (met ? 5 : 0); /* the daemon may have met it some days later, having been down or blind */
    d.earliest = date_add_months(d.anchor, months);
    d.latest = date_add_months(met_by, months);
    d.due = count_on(met_by, months, 1, today, &d.count);
    d.due_soonest = count_on(d.anchor, months, 1, today, &d.occasion);
    d.occasion += 1000 * months; /* another opportunity counts other periods */
    return d;
}

/* ---- cases that stand each by itself ---- */

/* Due on these days, both included: `anchor` and `occasion` name it. */
static struct duty from_to(date from, date until, date anchor, int occasion, date today)
{
    struct duty d = { .judged = true, .anchor = anchor, .occasion = occasion, .count = 1 };
    d.earliest = today <= until ? from : today + 10000; /* over */
    d.latest = d.due = d.due_soonest = d.earliest;
    return d;
}

static struct duty problem(const struct firm *f, const struct buyer *b, instant now)
{
    date today = day_of(f, now), opened = b->trouble.serial ? day_of(f, b->trouble.opened) : DATE_NONE;
    bool open = b->trouble.serial && b->trouble.closed == INSTANT_NONE;
    return from_to(opened + 2, open ? DATE_NEVER : DATE_NONE, opened, b->trouble.serial, today);
}

/* The days of three years are walked through. */
static struct duty yearly(const struct firm *f, const struct buyer *b, instant now)
{
    int year, month, day;
    date today = day_of(f, now), on = DATE_NONE;
    if (!b->month)
        return (struct duty){ .judged = false };
    for (date d = today - 20; d <= today + 370; d++) {
        date_split(d, &year, &month, &day);
        bool leap = date_valid(year, 2, 29);
        on = d;
        if (month == b->month && day == (b->day == 29 && !leap ? 28 : b->day))
            break;
    }
    date_split(on, &year, &month, &day);
    return from_to(on - 3, on + 20, on, year, today);
}

static struct duty service(const struct firm *f, const struct buyer *b, instant now)
{
    date today = day_of(f, now), first = gaps_of(b, now, today).first;
    if (first == DATE_NONE)
        return from_to(today, DATE_NONE, DATE_NONE, 0, today);
    int visit = today < first + 21 ? 1 : 2;
    struct duty d =
        visit == 1 ? from_to(first + 2, first + 20, first, 1, today) : from_to(first + 21, first + 51, first, 2, today);
    for (size_t i = 0; i < b->n_touches; i++)
        if (b->touches[i].at <= now && b->touches[i].day >= (visit == 1 ? first : first + 17) && d.due <= today)
            return from_to(today, DATE_NONE, first, visit, today);
    return d;
}

/* A week after the last visit of the first sale was made, if the customer was content and nothing is open. */
static struct duty referral(const struct firm *f, const struct buyer *b, instant now)
{
    date today = day_of(f, now), first = gaps_of(b, now, today).first;
    const struct touch *last = NULL;
    struct duty never = from_to(today, DATE_NONE, DATE_NONE, 0, today);
    for (size_t i = b->n_touches; first != DATE_NONE && i-- > 0;)
        if (b->touches[i].at <= now && b->touches[i].day >= first + 17)
            last = &b->touches[i];
    if (!last || !last->content || (b->trouble.serial && b->trouble.closed == INSTANT_NONE))
        return never;
    date due = last->day + 7;
    for (size_t i = 0; i < b->n_touches; i++)
        if (b->touches[i].at <= now && b->touches[i].day >= due && due < today)
            return never;
    return from_to(due, due + 30, last->day, 1, today);
}

/* ---- decline ---- */

static double bought(const struct buyer *b, instant now, date after, date until)
{
    double sum = 0;
    for (size_t i = 0; i < b->n_buys; i++)
        if (b->buys[i].at <= now && b->buys[i].day > after && b->buys[i].day <= until)
            sum += (double)b->buys[i].amount;
    return sum;
}

/* Is the window that ends on this day at most 60 % of the mean of the two before? */
static bool bad(const struct buyer *b, date first, int window, date day, instant now)
{
    double last = bought(b, now, day - window, day), before = bought(b, now, day - 3 * window, day - window) / 2;
    return first <= day - 3 * window && before > 0 && last > 0 && 100 * last / before <= 60;
}

/* The first of the bad days up to yesterday; DATE_NONE: that was a good one. */
static date bad_since(const struct buyer *b, date first, int window, date yesterday, instant now)
{
    date day = yesterday;
    while (bad(b, first, window, day, now))
        day--;
    return day == yesterday ? DATE_NONE : day + 1;
}

/* A category's pace moves from day to day, and with it the window, by whole stretches: the daemon may have judged by
 * the one before, until something makes it look again. So it may be due, but the day is never sure. */
static struct duty decline(const struct firm *f, const struct buyer *b, instant now)
{
    date today = day_of(f, now);
    struct gaps g = gaps_of(b, now, today);
    struct duty d = { .judged = g.occasions >= MIN_PURCHASES, .anchor = g.last, .earliest = today + 10000 };
    double m = f->paces[b->category].low;
    int window = 30 * (int)ceil(4 * exp((g.sum + 3 * log(m > 0 ? m : USUAL)) / (g.occasions + 2)) / 30);
    struct duty silence = lapse(f, b, category_is(b, "furniture") ? FURNITURE : LAPSE, now);
    d.latest = d.due = d.due_soonest = d.earliest;
    window = window < 60 ? 60 : window;
    for (int w = window - 30; d.judged && silence.latest > today && w <= window + 30; w += 30) {
        date since = w < 60 ? DATE_NONE : bad_since(b, g.first, w, today - 1, now);
        if (since == DATE_NONE)
            continue;
        d.anchor = since - w + 1;
        d.due = d.earliest > today || since >= d.due ? since + 1 : d.due;
        d.due_soonest = d.earliest = since < d.earliest ? since + 1 : d.earliest;
    }
    return d;
}

static struct duty duty_of(const struct firm *f, const struct buyer *b, int rule, instant now)
{
    if (rule == PROSPECT && gaps_of(b, now, day_of(f, now)).occasions)
        return from_to(DATE_NEVER, DATE_NONE, DATE_NONE, 0, day_of(f, now));
    if (rule == REVIEW || rule == VISIT || rule == PROSPECT)
        return anchored(f, b, rule, now);
    if (rule == PROBLEM)
        return problem(f, b, now);
    if (rule == YEARLY)
        return yearly(f, b, now);
    if (rule == SERVICE)
        return service(f, b, now);
    if (rule == REFERRAL)
        return referral(f, b, now);
    if (rule == DECLINE)
        return decline(f, b, now);
    if (category_is(b, "furniture") != (rule == FURNITURE))
        return (struct duty){ .judged = false };
    return lapse(f, b, rule, now);
}

void naive_note_due(struct firm *f, struct buyer *b, instant now)
{
    double low = f->paces[b->category].low;
    struct duty d = naive_duty(f, b, LAPSE, now);
    if (!d.judged || d.earliest > day_of(f, now))
        return;
    if (d.anchor > b->was_due.anchor || b->was_due.pace <= 0 || low < b->was_due.pace)
        b->was_due.pace = low > 0 ? low : USUAL;
    b->was_due.anchor = d.anchor;
}

struct duty naive_duty(const struct firm *f, const struct buyer *b, int rule, instant now)
{
    struct duty d = duty_of(f, b, rule, now);
    bool by_orders = rule == LAPSE || rule == FURNITURE || rule == DECLINE || rule == PROSPECT;
    if (by_orders && b->unreadable &&
        d.earliest <= day_of(f, now)) /* what cannot be read may be the one that is missed */
        d.judged = false;
    return d;
}

/* By the pace of a day on which this silence, or what it was before the books were corrected, was due. */
static bool due_by_then(const struct firm *f, const struct buyer *b, const struct duty *d, instant now)
{
    struct gaps g = gaps_of(b, now, day_of(f, now));
    return b->was_due.pace > 0 && d->anchor <= b->was_due.anchor &&
           g.last + threshold(b, &g, b->was_due.pace, -1e-7) <= day_of(f, now);
}

static bool silent(const struct buyer *b)
{
    return b->gone || !b->active || b->do_not_contact;
}

bool naive_may_be_due(const struct firm *f, const struct buyer *b, int rule, instant now)
{
    struct duty d = naive_duty(f, b, rule, now);
    return !silent(b) && d.judged && (d.earliest <= day_of(f, now) || (rule == LAPSE && due_by_then(f, b, &d, now)));
}

bool naive_surely_due(const struct firm *f, const struct buyer *b, int rule, instant now, struct duty *out)
{
    *out = naive_duty(f, b, rule, now);
    return !silent(b) && out->judged && !(out->met && b->vague) && out->latest <= day_of(f, now);
}

/* ---- mails ---- */

char *naive_decode(const char *bytes)
{
    char *text = mem_new(strlen(bytes) + 1), *out = text;
    for (const char *at = bytes; *at; at++) {
        unsigned value;
        if (at[0] == '=' && at[1] == '\r' && at[2] == '\n')
            at += 2;
        else if (at[0] == '=' && sscanf(at + 1, "%2X", &value) == 1) {
            *out++ = (char)value;
            at += 2;
        } else
            *out++ = *at;
    }
    return text;
}

/* ---- people ---- */

bool naive_holiday(const struct firm *f, const struct worker *w, date day)
{
    const date *list = f->holidays[w->region < 0 ? 0 : w->region]; /* the first is for all others */
    for (int i = 0; i < HOLIDAYS; i++)
        if (list[i] == day)
            return true;
    return false;
}

bool naive_works(const struct firm *f, const struct worker *w, instant t)
{
    struct civil c = zone_civil(w->zone, t);
    date day = date_of(c.year, c.month, c.day);
    const int *open = hours_table[w->hours].day[date_weekday(day)];
    int minute = c.hour * 60 + c.minute;
    return open[0] <= minute && minute < open[1] && !naive_holiday(f, w, day);
}

bool naive_there(const struct firm *f, const struct worker *w, instant t)
{
    return w->active && (w->away_until == DATE_NONE || w->away_until < day_of(f, t));
}

int naive_route(const struct firm *f, int owner, instant t, const bool refused[MOST_PEOPLE])
{
    int last = f->unassigned, starts[] = { owner, last };
    for (int start = 0; start < 2; start++)
        for (int depth = 0, i = starts[start]; i != NOBODY && depth < f->n_people; depth++, i = f->people[i].manager) {
            int both[] = { i, f->people[i].deputy };
            for (int k = 0; k < 2; k++)
                if (both[k] != NOBODY && naive_there(f, &f->people[both[k]], t) && f->people[both[k]].address[0] &&
                    !refused[both[k]])
                    return both[k];
        }
    return f->people[last].active && f->people[last].address[0] && !refused[last] ? last : NOBODY; /* even on holiday */
}

date naive_repeat_day(const struct firm *f, int rule, const struct worker *w, date day)
{
    const struct rule_terms *r = &rule_terms[rule];
    if (!r->working_days)
        return day + r->repeat;
    for (int left = r->repeat; left > 0;) {
        day++;
        const int *open = hours_table[w->hours].day[date_weekday(day)];
        left -= open[0] < open[1] && !naive_holiday(f, w, day);
    }
    return day;
}
