/* The company's own database, read without leaving a trace. Everything here may wait: it runs in the source's courier,
 * or in followupctl. One source belongs to one thread at a time. */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include "base/arena.h"
#include "base/zone.h"
#include "model/options.h"

struct source;

/* Nothing is opened before the first read. `company` is the company's zone; both outlive the source. */
struct source *source_new(const struct options *o, const struct zone *company);
void source_free(struct source *s);

/* A value that could not be read, with an example: never guessed at. */
struct unreadable {
    const char *query, *column; /* "purchases", "at" */
    long count;
    char example[160]; /* "customer 12: '31/02/2026'" */
};

/* What a pass saw. */
struct pass_report {
    long customers, purchases, contacts;
    long ignored;   /* zero and negative amounts */
    long strangers; /* purchases, contacts and problems of nobody in the customers query */
    long nameless;  /* customers without a usable id */
    struct unreadable unreadable[16];
    size_t n_unreadable;
    instant newest_purchase; /* not after `now`; INSTANT_NONE: none at all */
    int longest_gap; /* days between consecutive purchase days of the whole company in the year before `now`; 0: unknown
                      */
    duration took;
};

/* Called with one customer's facts, in id order; they are gone when it returns. False stops the reading, without error.
 */
typedef bool source_visitor(void *context, const struct facts *f);

/* Everybody in the salespeople query, in id order, into `a`. */
bool source_people(struct source *s, instant now, struct arena *a, struct people *out, struct err *e) MUST_CHECK;

/* The aliases query, in order of the old ids; none without one. */
bool source_aliases(struct source *s, instant now, struct arena *a, struct aliases *out, struct err *e) MUST_CHECK;

/* The whole company, one ordered merge over all queries, flat memory. Facts may hold purchases after `now`. A row out
 * of order, an id twice, a locked or changed database end it with an error: then nothing may be concluded from what was
 * visited. */
bool source_pass(struct source *s, instant now, source_visitor *visit, void *context, struct pass_report *report,
                 struct err *e) MUST_CHECK;

/* Only these customers; `ids` in id order. One that is not there is not visited. */
bool source_customers(struct source *s, instant now, const char *const *ids, size_t n, source_visitor *visit,
                      void *context, struct err *e) MUST_CHECK;

/* Can one customer be found without reading all? If not, asking for many at once is as cheap as for one. */
bool source_seeks(struct source *s);

/* Close the file; the next read opens it again. To be called after two idle seconds. */
void source_rest(struct source *s);

/* What is wrong with the mapping and the data (complaints with file and line), and what would be better still (notes:
 * which index would help, what this user may do to the database's folder). False: it could not be read to the end. */
bool source_check(struct source *s, instant now, struct complaints *wrong, struct complaints *notes);

#endif
