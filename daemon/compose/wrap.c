/* Lines of at most so many columns, broken where the language allows (Unicode Standard Annex 14; Thai by dictionary).
 */
#include "compose/clean.h"
#include "compose/phrases_parts.h"

#include <string.h>
#include <unicode/ustring.h>

struct wrap {
    struct phrases *p;
    struct arena *a;
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

static bool address(const char *piece)
{
    return strstr(piece, "http://") || strstr(piece, "https://");
}

/* A piece that may not be broken. Too long for any line it is cut, unless it is an address of the web. */
static void add_piece(struct wrap *w, const char *piece)
{
    size_t size = strlen(piece), bare = size;
    while (bare && piece[bare - 1] == ' ')
        bare--;
    int needed = columns_of(arena_copy_bytes(w->a, piece, bare));
    if (w->used + needed > w->columns && w->used > w->indent)
        new_line(w);
    while (w->used + needed > w->columns && !address(piece)) {
        size_t kept = columns_cut(piece, w->columns - w->used);
        if (kept == 0)
            break;
        buf_add_bytes(w->out, piece, kept);
        piece += kept;
        new_line(w);
        needed = columns_of(piece);
    }
    buf_add(w->out, piece);
    w->used += columns_of(piece);
}

/* The end of an address that begins inside [from, to): up to the next space, since ICU would break at its slashes. */
static int32_t address_end(const UChar *line, int32_t size, int32_t from, int32_t to)
{
    static const UChar mark[] = { ':', '/', '/', 0 };
    const UChar *found = u_strFindFirst(line + from, size - from, mark, 3);
    if (!found || found - line > to)
        return to;
    while (to < size && line[to - 1] != ' ')
        to++;
    return to;
}

static void wrap_line(struct wrap *w, const char *line)
{
    int32_t size;
    UErrorCode code = U_ZERO_ERROR;
    if (w->used + columns_of(line) <= w->columns) {
        buf_add(w->out, line);
        return;
    }
    arena_reset(w->a);
    UChar *text = wide(w->a, line, &size);
    ubrk_setText(w->p->lines, text, size, &code);
    int32_t from = 0;
    while (from < size) {
        int32_t to = ubrk_following(w->p->lines, from);
        if (U_FAILURE(code) || to == UBRK_DONE)
            to = size;
        to = address_end(text, size, from, to);
        add_piece(w, narrow(w->a, text + from, to - from));
        from = to;
    }
}

void phrase_wrap_line(struct phrases *p, const char *line, const char *first, const char *rest, int columns,
                      struct buf *out)
{
    struct wrap w = { .p = p, .a = &p->scratch, .out = out, .columns = columns, .rest = rest };
    w.used = columns_of(first);
    w.indent = columns_of(rest);
    buf_add(out, first);
    wrap_line(&w, line);
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
