#include "store/store.h"

#include "base/mem.h"
#include "base/token.h"
#include "store/statements.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* How long a command, or a start, waits for another writer; milliseconds. The daemon at work does not wait. */
enum { BUSY_PATIENCE = 10000 };

/* The .sql files beside this one, compiled in. */
#define EMBED(symbol, file)                                                                                            \
    __asm__(".section .rodata\n.global " #symbol "\n" #symbol ":\n.incbin \"daemon/store/" file                        \
            "\"\n.byte 0\n.previous\n");                                                                               \
    extern const char symbol[]

EMBED(store_statements_sql, "statements.sql");
EMBED(store_migration_001, "001.sql");
EMBED(store_migration_002, "002.sql");
EMBED(store_migration_003, "003.sql");
EMBED(store_migration_004, "004.sql");
EMBED(store_migration_005, "005.sql");
EMBED(store_migration_006, "006.sql");
EMBED(store_migration_007, "007.sql");

/* Applied once each, in order; never edited once released. */
static const char *const migrations[] = { store_migration_001, store_migration_002, store_migration_003,
                                          store_migration_004, store_migration_005, store_migration_006,
                                          store_migration_007 };

static const char *const names[STATEMENT_COUNT] = {
#define X(name) [DO_##name] = #name,
    STATEMENTS(X)
#undef X
};

/* What helps against what SQLite says. */
static const char *remedy(int rc)
{
    switch (rc & 0xff) {
    case SQLITE_FULL:
        return "; make room on its disk";
    case SQLITE_READONLY:
        return "; let it, and the files beside it, belong to the user that followupd runs as";
    case SQLITE_NOTADB:
        return "; name another file, which followupd makes new, or put a backup in its place";
    case SQLITE_CORRUPT:
        return "; put a backup in its place, and have the disk looked at";
    default:
        return "";
    }
}

static bool failed(struct store *s, struct err *e, const char *doing)
{
    return err_set(e, "%s%s%s%s", doing, doing[0] ? ": " : "", sqlite3_errmsg(s->db), remedy(sqlite3_errcode(s->db)));
}

static bool execute(struct store *s, const char *sql, struct err *e)
{
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK || failed(s, e, "");
}

static int lock_file(const char *path, const char *suffix, struct err *e)
{
    char name[4096];
    if (snprintf(name, sizeof name, "%s.%s", path, suffix) >= (int)sizeof name) {
        err_set(e, "the path is too long");
        return -1;
    }
    int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        err_set(e, "cannot open %s: %s", name, strerror(errno));
    return fd;
}

/* One daemon per store: the lock dies with the process, the number in it is for people. A lock of the open file, which
 * others may ask about without taking it: `status` must not keep a daemon from starting.
 */
static bool daemon_lock(int fd, int command, struct flock *lock)
{
    *lock = (struct flock){ .l_type = F_WRLCK, .l_whence = SEEK_SET };
    return fcntl(fd, command, lock) == 0;
}

static bool claim_daemon(struct store *s, struct err *e)
{
    char pid[24] = "";
    struct flock lock;
    s->daemon = lock_file(s->path, "daemon", e);
    if (s->daemon < 0)
        return false;
    if (!daemon_lock(s->daemon, F_OFD_SETLK, &lock)) {
        ssize_t n = pread(s->daemon, pid, sizeof pid - 1, 0);
        pid[n > 0 ? n : 0] = '\0';
        pid[strcspn(pid, "\n")] = '\0';
        return err_set(e, "another followupd (process %s) works on this store; stop it first",
                       pid[0] ? pid : "unknown");
    }
    int n = snprintf(pid, sizeof pid, "%ld\n", (long)getpid());
    if (ftruncate(s->daemon, 0) != 0 || pwrite(s->daemon, pid, (size_t)n, 0) != n)
        return err_set(e, "cannot write %s.daemon: %s%s", s->path, strerror(errno),
                       errno == ENOSPC ? remedy(SQLITE_FULL) : "");
    return true;
}

long store_daemon(const struct store *s)
{
    char pid[24] = "";
    struct err e;
    struct flock lock;
    int fd = lock_file(s->path, "daemon", &e);
    if (fd < 0)
        return 0;
    bool asked = daemon_lock(fd, F_OFD_GETLK, &lock);
    if (asked && lock.l_type != F_UNLCK && pread(fd, pid, sizeof pid - 1, 0) > 0)
        pid[sizeof pid - 1] = '\0';
    close(fd);
    return strtol(pid, NULL, 10);
}

static int note_log(void *context, sqlite3 *db, const char *name, int pages)
{
    struct store *s = context;
    (void)db;
    (void)name;
    s->log = pages;
    return SQLITE_OK;
}

static void unlock(struct store *s)
{
    if (s->locked)
        flock(s->writer, LOCK_UN);
    s->locked = s->begun = false;
}

/* A new file is made by one at a time: SQLite does not wait for whoever switches it to WAL, and migrations are applied
 * once. */
static bool lock_writer(struct store *s, struct err *e)
{
    s->writer = lock_file(s->path, "writer", e);
    if (s->writer < 0)
        return false;
    s->locked = flock(s->writer, LOCK_EX) == 0;
    return s->locked || err_set(e, "lock %s.writer: %s", s->path, strerror(errno));
}

/* What an admin can get wrong about the path, said before anything is made there. */
static bool look_at(const char *path, struct err *e)
{
    char copy[4096];
    struct stat st;
    if ((size_t)snprintf(copy, sizeof copy, "%s", path) >= sizeof copy)
        return err_set(e, "the path is too long");
    const char *folder = dirname(copy);
    if (stat(folder, &st) != 0 || !S_ISDIR(st.st_mode))
        return err_set(e, "there is no folder %s; make it, and let it belong to the user that followupd runs as",
                       folder);
    bool there = lstat(path, &st) == 0;
    if (there && !S_ISREG(st.st_mode))
        return err_set(e, "%s; name a plain file: followupd makes it",
                       S_ISDIR(st.st_mode) ? "this is a folder" : "this is a link or a device");
    if (faccessat(AT_FDCWD, there ? path : folder, there ? R_OK | W_OK : W_OK | X_OK, AT_EACCESS) == 0 ||
        errno == ENOENT)
        return true;
    if (errno == EROFS)
        return err_set(e, "the file system is read-only; name a file where followupd may write");
    return err_set(e, "this user (%ld) may not write %s; let it belong to the user that followupd runs as",
                   (long)geteuid(), there ? "it" : folder);
}

/* A database of somebody else, before any pragma of ours changes it. */
static bool is_ours(struct store *s, struct err *e)
{
    static const char sql[] = "SELECT count(*), total(name IN ('meta', 'episode', 'telling')) FROM sqlite_master";
    sqlite3_stmt *st = NULL;
    if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) != SQLITE_OK || sqlite3_step(st) != SQLITE_ROW) {
        sqlite3_finalize(st);
        return failed(s, e, "");
    }
    bool ours = sqlite3_column_int(st, 0) == 0 || sqlite3_column_int(st, 1) == 3;
    sqlite3_finalize(st);
    return ours || err_set(e, "this database belongs to another program; name a file of its own: followupd makes it");
}

static bool connect_to(struct store *s, struct err *e)
{
    mode_t before = umask(0077);
    int rc = sqlite3_open_v2(s->path, &s->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW, NULL);
    umask(before);
    if (rc != SQLITE_OK)
        return err_set(e, "%s%s", s->db ? sqlite3_errmsg(s->db) : "out of memory",
                       s->db && sqlite3_extended_errcode(s->db) == SQLITE_CANTOPEN_SYMLINK
                           ? "; there is a symbolic link on the way to it: write the real path"
                           : "");
    sqlite3_extended_result_codes(s->db, 1);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, s->daemon < 0, NULL);
    sqlite3_busy_timeout(s->db, BUSY_PATIENCE);
    /* Checkpoints only under the writer's lock: SQLite 3.40 can lose commits that meet one (wal.html#walresetbug). */
    if (!is_ours(s, e) ||
        !execute(s,
                 "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;"
                 "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF",
                 e))
        return false;
    sqlite3_wal_hook(s->db, note_log, s); /* the pragma above took away an earlier one */
    return true;
}

static bool schema_version(struct store *s, int *version, struct err *e)
{
    sqlite3_stmt *st;
    if (sqlite3_prepare_v2(s->db, "PRAGMA user_version", -1, &st, NULL) != SQLITE_OK ||
        sqlite3_step(st) != SQLITE_ROW) {
        sqlite3_finalize(st);
        return failed(s, e, "read its version");
    }
    *version = sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
    return true;
}

static bool migrate_to(struct store *s, int version, struct err *e)
{
    char end[64];
    snprintf(end, sizeof end, "PRAGMA user_version = %d", version);
    if (execute(s, "BEGIN IMMEDIATE", e) && execute(s, migrations[version - 1], e) && execute(s, end, e) &&
        execute(s, "COMMIT", e))
        return true;
    store_rollback(s);
    return err_wrap(e, "bring its schema to version %d", version);
}

/* Only the daemon that will work with it brings an older store up to date: a command of a newer program, or a look at
 * the settings, must not change it under a daemon that still runs. */
static bool migrate(struct store *s, enum store_user user, struct err *e)
{
    int newest = (int)(sizeof migrations / sizeof migrations[0]), version = 0;
    if (!schema_version(s, &version, e))
        return false;
    if (version > newest)
        return err_set(e, "it was written by a newer followupd (schema %d, this program knows %d); install that one",
                       version, newest);
    if (user == STORE_COMMAND && version > 0 && version < newest)
        return err_set(e,
                       "it was written by an older followupd (schema %d, this program works with %d); start followupd, "
                       "which brings it up to date",
                       version, newest);
    while (version < newest)
        if (!migrate_to(s, ++version, e))
            return false;
    return true;
}

static int statement_named(const char *name, size_t size)
{
    for (int i = 0; i < STATEMENT_COUNT; i++)
        if (strlen(names[i]) == size && memcmp(names[i], name, size) == 0)
            return i;
    return -1;
}

static bool prepare_all(struct store *s, struct err *e)
{
    static const char mark[] = "-- name: ";
    for (const char *at = strstr(store_statements_sql, mark); at; at = strstr(at, mark)) {
        at += sizeof mark - 1;
        size_t size = strcspn(at, "\n");
        int i = statement_named(at, size);
        if (i < 0)
            return err_set(e, "statement %.*s has no name in store/statements.h", (int)size, at);
        if (sqlite3_prepare_v3(s->db, at + size, -1, SQLITE_PREPARE_PERSISTENT, &s->prepared[i], NULL) != SQLITE_OK)
            return failed(s, e, names[i]);
    }
    for (int i = 0; i < STATEMENT_COUNT; i++)
        if (!s->prepared[i])
            return err_set(e, "statement %s is missing", names[i]);
    return true;
}

bool store_open(struct store **out, const char *path, enum store_user user, struct err *e)
{
    struct store *s = mem_new(sizeof *s);
    s->path = mem_copy(path);
    s->writer = s->daemon = -1;
    if (look_at(path, e) && (user == STORE_COMMAND || claim_daemon(s, e)) && lock_writer(s, e) && connect_to(s, e) &&
        migrate(s, user, e) && prepare_all(s, e)) {
        unlock(s);
        if (user == STORE_DAEMON)
            sqlite3_busy_timeout(s->db, 0);
        store_changed(s);
        *out = s;
        return true;
    }
    store_close(s);
    return err_wrap(e, "store %s", path);
}

void store_close(struct store *s)
{
    if (!s)
        return;
    store_rollback(s);
    for (int i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(s->prepared[i]);
    /* Closing the last connection checkpoints too. */
    bool locked = s->daemon >= 0 && s->writer >= 0 && flock(s->writer, LOCK_EX | LOCK_NB) == 0;
    if (!locked && s->db)
        sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_close(s->db);
    if (s->writer >= 0)
        close(s->writer);
    if (s->daemon >= 0)
        close(s->daemon);
    free(s->path);
    free(s);
}

bool store_begin(struct store *s, bool *blocked, struct err *e)
{
    *blocked = false;
    if (s->daemon < 0) {
        if (flock(s->writer, LOCK_EX) != 0)
            return err_set(e, "lock %s.writer: %s", s->path, strerror(errno));
        s->locked = true;
    }
    int rc = sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    s->changes = sqlite3_total_changes64(s->db);
    if (rc == SQLITE_OK)
        return s->begun = true;
    if (s->daemon >= 0 && (rc & 0xff) == SQLITE_BUSY)
        return *blocked = true;
    store_rollback(s);
    return failed(s, e, "begin to write");
}

bool store_commit(struct store *s, struct err *e)
{
    bool ok = sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK || failed(s, e, "commit");
    if (!ok)
        store_rollback(s);
    s->commits += ok;
    /* What the daemon watches: written behind the commit, which is to be seen by then. The database's own files change
     * before. */
    if (ok && s->daemon < 0)
        (void)!pwrite(s->writer, "\n", 1, 0); /* should this fail, the daemon sees it a minute later */
    unlock(s);
    return ok;
}

void store_rollback(struct store *s)
{
    if (s->db && !sqlite3_get_autocommit(s->db))
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    unlock(s);
}

bool store_wrote(const struct store *s)
{
    return sqlite3_total_changes64(s->db) != s->changes;
}

bool store_begin_patiently(struct store *s, struct err *e)
{
    bool blocked;
    sqlite3_busy_timeout(s->db, BUSY_PATIENCE);
    bool ok = store_begin(s, &blocked, e);
    sqlite3_busy_timeout(s->db, s->daemon < 0 ? BUSY_PATIENCE : 0);
    return ok && (!blocked || err_set(e, "a command has been writing to the store for ten seconds; try again"));
}

bool store_mark(struct store *s, struct err *e)
{
    return execute(s, "SAVEPOINT mark", e);
}

bool store_undo(struct store *s, struct err *e)
{
    return execute(s, "ROLLBACK TO mark", e);
}

bool store_changed(struct store *s)
{
    sqlite3_stmt *st;
    int64_t version = s->data_version;
    if (sqlite3_prepare_v2(s->db, "PRAGMA data_version", -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW)
        version = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    bool changed = version != s->data_version;
    s->data_version = version;
    return changed;
}

bool store_checkpoint(struct store *s, struct err *e)
{
    enum { COMMITS = 200, PAGES = 4000 }; /* sixteen megabytes take about ten milliseconds */
    int grown = s->log < s->moved ? s->log : s->log - s->moved;
    if ((s->commits < COMMITS && grown < PAGES) || flock(s->writer, LOCK_EX | LOCK_NB) != 0)
        return true;
    int rc = sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    flock(s->writer, LOCK_UN);
    if (rc == SQLITE_OK || (rc & 0xff) == SQLITE_BUSY || (rc & 0xff) == SQLITE_LOCKED) {
        s->commits = 0;
        s->moved = s->log;
        return true;
    }
    return failed(s, e, "checkpoint");
}

bool store_number(struct store *s, const char *key, int64_t fallback, int64_t *out, struct err *e)
{
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_meta_get, "t", key);
    if (!store_step(s, st, &row, e))
        return false;
    *out = row ? sqlite3_column_int64(st, 0) : fallback;
    sqlite3_reset(st);
    return true;
}

bool store_set_number(struct store *s, const char *key, int64_t value, struct err *e)
{
    return store_run(s, e, DO_meta_set, "ti", key, value);
}

bool store_secret(struct store *s, uint8_t out[32], struct err *e)
{
    bool row;
    sqlite3_stmt *st = store_bind(s, DO_meta_get, "t", "secret");
    if (!store_step(s, st, &row, e))
        return false;
    if (row && sqlite3_column_bytes(st, 0) == SECRET_SIZE) {
        memcpy(out, sqlite3_column_blob(st, 0), SECRET_SIZE);
        sqlite3_reset(st);
        return true;
    }
    sqlite3_reset(st);
    return token_secret(out, e) && store_run(s, e, DO_meta_set, "tb", "secret", (const void *)out, (size_t)SECRET_SIZE);
}
