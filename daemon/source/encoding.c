#include "source/encoding.h"

#include "base/mem.h"
#include "base/shown.h"
#include "source/values.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>

enum { PIVOT = 2048, PIECE = 8192 };

struct decoder {
    char *name;
    UConverter *from, *to; /* NULL: UTF-8 */
    struct buf held;       /* before `begun`: the first bytes; of UTF-8: half a character */
    bool begun;            /* the first bytes have been looked at */
    UChar pivot[PIVOT];
    UChar *read, *write;
};

static bool no_encoding(const char *name, struct err *e)
{
    char text[SHOWN_SIZE];
    return err_set(
        e,
        "the encoding \"%s\" is not known; write for example utf-8, windows-1252 (Western Europe), iso-8859-1, "
        "windows-1251 or koi8-r (Russian), windows-874 (Thai), utf-16le",
        shown(name, text));
}

/* Bytes that are no letter end the reading: a wrong letter in a name would not be noticed. */
static bool open_converter(struct decoder *d, const char *name, struct err *e)
{
    UErrorCode code = U_ZERO_ERROR;
    ucnv_close(d->from);
    d->from = *name ? ucnv_open(name, &code) : NULL;
    if (!d->from || U_FAILURE(code))
        return no_encoding(name, e);
    ucnv_setToUCallBack(d->from, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &code);
    if (!d->to)
        d->to = ucnv_open("UTF-8", &code);
    d->read = d->write = d->pivot;
    free(d->name);
    d->name = mem_copy(name);
    return U_SUCCESS(code) || no_encoding(name, e);
}

static bool means_utf8(const char *name)
{
    return !name || (*name && ucnv_compareNames(name, "UTF-8") == 0);
}

bool decoder_open(struct decoder **out, const char *encoding, struct err *e)
{
    struct decoder *d = mem_new(sizeof *d);
    d->name = mem_copy(encoding);
    if (means_utf8(encoding) || open_converter(d, encoding, e)) {
        *out = d;
        return true;
    }
    decoder_close(d);
    return false;
}

void decoder_close(struct decoder *d)
{
    if (!d)
        return;
    ucnv_close(d->from);
    ucnv_close(d->to);
    buf_done(&d->held);
    free(d->name);
    free(d);
}

static bool not_utf8(const struct decoder *d, unsigned char byte, struct err *e)
{
    if (d->name)
        return err_set(e, "this is not UTF-8 (byte 0x%02X)", byte);
    return err_set(e,
                   "this is not UTF-8 (byte 0x%02X): say how the file is written, for example --encoding windows-1252 "
                   "(Western Europe), windows-1251 (Russian) or windows-874 (Thai)",
                   byte);
}

/* Half a character at the end stays for the next time. */
static bool copy_utf8(struct decoder *d, bool last, struct buf *out, struct err *e)
{
    const unsigned char *s = (const unsigned char *)buf_text(&d->held);
    size_t n = d->held.size, i = 0, step = 1;
    while (i < n && (step = utf8_size(s + i, n - i)))
        i += step;
    buf_add_bytes(out, s, i);
    /* The longest character has four bytes: with three or fewer left, more may make one of them. */
    bool half = i < n && n - i < 4 && !last && s[i] >= 0xC2 && s[i] < 0xF5;
    for (size_t k = i + 1; k < n && half; k++)
        half = (s[k] & 0xC0) == 0x80;
    if (i < n && !half)
        return not_utf8(d, s[i], e);
    if (n > i)
        memmove(d->held.text, s + i, n - i);
    d->held.size = n - i;
    return true;
}

/* What was read before the bytes that are none. */
static void flush(struct decoder *d, struct buf *out)
{
    const UChar *rest = d->read;
    UErrorCode code;
    do {
        char piece[PIECE], *to = piece;
        code = U_ZERO_ERROR;
        ucnv_fromUnicode(d->to, &to, piece + sizeof piece, &rest, d->write, NULL, false, &code);
        buf_add_bytes(out, piece, (size_t)(to - piece));
    } while (code == U_BUFFER_OVERFLOW_ERROR);
}

static bool convert(struct decoder *d, bool last, struct buf *out, struct err *e)
{
    const char *from = buf_text(&d->held), *end = from + d->held.size;
    UErrorCode code;
    do {
        char piece[PIECE], *to = piece;
        code = U_ZERO_ERROR;
        ucnv_convertEx(d->to, d->from, &to, piece + sizeof piece, &from, end, d->pivot, &d->read, &d->write,
                       d->pivot + PIVOT, false, last, &code);
        buf_add_bytes(out, piece, (size_t)(to - piece));
    } while (code == U_BUFFER_OVERFLOW_ERROR);
    buf_reset(&d->held);
    if (U_SUCCESS(code))
        return true;
    flush(d, out);
    return err_set(e, "this is not text in the encoding %s: name another with --encoding", d->name);
}

/* What a byte order mark at the beginning says; its bytes are taken away. */
static bool begin(struct decoder *d, struct err *e)
{
    static const struct {
        const char *mark, *encoding;
        size_t size;
    } marks[] = {
        { "\xEF\xBB\xBF", NULL, 3 },
        { "\xFF\xFE", "UTF-16LE", 2 },
        { "\xFE\xFF", "UTF-16BE", 2 },
    };
    d->begun = true;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (d->held.size < marks[i].size || memcmp(d->held.text, marks[i].mark, marks[i].size) != 0)
            continue;
        d->held.size -= marks[i].size;
        memmove(d->held.text, d->held.text + marks[i].size, d->held.size);
        if (marks[i].encoding)
            return open_converter(d, marks[i].encoding, e);
        ucnv_close(d->from);
        d->from = NULL;
    }
    return true;
}

bool decoder_add(struct decoder *d, const void *bytes, size_t size, bool last, struct buf *out, struct err *e)
{
    buf_add_bytes(&d->held, bytes, size);
    if (!d->begun && d->held.size < 3 && !last)
        return true;
    if (!d->begun && !begin(d, e))
        return false;
    return d->from ? convert(d, last, out, e) : copy_utf8(d, last, out, e);
}
