#include "compose/inert.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static bool of_a_word(char c)
{
    return isalnum((unsigned char)c) || (c & 0x80);
}

bool inert_begins(const char *text, const char *p)
{
    return p == text || !isalnum((unsigned char)p[-1]);
}

/* The signs that mark text up, each with one that looks the same and does nothing. */
static const char *lookalike(char c)
{
    switch (c) {
    case '*':
        return "\xE2\x88\x97";
    case '_':
        return "\xCB\x8D";
    case '~':
        return "\xE2\x88\xBC";
    case '`':
        return "\xCB\x8B";
    }
    return NULL;
}

static void add_one(struct buf *out, const char *text, const char *p)
{
    bool inside = p > text && of_a_word(p[-1]) && of_a_word(p[1]);
    if (lookalike(*p) && !(*p == '_' && inside)) {
        buf_add(out, lookalike(*p));
        return;
    }
    if (p == text && strchr(">-", *p))
        buf_add(out, INERT_SPACE); /* it would begin a quote or a list */
    buf_add_char(out, *p);
    if (strchr("<|$\\", *p) || (strchr("@#:", *p) && inert_begins(text, p)) || (*p == ']' && p[1] == '('))
        buf_add(out, INERT_SPACE);
}

void inert_add(struct buf *out, const char *text)
{
    bool address = false;
    for (const char *p = text; *p; p++) {
        if (p == text || strchr(" \n(", p[-1]))
            address = strncasecmp(p, "https://", 8) == 0 || strncasecmp(p, "http://", 7) == 0;
        if (address && !strchr("<|`", *p))
            buf_add_char(out, *p);
        else
            add_one(out, text, p);
    }
}

void inert_add_url(struct buf *out, const char *url)
{
    for (; *url; url++)
        if (strchr("<>()|\\ \n", *url))
            buf_print(out, "%%%02X", (unsigned char)*url);
        else
            buf_add_char(out, *url);
}
