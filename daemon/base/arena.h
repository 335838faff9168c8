/* Memory for one slice of work: many small pieces, forgotten together. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/err.h"

struct arena {
    struct arena_block *newest;
    size_t used; /* of the newest block */
};

/* `size` zeroed bytes, aligned for anything, until arena_reset() or arena_done(). */
void *arena_new(struct arena *a, size_t size);

/* A copy of `text` (NULL stays NULL), or of its first `size` bytes with a NUL behind. */
char *arena_copy(struct arena *a, const char *text);
char *arena_copy_bytes(struct arena *a, const char *bytes, size_t size);

/* printf into the arena. */
char *arena_print(struct arena *a, const char *format, ...) PRINTF_LIKE(2, 3);

/* An array grown by one: returns the (possibly moved) array with room for n + 1 elements, the new one zeroed.
 * Capacity is the next power of two, so `n` must be the number of elements this call has made so far. */
void *arena_grow(struct arena *a, void *rows, size_t n, size_t size);

/* Forget everything, keep one block for the next slice. A zeroed struct is an empty arena. */
void arena_reset(struct arena *a);
void arena_done(struct arena *a);

#endif
