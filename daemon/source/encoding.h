/* Bytes of a file in whatever encoding, piece by piece, to UTF-8. Nothing is guessed but what a byte order mark says.
 */
#ifndef SOURCE_ENCODING_H
#define SOURCE_ENCODING_H

#include "base/buf.h"

struct decoder;

/* `encoding` as ICU knows it: "windows-1252", "koi8-r", "tis-620"...; NULL: UTF-8. */
bool decoder_open(struct decoder **out, const char *encoding, struct err *e) MUST_CHECK;
void decoder_close(struct decoder *d);

/* Add to `out` the text of the next bytes; `last`: no more will come. A byte order mark at the very beginning decides,
 * whatever was asked for, and is no text. False, once and for all, at the first bytes that are no text; `out` then
 * holds what was before them. */
bool decoder_add(struct decoder *d, const void *bytes, size_t size, bool last, struct buf *out,
                 struct err *e) MUST_CHECK;

#endif
