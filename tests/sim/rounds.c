/* Digests: on their day and hour, once for a round, of own customers only; and nothing that waits for one is forgotten.
 */
#include "sim/witness.h"

#include "base/mem.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ANYBODY "anybody"

/* All working hours here begin and end on a quarter of an hour. */
#define QUARTER (15 * MINUTE)

/* ---- when ---- */

static bool works_on(const struct firm *f, const struct worker *to, date day)
{
    const int *open = hours_table[to->hours].day[date_weekday(day)];
    return open[0] < open[1] && !naive_holiday(f, to, day);
}

static date working_from(const struct firm *f, const struct worker *to, date day)
{
    while (!works_on(f, to, day))
        day++;
    return day;
}

/* The first working time of the first working day from `day` on, but not before the hour that is set. */
static instant opens(const struct firm *f, const struct worker *to, date day)
{
    date first = working_from(f, to, day);
    for (instant t = zone_day_start(to->zone, first);; t += QUARTER) {
        struct civil c = zone_civil(to->zone, t);
        bool late = date_of(c.year, c.month, c.day) > first || c.hour * 60 + c.minute >= f->digests.at;
        if (late && naive_works(f, to, t))
            return t;
    }
}

struct times {
    instant opened; /* INSTANT_NONE: no such round */
    date last;      /* the last day on which it may come */
};

/* The latest round that had opened by `t`. */
static struct times round_at(const struct firm *f, const struct worker *to, enum digest_kind kind, instant t)
{
    struct times r = { INSTANT_NONE, DATE_NONE };
    date today = zone_date(to->zone, t);
    for (date day = today; day > today - 30 && r.opened == INSTANT_NONE; day--) {
        bool wanted = kind == DIGEST_DAILY ? works_on(f, to, day) : date_weekday(day) == f->digests.weekday;
        instant from = wanted ? opens(f, to, day) : INSTANT_NEVER;
        if (from <= t)
            r.opened = from;
    }
    date day = r.opened == INSTANT_NONE ? DATE_NONE : zone_date(to->zone, r.opened);
    if (day != DATE_NONE)
        r.last = kind == DIGEST_DAILY ? day : working_from(f, to, day + 1);
    return r;
}

static void check_day(struct witness *w, const struct arrival *a, const struct worker *to)
{
    char at[32], opened[32] = "none";
    struct times r = round_at(w->firm, to, a->kind, a->at);
    if (r.opened != INSTANT_NONE && zone_date(to->zone, a->at) <= r.last)
        return;
    if (r.opened != INSTANT_NONE)
        instant_print(r.opened, opened);
    violation(w, SILENCE_IS_KEPT, ANYBODY, "%s got the %s digest at %s, the last one that was due opened: %s",
              a->person, digest_kind_name(a->kind), instant_print(a->at, at), opened);
}

/* ---- once ---- */

static void check_copy(struct witness *w, const struct arrival *then, const struct arrival *a, int *before)
{
    ++*before;
    if (then->heard)
        violation(w, NO_ONE_HEARS_TWICE, ANYBODY, "the digest %s was repeated although its answer was heard",
                  a->message_id);
    if (strcmp(then->bytes, a->bytes) != 0)
        violation(w, NO_ONE_HEARS_TWICE, ANYBODY, "the digest %s was repeated with other bytes", a->message_id);
}

static void check_twice(struct witness *w, size_t i, const struct worker *to)
{
    const struct arrival *all;
    int before = 0;
    world_arrivals(w->firm->world, &all);
    const struct arrival *a = &all[i];
    instant round = round_at(w->firm, to, a->kind, a->at).opened;
    for (size_t k = w->n_digests; k-- > 0 && all[w->digests[k]].at > a->at - 30 * DAY;) {
        const struct arrival *then = &all[w->digests[k]];
        if (strcmp(then->message_id, a->message_id) == 0)
            check_copy(w, then, a, &before);
        else if (then->kind == a->kind && strcmp(then->person, a->person) == 0 && a->accepted &&
                 round_at(w->firm, to, then->kind, then->at).opened == round)
            violation(w, NO_ONE_HEARS_TWICE, ANYBODY, "%s got the %s digest of one round twice, %s and %s", a->person,
                      digest_kind_name(a->kind), then->message_id, a->message_id);
    }
    if (before > 1)
        violation(w, NO_ONE_HEARS_TWICE, ANYBODY, "the digest %s came %d times", a->message_id, before + 1);
    if (!a->accepted)
        return;
    w->digests = mem_resize(w->digests, (w->n_digests + 1) * sizeof *w->digests);
    w->digests[w->n_digests++] = i;
}

/* ---- of whom ---- */

static bool anybody_managed(const struct firm *f)
{
    for (int i = 0; i < f->n_people; i++)
        if (f->people[i].manager != NOBODY)
            return true;
    return false;
}

/* Are these customers of people the reader leads, or of nobody, which concerns only those behind all others? */
static bool leads(const struct firm *f, int reader, int owner)
{
    bool stray = owner == NOBODY || !f->people[owner].active;
    for (int up = f->unassigned, depth = 0; stray && up != NOBODY && depth < 16; up = f->people[up].manager, depth++)
        if (up == reader)
            return true;
    return !stray && owner != reader && (anybody_managed(f) ? f->people[owner].manager : f->unassigned) == reader;
}

static bool concerns(struct witness *w, const struct arrival *a, int reader, const struct buyer *b)
{
    bool refused[MOST_PEOPLE];
    if (a->kind == DIGEST_SUMMARY)
        return leads(w->firm, reader, b->owner);
    for (int k = 0; k < 2; k++) {
        who_is_refused(w, a->at, k, refused);
        if (naive_route(w->firm, b->owner, a->at, refused) == reader)
            return true;
    }
    return false;
}

static void check_named(struct witness *w, const struct arrival *a, int reader)
{
    static const char name[] = "Customer ";
    char *text = naive_decode(a->bytes);
    for (const char *at = text; (at = strstr(at, name)) && !w->violated; at++) {
        const char *number = at + strlen(name);
        long i = strtol(number, NULL, 10);
        if (!isdigit((unsigned char)*number) || i >= w->firm->n_buyers)
            continue;
        const struct buyer *b = &w->firm->buyers[i];
        if (b->gone || !b->active || b->do_not_contact)
            violation(w, SILENCE_IS_KEPT, b->id, "the %s digest for %s speaks of somebody who is %s",
                      digest_kind_name(a->kind), a->person,
                      b->gone     ? "gone"
                      : b->active ? "not to be contacted"
                                  : "inactive");
        if (!concerns(w, a, reader, b))
            violation(w, ONLY_THE_OWNER, b->id, "the %s digest for %s speaks of a customer of %s",
                      digest_kind_name(a->kind), a->person,
                      b->owner == NOBODY ? "nobody" : w->firm->people[b->owner].id);
    }
    free(text);
}

void check_digest(struct witness *w, size_t i)
{
    const struct arrival *all;
    world_arrivals(w->firm->world, &all);
    const struct arrival *a = &all[i];
    int reader = firm_worker(w->firm, a->person);
    const struct worker *to = &w->firm->people[reader];
    if (a->kind == DIGEST_SUMMARY && a->n_told)
        violation(w, NO_ONE_HEARS_TWICE, ANYBODY, "a summary tells something for the first time");
    if (!naive_there(w->firm, to, a->at))
        violation(w, SILENCE_IS_KEPT, ANYBODY, "a digest for %s, who is %s", a->person,
                  to->active ? "away" : "inactive");
    check_day(w, a, to);
    check_twice(w, i, to);
    if (!a->again) /* the same bytes: what they tell still stands, what they only mention is as it was */
        check_named(w, a, reader);
}

/* ---- nothing is forgotten ---- */

/* How many things it told to this person in that round; -1: it never came. */
static int told_in(struct witness *w, int person, enum digest_kind kind, const struct times *r)
{
    const struct arrival *all;
    const struct worker *to = &w->firm->people[person];
    world_arrivals(w->firm->world, &all);
    for (size_t k = w->n_digests; k-- > 0 && all[w->digests[k]].at >= r->opened;) {
        const struct arrival *a = &all[w->digests[k]];
        if (a->kind == kind && strcmp(a->person, to->id) == 0 && zone_date(to->zone, a->at) <= r->last)
            return a->n_told;
    }
    return -1;
}

/* It waited before the last round that is over, and all was well: then it was told, unless others took all the lines.
 */
static void check_round(struct witness *w, enum digest_kind kind, const char *customer, const char *rule, instant begun)
{
    static const bool nobody[MOST_PEOPLE];
    const struct firm *f = w->firm;
    const struct buyer *b = firm_buyer(w->firm, customer);
    instant now = world_now(f->world);
    int person = naive_route(f, b->owner, now, nobody);
    char at[32];
    if (person == NOBODY || b->gone)
        return;
    const struct worker *to = &f->people[person];
    const struct ear *ear = &w->ears[b - f->buyers];
    struct times r = round_at(f, to, kind, now - (kind == DIGEST_DAILY ? DAY : 3 * DAY));
    instant since = r.opened - 2 * DAY;
    if (r.opened == INSTANT_NONE || r.last >= zone_date(to->zone, now) || begun > since || since < w->trouble ||
        since < w->doubted || since < f->rules_edited || ear->quiet_until[firm_rule(f, rule)] > r.opened ||
        !settled(b, since) || !well(f, to, b, since) || naive_route(f, b->owner, r.opened, nobody) != person)
        return;
    int told = told_in(w, person, kind, &r);
    if (told < f->digests.lines)
        violation(w, NOTHING_IS_FORGOTTEN, customer, "%s waits for the %s digest; that of %s, which opened at %s, %s",
                  rule, digest_kind_name(kind), to->id, instant_print(r.opened, at),
                  told < 0 ? "never came" : "had room for it");
}

void check_rounds(struct witness *w)
{
    static const char *const reasons[] = { "waiting for the daily digest", "waiting for the weekly digest" };
    sqlite3_stmt *st = w->queries[FOR_DIGEST];
    for (int kind = DIGEST_DAILY; kind <= DIGEST_WEEKLY; kind++) {
        sqlite3_reset(st);
        sqlite3_bind_text(st, 1, reasons[kind], -1, SQLITE_STATIC);
        while (sqlite3_step(st) == SQLITE_ROW && !w->violated)
            check_round(w, (enum digest_kind)kind, (const char *)sqlite3_column_text(st, 0),
                        (const char *)sqlite3_column_text(st, 1), sqlite3_column_int64(st, 2));
        sqlite3_reset(st);
    }
}
