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
    switch (d->kind) {
    case DEED_PURCHASE:
        world_purchase(x->t->world, d->customer, &d->purchase);
        break;
    case DEED_CONTACT:
        world_contact(x->t->world, d->customer, &d->contact);
        break;
    case DEED_PROBLEM:
        world_problem(x->t->world, d->customer, &d->problem);
        break;
    }
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

/* The purchase, contact or complaint that the story means: the last one of that kind with that customer on that day
 * (DATE_NONE: any). */
static struct deed *find_deed(struct said *x, enum deed_kind kind, const char *customer, date day)
{
    for (size_t i = x->t->n_deeds; i-- > 0;) {
        struct deed *d = &x->t->deeds[i];
        date own = kind == DEED_PURCHASE ? d->purchase.day : kind == DEED_CONTACT ? d->contact.day : d->problem.opened;
        if (d->kind == kind && !d->gone && strcmp(d->customer, customer) == 0 && (day == DATE_NONE || day == own))
            return d;
    }
    story_fail(x->s, x->line->number, "nothing of that kind is known of %s%s", customer,
               day == DATE_NONE ? "" : " on that day");
}

static void purchase_gone(struct said *x)
{
    date day = said_day(x, x->part[1]);
    find_deed(x, DEED_PURCHASE, x->part[0], day);
    world_purchase_gone(x->t->world, said_customer(x, x->part[0])->id, day);
    for (size_t i = 0; i < x->t->n_deeds; i++) {
        struct deed *d = &x->t->deeds[i];
        d->gone |= d->kind == DEED_PURCHASE && d->purchase.day == day && strcmp(d->customer, x->part[0]) == 0;
    }
}

/* All that was bought that day, as it is now. */
static void write_purchase(struct said *x, struct deed *d, date old_day)
{
    world_purchase_gone(x->t->world, d->customer, old_day);
    do_again(x, d);
}

/* Part of a table is lost, and restored. */
static void purchases_lost(struct said *x)
{
    date after = said_day(x, x->part[1]);
    for (const char *list = x->part[0], *id; (id = said_next(x, &list));)
        for (size_t i = 0; i < x->t->n_deeds; i++) {
            struct deed *d = &x->t->deeds[i];
            if (d->kind != DEED_PURCHASE || d->gone || d->purchase.day <= after || strcmp(d->customer, id) != 0)
                continue;
            world_purchase_gone(x->t->world, id, d->purchase.day);
            d->gone = d->lost = true;
        }
}

static void purchases_back(struct said *x)
{
    for (size_t i = 0; i < x->t->n_deeds; i++)
        if (x->t->deeds[i].lost) {
            do_again(x, &x->t->deeds[i]);
            x->t->deeds[i].gone = x->t->deeds[i].lost = false;
        }
}

static void purchase_moves(struct said *x)
{
    date day = said_day(x, x->part[1]);
    struct deed *d = find_deed(x, DEED_PURCHASE, x->part[0], day);
    d->purchase.day = said_day(x, x->part[2]);
    d->purchase.at = said_noon(x, d->purchase.day);
    write_purchase(x, d, day);
}

static void purchase_delivered(struct said *x)
{
    date day = said_day(x, x->part[1]);
    struct deed *d = find_deed(x, DEED_PURCHASE, x->part[0], day);
    d->purchase.delivered = said_day(x, x->part[2]);
    write_purchase(x, d, day);
}

static void purchase_not_delivered(struct said *x)
{
    date day = said_day(x, x->part[1]);
    struct deed *d = find_deed(x, DEED_PURCHASE, x->part[0], day);
    d->purchase.delivered = DATE_NONE;
    write_purchase(x, d, day);
}

static void bought_delivered(struct said *x)
{
    for (const char *names = x->part[0], *id; (id = said_next(x, &names));) {
        add_purchase(x, id, said_noon(x, said_day(x, x->part[1])), NULL, NULL);
        struct deed *d = &x->t->deeds[x->t->n_deeds - 1];
        d->purchase.delivered = said_day(x, x->part[2]);
        write_purchase(x, d, d->purchase.day);
    }
}

/* "acme ordered a1 on DAY": an order with an id of its own. */
static void ordered_delivered(struct said *x)
{
    struct deed *d = add_deed(x, x->part[0]);
    date day = said_day(x, x->part[2]);
    d->purchase = (struct purchase){ .at = said_noon(x, day),
                                     .day = day,
                                     .amount = MONEY_NONE,
                                     .delivered = said_day(x, x->part[3]),
                                     .id = x->part[1] };
    do_again(x, d);
}

/* `outcome`: what came of it, in the company's own word; or NULL. */
static void add_contact(struct said *x, const char *kind, instant at, const char *outcome)
{
    struct deed *d = add_deed(x, x->part[1]);
    d->kind = DEED_CONTACT;
    d->contact = (struct contact){ .at = at,
                                   .day = zone_date(x->t->zone, at),
                                   .kind = kind,
                                   .salesperson = said_person(x, x->part[0])->id,
                                   .outcome = outcome };
    do_again(x, d);
}

static void contact_gone(struct said *x)
{
    date day = said_day(x, x->part[1]);
    find_deed(x, DEED_CONTACT, x->part[0], day)->gone = true;
    world_contact_gone(x->t->world, x->part[0], day);
}

/* ---- complaints ---- */

static void complain_at(struct said *x, instant at, const char *id)
{
    struct deed *d = add_deed(x, x->part[0]);
    d->kind = DEED_PROBLEM;
    d->problem = (struct problem){ .opened_at = at,
                                   .closed_at = INSTANT_NONE,
                                   .opened = zone_date(x->t->zone, at),
                                   .id = id ? id : arena_print(x->a, "complaint%zu", x->t->n_deeds),
                                   .summary = "one drawer does not open" };
    do_again(x, d);
}

static void complains(struct said *x)
{
    complain_at(x, world_now(x->t->world), NULL);
}

static void complains_as(struct said *x)
{
    complain_at(x, world_now(x->t->world), x->part[1]);
}

static void complained_on(struct said *x)
{
    complain_at(x, said_noon(x, said_day(x, x->part[1])), NULL);
}

static void complaint_closed(struct said *x)
{
    struct deed *d = find_deed(x, DEED_PROBLEM, x->part[0], DATE_NONE);
    d->problem.closed_at = world_now(x->t->world);
    do_again(x, d);
}

static void complaint_reopened(struct said *x)
{
    struct deed *d = find_deed(x, DEED_PROBLEM, x->part[0], DATE_NONE);
    d->problem.closed_at = INSTANT_NONE;
    do_again(x, d);
}

static void complaint_moves(struct said *x)
{
    struct deed *d = find_deed(x, DEED_PROBLEM, x->part[0], DATE_NONE);
    d->problem.opened = said_day(x, x->part[1]);
    d->problem.opened_at = said_noon(x, d->problem.opened);
    do_again(x, d);
}

static void complaint_gone(struct said *x)
{
    struct deed *d = find_deed(x, DEED_PROBLEM, x->part[0], DATE_NONE);
    d->gone = true;
    world_problem_gone(x->t->world, d->customer, d->problem.id);
}

/* Entered anew under another number. */
static void complaint_renamed(struct said *x)
{
    struct deed *d = find_deed(x, DEED_PROBLEM, x->part[0], DATE_NONE);
    world_problem_gone(x->t->world, d->customer, d->problem.id);
    d->problem.id = x->part[1];
    do_again(x, d);
}

static void called_on(struct said *x)
{
    add_contact(x, "call", said_noon(x, said_day(x, x->part[2])), x->part[3]);
}

static void visited_on(struct said *x)
{
    add_contact(x, "visit", said_noon(x, said_day(x, x->part[2])), x->part[3]);
}

static void reviewed_on(struct said *x)
{
    add_contact(x, "review", said_noon(x, said_day(x, x->part[2])), x->part[3]);
}

static void calls(struct said *x)
{
    add_contact(x, "call", world_now(x->t->world), x->part[2]);
}

static void visits(struct said *x)
{
    add_contact(x, "visit", world_now(x->t->world), NULL);
}

static void reviews(struct said *x)
{
    add_contact(x, "review", world_now(x->t->world), NULL);
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

/* What was bought and said belongs to the other one, and the database says so. */
static void merged(struct said *x)
{
    const char *old = said_customer(x, x->part[0])->id, *now = said_customer(x, x->part[1])->id;
    for (size_t i = 0, n = x->t->n_deeds; i < n; i++) {
        struct deed *d = &x->t->deeds[i];
        if (d->gone || strcmp(d->customer, old) != 0)
            continue;
        d->customer = now;
        do_again(x, d);
    }
    world_customer_gone(x->t->world, old);
    world_alias(x->t->world, old, now);
}

static void renumbered(struct said *x)
{
    struct customer *c = said_customer(x, x->part[0]), *fresh = &x->t->customers[x->t->n_customers++];
    if (fresh == x->t->customers + sizeof x->t->customers / sizeof x->t->customers[0])
        story_fail(x->s, x->line->number, "too many customers");
    *fresh = *c;
    fresh->id = arena_copy(x->a, x->part[1]);
    world_customer(x->t->world, fresh);
    merged(x);
}

static void called_the_same(struct said *x)
{
    world_alias(x->t->world, x->part[0], x->part[1]);
}

static void not_the_same(struct said *x)
{
    world_alias(x->t->world, x->part[0], NULL);
}

const struct sentence deeds_sentences[] = {
    { "$ is merged into $", merged },
    { "$ has the number $ from now on", renumbered },
    { "the database says that $ is $ now", called_the_same },
    { "the database does not say any more who $ is now", not_the_same },
    { "what $ bought on $ was delivered on $", purchase_delivered },
    { "what $ bought on $ was not delivered", purchase_not_delivered },
    { "$ disappears from the database", disappears },
    { "$ disappear from the database", disappears },
    { "$ is back in the database", is_back_in_database },
    { "$ are back in the database", is_back_in_database },
    { "$ bought $ times, every $ days until $", bought_often },
    { "$ bought on $ for $", bought_for },
    { "$ bought on $, delivered on $", bought_delivered },
    { "$ ordered $ on $, delivered on $", ordered_delivered },
    { "$ bought on $", bought },
    { "$ buys with the offer", buys_with_offer },
    { "$ buys for $", buys_for },
    { "$ buys", buys },
    { "$ buy", buys },
    { "the purchases of $ after $ are lost", purchases_lost },
    { "what was lost is restored", purchases_back },
    { "the purchase of $ on $ disappears", purchase_gone },
    { "the purchase of $ on $ moves to $", purchase_moves },
    { "$ called $ on $: $", called_on },
    { "$ called $ on $", called_on },
    { "$ visited $ on $", visited_on },
    { "$ reviewed $ on $", reviewed_on },
    { "the contact with $ on $ disappears", contact_gone },
    { "$ calls $: $", calls },
    { "$ calls $", calls },
    { "$ visits $", visits },
    { "$ reviews $", reviews },
    { "$ is recorded as $", is_recorded },
    { "$ complained on $", complained_on },
    { "$ complains, number $", complains_as },
    { "$ complains", complains },
    { "the complaint of $ is closed", complaint_closed },
    { "the complaint of $ is open again", complaint_reopened },
    { "the complaint of $ moves to $", complaint_moves },
    { "the complaint of $ disappears", complaint_gone },
    { "the complaint of $ gets the number $", complaint_renamed },
    { NULL, NULL },
};
