/* Who is told about a customer, over what, and whether that way is free just now. */
#include "engine/inner.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

size_t channel_index(const struct engine *e, const char *name)
{
    size_t i = 0;
    while (i < e->options->n_channels && strcmp(e->options->channels[i].name, name) != 0)
        i++;
    return i;
}

const char *channel_pause(struct engine *e, size_t channel)
{
    return arena_print(&e->step, "pause %s", e->options->channels[channel].name);
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

struct way {
    size_t channel;
    const char *address;
};

struct ways {
    struct way *rows;
    size_t n;
};

static void add_way(struct engine *e, struct ways *all, const struct salesperson *s, const char *name)
{
    struct way w = { channel_index(e, name), person_address(s, name) };
    if (w.channel == e->options->n_channels || !works(e, name, &w.address))
        return;
    all->rows = arena_grow(&e->step, all->rows, all->n, sizeof *all->rows);
    all->rows[all->n++] = w;
}

/* A person's channels with a working address, in their order. Whoever names none has all; but of those for mails (the
 * folder is one) only the first: a file in a folder reaches nobody whom the mail did not. */
static struct ways ways_to(struct engine *e, const struct salesperson *s)
{
    struct ways all = { 0 };
    char *order = s->channels && *s->channels ? arena_copy(&e->step, s->channels) : NULL, *rest = NULL;
    for (char *name = order ? strtok_r(order, " ,", &rest) : NULL; name; name = strtok_r(NULL, " ,", &rest))
        add_way(e, &all, s, name);
    bool mails = false;
    for (size_t i = 0; !order && i < e->options->n_channels; i++) {
        const struct channel_kind *kind = channel_kind_find(e->options->channels[i].name);
        bool mail = kind && !kind->chat;
        if (!mail || !mails)
            add_way(e, &all, s, e->options->channels[i].name);
        mails |= mail;
    }
    return all;
}

/* Nothing can be expected of it for now: it was stopped, or has been away for an hour and is not tried just yet. */
static bool channel_down(const struct engine *e, size_t channel)
{
    const struct channel_now *c = &e->channels[channel];
    return c->stopped_until > e->now || (c->failures && c->paused_until > e->now && e->now - c->failing_since >= HOUR);
}

/* The first that is not down; if all are, the first. */
static bool reach(struct engine *e, const struct salesperson *s, size_t *channel, const char **address)
{
    struct ways all = ways_to(e, s);
    size_t i = 0;
    while (i < all.n && channel_down(e, all.rows[i].channel))
        i++;
    if (!all.n)
        return false;
    *channel = all.rows[i < all.n ? i : 0].channel;
    *address = all.rows[i < all.n ? i : 0].address;
    return true;
}

bool still_reached(struct engine *e, const struct salesperson *s, const struct message *m)
{
    struct ways all = ways_to(e, s);
    size_t channel = channel_index(e, m->channel);
    for (size_t i = 0; i < all.n; i++)
        if (all.rows[i].channel == channel && strcmp(all.rows[i].address, m->address) == 0)
            return true;
    return false;
}

instant falls_back(struct engine *e, const struct message *m, instant at)
{
    const struct salesperson *s = person_find(e->people, m->person);
    size_t channel = channel_index(e, m->channel);
    if (!s || message_doubtful(m) || channel == e->options->n_channels)
        return at;
    const struct channel_now *c = &e->channels[channel];
    instant down = c->stopped_until > e->now ? e->now : c->failures ? c->failing_since + HOUR : INSTANT_NEVER;
    struct ways all = ways_to(e, s);
    for (size_t i = 0; i < all.n; i++)
        if (all.rows[i].channel != channel && !channel_down(e, all.rows[i].channel) && down < at)
            return down > e->now ? down : e->now;
    return at;
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

/* When the last message left for that address; those of before are forgotten. */
static struct recent *recent_find(struct channel_now *c, const char *address, duration gap, instant now)
{
    struct recent *found = NULL;
    size_t n = 0;
    for (size_t i = 0; i < c->n_recent; i++)
        if (c->recent[i].at <= now && now - c->recent[i].at < gap)
            c->recent[n++] = c->recent[i];
        else
            free(c->recent[i].address);
    c->n_recent = n;
    for (size_t i = 0; i < n; i++)
        if (strcmp(c->recent[i].address, address) == 0)
            found = &c->recent[i];
    return found;
}

static duration gap_of(const struct engine *e, size_t channel)
{
    const struct channel_kind *kind = channel_kind_find(e->options->channels[channel].name);
    return kind ? kind->gap : 0;
}

bool channel_rests(const struct engine *e, size_t channel)
{
    return gap_of(e, channel) > 0;
}

bool address_ready(struct engine *e, size_t channel, const char *address, instant *again)
{
    duration gap = gap_of(e, channel);
    const struct recent *r = gap ? recent_find(&e->channels[channel], address, gap, e->now) : NULL;
    if (r)
        *again = r->at + gap;
    return !r;
}

void address_used(struct engine *e, size_t channel, const char *address)
{
    duration gap = gap_of(e, channel);
    struct channel_now *c = &e->channels[channel];
    struct recent *r = gap ? recent_find(c, address, gap, e->now) : NULL;
    if (!gap)
        return;
    if (!r) {
        c->recent = mem_resize(c->recent, (c->n_recent + 1) * sizeof *c->recent);
        r = &c->recent[c->n_recent++];
        r->address = mem_copy(address);
    }
    r->at = e->now;
}

bool may_send(struct engine *e, size_t channel)
{
    instant again;
    return channel_ready(e, channel, &again) && e->ports.idle(e->ports.context, channel) > e->channels[channel].claimed;
}
