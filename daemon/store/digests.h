/* Which digests were made, and what they are made of. */
#ifndef STORE_DIGESTS_H
#define STORE_DIGESTS_H

#include "model/digest.h"
#include "store/episodes.h"

/* A digest of a kind, for a person and the day it stands for, is made once: fails if it was. `message` 0: there was
 * nothing to say. */
bool digest_add(struct store *s, enum digest_kind kind, const char *person, date day, int64_t message,
                struct err *e) MUST_CHECK;
bool digest_made(struct store *s, enum digest_kind kind, const char *person, date day, bool *made,
                 struct err *e) MUST_CHECK;

/* Its message certainly reached nobody and never will: it may be made again. */
bool digest_forget(struct store *s, int64_t message, struct err *e) MUST_CHECK;

struct digest_row {
    enum digest_kind kind;
    const char *person;
    date day;
    int64_t message;
    instant not_before; /* of its message */
};

/* Of a message that is a digest. */
bool digest_of_message(struct store *s, int64_t message, struct arena *a, struct digest_row *out,
                       struct err *e) MUST_CHECK;
/* Those to be tried again. */
bool digests_to_send(struct store *s, struct arena *a, struct digest_row **out, size_t *n, struct err *e) MUST_CHECK;

/* Why an episode waits: for a digest of that kind (daily, weekly). Stored, and in an index. */
const char *digest_reason(enum digest_kind kind);

/* What waits for a digest at an owner (NULL: at nobody), by money at risk, at most so many: newcomers, and reminders of
 * what was told; and how many newcomers there are. `backlog`: of the calm start's list. Not what a mass change holds.
 */
bool episodes_for_digest(struct store *s, const char *owner, enum digest_kind kind, bool backlog, long most,
                         struct arena *a, struct episodes *out, struct err *e) MUST_CHECK;
bool count_for_digest(struct store *s, const char *owner, enum digest_kind kind, bool backlog, long *n,
                      struct err *e) MUST_CHECK;

/* Open ones of an owner in that state, by money at risk, at most so many; and how many there are. */
bool episodes_of_owner(struct store *s, const char *owner, enum episode_state state, long most, struct arena *a,
                       struct episodes *out, struct err *e) MUST_CHECK;
bool count_of_owner(struct store *s, const char *owner, enum episode_state state, long *n, struct err *e) MUST_CHECK;

/* Won since then; told and open with an offer that was told and ends after `from`, until `until`. */
bool episodes_won(struct store *s, const char *owner, instant since, struct arena *a, struct episodes *out,
                  struct err *e) MUST_CHECK;
bool episodes_with_offer(struct store *s, const char *owner, instant from, instant until, struct arena *a,
                         struct episodes *out, struct err *e) MUST_CHECK;

/* How many of this owner's that opened since then were not told of, and not closed, at that instant; without the
 * backlog of a calm start. */
bool count_waited(struct store *s, const char *owner, instant at, instant since, long *n, struct err *e) MUST_CHECK;

/* For a summary: follow-ups a person was told of on these days of theirs; of an owner, answered in that time after they
 * were told; and told before `before`, and open still. */
bool count_told(struct store *s, const char *person, date from, date until, long *n, struct err *e) MUST_CHECK;
bool count_answered(struct store *s, const char *owner, instant from, instant until, long *n, struct err *e) MUST_CHECK;
bool count_told_before(struct store *s, const char *owner, const char *rule, instant before, long *n,
                       struct err *e) MUST_CHECK;

#endif
