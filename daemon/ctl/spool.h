/* Rows that come in the order of customers and go in the order of days, more than memory holds: what is too much lies
 * in a temporary file that has no name. */
#ifndef CTL_SPOOL_H
#define CTL_SPOOL_H

#include "base/err.h"

#include <stddef.h>

struct spool;

/* For days 0 to days - 1, and rows of `cells` texts. */
struct spool *spool_new(int days, size_t cells);
void spool_free(struct spool *s);

/* One more row of a day; NULL is an empty text. */
bool spool_add(struct spool *s, int day, const char *const *cells, struct err *e) MUST_CHECK;

/* The rows of a day in the order in which they were added; they are gone when the visitor returns. */
typedef void spool_visitor(void *context, const char *const *cells);
bool spool_each(struct spool *s, int day, spool_visitor *visit, void *context, struct err *e) MUST_CHECK;

#endif
