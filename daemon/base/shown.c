#include "base/shown.h"

#include <string.h>

/* The size of the letter at `p`, or 0 if there is none: RFC 3629, without overlong forms and surrogates. */
static int letter_size(const unsigned char *p)
{
    static const struct {
        unsigned char first, last, low, high; /* of the first byte; of the second */
        int size;
    } forms[] = {
        { 0x20, 0x7e, 0x00, 0xff, 1 }, { 0xc2, 0xc2, 0xa0, 0xbf, 2 }, { 0xc3, 0xdf, 0x80, 0xbf, 2 },
        { 0xe0, 0xe0, 0xa0, 0xbf, 3 }, { 0xe1, 0xec, 0x80, 0xbf, 3 }, { 0xed, 0xed, 0x80, 0x9f, 3 },
        { 0xee, 0xef, 0x80, 0xbf, 3 }, { 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 },
        { 0xf4, 0xf4, 0x80, 0x8f, 4 },
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (p[0] < forms[i].first || p[0] > forms[i].last || p[1] < forms[i].low || p[1] > forms[i].high)
            continue;
        for (int k = 2; k < forms[i].size; k++)
            if ((p[k] & 0xc0) != 0x80)
                return 0;
        return forms[i].size;
    }
    return 0;
}

char *shown(const char *text, char out[SHOWN_SIZE])
{
    const unsigned char *p = (const unsigned char *)text;
    size_t n = 0, fits = 0; /* up to `fits` there is room for the dots as well */
    while (*p) {
        int size = letter_size(p);
        if (n + (size_t)(size ? size : 1) > 80) {
            memcpy(out + fits, "...", 4);
            return out;
        }
        if (size)
            memcpy(out + n, p, (size_t)size);
        else
            out[n] = '?';
        n += (size_t)(size ? size : 1);
        p += size ? size : 1;
        if (n <= 77)
            fits = n;
    }
    out[n] = '\0';
    return out;
}
