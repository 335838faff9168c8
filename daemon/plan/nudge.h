/* When a salesperson is reminded that an offer ends. Values in, values out. */
#ifndef PLAN_NUDGE_H
#define PLAN_NUDGE_H

#include "plan/judge.h"

/* Whose hours and days count. */
struct reader_time {
    const struct hours *hours;
    const struct holidays *off; /* may be NULL */
    const struct zone *zone;
};

/* The first working moment of the reader within the last `before` of an offer that holds until the end of `last_day`,
 * at `ends_at`; where there is none, the opening of the last working day before. INSTANT_NEVER: none in two months. */
instant nudge_at(const struct bench *b, const struct reader_time *reader, date last_day, instant ends_at,
                 struct period before);

#endif
