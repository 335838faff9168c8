/* Others' changes are noticed, ours and strangers' are not. */
#include "source/watch.h"
#include "source_world.h"

#include <poll.h>
#include <sys/resource.h>

/* Is there something to read within `ms`? */
static bool told(const struct watch *w, int ms)
{
    struct pollfd p = { .fd = watch_fd(w), .events = POLLIN };
    return poll(&p, 1, ms) == 1;
}

/* A change that was made must be told, and once taken must be over. */
#define NOTICED(w)                                                                                                     \
    do {                                                                                                               \
        CHECK(told((w), 1000));                                                                                        \
        CHECK(watch_changed(w));                                                                                       \
        CHECK(!watch_changed(w));                                                                                      \
        CHECK(!told((w), 0));                                                                                          \
    } while (0)

static void place(char path[256])
{
    snprintf(path, 256, "%s/crm.db", test_folder());
}

static void file_named(const char *path, const char *suffix, const char *text)
{
    char name[300];
    snprintf(name, sizeof name, "%s%s", path, suffix);
    FILE *f = fopen(name, "w");
    CHECK(f);
    fputs(text, f);
    fclose(f);
}

TEST(commits_are_noticed_in_both_journal_modes)
{
    static const char *const modes[] = { "DELETE", "TRUNCATE", "PERSIST", "WAL" };
    for (int i = 0; i < 4; i++) {
        char path[256], sql[128];
        sqlite3 *db;
        place(path);
        snprintf(sql, sizeof sql, "PRAGMA journal_mode = %s; CREATE TABLE t(a)", modes[i]);
        CHECK_INT(sqlite3_open(path, &db), SQLITE_OK);
        CHECK_INT(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
        struct watch *w = watch_new(path);
        CHECK(!watch_changed(w));
        for (int n = 0; n < 3; n++) {
            CHECK_INT(sqlite3_exec(db, "INSERT INTO t VALUES (1)", NULL, NULL, NULL), SQLITE_OK);
            NOTICED(w);
        }
        CHECK_INT(sqlite3_exec(db, "SELECT * FROM t", NULL, NULL, NULL), SQLITE_OK);
        CHECK(!told(w, 0) && !watch_changed(w));
        sqlite3_close(db);
        watch_free(w);
    }
}

TEST(a_log_that_appears_later_is_watched_too)
{
    char path[256];
    sqlite3 *db;
    place(path);
    run_sql(path, "PRAGMA journal_mode = WAL; CREATE TABLE t(a)");
    struct watch *w = watch_new(path);
    CHECK_INT(sqlite3_open(path, &db), SQLITE_OK);
    for (int n = 0; n < 3; n++) {
        CHECK_INT(sqlite3_exec(db, "INSERT INTO t VALUES (1)", NULL, NULL, NULL), SQLITE_OK);
        NOTICED(w);
    }
    sqlite3_close(db);
    NOTICED(w);
    watch_free(w);
}

TEST(replacing_removing_and_making_anew_are_noticed)
{
    char path[256], fresh[300];
    place(path);
    run_sql(path, "CREATE TABLE t(a)");
    struct watch *w = watch_new(path);
    snprintf(fresh, sizeof fresh, "%s.new", path);
    run_sql(fresh, "CREATE TABLE t(a)");
    CHECK(!watch_changed(w));
    CHECK(rename(fresh, path) == 0);
    NOTICED(w);
    run_sql(path, "INSERT INTO t VALUES (1)"); /* the new file is the one watched */
    NOTICED(w);
    CHECK(unlink(path) == 0);
    NOTICED(w);
    run_sql(path, "CREATE TABLE t(a)");
    NOTICED(w);
    run_sql(path, "INSERT INTO t VALUES (1)");
    NOTICED(w);
    watch_free(w);
}

TEST(what_others_do_in_the_folder_wakes_nobody_for_long)
{
    char path[256];
    place(path);
    run_sql(path, "CREATE TABLE t(a)");
    struct watch *w = watch_new(path);
    file_named(path, ".bak", "x");
    file_named(path, "x", "x");
    file_named(path, "-shm", "x");
    CHECK(!watch_changed(w));
    file_named(path, ".bak", "more"); /* writing into a stranger's file is not even told */
    CHECK(!told(w, 20));
    watch_free(w);
}

TEST(a_folder_that_comes_later_is_waited_for)
{
    const char *folder = test_folder();
    char path[300], deep[300], command[400];
    snprintf(deep, sizeof deep, "%s/a/b/crm.db", folder);
    struct watch *w = watch_new(deep);
    CHECK(watch_fd(w) >= 0);
    CHECK_CONTAINS(watch_how(w), "not there yet");
    snprintf(command, sizeof command, "mkdir %s/a", folder);
    CHECK(system(command) == 0);
    CHECK(told(w, 1000) && !watch_changed(w));
    snprintf(command, sizeof command, "mkdir %s/a/b", folder);
    CHECK(system(command) == 0);
    CHECK(told(w, 1000) && !watch_changed(w));
    run_sql(deep, "CREATE TABLE t(a)");
    NOTICED(w);
    snprintf(path, sizeof path, "inotify on %s/a/b", folder);
    CHECK_TEXT(watch_how(w), path);
    snprintf(command, sizeof command, "rm -r %s/a", folder);
    CHECK(system(command) == 0);
    CHECK(told(w, 1000) && watch_changed(w));
    watch_changed(w);
    snprintf(command, sizeof command, "mkdir -p %s/a/b", folder);
    CHECK(system(command) == 0);
    watch_changed(w);
    run_sql(deep, "CREATE TABLE t(a)");
    NOTICED(w);
    watch_free(w);
}

TEST(without_inotify_stat_tells)
{
    char path[256];
    struct rlimit was, none;
    place(path);
    run_sql(path, "CREATE TABLE t(a)");
    CHECK(getrlimit(RLIMIT_NOFILE, &was) == 0);
    none = (struct rlimit){ .rlim_cur = 0, .rlim_max = was.rlim_max };
    CHECK(setrlimit(RLIMIT_NOFILE, &none) == 0);
    struct watch *w = watch_new(path);
    CHECK(setrlimit(RLIMIT_NOFILE, &was) == 0);
    CHECK_INT(watch_fd(w), -1);
    CHECK_CONTAINS(watch_how(w), "stat() now and then: ");
    CHECK(!watch_changed(w));
    run_sql(path, "INSERT INTO t VALUES (1)");
    CHECK(watch_changed(w));
    CHECK(!watch_changed(w));
    CHECK(unlink(path) == 0);
    CHECK(watch_changed(w));
    watch_free(w);
}
