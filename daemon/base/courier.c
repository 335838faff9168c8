#include "base/courier.h"

#include "base/mem.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* First in, first out, in a ring. */
struct queue {
    void **ring;
    size_t room, first, n;
};

static void queue_add(struct queue *q, void *item)
{
    if (q->n == q->room) {
        size_t room = q->room ? 2 * q->room : 16;
        q->ring = mem_resize(q->ring, room * sizeof *q->ring);
        for (size_t i = 0; i < q->first; i++) /* what had wrapped comes behind the rest again */
            q->ring[q->room + i] = q->ring[i];
        q->room = room;
    }
    q->ring[(q->first + q->n++) % q->room] = item;
}

static void *queue_take(struct queue *q)
{
    if (!q->n)
        return NULL;
    void *item = q->ring[q->first];
    q->first = (q->first + 1) % q->room;
    q->n--;
    return item;
}

static void queue_done(struct queue *q, void (*drop)(void *item))
{
    void *item;
    while ((item = queue_take(q)))
        if (drop)
            drop(item);
    free(q->ring);
    *q = (struct queue){ 0 };
}

/* ---- tray ---- */

struct tray {
    pthread_mutex_t lock;
    pthread_cond_t room;
    struct queue items;
    bool closed;
    void (*wake)(void *context);
    void *context;
};

struct tray *tray_new(void (*wake)(void *context), void *context)
{
    struct tray *t = mem_new(sizeof *t);
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->room, NULL);
    t->wake = wake;
    t->context = context;
    return t;
}

void tray_free(struct tray *t, void (*drop)(void *item))
{
    if (!t)
        return;
    queue_done(&t->items, drop);
    pthread_cond_destroy(&t->room);
    pthread_mutex_destroy(&t->lock);
    free(t);
}

/* `wake` is called under the lock: once tray_close() has returned, none is under way and none will come, so that the
 * event loop behind it may go. */
void tray_put(struct tray *t, void *item, size_t most)
{
    assert(item);
    pthread_mutex_lock(&t->lock);
    while (most && t->items.n >= most && !t->closed)
        pthread_cond_wait(&t->room, &t->lock);
    queue_add(&t->items, item);
    if (t->wake && !t->closed)
        t->wake(t->context);
    pthread_mutex_unlock(&t->lock);
}

void *tray_take(struct tray *t)
{
    pthread_mutex_lock(&t->lock);
    void *item = queue_take(&t->items);
    if (item)
        pthread_cond_broadcast(&t->room); /* each waits for a limit of its own */
    pthread_mutex_unlock(&t->lock);
    return item;
}

void tray_close(struct tray *t)
{
    pthread_mutex_lock(&t->lock);
    t->closed = true;
    pthread_cond_broadcast(&t->room);
    pthread_mutex_unlock(&t->lock);
}

/* ---- crew ---- */

struct courier {
    struct crew *crew;
    pthread_t thread;
    bool ended;
};

/* Held by its owner and by each of its couriers: the last to leave frees it. */
struct crew {
    pthread_mutex_t lock;
    pthread_cond_t job_or_close; /* for couriers */
    pthread_cond_t one_ended;    /* for crew_close() */
    struct queue jobs;
    struct crew_kind kind;
    char name[16];
    void *context;
    int size, at_work, running, holders;
    bool closing;
    struct courier couriers[];
};

static void let_go(struct crew *c)
{
    pthread_mutex_lock(&c->lock);
    bool last = --c->holders == 0;
    pthread_mutex_unlock(&c->lock);
    if (!last)
        return;
    queue_done(&c->jobs, c->kind.drop);
    pthread_cond_destroy(&c->job_or_close);
    pthread_cond_destroy(&c->one_ended);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

/* The next job, or NULL when the crew is closing. */
static void *next_job(struct crew *c)
{
    pthread_mutex_lock(&c->lock);
    while (!c->jobs.n && !c->closing)
        pthread_cond_wait(&c->job_or_close, &c->lock);
    void *job = c->closing ? NULL : queue_take(&c->jobs);
    c->at_work += job != NULL;
    pthread_mutex_unlock(&c->lock);
    return job;
}

static void job_done(struct crew *c)
{
    pthread_mutex_lock(&c->lock);
    c->at_work--;
    if (c->kind.rested && !c->closing)
        c->kind.rested(c->context); /* under the lock, for the same reason as in tray_put() */
    pthread_mutex_unlock(&c->lock);
}

static void *live(void *argument)
{
    struct courier *me = argument;
    struct crew *c = me->crew;
    pthread_setname_np(pthread_self(), c->name);
    void *own = c->kind.begin ? c->kind.begin(c->context) : c->context, *job;
    while ((job = next_job(c))) {
        c->kind.work(own, job);
        job_done(c);
    }
    if (c->kind.end)
        c->kind.end(own);
    pthread_mutex_lock(&c->lock);
    me->ended = true;
    c->running--;
    pthread_cond_signal(&c->one_ended);
    pthread_mutex_unlock(&c->lock);
    let_go(c);
    return NULL;
}

/* Signals are for the main thread; those that tell of a fault of the thread itself cannot wait. */
static void block_signals(sigset_t *before)
{
    static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS };
    sigset_t all;
    sigfillset(&all);
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        sigdelset(&all, faults[i]);
    pthread_sigmask(SIG_BLOCK, &all, before);
}

static struct crew *crew_new(const struct crew_kind *kind, void *context, int size)
{
    struct crew *c = mem_new(sizeof *c + (size_t)size * sizeof c->couriers[0]);
    pthread_condattr_t by_monotonic_clock;
    pthread_condattr_init(&by_monotonic_clock);
    pthread_condattr_setclock(&by_monotonic_clock, CLOCK_MONOTONIC);
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->job_or_close, NULL);
    pthread_cond_init(&c->one_ended, &by_monotonic_clock);
    pthread_condattr_destroy(&by_monotonic_clock);
    c->kind = *kind;
    snprintf(c->name, sizeof c->name, "%.15s", kind->name ? kind->name : "courier"); /* a longer name is refused */
    c->context = context;
    c->holders = 1;
    return c;
}

/* A thread inherits the mask of the one that starts it: blocked before it runs, no signal finds it ever. */
static int start(struct crew *c, int size)
{
    sigset_t before;
    int why = 0;
    block_signals(&before);
    for (int i = 0; i < size && !why; i++) {
        struct courier *one = &c->couriers[i];
        one->crew = c;
        pthread_mutex_lock(&c->lock);
        why = pthread_create(&one->thread, NULL, live, one);
        if (!why) {
            c->size++;
            c->running++;
            c->holders++;
        }
        pthread_mutex_unlock(&c->lock);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return why;
}

bool crew_open(struct crew **out, const struct crew_kind *kind, void *context, int size, struct err *e)
{
    assert(size > 0 && kind->work);
    struct crew *c = crew_new(kind, context, size);
    int why = start(c, size);
    if (!why) {
        *out = c;
        return true;
    }
    int started = c->size;
    crew_close(c, SECOND);
    return err_set(e, "cannot start thread %d of %d for %s: %s (raise TasksMax or the memory limit of the service)",
                   started + 1, size, kind->name, strerror(why));
}

void crew_give(struct crew *c, void *job)
{
    assert(job);
    pthread_mutex_lock(&c->lock);
    assert(!c->closing);
    queue_add(&c->jobs, job);
    pthread_cond_signal(&c->job_or_close);
    pthread_mutex_unlock(&c->lock);
}

int crew_idle(struct crew *c)
{
    pthread_mutex_lock(&c->lock);
    long idle = c->size - c->at_work - (long)c->jobs.n;
    pthread_mutex_unlock(&c->lock);
    return idle > 0 ? (int)idle : 0;
}

static struct timespec deadline_after(duration patience)
{
    const duration longest = 365 * DAY;
    patience = patience < 0 ? 0 : patience > longest ? longest : patience;
    duration at = courier_monotonic() + patience + 1; /* a begun millisecond counts as a whole one */
    return (struct timespec){ at / SECOND, at % SECOND * 1000000 };
}

static void wait_for_all(struct crew *c, duration patience)
{
    struct timespec deadline = deadline_after(patience);
    while (c->running && pthread_cond_timedwait(&c->one_ended, &c->lock, &deadline) == 0)
        ;
}

/* Those that ended are joined, so that the destructors of their libraries' thread data are through as well; the blocked
 * ones are on their own from here. */
bool crew_close(struct crew *c, duration patience)
{
    if (!c)
        return true;
    pthread_mutex_lock(&c->lock);
    assert(!c->closing);
    c->closing = true;
    struct queue unstarted = c->jobs;
    c->jobs = (struct queue){ 0 };
    pthread_cond_broadcast(&c->job_or_close);
    pthread_mutex_unlock(&c->lock);
    queue_done(&unstarted, c->kind.drop);

    pthread_mutex_lock(&c->lock);
    wait_for_all(c, patience);
    bool all = true;
    for (int i = 0; i < c->size; i++) {
        if (!c->couriers[i].ended) {
            pthread_detach(c->couriers[i].thread);
            all = false;
            continue;
        }
        /* It holds the lock no more, or for a moment only: to let go. */
        pthread_mutex_unlock(&c->lock);
        pthread_join(c->couriers[i].thread, NULL);
        pthread_mutex_lock(&c->lock);
    }
    pthread_mutex_unlock(&c->lock);
    let_go(c);
    return all;
}

/* ---- clocks ---- */

static int64_t read_clock(clockid_t which)
{
    struct timespec now;
    clock_gettime(which, &now);
    return now.tv_sec * SECOND + now.tv_nsec / 1000000;
}

instant courier_now(void)
{
    return read_clock(CLOCK_REALTIME);
}

duration courier_monotonic(void)
{
    return read_clock(CLOCK_MONOTONIC);
}
