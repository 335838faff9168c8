/* How fast and how large, as ratios against floors measured in the same run: absolute times on shared machines mean
 * nothing. Each part is a process of its own, so that none inherits another's memory, and a part that fails does not
 * end the others. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include "engine/engine.h"

#include <sqlite3.h>

#define ROUNDS 5
#define FOLDER "build/bench-data"

struct scale {
    long customers, mails;
    int rounds; /* of A and B in turn; at most ROUNDS */
};

#define SMALL 1000 /* customers of a small company */

/* The parts; each prints its rows. */
void bench_pass(const struct scale *s);
void bench_memory(const struct scale *s);
void bench_first_day(const struct scale *s);
void bench_mail(const struct scale *s);
void bench_plan(const struct scale *s);

/* A line of the table. `ratio` 0: there is none. */
void row(const char *name, const char *ours, const char *floor, double ratio, const char *target);
/* The same from `n` rounds of seconds: ours / floor. */
void row_of_times(const char *name, double per_second, const char *unit, const double *ours, const double *floor, int n,
                  const char *target);
/* Shown as how many a second: floor / ours. */
void row_of_rates(const char *name, const double *ours, const double *floor, int n, const char *target);
/* A line under it. */
void remark(const char *format, ...) PRINTF_LIKE(1, 2);
/* This part cannot go on; `bench` will exit with 1. */
_Noreturn void fail(const char *format, ...) PRINTF_LIKE(1, 2);

double seconds(void); /* monotonic */
/* printf into a string that is never given back. */
const char *text(const char *format, ...) PRINTF_LIKE(1, 2);

/* ---- data.c: a company ---- */

#define CUSTOMERS                                                                                                      \
    "SELECT id, name, seller_id AS salesperson, segment AS category, contact AS contact_name, phone, email FROM "      \
    "client"
#define PURCHASES "SELECT client_id AS customer, invoiced AS at, total AS amount FROM invoice"

/* The moment at which everything happens: a Wednesday at ten in Oslo; and the Saturday after it. */
#define WEDNESDAY ((instant)1749024000 * SECOND)
#define SATURDAY (WEDNESDAY + 3 * DAY)

/* A database of customers with ten purchases each in the three years before, the last `quiet` days excepted; closed, in
 * WAL mode, with the covering index that followupctl check asks for. */
void data_make(const char *name, long customers, int quiet);
/* The first part: "all" and "small", for those that follow. */
void data_make_all(const struct scale *s);

/* A configuration for it. `rest` is the text of channels and rules. Returns its path. */
const char *data_configure(const char *name, const char *rest);

sqlite3_stmt *data_prepare(sqlite3 *db, const char *sql);
const char *data_path(const char *name, const char *suffix);

/* ---- loop.c: the daemon without libev ---- */

struct loop {
    struct options *options;
    struct company *company;
    struct couriers *couriers;
    struct store *store;
    struct engine *engine;
    int woken; /* an eventfd, as libev's ev_async is one */
    instant base, again;
    double began, opened; /* seconds(): when it started, and when the first message was claimed (0: none yet) */
    long asked, answered, claimed, sent, steps, commits;
    double in_steps, in_sync, longest, longest_cpu; /* seconds; the longest without what the disk took */
};

void loop_open(struct loop *l, const char *configuration, const char *store, instant now);
/* Run until `done` says so, at most `most` seconds. */
void loop_run(struct loop *l, bool (*done)(const struct loop *l), double most);
/* Nothing left to do before something happens. */
bool loop_settled(const struct loop *l);
void loop_close(struct loop *l);

#endif
