#include "engine/engine.h"

#include "base/mem.h"
#include "engine/inner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WALK_A_STEP = 5000, /* rows of the agenda */
};

void note(struct engine *e, int priority, const char *customer, const char *format, ...)
{
    char text[1024];
    va_list rest;
    va_start(rest, format);
    vsnprintf(text, sizeof text, format, rest);
    va_end(rest);
    e->lines = arena_grow(&e->step, e->lines, e->n_lines, sizeof *e->lines);
    e->lines[e->n_lines++] =
        (struct trace_line){ e->now, priority, arena_copy(&e->step, customer), arena_copy(&e->step, text) };
    if (customer && !e->failed && !history_add(e->store, e->now, customer, "followupd", text, &e->trouble))
        e->failed = true;
}

struct bench engine_bench(const struct engine *e)
{
    return (struct bench){ .options = e->options,
                           .hours = company_hours(e->company),
                           .off = company_holidays(e->company),
                           .paces = &e->paces,
                           .today = e->today };
}

bool engine_judging(const struct engine *e)
{
    return e->passed_once && e->paces_day == e->today && !e->feed_stale && !e->belief.doubted &&
           e->merges.at == e->merges.n;
}

struct engine_state engine_state(const struct engine *e)
{
    struct engine_state s = {
        .customers = agenda_size(e->agenda),
        .judging = engine_judging(e),
        .feed_stale = e->feed_stale,
        .clock_doubted = e->belief.doubted,
        .tray = e->first,
    };
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

/* What was stopped or paused before we started stays so as long as it was to be; what a command released does not. */
static bool load_stops(struct engine *e, struct err *err)
{
    for (size_t i = 0; i < e->options->n_channels; i++) {
        struct stop stop;
        const char *what = arena_print(&e->step, "channel %s", e->options->channels[i].name);
        if (!stop_get(e->store, what, &e->step, &stop, err))
            return false;
        e->channels[i].stopped_until = stop.what ? stop.until : INSTANT_NONE;
        e->channels[i].stopped_since = stop.what ? stop.since : INSTANT_NONE;
        if (!stop_get(e->store, channel_pause(e, i), &e->step, &stop, err))
            return false;
        e->channels[i].pause_kept = stop.what;
        if (!stop.what) {
            e->channels[i].paused_until = INSTANT_NONE;
        } else if (!e->channels[i].failures && stop.until - e->now <= PAUSE_MOST) {
            e->channels[i].paused_until = stop.until;
            e->channels[i].failing_since = stop.since;
            e->channels[i].failures = 1;
        }
    }
    return true;
}

bool take_up(struct engine *e, struct err *err)
{
    return customers_open(e->store, on_open, e, err) && load_wakes(e, err) && load_stops(e, err) && mass_load(e, err) &&
           desks_load(e, err);
}

/* The clock went back: what was to wait until some instant of the wrong future does not wait any more. */
static void forget_waits(struct engine *e)
{
    e->pass_not_before = e->source_not_before = INSTANT_NONE;
    for (size_t i = 0; i < e->options->n_channels; i++)
        e->channels[i].paused_until = e->channels[i].minute = INSTANT_NONE;
    desks_wake(e, INSTANT_NONE);
    digests_wake(e, INSTANT_NONE);
}

void start_over(struct engine *e)
{
    forget_waits(e);
    forget_asked(e);
    digest_drop_hand(e);
    digests_done(e);
    for (size_t i = 0; i < e->options->n_channels; i++)
        e->channels[i].failures = 0;
    e->source_failing_since = INSTANT_NONE;
    agenda_free(e->agenda);
    e->agenda = agenda_new();
    e->paces_day = e->housekept = DATE_NONE;
    e->pass_number = 0;
    e->pass_wanted = true;
    e->passed_once = e->walking = e->feed_stale = false;
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

bool engine_open(struct engine **out, struct company *company, struct store *store, const struct ports *ports,
                 uint64_t seed, instant now, struct err *err)
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
    e->digests.next = e->digests.again = now;
    e->pass_not_before = e->source_not_before = e->blocked_since = e->newest_purchase = INSTANT_NONE;
    e->source_failing_since = INSTANT_NONE;
    e->pass_wanted = true;
    e->mass = mem_new((e->options->n_rules + 1) * sizeof *e->mass);
    e->mass_day = DATE_NONE;
    e->channels = mem_new((e->options->n_channels + 1) * sizeof *e->channels);
    for (size_t i = 0; i < e->options->n_channels; i++)
        e->channels[i] =
            (struct channel_now){ .paused_until = INSTANT_NONE, .stopped_until = INSTANT_NONE, .minute = INSTANT_NONE };
    e->retired = mem_new((e->options->n_rules + 1) * sizeof *e->retired);
    set_time(e, now);
    if (store_begin_patiently(store, err)) { /* a command may be writing just now */
        bool ok = store_secret(store, e->secret, err) && doubt_load(e, err) && take_over_rules(e, err) &&
                  recover(e, err) && take_up(e, err) && history_newest(store, &e->history_seen, err);
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
    if (stop_clear_all(store, "channel *", err) && stop_clear_all(store, "pause *", err) &&
        stop_clear_all(store, "address *", err) && messages_hurry(store, NULL, now, err))
        return store_commit(store, err);
    store_rollback(store);
    return false;
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
    digest_drop_hand(e);
    digests_done(e);
    agenda_free(e->agenda);
    paces_done(&e->paces);
    for (size_t i = 0; i < e->n_desks; i++)
        free(e->desks[i].owner);
    free(e->desks);
    for (size_t i = 0; i < e->options->n_channels; i++) {
        for (size_t k = 0; k < e->channels[i].n_recent; k++)
            free(e->channels[i].recent[k].address);
        free(e->channels[i].recent);
    }
    free(e->channels);
    free(e->retired);
    free(e->mass);
    arena_done(&e->merges.arena);
    arena_done(&e->step);
    free(e);
}

/* ---- what others say ---- */

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

instant engine_channel_stopped(const struct engine *e, size_t channel)
{
    const struct channel_now *c = &e->channels[channel];
    return c->stopped_until > e->now ? c->stopped_since : INSTANT_NONE;
}

void engine_channel_mended(struct engine *e, size_t channel)
{
    e->channels[channel].mended = true;
}

void engine_courier_rested(struct engine *e)
{
    desks_wake(e, INSTANT_NONE);
    e->digests.again = INSTANT_NONE;
}

/* ---- the step ---- */

/* A new day: everybody is read again, and yesterday's old things are put away. */
static bool keep_house(struct engine *e, struct err *err)
{
    if (e->housekept == e->today || e->belief.doubted)
        return true;
    if (e->housekept != DATE_NONE)
        e->pass_wanted = true;
    e->housekept = e->today;
    e->pass_not_before = INSTANT_NONE;
    return offers_end(e->store, e->now, err) && message_erase(e->store, e->now - 30 * DAY, err) &&
           newcomers_forget(e->store, e->today - 2 * MASS_DAYS, err);
}

/* What a command would have released, had the admin known of it. */
static bool release_mended(struct engine *e, struct err *err)
{
    for (size_t i = 0; i < e->options->n_channels; i++) {
        const char *name = e->options->channels[i].name;
        if (!e->channels[i].mended)
            continue;
        e->channels[i].mended = false;
        if (!stop_clear(e->store, arena_print(&e->step, "channel %s", name), err) ||
            !messages_hurry(e->store, name, e->now, err))
            return false;
        note(e, 5, NULL, "channel %s is tried again: what it logs in with was changed", name);
        e->store_news = true;
    }
    return true;
}

/* A command wrote to the store: look at whom it wrote about, and at what it released. */
static bool read_commands(struct engine *e, struct err *err)
{
    const char **customers;
    size_t n;
    if (!e->store_news)
        return true;
    e->store_news = false;
    if (!history_news(e->store, &e->history_seen, &e->step, &customers, &n, err) || !mass_load(e, err) ||
        !desks_load(e, err) || !load_retired(e, err) || (n == 0 && !load_wakes(e, err)) || !load_stops(e, err) ||
        !judge_feed(e, err))
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
    next = earlier(next, e->now + (e->belief.doubted ? MINUTE : HOUR)); /* is the clock right, what did it show last */
    if (e->first || e->merges.at < e->merges.n || (e->walking && engine_judging(e)))
        return e->now;
    if (e->pass_wanted && !e->pass_number)
        next = earlier(next, source > e->pass_not_before ? source : e->pass_not_before);
    if (engine_judging(e) && !e->asked.number) {
        instant look = agenda_next(e->agenda);
        if (!e->pass_number)
            look = earlier(look, earlier(desks_next(e), digests_next(e)));
        next = earlier(next, look > source ? look : source);
    }
    return next > e->now ? next : e->now;
}

static bool do_step(struct engine *e, const struct tick *now, struct news **filed, struct err *err)
{
    if (!doubt_clock(e, now, err) || !keep_house(e, err) || !release_mended(e, err) || !read_commands(e, err) ||
        !file_tray(e, filed, err) || !merge_customers(e, err))
        return false;
    if (e->walking && engine_judging(e))
        e->walking = agenda_walk(e->agenda, &e->walk, WALK_A_STEP, e->now, look_when_due, e);
    ask_pass(e);
    return ask_customers(e, err) && alerts_send(e, err) && doubt_remember(e, err);
}

/* A command that writes for long is said once; nothing is lost, the step comes again. */
static void say_blocked(struct engine *e)
{
    if (e->blocked_since == INSTANT_NONE)
        e->blocked_since = e->now;
    if (e->now - e->blocked_since < 10 * SECOND)
        return;
    struct trace_line line = { e->now, 4, NULL,
                               "a command has been writing to the store for ten seconds; everything waits for it" };
    e->ports.trace(e->ports.context, &line);
    e->blocked_since = e->now;
}

bool engine_step(struct engine *e, const struct tick *now, instant *again, struct err *err)
{
    bool blocked;
    struct news *filed = NULL;
    set_time(e, now->wall);
    if (!store_begin(e->store, &blocked, err))
        return false;
    if (blocked) {
        say_blocked(e);
        *again = e->now + 20;
        return true;
    }
    e->blocked_since = INSTANT_NONE;
    bool ok = finish(e, do_step(e, now, &filed, err), err);
    while (filed) {
        struct news *n = filed;
        filed = n->next;
        news_free(n);
    }
    if (ok)
        *again = next_instant(e);
    return ok && store_checkpoint(e->store, err);
}
