#include "channel/channel.h"

#include <string.h>

static const struct channel_kind *const kinds[] = { &channel_email, &channel_folder };

const struct channel_kind *const *channel_kinds(size_t *n)
{
    *n = sizeof kinds / sizeof kinds[0];
    return kinds;
}

const struct channel_kind *channel_kind_find(const char *name)
{
    for (size_t i = 0; name && i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i]->name, name) == 0)
            return kinds[i];
    return NULL;
}

void channels_check(const struct options *o, struct complaints *c)
{
    for (size_t i = 0; i < o->n_channels; i++) {
        const struct channel_options *channel = &o->channels[i];
        const struct channel_kind *kind = channel_kind_find(channel->name);
        if (kind)
            kind->check(channel, c);
        else
            complain(c, channel->place.file, channel->place.line, "there is no channel \"%s\"; write email or folder",
                     channel->name);
    }
}
