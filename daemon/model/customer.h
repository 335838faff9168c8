/* What the company's database says: customers with all that belongs to them, and the people who serve them.
 * Strings are UTF-8; NULL means that the source says nothing. Days are local days of the company. */
#ifndef MODEL_CUSTOMER_H
#define MODEL_CUSTOMER_H

#include "base/instant.h"

#include <stddef.h>

typedef int64_t money; /* hundredths of the currency's unit */
#define MONEY_NONE INT64_MIN

/* A column the admin named x_...: for templates and dates. */
struct extra {
    const char *name, *value;
};

struct customer {
    const char *id, *name;
    const char *salesperson; /* id of the owner */
    const char *category, *opportunity;
    date since;
    const char *contact_name, *email, *phone, *language, *region, *url, *values, *notes;
    bool active, do_not_contact;
    struct extra *extras;
    size_t n_extras;
};

/* Is this customer never to be written about? */
bool customer_silent(const struct customer *c);

struct purchase {
    instant at;
    date day;
    money amount; /* MONEY_NONE: the mapping has no amounts; zero and negative ones are not buying */
    date delivered;
    const char *id, *currency, *what, *product_group, *offer_code;
};

struct contact {
    instant at;
    date day;
    const char *kind; /* "call", "visit", "mail", "review", or the company's own words */
    const char *salesperson, *outcome, *note;
};

struct problem {
    instant opened_at, closed_at; /* closed_at INSTANT_NONE: open */
    date opened;
    const char *id, *summary;
};

/* Do these two name the same currency? NULL or "": the source says none, which is then the company's `own`. */
bool currency_same(const char *a, const char *b, const char *own);

/* One customer with everything known, each list in order of time. */
struct facts {
    struct customer customer;
    struct purchase *purchases;
    struct contact *contacts;
    struct problem *problems;
    size_t n_purchases, n_contacts, n_problems;
    /* Rows left out because their day could not be read: where there are any, silence proves nothing. */
    int unreadable_purchases, unreadable_contacts;
};

/* The currency of all its amounts, of purchases that are buying; false: there are several, which nobody can add. NULL:
 * the source says none. */
bool facts_currency(const struct facts *f, const char *own, const char **currency);

/* Where a person is reached over one chat channel. */
struct chat_address {
    const char *channel, *value;
};

struct salesperson {
    const char *id, *name, *email;
    struct chat_address *chats;
    size_t n_chats;
    const char *channels; /* order of preference: "telegram email" */
    const char *language, *time_zone, *region, *hours;
    const char *manager, *deputy; /* ids */
    date away_until;              /* the last day away */
    bool active;
};

struct people {
    struct salesperson *rows; /* in order of id_compare() */
    size_t n;
};

/* A customer that has another id now. */
struct alias {
    const char *old_id, *id;
};

struct aliases {
    struct alias *rows; /* in order of old_id, by id_compare() */
    size_t n;
};

/* The person with that id, or NULL. Both may be NULL. */
const struct salesperson *person_find(const struct people *p, const char *id);

/* The order of ids everywhere: integers by value, then all other text by bytes. "7" and "007" differ, by bytes. */
int id_compare(const char *a, const char *b);

/* Cut away what had not happened at `now`: purchases and contacts of the future do not exist yet, a problem closed
 * later is open. */
void facts_as_of(struct facts *f, instant now);

#endif
