/* How many new cases of a rule on one day are so many that the data, not the customers, must have changed: the
 * mass-change guard (DESIGN.md section 6). */
#ifndef PLAN_MASS_H
#define PLAN_MASS_H

#include "model/options.h"

/* A day on which a rule was judged, and how many new cases it had. */
struct new_cases {
    date day;
    long n;
};

/* What a rule is stopped as: this and its id. */
#define MASS_CHANGE "mass change "

enum {
    MASS_FEWEST = 10, /* new cases of a day that are never a mass */
    MASS_DAYS = 29,   /* of a rule that are looked back on: 28, and the one before them to count from */
};

/* The most new cases of `today` that are no mass change: MASS_FEWEST, or 5 times the mean a day of those before, for
 * each day since the last of them. `rows` are the days before today, oldest first, under the settings the rule has now;
 * the first one is only counted from: on it a rule finds all that was due before it was there. *mean may be NULL.
 * Negative: the rule has not been there for a week yet, and nothing can be said. */
long mass_limit(const struct new_cases *rows, size_t n, date today, double *mean);

/* Is that a mass change? `customers` is how many the rule can judge. */
bool mass_change(long cases, long limit, long customers);

#endif
