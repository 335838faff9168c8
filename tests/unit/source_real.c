/* Three real databases give exactly what was computed for them independently (../shared/data). */
#include "source_mappings.h"
#include "source_world.h"

struct expected {
    struct world *world;
    FILE *csv;
    char header[256];
    instant now;
    long rows;
};

/* The value of column `name` in `line`, as printed in the csv file; "" if it has no such column. */
static const char *cell(const struct expected *x, const char *line, const char *name, char out[64])
{
    const char *h = x->header, *p = line;
    for (;;) {
        size_t hn = strcspn(h, ",\r\n"), pn = strcspn(p, ",\r\n");
        if (hn == strlen(name) && strncmp(h, name, hn) == 0) {
            snprintf(out, 64, "%.*s", (int)pn, p);
            return out;
        }
        if (h[hn] != ',')
            break;
        h += hn + 1;
        p += pn + 1;
    }
    out[0] = '\0';
    return out;
}

static void check_cell(const struct expected *x, const char *line, const char *name, const char *actual)
{
    char expected[64];
    cell(x, line, name, expected);
    if (*expected && strcmp(expected, actual) != 0)
        test_fail(__FILE__, __LINE__, "%s is %s in %s", name, actual, line);
}

static bool compare(void *context, const struct facts *given)
{
    struct expected *x = context;
    struct facts f = *given;
    char line[512], text[32];
    if (!f.customer.active)
        return true;
    facts_as_of(&f, x->now);
    CHECK(fgets(line, sizeof line, x->csv));
    x->rows++;
    check_cell(x, line, "cust", f.customer.id);
    if (f.customer.category)
        check_cell(x, line, "cat", f.customer.category);
    check_cell(x, line, "rep", f.customer.salesperson ? f.customer.salesperson : "");
    check_cell(x, line, "first_day", f.n_purchases ? date_print(f.purchases[0].day, text) : "");
    check_cell(x, line, "last_day", f.n_purchases ? date_print(f.purchases[f.n_purchases - 1].day, text) : "");
    size_t days = f.n_purchases > 0;
    for (size_t i = 1; i < f.n_purchases; i++)
        days += f.purchases[i].day != f.purchases[i - 1].day;
    snprintf(text, sizeof text, "%zu", f.n_purchases);
    check_cell(x, line, "n_orders", text);
    snprintf(text, sizeof text, "%zu", days);
    check_cell(x, line, "n_days", text);
    return true;
}

static void real_world(struct world *w, const struct real_mapping *m, const char *zone)
{
    world_on(w, test_shared(m->database), zone);
    struct source_options *o = &w->options.source;
    o->salespeople = query_of(m->salespeople, 2);
    o->customers = query_of(m->customers, 3);
    o->purchases = query_of(m->purchases, 4);
    o->purchases.format = m->format;
    if (m->contacts)
        o->contacts = query_of(m->contacts, 5);
}

static void check_state(const struct real_mapping *m, const char *csv, instant now, long rows, const char *zone)
{
    struct world w;
    struct err e;
    real_world(&w, m, zone);
    struct expected x = { .world = &w, .csv = fopen(test_shared(csv), "r"), .now = now };
    char *before = beside(w.path), *after;
    CHECK(x.csv && fgets(x.header, sizeof x.header, x.csv));
    CHECK_OK(source_pass(w.source, now, compare, &x, &w.report, &e), &e);
    CHECK_INT(x.rows, rows);
    CHECK_INT(w.report.n_unreadable, 0);
    CHECK_INT(w.report.strangers, 0);
    CHECK_INT(w.report.ignored, 0);
    CHECK(!fgets(x.header, sizeof x.header, x.csv));
    fclose(x.csv);
    source_rest(w.source);
    after = beside(w.path);
    CHECK_TEXT(after, before);
    free(before);
    free(after);
    world_end(&w);
}

TEST(chinook_gives_the_expected_state)
{
    check_state(&chinook_mapping, "chinook/expected-state-2023-06-30.csv", AT(2023, 6, 30, 23, 59, 59), 59, "UTC");
    check_state(&chinook_mapping, "chinook/expected-state-2025-12-31.csv", AT(2025, 12, 31, 23, 59, 59), 59, "UTC");
}

TEST(plain_dates_are_the_same_days_in_every_zone)
{
    check_state(&chinook_mapping, "chinook/expected-state-2025-12-31.csv", AT(2025, 12, 31, 12), 59, "Asia/Tokyo");
    check_state(&chinook_mapping, "chinook/expected-state-2025-12-31.csv", AT(2025, 12, 31, 12), 59,
                "America/Los_Angeles");
    check_state(&cdnow_mapping, "cdnow/expected-state-1998-07-01.csv", AT(1998, 7, 1, 10), 23570, "Pacific/Kiritimati");
}

TEST(cdnow_gives_the_expected_state)
{
    check_state(&cdnow_mapping, "cdnow/expected-state-1998-07-01.csv", AT(1998, 7, 1, 23, 59, 59), 23570, "UTC");
}

TEST(sakila_gives_the_expected_state)
{
    check_state(&sakila_mapping, "sakila/expected-state-2005-09-01.csv", AT(2005, 9, 1, 23, 59, 59), 584, "UTC");
    check_state(&sakila_mapping, "sakila/expected-state-2006-02-20.csv", AT(2006, 2, 20, 23, 59, 59), 584, "UTC");
}

static bool count_visits(void *context, const struct facts *f)
{
    long *visits = context;
    for (size_t i = 0; i < f->n_contacts; i++) {
        CHECK_TEXT(f->contacts[i].kind, "visit");
        CHECK(i == 0 || f->contacts[i - 1].at <= f->contacts[i].at);
    }
    *visits += (long)f->n_contacts;
    return true;
}

TEST(a_rental_and_its_return_are_visits_in_order_of_time)
{
    struct world w;
    struct err e;
    long visits = 0;
    real_world(&w, &sakila_mapping, "UTC");
    CHECK_OK(source_pass(w.source, AT(2006, 2, 20), count_visits, &visits, &w.report, &e), &e);
    CHECK_INT(visits, 16044 + 15861);
    CHECK_INT(w.report.contacts, visits);
    CHECK_INT(w.report.customers, 599);
    CHECK_INT(w.report.purchases, 16044);
    world_end(&w);
}

TEST(the_people_of_chinook_and_their_managers_are_found)
{
    struct world w;
    struct err e;
    struct arena a = { 0 };
    struct people people;
    real_world(&w, &chinook_mapping, "UTC");
    CHECK_OK(source_people(w.source, AT(2025, 12, 31), &a, &people, &e), &e);
    CHECK_INT(people.n, 8);
    const struct salesperson *jane = person_find(&people, "3");
    CHECK(jane && jane->active);
    CHECK_TEXT(jane->name, "Jane Peacock");
    CHECK_TEXT(jane->email, "jane@chinookcorp.com");
    CHECK_TEXT(person_find(&people, jane->manager)->name, "Nancy Edwards");
    arena_done(&a);
    world_end(&w);
}

static bool remember(void *context, const struct facts *f)
{
    struct buf *b = context;
    buf_print(b, "%s %s %s %zu %zu %lld\n", f->customer.id, f->customer.name, f->customer.category, f->n_purchases,
              f->n_contacts, f->n_purchases ? (long long)f->purchases[f->n_purchases - 1].at : 0);
    return true;
}

static void check_one_by_one(const struct real_mapping *m, const char *const *ids, size_t n, bool seeks)
{
    struct world w;
    struct err e;
    struct buf all = { 0 }, some = { 0 };
    real_world(&w, m, "UTC");
    CHECK_INT(source_seeks(w.source), seeks);
    CHECK_OK(source_pass(w.source, AT(2006, 2, 20), remember, &all, NULL, &e), &e);
    CHECK_OK(source_customers(w.source, AT(2006, 2, 20), ids, n, remember, &some, &e), &e);
    size_t lines = 0;
    for (char *line = strtok(some.text, "\n"); line; line = strtok(NULL, "\n"), lines++)
        CHECK_CONTAINS(all.text, line);
    CHECK_INT(lines, n - 1); /* the last one asked for is not there */
    buf_done(&all);
    buf_done(&some);
    world_end(&w);
}

TEST(one_customer_again_is_the_same_as_in_the_pass)
{
    static const char *const numbers[] = { "1", "2", "17", "59", "100000" };
    static const char *const texts[] = { "00001", "00002", "00017", "23570", "99999" };
    check_one_by_one(&chinook_mapping, numbers, 5, true);
    check_one_by_one(&sakila_mapping, numbers, 5, false);
    check_one_by_one(&cdnow_mapping, texts, 5, false);
}

static void check_file(const struct real_mapping *m)
{
    char path[128], *text = mem_new(1 << 16);
    snprintf(path, sizeof path, "tests/mappings/%s.conf", m->name);
    FILE *f = fopen(path, "r");
    if (!f)
        test_skip("%s is not there: run the tests at the top of the tree", path);
    CHECK(fread(text, 1, (1 << 16) - 1, f) > 0);
    fclose(f);
    const char *queries[] = { m->database, m->salespeople, m->customers, m->purchases, m->contacts };
    for (int i = 0; i < 5; i++)
        if (queries[i])
            CHECK_CONTAINS(text, queries[i]);
    free(text);
}

TEST(the_mapping_files_hold_these_very_queries)
{
    check_file(&chinook_mapping);
    check_file(&cdnow_mapping);
    check_file(&sakila_mapping);
}

TEST(check_says_which_index_cdnow_lacks)
{
    struct world w;
    struct complaints wrong = { 0 }, notes = { 0 };
    real_world(&w, &cdnow_mapping, "UTC");
    bool fine = source_check(w.source, AT(1998, 7, 1), &wrong, &notes);
    if (wrong.n)
        test_fail(__FILE__, __LINE__, "%s", wrong.rows[0].text);
    CHECK(fine);
    bool said = false;
    for (size_t i = 0; i < notes.n; i++)
        said |= strstr(notes.rows[i].text, "CREATE INDEX followup_cdnow ON cdnow(customer_id, date)") &&
                notes.rows[i].line == 4;
    CHECK(said);
    complaints_done(&wrong);
    complaints_done(&notes);
    world_end(&w);
}
