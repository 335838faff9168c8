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
