/* One rendered text to one person over one channel, and what becomes of it. */
#ifndef MODEL_MESSAGE_H
#define MODEL_MESSAGE_H

#include "base/instant.h"

#include <stdbool.h>
#include <stddef.h>

enum message_state {
    MESSAGE_QUEUED,
    MESSAGE_SENDING,
    MESSAGE_SENT,
    MESSAGE_REFUSED,
    MESSAGE_UNKNOWN,
    MESSAGE_DROPPED,
    MESSAGE_STATES
};

const char *message_state_name(enum message_state s);
bool message_may(enum message_state from, enum message_state to);

enum verdict { VERDICT_SENT, VERDICT_LATER, VERDICT_REFUSED, VERDICT_UNKNOWN };

const char *verdict_name(enum verdict v);

/* Who or what a verdict that is not `sent` is about. */
enum blame {
    BLAME_MESSAGE, /* this text only */
    BLAME_PERSON,  /* nothing reaches this address */
    BLAME_CHANNEL, /* nothing leaves over this channel: settings, credential, certificate */
    BLAME_SERVER,  /* the server is away or busy: all of the channel waits a little */
};

/* What a channel concludes from one attempt. */
struct receipt {
    int64_t message;
    enum verdict verdict;
    enum blame blame;
    duration wait; /* VERDICT_LATER: at least this long, as the server asked; 0: our own backoff */
    bool at_once;  /* VERDICT_LATER: a stale connection: try again now, not an attempt */
    char code[32]; /* "451 4.3.0", "exit 28" */
    char why[240]; /* one line for people: the server's words, escaped */
};

struct message {
    int64_t id;
    const char *channel, *person, *address;
    const char *message_id; /* "n12.3f9c@nordlys.example": one for all attempts */
    const char *subject;
    const char *bytes; /* what goes to the channel: for mail the whole message with CR LF lines */
    size_t size;
    enum message_state state;
    instant not_before, claimed_at, settled_at;
    int attempts;
    int doubts;  /* attempts that ended unknown */
    bool digest; /* it tells of many customers */
};

/* May some attempt have reached its person? What began unknown stays doubtful, whatever later attempts meet. */
bool message_doubtful(const struct message *m);

#endif
