/* ICU message patterns with names for their arguments: C's umsg_ functions know numbers only. */
#ifndef COMPOSE_PATTERN_H
#define COMPOSE_PATTERN_H

#include "base/buf.h"
#include "compose/phrases.h"

/* `pattern` into `out` with the names of `row` replaced by numbers: the row's numbers first, then its texts. Every
 * argument of the row is an argument of the result with its right type, used or not, since umsg_format() takes what
 * lies on the stack by that. False with a sentence in `why` when it names something the row does not have, or uses a
 * text as a number. */
bool pattern_numbered(const char *pattern, const struct phrase_row *row, struct buf *out, struct err *why);

#endif
