/* A stranger's words, made fit for one line of a log or a mail. */
#ifndef POST_WORDS_H
#define POST_WORDS_H

#include <stddef.h>

/* Append `size` bytes to the text in `out` (`room` bytes, NUL included). Control characters, what is not UTF-8, and
 * marks that turn the direction of writing become \xNN. What does not fit is left out, never half a character. */
void words_append(char *out, size_t room, const char *bytes, size_t size);

#endif
