#include "model/message.h"

static const char *const state_names[MESSAGE_STATES] = {
    [MESSAGE_QUEUED] = "queued",   [MESSAGE_SENDING] = "sending", [MESSAGE_SENT] = "sent",
    [MESSAGE_REFUSED] = "refused", [MESSAGE_UNKNOWN] = "unknown", [MESSAGE_DROPPED] = "dropped",
};

#define TO(state) (1u << MESSAGE_##state)

static const unsigned moves[MESSAGE_STATES] = {
    [MESSAGE_QUEUED] = TO(SENDING) | TO(DROPPED) | TO(REFUSED),
    [MESSAGE_SENDING] = TO(SENT) | TO(QUEUED) | TO(REFUSED) | TO(UNKNOWN),
    [MESSAGE_UNKNOWN] = TO(SENDING) | TO(DROPPED),
};

const char *message_state_name(enum message_state s)
{
    return state_names[s];
}

bool message_may(enum message_state from, enum message_state to)
{
    return moves[from] & 1u << to;
}

const char *verdict_name(enum verdict v)
{
    static const char *const names[] = {
        [VERDICT_SENT] = "sent", [VERDICT_LATER] = "later", [VERDICT_REFUSED] = "refused", [VERDICT_UNKNOWN] = "unknown"
    };
    return names[v];
}

bool message_doubtful(const struct message *m)
{
    return m->state == MESSAGE_UNKNOWN || m->doubts > 0;
}
