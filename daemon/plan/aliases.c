#include "plan/aliases.h"

#include <string.h>

enum { CHAIN = 1000 };

/* The first row of that old id, or NULL. */
static const struct alias *find(const struct aliases *a, const char *old)
{
    size_t low = 0, high = a->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (id_compare(a->rows[middle].old_id, old) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < a->n && strcmp(a->rows[low].old_id, old) == 0 ? &a->rows[low] : NULL;
}

static bool said_otherwise(const struct aliases *a, const struct alias *row)
{
    for (const struct alias *next = row + 1; next < a->rows + a->n && strcmp(next->old_id, row->old_id) == 0; next++)
        if (strcmp(next->id, row->id) != 0)
            return true;
    return false;
}

const char *alias_end(const struct aliases *a, const char *old, enum alias_trouble *trouble)
{
    const struct alias *row = find(a, old);
    *trouble = ALIAS_FINE;
    if (!row)
        return NULL;
    for (int n = 0; n < CHAIN; n++) {
        const struct alias *next = find(a, row->id);
        *trouble = strcmp(row->id, row->old_id) == 0 ? ALIAS_ITSELF : said_otherwise(a, row) ? ALIAS_TWICE : ALIAS_FINE;
        if (*trouble != ALIAS_FINE || !next)
            return *trouble == ALIAS_FINE ? row->id : NULL;
        row = next;
    }
    *trouble = ALIAS_CIRCLE;
    return NULL;
}
