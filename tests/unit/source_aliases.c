/* The aliases query as it is read from a real database. */
#include "source_world.h"

static const char sql[] =
    "CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT);"
    "CREATE TABLE purchase (customer INTEGER, at TEXT);"
    "CREATE TABLE merged (old_id, new_id);"
    "INSERT INTO merged VALUES (10, 2), (9, 10), ('A', 7.0), (NULL, 1), (4, NULL), ('', 3), (5, '');";

static const char *read_all(struct world *w, struct arena *a)
{
    struct aliases all;
    struct err e = { "" };
    CHECK_OK(source_aliases(w->source, AT(2026, 11, 22, 12), a, &all, &e), &e);
    const char *text = "";
    for (size_t i = 0; i < all.n; i++)
        text = arena_print(a, "%s%s>%s ", text, all.rows[i].old_id, all.rows[i].id);
    return text;
}

TEST(aliases_come_in_order_of_their_old_ids_and_without_those_that_name_nobody)
{
    struct world w;
    struct arena a = { 0 };
    world_of(&w, sql);
    w.options.source.aliases = query_of("SELECT old_id, new_id AS id FROM merged", 7);
    CHECK_TEXT(read_all(&w, &a), "9>10 10>2 A>7 ");
    arena_done(&a);
    world_end(&w);
}

TEST(without_the_query_there_are_none_and_passes_do_not_mind_it)
{
    struct world w;
    struct arena a = { 0 };
    world_of(&w, sql);
    CHECK_TEXT(read_all(&w, &a), "");
    w.options.source.aliases = query_of("SELECT old_id, new_id AS id FROM merged", 7);
    CHECK_TEXT(pass(&w), "");
    CHECK_TEXT(read_all(&w, &a), "9>10 10>2 A>7 ");
    CHECK_TEXT(pass(&w), "");
    arena_done(&a);
    world_end(&w);
}

TEST(an_aliases_query_that_does_not_work_says_where)
{
    struct world w;
    struct aliases all;
    struct arena a = { 0 };
    struct err e = { "" };
    world_of(&w, sql);
    w.options.source.aliases = query_of("SELECT old_id, new_id FROM merged", 7);
    CHECK(!source_aliases(w.source, AT(2026, 11, 22, 12), &a, &all, &e));
    CHECK_TEXT(e.text, "test.conf:7: aliases: the column \"id\" is missing, and \"new_id\" is not known; did you mean "
                       "new_id AS id?");
    arena_done(&a);
    world_end(&w);
}
