/* What the admin is told: at most once per cause and day, outside hours and caps, and always in the journal too. */
#include "engine/inner.h"

/* What is said in paragraphs, as one line. */
static const char *one_line(const char *said, struct arena *a)
{
    char *line = arena_copy(a, said);
    for (char *c = line; *c; c++)
        if (*c == '\n')
            *c = ' ';
    return line;
}

bool raise_alert(struct engine *e, const char *cause, const struct notice *n, struct err *err)
{
    struct composer *c = company_composer(e->company);
    const char *text = one_line(compose_notice(c, "en", n, &e->step), &e->step);
    bool fresh;
    if (!alert_raise(e->store, cause, e->today, text, compose_notice(c, e->options->admin.language, n, &e->step),
                     e->now, &fresh, err))
        return false;
    if (fresh)
        note(e, 4, NULL, "%s", text);
    return true;
}

/* Where one alert goes. */
struct way {
    size_t channel;
    const char *address;
};

static bool way_free(struct engine *e, const struct way *w, instant *again)
{
    *again = e->now + MINUTE; /* all couriers are out; a verdict comes sooner */
    return channel_ready(e, w->channel, again) && address_ready(e, w->channel, w->address, again) &&
           e->ports.idle(e->ports.context, w->channel) > e->channels[w->channel].claimed;
}

/* The first of admin.channels that can take a message now; else *again says when one may be able to. */
static bool admin_way(struct engine *e, struct way *out, instant *again)
{
    const struct words *names = &e->options->admin.channels;
    *again = INSTANT_NEVER;
    for (size_t i = 0; i < names->n; i++) {
        instant then;
        struct way w = { .address = channel_admin_address(e->options, names->rows[i], &w.channel) };
        if (!w.address)
            continue;
        w.address = address_to_write(w.address, &e->step);
        if (way_free(e, &w, &then)) {
            *out = w;
            return true;
        }
        if (then < *again)
            *again = then;
    }
    return false;
}

static bool dress_alert(struct engine *e, size_t channel, struct message *m, const char *text, struct err *err)
{
    static const struct salesperson admin = { .id = "admin", .name = "", .active = true };
    const struct channel_options *c = &e->options->channels[channel];
    struct rendered rendered;
    struct brief b = brief_of(e->company, NULL, &admin, NULL, NULL, c, m->address, e->now);
    b.template = "alert";
    b.language = e->options->admin.language;
    b.message_id = m->message_id;
    b.alert = text;
    if (!brief_render(e->company, c, &b, &e->step, &rendered, err))
        return err_wrap(err, "render an alert");
    m->subject = rendered.subject;
    m->bytes = rendered.bytes;
    m->size = rendered.size;
    return message_dress(e->store, m, err);
}

static bool write_alert(struct engine *e, const struct way *w, int64_t id, const char *text, struct err *err)
{
    const struct channel_options *c = &e->options->channels[w->channel];
    struct message m = { .channel = c->name, .person = "admin", .address = w->address };
    return message_add(e->store, &m, e->secret, channel_domain(c, &e->step), &e->step, e->now, err) &&
           dress_alert(e, w->channel, &m, text, err) && alert_set_message(e->store, id, m.id, err) &&
           dispatch(e, &m, err);
}

/* What may have come leaves again as it was. */
static bool own_way(struct engine *e, const struct message *m, struct way *out, instant *again)
{
    *out = (struct way){ channel_index(e, m->channel), m->address };
    *again = INSTANT_NEVER;
    return out->channel < e->options->n_channels && way_free(e, out, again);
}

/* Where alerts go now, in that channel's form: it or the settings may have changed since. */
static bool write_again(struct engine *e, const struct way *w, struct message *m, struct err *err)
{
    const char *text;
    return alert_text(e->store, m->id, &e->step, &text, err) &&
           message_readdress(e->store, m, e->options->channels[w->channel].name, w->address, err) &&
           dress_alert(e, w->channel, m, text, err) && dispatch(e, m, err);
}

/* What was tried before, and may be tried again. */
static bool send_again(struct engine *e, struct err *err)
{
    struct messages again;
    struct message m;
    struct way w;
    if (!alerts_to_send(e->store, INSTANT_NEVER, &e->step, &again, err))
        return false;
    for (size_t i = 0; i < again.n; i++) {
        instant then = again.rows[i].not_before;
        bool doubtful = message_doubtful(&again.rows[i]);
        if (then > e->now || !(doubtful ? own_way(e, &again.rows[i], &w, &then) : admin_way(e, &w, &then))) {
            e->alert_next = then < e->alert_next ? then : e->alert_next;
            continue;
        }
        if (!message_by_id(e->store, again.rows[i].id, &e->step, &m, err))
            return false;
        if (!(doubtful ? dispatch(e, &m, err) : write_again(e, &w, &m, err)))
            return false;
    }
    return true;
}

bool alerts_send(struct engine *e, struct err *err)
{
    int64_t id;
    const char *text;
    struct way w;
    e->alert_next = INSTANT_NEVER;
    if (!send_again(e, err))
        return false;
    for (;;) {
        instant then;
        if (!alert_next(e->store, e->today - 1, &e->step, &id, &text, err))
            return false;
        if (!id)
            return true;
        if (!admin_way(e, &w, &then)) {
            e->alert_next = then < e->alert_next ? then : e->alert_next;
            return true;
        }
        if (!write_alert(e, &w, id, text, err))
            return false;
    }
}
