/* The meeting that a mail proposes: what a calendar would make of its .ics. */
#include "stories/story.h"

#include "harness/harness.h"

#include <gmime/gmime.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The decoded text/calendar part; NULL where there is none. */
static const char *calendar_in(const char *bytes, struct arena *a)
{
    GMimeStream *in = g_mime_stream_mem_new_with_buffer(bytes, strlen(bytes)), *out = g_mime_stream_mem_new();
    GMimeParser *parser = g_mime_parser_new_with_stream(in);
    GMimeMessage *m = g_mime_parser_construct_message(parser, NULL);
    GMimePartIter *parts = g_mime_part_iter_new(GMIME_OBJECT(m));
    const char *text = NULL;
    for (bool more = true; more && !text; more = g_mime_part_iter_next(parts)) {
        GMimeObject *part = g_mime_part_iter_get_current(parts);
        if (!g_mime_content_type_is_type(g_mime_object_get_content_type(part), "text", "calendar"))
            continue;
        g_mime_data_wrapper_write_to_stream(g_mime_part_get_content(GMIME_PART(part)), out);
        const GByteArray *decoded = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out));
        text = arena_copy_bytes(a, (const char *)decoded->data, decoded->len);
    }
    g_mime_part_iter_free(parts);
    g_object_unref(m);
    g_object_unref(parser);
    g_object_unref(out);
    g_object_unref(in);
    return text;
}

/* What stands on the one line of this property; the ones asked for are too short to be folded. */
static const char *value(const char *calendar, const char *name, struct arena *a)
{
    const char *at = strstr(calendar, arena_print(a, "\r\n%s:", name));
    if (!at)
        test_fail(__FILE__, __LINE__, "an .ics without %s:\n%s", name, calendar);
    at += strlen(name) + 3;
    return arena_copy_bytes(a, at, strcspn(at, "\r"));
}

static instant utc(const char *text)
{
    struct civil c = { 0 };
    if (sscanf(text, "%4d%2d%2dT%2d%2d%2dZ", &c.year, &c.month, &c.day, &c.hour, &c.minute, &c.second) != 6)
        test_fail(__FILE__, __LINE__, "\"%s\" is no time in UTC", text);
    return instant_of(&c);
}

bool proposal_read(const char *bytes, struct arena *a, struct proposal *out)
{
    const char *calendar = calendar_in(bytes, a);
    if (!calendar)
        return false;
    *out = (struct proposal){ .uid = value(calendar, "UID", a),
                              .sequence = atoi(value(calendar, "SEQUENCE", a)),
                              .start = utc(value(calendar, "DTSTART", a)),
                              .end = utc(value(calendar, "DTEND", a)) };
    return true;
}
