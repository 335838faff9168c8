/* What a world stands on: a folder, and the settings read from a file in it. */
#include "world/inside.h"

#include "base/buf.h"
#include "channel/channel.h"
#include "harness/harness.h"
#include "settings/settings.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* All worlds of this program; in memory where the system has such a place, since thousands of commits wait for the
 * disk. */
static char root[48];

static void remove_files(const char *folder)
{
    DIR *d = opendir(folder);
    for (struct dirent *entry; d && (entry = readdir(d));) {
        char path[400];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_type == DT_DIR && entry->d_name[0] != '.') {
            remove_files(path);
            rmdir(path);
        } else {
            unlink(path);
        }
    }
    if (d)
        closedir(d);
}

static void remove_root(void)
{
    remove_files(root);
    rmdir(root);
}

void ground_make(char folder[64])
{
    static int count;
    if (!root[0]) {
        snprintf(root, sizeof root, "%s/followupd-world-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
        if (!mkdtemp(root))
            test_fail(__FILE__, __LINE__, "cannot make a folder %s", root);
        atexit(remove_root);
    }
    snprintf(folder, 64, "%s/%d", root, ++count);
    if (mkdir(folder, 0700) != 0)
        test_fail(__FILE__, __LINE__, "cannot make %s", folder);
}

void ground_remove(const char *folder)
{
    remove_files(folder);
    rmdir(folder);
}

/* Does a line of the text begin with this word? */
static bool has_group(const char *text, const char *name)
{
    for (const char *at = text; (at = strstr(at, name)); at++)
        if ((at == text || at[-1] == '\n') && strchr(" \t=", at[strlen(name)]))
            return true;
    return false;
}

static void write_settings(const char *folder, const char *configuration, const char *path)
{
    char here[512], token[400];
    FILE *f = fopen(path, "w");
    if (!f || !getcwd(here, sizeof here))
        test_fail(__FILE__, __LINE__, "cannot write %s", path);
    fprintf(f, "%s\n", configuration);
    fprintf(f, "store = \"%s/store.db\";\nlanguages = \"%s/conf/languages\";\n", folder, here);
    fprintf(f, "source = { database = \"%s/crm.db\"; salespeople = { query = \"SELECT id, name FROM s\"; };\n", folder);
    fprintf(f, "  customers = { query = \"SELECT id, name FROM c\"; }; purchases = { query = \"SELECT customer, at "
               "FROM p\"; };\n");
    fprintf(f, "  contacts = { query = \"SELECT customer, at FROM k\"; }; };\n");
    if (!has_group(configuration, "admin"))
        fprintf(f, "admin = { email = \"admin@world.example\"; };\n");
    fprintf(f,
            "channels = { email = { url = \"smtp://localhost\"; from = \"Follow-up <followup@world.example>\"; };\n");
    fprintf(f, "  telegram = { secret_file = \"%s/token\"; }; };\n", folder);
    fclose(f);
    snprintf(token, sizeof token, "%s/token", folder);
    f = fopen(token, "w");
    if (!f || chmod(token, 0600) != 0 || fputs("1:token\n", f) < 0)
        test_fail(__FILE__, __LINE__, "cannot write %s", token);
    fclose(f);
}

static _Noreturn void fail_with(const char *configuration, const struct complaints *c)
{
    struct buf text = { 0 };
    for (size_t i = 0; i < c->n; i++)
        buf_print(&text, "\n  line %d: %s", c->rows[i].line, c->rows[i].text);
    test_fail(__FILE__, __LINE__, "the configuration is wrong:%s\n%s", buf_text(&text), configuration);
}

void ground_settings(const char *folder, const char *configuration, int year, struct options **options,
                     struct company **company)
{
    struct complaints c = { 0 };
    char path[96];
    snprintf(path, sizeof path, "%s/followupd.conf", folder);
    write_settings(folder, configuration, path);
    if (settings_read(options, path, &c))
        channels_check(*options, &c);
    if (c.n || !company_open(company, *options, year, &c))
        fail_with(configuration, &c);
    complaints_done(&c);
}
