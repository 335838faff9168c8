/* The mass-change guard: when half a table is gone, everybody seems to be late. While a rule has suspiciously many new
 * cases in one day, nothing of it is told for the first time until the admin says that they are real. */
#include "engine/inner.h"

#include "plan/fingerprint.h"

#include <stdio.h>
#include <string.h>

static const char *stop_name(struct engine *e, const struct rule *r)
{
    return arena_print(&e->step, MASS_CHANGE "%s", r->id);
}

bool mass_holds(const struct engine *e, const char *rule)
{
    const struct rule *r = rule_find(e->options, rule);
    return r && e->mass[r - e->options->rules];
}

/* A hold goes over to the rule that takes another's place. */
static bool hand_on(struct engine *e, const struct stop *stop, const struct rule *to, struct err *err)
{
    return strcmp(stop->what, stop_name(e, to)) == 0 ||
           (stop_set(e->store, stop_name(e, to), stop->since, stop->until, stop->why, err) &&
            stop_clear(e->store, stop->what, err));
}

/* A hold of a rule that is gone, or of a guard that was turned off, ends. */
bool mass_load(struct engine *e, struct err *err)
{
    struct stop *stops;
    size_t n;
    memset(e->mass, 0, e->options->n_rules * sizeof *e->mass);
    if (!stops_read(e->store, &e->step, &stops, &n, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (strncmp(stops[i].what, MASS_CHANGE, strlen(MASS_CHANGE)) != 0)
            continue;
        const struct rule *r = rule_heir(e->options, stops[i].what + strlen(MASS_CHANGE));
        bool goes_on = r && e->options->guards.mass_change;
        if (goes_on)
            e->mass[r - e->options->rules] = true;
        if (!(goes_on ? hand_on(e, &stops[i], r, err) : stop_clear(e->store, stops[i].what, err)))
            return false;
    }
    return true;
}

bool mass_count(struct engine *e, const struct rule *r, struct err *err)
{
    e->mass_unchecked = true;
    return newcomers_add(e->store, r->id, fingerprint_of_rule(e->options, r), e->today, 1, err);
}

struct coverage {
    const struct options *options;
    const struct rule *rule;
};

static bool covered(void *context, const char *category)
{
    const struct coverage *c = context;
    return judge_covers(c->options, c->rule, category);
}

/* Whom the rule can judge at all: prospects are no customers of a rule about orders. */
static long customers_of(const struct engine *e, const struct rule *r)
{
    struct coverage c = { e->options, r };
    bool orders =
        r->kind == RULE_LAPSE || r->kind == RULE_DECLINE || r->kind == RULE_AFTER_SALE || r->kind == RULE_REFERRAL;
    return agenda_count(e->agenda, orders, covered, &c);
}

static bool hold(struct engine *e, const struct rule *r, long cases, long limit, long customers, struct err *err)
{
    char day[16];
    const char *why = arena_print(&e->step, "%ld new cases on %s, at most %ld are usual; it has %ld customers", cases,
                                  date_print(e->today, day), limit, customers);
    e->mass[r - e->options->rules] = true;
    return stop_set(e->store, stop_name(e, r), e->now, INSTANT_NEVER, why, err) && desks_load(e, err) &&
           raise_alert(e, stop_name(e, r),
                       &(struct notice){ PHRASE_ALERT_MASS_CHANGE,
                                         .numbers = { (double)cases, (double)limit, (double)customers },
                                         .texts = { r->id }, .day = e->today },
                       err);
}

/* A new day of a hold: is there still a mass? What was restored has closed its cases by itself. */
static bool look_again(struct engine *e, const struct rule *r, long limit, struct err *err)
{
    struct stop stop;
    long left;
    if (!stop_get(e->store, stop_name(e, r), &e->step, &stop, err))
        return false;
    const struct zone *z = company_zone(e->company);
    date since = zone_date(z, stop.since);
    if (!episodes_held_since(e->store, r->id, zone_day_start(z, since), &left, err))
        return false;
    if (left > limit)
        return raise_alert(
            e, stop_name(e, r),
            &(struct notice){ PHRASE_ALERT_STILL_HELD, .numbers = { (double)left }, .texts = { r->id }, .day = since },
            err);
    note(e, 5, NULL, "the mass change of rule %s is over: still held of it: %ld", r->id, left);
    e->mass[r - e->options->rules] = false;
    return stop_clear(e->store, stop_name(e, r), err) && desks_load(e, err);
}

static bool check(struct engine *e, const struct rule *r, struct err *err)
{
    struct new_cases *days;
    size_t n;
    uint64_t settings = fingerprint_of_rule(e->options, r);
    bool held = mass_holds(e, r->id);
    if (!newcomers_add(e->store, r->id, settings, e->today, 0, err) ||
        !newcomers_read(e->store, r->id, settings, e->today - MASS_DAYS, e->today, &e->step, &days, &n, err))
        return false;
    long cases = days[n - 1].n, limit = mass_limit(days, n - 1, e->today, NULL);
    long customers = limit >= 0 && cases > limit ? customers_of(e, r) : 0;
    bool mass = mass_change(cases, limit, customers);
    if (mass && !newcomers_reset(e->store, r->id, e->today, err))
        return false;
    if (held)
        return e->mass_day == e->today || look_again(e, r, limit < 0 ? MASS_FEWEST : limit, err);
    return !mass || hold(e, r, cases, limit, customers, err);
}

bool mass_check(struct engine *e, struct err *err)
{
    if (!e->options->guards.mass_change || (!e->mass_unchecked && e->mass_day == e->today))
        return true;
    for (size_t i = 0; i < e->options->n_rules; i++)
        if (!check(e, &e->options->rules[i], err))
            return false;
    e->mass_unchecked = false;
    e->mass_day = e->today;
    return true;
}
