#include "source/inside.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct query *source_query(const struct source *s, enum query_id id)
{
    const struct source_options *o = &s->options->source;
    switch (id) {
    case QUERY_ALIASES:
        return &o->aliases;
    case QUERY_SALESPEOPLE:
        return &o->salespeople;
    case QUERY_CUSTOMERS:
        return &o->customers;
    case QUERY_PURCHASES:
        return &o->purchases;
    case QUERY_CONTACTS:
        return &o->contacts;
    case QUERY_PROBLEMS:
        return &o->problems;
    case QUERIES:
        break;
    }
    return NULL;
}

struct source *source_new(const struct options *o, const struct zone *company)
{
    struct source *s = mem_new(sizeof *s);
    s->options = o;
    s->company = zone_days_new(company);
    for (int i = 0; i < QUERIES; i++)
        s->streams[i].id = (enum query_id)i;
    return s;
}

void source_free(struct source *s)
{
    if (!s)
        return;
    source_rest(s);
    zone_days_free(s->company);
    for (int i = 0; i < QUERIES; i++) {
        zone_days_free(s->zone_days[i]);
        zone_close(s->zones[i]);
    }
    arena_done(&s->customer);
    free(s->purchases.rows);
    free(s->contacts.rows);
    free(s->problems.rows);
    free(s);
}

void source_rest(struct source *s)
{
    for (int i = 0; i < QUERIES; i++)
        stream_finalize(&s->streams[i]);
    database_end(&s->base);
    database_close(&s->base);
}

/* The zone of a query that names its own, read once. */
static bool find_zone(struct source *s, enum query_id id, struct complaints *wrong)
{
    const struct query *q = source_query(s, id);
    struct err e;
    if (!q->zone || s->zone_days[id])
        return true;
    if (!zone_open(&s->zones[id], q->zone, &e)) {
        complain(wrong, q->place.file, q->place.line, "%s: %s", query_kinds[id].name, e.text);
        return false;
    }
    s->zone_days[id] = zone_days_new(s->zones[id]);
    return true;
}

static bool compile(struct source *s, enum query_id id, struct complaints *wrong)
{
    const struct query *q = source_query(s, id);
    struct stream *st = &s->streams[id];
    if (!q->sql || stream_used(st))
        return true;
    bool fine = find_zone(s, id, wrong);
    if (!mapping_compile(&st->mapping, id, q, s->base.db, &s->base.guard, wrong))
        fine = false;
    st->mapping.calendar = (struct calendar){ .company = s->company,
                                              .own = s->zone_days[id] ? s->zone_days[id] : s->company,
                                              .format = q->format };
    return fine;
}

static bool compile_all(struct source *s, enum query_id from, enum query_id to, struct complaints *wrong, struct err *e)
{
    bool fine = true;
    size_t before = wrong->n;
    for (int i = from; i <= (int)to; i++)
        fine &= compile(s, (enum query_id)i, wrong);
    if (fine)
        return true;
    const struct complaint *first = &wrong->rows[before];
    return err_set(e, "%s:%d: %s", first->file ? first->file : "?", first->line, first->text);
}

static void set_when(struct source *s, instant now)
{
    struct when *w = &s->when;
    const struct zone *company = zone_days_zone(s->company);
    struct civil c = zone_civil(company, now);
    w->now = now;
    w->day = zone_date(company, now);
    date_print(w->day, w->today);
    snprintf(w->text, sizeof w->text, "%s %02d:%02d:%02d", w->today, c.hour % 100, c.minute % 100, c.second % 100);
}

static bool open_fresh(struct source *s, struct err *e)
{
    if (s->base.db && database_same(&s->base, NULL))
        return true;
    source_rest(s);
    struct place place = place_find(s->options, "source.database");
    return database_open(&s->base, s->options->source.database, s->options->source.time_limit, e) ||
           err_wrap(e, "%s:%d", place.file, place.line);
}

static bool prepare_streams(struct source *s, enum query_id from, enum query_id to, struct err *e)
{
    for (int i = from; i <= (int)to; i++)
        if (!stream_prepare(&s->streams[i], &s->base, &s->when, e))
            return false;
    return true;
}

bool source_begin(struct source *s, instant now, enum query_id from, enum query_id to, struct complaints *wrong,
                  struct err *e)
{
    struct complaints own = { 0 };
    set_when(s, now);
    bool fine = open_fresh(s, e) && database_begin(&s->base, e) && compile_all(s, from, to, wrong ? wrong : &own, e) &&
                prepare_streams(s, from, to, e);
    complaints_done(&own);
    return fine || source_end(s, false, e);
}

bool source_end(struct source *s, bool well, struct err *e)
{
    for (int i = 0; i < QUERIES; i++)
        stream_stop(&s->streams[i]);
    database_end(&s->base);
    /* What is read with immutable=1 may be torn: a change is the better explanation for an error, too. */
    if (s->base.db && s->base.journal == JOURNAL_CLOSED && !database_same(&s->base, e))
        well = false;
    if (!well)
        source_rest(s);
    return well;
}

bool source_seeks(struct source *s)
{
    struct err e;
    instant now = s->when.now;
    bool seeks = source_begin(s, now, QUERY_CUSTOMERS, QUERY_PROBLEMS, NULL, &e) && source_end(s, true, &e);
    for (int i = QUERY_CUSTOMERS; i < QUERIES && seeks; i++)
        seeks = !stream_used(&s->streams[i]) || s->streams[i].seeks;
    return seeks;
}
