/* The .ics of a mail, found as a mail program finds it. */
#ifndef TESTS_COMPOSE_CALENDAR_H
#define TESTS_COMPOSE_CALENDAR_H

#include "compose_read.h"

/* The attached part; NULL where the mail has none. */
static inline GMimePart *attached(GMimeMessage *m)
{
    GMimeObject *all = g_mime_message_get_mime_part(m);
    if (!g_mime_content_type_is_type(g_mime_object_get_content_type(all), "multipart", "mixed"))
        return NULL;
    CHECK_INT(g_mime_multipart_get_count(GMIME_MULTIPART(all)), 2);
    GMimeObject *both = g_mime_multipart_get_part(GMIME_MULTIPART(all), 0);
    CHECK(g_mime_content_type_is_type(g_mime_object_get_content_type(both), "multipart", "alternative"));
    CHECK_INT(g_mime_multipart_get_count(GMIME_MULTIPART(both)), 2);
    GMimeObject *part = g_mime_multipart_get_part(GMIME_MULTIPART(all), 1);
    CHECK(g_mime_content_type_is_type(g_mime_object_get_content_type(part), "text", "calendar"));
    return GMIME_PART(part);
}

/* Its decoded bytes, CR LF as they are. */
static inline const char *attached_text(GMimePart *part, struct arena *a)
{
    GMimeStream *out = g_mime_stream_mem_new();
    CHECK(g_mime_data_wrapper_write_to_stream(g_mime_part_get_content(part), out) > 0);
    const GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out));
    const char *text = arena_copy_bytes(a, (const char *)bytes->data, bytes->len);
    g_object_unref(out);
    return text;
}

#endif
