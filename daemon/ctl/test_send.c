/* followupctl test-send --to PERSON [--channel NAME] [--dry-run] */
#include "ctl/ctl.h"

#include "channel/channel.h"
#include "engine/brief.h"
#include "post/post.h"

#include <string.h>

/* An id of the salespeople query, or an address as it stands; *address is where that channel reaches them. */
static const struct salesperson *find(struct ctl *c, const char *to, const struct channel_options *o, struct people *p,
                                      const char **address, struct err *e)
{
    const struct channel_kind *kind = channel_kind_find(o->name);
    if (!source_people(c->source, c->now, &c->arena, p, e))
        return NULL;
    const struct salesperson *s = person_find(p, to);
    *address = s ? person_address(s, o->name) : to;
    if (s && !*address) {
        err_set(e, "salesperson %s has no address on %s; give them one in the column %s of the salespeople query", to,
                o->name, kind->chat ? o->name : "email");
        return NULL;
    }
    *address = address_to_write(*address, &c->arena);
    if (!s && !kind->chat && !strchr(to, '@')) {
        err_set(e,
                "there is no salesperson \"%s\", and it is no address either; write an id of the salespeople query, or "
                "name@example.com",
                to);
        return NULL;
    }
    if (!kind->address_ok(*address, e)) {
        if (!s && kind->chat)
            err_wrap(e, "there is no salesperson \"%s\" in the salespeople query, and it is no address either", to);
        return NULL;
    }
    if (s)
        return s;
    struct salesperson *stranger = arena_new(&c->arena, sizeof *stranger);
    *stranger = (struct salesperson){ .id = to, .name = "", .active = true, .away_until = DATE_NONE };
    return stranger;
}

static int deliver(struct ctl *c, const struct channel_options *o, const struct message *m, bool only_try)
{
    struct receipt r = { 0 };
    struct err e;
    if (!post_init(&e))
        return ctl_fail(CTL_CRITICAL, "%s", e.text);
    struct session *s = session_new();
    (only_try ? channel_try : channel_deliver)(o, m, s, c->now, &r);
    session_free(s);
    const char *what = r.verdict == VERDICT_LATER ? "not sent" : verdict_name(r.verdict);
    if (r.verdict != VERDICT_SENT)
        return ctl_fail(CTL_CRITICAL, "%s:%d: %s to %s by %s: %s", o->place.file, o->place.line, what, m->address,
                        o->name, r.why);
    if (only_try) {
        printf("nothing was sent to %s by %s; %s\n", m->address, o->name,
               r.why[0] ? r.why : "asked, the service has nothing against it");
        return CTL_OK;
    }
    printf("%s to %s by %s%s%s\n", what, m->address, o->name, r.why[0] ? ": " : "", r.why);
    return CTL_OK;
}

static int run(struct ctl *c, int argc, char **argv)
{
    struct err e;
    struct people people;
    struct rendered text;
    const char *to = ctl_option(&argc, argv, "--to"), *name = ctl_option(&argc, argv, "--channel");
    bool only_try = ctl_flag(&argc, argv, "--dry-run");
    if (!to || argc)
        return ctl_fail(CTL_USAGE, "say to whom: followupctl test-send %s", verb_test_send.arguments);
    const struct channel_options *o = name                     ? channel_find(c->options, name)
                                      : c->options->n_channels ? c->options->channels
                                                               : NULL;
    if (!o)
        return ctl_fail(CTL_USAGE,
                        "there is no channel \"%s\" in %s; the channels are the names inside of channels = { ... };",
                        name ? name : "", c->file);
    const char *address;
    const struct salesperson *s = find(c, to, o, &people, &address, &e);
    if (!s)
        return ctl_fail(CTL_CRITICAL, "%s", e.text);
    struct message m = { .channel = o->name, .person = s->id, .address = address, .claimed_at = c->now };
    m.message_id = arena_print(&c->arena, "test.%lld@%s", (long long)c->now, channel_domain(o, &c->arena));
    struct brief b = brief_of(c->company, NULL, s, NULL, NULL, o, m.address, c->now);
    b.message_id = m.message_id;
    if (!brief_render(c->company, o, &b, &c->arena, &text, &e))
        return ctl_fail(CTL_CRITICAL, "%s", e.text);
    m.subject = text.subject;
    m.bytes = text.bytes;
    m.size = text.size;
    return deliver(c, o, &m, only_try);
}

const struct verb verb_test_send = {
    .name = "test-send",
    .arguments = "--to PERSON|ADDRESS [--channel NAME] [--dry-run]",
    .what =
        "Send a test message through the real channel and say what the server answered. Touches no episode. --dry-run: "
        "send nothing, but ask the service about secret, address and message where it can be asked.",
    .run = run,
    .store = true, /* for its owner: files of the folder channel must be the daemon's */
};
