#include "app/setup.h"

#include "app/log.h"
#include "base/courier.h"
#include "channel/channel.h"
#include "settings/settings.h"
#include "store/ledger.h"

#include <sys/stat.h>
#include <unistd.h>

static const duration courier_patience = SECOND; /* for those that have nothing to do */

static void say_complaints(const struct complaints *c, struct err *first)
{
    for (size_t i = 0; i < c->n; i++) {
        const struct complaint *w = &c->rows[i];
        struct err e;
        if (w->file && w->line)
            err_set(&e, "%s:%d: %s", w->file, w->line, w->text);
        else
            err_set(&e, "%s%s%s", w->file ? w->file : "", w->file ? ": " : "", w->text);
        log_line(LOG_AT_ERROR, "%s", e.text);
        if (i == 0)
            *first = e;
    }
}

bool setup_done(struct setup *s)
{
    engine_close(s->engine);
    watch_free(s->watch);
    bool home = couriers_close(s->couriers, courier_patience);
    if (home) {
        company_close(s->company);
        settings_free(s->options);
    }
    *s = (struct setup){ 0 };
    return home;
}

bool setup_read(struct setup *s, const char *file, struct err *e)
{
    struct complaints c = { 0 };
    struct civil today = instant_split(courier_now());
    bool ok = settings_read(&s->options, file, &c);
    if (ok)
        channels_check(s->options, &c);
    ok = ok && c.n == 0 && company_open(&s->company, s->options, today.year, &c);
    say_complaints(&c, e);
    complaints_done(&c);
    if (!ok)
        setup_done(s);
    return ok;
}

bool setup_fits(const struct setup *s, struct store *store, struct err *e)
{
    struct complaints c = { 0 };
    if (!engine_rules_fit(store, s->options, &c, e)) {
        log_line(LOG_AT_ERROR, "%s", e->text);
        complaints_done(&c);
        return false;
    }
    bool ok = c.n == 0;
    say_complaints(&c, e);
    complaints_done(&c);
    return ok;
}

bool setup_fits_stored(const struct setup *s, struct err *e)
{
    struct store *store;
    struct stat there;
    struct err unused;
    /* Opening it as somebody else, even as root, would leave files beside it that the daemon may not write. */
    if (stat(s->options->store, &there) != 0 || there.st_uid != geteuid() ||
        !store_open(&store, s->options->store, STORE_COMMAND, &unused))
        return true;
    bool ok = setup_fits(s, store, e);
    store_close(store);
    return ok;
}

void setup_refused(struct store *store, const char *why, instant now)
{
    struct err e;
    if (!store_begin_patiently(store, &e))
        return; /* the journal has it */
    bool ok = why ? stop_set(store, "settings", now, INSTANT_NEVER, why, &e) : stop_clear(store, "settings", &e);
    if (!ok || !store_commit(store, &e))
        store_rollback(store);
}
