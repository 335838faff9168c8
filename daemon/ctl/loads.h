/* What a plan amounts to, for each rule and each person: can it be done? */
#ifndef CTL_LOADS_H
#define CTL_LOADS_H

#include "base/arena.h"
#include "plan/forecast.h"

struct loads;

/* Of `days` days from `start` on; both others outlive it. */
struct loads *loads_new(const struct options *o, const struct people *p, date start, int days);
void loads_free(struct loads *l);

/* One more contact; `s` NULL: of nobody. */
void loads_add(struct loads *l, const struct salesperson *s, const struct planned *p);

/* "1352 contacts ...", then a table by rule and one by person where `whole` says so. */
void loads_show(const struct loads *l, bool whole, struct arena *a);

#endif
