/* When to meet a customer: a proposal that fits into working hours. Values in, values out. */
#ifndef PLAN_SLOT_H
#define PLAN_SLOT_H

#include "plan/hours.h"

struct slot {
    instant start, end;
};

struct slot_wish {
    const struct hours *hours;
    const struct holidays *off; /* may be NULL */
    const struct zone *zone;    /* of the person who is to meet */
    instant now;                /* of the telling */
    date away_until;            /* the last day away; DATE_NONE: not away */
    int minutes;                /* how long it takes, 1 to 24 hours */
    uint64_t seed;              /* the number of the occasion */
};

/* A time from the second to the fifth working day ahead that begins on a full or half hour and lies inside the working
 * hours of one day, where no clock is changed; by daylight and not at noon if there is such a time. The same wish
 * always gives the same slot; wishes that differ only in seeds which follow one another give different ones for as long
 * as there are any. False if there is no room in six weeks. */
bool slot_propose(const struct slot_wish *w, struct slot *out) MUST_CHECK;

#endif
