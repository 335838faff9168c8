/* Between scan.c, which cuts a text into tokens, and grammar.c, which knows what may follow what. */
#ifndef SETTINGS_SCAN_H
#define SETTINGS_SCAN_H

#include "settings/reading.h"

enum { BRACKETS_DEEP = 64 };

enum token {
    START,
    NAME,
    EQUALS,
    END, /* the "," or ";" behind a value */
    VALUE,
    TEXT, /* texts side by side join */
    OPENED,
    CLOSED,
    LOST, /* behind a mistake: anything may follow */
};

/* One scan over a text and all that it includes. */
struct scan {
    struct complaints *c;
    struct arena *arena;
    const char *folder;
    struct {
        char bracket;
        const char *file;
        int line;
    } open[BRACKETS_DEEP];
    int n_open, n_files, n_refused;
    enum token last;
    bool broken; /* libconfig has nothing to add, or must not see it */
};

/* Where in which text. */
struct cursor {
    struct scan *scan;
    const char *file, *start, *at, *end;
    int line, depth;
};

void scan_refuse(struct cursor *k, int line, const char *format, ...) PRINTF_LIKE(3, 4);

/* Each is called with the cursor at its first byte, and moves it. */
void grammar_open(struct cursor *k);
void grammar_close(struct cursor *k);
void grammar_mark(struct cursor *k); /* = : , ; */
void grammar_word(struct cursor *k);

/* A value begins on this line; the caller moves the cursor. */
void grammar_value(struct cursor *k, enum token now);

/* The whole text ends here. */
void grammar_end(struct cursor *k);

/* Skip to where the next piece may begin. */
void grammar_lose(struct cursor *k);

#endif
