/* Configurations that must be taken, and the sample we ship. */
#ifndef TESTS_SETTINGS_TAKEN_H
#define TESTS_SETTINGS_TAKEN_H

#include "base/buf.h"
#include "harness/harness.h"
#include "settings/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char sample_path[] = "conf/followupd.conf";

static const char *write_file(const char *folder, const char *name, const char *text)
{
    static char path[300];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    CHECK(f && fputs(text, f) >= 0 && fclose(f) == 0);
    return path;
}

/* It must be taken; the first complaint fails the test. */
static inline struct options *taken(const char *path)
{
    struct complaints c = { 0 };
    struct options *o = NULL;
    bool good = settings_read(&o, path, &c);
    if (!good)
        test_fail(c.rows[0].file, c.rows[0].line, "%s", c.rows[0].text);
    CHECK_INT(c.n, 0);
    CHECK(o);
    return o;
}

static inline struct options *taken_text(const char *text)
{
    return taken(write_file(test_folder(), "followupd.conf", text));
}

static inline char *whole_file(const char *path)
{
    struct buf text = { 0 };
    char piece[4096];
    size_t n;
    FILE *f = fopen(path, "r");
    if (!f)
        test_fail(__FILE__, __LINE__, "%s is not there; tests run at the top of the tree", path);
    while ((n = fread(piece, 1, sizeof piece, f)) > 0)
        buf_add_bytes(&text, piece, n);
    fclose(f);
    return buf_take(&text);
}

#endif
