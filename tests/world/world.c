/* The world: company, store, engine, what surrounds them, and time. */
#include "world/world.h"

#include "base/mem.h"
#include "harness/harness.h"
#include "settings/settings.h"
#include "store/episodes.h"
#include "store/identity.h"
#include "store/ledger.h"
#include "store/messages.h"
#include "store/statements.h"
#include "world/inside.h"

#include <stdio.h>
#include <stdlib.h>

/* So many steps without time passing mean that the engine turns in circles. */
enum { TOO_MANY = 20000 };

struct world {
    char folder[64];
    struct options *options;
    struct company *company;
    struct past {
        struct options *options;
        struct company *company;
    } past[64]; /* of earlier settings: tests may still hold what came out of them */
    size_t n_past;
    struct database *database;
    struct office *office;
    struct store *store, *commands; /* the daemon's connection, and that of all commands */
    struct engine *engine;
    uint64_t seed;
    instant booted, now, again;
    duration jumped; /* so far does the wall clock show another time than passed since the boot */
    bool synchronised;
    bool source_changed, store_changed;
    enum {
        LIVES,
        DIES_BEFORE_COMMIT,
        DIES_AFTER_COMMIT,
        DIES_AT_CLAIM
    } fate;                     /* in the next step, or in the first that claims a mail */
    struct news *first, **last; /* what the couriers bring, on its way to the tray */
    struct trace_line *trace;
    size_t n_trace;
    struct arena texts;
};

/* ---- the engine's ports ---- */

static void bring(void *context, struct news *n)
{
    struct world *w = context;
    n->next = NULL;
    *w->last = n;
    w->last = &n->next;
}

static void ask(void *context, struct errand *errand)
{
    struct world *w = context;
    if (w->fate == DIES_AFTER_COMMIT)
        errand_free(errand);
    else
        database_answer(w->database, errand, bring, w);
}

static void post(void *context, struct parcel *p)
{
    struct world *w = context;
    if (w->fate == DIES_AT_CLAIM)
        w->fate = DIES_AFTER_COMMIT;
    if (w->fate != DIES_AFTER_COMMIT) {
        struct news *n = news_new(NEWS_RECEIPT, 0);
        office_take(w->office, &w->options->channels[p->channel], p, w->store, w->now, &n->receipt);
        bring(w, n);
    }
    parcel_free(p);
}

/* Whoever was given work has done it before the engine asks again. */
static int idle(void *context, size_t channel)
{
    const struct world *w = context;
    return w->options->channels[channel].couriers;
}

static void keep_trace(void *context, const struct trace_line *line)
{
    struct world *w = context;
    if ((w->n_trace & (w->n_trace - 1)) == 0)
        w->trace = mem_resize(w->trace, (w->n_trace ? 2 * w->n_trace : 1) * sizeof *w->trace);
    w->trace[w->n_trace++] = (struct trace_line){ line->at, line->priority, arena_copy(&w->texts, line->customer),
                                                  arena_copy(&w->texts, line->text) };
}

/* ---- life and death ---- */

static void start(struct world *w)
{
    const struct ports ports = { .context = w, .ask = ask, .post = post, .idle = idle, .trace = keep_trace };
    char path[96];
    struct err e = { "" };
    snprintf(path, sizeof path, "%s/store.db", w->folder);
    w->again = w->now;
    if (!store_open(&w->store, path, STORE_DAEMON, &e) ||
        !engine_open(&w->engine, w->company, w->store, &ports, w->seed++, w->now, &e))
        test_fail(__FILE__, __LINE__, "the daemon does not start: %s", e.text);
}

static void stop(struct world *w)
{
    engine_close(w->engine);
    store_close(w->store);
    w->engine = NULL;
    w->store = NULL;
    for (struct news *n = w->first, *next; n; n = next) {
        next = n->next;
        news_free(n);
    }
    w->first = NULL;
    w->last = &w->first;
}

struct world *world_new(const char *configuration, instant begin, uint64_t seed)
{
    struct world *w = mem_new(sizeof *w);
    w->now = w->booted = begin;
    w->seed = seed;
    w->last = &w->first;
    ground_make(w->folder);
    ground_settings(w->folder, configuration, instant_split(begin).year, &w->options, &w->company);
    w->database = database_new(w->company);
    w->office = office_new();
    start(w);
    return w;
}

static void keep_past(struct world *w)
{
    CHECK(w->n_past < sizeof w->past / sizeof w->past[0]);
    w->past[w->n_past++] = (struct past){ w->options, w->company };
}

void world_free(struct world *w)
{
    if (!w)
        return;
    stop(w);
    store_close(w->commands);
    office_free(w->office);
    database_free(w->database);
    keep_past(w);
    for (size_t i = 0; i < w->n_past; i++) {
        company_close(w->past[i].company);
        settings_free(w->past[i].options);
    }
    ground_remove(w->folder);
    arena_done(&w->texts);
    free(w->trace);
    free(w);
}

/* Whatever was `sending` will never be heard of again. */
static void note_unheard(struct world *w)
{
    struct arena a = { 0 };
    struct messages sending;
    struct err e;
    if (!messages_in_state(w->store, MESSAGE_SENDING, &a, &sending, &e))
        test_fail(__FILE__, __LINE__, "%s", e.text);
    for (size_t i = 0; i < sending.n; i++)
        office_unheard(w->office, sending.rows[i].id, sending.rows[i].attempts);
    arena_done(&a);
}

void world_crash(struct world *w)
{
    note_unheard(w);
    stop(w);
    w->fate = LIVES;
    start(w);
}

void world_crash_in_step(struct world *w, bool before_commit)
{
    w->fate = before_commit ? DIES_BEFORE_COMMIT : DIES_AFTER_COMMIT;
}

void world_crash_at_claim(struct world *w)
{
    w->fate = DIES_AT_CLAIM;
}

/* ---- the database, the server, the commands ---- */

static void source_changed(struct world *w)
{
    w->source_changed = true;
    w->again = w->now;
}

void world_salesperson(struct world *w, const struct salesperson *s)
{
    database_salesperson(w->database, s);
    source_changed(w);
}

void world_customer(struct world *w, const struct customer *c)
{
    database_customer(w->database, c);
    source_changed(w);
}

void world_customer_gone(struct world *w, const char *id)
{
    database_customer_gone(w->database, id);
    source_changed(w);
}

void world_purchase(struct world *w, const char *customer, const struct purchase *p)
{
    database_purchase(w->database, customer, p);
    source_changed(w);
}

void world_purchase_gone(struct world *w, const char *customer, date day)
{
    database_purchase_gone(w->database, customer, day);
    source_changed(w);
}

void world_contact(struct world *w, const char *customer, const struct contact *c)
{
    database_contact(w->database, customer, c);
    source_changed(w);
}

void world_contact_gone(struct world *w, const char *customer, date day)
{
    database_contact_gone(w->database, customer, day);
    source_changed(w);
}

void world_problem(struct world *w, const char *customer, const struct problem *p)
{
    database_problem(w->database, customer, p);
    source_changed(w);
}

void world_problem_gone(struct world *w, const char *customer, const char *id)
{
    database_problem_gone(w->database, customer, id);
    source_changed(w);
}

void world_unreadable(struct world *w, const char *customer, int purchases)
{
    database_unreadable(w->database, customer, purchases);
    source_changed(w);
}

void world_alias(struct world *w, const char *old, const char *id)
{
    database_alias(w->database, old, id);
    source_changed(w);
}

void world_source_fails(struct world *w, const char *why)
{
    database_fails(w->database, why);
    source_changed(w);
}

void world_server(struct world *w, const char *address, enum server how)
{
    office_server(w->office, false, address, how);
}

void world_telegram(struct world *w, const char *address, enum server how)
{
    office_server(w->office, true, address, how);
}

static bool record(struct world *w, struct store *s, const char *customer, enum episode_state outcome,
                   const char *reason, struct err *e)
{
    struct arena a = { 0 };
    struct episodes all;
    const struct zone *z = company_zone(w->company);
    bool ok = episodes_of_customer(s, customer, &a, &all, e), moved = false;
    for (size_t i = 0; ok && i < all.n; i++) {
        struct episode *ep = &all.rows[i];
        enum episode_state to = outcome == EPISODE_SNOOZED && ep->state == EPISODE_HELD ? EPISODE_HELD : outcome;
        instant until = outcome == EPISODE_SNOOZED ? zone_day_start(z, zone_date(z, w->now) + 7) : INSTANT_NONE;
        if (episode_final(ep->state) || (to != ep->state && !episode_may(ep->state, to)))
            continue;
        moved = true;
        ok =
            episode_move(s, ep, to, reason, until, w->now, e) &&
            history_add(s, w->now, customer, "somebody", arena_print(&a, "%s %s", ep->rule, episode_state_name(to)), e);
    }
    arena_done(&a);
    return ok && (moved || err_set(e, "customer %s has no open episode", customer));
}

/* One connection serves all of them, as if each had opened its own: that would take longer than what it does. */
static struct store *open_as_command(struct world *w, struct err *e)
{
    char path[96];
    snprintf(path, sizeof path, "%s/store.db", w->folder);
    return w->commands || store_open(&w->commands, path, STORE_COMMAND, e) ? w->commands : NULL;
}

static bool end_command(struct world *w, struct store *s, bool ok, struct err *e)
{
    ok = ok && store_commit(s, e);
    if (!ok)
        store_rollback(s);
    w->store_changed = true;
    w->again = w->now;
    return ok;
}

void world_release_clock(struct world *w)
{
    bool blocked;
    struct err e = { "" };
    struct store *s = open_as_command(w, &e);
    if (!s ||
        !end_command(w, s,
                     store_begin(s, &blocked, &e) && store_set_number(s, "clock seen", w->now, &e) &&
                         stop_clear(s, "clock", &e) && history_add(s, w->now, NULL, "somebody", "release clock", &e),
                     &e))
        test_fail(__FILE__, __LINE__, "%s", e.text);
}

void world_release_mass(struct world *w, const char *rule)
{
    bool blocked;
    struct err e = { "" };
    char what[96];
    snprintf(what, sizeof what, MASS_CHANGE "%s", rule);
    struct store *s = open_as_command(w, &e);
    if (!s || !end_command(w, s,
                           store_begin(s, &blocked, &e) && stop_clear(s, what, &e) &&
                               history_add(s, w->now, NULL, "somebody", "release mass-change", &e),
                           &e))
        test_fail(__FILE__, __LINE__, "%s", e.text);
}

bool world_record(struct world *w, const char *customer, enum episode_state outcome, const char *reason, struct err *e)
{
    bool blocked;
    struct store *s = open_as_command(w, e);
    return s && end_command(w, s, store_begin(s, &blocked, e) && record(w, s, customer, outcome, reason, e), e);
}

bool world_retire(struct world *w, const char *rule, struct err *e)
{
    bool blocked;
    long n;
    struct store *s = open_as_command(w, e);
    return s && end_command(w, s, store_begin(s, &blocked, e) && rule_retire(s, rule, "somebody", w->now, &n, e), e);
}

void world_settings(struct world *w, const char *configuration)
{
    struct complaints wrong = { 0 };
    struct err e = { "" };
    keep_past(w);
    ground_settings(w->folder, configuration, instant_split(w->now).year, &w->options, &w->company);
    if (!engine_rules_fit(w->store, w->options, &wrong, &e))
        test_fail(__FILE__, __LINE__, "%s", e.text);
    for (size_t i = 0; i < wrong.n; i++)
        keep_trace(w, &(struct trace_line){ w->now, 3, NULL, wrong.rows[i].text });
    if (wrong.n) {
        struct past refused = { w->options, w->company }, *kept = &w->past[w->n_past - 1];
        w->options = kept->options;
        w->company = kept->company;
        *kept = refused;
    } else {
        note_unheard(w);
        stop(w);
        database_belongs(w->database, w->company);
        start(w);
    }
    complaints_done(&wrong);
}

/* ---- time ---- */

/* A commit hook that says no: the transaction never was. */
static int refuse(void *context)
{
    (void)context;
    return 1;
}

/* What the loop of app/ does when one of its watchers fires. */
static void tell_engine(struct world *w)
{
    if (w->source_changed)
        engine_source_changed(w->engine);
    if (w->store_changed && store_changed(w->store))
        engine_store_changed(w->engine);
    w->source_changed = w->store_changed = false;
}

/* What the couriers brought is laid on the tray. */
static void fill_tray(struct world *w)
{
    if (!w->first)
        return;
    w->again = w->now;
    while (w->first) {
        struct news *n = w->first;
        w->first = n->next;
        engine_take(w->engine, n);
    }
    w->last = &w->first;
    engine_courier_rested(w->engine);
}

instant world_step(struct world *w)
{
    struct err e = { "" };
    tell_engine(w);
    if (w->fate == DIES_BEFORE_COMMIT)
        sqlite3_commit_hook(w->store->db, refuse, NULL);
    const struct tick tick = { w->now, w->now - w->booted - w->jumped, w->synchronised };
    bool ok = engine_step(w->engine, &tick, &w->again, &e);
    if (w->fate == DIES_BEFORE_COMMIT || w->fate == DIES_AFTER_COMMIT) {
        world_crash(w);
        return w->again;
    }
    if (!ok)
        test_fail(__FILE__, __LINE__, "the engine failed: %s", e.text);
    fill_tray(w);
    return w->again;
}

void world_run(struct world *w, instant t, void (*watch)(struct world *w, void *context), void *context)
{
    for (int steps = 0; w->again <= t; steps++) {
        char text[32];
        if (w->again > w->now) {
            w->now = w->again;
            steps = 0;
        }
        if (steps > TOO_MANY)
            test_fail(__FILE__, __LINE__, "the engine turns in circles at %s", instant_print(w->now, text));
        world_step(w);
        if (watch)
            watch(w, context);
    }
    if (t > w->now)
        w->now = t;
}

instant world_now(const struct world *w)
{
    return w->now;
}

void world_set_now(struct world *w, instant now)
{
    w->now = now;
}

void world_clock_jumps(struct world *w, duration by)
{
    w->now += by;
    w->jumped += by;
    w->again = w->now;
}

void world_clock_synchronised(struct world *w, bool yes)
{
    w->synchronised = yes;
}

/* ---- what happened ---- */

size_t world_arrivals(const struct world *w, const struct arrival **out)
{
    return office_arrivals(w->office, out);
}

size_t world_trace(const struct world *w, const struct trace_line **out)
{
    *out = w->trace;
    return w->n_trace;
}

struct company *world_company(struct world *w)
{
    return w->company;
}

struct store *world_store(struct world *w)
{
    return w->store;
}

struct engine *world_engine(struct world *w)
{
    return w->engine;
}
