#include "compose/chat.h"

#include "compose/clean.h"
#include "compose/markdown_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

/* ---- what is kept ---- */

const char *chat_keep(const char *language, const char *shortened, const char *letter, struct arena *a)
{
    return arena_print(a, "%s\n%s\n%s", language, shortened, letter);
}

struct reading {
    struct arena *a;
    struct chat_block *blocks;
    size_t n;
    struct chat_run *runs; /* of the block being read */
    size_t n_runs;
    struct buf text;
};

static void add_run(struct reading *r, const char *text, bool strong, const char *url)
{
    if (!*text)
        return;
    r->runs = arena_grow(r->a, r->runs, r->n_runs, sizeof *r->runs);
    r->runs[r->n_runs++] = (struct chat_run){ arena_copy(r->a, text), strong, url };
}

static void read_inlines(struct reading *r, cmark_node *node, bool strong, const char *url, int depth);

static const char *target_of(struct reading *r, cmark_node *link)
{
    struct buf target = { 0 };
    const char *url = markdown_target(link, &target) ? arena_copy(r->a, buf_text(&target)) : NULL;
    buf_done(&target);
    return url;
}

static void read_inline(struct reading *r, cmark_node *node, bool strong, const char *url, int depth)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
    case CMARK_NODE_HTML_INLINE:
        buf_reset(&r->text);
        escape_undo(&r->text, cmark_node_get_literal(node));
        add_run(r, buf_text(&r->text), strong, url);
        return;
    case CMARK_NODE_SOFTBREAK:
        add_run(r, " ", strong, url);
        return;
    case CMARK_NODE_LINEBREAK:
        add_run(r, "\n", false, NULL);
        return;
    case CMARK_NODE_STRONG:
        read_inlines(r, node, true, url, depth);
        return;
    case CMARK_NODE_LINK:
        read_inlines(r, node, strong, target_of(r, node), depth);
        return;
    default:
        read_inlines(r, node, strong, url, depth);
    }
}

static void read_inlines(struct reading *r, cmark_node *node, bool strong, const char *url, int depth)
{
    if (depth >= MARKDOWN_DEPTH)
        return;
    for (cmark_node *n = cmark_node_first_child(node); n; n = cmark_node_next(n))
        read_inline(r, n, strong, url, depth + 1);
}

/* cmark leaves a text in pieces, one for each mark that it looked at. */
static void join_runs(struct reading *r)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->n_runs; i++) {
        struct chat_run *last = kept ? &r->runs[kept - 1] : NULL, *next = &r->runs[i];
        bool line = *next->text == '\n' || (last && *last->text == '\n');
        if (last && !line && last->strong == next->strong && last->url == next->url)
            last->text = arena_print(r->a, "%s%s", last->text, next->text);
        else
            r->runs[kept++] = *next;
    }
    r->n_runs = kept;
}

static void add_block(struct reading *r, enum chat_kind kind, int number, cmark_node *node)
{
    size_t place;
    char within;
    if (cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH && markdown_place(node, &place, &within))
        return;
    r->runs = NULL;
    r->n_runs = 0;
    read_inlines(r, node, false, NULL, 0);
    join_runs(r);
    if (!r->n_runs)
        return;
    r->blocks = arena_grow(r->a, r->blocks, r->n, sizeof *r->blocks);
    r->blocks[r->n++] = (struct chat_block){ kind, number, r->runs, r->n_runs };
}

static void drop_last_heading(struct reading *r)
{
    if (r->n && r->blocks[r->n - 1].kind == CHAT_HEADING)
        r->n--;
}

/* What was announced by a colon is not there. */
static void end_sentence(struct reading *r)
{
    struct chat_run *last = r->n_runs ? &r->runs[r->n_runs - 1] : NULL;
    size_t size = last ? strlen(last->text) : 0;
    if (size && last->text[size - 1] == ':')
        last->text = arena_print(r->a, "%.*s.", (int)size - 1, last->text);
}

static void read_list(struct reading *r, cmark_node *list)
{
    bool ordered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
    int number = cmark_node_get_list_start(list);
    for (cmark_node *item = cmark_node_first_child(list); item; item = cmark_node_next(item), number++) {
        cmark_node *said = cmark_node_first_child(item);
        if (!said || cmark_node_get_type(said) != CMARK_NODE_PARAGRAPH)
            continue;
        add_block(r, CHAT_ITEM, ordered ? number : 0, said);
        if (cmark_node_next(said))
            end_sentence(r);
    }
}

static void read_block(struct reading *r, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HEADING:
        drop_last_heading(r);
        if (cmark_node_get_heading_level(node) == 1)
            r->n = 0; /* the greeting stands above it */
        add_block(r, cmark_node_get_heading_level(node) == 1 ? CHAT_TITLE : CHAT_HEADING, 0, node);
        return;
    case CMARK_NODE_LIST:
        read_list(r, node);
        return;
    case CMARK_NODE_BLOCK_QUOTE:
        for (cmark_node *n = cmark_node_first_child(node); n; n = cmark_node_next(n))
            add_block(r, CHAT_QUOTE, 0, n);
        return;
    case CMARK_NODE_PARAGRAPH:
        add_block(r, CHAT_PARAGRAPH, 0, node);
        return;
    default:
        return;
    }
}

static const char *take_line(const char **from, struct arena *a)
{
    size_t size = strcspn(*from, "\n");
    const char *line = arena_copy_bytes(a, *from, size);
    *from += size + ((*from)[size] == '\n');
    return line;
}

bool chat_read(const char *bytes, size_t size, struct arena *a, struct chat *out, struct err *e)
{
    const char *rest = arena_copy_bytes(a, bytes, size);
    struct reading r = { .a = a };
    *out = (struct chat){ .language = take_line(&rest, a), .shortened = take_line(&rest, a) };
    struct markdown *letter = markdown_new(rest);
    for (cmark_node *n = cmark_node_first_child(markdown_root(letter)); n; n = cmark_node_next(n))
        read_block(&r, n);
    drop_last_heading(&r);
    markdown_free(letter);
    buf_done(&r.text);
    out->blocks = r.blocks;
    out->n = r.n;
    return r.n > 0 || err_set(e, "the message has no text");
}

/* ---- lengths, and where to cut ---- */

size_t chat_length(const char *text, enum chat_unit unit)
{
    size_t n = 0;
    if (unit == CHAT_BYTES)
        return strlen(text);
    for (int32_t i = 0; text[i];) {
        UChar32 c;
        U8_NEXT_OR_FFFD((const uint8_t *)text, i, -1, c);
        n += unit == CHAT_UTF16 ? (size_t)U16_LENGTH(c) : 1;
    }
    return n;
}

const char *chat_block_text(const struct chat_block *b, struct arena *a)
{
    struct buf out = { 0 };
    for (size_t i = 0; i < b->n; i++)
        buf_add(&out, b->runs[i].text);
    const char *text = arena_copy(a, buf_text(&out));
    buf_done(&out);
    return text;
}

/* The last border of that kind within the first `most` bytes of `text`; 0: there is none. */
static size_t border(const char *text, size_t most, const char *language, UBreakIteratorType type)
{
    UErrorCode code = U_ZERO_ERROR;
    UText *units = utext_openUTF8(NULL, text, -1, &code);
    UBreakIterator *breaks = ubrk_open(type, language, NULL, 0, &code);
    if (U_SUCCESS(code))
        ubrk_setUText(breaks, units, &code);
    int32_t at = U_SUCCESS(code) ? ubrk_preceding(breaks, (int32_t)most + 1) : 0;
    if (breaks)
        ubrk_close(breaks);
    if (units)
        utext_close(units);
    return at > 0 ? (size_t)at : 0;
}

/* How many bytes of `text` to keep of its first `most` characters: whole sentences if they are half of it, whole words
 * if they are a quarter, else whole letters with their marks. */
static size_t cut_at(const char *text, size_t most, const char *language, bool *sentence)
{
    static const struct {
        UBreakIteratorType type;
        size_t share;
    } borders[] = { { UBRK_SENTENCE, 2 }, { UBRK_LINE, 4 }, { UBRK_CHARACTER, SIZE_MAX } };
    int32_t bytes = 0;
    U8_FWD_N((const uint8_t *)text, bytes, -1, (int32_t)most);
    for (size_t i = 0; i < sizeof borders / sizeof borders[0]; i++) {
        size_t at = border(text, (size_t)bytes, language, borders[i].type);
        *sentence = i == 0;
        if (at > (size_t)bytes / borders[i].share)
            return at;
    }
    return 0;
}

/* The first bytes of a block, an ellipsis behind them where a sentence was broken off. */
static struct chat_block shorten(const struct chat_block *b, size_t most, const char *language, struct arena *a)
{
    bool sentence;
    const char *text = chat_block_text(b, a);
    size_t left = cut_at(text, most, language, &sentence);
    struct chat_block out = { .kind = b->kind, .number = b->number };
    struct chat_run *runs = arena_new(a, (b->n + 1) * sizeof *runs);
    while (left && strchr(" \n", text[left - 1]))
        left--;
    for (size_t i = 0; i < b->n && left; i++) {
        size_t size = strlen(b->runs[i].text), n = size < left ? size : left;
        runs[out.n] = b->runs[i];
        runs[out.n++].text = arena_copy_bytes(a, b->runs[i].text, n);
        left -= n;
    }
    if (out.n && !sentence)
        runs[out.n++] = (struct chat_run){ .text = "\xE2\x80\xA6" };
    out.runs = runs;
    return out;
}

struct chat chat_cut(const struct chat *c, size_t most, struct arena *a)
{
    struct chat out = *c;
    struct chat_block *blocks = arena_new(a, (c->n + 1) * sizeof *blocks);
    size_t n = 0, used = 0, i = 0;
    for (; i < c->n; i++) {
        size_t size = chat_length(chat_block_text(&c->blocks[i], a), CHAT_CHARACTERS);
        if (used + size > most)
            break;
        used += size;
        blocks[n++] = c->blocks[i];
    }
    if (i == c->n)
        return out;
    struct chat_block part = shorten(&c->blocks[i], most - used, c->language, a);
    if (part.n)
        blocks[n++] = part;
    while (n && blocks[n - 1].kind == CHAT_HEADING)
        n--;
    struct chat_run *said = arena_new(a, sizeof *said);
    *said = (struct chat_run){ .text = c->shortened };
    blocks[n++] = (struct chat_block){ CHAT_PARAGRAPH, 0, said, 1 };
    out.blocks = blocks;
    out.n = n;
    return out;
}

const char *chat_clip(const char *text, const char *language, size_t most, enum chat_unit unit, struct arena *a)
{
    if (chat_length(text, unit) <= most)
        return text;
    for (size_t room = most; room > 0; room--) {
        bool sentence;
        size_t size = cut_at(text, room, language, &sentence);
        while (size && text[size - 1] == ' ')
            size--;
        const char *clipped = arena_print(a, "%.*s\xE2\x80\xA6", (int)size, text);
        if (chat_length(clipped, unit) <= most)
            return clipped;
    }
    return "";
}

/* ---- written ---- */

static void add_plain(struct buf *out, const char *text)
{
    buf_add(out, text);
}

static void add_html(struct buf *out, const char *text)
{
    escape_add(out, text, ESCAPE_HTML);
}

static void add_html_link(struct buf *out, const char *url, const char *text)
{
    buf_add(out, "<a href=\"");
    add_html(out, url);
    buf_add(out, "\">");
    add_html(out, text);
    buf_add(out, "</a>");
}

/* Every ASCII mark may be escaped (CommonMark 2.4); these must be. @ also: it would mention somebody. */
static void add_markdown(struct buf *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        bool number = strchr(".)", *p) && p > text && isdigit((unsigned char)p[-1]); /* "1. " begins a list */
        if (number || strchr("\\`*_[]<>#+-=!|~&@$^", *p))
            buf_add_char(out, '\\');
        buf_add_char(out, *p);
    }
}

static void add_markdown_link(struct buf *out, const char *url, const char *text)
{
    buf_add_char(out, '[');
    add_markdown(out, text);
    buf_add(out, "](<");
    for (; *url; url++)
        if (strchr("<>\\ \n", *url))
            buf_print(out, "%%%02X", (unsigned char)*url);
        else
            buf_add_char(out, *url);
    buf_add(out, ">)");
}

const struct chat_markup chat_plain = { "", "", add_plain, NULL, "\xE2\x80\xA2 ", "\n" };
const struct chat_markup chat_html = { "<b>", "</b>", add_html, add_html_link, "\xE2\x80\xA2 ", "\n" };
const struct chat_markup chat_markdown = { "**", "**", add_markdown, add_markdown_link, "- ", "  \n" };

static void write_run(const struct chat_run *r, bool strong, const struct chat_markup *m, struct buf *out)
{
    if (*r->text == '\n') {
        buf_add(out, m->line);
        return;
    }
    /* Marks must stand next to letters to be marks. */
    size_t size = strlen(r->text), front = strspn(r->text, " "), back = size;
    while (back > front && r->text[back - 1] == ' ')
        back--;
    buf_add_bytes(out, r->text, front);
    char *inside = strndup(r->text + front, back - front);
    buf_add(out, strong && back > front ? m->opens : "");
    if (r->url && m->add_link)
        m->add_link(out, r->url, inside);
    else
        m->add(out, inside);
    buf_add(out, strong && back > front ? m->closes : "");
    if (r->url && !m->add_link && strcmp(r->url, inside) != 0) {
        buf_add(out, " (");
        m->add(out, r->url);
        buf_add_char(out, ')');
    }
    buf_add_bytes(out, r->text + back, size - back);
    free(inside);
}

static void write_all(const struct chat *c, const struct chat_markup *m, struct buf *out)
{
    for (size_t i = 0; i < c->n; i++) {
        const struct chat_block *b = &c->blocks[i];
        bool follows = i > 0,
             close = follows && (b[-1].kind == CHAT_HEADING || (b->kind == CHAT_ITEM && b[-1].kind == CHAT_ITEM));
        bool strong = b->kind == CHAT_TITLE || b->kind == CHAT_HEADING;
        buf_add(out, !follows ? "" : !close ? "\n\n" : b->kind == CHAT_ITEM ? "\n" : m->line);
        if (b->kind == CHAT_ITEM && b->number)
            buf_print(out, "%d. ", b->number);
        else if (b->kind == CHAT_ITEM)
            buf_add(out, m->bullet);
        for (size_t n = 0; n < b->n; n++)
            write_run(&b->runs[n], strong || b->runs[n].strong, m, out);
    }
}

static const char *write_within(const struct chat *c, const struct chat_markup *m, struct arena *a)
{
    struct buf out = { 0 };
    write_all(c, m, &out);
    const char *text = arena_copy(a, buf_text(&out));
    buf_done(&out);
    return text;
}

const char *chat_write(const struct chat *c, const struct chat_markup *m, size_t most, enum chat_unit unit,
                       struct arena *a)
{
    const char *text = write_within(c, m, a);
    if (chat_length(text, unit) <= most)
        return text;
    struct chat nothing = chat_cut(c, 0, a);
    const char *best = write_within(&nothing, m, a);
    size_t least = 0, room;
    if (chat_length(best, unit) > most)
        return "";
    /* Markup makes a text longer by we know not what: look for the longest cut that fits. */
    for (room = most; least < room;) {
        size_t middle = (least + room + 1) / 2;
        struct chat cut = chat_cut(c, middle, a);
        text = write_within(&cut, m, a);
        if (chat_length(text, unit) <= most) {
            best = text;
            least = middle;
        } else {
            room = middle - 1;
        }
    }
    return best;
}
