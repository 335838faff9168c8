/* The text of a letter: blocks with a blank line between them, lists set in, sections in capitals. */
#include "compose/clean.h"
#include "compose/markdown_parts.h"

#include <string.h>

enum { PREFIX_ROOM = 16 * MARKDOWN_DEPTH };

/* What stands in front of the lines of a block. */
struct margin {
    char first[PREFIX_ROOM]; /* in front of the next line; then as `rest` */
    char rest[PREFIX_ROOM];
};

struct writer {
    const struct pieces *pieces;
    struct phrases *p;
    int columns;
    struct buf *out, line, target;
    struct arena a;
};

static void write_block(struct writer *w, cmark_node *node, struct margin *margin, int depth);
static void add_inlines(struct writer *w, cmark_node *node, int depth);

/* "text (url)", or the text alone where it is the address. */
static void add_link(struct writer *w, cmark_node *link, int depth)
{
    size_t from = w->line.size;
    add_inlines(w, link, depth);
    if (!markdown_target(link, &w->target))
        return;
    const char *url = buf_text(&w->target), *colon = strchr(url, ':'), *said = buf_text(&w->line) + from;
    if (strcmp(said, url) == 0 || strcmp(said, colon + 1) == 0)
        return;
    buf_print(&w->line, " (%s)", url);
}

static void add_inline(struct writer *w, cmark_node *node, int depth)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
    case CMARK_NODE_HTML_INLINE:
        escape_undo(&w->line, cmark_node_get_literal(node));
        return;
    case CMARK_NODE_SOFTBREAK:
        buf_add_char(&w->line, ' ');
        return;
    case CMARK_NODE_LINEBREAK:
        buf_add_char(&w->line, '\n');
        return;
    case CMARK_NODE_LINK:
        add_link(w, node, depth);
        return;
    default:
        add_inlines(w, node, depth);
    }
}

static void add_inlines(struct writer *w, cmark_node *node, int depth)
{
    if (depth >= MARKDOWN_DEPTH)
        return;
    for (cmark_node *n = cmark_node_first_child(node); n; n = cmark_node_next(n))
        add_inline(w, n, depth + 1);
}

/* Lines behind the margin; a paragraph is one line with perhaps hard breaks in it. */
static void write_lines(struct writer *w, const char *text, struct margin *margin)
{
    char *rest = arena_copy(&w->a, text);
    for (char *line; (line = strsep(&rest, "\n"));) {
        phrase_wrap_line(w->p, line, margin->first, margin->rest, w->columns, w->out);
        strcpy(margin->first, margin->rest);
    }
}

/* For a section in letters that have no capitals. */
static const char *underline(struct writer *w, int columns, int indent)
{
    int room = w->columns - indent, n = columns < room ? columns : room;
    char *line = arena_new(&w->a, (size_t)(n > 0 ? n : 0) + 1);
    memset(line, '-', n > 0 ? (size_t)n : 0);
    return line;
}

static void write_text(struct writer *w, cmark_node *node, struct margin *margin)
{
    buf_reset(&w->line);
    add_inlines(w, node, 0);
    bool section = cmark_node_get_type(node) == CMARK_NODE_HEADING && cmark_node_get_heading_level(node) > 1;
    const char *text = buf_text(&w->line), *upper = section ? phrase_upper(w->p, text, &w->a) : NULL;
    write_lines(w, section ? upper : text, margin);
    if (section && strcmp(upper, text) == 0)
        write_lines(w, underline(w, columns_of(text), columns_of(margin->rest)), margin);
}

/* A piece is set by its own template, and here only moved behind the margin. */
static void write_piece(struct writer *w, size_t number, char within, struct margin *margin)
{
    buf_reset(&w->line);
    w->pieces->add(w->pieces->context, number, within, &w->line);
    while (w->line.size && strchr("\n ", w->line.text[w->line.size - 1]))
        w->line.text[--w->line.size] = '\0';
    if (w->line.size == 0)
        return;
    write_lines(w, phrase_wrap(w->p, w->line.text, w->columns - columns_of(margin->rest), &w->a), margin);
}

static void widen(char prefix[PREFIX_ROOM], const char *by)
{
    if (strlen(prefix) + strlen(by) < PREFIX_ROOM)
        strcat(prefix, by);
}

static void write_blocks(struct writer *w, cmark_node *node, struct margin *margin, int depth)
{
    if (depth >= MARKDOWN_DEPTH)
        return;
    for (cmark_node *n = cmark_node_first_child(node); n; n = cmark_node_next(n)) {
        if (cmark_node_previous(n) && !markdown_tight(node))
            phrase_wrap_line(w->p, "", margin->rest, "", w->columns, w->out);
        write_block(w, n, margin, depth + 1);
    }
}

/* Items are set in by two columns at the outermost list, and their continuations stand under their first word. */
static void write_list(struct writer *w, cmark_node *list, struct margin *margin, int depth)
{
    int number = cmark_node_get_list_start(list);
    bool ordered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
    bool outermost = cmark_node_get_type(cmark_node_parent(list)) != CMARK_NODE_ITEM;
    for (cmark_node *item = cmark_node_first_child(list); item; item = cmark_node_next(item), number++) {
        struct margin inner = *margin;
        char mark[16] = "- ", blanks[16] = "";
        if (ordered)
            snprintf(mark, sizeof mark, "%d. ", number);
        memset(blanks, ' ', strlen(mark));
        if (cmark_node_previous(item) && !markdown_tight(item))
            phrase_wrap_line(w->p, "", margin->rest, "", w->columns, w->out);
        widen(inner.first, outermost ? "  " : "");
        widen(inner.first, mark);
        widen(inner.rest, outermost ? "  " : "");
        widen(inner.rest, blanks);
        write_blocks(w, item, &inner, depth + 1);
        strcpy(margin->first, margin->rest);
    }
}

static void write_quote(struct writer *w, cmark_node *quote, struct margin *margin, int depth)
{
    struct margin inner = *margin;
    widen(inner.first, "> ");
    widen(inner.rest, "> ");
    write_blocks(w, quote, &inner, depth);
    strcpy(margin->first, margin->rest);
}

static void write_block(struct writer *w, cmark_node *node, struct margin *margin, int depth)
{
    size_t number;
    char within;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH:
        if (markdown_place(node, &number, &within))
            write_piece(w, number, within, margin);
        else
            write_text(w, node, margin);
        return;
    case CMARK_NODE_HEADING:
        write_text(w, node, margin);
        return;
    case CMARK_NODE_LIST:
        write_list(w, node, margin, depth);
        return;
    case CMARK_NODE_BLOCK_QUOTE:
        write_quote(w, node, margin, depth);
        return;
    case CMARK_NODE_THEMATIC_BREAK:
        write_lines(w, "------------------------", margin);
        return;
    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_HTML_BLOCK:
        buf_reset(&w->line);
        escape_undo(&w->line, cmark_node_get_literal(node));
        write_lines(w, buf_text(&w->line), margin);
        return;
    default:
        write_blocks(w, node, margin, depth);
    }
}

void markdown_text(const struct markdown *m, const struct pieces *pieces, struct phrases *p, int columns,
                   struct buf *out)
{
    struct writer w = { .pieces = pieces, .p = p, .columns = columns, .out = out };
    struct margin margin = { "", "" };
    write_block(&w, markdown_root(m), &margin, 0);
    buf_done(&w.line);
    buf_done(&w.target);
    arena_done(&w.a);
}
