#include "base/err.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool err_set(struct err *e, const char *format, ...)
{
    if (!e)
        return false;
    va_list rest;
    va_start(rest, format);
    vsnprintf(e->text, sizeof e->text, format, rest);
    va_end(rest);
    return false;
}

bool err_wrap(struct err *e, const char *format, ...)
{
    if (!e)
        return false;
    struct err inner = *e;
    va_list rest;
    va_start(rest, format);
    vsnprintf(e->text, sizeof e->text, format, rest);
    va_end(rest);
    size_t used = strlen(e->text);
    snprintf(e->text + used, sizeof e->text - used, ": %s", inner.text);
    return false;
}

void complain(struct complaints *c, const char *file, int line, const char *format, ...)
{
    char text[1024];
    va_list rest;
    va_start(rest, format);
    vsnprintf(text, sizeof text, format, rest);
    va_end(rest);
    c->rows = mem_resize(c->rows, (c->n + 1) * sizeof *c->rows);
    c->rows[c->n++] = (struct complaint){ .file = mem_copy(file), .line = line, .text = mem_copy(text) };
}

void complaints_done(struct complaints *c)
{
    for (size_t i = 0; i < c->n; i++) {
        free(c->rows[i].file);
        free(c->rows[i].text);
    }
    free(c->rows);
    *c = (struct complaints){ 0 };
}
