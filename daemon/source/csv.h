/* CSV as RFC 4180 has it and programs write it: one record after the other from pieces of text, whatever is in them. */
#ifndef SOURCE_CSV_H
#define SOURCE_CSV_H

#include "base/err.h"

enum {
    CSV_LONGEST_CELL = 64 * 1024,
    CSV_LONGEST_RECORD = 1024 * 1024,
    CSV_MOST_CELLS = 1000,
};

struct csv;

/* The delimiter of a text by its first line: the one of , ; and tab that is there most often, a comma where none is. A
 * first line "sep=;" says it itself. 0: two are there equally often. */
char csv_guess(const char *text, size_t size);

struct csv *csv_new(char delimiter);
void csv_free(struct csv *c);

/* The next piece of the text, UTF-8; the last is followed by csv_end(). */
void csv_add(struct csv *c, const char *text, size_t size);
void csv_end(struct csv *c);

/* One record; the cells live until the next call. */
struct csv_record {
    char **cells; /* each ends in NUL */
    size_t n;
    long line;         /* where it begins, from 1 */
    const char *wrong; /* NULL, or why this record cannot be read: then there are no cells, and the next line is tried
                          for itself */
};

/* False: more text is needed, or that was all. Empty lines are passed over. */
bool csv_next(struct csv *c, struct csv_record *out);

#endif
