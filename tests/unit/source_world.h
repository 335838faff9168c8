/* A company's database and a source on it, for the tests of source/. */
#ifndef SOURCE_WORLD_H
#define SOURCE_WORLD_H

#include "base/buf.h"
#include "base/mem.h"
#include "harness/harness.h"
#include "source/source.h"

#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* AT(2026, 11, 22, 7, 30): that moment in UTC. */
#define AT(...) instant_at((const int[7]){ __VA_ARGS__ })

static inline instant instant_at(const int part[7])
{
    struct civil c = { part[0], part[1], part[2], part[3], part[4], part[5], part[6] };
    return instant_of(&c);
}

struct world {
    char path[256];
    struct options options;
    struct zone *zone;
    struct source *source;
    struct buf seen; /* what visitors saw, a line each */
    struct pass_report report;
};

/* The calling thread's own connection does what another program would. */
static inline void run_sql(const char *path, const char *sql)
{
    sqlite3 *db;
    char *why = NULL;
    CHECK_INT(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        test_fail(__FILE__, __LINE__, "%s: %s", sql, why);
    sqlite3_close(db);
}

static inline struct query query_of(const char *sql, int line)
{
    return (struct query){ .place = { .file = "test.conf", .line = line }, .sql = sql };
}

/* A world on the database `path`, with customers (id, name) and purchases (customer, at) unless changed. */
static inline void world_on(struct world *w, const char *path, const char *zone)
{
    struct err e;
    *w = (struct world){ 0 };
    snprintf(w->path, sizeof w->path, "%s", path);
    struct source_options *o = &w->options.source;
    w->options.file = "test.conf";
    o->place = (struct place){ .file = "test.conf", .line = 1 };
    o->database = w->path;
    o->time_limit = 10 * SECOND;
    o->salespeople.place = (struct place){ .file = "test.conf", .line = 2 };
    o->customers = query_of("SELECT id, name FROM customer", 3);
    o->purchases = query_of("SELECT customer, at FROM purchase", 4);
    CHECK_OK(zone_open(&w->zone, zone, &e), &e);
    w->source = source_new(&w->options, w->zone);
}

/* A fresh database made of `sql` in a folder of its own. */
static inline void world_of(struct world *w, const char *sql)
{
    char path[200];
    snprintf(path, sizeof path, "%s/crm.db", test_folder());
    run_sql(path, sql);
    world_on(w, path, "UTC");
}

static inline void world_end(struct world *w)
{
    source_free(w->source);
    zone_close(w->zone);
    buf_done(&w->seen);
}

/* "7 Anna: 2026-01-05 2026-02-01 12.50" */
static inline bool write_down(void *context, const struct facts *f)
{
    struct world *w = context;
    char day[16];
    buf_print(&w->seen, "%s %s:", f->customer.id, f->customer.name);
    for (size_t i = 0; i < f->n_purchases; i++) {
        buf_print(&w->seen, " %s", date_print(f->purchases[i].day, day));
        if (f->purchases[i].amount != MONEY_NONE)
            buf_print(&w->seen, "=%lld", (long long)f->purchases[i].amount);
    }
    for (size_t i = 0; i < f->n_contacts; i++)
        buf_print(&w->seen, " %s@%s", f->contacts[i].kind ? f->contacts[i].kind : "contact",
                  date_print(f->contacts[i].day, day));
    for (size_t i = 0; i < f->n_problems; i++)
        buf_print(&w->seen, " problem@%s%s", date_print(f->problems[i].opened, day),
                  f->problems[i].closed_at == INSTANT_NONE ? "" : "!");
    buf_add_char(&w->seen, '\n');
    return true;
}

static inline bool try_pass(struct world *w, struct err *e)
{
    buf_reset(&w->seen);
    return source_pass(w->source, AT(2026, 11, 22, 12), write_down, w, &w->report, e);
}

static inline const char *pass(struct world *w)
{
    struct err e;
    CHECK_OK(try_pass(w, &e), &e);
    return buf_text(&w->seen);
}

/* Why a pass fails; it must. */
static inline const char *pass_error(struct world *w)
{
    static struct err e;
    CHECK(!try_pass(w, &e));
    return e.text;
}

/* The names in the database's folder, in order, a blank between. */
static inline char *beside(const char *path)
{
    struct buf names = { 0 };
    struct dirent **rows;
    char folder[256];
    snprintf(folder, sizeof folder, "%s", path);
    *strrchr(folder, '/') = '\0';
    int n = scandir(folder, &rows, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        if (rows[i]->d_name[0] != '.')
            buf_print(&names, "%s ", rows[i]->d_name);
        free(rows[i]);
    }
    free(rows);
    return buf_take(&names);
}

/* Another program: runs `sql` on `path`, says so, keeps its connection until other_end(). */
struct other {
    pid_t pid;
    int say, hear;
};

static inline void other_begin(struct other *o, const char *path, const char *sql)
{
    int down[2], up[2];
    char c;
    CHECK(pipe(down) == 0 && pipe(up) == 0);
    fflush(NULL);
    o->pid = fork();
    CHECK(o->pid >= 0);
    if (o->pid == 0) {
        sqlite3 *db;
        close(down[1]);
        close(up[0]);
        bool fine = sqlite3_open(path, &db) == SQLITE_OK && sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
        if (write(up[1], fine ? "+" : "-", 1) == 1 && read(down[0], &c, 1) == 1)
            sqlite3_close(db);
        _exit(0);
    }
    close(down[0]);
    close(up[1]);
    o->say = down[1];
    o->hear = up[0];
    CHECK(read(o->hear, &c, 1) == 1);
    CHECK_INT(c, '+');
}

/* It closes its connection in good order, or not: then it is as if it had been killed. */
static inline void other_end(struct other *o, bool in_order)
{
    if (in_order)
        CHECK(write(o->say, "x", 1) == 1);
    close(o->say);
    close(o->hear);
    waitpid(o->pid, NULL, 0);
}

#endif
