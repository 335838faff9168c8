/* One look at one customer: shared by look.c and reconcile.c. */
#ifndef ENGINE_LOOK_H
#define ENGINE_LOOK_H

#include "engine/inner.h"

struct look {
    struct engine *e;
    struct facts facts; /* as of now, recorded contacts among them */
    struct finding *findings;
    size_t n;
    struct episodes episodes;
    instant again; /* to be looked at again for what only has to wait */
    struct err *err;
};

/* Why a held episode that nothing else holds is held. */
#define WAITING_FOR_ITS_TURN "waiting for its turn"

/* Why one is held whose customer a reading did not bring. */
#define MISSING "missing from the database"

/* What a rule says about an episode's case now. A kind with separate occasions is asked for this very one, NULL if it
 * is over; of the others there is one finding, perhaps for another occasion. NULL also where the rule does not cover
 * the customer. */
const struct finding *finding_for(const struct look *l, const struct episode *ep);

/* Why nothing may be said about this customer at all; NULL: it may. */
const char *silenced(const struct customer *c);

/* An episode against what the rules say now: keep, re-key, close, reopen. */
bool reconcile(struct look *l, struct episode *ep) MUST_CHECK;
bool close_episode(struct look *l, struct episode *ep, enum episode_state to, const char *reason) MUST_CHECK;
bool close_contacted(struct look *l, struct episode *ep) MUST_CHECK;
bool rekey(struct look *l, struct episode *ep, const struct finding *f) MUST_CHECK;

/* separate.c, of kinds with separate occasions. Has the case of that episode become this finding, since the order or
 * the complaint that it was named after is gone? */
bool moved_here(const struct look *l, const struct episode *ep, const struct finding *f);
/* Let an open episode follow its case to another name or day; *f is what is found of it then. */
bool follow_case(struct look *l, struct episode *ep, const struct finding **f) MUST_CHECK;
/* What ended a case that is no longer due, where no talk after the telling did. */
bool close_case(struct look *l, struct episode *ep, const struct finding *f) MUST_CHECK;

/* Is this finding the case of that episode, told before, under another name? Then the database was
 * corrected: it takes the episode up again instead of opening another. */
bool heard_lately(struct look *l, const struct episode *ep, const struct finding *f);
bool take_up_again(struct look *l, struct episode *ep, const struct finding *f) MUST_CHECK;

#endif
