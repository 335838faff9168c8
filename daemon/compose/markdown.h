/* A letter in Markdown (CommonMark), and what is made of it. Understood are a title, sections, paragraphs, lists,
 * strong and emphasis, quotes, links and rules; what else there is becomes plain text. */
#ifndef COMPOSE_MARKDOWN_H
#define COMPOSE_MARKDOWN_H

#include "compose/phrases.h"

struct markdown;

/* Parse `text`, whose values ESCAPE_MARKDOWN has hidden. */
struct markdown *markdown_new(const char *text);
void markdown_free(struct markdown *m);

/* A paragraph that is nothing but "U+E000 number U+E001" is the place of a piece: `add` appends it. A small letter
 * behind the number, else 0, says what it stands in. */
struct pieces {
    void (*add)(void *context, size_t number, char within, struct buf *out);
    void *context;
};

/* As HTML: bare tags, texts escaped, links to http, https, mailto and tel. */
void markdown_html(const struct markdown *m, const struct pieces *pieces, struct buf *out);

/* As text of at most `columns` in the language of `p`. */
void markdown_text(const struct markdown *m, const struct pieces *pieces, struct phrases *p, int columns,
                   struct buf *out);

/* Complain about what `text`, the template of a letter, must not have: raw HTML, images, links to anything else. */
void markdown_check(const char *file, const char *text, struct complaints *c);

#endif
