#include "compose/clean.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#define ELLIPSIS "\xE2\x80\xA6"

/* Characters that change how their neighbours read: U+202A to U+202E, U+2066 to U+2069. */
static bool override(UChar32 c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static bool control(UChar32 c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
}

static bool white(UChar32 c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* The next character; U+FFFD for each stretch of bytes that is none. 0 at the end. */
static UChar32 next(const char **text)
{
    if (!**text)
        return 0;
    /* At most four bytes make a character; the NUL at the end stops the macro, as it continues nothing. */
    int32_t i = 0, size = (int32_t)strnlen(*text, 4);
    UChar32 c;
    U8_NEXT_OR_FFFD((const uint8_t *)*text, i, size, c);
    *text += i;
    return c;
}

static void add_character(struct buf *out, UChar32 c)
{
    char bytes[4];
    int32_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, c);
    buf_add_bytes(out, bytes, (size_t)size);
}

static const char *entity(UChar32 c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void escape_add(struct buf *out, const char *text, enum escape escape)
{
    bool gap = false;
    for (UChar32 c; (c = next(&text));) {
        const char *as = escape == ESCAPE_HTML ? entity(c) : NULL;
        if (as)
            buf_add(out, as);
        else if (escape == ESCAPE_HEADER && white(c))
            gap = true;
        else if (c == '\t')
            buf_add_char(out, ' ');
        else if (c == '\n' || (!control(c) && !override(c))) {
            if (gap && out->size)
                buf_add_char(out, ' ');
            gap = false;
            add_character(out, c);
        }
    }
    if (gap && out->size)
        buf_add_char(out, ' ');
}

/* Does `c` belong to the character before it? A cut must not fall there. */
static bool joins(UChar32 c)
{
    return u_hasBinaryProperty(c, UCHAR_GRAPHEME_EXTEND) || c == 0x200D;
}

static const char *clean(struct arena *a, const char *text, int most, bool lines)
{
    struct buf out = { 0 };
    int n = 0;
    bool gap = false;
    while (text) {
        UChar32 c = next(&text);
        if (!c)
            break;
        if (white(c) && !(lines && c == '\n')) {
            gap = out.size > 0;
            continue;
        }
        if ((control(c) && c != '\n') || override(c))
            continue;
        /* The bound on joining marks is against a character that never ends. */
        if (n >= most && (!joins(c) || n >= most + 8)) {
            buf_add(&out, ELLIPSIS);
            break;
        }
        if (gap && c != '\n')
            buf_add_char(&out, ' ');
        n += 1 + (gap && c != '\n');
        gap = false;
        add_character(&out, c);
    }
    const char *result = out.size ? arena_copy_bytes(a, out.text, out.size) : NULL;
    buf_done(&out);
    return result;
}

const char *clean_line(struct arena *a, const char *text, int most)
{
    return clean(a, text, most, false);
}

const char *clean_lines(struct arena *a, const char *text, int most)
{
    return clean(a, text, most, true);
}

static int width(UChar32 c)
{
    int8_t type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR || (c >= 0x1160 && c <= 0x11FF))
        return 0;
    int east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return east_asian == U_EA_FULLWIDTH || east_asian == U_EA_WIDE ? 2 : 1;
}

int columns_of(const char *text)
{
    int columns = 0;
    for (UChar32 c; (c = next(&text));)
        columns += width(c);
    return columns;
}

size_t columns_cut(const char *text, int columns)
{
    const char *at = text, *end = text;
    int used = 0;
    for (UChar32 c; (c = next(&at));) {
        used += width(c);
        if (used > columns)
            break;
        end = at;
    }
    return (size_t)(end - text);
}

const char *columns_fit(struct arena *a, const char *text, int columns, bool pad)
{
    int all = columns_of(text);
    size_t kept = all > columns ? columns_cut(text, columns - 1) : strlen(text);
    struct buf out = { 0 };
    buf_add_bytes(&out, text, kept);
    if (all > columns)
        buf_add(&out, ELLIPSIS);
    for (int used = columns_of(buf_text(&out)); pad && used < columns; used++)
        buf_add_char(&out, ' ');
    const char *result = arena_copy_bytes(a, buf_text(&out), out.size);
    buf_done(&out);
    return result;
}
