/* What a digest says about many customers at once: its numbers in words, its parts and their lines. */
#ifndef COMPOSE_DIGEST_H
#define COMPOSE_DIGEST_H

#include "compose/values_parts.h"

/* Give `v` the object "digest", and a summary the list "people". */
void digest_put(struct values *v, const struct digest *d);

#endif
