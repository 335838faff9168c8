#include "model/followup.h"

#include <string.h>

static const char *const state_names[EPISODE_STATES] = {
    [EPISODE_DUE] = "due",
    [EPISODE_HELD] = "held",
    [EPISODE_TOLD] = "told",
    [EPISODE_SNOOZED] = "snoozed",
    [EPISODE_DONE] = "done",
    [EPISODE_WON] = "won",
    [EPISODE_LOST] = "lost",
    [EPISODE_EXCUSED] = "excused",
    [EPISODE_WITHDRAWN] = "withdrawn",
    [EPISODE_UNANSWERED] = "unanswered",
    [EPISODE_CONTROL] = "control",
};

#define TO(state) (1u << EPISODE_##state)
#define ANSWERED (TO(DONE) | TO(WON) | TO(LOST) | TO(EXCUSED) | TO(WITHDRAWN))

/* Every legal move. A final state reopens only when the purchase or contact that ended it disappears from the source,
 * or the complaint that was closed is opened again; to `due` where its message is still on the way. */
static const unsigned moves[EPISODE_STATES] = {
    [EPISODE_DUE] = TO(HELD) | TO(TOLD) | ANSWERED,
    [EPISODE_HELD] = TO(DUE) | TO(CONTROL) | ANSWERED,
    [EPISODE_TOLD] = TO(DUE) | TO(SNOOZED) | TO(UNANSWERED) | ANSWERED,
    [EPISODE_SNOOZED] = TO(DUE) | TO(TOLD) | TO(UNANSWERED) | ANSWERED,
    [EPISODE_WON] = TO(DUE) | TO(TOLD),
    [EPISODE_DONE] = TO(DUE) | TO(HELD) | TO(TOLD),
    [EPISODE_WITHDRAWN] = TO(DUE) | TO(HELD) | TO(TOLD),
};

const char *episode_state_name(enum episode_state s)
{
    return state_names[s];
}

enum episode_state episode_state_named(const char *name)
{
    int s = 0;
    while (s < EPISODE_STATES && strcmp(state_names[s], name) != 0)
        s++;
    return (enum episode_state)s;
}

bool episode_final(enum episode_state s)
{
    return s >= EPISODE_DONE;
}

bool episode_may(enum episode_state from, enum episode_state to)
{
    return moves[from] & 1u << to;
}

const char *episode_name(const struct episode *ep, struct arena *a)
{
    return rule_traits(ep->kind).separate ? arena_print(a, "%s %s", ep->rule, ep->occasion) : ep->rule;
}

const char *offer_state_name(enum offer_state s)
{
    static const char *const names[ISSUED_OFFER_STATES] = {
        [ISSUED_OFFER_ISSUED] = "issued", [ISSUED_OFFER_TOLD] = "told", [ISSUED_OFFER_USED] = "used",
        [ISSUED_OFFER_ENDED] = "ended",   [ISSUED_OFFER_VOID] = "void",
    };
    return names[s];
}
