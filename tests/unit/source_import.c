/* From the cells of a file to rows of the native schema; the schema itself against the columns of the queries. */
#include "source/import.h"

#include "harness/harness.h"

#include <stdio.h>
#include <string.h>

static const char *amount_as(const char *text, char decimal)
{
    static char out[32];
    static struct err why;
    return amount_plain(text, decimal, out, &why) ? out : strncmp(why.text, "this can", 8) == 0 ? "two ways" : "none";
}

TEST(amounts_of_all_countries_are_read_in_one_way_or_not_at_all)
{
    static const struct {
        const char *text, *alone, *comma, *point;
    } rows[] = {
        { "12", "12", "12", "12" },
        { "-12.5", "-12.5", "none", "-12.5" },
        { "1.234,50", "1234.50", "1234.50", "none" },
        { "1,234.50", "1234.50", "none", "1234.50" },
        { "1 234,50", "1234.50", "1234.50", "none" },
        { "1\xC2\xA0"
          "234\xE2\x80\xAF"
          "567",
          "1234567", "1234567", "1234567" },
        { "1'234'567.8", "1234567.8", "none", "1234567.8" },
        { "1.234", "two ways", "1234", "1.234" },
        { "12,345", "two ways", "12.345", "12345" },
        { "0.500", "0.500", "none", "0.500" },
        { "1234.500", "1234.500", "none", "1234.500" },
        { "1.234.567", "1234567", "1234567", "none" },
        { "1 234,567", "1234.567", "1234.567", "none" },
        { "\xE2\x88\x92"
          "5",
          "-5", "-5", "-5" },
        { "", "none", "none", "none" },
        { "-", "none", "none", "none" },
        { "5,", "none", "none", "none" },
        { ",5", "none", "none", "none" },
        { "1-2", "none", "none", "none" },
        { "12,34,56", "none", "none", "none" },
        { "1.23.456", "none", "none", "none" },
        { "1.234 567", "none", "none", "none" },
        { "kr 5", "none", "none", "none" },
        { "1e5", "none", "none", "none" },
        { "1111111111111111111111111111111111111111", "none", "none", "none" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_TEXT(amount_as(rows[i].text, 0), rows[i].alone);
        CHECK_TEXT(amount_as(rows[i].text, ','), rows[i].comma);
        CHECK_TEXT(amount_as(rows[i].text, '.'), rows[i].point);
    }
}

TEST(the_native_schema_has_every_column_of_every_query)
{
    struct native *n;
    struct err e;
    bool made;
    char path[400];
    snprintf(path, sizeof path, "%s/native.db", test_folder());
    for (int q = 0; q < QUERIES; q++) {
        const char *names[64];
        CHECK_OK(native_open(&n, path, &made, &e), &e);
        CHECK(made == (q == 0));
        for (size_t i = 0; i < query_kinds[q].n; i++)
            names[i] = query_kinds[q].columns[i].name;
        CHECK_OK(native_columns(n, (enum query_id)q, names, query_kinds[q].n, &e), &e);
        native_close(n);
    }
}

/* What became of rows "customer,at,id", one by one: "added added same". */
static const char *put_all(struct native *n, const char *const (*rows)[3], size_t size)
{
    static const char *const words[] = { "added", "changed", "same", "twice" }, *const names[] = { "customer", "at",
                                                                                                   "id" };
    static char said[200];
    struct err e;
    said[0] = '\0';
    CHECK_OK(native_columns(n, QUERY_PURCHASES, names, 3, &e), &e);
    for (size_t i = 0; i < size; i++) {
        struct value row[3];
        enum put how;
        for (int k = 0; k < 3; k++)
            row[k] = (struct value){ .type = rows[i][k] ? VALUE_TEXT : VALUE_NONE, .text = rows[i][k] };
        CHECK_OK(native_put(n, row, &how, &e), &e);
        snprintf(said + strlen(said), sizeof said - strlen(said), "%s%s", i ? " " : "", words[how]);
    }
    CHECK_OK(native_commit(n, &e), &e);
    return said;
}

TEST(rows_with_an_id_are_replaced_and_equal_ones_without_are_counted)
{
    static const char *const rows[][3] = { { "a", "2026-01-01", "1" },
                                           { "a", "2026-01-02", NULL },
                                           { "a", "2026-01-02", NULL },
                                           { "b", "2026-01-01", "1" },
                                           { "a", "2026-01-01", "1" } },
                             *const later[][3] = { { "c", "2026-01-01", "1" },
                                                   { "a", "2026-01-02", NULL },
                                                   { "a", "2026-01-02", NULL },
                                                   { "a", "2026-01-02", NULL } };
    struct native *n;
    struct err e;
    bool made;
    char path[400];
    snprintf(path, sizeof path, "%s/rows.db", test_folder());
    CHECK_OK(native_open(&n, path, &made, &e), &e);
    CHECK_TEXT(put_all(n, rows, 5), "added added added twice same");
    native_close(n);
    CHECK_OK(native_open(&n, path, &made, &e), &e);
    CHECK_TEXT(put_all(n, rows, 5), "same same same twice same");
    native_close(n);
    CHECK_OK(native_open(&n, path, &made, &e), &e);
    CHECK_TEXT(put_all(n, later, 4), "changed same same added");
    native_close(n);
}
