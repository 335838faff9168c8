/* Offers issued with episodes. */
#ifndef STORE_OFFERS_H
#define STORE_OFFERS_H

#include "model/followup.h"
#include "store/store.h"

struct issued_offers {
    struct issued_offer *rows;
    size_t n;
};

/* Issue one; its id comes back in it. */
bool offer_add(struct store *s, struct issued_offer *o, struct err *e) MUST_CHECK;

/* The offer of an episode; id 0: none. */
bool offer_of_episode(struct store *s, int64_t episode, struct arena *a, struct issued_offer *out,
                      struct err *e) MUST_CHECK;

/* All issued until `at`, oldest first. */
bool offers_issued(struct store *s, instant at, struct arena *a, struct issued_offers *out, struct err *e) MUST_CHECK;

bool offer_move(struct store *s, struct issued_offer *o, enum offer_state to, struct err *e) MUST_CHECK;

/* A message that certainly reached nobody is rendered anew: the offer gets a fresh end. */
bool offer_renew(struct store *s, struct issued_offer *o, date last_day, instant ends_at, instant now,
                 struct err *e) MUST_CHECK;

/* Is there an offer of this customer that may still be used? */
bool offer_told_to(struct store *s, const char *customer, bool *told, struct err *e) MUST_CHECK;

/* When this customer last got each offer, of those that reached somebody or may have. */
struct last_offer {
    const char *terms;
    instant at;
};
bool offers_last(struct store *s, const char *customer, struct arena *a, struct last_offer **rows, size_t *n,
                 struct err *e) MUST_CHECK;

/* Is this code given already? */
bool offer_code_taken(struct store *s, const char *code, bool *taken, struct err *e) MUST_CHECK;

/* Used by a purchase with this code, however it is spaced and cased; *found says whether it was ours and open. */
bool offer_used(struct store *s, const char *code, bool *found, struct err *e) MUST_CHECK;

/* What ended by `now` and was neither used nor void is ended. */
bool offers_end(struct store *s, instant now, struct err *e) MUST_CHECK;

#endif
