/* A store of its own for a test, and the shortest way to write to it. */
#ifndef STORE_VAULT_H
#define STORE_VAULT_H

#include "store/episodes.h"
#include "store/messages.h"

struct vault {
    char path[256];
    struct store *store;
    struct arena arena;
};

/* A fresh store, opened by the daemon. */
void vault_open(struct vault *t);
void vault_reopen(struct vault *t);
void vault_close(struct vault *t);

/* Open it a second time, as a command. */
struct store *vault_command(const struct vault *t);

void vault_begin(struct store *s);
void vault_commit(struct store *s);

/* A held episode of a customer, not written yet; and one written in a transaction of its own. */
struct episode vault_episode(const char *customer, const char *occasion);
struct episode vault_add(struct vault *t, const char *customer, const char *occasion);

/* A queued message with a subject and bytes, in a transaction of its own. */
struct message vault_message(struct vault *t, const char *person);

/* Run some SQL beside the statements; the first column of the first row, or "". */
const char *vault_sql(struct vault *t, const char *sql);

#endif
