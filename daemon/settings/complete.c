/* What only makes sense together: references, ladders, one of several. */
#include "settings/reading.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

/* The line of that setting, else of the whole group. */
static const config_setting_t *part(const config_setting_t *s, const char *name)
{
    const config_setting_t *found = config_setting_get_member(s, name);
    return found ? found : s;
}

static bool same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

/* ---- channels ---- */

/* The host of "smtp://user@host:port/x". */
static size_t host_of(const char *url, const char **host)
{
    const char *at = strstr(url, "://");
    at = at ? at + 3 : url;
    size_t size = strcspn(at, "/?#");
    for (size_t i = size; i > 0; i--)
        if (at[i - 1] == '@') {
            at += i;
            size -= i;
            break;
        }
    *host = at;
    size_t bracket = *at == '[' ? strcspn(at, "]") : 0; /* the colons of an IPv6 address end nothing */
    return bracket + strcspn(at + bracket, ":/?#");
}

static bool is_this_machine(const char *url)
{
    const char *host;
    size_t size = host_of(url, &host);
    if (size == 9 && strncasecmp(host, "localhost", 9) == 0)
        return true;
    if (size == 5 && strncmp(host, "[::1]", 5) == 0)
        return true;
    return size > 4 && strncmp(host, "127.", 4) == 0 && strspn(host, "0123456789.") == size;
}

static enum channel_security usual_security(const char *url)
{
    if (!url)
        return SECURITY_NONE; /* nothing goes over a network */
    if (strncasecmp(url, "smtps://", 8) == 0)
        return SECURITY_TLS;
    return is_this_machine(url) ? SECURITY_NONE : SECURITY_STARTTLS;
}

void complete_channel(struct reading *r, struct channel_options *channel, const config_setting_t *s)
{
    (void)r;
    if (!config_setting_get_member(s, "security"))
        channel->security = usual_security(channel->url);
    if (strcmp(channel->name, "folder") == 0 && !config_setting_get_member(s, "couriers"))
        channel->couriers = 1; /* files are laid down one after the other */
}

/* ---- offers ---- */

void complete_offer(struct reading *r, struct offer_terms *offer, const config_setting_t *s)
{
    static const struct {
        const char *name;
        enum offer_kind kind;
    } kinds[] = { { "percent", OFFER_PERCENT },
                  { "amount", OFFER_AMOUNT },
                  { "gift", OFFER_GIFT },
                  { "free_delivery", OFFER_FREE_DELIVERY } };
    const config_setting_t *found = NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const config_setting_t *one = config_setting_get_member(s, kinds[i].name);
        if (one && found)
            grumble(r, one, "an offer is one thing, and this one has both %s and %s; make two offers of it",
                    config_setting_name(found), kinds[i].name);
        else if (one)
            offer->kind = kinds[i].kind;
        found = found ? found : one;
    }
    if (!found)
        grumble(
            r, s,
            "an offer has no content; add percent = 10; or amount = 250; or gift = \"...\"; or free_delivery = true;");
    if (found && config_setting_type(found) == CONFIG_TYPE_BOOL && !config_setting_get_bool(found) &&
        offer->kind == OFFER_FREE_DELIVERY)
        grumble(r, found, "free_delivery = false offers nothing; write true, or percent, amount or gift instead");
    for (const struct offer_terms *other = r->o->offers; other < offer; other++)
        if (same(other->id, offer->id))
            grumble(r, part(s, "id"), "there is already an offer %s, in line %d; give this one an id of its own",
                    SHOW(offer->id), other->place.line);
}

/* ---- rules ---- */

static void check_watch(struct reading *r, const struct rule *rule, const char *key, const config_setting_t *s)
{
    const struct period *after = period_for(r->o, &rule->after, key), *watch = period_for(r->o, &rule->watch, key);
    if (!after || !watch || after->unit != watch->unit || watch->count < after->count)
        return;
    const char *of = key ? arena_print(r->arena, " for %s", SHOW(key)) : "";
    grumble(r, part(s, "watch"), "watch%s is not below after%s, so nobody would ever be watched; make it shorter", of,
            of);
}

/* Once for each key that either of them has. */
static void check_watches(struct reading *r, const struct rule *rule, const config_setting_t *s)
{
    struct words keys = { 0 };
    const struct periods *both[] = { &rule->after, &rule->watch };
    bool all = false;
    for (int i = 0; i < 2; i++)
        for (size_t k = 0; k < both[i]->n; k++) {
            const char *key = both[i]->rows[k].key;
            if (key && !words_have(&keys, key))
                words_add(r->arena, &keys, key);
            all |= !key;
        }
    if (all && !keys.n)
        check_watch(r, rule, NULL, s);
    for (size_t k = 0; k < keys.n; k++)
        check_watch(r, rule, keys.rows[k], s);
}

/* A category need not stand on the ladder. One that looks like a rung and is none is a slip of the pen. */
static void check_category(struct reading *r, const char *category, const char *name, const config_setting_t *s)
{
    const struct words *ladder = &r->o->categories;
    if (!category || words_have(ladder, category) || strcmp(category, "everyone") == 0)
        return;
    const char *near = strlen(category) > 3 ? word_near(category, ladder) : NULL;
    for (size_t i = 0; i < ladder->n && !near; i++)
        if (strcasecmp(ladder->rows[i], category) == 0)
            near = ladder->rows[i];
    if (near)
        grumble(r, s, "%s names the category %s, which is not in categories; did you mean \"%s\"?", name,
                SHOW(category), near);
}

static void check_categories(struct reading *r, const struct rule *rule, const config_setting_t *s)
{
    const struct {
        const char *name;
        const struct periods *table;
    } tables[] = {
        { "after", &rule->after }, { "watch", &rule->watch }, { "usual", &rule->usual }, { "every", &rule->every }
    };
    size_t n = rule->kind == RULE_VISIT ? 4 : 3; /* the keys of a review are opportunities */
    for (size_t i = 0; i < rule->who.n; i++)
        check_category(r, rule->who.rows[i], "who", part(s, "who"));
    for (size_t t = 0; t < n; t++)
        for (size_t i = 0; i < tables[t].table->n; i++)
            check_category(r, tables[t].table->rows[i].key, tables[t].name, part(s, tables[t].name));
}

static void check_limits(struct reading *r, const struct rule *rule, const config_setting_t *s)
{
    const struct period *least = &rule->at_least, *most = &rule->at_most;
    if (least->unit != PERIOD_NONE && least->unit == most->unit && least->count > most->count)
        grumble(r, part(s, "at_most"), "at_most is below at_least; swap them");
    if (words_have(&r->slips, "repeat") || words_have(&r->slips, "times"))
        return;
    if (config_setting_get_member(s, "repeat") && !config_setting_get_member(s, "times"))
        grumble(r, part(s, "repeat"), "repeat without times repeats nothing; add times = 1; or leave repeat out");
    if (rule->times > 0 && !config_setting_get_member(s, "repeat"))
        grumble(r, part(s, "times"),
                "times without repeat does not say when; add repeat = \"7 days\"; or leave times out");
}

/* What only one kind asks for. */
static void check_kind(struct reading *r, const struct rule *rule, const config_setting_t *s)
{
    int month, day;
    for (size_t i = 0; rule->kind != RULE_LAPSE && i < rule->after.n; i++)
        if (rule->after.rows[i].period.unit == PERIOD_RHYTHM)
            grumble(r, part(s, "after"),
                    "only the after of a lapse rule can follow the rhythm; write a period such as \"2 working days\"");
    if (rule->kind == RULE_OCCASION && rule->on && !month_day_read(rule->on, &month, &day) &&
        !same(rule->on, "first order") && !same(rule->on, "since") && strncmp(rule->on, "x_", 2) != 0)
        grumble(r, part(s, "on"),
                "on = %s is no day of the year; write month and day such as \"06-24\", or \"first order\", \"since\", "
                "or the name of an x_ column",
                SHOW(rule->on));
}

void complete_rule(struct reading *r, struct rule *rule, const config_setting_t *s)
{
    if (!rule->title)
        rule->title = rule->id;
    for (const struct rule *other = r->o->rules; other < rule; other++)
        if (same(other->id, rule->id))
            grumble(r, part(s, "id"), "there is already a rule %s, in line %d; give this one an id of its own",
                    SHOW(rule->id), other->place.line);
    check_limits(r, rule, s);
    check_kind(r, rule, s);
}

/* ---- the whole ---- */

/* How many members that stands for: where some could not be read, references to them are not to blame. */
static size_t written(const config_setting_t *root, const char *name)
{
    const config_setting_t *s = config_setting_get_member(root, name);
    return !s ? 0 : config_setting_is_aggregate(s) ? (size_t)config_setting_length(s) : SIZE_MAX;
}

static void check_offer_of(struct reading *r, const struct rule *rule, const config_setting_t *s,
                           const config_setting_t *root)
{
    struct words ids = { 0 };
    for (size_t i = 0; i < r->o->n_offers; i++)
        if (r->o->offers[i].id)
            words_add(r->arena, &ids, r->o->offers[i].id);
    if (!rule->offer || words_have(&ids, rule->offer) || ids.n < written(root, "offers"))
        return;
    const char *near = word_near(rule->offer, &ids);
    if (near)
        grumble(r, part(s, "offer"), "there is no offer %s; did you mean \"%s\"?", SHOW(rule->offer), near);
    else if (ids.n)
        grumble(r, part(s, "offer"), "there is no offer %s; the offers are %s", SHOW(rule->offer),
                words_listed(r->arena, &ids, " and "));
    else
        grumble(r, part(s, "offer"),
                "there is no offer %s; add offers = ( { id = ...; percent = 10; valid = \"14 days\"; } );",
                SHOW(rule->offer));
}

static void check_tell(struct reading *r, const struct rule *rule, const config_setting_t *s)
{
    if (rule->tell == TELL_WEEKLY && !r->o->digests.weekly)
        grumble(r, part(s, "tell"),
                "tell = \"weekly\" needs a weekly digest, which is off; write digests = { weekly = \"monday\"; };");
}

/* The visits that go before a recommendation. */
static void check_after_sale(struct reading *r, struct rule *rule, const config_setting_t *s)
{
    struct words ids = { 0 };
    for (size_t i = 0; i < r->o->n_rules; i++)
        if (r->o->rules[i].kind == RULE_AFTER_SALE && r->o->rules[i].id)
            words_add(r->arena, &ids, r->o->rules[i].id);
    if (rule->kind != RULE_REFERRAL || (rule->after_sale && words_have(&ids, rule->after_sale)))
        return;
    if (!ids.n)
        grumble(r, s,
                "a referral is asked for when the visits after a sale are done; add a rule of kind \"after-sale\"");
    else if (rule->after_sale)
        grumble(r, part(s, "after_sale"), "there is no after-sale rule %s; there are %s", SHOW(rule->after_sale),
                words_listed(r->arena, &ids, " and "));
    else if (ids.n > 1)
        grumble(r, s, "there is more than one after-sale rule; add after_sale = \"%s\"; or another", ids.rows[0]);
    else
        rule->after_sale = ids.rows[0];
}

/* Whose memory a rule takes over is gone itself, and is taken over once. */
static void check_formerly(struct reading *r, const struct rule *rule, const config_setting_t *s)
{
    if (!rule->formerly)
        return;
    for (const struct rule *other = r->o->rules; other < r->o->rules + r->o->n_rules; other++)
        if (same(other->id, rule->formerly))
            grumble(r, part(s, "formerly"),
                    "formerly names %s, which is a rule of its own in line %d; keep one of the two",
                    SHOW(rule->formerly), other->place.line);
        else if (other < rule && same(other->formerly, rule->formerly))
            grumble(r, part(s, "formerly"), "%s is already taken over by the rule in line %d; keep one of the two",
                    SHOW(rule->formerly), other->place.line);
}

static void check_admin(struct reading *r, const config_setting_t *root)
{
    struct options *o = r->o;
    struct words names = { 0 };
    const config_setting_t *admin = config_setting_get_member(root, "admin");
    for (size_t i = 0; i < o->n_channels; i++)
        words_add(r->arena, &names, o->channels[i].name);
    /* A chat needs an address of the admin's there: without one it is their mail. */
    for (size_t i = 0; i < names.n && !o->admin.channels.n; i++)
        if (same(names.rows[i], "email") || same(names.rows[i], "folder"))
            words_add(r->arena, &o->admin.channels, names.rows[i]);
    for (size_t i = 0; admin && i < o->admin.channels.n; i++) {
        char *name = arena_copy(r->arena, o->admin.channels.rows[i]);
        name[strcspn(name, ":")] = '\0'; /* "telegram:4711": the address there */
        const char *near = word_near(name, &names);
        if (words_have(&names, name) || names.n < written(root, "channels"))
            continue;
        if (near)
            grumble(r, part(admin, "channels"),
                    "admin.channels names %s, which is not in channels; did you mean \"%s\"?", SHOW(name), near);
        else
            grumble(r, part(admin, "channels"),
                    "admin.channels names %s, which is not in channels; add channels = { %s = { ... }; };", SHOW(name),
                    name);
    }
    if (!o->admin.language)
        o->admin.language = o->company.language;
}

/* The one mistake that would cost the company its data: everything about the store is written. */
static void check_store(struct reading *r)
{
    const struct options *o = r->o;
    struct stat store, database;
    if (!o->store || !o->source.database)
        return;
    bool one = strcmp(o->store, o->source.database) == 0 ||
               (stat(o->store, &store) == 0 && stat(o->source.database, &database) == 0 &&
                store.st_dev == database.st_dev && store.st_ino == database.st_ino);
    struct place place = place_find(o, "store");
    if (one)
        complain(r->c, place.file, place.line,
                 "store names the customer database, which is only ever read; write a file of its own, such as "
                 "\"/var/lib/followupd/store.db\"");
}

static void check_source(struct reading *r, const config_setting_t *root)
{
    struct source_options *source = &r->o->source;
    struct query *queries[] = { &source->salespeople, &source->customers, &source->purchases,
                                &source->contacts,    &source->problems,  &source->aliases };
    const char *zone = ((struct loaded *)r->o)->source_zone;
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++)
        if (!queries[i]->zone)
            queries[i]->zone = zone;
    config_setting_t *s = config_setting_get_member(root, "source");
    config_setting_t *purchases = s && config_setting_is_group(s) ? config_setting_get_member(s, "purchases") : NULL;
    if (purchases && config_setting_is_group(purchases) && config_setting_get_member(purchases, "same_occasion") &&
        config_setting_get_member(s, "same_occasion"))
        grumble(r, part(purchases, "same_occasion"), "same_occasion is already set in source; keep one of the two");
}

void complete_whole(struct reading *r, const config_setting_t *root)
{
    const config_setting_t *rules = config_setting_get_member(root, "rules");
    check_admin(r, root);
    check_source(r, root);
    check_store(r);
    for (size_t i = 0, member = 0; rules && config_setting_is_list(rules) && i < (size_t)config_setting_length(rules);
         i++) {
        const config_setting_t *s = config_setting_get_elem(rules, (unsigned)i);
        if (!config_setting_is_group(s))
            continue;
        struct rule *rule = &r->o->rules[member++];
        check_formerly(r, rule, s);
        check_after_sale(r, rule, s);
        check_offer_of(r, rule, s, root);
        check_tell(r, rule, s);
        check_watches(r, rule, s); /* only now is the ladder known */
        check_categories(r, rule, s);
    }
}
