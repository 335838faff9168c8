#include "compose/language.h"

#include "base/mem.h"
#include "compose/entries.h"
#include "compose/markdown.h"

#include <stdlib.h>
#include <string.h>

const char *const letter_names[] = { "lapse",    "review",  "visit",       "decline", "after-sale", "referral",
                                     "occasion", "problem", "first-order", "nudge",   "daily",      "weekly",
                                     "summary",  "alert",   "test",        NULL };

static const char *const endings[FORMS] = { [FORM_LETTER] = ".md", [FORM_TEXT] = ".txt", [FORM_HTML] = ".html" };

static bool is_letter(const char *name)
{
    for (const char *const *n = letter_names; *n; n++)
        if (strcmp(*n, name) == 0)
            return true;
    return false;
}

/* Take the line "Subject: ..." off the front: its line and the blank one become two newlines, so that the body keeps
 * its lines. */
static bool take_subject(struct sheet *s, char **text, struct complaints *c)
{
    static const char mark[] = "Subject: ";
    char *end = strchr(*text, '\n'), *said = *text + sizeof mark - 1;
    if (strncmp(*text, mark, sizeof mark - 1) != 0 || !end || said + strspn(said, " \r") == end) {
        complain(c, s->file, 1, "the first line must be \"Subject: ...\"");
        return false;
    }
    *end = '\0';
    s->subject = template_new(s->file, 1, said, c);
    *end = '\n';
    if (end[1 + strspn(end + 1, " \r")] != '\n') {
        complain(c, s->file, 2, "the line after the subject must be blank");
        return false;
    }
    if (!end[strspn(end, " \r\n")]) {
        complain(c, s->file, 2, "nothing stands below the subject; write the letter there");
        return false;
    }
    *text = end;
    return s->subject != NULL;
}

static void read_sheet(struct sheets *to, const struct shelf *shelf, const char *path, const char *name, enum form form)
{
    const char *text = shelf_read(shelf, path);
    if (!text)
        return;
    to->rows = mem_resize(to->rows, (to->n + 1) * sizeof *to->rows);
    struct sheet *s = &to->rows[to->n++];
    *s = (struct sheet){ .name = mem_copy(name), .file = mem_copy(path), .form = form };
    char *body = arena_copy(shelf->a, text);
    if (form == FORM_LETTER && is_letter(name) && !take_subject(s, &body, shelf->c))
        return;
    s->body = template_new(path, 1, body, shelf->c);
    if (form == FORM_LETTER)
        markdown_check(path, body, shelf->c);
}

/* "lapse.md": the name without its ending in `name`. Other files are none of ours, nor is what explains them. */
static bool sheet_name(const char *file, enum form form, char name[64])
{
    size_t size = strlen(file), ending = strlen(endings[form]);
    if (size <= ending || size - ending >= 64 || strcmp(file + size - ending, endings[form]) != 0 ||
        strcmp(file, "README.md") == 0)
        return false;
    memcpy(name, file, size - ending);
    name[size - ending] = '\0';
    return true;
}

static void read_sheets(struct sheets *to, const struct shelf *shelf, const char *folder, enum form first,
                        enum form last)
{
    for (char **file = shelf_list(shelf, folder); *file; file++)
        for (int form = first; form <= (int)last; form++) {
            char name[64];
            if (sheet_name(*file, (enum form)form, name))
                read_sheet(to, shelf, shelf_path(shelf, folder, *file), name, (enum form)form);
        }
}

static void close_sheets(struct sheets *s)
{
    for (size_t i = 0; i < s->n; i++) {
        free(s->rows[i].name);
        free(s->rows[i].file);
        template_free(s->rows[i].subject);
        template_free(s->rows[i].body);
    }
    free(s->rows);
}

const struct sheet *sheet_named(const struct sheets *s, const char *name, enum form form)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->rows[i].form == form && strcmp(s->rows[i].name, name) == 0)
            return &s->rows[i];
    return NULL;
}

/* All forms of a piece have one place. */
static void add_spots(struct layout *l, struct complaints *c)
{
    for (size_t i = 0; i < l->sheets.n; i++) {
        const struct sheet *s = &l->sheets.rows[i];
        if (layout_spot(l, s->name))
            continue;
        struct buf mark = { 0 };
        buf_print(&mark, "\n\xEE\x80\x80%zu{{place}}\xEE\x80\x81\n\n",
                  l->n_spots); /* markdown.h: a paragraph of its own */
        l->spots = mem_resize(l->spots, (l->n_spots + 1) * sizeof *l->spots);
        l->spots[l->n_spots++] = (struct spot){ s->name, template_new(s->file, 1, mark.text, c) };
        buf_done(&mark);
    }
}

struct layout *layout_open(const struct shelf *shelf)
{
    struct layout *l = mem_new(sizeof *l);
    read_sheets(&l->sheets, shelf, "layout", FORM_LETTER, FORM_HTML);
    add_spots(l, shelf->c);
    layout_check(l, arena_print(shelf->a, "%s/layout", shelf->own), shelf->c);
    return l;
}

void layout_close(struct layout *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->n_spots; i++)
        template_free(l->spots[i].mark);
    free(l->spots);
    close_sheets(&l->sheets);
    free(l);
}

const struct spot *layout_spot(const struct layout *l, const char *name)
{
    for (size_t i = 0; i < l->n_spots; i++)
        if (strcmp(l->spots[i].name, name) == 0)
            return &l->spots[i];
    return NULL;
}

static void read_phrases(struct language *l, const struct shelf *shelf, const struct language *english)
{
    const char *path = shelf_path(shelf, l->code, "phrases"), *text = shelf_read(shelf, path);
    if (text)
        l->phrases = phrases_new(path, text, l->code, english ? english->phrases : NULL, shelf->c);
}

static void read_script(struct language *l, const struct shelf *shelf)
{
    const char *text = shelf_read(shelf, l->script);
    struct entries read = { 0 };
    l->has_script = text != NULL;
    if (text)
        entries_read(&read, l->script, text, '\n', shelf->c);
    if (read.n)
        l->lines = mem_new(read.n * sizeof *l->lines);
    for (size_t i = 0; i < read.n; i++) {
        const struct entry *e = &read.rows[i];
        l->lines[l->n_lines++] = (struct line){
            .name = mem_copy(e->name),
            .line = e->line,
            .text = template_new(l->script, e->line, buf_text(&e->text), shelf->c),
        };
    }
    entries_done(&read);
}

const struct line *language_line(const struct language *l, const char *name)
{
    for (size_t i = 0; i < l->n_lines; i++)
        if (strcmp(l->lines[i].name, name) == 0)
            return &l->lines[i];
    return NULL;
}

struct language *language_open(const struct shelf *shelf, const char *code, const struct layout *layout,
                               const struct language *english)
{
    size_t before = shelf->c->n;
    struct language *l = mem_new(sizeof *l);
    l->code = mem_copy(code);
    l->folder = mem_copy(arena_print(shelf->a, "%s/%s", shelf->own, code));
    l->script = mem_copy(shelf_path(shelf, code, "script"));
    read_phrases(l, shelf, english);
    read_script(l, shelf);
    read_sheets(&l->sheets, shelf, code, FORM_LETTER, FORM_LETTER);
    language_check(l, layout, english, shelf->c);
    if (shelf->c->n == before)
        return l;
    language_close(l);
    return NULL;
}

void language_close(struct language *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->n_lines; i++) {
        free(l->lines[i].name);
        template_free(l->lines[i].text);
    }
    free(l->lines);
    close_sheets(&l->sheets);
    phrases_free(l->phrases);
    free(l->script);
    free(l->folder);
    free(l->code);
    free(l);
}
