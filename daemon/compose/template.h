/* Mustache (the public spec: interpolation, sections, inverted sections, comments, partials, delimiters; no lambdas),
 * escaping as the target needs it. Templates are parsed once; rendering cannot fail. */
#ifndef COMPOSE_TEMPLATE_H
#define COMPOSE_TEMPLATE_H

#include "base/buf.h"
#include "base/err.h"

enum escape { ESCAPE_HTML, ESCAPE_TEXT, ESCAPE_HEADER, ESCAPE_MARKDOWN };

/* What a name means. The renderer asks; the caller answers from whatever it has. */
enum value_kind { VALUE_MISSING, VALUE_FALSE, VALUE_TRUE, VALUE_TEXT, VALUE_LIST, VALUE_OBJECT };

struct value {
    enum value_kind kind;
    const char *text; /* VALUE_TEXT (an empty text is falsy in a section) */
    const void *node; /* VALUE_OBJECT, VALUE_LIST: handed back to `look` and `item` */
    size_t n;         /* VALUE_LIST: how many items */
};

struct view {
    struct value (*look)(const void *context, const void *node,
                         const char *name); /* one name, no dots (".": the root itself); node NULL: the root */
    struct value (*item)(const void *context, const void *node, size_t i);
    const void *context;
};

struct template;

/* Parse `text`, which stands in `file` from `line` on: so complaints say. Returns NULL after a complaint. */
struct template *template_new(const char *file, int line, const char *text, struct complaints *c);
void template_free(struct template *t);

/* Call `seen` for every name the template uses (interpolations, sections, partials), with its line, in order; TAG_END
 * is where a section is over, so that the caller knows which names lie inside. */
enum tag_kind { TAG_VALUE, TAG_RAW, TAG_SECTION, TAG_END, TAG_PARTIAL };
void template_names(const struct template *t,
                    void (*seen)(void *context, enum tag_kind kind, const char *name, int line), void *context);

/* Has it a tag of this kind and name? */
bool template_has(const struct template *t, enum tag_kind kind, const char *name);

/* Append the result. `partial` finds a partial by name, or NULL. {{{x}}} and {{&x}} are not escaped. Depth of partials
 * is limited. */
void template_render(const struct template *t, const struct view *v, enum escape escape,
                     const struct template *(*partial)(void *context, const char *name), void *context,
                     struct buf *out);

#endif
