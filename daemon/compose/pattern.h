/* ICU message patterns with names for their arguments: C's umsg_ functions know numbers only. */
#ifndef COMPOSE_PATTERN_H
#define COMPOSE_PATTERN_H

#include "base/buf.h"
#include "compose/phrases.h"
#include "compose/plurals.h"

/* `pattern` into `out` with the names of `row` replaced by numbers: the row's numbers first, then its texts. Every
 * argument of the row is an argument of the result with its right type, used or not, since umsg_format() takes what
 * lies on the stack by that. False with a sentence in `why` when it names something the row does not have, leaves out
 * something that it has, uses a text as a number, or lacks a form that the language takes. */
bool pattern_numbered(const char *pattern, const struct phrase_row *row, const struct plurals *plurals, struct buf *out,
                      struct err *why);

#endif
