/* The admin's SELECTs: which columns each may have, and what one of them turned out to offer. */
#ifndef SOURCE_MAPPING_H
#define SOURCE_MAPPING_H

#include "model/options.h"
#include "source/dates.h"
#include "source/guard.h"

enum query_id { QUERY_ALIASES, QUERY_SALESPEOPLE, QUERY_CUSTOMERS, QUERY_PURCHASES, QUERY_CONTACTS, QUERY_PROBLEMS, QUERIES };

enum field_type {
    FIELD_KEY, /* the id that rows are merged by */
    FIELD_ID,
    FIELD_TEXT,
    FIELD_MOMENT, /* an instant, and its day */
    FIELD_DAY,
    FIELD_AMOUNT,
    FIELD_FLAG,
    FIELD_CHAT,  /* an address of a salesperson */
    FIELD_EXTRA, /* x_... */
};

enum { NOWHERE = -1 };

/* One column that a query may have. */
struct column {
    const char *name;
    enum field_type type;
    int to;     /* offset in the row's struct */
    int day_to; /* FIELD_MOMENT: of its day, or NOWHERE */
    bool required;
    bool needed;   /* a row in which it is unknown is left out */
    bool vetoes;   /* a row in which it is unreadable is left out */
    bool cautious; /* FIELD_FLAG: what it means while it is unreadable */
};

struct query_kind {
    const char *name;
    const char *one; /* "customer", for sentences about a row */
    const struct column *columns;
    size_t n;
    bool extras, chats;
};

extern const struct query_kind query_kinds[QUERIES];

/* The column of that name in any case, x_... among them; NULL if there is none. */
const struct column *query_column(const struct query_kind *kind, const char *name);

/* A column that a query really has. */
struct field {
    const struct column *column;
    char *name; /* as the query spells it */
};

struct mapping {
    const struct query_kind *kind;
    const struct query *query;
    struct calendar calendar;
    char *sql; /* one statement, nothing behind it */
    struct field *fields;
    size_t n, n_extras, n_chats;
    bool by_customer, by_after; /* it uses :customer, :after */
    bool numbers;               /* the key's column is declared to hold integers */
    char *table, *key_column;   /* where the key comes from; NULL: computed */
    char *at_column;            /* the same of the first moment, if it is of that table; else NULL */
};

/* Compile `q`, which has SQL, and find its columns; every mistake is a complaint at its place. mapping_done()
 * afterwards anyway. */
bool mapping_compile(struct mapping *m, enum query_id id, const struct query *q, sqlite3 *db, struct guard *g,
                     struct complaints *wrong);
void mapping_done(struct mapping *m);

/* The name of the key's field as the query spells it. */
const char *mapping_key(const struct mapping *m);

#endif
