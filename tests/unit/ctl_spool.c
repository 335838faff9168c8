/* Rows that come by customer and go by day. */
#include "base/mem.h"
#include "ctl/spool.h"
#include "harness/harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS = 7, ROWS = 20000 };

struct seen {
    int day, last, n;
};

static int length_of(int row)
{
    return row % 1000 == 999 ? 10000 : row % 37; /* some are longer than a block */
}

static void check_row(void *context, const char *const *cells)
{
    struct seen *s = context;
    int row = atoi(cells[0]);
    CHECK_INT(row % DAYS, s->day);
    CHECK(row > s->last);
    CHECK_INT(strlen(cells[1]), length_of(row));
    CHECK_INT(strspn(cells[1], "x"), length_of(row));
    CHECK_TEXT(cells[2], "");
    s->last = row;
    s->n++;
}

static void check_days(struct spool *s)
{
    struct err e;
    int n = 0;
    for (int day = 0; day < DAYS; day++) {
        struct seen seen = { .day = day, .last = -1 };
        CHECK_OK(spool_each(s, day, check_row, &seen, &e), &e);
        n += seen.n;
    }
    CHECK_INT(n, ROWS);
}

TEST(rows_come_back_by_day_in_the_order_they_came)
{
    struct err e;
    struct spool *s = spool_new(DAYS, 3);
    char number[16], *text = mem_new(10001);
    memset(text, 'x', 10000);
    for (int row = 0; row < ROWS; row++) {
        snprintf(number, sizeof number, "%d", row);
        const char *cells[] = { number, text + 10000 - length_of(row), NULL };
        CHECK_OK(spool_add(s, row % DAYS, cells, &e), &e);
    }
    check_days(s);
    check_days(s); /* as often as one likes */
    spool_free(s);
    free(text);
}
