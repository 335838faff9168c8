/* Records of a CSV file as rows of the native schema: which column is which, and what each cell says. Pure. */
#ifndef SOURCE_IMPORT_H
#define SOURCE_IMPORT_H

#include "base/arena.h"
#include "source/csv.h"
#include "source/native.h"

/* A column of the file that is called otherwise. */
struct import_name {
    const char *from, *to;
};

struct import_options {
    enum query_id into;
    struct calendar calendar;
    char decimal; /* '.' or ','; 0: only amounts that can be read in one way */
    bool ignore_unknown;
    struct import_name *names;
    size_t n_names;
};

/* What the header says. */
struct import {
    const struct import_options *options;
    const struct column *columns[CSV_MOST_CELLS]; /* NULL: not imported */
    const char *names[CSV_MOST_CELLS];            /* of those that are, one after the other */
    size_t n_cells, n_names;
    struct arena arena;
};

/* Read the header. What is wrong with it is a complaint without a place; then nothing may be imported. */
bool import_header(struct import *im, const struct import_options *o, const struct csv_record *header,
                   struct complaints *wrong);
void import_done(struct import *im);

enum row { ROW_EMPTY, ROW_WRONG, ROW_READ };

/* One record as a row, a value for each of `names`; strings live in `a` or the record, whose cells are trimmed. `why`
 * says what is wrong. */
enum row import_row(const struct import *im, struct csv_record *r, struct arena *a, struct value *row, struct err *why);

/* "1.234,50" as "1234.50" into `out`; `decimal` as above. */
bool amount_plain(const char *text, char decimal, char out[32], struct err *why) MUST_CHECK;

#endif
