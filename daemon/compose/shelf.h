/* Two folders of languages laid over each other: the admin's own, and the one that came with followupd. File by file
 * the admin's wins. */
#ifndef COMPOSE_SHELF_H
#define COMPOSE_SHELF_H

#include "base/arena.h"

struct shelf {
    const char *own, *shipped; /* `shipped` may be NULL, or not there */
    struct arena *a;           /* what the functions below return lives here */
    struct complaints *c;
};

/* The names in `folder` ("en"; "" for the top) of both, those that begin with a dot left out, in order. NULL at the
 * end. */
char **shelf_list(const struct shelf *s, const char *folder);

/* The path of a file: the admin's where that is there or neither is. */
const char *shelf_path(const struct shelf *s, const char *folder, const char *name);

/* The whole of a file of text in UTF-8, or NULL after a complaint. */
const char *shelf_read(const struct shelf *s, const char *path);

#endif
