#include "base/chance.h"

static uint64_t rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

/* splitmix64, as the authors of xoshiro recommend for seeding. */
void chance_seed(struct chance *c, uint64_t seed)
{
    for (int i = 0; i < 4; i++) {
        uint64_t z = seed += 0x9e3779b97f4a7c15;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        c->state[i] = z ^ z >> 31;
    }
}

uint64_t chance_next(struct chance *c)
{
    uint64_t *s = c->state;
    uint64_t result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

uint64_t chance_below(struct chance *c, uint64_t bound)
{
    uint64_t limit = -bound % bound, x; /* values under it would favour small results */
    do
        x = chance_next(c);
    while (x < limit);
    return x % bound;
}

double chance_unit(struct chance *c)
{
    return (double)(chance_next(c) >> 11) * 0x1p-53;
}
