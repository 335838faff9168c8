#include "sim/life.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- the server and the daemon ---- */

static void set_server(struct firm *f, enum server how)
{
    f->server = how;
    world_server(f->world, NULL, how);
    for (int i = 0; i < f->n_people; i++) /* what is said to all is said to each */
        if (f->people[i].mood != SERVER_ACCEPTS && f->people[i].address[0])
            world_server(f->world, f->people[i].address, f->people[i].mood);
}

static void mend(struct witness *w)
{
    struct firm *f = w->firm;
    instant now = world_now(f->world);
    bool changed = f->server != SERVER_ACCEPTS && now >= f->server_until;
    for (int i = 0; i < f->n_people; i++)
        if (f->people[i].mood != SERVER_ACCEPTS && now >= f->people[i].mood_until) {
            f->people[i].mood = SERVER_ACCEPTS;
            f->people[i].mood_until = now;
            changed = true;
        }
    if (changed)
        set_server(f, now >= f->server_until ? SERVER_ACCEPTS : f->server);
    if (f->source_fails && now >= f->source_until) {
        world_source_fails(f->world, NULL);
        f->source_fails = false;
    }
}

/* Minutes mostly, days sometimes. */
static duration some_time(struct firm *f)
{
    return firm_maybe(f, 0.6)   ? firm_between(f, 1, 90) * MINUTE
           : firm_maybe(f, 0.8) ? firm_between(f, 2, 14) * HOUR
                                : firm_between(f, 1, 4) * DAY;
}

static void break_server(struct firm *f)
{
    static const enum server moods[] = { SERVER_AWAY, SERVER_BUSY, SERVER_SILENT, SERVER_SILENT, SERVER_BAD_LOGIN };
    f->server_until = world_now(f->world) + some_time(f);
    set_server(f, moods[firm_pick(f, 5)]);
}

static void refuse_somebody(struct firm *f)
{
    struct worker *w = &f->people[firm_pick(f, f->n_people)];
    static const enum server moods[] = { SERVER_REFUSES, SERVER_REFUSES, SERVER_BUSY, SERVER_SILENT };
    w->mood = moods[firm_pick(f, 4)];
    w->mood_until = world_now(f->world) + some_time(f);
    set_server(f, f->server);
}

static void break_source(struct firm *f)
{
    duration d = some_time(f);
    f->source_fails = true;
    f->source_since = world_now(f->world);
    f->source_until = world_now(f->world) + (d > 3 * HOUR ? 3 * HOUR : d);
    world_source_fails(f->world, "database is locked");
}

static void crash(struct firm *f)
{
    f->crashes++;
    f->crashed = world_now(f->world);
    if (firm_maybe(f, 0.5))
        world_crash(f->world);
    else
        world_crash_in_step(f->world, firm_maybe(f, 0.5));
}

static void go_down(struct witness *w)
{
    struct firm *f = w->firm;
    f->crashes++;
    world_set_now(f->world, world_now(f->world) + some_time(f));
    world_crash(f->world);
    f->crashed = w->no_mail = world_now(f->world);
    witness_trouble(w);
}

static void after_step(struct world *world, void *context)
{
    struct witness *w = context;
    struct firm *f = w->firm;
    size_t before = w->arrivals;
    long mails = w->mails;
    witness_step(w);
    if (w->mails > mails && engine_state(world_engine(world)).clock_doubted)
        violation(w, SILENCE_IS_KEPT, "anybody", "a mail left while the clock was in doubt");
    mend(w);
    if (f->server != SERVER_ACCEPTS) {
        witness_trouble(w);
        w->no_mail = w->trouble;
    }
    if (f->calm)
        return;
    /* Where mails are on their way a fault hurts most. */
    bool busy = w->arrivals > before;
    if (busy && f->server == SERVER_ACCEPTS && firm_mishap(f, 0.03))
        break_server(f);
    if (firm_mishap(f, busy ? 0.06 : 0.01))
        crash(f);
}

static void run_until(struct witness *w, instant t)
{
    if (t > world_now(w->firm->world))
        world_run(w->firm->world, t, after_step, w);
    mend(w);
}

/* The clock was behind, and somebody set it right: for a while nobody says so, and nobody is told anything. */
static void set_clock(struct witness *w)
{
    struct firm *f = w->firm;
    world_clock_synchronised(f->world, false);
    world_clock_jumps(f->world, firm_between(f, 2, 60) * HOUR);
    witness_trouble(w);
    run_until(w, world_now(f->world) + firm_between(f, 1, 300) * MINUTE);
    world_clock_synchronised(f->world, true);
}

/* ---- customers ---- */

static void plan_next_buy(struct firm *f, struct buyer *b, date day)
{
    double gap = b->rhythm * (0.5 + chance_unit(&f->chance));
    if (firm_maybe(f, 0.04 * f->size.deeds))
        gap *= 5;
    b->next_buy = day + 1 + (int)gap;
    if (firm_maybe(f, 0.015 * f->size.deeds))
        b->next_buy = firm_maybe(f, 0.3) ? day + firm_between(f, 150, 500) : DATE_NEVER;
}

static void sell(struct firm *f, date day, instant now, int moments_left)
{
    for (int i = 0; i < f->n_buyers; i++) {
        struct buyer *b = &f->buyers[i];
        if (b->next_buy > day || b->gone || !firm_maybe(f, 1.0 / moments_left))
            continue;
        firm_buys(f, b, now);
        plan_next_buy(f, b, day);
    }
}

static void record(struct witness *w, struct buyer *b)
{
    static const enum episode_state outcomes[] = { EPISODE_DONE, EPISODE_LOST, EPISODE_EXCUSED, EPISODE_WON,
                                                   EPISODE_SNOOZED };
    struct firm *f = w->firm;
    enum episode_state outcome = outcomes[firm_pick(f, 5)];
    struct err e;
    instant week = zone_day_start(f->zone, zone_date(f->zone, world_now(f->world)) + 7);
    if (b->gone)
        return;
    witness_answered(w, b, outcome == EPISODE_SNOOZED ? week : INSTANT_NONE);
    if (!world_record(f->world, b->id, outcome, "recorded", &e) && witness_open(w, b->id, INT64_MAX) &&
        outcome != EPISODE_SNOOZED)
        violation(w, NO_ONE_HEARS_TWICE, b->id, "an answer could not be recorded: %s", e.text);
}

static void react(struct witness *w, struct buyer *b)
{
    static const char *const kinds[RULES] = { "call", "call", "review", "visit", "call",
                                              "mail", "call", "call",   "call",  "call" };
    struct firm *f = w->firm;
    double way = chance_unit(&f->chance);
    b->reacts = DATE_NEVER;
    if (b->gone)
        return;
    if (way < 0.6 && b->reacts_to == PROBLEM && b->trouble.closed == INSTANT_NONE)
        firm_mends(f, b, world_now(f->world));
    else if (way < 0.5)
        firm_touches(f, b, world_now(f->world), kinds[b->reacts_to]);
    else if (way < 0.8)
        record(w, b);
    else
        firm_buys(f, b, world_now(f->world));
}

/* A new complaint, or what becomes of the last one. */
static void hear_of_complaint(struct witness *w, struct buyer *b)
{
    struct firm *f = w->firm;
    bool open = b->trouble.serial && b->trouble.closed == INSTANT_NONE;
    if (!b->trouble.serial || (!open && firm_maybe(f, 0.5)))
        firm_complains(f, b);
    else if (firm_maybe(f, 0.2))
        firm_renames_complaint(f, b);
    else
        firm_mends(f, b, open ? world_now(f->world) : INSTANT_NONE);
    w->ears[b - f->buyers].put_off[PROBLEM] += !open; /* opened again long after the telling it is told once more */
}

static void call_customers(struct witness *w, date day)
{
    static const char *const kinds[] = { "call", "visit", "review", "mail" };
    struct firm *f = w->firm;
    for (int i = 0; i < f->shop; i++)
        if (f->buyers[i].reacts <= day)
            react(w, &f->buyers[i]);
    struct buyer *b = &f->buyers[firm_pick(f, f->shop)];
    if (firm_maybe(f, 0.5) && !b->gone)
        firm_touches(f, b, world_now(f->world) - firm_pick(f, 3) * 20 * HOUR, kinds[firm_pick(f, 4)]);
    if (!b->gone && firm_maybe(f, 0.3))
        hear_of_complaint(w, b);
    if (firm_maybe(f, 0.1))
        record(w, &f->buyers[firm_pick(f, f->shop)]);
}

/* ---- the books are corrected ---- */

static void correct_date(struct firm *f, struct buyer *b)
{
    if (!b->n_buys)
        return;
    struct buy *last = &b->buys[b->n_buys - 1 - (size_t)firm_pick(f, b->n_buys > 2 ? 3 : 1)];
    date day = last->day;
    instant at = last->at + firm_between(f, -12, 12) * DAY, now = world_now(f->world);
    firm_never_bought(f, b, day);
    firm_buys(f, b, at < now ? at : now);
}

static void delete_purchase(struct firm *f, struct buyer *b)
{
    if (b->n_buys)
        firm_never_bought(f, b, b->buys[b->n_buys - 1 - (size_t)firm_pick(f, b->n_buys > 2 ? 3 : 1)].day);
}

static void edit_customer(struct firm *f, struct buyer *b)
{
    instant now = world_now(f->world);
    switch (firm_pick(f, 13)) {
    case 0:
    case 1:
        correct_date(f, b);
        break;
    case 2:
        delete_purchase(f, b);
        break;
    case 3:
        firm_buys(f, b, now - firm_between(f, 1, 30) * DAY);
        break;
    case 4:
        firm_buys(f, b, now + firm_between(f, 1, 10) * DAY); /* it becomes true later */
        break;
    case 5:
        b->owner = firm_maybe(f, 0.1) ? NOBODY : firm_pick(f, f->n_people);
        b->handed = now;
        break;
    case 6:
        b->back = now + firm_between(f, 6, 150) * HOUR;
        firm_gone(f, b);
        return;
    case 7:
        b->do_not_contact = !b->do_not_contact;
        break;
    case 8:
        b->active = !b->active;
        break;
    case 9:
        b->category = firm_pick(f, CATEGORIES);
        break;
    case 10:
        b->opportunity = firm_pick(f, 4);
        break;
    case 11:
        if (b->n_touches)
            firm_untouched(f, b, b->touches[b->n_touches - 1].day);
        break;
    case 12:
        firm_unreadable(f, b, b->unreadable ? 0 : firm_pick(f, 3));
        break;
    }
    b->vague |= b->since == DATE_NONE;
    firm_put_buyer(f, b);
}

static void edit_worker(struct firm *f, int i)
{
    struct worker *w = &f->people[i];
    switch (firm_pick(f, 6)) {
    case 0:
    case 1:
        w->away_until = f->today + firm_between(f, 0, 14);
        break;
    case 2:
        w->deputy = firm_maybe(f, 0.7) ? firm_pick(f, f->n_people) : NOBODY;
        break;
    case 3:
        w->active = !w->active || i == BOSS;
        break;
    case 4:
        if (w->address[0])
            w->address[0] = w->address[0] == 'w' ? 'v' : 'w'; /* another one */
        w->mood = SERVER_ACCEPTS;
        break;
    case 5:
        w->manager = i == BOSS ? NOBODY : firm_maybe(f, 0.8) ? BOSS : firm_pick(f, f->n_people);
        break;
    }
    firm_put_worker(f, i);
}

static void edit(struct witness *w)
{
    struct firm *f = w->firm;
    struct buyer *b = &f->buyers[firm_pick(f, f->shop)];
    bool changed = false;
    for (int i = 0; i < f->shop; i++)
        if (f->buyers[i].gone && f->buyers[i].back <= world_now(f->world)) {
            firm_returns(f, &f->buyers[i]);
            changed = true;
        }
    /* Those about whom something is going on are edited most, so that it matters. */
    for (int tries = 0; tries < 20 && firm_maybe(f, 0.9) && !witness_open(w, b->id, INT64_MAX); tries++)
        b = &f->buyers[firm_pick(f, f->shop)];
    if (firm_maybe(f, 0.25) && !b->gone) {
        edit_customer(f, b);
        changed = true;
    }
    if (firm_maybe(f, 0.03))
        edit_worker(f, firm_pick(f, f->n_people));
    if (changed)
        witness_learn(w);
}

/* ---- the configuration is edited ---- */

static void reorganise(struct witness *w)
{
    struct firm *f = w->firm;
    int rule = firm_pick(f, RULES);
    bool retire = firm_maybe(f, 0.3);
    firm_renames_rule(f, rule, retire);
    if (retire)
        witness_forget(w, rule);
}

/* ---- days ---- */

static int by_time(const void *a, const void *b)
{
    const instant *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static void live_a_day(struct witness *w, date day)
{
    struct firm *f = w->firm;
    instant moments[4], start = zone_day_start(f->zone, day), end = zone_day_start(f->zone, day + 1) - MINUTE;
    int n = firm_between(f, f->size.moments / 2, f->size.moments);
    for (int i = 0; i < n; i++)
        moments[i] = start + firm_between(f, 0, (int)((end - start) / SECOND)) * SECOND;
    qsort(moments, (size_t)n, sizeof *moments, by_time);
    for (int i = 0; i < n && !w->violated; i++) {
        run_until(w, moments[i]);
        sell(f, day, moments[i], n - i);
        call_customers(w, day);
        edit(w);
        if (firm_mishap(f, 0.01))
            break_server(f);
        if (firm_mishap(f, 0.02))
            refuse_somebody(f);
        if (!f->source_fails && firm_mishap(f, 0.02))
            break_source(f);
        if (firm_mishap(f, 0.01))
            go_down(w);
        if (firm_mishap(f, 0.003))
            set_clock(w);
        if (firm_mishap(f, 0.02) && f->renamed < 50)
            reorganise(w);
    }
    run_until(w, end);
    witness_complete(w, day % f->size.round, f->size.round);
}

void life_go_on(struct witness *w, int days)
{
    witness_learn(w);
    for (date day = w->firm->start; day < w->firm->start + days && !w->violated; day++)
        live_a_day(w, day);
}

/* ---- the end ---- */

static void make_calm(struct witness *w)
{
    struct firm *f = w->firm;
    f->calm = true;
    f->server_until = f->source_until = world_now(f->world);
    for (int i = 0; i < f->n_people; i++) {
        f->people[i].mood_until = world_now(f->world);
        f->people[i].away_until = DATE_NONE;
        f->people[i].active |= i == f->unassigned; /* somebody is always there to be told */
        firm_put_worker(f, i);
    }
    for (int i = 0; i < f->shop; i++) /* what nobody knows cannot be judged, and waits for ever */
        if (f->buyers[i].opportunity == 3) {
            f->buyers[i].opportunity = 0;
            f->buyers[i].vague = true;
            firm_put_buyer(f, &f->buyers[i]);
        }
    mend(w);
}

/* Who has nothing of before any more is not to become due again. */
static size_t close_the_rest(struct witness *w, int64_t newest)
{
    struct firm *f = w->firm;
    size_t open = 0;
    for (int i = 0; i < f->shop; i++) {
        struct buyer *b = &f->buyers[i];
        size_t n = witness_open(w, b->id, newest);
        open += n;
        if (n == 0 && b->active && !b->gone) {
            b->active = false;
            firm_put_buyer(f, b);
        }
    }
    return open;
}

void life_drain(struct witness *w)
{
    struct firm *f = w->firm;
    make_calm(w);
    date day = zone_date(f->zone, world_now(f->world)) + 1;
    int64_t newest = w->episodes;
    size_t open = close_the_rest(w, newest);
    int least = f->calm_per_week < f->per_day ? f->calm_per_week : f->per_day;
    date last = day + 150 + 7 * (int)open / least; /* if all of it waited for one person */
    for (; open && day <= last && !w->violated; day++) {
        run_until(w, zone_day_start(f->zone, day) + 12 * HOUR);
        firm_buys(f, &f->buyers[f->shop], world_now(f->world));
        witness_complete(w, day % f->size.round, f->size.round);
        if (day % 7 == 0)
            open = close_the_rest(w, newest);
    }
    for (int i = 0; i < f->shop && open && !w->violated; i++)
        if (witness_open(w, f->buyers[i].id, newest))
            violation(w, NOTHING_IS_FORGOTTEN, f->buyers[i].id, "still open though all faults ended long ago (%zu are)",
                      open);
}
