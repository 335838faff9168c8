#include "plan/mass.h"

enum {
    TIMES = 5,      /* the mean */
    PERCENT = 10,   /* of the rule's customers: fewer are no mass */
    FIRST_DAYS = 7, /* weekdays differ, so a mean is one of a week at least */
};

long mass_limit(const struct new_cases *rows, size_t n, date today, double *mean)
{
    long sum = 0;
    if (n == 0 || rows[n - 1].day - rows[0].day < FIRST_DAYS)
        return -1;
    for (size_t i = 1; i < n; i++)
        sum += rows[i].n;
    double a_day = (double)sum / (rows[n - 1].day - rows[0].day);
    if (mean)
        *mean = a_day;
    double most = TIMES * a_day * (today - rows[n - 1].day); /* while nobody was judged, cases have gathered */
    return most > MASS_FEWEST ? (long)most : MASS_FEWEST;
}

bool mass_change(long cases, long limit, long customers)
{
    return limit >= 0 && cases > limit && cases > customers * PERCENT / 100;
}
