#include "plan/route.h"

/* A reporting chain that loops, or is deeper than any company, ends here. */
enum { CHAIN = 16 };

static bool there(const struct salesperson *s, date today)
{
    return s->active && (s->away_until == DATE_NONE || s->away_until < today);
}

static const struct salesperson *upwards(const struct people *p, const struct salesperson *s, date today,
                                         bool (*usable)(const void *context, const struct salesperson *s),
                                         const void *context)
{
    for (int depth = 0; s && depth < CHAIN; depth++) {
        if (there(s, today) && usable(context, s))
            return s;
        const struct salesperson *deputy = person_find(p, s->deputy);
        if (deputy && there(deputy, today) && usable(context, deputy))
            return deputy;
        s = person_find(p, s->manager);
    }
    return NULL;
}

const struct salesperson *route(const struct people *p, const char *owner, const char *unassigned, date today,
                                bool (*usable)(const void *context, const struct salesperson *s), const void *context)
{
    const struct salesperson *configured = person_find(p, unassigned);
    const struct salesperson *s = upwards(p, person_find(p, owner), today, usable, context);
    if (!s)
        s = upwards(p, configured, today, usable, context);
    /* Better the configured person on holiday than nobody; but not somebody who has left. */
    return s || !configured || !configured->active || !usable(context, configured) ? s : configured;
}

duration backoff(int n, duration asked, struct chance *c)
{
    duration wait = n > 6 ? 60 * MINUTE : MINUTE << (n > 0 ? n - 1 : 0);
    if (wait > 60 * MINUTE)
        wait = 60 * MINUTE;
    wait = (duration)((double)wait * (0.8 + 0.4 * chance_unit(c)));
    if (asked > 6 * HOUR)
        asked = 6 * HOUR;
    return wait > asked ? wait : asked;
}

bool feed_stale(date newest, int longest_gap, const struct hours *hours, const struct holidays *off, date today,
                int *limit)
{
    date least = working_days_after(hours, off, newest, 2);
    *limit = longest_gap > 0 && longest_gap < 10 ? 3 * longest_gap : 30;
    if (*limit < 30 && least > newest + *limit)
        *limit = least < newest + 30 ? least - newest : 30;
    return today - newest > *limit;
}
