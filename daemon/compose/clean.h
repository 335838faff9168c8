/* Text from anywhere made harmless: valid UTF-8, no control characters, no bidi overrides, a sane length; and laid out
 * in columns. */
#ifndef COMPOSE_CLEAN_H
#define COMPOSE_CLEAN_H

#include "base/arena.h"
#include "compose/template.h"

/* Append `text` as the target needs it. HTML: & < > " ' as entities. TEXT: as it is. HEADER: white space and newlines
 * become one space. MARKDOWN: the same, and all that could be markup is hidden in the private characters U+E020 to
 * U+E07F. All: control characters (but newlines), bidi overrides and U+E000 to U+E07F are left out. */
void escape_add(struct buf *out, const char *text, enum escape escape);

/* Append `text`, in which ESCAPE_MARKDOWN has hidden values, with the values as they were. */
void escape_undo(struct buf *out, const char *text);

/* One line of at most `most` characters: what is not UTF-8 becomes U+FFFD, white space one space, the rest is cut with
 * an ellipsis at a character border. NULL for NULL and for what is blank. */
const char *clean_line(struct arena *a, const char *text, int most);

/* The same with newlines kept: what the daemon itself reports. */
const char *clean_lines(struct arena *a, const char *text, int most);

/* Columns that `text` takes on a terminal: East Asian wide 2, combining 0 (Unicode Standard Annex 11). */
int columns_of(const char *text);
int columns_within(const char *text, size_t size); /* whole characters */

/* How many bytes of valid `text` fit into `columns`. */
size_t columns_cut(const char *text, int columns);

/* The part of `text` that fits into `columns`, its end replaced by an ellipsis where it does not; padded with spaces to
 * exactly that where `pad` says so. */
const char *columns_fit(struct arena *a, const char *text, int columns, bool pad);

#endif
