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

/* The first channel the admin is reached over that can take a message now; else *again says when one may be able to. */
static bool admin_channel(struct engine *e, size_t *channel, instant *again)
{
    const struct words *names = &e->options->admin.channels;
    *again = INSTANT_NEVER;
    for (size_t i = 0; i < names->n; i++) {
        instant then = e->now + MINUTE; /* all couriers are out; a verdict comes sooner */
        *channel = channel_index(e, names->rows[i]);
        if (*channel >= e->options->n_channels)
            continue;
        if (channel_ready(e, *channel, &then) &&
            e->ports.idle(e->ports.context, *channel) > e->channels[*channel].claimed)
            return true;
        if (then < *again)
            *again = then;
    }
    return false;
}

static const char *admin_address(struct engine *e)
{
    return address_to_write(e->options->admin.email, &e->step);
}

static bool write_alert(struct engine *e, size_t channel, int64_t id, const char *text, struct err *err)
{
    static const struct salesperson admin = { .id = "admin", .name = "", .active = true };
    const struct channel_options *c = &e->options->channels[channel];
    struct message m = { .channel = c->name, .person = "admin", .address = admin_address(e) };
    struct rendered rendered;
    if (!message_add(e->store, &m, e->secret, channel_domain(c, &e->step), &e->step, e->now, err))
        return false;
    struct brief b = brief_of(e->company, NULL, &admin, NULL, NULL, c, m.address, e->now);
    b.template = "alert";
    b.language = e->options->admin.language;
    b.message_id = m.message_id;
    b.alert = text;
    if (!brief_render(e->company, c, &b, &e->step, &rendered, err))
        return err_wrap(err, "render an alert");
    m.subject = rendered.subject;
    m.bytes = rendered.bytes;
    m.size = rendered.size;
    return message_dress(e->store, &m, err) && alert_set_message(e->store, id, m.id, err) && dispatch(e, &m, err);
}

/* What was tried before, and may be tried again. */
static bool send_again(struct engine *e, struct err *err)
{
    struct messages again;
    struct message m;
    size_t channel;
    if (!alerts_to_send(e->store, INSTANT_NEVER, &e->step, &again, err))
        return false;
    for (size_t i = 0; i < again.n; i++) {
        instant then = again.rows[i].not_before;
        if (then > e->now || !admin_channel(e, &channel, &then)) {
            e->alert_next = then < e->alert_next ? then : e->alert_next;
            continue;
        }
        if (!message_by_id(e->store, again.rows[i].id, &e->step, &m, err))
            return false;
        /* The settings may have changed since: it goes where alerts go now. */
        if (!message_readdress(e->store, &m, e->options->channels[channel].name, admin_address(e), err) ||
            !dispatch(e, &m, err))
            return false;
    }
    return true;
}

bool alerts_send(struct engine *e, struct err *err)
{
    size_t channel;
    int64_t id;
    const char *text;
    e->alert_next = INSTANT_NEVER;
    if (!e->options->admin.email)
        return true;
    if (!send_again(e, err))
        return false;
    for (;;) {
        instant then;
        if (!alert_next(e->store, e->today - 1, &e->step, &id, &text, err))
            return false;
        if (!id)
            return true;
        if (!admin_channel(e, &channel, &then)) {
            e->alert_next = then < e->alert_next ? then : e->alert_next;
            return true;
        }
        if (!write_alert(e, channel, id, text, err))
            return false;
    }
}
