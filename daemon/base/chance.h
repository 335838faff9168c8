/* Chance that a caller hands in, so that a seed repeats a run exactly. Not for secrets: see base/token.h. */
#ifndef BASE_CHANCE_H
#define BASE_CHANCE_H

#include <stdint.h>

struct chance {
    uint64_t state[4]; /* xoshiro256** by Blackman and Vigna */
};

void chance_seed(struct chance *c, uint64_t seed);
uint64_t chance_next(struct chance *c);

/* Evenly in [0, bound); bound > 0. */
uint64_t chance_below(struct chance *c, uint64_t bound);

/* Evenly in [0, 1). */
double chance_unit(struct chance *c);

#endif
