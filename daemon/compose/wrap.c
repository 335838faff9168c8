/* Lines of at most so many columns, broken where the language allows (Unicode Standard Annex 14; Thai by dictionary).
 */
#include "compose/clean.h"
#include "compose/phrases_parts.h"

#include <ctype.h>
#include <string.h>
#include <unicode/utext.h>

struct wrap {
    struct phrases *p;
    struct buf *out;
    int columns;
    int used;         /* columns of the line that is being written */
    const char *rest; /* in front of its continuations */
    int indent;       /* columns of that */
};

/* How far a continued line is set in: under the text behind "  - ", "12. " or "> ". */
static int hanging(const char *line)
{
    size_t n = strspn(line, " "), mark = n + strspn(line + n, "0123456789");
    if (n >= 32)
        return 0;
    if (mark > n && mark - n < 4 && line[mark] == '.' && line[mark + 1] == ' ')
        return (int)mark + 2;
    if (line[n] && strchr("-*>", line[n]) && line[n + 1] == ' ')
        return (int)n + 2;
    return (int)n;
}

static void trim(struct buf *out)
{
    while (out->size && out->text[out->size - 1] == ' ')
        out->text[--out->size] = '\0';
}

static void new_line(struct wrap *w)
{
    trim(w->out);
    buf_add_char(w->out, '\n');
    buf_add(w->out, w->rest);
    w->used = w->indent;
}

static bool has_address(const char *text, size_t size)
{
    return memmem(text, size, "http://", 7) || memmem(text, size, "https://", 8);
}

/* A piece that may not be broken. Too long for any line it is cut, unless it is an address of the web. */
static void add_piece(struct wrap *w, const char *piece, size_t size)
{
    size_t bare = size;
    while (bare && piece[bare - 1] == ' ')
        bare--;
    int needed = columns_within(piece, bare);
    if (w->used + needed > w->columns && w->used > w->indent)
        new_line(w);
    while (w->used + needed > w->columns && !has_address(piece, size)) {
        size_t kept = columns_cut(piece, w->columns - w->used);
        if (kept == 0 || kept > bare)
            break;
        buf_add_bytes(w->out, piece, kept);
        piece += kept;
        size -= kept;
        bare -= kept;
        new_line(w);
        needed = columns_within(piece, bare);
    }
    buf_add_bytes(w->out, piece, size);
    w->used += needed + (int)(size - bare);
}

/* A piece that ends at `to` ends behind the address that begins in it, at the next space: ICU would break at its
 * slashes. */
static size_t address_end(const char *line, size_t size, const char *address, size_t to)
{
    if (!address || address > line + to)
        return to;
    while (to < size && line[to - 1] != ' ')
        to++;
    return to;
}

/* Where a line may be broken, but people would not: in "and/or", and between a number and its word ("4. May"). */
static bool holds_together(const char *line, size_t at)
{
    bool word = isalpha((unsigned char)line[at]) || line[at] == '%' || (unsigned char)line[at] >= 0x80;
    if (!word || at < 3)
        return false;
    if (line[at - 1] == '/')
        return line[at - 2] != ' ';
    return line[at - 1] == ' ' && isdigit((unsigned char)line[line[at - 2] == '.' ? at - 3 : at - 2]);
}

static void wrap_line(struct wrap *w, const char *line)
{
    size_t size = strlen(line);
    if (w->used + columns_within(line, size) <= w->columns) {
        buf_add_bytes(w->out, line, size);
        return;
    }
    UErrorCode code = U_ZERO_ERROR;
    UText text = UTEXT_INITIALIZER;
    utext_openUTF8(&text, line, (int64_t)size, &code);
    ubrk_setUText(w->p->lines, &text, &code);
    const char *address = strstr(line, "://");
    for (size_t from = 0, to; from < size; from = to) {
        int32_t next = U_SUCCESS(code) ? ubrk_following(w->p->lines, (int32_t)from) : UBRK_DONE;
        while (next != UBRK_DONE && holds_together(line, (size_t)next))
            next = ubrk_next(w->p->lines);
        to = address_end(line, size, address, next == UBRK_DONE ? size : (size_t)next);
        add_piece(w, line + from, to - from);
        while (address && address < line + to)
            address = strstr(address + 1, "://");
    }
    utext_close(&text);
}

void phrase_wrap_line(struct phrases *p, const char *line, const char *first, const char *rest, int columns,
                      struct buf *out)
{
    struct wrap w = { .p = p, .out = out, .columns = columns, .rest = rest };
    w.used = columns_of(first);
    w.indent = columns_of(rest);
    buf_add(out, first);
    wrap_line(&w, line);
    if (strcmp(line, "-- ") != 0) /* what mail readers know a signature by (RFC 3676, section 4.3) */
        trim(out);
    buf_add_char(out, '\n');
}

const char *phrase_wrap(struct phrases *p, const char *text, int columns, struct arena *a)
{
    static const char blanks[] = "                                        ";
    struct buf out = { 0 };
    char *copy = arena_copy(a, text);
    for (char *line; (line = strsep(&copy, "\n"));) {
        line[strcspn(line, "\r")] = '\0';
        phrase_wrap_line(p, line, "", blanks + sizeof blanks - 1 - hanging(line), columns, &out);
        if (!copy)
            out.size--; /* the last line ended as it was */
    }
    const char *result = arena_copy_bytes(a, buf_text(&out), out.size);
    buf_done(&out);
    return result;
}
