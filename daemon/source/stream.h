/* The rows of one query in the order of their customers' ids: all of them, from some id on, or one customer's. */
#ifndef SOURCE_STREAM_H
#define SOURCE_STREAM_H

#include "source/key.h"
#include "source/mapping.h"
#include "source/open.h"

/* How SQL is made to order ids as id_compare() does. Kept for as long as the source lives. */
enum order {
    ORDER_UNKNOWN,
    ORDER_PLAIN,    /* the column's own order is the same: an index can serve */
    ORDER_COLLATED, /* it is not, as with the texts '9' and '10': sorted by our own collation */
};

struct stream {
    enum query_id id;
    struct mapping mapping; /* sql NULL: not compiled, or the company has no such data */
    enum order order;
    sqlite3_stmt *all, *rest, *one;
    bool resumes;  /* `rest` neither scans nor sorts */
    bool seeks;    /* `one` does not scan */
    long nameless; /* rows whose customer is no id */

    /* While it is read: */
    sqlite3_stmt *running;
    bool ended;
    struct key key; /* of the current row; valid until the next */
    struct kept_key last;
    bool has_last;
    bool same;  /* the current row is of the same customer as the one before */
    bool texts; /* some id was not a plain number; kept */
};

/* What :now and :today stand for. */
struct when {
    instant now;
    date day;
    char text[32], today[16];
};

bool stream_used(const struct stream *s);

/* Learn the order if need be and prepare the statements. Inside a transaction of `d`. */
bool stream_prepare(struct stream *s, struct database *d, const struct when *w, struct err *e) MUST_CHECK;
void stream_finalize(struct stream *s);

/* Go to the first row, at or behind `after` unless it is NULL. An unused stream has ended. */
bool stream_start(struct stream *s, struct database *d, const struct when *w, const struct key *after,
                  struct err *e) MUST_CHECK;

/* Go to the first row of customer `k`; no others' rows will come. */
bool stream_seek(struct stream *s, struct database *d, const struct when *w, const struct key *k,
                 struct err *e) MUST_CHECK;

/* As stream_next(), but in a new slice where this one has lasted long enough; for a stream that is read alone. `count`
 * counts calls. */
bool stream_walk(struct stream *s, long count, struct database *d, const struct when *w, struct err *e) MUST_CHECK;

/* Go to the next row; `ended` tells whether there is one. Rows out of order are an error, after which the order is
 * collated. */
bool stream_next(struct stream *s, struct database *d, struct err *e) MUST_CHECK;
void stream_stop(struct stream *s);

#endif
