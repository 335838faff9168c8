#include "channel/card.h"

#include <ctype.h>
#include <string.h>

/* "tel:+4755123456" of a line that is a telephone number and nothing else. */
static const char *call(const char *text, struct arena *a)
{
    char number[17];
    size_t n = 0;
    for (const char *p = text; *p; p++) {
        if (isdigit((unsigned char)*p) || (*p == '+' && p == text)) {
            if (n == sizeof number - 1)
                return NULL;
            number[n++] = *p;
        } else if (!strchr(" ()-", *p)) {
            return NULL;
        }
    }
    number[n] = '\0';
    return n >= 6 ? arena_print(a, "tel:%s", number) : NULL;
}

static bool is_web(const char *url)
{
    return url && (strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0);
}

static const char *opens(const struct card_line *l, struct arena *a)
{
    for (size_t i = 0; i < l->n; i++)
        if (is_web(l->runs[i].url) || (l->runs[i].url && strncmp(l->runs[i].url, "tel:", 4) == 0))
            return l->runs[i].url;
    return l->n == 1 && l->kind == CHAT_PARAGRAPH ? call(l->runs[0].text, a) : NULL;
}

static void add(struct card *card, struct card_line line, struct arena *a)
{
    if (!line.n)
        return;
    line.url = opens(&line, a);
    if (!card->url && line.kind == CHAT_PARAGRAPH && line.n == 1 && is_web(line.runs[0].url)) {
        card->label = line.runs[0].text;
        card->url = line.url;
        return;
    }
    card->lines = arena_grow(a, card->lines, card->n, sizeof *card->lines);
    card->lines[card->n++] = line;
}

static void add_block(struct card *card, const struct chat_block *b, bool apart, struct arena *a)
{
    const char *mark = b->kind != CHAT_ITEM ? "" : b->number ? arena_print(a, "%d. ", b->number) : "\xE2\x80\xA2 ";
    struct card_line line = {
        .kind = b->kind, .apart = apart, .strong = b->kind == CHAT_TITLE || b->kind == CHAT_HEADING, .mark = mark
    };
    for (size_t i = 0; i <= b->n; i++) {
        if (i < b->n && *b->runs[i].text != '\n') {
            line.runs = line.n ? line.runs : &b->runs[i];
            line.n++;
            continue;
        }
        size_t before = card->n;
        add(card, line, a);
        line.apart = line.apart && card->n == before;
        line.mark = card->n == before ? line.mark : "";
        line.n = 0;
    }
}

struct card card_of(const struct chat *c, struct arena *a)
{
    struct card card = { 0 };
    for (size_t i = 0; i < c->n; i++) {
        const struct chat_block *b = &c->blocks[i];
        bool close = i > 0 && (b[-1].kind == CHAT_HEADING || (b->kind == CHAT_ITEM && b[-1].kind == CHAT_ITEM));
        add_block(&card, b, i > 0 && !close, a);
    }
    return card;
}

const char *card_text(const struct card_line *l, struct arena *a)
{
    struct chat_block b = { .runs = l->runs, .n = l->n };
    return arena_print(a, "%s%s", l->mark, chat_block_text(&b, a));
}
