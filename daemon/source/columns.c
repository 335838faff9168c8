#include "source/mapping.h"

#include <stddef.h>

#define ROW(row, field) (int)offsetof(struct row, field)
#define TEXT(word, row, field)                                                                                         \
    {                                                                                                                  \
        .name = word, .type = FIELD_TEXT, .to = ROW(row, field), .day_to = NOWHERE                                     \
    }
#define ID(word, row, field)                                                                                           \
    {                                                                                                                  \
        .name = word, .type = FIELD_ID, .to = ROW(row, field), .day_to = NOWHERE                                       \
    }
#define DATE(word, row, field)                                                                                         \
    {                                                                                                                  \
        .name = word, .type = FIELD_DAY, .to = ROW(row, field), .day_to = NOWHERE                                      \
    }
#define CHAT(word)                                                                                                     \
    {                                                                                                                  \
        .name = word, .type = FIELD_CHAT, .to = NOWHERE, .day_to = NOWHERE                                             \
    }
#define KEY(word)                                                                                                      \
    {                                                                                                                  \
        .name = word, .type = FIELD_KEY, .to = NOWHERE, .day_to = NOWHERE, .required = true                            \
    }

static const struct column salespeople[] = {
    KEY("id"),
    { .name = "name", .type = FIELD_TEXT, .to = ROW(salesperson, name), .day_to = NOWHERE, .required = true },
    TEXT("email", salesperson, email),
    TEXT("channels", salesperson, channels),
    TEXT("language", salesperson, language),
    TEXT("time_zone", salesperson, time_zone),
    TEXT("region", salesperson, region),
    TEXT("hours", salesperson, hours),
    ID("manager", salesperson, manager),
    ID("deputy", salesperson, deputy),
    DATE("away_until", salesperson, away_until),
    /* Whoever may have left is not written to. */
    { .name = "active", .type = FIELD_FLAG, .to = ROW(salesperson, active), .day_to = NOWHERE, .cautious = false },
    CHAT("telegram"),
    CHAT("line"),
    CHAT("teams"),
    CHAT("slack"),
    CHAT("webhook"),
    CHAT("ntfy"),
    CHAT("mattermost"),
    CHAT("rocketchat"),
    CHAT("matrix"),
    CHAT("googlechat"),
    CHAT("discord"),
    CHAT("max"),
    CHAT("whatsapp"),
    CHAT("sms"),
    CHAT("folder"),
};

static const struct column customers[] = {
    KEY("id"),
    { .name = "name", .type = FIELD_TEXT, .to = ROW(customer, name), .day_to = NOWHERE, .required = true },
    ID("salesperson", customer, salesperson),
    TEXT("category", customer, category),
    TEXT("opportunity", customer, opportunity),
    DATE("since", customer, since),
    TEXT("contact_name", customer, contact_name),
    TEXT("email", customer, email),
    TEXT("phone", customer, phone),
    TEXT("language", customer, language),
    TEXT("region", customer, region),
    TEXT("url", customer, url),
    TEXT("values", customer, values),
    TEXT("notes", customer, notes),
    { .name = "active", .type = FIELD_FLAG, .to = ROW(customer, active), .day_to = NOWHERE, .cautious = false },
    { .name = "do_not_contact",
      .type = FIELD_FLAG,
      .to = ROW(customer, do_not_contact),
      .day_to = NOWHERE,
      .cautious = true },
};

static const struct column purchases[] = {
    KEY("customer"),
    { .name = "at",
      .type = FIELD_MOMENT,
      .to = ROW(purchase, at),
      .day_to = ROW(purchase, day),
      .required = true,
      .needed = true },
    { .name = "amount", .type = FIELD_AMOUNT, .to = ROW(purchase, amount), .day_to = NOWHERE },
    TEXT("currency", purchase, currency),
    ID("id", purchase, id),
    TEXT("what", purchase, what),
    TEXT("product_group", purchase, product_group),
    DATE("delivered_at", purchase, delivered),
    TEXT("offer_code", purchase, offer_code),
};

static const struct column contacts[] = {
    KEY("customer"),
    { .name = "at",
      .type = FIELD_MOMENT,
      .to = ROW(contact, at),
      .day_to = ROW(contact, day),
      .required = true,
      .needed = true },
    TEXT("kind", contact, kind),
    ID("salesperson", contact, salesperson),
    TEXT("outcome", contact, outcome),
    TEXT("note", contact, note),
};

static const struct column problems[] = {
    KEY("customer"),
    { .name = "opened_at",
      .type = FIELD_MOMENT,
      .to = ROW(problem, opened_at),
      .day_to = ROW(problem, opened),
      .required = true,
      .needed = true },
    /* Unreadable, it is neither open nor closed. */
    { .name = "closed_at", .type = FIELD_MOMENT, .to = ROW(problem, closed_at), .day_to = NOWHERE, .vetoes = true },
    ID("id", problem, id),
    TEXT("summary", problem, summary),
};

static const struct column aliases[] = {
    KEY("old_id"),
    { .name = "id", .type = FIELD_ID, .to = ROW(alias, id), .day_to = NOWHERE, .required = true },
};

#define COLUMNS(table) .columns = table, .n = sizeof table / sizeof table[0]

const struct query_kind query_kinds[QUERIES] = {
    [QUERY_ALIASES] = { .name = "aliases", .one = "customer", COLUMNS(aliases) },
    [QUERY_SALESPEOPLE] = { .name = "salespeople", .one = "salesperson", COLUMNS(salespeople), .chats = true },
    [QUERY_CUSTOMERS] = { .name = "customers", .one = "customer", COLUMNS(customers), .extras = true },
    [QUERY_PURCHASES] = { .name = "purchases", .one = "customer", COLUMNS(purchases) },
    [QUERY_CONTACTS] = { .name = "contacts", .one = "customer", COLUMNS(contacts) },
    [QUERY_PROBLEMS] = { .name = "problems", .one = "customer", COLUMNS(problems) },
};
