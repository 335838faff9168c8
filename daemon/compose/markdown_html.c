/* The HTML of a letter. Nothing but the tags below is ever written, and texts only through escape_add(). */
#include "compose/clean.h"
#include "compose/markdown_parts.h"

#include <string.h>

struct writer {
    const struct pieces *pieces;
    struct buf *out, text;
};

static void write_node(struct writer *w, cmark_node *node, int depth);

static void children(struct writer *w, cmark_node *node, int depth)
{
    if (depth >= MARKDOWN_DEPTH)
        return;
    for (cmark_node *n = cmark_node_first_child(node); n; n = cmark_node_next(n))
        write_node(w, n, depth + 1);
}

static void literal(struct writer *w, cmark_node *node)
{
    const char *text = cmark_node_get_literal(node);
    buf_reset(&w->text);
    escape_undo(&w->text, text ? text : "");
    escape_add(w->out, buf_text(&w->text), ESCAPE_HTML);
}

/* A block with its tags, on lines of its own. */
static void block(struct writer *w, cmark_node *node, const char *tag, const char *inside, int depth)
{
    buf_print(w->out, "<%s>%s", tag, inside);
    children(w, node, depth);
    buf_print(w->out, "</%s>\n", tag);
}

static void marked(struct writer *w, cmark_node *node, const char *tag, int depth)
{
    buf_print(w->out, "<%s>", tag);
    children(w, node, depth);
    buf_print(w->out, "</%s>", tag);
}

static void write_list(struct writer *w, cmark_node *list, int depth)
{
    if (cmark_node_get_list_type(list) == CMARK_BULLET_LIST) {
        block(w, list, "ul", "\n", depth);
        return;
    }
    int start = cmark_node_get_list_start(list);
    buf_add(w->out, "<ol");
    if (start != 1)
        buf_print(w->out, " start=\"%d\"", start);
    buf_add(w->out, ">\n");
    children(w, list, depth);
    buf_add(w->out, "</ol>\n");
}

static void write_paragraph(struct writer *w, cmark_node *paragraph, int depth)
{
    size_t number;
    char within;
    if (markdown_place(paragraph, &number, &within)) {
        w->pieces->add(w->pieces->context, number, within, w->out);
    } else if (!markdown_tight(cmark_node_parent(paragraph))) {
        block(w, paragraph, "p", "", depth);
    } else {
        children(w, paragraph, depth);
        if (cmark_node_next(paragraph))
            buf_add(w->out, "\n");
    }
}

/* What may stand in an attribute as it is; the rest is written as %XX. */
static void add_url(struct buf *out, const char *url)
{
    for (; *url; url++) {
        unsigned char c = (unsigned char)*url;
        if (c == '&')
            buf_add(out, "&amp;");
        else if (c <= ' ' || c >= 0x7F || strchr("<>\"'`\\{}|^", c))
            buf_print(out, "%%%02X", c);
        else
            buf_add_char(out, (char)c);
    }
}

static void write_link(struct writer *w, cmark_node *link, int depth)
{
    struct buf target = { 0 };
    bool follow = markdown_target(link, &target);
    if (follow) {
        buf_add(w->out, "<a href=\"");
        add_url(w->out, buf_text(&target));
        buf_add(w->out, "\">");
    }
    children(w, link, depth);
    if (follow)
        buf_add(w->out, "</a>");
    buf_done(&target);
}

static void write_node(struct writer *w, cmark_node *node, int depth)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH:
        write_paragraph(w, node, depth);
        return;
    case CMARK_NODE_HEADING:
        block(w, node, cmark_node_get_heading_level(node) == 1 ? "h1" : "h2", "", depth);
        return;
    case CMARK_NODE_LIST:
        write_list(w, node, depth);
        return;
    case CMARK_NODE_ITEM:
        block(w, node, "li", "", depth);
        return;
    case CMARK_NODE_BLOCK_QUOTE:
        block(w, node, "blockquote", "\n", depth);
        return;
    case CMARK_NODE_THEMATIC_BREAK:
        buf_add(w->out, "<hr>\n");
        return;
    case CMARK_NODE_STRONG:
        marked(w, node, "strong", depth);
        return;
    case CMARK_NODE_EMPH:
        marked(w, node, "em", depth);
        return;
    case CMARK_NODE_LINK:
        write_link(w, node, depth);
        return;
    case CMARK_NODE_SOFTBREAK:
        buf_add(w->out, "\n");
        return;
    case CMARK_NODE_LINEBREAK:
        buf_add(w->out, "<br>\n");
        return;
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
    case CMARK_NODE_HTML_INLINE:
        literal(w, node);
        return;
    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_HTML_BLOCK:
        buf_add(w->out, "<p>");
        literal(w, node);
        buf_add(w->out, "</p>\n");
        return;
    default:
        children(w, node, depth);
    }
}

void markdown_html(const struct markdown *m, const struct pieces *pieces, struct buf *out)
{
    struct writer w = { .pieces = pieces, .out = out };
    write_node(&w, markdown_root(m), 0);
    buf_done(&w.text);
}
