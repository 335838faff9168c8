/* The connection to the company's database: opened so that nothing is left behind, and given up when the file is no
 * longer what was opened. */
#ifndef SOURCE_OPEN_H
#define SOURCE_OPEN_H

#include "source/guard.h"

#include <sys/stat.h>

enum journal {
    JOURNAL_ROLLBACK, /* a reader keeps writers out: 10 ms at a time */
    JOURNAL_WAL,      /* in use by others: -wal and -shm are there */
    JOURNAL_CLOSED,   /* WAL, cleanly closed: read with immutable=1, believed only if nothing changed meanwhile */
};

struct database {
    sqlite3 *db; /* NULL: closed */
    char *path;  /* links followed */
    enum journal journal;
    struct stat file; /* when it was opened */
    bool native;      /* made by followupctl import */
    struct guard guard;
    sqlite3_stmt *begin, *commit;
    bool reading;               /* in a transaction */
    duration limit;             /* source.time_limit */
    duration began, rest_until; /* courier_monotonic(): of this slice, before the next */
};

/* What followupd makes of ids in SQL: ORDER BY CAST(id AS TEXT) COLLATE followupd_id is the order of id_compare(). */
#define ID_COLLATION "followupd_id"

/* `d` is zeroed, or was closed; statements may run for `limit` each. */
bool database_open(struct database *d, const char *path, duration limit, struct err *e) MUST_CHECK;
void database_close(struct database *d);

/* Is it still the file that was opened, in the state it was opened in? False with a sentence if not. */
bool database_same(const struct database *d, struct err *e) MUST_CHECK;

/* Was the file made by followupctl import (conf/schema.sql)? It is only looked at. */
bool database_native(const char *path, bool *native, struct err *e) MUST_CHECK;

/* One slice: a read transaction. Where reading keeps writers out, database_begin() first rests four times as long as
 * the last slice took. database_end() is harmless without one; statements must have been reset. */
bool database_begin(struct database *d, struct err *e) MUST_CHECK;
void database_end(struct database *d);

/* Has this slice lasted long enough? Where nobody is kept waiting by a reader it never has. */
bool database_slice_over(const struct database *d);

/* End the slice and begin another, if it is still the same file. */
bool database_again(struct database *d, struct err *e) MUST_CHECK;

/* Why SQLite said `rc`, in words a person can act on. Always returns false. */
bool database_failed(const struct database *d, int rc, struct err *e);

const char *journal_name(enum journal j);

#endif
