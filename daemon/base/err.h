/* What went wrong, as one sentence a person can act on. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(text, rest) __attribute__((format(printf, text, rest)))

struct err {
    char text[1024];
};

/* Replace what `e` says. Always returns false, so that it can end a function. `e` may be NULL. */
bool err_set(struct err *e, const char *format, ...) PRINTF_LIKE(2, 3);

/* Put "what we were doing: " in front of what `e` says. Always returns false. */
bool err_wrap(struct err *e, const char *format, ...) PRINTF_LIKE(2, 3);

/* Many complaints at once, each with the place it is about: what a configuration is answered with. */
struct complaint {
    char *file; /* NULL: no place */
    int line;   /* 0: the whole file */
    char *text;
};

struct complaints {
    struct complaint *rows;
    size_t n;
};

/* Add one; `file` and the text are copied. */
void complain(struct complaints *c, const char *file, int line, const char *format, ...) PRINTF_LIKE(4, 5);

/* Forget them all; `c` can be used again. */
void complaints_done(struct complaints *c);

#endif
