/* What a language's phrases are made of: between phrases.c, formats.c and wrap.c. Opened once, used by the main thread.
 */
#ifndef COMPOSE_PHRASES_PARTS_H
#define COMPOSE_PHRASES_PARTS_H

#include "compose/phrases.h"

#include <unicode/ubrk.h>
#include <unicode/udat.h>
#include <unicode/umsg.h>
#include <unicode/unum.h>

struct phrases {
    const char *locale, *file;
    int at[PHRASES]; /* the line of each */
    UMessageFormat *messages[PHRASES];
    const char *fixed[PHRASES]; /* what a phrase without values says */
    UDateFormat *dates[PHRASES];
    UNumberFormat *plain, *plain_round, *currency, *currency_round;
    UChar code[4]; /* what the last two of them write */
    UBreakIterator *lines;
    struct arena own, scratch;
};

/* UTF-8 to UTF-16 and back; what is not valid becomes U+FFFD. The result ends in NUL. */
UChar *wide(struct arena *a, const char *text, int32_t *size);
const char *narrow(struct arena *a, const UChar *text, int32_t size);

/* Open what formats.c and wrap.c need for the locale. */
bool formats_open(struct phrases *p, struct err *e);
void formats_close(struct phrases *p);

#endif
