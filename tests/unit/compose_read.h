/* A composed mail read back, and what every mail must keep to. */
#ifndef TESTS_COMPOSE_READ_H
#define TESTS_COMPOSE_READ_H

#include "compose/clean.h"
#include "compose_brief.h"

#include <gmime/gmime.h>

static inline struct rendered compose(struct fixture *f)
{
    struct rendered r;
    struct err e = { "" };
    CHECK_OK(compose_mail(f->composer, &f->brief, &f->a, &r, &e), &e);
    return r;
}

static inline GMimeMessage *parse(const struct rendered *r)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(r->bytes, r->size);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *m = g_mime_parser_construct_message(parser, NULL);
    CHECK(m);
    g_object_unref(parser);
    g_object_unref(stream);
    return m;
}

static inline const char *header(GMimeMessage *m, const char *name)
{
    return g_mime_object_get_header(GMIME_OBJECT(m), name);
}

/* The decoded text of part `i`, with LF lines. */
static inline char *part(GMimeMessage *m, int i, const char *type)
{
    GMimeObject *both = g_mime_message_get_mime_part(m);
    CHECK(GMIME_IS_MULTIPART(both));
    CHECK_INT(g_mime_multipart_get_count(GMIME_MULTIPART(both)), 2);
    GMimeObject *o = g_mime_multipart_get_part(GMIME_MULTIPART(both), i);
    CHECK(g_mime_content_type_is_type(g_mime_object_get_content_type(o), "text", type));
    char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(o)), *to = text;
    for (char *from = text; *from; from++)
        if (*from != '\r')
            *to++ = *from;
    *to = '\0';
    return text;
}

/* What servers and readers rely on: CR LF only, 7 bit, short lines. */
static inline void check_bytes(const struct rendered *r)
{
    size_t line = 0;
    CHECK(r->size > 2 && memcmp(r->bytes + r->size - 2, "\r\n", 2) == 0);
    for (size_t i = 0; i < r->size; i++) {
        CHECK((unsigned char)r->bytes[i] < 0x80 && r->bytes[i]);
        CHECK((r->bytes[i] == '\r') == (i + 1 < r->size && r->bytes[i + 1] == '\n'));
        line = r->bytes[i] == '\n' ? 0 : line + (r->bytes[i] != '\r');
        if (line > 76)
            test_fail(__FILE__, __LINE__, "a line of %zu: \"%.*s\"", line, (int)line, r->bytes + i + 1 - line);
    }
}

static inline void check_columns(const char *text)
{
    char *copy = mem_copy(text), *rest = copy;
    for (char *line; (line = strsep(&rest, "\n"));)
        if (columns_of(line) > 72 && !strstr(line, "https://"))
            test_fail(__FILE__, __LINE__, "more than 72 columns: \"%s\"", line);
    free(copy);
}

/* The headers, each once, and no others: in order, their names joined. */
static inline const char *header_names(struct fixture *f, GMimeMessage *m)
{
    GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(m));
    struct buf b = { 0 };
    for (int i = 0; i < g_mime_header_list_get_count(list); i++)
        buf_print(&b, "%s ", g_mime_header_get_name(g_mime_header_list_get_header_at(list, i)));
    const char *names = arena_copy(&f->a, buf_text(&b));
    buf_done(&b);
    return names;
}

#define FIRST_HEADERS "Date From To Subject Message-Id Auto-Submitted X-Auto-Response-Suppress MIME-Version "

#endif
