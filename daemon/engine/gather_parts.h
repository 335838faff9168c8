/* What the files that gather a digest hand each other, and whom they saw. */
#ifndef ENGINE_GATHER_PARTS_H
#define ENGINE_GATHER_PARTS_H

#include "engine/gather.h"

/* Rows read beyond those shown: some are closed once their customers were read. */
enum { LARGEST_MOST = 10, SPARE = 10 };

/* A line that wants to be shown. */
struct wish {
    struct digest_line line;
    struct episode *told;
    double rank;
};

struct wishes {
    struct gathering *g;
    struct wish *rows;
    size_t n;
    long all[DIGEST_PARTS]; /* how many there are, shown or not */
};

/* The customer, if it was read, and may be spoken of. */
const struct sighted *gather_find(const struct gathering *g, const char *id);

/* Wish for a line about this episode. NULL: its customer was not read, or its rule is gone; then it is at most counted.
 */
struct wish *gather_add(struct wishes *w, enum digest_part part, struct episode *ep);

/* From wishes to lines: of each part so many as may be shown. */
void gather_choose(struct wishes *w);

/* Days of the reader. */
date gather_day_of(const struct gathering *g, instant t);
instant gather_day_start(const struct gathering *g, date d);

/* What a customer bought on that day; unknown where an amount is, or where there are several currencies. */
money gather_amount(const struct gathering *g, const struct sighted *s, date day, const char **currency);
long gather_lines_most(const struct gathering *g);
void gather_add_ids(struct gathering *g, const struct episodes *eps, const char ***ids, size_t *n);

/* summary.c: how one of the manager's people fared, and what is at risk there; customers of nobody; and whom to read
 * for that. */
bool summary_add(struct wishes *w, const char *owner, struct err *e) MUST_CHECK;
bool summary_add_stray(struct wishes *w, const char *owner, struct err *e) MUST_CHECK;
bool summary_whom(struct gathering *g, const char *owner, long most, const char ***ids, size_t *n,
                  struct err *e) MUST_CHECK;

#endif
