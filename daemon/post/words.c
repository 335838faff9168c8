#include "post/words.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Bytes of the well-formed UTF-8 character at `p` (RFC 3629, so no surrogates and nothing overlong), or 0. */
static size_t character(const unsigned char *p, size_t left, uint32_t *out)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    size_t size = p[0] < 0x80                   ? 1
                  : p[0] >= 0xF0 && p[0] < 0xF8 ? 4
                  : p[0] >= 0xE0 && p[0] < 0xF0 ? 3
                  : p[0] >= 0xC0 && p[0] < 0xE0 ? 2
                                                : 0;
    if (!size || size > left)
        return 0;
    uint32_t c = size == 1 ? p[0] : p[0] & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (p[i] & 0x3F);
    }
    *out = c;
    return c >= least[size] && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF) ? size : 0;
}

static bool harmless(uint32_t c)
{
    bool control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
    bool turns =
        c == 0x061C || (c >= 0x200E && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return !control && !turns;
}

void words_append(char *out, size_t room, const char *bytes, size_t size)
{
    size_t used = strlen(out);
    const unsigned char *p = (const unsigned char *)bytes;
    for (size_t i = 0; i < size;) {
        char piece[5] = "";
        uint32_t c = 0;
        size_t n = character(p + i, size - i, &c);
        if (n && harmless(c))
            memcpy(piece, p + i, n);
        else
            snprintf(piece, sizeof piece, "\\x%02X", p[i]);
        i += n && harmless(c) ? n : 1;
        size_t more = strlen(piece);
        if (used + more >= room)
            return;
        memcpy(out + used, piece, more + 1);
        used += more;
    }
}
