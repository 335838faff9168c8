#include "plan/forecast.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct ahead {
    struct bench bench; /* its day moves */
    const struct forecast_wish *w;
    date start;
    struct facts facts; /* with the contacts that were planned */
    size_t room;        /* for contacts */
    struct arena *a;    /* what comes out */
    struct planned *rows;
    size_t n;
};

/* The first working day from `d` on; DATE_NEVER: none in time. */
static date working_from(const struct ahead *h, date d)
{
    date end = h->start + h->w->days;
    while (d < end && !working_day(h->w->hours, h->w->off, d))
        d++;
    return d < end ? d : DATE_NEVER;
}

/* The day on which this would be told. */
static date told_on(const struct ahead *h, const struct finding *x)
{
    date d = x->due > h->start ? x->due : h->start;
    int weekday = rule_weekday(h->bench.options, x->rule);
    while (weekday && date_weekday(d) != weekday)
        d++;
    return working_from(h, d);
}

static const char *contact_kind(const struct rule *r)
{
    static const char *const usual[RULE_KINDS] = {
        [RULE_VISIT] = "visit", [RULE_AFTER_SALE] = "visit", [RULE_REVIEW] = "review"
    };
    return r->counts.n ? r->counts.rows[0] : usual[r->kind] ? usual[r->kind] : "call";
}

/* As planned, a customer is content after the visits that a referral waits for. */
static const char *contact_outcome(const struct options *o, const struct rule *visits)
{
    for (size_t i = 0; i < o->n_rules; i++) {
        const struct rule *r = &o->rules[i];
        if (r->kind == RULE_REFERRAL && r->content.n && r->after_sale && strcmp(r->after_sale, visits->id) == 0)
            return r->content.rows[0];
    }
    return NULL;
}

static void talk(struct ahead *h, const struct rule *r)
{
    struct facts *f = &h->facts;
    if (f->n_contacts == h->room)
        f->contacts = mem_resize(f->contacts, (h->room = h->room * 2 + 8) * sizeof *f->contacts);
    f->contacts[f->n_contacts++] = (struct contact){ .at = h->bench.today * DAY + DAY / 2,
                                                     .day = h->bench.today,
                                                     .kind = contact_kind(r),
                                                     .outcome = contact_outcome(h->bench.options, r) };
}

/* What is due already needs no "if". */
static enum unless unless_of(const struct ahead *h, const struct finding *x)
{
    enum rule_kind kind = x->rule->kind;
    if (x->due <= h->start)
        return UNLESS_NOTHING;
    if (kind == RULE_PROBLEM)
        return UNLESS_SOLVED;
    return kind == RULE_LAPSE || kind == RULE_FIRST_ORDER ? UNLESS_ORDERED : UNLESS_NOTHING;
}

static bool same_case(const struct planned *p, const struct finding *x)
{
    return p->rule == x->rule && strcmp(p->occasion, x->occasion) == 0;
}

/* Was it planned, or dealt with before? A silence that goes on for years is one lapse. */
static bool settled(const struct ahead *h, const struct finding *x)
{
    for (size_t i = 0; i < h->w->n_before; i++)
        if (same_case(&h->w->before[i], x))
            return true;
    for (size_t i = h->n; i-- > 0;)
        if (same_case(&h->rows[i], x) || (x->rule->kind == RULE_LAPSE && h->rows[i].rule == x->rule))
            return true;
    return false;
}

static date asked_again_from(const struct ahead *h, const struct planned *rows, size_t n, const struct rule *r)
{
    date from = DATE_NONE;
    for (size_t i = 0; i < n; i++)
        if (rows[i].rule == r && rows[i].day != DATE_NONE) {
            date end = period_end(&h->bench, rows[i].day, r->again);
            from = end > from ? end : from;
        }
    return from;
}

/* The first day on which something due may be planned: today, later, or DATE_NEVER. */
static date turn_of(const struct ahead *h, const struct finding *x)
{
    if (settled(h, x) || (x->rule->kind == RULE_DECLINE && x->due > h->start))
        return DATE_NEVER;
    date day = told_on(h, x);
    if (x->rule->kind == RULE_REFERRAL) { /* nobody is asked for one again so soon */
        date before = asked_again_from(h, h->w->before, h->w->n_before, x->rule);
        date again = asked_again_from(h, h->rows, h->n, x->rule);
        again = again > before ? again : before;
        day = again > day ? again : day;
    }
    return day;
}

static void plan(struct ahead *h, const struct finding *x)
{
    enum unless unless = unless_of(h, x);
    h->rows = arena_grow(h->a, h->rows, h->n, sizeof *h->rows);
    h->rows[h->n++] = (struct planned){ .rule = x->rule,
                                        .occasion = arena_copy(h->a, x->occasion),
                                        .day = h->bench.today,
                                        .due = x->due,
                                        .anchor = x->defence.anchor,
                                        .part = x->defence.part,
                                        .parts = x->defence.parts,
                                        .unless = unless,
                                        .made = unless == UNLESS_NOTHING || x->rule->kind == RULE_FIRST_ORDER };
}

/* What has its turn today is planned and, unless something would have to go wrong for it, made. */
static bool plan_today(struct ahead *h, const struct finding *rows, size_t n)
{
    size_t before = h->n;
    for (size_t i = 0; i < n; i++)
        if (rows[i].state == FINDING_DUE && turn_of(h, &rows[i]) <= h->bench.today)
            plan(h, &rows[i]);
    for (size_t i = before; i < h->n; i++)
        if (h->rows[i].made)
            talk(h, h->rows[i].rule);
    return h->n > before;
}

/* The next day to look at: something will change by itself, or has its turn. */
static date next_day(const struct ahead *h, const struct finding *rows, size_t n)
{
    date next = DATE_NEVER;
    for (size_t i = 0; i < n; i++) {
        date turn = rows[i].state == FINDING_DUE ? turn_of(h, &rows[i]) : DATE_NEVER;
        next = turn < next ? turn : next;
        next = rows[i].next < next ? rows[i].next : next;
    }
    if (next == DATE_NEVER)
        return DATE_NEVER;
    return working_from(h, next > h->bench.today ? next : h->bench.today + 1);
}

size_t forecast(const struct bench *b, const struct facts *f, date first_seen, const struct forecast_wish *w,
                struct arena *a, struct planned **out)
{
    struct ahead h = { .bench = *b, .w = w, .start = b->today, .facts = *f, .a = a };
    struct arena work = { 0 };
    h.room = f->n_contacts + 8;
    h.facts.contacts = mem_new(h.room * sizeof *f->contacts);
    if (f->n_contacts)
        memcpy(h.facts.contacts, f->contacts, f->n_contacts * sizeof *f->contacts);
    h.bench.today = working_from(&h, h.start);
    while (h.bench.today != DATE_NEVER) {
        struct finding *rows;
        size_t n = judge(&h.bench, &h.facts, first_seen, &work, &rows);
        if (plan_today(&h, rows, n))
            n = judge(&h.bench, &h.facts, first_seen, &work, &rows);
        h.bench.today = next_day(&h, rows, n);
        arena_reset(&work);
    }
    arena_done(&work);
    free(h.facts.contacts);
    *out = h.rows;
    return h.n;
}
