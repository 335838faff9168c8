/* What a template may name, and what that is for one brief. */
#ifndef COMPOSE_VALUES_H
#define COMPOSE_VALUES_H

#include "compose/compose.h"
#include "compose/phrases.h"
#include "compose/template.h"

/* One name of a template: the manual, the check of the templates and a test are held against these rows. */
struct variable {
    const char *name; /* "customer.phone"; what lies in a list or an object has its name in front */
    enum value_kind kind;
    const char *what; /* one sentence */
};

const struct variable *compose_variables(size_t *n);

/* A view of `b` in the language of `p`; it lives in `a`. */
struct view values_of(const struct brief *b, const char *language, struct phrases *p, struct arena *a);

#endif
