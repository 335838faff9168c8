/* Nobody waits for a turn where there was room: the other half of "nothing is forgotten". */
#include "sim/witness.h"

#include <string.h>

/* How long all must have been well, so that only the caps can be a reason to wait. */
enum { WELL = 5 };

bool well(const struct firm *f, const struct worker *to, const struct buyer *b, instant since)
{
    return b->edited < since && f->people_edited < since && to->mood == SERVER_ACCEPTS && to->mood_until < since &&
           (to->away_until == DATE_NONE || to->away_until < zone_date(f->zone, since));
}

/* Tellings of this person on those days of theirs: what the daemon counts, with those nobody knows whether they came.
 */
static int told(struct witness *w, const struct worker *to, date from, date until)
{
    sqlite3_stmt *st = w->queries[TELLINGS];
    sqlite3_reset(st);
    sqlite3_bind_text(st, 1, to->id, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int(st, 2, from);
    sqlite3_bind_int(st, 3, until);
    int n = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int(st, 0) : 0;
    sqlite3_reset(st);
    return n;
}

/* Was that a day on which one more could have been told? */
static bool room_on(struct witness *w, const struct worker *to, date day)
{
    const struct firm *f = w->firm;
    const int *open = hours_table[to->hours].day[date_weekday(day)];
    date monday = day - date_weekday(day) + 1;
    if (open[0] >= open[1] || naive_holiday(f, to, day) || told(w, to, day, day) >= f->per_day)
        return false;
    return !f->per_week || told(w, to, monday, day) < f->per_week;
}

/* `full`: who is known to have had no room. */
static void check_turn(struct witness *w, const char *customer, const char *rule, instant since, bool full[])
{
    static const bool nobody[MOST_PEOPLE];
    const struct firm *f = w->firm;
    const struct buyer *b = firm_buyer(w->firm, customer);
    instant now = world_now(f->world);
    int person = naive_route(f, b->owner, now, nobody);
    char text[16];
    if (person == NOBODY || full[person] || b->gone || !well(f, &f->people[person], b, since))
        return;
    const struct worker *to = &f->people[person];
    date yesterday = zone_date(to->zone, now) - 1;
    for (date day = yesterday - 1; day <= yesterday; day++)
        if (room_on(w, to, day))
            violation(w, NOTHING_IS_FORGOTTEN, customer, "%s waits for its turn, but %s had room for it on %s", rule,
                      to->id, date_print(day, text));
    full[person] = true;
}

void check_waiting(struct witness *w)
{
    instant since = world_now(w->firm->world) - WELL * DAY;
    sqlite3_stmt *st = w->queries[WAITING];
    bool full[MOST_PEOPLE] = { false };
    if (w->trouble > since)
        return;
    sqlite3_reset(st);
    sqlite3_bind_int64(st, 1, since);
    while (sqlite3_step(st) == SQLITE_ROW && !w->violated)
        check_turn(w, (const char *)sqlite3_column_text(st, 0), (const char *)sqlite3_column_text(st, 1), since, full);
    sqlite3_reset(st);
}
