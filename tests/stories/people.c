/* Sentences about who is who: the people, and whose customer is whose. */
#include "stories/sentences.h"

#include <string.h>

static void save_person(struct said *x, const struct salesperson *p)
{
    world_salesperson(x->t->world, p);
}

static void sells_to(struct said *x)
{
    const struct salesperson *p = said_person(x, x->part[0]);
    struct teller *t = x->t;
    save_person(x, p);
    for (const char *list = x->part[1], *id; (id = said_next(x, &list));) {
        if (t->n_customers == sizeof t->customers / sizeof t->customers[0])
            story_fail(x->s, x->line->number, "too many customers");
        struct customer *c = &t->customers[t->n_customers++];
        *c = (struct customer){
            .id = id, .name = said_capital(x, id), .salesperson = p->id, .since = DATE_NONE, .active = true
        };
        world_customer(t->world, c);
    }
}

static void is_deputy(struct said *x)
{
    save_person(x, said_person(x, x->part[0]));
    struct salesperson *p = said_person(x, x->part[1]);
    p->deputy = said_person(x, x->part[0])->id;
    save_person(x, p);
}

static void is_manager(struct said *x)
{
    save_person(x, said_person(x, x->part[0]));
    struct salesperson *p = said_person(x, x->part[1]);
    p->manager = said_person(x, x->part[0])->id;
    save_person(x, p);
}

static void away_until(struct said *x)
{
    struct salesperson *p = said_person(x, x->part[0]);
    p->away_until = said_day(x, x->part[1]);
    save_person(x, p);
}

static void is_back(struct said *x)
{
    struct salesperson *p = said_person(x, x->part[0]);
    p->away_until = DATE_NONE;
    save_person(x, p);
}

static void lives_in(struct said *x)
{
    struct salesperson *p = said_person(x, x->part[0]);
    p->time_zone = x->part[1];
    save_person(x, p);
}

static void works(struct said *x)
{
    struct salesperson *p = said_person(x, x->part[0]);
    p->hours = x->part[1];
    save_person(x, p);
}

static void no_address(struct said *x)
{
    struct salesperson *p = said_person(x, x->part[0]);
    p->email = NULL;
    save_person(x, p);
}

/* "telegram and email", in that order; a chat has a number of that person's own. */
static void is_reached_by(struct said *x)
{
    struct salesperson *p = said_person(x, x->part[0]);
    const char *channels = "";
    for (const char *list = x->part[1], *name; (name = said_next(x, &list));)
        channels = arena_print(x->a, "%s%s%s", channels, *channels ? " " : "", name);
    p->channels = channels;
    p->chats = arena_new(x->a, sizeof *p->chats);
    p->chats[0] = (struct chat_address){ "telegram", arena_print(x->a, "47110%td", p - x->t->people) };
    p->n_chats = 1;
    save_person(x, p);
}

static void leaves(struct said *x)
{
    struct salesperson *p = said_person(x, x->part[0]);
    p->active = false;
    save_person(x, p);
}

static void belongs_to_nobody(struct said *x)
{
    struct customer *c = said_customer(x, x->part[0]);
    c->salesperson = NULL;
    world_customer(x->t->world, c);
}

static void belongs_to(struct said *x)
{
    struct customer *c = said_customer(x, x->part[0]);
    c->salesperson = said_person(x, x->part[1])->id;
    save_person(x, said_person(x, x->part[1]));
    world_customer(x->t->world, c);
}

static void is_of_category(struct said *x)
{
    for (const char *list = x->part[0], *id; (id = said_next(x, &list));) {
        said_customer(x, id)->category = x->part[1];
        world_customer(x->t->world, said_customer(x, id));
    }
}

static void has_opportunity(struct said *x)
{
    for (const char *list = x->part[0], *id; (id = said_next(x, &list));) {
        said_customer(x, id)->opportunity = x->part[1];
        world_customer(x->t->world, said_customer(x, id));
    }
}

/* What the database says that it values. */
static void says_values(struct said *x)
{
    struct customer *c = said_customer(x, x->part[0]);
    c->values = x->part[1];
    world_customer(x->t->world, c);
}

/* A column x_... of the customers query. */
static void has_column(struct said *x)
{
    struct customer *c = said_customer(x, x->part[0]);
    const char *name = arena_print(x->a, "x_%s", x->part[1]);
    size_t i = 0;
    while (i < c->n_extras && strcmp(c->extras[i].name, name) != 0)
        i++;
    if (i == c->n_extras)
        c->extras = arena_grow(x->a, c->extras, c->n_extras++, sizeof *c->extras);
    c->extras[i] = (struct extra){ name, x->part[2] };
    world_customer(x->t->world, c);
}

static void customer_since(struct said *x)
{
    for (const char *list = x->part[0], *id; (id = said_next(x, &list));) {
        said_customer(x, id)->since = said_day(x, x->part[1]);
        world_customer(x->t->world, said_customer(x, id));
    }
}

static void no_contact(struct said *x)
{
    struct customer *c = said_customer(x, x->part[0]);
    c->do_not_contact = true;
    world_customer(x->t->world, c);
}

static void inactive(struct said *x)
{
    struct customer *c = said_customer(x, x->part[0]);
    c->active = false;
    world_customer(x->t->world, c);
}

const struct sentence people_sentences[] = {
    { "$ sells to $", sells_to },
    { "$ is the deputy of $", is_deputy },
    { "$ is the manager of $", is_manager },
    { "$ is away until $", away_until },
    { "$ is back", is_back },
    { "$ lives in $", lives_in },
    { "$ has no mail address", no_address },
    { "$ is reached by $", is_reached_by },
    { "$ leaves the company", leaves },
    { "$ works $", works },
    { "$ belongs to nobody", belongs_to_nobody },
    { "$ belongs to $", belongs_to },
    { "$ is of category $", is_of_category },
    { "$ are of category $", is_of_category },
    { "$ has opportunity $", has_opportunity },
    { "$ values: $", says_values },
    { "$ has x_$ $", has_column },
    { "$ is a customer since $", customer_since },
    { "$ are customers since $", customer_since },
    { "$ asks not to be contacted", no_contact },
    { "$ is inactive", inactive },
    { NULL, NULL },
};
