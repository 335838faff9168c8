/* Sentences about what customers bought, and who spoke with whom. */
#include "stories/sentences.h"

#include "store/offers.h"

#include <stdlib.h>
#include <string.h>

static struct deed *add_deed(struct said *x, const char *id)
{
    struct teller *t = x->t;
    t->deeds = arena_grow(x->a, t->deeds, t->n_deeds, sizeof *t->deeds);
    t->deeds[t->n_deeds].customer = said_customer(x, id)->id;
    return &t->deeds[t->n_deeds++];
}

static void do_again(struct said *x, const struct deed *d)
{
    if (d->is_contact)
        world_contact(x->t->world, d->customer, &d->contact);
    else
        world_purchase(x->t->world, d->customer, &d->purchase);
}

static void add_purchase(struct said *x, const char *id, instant at, const char *amount, const char *code)
{
    struct deed *d = add_deed(x, id);
    d->purchase = (struct purchase){ .at = at,
                                     .day = zone_date(x->t->zone, at),
                                     .amount = amount ? said_money(x, amount) : MONEY_NONE,
                                     .delivered = DATE_NONE,
                                     .offer_code = code };
    do_again(x, d);
}

static void bought_on(struct said *x, const char *who, const char *days, const char *amount)
{
    for (const char *names = who, *id; (id = said_next(x, &names));)
        for (const char *list = days, *day; (day = said_next(x, &list));)
            add_purchase(x, id, said_noon(x, said_day(x, day)), amount, NULL);
}

static void bought(struct said *x)
{
    bought_on(x, x->part[0], x->part[1], NULL);
}

static void bought_for(struct said *x)
{
    bought_on(x, x->part[0], x->part[1], x->part[2]);
}

static void bought_often(struct said *x)
{
    int days = atoi(x->part[2]);
    const char *last = x->part[3], *amount = NULL, *out[CAPTURES];
    if (sentence_is(last, "$ for $", x->a, out)) {
        last = out[0];
        amount = out[1];
    }
    for (const char *names = x->part[0], *id; (id = said_next(x, &names));)
        for (int k = atoi(x->part[1]); k-- > 0;)
            add_purchase(x, id, said_noon(x, said_day(x, last) - k * days), amount, NULL);
}

static void buys(struct said *x)
{
    for (const char *names = x->part[0], *id; (id = said_next(x, &names));)
        add_purchase(x, id, world_now(x->t->world), NULL, NULL);
}

static void buys_for(struct said *x)
{
    add_purchase(x, x->part[0], world_now(x->t->world), x->part[1], NULL);
}

/* The customer shows the code of the last offer. */
static void buys_with_offer(struct said *x)
{
    struct issued_offers offers;
    struct err e;
    const char *code = NULL;
    if (!offers_issued(world_store(x->t->world), world_now(x->t->world), x->a, &offers, &e))
        story_fail(x->s, x->line->number, "%s", e.text);
    for (size_t i = 0; i < offers.n; i++)
        if (strcmp(offers.rows[i].customer, x->part[0]) == 0)
            code = offers.rows[i].code;
    if (!code)
        story_fail(x->s, x->line->number, "%s has no offer", x->part[0]);
    add_purchase(x, x->part[0], world_now(x->t->world), NULL, code);
}

static void purchase_gone(struct said *x)
{
    date day = said_day(x, x->part[1]);
    world_purchase_gone(x->t->world, said_customer(x, x->part[0])->id, day);
    for (size_t i = 0; i < x->t->n_deeds; i++) {
        struct deed *d = &x->t->deeds[i];
        d->gone |= !d->is_contact && d->purchase.day == day && strcmp(d->customer, x->part[0]) == 0;
    }
}

static void purchase_moves(struct said *x)
{
    purchase_gone(x);
    add_purchase(x, x->part[0], said_noon(x, said_day(x, x->part[2])), NULL, NULL);
}

static void add_contact(struct said *x, const char *kind, const char *by, const char *with, instant at)
{
    struct deed *d = add_deed(x, with);
    d->is_contact = true;
    d->contact = (struct contact){
        .at = at, .day = zone_date(x->t->zone, at), .kind = kind, .salesperson = said_person(x, by)->id
    };
    do_again(x, d);
}

static void called_on(struct said *x)
{
    add_contact(x, "call", x->part[0], x->part[1], said_noon(x, said_day(x, x->part[2])));
}

static void visited_on(struct said *x)
{
    add_contact(x, "visit", x->part[0], x->part[1], said_noon(x, said_day(x, x->part[2])));
}

static void reviewed_on(struct said *x)
{
    add_contact(x, "review", x->part[0], x->part[1], said_noon(x, said_day(x, x->part[2])));
}

static void calls(struct said *x)
{
    add_contact(x, "call", x->part[0], x->part[1], world_now(x->t->world));
}

static void visits(struct said *x)
{
    add_contact(x, "visit", x->part[0], x->part[1], world_now(x->t->world));
}

static void reviews(struct said *x)
{
    add_contact(x, "review", x->part[0], x->part[1], world_now(x->t->world));
}

static void is_recorded(struct said *x)
{
    struct err e;
    enum episode_state to = episode_state_named(x->part[1]);
    if (to == EPISODE_STATES)
        story_fail(x->s, x->line->number, "\"%s\" is none of done, won, lost, excused, snoozed", x->part[1]);
    if (!world_record(x->t->world, said_customer(x, x->part[0])->id, to, "recorded", &e))
        story_fail(x->s, x->line->number, "%s", e.text);
}

static void disappears(struct said *x)
{
    for (const char *list = x->part[0], *id; (id = said_next(x, &list));)
        world_customer_gone(x->t->world, said_customer(x, id)->id);
}

static void is_back_in_database(struct said *x)
{
    for (const char *list = x->part[0], *id; (id = said_next(x, &list));) {
        world_customer(x->t->world, said_customer(x, id));
        for (size_t i = 0; i < x->t->n_deeds; i++)
            if (!x->t->deeds[i].gone && strcmp(x->t->deeds[i].customer, id) == 0)
                do_again(x, &x->t->deeds[i]);
    }
}

const struct sentence deeds_sentences[] = {
    { "$ disappears from the database", disappears },
    { "$ disappear from the database", disappears },
    { "$ is back in the database", is_back_in_database },
    { "$ are back in the database", is_back_in_database },
    { "$ bought $ times, every $ days until $", bought_often },
    { "$ bought on $ for $", bought_for },
    { "$ bought on $", bought },
    { "$ buys with the offer", buys_with_offer },
    { "$ buys for $", buys_for },
    { "$ buys", buys },
    { "$ buy", buys },
    { "the purchase of $ on $ disappears", purchase_gone },
    { "the purchase of $ on $ moves to $", purchase_moves },
    { "$ called $ on $", called_on },
    { "$ visited $ on $", visited_on },
    { "$ reviewed $ on $", reviewed_on },
    { "$ calls $", calls },
    { "$ visits $", visits },
    { "$ reviews $", reviews },
    { "$ is recorded as $", is_recorded },
    { NULL, NULL },
};
