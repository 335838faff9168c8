/* May the wall clock be believed? A jump shows against the time since boot, which nobody can set (DESIGN.md section 7).
 * While it is not believed nobody is judged and nobody is told. */
#ifndef PLAN_CLOCK_H
#define PLAN_CLOCK_H

#include "base/instant.h"

/* What the clocks say at one instant. */
struct tick {
    instant wall;
    duration running;  /* since boot, sleep included */
    bool synchronised; /* somebody keeps the wall clock right and says so, since its last jump. Nobody to ask: false */
};

/* The last instant that was believed, and what was seen since. */
struct belief {
    instant wall;        /* INSTANT_NONE: none ever was */
    duration running;    /* -1: it was before this start */
    duration ahead;      /* the clock may have run ahead by so much */
    bool doubted;        /* it jumped, and nothing has vouched for it yet */
    duration doubted_at; /* time since boot: since then it has gone on without another jump */
    duration jump;       /* how far it was from where it should have been */
    bool reports;        /* it was heard to be synchronised before */
};

/* At a start: `seen` is the last instant that was believed before it, `doubted` whether the clock was in doubt then. A
 * machine may have been off for a week; never is it earlier than it was. */
void belief_begin(struct belief *b, instant seen, bool doubted);

enum trust {
    TRUST_GOES_ON, /* it goes on from where it was believed last, or is back there: at most an hour ahead, and never
                    * back by more than two seconds (a leap second, a small correction) */
    TRUST_SYNCHRONISED, /* it jumped, and is right */
    TRUST_WAITED,       /* it jumped by less than a day ten minutes ago, where nobody ever says whether it is right */
    TRUST_NOT,
};

/* The next instant. What is trusted is believed from here on. *jump: how far the clock is from where it should be. */
enum trust belief_see(struct belief *b, const struct tick *t, duration *jump);

/* Somebody who knows says that it is right now. */
void belief_accept(struct belief *b, const struct tick *t);

/* How far, in the largest unit of which there are two. */
struct distance {
    long long n;
    const char *unit; /* "days", "hours", "minutes", "seconds" */
};

struct distance jump_distance(duration jump);

/* "forward by 3 days", "back by 12 seconds" into `out`, which is returned. */
char *jump_print(duration jump, char out[48]);

#endif
