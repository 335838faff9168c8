#include "plan_trial.h"

#include "harness/harness.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

void trial_begin(struct trial *t)
{
    struct err e = { "" };
    *t = (struct trial){ .first_seen = DATE_NONE };
    CHECK_OK(hours_read("mon-fri 09:00-17:00", &t->hours, &e), &e);
    t->options.source.same_occasion = 3;
    t->options.rules = t->rules;
    t->facts.customer = (struct customer){ .id = "1", .name = "Aune", .since = DATE_NONE, .active = true };
    t->facts.purchases = t->purchases;
    t->facts.contacts = t->contacts;
    trial_period(t, &trial_rule(t, "lapse", RULE_LAPSE)->after, NULL, PERIOD_RHYTHM, 2.5);
}

void trial_end(struct trial *t)
{
    paces_done(&t->paces);
    arena_done(&t->arena);
}

struct rule *trial_rule(struct trial *t, const char *id, enum rule_kind kind)
{
    CHECK(t->options.n_rules < sizeof t->rules / sizeof t->rules[0]);
    struct rule *r = &t->rules[t->options.n_rules++];
    *r = (struct rule){ .id = id, .title = id, .kind = kind };
    return r;
}

void trial_period(struct trial *t, struct periods *p, const char *key, enum period_unit unit, double count)
{
    p->rows = arena_grow(&t->arena, p->rows, p->n, sizeof *p->rows);
    p->rows[p->n++] = (struct period_row){ key, { unit, count } };
}

struct words trial_words(struct trial *t, ...)
{
    struct words w = { 0 };
    va_list rest;
    va_start(rest, t);
    for (const char *word; (word = va_arg(rest, const char *));) {
        w.rows = arena_grow(&t->arena, w.rows, w.n, sizeof *w.rows);
        w.rows[w.n++] = word;
    }
    va_end(rest);
    return w;
}

void trial_buys(struct trial *t, date day, money amount)
{
    CHECK(t->facts.n_purchases < sizeof t->purchases / sizeof t->purchases[0]);
    t->purchases[t->facts.n_purchases++] =
        (struct purchase){ .at = day * DAY + 12 * HOUR, .day = day, .amount = amount, .delivered = DATE_NONE };
}

void trial_talks(struct trial *t, date day, const char *kind)
{
    CHECK(t->facts.n_contacts < sizeof t->contacts / sizeof t->contacts[0]);
    t->contacts[t->facts.n_contacts++] = (struct contact){ .at = day * DAY + 12 * HOUR, .day = day, .kind = kind };
}

void trial_pace(struct trial *t, const char *category, double gap)
{
    size_t i = paces_index(&t->paces, category);
    t->paces.rows[i].sum = log(gap);
    t->paces.rows[i].customers = 1;
}

struct bench trial_bench(const struct trial *t, date today)
{
    return (struct bench){ .options = &t->options, .hours = &t->hours, .paces = &t->paces, .today = today };
}

size_t trial_judge(struct trial *t, date today, struct finding **out)
{
    struct bench b = trial_bench(t, today);
    struct facts known = t->facts;
    facts_as_of(&known, (today + 1) * DAY - 1);
    return judge(&b, &known, t->first_seen, &t->arena, out);
}

struct finding *trial_finding(struct trial *t, const char *rule, date today)
{
    struct finding *rows;
    size_t n = trial_judge(t, today, &rows);
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].rule->id, rule) == 0)
            return &rows[i];
    return NULL;
}

const char *trial_state(struct trial *t, const char *rule, date today)
{
    static const char *const names[] = { "not yet", "watch", "due", "cannot judge" };
    const struct finding *f = trial_finding(t, rule, today);
    return f ? names[f->state] : "not covered";
}

date day_of(const char *text)
{
    date d = DATE_NONE;
    CHECK(date_read(text, &d));
    return d;
}
