/* Which word was meant. */
#ifndef COMPOSE_NEAR_H
#define COMPOSE_NEAR_H

#include <stddef.h>

/* The one of `n` words nearest to `word`, or NULL if none is near enough to be a slip of the pen. Rows are `step` bytes
 * apart and begin with a `const char *`. */
const char *near_word(const char *word, const void *rows, size_t n, size_t step);

#endif
