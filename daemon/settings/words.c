/* The words a complaint is made of. */
#include "settings/reading.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

const char *file_of(struct reading *r, const char *name)
{
    return name ? path_of(r, arena_copy(r->arena, name)) : r->o->file;
}

struct place place_of(struct reading *r, const config_setting_t *s)
{
    return (struct place){ .file = file_of(r, config_setting_source_file(s)),
                           .line = (int)config_setting_source_line(s) };
}

void grumble(struct reading *r, const config_setting_t *s, const char *format, ...)
{
    struct place place = place_of(r, s);
    char text[1000];
    va_list rest;
    va_start(rest, format);
    vsnprintf(text, sizeof text, format, rest);
    va_end(rest);
    if (r->c->n - r->first < COMPLAINTS_MOST) /* nobody reads on */
        complain(r->c, place.file, place.line, "%s", text);
}

/* Bytes of the UTF-8 sequence at `t`, as RFC 3629 has it: shortest form, no surrogates, up to U+10FFFF; 0: none. */
static size_t sequence(const unsigned char *t, size_t size)
{
    size_t n = t[0] < 0x80 ? 1 : t[0] < 0xC2 ? 0 : t[0] < 0xE0 ? 2 : t[0] < 0xF0 ? 3 : t[0] < 0xF5 ? 4 : 0;
    if (n > size)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((t[i] & 0xC0) != 0x80)
            return 0;
    if ((t[0] == 0xE0 && t[1] < 0xA0) || (t[0] == 0xED && t[1] > 0x9F) || (t[0] == 0xF0 && t[1] < 0x90) ||
        (t[0] == 0xF4 && t[1] > 0x8F))
        return 0;
    return n;
}

bool words_utf8(const char *text, size_t size, size_t *bad)
{
    size_t at = 0;
    while (at < size) {
        size_t n = sequence((const unsigned char *)text + at, size - at);
        if (!n)
            break;
        at += n;
    }
    if (bad)
        *bad = at;
    return at == size;
}

const char *quoted(const char *text, char out[QUOTED])
{
    out[0] = '"';
    shown(text, out + 1);
    return strcat(out, "\"");
}

void words_add(struct arena *a, struct words *w, const char *word)
{
    w->rows = arena_grow(a, w->rows, w->n, sizeof *w->rows);
    w->rows[w->n++] = word;
}

bool words_have(const struct words *w, const char *word)
{
    for (size_t i = 0; i < w->n; i++)
        if (strcmp(w->rows[i], word) == 0)
            return true;
    return false;
}

const char *words_listed(struct arena *a, const struct words *w, const char *last)
{
    const char *text = "";
    for (size_t i = 0; i < w->n && i < 40; i++) {
        const char *between = !i ? "" : i + 1 < w->n ? ", " : last;
        text = arena_print(a, "%s%s%s", text, between, SHOW(w->rows[i]));
    }
    return text;
}

static unsigned char lower(char c)
{
    return (unsigned char)tolower((unsigned char)c);
}

enum { WORD_MOST = 40 };

/* Letters to change, add, drop or swap with their neighbour (optimal string alignment); case does not count. */
static size_t distance(const char *a, const char *b)
{
    size_t rows[3][WORD_MOST + 1], n = strlen(b);
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= n; j++)
        above[j] = j;
    for (size_t i = 1; a[i - 1]; i++) {
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t best = above[j - 1] + (lower(a[i - 1]) != lower(b[j - 1]));
            best = above[j] + 1 < best ? above[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]) &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
        size_t *oldest = before;
        before = above, above = row, row = oldest;
    }
    return above[n];
}

const char *word_near(const char *word, const struct words *among)
{
    size_t length = strlen(word);
    size_t best = length < 3 ? 1 : length < 6 ? 2 : length < 9 ? 3 : 4; /* the first distance that is too far */
    const char *near = NULL;
    for (size_t i = 0; i < among->n && length <= WORD_MOST; i++) {
        size_t d = strlen(among->rows[i]) > WORD_MOST ? best : distance(word, among->rows[i]);
        if (d < best) {
            best = d;
            near = among->rows[i];
        }
    }
    return near;
}
