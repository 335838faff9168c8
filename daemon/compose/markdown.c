#include "compose/markdown.h"

#include "compose/clean.h"
#include "compose/markdown_parts.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MARK_OPENS "\xEE\x80\x80"
#define MARK_CLOSES "\xEE\x80\x81"

struct markdown *markdown_new(const char *text)
{
    return (struct markdown *)cmark_parse_document(text, strlen(text), CMARK_OPT_DEFAULT);
}

void markdown_free(struct markdown *m)
{
    if (m)
        cmark_node_free(markdown_root(m));
}

cmark_node *markdown_root(const struct markdown *m)
{
    return (cmark_node *)m;
}

bool markdown_place(cmark_node *paragraph, size_t *number, char *within)
{
    cmark_node *only = cmark_node_first_child(paragraph);
    if (!only || cmark_node_next(only) || cmark_node_get_type(only) != CMARK_NODE_TEXT)
        return false;
    const char *text = cmark_node_get_literal(only);
    size_t opens = strlen(MARK_OPENS);
    if (strncmp(text, MARK_OPENS, opens) != 0)
        return false;
    char *end;
    *number = strtoul(text + opens, &end, 10);
    if (end == text + opens)
        return false;
    *within = *end >= 'a' && *end <= 'z' ? *end++ : 0;
    return strcmp(end, MARK_CLOSES) == 0;
}

bool markdown_tight(cmark_node *item)
{
    cmark_node *list = cmark_node_parent(item);
    return cmark_node_get_type(item) == CMARK_NODE_ITEM && list && cmark_node_get_list_tight(list);
}

static bool may_follow(const char *url)
{
    static const char *const schemes[] = { "https://", "http://", "mailto:", "tel:" };
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (strncasecmp(url, schemes[i], strlen(schemes[i])) == 0)
            return true;
    return false;
}

bool markdown_target(cmark_node *link, struct buf *out)
{
    const char *url = cmark_node_get_url(link);
    buf_reset(out);
    escape_undo(out, url ? url : "");
    if (may_follow(buf_text(out)))
        return true;
    buf_reset(out);
    return false;
}

/* The line of an inline node: its block's, and the breaks before it. */
static int line_of(cmark_node *node)
{
    int line = 0;
    while (cmark_node_get_start_line(node) == 0 && cmark_node_get_type(node) >= CMARK_NODE_FIRST_INLINE) {
        for (cmark_node *n = cmark_node_previous(node); n; n = cmark_node_previous(n))
            line += cmark_node_get_type(n) == CMARK_NODE_SOFTBREAK || cmark_node_get_type(n) == CMARK_NODE_LINEBREAK;
        node = cmark_node_parent(node);
    }
    return line + cmark_node_get_start_line(node);
}

static const char *objection(cmark_node *node, struct buf *target)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_HTML_INLINE:
        return "HTML is not possible in a letter: write Markdown; < alone is \\<";
    case CMARK_NODE_IMAGE:
        return "a letter carries no images";
    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_CODE:
        return "four spaces in front of a line, or `, would show it as a program: write plain text";
    case CMARK_NODE_LINK:
        if (!markdown_target(node, target) && strncmp(cmark_node_get_url(node), "{{", 2) != 0)
            return "a link must begin with https://, http://, mailto: or tel:";
        return NULL;
    default:
        return NULL;
    }
}

void markdown_check(const char *file, const char *text, struct complaints *c)
{
    struct markdown *m = markdown_new(text);
    struct buf target = { 0 };
    cmark_iter *walk = cmark_iter_new(markdown_root(m));
    for (cmark_event_type event; (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(walk);
        const char *why = event == CMARK_EVENT_ENTER ? objection(node, &target) : NULL;
        if (why)
            complain(c, file, line_of(node), "%s", why);
    }
    cmark_iter_free(walk);
    buf_done(&target);
    markdown_free(m);
}
