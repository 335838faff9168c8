/* Header values of a mail, encoded (RFC 2047) and folded so that no line is longer than 76. GMime folds at 78, and
 * takes a text that looks like an encoded word for one. */
#ifndef COMPOSE_HEADER_H
#define COMPOSE_HEADER_H

#include "base/arena.h"

/* The value of the header `name` for a clean line of text: with the space in front and the newline behind, lines ended
 * by LF. */
const char *header_text(struct arena *a, const char *name, const char *text);

/* The same for one address; `display` is the person's name, NULL for none. */
const char *header_address(struct arena *a, const char *name, const char *display, const char *address);

#endif
