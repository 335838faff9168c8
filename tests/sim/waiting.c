/* Nobody waits for a turn where there was room: the other half of "nothing is forgotten". */
#include "sim/witness.h"

#include <string.h>

/* How long all must have been well, so that only the caps can be a reason to wait. */
enum { WELL = 5 };

static bool well(const struct firm *f, const struct worker *to, const struct buyer *b, instant since)
{
    return b->edited < since && f->people_edited < since && to->mood == SERVER_ACCEPTS && to->mood_until < since
           && (to->away_until == DATE_NONE || to->away_until < zone_date(f->zone, since));
}

/* Different mails about customers that this person got on that day of theirs, or since. */
static int came(const struct firm *f, const struct worker *to, date from, date until)
{
    const struct arrival *all;
    size_t n = world_arrivals(f->world, &all);
    int count = 0;
    for (size_t i = n; i-- > 0 && all[i].at > world_now(f->world) - 16 * DAY;) {
        date day = zone_date(to->zone, all[i].at);
        bool again = false;
        if (!all[i].accepted || !all[i].customer[0] || strcmp(all[i].person, to->id) != 0 || day < from || day > until)
            continue;
        for (size_t k = i + 1; k < n && !again; k++)
            again = all[k].accepted && strcmp(all[k].message_id, all[i].message_id) == 0;
        count += !again;
    }
    return count;
}

/* Was that a day on which one more could have been told? */
static bool room_on(const struct firm *f, const struct worker *to, date day)
{
    const int *open = hours_table[to->hours].day[date_weekday(day)];
    date monday = day - date_weekday(day) + 1;
    if (open[0] >= open[1] || naive_holiday(f, to, day) || came(f, to, day, day) >= f->per_day)
        return false;
    return !f->per_week || came(f, to, monday, day) < f->per_week;
}

static void check_turn(struct witness *w, const char *customer, const char *rule, instant since)
{
    static const bool nobody[PEOPLE];
    const struct firm *f = w->firm;
    const struct buyer *b = firm_buyer(w->firm, customer);
    instant now = world_now(f->world);
    int person = naive_route(f, b->owner, now, nobody);
    char text[16];
    if (person == NOBODY || b->gone || !well(f, &f->people[person], b, since))
        return;
    const struct worker *to = &f->people[person];
    date yesterday = zone_date(to->zone, now) - 1;
    for (date day = yesterday - 1; day <= yesterday; day++)
        if (room_on(f, to, day))
            violation(w, NOTHING_IS_FORGOTTEN, customer, "%s waits for its turn, but %s had room for it on %s", rule, to->id,
                      date_print(day, text));
}

void check_waiting(struct witness *w)
{
    instant since = world_now(w->firm->world) - WELL * DAY;
    sqlite3_stmt *st = w->queries[WAITING];
    if (w->trouble > since)
        return;
    sqlite3_reset(st);
    sqlite3_bind_int64(st, 1, since);
    while (sqlite3_step(st) == SQLITE_ROW && !w->violated)
        check_turn(w, (const char *)sqlite3_column_text(st, 0), (const char *)sqlite3_column_text(st, 1), since);
    sqlite3_reset(st);
}
