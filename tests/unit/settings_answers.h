/* A good configuration, made wrong, and the sentences that answer it. */
#ifndef TESTS_SETTINGS_ANSWERS_H
#define TESTS_SETTINGS_ANSWERS_H

#include "base/buf.h"
#include "harness/harness.h"
#include "settings/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A good configuration; each mistake replaces one piece of it. */
static const char good[] = /* line */
    /*  1 */ "company = { name = \"Acme\"; time_zone = \"UTC\"; };\n"
             /*  2 */ "store = \"store.db\";\n"
             /*  3 */ "admin = { email = \"it@acme.example\"; channels = [\"email\"]; };\n"
             /*  4 */ "source = {\n"
             /*  5 */ "  database = \"crm.db\";\n"
             /*  6 */ "  salespeople = { query = \"SELECT 1\"; };\n"
             /*  7 */ "  customers = { query = \"SELECT 2\"; };\n"
             /*  8 */ "  purchases = { query = \"SELECT 3\";\n"
             /*  9 */ "    same_occasion = \"3 days\"; };\n"
             /* 10 */ "};\n"
             /* 11 */ "people = { per_day = 5; };\n"
             /* 12 */ "categories = ( \"everyone\", \"regular\", \"key accounts\" );\n"
             /* 13 */ "guards = { stale_feed = true; };\n"
             /* 14 */ "channels = { email = { url = \"smtp://localhost\"; }; };\n"
             /* 15 */ "offers = ( { id = \"tenth\"; percent = 10;\n"
             /* 16 */ "    valid = \"14 days\"; } );\n"
             /* 17 */ "rules = (\n"
             /* 18 */ "  { id = \"lapse\"; kind = \"lapse\";\n"
             /* 19 */ "    after = \"2.5 x rhythm\"; watch = \"1.5 x rhythm\";\n"
             /* 20 */ "    offer = \"tenth\"; repeat = \"7 days\"; times = 2; },\n"
             /* 21 */ "  { id = \"review\"; kind = \"review\";\n"
             /* 22 */ "    every = ( (\"low\", \"1 year\"), (\"high\", \"3 months\") ); }\n"
             /* 23 */ ");\n";

static inline void write_file(const char *folder, const char *name, const char *text, size_t size)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    CHECK(f && fwrite(text, 1, size, f) == size && fclose(f) == 0);
}

/* Add `text` without the folder's own name, which differs each time. */
static inline void add_without(struct buf *out, const char *text, const char *folder)
{
    size_t size = strlen(folder);
    while (*text) {
        if (strncmp(text, folder, size) == 0 && text[size] == '/')
            text += size + 1;
        else
            buf_add_char(out, *text++);
    }
}

/* "followupd.conf:3: ..." a line; "" where the configuration was taken. */
static inline char *answer_to(const char *folder, const char *text, size_t size)
{
    struct complaints c = { 0 };
    struct options *o = NULL;
    struct buf out = { 0 };
    char path[256];
    write_file(folder, "followupd.conf", text, size);
    snprintf(path, sizeof path, "%s/followupd.conf", folder);
    bool taken = settings_read(&o, path, &c);
    CHECK(taken == (c.n == 0));
    CHECK(taken == (o != NULL));
    for (size_t i = 0; i < c.n; i++) {
        CHECK(c.rows[i].file && c.rows[i].line >= 0 && c.rows[i].text[0]);
        add_without(&out, c.rows[i].file, folder);
        if (c.rows[i].line)
            buf_print(&out, ":%d", c.rows[i].line);
        buf_add(&out, ": ");
        add_without(&out, c.rows[i].text, folder);
        if (i + 1 < c.n)
            buf_add_char(&out, '\n');
    }
    settings_free(o);
    complaints_done(&c);
    return buf_take(&out);
}

/* `text` with the first `was` made `is`. */
static inline char *replaced(const char *text, const char *was, const char *is)
{
    struct buf out = { 0 };
    const char *at = strstr(text, was);
    if (!at)
        test_fail(__FILE__, __LINE__, "there is no \"%s\" to get wrong", was);
    buf_add_bytes(&out, text, (size_t)(at - text));
    buf_add(&out, is);
    buf_add(&out, at + strlen(was));
    return buf_take(&out);
}

#endif
