/* What similar customers value: whose words are kept, and that nobody learns who said them. */
#include "plan/similar.h"

#include "harness/harness.h"
#include "plan_trial.h"

#include <stdio.h>
#include <string.h>

#define TODAY day_of("2026-06-01")

/* A customer that bought lately, twice, for so much altogether, lets its category learn what it values. */
static void teach(struct paces *p, const struct trial *t, const struct customer *c, money spent)
{
    struct purchase buys[] = { { .day = TODAY - 40, .amount = spent / 2 }, { .day = TODAY - 5, .amount = spent / 2 } };
    struct facts f = { .customer = *c, .purchases = buys, .n_purchases = 2 };
    struct bench b = trial_bench(t, TODAY);
    struct rhythm before = rhythm_of(&f, b.today - 1, 3);
    f.customer.active = true;
    similar_learn(p, &b, &f, &before);
}

/* The texts of a category, "a|b". */
static const char *known(const struct paces *p, const char *category)
{
    static char text[64 + VALUED_MOST * (VALUED_BYTES + 2)];
    const char *rows[VALUED_MOST];
    size_t n = similar_values(p, RULE_LAPSE, category, rows), used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < n; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", i ? "|" : "", rows[i]);
    return text;
}

TEST(the_words_of_those_who_buy_for_most_are_kept_the_dearest_first)
{
    struct trial t;
    struct paces p = { 0 };
    trial_begin(&t);
    static const char *const words[] = { "b", "d", "a", "e", "c", "f" };
    static const money worth[] = { 400, 200, 500, 100, 300, 40 };
    for (size_t i = 0; i < 6; i++)
        teach(&p, &t, &(struct customer){ .id = words[i], .category = "key", .values = words[i] }, worth[i]);
    CHECK_TEXT(known(&p, "key"), "a|b|c");
    CHECK_TEXT(known(&p, "small"), "");
    CHECK_TEXT(known(&p, NULL), "");
    teach(&p, &t, &(struct customer){ .id = "9", .values = "without" }, 10);
    CHECK_TEXT(known(&p, NULL), "without"); /* those without a category are a kind of their own */
    paces_done(&p);
    trial_end(&t);
}

TEST(the_same_words_are_kept_once_at_their_dearest)
{
    struct trial t;
    struct paces p = { 0 };
    trial_begin(&t);
    static const char *const words[] = { "prompt", "Prompt", "cheap", "PROMPT", "cheap", "far" };
    static const money worth[] = { 100, 300, 200, 400, 100, 50 };
    for (size_t i = 0; i < 6; i++)
        teach(&p, &t, &(struct customer){ .id = "1", .values = words[i] }, worth[i]);
    CHECK_TEXT(known(&p, NULL), "PROMPT|cheap|far");
    paces_done(&p);
    trial_end(&t);
}

TEST(nobody_is_named_by_what_it_values)
{
    static const struct {
        const char *values;
        bool told;
    } rows[] = {
        { "Aune Bakery wants rye early", false },
        { "that AUNE BAKERY is mentioned", false },
        { "rye, and a bakery van", true },
        { "Per likes new paper", false },
        { "new paper: ask per.", false },
        { "a personal word, paper by the perch", true }, /* inside of a word it is no name */
        { "what Ødegård asks for", false },
        { "write to them@aune.example", false },
        { "ring 55 12 34 56 before noon", false },
        { "deliveries by 8:30, 12 boxes", true },
        { "customer 4711 pays late", false },
        { "4711x", true },
        { "", false },
        { " \t\n ", false },
    };
    struct trial t;
    trial_begin(&t);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct paces p = { 0 };
        teach(&p, &t,
              &(struct customer){
                  .id = "4711", .name = "Aune Bakery", .contact_name = "Per A. Ødegård", .values = rows[i].values },
              100);
        CHECK_TEXT(known(&p, NULL), rows[i].told ? rows[i].values : "");
        paces_done(&p);
    }
    trial_end(&t);
}

TEST(who_is_late_silent_complaining_or_never_bought_is_not_asked)
{
    struct trial t;
    struct paces p = { 0 };
    trial_begin(&t);
    for (int i = 0; i < 5; i++)
        trial_buys(&t, TODAY - 100 + 10 * i, 100);
    t.facts.customer.values = "early";
    struct bench b = trial_bench(&t, TODAY), then = trial_bench(&t, TODAY - 55);
    struct rhythm late = rhythm_of(&t.facts, b.today - 1, 3), none = rhythm_of(&t.facts, TODAY - 500, 3);
    similar_learn(&p, &b, &t.facts, &late);
    similar_learn(&p, &then, &t.facts, &none);
    struct problem open = { .closed_at = INSTANT_NONE };
    t.facts.problems = &open;
    t.facts.n_problems = 1;
    similar_learn(&p, &then, &t.facts, &late);
    t.facts.n_problems = 0;
    t.facts.customer.do_not_contact = true;
    similar_learn(&p, &then, &t.facts, &late);
    CHECK_TEXT(known(&p, NULL), "");
    t.facts.customer.do_not_contact = false;
    similar_learn(&p, &then, &t.facts, &late);
    CHECK_TEXT(known(&p, NULL), "early");
    paces_done(&p);
    trial_end(&t);
}

TEST(only_talks_that_it_helps_are_told_what_others_value)
{
    struct trial t;
    struct paces p = { 0 };
    const char *rows[VALUED_MOST];
    trial_begin(&t);
    teach(&p, &t, &(struct customer){ .id = "1", .values = "prompt" }, 100);
    for (int kind = 0; kind < RULE_KINDS; kind++) {
        bool helps = kind == RULE_LAPSE || kind == RULE_REVIEW || kind == RULE_VISIT || kind == RULE_DECLINE ||
                     kind == RULE_FIRST_ORDER;
        CHECK_INT((long long)similar_values(&p, (enum rule_kind)kind, NULL, rows), helps);
    }
    paces_done(&p);
    trial_end(&t);
}

TEST(a_million_categories_and_endless_words_keep_little)
{
    struct trial t;
    struct paces p = { 0 };
    static char endless[100000];
    trial_begin(&t);
    for (size_t i = 1; i + 3 < sizeof endless; i += 3)
        memcpy(endless + i, "\xE0\xB8\x81", 3); /* a character of three bytes is not cut in two */
    endless[0] = 'a';
    for (int i = 0; i < 2000; i++) {
        char category[16];
        snprintf(category, sizeof category, "%d", i);
        teach(&p, &t, &(struct customer){ .id = "1", .category = category, .values = endless }, 100);
    }
    CHECK_INT((long long)p.n_valued, VALUED_CATEGORIES);
    CHECK_INT((long long)p.n, VALUED_CATEGORIES);
    size_t size = strlen(known(&p, "255"));
    CHECK(size <= VALUED_BYTES && size > VALUED_BYTES - 3 && size % 3 == 1);
    CHECK_TEXT(known(&p, "256"), "");
    paces_done(&p);
    trial_end(&t);
}
