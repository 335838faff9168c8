#include "source/csv.h"

#include "base/buf.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct csv {
    char delimiter;
    bool ended, first; /* no more text will come; the first line has not been read */
    bool skipping;     /* inside a line that was too long */
    struct buf text;   /* what was added; read up to `at` */
    size_t at;
    long line; /* that `at` stands in */
    struct buf cells;
    size_t starts[CSV_MOST_CELLS];
    char *rows[CSV_MOST_CELLS];
    size_t n;
};

/* A record as far as the text goes. */
enum found { FOUND_RECORD, FOUND_NOTHING, FOUND_WRONG };

struct csv *csv_new(char delimiter)
{
    struct csv *c = mem_new(sizeof *c);
    c->delimiter = delimiter;
    c->first = true;
    c->line = 1;
    return c;
}

void csv_free(struct csv *c)
{
    if (!c)
        return;
    buf_done(&c->text);
    buf_done(&c->cells);
    free(c);
}

static bool line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* "sep=;": what spreadsheets are told, and themselves write, before the header. */
static bool separator_line(const char *text, size_t size)
{
    return size >= 5 && strncasecmp(text, "sep=", 4) == 0 && text[4] && strchr(",;\t|", text[4]) &&
           (size == 5 || line_end(text[5]));
}

char csv_guess(const char *text, size_t size)
{
    static const char delimiters[] = ",;\t";
    size_t count[3] = { 0 }, best = 0;
    bool quoted = false, tie = false;
    while (size && line_end(*text))
        text++, size--;
    if (separator_line(text, size))
        return text[4];
    for (size_t i = 0; i < size && (quoted || !line_end(text[i])); i++) {
        const char *d = text[i] ? strchr(delimiters, text[i]) : NULL;
        quoted ^= text[i] == '"';
        count[d ? d - delimiters : 0] += d && !quoted;
    }
    for (size_t i = 1; i < 3; i++) {
        if (count[i] > count[best]) {
            best = i;
            tie = false;
        } else if (count[i] == count[best]) {
            tie = count[i] > 0;
        }
    }
    return tie ? 0 : delimiters[best];
}

/* What was read is forgotten when there is more of it than of what was not: so every byte is moved once or twice. */
void csv_add(struct csv *c, const char *text, size_t size)
{
    if (c->at > c->text.size / 2) {
        memmove(c->text.text, c->text.text + c->at, c->text.size - c->at);
        c->text.size -= c->at;
        c->at = 0;
    }
    buf_add_bytes(&c->text, text, size);
}

void csv_end(struct csv *c)
{
    c->ended = true;
}

static const char has_nul[] = "it has a NUL byte; if the file is UTF-16, write --encoding utf-16le";

/* Where text is read for the current record. */
struct reading {
    const char *p, *end;
    bool ended;
};

/* The size of the line end at `p`: 0 if it is none, or may be half of one. `*more` is set where that depends on what
 * follows. */
static size_t end_size(const struct reading *r, const char *p, bool *more)
{
    if (p == r->end || !line_end(*p))
        return 0;
    if (*p == '\n')
        return 1;
    if (p + 1 == r->end && !r->ended) {
        *more = true;
        return 0;
    }
    return p + 1 < r->end && p[1] == '\n' ? 2 : 1;
}

static const char *begin_cell(struct csv *c)
{
    if (c->n == CSV_MOST_CELLS)
        return "it has more than 1000 cells";
    c->starts[c->n++] = c->cells.size;
    return NULL;
}

static bool too_long(const struct csv *c, size_t more)
{
    return c->cells.size - c->starts[c->n - 1] + more > CSV_LONGEST_CELL;
}

static const char *plain_cell(struct csv *c, struct reading *r)
{
    const char *from = r->p;
    while (r->p < r->end && *r->p != c->delimiter && !line_end(*r->p))
        r->p++;
    size_t size = (size_t)(r->p - from);
    if (memchr(from, '\0', size))
        return has_nul;
    if (too_long(c, size))
        return "it has a cell of more than 64 KB";
    buf_add_bytes(&c->cells, from, size);
    return NULL;
}

/* From behind the opening quotation mark to behind the closing one. */
static const char *quoted_cell(struct csv *c, struct reading *r, bool *more)
{
    for (;;) {
        const char *mark = memchr(r->p, '"', (size_t)(r->end - r->p));
        size_t size = (size_t)((mark ? mark : r->end) - r->p);
        if (memchr(r->p, '\0', size))
            return has_nul;
        if (too_long(c, size + 1))
            return "a quotation mark opens a cell here and is not closed within 64 KB";
        if (!mark && r->ended)
            return "a quotation mark opens a cell here and is not closed";
        if (!mark || (mark + 1 == r->end && !r->ended)) {
            *more = true;
            return NULL;
        }
        buf_add_bytes(&c->cells, r->p, size);
        r->p = mark + 1;
        if (r->p == r->end || *r->p != '"')
            return NULL;
        buf_add_char(&c->cells, *r->p++);
    }
}

/* One cell and what ends it. `*last`: that was the end of the record. */
static const char *cell(struct csv *c, struct reading *r, bool *last, bool *more)
{
    const char *wrong = begin_cell(c);
    if (!wrong && r->p < r->end && *r->p == '"') {
        r->p++;
        wrong = quoted_cell(c, r, more);
        if (!wrong && !*more && r->p < r->end && *r->p != c->delimiter && !line_end(*r->p))
            wrong = "a quotation mark closes a cell, and more text follows; within a cell quotation marks are doubled";
    } else if (!wrong) {
        wrong = plain_cell(c, r);
    }
    if (wrong || *more)
        return wrong;
    buf_add_char(&c->cells, '\0');
    if (r->p < r->end && *r->p == c->delimiter) {
        r->p++;
        return NULL;
    }
    *last = true;
    size_t size = end_size(r, r->p, more);
    *more |= size == 0 && !r->ended;
    r->p += size;
    return NULL;
}

static enum found scan(struct csv *c, struct reading *r, const char **wrong)
{
    bool last = false, more = false;
    const char *begin = r->p;
    buf_reset(&c->cells);
    c->n = 0;
    while (!last && !more) {
        *wrong = cell(c, r, &last, &more);
        if (*wrong)
            return FOUND_WRONG;
    }
    if ((more ? r->end : r->p) - begin <= CSV_LONGEST_RECORD)
        return more ? FOUND_NOTHING : FOUND_RECORD;
    *wrong = "it is longer than 1 MB";
    return FOUND_WRONG;
}

/* Step over the text up to `to`, and count its lines. */
static void pass(struct csv *c, const char *to)
{
    const char *text = c->text.text;
    size_t end = (size_t)(to - text);
    for (; c->at < end; c->at++)
        c->line +=
            text[c->at] == '\n' || (text[c->at] == '\r' && (c->at + 1 == c->text.size || text[c->at + 1] != '\n'));
}

/* Go behind the end of this line, so that what follows is tried for itself. False where its end has not come yet. */
static bool leave_line(struct csv *c)
{
    struct reading r = { c->text.text + c->at, c->text.text + c->text.size, c->ended };
    bool more = false;
    while (r.p < r.end && !line_end(*r.p))
        r.p++;
    size_t size = end_size(&r, r.p, &more);
    pass(c, r.p + size);
    c->skipping = size == 0 && !c->ended;
    return !c->skipping;
}

static bool blank(const struct csv *c)
{
    return c->n == 1 && c->cells.size == 1;
}

static void give(struct csv *c, struct csv_record *out)
{
    if (out->wrong)
        return;
    for (size_t i = 0; i < c->n; i++)
        c->rows[i] = c->cells.text + c->starts[i];
    out->cells = c->rows;
    out->n = c->n;
}

bool csv_next(struct csv *c, struct csv_record *out)
{
    if (c->skipping && !leave_line(c))
        return false;
    while (c->at < c->text.size) {
        struct reading r = { c->text.text + c->at, c->text.text + c->text.size, c->ended };
        *out = (struct csv_record){ .line = c->line };
        enum found found = scan(c, &r, &out->wrong);
        if (found == FOUND_NOTHING)
            return false;
        bool separator = c->first && separator_line(c->text.text + c->at, (size_t)(r.p - c->text.text) - c->at);
        if (found == FOUND_RECORD)
            pass(c, r.p);
        else
            leave_line(c);
        if (found == FOUND_RECORD && blank(c))
            continue;
        c->first = false;
        if (separator)
            continue;
        give(c, out);
        return true;
    }
    return false;
}
