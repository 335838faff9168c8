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
/* Did somebody speak with the customer after the first telling? */
bool contact_since(struct look *l, const struct episode *ep, bool *since) MUST_CHECK;
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

/* What one message says about a customer, that which leads it first. They point into the look's episodes. */
struct things {
    struct thing {
        struct episode *ep;
        const struct rule *rule;
    } * rows;
    size_t n;
};

/* What is more than a reader takes in at once comes in the next message. */
enum { THINGS_MOST = 8 };

/* together.c: what is told to `s` just now: `first`, and whatever else is due for this customer. */
bool things_due(struct look *l, struct episode *first, const struct salesperson *s, struct things *out) MUST_CHECK;
/* What a message on its way tells, as far as it is still open. */
bool things_of_message(struct look *l, const struct message *m, struct things *out) MUST_CHECK;
/* ", with review, visit": the others beside that one; "" if there is none. */
const char *things_beside(const struct things *t, size_t one, struct arena *a);
/* Of a message that certainly reached nobody this one is no longer told; the others are. */
bool leave_message(struct look *l, struct episode *ep, const struct message *m) MUST_CHECK;
/* Render the text into the message. What cannot be rendered is no trouble of the daemon's: *why says it. */
bool dress(struct look *l, const struct things *t, struct message *m, const struct salesperson *s,
           const char **why) MUST_CHECK;

/* nudge.c: it was told, and its time has come: is it told once more, to `s` (NULL: nobody can be)? A repeat is; so is
 * the nudge before the offer ends, and, where nothing else follows, who has taken the customer over since. */
enum step_now { STEP_TELL, STEP_WAIT, STEP_GIVE_UP };
bool step_now(struct look *l, const struct episode *ep, const struct salesperson *s, enum step_now *out,
              instant *until) MUST_CHECK;

/* offer.c: the one that a message about these mentions, new or told before; id 0: none. */
bool choose_offer(struct engine *e, const struct things *t, struct issued_offer *o, struct err *err) MUST_CHECK;

/* tell.c: claim one step of an episode for the person it is due to, with all that is due for the customer; where it may
 * not leave now, it waits. */
bool tell(struct look *l, struct episode *ep, const struct rule *r) MUST_CHECK;
/* Try a message again that is queued or in doubt, once for all that it tells. */
bool tell_again(struct look *l, struct message *m) MUST_CHECK;

#endif
