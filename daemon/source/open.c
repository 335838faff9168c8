#include "source/open.h"

#include "base/buf.h"
#include "base/courier.h"
#include "base/mem.h"
#include "source/key.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    HEADER = 72, /* bytes at the beginning of the file */
    LONGEST_VALUE = 64 * 1024 * 1024,
    LONGEST_SQL = 1024 * 1024,
    DEEPEST_EXPRESSION = 500,
    MOST_ATTACHED = 0,
    ROLLBACK_SLICE = 10, /* milliseconds: a writer waits at most that long for us */
    WAL_SLICE = 800,     /* a log grows while somebody reads */
    REST = 4,
    COMMIT_TAKES = 250, /* how long a lock may last before it is worth a word */
};

const char *journal_name(enum journal j)
{
    switch (j) {
    case JOURNAL_ROLLBACK:
        return "rollback journal";
    case JOURNAL_WAL:
        return "write-ahead log, in use";
    case JOURNAL_CLOSED:
        return "write-ahead log, closed";
    }
    return "";
}

static bool beside(const char *path, const char *suffix, struct stat *st)
{
    struct buf name = { 0 };
    buf_add(&name, path);
    buf_add(&name, suffix);
    bool there = stat(name.text, st) == 0;
    buf_done(&name);
    return there;
}

static const char not_a_database[] =
    "%s is not an SQLite database, or is encrypted; name one that followupd can read in source.database";

static bool no_file(const char *path, struct err *e)
{
    char to[PATH_MAX];
    ssize_t n = readlink(path, to, sizeof to);
    if (n > 0)
        return err_set(e, "%s does not exist: it is a link to %.*s, and nothing is there; mend the link", path, (int)n,
                       to);
    if (strstr(path, "://"))
        return err_set(e, "%s is no file: followupd reads SQLite databases, and source.database names their file",
                       path);
    return err_set(e, "%s does not exist; is the path in source.database right?", path);
}

/* Follow links as SQLite does: its -wal lies beside the file itself. */
static bool find_file(const char *path, char **found, struct stat *st, struct err *e)
{
    char *real = realpath(path, NULL);
    if (!real || stat(real, st) != 0) {
        int why = errno;
        free(real);
        if (why == ENOENT || why == ENOTDIR)
            return no_file(path, e);
        if (why == EACCES)
            return err_set(e,
                           "%s is in a folder that this user may not enter: let the user that followupd runs as enter "
                           "it (chmod o+x, or a group)",
                           path);
        return err_set(e, "%s cannot be found: %s; name the database file itself in source.database", path,
                       strerror(why));
    }
    bool fine = false;
    if (S_ISDIR(st->st_mode))
        err_set(e, "%s is a folder: source.database must name the database file in it", path);
    else if (!S_ISREG(st->st_mode))
        err_set(e, "%s is not a plain file; name the database file in source.database", path);
    else if (st->st_size == 0)
        err_set(e, "%s is empty (0 bytes): it is being made, or was cut off; name another in source.database, or wait",
                path);
    else if (faccessat(AT_FDCWD, real, R_OK, AT_EACCESS) != 0)
        err_set(e, "%s may not be read by this user: let the user that followupd runs as read it (chgrp, chmod g+r)",
                path);
    else
        fine = true;
    if (fine)
        *found = real;
    else
        free(real);
    return fine;
}

/* "file:///srv/a%20b.db?mode=ro": every byte that a URI could take for its own is escaped. */
static void uri_of(struct buf *uri, const char *path, const char *parameters)
{
    buf_add(uri, "file://");
    for (const char *p = path; *p; p++) {
        if (strchr("%?#", *p) || (unsigned char)*p <= ' ' || (unsigned char)*p >= 0x7F)
            buf_print(uri, "%%%02X", (unsigned char)*p);
        else
            buf_add_char(uri, *p);
    }
    buf_add(uri, parameters);
}

static int open_uri(sqlite3 **db, const char *path, const char *parameters)
{
    struct buf uri = { 0 };
    uri_of(&uri, path, parameters);
    int rc = sqlite3_open_v2(
        uri.text, db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    buf_done(&uri);
    return rc;
}

/* The first bytes, read through SQLite: open() and close() of our own would drop the locks of any connection to the
 * file. */
static int read_header(sqlite3 *db, unsigned char header[HEADER])
{
    sqlite3_file *file = NULL;
    int rc = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (rc != SQLITE_OK || !file || !file->pMethods)
        return SQLITE_CANTOPEN;
    memset(header, 0, HEADER);
    return file->pMethods->xRead(file, header, HEADER, 0);
}

static bool says_wal(const unsigned char header[HEADER])
{
    return header[18] == 2 || header[19] == 2;
}

static bool peek(const char *path, unsigned char header[HEADER], struct err *e)
{
    sqlite3 *db = NULL;
    int rc = open_uri(&db, path, "?immutable=1");
    if (rc == SQLITE_OK)
        rc = read_header(db, header);
    sqlite3_close(db);
    if (rc == SQLITE_IOERR_SHORT_READ || (rc == SQLITE_OK && memcmp(header, "SQLite format 3", 16) != 0))
        return err_set(e, not_a_database, path);
    if (rc != SQLITE_OK)
        return err_set(e, "%s cannot be read: %s", path, sqlite3_errstr(rc));
    return true;
}

/* PRAGMA application_id and user_version, as conf/schema.sql sets them. */
static bool says_native(const unsigned char header[HEADER])
{
    return memcmp(header + 68, "fupd", 4) == 0 && memcmp(header + 60, "\0\0\0\1", 4) == 0;
}

bool database_native(const char *path, bool *native, struct err *e)
{
    unsigned char header[HEADER];
    char *real = NULL;
    struct stat st;
    bool fine = find_file(path, &real, &st, e) && peek(real, header, e);
    if (fine)
        *native = says_native(header);
    free(real);
    return fine;
}

static bool find_journal(struct database *d, bool wal, struct err *e)
{
    struct stat st;
    bool log = beside(d->path, "-wal", &st), index = beside(d->path, "-shm", &st);
    if (!wal)
        d->journal = JOURNAL_ROLLBACK;
    else if (!log)
        d->journal = JOURNAL_CLOSED;
    else if (index)
        d->journal = JOURNAL_WAL;
    else
        return err_set(
            e,
            "%s has a -wal file without its -shm file (copied, or its program holds it alone): what it holds cannot be "
            "read without writing; open it once with the program it belongs to",
            d->path);
    return true;
}

static void harden(sqlite3 *db)
{
    static const struct {
        int what, value;
    } switches[] = {
        { SQLITE_DBCONFIG_DEFENSIVE, 1 },        { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
        { SQLITE_DBCONFIG_DQS_DML, 0 },          { SQLITE_DBCONFIG_DQS_DDL, 0 },
        { SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1 }, { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
    };
    static const struct {
        int what, value;
    } limits[] = {
        { SQLITE_LIMIT_LENGTH, LONGEST_VALUE },
        { SQLITE_LIMIT_SQL_LENGTH, LONGEST_SQL },
        { SQLITE_LIMIT_EXPR_DEPTH, DEEPEST_EXPRESSION },
        { SQLITE_LIMIT_ATTACHED, MOST_ATTACHED },
    };
    for (size_t i = 0; i < sizeof switches / sizeof switches[0]; i++)
        sqlite3_db_config(db, switches[i].what, switches[i].value, NULL);
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        sqlite3_limit(db, limits[i].what, limits[i].value);
    sqlite3_busy_timeout(db, 0);
}

static int collate(void *context, int a_size, const void *a, int b_size, const void *b)
{
    (void)context;
    struct key x = key_of_text(a, a_size), y = key_of_text(b, b_size);
    return key_compare(&x, &y);
}

static void sleep_for(duration t)
{
    struct timespec span = { .tv_sec = t / SECOND, .tv_nsec = t % SECOND * 1000000 };
    while (t > 0 && nanosleep(&span, &span) != 0 && errno == EINTR)
        ;
}

/* Read something. While another program commits, it keeps readers out for some milliseconds; and the index of its -wal
 * looks torn to a reader who may not mend it (SQLITE_READONLY_RECOVERY). Both are soon over and nothing to talk about.
 */
static int look_inside(struct database *d)
{
    duration until = courier_monotonic() + COMMIT_TAKES;
    for (;;) {
        int rc = sqlite3_exec(d->db, "SELECT 1 FROM sqlite_master LIMIT 1", NULL, NULL, NULL);
        bool soon_over = rc == SQLITE_READONLY_RECOVERY || (rc & 0xFF) == SQLITE_BUSY;
        if (!soon_over || courier_monotonic() >= until)
            return rc;
        sleep_for(2);
    }
}

static bool prepare_own(struct database *d, struct err *e)
{
    d->guard.ours = true;
    int rc = sqlite3_exec(d->db, "PRAGMA query_only = ON", NULL, NULL, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_create_collation(d->db, ID_COLLATION, SQLITE_UTF8, NULL, collate);
    guard_install(&d->guard, d->db);
    d->guard.ours = true;
    if (rc == SQLITE_OK)
        rc = sqlite3_prepare_v2(d->db, "BEGIN", -1, &d->begin, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_prepare_v2(d->db, "COMMIT", -1, &d->commit, NULL);
    d->guard.ours = false;
    guard_allow(&d->guard, d->limit);
    /* Read the schema now: a lock, a journal left behind, a file that only looks like a database all show here. */
    if (rc == SQLITE_OK)
        rc = look_inside(d);
    return rc == SQLITE_OK || database_failed(d, rc, e);
}

bool database_open(struct database *d, const char *path, duration limit, struct err *e)
{
    unsigned char header[HEADER];
    duration rest_until = d->rest_until;
    *d = (struct database){ .limit = limit, .rest_until = rest_until };
    if (find_file(path, &d->path, &d->file, e) && peek(d->path, header, e) && find_journal(d, says_wal(header), e)) {
        /* readonly_shm: else SQLite would make a -shm that vanished a moment ago. */
        int rc = open_uri(&d->db, d->path, d->journal == JOURNAL_CLOSED ? "?immutable=1" : "?mode=ro&readonly_shm=1");
        if (rc != SQLITE_OK)
            database_failed(d, rc, e);
        else
            harden(d->db);
        d->native = says_native(header);
        if (rc == SQLITE_OK && prepare_own(d, e))
            return true;
    }
    database_close(d);
    return false;
}

void database_close(struct database *d)
{
    sqlite3_finalize(d->begin);
    sqlite3_finalize(d->commit);
    sqlite3_close(d->db);
    free(d->path);
    *d = (struct database){ .rest_until = d->rest_until };
}

static bool same_content(const struct stat *a, const struct stat *b)
{
    return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

bool database_same(const struct database *d, struct err *e)
{
    struct stat now, st;
    unsigned char header[HEADER];
    if (stat(d->path, &now) != 0)
        return err_set(e, "%s has gone: %s", d->path, strerror(errno));
    if (now.st_dev != d->file.st_dev || now.st_ino != d->file.st_ino)
        return err_set(e, "%s was replaced by another file while it was read", d->path);
    bool log = beside(d->path, "-wal", &st), index = beside(d->path, "-shm", &st);
    if (d->journal == JOURNAL_CLOSED)
        return (!log && same_content(&now, &d->file)) ||
               err_set(e, "%s was changed by another program while it was read", d->path);
    if (read_header(d->db, header) != SQLITE_OK)
        return err_set(e, "%s was cut off by another program", d->path);
    bool as_opened = d->journal == JOURNAL_WAL ? says_wal(header) && log && index : !says_wal(header);
    return as_opened || err_set(e, "%s was opened, closed or converted by another program while it was read", d->path);
}

bool database_begin(struct database *d, struct err *e)
{
    sleep_for(d->rest_until - courier_monotonic());
    d->began = courier_monotonic();
    guard_allow(&d->guard, d->limit);
    d->guard.ours = true;
    int rc = sqlite3_step(d->begin);
    sqlite3_reset(d->begin);
    d->guard.ours = false;
    d->reading = rc == SQLITE_DONE;
    /* Only with the first row read do all further ones come from the same moment. */
    if (d->reading)
        rc = look_inside(d);
    if (rc == SQLITE_OK)
        return true;
    database_failed(d, rc, e);
    database_end(d);
    return false;
}

void database_end(struct database *d)
{
    if (!d->reading)
        return;
    d->guard.ours = true;
    sqlite3_step(d->commit);
    sqlite3_reset(d->commit);
    d->guard.ours = false;
    d->reading = false;
    duration now = courier_monotonic();
    if (d->journal == JOURNAL_ROLLBACK)
        d->rest_until = now + REST * (now - d->began);
}

bool database_slice_over(const struct database *d)
{
    switch (d->journal) {
    case JOURNAL_ROLLBACK:
        return courier_monotonic() - d->began >= ROLLBACK_SLICE;
    case JOURNAL_WAL:
        return courier_monotonic() - d->began >= WAL_SLICE;
    case JOURNAL_CLOSED:
        return false;
    }
    return false;
}

bool database_again(struct database *d, struct err *e)
{
    database_end(d);
    return database_same(d, e) && database_begin(d, e);
}

bool database_failed(const struct database *d, int rc, struct err *e)
{
    const char *said = d->db ? sqlite3_errmsg(d->db) : sqlite3_errstr(rc);
    switch (rc & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return err_set(e, "%s is locked by another program: it will be read as soon as it is free", d->path);
    case SQLITE_INTERRUPT:
        return err_set(e, "reading %s took longer than source.time_limit: an index may help, see followupctl check",
                       d->path);
    case SQLITE_NOTADB:
        return err_set(e, not_a_database, d->path);
    case SQLITE_CORRUPT:
        return err_set(e, "%s is damaged (%s): check it with PRAGMA integrity_check", d->path, said);
    case SQLITE_AUTH:
        return err_set(e, "%s", d->guard.refused[0] ? d->guard.refused : said);
    default:
        break;
    }
    if (rc == SQLITE_READONLY_ROLLBACK || (rc == SQLITE_CANTOPEN && d->journal == JOURNAL_ROLLBACK))
        return err_set(
            e,
            "%s was left in the middle of a change (%s-journal): open it once with the program it belongs to, which "
            "repairs it",
            d->path, d->path);
    if ((rc & 0xFF) == SQLITE_READONLY || (rc & 0xFF) == SQLITE_CANTOPEN)
        return err_set(e, "%s cannot be read just now (%s): open it once with the program it belongs to", d->path,
                       said);
    return err_set(e, "%s: %s", d->path, said);
}
