#include "source/inside.h"

/* More than a company has customers, and the memory is kept. */
enum { MOST_ALIASES = 1000000 };

static bool take_all(struct source *s, struct arena *a, struct aliases *out, struct err *e)
{
    struct stream *st = &s->streams[QUERY_ALIASES];
    const struct query *q = source_query(s, QUERY_ALIASES);
    while (!st->ended) {
        if (out->n == MOST_ALIASES)
            return err_set(e, "%s:%d: aliases: more than %d rows: is a join condition missing?", q->place.file,
                           q->place.line, MOST_ALIASES);
        struct alias one = { .old_id = key_text(&st->key, a) };
        row_fill(st, &one, a, NULL);
        if (one.id && *one.id) { /* else nobody knows yet who it became */
            out->rows = arena_grow(a, out->rows, out->n, sizeof *out->rows);
            out->rows[out->n++] = one;
        }
        if (!stream_next(st, &s->base, e))
            return false;
    }
    return true;
}

bool source_aliases(struct source *s, instant now, struct arena *a, struct aliases *out, struct err *e)
{
    struct aliases all = { 0 };
    *out = all;
    if (!source_query(s, QUERY_ALIASES)->sql)
        return true;
    if (!source_begin(s, now, QUERY_ALIASES, QUERY_ALIASES, NULL, e))
        return false;
    bool fine = stream_start(&s->streams[QUERY_ALIASES], &s->base, &s->when, NULL, e) && take_all(s, a, &all, e);
    if (!source_end(s, fine, e))
        return false;
    *out = all;
    return true;
}
