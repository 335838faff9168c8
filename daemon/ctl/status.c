/* followupctl status */
#include "ctl/ctl.h"

#include "base/courier.h"
#include "plan/season.h"
#include "store/digests.h"
#include "store/episodes.h"
#include "store/ledger.h"
#include "store/messages.h"

#include <string.h>

/* The worst thing seen decides the exit code: 0 all is well, 1 look at it, 2 it does not work (as monitoring plugins
 * do). */
static void worse(int *code, int than)
{
    *code = *code > than ? *code : than;
}

static bool print_pass(struct ctl *c, int *code, struct err *e)
{
    int64_t at, customers, took;
    if (!store_number(c->store, "last pass", 0, &at, e) ||
        !store_number(c->store, "last pass customers", 0, &customers, e) ||
        !store_number(c->store, "last pass milliseconds", 0, &took, e))
        return false;
    if (!at) {
        printf("database    not read yet\n");
        worse(code, CTL_FOUND);
        return true;
    }
    printf("database    %lld customers, read whole on %s in %lld ms\n", (long long)customers, ctl_when(c, at),
           (long long)took);
    if (c->now - at > 2 * DAY) {
        printf("            that is more than two days ago\n");
        worse(code, CTL_CRITICAL);
    }
    return true;
}

/* Each channel: up, paused, or stopped. What is stopped is told once more with the others below. */
static bool print_channels(struct ctl *c, int *code, struct err *e)
{
    for (size_t i = 0; i < c->options->n_channels; i++) {
        const char *name = c->options->channels[i].name;
        struct stop stop, pause;
        if (!stop_get(c->store, arena_print(&c->arena, "channel %s", name), &c->arena, &stop, e) ||
            !stop_get(c->store, arena_print(&c->arena, "pause %s", name), &c->arena, &pause, e))
            return false;
        if (stop.what && stop.until > c->now) {
            printf("channel     %s: stopped, see below\n", name);
        } else if (pause.what) {
            printf("channel     %s: away since %s, %s %s: %s\n", name, ctl_when(c, pause.since),
                   pause.until > c->now ? "tried again at" : "to be tried with the next message since",
                   ctl_when(c, pause.until), pause.why);
            worse(code, c->now - pause.since < HOUR ? CTL_FOUND : CTL_CRITICAL);
        } else {
            printf("channel     %s: up\n", name);
        }
    }
    return true;
}

static bool print_stops(struct ctl *c, int *code, struct err *e)
{
    struct stop *stops;
    size_t n;
    if (!stops_read(c->store, &c->arena, &stops, &n, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (stops[i].until <= c->now && strcmp(stops[i].what, "source") != 0)
            continue;
        if (strncmp(stops[i].what, "pause ", 6) == 0)
            continue; /* said above */
        if (strcmp(stops[i].what, "settings") == 0) {
            printf("settings    refused since %s, those before are in force: %s\n", ctl_when(c, stops[i].since),
                   stops[i].why);
            worse(code, CTL_CRITICAL);
            continue;
        }
        printf("stopped     %s since %s%s%s: %s\n", stops[i].what, ctl_when(c, stops[i].since),
               stops[i].until < INSTANT_NEVER ? " until " : "", ctl_when(c, stops[i].until), stops[i].why);
        worse(code, strncmp(stops[i].what, "address", 7) == 0 ? CTL_FOUND : CTL_CRITICAL);
    }
    return true;
}

static size_t begin_with(const struct episodes *held, const char *reason)
{
    size_t n = 0;
    for (size_t i = 0; i < held->n; i++)
        n += held->rows[i].reason && strncmp(held->rows[i].reason, reason, strlen(reason)) == 0;
    return n;
}

/* What guards hold of those waiting; a mass change is also among what is stopped. */
static bool print_guards(struct ctl *c, const struct episodes *held, struct err *e)
{
    struct stop *stops;
    size_t n, old = 0, season = begin_with(held, SEASON), missing = begin_with(held, "missing from the database");
    for (size_t i = 0; i < held->n; i++)
        old += held->rows[i].backlog;
    if (old)
        printf("calm start  %zu of those waiting were due long before followupd met them: told by rank, %d a person "
               "and week\n"
               "            (\"followupctl list held\" shows them, \"followupctl release calm\" lets them go within "
               "the caps)\n",
               old, c->options->guards.calm_per_week);
    if (season)
        printf("season      %zu of those waiting paused at this time of last year too: each is told when that pause "
               "has passed\n"
               "            (\"followupctl list held\" says when)\n",
               season);
    if (missing)
        printf("gone        %zu of those waiting are of customers missing from the database: withdrawn if they still "
               "are a day later\n",
               missing);
    for (int kind = DIGEST_DAILY; kind <= DIGEST_WEEKLY; kind++) {
        size_t waiting = begin_with(held, digest_reason((enum digest_kind)kind));
        if (waiting)
            printf("digests     %zu of those waiting are told in the next %s digest\n", waiting,
                   digest_kind_name((enum digest_kind)kind));
    }
    if (!stops_read(c->store, &c->arena, &stops, &n, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        size_t mass = 0;
        if (strncmp(stops[i].what, MASS_CHANGE, strlen(MASS_CHANGE)) != 0)
            continue;
        const char *rule = stops[i].what + strlen(MASS_CHANGE);
        for (size_t k = 0; k < held->n; k++)
            mass += held->rows[k].next_at == INSTANT_NONE && strcmp(held->rows[k].rule, rule) == 0;
        printf("mass change %zu of those waiting are held because rule %s had too many new cases in one day\n"
               "            (\"followupctl list held\" shows them, \"followupctl release mass-change %s\" says that "
               "they are real)\n",
               mass, rule, rule);
    }
    return true;
}

static bool print_episodes(struct ctl *c, struct err *e)
{
    static const enum episode_state open[] = { EPISODE_HELD, EPISODE_DUE, EPISODE_TOLD, EPISODE_SNOOZED };
    static const char *const names[] = { "waiting", "on their way", "told and open", "snoozed" };
    struct episodes held = { 0 };
    printf("episodes    ");
    for (size_t i = 0; i < sizeof open / sizeof open[0]; i++) {
        struct episodes all;
        if (!episodes_in_state(c->store, open[i], &c->arena, &all, e))
            return false;
        printf("%zu %s%s", all.n, names[i], i + 1 < sizeof open / sizeof open[0] ? ", " : "\n");
        if (open[i] == EPISODE_HELD)
            held = all;
    }
    return print_guards(c, &held, e);
}

static bool print_messages(struct ctl *c, int *code, struct err *e)
{
    struct messages queued, unknown, settled;
    if (!messages_in_state(c->store, MESSAGE_QUEUED, &c->arena, &queued, e) ||
        !messages_in_state(c->store, MESSAGE_UNKNOWN, &c->arena, &unknown, e) ||
        !messages_settled_since(c->store, c->now - DAY, &c->arena, &settled, e))
        return false;
    size_t sent = 0, refused = 0, doubtful = 0;
    for (size_t i = 0; i < unknown.n; i++)
        doubtful += unknown.rows[i].settled_at == INSTANT_NONE; /* the others count as told */
    for (size_t i = 0; i < settled.n; i++) {
        sent += settled.rows[i].state == MESSAGE_SENT;
        refused += settled.rows[i].state == MESSAGE_REFUSED;
    }
    printf("messages    %zu sent and %zu refused in the last 24 hours, %zu to be tried again, %zu in doubt\n", sent,
           refused, queued.n, doubtful);
    if (refused)
        worse(code, CTL_FOUND);
    return true;
}

static bool print_alerts(struct ctl *c, int *code, struct err *e)
{
    struct alert *alerts;
    size_t n;
    date today = zone_date(company_zone(c->company), c->now);
    if (!alerts_since(c->store, today - 1, &c->arena, &alerts, &n, e))
        return false;
    for (size_t i = 0; i < n; i++)
        printf("alert       %s: %s\n", ctl_when(c, alerts[i].at), alerts[i].text);
    if (n)
        worse(code, CTL_FOUND);
    return true;
}

static int run(struct ctl *c, int argc, char **argv)
{
    struct err e;
    int code = CTL_OK;
    if (argc)
        return ctl_fail(CTL_USAGE, "status takes no argument \"%s\"", argv[0]);
    if (!c->store) {
        printf("daemon      never started: there is no store at %s; start it: systemctl start followupd\n",
               c->options->store);
        return CTL_CRITICAL;
    }
    long pid = store_daemon(c->store);
    if (pid)
        printf("daemon      running, process %ld\n", pid);
    else
        printf("daemon      not running\n");
    worse(&code, pid ? CTL_OK : CTL_CRITICAL);
    if (!print_pass(c, &code, &e) || !print_episodes(c, &e) || !print_messages(c, &code, &e) ||
        !print_channels(c, &code, &e) || !print_stops(c, &code, &e) || !print_alerts(c, &code, &e))
        return ctl_fail(CTL_CRITICAL, "%s", e.text);
    printf("%s\n", code == CTL_OK      ? "all is well"
                   : code == CTL_FOUND ? "look at the lines above"
                                       : "something does not work");
    return code;
}

const struct verb verb_status = {
    .name = "status",
    .arguments = "",
    .what = "How followupd is doing. Exit code 0: well, 1: look at it, 2: something does not work.",
    .run = run,
    .store = true,
};
