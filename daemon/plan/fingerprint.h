/* A customer's facts in one number, to notice that one of them changed. */
#ifndef PLAN_FINGERPRINT_H
#define PLAN_FINGERPRINT_H

#include "model/customer.h"

/* Differs whenever a single value differs, or (but for one case in 2^64) whenever several do. Days follow from their
 * instants. */
uint64_t fingerprint_of(const struct facts *f);

#endif
