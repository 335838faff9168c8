#include "base/buf.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void make_room(struct buf *b, size_t more)
{
    if (b->room - b->size > more)
        return;
    size_t room = b->room ? b->room : 64;
    while (room - b->size <= more)
        room *= 2;
    b->text = mem_resize(b->text, room);
    b->room = room;
}

void buf_add_bytes(struct buf *b, const void *bytes, size_t size)
{
    make_room(b, size);
    if (size)
        memcpy(b->text + b->size, bytes, size);
    b->size += size;
    b->text[b->size] = '\0';
}

void buf_add(struct buf *b, const char *text)
{
    buf_add_bytes(b, text, strlen(text));
}

void buf_add_char(struct buf *b, char c)
{
    buf_add_bytes(b, &c, 1);
}

void buf_print(struct buf *b, const char *format, ...)
{
    va_list rest, again;
    va_start(rest, format);
    va_copy(again, rest);
    int size = vsnprintf(NULL, 0, format, rest);
    va_end(rest);
    make_room(b, (size_t)size);
    vsnprintf(b->text + b->size, (size_t)size + 1, format, again);
    va_end(again);
    b->size += (size_t)size;
}

const char *buf_text(const struct buf *b)
{
    return b->text ? b->text : "";
}

void buf_reset(struct buf *b)
{
    b->size = 0;
    if (b->text)
        b->text[0] = '\0';
}

void buf_done(struct buf *b)
{
    free(b->text);
    *b = (struct buf){ 0 };
}

char *buf_take(struct buf *b)
{
    char *text = b->text ? b->text : mem_copy("");
    *b = (struct buf){ 0 };
    return text;
}
