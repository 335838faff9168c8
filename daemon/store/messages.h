/* Messages, the tellings they carry, and the attempts to deliver them. */
#ifndef STORE_MESSAGES_H
#define STORE_MESSAGES_H

#include "model/message.h"
#include "store/store.h"

struct messages {
    struct message *rows;
    size_t n;
};

/* Write a message as queued; id and Message-ID ("n12.<8 hex of HMAC>@domain") come back in it. Its texts follow by
 * message_dress(). */
bool message_add(struct store *s, struct message *m, const uint8_t secret[32], const char *domain, struct arena *a,
                 instant now, struct err *e) MUST_CHECK;

/* Give it its subject and bytes. */
bool message_dress(struct store *s, struct message *m, struct err *e) MUST_CHECK;

/* The only way a message changes its state; an illegal move is a bug and ends the program. `not_before` counts for
 * queued and unknown. `settled` says whether this verdict is final. */
bool message_move(struct store *s, struct message *m, enum message_state to, instant not_before, bool settled,
                  instant now, struct err *e) MUST_CHECK;

/* Not before `until`, in the state it is in. */
bool message_wait(struct store *s, struct message *m, instant until, struct err *e) MUST_CHECK;

/* What was put off on this channel (NULL: on any) may be tried again at once. */
bool messages_hurry(struct store *s, const char *channel, instant now, struct err *e) MUST_CHECK;

/* The channel and address it goes to, where another try goes elsewhere. */
bool message_readdress(struct store *s, struct message *m, const char *channel, const char *address,
                       struct err *e) MUST_CHECK;

/* With its bytes (none where they were erased). */
bool message_by_id(struct store *s, int64_t id, struct arena *a, struct message *out, struct err *e) MUST_CHECK;

/* Without bytes. */
bool messages_in_state(struct store *s, enum message_state state, struct arena *a, struct messages *out,
                       struct err *e) MUST_CHECK;
bool messages_settled_since(struct store *s, instant since, struct arena *a, struct messages *out,
                            struct err *e) MUST_CHECK;

/* Alerts to the admin whose message may be tried (again) by `until`. */
bool alerts_to_send(struct store *s, instant until, struct arena *a, struct messages *out, struct err *e) MUST_CHECK;

/* Erase the bytes of messages settled before `before`. */
bool message_erase(struct store *s, instant before, struct err *e) MUST_CHECK;

/* An attempt begins; it ends with a receipt. */
bool attempt_begin(struct store *s, int64_t message, instant now, struct err *e) MUST_CHECK;
bool attempt_end(struct store *s, const struct receipt *r, instant now, struct err *e) MUST_CHECK;

struct attempt {
    instant began_at, ended_at;
    const char *verdict, *code, *why;
};

/* The latest; no instants and all NULL where there was none. */
bool attempt_last(struct store *s, int64_t message, struct arena *a, struct attempt *out, struct err *e) MUST_CHECK;

/* A step of an episode is told to a person by a message. Fails if a message did that before, or may have: no one hears
 * twice. */
bool telling_add(struct store *s, int64_t episode, int step, const char *person, int64_t message, date day,
                 bool backlog, struct err *e) MUST_CHECK;

/* The message of that telling and whether it reached its person ("yes", "perhaps", "no", NULL: not known yet); 0: never
 * claimed. */
bool telling_find(struct store *s, int64_t episode, int step, const char *person, struct arena *a, int64_t *message,
                  const char **reached, struct err *e) MUST_CHECK;

/* Whom its last telling reached, or may have, and on which day of theirs; NULL and DATE_NONE: nobody heard yet. */
bool telling_last(struct store *s, int64_t episode, struct arena *a, const char **person, date *day,
                  struct err *e) MUST_CHECK;

/* The message on its way for this episode; 0: none. */
bool telling_pending(struct store *s, int64_t episode, int64_t *message, struct err *e) MUST_CHECK;

/* How many tellings of a message wait for its verdict. */
bool tellings_pending(struct store *s, int64_t message, long *n, struct err *e) MUST_CHECK;

/* A message that certainly reached nobody will not tell this one any more. */
bool telling_remove(struct store *s, int64_t episode, int64_t message, struct err *e) MUST_CHECK;

/* Those of its tellings that reached nobody: a digest is made anew, and may tell others. */
bool tellings_remove(struct store *s, int64_t message, struct err *e) MUST_CHECK;

/* Another try leaves on another day: caps count it there. */
bool telling_set_day(struct store *s, int64_t message, date day, struct err *e) MUST_CHECK;

bool telling_reached(struct store *s, int64_t message, const char *reached, struct err *e) MUST_CHECK;

/* Messages that were claimed for a person since `day` to tell something, without those that certainly reached nobody;
 * and how many cases of the backlog they told. */
bool tellings_since(struct store *s, const char *person, date day, long *messages, long *backlog,
                    struct err *e) MUST_CHECK;

#endif
