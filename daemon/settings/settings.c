/* One reading of the configuration file. */
#include "settings/settings.h"

#include "base/buf.h"
#include "base/mem.h"
#include "settings/reading.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The fallbacks of the table, as if somebody had written them. */
static void parse_fallbacks(config_t *out)
{
    size_t n;
    const struct setting_row *rows = settings_rows(&n);
    struct buf text = { 0 };
    for (size_t i = 0; i < n; i++)
        if (rows[i].fallback && rows[i].fallback[0])
            buf_print(&text, "r%zu = %s;\n", i, rows[i].fallback);
    config_init(out);
    bool good = config_read_string(out, buf_text(&text)) == CONFIG_TRUE;
    assert(good);
    (void)good;
    buf_done(&text);
}

/* What libconfig says, in words that say what to do. */
static void say_error(struct reading *r, const config_t *config)
{
    static const struct {
        const char *its, *ours;
    } sayings[] = {
        { "syntax error",
          "this is not understood; look here and just above for a missing \"=\", comma, bracket or quotation mark" },
        { "duplicate setting name", "this setting is already there in the same group; keep one of the two" },
        { "mismatched element type in array", "[ ... ] holds values of one kind only; write ( ... ) to mix them" },
    };
    const char *text = config_error_text(config), *file = config_error_file(config);
    text = text ? text : "not understood";
    for (size_t i = 0; i < sizeof sayings / sizeof sayings[0]; i++)
        if (strcmp(text, sayings[i].its) == 0)
            text = sayings[i].ours;
    complain(r->c, file_of(r, file), config_error_line(config), "%s", text);
}

static void read_text(struct reading *r, const char *text)
{
    config_t config;
    config_init(&config);
    if (r->folder)
        config_set_include_dir(&config, r->folder);
    parse_fallbacks(&r->fallbacks);
    if (config_read_string(&config, text)) {
        groups_read(r, config_root_setting(&config));
        complete_whole(r, config_root_setting(&config));
    } else {
        say_error(r, &config);
    }
    config_destroy(&r->fallbacks);
    config_destroy(&config);
}

static bool later(const struct complaint *a, const struct complaint *b, const char *main_file)
{
    bool a_main = a->file && strcmp(a->file, main_file) == 0, b_main = b->file && strcmp(b->file, main_file) == 0;
    if (a_main != b_main)
        return b_main;
    int order = a_main ? 0 : strcmp(a->file ? a->file : "", b->file ? b->file : "");
    return order ? order > 0 : a->line > b->line;
}

/* In the order of the file, as an editor goes through it. */
static void put_in_order(struct complaints *c, size_t first, const char *main_file)
{
    for (size_t i = first + 1; i < c->n; i++) {
        struct complaint one = c->rows[i];
        size_t k = i;
        for (; k > first && later(&c->rows[k - 1], &one, main_file); k--)
            c->rows[k] = c->rows[k - 1];
        c->rows[k] = one;
    }
}

/* One forgotten quotation mark turns the rest of the file inside out: one sentence at its first place says enough. */
static void quiet(struct complaints *c, size_t first)
{
    enum { AVALANCHE = 6 };
    size_t missing = 0, begin = first;
    for (size_t i = c->n; i-- > first;)
        if (strstr(c->rows[i].text, "missing")) {
            missing++;
            begin = i;
        }
    if (missing < AVALANCHE)
        return;
    char *file = c->rows[begin].file;
    int line = c->rows[begin].line;
    c->rows[begin].file = NULL;
    for (size_t i = begin; i < c->n; i++) {
        free(c->rows[i].file);
        free(c->rows[i].text);
    }
    c->n = begin;
    complain(c, file, line, "a quotation mark is probably missing in this line or shortly before it");
    free(file);
}

static void read_file(struct reading *r)
{
    struct err e;
    char *text;
    size_t size;
    if (!text_load(r->o->file, &text, &size, &e)) {
        complain(r->c, r->o->file, 0, "%s", e.text);
        return;
    }
    /* Some editors put a byte order mark in front. It is harmless, and libconfig stumbles over it. */
    size_t skip = size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    size_t first = r->c->n;
    bool readable = scan_text(r->c, r->arena, r->folder, r->o->file, text + skip, size - skip);
    quiet(r->c, first);
    r->scanned = r->c->n;
    if (readable)
        read_text(r, text + skip);
    free(text);
}

bool settings_read(struct options **out, const char *path, struct complaints *c)
{
    struct loaded *l = mem_new(sizeof *l);
    struct reading r = { .o = &l->options, .arena = &l->arena, .c = c, .first = c->n };
    const char *slash = strrchr(path, '/');
    l->options.file = arena_copy(&l->arena, path);
    if (slash)
        r.folder = slash == path ? "/" : arena_copy_bytes(&l->arena, path, (size_t)(slash - path));
    read_file(&r);
    if (c->n == r.first) {
        *out = &l->options;
        return true;
    }
    put_in_order(c, r.first, path);
    settings_free(&l->options);
    return false;
}

void settings_free(struct options *o)
{
    struct loaded *l = (struct loaded *)o;
    if (!l)
        return;
    arena_done(&l->arena);
    free(l);
}
