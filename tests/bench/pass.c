/* Reading everybody, and one customer again, beside a bare loop over the same SQLite rows. */
#include "bench/bench.h"

#include "channel/channel.h"
#include "engine/agenda.h"
#include "plan/similar.h"
#include "settings/settings.h"
#include "source/source.h"

#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#define SINGLE 2000 /* customers looked at one by one in a round */

/* ---- the floor ---- */

static long late;

/* The customer `c` stands at, with its purchases; `p` stands at the first of them, or behind. */
static void bare_customer(sqlite3_stmt *c, sqlite3_stmt *p, int *more)
{
    int64_t id = sqlite3_column_int64(c, 0), first = 0, last = 0, n = 0;
    double spent = 0;
    for (int i = 1; i < 7; i++)
        spent += sqlite3_column_text(c, i) == NULL;
    while (*more == SQLITE_ROW && sqlite3_column_int64(p, 0) <= id) {
        last = sqlite3_column_int64(p, 1);
        spent += sqlite3_column_double(p, 2);
        first = n++ ? first : last;
        *more = sqlite3_step(p);
    }
    late += n > 1 && spent > 0 && (WEDNESDAY / SECOND - last) * (n - 1) > (last - first) * 5 / 2;
}

static double bare_pass(sqlite3 *db)
{
    double began = seconds();
    sqlite3_stmt *c = data_prepare(db, CUSTOMERS " ORDER BY id"),
                 *p = data_prepare(db, PURCHASES " ORDER BY client_id, invoiced");
    int more = sqlite3_step(p);
    while (sqlite3_step(c) == SQLITE_ROW)
        bare_customer(c, p, &more);
    if (sqlite3_finalize(c) | sqlite3_finalize(p))
        fail("%s", sqlite3_errmsg(db));
    return seconds() - began;
}

static double bare_single(sqlite3 *db, long customers)
{
    struct chance chance;
    sqlite3_stmt *c = data_prepare(db, CUSTOMERS " WHERE id = ?1");
    sqlite3_stmt *p = data_prepare(db, PURCHASES " WHERE client_id = ?1 ORDER BY client_id, invoiced");
    chance_seed(&chance, 7);
    double began = seconds();
    for (int i = 0; i < SINGLE; i++) {
        int64_t id = 1 + (int64_t)chance_below(&chance, (uint64_t)customers);
        sqlite3_bind_int64(c, 1, id);
        sqlite3_bind_int64(p, 1, id);
        int more = sqlite3_step(p);
        if (sqlite3_step(c) == SQLITE_ROW)
            bare_customer(c, p, &more);
        sqlite3_reset(c);
        sqlite3_reset(p);
    }
    double took = seconds() - began;
    sqlite3_finalize(c);
    sqlite3_finalize(p);
    return took / SINGLE;
}

/* ---- ours: what the source's courier and the engine do with each customer of a pass ---- */

struct ours {
    struct company *company;
    struct source *source;
    struct agenda *agenda;
    struct paces paces, none;
    struct bench bench;
    struct news *piece;
    long seen;
};

static void note_piece(struct ours *o)
{
    for (size_t i = 0; o->piece && i < o->piece->outlooks.n; i++) {
        const struct seen_customer *c = &o->piece->outlooks.rows[i];
        agenda_note(o->agenda, c->id, c->category, c->salesperson, &c->outlook);
    }
    news_free(o->piece);
    o->piece = NULL;
}

/* As daemon/app/couriers.c does. */
static bool visit(void *context, const struct facts *f)
{
    struct ours *o = context;
    struct rhythm before = rhythm_of(f, o->bench.today - 1, o->bench.options->source.same_occasion);
    paces_learn(&o->paces, f->customer.category, &before, 1);
    similar_learn(&o->paces, &o->bench, f, &before);
    if (!o->piece)
        o->piece = news_new(NEWS_OUTLOOKS, 1);
    news_add_outlook(o->piece, &o->bench, f);
    if (o->piece->outlooks.n == 1000)
        note_piece(o);
    o->seen++;
    return true;
}

static double our_pass(struct ours *o, long customers)
{
    struct err e;
    double began = seconds();
    o->seen = 0;
    o->agenda = agenda_new();
    agenda_pass_begin(o->agenda);
    if (!source_pass(o->source, WEDNESDAY, visit, o, NULL, &e))
        fail("%s", e.text);
    note_piece(o);
    double took = seconds() - began;
    if (o->seen != customers || agenda_size(o->agenda) != (size_t)customers)
        fail("the pass saw %ld of %ld customers", o->seen, customers);
    agenda_free(o->agenda);
    paces_done(&o->paces);
    return took;
}

static bool count(void *context, const struct facts *f)
{
    *(long *)context += f->n_purchases > 0;
    return true;
}

static double our_single(struct ours *o, long customers)
{
    struct chance chance;
    struct err e;
    long found = 0;
    chance_seed(&chance, 7);
    double began = seconds();
    for (int i = 0; i < SINGLE; i++) {
        char id[24];
        snprintf(id, sizeof id, "%ld", 1 + (long)chance_below(&chance, (uint64_t)customers));
        if (!source_customers(o->source, WEDNESDAY, (const char *const[]){ id }, 1, count, &found, &e))
            fail("%s", e.text);
    }
    double took = seconds() - began;
    if (found != SINGLE)
        fail("only %ld of %d customers were found again", found, SINGLE);
    return took / SINGLE;
}

static void open_ours(struct ours *o, const char *configuration)
{
    struct options *options;
    struct complaints c = { 0 };
    if (!settings_read(&options, configuration, &c) || !company_open(&o->company, options, 2025, &c))
        fail("%s:%d: %s", configuration, c.rows[0].line, c.rows[0].text);
    o->bench = (struct bench){ .options = options,
                               .hours = company_hours(o->company),
                               .paces = &o->none,
                               .today = zone_date(company_zone(o->company), WEDNESDAY) };
    o->source = source_new(options, company_zone(o->company));
}

void bench_pass(const struct scale *s)
{
    struct ours o = { 0 };
    double ours[ROUNDS], floor[ROUNDS], our_one[ROUNDS], floor_one[ROUNDS];
    sqlite3 *db;
    open_ours(&o, data_configure("all", "rules = ( { id = \"lapse\"; kind = \"lapse\"; after = \"2.5 x rhythm\"; } );"
                                        "channels = { folder = { path = \"out\"; from = \"f@bench.example\"; }; };"));
    /* The company's own program has it open: then it is read in its WAL mode, as on any working day. */
    if (sqlite3_open(data_path("all", "db"), &db) != SQLITE_OK ||
        sqlite3_exec(db, "SELECT 1 FROM client", NULL, NULL, NULL) != SQLITE_OK)
        fail("%s", sqlite3_errmsg(db));
    bare_pass(db); /* warm */
    for (int i = 0; i < s->rounds; i++) {
        ours[i] = our_pass(&o, s->customers);
        floor[i] = bare_pass(db);
        our_one[i] = our_single(&o, s->customers);
        floor_one[i] = bare_single(db, s->customers);
    }
    row_of_times(text("full pass, %ld customers", s->customers), 1e3, "ms", ours, floor, s->rounds, "at most 2 x");
    row_of_times("one customer again, by id", 1e6, "us", our_one, floor_one, s->rounds, "");
    source_free(o.source);
    company_close(o.company);
    sqlite3_close(db);
}
