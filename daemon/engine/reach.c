/* Who is told about a customer, over what, and whether that way is free just now. */
#include "engine/inner.h"

#include <string.h>

size_t channel_index(const struct engine *e, const char *name)
{
    size_t i = 0;
    while (i < e->options->n_channels && strcmp(e->options->channels[i].name, name) != 0)
        i++;
    return i;
}

/* Can this address be written to over that channel? It becomes what goes on the wire. */
static bool works(struct engine *e, const char *channel, const char **address)
{
    const struct channel_kind *kind = channel_kind_find(channel);
    struct stop stop;
    struct err err;
    if (!kind || !*address || !kind->address_ok(*address, &err))
        return false;
    *address = address_to_write(*address, &e->step);
    const char *what = arena_print(&e->step, "address %s %s", channel, *address);
    return stop_get(e->store, what, &e->step, &stop, &err) && (!stop.what || stop.until <= e->now);
}

/* The first of a person's channels, in their order, that has a working address. */
static bool reach(struct engine *e, const struct salesperson *s, size_t *channel, const char **address)
{
    char *order = s->channels && *s->channels ? arena_copy(&e->step, s->channels) : NULL, *rest = NULL;
    for (char *name = order ? strtok_r(order, " ,", &rest) : NULL; name; name = strtok_r(NULL, " ,", &rest)) {
        *channel = channel_index(e, name);
        *address = person_address(s, name);
        if (*channel < e->options->n_channels && works(e, name, address))
            return true;
    }
    for (*channel = 0; !order && *channel < e->options->n_channels; ++*channel) {
        *address = person_address(s, e->options->channels[*channel].name);
        if (works(e, e->options->channels[*channel].name, address))
            return true;
    }
    return false;
}

static bool usable(const void *context, const struct salesperson *s)
{
    size_t channel;
    const char *address;
    return reach((struct engine *)context, s, &channel, &address);
}

const struct salesperson *recipient(struct engine *e, const char *owner, size_t *channel, const char **address)
{
    if (!e->people)
        return NULL;
    const struct salesperson *s = route(e->people, owner, e->options->people.unassigned, e->today, usable, e);
    return s && reach(e, s, channel, address) ? s : NULL;
}

bool channel_ready(struct engine *e, size_t channel, instant *again)
{
    struct channel_now *c = &e->channels[channel];
    int most = e->options->channels[channel].per_minute;
    if (c->minute == INSTANT_NONE || e->now - c->minute >= MINUTE || e->now < c->minute) {
        c->minute = e->now;
        c->in_minute = 0;
    }
    instant until = c->paused_until > c->stopped_until ? c->paused_until : c->stopped_until;
    if (until <= e->now && most && c->in_minute >= most)
        until = c->minute + MINUTE;
    if (until > e->now) {
        *again = until;
        return false;
    }
    return true;
}

bool may_send(struct engine *e, size_t channel)
{
    instant again;
    return channel_ready(e, channel, &again) && e->ports.idle(e->ports.context, channel) > e->channels[channel].claimed;
}
