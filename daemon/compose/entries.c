#include "compose/entries.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static void add_part(struct entry *entry, const char *part, char joint)
{
    if (!entry)
        return;
    part += strspn(part, " \t");
    if (entry->text.size)
        buf_add_char(&entry->text, joint);
    buf_add(&entry->text, part);
}

/* The entry that begins here; NULL after a complaint. */
static struct entry *begin(struct entries *e, const char *file, int line, const char *name, struct complaints *c)
{
    for (size_t i = 0; i < e->n; i++)
        if (strcmp(e->rows[i].name, name) == 0) {
            complain(c, file, line, "\"%s\" is there twice, first on line %d", name, e->rows[i].line);
            return NULL;
        }
    e->rows = mem_resize(e->rows, (e->n + 1) * sizeof *e->rows);
    e->rows[e->n] = (struct entry){ .name = mem_copy(name), .line = line };
    return &e->rows[e->n++];
}

void entries_read(struct entries *e, const char *file, const char *text, char joint, struct complaints *c)
{
    char *copy = mem_copy(text), *rest = copy;
    struct entry *entry = NULL;
    bool paragraph = false;
    int number = 0;
    for (char *line; (line = strsep(&rest, "\n"));) {
        number++;
        line[strcspn(line, "\r")] = '\0';
        size_t indent = strspn(line, " \t");
        if (!line[indent] || line[indent] == '#') {
            paragraph = paragraph || !line[indent];
            continue;
        }
        if (indent)
            add_part(entry, line, paragraph ? '\n' : joint);
        paragraph = false;
        if (indent)
            continue;
        char *colon = strchr(line, ':');
        entry = NULL;
        if (!colon) {
            complain(c, file, number, "a line must be \"name: text\"; one that continues begins with spaces");
            continue;
        }
        *colon = '\0';
        entry = begin(e, file, number, line, c);
        add_part(entry, colon + 1, joint);
    }
    free(copy);
    for (size_t i = 0; i < e->n; i++)
        if (e->rows[i].text.size == 0)
            complain(c, file, e->rows[i].line, "\"%s\" says nothing; write its text behind the colon", e->rows[i].name);
}

void entries_done(struct entries *e)
{
    for (size_t i = 0; i < e->n; i++) {
        free(e->rows[i].name);
        buf_done(&e->rows[i].text);
    }
    free(e->rows);
    *e = (struct entries){ 0 };
}
