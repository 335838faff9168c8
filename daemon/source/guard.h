/* What stands between a configured SELECT and the company's database: reading only, and not for ever. */
#ifndef SOURCE_GUARD_H
#define SOURCE_GUARD_H

#include "base/err.h"
#include "base/instant.h"

#include <sqlite3.h>

struct guard {
    bool ours;         /* our own statements may begin and end a transaction */
    char refused[128]; /* what the last statement was not allowed; "" */
    duration deadline; /* courier_monotonic(): statements end then; INSTANT_NEVER: not */
    bool late;         /* one did */
};

/* Put `g` in front of `db`; it must stay where it is until `db` is closed. */
void guard_install(struct guard *g, sqlite3 *db);

/* Statements may run for `limit` from now on. */
void guard_allow(struct guard *g, duration limit);

/* One statement, as far as it can be judged without compiling it: `*size` becomes its length without a semicolon,
 * comments and space behind it. False with a sentence: several statements, or 'now'. */
bool sql_look(const char *sql, size_t *size, struct err *e) MUST_CHECK;

#endif
