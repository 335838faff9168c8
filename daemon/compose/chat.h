/* A message for a chat. It is kept as the letter in Markdown, and only on its way becomes what that chat shows: runs of
 * text, strong or not, in short blocks. Of the letter it has what is below the title; lists inside lists, which advise
 * for the call, and sections that say nothing are left out. */
#ifndef COMPOSE_CHAT_H
#define COMPOSE_CHAT_H

#include "base/arena.h"
#include "base/buf.h"

enum chat_kind { CHAT_TITLE, CHAT_HEADING, CHAT_PARAGRAPH, CHAT_ITEM, CHAT_QUOTE };

struct chat_run {
    const char *text; /* "\n": a new line */
    bool strong;
    const char *url; /* to follow: http, https, mailto or tel; NULL: none */
};

struct chat_block {
    enum chat_kind kind;
    int number; /* of an item; 0: it has none */
    const struct chat_run *runs;
    size_t n;
};

struct chat {
    const char *language;
    const char *shortened; /* what stands at the end of a text that had to be cut */
    const struct chat_block *blocks;
    size_t n;
};

/* What is kept of a message: `letter` is Markdown as ESCAPE_MARKDOWN leaves it. */
const char *chat_keep(const char *language, const char *shortened, const char *letter, struct arena *a);

/* Take up what chat_keep() wrote. */
bool chat_read(const char *bytes, size_t size, struct arena *a, struct chat *out, struct err *e) MUST_CHECK;

/* How long chats count a text. */
enum chat_unit { CHAT_BYTES, CHAT_CHARACTERS, CHAT_UTF16 };
size_t chat_length(const char *text, enum chat_unit unit);

/* How a chat marks text up. */
struct chat_markup {
    const char *opens, *closes;                                           /* around what is strong */
    void (*add)(struct buf *out, const char *text);                       /* so that nothing in it is markup */
    void (*add_link)(struct buf *out, const char *url, const char *text); /* NULL: the url behind the text */
    const char *bullet, *line;                                            /* "• "; a new line inside a block */
};

extern const struct chat_markup chat_plain;    /* no markup at all */
extern const struct chat_markup chat_html;     /* b and a, new lines as they are: Telegram */
extern const struct chat_markup chat_markdown; /* CommonMark, every mark of a value escaped */

/* The whole of it in at most `most` units; longer ones are cut at the end of a sentence or word (Unicode Standard Annex
 * 29; Thai by ICU's dictionary) and say so. */
const char *chat_write(const struct chat *c, const struct chat_markup *m, size_t most, enum chat_unit unit,
                       struct arena *a);

/* The same chat with at most `most` characters of text: for payloads that are built run by run. */
struct chat chat_cut(const struct chat *c, size_t most, struct arena *a);

/* The first words of one line, with an ellipsis behind them, in at most `most` units; a shorter one is left as it is.
 */
const char *chat_clip(const char *text, const char *language, size_t most, enum chat_unit unit, struct arena *a);

/* All runs of a block as one text without markup. */
const char *chat_block_text(const struct chat_block *b, struct arena *a);

#endif
