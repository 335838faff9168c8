/* Who is told, when it may leave, and how long to wait: values in, values out. */
#ifndef PLAN_ROUTE_H
#define PLAN_ROUTE_H

#include "base/chance.h"
#include "model/options.h"
#include "plan/hours.h"

/* Owner, else deputy, else manager and so on upwards; else the configured person, in the same way, even one who is
 * away: never nobody. `usable` says whether a person has an address that works. NULL only where nobody of them is left
 * who works here and can be reached. */
const struct salesperson *route(const struct people *p, const char *owner, const char *unassigned, date today,
                                bool (*usable)(const void *context, const struct salesperson *s), const void *context);

/* How long to wait before attempt `n` + 1 (n from 1): 1, 2, 4 ... 60 minutes, give or take a fifth; at least `asked`,
 * which is clamped to six hours (DESIGN.md section 9). */
duration backoff(int n, duration asked, struct chance *c);

/* Is it so long since the company's last purchase that the data, not the customers, must have stopped? `limit` is the
 * number of days that was allowed: 3 x the longest gap of the last year, at least 2 working days of the company after
 * `newest`, at most 30 days. `off` may be NULL. */
bool feed_stale(date newest, int longest_gap, const struct hours *hours, const struct holidays *off, date today,
                int *limit);

#endif
