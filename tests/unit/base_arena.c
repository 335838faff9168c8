#include "base/arena.h"
#include "base/buf.h"
#include "base/chance.h"
#include "base/err.h"
#include "base/shown.h"
#include "harness/harness.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TEST(what_comes_out_of_an_arena_is_zeroed_aligned_and_apart)
{
    struct arena a = { 0 };
    struct chance chance;
    unsigned char *pieces[2000];
    size_t sizes[2000];
    chance_seed(&chance, 1);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 2000; i++) {
            sizes[i] = chance_below(&chance, i % 50 ? 100 : 50000);
            pieces[i] = arena_new(&a, sizes[i]);
            CHECK((uintptr_t)pieces[i] % alignof(max_align_t) == 0);
            for (size_t k = 0; k < sizes[i]; k++)
                CHECK(pieces[i][k] == 0);
            memset(pieces[i], i % 255 + 1, sizes[i]);
        }
        for (int i = 0; i < 2000; i++)
            for (size_t k = 0; k < sizes[i]; k++)
                CHECK(pieces[i][k] == i % 255 + 1);
        arena_reset(&a);
    }
    arena_done(&a);
    arena_done(&a); /* empty again */
    arena_reset(&a);
    arena_done(&a);
}

TEST(an_arena_keeps_one_block_for_the_next_slice)
{
    struct arena a = { 0 };
    void *first = arena_new(&a, 100);
    arena_new(&a, 1000000);
    arena_reset(&a);
    CHECK(arena_new(&a, 100) == first);
    arena_done(&a);
}

TEST(texts_are_copied_and_printed_into_an_arena)
{
    struct arena a = { 0 };
    char text[] = "Nordlys";
    char *copy = arena_copy(&a, text), *part = arena_copy_bytes(&a, text, 4), *none = arena_copy_bytes(&a, NULL, 0);
    text[0] = 'X';
    CHECK_TEXT(copy, "Nordlys");
    CHECK_TEXT(part, "Nord");
    CHECK_TEXT(none, "");
    CHECK(arena_copy(&a, NULL) == NULL);
    CHECK_TEXT(arena_print(&a, "%s has %d orders", copy, 9), "Nordlys has 9 orders");
    CHECK_INT((long long)strlen(arena_print(&a, "%*s", 40000, "")), 40000);
    arena_done(&a);
}

TEST(an_array_grows_one_by_one_and_keeps_what_is_in_it)
{
    struct arena a = { 0 };
    struct row {
        int n, zero;
    } *rows = NULL;
    for (int n = 0; n < 1000; n++) {
        rows = arena_grow(&a, rows, (size_t)n, sizeof *rows);
        CHECK_INT(rows[n].n, 0);
        rows[n].n = n;
    }
    for (int n = 0; n < 1000; n++)
        CHECK(rows[n].n == n && rows[n].zero == 0);
    arena_done(&a);
}

TEST(a_buf_is_a_string_at_any_moment)
{
    struct buf b = { 0 };
    char whole[5000] = "";
    CHECK_TEXT(buf_text(&b), "");
    buf_add_bytes(&b, NULL, 0);
    CHECK_TEXT(buf_text(&b), "");
    for (int i = 0; i < 400; i++) {
        buf_print(&b, "%d,", i);
        sprintf(whole + strlen(whole), "%d,", i);
        buf_add_char(&b, ' ');
        strcat(whole, " ");
        CHECK_TEXT(buf_text(&b), whole);
    }
    buf_reset(&b);
    CHECK_TEXT(buf_text(&b), "");
    buf_add(&b, "again");
    buf_add_bytes(&b, "\0x", 2);
    CHECK_INT((long long)b.size, 7);
    char *taken = buf_take(&b);
    CHECK_TEXT(taken, "again");
    free(taken);
    taken = buf_take(&b);
    CHECK_TEXT(taken, "");
    free(taken);
    buf_done(&b);
}

TEST(an_error_is_a_sentence_that_grows_from_the_inside_out)
{
    struct err e;
    CHECK(!err_set(&e, "cannot read %s", "a.db"));
    CHECK(!err_wrap(&e, "open store %s", "b"));
    CHECK(!err_wrap(&e, "start"));
    CHECK_TEXT(e.text, "start: open store b: cannot read a.db");
    CHECK(!err_set(NULL, "nobody listens"));
    CHECK(!err_wrap(NULL, "nobody listens"));
}

TEST(an_error_that_is_too_long_is_cut_and_harmless)
{
    struct err e;
    char endless[3000];
    memset(endless, 'x', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    err_set(&e, "%s", endless);
    CHECK_INT((long long)strlen(e.text), sizeof e.text - 1);
    err_wrap(&e, "front");
    CHECK_INT((long long)strlen(e.text), sizeof e.text - 1);
    CHECK(strncmp(e.text, "front: xxx", 10) == 0);
    err_wrap(&e, "%s", endless);
    CHECK_INT((long long)strlen(e.text), sizeof e.text - 1);
}

TEST(complaints_are_collected_with_their_places)
{
    struct complaints c = { 0 };
    char file[] = "followupd.conf";
    complain(&c, file, 12, "\"%s\" is no setting", "emial");
    complain(&c, NULL, 0, "two");
    file[0] = 'X';
    CHECK_INT((long long)c.n, 2);
    CHECK_TEXT(c.rows[0].file, "followupd.conf");
    CHECK_INT(c.rows[0].line, 12);
    CHECK_TEXT(c.rows[0].text, "\"emial\" is no setting");
    CHECK_TEXT(c.rows[1].file, NULL);
    complaints_done(&c);
    CHECK_INT((long long)c.n, 0);
    complain(&c, NULL, 0, "again");
    CHECK_INT((long long)c.n, 1);
    complaints_done(&c);
}

TEST(a_seed_repeats_a_run_exactly)
{
    struct chance one, two;
    chance_seed(&one, 42);
    chance_seed(&two, 42);
    for (int i = 0; i < 1000; i++)
        CHECK(chance_next(&one) == chance_next(&two));
    chance_seed(&two, 43);
    CHECK(chance_next(&one) != chance_next(&two));
    chance_seed(&one, 0);
    CHECK(chance_next(&one) || chance_next(&one)); /* seed 0 is a seed like any other */
}

/* Chi squared: with k - 1 degrees of freedom the mean is k - 1, the deviation sqrt(2 (k - 1)); six of them are allowed.
 */
static void check_even(uint64_t bound)
{
    enum { ROUNDS = 200000 };
    struct chance chance;
    int count[100] = { 0 };
    double expected = (double)ROUNDS / (double)bound, sum = 0;
    chance_seed(&chance, bound);
    for (int i = 0; i < ROUNDS; i++) {
        uint64_t n = chance_below(&chance, bound);
        CHECK(n < bound);
        count[n]++;
    }
    for (uint64_t i = 0; i < bound; i++)
        sum += (count[i] - expected) * (count[i] - expected) / expected;
    double freedom = (double)bound - 1, off = sum - freedom;
    CHECK(off * off < 36 * 2 * freedom + 1e-9);
}

TEST(chance_is_even)
{
    check_even(1);
    check_even(2);
    check_even(3);
    check_even(7);
    check_even(64);
    check_even(100);
}

TEST(chance_is_even_also_where_a_remainder_would_favour_small_numbers)
{
    struct chance chance;
    const uint64_t bound = UINT64_MAX / 3 * 2; /* a plain % would give the lower half twice as often */
    int low = 0;
    chance_seed(&chance, 8);
    for (int i = 0; i < 100000; i++)
        low += chance_below(&chance, bound) < bound / 2;
    CHECK(low > 49000 && low < 51000);
    double sum = 0;
    for (int i = 0; i < 100000; i++) {
        double x = chance_unit(&chance);
        CHECK(x >= 0 && x < 1);
        sum += x;
    }
    CHECK(sum > 49000 && sum < 51000);
}

static void check_shown(const char *text, const char *expected)
{
    char out[SHOWN_SIZE];
    CHECK_TEXT(shown(text, out), expected);
}

TEST(foreign_text_is_shown_short_valid_and_on_one_line)
{
    check_shown("", "");
    check_shown("Bl\xc3\xa5 \xe0\xb8\x81 \xf0\x9f\x98\x80", "Bl\xc3\xa5 \xe0\xb8\x81 \xf0\x9f\x98\x80");
    check_shown("a\nb\tc\x1b[2Jd\x7f", "a?b?c?[2Jd?");
    check_shown("\xff\xc3", "??");
    check_shown("\xc3\xc3\xa5", "?\xc3\xa5");
    check_shown("\xe2\x80", "??");
    check_shown("\xc0\xaf \xe0\x80\xaf \xed\xa0\x80 \xf4\x90\x80\x80 \xf5\x80\x80\x80", "?? ??? ??? ???? ????");
    check_shown("\xc2\x85", "??"); /* a control character of Unicode */
    check_shown("12345678901234567890123456789012345678901234567890123456789012345678901234567890",
                "12345678901234567890123456789012345678901234567890123456789012345678901234567890");
    check_shown("123456789012345678901234567890123456789012345678901234567890123456789012345678901",
                "12345678901234567890123456789012345678901234567890123456789012345678901234567...");
    check_shown("1234567890123456789012345678901234567890123456789012345678901234567890123456\xc3\xa5\xc3\xa5\xc3\xa5",
                "1234567890123456789012345678901234567890123456789012345678901234567890123456...");
    check_shown("12345678901234567890123456789012345678901234567890123456789012345678901234\xc3\xa5\xf0\x9f\x98\x80",
                "12345678901234567890123456789012345678901234567890123456789012345678901234\xc3\xa5\xf0\x9f\x98\x80");
}
