/* The sentences of `given` and `when`, one row each: what people do, and what happens to the machinery. */
#include "stories/story.h"

#include "harness/harness.h"
#include "store/offers.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* One sentence at hand. */
struct said {
    struct teller *t;
    struct story *s;
    struct arena *a;
    const struct line *line;
    const char *part[CAPTURES];
};

/* ---- what words stand for ---- */

static const char *capital(struct said *x, const char *id)
{
    char *name = arena_copy(x->a, id);
    name[0] = (char)toupper((unsigned char)name[0]);
    return name;
}

/* A person is met where the name is first used. */
static struct salesperson *person(struct said *x, const char *id)
{
    struct teller *t = x->t;
    for (size_t i = 0; i < t->n_people; i++)
        if (strcmp(t->people[i].id, id) == 0)
            return &t->people[i];
    if (strchr(id, ' ') || t->n_people == sizeof t->people / sizeof t->people[0])
        story_fail(x->s, x->line->number, "\"%s\" is no name of a person, or one too many", id);
    struct salesperson *p = &t->people[t->n_people++];
    *p = (struct salesperson){ .id = arena_copy(x->a, id), .name = capital(x, id), .email = arena_print(x->a, "%s@nordlys.example", id),
                               .away_until = DATE_NONE, .active = true };
    return p;
}

static struct customer *customer(struct said *x, const char *id)
{
    for (size_t i = 0; i < x->t->n_customers; i++)
        if (strcmp(x->t->customers[i].id, id) == 0)
            return &x->t->customers[i];
    story_fail(x->s, x->line->number, "nobody sells to \"%s\"", id);
}

static date day_of(struct said *x, const char *text)
{
    date d;
    if (!date_read(text, &d))
        story_fail(x->s, x->line->number, "\"%s\" is no day such as 2026-06-07", text);
    return d;
}

/* On a day without a time: at noon. */
static instant noon(struct said *x, date day)
{
    struct civil c = { .hour = 12 };
    date_split(day, &c.year, &c.month, &c.day);
    return zone_instant(x->t->zone, &c);
}

static money money_of(struct said *x, const char *text)
{
    char *end;
    double amount = strtod(text, &end);
    if (*end || end == text)
        story_fail(x->s, x->line->number, "\"%s\" is no amount", text);
    return (money)(amount * 100 + 0.5);
}

/* The next item of a list "a, b, c and d"; NULL at its end. */
static const char *next_item(struct said *x, const char **list)
{
    const char *at = *list + strspn(*list, ", ");
    if (strncmp(at, "and ", 4) == 0)
        at += 4;
    size_t size = strcspn(at, ", ");
    *list = at + size;
    return size ? arena_copy_bytes(x->a, at, size) : NULL;
}

static void save_person(struct said *x, const struct salesperson *p)
{
    world_salesperson(x->t->world, p);
}

/* ---- who is who ---- */

static void sells_to(struct said *x)
{
    const struct salesperson *p = person(x, x->part[0]);
    struct teller *t = x->t;
    save_person(x, p);
    for (const char *list = x->part[1], *id; (id = next_item(x, &list));) {
        if (t->n_customers == sizeof t->customers / sizeof t->customers[0])
            story_fail(x->s, x->line->number, "too many customers");
        struct customer *c = &t->customers[t->n_customers++];
        *c = (struct customer){ .id = id, .name = capital(x, id), .salesperson = p->id, .since = DATE_NONE, .active = true };
        world_customer(t->world, c);
    }
}

static void is_deputy(struct said *x)
{
    save_person(x, person(x, x->part[0]));
    struct salesperson *p = person(x, x->part[1]);
    p->deputy = person(x, x->part[0])->id;
    save_person(x, p);
}

static void is_manager(struct said *x)
{
    save_person(x, person(x, x->part[0]));
    struct salesperson *p = person(x, x->part[1]);
    p->manager = person(x, x->part[0])->id;
    save_person(x, p);
}

static void away_until(struct said *x)
{
    struct salesperson *p = person(x, x->part[0]);
    p->away_until = day_of(x, x->part[1]);
    save_person(x, p);
}

static void is_back(struct said *x)
{
    struct salesperson *p = person(x, x->part[0]);
    p->away_until = DATE_NONE;
    save_person(x, p);
}

static void lives_in(struct said *x)
{
    struct salesperson *p = person(x, x->part[0]);
    p->time_zone = x->part[1];
    save_person(x, p);
}

static void works(struct said *x)
{
    struct salesperson *p = person(x, x->part[0]);
    p->hours = x->part[1];
    save_person(x, p);
}

static void no_address(struct said *x)
{
    struct salesperson *p = person(x, x->part[0]);
    p->email = NULL;
    save_person(x, p);
}

static void leaves(struct said *x)
{
    struct salesperson *p = person(x, x->part[0]);
    p->active = false;
    save_person(x, p);
}

static void belongs_to_nobody(struct said *x)
{
    struct customer *c = customer(x, x->part[0]);
    c->salesperson = NULL;
    world_customer(x->t->world, c);
}

static void belongs_to(struct said *x)
{
    struct customer *c = customer(x, x->part[0]);
    c->salesperson = person(x, x->part[1])->id;
    save_person(x, person(x, x->part[1]));
    world_customer(x->t->world, c);
}

static void is_of_category(struct said *x)
{
    for (const char *list = x->part[0], *id; (id = next_item(x, &list));) {
        customer(x, id)->category = x->part[1];
        world_customer(x->t->world, customer(x, id));
    }
}

static void has_opportunity(struct said *x)
{
    for (const char *list = x->part[0], *id; (id = next_item(x, &list));) {
        customer(x, id)->opportunity = x->part[1];
        world_customer(x->t->world, customer(x, id));
    }
}

static void customer_since(struct said *x)
{
    for (const char *list = x->part[0], *id; (id = next_item(x, &list));) {
        customer(x, id)->since = day_of(x, x->part[1]);
        world_customer(x->t->world, customer(x, id));
    }
}

static void no_contact(struct said *x)
{
    struct customer *c = customer(x, x->part[0]);
    c->do_not_contact = true;
    world_customer(x->t->world, c);
}

static void inactive(struct said *x)
{
    struct customer *c = customer(x, x->part[0]);
    c->active = false;
    world_customer(x->t->world, c);
}

static void disappears(struct said *x)
{
    for (const char *list = x->part[0], *id; (id = next_item(x, &list));)
        world_customer_gone(x->t->world, customer(x, id)->id);
}

static struct deed *add_deed(struct said *x, const char *id)
{
    struct teller *t = x->t;
    t->deeds = arena_grow(x->a, t->deeds, t->n_deeds, sizeof *t->deeds);
    t->deeds[t->n_deeds].customer = customer(x, id)->id;
    return &t->deeds[t->n_deeds++];
}

static void do_again(struct said *x, const struct deed *d)
{
    if (d->is_contact)
        world_contact(x->t->world, d->customer, &d->contact);
    else
        world_purchase(x->t->world, d->customer, &d->purchase);
}

static void is_back_in_database(struct said *x)
{
    for (const char *list = x->part[0], *id; (id = next_item(x, &list));) {
        world_customer(x->t->world, customer(x, id));
        for (size_t i = 0; i < x->t->n_deeds; i++)
            if (!x->t->deeds[i].gone && strcmp(x->t->deeds[i].customer, id) == 0)
                do_again(x, &x->t->deeds[i]);
    }
}

/* ---- what they bought, and who spoke with whom ---- */

static void add_purchase(struct said *x, const char *id, instant at, const char *amount, const char *code)
{
    struct deed *d = add_deed(x, id);
    d->purchase = (struct purchase){ .at = at, .day = zone_date(x->t->zone, at), .amount = amount ? money_of(x, amount) : MONEY_NONE,
                                     .delivered = DATE_NONE, .offer_code = code };
    do_again(x, d);
}

static void bought_on(struct said *x, const char *who, const char *days, const char *amount)
{
    for (const char *names = who, *id; (id = next_item(x, &names));)
        for (const char *list = days, *day; (day = next_item(x, &list));)
            add_purchase(x, id, noon(x, day_of(x, day)), amount, NULL);
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
    for (const char *names = x->part[0], *id; (id = next_item(x, &names));)
        for (int k = atoi(x->part[1]); k-- > 0;)
            add_purchase(x, id, noon(x, day_of(x, last) - k * days), amount, NULL);
}

static void buys(struct said *x)
{
    for (const char *names = x->part[0], *id; (id = next_item(x, &names));)
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
    date day = day_of(x, x->part[1]);
    world_purchase_gone(x->t->world, customer(x, x->part[0])->id, day);
    for (size_t i = 0; i < x->t->n_deeds; i++) {
        struct deed *d = &x->t->deeds[i];
        d->gone |= !d->is_contact && d->purchase.day == day && strcmp(d->customer, x->part[0]) == 0;
    }
}

static void purchase_moves(struct said *x)
{
    purchase_gone(x);
    add_purchase(x, x->part[0], noon(x, day_of(x, x->part[2])), NULL, NULL);
}

static void add_contact(struct said *x, const char *kind, const char *by, const char *with, instant at)
{
    struct deed *d = add_deed(x, with);
    d->is_contact = true;
    d->contact = (struct contact){ .at = at, .day = zone_date(x->t->zone, at), .kind = kind, .salesperson = person(x, by)->id };
    do_again(x, d);
}

static void called_on(struct said *x)
{
    add_contact(x, "call", x->part[0], x->part[1], noon(x, day_of(x, x->part[2])));
}

static void visited_on(struct said *x)
{
    add_contact(x, "visit", x->part[0], x->part[1], noon(x, day_of(x, x->part[2])));
}

static void reviewed_on(struct said *x)
{
    add_contact(x, "review", x->part[0], x->part[1], noon(x, day_of(x, x->part[2])));
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
    if (!world_record(x->t->world, customer(x, x->part[0])->id, to, "recorded", &e))
        story_fail(x->s, x->line->number, "%s", e.text);
}

/* ---- the machinery ---- */

static void server_away(struct said *x)
{
    world_server(x->t->world, NULL, SERVER_AWAY);
}

static void server_busy(struct said *x)
{
    world_server(x->t->world, NULL, SERVER_BUSY);
}

static void server_silent(struct said *x)
{
    world_server(x->t->world, NULL, SERVER_SILENT);
}

static void server_bad_login(struct said *x)
{
    world_server(x->t->world, NULL, SERVER_BAD_LOGIN);
}

static void server_works(struct said *x)
{
    world_server(x->t->world, NULL, SERVER_ACCEPTS);
}

static void server_refuses(struct said *x)
{
    world_server(x->t->world, person(x, x->part[0])->email, SERVER_REFUSES);
}

static void source_broken(struct said *x)
{
    world_source_fails(x->t->world, "the database is locked");
}

static void source_whole(struct said *x)
{
    world_source_fails(x->t->world, NULL);
}

static void nobody_buys(struct said *x)
{
    x->t->nobody_buys = true;
}

static void people_buy(struct said *x)
{
    x->t->nobody_buys = false;
}

static void crashes(struct said *x)
{
    world_crash(x->t->world);
}

static void crashes_after_mail(struct said *x)
{
    const struct arrival *arrivals;
    x->t->crash_after_mail = true;
    x->t->seen = world_arrivals(x->t->world, &arrivals);
}

static void crashes_before_commit(struct said *x)
{
    world_crash_in_step(x->t->world, true);
}

static void crashes_after_commit(struct said *x)
{
    world_crash_in_step(x->t->world, false);
}

static void crashes_at_claim(struct said *x)
{
    world_crash_at_claim(x->t->world);
}

static void is_off(struct said *x)
{
    const char *text = x->part[0];
    if (!clock_read(&text, x->t->zone, &x->t->off_until) || *text)
        story_fail(x->s, x->line->number, "\"%s\" is no time", x->part[0]);
}

/* The first that fits is taken: longer ones of the same beginning come first. */
static const struct {
    const char *pattern;
    void (*act)(struct said *x);
} sentences[] = {
    { "the mail server is away", server_away },
    { "the mail server is busy", server_busy },
    { "the mail server takes mail and never answers", server_silent },
    { "the mail server refuses our password", server_bad_login },
    { "the mail server refuses mail to $", server_refuses },
    { "the mail server works", server_works },
    { "the database cannot be read", source_broken },
    { "the database can be read", source_whole },
    { "from now on nobody buys", nobody_buys },
    { "people buy again", people_buy },
    { "followupd crashes as soon as a mail has left", crashes_after_mail },
    { "followupd crashes before it has written down what it does", crashes_before_commit },
    { "followupd crashes after it has written down what it does", crashes_after_commit },
    { "followupd crashes when a mail is about to leave", crashes_at_claim },
    { "followupd crashes", crashes },
    { "followupd does not run until $", is_off },
    { "$ sells to $", sells_to },
    { "$ is the deputy of $", is_deputy },
    { "$ is the manager of $", is_manager },
    { "$ is away until $", away_until },
    { "$ is back", is_back },
    { "$ lives in $", lives_in },
    { "$ has no mail address", no_address },
    { "$ leaves the company", leaves },
    { "$ works $", works },
    { "$ belongs to nobody", belongs_to_nobody },
    { "$ belongs to $", belongs_to },
    { "$ is of category $", is_of_category },
    { "$ are of category $", is_of_category },
    { "$ has opportunity $", has_opportunity },
    { "$ is a customer since $", customer_since },
    { "$ are customers since $", customer_since },
    { "$ asks not to be contacted", no_contact },
    { "$ is inactive", inactive },
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
};

void teller_do(struct teller *t, const struct line *line)
{
    struct said x = { .t = t, .s = t->story, .a = &t->story->arena, .line = line };
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++)
        if (sentence_is(line->text, sentences[i].pattern, x.a, x.part)) {
            sentences[i].act(&x);
            return;
        }
    story_fail(t->story, line->number, "\"%s\" is not understood; tests/stories/README.md lists the sentences", line->text);
}
