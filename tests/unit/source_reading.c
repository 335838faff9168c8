/* Harmless reading: whatever state the database is in, it is read right or not at all, and nothing is left beside it.
 */
#include "source_world.h"

#include <fcntl.h>
#include <signal.h>

#define COMPANY                                                                                                        \
    "CREATE TABLE customer(id INTEGER PRIMARY KEY, name); CREATE TABLE purchase(customer INT, at);"                    \
    "CREATE INDEX p ON purchase(customer, at);"                                                                        \
    "INSERT INTO customer VALUES (1, 'Anna'), (2, 'Bo'); INSERT INTO purchase VALUES (1, '2026-01-05');"
#define AS_MADE "1 Anna: 2026-01-05\n2 Bo:\n"

/* What lies beside the database before and after `body` must be the same. */
#define LEAVES_NOTHING(world, body)                                                                                    \
    do {                                                                                                               \
        char *before_ = beside((world)->path), *after_;                                                                \
        body;                                                                                                          \
        source_rest((world)->source);                                                                                  \
        after_ = beside((world)->path);                                                                                \
        CHECK_TEXT(after_, before_);                                                                                   \
        free(before_);                                                                                                 \
        free(after_);                                                                                                  \
    } while (0)

TEST(a_rollback_database_is_read_and_its_owner_can_write_on)
{
    struct world w;
    world_of(&w, COMPANY);
    LEAVES_NOTHING(&w, CHECK_TEXT(pass(&w), AS_MADE));
    pass(&w); /* open, but at rest: no lock */
    run_sql(w.path, "INSERT INTO purchase VALUES (2, '2026-02-02')");
    CHECK_TEXT(pass(&w), "1 Anna: 2026-01-05\n2 Bo: 2026-02-02\n");
    world_end(&w);
}

TEST(a_wal_database_closed_by_its_owner_is_read_without_a_trace)
{
    struct world w;
    world_of(&w, "PRAGMA journal_mode = WAL;" COMPANY);
    char *names = beside(w.path);
    CHECK_TEXT(names, "crm.db ");
    free(names);
    LEAVES_NOTHING(&w, CHECK_TEXT(pass(&w), AS_MADE));
    pass(&w);
    run_sql(w.path, "INSERT INTO purchase VALUES (2, '2026-02-02')");
    CHECK_TEXT(pass(&w), "1 Anna: 2026-01-05\n2 Bo: 2026-02-02\n");
    world_end(&w);
}

TEST(a_wal_database_in_use_is_read_with_what_is_in_its_log)
{
    struct world w;
    struct other o;
    world_of(&w, "PRAGMA journal_mode = WAL;" COMPANY);
    pass(&w);
    other_begin(&o, w.path, "PRAGMA wal_autocheckpoint = 0; INSERT INTO purchase VALUES (2, '2026-02-02')");
    LEAVES_NOTHING(&w, CHECK_TEXT(pass(&w), "1 Anna: 2026-01-05\n2 Bo: 2026-02-02\n"));
    source_rest(w.source);
    other_end(&o, true);
    LEAVES_NOTHING(&w, CHECK_TEXT(pass(&w), "1 Anna: 2026-01-05\n2 Bo: 2026-02-02\n"));
    world_end(&w);
}

TEST(a_wal_writer_that_was_killed_leaves_a_log_that_is_read_and_kept)
{
    struct world w;
    struct other o;
    struct stat before, after;
    char wal[300];
    world_of(&w, "PRAGMA journal_mode = WAL;" COMPANY);
    other_begin(&o, w.path, "PRAGMA wal_autocheckpoint = 0; INSERT INTO purchase VALUES (2, '2026-02-02')");
    other_end(&o, false);
    snprintf(wal, sizeof wal, "%s-wal", w.path);
    CHECK(stat(wal, &before) == 0 && before.st_size > 0);
    LEAVES_NOTHING(&w, CHECK_TEXT(pass(&w), "1 Anna: 2026-01-05\n2 Bo: 2026-02-02\n"));
    CHECK(stat(wal, &after) == 0 && after.st_size == before.st_size && after.st_mtim.tv_nsec == before.st_mtim.tv_nsec);
    char *names = beside(w.path);
    CHECK_TEXT(names, "crm.db crm.db-shm crm.db-wal ");
    free(names);
    world_end(&w);
}

TEST(a_log_without_its_index_is_held_and_said)
{
    struct world w;
    struct other o;
    char shm[300];
    world_of(&w, "PRAGMA journal_mode = WAL;" COMPANY);
    other_begin(&o, w.path, "PRAGMA wal_autocheckpoint = 0; INSERT INTO purchase VALUES (2, '2026-02-02')");
    other_end(&o, false);
    snprintf(shm, sizeof shm, "%s-shm", w.path);
    CHECK(unlink(shm) == 0);
    LEAVES_NOTHING(&w, CHECK_CONTAINS(pass_error(&w), "has a -wal file without its -shm file"));
    world_end(&w);
}

/* Opens the database for writing when the first customer has been seen. */
static bool interfere(void *context, const struct facts *f)
{
    struct world *w = context;
    if (w->seen.size == 0)
        run_sql(w->path, "INSERT INTO purchase VALUES (2, '2026-02-02')");
    return write_down(context, f);
}

TEST(what_was_read_from_a_closed_wal_database_is_discarded_if_it_changes_meanwhile)
{
    struct world w;
    struct err e;
    world_of(&w, "PRAGMA journal_mode = WAL;" COMPANY);
    CHECK(!source_pass(w.source, AT(2026, 11, 22), interfere, &w, &w.report, &e));
    CHECK_CONTAINS(e.text, "was changed by another program while it was read");
    CHECK_TEXT(pass(&w), "1 Anna: 2026-01-05\n2 Bo: 2026-02-02\n");
    world_end(&w);
}

TEST(a_locked_database_is_an_error_that_says_so_at_once)
{
    struct world w;
    struct other o;
    static const char *const ids[] = { "1" };
    struct err e;
    world_of(&w, COMPANY);
    other_begin(&o, w.path, "BEGIN EXCLUSIVE; INSERT INTO purchase VALUES (2, '2026-02-02')");
    CHECK_CONTAINS(pass_error(&w), "is locked by another program");
    CHECK(!source_customers(w.source, 0, ids, 1, write_down, &w, &e));
    CHECK_CONTAINS(e.text, "is locked by another program");
    CHECK(!source_seeks(w.source));
    struct complaints wrong = { 0 }, notes = { 0 };
    CHECK(!source_check(w.source, 0, &wrong, &notes));
    CHECK_CONTAINS(wrong.rows[0].text, "is locked by another program");
    complaints_done(&wrong);
    complaints_done(&notes);
    other_end(&o, true);
    CHECK_TEXT(pass(&w), AS_MADE);
    world_end(&w);
}

static bool write_between(void *context, const struct facts *f)
{
    usleep(11000); /* ends the slice */
    return write_down(context, f);
}

/* A writer with its own patience gets through while a pass is under way. */
TEST(a_pass_lets_writers_through)
{
    struct world w;
    struct err e;
    world_of(&w, COMPANY);
    run_sql(w.path, "WITH RECURSIVE r(i) AS (VALUES (3) UNION ALL SELECT i + 1 FROM r WHERE i < 12) INSERT INTO "
                    "customer SELECT i, 'c' FROM r");
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        sqlite3 *db;
        sqlite3_open(w.path, &db);
        sqlite3_busy_timeout(db, 2000);
        usleep(30000);
        int rc = sqlite3_exec(db, "INSERT INTO purchase VALUES (12, '2026-03-03')", NULL, NULL, NULL);
        _exit(rc != SQLITE_OK);
    }
    CHECK_OK(source_pass(w.source, AT(2026, 11, 22), write_between, &w, &w.report, &e), &e);
    int status;
    waitpid(pid, &status, 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    CHECK_CONTAINS(w.seen.text, "12 c: 2026-03-03\n");
    CHECK_INT(w.report.customers, 12);
    world_end(&w);
}

TEST(a_hot_journal_is_said_and_left_alone)
{
    struct world w;
    struct other o;
    world_of(&w, COMPANY);
    run_sql(w.path, "CREATE TABLE big(x); INSERT INTO big SELECT randomblob(2000) FROM (VALUES (1), (2), (3), (4)), "
                    "(VALUES (1), (2), (3), (4))");
    /* A small cache makes it write into the file before the end; then it is killed. */
    other_begin(&o, w.path,
                "PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN; UPDATE big SET x = randomblob(2000); UPDATE "
                "customer SET name = 'x'");
    kill(o.pid, SIGKILL);
    other_end(&o, false);
    LEAVES_NOTHING(&w, CHECK_CONTAINS(pass_error(&w), "was left in the middle of a change"));
    char *names = beside(w.path);
    CHECK_TEXT(names, "crm.db crm.db-journal ");
    free(names);
    run_sql(w.path, "SELECT count(*) FROM customer"); /* its own program repairs it */
    CHECK_TEXT(pass(&w), AS_MADE);
    world_end(&w);
}

TEST(a_file_replaced_by_rename_is_noticed_at_the_next_read)
{
    struct world w;
    char fresh[300];
    world_of(&w, COMPANY);
    CHECK_TEXT(pass(&w), AS_MADE);
    snprintf(fresh, sizeof fresh, "%s.new", w.path);
    run_sql(fresh, COMPANY "INSERT INTO customer VALUES (3, 'Cy')");
    CHECK(rename(fresh, w.path) == 0);
    CHECK_TEXT(pass(&w), AS_MADE "3 Cy:\n");
    world_end(&w);
}

static bool replace(void *context, const struct facts *f)
{
    struct world *w = context;
    char fresh[300];
    snprintf(fresh, sizeof fresh, "%s.new", w->path);
    usleep(11000);
    if (access(fresh, F_OK) == 0)
        CHECK(rename(fresh, w->path) == 0);
    return write_down(context, f);
}

TEST(a_file_replaced_in_the_middle_ends_the_pass)
{
    struct world w;
    struct err e;
    char fresh[300];
    world_of(&w, COMPANY);
    snprintf(fresh, sizeof fresh, "%s.new", w.path);
    run_sql(fresh, COMPANY);
    CHECK(!source_pass(w.source, AT(2026, 11, 22), replace, &w, &w.report, &e));
    CHECK_CONTAINS(e.text, "was replaced by another file");
    CHECK_TEXT(pass(&w), AS_MADE);
    world_end(&w);
}

TEST(a_database_that_changes_its_journal_mode_is_opened_anew)
{
    struct world w;
    world_of(&w, COMPANY);
    CHECK_TEXT(pass(&w), AS_MADE);
    run_sql(w.path, "PRAGMA journal_mode = WAL; INSERT INTO customer VALUES (3, 'Cy')");
    CHECK_TEXT(pass(&w), AS_MADE "3 Cy:\n");
    char *names = beside(w.path);
    CHECK_TEXT(names, "crm.db ");
    free(names);
    source_rest(w.source);
    run_sql(w.path, "PRAGMA journal_mode = DELETE; INSERT INTO customer VALUES (4, 'Di')");
    CHECK_TEXT(pass(&w), AS_MADE "3 Cy:\n4 Di:\n");
    world_end(&w);
}

TEST(what_cannot_be_read_at_all_is_a_sentence)
{
    struct world w;
    char path[256];
    world_of(&w, COMPANY);
    CHECK_TEXT(pass(&w), AS_MADE);
    CHECK(unlink(w.path) == 0);
    CHECK_CONTAINS(pass_error(&w), "does not exist; is the path in source.database right?");
    CHECK(mkdir(w.path, 0700) == 0);
    CHECK_CONTAINS(pass_error(&w), "is a folder");
    CHECK(rmdir(w.path) == 0);
    FILE *f = fopen(w.path, "w");
    fclose(f);
    CHECK_CONTAINS(pass_error(&w), "is empty (0 bytes)");
    f = fopen(w.path, "w");
    fputs("short", f);
    fclose(f);
    CHECK_CONTAINS(pass_error(&w), "is not an SQLite database");
    f = fopen(w.path, "w");
    for (int i = 0; i < 1000; i++)
        fputs("name;street;city\n", f);
    fclose(f);
    CHECK_CONTAINS(pass_error(&w), "is not an SQLite database");
    CHECK(mkfifo(strcat(strcpy(path, w.path), ".fifo"), 0600) == 0 && rename(path, w.path) == 0);
    CHECK_CONTAINS(pass_error(&w), "is not a plain file");
    CHECK(unlink(w.path) == 0);
    run_sql(w.path, COMPANY);
    CHECK_TEXT(pass(&w), AS_MADE);
    world_end(&w);
}

TEST(a_damaged_or_cut_off_database_concludes_nothing)
{
    struct world w;
    struct stat st;
    world_of(&w, COMPANY);
    run_sql(w.path, "WITH RECURSIVE r(i) AS (VALUES (3) UNION ALL SELECT i + 1 FROM r WHERE i < 5000) INSERT INTO "
                    "customer SELECT i, printf('customer number %d', i) FROM r");
    CHECK(stat(w.path, &st) == 0);
    CHECK(truncate(w.path, st.st_size / 2) == 0);
    const char *why = pass_error(&w);
    CHECK_CONTAINS(why, "crm.db");
    CHECK(truncate(w.path, 512) == 0);
    pass_error(&w);
    CHECK(truncate(w.path, 0) == 0);
    CHECK_CONTAINS(pass_error(&w), "is empty");
    world_end(&w);
}

TEST(every_single_byte_of_the_header_may_be_wrong)
{
    struct world w;
    struct err e;
    world_of(&w, COMPANY);
    for (int i = 0; i < 100; i++) {
        unsigned char old, bad;
        int fd = open(w.path, O_RDWR);
        CHECK(pread(fd, &old, 1, i) == 1);
        bad = old ^ 0x55;
        CHECK(pwrite(fd, &bad, 1, i) == 1);
        close(fd);
        bool read = try_pass(&w, &e); /* either way, but nothing breaks */
        CHECK(!read || strcmp(buf_text(&w.seen), "") != 0);
        source_rest(w.source);
        fd = open(w.path, O_RDWR);
        CHECK(pwrite(fd, &old, 1, i) == 1);
        close(fd);
    }
    CHECK_TEXT(pass(&w), AS_MADE);
    world_end(&w);
}

TEST(odd_paths_and_links_are_followed)
{
    struct world w;
    char odd[300], link[300];
    world_of(&w, COMPANY);
    snprintf(odd, sizeof odd, "%s?mode=rwc&x=%%41#y å.db", w.path);
    CHECK(rename(w.path, odd) == 0);
    snprintf(link, sizeof link, "%s", w.path);
    CHECK(symlink(odd, link) == 0);
    CHECK_TEXT(pass(&w), AS_MADE);
    w.options.source.database = odd;
    source_rest(w.source);
    CHECK_TEXT(pass(&w), AS_MADE);
    world_end(&w);
}

/* A user who may read but not write gets the same answers, and is told when not even that is allowed. */
TEST(another_user_reads_each_state_and_the_owner_can_still_write)
{
    if (geteuid() != 0)
        test_skip("needs root to become another user");
    static const char *const modes[] = { "PRAGMA journal_mode = DELETE;", "PRAGMA journal_mode = WAL;" };
    for (int i = 0; i < 4; i++) {
        struct world w;
        struct other o = { 0 };
        char sql[1024], command[1000];
        snprintf(sql, sizeof sql, "%s%s", modes[i % 2], COMPANY);
        world_of(&w, sql);
        snprintf(command, sizeof command, "chmod 755 $(dirname %s) $(dirname $(dirname %s)); chmod 644 %s", w.path,
                 w.path, w.path);
        CHECK(system(command) == 0);
        if (i >= 2)
            other_begin(&o, w.path, "INSERT INTO purchase VALUES (2, '2026-02-02')");
        fflush(NULL);
        pid_t pid = fork();
        if (pid == 0) {
            struct err e;
            bool fine = setgid(65534) == 0 && setuid(65534) == 0 && try_pass(&w, &e);
            if (!fine)
                printf("%s\n", e.text);
            fine = fine && strcmp(w.seen.text, i >= 2 ? "1 Anna: 2026-01-05\n2 Bo: 2026-02-02\n" : AS_MADE) == 0;
            kill(getpid(), fine ? SIGKILL : SIGTERM); /* in the middle of things */
        }
        int status;
        waitpid(pid, &status, 0);
        CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        if (i >= 2)
            other_end(&o, true);
        run_sql(w.path, "INSERT INTO purchase VALUES (1, '2026-04-04')");
        CHECK_CONTAINS(pass(&w), "1 Anna: 2026-01-05 2026-04-04\n");
        char *names = beside(w.path);
        CHECK_TEXT(names, "crm.db ");
        free(names);
        world_end(&w);
    }
}

TEST(a_file_that_may_not_be_read_is_said)
{
    if (geteuid() != 0)
        test_skip("needs root to become another user");
    struct world w;
    char command[1000];
    world_of(&w, COMPANY);
    snprintf(command, sizeof command, "chmod 755 $(dirname %s) $(dirname $(dirname %s)); chmod 600 %s", w.path, w.path,
             w.path);
    CHECK(system(command) == 0);
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        struct err e = { "" };
        bool fine = setgid(65534) == 0 && setuid(65534) == 0 && !try_pass(&w, &e) &&
                    strstr(e.text, "may not be read by this user");
        _exit(!fine);
    }
    int status;
    waitpid(pid, &status, 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    world_end(&w);
}

/* Descriptors that SQLite does not know of would drop its locks when closed. */
TEST(the_locks_of_another_connection_in_this_process_survive)
{
    struct world w;
    sqlite3 *db, *rival;
    world_of(&w, COMPANY);
    CHECK_INT(sqlite3_open(w.path, &db), SQLITE_OK);
    CHECK_INT(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    CHECK_TEXT(pass(&w), AS_MADE);
    source_rest(w.source);
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        sqlite3_open(w.path, &rival);
        _exit(sqlite3_exec(rival, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_BUSY ? 0 : 1);
    }
    int status;
    waitpid(pid, &status, 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    sqlite3_close(db);
    world_end(&w);
}
