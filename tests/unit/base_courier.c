#include "base/courier.h"
#include "harness/harness.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* What the couriers of these tests share. Jobs are small numbers, cast to pointers. */
struct bench {
    struct tray *tray;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int begun, ended, working, worked, dropped, woken, rested;
    bool gate_open; /* work() waits for it */
    bool blocked[65];
    char name[16];
};

static struct bench *bench_new(void)
{
    struct bench *b = calloc(1, sizeof *b);
    pthread_mutex_init(&b->lock, NULL);
    pthread_cond_init(&b->changed, NULL);
    return b;
}

static void bench_free(struct bench *b)
{
    pthread_mutex_destroy(&b->lock);
    pthread_cond_destroy(&b->changed);
    free(b);
}

static void add(struct bench *b, int *what, int n)
{
    pthread_mutex_lock(&b->lock);
    *what += n;
    pthread_cond_broadcast(&b->changed);
    pthread_mutex_unlock(&b->lock);
}

/* Until `*what` is `n`, at most ten seconds. */
static bool comes_to(struct bench *b, const int *what, int n)
{
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec += 10;
    pthread_mutex_lock(&b->lock);
    while (*what != n && pthread_cond_timedwait(&b->changed, &b->lock, &deadline) == 0)
        ;
    bool fine = *what == n;
    pthread_mutex_unlock(&b->lock);
    return fine;
}

static void open_gate(struct bench *b)
{
    pthread_mutex_lock(&b->lock);
    b->gate_open = true;
    pthread_cond_broadcast(&b->changed);
    pthread_mutex_unlock(&b->lock);
}

static void *begin(void *context)
{
    struct bench *b = context;
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    pthread_mutex_lock(&b->lock);
    for (int s = 1; s <= 64; s++)
        b->blocked[s] = sigismember(&mask, s) == 1;
    pthread_getname_np(pthread_self(), b->name, sizeof b->name);
    pthread_mutex_unlock(&b->lock);
    add(b, &b->begun, 1);
    return b;
}

static void end(void *own)
{
    struct bench *b = own;
    add(b, &b->ended, 1);
}

static void bring_back(void *own, void *job)
{
    struct bench *b = own;
    tray_put(b->tray, job, 0);
    add(b, &b->worked, 1);
}

static void wait_at_gate(void *own, void *job)
{
    struct bench *b = own;
    (void)job;
    pthread_mutex_lock(&b->lock);
    b->working++;
    pthread_cond_broadcast(&b->changed);
    while (!b->gate_open)
        pthread_cond_wait(&b->changed, &b->lock);
    b->worked++;
    pthread_cond_broadcast(&b->changed);
    pthread_mutex_unlock(&b->lock);
}

static struct bench *dropped_at;

static void count_drop(void *job)
{
    (void)job;
    add(dropped_at, &dropped_at->dropped, 1);
}

static void wake(void *context)
{
    struct bench *b = context;
    add(b, &b->woken, 1);
}

static void rested(void *context)
{
    struct bench *b = context;
    add(b, &b->rested, 1);
}

static const struct crew_kind carriers = { .name = "carrier", .begin = begin, .work = bring_back, .end = end };
static const struct crew_kind waiters = {
    .name = "waiter", .begin = begin, .work = wait_at_gate, .end = end, .drop = count_drop, .rested = rested
};

static struct crew *opened(const struct crew_kind *kind, struct bench *b, int size)
{
    struct crew *c;
    struct err e = { 0 };
    dropped_at = b;
    CHECK_OK(crew_open(&c, kind, b, size, &e), &e);
    return c;
}

static void *number(intptr_t n)
{
    return (void *)n;
}

TEST(a_tray_keeps_the_order)
{
    struct tray *t = tray_new(NULL, NULL);
    intptr_t put = 0, taken = 0;
    CHECK(tray_take(t) == NULL);
    for (int round = 0; round < 200; round++) {
        for (int i = 0; i < 7 + round % 30; i++)
            tray_put(t, number(++put), 0);
        for (int i = 0; i < 5 + round % 31; i++) {
            void *item = tray_take(t);
            if (item)
                CHECK_INT((intptr_t)item, ++taken);
        }
    }
    for (void *item; (item = tray_take(t));)
        CHECK_INT((intptr_t)item, ++taken);
    CHECK_INT(taken, put);
    tray_free(t, NULL);
}

TEST(items_left_on_a_tray_are_dropped_with_it)
{
    struct bench *b = bench_new();
    dropped_at = b;
    struct tray *t = tray_new(wake, b);
    for (int i = 1; i <= 40; i++)
        tray_put(t, number(i), 0);
    tray_take(t);
    CHECK_INT(b->woken, 40);
    tray_free(t, count_drop);
    CHECK_INT(b->dropped, 39);
    tray_free(NULL, NULL);
    bench_free(b);
}

TEST(one_courier_works_in_the_order_of_the_jobs)
{
    struct bench *b = bench_new();
    b->tray = tray_new(wake, b);
    struct crew *c = opened(&carriers, b, 1);
    for (int i = 1; i <= 1000; i++)
        crew_give(c, number(i));
    CHECK(comes_to(b, &b->worked, 1000));
    for (int i = 1; i <= 1000; i++)
        CHECK_INT((intptr_t)tray_take(b->tray), i);
    CHECK_INT(b->woken, 1000);
    CHECK(crew_close(c, 10 * SECOND));
    CHECK_INT(b->ended, 1);
    tray_free(b->tray, NULL);
    bench_free(b);
}

TEST(several_couriers_do_each_job_once)
{
    struct bench *b = bench_new();
    bool seen[5001] = { false };
    b->tray = tray_new(wake, b);
    struct crew *c = opened(&carriers, b, 4);
    for (int i = 1; i <= 5000; i++)
        crew_give(c, number(i));
    CHECK(comes_to(b, &b->worked, 5000));
    CHECK(crew_close(c, 10 * SECOND));
    for (void *item; (item = tray_take(b->tray));) {
        CHECK(!seen[(intptr_t)item]);
        seen[(intptr_t)item] = true;
    }
    for (int i = 1; i <= 5000; i++)
        CHECK(seen[i]);
    CHECK_INT(b->begun, 4);
    CHECK_INT(b->ended, 4);
    tray_free(b->tray, NULL);
    bench_free(b);
}

static void put_limited(void *own, void *job)
{
    struct bench *b = own;
    for (int i = 1; i <= 100; i++) {
        tray_put(b->tray, number(i), (size_t)(intptr_t)job);
        add(b, &b->worked, 1);
    }
}

static const struct crew_kind limited = { .name = "limited", .begin = begin, .work = put_limited, .end = end };

static void nap(long milliseconds)
{
    nanosleep(&(struct timespec){ milliseconds / 1000, milliseconds % 1000 * 1000000 }, NULL);
}

TEST(a_full_tray_makes_couriers_wait_until_something_is_taken)
{
    struct bench *b = bench_new();
    b->tray = tray_new(wake, b);
    struct crew *c = opened(&limited, b, 1);
    crew_give(c, number(3));
    CHECK(comes_to(b, &b->worked, 3));
    nap(30);
    CHECK(comes_to(b, &b->worked, 3)); /* still */
    for (int i = 1; i <= 97; i++) {
        CHECK_INT((intptr_t)tray_take(b->tray), i);
        CHECK(comes_to(b, &b->worked, 3 + i));
    }
    CHECK(crew_close(c, 10 * SECOND));
    tray_free(b->tray, NULL);
    bench_free(b);
}

TEST(closing_a_tray_lets_all_who_wait_go_on_and_wakes_nobody)
{
    struct bench *b = bench_new();
    dropped_at = b;
    b->tray = tray_new(wake, b);
    struct crew *c = opened(&limited, b, 3);
    for (int i = 0; i < 3; i++)
        crew_give(c, number(2));
    CHECK(comes_to(b, &b->woken, 2));
    nap(20);
    CHECK(comes_to(b, &b->worked, 2));
    tray_close(b->tray);
    CHECK(comes_to(b, &b->worked, 300));
    CHECK_INT(b->woken, 2);
    CHECK(crew_close(c, 10 * SECOND));
    tray_free(b->tray, count_drop);
    CHECK_INT(b->dropped, 300);
    bench_free(b);
}

TEST(idle_couriers_are_counted)
{
    struct bench *b = bench_new();
    struct crew *c = opened(&waiters, b, 3);
    CHECK_INT(crew_idle(c), 3);
    crew_give(c, number(1));
    CHECK_INT(crew_idle(c), 2); /* at once, before any thread ran */
    crew_give(c, number(2));
    crew_give(c, number(3));
    CHECK_INT(crew_idle(c), 0);
    crew_give(c, number(4));
    CHECK_INT(crew_idle(c), 0);
    CHECK(comes_to(b, &b->working, 3));
    CHECK_INT(crew_idle(c), 0);
    open_gate(b);
    CHECK(comes_to(b, &b->rested, 4)); /* told when it counts again, not before */
    CHECK_INT(crew_idle(c), 3);
    CHECK(crew_close(c, 10 * SECOND));
    bench_free(b);
}

TEST(jobs_that_nobody_started_are_dropped_when_a_crew_closes)
{
    struct bench *b = bench_new();
    struct crew *c = opened(&waiters, b, 2);
    for (int i = 1; i <= 10; i++)
        crew_give(c, number(i));
    CHECK(comes_to(b, &b->working, 2));
    CHECK(!crew_close(c, 0)); /* does not wait at all */
    CHECK_INT(b->dropped, 8);
    open_gate(b);
    CHECK(comes_to(b, &b->ended, 2));
    CHECK_INT(b->worked, 2);
    nap(20); /* until they have let go of the lock, too */
    bench_free(b);
}

TEST(a_blocked_courier_is_left_behind_in_time_and_may_wake_up_later)
{
    struct bench *b = bench_new();
    struct crew *c = opened(&waiters, b, 3);
    crew_give(c, number(1));
    CHECK(comes_to(b, &b->working, 1));
    duration before = courier_monotonic();
    CHECK(!crew_close(c, 100));
    duration took = courier_monotonic() - before;
    CHECK(took >= 100 && took < 2000);
    CHECK(comes_to(b, &b->ended, 2)); /* the others */
    open_gate(b);
    CHECK(comes_to(b, &b->ended, 3));
    CHECK_INT(b->rested, 0); /* nobody is told any more */
    nap(20);
    bench_free(b);
}

TEST(a_crew_closes_as_soon_as_the_last_courier_is_done)
{
    struct bench *b = bench_new();
    struct crew *c = opened(&waiters, b, 2);
    crew_give(c, number(1));
    CHECK(comes_to(b, &b->working, 1));
    open_gate(b);
    duration before = courier_monotonic();
    CHECK(crew_close(c, INT64_MAX)); /* whatever the patience */
    CHECK(courier_monotonic() - before < 5 * SECOND);
    CHECK_INT(b->ended, 2);
    CHECK(crew_close(NULL, 0));
    bench_free(b);
}

TEST(signals_find_the_main_thread_only)
{
    static const int ours[] = { SIGTERM, SIGINT, SIGHUP, SIGCHLD, SIGPIPE, SIGUSR1, SIGUSR2, SIGALRM };
    static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
    struct bench *b = bench_new();
    sigset_t before, after;
    sigemptyset(&before);
    sigemptyset(&after);
    pthread_sigmask(SIG_SETMASK, NULL, &before);
    struct crew *c = opened(&waiters, b, 1);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    CHECK(comes_to(b, &b->begun, 1));
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
        CHECK(b->blocked[ours[i]]);
        CHECK_INT(sigismember(&after, ours[i]), sigismember(&before, ours[i]));
    }
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        CHECK(!b->blocked[faults[i]]);
    CHECK(crew_close(c, 10 * SECOND));
    bench_free(b);
}

TEST(threads_have_the_name_of_their_crew_as_far_as_it_fits)
{
    struct bench *b = bench_new();
    struct crew_kind kind = waiters;
    struct crew *c = opened(&kind, b, 1);
    CHECK(comes_to(b, &b->begun, 1));
    CHECK_TEXT(b->name, "waiter");
    CHECK(crew_close(c, 10 * SECOND));
    kind.name = "a name that is much too long";
    c = opened(&kind, b, 1);
    CHECK(comes_to(b, &b->begun, 2));
    CHECK_TEXT(b->name, "a name that is ");
    CHECK(crew_close(c, 10 * SECOND));
    bench_free(b);
}

TEST(the_clocks_run)
{
    duration first = courier_monotonic();
    nap(12);
    CHECK(courier_monotonic() - first >= 11);
    CHECK(courier_now() > 1700000000 * SECOND);
}
