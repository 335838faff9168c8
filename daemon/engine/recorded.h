/* Contacts that people recorded with us stand beside those of the company's database. */
#ifndef ENGINE_RECORDED_H
#define ENGINE_RECORDED_H

#include "base/zone.h"
#include "model/customer.h"
#include "store/store.h"

/* Put the recorded contacts of this customer among its facts, in order of time; the new list is in `a`. */
bool recorded_add(struct store *s, const struct zone *company, struct facts *f, struct arena *a,
                  struct err *e) MUST_CHECK;

#endif
