/* The contacts of the days to come, if everything goes as planned: each that falls due is made on its day, and nothing
 * else happens. Values in, values out. */
#ifndef PLAN_FORECAST_H
#define PLAN_FORECAST_H

#include "plan/judge.h"

enum unless { UNLESS_NOTHING, UNLESS_ORDERED, UNLESS_SOLVED };

/* One contact that will be asked for. */
struct planned {
    const struct rule *rule;
    const char *occasion;
    date day;        /* a working day of whoever makes it, as they would be told; `today`, or the next, if it is due */
    date due;        /* of the finding, wherever that falls */
    date anchor;     /* occasion: the day itself, which may be ahead */
    int part, parts; /* after-sale: which visit of how many; occasion: which anniversary, 0: none */
    enum unless unless; /* it is only due if that does not happen before */
    bool made;          /* it is work in this plan: all but what is due only if something goes wrong */
};

/* Whoever makes the contacts, and what they did before. */
struct forecast_wish {
    const struct hours *hours;
    const struct holidays *off; /* may be NULL */
    int days;                   /* from `today` on */
    /* Cases that are closed, or whose telling counts for the time until the next (`day`): these are not planned again.
     */
    const struct planned *before;
    size_t n_before;
};

/* What is planned for a customer from b->today on, in order of days, in `a`; returns how many. `f` as judge() takes it.
 * At most one look a day is taken, so that any rules come to an end. A lapse is planned once, on the day it becomes one
 * if nothing is bought; a decline only if it is there today, because it is made of orders that nobody knows yet. */
size_t forecast(const struct bench *b, const struct facts *f, date first_seen, const struct forecast_wish *w,
                struct arena *a, struct planned **out);

#endif
