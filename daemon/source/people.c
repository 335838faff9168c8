#include "source/inside.h"

enum { MOST_PEOPLE = 100000 };

static bool twice(const struct query *q, const char *id, struct err *e)
{
    return err_set(
        e, "%s:%d: salespeople: salesperson %.60s is there twice; an id must be unique: does a join repeat the rows?",
        q->place.file, q->place.line, id);
}

static bool take_all(struct source *s, struct arena *a, struct people *out, struct pass_report *report, struct err *e)
{
    struct stream *st = &s->streams[QUERY_SALESPEOPLE];
    const struct query *q = source_query(s, QUERY_SALESPEOPLE);
    for (; !st->ended; out->n++) {
        if (out->n == MOST_PEOPLE)
            return err_set(e, "%s:%d: salespeople: more than %d rows: is a join condition missing?", q->place.file,
                           q->place.line, MOST_PEOPLE);
        out->rows = arena_grow(a, out->rows, out->n, sizeof *out->rows);
        struct salesperson *p = &out->rows[out->n];
        *p = (struct salesperson){ .id = key_text(&st->key, a), .away_until = DATE_NONE, .active = true };
        if (out->n && id_compare(p[-1].id, p->id) == 0)
            return twice(q, p->id, e);
        row_fill(st, p, a, report);
        if (!p->name)
            p->name = p->id;
        if (!stream_next(st, &s->base, e))
            return false;
    }
    return true;
}

bool people_read(struct source *s, instant now, struct arena *a, struct people *out, struct pass_report *report,
                 struct err *e)
{
    struct people people = { 0 };
    if (!source_begin(s, now, QUERY_SALESPEOPLE, QUERY_SALESPEOPLE, NULL, e))
        return false;
    bool fine =
        stream_start(&s->streams[QUERY_SALESPEOPLE], &s->base, &s->when, NULL, e) && take_all(s, a, &people, report, e);
    if (!source_end(s, fine, e))
        return false;
    *out = people;
    return true;
}

bool source_people(struct source *s, instant now, struct arena *a, struct people *out, struct err *e)
{
    return people_read(s, now, a, out, NULL, e);
}
