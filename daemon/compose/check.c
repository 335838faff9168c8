/* Every name in every template is known, or a complaint says where it is and what was meant. A section whose value is
 * an object or a list opens its names to what lies inside; parts of a letter are read where they are called, as they
 * will be rendered. And no letter leaves out what it is sent for. */
#include "compose/language.h"
#include "compose/near.h"
#include "compose/values.h"
#include "model/options.h"

#include <stdio.h>
#include <string.h>

enum { SCOPES_MOST = 160, PARTS_MOST = 8, NAME_ROOM = 160, VALUES_MOST = 4 };

/* What every letter of a rule is sent for: the piece of the layout that says it, or its values by themselves. */
static const struct purpose {
    const char *piece, *values[VALUES_MOST];
    bool any; /* one of the values does */
    const char *what;
} purposes[] = {
    { "reason", { "reason" }, .what = "why now" },
    { "who", { "customer.phone", "customer.email" }, .any = true, .what = "how to reach the customer" },
    { "offer", { "offer.what", "offer.code", "offer.until" }, .what = "what the offer is" },
};

enum { PURPOSES = sizeof purposes / sizeof purposes[0] };

struct check {
    struct language *language; /* NULL: the layout by itself */
    const struct language *english;
    const struct layout *layout;
    const struct sheet *sheet; /* NULL: a line of the script */
    const char *file;
    struct complaints *c;
    const char *scopes[SCOPES_MOST]; /* full name of each open section's variable, or "" */
    size_t n;
    int depth;
    bool wrong; /* something cannot be read: what is said is not known */
    bool said[PURPOSES][VALUES_MOST];
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

static void note_said(struct check *k, const char *value)
{
    for (int i = 0; i < PURPOSES; i++)
        for (int j = 0; j < VALUES_MOST && purposes[i].values[j]; j++)
            k->said[i][j] = k->said[i][j] || strcmp(purposes[i].values[j], value) == 0;
}

/* Pieces of the layout are held to their purpose by themselves. */
static void note_piece(struct check *k, const char *name)
{
    for (int i = 0; i < PURPOSES; i++)
        for (int j = 0; j < VALUES_MOST && strcmp(purposes[i].piece, name) == 0; j++)
            k->said[i][j] = true;
}

/* One complaint about one place, however many templates call the part it is in. */
static void complain_once(struct check *k, int line, const char *text)
{
    const char *file = k->file;
    struct complaints *c = k->c;
    k->wrong = true;
    for (size_t i = 0; i < c->n; i++)
        if (c->rows[i].file && c->rows[i].line == line && strcmp(c->rows[i].file, file) == 0 &&
            strcmp(c->rows[i].text, text) == 0)
            return;
    complain(c, file, line, "%s", text);
}

/* "there is no `what`; do you mean `before``near``after`?" */
static void unknown(struct check *k, int line, const char *what, const char *before, const char *near,
                    const char *after)
{
    char text[NAME_ROOM * 4];
    snprintf(text, sizeof text, near ? "there is no %s; do you mean %s%s%s?" : "there is no %s", what, before, near,
             after);
    complain_once(k, line, text);
}

static void unknown_variable(struct check *k, const char *name, int line)
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
    char what[NAME_ROOM];
    snprintf(what, sizeof what, "{{%s}}", name);
    unknown(k, line, what, "{{", near, "}}");
}

/* {{say.NAME}}: in a letter, of the lines in the language's script. */
static void check_say(struct check *k, const char *name, int line)
{
    struct language *l = k->language;
    char what[NAME_ROOM * 3];
    if (!l || !k->sheet) {
        complain_once(k, line, "only a letter can {{say...}}");
        return;
    }
    for (size_t i = 0; i < l->n_lines; i++)
        if (strcmp(l->lines[i].name, name) == 0) {
            l->lines[i].used = true;
            return;
        }
    if (!l->has_script || (k->english && language_line(k->english, name)))
        return; /* the script is complained about for that */
    snprintf(what, sizeof what, "line \"%s\" in %s", name, l->script);
    unknown(k, line, what, "{{say.", near_word(name, l->lines, l->n_lines, sizeof *l->lines), "}}");
}

static void check_label(struct check *k, const char *name, int line)
{
    char what[NAME_ROOM], label[NAME_ROOM];
    if (phrase_label(name) != PHRASES)
        return;
    snprintf(what, sizeof what, "phrase \"label-%s\"", name);
    snprintf(label, sizeof label, "label-%s", name);
    const char *near = near_word(label, &phrase_rows[PHRASE_LABEL_NUMBER], PHRASE_DATE_SHORT - PHRASE_LABEL_NUMBER,
                                 sizeof phrase_rows[0]);
    unknown(k, line, what, "{{label.", near ? near + strlen("label-") : NULL, "}}");
}

static void seen(void *context, enum tag_kind kind, const char *name, int line);

/* The names of one template, in the sections that are open where it is called. */
static void check_template(struct check *k, const struct sheet *s)
{
    const struct sheet *caller = k->sheet;
    const char *file = k->file;
    size_t n = k->n;
    if (!s->body) { /* complained about already */
        k->wrong = true;
        return;
    }
    k->depth++;
    k->sheet = s;
    k->file = s->file;
    template_names(s->body, seen, k);
    k->sheet = caller;
    k->file = file;
    k->depth--;
    k->n = n;
}

static void no_part(struct check *k, const char *name, int line)
{
    char text[NAME_ROOM * 2];
    if (k->language)
        snprintf(text, sizeof text, "there is no %s.md beside this letter, and no %s.html in the layout", name, name);
    else
        snprintf(text, sizeof text, "there is no %s%s beside this file", name,
                 k->sheet->form == FORM_HTML ? ".html" : ".txt");
    complain_once(k, line, text);
}

static void follow(struct check *k, const char *name, int line)
{
    if (!k->sheet) {
        complain_once(k, line, "a line of the script has no parts");
        return;
    }
    const struct sheet *s = sheet_named(k->language ? &k->language->sheets : &k->layout->sheets, name, k->sheet->form);
    if (!s && k->language && layout_spot(k->layout, name)) {
        note_piece(k, name);
        return;
    }
    if (!s)
        no_part(k, name, line);
    else if (k->depth == PARTS_MOST)
        complain_once(k, line, "parts call each other too deeply here, or for ever");
    else
        check_template(k, s);
}

/* Of what is rendered, only a page has the letter's own. */
static bool of_page(const struct check *k, const char *name)
{
    bool page = !k->language && k->sheet && strcmp(k->sheet->name, "page") == 0;
    return page || (strcmp(name, "letter") != 0 && strcmp(name, "subject") != 0);
}

/* The variable of a name that must be known; NULL where there is no row of its own. */
static const struct variable *check_name(struct check *k, const char *name, int line)
{
    if (strcmp(name, ".") == 0 || strncmp(name, "x_", 2) == 0)
        return NULL;
    if (strncmp(name, "say.", 4) == 0) {
        check_say(k, name + 4, line);
        return NULL;
    }
    if (strncmp(name, "label.", 6) == 0) {
        check_label(k, name + 6, line);
        return NULL;
    }
    const struct variable *v = of_page(k, name) ? resolve(k, name) : NULL;
    if (v)
        note_said(k, v->name);
    else
        unknown_variable(k, name, line);
    return v;
}

static void seen(void *context, enum tag_kind kind, const char *name, int line)
{
    struct check *k = context;
    const struct variable *v;
    char text[NAME_ROOM * 3];
    switch (kind) {
    case TAG_END:
        k->n -= k->n > 0;
        return;
    case TAG_PARTIAL:
        follow(k, name, line);
        return;
    case TAG_RAW:
        if (strcmp(name, "letter") == 0 && of_page(k, name))
            return;
        snprintf(text, sizeof text, "{{{%s}}} would let what a value says become markup: write {{%s}}", name, name);
        complain_once(k, line, text);
        return;
    case TAG_VALUE:
        check_name(k, name, line);
        return;
    case TAG_SECTION:
        v = check_name(k, name, line);
        if (k->n < SCOPES_MOST)
            k->scopes[k->n++] = v && (v->kind == VALUE_OBJECT || v->kind == VALUE_LIST) ? v->name : "";
        return;
    }
}

/* A part is checked where it is called: only there it is known which sections are open. */
static bool called_by_others(const struct sheet *s, const struct sheets *all)
{
    for (size_t i = 0; i < all->n; i++)
        if (&all->rows[i] != s && all->rows[i].form == s->form && all->rows[i].body &&
            template_has(all->rows[i].body, TAG_PARTIAL, s->name))
            return true;
    return false;
}

static bool says(const struct check *k, int i)
{
    bool all = true, any = false;
    for (int j = 0; j < VALUES_MOST && purposes[i].values[j]; j++) {
        all = all && k->said[i][j];
        any = any || k->said[i][j];
    }
    return purposes[i].any ? any : all;
}

/* Is the sheet there for purpose `i`? */
static bool is_for(const struct sheet *s, int i)
{
    if (s->form != FORM_LETTER)
        return strcmp(s->name, purposes[i].piece) == 0;
    return rule_kind_named(s->name) != RULE_KINDS || strcmp(s->name, "nudge") == 0;
}

static void check_purposes(const struct check *k)
{
    bool letter = k->sheet->form == FORM_LETTER;
    for (int i = 0; i < PURPOSES && !k->wrong; i++) {
        const struct purpose *p = &purposes[i];
        if (!is_for(k->sheet, i) || says(k, i))
            continue;
        struct buf values = { 0 };
        for (int j = 0; j < VALUES_MOST && p->values[j]; j++)
            buf_print(&values, "%s{{%s}}",
                      !j                                        ? ""
                      : j + 1 < VALUES_MOST && p->values[j + 1] ? ", "
                                                                : " and ",
                      p->values[j]);
        if (letter)
            complain(k->c, k->file, 1, "this letter does not say %s; write {{> %s}} in it, or %s", p->what, p->piece,
                     values.text);
        else
            complain(k->c, k->file, 1, "this part does not say %s; write %s in it", p->what, values.text);
        buf_done(&values);
    }
}

static void check_sheets(const struct sheets *all, struct language *l, const struct layout *layout,
                         const struct language *english, struct complaints *c)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct sheet *s = &all->rows[i];
        struct check k = { .language = l, .english = english, .layout = layout, .sheet = s, .file = s->file, .c = c };
        if (s->subject)
            template_names(s->subject, seen, &k);
        memset(k.said, 0, sizeof k.said); /* the subject alone is not enough */
        if (!called_by_others(s, all)) {
            check_template(&k, s);
            check_purposes(&k);
        }
    }
}

void layout_check(const struct layout *l, const char *folder, struct complaints *c)
{
    static const char *const endings[] = { [FORM_TEXT] = "txt", [FORM_HTML] = "html" };
    for (int form = FORM_TEXT; form <= FORM_HTML; form++) {
        if (!sheet_named(&l->sheets, "page", (enum form)form))
            complain(c, folder, 0, "the file page.%s is missing", endings[form]);
        for (size_t i = 0; i < l->n_spots; i++)
            if (strcmp(l->spots[i].name, "page") != 0 && !sheet_named(&l->sheets, l->spots[i].name, (enum form)form))
                complain(c, folder, 0, "the file %s.%s is missing: %s is there in the other form only",
                         l->spots[i].name, endings[form], l->spots[i].name);
    }
    check_sheets(&l->sheets, NULL, l, NULL, c);
}

/* Every letter there must be. */
static void check_letters(const struct language *l, const struct language *english, struct complaints *c)
{
    for (const char *const *name = letter_names; *name; name++) {
        const struct sheet *model = english ? sheet_named(&english->sheets, *name, FORM_LETTER) : NULL;
        if (sheet_named(&l->sheets, *name, FORM_LETTER))
            continue;
        if (model)
            complain(c, l->folder, 0, "the file %s.md is missing; English has it at %s:1", *name, model->file);
        else
            complain(c, l->folder, 0, "the file %s.md is missing", *name);
    }
}

/* Every line that English has, and no others but those that a letter of this language says. */
static void check_script(const struct language *l, const struct language *english, struct complaints *c)
{
    struct check k = { .file = l->script, .c = c };
    for (size_t i = 0; i < l->n_lines; i++) {
        const struct line *line = &l->lines[i];
        if (line->text)
            template_names(line->text, seen, &k);
        k.n = 0;
        if (!english || line->used || language_line(english, line->name))
            continue;
        char what[NAME_ROOM * 2];
        snprintf(what, sizeof what, "line \"%s\" in English, and no letter here says it", line->name);
        unknown(&k, line->line, what, "\"", near_word(line->name, english->lines, english->n_lines, sizeof *line),
                "\"");
    }
    for (size_t i = 0; english && l->has_script && i < english->n_lines; i++)
        if (!language_line(l, english->lines[i].name))
            complain(c, l->script, 0, "the line \"%s\" is missing; English has it at %s:%d", english->lines[i].name,
                     english->script, english->lines[i].line);
}

void language_check(struct language *l, const struct layout *layout, const struct language *english,
                    struct complaints *c)
{
    check_letters(l, english, c);
    check_sheets(&l->sheets, l, layout, english, c);
    check_script(l, english, c);
}
