/* What SQLite would do for a statement: its EXPLAIN QUERY PLAN, read for two questions. */
#ifndef SOURCE_PLAN_H
#define SOURCE_PLAN_H

#include "source/open.h"

struct plan {
    bool scans; /* some table is read from end to end, or indexed for this one statement */
    bool sorts; /* rows are sorted before the first one comes */
};

bool plan_of(struct plan *p, struct database *d, const char *sql, struct err *e) MUST_CHECK;

#endif
