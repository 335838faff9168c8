#include "compose/pattern.h"

#include "compose/near.h"

#include <string.h>

enum { DEPTH_MAX = 8, WORD_MOST = 60 };

struct scan {
    const char *at;
    const struct phrase_row *row;
    const struct plurals *plurals;
    bool used[PHRASE_NUMBERS + PHRASE_TEXTS];
    struct buf *out;
    struct err *why;
};

static size_t count(const char *const *names, size_t most)
{
    size_t n = 0;
    while (n < most && names[n])
        n++;
    return n;
}

static bool message(struct scan *s, int depth, struct arms_seen *of);

static void copy_space(struct scan *s)
{
    while (*s->at == ' ' || *s->at == '\t' || *s->at == '\n')
        buf_add_char(s->out, *s->at++);
}

static bool word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Read a word into `out`; false if there is none or it is too long to be one. */
static bool read_word(struct scan *s, char out[32])
{
    size_t size = 0;
    while (word_char(s->at[size]))
        size++;
    if (size == 0 || size >= 32)
        return false;
    memcpy(out, s->at, size);
    out[size] = '\0';
    s->at += size;
    return true;
}

/* The number of an argument: -1 for a name the row does not have. */
static int find_argument(const struct phrase_row *row, const char *name, bool *number)
{
    size_t n = count(row->numbers, PHRASE_NUMBERS), t = count(row->texts, PHRASE_TEXTS);
    for (size_t i = 0; i < n + t; i++)
        if (strcmp(name, i < n ? row->numbers[i] : row->texts[i - n]) == 0) {
            *number = i < n;
            return (int)i;
        }
    return -1;
}

static bool unknown_argument(struct scan *s, const char *name)
{
    struct buf list = { 0 };
    const char *all[PHRASE_NUMBERS + PHRASE_TEXTS] = { 0 };
    size_t n = 0;
    for (size_t i = 0; i < PHRASE_NUMBERS && s->row->numbers[i]; i++)
        all[n++] = s->row->numbers[i];
    for (size_t i = 0; i < PHRASE_TEXTS && s->row->texts[i]; i++)
        all[n++] = s->row->texts[i];
    for (size_t i = 0; i < n; i++)
        buf_print(&list, "%s{%s}", i ? ", " : "", all[i]);
    const char *near = near_word(name, all, n, sizeof all[0]);
    if (near)
        err_set(s->why, "%s has no {%s}; do you mean {%s}?", s->row->name, name, near);
    else if (n)
        err_set(s->why, "%s has no {%s}, only %s", s->row->name, name, list.text);
    else
        err_set(s->why, "%s has no {%s}: it takes no values", s->row->name, name);
    buf_done(&list);
    return false;
}

/* The word of an arm: "one", "=2", "mon". `seen` is NULL for a select, which may have any. ICU would take "man" for a
 * form of a plural, too, and never choose it. */
static bool arm_word(struct scan *s, struct arms_seen *seen)
{
    size_t size = strcspn(s->at, "{} \t\n");
    int shown = (int)(size < WORD_MOST ? size : WORD_MOST);
    const char *word = s->at;
    if (size == 0)
        return err_set(s->why, "%s: the word in front of a { is missing, such as other{...}", s->row->name);
    if (seen && !plural_arm(seen, word, size))
        return err_set(s->why, "%s: \"%.*s\" is not zero, one, two, few, many, other or =number", s->row->name, shown,
                       word);
    buf_add_bytes(s->out, word, size);
    s->at += size;
    copy_space(s);
    return (*s->at == '{' && size <= WORD_MOST) ||
           err_set(s->why, "%s: \"%.*s\" must be a word with {...} behind it", s->row->name, shown, word);
}

/* The arms of a plural or select: words and messages in braces up to the brace that ends the argument. */
static bool arms(struct scan *s, int depth, struct arms_seen *seen)
{
    for (copy_space(s); *s->at && *s->at != '}'; copy_space(s)) {
        if (!arm_word(s, seen))
            return false;
        buf_add_char(s->out, *s->at++);
        if (!message(s, depth + 1, seen))
            return false;
        if (*s->at == '}')
            buf_add_char(s->out, *s->at++);
    }
    return true;
}

/* Every form that the language takes for a whole number must be there, else ICU says "other" in its place. */
static bool plural(struct scan *s, const char *name, bool order, int depth)
{
    struct arms_seen seen = { 0 };
    struct buf lacking = { 0 };
    if (!arms(s, depth, &seen))
        return false;
    int n = *s->at ? plural_lacks(&seen, order ? s->plurals->order : s->plurals->count, &lacking) : 0;
    if (n)
        err_set(s->why, "%s: {%s, %s ...} lacks %s; write %s beside the others", s->row->name, name,
                order ? "selectordinal" : "plural", lacking.text, n > 1 ? "them" : "it");
    buf_done(&lacking);
    return n == 0;
}

static bool typed(struct scan *s, const char *name, bool number, int depth)
{
    char type[32];
    buf_add_char(s->out, *s->at++);
    copy_space(s);
    if (!read_word(s, type))
        return err_set(s->why, "%s: {%s, ... needs plural, selectordinal, select or number behind the comma",
                       s->row->name, name);
    bool order = strcmp(type, "selectordinal") == 0, count = strcmp(type, "plural") == 0;
    bool select = strcmp(type, "select") == 0, style = strcmp(type, "number") == 0;
    if (!order && !count && !select && !style)
        return err_set(s->why, "%s: {%s, %s ...}: %s is not plural, selectordinal, select or number", s->row->name,
                       name, type, type);
    if (select == number)
        return err_set(s->why, "%s: {%s, %s ...}: %s is a %s", s->row->name, name, type, name,
                       number ? "number" : "text");
    buf_add(s->out, type);
    copy_space(s);
    if (*s->at == ',')
        buf_add_char(s->out, *s->at++);
    else if (!style)
        return err_set(s->why, "%s: {%s, %s needs a comma and its forms, such as other{...}", s->row->name, name, type);
    if (order || count)
        return plural(s, name, order, depth);
    if (select)
        return arms(s, depth, NULL);
    while (*s->at && *s->at != '}')
        buf_add_char(s->out, *s->at++);
    return true;
}

/* {name}, {name, plural, ...}: `at` stands behind the opening brace, which is written already. */
static bool argument(struct scan *s, int depth)
{
    char name[32];
    bool number = false;
    copy_space(s);
    if (!read_word(s, name))
        return err_set(s->why, "%s: a name is missing after {", s->row->name);
    int index = find_argument(s->row, name, &number);
    if (index < 0)
        return unknown_argument(s, name);
    s->used[index] = true;
    buf_print(s->out, "%d", index);
    copy_space(s);
    if (*s->at == ',') {
        if (!typed(s, name, number, depth))
            return false;
    } else if (number) {
        buf_add(s->out, ",number");
    }
    if (*s->at != '}')
        return err_set(s->why, "%s: {%s is not closed by }", s->row->name, name);
    buf_add_char(s->out, *s->at++);
    return true;
}

/* Text in apostrophes: only where one stands before a brace, or in a plural before #, as ICU has it; two are one. */
static void quoted(struct scan *s, bool plural)
{
    buf_add_char(s->out, *s->at++);
    if (*s->at == '\'') {
        buf_add_char(s->out, *s->at++);
        return;
    }
    if (*s->at != '{' && *s->at != '}' && !(plural && *s->at == '#'))
        return;
    while (*s->at && *s->at != '\'')
        buf_add_char(s->out, *s->at++);
    if (*s->at)
        buf_add_char(s->out, *s->at++);
}

/* A message up to the brace that ends it, or the end; `of` is the plural it is an arm of. */
static bool message(struct scan *s, int depth, struct arms_seen *of)
{
    if (depth > DEPTH_MAX)
        return err_set(s->why, "%s: too many braces inside each other", s->row->name);
    while (*s->at && *s->at != '}') {
        if (*s->at == '\'') {
            quoted(s, of != NULL);
            continue;
        }
        char c = *s->at++;
        buf_add_char(s->out, c);
        if (c == '#' && of)
            of->hash = true;
        if (c == '{' && !argument(s, depth))
            return false;
    }
    return true;
}

/* What the row has and the pattern leaves out would be lost in this language alone. */
static bool all_used(const struct scan *s)
{
    const struct phrase_row *row = s->row;
    size_t n = count(row->numbers, PHRASE_NUMBERS), t = count(row->texts, PHRASE_TEXTS);
    for (size_t i = 0; i < n + t; i++) {
        const char *name = i < n ? row->numbers[i] : row->texts[i - n];
        if (!s->used[i] && (!row->spare || strcmp(name, row->spare) != 0))
            return err_set(s->why, "%s leaves out {%s}; write it where that value belongs", row->name, name);
    }
    return true;
}

bool pattern_numbered(const char *pattern, const struct phrase_row *row, const struct plurals *plurals, struct buf *out,
                      struct err *why)
{
    struct scan s = { .at = pattern, .row = row, .plurals = plurals, .out = out, .why = why };
    size_t n = count(row->numbers, PHRASE_NUMBERS), t = count(row->texts, PHRASE_TEXTS);
    for (size_t i = 0; i < n + t; i++) /* all used, and none seen */
        buf_print(out, "{%zu,%s,other{}}", i, i < n ? "plural" : "select");
    if (!message(&s, 0, NULL))
        return false;
    if (*s.at)
        return err_set(why, "%s: a } too many", row->name);
    return all_used(&s);
}
