#include "plan/judge.h"

#include "plan/fingerprint.h"

#include <string.h>

static const struct judge_kind *const kinds[RULE_KINDS] = {
    [RULE_LAPSE] = &judge_lapse,       [RULE_REVIEW] = &judge_review,         [RULE_VISIT] = &judge_visit,
    [RULE_DECLINE] = &judge_decline,   [RULE_AFTER_SALE] = &judge_after_sale, [RULE_REFERRAL] = &judge_referral,
    [RULE_OCCASION] = &judge_occasion, [RULE_PROBLEM] = &judge_problem,       [RULE_FIRST_ORDER] = &judge_first_order,
};

date period_end(const struct bench *b, date d, struct period p)
{
    int count = (int)p.count;
    switch (p.unit) {
    case PERIOD_NONE:
    case PERIOD_RHYTHM:
        return d;
    case PERIOD_DAYS:
        return d + count;
    case PERIOD_WORKING_DAYS:
        return working_days_after(b->hours, b->off, d, count);
    case PERIOD_MONTHS:
        return date_add_months(d, count);
    }
    return d;
}

int periods_passed(const struct bench *b, date d, struct period p, date *last, date *next)
{
    int k = 0;
    *last = d;
    *next = period_end(b, d, p);
    for (; *next > *last && *next <= b->today; k++) {
        *last = *next;
        /* Months are counted from the anchor: what begins on the 31st does not stay on the 28th after February. */
        *next = p.unit == PERIOD_MONTHS ? date_add_months(d, (k + 2) * (int)p.count) : period_end(b, *last, p);
    }
    if (*next <= *last)
        *next = DATE_NEVER;
    return k;
}

/* How closely a rule is meant for a category: 0 not at all, 1 for everybody, more the nearer. A rule for a lower rung
 * of the ladder holds for those above until a higher rung says otherwise; a category that is not on the ladder is only
 * met by its own name, and by "everyone", as in period_for(). */
static int closeness(const struct options *o, const struct rule *r, const char *category)
{
    if (r->who.n == 0)
        return 1;
    int best = 0, own = category_rung(o, category);
    for (size_t i = 0; i < r->who.n; i++) {
        int rung = category_rung(o, r->who.rows[i]);
        bool everyone = strcmp(r->who.rows[i], "everyone") == 0;
        if (category && strcmp(r->who.rows[i], category) == 0)
            return 1000;
        if (everyone && rung < 0)
            rung = 0;
        if ((everyone || (rung >= 0 && rung <= own)) && 2 + rung > best)
            best = 2 + rung;
    }
    return best;
}

/* Is there a contact that both would take? */
static bool share_contact(const struct words *a, const struct words *b)
{
    if (a->n == 0 || b->n == 0)
        return true;
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++)
            if (strcmp(a->rows[i], b->rows[k]) == 0)
                return true;
    return false;
}

/* Do they speak of the same thing, so that one can say otherwise than the other? The survey and the summer gift do not,
 * nor do the mail every month and the meeting every quarter: a higher rung gets more, not something else. */
static bool rivals(const struct rule *a, const struct rule *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == RULE_OCCASION)
        return strcmp(a->on, b->on) == 0;
    return (a->kind != RULE_VISIT && a->kind != RULE_REVIEW) || share_contact(&a->counts, &b->counts);
}

/* Of rules about the same thing only those that are meant most closely for this customer hold. */
bool judge_covers(const struct options *o, const struct rule *r, const char *category)
{
    int mine = closeness(o, r, category);
    for (size_t i = 0; mine && i < o->n_rules; i++)
        if (rivals(&o->rules[i], r) && closeness(o, &o->rules[i], category) > mine)
            return false;
    return mine > 0;
}

/* Absence is not evidence: what could not be read may be the very purchase, or the very talk, that was missed. */
static void doubt(const struct facts *f, struct arena *a, struct finding *x)
{
    enum rule_kind kind = x->rule->kind;
    bool purchases = kind == RULE_LAPSE || kind == RULE_DECLINE || kind == RULE_FIRST_ORDER;
    int n = purchases ? f->unreadable_purchases : kind == RULE_PROBLEM ? 0 : f->unreadable_contacts;
    if (n == 0 || x->state == FINDING_CANNOT_JUDGE || x->state == FINDING_NOT_YET)
        return;
    x->state = FINDING_CANNOT_JUDGE;
    x->why = arena_print(a, "%d of its %s have a day that cannot be read", n, purchases ? "purchases" : "contacts");
}

struct finding *finding_begin(const struct subject *s, struct findings *out)
{
    out->rows = arena_grow(out->a, out->rows, out->n, sizeof *out->rows);
    struct finding *x = &out->rows[out->n++];
    *x = (struct finding){ .rule = s->rule,
                           .state = FINDING_CANNOT_JUDGE,
                           .due = DATE_NONE,
                           .watch = DATE_NONE,
                           .next = DATE_NEVER,
                           .anchor_day = DATE_NONE,
                           .defence = { .last_day = s->rhythm->last_day,
                                        .anchor = DATE_NONE,
                                        .occasions = s->rhythm->occasions,
                                        .average = s->mixed ? MONEY_NONE : rhythm_average(s->rhythm) } };
    return x;
}

static void find(const struct subject *s, struct findings *out)
{
    size_t before = out->n;
    kinds[s->rule->kind]->find(s, out);
    for (size_t i = before; s->facts && i < out->n; i++)
        doubt(s->facts, out->a, &out->rows[i]);
}

bool judge_late(const struct subject *s, date *due)
{
    bool late = false;
    struct arena a = { 0 };
    struct findings found = { .a = &a };
    *due = DATE_NEVER;
    for (size_t i = 0; i < s->b->options->n_rules; i++) {
        struct subject lapse = *s;
        lapse.rule = &s->b->options->rules[i];
        if (lapse.rule->kind == RULE_LAPSE && judge_covers(s->b->options, lapse.rule, s->customer->category))
            judge_lapse.find(&lapse, &found);
    }
    for (size_t i = 0; i < found.n; i++) {
        late |= found.rows[i].state == FINDING_DUE;
        if (found.rows[i].due != DATE_NONE && found.rows[i].due < *due)
            *due = found.rows[i].due;
    }
    arena_done(&a);
    return late;
}

size_t judge(const struct bench *b, const struct facts *f, date first_seen, struct arena *a, struct finding **out)
{
    struct rhythm y = rhythm_of(f, b->today, b->options->source.same_occasion);
    struct findings found = { .a = a };
    const char *currency;
    bool mixed = !facts_currency(f, b->options->company.currency, &currency);
    for (size_t i = 0; i < b->options->n_rules; i++) {
        struct subject s = { b, &b->options->rules[i], &f->customer, &y, f, first_seen, mixed };
        if (judge_covers(b->options, s.rule, f->customer.category))
            find(&s, &found);
    }
    *out = found.rows;
    return found.n;
}

static date earlier(date a, date b)
{
    return a < b ? a : b;
}

/* The first day from today on at which one of these matters. */
static date matters(const struct findings *found, date today)
{
    date first = DATE_NEVER;
    for (size_t i = 0; i < found->n; i++) {
        const struct finding *x = &found->rows[i];
        first = earlier(first, x->state == FINDING_DUE || x->next < today ? today : x->next);
    }
    return first;
}

struct outlook judge_outlook(const struct bench *b, const struct facts *f, date first_seen)
{
    struct outlook o = { .rhythm = rhythm_of(f, b->today, b->options->source.same_occasion),
                         .other = DATE_NEVER,
                         .fingerprint = fingerprint_of(f),
                         .silent = customer_silent(&f->customer) };
    struct facts known = *f;
    while (known.n_purchases && known.purchases[known.n_purchases - 1].day > b->today)
        o.other = known.purchases[--known.n_purchases].day; /* look again when it becomes true */
    struct arena a = { 0 };
    struct findings found = { .a = &a };
    for (size_t i = 0; i < b->options->n_rules; i++) {
        struct subject s = { b, &b->options->rules[i], &f->customer, &o.rhythm, &known, first_seen, false };
        if (!kinds[s.rule->kind]->by_rhythm && judge_covers(b->options, s.rule, f->customer.category))
            find(&s, &found);
    }
    o.other = earlier(o.other, matters(&found, b->today));
    arena_done(&a);
    return o;
}

/* What those rules say that go by the rhythm alone. */
static void find_by_rhythm(const struct bench *b, const struct outlook *o, const char *category, struct findings *found)
{
    struct customer c = { .category = category };
    for (size_t i = 0; i < b->options->n_rules; i++) {
        struct subject s = { b, &b->options->rules[i], &c, &o->rhythm, NULL, DATE_NONE, false };
        if (kinds[s.rule->kind]->by_rhythm && judge_covers(b->options, s.rule, category))
            find(&s, found);
    }
}

bool judge_watches(const struct bench *b, const struct outlook *o, const char *category)
{
    bool watch = false;
    struct arena a = { 0 };
    struct findings found = { .a = &a };
    find_by_rhythm(b, o, category, &found);
    for (size_t i = 0; i < found.n; i++)
        watch |= found.rows[i].state == FINDING_WATCH;
    arena_done(&a);
    return watch;
}

date judge_next(const struct bench *b, const struct outlook *o, const char *category)
{
    struct arena a = { 0 };
    struct findings found = { .a = &a };
    find_by_rhythm(b, o, category, &found);
    date next = earlier(o->other > b->today ? o->other : b->today, matters(&found, b->today));
    arena_done(&a);
    return next;
}
