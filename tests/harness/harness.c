#include "harness/harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum outcome { PASSED = 1, FAILED, SKIPPED };

static struct test {
    const char *file, *name;
    test_function *run;
    size_t place; /* of registration: the order within a file */
} tests[4096];
static size_t n_tests;
static const struct test *running;
static jmp_buf leave;

static int earlier(const void *a, const void *b)
{
    const struct test *x = a, *y = b;
    int order = strcmp(x->file, y->file);
    return order ? order : x->place < y->place ? -1 : 1;
}

void test_register(const char *file, const char *name, test_function *run)
{
    if (n_tests == sizeof tests / sizeof tests[0])
        abort();
    tests[n_tests] = (struct test){ file, name, run, n_tests };
    n_tests++;
}

void test_fail(const char *file, int line, const char *format, ...)
{
    va_list rest;
    va_start(rest, format);
    printf("FAILED %s (%s:%d): ", running ? running->name : "?", file, line);
    vprintf(format, rest);
    putchar('\n');
    va_end(rest);
    longjmp(leave, FAILED);
}

void test_skip(const char *format, ...)
{
    va_list rest;
    va_start(rest, format);
    printf("SKIPPED %s: ", running->name);
    vprintf(format, rest);
    putchar('\n');
    va_end(rest);
    longjmp(leave, SKIPPED);
}

void test_check(bool holds, const char *file, int line, const char *what)
{
    if (!holds)
        test_fail(file, line, "%s", what);
}

void test_check_int(long long actual, long long expected, const char *file, int line, const char *what)
{
    if (actual != expected)
        test_fail(file, line, "%s is %lld, not %lld", what, actual, expected);
}

void test_check_text(const char *actual, const char *expected, const char *file, int line, const char *what)
{
    if (!actual || !expected ? actual != expected : strcmp(actual, expected) != 0)
        test_fail(file, line, "%s is\n  \"%s\", not\n  \"%s\"", what, actual ? actual : "(null)",
                  expected ? expected : "(null)");
}

void test_check_contains(const char *text, const char *part, const char *file, int line, const char *what)
{
    if (!text || !strstr(text, part))
        test_fail(file, line, "%s is\n  \"%s\", without\n  \"%s\"", what, text ? text : "(null)", part);
}

void test_check_ok(bool holds, const struct err *e, const char *file, int line, const char *what)
{
    if (!holds)
        test_fail(file, line, "%s: %s", what, e->text);
}

static char root[64];

static void remove_folders(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", root);
    if (root[0] && system(command) != 0)
        fprintf(stderr, "cannot remove %s\n", root);
}

const char *test_folder(void)
{
    static char folders[2048][96];
    static size_t count;
    if (count == sizeof folders / sizeof folders[0])
        abort();
    char *folder = folders[count++];
    if (!root[0]) {
        snprintf(root, sizeof root, "/tmp/followupd-test-XXXXXX");
        if (!mkdtemp(root))
            abort();
    }
    snprintf(folder, sizeof folders[0], "%s/%zu", root, count);
    char command[128];
    snprintf(command, sizeof command, "mkdir '%s'", folder);
    if (system(command) != 0)
        abort();
    return folder;
}

const char *test_shared(const char *name)
{
    static char path[512];
    const char *base = getenv("FOLLOWUPD_SHARED");
    snprintf(path, sizeof path, "%s/data/%s", base ? base : "../shared", name);
    if (access(path, R_OK) != 0)
        test_skip("%s is not there: this promise was NOT tested", path);
    return path;
}

/* Arguments: parts of the names of the tests to run; none: all. */
static bool chosen(const struct test *t, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strstr(t->name, argv[i]) || strstr(t->file, argv[i]))
            return true;
    return argc < 2;
}

int main(int argc, char **argv)
{
    int count[4] = { 0 };
    setvbuf(stdout, NULL, _IOLBF, 0);
    qsort(tests, n_tests, sizeof tests[0], earlier);
    for (size_t i = 0; i < n_tests; i++) {
        if (!chosen(&tests[i], argc, argv))
            continue;
        running = &tests[i];
        int outcome = setjmp(leave);
        if (!outcome) {
            running->run();
            outcome = PASSED;
        }
        count[outcome]++;
    }
    running = NULL;
    if (!count[FAILED])
        remove_folders();
    if (count[SKIPPED])
        printf("%d passed, %d failed, %d skipped\n", count[PASSED], count[FAILED], count[SKIPPED]);
    else
        printf("%d passed, %d failed\n", count[PASSED], count[FAILED]);
    return count[FAILED] || !(count[PASSED] + count[SKIPPED]);
}
