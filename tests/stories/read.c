/* Reading a story: sections of lines, and the forms that sentences have. */
#include "stories/story.h"

#include "harness/harness.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void story_fail(const struct story *s, int line, const char *format, ...)
{
    char text[1024];
    va_list rest;
    va_start(rest, format);
    vsnprintf(text, sizeof text, format, rest);
    va_end(rest);
    test_fail(s->path, line, "%s", text);
}

static void add_line(struct story *s, struct lines *to, const char *text, int number)
{
    to->rows = arena_grow(&s->arena, to->rows, to->n, sizeof *to->rows);
    to->rows[to->n++] = (struct line){ text, number };
}

static struct lines *section_named(struct story *s, const char *name)
{
    const struct {
        const char *name;
        struct lines *lines;
    } sections[] = { { "given", &s->given }, { "settings", &s->settings }, { "when", &s->when }, { "then", &s->then } };
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
        if (strcmp(sections[i].name, name) == 0)
            return sections[i].lines;
    return NULL;
}

/* Blanks at both ends away, and a comment; settings keep their # because libconfig has its own. */
static char *bare(char *line, bool comments)
{
    char *end = comments ? strstr(line, "  #") : NULL;
    end = end ? end : line + strlen(line);
    while (isspace((unsigned char)*line))
        line++;
    if (comments && *line == '#')
        return end > line ? memset(line, 0, 1) : line;
    while (end > line && isspace((unsigned char)end[-1]))
        end--;
    *end = '\0';
    return line;
}

static void take_line(struct story *s, struct lines **section, char *line, int number)
{
    bool margin = !isspace((unsigned char)*line);
    char *text = bare(line, *section != &s->settings);
    struct lines *fresh = margin ? section_named(s, text) : NULL;
    if (fresh)
        *section = fresh;
    else if (strncmp(text, "story:", 6) == 0)
        s->title = arena_copy(&s->arena, text + 6 + strspn(text + 6, " "));
    else if (margin && *text && *section)
        story_fail(s, number, "\"%s\" is no section; indent it, or write given, settings, when or then", text);
    else if (*text && *section)
        add_line(s, *section, arena_copy(&s->arena, text), number);
}

void story_read(struct story *s, const char *path)
{
    char *line = NULL;
    size_t room = 0;
    struct lines *section = NULL; /* what stands before the first is for the reader */
    *s = (struct story){ .path = path };
    FILE *f = fopen(path, "re");
    if (!f)
        test_fail(path, 0, "cannot be read: %s", strerror(errno));
    for (int number = 1; getline(&line, &room, f) >= 0; number++)
        take_line(s, &section, line, number);
    free(line);
    fclose(f);
    if (!s->title || !s->given.n || !s->then.n)
        story_fail(s, 1, "a story needs \"story:\", \"given\" and \"then\"");
}

void story_done(struct story *s)
{
    if (s->happened)
        happened_done(s->happened);
    if (s->teller)
        world_free(s->teller->world);
    arena_done(&s->arena);
    *s = (struct story){ 0 };
}

bool sentence_is(const char *text, const char *pattern, struct arena *a, const char *out[CAPTURES])
{
    size_t n = 0;
    memset(out, 0, CAPTURES * sizeof *out);
    while (*pattern) {
        if (*pattern != '$') {
            if (*text++ != *pattern++)
                return false;
            continue;
        }
        const char *literal = ++pattern;
        size_t size = strcspn(literal, "$");
        const char *end = text + strlen(text);
        if (size) {
            char rest[96];
            snprintf(rest, sizeof rest, "%.*s", (int)size, literal);
            end = strstr(text, rest);
        }
        if (!end || end == text || n == CAPTURES)
            return false;
        out[n++] = arena_copy_bytes(a, text, (size_t)(end - text));
        text = end;
    }
    return *text == '\0';
}

bool clock_read(const char **text, const struct zone *z, instant *out)
{
    struct civil c = { 0 };
    int used = 0;
    if (sscanf(*text, "%4d-%2d-%2d%n", &c.year, &c.month, &c.day, &used) < 3 || !date_valid(c.year, c.month, c.day))
        return false;
    const char *rest = *text + used;
    int more = 0;
    if (sscanf(rest, " %2d:%2d%n", &c.hour, &c.minute, &more) == 2) {
        rest += more;
        if (sscanf(rest, ":%2d%n", &c.second, &more) == 1)
            rest += more;
    }
    *out = more ? zone_instant(z, &c) : zone_day_start(z, date_of(c.year, c.month, c.day));
    *text = rest;
    return true;
}
