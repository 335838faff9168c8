/* Civil time of one place, read from the system's zoneinfo (TZif, RFC 8536). Reentrant; knows nothing of $TZ. */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include "base/err.h"
#include "base/instant.h"

struct zone;

/* Read the rules of `name` ("Europe/Oslo", "UTC"). An unknown name is an error that says so. */
bool zone_open(struct zone **out, const char *name, struct err *e) MUST_CHECK;
void zone_close(struct zone *z);
const char *zone_name(const struct zone *z);

/* Seconds to add to UTC at `t`. */
int zone_offset(const struct zone *z, instant t);

/* From `t` until before this instant the offset stays the same; INSTANT_NEVER: for ever. */
instant zone_next_change(const struct zone *z, instant t);

/* What clock and calendar show there at `t`. */
struct civil zone_civil(const struct zone *z, instant t);
date zone_date(const struct zone *z, instant t);

/* The instants at which they show `c`: none (skipped hour), one, or two (repeated hour), in order; returns how many. */
int zone_instants(const struct zone *z, const struct civil *c, instant out[2]);

/* One of them: the first; for a skipped hour as many minutes later as the clocks were put forward. */
instant zone_instant(const struct zone *z, const struct civil *c);

/* The first instant of day `d` there (not always 00:00). */
instant zone_day_start(const struct zone *z, date d);

#endif
