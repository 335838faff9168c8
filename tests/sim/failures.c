/* Promise 8, failure is heard: what could not be done is in the store, where `status` reads it, and was said to the
 * admin. */
#include "sim/witness.h"

#include <stdio.h>
#include <string.h>

/* A source that fails for longer than this is said. */
#define SAID_AFTER (HOUR + 15 * MINUTE)

static bool said(struct witness *w, const char *cause, date since)
{
    sqlite3_stmt *st = w->queries[SAID];
    sqlite3_reset(st);
    sqlite3_bind_text(st, 1, cause, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int(st, 2, since);
    bool yes = sqlite3_step(st) == SQLITE_ROW;
    sqlite3_reset(st);
    return yes;
}

/* The world says that the database cannot be read, whatever the daemon thinks of it. */
static void check_source(struct witness *w)
{
    const struct firm *f = w->firm;
    instant now = world_now(f->world), since = f->source_since > f->crashed ? f->source_since : f->crashed;
    since = w->doubted > since ? w->doubted : since;
    if (f->source_fails && now - since > SAID_AFTER && !said(w, "source", zone_date(f->zone, since)))
        violation(w, FAILURE_IS_HEARD, "anybody", "the database cannot be read for over an hour, and nobody said so");
}

/* Not what is only put off for minutes. */
static bool is_pause(const char *what)
{
    return strncmp(what, "pause ", 6) == 0;
}

/* What is stopped until somebody mends it was said on the day it was stopped. */
static void check_stops(struct witness *w)
{
    sqlite3_stmt *st = w->queries[STOPS];
    sqlite3_reset(st);
    while (sqlite3_step(st) == SQLITE_ROW && !w->violated) {
        const char *what = (const char *)sqlite3_column_text(st, 0);
        date since = zone_date(w->firm->zone, sqlite3_column_int64(st, 1));
        if (strcmp(what, "source") != 0 && !is_pause(what) && !said(w, what, since))
            violation(w, FAILURE_IS_HEARD, "anybody", "%s is stopped, and nobody said so", what);
    }
    sqlite3_reset(st);
}

/* What was raised when mails had been taken for a day (so long is a channel stopped) is sent within another. */
void check_unsent(struct witness *w)
{
    instant now = world_now(w->firm->world), last = w->doubted > w->no_mail ? w->doubted : w->no_mail;
    sqlite3_stmt *st = w->queries[UNSENT];
    sqlite3_reset(st);
    sqlite3_bind_int64(st, 1, now - DAY);
    sqlite3_bind_int64(st, 2, last + DAY + HOUR);
    if (sqlite3_step(st) == SQLITE_ROW)
        violation(w, FAILURE_IS_HEARD, "anybody", "the admin was never told: %s", sqlite3_column_text(st, 0));
    sqlite3_reset(st);
}

/* By now the daemon has filed that the server refused these. */
static void check_refusals(struct witness *w)
{
    const struct arrival *all;
    char cause[128];
    world_arrivals(w->firm->world, &all);
    for (; w->refusals_said < w->n_refusals; w->refusals_said++) {
        const struct arrival *a = &all[w->refusals[w->refusals_said].arrival];
        if (a->at + MINUTE > world_now(w->firm->world))
            return;
        snprintf(cause, sizeof cause, "address email %s", a->address);
        if (a->heard && !said(w, cause, zone_date(w->firm->zone, a->at)))
            violation(w, FAILURE_IS_HEARD, a->customer, "%s was refused, and nobody said so", a->address);
    }
}

void check_failures(struct witness *w)
{
    check_source(w);
    check_stops(w);
    check_refusals(w);
}
