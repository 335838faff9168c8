/* What the admin is told: at most once per cause and day, outside hours and caps, and always in the journal too. */
#include "engine/inner.h"

#include <stdarg.h>
#include <stdio.h>

bool raise_alert(struct engine *e, struct err *err, const char *cause, const char *format, ...)
{
    char text[1024];
    bool fresh;
    va_list rest;
    va_start(rest, format);
    vsnprintf(text, sizeof text, format, rest);
    va_end(rest);
    if (!alert_raise(e->store, cause, e->today, text, e->now, &fresh, err))
        return false;
    if (fresh)
        note(e, 4, NULL, "%s", text);
    return true;
}

/* The first channel the admin is reached over that can take a message now. */
static bool admin_channel(struct engine *e, size_t *channel)
{
    const struct words *names = &e->options->admin.channels;
    instant again;
    for (size_t i = 0; i < names->n; i++) {
        *channel = channel_index(e, names->rows[i]);
        if (*channel < e->options->n_channels && channel_ready(e, *channel, &again)
            && e->ports.idle(e->ports.context, *channel) > e->channels[*channel].claimed)
            return true;
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
    if (!compose_mail(company_composer(e->company), &b, &e->step, &rendered, err))
        return err_wrap(err, "render an alert");
    m.subject = rendered.subject;
    m.bytes = rendered.bytes;
    m.size = rendered.size;
    return message_dress(e->store, &m, err) && alert_set_message(e->store, id, m.id, err) && dispatch(e, &m, err);
}

bool alerts_send(struct engine *e, struct err *err)
{
    struct messages again;
    size_t channel;
    int64_t id;
    const char *text;
    e->alert_next = INSTANT_NEVER;
    if (!e->options->admin.email)
        return true;
    if (!admin_channel(e, &channel)) {
        e->alert_next = e->now + MINUTE;
        return true;
    }
    if (!alerts_to_send(e->store, INSTANT_NEVER, &e->step, &again, err))
        return false;
    for (size_t i = 0; i < again.n && admin_channel(e, &channel); i++) {
        struct message m;
        if (again.rows[i].not_before > e->now) {
            if (again.rows[i].not_before < e->alert_next)
                e->alert_next = again.rows[i].not_before;
            continue;
        }
        if (!message_by_id(e->store, again.rows[i].id, &e->step, &m, err))
            return false;
        /* The settings may have changed since: it goes where alerts go now. */
        if (!message_readdress(e->store, &m, e->options->channels[channel].name, admin_address(e), err) || !dispatch(e, &m, err))
            return false;
    }
    while (admin_channel(e, &channel)) {
        if (!alert_next(e->store, e->today - 1, &e->step, &id, &text, err))
            return false;
        if (!id)
            return true;
        if (!write_alert(e, channel, id, text, err))
            return false;
    }
    return true;
}
