/* What a language says: its letters, its phrases and the script of what is said to customers; and the layout, which is
 * the same for all languages. conf/languages/README.md is their manual. */
#ifndef COMPOSE_LANGUAGE_H
#define COMPOSE_LANGUAGE_H

#include "compose/phrases.h"
#include "compose/shelf.h"
#include "compose/template.h"

enum form { FORM_LETTER, FORM_TEXT, FORM_HTML, FORMS };

/* A template in a file of its own: of a language NAME.md; of the layout NAME.txt, NAME.html and, for chats, NAME.md. */
struct sheet {
    char *name; /* without ending: "lapse", "who" */
    char *file; /* path, for complaints */
    enum form form;
    struct template *subject; /* NULL: no letter, but a part of one, or of the layout */
    struct template *body;
};

struct sheets {
    struct sheet *rows;
    size_t n;
};

/* One thing that is said to a customer. */
struct line {
    char *name;
    int line;
    bool used; /* by a letter of this language */
    struct template *text;
};

struct language {
    char *code;   /* name of the folder: "en" */
    char *folder; /* path, for complaints */
    char *script; /* path of that file */
    struct phrases *phrases;
    struct sheets sheets;
    bool has_script; /* it could be read */
    struct line *lines;
    size_t n_lines;
};

/* A letter names a piece of the layout like a part of its own; this is what stands there until a form puts the piece in
 * its place. */
struct spot {
    const char *name;
    struct template *mark;
};

struct layout {
    struct sheets sheets;
    struct spot *spots;
    size_t n_spots;
};

/* Read what the shelf has; every mistake in it is a complaint. */
struct layout *layout_open(const struct shelf *s);
void layout_close(struct layout *l);

/* The same; `english` (or NULL) is what another language must match. NULL after complaints. */
struct language *language_open(const struct shelf *s, const char *code, const struct layout *layout,
                               const struct language *english);
void language_close(struct language *l);

const struct sheet *sheet_named(const struct sheets *s, const char *name, enum form form);
const struct line *language_line(const struct language *l, const char *name);
const struct spot *layout_spot(const struct layout *l, const char *name);

/* The letters there must be. NULL at the end. */
extern const char *const letter_names[];

/* Hold every name against the table of variables, every part against the folder, and everything against English. */
void layout_check(const struct layout *l, const char *folder, struct complaints *c);
void language_check(struct language *l, const struct layout *layout, const struct language *english,
                    struct complaints *c);

#endif
