#include "channel/channel.h"

#include "base/secret.h"

#include <stdio.h>
#include <string.h>

static const struct channel_kind *const kinds[] = {
    &channel_email,      &channel_folder,   &channel_discord, &channel_googlechat, &channel_line,  &channel_matrix,
    &channel_mattermost, &channel_max,      &channel_ntfy,    &channel_rocketchat, &channel_slack, &channel_sms,
    &channel_teams,      &channel_telegram, &channel_webhook, &channel_whatsapp
};

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

const char *channel_admin_address(const struct options *o, const char *entry, size_t *channel)
{
    size_t size = strcspn(entry, ":");
    for (*channel = 0; *channel < o->n_channels; ++*channel) {
        const char *name = o->channels[*channel].name;
        const struct channel_kind *kind = channel_kind_find(name);
        if (!kind || strlen(name) != size || strncmp(name, entry, size) != 0)
            continue;
        if (!kind->chat)
            return o->admin.email;
        return entry[size] && entry[size + 1] ? entry + size + 1 : NULL;
    }
    return NULL;
}

static void check_admin(const struct options *o, struct complaints *c)
{
    struct place place = place_find(o, "admin.channels");
    for (size_t i = 0; i < o->admin.channels.n; i++) {
        const char *entry = o->admin.channels.rows[i];
        size_t channel;
        struct err e;
        const char *address = channel_admin_address(o, entry, &channel);
        if (channel == o->n_channels)
            continue; /* settings/ said so */
        const char *name = o->channels[channel].name;
        const struct channel_kind *kind = channel_kind_find(name);
        if (!kind->chat && strchr(entry, ':'))
            complain(c, place.file, place.line,
                     "admin.channels: mail goes to admin.email; write \"%s\" without an address behind it", name);
        else if (kind->chat && !address)
            complain(c, place.file, place.line,
                     "admin.channels names %s without the admin's address there; write \"%s:ADDRESS\"", name, name);
        else if (kind->chat && !kind->address_ok(address, &e))
            complain(c, place.file, place.line, "admin.channels, %s: %s", name, e.text);
    }
}

void channels_check(const struct options *o, struct complaints *c)
{
    char names[400] = "";
    for (size_t i = 0, n = sizeof kinds / sizeof kinds[0]; i < n; i++)
        snprintf(names + strlen(names), sizeof names - strlen(names), "%s%s",
                 i == 0      ? ""
                 : i + 1 < n ? ", "
                             : " and ",
                 kinds[i]->name);
    for (size_t i = 0; i < o->n_channels; i++) {
        const struct channel_options *channel = &o->channels[i];
        const struct channel_kind *kind = channel_kind_find(channel->name);
        if (kind)
            kind->check(channel, c);
        else
            complain(c, channel->place.file, channel->place.line, "there is no channel \"%s\"; there are %s",
                     channel->name, names);
    }
    check_admin(o, c);
}

/* A token or an address has no line breaks and blanks; what has some is another file. */
bool channel_secret_ok(const struct channel_kind *kind, const char *secret, struct err *e)
{
    for (const unsigned char *p = (const unsigned char *)secret; *p; p++)
        if (*p <= ' ' || *p >= 0x7F)
            return err_set(e, "this is no token or address: write it alone, on one line");
    return !kind->secret_ok || kind->secret_ok(secret, e);
}

static bool supply(const struct channel_kind *kind, const char *file, const char **secret, char **read, struct err *e)
{
    if (!file)
        return true;
    if (!secret_read(read, file, e))
        return false;
    *secret = *read;
    return channel_secret_ok(kind, *read, e) || err_wrap(e, "secret %s", file);
}

static void give_up(struct receipt *r, enum verdict verdict, enum blame blame, const struct err *e)
{
    r->verdict = verdict;
    r->blame = blame;
    snprintf(r->why, sizeof r->why, "%.*s", (int)sizeof r->why - 1, e->text);
}

static void attempt(const struct channel_options *o, const struct message *m, struct session *session, instant now,
                    bool only_try, struct receipt *r)
{
    const struct channel_kind *kind = channel_kind_find(o->name);
    bool ask = !only_try || kind->probe;
    struct arena a = { 0 };
    struct supplies s = { .now = now };
    struct transfer t = { 0 };
    struct reply reply = { 0 };
    struct err e = { "" };
    char *secret = NULL, *old = NULL;
    if (!supply(kind, o->secret_file, &s.secret, &secret, &e) ||
        !supply(kind, o->old_secret_file, &s.old_secret, &old, &e)) {
        give_up(r, VERDICT_LATER, BLAME_CHANNEL, &e);
    } else if (!(only_try && ask ? kind->probe : kind->build)(o, m, &s, &a, &t, &e)) {
        give_up(r, VERDICT_REFUSED, BLAME_PERSON, &e);
    } else if (ask) {
        session_run(session, &t, &reply);
        kind->judge(o, &reply, r);
        if (r->verdict == VERDICT_SENT && t.note && !r->why[0])
            snprintf(r->why, sizeof r->why, "%s", t.note);
    } else {
        r->verdict = VERDICT_SENT;
        snprintf(r->why, sizeof r->why, "%s%saddress and message can be written; only a real message shows more",
                 t.note ? t.note : "", t.note ? ": " : "");
    }
    secret_wipe(secret);
    secret_wipe(old);
    arena_done(&a);
}

void channel_deliver(const struct channel_options *o, const struct message *m, struct session *session, instant now,
                     struct receipt *r)
{
    attempt(o, m, session, now, false, r);
}

void channel_try(const struct channel_options *o, const struct message *m, struct session *session, instant now,
                 struct receipt *r)
{
    attempt(o, m, session, now, true, r);
}
