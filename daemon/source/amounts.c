/* Amounts as people and their programs write them in different countries. */
#include "source/import.h"

#include <string.h>

enum { LONGEST = 31 };

/* Spaces of every kind and apostrophes only ever group: one letter for them all. '-' for a minus sign, 0 for what has
 * no business in an amount. */
static char plain_letter(const char **p)
{
    static const struct {
        const char *bytes;
        char letter;
    } letters[] = {
        { " ", ' ' },  { "\xC2\xA0", ' ' },      { "\xE2\x80\xAF", ' ' }, { "\xE2\x80\x89", ' ' },
        { "'", '\'' }, { "\xE2\x80\x99", '\'' }, { "\xE2\x88\x92", '-' },
    };
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
        size_t size = strlen(letters[i].bytes);
        if (strncmp(*p, letters[i].bytes, size) == 0) {
            *p += size;
            return letters[i].letter;
        }
    }
    return strchr("0123456789.,-+", **p) ? *(*p)++ : '\0';
}

static size_t count(const char *text, char c)
{
    size_t n = 0;
    for (; *text; text++)
        n += *text == c;
    return n;
}

/* The one letter of `text` that begins its decimals; 0: it has none. False: it could be read in two ways. */
static bool find_point(const char *text, char *point)
{
    size_t points = count(text, '.'), commas = count(text, ',');
    const char *last = strrchr(text, '.'), *comma = strrchr(text, ',');
    last = !last || (comma && comma > last) ? comma : last;
    *point = '\0';
    if (!last)
        return true;
    if (points && commas) {
        *point = *last;
        return true;
    }
    if (points + commas > 1)
        return true; /* only groups can come twice */
    size_t before = (size_t)(last - text), after = strlen(last + 1);
    *point = *last;
    /* "1.234" and "12,345": a thousand and something, or one and something? Not so "0.500", "1234.500", "1 234,500". */
    return after != 3 || before > 3 || before == 0 || *text == '0' || strcspn(text, " '") < before;
}

/* Groups of three behind a first one of one to three digits, all parted by the same letter; or digits alone. */
static bool read_groups(const char *from, const char *to, char **out)
{
    char mark = '\0';
    size_t run = 0;
    for (const char *p = from; p < to; p++) {
        if (*p >= '0' && *p <= '9') {
            run++;
            *(*out)++ = *p;
            continue;
        }
        if (!strchr(" '.,", *p) || run == 0 || run > 3 || (mark && (run != 3 || *p != mark)))
            return false;
        mark = *p;
        run = 0;
    }
    return run && (!mark || (run == 3 && *from != '0'));
}

static bool read_number(const char *text, char point, char *out)
{
    const char *at = point ? strchr(text, point) : NULL, *end = text + strlen(text);
    if (at && count(text, point) > 1)
        return false;
    if (!read_groups(text, at ? at : end, &out))
        return false;
    if (at) {
        *out++ = '.';
        if (strspn(at + 1, "0123456789") != strlen(at + 1) || !at[1])
            return false;
        out = stpcpy(out, at + 1);
    }
    *out = '\0';
    return true;
}

bool amount_plain(const char *text, char decimal, char out[32], struct err *why)
{
    char plain[LONGEST + 1], point = decimal;
    size_t n = 0;
    for (const char *p = text; *p;) {
        char c = plain_letter(&p);
        if (!c || n == LONGEST - 1)
            return err_set(why, "this is no amount");
        plain[n++] = c;
    }
    plain[n] = '\0';
    char *number = plain + (*plain == '-' || *plain == '+');
    if (!decimal && !find_point(number, &point))
        return err_set(why, "this can be read in two ways; say with --decimal comma or --decimal point which is meant");
    *out = '-';
    return read_number(number, point, out + (*plain == '-')) || err_set(why, "this is no amount");
}
