/* Opening and closing the store; one daemon; checkpoints. */
#include "harness/harness.h"
#include "store/ledger.h"
#include "store/statements.h"
#include "store_vault.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int64_t number(struct store *s, const char *key)
{
    struct err e = { "" };
    int64_t n;
    CHECK_OK(store_number(s, key, -1, &n, &e), &e);
    return n;
}

static void set_number(struct store *s, const char *key, int64_t value)
{
    struct err e = { "" };
    vault_begin(s);
    CHECK_OK(store_set_number(s, key, value, &e), &e);
    vault_commit(s);
}

static long long size_of(const struct vault *t, const char *suffix)
{
    char path[300];
    struct stat st;
    snprintf(path, sizeof path, "%s%s", t->path, suffix);
    return stat(path, &st) == 0 ? (long long)st.st_size : -1;
}

static void check_refused(const char *path, enum store_user user, const char *part)
{
    struct err e = { "" };
    struct store *s = NULL;
    CHECK(!store_open(&s, path, user, &e));
    CHECK(!s);
    CHECK_CONTAINS(e.text, path);
    CHECK_CONTAINS(e.text, part);
}

/* ---- opening ---- */

TEST(what_was_committed_is_there_again)
{
    struct vault t;
    vault_open(&t);
    CHECK_INT(number(t.store, "last seen"), -1);
    set_number(t.store, "last seen", 42);
    set_number(t.store, "last seen", INT64_MIN);
    set_number(t.store, "other", INT64_MAX);
    store_close(t.store);
    vault_reopen(&t);
    CHECK_INT(number(t.store, "last seen"), INT64_MIN);
    CHECK_INT(number(t.store, "other"), INT64_MAX);
    CHECK_TEXT(vault_sql(&t, "PRAGMA user_version"), "7");
    CHECK_TEXT(vault_sql(&t, "PRAGMA journal_mode"), "wal");
    vault_close(&t);
}

TEST(a_store_of_a_newer_followupd_is_left_alone)
{
    struct vault t;
    vault_open(&t);
    store_close(t.store);
    vault_sql(&t, "PRAGMA user_version = 99");
    check_refused(t.path, STORE_DAEMON, "newer followupd (schema 99, this program knows 7); install that one");
    check_refused(t.path, STORE_COMMAND, "newer followupd");
    vault_sql(&t, "PRAGMA user_version = 7");
    vault_reopen(&t);
    vault_close(&t);
}

TEST(only_the_daemon_brings_an_older_store_up_to_date)
{
    struct vault t;
    vault_open(&t);
    store_close(t.store);
    /* As version 1 left it, as far as later ones care. */
    static const char *const back[] = { "DROP INDEX episode_came",
                                        "DROP INDEX message_open",
                                        "DROP INDEX telling_open",
                                        "DROP INDEX offer_told",
                                        "DROP VIEW message_view",
                                        "DROP TABLE digest",
                                        "DROP INDEX episode_digest",
                                        "DROP INDEX episode_open",
                                        "CREATE VIEW message_view AS SELECT id FROM message",
                                        "INSERT INTO alert (cause, day, text, at) VALUES ('feed', 20000, 'old', 1)",
                                        "ALTER TABLE alert DROP COLUMN said",
                                        "DROP TABLE newcomers",
                                        "DROP VIEW episode_view",
                                        "ALTER TABLE episode DROP COLUMN part",
                                        "ALTER TABLE episode DROP COLUMN parts",
                                        "CREATE VIEW episode_view AS SELECT id FROM episode",
                                        "PRAGMA user_version = 1" };
    for (size_t i = 0; i < sizeof back / sizeof back[0]; i++)
        vault_sql(&t, back[i]);
    check_refused(t.path, STORE_COMMAND, "older followupd (schema 1, this program works with ");
    CHECK_TEXT(vault_sql(&t, "PRAGMA user_version"), "1");
    vault_reopen(&t);
    CHECK(strcmp(vault_sql(&t, "PRAGMA user_version"), "1") != 0);
    struct err e;
    int64_t id;
    const char *text;
    CHECK_OK(alert_next(t.store, 20000, &t.arena, &id, &text, &e), &e);
    CHECK_TEXT(text, "old"); /* what was to be said goes out as it is */
    vault_close(&t);
}

TEST(what_is_no_store_is_refused_with_its_name)
{
    char path[300];
    const char *folder = test_folder();
    snprintf(path, sizeof path, "%s/junk", folder);
    FILE *f = fopen(path, "w");
    for (int i = 0; i < 1000; i++)
        fputs("this is not a database\n", f);
    fclose(f);
    check_refused(path, STORE_DAEMON, "not a database");
    check_refused(path, STORE_COMMAND, "not a database");
    snprintf(path, sizeof path, "%s/missing/store.db", folder);
    check_refused(path, STORE_DAEMON, "there is no folder");
    check_refused(folder, STORE_COMMAND, "this is a folder");
    snprintf(path, sizeof path, "%s/link", folder);
    CHECK_INT(symlink("junk", path), 0);
    check_refused(path, STORE_COMMAND, "");
}

TEST(nobody_else_may_read_it)
{
    struct vault t;
    mode_t before = umask(0);
    vault_open(&t);
    set_number(t.store, "x", 1);
    umask(before);
    static const char *const suffixes[] = { "", "-wal", "-shm", ".daemon", ".writer" };
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        char path[300];
        struct stat st;
        snprintf(path, sizeof path, "%s%s", t.path, suffixes[i]);
        CHECK_INT(stat(path, &st), 0);
        CHECK_INT(st.st_mode & 07777, 0600);
    }
    vault_close(&t);
}

TEST(the_secret_is_made_once_and_stays)
{
    struct vault t, other;
    struct err e = { "" };
    uint8_t first[32], again[32];
    vault_open(&t);
    vault_begin(t.store);
    CHECK_OK(store_secret(t.store, first, &e), &e);
    CHECK_OK(store_secret(t.store, again, &e), &e);
    vault_commit(t.store);
    CHECK(memcmp(first, again, 32) == 0);
    store_close(t.store);
    vault_reopen(&t);
    CHECK_OK(store_secret(t.store, again, &e), &e);
    CHECK(memcmp(first, again, 32) == 0);
    vault_open(&other);
    vault_begin(other.store);
    CHECK_OK(store_secret(other.store, again, &e), &e);
    vault_commit(other.store);
    CHECK(memcmp(first, again, 32) != 0);
    vault_close(&other);
    vault_close(&t);
}

/* ---- one daemon ---- */

TEST(a_second_daemon_is_refused_and_told_who_is_there)
{
    struct vault t;
    char part[96];
    vault_open(&t);
    snprintf(part, sizeof part, "another followupd (process %ld) works on this store; stop it first", (long)getpid());
    check_refused(t.path, STORE_DAEMON, part);
    struct store *c = vault_command(&t);
    CHECK_INT(store_daemon(c), getpid());
    store_close(t.store);
    CHECK_INT(store_daemon(c), 0);
    vault_reopen(&t);
    CHECK_INT(store_daemon(c), getpid());
    store_close(c);
    vault_close(&t);
}

TEST(a_killed_daemon_leaves_the_place_free_and_its_last_commit_behind)
{
    struct vault t;
    int ready[2];
    char byte;
    vault_open(&t);
    store_close(t.store);
    CHECK_INT(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        struct err e;
        bool blocked;
        struct store *s;
        if (!store_open(&s, t.path, STORE_DAEMON, &e) || !store_begin(s, &blocked, &e) ||
            !store_set_number(s, "x", 1, &e) || !store_commit(s, &e) || !store_begin(s, &blocked, &e) ||
            !store_set_number(s, "x", 2, &e) || write(ready[1], "x", 1) != 1)
            _exit(1);
        pause();
        _exit(1);
    }
    CHECK_INT(read(ready[0], &byte, 1), 1);
    check_refused(t.path, STORE_DAEMON, "another followupd");
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    close(ready[0]);
    close(ready[1]);
    vault_reopen(&t);
    CHECK_INT(number(t.store, "x"), 1);
    vault_close(&t);
}

/* ---- checkpoints ---- */

TEST(the_log_moves_into_the_file_only_while_no_command_writes)
{
    struct vault t;
    struct err e = { "" };
    vault_open(&t);
    set_number(t.store, "x", 1);
    long long small = size_of(&t, "");
    t.store->commits = 150;
    CHECK_OK(store_checkpoint(t.store, &e), &e);
    CHECK_INT(size_of(&t, ""), small); /* not worth it yet */
    t.store->commits = 250;
    struct store *c = vault_command(&t);
    vault_begin(c);
    CHECK_OK(store_checkpoint(t.store, &e), &e);
    CHECK_INT(size_of(&t, ""), small);
    CHECK_INT(t.store->commits, 250); /* wanted still */
    vault_commit(c);
    CHECK_OK(store_checkpoint(t.store, &e), &e);
    CHECK(size_of(&t, "") > small);
    CHECK_INT(t.store->commits, 0);
    store_close(c);
    vault_close(&t);
}

TEST(a_command_never_moves_the_log_the_daemon_does_when_it_leaves)
{
    struct vault t;
    vault_open(&t);
    store_close(t.store);
    CHECK_INT(size_of(&t, "-wal"), -1);
    long long before = size_of(&t, "");
    struct store *c = vault_command(&t);
    for (int i = 0; i < 5; i++)
        set_number(c, "x", i);
    store_close(c);
    CHECK(size_of(&t, "-wal") > 0);
    CHECK_INT(size_of(&t, ""), before);
    vault_reopen(&t);
    CHECK_INT(number(t.store, "x"), 4);
    c = vault_command(&t);
    vault_begin(c);
    store_close(t.store); /* while a command writes: the log stays */
    vault_commit(c);
    store_close(c);
    CHECK(size_of(&t, "-wal") > 0);
    vault_reopen(&t);
    vault_close(&t);
    CHECK_INT(size_of(&t, "-wal"), -1);
}
