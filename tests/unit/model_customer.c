#include "base/chance.h"
#include "harness/harness.h"
#include "model/customer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the order of ids ---- */

TEST(ids_are_ordered_integers_by_value_then_text_by_bytes)
{
    static const char *const order[] = { "-999999999999999999",
                                         "-10",
                                         "-9",
                                         "-0",
                                         "0",
                                         "00",
                                         "1",
                                         "007",
                                         "7",
                                         "8",
                                         "10",
                                         "100",
                                         "999999999999999999",
                                         "",
                                         " 7",
                                         "+7",
                                         "-",
                                         "--1",
                                         "1.5",
                                         "1000000000000000000",
                                         "12a",
                                         "7 ",
                                         "A",
                                         "a",
                                         "aa",
                                         "\xc3\xa5" };
    size_t n = sizeof order / sizeof order[0];
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            int got = id_compare(order[i], order[k]), expected = (i > k) - (i < k);
            if ((got > 0) - (got < 0) != expected)
                test_fail(__FILE__, __LINE__, "\"%s\" against \"%s\" is %d", order[i], order[k], got);
        }
}

static char *any_id(struct chance *c)
{
    static const char letters[] = "0123456789-0123456789a \xc3\xff";
    char text[24];
    size_t size = (size_t)chance_below(c, chance_below(c, 4) ? 4 : 22);
    for (size_t i = 0; i < size; i++)
        text[i] = letters[chance_below(c, (i == 0 || chance_below(c, 9) == 0) ? sizeof letters - 1 : 10)];
    text[size] = '\0';
    return strdup(text);
}

static int sign(int x)
{
    return (x > 0) - (x < 0);
}

TEST(the_order_of_ids_is_total)
{
    enum { N = 150 };
    char *ids[N];
    struct chance c;
    chance_seed(&c, 1);
    for (int i = 0; i < N; i++)
        ids[i] = any_id(&c);
    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++) {
            int order = sign(id_compare(ids[i], ids[k]));
            CHECK_INT(order, -sign(id_compare(ids[k], ids[i])));
            CHECK_INT(order == 0, strcmp(ids[i], ids[k]) == 0); /* only the same id is the same */
            for (int j = 0; j < N; j++)
                if (order < 0 && id_compare(ids[k], ids[j]) < 0)
                    CHECK(id_compare(ids[i], ids[j]) < 0);
        }
    for (int i = 0; i < N; i++)
        free(ids[i]);
}

/* ---- people ---- */

TEST(everybody_is_found_by_id_and_nobody_else)
{
    char ids[200][8];
    struct salesperson rows[200];
    for (int i = 0; i < 200; i++) {
        snprintf(ids[i], sizeof ids[i], i < 150 ? "%d" : "p%d", 3 * i);
        rows[i] = (struct salesperson){ .id = ids[i] };
    }
    for (size_t n = 0; n <= 200; n += n < 5 ? 1 : 39) {
        struct people p = { rows, n };
        for (size_t i = 0; i < 200; i++)
            CHECK(person_find(&p, ids[i]) == (i < n ? &rows[i] : NULL));
        CHECK(!person_find(&p, NULL) && !person_find(&p, "") && !person_find(&p, "1") && !person_find(&p, "00") &&
              !person_find(&p, "p"));
    }
}

/* ---- what had not happened yet ---- */

TEST(what_had_not_happened_does_not_exist)
{
    struct purchase purchases[] = { { .at = 10 }, { .at = 20 }, { .at = 20 }, { .at = 21 } };
    struct contact contacts[] = { { .at = 19 }, { .at = 20 }, { .at = 30 } };
    struct problem problems[] = { { .opened_at = 1, .closed_at = 20 },
                                  { .opened_at = 2, .closed_at = 21 },
                                  { .opened_at = 3, .closed_at = INSTANT_NONE },
                                  { .opened_at = 21, .closed_at = 22 } };
    struct facts f = { .purchases = purchases,
                       .contacts = contacts,
                       .problems = problems,
                       .n_purchases = 4,
                       .n_contacts = 3,
                       .n_problems = 4 };
    facts_as_of(&f, 20);
    CHECK_INT((long long)f.n_purchases, 3); /* what happens at this instant has happened */
    CHECK_INT((long long)f.n_contacts, 2);
    CHECK_INT((long long)f.n_problems, 3);
    CHECK_INT(problems[0].closed_at, 20);
    CHECK_INT(problems[1].closed_at, INSTANT_NONE);
    CHECK_INT(problems[2].closed_at, INSTANT_NONE);
    facts_as_of(&f, 20);
    CHECK_INT((long long)f.n_purchases, 3);
    facts_as_of(&f, 0);
    CHECK_INT((long long)(f.n_purchases + f.n_contacts + f.n_problems), 0);
    facts_as_of(&f, INSTANT_NONE);
    struct facts nothing = { 0 };
    facts_as_of(&nothing, 20);
    CHECK_INT((long long)nothing.n_purchases, 0);
}
