/* Somebody else's text inside a message of ours. */
#ifndef BASE_SHOWN_H
#define BASE_SHOWN_H

#define SHOWN_SIZE 84

/* `text` into `out`, which is returned: at most 80 bytes ("..." where it was cut), valid UTF-8 whatever it was, no
 * control characters. */
char *shown(const char *text, char out[SHOWN_SIZE]);

#endif
