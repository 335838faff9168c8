/* The visits after a sale, and what the referral needs to know of them. */
#ifndef PLAN_AFTER_SALE_H
#define PLAN_AFTER_SALE_H

#include "plan/judge.h"

/* One sale that visits are owed for. */
struct sale {
    const char *key; /* its id, or its day: names its occasions */
    date from;       /* the day the visits are counted from */
};

/* The sales of rule `r` that count on `today`, in order of time, in `a`; returns how many. *undelivered: there are
 * orders, but none with a day of delivery. */
size_t sales_of(const struct subject *s, const struct rule *r, struct arena *a, struct sale **out, bool *undelivered);

/* The day visit k (from 0) of a sale is due. */
date visit_due(const struct bench *b, const struct rule *r, const struct sale *sale, size_t k);

/* The first day of a contact that answers visit k; DATE_NONE: nobody came. `with`: that contact. */
date visit_done(const struct subject *s, const struct rule *r, const struct sale *sale, size_t k,
                const struct contact **with);

#endif
