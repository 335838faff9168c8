/* What a template may name, and what that is for one brief. */
#ifndef COMPOSE_VALUES_H
#define COMPOSE_VALUES_H

#include "compose/compose.h"
#include "compose/language.h"

/* One name of a template: the manual, the check of the templates and a test are held against these rows. */
struct variable {
    const char *name; /* "customer.phone"; what lies in a list or an object has its name in front */
    enum value_kind kind;
    const char *what; /* one sentence */
};

const struct variable *compose_variables(size_t *n);

/* A view of `b` in `reader`; what is said to the customer is in `speaker`, which may be the same. It lives in `a`. */
struct view values_of(const struct brief *b, const struct language *reader, const struct language *speaker,
                      struct arena *a);

/* Give a text a name at the root: what a page is made of. */
void values_set(const struct view *v, const char *name, const char *text);

/* Names are looked for in that part of a digest first ('a': the first of enum digest_part; 0: in none). */
void values_enter(const struct view *v, char place);

#endif
