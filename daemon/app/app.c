#include "app/app.h"

#include "app/clocks.h"
#include "app/couriers.h"
#include "app/log.h"
#include "app/notify.h"
#include "app/setup.h"
#include "base/courier.h"
#include "base/mem.h"
#include "base/secret.h"
#include "channel/channel.h"
#include "settings/settings.h"
#include "source/watch.h"
#include "store/store.h"

#include <errno.h>
#include <ev.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { EXIT_CONFIGURATION = 78 };

static const duration stop_patience = 8 * SECOND; /* of the ten that SIGTERM may take */
static const duration source_rests = 2 * SECOND;
/* A commit in WAL mode can be seen only once it is synced, after the last event that tells of it: look again after
 * these. */
static const duration look_once_more[] = { 250, 2 * SECOND, 15 * SECOND };

struct app {
    const char *file;
    struct ev_loop *loop;
    struct store *store;
    struct setup now;
    struct setup next; /* read and found right, waiting for the couriers to come home */
    enum { RUNNING, RELOADING, STOPPING } phase;
    bool leaving;      /* the loop ends after this turn; nothing more is done in it */
    bool stray;        /* a reload went on without a courier that is still inside a library */
    duration deadline; /* of RELOADING and STOPPING, monotonic */
    int exit_code;
    struct watch *commands; /* the file that each command writes behind its commit */
    ev_timer due, rest, watchdog, poll, once_more;
    size_t looked; /* how often since the last event */
    ev_async brought;
    ev_io changed, commanded;
    ev_signal hang_up, terminate, interrupt;
};

/* ---- the loop ---- */

static void on_trace(void *context, const struct trace_line *line)
{
    (void)context;
    if (line->priority > LOG_AT_INFO)
        return;
    if (line->customer)
        log_line(line->priority, "customer %s: %s", line->customer, line->text);
    else
        log_line(line->priority, "%s", line->text);
}

static void on_wake(void *context)
{
    struct app *a = context;
    ev_async_send(a->loop, &a->brought);
}

static void ask(void *context, struct errand *errand)
{
    struct app *a = context;
    couriers_ask(a->now.couriers, errand);
    ev_timer_again(a->loop, &a->rest);
}

static void post(void *context, struct parcel *parcel)
{
    struct app *a = context;
    couriers_post(a->now.couriers, parcel);
}

static int idle(void *context, size_t channel)
{
    struct app *a = context;
    return couriers_idle(a->now.couriers, channel);
}

static bool start_setup(struct app *a, struct err *e)
{
    struct setup *s = &a->now;
    const struct ports ports = { .context = a, .ask = ask, .post = post, .idle = idle, .trace = on_trace };
    if (!couriers_open(&s->couriers, s->company, on_wake, a, e) ||
        !engine_open(&s->engine, s->company, a->store, &ports,
                     (uint64_t)courier_monotonic() ^ (uint64_t)courier_now() << 20, courier_now(), e))
        return false;
    setup_refused(a->store, NULL, courier_now());
    s->watch = watch_new(s->options->source.database);
    log_line(LOG_AT_NOTICE, "watching %s: %s", s->options->source.database, watch_how(s->watch));
    ev_io_stop(a->loop, &a->changed);
    if (watch_fd(s->watch) >= 0) {
        ev_io_set(&a->changed, watch_fd(s->watch), EV_READ);
        ev_io_start(a->loop, &a->changed);
    }
    ev_timer_stop(a->loop, &a->poll);
    if (watch_fd(s->watch) < 0) {
        a->poll.repeat = (double)s->options->source.look_again / SECOND;
        ev_timer_again(a->loop, &a->poll);
    }
    return true;
}

static void leave(struct app *a, int code)
{
    a->exit_code = code;
    a->leaving = true;
    ev_break(a->loop, EVBREAK_ALL);
}

/* One relative timer compares with the stored instant: libev's periodic timers skip what a jump of the clock passes
 * over. */
static void arm(struct app *a, instant again)
{
    instant now = courier_now();
    duration wait = again <= now ? 0 : again - now < MINUTE ? again - now : MINUTE;
    ev_now_update(a->loop);
    ev_timer_stop(a->loop, &a->due);
    ev_timer_set(&a->due, (double)wait / SECOND, 0);
    ev_timer_start(a->loop, &a->due);
}

static bool step(struct app *a, instant *again)
{
    struct err e = { "" };
    struct tick now = clocks_tick();
    if (engine_step(a->now.engine, &now, again, &e))
        return true;
    log_line(LOG_AT_ERROR, "stopping, to start again from what is stored: %s", e.text);
    leave(a, 1);
    return false;
}

static void take_tray(struct app *a)
{
    for (struct news *n; (n = couriers_take(a->now.couriers));)
        engine_take(a->now.engine, n);
}

/* The couriers are home: file what they brought, and swap or leave. */
static void change_over(struct app *a)
{
    instant again = INSTANT_NEVER;
    struct err e = { "" };
    /* Verdicts that lie there are filed first, also while a command holds the store for a moment. */
    do {
        take_tray(a);
        if (!step(a, &again))
            return;
        if (engine_state(a->now.engine).tray)
            nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
    } while (engine_state(a->now.engine).tray && courier_monotonic() < a->deadline + SECOND);
    if (a->phase == STOPPING) {
        leave(a, 0);
        return;
    }
    a->stray |= !setup_done(&a->now);
    a->now = a->next;
    a->next = (struct setup){ 0 };
    a->phase = RUNNING;
    if (!engine_try_again(a->store, courier_now(), &e) || !start_setup(a, &e)) {
        log_line(LOG_AT_ERROR, "%s", e.text);
        leave(a, 1);
        return;
    }
    log_line(LOG_AT_NOTICE, "reloaded %s", a->file);
    notify_send("READY=1\nSTATUS=Running.");
    arm(a, INSTANT_NONE);
}

/* A token is refreshed by a helper that knows nothing of us: look whether it has been. While nothing is stopped this
 * looks at no file; while something is, the timer comes by every minute. */
static void look_at_secrets(struct app *a)
{
    const struct options *o = a->now.options;
    for (size_t i = 0; i < o->n_channels; i++) {
        const struct channel_options *c = &o->channels[i];
        instant since = engine_channel_stopped(a->now.engine, i);
        if (since != INSTANT_NONE &&
            (secret_changed(c->password_file, since) || secret_changed(c->ca_file, since) ||
             secret_changed(c->oauth_token_file, since) || secret_changed(c->secret_file, since)))
            engine_channel_mended(a->now.engine, i);
    }
}

static void go_on(struct app *a)
{
    instant again = INSTANT_NEVER;
    if (a->leaving)
        return;
    if (a->phase != RUNNING && (couriers_all_idle(a->now.couriers) || courier_monotonic() >= a->deadline)) {
        change_over(a);
        return;
    }
    take_tray(a);
    look_at_secrets(a);
    if (store_changed(a->store))
        engine_store_changed(a->now.engine);
    if (step(a, &again))
        arm(a, a->phase == RUNNING ? again : courier_now() + 100);
}

static void on_due(struct ev_loop *loop, ev_timer *w, int events)
{
    (void)loop;
    (void)events;
    go_on(w->data);
}

static void on_brought(struct ev_loop *loop, ev_async *w, int events)
{
    (void)loop;
    (void)events;
    struct app *a = w->data;
    if (!a->leaving)
        engine_courier_rested(a->now.engine);
    go_on(a);
}

static void look_again(struct app *a)
{
    ev_timer_stop(a->loop, &a->once_more);
    if (a->looked < sizeof look_once_more / sizeof look_once_more[0]) {
        ev_timer_set(&a->once_more, (double)look_once_more[a->looked++] / SECOND, 0);
        ev_timer_start(a->loop, &a->once_more);
    }
    engine_source_changed(a->now.engine);
    go_on(a);
}

static void on_once_more(struct ev_loop *loop, ev_timer *w, int events)
{
    (void)loop;
    (void)events;
    look_again(w->data);
}

static void ask_watch(struct app *a)
{
    if (!watch_changed(a->now.watch))
        return;
    a->looked = 0;
    look_again(a);
}

static void on_changed(struct ev_loop *loop, ev_io *w, int events)
{
    (void)loop;
    (void)events;
    ask_watch(w->data);
}

static void on_poll(struct ev_loop *loop, ev_timer *w, int events)
{
    (void)loop;
    (void)events;
    ask_watch(w->data);
}

static void on_commanded(struct ev_loop *loop, ev_io *w, int events)
{
    (void)loop;
    (void)events;
    struct app *a = w->data;
    if (watch_changed(a->commands))
        go_on(a);
}

static void on_rest(struct ev_loop *loop, ev_timer *w, int events)
{
    (void)events;
    struct app *a = w->data;
    if (couriers_rest_source(a->now.couriers))
        ev_timer_stop(loop, w);
}

static void on_watchdog(struct ev_loop *loop, ev_timer *w, int events)
{
    (void)loop;
    (void)w;
    (void)events;
    notify_send("WATCHDOG=1");
}

static void begin_phase(struct app *a, int phase, duration patience)
{
    a->phase = phase;
    a->deadline = courier_monotonic() + patience;
    couriers_pause(a->now.couriers);
    go_on(a);
}

static void on_hang_up(struct ev_loop *loop, ev_signal *w, int events)
{
    (void)loop;
    (void)events;
    struct app *a = w->data;
    struct setup fresh = { 0 };
    struct err why = { "" };
    if (a->phase == STOPPING)
        return;
    notify_send("RELOADING=1\nSTATUS=Reading the configuration.");
    bool ok = setup_read(&fresh, a->file, &why);
    if (ok && strcmp(fresh.options->store, a->now.options->store) != 0) {
        ok = err_set(&why, "%s:%d: the store cannot be changed by a reload; restart followupd", a->file,
                     place_find(fresh.options, "store").line);
        log_line(LOG_AT_ERROR, "%s", why.text);
    }
    if (!ok || !setup_fits(&fresh, a->store, &why)) {
        setup_done(&fresh);
        setup_refused(a->store, why.text, courier_now());
        log_line(LOG_AT_ERROR, "the configuration is wrong; going on with the old one");
        notify_send("READY=1\nSTATUS=Running with the old configuration: the new one is wrong.");
        return;
    }
    setup_done(&a->next);
    a->next = fresh;
    begin_phase(a, RELOADING, 10 * SECOND);
}

static void on_terminate(struct ev_loop *loop, ev_signal *w, int events)
{
    (void)loop;
    (void)events;
    struct app *a = w->data;
    if (a->phase == STOPPING) {
        leave(a, 0); /* asked twice */
        return;
    }
    log_line(LOG_AT_NOTICE, "stopping");
    notify_send("STOPPING=1");
    begin_phase(a, STOPPING, stop_patience);
}

static void watch_signals(struct app *a)
{
    ev_signal_init(&a->hang_up, on_hang_up, SIGHUP);
    ev_signal_init(&a->terminate, on_terminate, SIGTERM);
    ev_signal_init(&a->interrupt, on_terminate, SIGINT);
    ev_signal *all[] = { &a->hang_up, &a->terminate, &a->interrupt };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        all[i]->data = a;
        ev_signal_start(a->loop, all[i]);
    }
}

static void watch_all(struct app *a)
{
    ev_timer_init(&a->due, on_due, 0, 0);
    ev_timer_init(&a->rest, on_rest, 0, (double)source_rests / SECOND);
    ev_timer_init(&a->poll, on_poll, 0, 30);
    ev_timer_init(&a->once_more, on_once_more, 0, 0);
    ev_async_init(&a->brought, on_brought);
    ev_init(&a->changed, on_changed);
    ev_init(&a->commanded, on_commanded);
    a->due.data = a->rest.data = a->poll.data = a->once_more.data = a;
    a->brought.data = a->changed.data = a->commanded.data = a;
    ev_async_start(a->loop, &a->brought);
    if (watch_fd(a->commands) >= 0) { /* where it cannot be watched, the look of every minute must do */
        ev_io_set(&a->commanded, watch_fd(a->commands), EV_READ);
        ev_io_start(a->loop, &a->commanded);
    }
    watch_signals(a);
    duration half = notify_watchdog();
    if (half > 0) {
        ev_timer_init(&a->watchdog, on_watchdog, 0, (double)half / SECOND);
        ev_timer_start(a->loop, &a->watchdog);
    }
}

static bool open_store(struct app *a, struct err *e)
{
    struct place place = place_find(a->now.options, "store");
    return store_open(&a->store, a->now.options->store, STORE_DAEMON, e) ||
           err_wrap(e, "%s:%d", place.file, place.line);
}

static bool begin(struct app *a)
{
    struct err e = { "" };
    char file[4096];
    if (!post_init(&e) || !open_store(a, &e)) {
        log_line(LOG_AT_ERROR, "%s", e.text);
        return false;
    }
    if (!setup_fits(&a->now, a->store, &e)) {
        a->exit_code = EXIT_CONFIGURATION;
        return false;
    }
    snprintf(file, sizeof file, "%s.writer", a->now.options->store);
    a->commands = watch_new(file);
    watch_all(a);
    if (!start_setup(a, &e)) {
        log_line(LOG_AT_ERROR, "%s", e.text);
        return false;
    }
    log_line(LOG_AT_NOTICE, "followupd %s for %s", VERSION, a->now.options->company.name);
    notify_send("READY=1\nSTATUS=Running.");
    arm(a, INSTANT_NONE);
    return true;
}

int app_run(const char *configuration)
{
    struct app a = { .file = configuration };
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_DUMPABLE, 0); /* memory holds passwords and customers */
    struct err e;
    if (!setup_read(&a.now, configuration, &e))
        return EXIT_CONFIGURATION;
    a.loop = ev_default_loop(EVBACKEND_EPOLL);
    if (!a.loop) {
        log_line(LOG_AT_ERROR, "cannot make an event loop: %s", strerror(errno));
        setup_done(&a.now);
        return 1;
    }
    a.exit_code = 1;
    if (begin(&a))
        ev_run(a.loop, 0);
    setup_done(&a.next);
    bool home = setup_done(&a.now);
    store_close(a.store);
    watch_free(a.commands);
    if (!home || a.stray)
        _exit(a.exit_code); /* a courier is still inside a library that exit() would clean up under it */
    return a.exit_code;
}

int app_test(const char *configuration)
{
    struct setup s = { 0 };
    struct err e;
    bool ok = setup_read(&s, configuration, &e) && setup_fits_stored(&s, &e);
    setup_done(&s);
    if (!ok)
        return EXIT_CONFIGURATION;
    log_line(LOG_AT_INFO, "%s reads well; \"followupctl check\" also tries the database", configuration);
    return 0;
}
