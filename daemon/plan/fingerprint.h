/* A customer's facts, or a rule's settings, in one number, to notice that one of them changed. */
#ifndef PLAN_FINGERPRINT_H
#define PLAN_FINGERPRINT_H

#include "model/options.h"

/* Differs whenever a single value differs, or (but for one case in 2^64) whenever several do. Days follow from their
 * instants. */
uint64_t fingerprint_of(const struct facts *f);

/* All settings that decide whom a rule covers and when it is due, those of the other rules of its kind among them.
 * Not what is told then: offer, repeats, weekday. */
uint64_t fingerprint_of_rule(const struct options *o, const struct rule *r);

#endif
