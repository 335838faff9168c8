/* A customer in short knows the day on which judging it in full says something new. */
#include "base/chance.h"
#include "harness/harness.h"
#include "plan/fingerprint.h"
#include "plan_trial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define START day_of("2026-01-15")

static const char *const categories[] = { NULL, "everyone", "regular", "key", "elsewhere" };
static const char *const opportunities[] = { NULL, "low", "high" };

static const char *one_of(struct chance *c, const char *const *from, size_t n)
{
    return from[chance_below(c, n)];
}

static struct period any_period(struct chance *c, bool rhythm)
{
    switch (chance_below(c, rhythm ? 5 : 3)) {
    case 0:
        return (struct period){ PERIOD_DAYS, 1.0 + (double)chance_below(c, 120) };
    case 1:
        return (struct period){ PERIOD_MONTHS, 1.0 + (double)chance_below(c, 6) };
    case 2:
        return (struct period){ PERIOD_WORKING_DAYS, 1.0 + (double)chance_below(c, 60) };
    default:
        return (struct period){ PERIOD_RHYTHM, 0.5 + 3 * chance_unit(c) };
    }
}

static void add_period(struct trial *t, struct chance *c, struct periods *p, const char *key, bool rhythm)
{
    struct period any = any_period(c, rhythm);
    trial_period(t, p, key, any.unit, any.count);
}

static void any_lapse(struct trial *t, struct chance *c)
{
    struct rule *r = trial_rule(t, "another", RULE_LAPSE);
    add_period(t, c, &r->after, one_of(c, categories, 4), true);
    if (chance_below(c, 2))
        add_period(t, c, &r->watch, NULL, true);
    if (chance_below(c, 2))
        add_period(t, c, &r->usual, NULL, false);
    if (chance_below(c, 2))
        r->at_least = any_period(c, false);
    if (chance_below(c, 2))
        r->again = any_period(c, false);
    if (chance_below(c, 2))
        r->who = trial_words(t, categories[1 + chance_below(c, 3)], NULL);
    r->min_purchases = (int)chance_below(c, 4);
}

static void any_anchored(struct trial *t, struct chance *c, enum rule_kind kind)
{
    struct rule *r = trial_rule(t, rule_kind_name(kind), kind);
    add_period(t, c, &r->every, kind == RULE_REVIEW ? one_of(c, opportunities, 3) : one_of(c, categories, 4), false);
    if (chance_below(c, 2))
        r->counts = trial_words(t, "review", NULL);
}

/* The kinds whose occasions are not one after the other. */
static void any_other_kinds(struct trial *t, struct chance *c)
{
    static const char *const days[] = { "06-24", "02-29", "first order", "since" };
    struct rule *visits = trial_rule(t, "service", RULE_AFTER_SALE), *ask = trial_rule(t, "ask", RULE_REFERRAL),
                *yearly = trial_rule(t, "yearly", RULE_OCCASION), *less = trial_rule(t, "less", RULE_DECLINE),
                *prospect = trial_rule(t, "prospect", RULE_FIRST_ORDER);
    for (uint64_t i = 0, n = 1 + chance_below(c, 3), day = 0; i < n; i++)
        trial_period(t, &visits->steps, NULL, PERIOD_DAYS, (double)(day += 1 + chance_below(c, 40)));
    visits->orders = chance_below(c, 2) ? ORDERS_EVERY : ORDERS_FIRST;
    visits->from = chance_below(c, 2) ? SALE_DELIVERED : SALE_ORDERED;
    visits->within = ask->within = (struct period){ PERIOD_DAYS, 1.0 + (double)chance_below(c, 60) };
    ask->after_sale = "service";
    trial_period(t, &ask->after, NULL, PERIOD_DAYS, (double)chance_below(c, 30));
    yearly->on = one_of(c, days, 4);
    yearly->within = (struct period){ PERIOD_DAYS, (double)chance_below(c, 30) };
    yearly->ahead = (struct period){ PERIOD_DAYS, (double)chance_below(c, 20) };
    less->share = 40 + 40 * chance_unit(c);
    less->min_purchases = 2;
    add_period(t, c, &prospect->every, NULL, false);
    for (size_t i = 0; i < t->facts.n_purchases; i++)
        if (chance_below(c, 2))
            t->purchases[i].delivered = t->purchases[i].day + (date)chance_below(c, 30);
}

/* Any company, any customer; nothing happens after `today`. */
static void any_trial(struct trial *t, struct chance *c, date today)
{
    static const char *const kinds[] = { NULL, "review", "call" };
    trial_begin(t);
    t->options.categories = trial_words(t, "everyone", "regular", "key", NULL);
    t->facts.customer.category = one_of(c, categories, 5);
    t->facts.customer.opportunity = one_of(c, opportunities, 3);
    if (chance_below(c, 3) == 0)
        trial_period(t, &t->rules[0].watch, NULL, PERIOD_RHYTHM, 1.5);
    any_lapse(t, c);
    any_anchored(t, c, RULE_REVIEW);
    any_anchored(t, c, RULE_VISIT);
    if (chance_below(c, 2))
        trial_pace(t, t->facts.customer.category, 3 + 60 * chance_unit(c));
    if (chance_below(c, 2))
        t->facts.customer.since = today - (date)chance_below(c, 900);
    date day = today - (date)chance_below(c, 900);
    for (uint64_t n = chance_below(c, 20); n-- > 0 && day <= today; day += (date)chance_below(c, 90))
        trial_buys(t, day, chance_below(c, 9) ? (money)chance_below(c, 100000) : MONEY_NONE);
    day = today - (date)chance_below(c, 900);
    for (uint64_t n = chance_below(c, 4); n-- > 0 && day <= today; day += (date)chance_below(c, 300))
        trial_talks(t, day, one_of(c, kinds, 3));
}

/* What all rules say, in a line. */
static void say(struct trial *t, date today, char *out, size_t room, bool *due)
{
    struct finding *rows;
    size_t n = trial_judge(t, today, &rows), at = 0;
    *due = false;
    out[0] = '\0';
    for (size_t i = 0; i < n; i++) {
        *due |= rows[i].state == FINDING_DUE;
        at += (size_t)snprintf(out + at, room - at, "%s %d; ", rows[i].rule->id, rows[i].state);
    }
}

static date first_news(struct trial *t, date today, date until)
{
    char before[256], after[256];
    bool due;
    say(t, today, before, sizeof before, &due);
    for (date d = today; d <= until; d++) {
        say(t, d, after, sizeof after, &due);
        if (due || strcmp(before, after) != 0)
            return d;
    }
    return DATE_NEVER;
}

TEST(the_day_known_in_short_is_the_first_on_which_judging_in_full_says_something_new)
{
    struct chance c;
    int now = 0, later = 0, never = 0;
    for (uint64_t seed = 0; seed < 1200; seed++) {
        struct trial t;
        chance_seed(&c, seed);
        date today = START + (date)chance_below(&c, 800);
        any_trial(&t, &c, today);
        t.first_seen = chance_below(&c, 4) ? today - (date)chance_below(&c, 300) : DATE_NONE;
        struct bench b = trial_bench(&t, today);
        struct outlook o = judge_outlook(&b, &t.facts, t.first_seen);
        date next = judge_next(&b, &o, t.facts.customer.category), expected = first_news(&t, today, today + 500);
        if (next > today + 500)
            next = DATE_NEVER;
        bool homeless = t.first_seen == DATE_NONE && t.facts.customer.since == DATE_NONE && t.facts.n_purchases == 0;
        if (next != expected && !(homeless && next == today)) /* nothing to count from: met today */
            test_fail(__FILE__, __LINE__, "seed %llu, today %d: says %d, not %d", (unsigned long long)seed, today, next,
                      expected);
        *(next == today ? &now : next == DATE_NEVER ? &never : &later) += 1;
        trial_end(&t);
    }
    CHECK(now > 100 && later > 100 && never > 10); /* all three were tried */
}

static date first_due(struct trial *t, date today, date until)
{
    char text[256];
    bool due;
    for (date d = today; d <= until; d++) {
        say(t, d, text, sizeof text, &due);
        if (due)
            return d;
    }
    return DATE_NEVER;
}

/* For the other kinds: never too late to find something due; too early at most once in a while. */
TEST(the_day_known_in_short_is_never_too_late_for_any_kind)
{
    struct chance c;
    int due = 0, exact = 0, early = 0;
    for (uint64_t seed = 0; seed < 1500; seed++) {
        struct trial t;
        chance_seed(&c, seed);
        date today = START + (date)chance_below(&c, 800);
        any_trial(&t, &c, today);
        t.options.n_rules = 0;
        any_other_kinds(&t, &c);
        t.first_seen = today - (date)chance_below(&c, 300);
        struct bench b = trial_bench(&t, today);
        struct outlook o = judge_outlook(&b, &t.facts, t.first_seen);
        date next = judge_next(&b, &o, t.facts.customer.category), expected = first_due(&t, today, today + 400);
        if (next > expected)
            test_fail(__FILE__, __LINE__, "seed %llu, today %d: says %d, not %d", (unsigned long long)seed, today, next,
                      expected);
        *(expected == today ? &due : next < expected && next <= today + 400 ? &early : &exact) += 1;
        trial_end(&t);
    }
    CHECK(due > 200 && exact > 300 && early < exact / 5);
}

TEST(each_finding_knows_the_day_after_today_on_which_it_changes)
{
    struct chance c;
    int changes = 0;
    for (uint64_t seed = 0; seed < 600; seed++) {
        struct trial t;
        struct finding *rows;
        chance_seed(&c, seed);
        date today = START + (date)chance_below(&c, 800);
        any_trial(&t, &c, today);
        t.first_seen = today - (date)chance_below(&c, 300);
        size_t n = trial_judge(&t, today, &rows);
        for (size_t i = 0; i < n; i++) {
            date d = today;
            struct finding *then = &rows[i];
            while (d < today + 400 && then->state == rows[i].state &&
                   (!then->occasion || strcmp(then->occasion, rows[i].occasion) == 0))
                then = trial_finding(&t, rows[i].rule->id, ++d);
            date known = rows[i].next < today + 400 ? rows[i].next : today + 400;
            if (known != d)
                test_fail(__FILE__, __LINE__, "seed %llu, rule %s: says %d, not %d", (unsigned long long)seed,
                          rows[i].rule->id, known - today, d - today);
            changes += d < today + 400;
        }
        trial_end(&t);
    }
    CHECK(changes > 400);
}

TEST(a_purchase_of_the_future_does_not_exist_yet_but_is_looked_at_when_it_does)
{
    struct trial t;
    trial_begin(&t);
    trial_pace(&t, NULL, 40);
    trial_buys(&t, START, MONEY_NONE);
    trial_buys(&t, START + 90, MONEY_NONE);
    trial_buys(&t, START + 120, MONEY_NONE);
    struct bench b = trial_bench(&t, START + 10);
    struct outlook o = judge_outlook(&b, &t.facts, DATE_NONE);
    CHECK_INT(o.rhythm.last_day, START);
    CHECK_INT(o.other, START + 90);
    CHECK_INT(judge_next(&b, &o, NULL), START + 90);
    b.today = START + 100; /* that day came without a new reading */
    CHECK_INT(judge_next(&b, &o, NULL), START + 100);
    trial_end(&t);
}

TEST(a_moved_pace_moves_the_day_without_a_new_reading)
{
    struct trial t;
    trial_begin(&t);
    trial_pace(&t, NULL, 40);
    trial_buys(&t, START, MONEY_NONE);
    struct bench b = trial_bench(&t, START + 10);
    struct outlook o = judge_outlook(&b, &t.facts, DATE_NONE);
    CHECK_INT(judge_next(&b, &o, NULL), START + 100);
    trial_pace(&t, NULL, 20);
    b = trial_bench(&t, START + 10);
    CHECK_INT(judge_next(&b, &o, NULL), START + 50);
    CHECK_INT(judge_next(&b, &o, "elsewhere"), DATE_NEVER); /* no pace there */
    trial_end(&t);
}

/* ---- fingerprints ---- */

struct known {
    struct facts f;
    struct extra extras[2];
    struct purchase purchases[2];
    struct contact contacts[2];
    struct problem problems[2];
};

static void know(struct known *k)
{
    *k = (struct known){
        .f = { .customer = { .id = "1",
                             .name = "Aune",
                             .salesperson = "7",
                             .category = "key",
                             .opportunity = "high",
                             .since = 10,
                             .contact_name = "Kari",
                             .email = "a@b",
                             .phone = "123",
                             .language = "nb",
                             .region = "NO",
                             .url = "u",
                             .values = "quality",
                             .notes = "long notes, longer than eight bytes",
                             .active = true,
                             .n_extras = 2 },
               .n_purchases = 2,
               .n_contacts = 2,
               .n_problems = 2 },
        .extras = { { "x_one", "1" }, { "x_two", NULL } },
        .purchases = { { 1, 0, 100, 1, "p1", "NOK", "paper", "office", "CODE" },
                       { 2, 0, MONEY_NONE, DATE_NONE, NULL, NULL, NULL, NULL, NULL } },
        .contacts = { { 1, 0, "call", "7", "fine", "a note" }, { 2, 0, NULL, NULL, NULL, NULL } },
        .problems = { { 1, 5, 0, "c1", "late" }, { 2, INSTANT_NONE, 0, NULL, NULL } },
    };
    k->f.customer.extras = k->extras;
    k->f.purchases = k->purchases;
    k->f.contacts = k->contacts;
    k->f.problems = k->problems;
}

/* Change one thing, and the fingerprint is another; all of them differ from each other too. */
#define CHANGE(change)                                                                                                 \
    do {                                                                                                               \
        know(&k);                                                                                                      \
        change;                                                                                                        \
        seen[n++] = fingerprint_of(&k.f);                                                                              \
        for (size_t i = 0; i + 1 < n; i++)                                                                             \
            if (seen[i] == seen[n - 1])                                                                                \
                test_fail(__FILE__, __LINE__, "%s is not noticed", #change);                                           \
    } while (0)

TEST(any_changed_fact_is_another_fingerprint)
{
    struct known k;
    uint64_t seen[80];
    size_t n = 0;
    CHANGE((void)0);
    const char **texts[] = { &k.f.customer.name,
                             &k.f.customer.salesperson,
                             &k.f.customer.category,
                             &k.f.customer.opportunity,
                             &k.f.customer.contact_name,
                             &k.f.customer.email,
                             &k.f.customer.phone,
                             &k.f.customer.language,
                             &k.f.customer.region,
                             &k.f.customer.url,
                             &k.f.customer.values,
                             &k.f.customer.notes,
                             &k.extras[0].name,
                             &k.extras[0].value,
                             &k.extras[1].value,
                             &k.purchases[0].id,
                             &k.purchases[0].currency,
                             &k.purchases[0].what,
                             &k.purchases[0].product_group,
                             &k.purchases[0].offer_code,
                             &k.purchases[1].what,
                             &k.contacts[0].kind,
                             &k.contacts[0].salesperson,
                             &k.contacts[0].outcome,
                             &k.contacts[0].note,
                             &k.problems[0].id,
                             &k.problems[0].summary };
    for (size_t t = 0; t < sizeof texts / sizeof texts[0]; t++) {
        CHANGE(*texts[t] = "something else");
        CHANGE(*texts[t] = *texts[t] ? NULL : "");
    }
    CHANGE(k.f.customer.since = DATE_NONE);
    CHANGE(k.f.customer.active = false);
    CHANGE(k.f.customer.do_not_contact = true);
    CHANGE(k.purchases[0].at = 3);
    CHANGE(k.purchases[0].amount = 101);
    CHANGE(k.purchases[1].amount = 0);
    CHANGE(k.purchases[0].delivered = 2);
    CHANGE(k.contacts[1].at = 3);
    CHANGE(k.problems[0].opened_at = 0);
    CHANGE(k.problems[1].closed_at = 9);
    CHANGE(k.f.n_purchases = 1);
    CHANGE(k.f.n_contacts = 1);
    CHANGE(k.f.n_problems = 1);
    CHANGE(k.f.customer.n_extras = 1);
    CHANGE(k.f.unreadable_purchases = 1);
    CHANGE(k.f.unreadable_contacts = 1);
    CHANGE(k.f.customer.notes = "long notes, longer than eight bytez");
    CHANGE((k.f.customer.email = "a@", k.f.customer.phone = "b123"));
}

TEST(the_same_facts_are_the_same_fingerprint_wherever_they_lie)
{
    struct known a, b;
    know(&a);
    know(&b);
    char *name = strdup("Aune"), *notes = strdup(a.f.customer.notes);
    b.f.customer.name = name;
    b.f.customer.notes = notes;
    CHECK(fingerprint_of(&a.f) == fingerprint_of(&b.f));
    free(name);
    free(notes);
}
