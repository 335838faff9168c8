/* The names of store/statements.sql, and how to run them. Private to the room. */
#ifndef STORE_STATEMENTS_H
#define STORE_STATEMENTS_H

#include "store/episodes.h"

#include <sqlite3.h>

#define STATEMENTS(X)                                                                                                  \
    X(meta_get)                                                                                                        \
    X(meta_set)                                                                                                        \
    X(episode_add)                                                                                                     \
    X(episode_by_id)                                                                                                   \
    X(episodes_of_customer)                                                                                            \
    X(episodes_in_state)                                                                                               \
    X(episodes_of_message)                                                                                             \
    X(episode_move)                                                                                                    \
    X(episode_told)                                                                                                    \
    X(episode_rekey)                                                                                                   \
    X(episode_judged)                                                                                                  \
    X(episode_owner)                                                                                                   \
    X(episode_forward)                                                                                                 \
    X(owners_waiting)                                                                                                  \
    X(turn_by_rank)                                                                                                    \
    X(turn_by_age)                                                                                                     \
    X(wakes)                                                                                                           \
    X(customers_open)                                                                                                  \
    X(telling_add)                                                                                                     \
    X(telling_day)                                                                                                     \
    X(telling_find)                                                                                                    \
    X(telling_pending)                                                                                                 \
    X(tellings_pending)                                                                                                \
    X(telling_remove)                                                                                                  \
    X(tellings_remove)                                                                                                 \
    X(telling_reached)                                                                                                 \
    X(telling_first)                                                                                                   \
    X(telling_other)                                                                                                   \
    X(telling_last)                                                                                                    \
    X(tellings_since)                                                                                                  \
    X(message_add)                                                                                                     \
    X(message_names)                                                                                                   \
    X(message_by_id)                                                                                                   \
    X(messages_in_state)                                                                                               \
    X(messages_settled)                                                                                                \
    X(alerts_due)                                                                                                      \
    X(message_move)                                                                                                    \
    X(message_wait)                                                                                                    \
    X(messages_hurry)                                                                                                  \
    X(message_address)                                                                                                 \
    X(body_set)                                                                                                        \
    X(body_get)                                                                                                        \
    X(body_erase)                                                                                                      \
    X(attempt_add)                                                                                                     \
    X(attempt_end)                                                                                                     \
    X(attempt_last)                                                                                                    \
    X(offer_add)                                                                                                       \
    X(offer_of_episode)                                                                                                \
    X(offers_all)                                                                                                      \
    X(offer_move)                                                                                                      \
    X(offer_renew)                                                                                                     \
    X(offers_told_of_customer)                                                                                         \
    X(offers_last_of_customer)                                                                                         \
    X(offer_by_code)                                                                                                   \
    X(offers_ending)                                                                                                   \
    X(contact_add)                                                                                                     \
    X(contacts_of_customer)                                                                                            \
    X(history_add)                                                                                                     \
    X(history_of_customer)                                                                                             \
    X(history_all)                                                                                                     \
    X(history_after)                                                                                                   \
    X(history_newest)                                                                                                  \
    X(seen_get)                                                                                                        \
    X(seen_set)                                                                                                        \
    X(stopped_set)                                                                                                     \
    X(stopped_get)                                                                                                     \
    X(stopped_clear)                                                                                                   \
    X(stopped_forget)                                                                                                  \
    X(stopped_all)                                                                                                     \
    X(alert_add)                                                                                                       \
    X(alerts_waiting)                                                                                                  \
    X(alert_text)                                                                                                      \
    X(alert_message)                                                                                                   \
    X(alerts_since)                                                                                                    \
    X(release_set)                                                                                                     \
    X(release_get)                                                                                                     \
    X(release_backlog)                                                                                                 \
    X(future_episodes)                                                                                                 \
    X(future_tellings)                                                                                                 \
    X(future_settled)                                                                                                  \
    X(future_waiting)                                                                                                  \
    X(future_offers)                                                                                                   \
    X(future_contacts)                                                                                                 \
    X(future_seen)                                                                                                     \
    X(future_missing)                                                                                                  \
    X(future_alerts)                                                                                                   \
    X(meta_forget)                                                                                                     \
    X(episodes_of_rule)                                                                                                \
    X(rules_in_use)                                                                                                    \
    X(rule_shared)                                                                                                     \
    X(rule_rename)                                                                                                     \
    X(episode_aside)                                                                                                   \
    X(episode_customer_is)                                                                                             \
    X(offer_customer_is)                                                                                               \
    X(contact_customer_is)                                                                                             \
    X(history_customer_is)                                                                                             \
    X(seen_customer_is)                                                                                                \
    X(seen_forget)                                                                                                     \
    X(held_since)                                                                                                      \
    X(newcomers_add)                                                                                                   \
    X(newcomers_rename)                                                                                                \
    X(newcomers_reset)                                                                                                 \
    X(newcomers_read)                                                                                                  \
    X(newcomers_forget)                                                                                                \
    X(future_newcomers)                                                                                                \
    X(future_digests)                                                                                                  \
    X(digest_waiting)                                                                                                  \
    X(digest_waiting_count)                                                                                            \
    X(digest_in_state)                                                                                                 \
    X(digest_in_state_count)                                                                                           \
    X(digest_won)                                                                                                      \
    X(digest_offers)                                                                                                   \
    X(digest_add)                                                                                                      \
    X(digest_find)                                                                                                     \
    X(digest_forget)                                                                                                   \
    X(digest_of_message)                                                                                               \
    X(digests_to_send) X(summary_told) X(summary_answered) X(summary_overdue) X(summary_waited)

enum statement {
#define X(name) DO_##name,
    STATEMENTS(X)
#undef X
        STATEMENT_COUNT
};

struct store {
    sqlite3 *db;
    sqlite3_stmt *prepared[STATEMENT_COUNT];
    char *path;
    int writer; /* descriptor of "<path>.writer", what keeps commits and checkpoints apart */
    int daemon; /* descriptor of "<path>.daemon": one daemon per store; -1 in followupctl */
    bool locked, begun;
    int64_t data_version, commits; /* commits since the last checkpoint */
    int64_t changes;               /* of this connection, when the transaction began */
    int log, moved;                /* pages in the log: after the last commit, at the last checkpoint */
};

/* Bind what `types` says, in order: t text (NULL is NULL), i int64_t, d double, D date and I instant and m money
 * (unknown is NULL), b bytes and their size_t. The statement is ready to be stepped. */
sqlite3_stmt *store_bind(struct store *s, enum statement which, const char *types, ...);

/* One step: *row says whether a row is there. After the last row, or an error, the statement is reset. */
bool store_step(struct store *s, sqlite3_stmt *statement, bool *row, struct err *e) MUST_CHECK;

/* Bind and run a statement that returns nothing. */
bool store_run(struct store *s, struct err *e, enum statement which, const char *types, ...) MUST_CHECK;

/* Read the row at hand into `out`, which is zeroed. */
typedef void read_row(sqlite3_stmt *row, struct arena *a, void *out);

/* All rows of a bound statement, as an array in `a`: `rows` is where its address goes. Written on success only. */
bool store_list(struct store *s, sqlite3_stmt *statement, struct arena *a, size_t row_size, read_row *read, void *rows,
                size_t *n, struct err *e) MUST_CHECK;

/* All rows of a bound statement over episode_view. */
bool episodes_read(struct store *s, sqlite3_stmt *statement, struct arena *a, struct episodes *out,
                   struct err *e) MUST_CHECK;

/* Columns of the row at hand; text is copied into `a` (NULL stays NULL), unknown numbers come back as *_NONE. */
const char *column_text(sqlite3_stmt *row, int i, struct arena *a);
date column_date(sqlite3_stmt *row, int i);
instant column_instant(sqlite3_stmt *row, int i); /* money too: the same "unknown" */

#endif
