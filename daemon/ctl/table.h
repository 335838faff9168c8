/* What a verb prints: rows of named columns as an aligned table, CSV (RFC 4180) or JSON. */
#ifndef CTL_TABLE_H
#define CTL_TABLE_H

#include "ctl/ctl.h"

struct table;

/* `columns`: names separated by commas; one that ends in # holds numbers: right-aligned, and unquoted in JSON; in ~
 * names, which a table cuts; in + what is for programs only: a table has it not. */
struct table *table_new(const char *columns);
void table_free(struct table *t);

/* Add a row: as many texts as there are columns; NULL is an empty cell. */
void table_add(struct table *t, ...);

/* Print the rows, and what ends them. CSV cells that begin with = + - @ are defused by an
 * apostrophe unless they are numbers. */
void table_print(struct table *t, enum format format, FILE *out);

/* For more rows than memory holds: make room for each first, without keeping it; then print the rows added since the
 * last time, and forget them; print the rest at last. */
void table_widen(struct table *t, ...);
void table_flush(struct table *t, enum format format, FILE *out);

/* Sort the rows added so far by a number, largest first (ties keep their order). */
void table_sort(struct table *t, const double *keys);

size_t table_rows(const struct table *t);

#endif
