#include "compose/header.h"

#include "base/buf.h"

#include <glib.h>
#include <string.h>

enum { LINE_MOST = 76, ATOM_MOST = 60, WORD_FRAME = 12 /* =?UTF-8?B??= */, LEAD_MOST = 12 };

struct line {
    struct buf out;
    size_t column;
};

/* Text that needs no encoding and can be folded at its spaces. */
static bool plain(const char *text)
{
    size_t atom = 0;
    for (const char *c = text; *c; c++) {
        atom = *c == ' ' ? 0 : atom + 1;
        if ((unsigned char)*c >= 0x7F || (unsigned char)*c < 0x20 || atom > ATOM_MOST || (c[0] == '=' && c[1] == '?'))
            return false;
    }
    return text[0] != ' ';
}

/* A piece behind a space, on the next line if it does not fit on this one. */
static void add_atom(struct line *l, const char *atom, size_t size)
{
    if (l->column + 1 + size > LINE_MOST) {
        buf_add(&l->out, "\n");
        l->column = 0;
    }
    buf_add_char(&l->out, ' ');
    buf_add_bytes(&l->out, atom, size);
    l->column += 1 + size;
}

static void add_plain(struct line *l, const char *text)
{
    while (*text) {
        size_t size = strcspn(text, " ");
        add_atom(l, text, size);
        text += size + (text[size] == ' ');
    }
}

static bool border(const char *text, size_t at)
{
    return ((unsigned char)text[at] & 0xC0) != 0x80;
}

/* How many bytes of `text` make whole characters within `most`: all that is left, or a multiple of three, since readers
 * that join words before they decode them (GMime does) stumble over padding inside. 0 where there is no such border. */
static size_t without_padding(const char *text, size_t most)
{
    size_t size = strnlen(text, most);
    if (!text[size])
        return size;
    for (size -= size % 3; size && !border(text, size); size -= 3)
        ;
    return size;
}

/* The characters in front that stand in the way of such a border: in "a" and letters of three bytes each, the "a". */
static size_t in_the_way(const char *text, size_t most)
{
    size_t n = 0;
    do
        n++;
    while (text[n] && (!border(text, n) || (n < LEAD_MOST && !without_padding(text + n, most))));
    return n;
}

/* Each byte as itself in the Q encoding, which pads nothing. */
static void add_in_hex(struct line *l, const char *text, size_t size)
{
    char word[LINE_MOST + 1] = "=?UTF-8?Q?";
    size_t n = strlen(word);
    for (size_t i = 0; i < size; i++)
        n += (size_t)g_snprintf(word + n, (gulong)(sizeof word - n), "=%02X", (unsigned char)text[i]);
    g_snprintf(word + n, (gulong)(sizeof word - n), "?=");
    add_atom(l, word, strlen(word));
}

static void add_encoded(struct line *l, const char *text)
{
    while (*text) {
        size_t room = l->column + 1 + WORD_FRAME < LINE_MOST ? LINE_MOST - l->column - 1 - WORD_FRAME : 0;
        if (room < 16) /* too little for a word worth its frame */
            room = LINE_MOST - 1 - WORD_FRAME;
        size_t most = room / 4 * 3, size = without_padding(text, most);
        if (size == 0) {
            size = in_the_way(text, most);
            add_in_hex(l, text, size);
            text += size;
            continue;
        }
        char *base64 = g_base64_encode((const guchar *)text, size);
        char word[LINE_MOST + 1];
        g_snprintf(word, sizeof word, "=?UTF-8?B?%s?=", base64);
        add_atom(l, word, strlen(word));
        g_free(base64);
        text += size;
    }
}

static const char *finish(struct line *l, struct arena *a)
{
    buf_add_char(&l->out, '\n');
    const char *value = arena_copy_bytes(a, l->out.text, l->out.size);
    buf_done(&l->out);
    return value;
}

const char *header_text(struct arena *a, const char *name, const char *text)
{
    struct line l = { .column = strlen(name) + 1 };
    if (plain(text))
        add_plain(&l, text);
    else
        add_encoded(&l, text);
    return finish(&l, a);
}

/* A display name in quotes, which any plain name may be. */
static const char *quoted(struct arena *a, const char *name)
{
    struct buf b = { 0 };
    buf_add_char(&b, '"');
    for (; *name; name++) {
        if (strchr("\"\\", *name))
            buf_add_char(&b, '\\');
        buf_add_char(&b, *name);
    }
    buf_add_char(&b, '"');
    const char *text = arena_copy_bytes(a, b.text, b.size);
    buf_done(&b);
    return text;
}

const char *header_address(struct arena *a, const char *name, const char *display, const char *address)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~ ";
    struct line l = { .column = strlen(name) + 1 };
    if (!display || !display[0]) {
        add_atom(&l, address, strlen(address));
        return finish(&l, a);
    }
    if (!plain(display))
        add_encoded(&l, display);
    else if (display[strspn(display, letters)])
        add_plain(&l, quoted(a, display));
    else
        add_plain(&l, display);
    const char *bracketed = arena_print(a, "<%s>", address);
    add_atom(&l, bracketed, strlen(bracketed));
    return finish(&l, a);
}
