/* followupctl offers: what the till or the ERP imports */
#include "ctl/table.h"

#include "store/offers.h"

static const char *size_of(struct ctl *c, const struct issued_offer *o)
{
    switch (o->kind) {
    case OFFER_PERCENT:
        return arena_print(&c->arena, "%g", o->percent);
    case OFFER_AMOUNT:
        return arena_print(&c->arena, "%lld.%02lld", (long long)(o->amount / 100), (long long)(o->amount % 100));
    case OFFER_GIFT:
        return o->gift;
    case OFFER_FREE_DELIVERY:
        return NULL;
    }
    return NULL;
}

static int run(struct ctl *c, int argc, char **argv)
{
    static const char *const kinds[] = { [OFFER_PERCENT] = "percent",
                                         [OFFER_AMOUNT] = "amount",
                                         [OFFER_GIFT] = "gift",
                                         [OFFER_FREE_DELIVERY] = "free delivery" };
    struct issued_offers all = { 0 };
    struct err e;
    if (argc)
        return ctl_fail(CTL_USAGE, "offers takes no argument \"%s\"", argv[0]);
    if (c->store && !offers_issued(c->store, c->now, &c->arena, &all, &e))
        return ctl_fail(CTL_CRITICAL, "%s", e.text);
    struct table *t = table_new("code,customer,offer,kind,size,valid_until,state,issued");
    for (size_t i = 0; i < all.n; i++) {
        const struct issued_offer *o = &all.rows[i];
        char day[16];
        table_add(t, o->code, o->customer, o->terms, kinds[o->kind], size_of(c, o), date_print(o->last_day, day),
                  offer_state_name(o->state), ctl_when(c, o->issued_at));
    }
    table_print(t, c->format, stdout);
    table_free(t);
    return CTL_OK;
}

const struct verb verb_offers = {
    .name = "offers",
    .arguments = "",
    .what = "All offers issued, with code, size and last day: what a till or an ERP imports as CSV.",
    .run = run,
    .store = true,
};
