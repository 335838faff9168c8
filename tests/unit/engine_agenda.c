/* The agenda against a model that is too simple to be wrong. */
#include "base/chance.h"
#include "engine/agenda.h"
#include "harness/harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CUSTOMERS = 60 };

struct row {
    bool there, noted, seen, due, open;
    uint64_t fingerprint;
    instant look_at;
    int category;
    date last_day;
};

struct naive {
    struct row rows[CUSTOMERS];
    struct agenda *agenda;
    struct chance chance;
};

static const char *const categories[] = { NULL, "key", "", "regular" };

/* In id order: numbers, then names. */
static const char *id_of(int i)
{
    static char ids[CUSTOMERS][16];
    snprintf(ids[i], sizeof ids[i], i < 40 ? "%d" : "name %02d", 7 * i);
    return ids[i];
}

static struct row *meet(struct naive *m, int i)
{
    struct row *r = &m->rows[i];
    if (!r->there)
        *r = (struct row){ .there = true, .look_at = INSTANT_NEVER, .last_day = DATE_NONE };
    return r;
}

static void note_one(struct naive *m, int i)
{
    struct outlook o = { .fingerprint = chance_below(&m->chance, 3),
                         .other = DATE_NEVER,
                         .rhythm = { .last_day = (date)chance_below(&m->chance, 1000), .occasions = i, .sum_ln = i } };
    int category = (int)chance_below(&m->chance, 4);
    struct row *r = meet(m, i);
    struct noted noted = agenda_note(m->agenda, id_of(i), categories[category], NULL, &o);
    CHECK_INT(noted.changed, !r->noted || r->fingerprint != o.fingerprint);
    CHECK_INT(noted.open, r->open);
    r->due &= !noted.changed;
    r->noted = r->seen = true;
    r->fingerprint = o.fingerprint;
    r->category = category;
    r->last_day = o.rhythm.last_day;
}

static void look_one(struct naive *m, int i)
{
    struct row *r = meet(m, i);
    r->due = chance_below(&m->chance, 2);
    r->open = chance_below(&m->chance, 2);
    r->look_at = chance_below(&m->chance, 5) ? (instant)chance_below(&m->chance, 1000) : INSTANT_NEVER;
    agenda_looked(m->agenda, id_of(i), r->due, r->open, r->look_at);
}

static void take_some(struct naive *m)
{
    const char *ids[CUSTOMERS];
    instant now = (instant)chance_below(&m->chance, 300);
    size_t most = (size_t)chance_below(&m->chance, 8), due = 0;
    for (int i = 0; i < CUSTOMERS; i++)
        due += m->rows[i].there && m->rows[i].look_at <= now;
    size_t n = agenda_take(m->agenda, now, most, ids);
    CHECK_INT((long long)n, (long long)(due < most ? due : most));
    instant latest = INSTANT_NONE, left = INSTANT_NEVER;
    for (size_t k = 0; k < n; k++) {
        int i = 0;
        while (strcmp(id_of(i), ids[k]) != 0)
            i++;
        CHECK(k == 0 || id_compare(ids[k - 1], ids[k]) < 0);
        CHECK(m->rows[i].there && m->rows[i].look_at <= now);
        latest = m->rows[i].look_at > latest ? m->rows[i].look_at : latest;
        m->rows[i].look_at = INSTANT_NEVER;
    }
    for (int i = 0; i < CUSTOMERS; i++)
        if (m->rows[i].there && m->rows[i].look_at < left)
            left = m->rows[i].look_at;
    CHECK(n == 0 || latest <= left); /* the earliest were taken */
}

static void gone(void *context, const char *id)
{
    struct naive *m = context;
    int i = 0;
    while (strcmp(id_of(i), id) != 0)
        i++;
    CHECK(m->rows[i].there && !m->rows[i].seen);
    m->rows[i].seen = true; /* each is named once */
    m->rows[i].noted = false;
}

static void end_pass(struct naive *m)
{
    agenda_pass_end(m->agenda, gone, m);
    for (int i = 0; i < CUSTOMERS; i++)
        CHECK(!m->rows[i].there || m->rows[i].seen);
    agenda_pass_begin(m->agenda);
    for (int i = 0; i < CUSTOMERS; i++)
        m->rows[i].seen = false;
}

static instant look_by_last_day(void *context, const char *category, const struct outlook *o)
{
    struct naive *m = context;
    int i = o->rhythm.occasions; /* which customer it is, see note_one() */
    const char *expected = categories[m->rows[i].category];
    CHECK(m->rows[i].there && m->rows[i].noted && o->fingerprint == m->rows[i].fingerprint && o->rhythm.sum_ln == i);
    CHECK(expected ? category && strcmp(category, expected) == 0 : !category);
    return o->rhythm.last_day;
}

static void walk(struct naive *m)
{
    size_t cursor = 0, size = agenda_size(m->agenda), most = 1 + (size_t)chance_below(&m->chance, 20);
    instant now = (instant)chance_below(&m->chance, 1000);
    size_t slices = 1;
    while (agenda_walk(m->agenda, &cursor, most, now, look_by_last_day, m))
        slices++;
    CHECK(slices <= size / most + 1);
    for (int i = 0; i < CUSTOMERS; i++) {
        struct row *r = &m->rows[i];
        if (r->there && r->noted && r->last_day < r->look_at && (r->last_day > now || !r->due))
            r->look_at = r->last_day;
    }
}

static void check_next(struct naive *m)
{
    instant next = INSTANT_NEVER;
    size_t n = 0;
    for (int i = 0; i < CUSTOMERS; i++) {
        n += m->rows[i].there;
        if (m->rows[i].there && m->rows[i].look_at < next)
            next = m->rows[i].look_at;
    }
    CHECK_INT((long long)agenda_size(m->agenda), (long long)n);
    CHECK_INT(agenda_next(m->agenda), next);
}

static void do_something(struct naive *m)
{
    int i = (int)chance_below(&m->chance, CUSTOMERS);
    instant by = (instant)chance_below(&m->chance, 1000);
    switch (chance_below(&m->chance, 16)) {
    case 0:
        agenda_forget(m->agenda, id_of(i));
        m->rows[i] = (struct row){ 0 };
        break;
    case 1:
        agenda_open(m->agenda, id_of(i));
        meet(m, i)->open = true;
        break;
    case 2:
        walk(m);
        break;
    case 3:
        end_pass(m);
        break;
    case 4:
    case 5:
        take_some(m);
        break;
    case 6:
    case 7:
    case 8:
        agenda_look_by(m->agenda, id_of(i), by);
        if (by < meet(m, i)->look_at)
            m->rows[i].look_at = by;
        break;
    case 9:
    case 10:
    case 11:
        look_one(m, i);
        break;
    default:
        note_one(m, i);
    }
}

TEST(whatever_happens_the_agenda_knows_who_is_next)
{
    for (uint64_t seed = 0; seed < 40; seed++) {
        struct naive m = { .agenda = agenda_new() };
        chance_seed(&m.chance, seed);
        CHECK_INT(agenda_next(m.agenda), INSTANT_NEVER);
        for (int step = 0; step < 1500; step++) {
            do_something(&m);
            check_next(&m);
        }
        agenda_free(m.agenda);
    }
}

static instant check_category(void *context, const char *category, const struct outlook *o)
{
    char expected[16];
    (void)context;
    snprintf(expected, sizeof expected, "c%d", o->rhythm.occasions);
    CHECK_TEXT(category, expected);
    return INSTANT_NEVER;
}

/* Every customer has a category of its own: hostile, or a wrong column. */
TEST(more_categories_than_anybody_has_stay_apart_and_are_quick)
{
    struct agenda *a = agenda_new();
    char id[16], category[16];
    for (int i = 0; i < 70000; i++) {
        struct outlook o = { .other = DATE_NEVER, .rhythm = { .occasions = i } };
        snprintf(id, sizeof id, "%d", i);
        snprintf(category, sizeof category, "c%d", i);
        agenda_note(a, id, category, NULL, &o);
    }
    for (size_t cursor = 0; agenda_walk(a, &cursor, 5000, 0, check_category, NULL);)
        continue;
    agenda_free(a);
}

static instant never(void *context, const char *category, const struct outlook *o)
{
    (void)context;
    (void)category;
    (void)o;
    return INSTANT_NEVER;
}

/* The order in which customers come: as a pass brings them, and in none at all. */
static void many(bool in_order)
{
    enum { MANY = 100000 };
    struct agenda *a = agenda_new();
    struct chance c;
    struct outlook o = { .other = DATE_NEVER };
    const char *ids[256];
    char id[16];
    size_t n, taken = 0, cursor = 0;
    instant last = INSTANT_NONE;
    chance_seed(&c, 1);
    for (int i = 0; i < MANY; i++) {
        snprintf(id, sizeof id, "%d", in_order ? i : (int)(i * 7919LL % MANY));
        CHECK(agenda_note(a, id, "key", "anna", &o).changed);
        agenda_look_by(a, id, (instant)chance_below(&c, 1000000));
    }
    for (int i = 0; i < MANY; i++) {
        snprintf(id, sizeof id, "%d", i);
        CHECK(!agenda_note(a, id, "key", "anna", &o).changed); /* all are found again */
    }
    CHECK_INT((long long)agenda_size(a), MANY);
    while (agenda_walk(a, &cursor, 5000, 0, never, NULL))
        continue;
    while (agenda_next(a) != INSTANT_NEVER) {
        CHECK(agenda_next(a) >= last);
        last = agenda_next(a);
        taken += n = agenda_take(a, last, 256, ids);
        CHECK(n > 0);
    }
    CHECK_INT((long long)taken, MANY);
    agenda_free(a);
}

TEST(a_hundred_thousand_customers_in_order_are_quick)
{
    many(true);
}

TEST(a_hundred_thousand_customers_in_no_order_are_quick)
{
    many(false);
}

static bool is_key(void *context, const char *category)
{
    (void)context;
    return category && strcmp(category, "key") == 0;
}

static void on_gone(void *context, const char *id)
{
    (void)context;
    (void)id;
}

TEST(customers_of_some_categories_are_counted_with_those_who_never_bought_or_without_not_the_silent_and_the_gone)
{
    struct agenda *a = agenda_new();
    struct outlook bought = { .rhythm = { .occasions = 3 } }, never = { 0 }, silent = bought;
    silent.silent = true;
    agenda_note(a, "1", "key", "anna", &bought);
    agenda_note(a, "2", "key", "anna", &never);
    agenda_note(a, "3", NULL, NULL, &bought);
    agenda_note(a, "4", "regular", "ben", &bought);
    agenda_open(a, "5"); /* only the store knows it */
    agenda_note(a, "6", "key", "anna", &silent);
    CHECK_INT(agenda_count(a, false, is_key, NULL), 2);
    CHECK_INT(agenda_count(a, true, is_key, NULL), 1);
    agenda_pass_begin(a);
    agenda_note(a, "2", "key", "anna", &never);
    agenda_pass_end(a, on_gone, NULL);
    CHECK_INT(agenda_count(a, false, is_key, NULL), 1);
    CHECK(agenda_note(a, "1", "key", "anna", &bought).changed); /* it is back: that is news */
    CHECK_INT(agenda_count(a, false, is_key, NULL), 2);
    agenda_free(a);
}

static void add_id(void *context, const char *id, const char *category, const struct outlook *o)
{
    char *ids = context;
    CHECK(strcmp(id, "1") != 0 || (category && strcmp(category, "key") == 0 && o->rhythm.occasions == 3));
    strcat(ids, id);
}

TEST(the_customers_of_some_owners_are_walked_in_slices)
{
    struct agenda *a = agenda_new();
    struct outlook bought = { .rhythm = { .occasions = 3 } };
    char ids[16] = "";
    size_t cursor = 0;
    bool wanted[3] = { false };
    agenda_note(a, "1", "key", "anna", &bought);
    agenda_note(a, "2", "key", "ben", &bought);
    agenda_note(a, "3", NULL, NULL, &bought);
    agenda_note(a, "4", NULL, "anna", &bought);
    agenda_note(a, "4", NULL, "ben", &bought);  /* handed over */
    agenda_note(a, "6", NULL, "cleo", &bought); /* an owner nobody asked about yet */
    agenda_open(a, "5");                        /* only the store knows it */
    CHECK_INT(agenda_owners(a), 4);
    for (size_t i = 0; i < 3; i++)
        wanted[i] = !agenda_owner(a, i) || strcmp(agenda_owner(a, i), "ben") == 0;
    CHECK(agenda_walk_of(a, wanted, 3, &cursor, 2, add_id, ids));
    CHECK_TEXT(ids, "2");
    CHECK(agenda_walk_of(a, wanted, 3, &cursor, 3, add_id, ids));
    CHECK_TEXT(ids, "234");
    CHECK(!agenda_walk_of(a, wanted, 3, &cursor, 100, add_id, ids));
    CHECK_TEXT(ids, "234");
    agenda_free(a);
}
