/* What a message about a customer is made of: the daemon, preview and test-send render from the same brief. */
#ifndef ENGINE_BRIEF_H
#define ENGINE_BRIEF_H

#include "engine/company.h"

/* Who a channel's messages come from, and the domain of their Message-IDs. */
const char *channel_from(const struct channel_options *c);
const char *channel_domain(const struct channel_options *c, struct arena *a);

/* A mail address as it goes on the wire and into headers: bare, its domain in ASCII. What is none comes back as it is.
 */
const char *address_to_write(const char *address, struct arena *a);

/* Everything but the numbers, the offer, the step and the ids. `f` and `r` may be NULL (a test message). */
struct brief brief_of(struct company *company, const struct people *people, const struct salesperson *to,
                      const struct facts *f, const struct rule *r, const struct channel_options *c, const char *address,
                      instant now);

#endif
