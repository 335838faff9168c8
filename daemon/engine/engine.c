#include "engine/engine.h"

#include "base/mem.h"
#include "engine/inner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NEWS_A_STEP = 4,      /* pieces of news filed in one step */
    WALK_A_STEP = 5000,   /* rows of the agenda */
    ASK_A_STEP = 2048,    /* customers read in full with one errand: a database that cannot seek is read whole for each */
};

void note(struct engine *e, int priority, const char *customer, const char *format, ...)
{
    char text[1024];
    va_list rest;
    va_start(rest, format);
    vsnprintf(text, sizeof text, format, rest);
    va_end(rest);
    e->lines = arena_grow(&e->step, e->lines, e->n_lines, sizeof *e->lines);
    e->lines[e->n_lines++] = (struct trace_line){ e->now, priority, arena_copy(&e->step, customer), arena_copy(&e->step, text) };
    if (customer && !e->failed && !history_add(e->store, e->now, customer, "followupd", text, &e->trouble))
        e->failed = true;
}

struct bench engine_bench(const struct engine *e)
{
    return (struct bench){ .options = e->options, .hours = company_hours(e->company), .paces = &e->paces, .today = e->today };
}

bool engine_judging(const struct engine *e)
{
    return e->passed_once && e->paces_day == e->today && !e->feed_stale;
}

struct engine_state engine_state(const struct engine *e)
{
    struct engine_state s = { .customers = agenda_size(e->agenda), .judging = engine_judging(e), .feed_stale = e->feed_stale, .tray = e->first };
    for (size_t i = 0; i < e->n_desks; i++)
        s.waiting += e->desks[i].fresh + e->desks[i].backlog;
    return s;
}

/* ---- opening and closing ---- */

static void on_open(void *context, const char *customer)
{
    struct engine *e = context;
    agenda_open(e->agenda, customer);
}

/* What episodes and messages wait for. */
static bool load_wakes(struct engine *e, struct err *err)
{
    struct wake *wakes;
    size_t n;
    if (!store_wakes(e->store, INSTANT_NEVER, &e->step, &wakes, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        agenda_look_by(e->agenda, wakes[i].customer, wakes[i].at);
    return true;
}

/* What was stopped before we started stays stopped as long as it was to be. */
static bool load_stops(struct engine *e, struct err *err)
{
    for (size_t i = 0; i < e->options->n_channels; i++) {
        struct stop stop;
        const char *what = arena_print(&e->step, "channel %s", e->options->channels[i].name);
        if (!stop_get(e->store, what, &e->step, &stop, err))
            return false;
        e->channels[i].stopped_until = stop.what ? stop.until : INSTANT_NONE;
    }
    return true;
}

/* The clock went back: what was to wait until some instant of the wrong future does not wait any more. */
static void forget_waits(struct engine *e)
{
    e->pass_not_before = e->source_not_before = INSTANT_NONE;
    for (size_t i = 0; i < e->options->n_channels; i++)
        e->channels[i].paused_until = e->channels[i].minute = INSTANT_NONE;
    desks_wake(e, INSTANT_NONE);
}

static void set_time(struct engine *e, instant now)
{
    if (now < e->now - MINUTE)
        forget_waits(e);
    e->now = now;
    e->today = zone_date(company_zone(e->company), now);
}

/* Lines are told and parcels handed over only after the commit that made them true. */
static void hand_out(struct engine *e)
{
    for (size_t i = 0; i < e->n_lines; i++)
        e->ports.trace(e->ports.context, &e->lines[i]);
    for (size_t i = 0; i < e->n_parcels; i++)
        e->ports.post(e->ports.context, e->parcels[i]);
    for (size_t i = 0; i < e->n_errands; i++)
        e->ports.ask(e->ports.context, e->errands[i]);
    e->n_lines = e->n_parcels = e->n_errands = 0;
    e->lines = NULL;
    e->parcels = NULL;
    e->errands = NULL;
    for (size_t i = 0; i < e->options->n_channels; i++)
        e->channels[i].claimed = 0;
}

static void drop_out(struct engine *e)
{
    for (size_t i = 0; i < e->n_parcels; i++)
        parcel_free(e->parcels[i]);
    for (size_t i = 0; i < e->n_errands; i++)
        errand_free(e->errands[i]);
    e->n_lines = e->n_parcels = e->n_errands = 0;
}

static bool finish(struct engine *e, bool ok, struct err *err)
{
    if (ok && e->failed) {
        *err = e->trouble;
        ok = false;
    }
    if (ok && store_commit(e->store, err)) {
        hand_out(e);
        arena_reset(&e->step);
        return true;
    }
    store_rollback(e->store);
    drop_out(e);
    return false;
}

bool engine_open(struct engine **out, struct company *company, struct store *store, const struct ports *ports, uint64_t seed,
                 instant now, struct err *err)
{
    struct engine *e = mem_new(sizeof *e);
    e->company = company;
    e->options = company_options(company);
    e->store = store;
    e->ports = *ports;
    chance_seed(&e->chance, seed);
    e->last = &e->first;
    e->agenda = agenda_new();
    e->paces_day = e->housekept = DATE_NONE;
    e->alert_next = INSTANT_NEVER;
    e->pass_not_before = e->source_not_before = e->blocked_since = e->newest_purchase = INSTANT_NONE;
    e->source_failing_since = INSTANT_NONE;
    e->pass_wanted = true;
    e->channels = mem_new((e->options->n_channels + 1) * sizeof *e->channels);
    for (size_t i = 0; i < e->options->n_channels; i++)
        e->channels[i] = (struct channel_now){ .paused_until = INSTANT_NONE, .stopped_until = INSTANT_NONE, .minute = INSTANT_NONE };
    set_time(e, now);
    if (store_begin_patiently(store, err)) { /* a command may be writing just now */
        bool ok = store_secret(store, e->secret, err) && recover(e, err) && customers_open(store, on_open, e, err) && load_wakes(e, err)
                  && load_stops(e, err) && desks_load(e, err) && history_newest(store, &e->history_seen, err);
        if (finish(e, ok, err)) {
            *out = e;
            return true;
        }
    }
    engine_close(e);
    return err_wrap(err, "start");
}

bool engine_try_again(struct store *store, instant now, struct err *err)
{
    if (!store_begin_patiently(store, err))
        return false;
    if (stop_clear_all(store, "channel *", err) && stop_clear_all(store, "address *", err) && messages_hurry(store, NULL, now, err))
        return store_commit(store, err);
    store_rollback(store);
    return false;
}

static void forget_asked(struct engine *e)
{
    arena_done(&e->asked.arena);
    e->asked = (struct asked){ 0 };
}

void engine_close(struct engine *e)
{
    if (!e)
        return;
    for (struct news *n = e->first, *next; n; n = next) {
        next = n->next;
        news_free(n);
    }
    drop_out(e);
    news_free(e->people_news);
    forget_asked(e);
    agenda_free(e->agenda);
    paces_done(&e->paces);
    for (size_t i = 0; i < e->n_desks; i++)
        free(e->desks[i].owner);
    free(e->desks);
    free(e->channels);
    arena_done(&e->step);
    free(e);
}

/* ---- what lies on the tray ---- */

void engine_take(struct engine *e, struct news *n)
{
    n->next = NULL;
    *e->last = n;
    e->last = &n->next;
}

void engine_source_changed(struct engine *e)
{
    e->pass_wanted = true;
}

void engine_store_changed(struct engine *e)
{
    e->store_news = true;
}

void engine_courier_rested(struct engine *e)
{
    desks_wake(e, INSTANT_NONE);
}

static instant look_when_due(void *context, const char *category, const struct outlook *o)
{
    struct engine *e = context;
    struct bench b = engine_bench(e);
    date day = judge_next(&b, o, category);
    return day == DATE_NEVER ? INSTANT_NEVER : day <= e->today ? e->now : zone_day_start(company_zone(e->company), day);
}

static bool file_outlooks(struct engine *e, const struct news *n)
{
    if (n->number != e->pass_number)
        return true;
    for (size_t i = 0; i < n->outlooks.n; i++) {
        const struct seen_customer *c = &n->outlooks.rows[i];
        struct noted noted = agenda_note(e->agenda, c->id, c->category, &c->outlook);
        if (!noted.changed || (!e->passed_once && !noted.open))
            continue; /* after the first pass, and each day's, everybody is walked anyway: for what is due, not for what is over */
        agenda_look_by(e->agenda, c->id, noted.open ? e->now : look_when_due(e, c->category, &c->outlook));
    }
    return true;
}

static void on_gone(void *context, const char *id)
{
    struct engine *e = context;
    agenda_look_by(e->agenda, id, e->now);
}

static bool judge_feed(struct engine *e, struct err *err)
{
    int limit;
    instant released;
    e->feed_stale = false;
    if (!e->options->guards.stale_feed || e->newest_purchase == INSTANT_NONE)
        return true;
    date newest = zone_date(company_zone(e->company), e->newest_purchase);
    if (!feed_stale(newest, e->longest_gap, e->today, &limit))
        return stop_clear(e->store, "feed", err);
    if (!release_get(e->store, "feed", &released, err))
        return false;
    if (released != INSTANT_NONE && zone_date(company_zone(e->company), released) == e->today)
        return stop_clear(e->store, "feed", err);
    char day[16];
    const char *why = arena_print(&e->step, "no purchase in the whole database since %s, %d days ago; at most %d are usual",
                                  date_print(newest, day), e->today - newest, limit);
    e->feed_stale = true;
    return stop_set(e->store, "feed", e->now, INSTANT_NEVER, why, err)
           && raise_alert(e, err, "feed", "The customer database seems to have stopped: %s. Nobody is judged late until it moves again, or "
                          "until \"followupctl release feed\" for today.", why);
}

static void keep_people(struct engine *e, struct news *n)
{
    if (!n->people)
        return;
    news_free(e->people_news);
    e->people_news = n;
    e->people = n->people;
}

static bool source_answers(struct engine *e, struct err *err)
{
    if (e->source_failing_since != INSTANT_NONE)
        note(e, 5, NULL, "the customer database can be read again");
    e->source_failing_since = INSTANT_NONE;
    e->source_failures = 0;
    return stop_clear(e->store, "source", err);
}

static bool file_passed(struct engine *e, struct news *n, struct err *err)
{
    if (n->number != e->pass_number)
        return true;
    struct paces old = e->paces;
    bool fresh_day = e->paces_day != n->passed.today;
    e->pass_number = 0;
    /* A pass may take a twentieth of the time. */
    e->pass_not_before = n->passed.today == e->today ? e->now + 20 * n->passed.took : INSTANT_NONE;
    agenda_pass_end(e->agenda, on_gone, e);
    if (fresh_day) {
        e->paces = n->passed.paces;
        n->passed.paces = old;
        e->paces_day = n->passed.today;
        e->walk = 0;
        e->walking = true;
    }
    e->passed_once = true;
    e->newest_purchase = n->passed.newest_purchase;
    e->longest_gap = n->passed.longest_gap;
    desks_wake(e, e->now);
    if (n->passed.unreadable && !raise_alert(e, err, "unreadable", "%ld values of the customer database cannot be read, for example %s. "
                                             "Run \"followupctl check\".", n->passed.unreadable, n->passed.example))
        return false;
    return source_answers(e, err) && judge_feed(e, err) && store_set_number(e->store, "last pass", e->now, err)
           && store_set_number(e->store, "last pass customers", n->passed.customers, err)
           && store_set_number(e->store, "last pass milliseconds", n->passed.took, err);
}

static bool file_facts(struct engine *e, const struct news *n, struct err *err)
{
    if (n->number != e->asked.number)
        return true;
    for (size_t i = 0, k = 0; i < n->facts.n; i++) {
        const char *id = n->facts.rows[i].customer.id;
        while (k < e->asked.n && id_compare(e->asked.ids[k], id) < 0)
            k++;
        if (k < e->asked.n && strcmp(e->asked.ids[k], id) == 0)
            e->asked.brought[k] = true;
        if (!look_at(e, &n->facts.rows[i], err))
            return false;
    }
    return true;
}

/* All that can be had was brought: who is missing now is not in the database. */
static bool file_brought(struct engine *e, const struct news *n, struct err *err)
{
    if (n->number != e->asked.number)
        return true;
    for (size_t i = 0; i < e->asked.n; i++)
        if (!e->asked.brought[i] && !look_missing(e, e->asked.ids[i], err))
            return false;
    /* A turn that was not taken up (its message could not leave after all) is not asked for again at once. */
    for (size_t i = 0; i < e->asked.n_turns; i++) {
        struct episode ep;
        if (!episode_by_id(e->store, e->asked.turns[i], &e->step, &ep, err))
            return false;
        for (size_t k = 0; ep.state == EPISODE_HELD && ep.next_at == INSTANT_NONE && k < e->n_desks; k++)
            if (e->desks[k].next <= e->now)
                e->desks[k].next = e->now + SECOND;
    }
    forget_asked(e);
    return source_answers(e, err);
}

static bool file_failed(struct engine *e, const struct news *n, struct err *err)
{
    if (n->number != e->pass_number && n->number != e->asked.number)
        return true;
    duration wait = SECOND << (e->source_failures < 6 ? e->source_failures : 6);
    e->source_failures++;
    e->source_not_before = e->now + wait;
    if (n->number == e->asked.number) {
        for (size_t i = 0; i < e->asked.n; i++)
            agenda_look_by(e->agenda, e->asked.ids[i], e->source_not_before);
        forget_asked(e);
    } else {
        e->pass_number = 0;
        e->pass_wanted = true;
    }
    if (e->source_failing_since == INSTANT_NONE) {
        e->source_failing_since = e->now;
        note(e, 4, NULL, "the customer database cannot be read: %s", n->why);
    }
    if (!stop_set(e->store, "source", e->now, e->source_not_before, n->why, err))
        return false;
    return e->now - e->source_failing_since < HOUR
           || raise_alert(e, err, "source", "The customer database cannot be read for over an hour: %s. Nobody is judged meanwhile.", n->why);
}

static bool file_news(struct engine *e, struct news *n, struct err *err)
{
    switch (n->kind) {
    case NEWS_OUTLOOKS:
        return file_outlooks(e, n);
    case NEWS_PASSED:
        return file_passed(e, n, err);
    case NEWS_FACTS:
        return file_facts(e, n, err);
    case NEWS_BROUGHT:
        return file_brought(e, n, err);
    case NEWS_FAILED:
        return file_failed(e, n, err);
    case NEWS_RECEIPT:
        return file_receipt(e, &n->receipt, err);
    }
    return true;
}

/* People first: whoever is told below is told by today's rows. Filed news are freed once committed, see engine_step(). */
static bool file_tray(struct engine *e, struct news **filed, struct err *err)
{
    for (int i = 0; i < NEWS_A_STEP && e->first; i++) {
        struct news *n = e->first;
        e->first = n->next;
        if (!e->first)
            e->last = &e->first;
        bool keeps = n->people != NULL;
        keep_people(e, n);
        bool ok = file_news(e, n, err);
        if (!keeps) {
            n->next = *filed;
            *filed = n;
        }
        if (!ok)
            return false;
    }
    return true;
}

/* ---- what is asked of the source ---- */

static void add_errand(struct engine *e, struct errand *errand)
{
    e->errands = arena_grow(&e->step, e->errands, e->n_errands, sizeof(struct errand *));
    e->errands[e->n_errands++] = errand;
}

static void ask_pass(struct engine *e)
{
    if (!e->pass_wanted || e->pass_number || e->now < e->pass_not_before || e->now < e->source_not_before)
        return;
    e->pass_wanted = false;
    e->pass_number = ++e->numbers;
    agenda_pass_begin(e->agenda);
    add_errand(e, errand_new(ERRAND_PASS, e->pass_number, e->now, e->today));
}

static int by_id(const void *a, const void *b)
{
    return id_compare(*(const char *const *)a, *(const char *const *)b);
}

/* One errand for all customers whose time has come; those whose turn it is only once everybody else is known, so that ranks are right. */
static bool ask_customers(struct engine *e, struct err *err)
{
    if (e->asked.number || !engine_judging(e) || e->walking || e->now < e->source_not_before)
        return true;
    const char **ids = arena_new(&e->asked.arena, ASK_A_STEP * sizeof *ids);
    size_t n = agenda_take(e->agenda, e->now, ASK_A_STEP, ids);
    for (size_t i = 0; i < n; i++)
        ids[i] = arena_copy(&e->asked.arena, ids[i]);
    if (n < ASK_A_STEP) {
        const char **turns = NULL;
        size_t n_turns = 0;
        if (n == 0 && !desks_choose(e, &e->asked.turns, &turns, &n_turns, err))
            return false;
        e->asked.n_turns = n_turns;
        if (n_turns) {
            ids = turns;
            n = n_turns;
        }
    }
    if (n == 0) {
        forget_asked(e);
        return true;
    }
    qsort(ids, n, sizeof *ids, by_id);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (i == 0 || strcmp(ids[i], ids[kept - 1]) != 0)
            ids[kept++] = ids[i];
    struct errand *errand = errand_new(ERRAND_CUSTOMERS, ++e->numbers, e->now, e->today);
    errand->ids = arena_new(&errand->arena, kept * sizeof *errand->ids);
    for (size_t i = 0; i < kept; i++)
        errand->ids[i] = arena_copy(&errand->arena, ids[i]);
    errand->n = kept;
    e->asked.number = errand->number;
    e->asked.ids = ids;
    e->asked.n = kept;
    e->asked.brought = arena_new(&e->asked.arena, kept * sizeof *e->asked.brought);
    add_errand(e, errand);
    return true;
}

/* ---- the step ---- */

/* A new day: everybody is read again, and yesterday's old things are put away. */
static bool keep_house(struct engine *e, struct err *err)
{
    if (e->housekept == e->today)
        return true;
    if (e->housekept != DATE_NONE)
        e->pass_wanted = true;
    e->housekept = e->today;
    e->pass_not_before = INSTANT_NONE;
    return offers_end(e->store, e->now, err) && message_erase(e->store, e->now - 30 * DAY, err);
}

/* A command wrote to the store: look at whom it wrote about, and at what it released. */
static bool read_commands(struct engine *e, struct err *err)
{
    const char **customers;
    size_t n;
    if (!e->store_news)
        return true;
    e->store_news = false;
    if (!history_news(e->store, &e->history_seen, &e->step, &customers, &n, err) || !desks_load(e, err) || (n == 0 && !load_wakes(e, err))
        || !load_stops(e, err) || !judge_feed(e, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        agenda_open(e->agenda, customers[i]);
        agenda_look_by(e->agenda, customers[i], e->now);
    }
    return true;
}

static instant earlier(instant a, instant b)
{
    return a < b ? a : b;
}

/* When something happens by itself. */
static instant next_instant(const struct engine *e)
{
    instant next = zone_day_start(company_zone(e->company), e->today + 1);
    instant source = e->source_not_before;
    next = earlier(next, e->alert_next);
    if (e->first || (e->walking && engine_judging(e)))
        return e->now;
    if (e->pass_wanted && !e->pass_number)
        next = earlier(next, source > e->pass_not_before ? source : e->pass_not_before);
    if (engine_judging(e) && !e->asked.number) {
        instant look = earlier(agenda_next(e->agenda), desks_next(e));
        next = earlier(next, look > source ? look : source);
    }
    return next > e->now ? next : e->now;
}

static bool do_step(struct engine *e, struct news **filed, struct err *err)
{
    if (!keep_house(e, err) || !read_commands(e, err) || !file_tray(e, filed, err))
        return false;
    if (e->walking && engine_judging(e))
        e->walking = agenda_walk(e->agenda, &e->walk, WALK_A_STEP, e->now, look_when_due, e);
    ask_pass(e);
    return ask_customers(e, err) && alerts_send(e, err);
}

/* A command that writes for long is said once; nothing is lost, the step comes again. */
static void say_blocked(struct engine *e)
{
    if (e->blocked_since == INSTANT_NONE)
        e->blocked_since = e->now;
    if (e->now - e->blocked_since < 10 * SECOND)
        return;
    struct trace_line line = { e->now, 4, NULL, "a command has been writing to the store for ten seconds; everything waits for it" };
    e->ports.trace(e->ports.context, &line);
    e->blocked_since = e->now;
}

bool engine_step(struct engine *e, instant now, instant *again, struct err *err)
{
    bool blocked;
    struct news *filed = NULL;
    set_time(e, now);
    if (!store_begin(e->store, &blocked, err))
        return false;
    if (blocked) {
        say_blocked(e);
        *again = now + 20;
        return true;
    }
    e->blocked_since = INSTANT_NONE;
    bool ok = finish(e, do_step(e, &filed, err), err);
    while (filed) {
        struct news *n = filed;
        filed = n->next;
        news_free(n);
    }
    if (ok)
        *again = next_instant(e);
    return ok && store_checkpoint(e->store, err);
}
