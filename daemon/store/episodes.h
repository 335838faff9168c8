/* Episodes in the store. What is read is copied into the arena given. */
#ifndef STORE_EPISODES_H
#define STORE_EPISODES_H

#include "model/followup.h"
#include "store/store.h"

struct episodes {
    struct episode *rows;
    size_t n;
};

/* Write a new one, which nobody heard of yet; its id comes back in it. Its key must be new. */
bool episode_add(struct store *s, struct episode *ep, struct err *e) MUST_CHECK;

bool episode_by_id(struct store *s, int64_t id, struct arena *a, struct episode *out, struct err *e) MUST_CHECK;
bool episodes_of_customer(struct store *s, const char *customer, struct arena *a, struct episodes *out,
                          struct err *e) MUST_CHECK;
bool episodes_of_message(struct store *s, int64_t message, struct arena *a, struct episodes *out,
                         struct err *e) MUST_CHECK;
/* The open ones of a rule. */
bool episodes_of_rule(struct store *s, const char *rule, struct arena *a, struct episodes *out,
                      struct err *e) MUST_CHECK;
bool episodes_in_state(struct store *s, enum episode_state state, struct arena *a, struct episodes *out,
                       struct err *e) MUST_CHECK;

/* The only way an episode changes its state; an illegal move is a bug and ends the program. `ep` is changed too.
 * `next_at` may be INSTANT_NONE: then nothing happens by time. */
bool episode_move(struct store *s, struct episode *ep, enum episode_state to, const char *reason, instant next_at,
                  instant now, struct err *e) MUST_CHECK;

/* One more telling reached somebody at `at`. */
bool episode_told(struct store *s, struct episode *ep, instant at, struct err *e) MUST_CHECK;

/* The source was edited: the same episode hangs on another day now. */
bool episode_rekey(struct store *s, struct episode *ep, const char *occasion, date anchor_day, date due,
                   struct err *e) MUST_CHECK;

/* Its numbers, judged again before anybody was told. */
bool episode_judged(struct store *s, struct episode *ep, const struct defence *d, struct err *e) MUST_CHECK;

bool episode_set_owner(struct store *s, struct episode *ep, const char *owner, struct err *e) MUST_CHECK;

/* Take it out of the calm start's list: it is told in its turn. */
bool episode_forward(struct store *s, struct episode *ep, struct err *e) MUST_CHECK;
bool episodes_release_backlog(struct store *s, const char *rule, struct err *e) MUST_CHECK; /* NULL: of every rule */

/* How many of a rule were opened since `since` and are held. */
bool episodes_held_since(struct store *s, const char *rule, instant since, long *n, struct err *e) MUST_CHECK;

/* Owners whose episodes wait for their turn, and how many of each sort; without rules that are stopped as a mass
 * change.
 */
struct waiting {
    const char *owner; /* NULL: customers without one */
    long fresh, backlog;
};

bool owners_waiting(struct store *s, struct arena *a, struct waiting **out, size_t *n, struct err *e) MUST_CHECK;

/* The next in turn for an owner, by money at risk (`oldest`: by age, not of the backlog). */
struct turn {
    int64_t episode;
    const char *customer;
    bool backlog;
    double at_risk;
};

enum turn_order { TURN_BY_RANK, TURN_BACKLOG_BY_RANK, TURN_OLDEST };

bool episodes_in_turn(struct store *s, const char *owner, enum turn_order order, int most, struct arena *a,
                      struct turn **out, size_t *n, struct err *e) MUST_CHECK;

/* Every customer with an open episode, or with an offer it may still come with: any news about it counts. */
bool customers_open(struct store *s, void (*each)(void *context, const char *customer), void *context,
                    struct err *e) MUST_CHECK;

/* Customers to look at again by `until` because of an episode or a message, with the instant. */
struct wake {
    const char *customer;
    instant at;
};

bool store_wakes(struct store *s, instant until, struct arena *a, struct wake **out, size_t *n,
                 struct err *e) MUST_CHECK;

/* What a person, and others before them, heard of an episode. */
struct heard {
    const char *thread; /* Message-ID of the first message that reached this person; NULL: they heard nothing of it */
    const char *other;  /* whom else it reached last, and on which day of theirs; NULL: nobody */
    date day;
};

bool episode_heard(struct store *s, int64_t episode, const char *person, struct arena *a, struct heard *out,
                   struct err *e) MUST_CHECK;

#endif
