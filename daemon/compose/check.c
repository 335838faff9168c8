/* Every name in every sheet is known, or a complaint says where it is and what was meant. A section whose value is an
 * object or a list opens its names to what lies inside; partials are read where they are called, as they will be
 * rendered. */
#include "compose/language.h"
#include "compose/near.h"
#include "compose/values.h"

#include <stdio.h>
#include <string.h>

enum { SCOPES_MOST = 160, PARTIALS_MOST = 8, NAME_ROOM = 160 };

struct check {
    const struct language *language;
    const struct sheet *sheet;
    struct complaints *c;
    const char *scopes[SCOPES_MOST]; /* full name of each open section's variable, or "" */
    size_t n;
    int depth;
};

static const struct variable *find(const char *name)
{
    size_t n;
    const struct variable *rows = compose_variables(&n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}

/* The variable `name` means inside the open sections. */
static const struct variable *resolve(const struct check *k, const char *name)
{
    for (size_t i = k->n; i > 0; i--) {
        char full[NAME_ROOM * 2];
        snprintf(full, sizeof full, "%s.%s", k->scopes[i - 1], name);
        const struct variable *v = k->scopes[i - 1][0] ? find(full) : NULL;
        if (v)
            return v;
    }
    return find(name);
}

/* One complaint about one place, however many templates call the partial it is in. */
static void complain_once(struct complaints *c, const char *file, int line, const char *text)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->rows[i].file && c->rows[i].line == line && strcmp(c->rows[i].file, file) == 0 &&
            strcmp(c->rows[i].text, text) == 0)
            return;
    complain(c, file, line, "%s", text);
}

static void unknown(struct check *k, const char *name, int line)
{
    size_t n;
    const struct variable *rows = compose_variables(&n);
    const char *near = near_word(name, rows, n, sizeof rows[0]);
    for (size_t i = 0; i < n && !near;
         i++) { /* the right word without what it belongs to: "phone" for "customer.phone" */
        const char *dot = strchr(rows[i].name, '.');
        if (dot && strcmp(dot + 1, name) == 0)
            near = rows[i].name;
    }
    char text[NAME_ROOM * 3];
    snprintf(text, sizeof text, "there is no {{%s}}%s%s%s", name, near ? "; do you mean {{" : "", near ? near : "",
             near ? "}}?" : "");
    complain_once(k->c, k->sheet->file, line, text);
}

static void seen(void *context, enum tag_kind kind, const char *name, int line);

static void follow(struct check *k, const char *name, int line)
{
    const struct sheet *caller = k->sheet, *s = language_sheet(k->language, name, caller->form);
    if (!s) {
        char text[NAME_ROOM * 2];
        snprintf(text, sizeof text, "there is no partial %s%s in this folder", name,
                 caller->form == FORM_HTML ? ".html" : ".txt");
        complain_once(k->c, caller->file, line, text);
        return;
    }
    if (k->depth == PARTIALS_MOST) {
        complain_once(k->c, caller->file, line, "partials call each other too deeply here, or for ever");
        return;
    }
    if (!s->body)
        return; /* complained about already */
    size_t n = k->n;
    k->depth++;
    k->sheet = s;
    template_names(s->body, seen, k);
    k->sheet = caller;
    k->depth--;
    k->n = n;
}

static void seen(void *context, enum tag_kind kind, const char *name, int line)
{
    struct check *k = context;
    const struct variable *v = NULL;
    if (kind == TAG_END) {
        k->n -= k->n > 0;
        return;
    }
    if (kind == TAG_PARTIAL) {
        follow(k, name, line);
        return;
    }
    if (strcmp(name, ".") != 0 && strncmp(name, "x_", 2) != 0) {
        v = resolve(k, name);
        if (!v)
            unknown(k, name, line);
    }
    if (kind == TAG_SECTION && k->n < SCOPES_MOST)
        k->scopes[k->n++] = v && (v->kind == VALUE_OBJECT || v->kind == VALUE_LIST) ? v->name : "";
}

struct search {
    const char *name;
    bool found;
};

static void note_call(void *context, enum tag_kind kind, const char *name, int line)
{
    struct search *s = context;
    (void)line;
    s->found = s->found || (kind == TAG_PARTIAL && strcmp(name, s->name) == 0);
}

/* A partial is checked where it is called: only there it is known which sections are open. */
static bool called_by_others(const struct sheet *s, const struct language *l)
{
    struct search search = { .name = s->name };
    for (size_t i = 0; i < l->n; i++)
        if (&l->sheets[i] != s && l->sheets[i].form == s->form && l->sheets[i].body)
            template_names(l->sheets[i].body, note_call, &search);
    return search.found;
}

void language_check(const struct language *l, struct complaints *c)
{
    for (size_t i = 0; i < l->n; i++) {
        struct check k = { .language = l, .sheet = &l->sheets[i], .c = c };
        if (k.sheet->subject)
            template_names(k.sheet->subject, seen, &k);
        if (k.sheet->body && !called_by_others(k.sheet, l))
            template_names(k.sheet->body, seen, &k);
    }
}
