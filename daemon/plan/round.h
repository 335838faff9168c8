/* When a digest is due: once a day or once a week, at a set hour inside the working hours of whoever reads it. */
#ifndef PLAN_ROUND_H
#define PLAN_ROUND_H

#include "plan/hours.h"

struct round_wish {
    const struct hours *hours; /* of the reader */
    const struct holidays *off;
    const struct zone *zone;
    int weekday; /* 1 Monday ... 7 Sunday; 0: every working day */
    int at;      /* minutes of the local day; outside of working hours: when they begin next */
};

struct round {
    date day;            /* the day it stands for: unique for a reader */
    instant from, until; /* when it may leave; it does not any more from `until` on */
};

/* The first that is not over at `now`. A weekday on which the reader does not work moves to the next day on which they
 * do, and rounds that meet there are one; a weekly one may still leave on the working day after it was due, a daily one
 * on its own day only. False: this reader never works. */
bool round_next(const struct round_wish *w, instant now, struct round *out);

#endif
