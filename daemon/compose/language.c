#include "compose/language.h"

#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MOST = 256 * 1024 };

/* The messages there are. */
static const char *const templates[] = { "lapse", "review", "visit", "alert", "test" };
enum { TEMPLATES = sizeof templates / sizeof templates[0] };

static const char *const endings[] = { [FORM_TEXT] = ".txt", [FORM_HTML] = ".html" };

/* The whole of a text file, or NULL after a complaint. */
static char *read_text(const char *path, struct complaints *c)
{
    FILE *f = fopen(path, "re");
    if (!f) {
        complain(c, path, 0, "cannot be read: %s", strerror(errno));
        return NULL;
    }
    char *text = mem_new(FILE_MOST + 1);
    size_t size = fread(text, 1, FILE_MOST + 1, f);
    bool failed = ferror(f);
    fclose(f);
    if (failed || size > FILE_MOST || memchr(text, '\0', size)) {
        complain(c, path, 0, failed ? "cannot be read" : size > FILE_MOST ? "is too large" : "is not a text");
        free(text);
        return NULL;
    }
    text[size] = '\0';
    return text;
}

static bool is_template(const char *name)
{
    for (int i = 0; i < TEMPLATES; i++)
        if (strcmp(templates[i], name) == 0)
            return true;
    return false;
}

/* Take the line "Subject: ..." off the front: its line and the blank one become two newlines, so that the body keeps
 * its lines. */
static bool take_subject(struct sheet *s, char **text, struct complaints *c)
{
    static const char mark[] = "Subject: ";
    char *end = strchr(*text, '\n');
    if (strncmp(*text, mark, sizeof mark - 1) != 0 || !end) {
        complain(c, s->file, 1, "the first line must be \"Subject: ...\"");
        return false;
    }
    *end = '\0';
    s->subject = template_new(s->file, *text + sizeof mark - 1, c);
    *end = '\n';
    if (end[1 + strspn(end + 1, " \r")] != '\n') {
        complain(c, s->file, 2, "the line after the subject must be blank");
        return false;
    }
    *text = end;
    return s->subject != NULL;
}

static void read_sheet(struct language *l, const char *path, const char *name, enum form form, struct complaints *c)
{
    char *text = read_text(path, c), *body = text;
    if (!text)
        return;
    l->sheets = mem_resize(l->sheets, (l->n + 1) * sizeof *l->sheets);
    struct sheet *s = &l->sheets[l->n++];
    *s = (struct sheet){ .name = mem_copy(name), .file = mem_copy(path), .form = form };
    if (form == FORM_HTML || !is_template(name) || take_subject(s, &body, c))
        s->body = template_new(path, body, c);
    free(text);
}

static void read_phrases(struct language *l, const char *path, struct complaints *c)
{
    char *text = read_text(path, c);
    if (text)
        l->phrases = phrases_new(path, text, l->code, c);
    free(text);
}

/* "lapse.txt": the form, and the name without its ending in `name`. Other files are none of ours. */
static bool sheet_name(const char *file, char name[64], enum form *form)
{
    size_t size = strlen(file);
    for (int i = 0; i < 2; i++) {
        size_t ending = strlen(endings[i]);
        if (size <= ending || size - ending >= 64 || strcmp(file + size - ending, endings[i]) != 0 || file[0] == '.')
            continue;
        memcpy(name, file, size - ending);
        name[size - ending] = '\0';
        *form = (enum form)i;
        return true;
    }
    return false;
}

/* In order of their names, so that complaints always come in the same order. */
static void read_folder(struct language *l, const char *path, struct complaints *c)
{
    struct dirent **entries;
    int n = scandir(path, &entries, NULL, alphasort);
    if (n < 0) {
        complain(c, path, 0, "cannot be read: %s", strerror(errno));
        return;
    }
    for (int i = 0; i < n; i++) {
        char name[64], *file;
        enum form form;
        if (sheet_name(entries[i]->d_name, name, &form) && asprintf(&file, "%s/%s", path, entries[i]->d_name) > 0) {
            read_sheet(l, file, name, form, c);
            free(file);
        }
        free(entries[i]);
    }
    free(entries);
}

static void require_templates(const struct language *l, const char *path, struct complaints *c)
{
    for (int i = 0; i < TEMPLATES; i++)
        for (int form = 0; form < 2; form++)
            if (!language_sheet(l, templates[i], (enum form)form))
                complain(c, path, 0, "the file %s%s is missing", templates[i], endings[form]);
}

struct language *language_open(const char *path, const char *code, struct complaints *c)
{
    size_t before = c->n;
    struct language *l = mem_new(sizeof *l);
    struct buf phrases = { 0 };
    buf_print(&phrases, "%s/phrases", path);
    l->code = mem_copy(code);
    read_phrases(l, phrases.text, c);
    read_folder(l, path, c);
    require_templates(l, path, c);
    language_check(l, c);
    buf_done(&phrases);
    if (c->n == before)
        return l;
    language_close(l);
    return NULL;
}

void language_close(struct language *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->n; i++) {
        free(l->sheets[i].name);
        free(l->sheets[i].file);
        template_free(l->sheets[i].subject);
        template_free(l->sheets[i].body);
    }
    free(l->sheets);
    phrases_free(l->phrases);
    free(l->code);
    free(l);
}

const struct sheet *language_sheet(const struct language *l, const char *name, enum form form)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->sheets[i].form == form && strcmp(l->sheets[i].name, name) == 0)
            return &l->sheets[i];
    return NULL;
}

struct partials {
    const struct language *language;
    enum form form;
};

static const struct template *find_partial(void *context, const char *name)
{
    const struct partials *p = context;
    const struct sheet *s = language_sheet(p->language, name, p->form);
    return s ? s->body : NULL;
}

void language_render(const struct language *l, enum form form, const struct template *t, const struct view *v,
                     enum escape escape, struct buf *out)
{
    struct partials p = { l, form };
    template_render(t, v, escape, find_partial, &p, out);
}
