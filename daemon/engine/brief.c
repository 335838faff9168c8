#include "engine/brief.h"

#include "base/token.h"
#include "channel/address.h"
#include "channel/channel.h"
#include "plan/similar.h"
#include "plan/slot.h"

#include <string.h>

const char *channel_from(const struct channel_options *c)
{
    return c->from && *c->from ? c->from : "followupd <followupd@localhost>";
}

const char *channel_domain(const struct channel_options *c, struct arena *a)
{
    char wire[ADDRESS_ROOM];
    struct err e;
    const char *at = address_wire(channel_from(c), wire, sizeof wire, &e) ? strrchr(wire, '@') : NULL;
    return at ? arena_copy(a, at + 1) : "localhost";
}

const char *address_to_write(const char *address, struct arena *a)
{
    char wire[ADDRESS_ROOM];
    struct err e;
    return address_wire(address, wire, sizeof wire, &e) ? arena_copy(a, wire) : address;
}

const char *person_address(const struct salesperson *s, const char *channel)
{
    if (strcmp(channel, "email") == 0 || strcmp(channel, "folder") == 0)
        return s->email;
    for (size_t i = 0; i < s->n_chats; i++)
        if (strcmp(s->chats[i].channel, channel) == 0)
            return s->chats[i].value;
    return NULL;
}

bool brief_render(struct company *company, const struct channel_options *c, const struct brief *b, struct arena *a,
                  struct rendered *out, struct err *e)
{
    const struct channel_kind *kind = channel_kind_find(c->name);
    if (!kind || !kind->chat)
        return compose_mail(company_composer(company), b, a, out, e);
    struct brief bare = *b; /* nothing can be attached to a chat */
    bare.meeting = NULL;
    bare.meeting_also = NULL;
    return compose_chat(company_composer(company), &bare, a, out, e);
}

struct brief brief_of(struct company *company, const struct people *people, const struct salesperson *to,
                      const struct facts *f, const struct rule *r, const struct channel_options *c, const char *address,
                      instant now)
{
    const struct salesperson *owner = f && people ? person_find(people, f->customer.salesperson) : NULL;
    return (struct brief){
        .template = r ? rule_kind_name(r->kind) : "test",
        .language = to->language,
        .options = company_options(company),
        .to = to,
        .covering = owner && strcmp(owner->id, to->id) != 0 ? owner->name : NULL,
        .zone = person_zone(company, to, NULL),
        .facts = f,
        .rule = r,
        .now = now,
        .from = channel_from(c),
        .reply_to = c->reply_to,
        .address = address,
    };
}

void brief_add_similar(struct brief *b, const struct paces *p, struct arena *a)
{
    const char **texts = arena_new(a, VALUED_MOST * sizeof *texts);
    b->similar = texts;
    b->n_similar = similar_values(p, b->rule->kind, b->facts->customer.category, texts);
}

struct meeting *meeting_of(struct company *company, const struct salesperson *s, const struct rule *r,
                           const struct channel_options *c, uint64_t seed, instant now, struct arena *a)
{
    static const int minutes[RULE_KINDS] = { [RULE_REVIEW] = 60, [RULE_VISIT] = 30 };
    struct slot slot;
    struct slot_wish wish = { .hours = person_hours(company, s, NULL),
                              .off = person_holidays(company, s),
                              .zone = person_zone(company, s, NULL),
                              .now = now,
                              .away_until = s->away_until,
                              .minutes = minutes[r->kind],
                              .seed = seed };
    if (!wish.minutes || !slot_propose(&wish, &slot))
        return NULL;
    struct meeting *m = arena_new(a, sizeof *m);
    *m = (struct meeting){ slot.start, slot.end, .organizer = address_to_write(channel_from(c), a) };
    return m;
}

const struct meeting *meeting_of_episode(struct company *company, const struct episode *ep, const struct salesperson *s,
                                         const struct rule *r, const struct channel_options *c,
                                         const uint8_t secret[32], instant now, struct arena *a)
{
    uint8_t mac[32];
    struct meeting *m = meeting_of(company, s, r, c, (uint64_t)ep->id, now, a);
    if (!m)
        return NULL;
    token_mac(secret, arena_print(a, "meeting %lld", (long long)ep->id), mac);
    m->uid = arena_print(a, "meeting%lld.%02x%02x%02x%02x@%s", (long long)ep->id, mac[0], mac[1], mac[2], mac[3],
                         channel_domain(c, a));
    m->sequence = ep->step;
    return m;
}
