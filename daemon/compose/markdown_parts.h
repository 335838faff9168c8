/* Between markdown.c, which parses, and the writers of the forms. */
#ifndef COMPOSE_MARKDOWN_PARTS_H
#define COMPOSE_MARKDOWN_PARTS_H

#include "compose/markdown.h"

#define CMARK_NO_SHORT_NAMES
#include <cmark.h>

/* Blocks inside blocks, marks inside marks: deeper ones are left out, so that no letter can exhaust the stack. */
enum { MARKDOWN_DEPTH = 24 };

/* The tree; the handle is its root. */
cmark_node *markdown_root(const struct markdown *m);

/* Is `paragraph` the place of a piece? `within` as in struct pieces. */
bool markdown_place(cmark_node *paragraph, size_t *number, char *within);

/* Does `item`, or what lies in it, stand close to its neighbours? */
bool markdown_tight(cmark_node *item);

/* The target of a link with its values, if it is one to follow: else false and `out` is empty. */
bool markdown_target(cmark_node *link, struct buf *out);

#endif
