/* What daemon/app/app.c does, without libev: the engine with its real store and real couriers, every step timed. */
#include "bench/bench.h"

#include "app/couriers.h"
#include "base/courier.h"
#include "channel/channel.h"
#include "settings/settings.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static _Thread_local double synced;

/* SQLite's calls come here: what the disk takes is counted apart. */
int fdatasync(int fd)
{
    double before = seconds();
    int result = (int)syscall(SYS_fdatasync, fd);
    synced += seconds() - before;
    return result;
}

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static instant now(const struct loop *l)
{
    return l->base + (instant)((seconds() - l->began) * SECOND);
}

/* ---- the engine's ports ---- */

static void wake(void *context)
{
    const struct loop *l = context;
    uint64_t one = 1;
    if (write(l->woken, &one, sizeof one) != sizeof one)
        fail("eventfd");
}

static void ask(void *context, struct errand *errand)
{
    struct loop *l = context;
    l->asked++;
    couriers_ask(l->couriers, errand);
}

static void post(void *context, struct parcel *parcel)
{
    struct loop *l = context;
    if (l->claimed++ == 0)
        l->opened = seconds();
    couriers_post(l->couriers, parcel);
}

static int idle(void *context, size_t channel)
{
    struct loop *l = context;
    return couriers_idle(l->couriers, channel);
}

static void trace(void *context, const struct trace_line *line)
{
    (void)context;
    if (line->priority <= 4)
        fail("the engine says: %s", line->text);
}

/* ---- life ---- */

void loop_open(struct loop *l, const char *configuration, const char *store, instant base)
{
    const struct ports ports = { .context = l, .ask = ask, .post = post, .idle = idle, .trace = trace };
    struct complaints c = { 0 };
    struct err e = { "" };
    *l = (struct loop){
        .woken = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), .base = base, .again = base, .began = seconds()
    };
    if (settings_read(&l->options, configuration, &c))
        channels_check(l->options, &c);
    if (c.n || !company_open(&l->company, l->options, instant_split(base).year, &c))
        fail("%s:%d: %s", configuration, c.rows[0].line, c.rows[0].text);
    if (!post_init(&e) || !store_open(&l->store, store, STORE_DAEMON, &e) ||
        !couriers_open(&l->couriers, l->company, wake, l, &e) ||
        !engine_open(&l->engine, l->company, l->store, &ports, 1, base, &e))
        fail("%s", e.text);
}

static void take_tray(struct loop *l)
{
    for (struct news *n; (n = couriers_take(l->couriers));) {
        if (n->kind == NEWS_RECEIPT && n->receipt.verdict != VERDICT_SENT)
            fail("message %lld: %s: %s", (long long)n->receipt.message, verdict_name(n->receipt.verdict),
                 n->receipt.why);
        l->answered += n->kind == NEWS_PASSED || n->kind == NEWS_BROUGHT || n->kind == NEWS_FAILED;
        l->sent += n->kind == NEWS_RECEIPT;
        engine_take(l->engine, n);
    }
}

static void step(struct loop *l)
{
    struct err e = { "" };
    double began = seconds(), worked = cpu();
    synced = 0;
    if (!engine_step(l->engine, &(struct tick){ now(l), now(l) - l->base, false }, &l->again, &e))
        fail("%s", e.text);
    double took = seconds() - began;
    worked = cpu() - worked;
    l->steps++;
    l->commits += synced > 0;
    l->in_steps += took;
    l->in_sync += synced;
    l->longest = took - synced > l->longest ? took - synced : l->longest;
    l->longest_cpu = worked > l->longest_cpu ? worked : l->longest_cpu;
}

bool loop_settled(const struct loop *l)
{
    return engine_state(l->engine).judging && l->asked == l->answered && l->claimed == l->sent &&
           l->again > now(l) + SECOND;
}

void loop_run(struct loop *l, bool (*done)(const struct loop *l), double most)
{
    double until = seconds() + most;
    while (!done(l)) {
        uint64_t count;
        instant wait = l->again - now(l);
        struct pollfd p = { .fd = l->woken, .events = POLLIN };
        poll(&p, 1, wait <= 0 ? 0 : wait > 100 ? 100 : (int)wait);
        bool came = read(l->woken, &count, sizeof count) == sizeof count;
        if (came)
            engine_courier_rested(l->engine);
        take_tray(l);
        if (came || l->again <= now(l))
            step(l);
        if (seconds() > until)
            fail("after %.0f s only %ld of %ld errands are done, %ld of %ld messages sent", most, l->answered, l->asked,
                 l->sent, l->claimed);
    }
}

void loop_close(struct loop *l)
{
    couriers_close(l->couriers, 5 * SECOND);
    engine_close(l->engine);
    store_close(l->store);
    company_close(l->company);
    settings_free(l->options);
    close(l->woken);
}
