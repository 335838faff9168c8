/* A channel: one file, one row. Pure: options, message and reply in; request and verdict out. */
#ifndef CHANNEL_CHANNEL_H
#define CHANNEL_CHANNEL_H

#include "base/arena.h"
#include "model/message.h"
#include "post/post.h"

struct channel_kind {
    const char *name;
    /* Are these options complete and sane? */
    void (*check)(const struct channel_options *o, struct complaints *c);
    /* Can this address be written to (reference/reliability.md V1, V4)? */
    bool (*address_ok)(const char *address, struct err *e);
    /* message -> what to transfer; the address is judged once more, last of all. */
    bool (*build)(const struct channel_options *o, const struct message *m, struct arena *a, struct transfer *out,
                  struct err *e);
    /* What came back -> verdict. `r->why` is one line for people. */
    void (*judge)(const struct channel_options *o, const struct reply *from, struct receipt *r);
};

extern const struct channel_kind channel_email, channel_folder;

/* The kind with that name, or NULL. */
const struct channel_kind *channel_kind_find(const char *name);
const struct channel_kind *const *channel_kinds(size_t *n);

/* Is every channel of the configuration one we know, and are its options complete and sane? */
void channels_check(const struct options *o, struct complaints *c);

/* The bare address of "Name <a@b>" or "a@b" into `out`; false if there is none. */
bool address_bare(const char *text, char *out, size_t room);

#endif
