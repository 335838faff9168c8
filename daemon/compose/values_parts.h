/* What the values of a message are kept in while they are filled: between values.c and digest.c. */
#ifndef COMPOSE_VALUES_PARTS_H
#define COMPOSE_VALUES_PARTS_H

#include "compose/clean.h"
#include "compose/values.h"

enum { NAME_MOST = 80, LINE_MOST = 160 };

struct field {
    const char *name;
    struct value value;
};

struct object {
    struct field *fields;
    size_t n;
};

/* Everything while it is filled in; afterwards the root is looked at, and what is said and labelled is made when it is
 * asked for. */
struct values {
    struct object root;
    const struct object *say, *label;         /* empty: their names are answered by say() and label() */
    const struct object *parts[DIGEST_PARTS]; /* of a digest; NULL: not there */
    const struct object *within;              /* one of these, while a piece that stands in it is rendered */
    const struct brief *b;
    const struct language *reader, *speaker;
    struct phrases *p; /* of the reader */
    struct arena *a;
    struct values **spoken; /* the same for the speaker, from the first line that is said */
};

static inline void put(struct values *v, struct object *to, const char *name, struct value value)
{
    if (value.kind == VALUE_MISSING)
        return;
    to->fields = arena_grow(v->a, to->fields, to->n, sizeof *to->fields);
    to->fields[to->n++] = (struct field){ name, value };
}

static inline void put_text(struct values *v, struct object *to, const char *name, const char *text)
{
    if (text && text[0])
        put(v, to, name, (struct value){ .kind = VALUE_TEXT, .text = text });
}

static inline void put_line(struct values *v, struct object *to, const char *name, const char *raw, int most)
{
    put_text(v, to, name, clean_line(v->a, raw, most));
}

static inline void put_true(struct values *v, struct object *to, const char *name)
{
    put(v, to, name, (struct value){ .kind = VALUE_TRUE });
}

/* A new object with a name at the root; the caller fills it. */
static inline struct object *put_object(struct values *v, const char *name)
{
    struct object *o = arena_new(v->a, sizeof *o);
    put(v, &v->root, name, (struct value){ .kind = VALUE_OBJECT, .node = o });
    return o;
}

/* The offer in the reader's words. */
const char *offer_in_words(struct values *v, const struct issued_offer *o);

#endif
