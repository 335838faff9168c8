/* The id of a customer as it stands in a row: compared millions of times, so without making text of it. */
#ifndef SOURCE_KEY_H
#define SOURCE_KEY_H

#include "base/arena.h"

#include <sqlite3.h>
#include <stdint.h>

enum { LONGEST_ID = 200 };

struct key {
    bool number; /* an integer of at most 18 digits, as id_compare() has it */
    int size;
    int64_t value;
    const char *text; /* as it was written; NULL: the number in plain digits */
};

/* A key that keeps its text. */
struct kept_key {
    struct key key;
    char text[LONGEST_ID + 1];
};

struct key key_of_text(const char *text, int size);

/* The id in column `i`; false if it is none: NULL, empty, a blob, a fraction, not UTF-8, too long. Valid until the next
 * step. */
bool key_of_column(sqlite3_stmt *s, int i, struct key *out);

/* id_compare() of the two, for keys of any kind; and the same at its fastest for plain numbers. */
int key_compare_texts(const struct key *a, const struct key *b);

static inline int key_compare(const struct key *a, const struct key *b)
{
    if (a->number && b->number && !a->text && !b->text)
        return (a->value > b->value) - (a->value < b->value);
    return key_compare_texts(a, b);
}

void key_keep(struct kept_key *to, const struct key *k);
char *key_text(const struct key *k, struct arena *a);

/* "12" into `out`, for sentences; cut if need be. */
char *key_print(const struct key *k, char out[48]);

#endif
