/* Customers that were merged or renumbered: where what is remembered of an old id belongs. */
#ifndef PLAN_ALIASES_H
#define PLAN_ALIASES_H

#include "model/customer.h"

enum alias_trouble {
    ALIAS_FINE,
    ALIAS_ITSELF, /* it names itself */
    ALIAS_TWICE,  /* one old id is said to be two customers, somewhere on the way */
    ALIAS_CIRCLE, /* it comes back to where it began, or goes on for a thousand steps */
};

/* The id at the end of the chain that begins with `old`; NULL: nothing is concluded, and *trouble says why. ALIAS_FINE
 * and NULL: it is no old id. Rows are in order of their old ids. */
const char *alias_end(const struct aliases *a, const char *old, enum alias_trouble *trouble);

#endif
