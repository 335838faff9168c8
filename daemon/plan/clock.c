#include "plan/clock.h"

#include <stdio.h>

static const duration back = 2 * SECOND, hour_ahead = HOUR, week_ahead = 7 * DAY;
static const duration short_jump = DAY, wait_for_short = 10 * MINUTE;

void belief_begin(struct belief *b, instant seen, bool doubted)
{
    *b = (struct belief){
        .wall = seen, .running = -1, .ahead = doubted ? hour_ahead : week_ahead, .doubted = doubted, .doubted_at = -1
    };
}

void belief_accept(struct belief *b, const struct tick *t)
{
    b->wall = t->wall;
    b->running = t->running;
    b->ahead = hour_ahead;
    b->doubted = false;
}

static enum trust judge_jump(const struct belief *b, const struct tick *t, duration jump)
{
    if (jump >= -back && jump <= b->ahead)
        return TRUST_GOES_ON;
    if (t->synchronised)
        return TRUST_SYNCHRONISED;
    bool steady = jump >= b->jump - back && jump <= b->jump + back && t->running - b->doubted_at >= wait_for_short;
    if (b->doubted && steady && !b->reports && jump > -short_jump && jump < short_jump)
        return TRUST_WAITED;
    return TRUST_NOT;
}

enum trust belief_see(struct belief *b, const struct tick *t, duration *jump)
{
    if (b->running < 0)
        b->running = t->running;
    b->reports |= t->synchronised;
    *jump = b->wall == INSTANT_NONE ? 0 : t->wall - b->wall - (t->running - b->running);
    if (b->doubted_at < 0) { /* doubted before this start */
        b->doubted_at = t->running;
        b->jump = *jump;
    }
    enum trust trust = judge_jump(b, t, *jump);
    if (trust != TRUST_NOT) {
        belief_accept(b, t);
    } else if (!b->doubted || *jump < b->jump - back || *jump > b->jump + back) {
        b->doubted = true;
        b->doubted_at = t->running;
    }
    b->jump = *jump;
    return trust;
}

struct distance jump_distance(duration jump)
{
    static const struct {
        duration unit;
        const char *name;
    } units[] = { { DAY, "days" }, { HOUR, "hours" }, { MINUTE, "minutes" }, { SECOND, "seconds" } };
    duration size = jump < 0 ? -jump : jump;
    size_t i = 0;
    while (i + 1 < sizeof units / sizeof units[0] && size < 2 * units[i].unit)
        i++;
    return (struct distance){ size / units[i].unit, units[i].name };
}

char *jump_print(duration jump, char out[48])
{
    struct distance far = jump_distance(jump);
    snprintf(out, 48, "%s by %lld %s", jump < 0 ? "back" : "forward", far.n, far.unit);
    return out;
}
