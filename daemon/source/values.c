#include "source/values.h"

#include "base/buf.h"

#include <float.h>
#include <math.h>
#include <string.h>
#include <strings.h>

enum { LONGEST_TEXT = 64 * 1024, LONGEST_WORD = 40 };

static const money largest =
    9000000000000000000 / 1000; /* 9e15 hundredths: exact as a double, and sums of a thousand fit */

bool amount_of_number(int64_t value, money *out)
{
    if (value > largest / 100 || value < -largest / 100)
        return false;
    *out = value * 100;
    return true;
}

bool amount_of_real(double value, money *out)
{
    double hundredths = value * 100;
    if (!(fabs(hundredths) < (double)largest))
        return false;
    /* 1.005 is stored as a little less: what was written as a half shall count as one. */
    hundredths += copysign(4 * DBL_EPSILON * fabs(hundredths), hundredths);
    *out = llround(hundredths);
    return true;
}

/* One digit more; the third behind the point rounds, the rest no longer counts. */
static bool take_digit(money *value, int digit, int *decimals)
{
    if (*decimals == 2)
        *value += digit >= 5;
    else if (*decimals < 2)
        *value = *value * 10 + digit;
    if (*decimals >= 0)
        ++*decimals;
    return *value < largest;
}

bool amount_read(const char *text, size_t size, money *out)
{
    const char *p = text, *end = text + size;
    bool negative = p < end && *p == '-';
    p += p < end && (*p == '-' || *p == '+');
    money value = 0;
    int decimals = -1; /* before the point */
    for (; p < end; p++) {
        bool point = *p == '.' && decimals < 0 && p > text && p[-1] >= '0';
        if (point)
            decimals = 0;
        else if (*p < '0' || *p > '9' || !take_digit(&value, *p - '0', &decimals))
            return false;
    }
    if (end == text || end[-1] < '0' || end[-1] > '9')
        return false;
    for (int d = decimals < 0 ? 0 : decimals; d < 2; d++)
        value *= 10;
    if (value > largest)
        return false;
    *out = negative ? -value : value;
    return true;
}

bool flag_read(const char *text, size_t size, bool *out)
{
    static const struct {
        const char *word;
        bool value;
    } words[] = { { "0", false }, { "1", true }, { "no", false }, { "yes", true }, { "false", false }, { "true", true },
                  { "n", false }, { "y", true }, { "f", false },  { "t", true },   { "off", false },   { "on", true } };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (size == strlen(words[i].word) && strncasecmp(text, words[i].word, size) == 0) {
            *out = words[i].value;
            return true;
        }
    }
    return false;
}

/* Table 3-7 of the Unicode Standard: no overlong forms, no surrogates, nothing above U+10FFFF. */
size_t utf8_size(const unsigned char *s, size_t n)
{
    size_t size = s[0] < 0x80 ? 1 : s[0] < 0xC2 ? 0 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : s[0] < 0xF5 ? 4 : 0;
    if (size == 0 || size > n)
        return 0;
    if ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F) || (s[0] == 0xF0 && s[1] < 0x90) ||
        (s[0] == 0xF4 && s[1] > 0x8F))
        return 0;
    for (size_t i = 1; i < size; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    return size;
}

/* Printable or not, but one byte a character: what nearly all text is. */
static bool plain_ascii(const char *s, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((signed char)s[i] <= 0)
            return false;
    return true;
}

bool utf8_valid(const char *s, size_t size)
{
    if (plain_ascii(s, size))
        return true;
    for (size_t i = 0, step; i < size; i += step)
        if (!s[i] || !(step = utf8_size((const unsigned char *)s + i, size - i)))
            return false;
    return true;
}

static size_t cut(const char *s, size_t size)
{
    if (size <= LONGEST_TEXT)
        return size;
    size_t end = LONGEST_TEXT;
    while (end > LONGEST_TEXT - 4 && ((unsigned char)s[end] & 0xC0) == 0x80)
        end--;
    return end;
}

static char *repair(struct arena *a, const char *bytes, size_t size)
{
    struct buf b = { 0 };
    for (size_t i = 0; i < size;) {
        size_t step = bytes[i] ? utf8_size((const unsigned char *)bytes + i, size - i) : 0;
        buf_add_bytes(&b, step ? bytes + i : "\xEF\xBF\xBD", step ? step : 3);
        i += step ? step : 1;
    }
    char *text = arena_copy_bytes(a, b.text, b.size);
    buf_done(&b);
    return text;
}

char *text_clean(struct arena *a, const char *bytes, size_t size)
{
    if (!bytes || size == 0)
        return NULL;
    size = cut(bytes, size);
    return utf8_valid(bytes, size) ? arena_copy_bytes(a, bytes, size) : repair(a, bytes, size);
}

/* Edits between two words: insertions, deletions, changes. Case does not count. */
static size_t distance(const char *a, const char *b)
{
    size_t row[LONGEST_WORD + 1], n = strlen(b);
    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 1; a[i - 1]; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t change = corner + (strncasecmp(&a[i - 1], &b[j - 1], 1) != 0);
            corner = row[j];
            size_t edit = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            row[j] = change < edit ? change : edit;
        }
    }
    return row[n];
}

const char *near_miss(const char *word, const char *const *words, size_t n)
{
    size_t best = 3; /* two slips at most, and fewer than half of the word */
    const char *found = NULL;
    if (strlen(word) > LONGEST_WORD)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        size_t edits = strlen(words[i]) <= LONGEST_WORD ? distance(word, words[i]) : best;
        if (edits < best && 2 * edits < strlen(word) + 1) {
            best = edits;
            found = words[i];
        }
    }
    return found;
}
