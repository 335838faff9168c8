/* What an admin may have meant where SQLite only says that it is not there. */
#ifndef SOURCE_HINT_H
#define SOURCE_HINT_H

#include "base/buf.h"

#include <sqlite3.h>

/* Add to `b`, behind what SQLite `said` about `sql`: "; did you mean ...?", or what to compare. */
void hint_add(struct buf *b, sqlite3 *db, const char *path, const char *sql, const char *said);

#endif
