/* A string under construction. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/err.h"

struct buf {
    char *text; /* always ends in NUL once anything was added; NULL before */
    size_t size, room;
};

void buf_add(struct buf *b, const char *text);
void buf_add_bytes(struct buf *b, const void *bytes, size_t size);
void buf_add_char(struct buf *b, char c);
void buf_print(struct buf *b, const char *format, ...) PRINTF_LIKE(2, 3);

/* The text so far, never NULL. */
const char *buf_text(const struct buf *b);

/* Empty, but keep the memory; or give it back. A zeroed struct is an empty buf. */
void buf_reset(struct buf *b);
void buf_done(struct buf *b);

/* Hand the string to the caller, who frees it; `b` is empty afterwards. */
char *buf_take(struct buf *b);

#endif
