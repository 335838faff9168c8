#include "source/native.h"

#include "base/buf.h"
#include "base/mem.h"
#include "source/open.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <unistd.h>

enum {
    BATCH = 5000,          /* rows of one transaction */
    BUSY_PATIENCE = 10000, /* milliseconds */
};

/* The file that admins can read, compiled in. */
__asm__(".section .rodata\n.global native_schema_sql\nnative_schema_sql:\n.incbin \"conf/schema.sql\"\n.byte "
        "0\n.previous\n");
extern const char native_schema_sql[];

/* How rows of a table are told apart. */
static const struct shape {
    const char *key; /* the column that is unique; NULL: id */
    bool counted;    /* without an id by all they hold: then the table has `copy`, and '' in place of NULL */
} shapes[QUERIES] = {
    [QUERY_ALIASES] = { .key = "old_id" },
    [QUERY_PURCHASES] = { .counted = true },
    [QUERY_CONTACTS] = { .counted = true },
};

struct native {
    char *path;
    int folder; /* locked against a second import; -1: not open */
    sqlite3 *db;
    const struct query_kind *kind;
    const struct shape *shape;
    size_t n;     /* columns */
    int id;       /* index of the column, or NOWHERE */
    long waiting; /* rows put since the last commit */
    bool began;
    sqlite3_stmt *find, *insert, *update, *copies, *seen;
};

static const char *key_of(const struct native *n)
{
    return n->shape && n->shape->key ? n->shape->key : "id";
}

static bool failed(const struct native *n, struct err *e)
{
    int code = n->db ? sqlite3_errcode(n->db) : SQLITE_CANTOPEN;
    if ((code & 0xFF) == SQLITE_BUSY)
        return err_set(e, "%s is locked by another program; try again when it has ended", n->path);
    if ((code & 0xFF) == SQLITE_READONLY || (code & 0xFF) == SQLITE_CANTOPEN)
        return err_set(e, "%s cannot be written: let this user write the file and its folder", n->path);
    return err_set(e, "%s: %s", n->path, n->db ? sqlite3_errmsg(n->db) : "no memory");
}

static bool execute(struct native *n, const char *sql, struct err *e)
{
    return sqlite3_exec(n->db, sql, NULL, NULL, NULL) == SQLITE_OK || failed(n, e);
}

/* Two writers at once are one too many: a checkpoint of one beside a commit of the other can lose data in SQLite 3.40.
 */
static bool lock_folder(struct native *n, struct err *e)
{
    const char *slash = strrchr(n->path, '/');
    char *folder = slash ? mem_copy(n->path) : mem_copy(".");
    if (slash)
        folder[slash == n->path ? 1 : slash - n->path] = '\0';
    n->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool fine = n->folder >= 0 && flock(n->folder, LOCK_EX | LOCK_NB) == 0;
    if (!fine && n->folder >= 0 && errno == EWOULDBLOCK)
        err_set(e, "another import into %s is going on; wait until it has ended", folder);
    else if (!fine)
        err_set(e, "the folder %s: %s; make it, or name another in source.database", folder, strerror(errno));
    free(folder);
    return fine;
}

static bool connect_to(struct native *n, const char *path, int flags, struct err *e)
{
    int rc = sqlite3_open_v2(path, &n->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (rc != SQLITE_OK)
        return failed(n, e);
    sqlite3_busy_timeout(n->db, BUSY_PATIENCE);
    sqlite3_db_config(n->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(n->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    return true;
}

static void disconnect(struct native *n)
{
    sqlite3_close(n->db);
    n->db = NULL;
}

/* Whole or not at all: it gets its name when it is ready. */
static bool make(struct native *n, struct err *e)
{
    struct buf fresh = { 0 };
    buf_print(&fresh, "%s.new", n->path);
    bool fine = connect_to(n, fresh.text, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, e) &&
                execute(n, "PRAGMA journal_mode = DELETE; BEGIN", e) && execute(n, native_schema_sql, e) &&
                execute(n, "COMMIT; PRAGMA journal_mode = WAL", e);
    disconnect(n);
    if (fine && link(fresh.text, n->path) != 0)
        fine = err_set(e, "%s cannot be made: %s", n->path, strerror(errno));
    unlink(fresh.text);
    buf_done(&fresh);
    return fine;
}

static bool open_native(struct native *n, bool *made, struct err *e)
{
    bool native;
    if (!lock_folder(n, e))
        return false;
    *made = access(n->path, F_OK) != 0 && errno == ENOENT;
    if ((*made && !make(n, e)) || !database_native(n->path, &native, e))
        return false;
    if (!native)
        return err_set(e,
                       "%s was not made by followupctl import: it is another program's, and that is never written to; "
                       "name a new file in source.database",
                       n->path);
    return connect_to(n, n->path, SQLITE_OPEN_READWRITE, e) &&
           execute(
               n,
               "PRAGMA main.cache_size = -65536; PRAGMA temp.cache_size = -65536; " /* KiB: rows come in any order */
               "CREATE TEMP TABLE seen (key PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID",
               e);
}

bool native_open(struct native **out, const char *path, bool *made, struct err *e)
{
    struct native *n = mem_new(sizeof *n);
    n->folder = -1;
    n->path = mem_copy(path);
    if (open_native(n, made, e)) {
        *out = n;
        return true;
    }
    native_close(n);
    return false;
}

void native_close(struct native *n)
{
    if (!n)
        return;
    sqlite3_stmt *all[] = { n->find, n->insert, n->update, n->copies, n->seen };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        sqlite3_finalize(all[i]);
    disconnect(n);
    if (n->folder >= 0)
        close(n->folder);
    free(n->path);
    free(n);
}

/* ---- statements ---- */

static bool prepare(struct native *n, sqlite3_stmt **out, struct buf *sql, struct err *e)
{
    int rc = sqlite3_prepare_v3(n->db, buf_text(sql), -1, SQLITE_PREPARE_PERSISTENT, out, NULL);
    buf_reset(sql);
    return rc == SQLITE_OK || (failed(n, e), err_wrap(e, "its tables are not those of conf/schema.sql"));
}

static bool has_column(struct native *n, const char *name)
{
    return sqlite3_table_column_metadata(n->db, "main", n->kind->name, name, NULL, NULL, NULL, NULL, NULL) == SQLITE_OK;
}

/* Only x_... can be missing; the caller has seen to it that its letters are harmless. */
static bool add_missing(struct native *n, const char *const *names, struct buf *sql, struct err *e)
{
    bool fine = execute(n, "BEGIN IMMEDIATE", e);
    for (size_t i = 0; i < n->n && fine; i++) {
        if (strncmp(names[i], "x_", 2) != 0 || has_column(n, names[i]))
            continue;
        buf_print(sql, "ALTER TABLE %s ADD COLUMN \"%s\" TEXT", n->kind->name, names[i]);
        fine = execute(n, buf_text(sql), e);
        buf_reset(sql);
    }
    return fine && execute(n, "COMMIT", e);
}

/* "a" = ?1, "b" = ?2: `between` them. */
static void each(struct buf *sql, const char *const *names, size_t n, const char *format, const char *between)
{
    for (size_t i = 0; i < n; i++) {
        buf_add(sql, i ? between : "");
        for (const char *f = format; *f; f++) {
            if (*f == '#')
                buf_print(sql, "\"%s\"", names[i]);
            else if (*f == '?')
                buf_print(sql, "?%zu", i + 1);
            else
                buf_add_char(sql, *f);
        }
    }
}

static bool named(const char *const *names, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static bool prepare_by_id(struct native *n, const char *const *names, struct buf *sql, struct err *e)
{
    const char *not_empty = n->shape->counted ? " AND id <> ''" : "";
    buf_add(sql, "SELECT ");
    each(sql, names, n->n, "(# IS ?)", " AND ");
    buf_print(sql, " FROM %s WHERE %s = ?%d%s", n->kind->name, key_of(n), n->id + 1, not_empty);
    if (!prepare(n, &n->find, sql, e))
        return false;
    buf_print(sql, "UPDATE %s SET ", n->kind->name);
    each(sql, names, n->n, "# = ?", ", ");
    buf_print(sql, " WHERE %s = ?%d%s", key_of(n), n->id + 1, not_empty);
    return prepare(n, &n->update, sql, e);
}

static bool prepare_copies(struct native *n, const char *const *names, struct buf *sql, struct err *e)
{
    buf_print(sql, "SELECT ifnull(max(copy), 0) FROM %s WHERE ", n->kind->name);
    each(sql, names, n->n, "# = ?", " AND ");
    for (size_t i = 0; i < n->kind->n; i++)
        if (!named(names, n->n, n->kind->columns[i].name))
            buf_print(sql, " AND \"%s\" = ''", n->kind->columns[i].name);
    return prepare(n, &n->copies, sql, e);
}

static bool prepare_all(struct native *n, const char *const *names, struct buf *sql, struct err *e)
{
    buf_print(sql, "INSERT INTO %s (", n->kind->name);
    each(sql, names, n->n, "#", ", ");
    buf_add(sql, n->shape->counted ? ", copy) VALUES (" : ") VALUES (");
    each(sql, names, n->n, "?", ", ");
    if (n->shape->counted)
        buf_print(sql, ", ?%zu", n->n + 1);
    buf_add(sql, ")");
    if (!prepare(n, &n->insert, sql, e))
        return false;
    buf_add(sql, "INSERT INTO temp.seen VALUES (?1, 1) ON CONFLICT (key) DO UPDATE SET n = n + 1 RETURNING n");
    return prepare(n, &n->seen, sql, e) && (n->id == NOWHERE || prepare_by_id(n, names, sql, e)) &&
           (!n->shape->counted || prepare_copies(n, names, sql, e));
}

bool native_columns(struct native *n, enum query_id into, const char *const *names, size_t size, struct err *e)
{
    struct buf sql = { 0 };
    n->kind = &query_kinds[into];
    n->shape = &shapes[into];
    n->n = size;
    n->id = NOWHERE;
    for (size_t i = 0; i < size; i++)
        if (strcmp(names[i], key_of(n)) == 0)
            n->id = (int)i;
    bool fine = add_missing(n, names, &sql, e) && prepare_all(n, names, &sql, e);
    buf_done(&sql);
    return fine;
}

/* ---- rows ---- */

static void bind(sqlite3_stmt *s, int i, const struct value *v, bool empty)
{
    switch (v->type) {
    case VALUE_NONE:
        if (empty)
            sqlite3_bind_text(s, i, "", 0, SQLITE_STATIC);
        else
            sqlite3_bind_null(s, i);
        break;
    case VALUE_NUMBER:
        sqlite3_bind_int64(s, i, v->number);
        break;
    case VALUE_TEXT:
        sqlite3_bind_text(s, i, v->text, -1, SQLITE_STATIC);
        break;
    }
}

static void bind_row(const struct native *n, sqlite3_stmt *s, const struct value *row)
{
    for (size_t i = 0; i < n->n; i++)
        bind(s, (int)i + 1, &row[i], n->shape->counted);
}

/* The one number that `s` gives; `*found` false where it gives no row. */
static bool ask(struct native *n, sqlite3_stmt *s, long *out, bool *found, struct err *e)
{
    int rc = sqlite3_step(s);
    *found = rc == SQLITE_ROW;
    *out = *found ? (long)sqlite3_column_int64(s, 0) : 0;
    /* RETURNING: a row comes before the statement has ended. */
    while (rc == SQLITE_ROW)
        rc = sqlite3_step(s);
    bool fine = rc == SQLITE_DONE || failed(n, e);
    sqlite3_reset(s);
    return fine;
}

static bool run(struct native *n, sqlite3_stmt *s, struct err *e)
{
    bool fine = sqlite3_step(s) == SQLITE_DONE || failed(n, e);
    sqlite3_reset(s);
    return fine;
}

static bool insert(struct native *n, const struct value *row, long copy, struct err *e)
{
    bind_row(n, n->insert, row);
    if (n->shape->counted)
        sqlite3_bind_int64(n->insert, (int)n->n + 1, copy);
    return run(n, n->insert, e);
}

/* How often this row, or only its id, has come since the beginning. */
static bool count_seen(struct native *n, const struct value *row, bool id_only, long *times, struct err *e)
{
    struct buf all = { 0 };
    bool found;
    if (id_only)
        bind(n->seen, 1, &row[n->id], false);
    for (size_t i = 0; i < n->n && !id_only; i++) {
        if (row[i].type == VALUE_NUMBER)
            buf_print(&all, "n%lld,", (long long)row[i].number);
        else
            buf_print(&all, "t%zu,%s", row[i].text ? strlen(row[i].text) : 0, row[i].text ? row[i].text : "");
    }
    if (!id_only)
        sqlite3_bind_blob64(n->seen, 1, buf_text(&all), all.size, SQLITE_STATIC);
    bool fine = ask(n, n->seen, times, &found, e);
    sqlite3_clear_bindings(n->seen);
    buf_done(&all);
    return fine;
}

static bool put_by_id(struct native *n, const struct value *row, enum put *how, struct err *e)
{
    long times, same;
    bool found;
    bind_row(n, n->find, row);
    if (!count_seen(n, row, true, &times, e) || !ask(n, n->find, &same, &found, e))
        return false;
    *how = !found ? PUT_ADDED : same ? PUT_SAME : times > 1 ? PUT_TWICE : PUT_CHANGED;
    if (*how == PUT_ADDED)
        return insert(n, row, 1, e);
    if (*how != PUT_CHANGED)
        return true;
    bind_row(n, n->update, row);
    return run(n, n->update, e);
}

static bool put_counted(struct native *n, const struct value *row, enum put *how, struct err *e)
{
    long times, copies;
    bool found;
    bind_row(n, n->copies, row);
    if (!count_seen(n, row, false, &times, e) || !ask(n, n->copies, &copies, &found, e))
        return false;
    *how = times <= copies ? PUT_SAME : PUT_ADDED;
    return *how == PUT_SAME || insert(n, row, copies + 1, e);
}

bool native_put(struct native *n, const struct value *row, enum put *how, struct err *e)
{
    if (!n->began && !execute(n, "BEGIN IMMEDIATE", e))
        return false;
    n->began = true;
    bool by_id = n->id != NOWHERE && row[n->id].type != VALUE_NONE;
    if (!(by_id ? put_by_id(n, row, how, e) : put_counted(n, row, how, e)))
        return false;
    return ++n->waiting < BATCH || native_commit(n, e);
}

bool native_commit(struct native *n, struct err *e)
{
    if (!n->began)
        return true;
    n->began = false;
    n->waiting = 0;
    return execute(n, "COMMIT", e);
}
