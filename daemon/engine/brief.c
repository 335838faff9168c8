#include "engine/brief.h"

#include "channel/address.h"
#include "channel/channel.h"

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
