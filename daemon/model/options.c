#include "model/options.h"

#include <string.h>

static const char *const kind_names[RULE_KINDS] = {
    [RULE_LAPSE] = "lapse",       [RULE_REVIEW] = "review",         [RULE_VISIT] = "visit",
    [RULE_DECLINE] = "decline",   [RULE_AFTER_SALE] = "after-sale", [RULE_REFERRAL] = "referral",
    [RULE_OCCASION] = "occasion", [RULE_PROBLEM] = "problem",       [RULE_FIRST_ORDER] = "first-order",
};

struct rule_traits rule_traits(enum rule_kind kind)
{
    static const struct rule_traits traits[RULE_KINDS] = {
        [RULE_LAPSE] = { .purchase = true, .contact = true },
        [RULE_REVIEW] = { .contact = true },
        [RULE_VISIT] = { .contact = true },
        [RULE_DECLINE] = { .contact = true },
        [RULE_AFTER_SALE] = { .contact = true, .separate = true },
        [RULE_REFERRAL] = { .contact = true, .separate = true },
        [RULE_OCCASION] = { .contact = true, .separate = true },
        [RULE_PROBLEM] = { .separate = true },
        [RULE_FIRST_ORDER] = { .purchase = true, .contact = true },
    };
    return traits[kind];
}

const char *rule_kind_name(enum rule_kind kind)
{
    return kind_names[kind];
}

enum rule_kind rule_kind_named(const char *name)
{
    int kind = 0;
    while (kind < RULE_KINDS && strcmp(kind_names[kind], name) != 0)
        kind++;
    return (enum rule_kind)kind;
}

const struct rule *rule_find(const struct options *o, const char *id)
{
    for (size_t i = 0; i < o->n_rules; i++)
        if (strcmp(o->rules[i].id, id) == 0)
            return &o->rules[i];
    return NULL;
}

const struct offer_terms *offer_find(const struct options *o, const char *id)
{
    for (size_t i = 0; id && i < o->n_offers; i++)
        if (strcmp(o->offers[i].id, id) == 0)
            return &o->offers[i];
    return NULL;
}

const struct channel_options *channel_find(const struct options *o, const char *name)
{
    for (size_t i = 0; i < o->n_channels; i++)
        if (strcmp(o->channels[i].name, name) == 0)
            return &o->channels[i];
    return NULL;
}

int rule_weekday(const struct options *o, const struct rule *r)
{
    return r->tell == TELL_WEEKLY ? o->digests.weekly : r->tell == TELL_DAILY ? 0 : r->tell;
}

int category_rung(const struct options *o, const char *category)
{
    for (size_t i = 0; category && i < o->categories.n; i++)
        if (strcmp(o->categories.rows[i], category) == 0)
            return (int)i;
    return -1;
}

static const struct period *row_named(const struct periods *p, const char *key)
{
    for (size_t i = 0; i < p->n; i++) {
        const char *own = p->rows[i].key;
        if (own == key || (own && key && strcmp(own, key) == 0))
            return &p->rows[i].period;
    }
    return NULL;
}

const struct period *period_for(const struct options *o, const struct periods *p, const char *key)
{
    const struct period *found = key ? row_named(p, key) : NULL;
    for (int rung = category_rung(o, key); !found && rung >= 0; rung--)
        found = row_named(p, o->categories.rows[rung]);
    if (!found)
        found = row_named(p, NULL);
    return found ? found : row_named(p, "everyone");
}

struct place place_find(const struct options *o, const char *key)
{
    for (size_t i = 0; i < o->n_places; i++)
        if (strcmp(o->places[i].key, key) == 0)
            return o->places[i].place;
    return (struct place){ .file = o->file };
}
