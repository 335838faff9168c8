/* The database of a company that has none of its own (conf/schema.sql): the only one that we write to, and only when
 * asked, in followupctl. */
#ifndef SOURCE_NATIVE_H
#define SOURCE_NATIVE_H

#include "source/mapping.h"

/* What a column of a new row holds. */
struct value {
    enum { VALUE_NONE, VALUE_NUMBER, VALUE_TEXT } type;
    int64_t number;
    const char *text;
};

enum put {
    PUT_ADDED,
    PUT_CHANGED,
    PUT_SAME,  /* it is there already */
    PUT_TWICE, /* its id came before since native_open(), with other values: nothing was done */
};

struct native;

/* Open the database, or make it: `*made`. One that is not of our schema is refused, and not touched. While it is open
 * nobody else can open it so. */
bool native_open(struct native **out, const char *path, bool *made, struct err *e) MUST_CHECK;

/* What was put is kept, as far as it was committed. NULL is fine. */
void native_close(struct native *n);

/* The columns that the rows will have, once: names of query_kinds[into], each at most once, the required among them;
 * x_... are added to the schema. */
bool native_columns(struct native *n, enum query_id into, const char *const *names, size_t size,
                    struct err *e) MUST_CHECK;

/* One row. A row with an id takes the place of the one with the same id, in these columns only; of rows without (only
 * purchases and contacts) as many are kept as came, and none is added that is there already. Committed every few
 * thousand. */
bool native_put(struct native *n, const struct value *row, enum put *how, struct err *e) MUST_CHECK;
bool native_commit(struct native *n, struct err *e) MUST_CHECK;

#endif
