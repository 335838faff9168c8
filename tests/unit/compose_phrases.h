/* The phrases of the languages we ship, by themselves. */
#ifndef TESTS_COMPOSE_PHRASES_H
#define TESTS_COMPOSE_PHRASES_H

#include "base/buf.h"
#include "compose/phrases.h"
#include "harness/harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena a;

static inline char *content(const char *path)
{
    FILE *f = fopen(path, "r");
    CHECK(f);
    struct buf b = { 0 };
    char part[4096];
    for (size_t n; (n = fread(part, 1, sizeof part, f));)
        buf_add_bytes(&b, part, n);
    fclose(f);
    return buf_take(&b);
}

static inline struct phrases *open_language(const char *language)
{
    char path[128];
    snprintf(path, sizeof path, "conf/languages/%s/phrases", language);
    char *text = content(path);
    struct complaints c = { 0 };
    struct phrases *p = phrases_new(path, text, language, NULL, &c);
    for (size_t i = 0; i < c.n; i++)
        printf("%s:%d: %s\n", c.rows[i].file, c.rows[i].line, c.rows[i].text);
    CHECK_INT(c.n, 0);
    CHECK(p);
    free(text);
    return p;
}

static inline void close_language(struct phrases *p)
{
    phrases_free(p);
    arena_done(&a);
}

/* A phrase with one number. */
static inline const char *counted(struct phrases *p, enum phrase which, double n)
{
    struct phrase_values v = { .numbers = { n } };
    return phrase_say(p, which, &v, &a);
}

#endif
