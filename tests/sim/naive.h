/* The naive model: thresholds and due days by brute force, hours by the minute, the route by walking it. Plain, and
 * with no line in common with the engine. */
#ifndef SIM_NAIVE_H
#define SIM_NAIVE_H

#include "sim/firm.h"

/* What a rule says about a buyer. The category's pace may have been learned before or after an edit of today: then the
 * day is a range. */
struct duty {
    bool judged, met;      /* met: hangs on the day it was first seen */
    bool never;            /* there is none of the contacts that it counts from */
    date anchor;           /* the day it hangs on */
    date earliest, latest; /* the first day it is due */
    date due;              /* of the latest occasion, by `latest` */
    date due_soonest;      /* the same by `earliest` */
    int count;             /* which occasion of this anchor */
    int occasion;          /* what tells occasions of one anchor apart; 0: two are possible */
};

/* The purchases of this buyer were changed. */
void naive_count(struct buyer *b);

struct duty naive_duty(const struct firm *f, const struct buyer *b, int rule, instant now);

/* Learn the paces anew for the day of `now`: a new day begins with them, an edit within a day widens what is possible.
 */
void naive_learn(struct firm *f, instant now);

/* Note which silence is due now, see struct was_due. */
void naive_note_due(struct firm *f, struct buyer *b, instant now);

/* Is the duty due at `now`, by any pace it was ever judged with? */
bool naive_may_be_due(const struct firm *f, const struct buyer *b, int rule, instant now);
bool naive_surely_due(const struct firm *f, const struct buyer *b, int rule, instant now, struct duty *out);

/* Quoted-printable, as much of it as a mail of ours has. The caller frees it. */
char *naive_decode(const char *bytes);

bool naive_holiday(const struct firm *f, const struct worker *w, date day);
bool naive_works(const struct firm *f, const struct worker *w, instant t);
bool naive_there(const struct firm *f, const struct worker *w, instant t);

/* Owner, deputy, manager and so on up, then whoever is configured. `refused` says whose address the server turned away
 * lately. */
int naive_route(const struct firm *f, int owner, instant t, const bool refused[MOST_PEOPLE]);

/* The first day on which a repeat may come after a telling of `day`. */
date naive_repeat_day(const struct firm *f, int rule, const struct worker *w, date day);

#endif
