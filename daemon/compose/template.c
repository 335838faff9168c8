#include "compose/template.h"

#include "base/mem.h"
#include "compose/template_parts.h"

#include <stdlib.h>
#include <string.h>

enum { SOURCE_MAX = 256 * 1024, DEPTH_MAX = 64, DELIMITER_ROOM = 16 };

struct parser {
    struct template *t;
    const char *file;
    struct complaints *c;
    char *at;
    int line;
    bool line_begins;       /* nothing of this line of the template has become a node yet */
    size_t open[DEPTH_MAX]; /* the sections that are open */
    size_t n_open;
    char left[DELIMITER_ROOM], right[DELIMITER_ROOM];
};

/* One tag as it stands in the source. */
struct tag {
    char sigil;         /* one of # ^ / > ! = { & or 0 for a plain value */
    char *from, *to;    /* the whole tag, delimiters included */
    char *name;         /* trimmed, ended by a NUL written over what follows it inside the tag */
    int line, newlines; /* where it begins; how many newlines lie inside it */
};

static bool wrong(struct parser *p, int line, const char *what, const char *name)
{
    complain(p->c, p->file, line, "%s%.*s", what, NAME_ROOM, name);
    return false;
}

static struct node *add_node(struct parser *p, enum node_kind kind, int line, const char *text, size_t size)
{
    struct template *t = p->t;
    if ((t->n & (t->n - 1)) == 0)
        t->nodes = mem_resize(t->nodes, (t->n ? 2 * t->n : 1) * sizeof *t->nodes);
    t->nodes[t->n] = (struct node){ .kind = kind, .line = line, .text = text, .size = size };
    return &t->nodes[t->n++];
}

/* Text up to `until`, one node a line. */
static void add_text(struct parser *p, const char *until)
{
    while (p->at < until) {
        const char *newline = memchr(p->at, '\n', (size_t)(until - p->at));
        const char *end = newline ? newline + 1 : until;
        add_node(p, NODE_TEXT, p->line, p->at, (size_t)(end - p->at))->starts_line = p->line_begins;
        p->line_begins = newline != NULL;
        p->line += newline != NULL;
        p->at += end - p->at;
    }
}

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool space(char c)
{
    return blank(c) || c == '\n' || c == '\r';
}

/* Where the line of `tag` begins if only white space stands before it there, else NULL. */
static char *line_before(const struct parser *p, const struct tag *tag)
{
    char *from = tag->from;
    while (from > p->t->source && blank(from[-1]))
        from--;
    return from == p->t->source || from[-1] == '\n' ? from : NULL;
}

/* Where the next line begins if only white space stands behind `tag`, else NULL. */
static char *line_after(const struct tag *tag)
{
    char *to = tag->to;
    while (blank(*to))
        to++;
    if (to[0] == '\r' && to[1] == '\n')
        to++;
    return *to == '\n' ? to + 1 : *to == '\0' ? to : NULL;
}

static char *trim(char *from, char *to)
{
    while (from < to && space(*from))
        from++;
    while (to > from && space(to[-1]))
        to--;
    *to = '\0';
    return from;
}

/* Read the tag at `from`. */
static bool read_tag(struct parser *p, char *from, struct tag *tag)
{
    *tag = (struct tag){ .from = from, .line = p->line };
    for (const char *c = p->at; c < from; c++)
        tag->line += *c == '\n';
    char *inside = from + strlen(p->left);
    while (*inside == ' ')
        inside++;
    if (*inside && strchr("#^/>!={&", *inside))
        tag->sigil = *inside++;
    char closing[DELIMITER_ROOM + 2];
    closing[0] = tag->sigil == '{' ? '}' : '=';
    strcpy(closing + 1, p->right);
    const char *end = tag->sigil == '{' || tag->sigil == '=' ? closing : p->right;
    char *close = strstr(inside, end);
    if (!close)
        return wrong(p, tag->line, "a tag is opened here and never closed by ", end);
    tag->to = close + strlen(end);
    for (const char *c = from; c < tag->to; c++)
        tag->newlines += *c == '\n';
    tag->name = trim(inside, close);
    return true;
}

/* The two delimiters of {{=<% %>=}}. */
static bool set_delimiters(struct parser *p, const struct tag *tag)
{
    const char *left = tag->name;
    size_t left_size = strcspn(left, " \t\r\n");
    const char *right = left + left_size + strspn(left + left_size, " \t\r\n");
    size_t right_size = strcspn(right, " \t\r\n");
    bool two = left_size && right_size && !right[right_size] && !strchr(left, '=');
    if (!two || left_size >= DELIMITER_ROOM || right_size >= DELIMITER_ROOM)
        return wrong(p, tag->line, "these are not two delimiters: ", tag->name);
    memcpy(p->left, left, left_size);
    p->left[left_size] = '\0';
    memcpy(p->right, right, right_size + 1);
    return true;
}

static bool open_section(struct parser *p, enum node_kind kind, const struct tag *tag)
{
    if (p->n_open == DEPTH_MAX)
        return wrong(p, tag->line, "too many sections inside each other at ", tag->name);
    p->open[p->n_open++] = p->t->n;
    add_node(p, kind, tag->line, tag->name, 0);
    return true;
}

static bool close_section(struct parser *p, const struct tag *tag)
{
    if (p->n_open == 0) {
        complain(p->c, p->file, tag->line, "{{/%.*s}} closes a section that is not open", NAME_ROOM, tag->name);
        return false;
    }
    struct node *opened = &p->t->nodes[p->open[--p->n_open]];
    if (strcmp(opened->text, tag->name) != 0) {
        complain(p->c, p->file, tag->line, "{{/%.*s}} does not close {{#%s}} of line %d", NAME_ROOM, tag->name,
                 opened->text, opened->line);
        return false;
    }
    opened->end = p->t->n;
    add_node(p, NODE_END, tag->line, opened->text, 0);
    return true;
}

/* The node of a tag that is no comment and sets no delimiters. `alone`: the white space before a tag alone on its line.
 */
static bool add_tag(struct parser *p, const struct tag *tag, const char *alone)
{
    if (!tag->name[0])
        return wrong(p, tag->line, "a tag without a name", "");
    if (strlen(tag->name) >= NAME_ROOM)
        return wrong(p, tag->line, "a name that is too long: ", tag->name);
    switch (tag->sigil) {
    case '#':
        return open_section(p, NODE_SECTION, tag);
    case '^':
        return open_section(p, NODE_INVERTED, tag);
    case '/':
        return close_section(p, tag);
    case '>':
        add_node(p, NODE_PARTIAL, tag->line, tag->name, alone ? (size_t)(tag->from - alone) : 0)->indent = alone;
        return true;
    default:
        add_node(p, tag->sigil ? NODE_RAW : NODE_VALUE, tag->line, tag->name, 0);
        return true;
    }
}

/* Text up to the next tag, and the tag. A tag that yields no text itself and is alone on its line takes the line with
 * it. */
static bool parse_tag(struct parser *p, char *from)
{
    struct tag tag;
    if (!read_tag(p, from, &tag))
        return false;
    char *before = NULL, *after = NULL;
    if (tag.sigil && strchr("#^/>!=", tag.sigil)) {
        before = line_before(p, &tag);
        after = line_after(&tag);
    }
    bool alone = before && after;
    add_text(p, alone ? before : tag.from);
    if (!alone && p->line_begins)
        add_node(p, NODE_TEXT, p->line, "", 0)->starts_line = true;
    p->line_begins = alone;
    bool ok =
        tag.sigil == '!' || (tag.sigil == '=' ? set_delimiters(p, &tag) : add_tag(p, &tag, alone ? before : NULL));
    p->at = alone ? after : tag.to;
    p->line = tag.line + tag.newlines + (alone && after[-1] == '\n');
    return ok;
}

static bool parse(struct parser *p)
{
    char *from;
    while ((from = strstr(p->at, p->left)))
        if (!parse_tag(p, from))
            return false;
    add_text(p, p->at + strlen(p->at));
    if (p->n_open == 0)
        return true;
    const struct node *open = &p->t->nodes[p->open[p->n_open - 1]];
    complain(p->c, p->file, open->line, "the section {{#%s}} is never closed", open->text);
    return false;
}

struct template *template_new(const char *file, int line, const char *text, struct complaints *c)
{
    if (strlen(text) > SOURCE_MAX) {
        complain(c, file, 0, "the template is larger than %d bytes", SOURCE_MAX);
        return NULL;
    }
    struct template *t = mem_new(sizeof *t);
    t->source = mem_copy(text);
    struct parser p = {
        .t = t, .file = file, .c = c, .at = t->source, .line = line, .line_begins = true, .left = "{{", .right = "}}"
    };
    if (parse(&p))
        return t;
    template_free(t);
    return NULL;
}

void template_free(struct template *t)
{
    if (!t)
        return;
    free(t->source);
    free(t->nodes);
    free(t);
}

void template_names(const struct template *t,
                    void (*seen)(void *context, enum tag_kind kind, const char *name, int line), void *context)
{
    static const enum tag_kind kinds[] = {
        [NODE_VALUE] = TAG_VALUE,      [NODE_RAW] = TAG_RAW, [NODE_SECTION] = TAG_SECTION,
        [NODE_INVERTED] = TAG_SECTION, [NODE_END] = TAG_END, [NODE_PARTIAL] = TAG_PARTIAL,
    };
    for (size_t i = 0; i < t->n; i++)
        if (t->nodes[i].kind != NODE_TEXT)
            seen(context, kinds[t->nodes[i].kind], t->nodes[i].text, t->nodes[i].line);
}

struct search {
    enum tag_kind kind;
    const char *name;
    bool found;
};

static void compare(void *context, enum tag_kind kind, const char *name, int line)
{
    struct search *s = context;
    (void)line;
    s->found = s->found || (kind == s->kind && strcmp(name, s->name) == 0);
}

bool template_has(const struct template *t, enum tag_kind kind, const char *name)
{
    struct search s = { .kind = kind, .name = name };
    template_names(t, compare, &s);
    return s.found;
}
