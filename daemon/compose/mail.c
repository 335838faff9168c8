#include "compose/mail.h"

#include "base/buf.h"
#include "compose/clean.h"
#include "compose/header.h"

#include <gmime/gmime.h>
#include <string.h>
#include <unicode/uidna.h>

enum { ADDRESS_MAX = 254, ID_MAX = 200, NAME_MOST = 80 };

static bool ascii(const char *text)
{
    while (*text && (unsigned char)*text < 0x80)
        text++;
    return !*text;
}

/* What curl would pass on unseen is refused here (reference/reliability.md V1, V4). Letters outside ASCII before the @
 * stand in the header as they are (RFC 6532); whether the server takes them (SMTPUTF8) is seen when it is asked. */
static bool bytes_ok(struct arena *a, const char *address, struct err *e)
{
    for (const char *c = address; *c; c++)
        if ((unsigned char)*c <= 0x20 || *c == 0x7F || strchr("<>,;:\"\\()[]", *c))
            return err_set(e, "a mail address must not contain the byte 0x%02X", (unsigned char)*c);
    if (strlen(address) > ADDRESS_MAX)
        return err_set(e, "\"%.80s\" is no mail address: it is too long", address);
    const char *clean = clean_line(a, address, ADDRESS_MAX);
    return (clean && strcmp(clean, address) == 0) ||
           err_set(e, "\"%.80s\" has something in it that is not a letter of UTF-8", clean ? clean : "");
}

/* The domain as the name service knows it (UTS 46). */
static bool domain_ascii(const char *domain, char out[256])
{
    if (ascii(domain)) {
        bool fits = strlen(domain) < 256;
        if (fits)
            strcpy(out, domain);
        return fits;
    }
    UErrorCode code = U_ZERO_ERROR;
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    UIDNA *idna = uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_NONTRANSITIONAL_TO_ASCII, &code);
    int32_t size = uidna_nameToASCII_UTF8(idna, domain, -1, out, 256, &info, &code);
    uidna_close(idna);
    return U_SUCCESS(code) && !info.errors && size < 256 && ascii(out);
}

/* An address as a header may carry it: no white space, no brackets, its domain in ASCII. NULL after an error. */
static const char *address_plain(struct arena *a, const char *address, struct err *e)
{
    const char *at = address ? strrchr(address, '@') : NULL;
    if (!at || at == address || !at[1]) {
        err_set(e, "\"%.80s\" is no mail address: it needs a name, an @ and a domain", address ? address : "");
        return NULL;
    }
    if (!bytes_ok(a, address, e))
        return NULL;
    char domain[256] = "";
    if (!domain_ascii(at + 1, domain) || (size_t)(at - address) + 1 + strlen(domain) > ADDRESS_MAX) {
        err_set(e, "\"%.80s\" is no mail address: its domain cannot be one", address);
        return NULL;
    }
    return arena_print(a, "%.*s@%s", (int)(at - address), address, domain);
}

/* `raw` is encoded and folded already; see compose/header.h. */
static void add_raw(GMimeMessage *message, const char *name, const char *raw)
{
    GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(message));
    g_mime_header_list_append(list, name, "", NULL);
    g_mime_header_set_raw_value(g_mime_header_list_get_header_at(list, g_mime_header_list_get_count(list) - 1), raw);
}

/* Add the one address of "Name <a@b>". */
static bool add_configured(GMimeMessage *message, const char *header, const char *text, const char *what,
                           struct arena *a, struct err *e)
{
    const char *address = NULL, *name = NULL;
    InternetAddressList *list = internet_address_list_parse(NULL, text ? text : "");
    err_set(e, "it must be one address, such as \"Name <name@example.com>\"");
    if (list && internet_address_list_length(list) == 1) {
        InternetAddress *first = internet_address_list_get_address(list, 0);
        if (INTERNET_ADDRESS_IS_MAILBOX(first)) {
            name = clean_line(a, internet_address_get_name(first), NAME_MOST);
            address = address_plain(a, internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(first)), e);
        }
    }
    if (list)
        g_object_unref(list);
    if (!address)
        return err_wrap(e, "%s \"%.80s\"", what, text ? text : "");
    add_raw(message, header, header_address(a, header, name, address));
    return true;
}

static bool id_ok(const char *id, struct err *e)
{
    size_t size = strlen(id);
    bool ok = size > 2 && size <= ID_MAX && strchr(id, '@');
    for (const char *c = id; *c; c++)
        ok = ok && *c > 0x20 && *c < 0x7F && !strchr("<>\"\\()[],;:", *c);
    return ok || err_set(e, "\"%.80s\" cannot be a Message-ID", id);
}

/* Most bytes ASCII: quoted-printable stays readable and short; else base64. */
static GMimeContentEncoding encoding_for(const char *text)
{
    size_t foreign = 0, size = 0;
    for (; text[size]; size++)
        foreign += (unsigned char)text[size] > 0x7F;
    return foreign * 6 > size ? GMIME_CONTENT_ENCODING_BASE64 : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
}

/* Text with CR LF lines, the last one ended. */
static struct buf canonical(const char *text)
{
    struct buf b = { 0 };
    while (*text) {
        size_t size = strcspn(text, "\r\n");
        buf_add_bytes(&b, text, size);
        text += size;
        if (*text == '\n')
            buf_add(&b, "\r\n");
        text += *text != '\0';
    }
    if (b.size && b.text[b.size - 1] != '\n')
        buf_add(&b, "\r\n");
    return b;
}

static GMimePart *new_part(const char *subtype, const char *text)
{
    struct buf body = canonical(text);
    GMimePart *part = g_mime_part_new_with_type("text", subtype);
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(buf_text(&body), body.size);
    GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
    g_mime_part_set_content(part, content);
    g_mime_part_set_content_encoding(part, encoding_for(text));
    g_object_unref(content);
    g_object_unref(stream);
    buf_done(&body);
    return part;
}

/* `part` belongs to `to` from now on. */
static void add_part(GMimeMultipart *to, void *part)
{
    g_mime_multipart_add(to, part);
    g_object_unref(part);
}

/* Outlook takes iCalendar among the alternatives, or anywhere in the first part of a multipart/mixed, for the message
 * itself (MS-STANOICAL V0343, to RFC 6047 section 2.4) and would show an appointment in place of our text. What lies
 * behind the first part is a file that opens in the calendar with a click; Gmail and Apple Mail offer to add it as
 * well. `method` must be what the file says (RFC 6047). GMime would fold at 78. */
static GMimePart *new_calendar(const struct mail *m, struct arena *a)
{
    GMimePart *part = new_part("calendar", m->calendar);
    g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64); /* keeps the ends of its lines as they are */
    g_mime_object_set_disposition(GMIME_OBJECT(part), GMIME_DISPOSITION_ATTACHMENT);
    GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(part));
    g_mime_header_set_raw_value(
        g_mime_header_list_get_header(list, "Content-Type"),
        arena_print(a, " text/calendar; method=PUBLISH; charset=utf-8;\n name=\"%s\"\n", m->calendar_file));
    g_mime_header_set_raw_value(g_mime_header_list_get_header(list, "Content-Disposition"),
                                arena_print(a, " attachment;\n filename=\"%s\"\n", m->calendar_file));
    return part;
}

/* The boundary is always the same for a Message-ID (FNV-1a). No line of base64 or quoted-printable can contain "=_". */
static GMimeMultipart *new_multipart(const char *subtype, const char *mark, const struct mail *m)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (const char *c = m->message_id; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 0x100000001b3u;
    char boundary[32];
    snprintf(boundary, sizeof boundary, "=_%s%016llx", mark, (unsigned long long)hash);
    GMimeMultipart *parts = g_mime_multipart_new_with_subtype(subtype);
    g_mime_multipart_set_boundary(parts, boundary);
    return parts;
}

static void add_body(GMimeMessage *message, const struct mail *m, struct arena *a)
{
    GMimeMultipart *body = new_multipart("alternative", "", m);
    add_part(body, new_part("plain", m->text));
    add_part(body, new_part("html", m->html));
    if (m->calendar) {
        GMimeMultipart *all = new_multipart("mixed", "m", m);
        add_part(all, body);
        add_part(all, new_calendar(m, a));
        body = all;
    }
    g_mime_message_set_mime_part(message, GMIME_OBJECT(body));
    g_object_unref(body);
}

static void set_date(GMimeMessage *message, instant now, int offset)
{
    GDateTime *utc = g_date_time_new_from_unix_utc(now / SECOND);
    GTimeZone *zone = g_time_zone_new_offset(offset);
    GDateTime *there = utc ? g_date_time_to_timezone(utc, zone) : NULL;
    if (there) {
        g_mime_message_set_date(message, there);
        g_date_time_unref(there);
    }
    g_time_zone_unref(zone);
    if (utc)
        g_date_time_unref(utc);
}

static void add_header(GMimeMessage *message, const char *name, const char *value)
{
    g_mime_object_append_header(GMIME_OBJECT(message), name, value, "utf-8");
}

static bool fill(GMimeMessage *message, const struct mail *m, struct arena *a, struct err *e)
{
    set_date(message, m->now, m->offset);
    if (!add_configured(message, "From", m->from, "sender", a, e))
        return false;
    const char *address = address_plain(a, m->address, e);
    if (!address)
        return err_wrap(e, "recipient");
    add_raw(message, "To", header_address(a, "To", m->to_name, address));
    if (m->reply_to && !add_configured(message, "Reply-To", m->reply_to, "reply address", a, e))
        return false;
    if (!id_ok(m->message_id, e) || (m->thread_id && !id_ok(m->thread_id, e)))
        return false;
    add_raw(message, "Subject", header_text(a, "Subject", m->subject));
    g_mime_message_set_message_id(message, m->message_id);
    if (m->thread_id) {
        const char *thread = arena_print(a, "<%s>", m->thread_id);
        add_header(message, "In-Reply-To", thread);
        add_header(message, "References", thread);
    }
    add_header(message, "Auto-Submitted", "auto-generated");                        /* RFC 3834 */
    add_header(message, "X-Auto-Response-Suppress", "DR, RN, NRN, OOF, AutoReply"); /* Exchange */
    add_body(message, m, a);
    return true;
}

static bool addresses_ascii(const struct mail *m)
{
    return ascii(m->address) && ascii(m->from) && (!m->reply_to || ascii(m->reply_to));
}

/* What some servers would take for the end of the message, or for two of them, must not be in it (V3). Octets above
 * 0x7F are only in a header, and only where an address brings them (`letters`). */
static bool sound(const char *bytes, size_t size, bool letters, struct err *e)
{
    size_t line = 0;
    for (size_t i = 0; i < size; i++) {
        bool newline = bytes[i] == '\n';
        bool high = (unsigned char)bytes[i] > 0x7F;
        if (newline && line == 1)
            letters = false; /* the empty line, with its CR: the body begins */
        if (newline != (i > 0 && bytes[i - 1] == '\r') || (high && !letters) || !bytes[i])
            return err_set(e, "the mail came out with a byte that must not be there, at %zu", i);
        line = newline ? 0 : line + 1;
        if (line > 900)
            return err_set(e, "the mail came out with a line that is too long, at %zu", i);
    }
    return (size > 1 && bytes[size - 1] == '\n') || err_set(e, "the mail came out without its last line");
}

static bool write_out(GMimeMessage *message, const struct mail *m, struct arena *a, const char **bytes, size_t *size,
                      struct err *e)
{
    GMimeFormatOptions *options = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    GMimeStream *out = g_mime_stream_mem_new();
    bool ok = g_mime_object_write_to_stream(GMIME_OBJECT(message), options, out) >= 0;
    const GByteArray *written = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out));
    if (!ok)
        err_set(e, "the mail could not be put together");
    else
        ok = sound((const char *)written->data, written->len, !addresses_ascii(m), e);
    if (ok) {
        *bytes = arena_copy_bytes(a, (const char *)written->data, written->len);
        *size = written->len;
    }
    g_object_unref(out);
    g_mime_format_options_free(options);
    return ok;
}

bool mail_build(const struct mail *m, struct arena *a, const char **bytes, size_t *size, struct err *e)
{
    GMimeMessage *message = g_mime_message_new(FALSE);
    bool ok = fill(message, m, a, e) && write_out(message, m, a, bytes, size, e);
    g_object_unref(message);
    return ok;
}
