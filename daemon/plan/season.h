/* A customer that pauses at the same time of every year is not lost: the season guard (DESIGN.md section 6). */
#ifndef PLAN_SEASON_H
#define PLAN_SEASON_H

#include "base/arena.h"
#include "model/followup.h"

struct season {
    date from, until; /* the pause a year ago: its last and its next purchase day */
    date tell; /* the first day on which this year's silence is told: a year and 14 days after that pause ended */
};

/* Did the customer pause on the day a year before the finding was due, for longer than its threshold? Only of what
 * goes by purchase days: lapses. */
bool season_of(const struct facts *f, const struct finding *x, struct season *out);

/* How the reason of an episode that waits for the end of its season begins. */
#define SEASON "season: "

/* "season: it paused from 2024-09-25 to 2025-04-05 too; told from 2026-04-19" */
const char *season_reason(const struct season *s, struct arena *a);

#endif
