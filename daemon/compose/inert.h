/* For chats whose markup cannot be escaped: what would be a mark, a mention or a link becomes what only looks like it.
 */
#ifndef COMPOSE_INERT_H
#define COMPOSE_INERT_H

#include "base/buf.h"

/* Invisible, without width, and part of no word: behind an @ it ends the name that would be mentioned. */
#define INERT_SPACE "\xE2\x80\x8B"

/* Does the @, # or : at `p` begin a word of `text`? Inside of one, as in a mail address, it mentions nobody. */
bool inert_begins(const char *text, const char *p);

/* Append `text`, in which nothing is bold, a quote, a list, a link or a mention any more; web addresses as they are. */
void inert_add(struct buf *out, const char *text);

/* Append `url` so that it ends nowhere before its end. */
void inert_add_url(struct buf *out, const char *url);

#endif
