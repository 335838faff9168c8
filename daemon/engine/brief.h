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

/* What similar customers value, as `p` has learned it: it is not copied. The brief is one of a customer and a rule. */
void brief_add_similar(struct brief *b, const struct paces *p, struct arena *a);

/* The meeting that a review or a visit proposes to `s`, with nothing but its times and its organizer; NULL for other
 * rules, and where the working hours have no room. `seed`: see slot_propose(). */
struct meeting *meeting_of(struct company *company, const struct salesperson *s, const struct rule *r,
                           const struct channel_options *c, uint64_t seed, instant now, struct arena *a);

/* The same with all that names it. Reminders propose another time for the same entry in the calendar: the name is made
 * of the episode's number, which stays when its occasion moves. */
const struct meeting *meeting_of_episode(struct company *company, const struct episode *ep, const struct salesperson *s,
                                         const struct rule *r, const struct channel_options *c,
                                         const uint8_t secret[32], instant now, struct arena *a);

/* Where a channel reaches this person: their mail address, or what the column of that name says. NULL: nowhere. */
const char *person_address(const struct salesperson *s, const char *channel);

/* Render the message as that channel keeps it. */
bool brief_render(struct company *company, const struct channel_options *c, const struct brief *b, struct arena *a,
                  struct rendered *out, struct err *e) MUST_CHECK;

#endif
