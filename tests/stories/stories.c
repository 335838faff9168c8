/* Every tests/stories/NAME.story is a test of that name: it passes if exactly what it tells happened. */
#include "harness/harness.h"
#include "stories/story.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 200 };

static char names[MOST][96];
static size_t n_names;

/* A failed check leaves in the middle, so the last story is forgotten when the next begins. */
static struct story s;

static void run(size_t i)
{
    char path[160];
    snprintf(path, sizeof path, "tests/stories/%s.story", names[i]);
    story_done(&s);
    story_read(&s, path);
    story_tell(&s);
    char *differs = story_differs(&s, s.happened);
    if (differs) {
        static char text[65536]; /* test_fail() does not come back */
        snprintf(text, sizeof text, "%s", differs);
        free(differs);
        test_fail(path, s.then.rows[0].number, "%s\nit went differently (- told, + happened):\n%s", s.title, text);
    }
}

/* The harness calls functions without arguments: one for each story there may be. 1000 off: "008" would be octal. */
#define ONE(n)                                                                                                         \
    static void story_##n(void)                                                                                        \
    {                                                                                                                  \
        run(1##n - 1000);                                                                                              \
    }
#define HUNDRED(n) TEN(n##0) TEN(n##1) TEN(n##2) TEN(n##3) TEN(n##4) TEN(n##5) TEN(n##6) TEN(n##7) TEN(n##8) TEN(n##9)
#define TEN(n) ONE(n##0) ONE(n##1) ONE(n##2) ONE(n##3) ONE(n##4) ONE(n##5) ONE(n##6) ONE(n##7) ONE(n##8) ONE(n##9)
HUNDRED(0)
HUNDRED(1)
#undef ONE
#define ONE(n) story_##n,
static test_function *const functions[] = { HUNDRED(0) HUNDRED(1) };

static int is_story(const struct dirent *entry)
{
    size_t size = strlen(entry->d_name);
    return size > 6 && size < 90 && strcmp(entry->d_name + size - 6, ".story") == 0;
}

__attribute__((constructor)) static void find_stories(void)
{
    struct dirent **entries;
    int n = scandir("tests/stories", &entries, is_story, alphasort);
    if (n > MOST) {
        fprintf(stderr, "there are %d stories; stories.c has room for %d: make MOST and the functions more\n", n, MOST);
        abort(); /* none is left out in silence */
    }
    for (int i = 0; i < n; i++) {
        snprintf(names[n_names], sizeof names[0], "%.*s", (int)strlen(entries[i]->d_name) - 6, entries[i]->d_name);
        test_register("tests/stories", names[n_names], functions[n_names]);
        n_names++;
        free(entries[i]);
    }
    if (n > 0)
        free(entries);
}
