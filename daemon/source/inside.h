/* What the files of this room share about one source. */
#ifndef SOURCE_INSIDE_H
#define SOURCE_INSIDE_H

#include "source/source.h"
#include "source/stream.h"

/* An array that grows and is used again for the next customer. */
struct rows {
    void *rows;
    size_t n, room;
};

struct source {
    const struct options *options;
    struct zone_days *company;
    struct zone *zones[QUERIES]; /* of queries that have their own */
    struct zone_days *zone_days[QUERIES];
    struct database base;
    struct stream streams[QUERIES];
    struct when when;
    struct arena customer; /* of the customer being read */
    struct rows purchases, contacts, problems;
};

const struct query *source_query(const struct source *s, enum query_id id);

/* Open the database if need be, compile and prepare queries `from` to `to`, and begin a slice. On failure everything is
 * closed again. Complaints about the configuration go to `wrong`, or the first of them to `e` where `wrong` is NULL. */
bool source_begin(struct source *s, instant now, enum query_id from, enum query_id to, struct complaints *wrong,
                  struct err *e) MUST_CHECK;

/* End the slice. If the reading went well but the file has changed where it must not, it did not go well. */
bool source_end(struct source *s, bool well, struct err *e) MUST_CHECK;

/* Room for one row more in `r`, zeroed. False if one customer has impossibly many. */
void *rows_add(struct rows *r, size_t size);

/* Fill `row` (struct customer, purchase...) from the stream's current row; false if the row is to be left out. Values
 * that cannot be read are told to `r`. Strings go into `a`. */
bool row_fill(struct stream *st, void *row, struct arena *a, struct pass_report *r);

/* One customer's purchases, contacts and problems in order of time. */
void facts_sort(struct facts *f);

/* What report counts about the whole company while a pass goes on. */
struct tally {
    struct pass_report *report;
    date today;
    unsigned char bought_on[366]; /* by days before `today` */
};

/* One customer's facts from where the streams stand; the streams move on behind that customer. */
bool facts_collect(struct source *s, struct facts *f, struct tally *t, struct err *e) MUST_CHECK;

/* The whole company, or, unless `ids` is NULL, only these. */
bool pass_run(struct source *s, const char *const *ids, size_t n, source_visitor *visit, void *context, struct tally *t,
              struct err *e) MUST_CHECK;

/* Complain of each rule that needs a query or a column that there is not. The queries must be compiled. */
void check_needs(const struct source *s, struct complaints *wrong);

/* Everybody, and what of them could not be read. */
bool people_read(struct source *s, instant now, struct arena *a, struct people *out, struct pass_report *report,
                 struct err *e) MUST_CHECK;

#endif
