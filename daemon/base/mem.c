#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *there(void *p)
{
    if (p)
        return p;
    /* The store is durable and systemd starts us again: stopping is the safe answer. */
    fputs("<2>out of memory\n", stderr);
    abort();
}

void *mem_new(size_t size)
{
    return there(calloc(1, size ? size : 1));
}

void *mem_resize(void *old, size_t size)
{
    return there(realloc(old, size ? size : 1));
}

char *mem_copy(const char *text)
{
    return text ? there(strdup(text)) : NULL;
}
