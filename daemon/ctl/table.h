/* What a verb prints: rows of named columns as an aligned table, CSV (RFC 4180) or JSON. */
#ifndef CTL_TABLE_H
#define CTL_TABLE_H

#include "ctl/ctl.h"

struct table;

/* `columns`: names separated by commas; one that ends in # holds numbers: right-aligned, and unquoted in JSON. */
struct table *table_new(const char *columns);
void table_free(struct table *t);

/* Add a row: as many texts as there are columns; NULL is an empty cell. */
void table_add(struct table *t, ...);

/* CSV cells that begin with = + - @ are defused by an
 * apostrophe unless they are numbers. */
void table_print(const struct table *t, enum format format, FILE *out);

/* Sort the rows added so far by a number, largest first (ties keep their order). */
void table_sort(struct table *t, const double *keys);

size_t table_rows(const struct table *t);

#endif
