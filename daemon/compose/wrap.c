/* Lines of at most so many columns, broken where the language allows (Unicode Standard Annex 14; Thai by dictionary).
 */
#include "compose/clean.h"
#include "compose/phrases_parts.h"

#include <string.h>
#include <unicode/ustring.h>

struct wrap {
    struct phrases *p;
    struct arena *a;
    struct buf out;
    int columns;
    int used;   /* columns of the line that is being written */
    int indent; /* of its continuations */
};

/* How far a continued line is set in: under the text behind "  - ", "12. " or "> ". */
static int hanging(const char *line)
{
    size_t n = strspn(line, " "), mark = n + strspn(line + n, "0123456789");
    if (mark > n && mark - n < 4 && line[mark] == '.' && line[mark + 1] == ' ')
        return (int)mark + 2;
    if (line[n] && strchr("-*>", line[n]) && line[n + 1] == ' ')
        return (int)n + 2;
    return n < 40 ? (int)n : 0;
}

static void new_line(struct wrap *w)
{
    while (w->out.size && w->out.text[w->out.size - 1] == ' ')
        w->out.text[--w->out.size] = '\0';
    buf_add_char(&w->out, '\n');
    for (int i = 0; i < w->indent; i++)
        buf_add_char(&w->out, ' ');
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
        buf_add_bytes(&w->out, piece, kept);
        piece += kept;
        new_line(w);
        needed = columns_of(piece);
    }
    buf_add(&w->out, piece);
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
    w->used = 0;
    w->indent = hanging(line);
    if (columns_of(line) <= w->columns) {
        buf_add(&w->out, line);
        return;
    }
    int32_t size;
    UErrorCode code = U_ZERO_ERROR;
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

const char *phrase_wrap(struct phrases *p, const char *text, int columns, struct arena *a)
{
    struct wrap w = { .p = p, .a = &p->scratch, .columns = columns };
    arena_reset(&p->scratch);
    char *copy = arena_copy(a, text);
    for (char *line; (line = strsep(&copy, "\n"));) {
        size_t size = strlen(line);
        while (size && (line[size - 1] == ' ' || line[size - 1] == '\r'))
            line[--size] = '\0';
        wrap_line(&w, line);
        while (w.out.size && w.out.text[w.out.size - 1] == ' ')
            w.out.text[--w.out.size] = '\0';
        if (copy)
            buf_add_char(&w.out, '\n');
    }
    const char *result = arena_copy_bytes(a, buf_text(&w.out), w.out.size);
    buf_done(&w.out);
    return result;
}
