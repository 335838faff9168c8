/* Everything followupd remembers, in one SQLite file. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/arena.h"
#include "base/instant.h"

#include <stdint.h>

struct store;

/* Who opens it: the daemon (refused while another one runs), or a command beside it. */
enum store_user { STORE_DAEMON, STORE_COMMAND };

/* Open `path` and take up where we left off. The daemon brings an older schema up to date; a command refuses it. */
bool store_open(struct store **out, const char *path, enum store_user user, struct err *e) MUST_CHECK;

/* Close and forget `s`, however far store_open() got. NULL is fine. */
void store_close(struct store *s);

/* The process number of the daemon that works on this store; 0: none does. */
long store_daemon(const struct store *s);

/* One transaction. The daemon does not wait: *blocked says that a command is writing, come back in a moment. A command
 * waits for its turn. Everything below that writes needs one. */
bool store_begin(struct store *s, bool *blocked, struct err *e) MUST_CHECK;
bool store_commit(struct store *s, struct err *e) MUST_CHECK;

/* The same at a start or a reload, where waiting some seconds for a command is right. */
bool store_begin_patiently(struct store *s, struct err *e) MUST_CHECK;

/* Inside a transaction: remember this point; undo what was written since. One at a time. */
bool store_mark(struct store *s, struct err *e) MUST_CHECK;
bool store_undo(struct store *s, struct err *e) MUST_CHECK;
void store_rollback(struct store *s);

/* Did this transaction change anything so far? */
bool store_wrote(const struct store *s);

/* Did somebody else commit since the last call? Costs microseconds. A command writes to PATH.writer behind each commit:
 * watch that, not the database, whose bytes change before the commit can be seen. */
bool store_changed(struct store *s);

/* Move the log into the file where it has grown, unless a command is writing just now. Daemon only. */
bool store_checkpoint(struct store *s, struct err *e) MUST_CHECK;

/* The 32 bytes that only this store knows: made with it, behind every code and token. */
bool store_secret(struct store *s, uint8_t out[32], struct err *e) MUST_CHECK;

/* A small number kept under a name; `fallback` where there is none. */
bool store_number(struct store *s, const char *key, int64_t fallback, int64_t *out, struct err *e) MUST_CHECK;
bool store_set_number(struct store *s, const char *key, int64_t value, struct err *e) MUST_CHECK;

/* The clock was wrong and went back to `now`: what was written as of later happened now, and what was to wait waits
 * from now on. Otherwise it would stall for as long as the clock was ahead. History stays as it was written. */
bool store_take_back(struct store *s, instant now, date today, struct err *e) MUST_CHECK;

#endif
