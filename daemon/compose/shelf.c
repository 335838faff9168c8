#include "compose/shelf.h"

#include "base/buf.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>
#include <unistd.h>

enum { FILE_MOST = 256 * 1024 };

static bool known(char **names, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **shelf_list(const struct shelf *s, const char *folder)
{
    const char *const roots[] = { s->own, s->shipped };
    char **names = arena_new(s->a, sizeof *names);
    size_t n = 0;
    for (int i = 0; i < 2; i++) {
        DIR *d = roots[i] ? opendir(arena_print(s->a, "%s/%s", roots[i], folder)) : NULL;
        for (struct dirent *entry; d && (entry = readdir(d));)
            if (entry->d_name[0] != '.' && !known(names, n, entry->d_name)) {
                char **more = arena_new(s->a, (n + 2) * sizeof *more);
                memcpy(more, names, n * sizeof *names);
                names = more;
                names[n++] = arena_copy(s->a, entry->d_name);
            }
        if (d)
            closedir(d);
    }
    qsort(names, n, sizeof *names, by_name);
    return names;
}

const char *shelf_path(const struct shelf *s, const char *folder, const char *name)
{
    const char *own = arena_print(s->a, "%s/%s/%s", s->own, folder, name);
    const char *shipped = s->shipped ? arena_print(s->a, "%s/%s/%s", s->shipped, folder, name) : NULL;
    return shipped && access(own, F_OK) != 0 && access(shipped, F_OK) == 0 ? shipped : own;
}

/* The line of the first byte that is not UTF-8; 0 where all is. */
static int wrong_line(const char *text, size_t size)
{
    int line = 1;
    for (size_t i = 0; i < size;) {
        UChar32 c;
        U8_NEXT((const uint8_t *)text, i, size, c);
        if (c < 0)
            return line;
        line += c == '\n';
    }
    return 0;
}

const char *shelf_read(const struct shelf *s, const char *path)
{
    FILE *f = fopen(path, "re");
    if (!f) {
        complain(s->c, path, 0, "cannot be read: %s; put it there, and let followupd read it", strerror(errno));
        return NULL;
    }
    struct buf b = { 0 };
    char part[4096];
    for (size_t n; b.size <= FILE_MOST && (n = fread(part, 1, sizeof part, f));)
        buf_add_bytes(&b, part, n);
    const char *why = ferror(f) ? "cannot be read" : b.size > FILE_MOST ? "is too large: 256 KB at most" : NULL;
    fclose(f);
    int line = 0;
    if (!why && b.size && memchr(b.text, '\0', b.size))
        why = "is not a text: it has a zero byte";
    else if (!why && (line = wrong_line(b.text, b.size)))
        why = "is not UTF-8: save it in that encoding";
    const char *text = why ? NULL : arena_copy(s->a, buf_text(&b));
    buf_done(&b);
    if (why)
        complain(s->c, path, line, "%s", why);
    return text;
}
