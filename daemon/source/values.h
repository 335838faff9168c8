/* Amounts, yes and no, and text, as databases really hold them. */
#ifndef SOURCE_VALUES_H
#define SOURCE_VALUES_H

#include "base/arena.h"
#include "model/customer.h"

/* Hundredths, halves rounded away from zero. Text is a plain decimal with a point: "1234.50", "-3", no grouping, no
 * comma. False for everything else and for what does not fit. */
bool amount_of_number(int64_t value, money *out);
bool amount_of_real(double value, money *out);
bool amount_read(const char *text, size_t size, money *out);

/* 0 and 1, yes and no, true and false, y n t f, on and off, in any case. */
bool flag_read(const char *text, size_t size, bool *out);

/* A copy that is UTF-8 without NUL: what is not becomes U+FFFD. At most 64 KB, cut between characters. NULL if it is
 * empty. */
char *text_clean(struct arena *a, const char *bytes, size_t size);

/* How many bytes the UTF-8 character at the start of `s` has (at most `n`); 0 if it is none. */
size_t utf8_size(const unsigned char *s, size_t n);

/* Is `size` bytes UTF-8 without NUL? */
bool utf8_valid(const char *s, size_t size);

/* The one of `words` that `word` was probably meant to be, or NULL. */
const char *near_miss(const char *word, const char *const *words, size_t n);

#endif
