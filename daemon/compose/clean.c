#include "compose/clean.h"

#include <ctype.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#define ELLIPSIS "\xE2\x80\xA6"

enum { PRIVATE = 0xE000 };

/* Characters that change how their neighbours read: U+202A to U+202E, U+2066 to U+2069. */
static bool override(UChar32 c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* What letters are marked with on their way (ESCAPE_MARKDOWN, markdown.h): nobody's value may hold it. */
static bool ours(UChar32 c)
{
    return c >= PRIVATE && c <= PRIVATE + 0x7F;
}

static bool control(UChar32 c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || ours(c);
}

/* Letters of Latin, Greek and Cyrillic: nearly all there is, so nobody has to look further. */
static bool alphabet(UChar32 c)
{
    return (c >= 0xC0 && c < 0x300) || (c >= 0x3B1 && c < 0x483) || (c >= 0x48A && c < 0x530);
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
    int32_t i = 0;
    UChar32 c;
    U8_NEXT_OR_FFFD((const uint8_t *)*text, i, -1, c); /* -1: the NUL ends it */
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

/* A mark or space beyond ASCII, which Markdown looks at where strong and emphasis begin and end. */
static bool mark(UChar32 c)
{
    return c > 0x7F && !alphabet(c) && (u_ispunct(c) || u_isspace(c));
}

/* How many bytes the target takes as they are. */
static size_t plain_run(const char *text, enum escape escape)
{
    const char *end = text;
    for (;;) {
        unsigned char first = (unsigned char)*end;
        if (first < 0x80) {
            if (first <= ' ' || first == 0x7F || (escape == ESCAPE_MARKDOWN && !isalpha(first)) ||
                (escape == ESCAPE_HTML && entity(first)))
                break;
            end++;
            continue;
        }
        const char *after = end;
        UChar32 c = next(&after);
        if (c == 0xFFFD || white(c) || control(c) || override(c) || (escape == ESCAPE_MARKDOWN && mark(c)))
            break;
        end = after;
    }
    return (size_t)(end - text);
}

/* ASCII beside letters moves to private characters: nothing in a value can be markup then, wherever it stands. Marks
 * and spaces beyond ASCII get a letter at both sides that escape_undo() drops again, or else **{{name}}** would not be
 * strong for a name that ends in one, where the language writes no space behind it. */
static void hide(struct buf *out, UChar32 c)
{
    bool framed = mark(c);
    if (c <= 0x7F && !isalpha(c))
        c += PRIVATE;
    if (framed)
        add_character(out, PRIVATE + 0x7F);
    add_character(out, c);
    if (framed)
        add_character(out, PRIVATE + 0x7F);
}

/* White space is one space; at the beginning of a line it would be Markdown's indentation. */
static void escape_markdown(struct buf *out, const char *text)
{
    bool gap = false;
    while (*text) {
        size_t run = gap ? 0 : plain_run(text, ESCAPE_MARKDOWN);
        buf_add_bytes(out, text, run);
        text += run;
        UChar32 c = next(&text);
        if (c == 0)
            break;
        if (white(c)) {
            gap = true;
            continue;
        }
        if (control(c) || override(c))
            continue;
        if (gap && out->size && !strchr(" \n", out->text[out->size - 1]))
            buf_add_char(out, ' ');
        gap = false;
        hide(out, c);
    }
    if (gap && out->size && !strchr(" \n", out->text[out->size - 1]))
        buf_add_char(out, ' ');
}

void escape_undo(struct buf *out, const char *text)
{
    for (const char *at; (at = strchr(text, '\xEE')); text = at) {
        buf_add_bytes(out, text, (size_t)(at - text));
        UChar32 c = next(&at);
        if (!ours(c))
            add_character(out, c);
        else if (c >= PRIVATE + 0x20 && c < PRIVATE + 0x7F)
            buf_add_char(out, (char)(c - PRIVATE));
    }
    buf_add(out, text);
}

void escape_add(struct buf *out, const char *text, enum escape escape)
{
    bool gap = false;
    if (escape == ESCAPE_MARKDOWN) {
        escape_markdown(out, text);
        return;
    }
    while (*text) {
        size_t run = gap ? 0 : plain_run(text, escape);
        buf_add_bytes(out, text, run);
        text += run;
        UChar32 c = next(&text);
        if (c == 0)
            break;
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
    if (alphabet(c))
        return 1;
    int8_t type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR || (c >= 0x1160 && c <= 0x11FF))
        return 0;
    int east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return east_asian == U_EA_FULLWIDTH || east_asian == U_EA_WIDE ? 2 : 1;
}

int columns_of(const char *text)
{
    return columns_within(text, strlen(text));
}

int columns_within(const char *text, size_t size)
{
    int columns = 0;
    for (const char *end = text + size; text < end;) {
        if ((unsigned char)*text < 0x7F) { /* most text is this, and every letter is measured more than once */
            columns++;
            text++;
        } else {
            columns += width(next(&text));
        }
    }
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
