/* Files of words: lines "name: text"; a line that begins with white space goes on with the text before it, behind a
 * blank line as a new paragraph; # begins a comment. */
#ifndef COMPOSE_ENTRIES_H
#define COMPOSE_ENTRIES_H

#include "base/buf.h"
#include "base/err.h"

struct entry {
    char *name;
    int line;
    struct buf text;
};

struct entries {
    struct entry *rows;
    size_t n;
};

/* Read `text`, the content of `file`; continued lines are joined with `joint`, paragraphs with a newline. What cannot
 * be read or is there twice is a complaint and left out; what says nothing is a complaint, too. A zeroed struct has no
 * entries. */
void entries_read(struct entries *e, const char *file, const char *text, char joint, struct complaints *c);
void entries_done(struct entries *e);

#endif
