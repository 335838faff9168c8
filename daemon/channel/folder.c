/* The channel "folder": messages as files, for trying things out and for programs that pick them up. */
#include "channel/address.h"
#include "channel/channel.h"

#include "post/words.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

/* A name on disk has at most 255 bytes; ".eml.tmp" and our own tail must fit too. */
#define NAME_MOST 180

static void check(const struct channel_options *o, struct complaints *c)
{
    if (!o->path || !o->path[0])
        complain(c, o->place.file, o->place.line, "channel %s: path is missing: write path = \"/var/spool/followupd\"",
                 o->name);
}

/* The files are mails: who they are to must be an address as on the wire. */
static bool address_ok(const char *address, struct err *e)
{
    char wire[ADDRESS_ROOM];
    return address_wire(address, wire, sizeof wire, e);
}

/* A file name made of `id` that stays in its folder. Where it had to be changed, the message's number keeps it apart
 * from others. */
static const char *file_name(const char *id, int64_t number, struct arena *a)
{
    char name[NAME_MOST + 1];
    size_t n = 0;
    bool same = true;
    for (; id[n] && n < NAME_MOST; n++) {
        bool plain = isalnum((unsigned char)id[n]) || strchr("@_+=-", id[n]) || (id[n] == '.' && n > 0);
        name[n] = plain ? id[n] : '_';
        same = same && plain;
    }
    name[n] = '\0';
    if (same && n && !id[n])
        return arena_print(a, "%s.eml", name);
    return arena_print(a, "%s-%lld.eml", name, (long long)number);
}

static bool build(const struct channel_options *o, const struct message *m, const struct supplies *supplies,
                  struct arena *a, struct transfer *out, struct err *e)
{
    (void)supplies;
    if (!m->message_id || !m->bytes)
        return err_set(e, "the message has no id or no text");
    *out = (struct transfer){ .kind = TRANSFER_FILE, .bytes = m->bytes, .size = m->size };
    out->path = arena_print(a, "%s/%s", o->path, file_name(m->message_id, m->id, a));
    return true;
}

/* Whatever keeps one file from being written keeps all of them. */
static void judge(const struct channel_options *o, const struct reply *from, struct receipt *r)
{
    (void)o;
    bool sent = from->stage == STAGE_DONE;
    r->verdict = sent ? VERDICT_SENT : VERDICT_LATER;
    r->blame = BLAME_CHANNEL;
    r->wait = 0;
    r->at_once = false;
    r->code[0] = r->why[0] = '\0';
    if (from->transport)
        snprintf(r->code, sizeof r->code, "errno %d", from->transport);
    if (!sent)
        words_append(r->why, sizeof r->why, from->text, strlen(from->text));
}

const struct channel_kind channel_folder = {
    .name = "folder",
    .check = check,
    .address_ok = address_ok,
    .build = build,
    .judge = judge,
};
