#include "base/arena.h"

#include "base/mem.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 16 * 1024 };

struct arena_block {
    struct arena_block *older;
    size_t size;
    alignas(max_align_t) char bytes[];
};

static void add_block(struct arena *a, size_t least)
{
    size_t size = least > BLOCK ? least : BLOCK;
    struct arena_block *b = mem_resize(NULL, sizeof *b + size);
    b->older = a->newest;
    b->size = size;
    a->newest = b;
    a->used = 0;
}

void *arena_new(struct arena *a, size_t size)
{
    size_t rounded = (size + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
    if (!a->newest || a->newest->size - a->used < rounded)
        add_block(a, rounded);
    char *piece = a->newest->bytes + a->used;
    a->used += rounded;
    return memset(piece, 0, size);
}

char *arena_copy_bytes(struct arena *a, const char *bytes, size_t size)
{
    char *copy = arena_new(a, size + 1);
    if (size)
        memcpy(copy, bytes, size);
    return copy;
}

char *arena_copy(struct arena *a, const char *text)
{
    return text ? arena_copy_bytes(a, text, strlen(text)) : NULL;
}

char *arena_print(struct arena *a, const char *format, ...)
{
    va_list rest, again;
    va_start(rest, format);
    va_copy(again, rest);
    int size = vsnprintf(NULL, 0, format, rest);
    va_end(rest);
    char *text = arena_new(a, (size_t)size + 1);
    vsnprintf(text, (size_t)size + 1, format, again);
    va_end(again);
    return text;
}

void *arena_grow(struct arena *a, void *rows, size_t n, size_t size)
{
    if (n && (n & (n - 1)))
        return rows; /* between powers of two there is room */
    void *bigger = arena_new(a, (n ? 2 * n : 1) * size);
    return n ? memcpy(bigger, rows, n * size) : bigger;
}

void arena_reset(struct arena *a)
{
    while (a->newest && (a->newest->older || a->newest->size > BLOCK)) {
        struct arena_block *b = a->newest;
        a->newest = b->older;
        free(b);
    }
    a->used = 0;
}

void arena_done(struct arena *a)
{
    arena_reset(a);
    free(a->newest);
    *a = (struct arena){ 0 };
}
