/* A command beside the daemon: who waits for whom, and what each sees of the other. */
#include "harness/harness.h"
#include "store/statements.h"
#include "store_vault.h"

#include <stdio.h>
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

TEST(the_daemon_does_not_wait_for_a_command)
{
    struct vault t;
    struct err e = { "" };
    bool blocked = false;
    vault_open(&t);
    struct store *c = vault_command(&t);
    vault_begin(c);
    CHECK_OK(store_set_number(c, "x", 1, &e), &e);
    CHECK_OK(store_begin(t.store, &blocked, &e), &e);
    CHECK(blocked);
    CHECK_INT(number(t.store, "x"), -1); /* reading goes on */
    vault_commit(c);
    vault_begin(t.store);
    CHECK_INT(number(t.store, "x"), 1);
    vault_commit(t.store);
    store_close(c);
    vault_close(&t);
}

/* Processes that begin when told to. They are made before this one opens anything: SQLite does not survive a fork. */
struct crowd {
    pid_t children[5];
    int n, go[2];
};

/* 0: in the parent; else the number of the child, which has been told to begin. */
static int crowd_start(struct crowd *c, int n)
{
    char byte;
    CHECK_INT(pipe(c->go), 0);
    for (c->n = 0; c->n < n; c->n++) {
        if ((c->children[c->n] = fork()) != 0)
            continue;
        close(c->go[1]);
        if (read(c->go[0], &byte, 1) != 0)
            _exit(2);
        return c->n + 1;
    }
    close(c->go[0]);
    return 0;
}

static void crowd_go(struct crowd *c)
{
    close(c->go[1]);
}

static void crowd_check(struct crowd *c)
{
    for (int i = 0; i < c->n; i++) {
        int status;
        CHECK_INT(waitpid(c->children[i], &status, 0), c->children[i]);
        CHECK_INT(status, 0);
    }
}

/* Add one, `times` times, each in a transaction of its own. In a child: no CHECK. */
static bool count_up(const char *path, int times)
{
    struct err e = { "" };
    struct store *s;
    bool ok = store_open(&s, path, STORE_COMMAND, &e), opened = ok, blocked;
    for (int i = 0; ok && i < times; i++) {
        int64_t x = 0;
        ok = store_begin(s, &blocked, &e) && !blocked && store_number(s, "x", 0, &x, &e) &&
             store_set_number(s, "x", x + 1, &e) && store_commit(s, &e);
    }
    if (!ok)
        fprintf(stderr, "%s\n", e.text);
    if (opened)
        store_close(s);
    return ok;
}

TEST(a_command_waits_for_its_turn)
{
    struct vault t = { 0 };
    struct err e = { "" };
    struct crowd c;
    snprintf(t.path, sizeof t.path, "%s/store.db", test_folder());
    if (crowd_start(&c, 1))
        _exit(!count_up(t.path, 1));
    vault_reopen(&t);
    vault_begin(t.store);
    CHECK_OK(store_set_number(t.store, "x", 7, &e), &e);
    crowd_go(&c);
    usleep(150000);
    CHECK_INT(waitpid(c.children[0], NULL, WNOHANG), 0);
    vault_commit(t.store);
    crowd_check(&c);
    CHECK_INT(number(t.store, "x"), 8);
    vault_close(&t);
}

/* The daemon's part: when it is blocked it comes back in a moment. */
static void count_as_daemon(struct store *s, int times)
{
    for (int i = 0; i < times;) {
        struct err e = { "" };
        bool blocked;
        CHECK_OK(store_begin(s, &blocked, &e), &e);
        if (blocked) {
            usleep(500);
            continue;
        }
        int64_t x = number(s, "x");
        CHECK_OK(store_set_number(s, "x", x < 0 ? 1 : x + 1, &e), &e);
        vault_commit(s);
        s->commits = 1000;
        CHECK_OK(store_checkpoint(s, &e), &e);
        i++;
    }
}

TEST(commands_and_the_daemon_take_turns_and_no_commit_is_lost)
{
    struct vault t = { 0 };
    struct crowd c;
    snprintf(t.path, sizeof t.path, "%s/store.db", test_folder());
    if (crowd_start(&c, 3))
        _exit(!count_up(t.path, 40));
    vault_reopen(&t);
    crowd_go(&c);
    count_as_daemon(t.store, 40);
    crowd_check(&c);
    CHECK_INT(number(t.store, "x"), 160);
    CHECK_TEXT(vault_sql(&t, "PRAGMA integrity_check"), "ok");
    vault_close(&t);
}

TEST(a_new_store_may_be_opened_by_many_at_once)
{
    for (int round = 0; round < 5; round++) {
        struct vault t = { 0 };
        struct crowd c;
        snprintf(t.path, sizeof t.path, "%s/store.db", test_folder());
        int child = crowd_start(&c, 5);
        if (child == 1) {
            struct err e = { "" };
            bool ok = store_open(&t.store, t.path, STORE_DAEMON, &e);
            if (!ok)
                fprintf(stderr, "%s\n", e.text);
            _exit(!ok);
        }
        if (child)
            _exit(!count_up(t.path, 3));
        crowd_go(&c);
        crowd_check(&c);
        vault_reopen(&t);
        CHECK_INT(number(t.store, "x"), 12);
        vault_close(&t);
    }
}

TEST(only_what_others_committed_is_a_change)
{
    struct vault t;
    vault_open(&t);
    CHECK(!store_changed(t.store));
    set_number(t.store, "x", 1);
    CHECK(!store_changed(t.store));
    struct store *c = vault_command(&t);
    CHECK(!store_changed(t.store));
    vault_begin(c);
    store_rollback(c);
    CHECK(!store_changed(t.store));
    set_number(c, "x", 2);
    CHECK(store_changed(t.store));
    CHECK(!store_changed(t.store));
    CHECK(!store_changed(c));
    set_number(t.store, "x", 3);
    CHECK(store_changed(c));
    store_close(c);
    CHECK(!store_changed(t.store));
    vault_close(&t);
}

TEST(what_was_not_committed_never_was)
{
    struct vault t;
    struct err e = { "" };
    vault_open(&t);
    set_number(t.store, "x", 1);
    vault_begin(t.store);
    CHECK_OK(store_set_number(t.store, "x", 2, &e), &e);
    store_rollback(t.store);
    store_rollback(t.store); /* again is fine */
    CHECK_INT(number(t.store, "x"), 1);
    struct store *c = vault_command(&t);
    vault_begin(c);
    CHECK_OK(store_set_number(c, "x", 3, &e), &e);
    store_close(c); /* lets go of the lock too */
    vault_begin(t.store);
    CHECK_INT(number(t.store, "x"), 1);
    vault_commit(t.store);
    vault_close(&t);
    store_close(NULL);
}
