/* A channel: one file, one row. Pure: options, message and reply in; request and verdict out. */
#ifndef CHANNEL_CHANNEL_H
#define CHANNEL_CHANNEL_H

#include "base/arena.h"
#include "model/message.h"
#include "post/post.h"

/* What build() needs of this moment: it opens no files and reads no clock. */
struct supplies {
    instant now;
    const char *secret, *old_secret; /* what secret_file and old_secret_file hold; NULL: not configured */
};

struct channel_kind {
    const char *name;
    const char *base; /* where the service is, unless `url` says otherwise; NULL: there is no such place */
    duration gap;     /* at least so long between two messages to one address, as the service demands; 0: no matter */
    bool chat;        /* messages are kept as compose/chat.h keeps them; else as mails */
    /* Are these options complete and sane? */
    void (*check)(const struct channel_options *o, struct complaints *c);
    /* Can this address be written to (reference/reliability.md V1, V4)? */
    bool (*address_ok)(const char *address, struct err *e);
    /* Can this be what the service gave? NULL: whatever is one word. */
    bool (*secret_ok)(const char *secret, struct err *e);
    /* message -> what to transfer; the address is judged once more, last of all. */
    bool (*build)(const struct channel_options *o, const struct message *m, const struct supplies *s, struct arena *a,
                  struct transfer *out, struct err *e);
    /* The like, but a request that sends nothing and tells whether secret, address or message would be refused; judged
     * as the others are. NULL: the service cannot be asked. */
    bool (*probe)(const struct channel_options *o, const struct message *m, const struct supplies *s, struct arena *a,
                  struct transfer *out, struct err *e);
    /* What came back -> verdict. `r->why` is one line for people. */
    void (*judge)(const struct channel_options *o, const struct reply *from, struct receipt *r);
};

extern const struct channel_kind channel_discord, channel_email, channel_folder, channel_googlechat, channel_line,
    channel_matrix, channel_mattermost, channel_max, channel_ntfy, channel_rocketchat, channel_slack, channel_sms,
    channel_teams, channel_telegram, channel_webhook, channel_whatsapp;

/* The kind with that name, or NULL. */
const struct channel_kind *channel_kind_find(const char *name);
const struct channel_kind *const *channel_kinds(size_t *n);

/* Is every channel of the configuration one we know, and are its options complete and sane? */
void channels_check(const struct options *o, struct complaints *c);

/* One of admin.channels, "email" or "telegram:4711": which channel (n_channels: none) and the admin's address there, or
 * NULL. */
const char *channel_admin_address(const struct options *o, const char *entry, size_t *channel);

/* Can `secret` be what secret_file of such a channel holds? */
bool channel_secret_ok(const struct channel_kind *kind, const char *secret, struct err *e);

/* One attempt: read the secrets, build, transfer, judge. May wait; for couriers. `r->message` is not touched. */
void channel_deliver(const struct channel_options *o, const struct message *m, struct session *session, instant now,
                     struct receipt *r);

/* As much of it as can be tried without sending; VERDICT_SENT: nothing speaks against it, as far as `r->why` says. */
void channel_try(const struct channel_options *o, const struct message *m, struct session *session, instant now,
                 struct receipt *r);

/* The bare address of "Name <a@b>" or "a@b" into `out`; false if there is none. */
bool address_bare(const char *text, char *out, size_t room);

#endif
