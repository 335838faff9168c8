/* One language: a folder with the file `phrases`, for each template NAME.txt and NAME.html, and partials of either
 * form. */
#ifndef COMPOSE_LANGUAGE_H
#define COMPOSE_LANGUAGE_H

#include "compose/phrases.h"
#include "compose/template.h"

enum form { FORM_TEXT, FORM_HTML };

struct sheet {
    char *name; /* without ending: "lapse", or of a partial "offer" */
    char *file; /* path, for complaints */
    enum form form;
    struct template *subject; /* NULL: a partial, or HTML */
    struct template *body;
};

struct language {
    char *code; /* name of the folder: "en" */
    struct phrases *phrases;
    struct sheet *sheets;
    size_t n;
};

/* Read the folder `path`; every mistake in it is a complaint. NULL after complaints. */
struct language *language_open(const char *path, const char *code, struct complaints *c);
void language_close(struct language *l);

const struct sheet *language_sheet(const struct language *l, const char *name, enum form form);

/* Render a sheet's part with the partials of its form. */
void language_render(const struct language *l, enum form form, const struct template *t, const struct view *v,
                     enum escape escape, struct buf *out);

/* Hold every name in the sheets against the table of variables, and every partial against the folder. */
void language_check(const struct language *l, struct complaints *c);

#endif
