/* What was told and what happened, compared line by line. */
#include "stories/story.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static bool agrees(const char *expected, const char *actual)
{
    size_t size = strlen(expected);
    if (size >= 3 && strcmp(expected + size - 3, "...") == 0)
        return strncmp(expected, actual, size - 3) == 0;
    return strcmp(expected, actual) == 0;
}

/* How many lines the rest of both have in common, at most: table[i][k] for expected from i and actual from k. */
static int *common(const struct story *s, const struct happened *h)
{
    size_t width = h->n + 1;
    int *table = mem_new((s->then.n + 1) * width * sizeof *table);
    for (size_t i = s->then.n; i-- > 0;)
        for (size_t k = h->n; k-- > 0;) {
            int down = table[(i + 1) * width + k], right = table[i * width + k + 1];
            table[i * width + k] = agrees(s->then.rows[i].text, h->lines[k]) ? table[(i + 1) * width + k + 1] + 1
                                   : down > right                            ? down
                                                                             : right;
        }
    return table;
}

char *story_differs(const struct story *s, const struct happened *h)
{
    struct buf out = { 0 };
    int *table = common(s, h);
    size_t width = h->n + 1, i = 0, k = 0;
    bool same = true;
    while (i < s->then.n || k < h->n) {
        if (i < s->then.n && k < h->n && agrees(s->then.rows[i].text, h->lines[k])) {
            buf_print(&out, "    %s\n", h->lines[k++]);
            i++;
            continue;
        }
        same = false;
        if (i < s->then.n && (k == h->n || table[(i + 1) * width + k] >= table[i * width + k + 1]))
            buf_print(&out, "  - %s\n", s->then.rows[i++].text);
        else
            buf_print(&out, "  + %s\n", h->lines[k++]);
    }
    free(table);
    if (!same)
        return buf_take(&out);
    buf_done(&out);
    return NULL;
}
