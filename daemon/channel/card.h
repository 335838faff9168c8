/* A message as a card: for chats that show boxes of text and a button instead of one text. */
#ifndef CHANNEL_CARD_H
#define CHANNEL_CARD_H

#include "compose/chat.h"

struct card_line {
    enum chat_kind kind;
    bool apart;       /* room is left above it */
    bool strong;      /* all of it: titles and headings */
    const char *mark; /* of an item: "1. ", a bullet; else "" */
    const struct chat_run *runs;
    size_t n;
    const char *url; /* what a tap on it opens: its first link, or tel: where it is a telephone number; NULL: nothing */
};

struct card {
    struct card_line *lines;
    size_t n;
    const char *label, *url; /* of the button: the first line that is a link and nothing else; NULL: there is none */
};

struct card card_of(const struct chat *c, struct arena *a);

/* The mark and the runs of a line as one text. */
const char *card_text(const struct card_line *l, struct arena *a);

#endif
