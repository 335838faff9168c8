/* What happens to a company: people buy, call, correct their books, go on holiday; servers and the daemon fail. */
#ifndef SIM_LIFE_H
#define SIM_LIFE_H

#include "sim/witness.h"

/* So many days of it. Stops at the first violation. */
void life_go_on(struct witness *w, int days);

/* No faults any more, nobody buys: everything that is open must come to its end. */
void life_drain(struct witness *w);

#endif
