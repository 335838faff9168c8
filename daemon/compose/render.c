/* Rendering. Templates are the admin's, values are anybody's: neither can make it crash, run for ever or fill the
 * memory. */
#include "compose/clean.h"
#include "compose/template_parts.h"

#include <string.h>

enum { PARTIALS_MAX = 32, STEPS_MAX = 200 * 1000, OUTPUT_MAX = 1024 * 1024, INDENT_MAX = 200 };

/* The context stack: the innermost value first. */
struct frame {
    struct value value;
    const struct frame *outer;
};

struct work {
    const struct view *view;
    enum escape escape;
    const struct template *(*partial)(void *context, const char *name);
    void *context;
    struct buf *out;
    size_t limit;
    int steps; /* nodes that may still be visited */
};

static struct value missing(void)
{
    return (struct value){ .kind = VALUE_MISSING };
}

static struct value member(const struct work *w, const struct value *of, const char *name)
{
    return of->kind == VALUE_OBJECT ? w->view->look(w->view->context, of->node, name) : missing();
}

/* The first part of a name is looked for through the whole stack, the rest only inside what was found. */
static struct value resolve(const struct work *w, const struct frame *frame, const char *name)
{
    if (strcmp(name, ".") == 0)
        return frame->outer ? frame->value : member(w, &frame->value, name);
    struct value found = missing();
    for (bool first = true; *name; first = false) {
        char part[NAME_ROOM];
        size_t size = strcspn(name, ".");
        memcpy(part, name, size);
        part[size] = '\0';
        name += size + (name[size] == '.');
        if (first)
            for (const struct frame *f = frame; f && found.kind == VALUE_MISSING; f = f->outer)
                found = member(w, &f->value, part);
        else
            found = member(w, &found, part);
        if (found.kind == VALUE_MISSING)
            break;
    }
    return found;
}

static bool truthy(const struct value *v)
{
    switch (v->kind) {
    case VALUE_MISSING:
    case VALUE_FALSE:
        return false;
    case VALUE_TEXT:
        return v->text && v->text[0];
    case VALUE_LIST:
        return v->n > 0;
    case VALUE_TRUE:
    case VALUE_OBJECT:
        return true;
    }
    return false;
}

static void render(struct work *w, const struct template *t, size_t from, size_t to, const struct frame *frame,
                   const char *indent, int depth);

static void render_section(struct work *w, const struct template *t, size_t at, const struct frame *frame,
                           const char *indent, int depth)
{
    const struct node *node = &t->nodes[at];
    struct value v = resolve(w, frame, node->text);
    if (node->kind == NODE_INVERTED) {
        if (!truthy(&v))
            render(w, t, at + 1, node->end, frame, indent, depth);
        return;
    }
    if (!truthy(&v))
        return;
    struct frame inner = { .value = v, .outer = frame };
    if (v.kind != VALUE_LIST) {
        render(w, t, at + 1, node->end, &inner, indent, depth);
        return;
    }
    for (size_t i = 0; i < v.n && w->steps > 0; i++) {
        inner.value = w->view->item(w->view->context, v.node, i);
        render(w, t, at + 1, node->end, &inner, indent, depth);
    }
}

static void render_partial(struct work *w, const struct node *node, const struct frame *frame, const char *indent,
                           int depth)
{
    const struct template *t = w->partial ? w->partial(w->context, node->text) : NULL;
    if (!t || depth == PARTIALS_MAX)
        return;
    char deeper[INDENT_MAX] = "";
    if (node->indent && strlen(indent) + node->size < sizeof deeper) {
        strcpy(deeper, indent);
        strncat(deeper, node->indent, node->size);
    }
    render(w, t, 0, t->n, frame, deeper, depth + 1);
}

static void render_value(struct work *w, const struct node *node, const struct frame *frame)
{
    struct value v = resolve(w, frame, node->text);
    if (v.kind != VALUE_TEXT || !v.text)
        return;
    if (node->kind == NODE_RAW)
        buf_add(w->out, v.text);
    else
        escape_add(w->out, v.text, w->escape);
}

static void render(struct work *w, const struct template *t, size_t from, size_t to, const struct frame *frame,
                   const char *indent, int depth)
{
    for (size_t i = from; i < to; i++) {
        const struct node *node = &t->nodes[i];
        if (w->steps-- <= 0 || w->out->size > w->limit) {
            w->steps = 0;
            return;
        }
        switch (node->kind) {
        case NODE_TEXT:
            if (node->starts_line)
                buf_add(w->out, indent);
            buf_add_bytes(w->out, node->text, node->size);
            break;
        case NODE_VALUE:
        case NODE_RAW:
            render_value(w, node, frame);
            break;
        case NODE_SECTION:
        case NODE_INVERTED:
            render_section(w, t, i, frame, indent, depth);
            i = node->end;
            break;
        case NODE_PARTIAL:
            render_partial(w, node, frame, indent, depth);
            break;
        case NODE_END:
            break;
        }
    }
}

void template_render(const struct template *t, const struct view *v, enum escape escape,
                     const struct template *(*partial)(void *context, const char *name), void *context, struct buf *out)
{
    struct work w = { .view = v,
                      .escape = escape,
                      .partial = partial,
                      .context = context,
                      .out = out,
                      .limit = out->size + OUTPUT_MAX,
                      .steps = STEPS_MAX };
    struct frame root = { .value = { .kind = VALUE_OBJECT } };
    render(&w, t, 0, t->n, &root, "", 0);
}
