/* The tree of groups and lists, walked along the rows: what is there is read, what is not falls back, what is unknown
 * is said. */
#include "settings/reading.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#define NOWHERE SIZE_MAX

typedef void complete_member(struct reading *r, void *member, const config_setting_t *s);

struct group {
    const char *key;    /* where it stands: "source.purchases", "rules" */
    const char *prefix; /* of the rows inside: "source.purchases", "rules[]" */
    const char *called; /* in complaints: "company", "a rule" */
    bool required;
    size_t place; /* offset of its struct place */

    /* Of many: */
    int shape;                /* CONFIG_TYPE_LIST of groups, CONFIG_TYPE_GROUP of named ones; 0: only one */
    size_t size, rows, count; /* of a member; offsets in struct options of the array and of how many */
    complete_member *complete;
};

static void complete_one_channel(struct reading *r, void *member, const config_setting_t *s)
{
    complete_channel(r, member, s);
}

static void complete_one_offer(struct reading *r, void *member, const config_setting_t *s)
{
    complete_offer(r, member, s);
}

static void complete_one_rule(struct reading *r, void *member, const config_setting_t *s)
{
    complete_rule(r, member, s);
}

#define ONE(name_, required_, place_)                                                                                  \
    {                                                                                                                  \
        .key = name_, .prefix = name_, .called = name_, .required = required_, .place = place_                         \
    }
#define PLACE(field) offsetof(struct options, field.place)

static const struct group whole = { .key = "", .prefix = "", .called = "", .place = NOWHERE };

static const struct group groups[] = {
    ONE("company", true, NOWHERE),
    ONE("admin", false, NOWHERE),
    ONE("source", true, PLACE(source)),
    ONE("source.salespeople", true, PLACE(source.salespeople)),
    ONE("source.customers", true, PLACE(source.customers)),
    ONE("source.purchases", true, PLACE(source.purchases)),
    ONE("source.contacts", false, PLACE(source.contacts)),
    ONE("source.problems", false, PLACE(source.problems)),
    ONE("source.aliases", false, PLACE(source.aliases)),
    ONE("people", false, NOWHERE),
    ONE("guards", false, NOWHERE),
    ONE("digests", false, NOWHERE),
    { .key = "channels",
      .prefix = "channels.NAME",
      .called = "a channel",
      .shape = CONFIG_TYPE_GROUP,
      .place = offsetof(struct channel_options, place),
      .size = sizeof(struct channel_options),
      .rows = offsetof(struct options, channels),
      .count = offsetof(struct options, n_channels),
      .complete = complete_one_channel },
    { .key = "offers",
      .prefix = "offers[]",
      .called = "an offer",
      .shape = CONFIG_TYPE_LIST,
      .place = offsetof(struct offer_terms, place),
      .size = sizeof(struct offer_terms),
      .rows = offsetof(struct options, offers),
      .count = offsetof(struct options, n_offers),
      .complete = complete_one_offer },
    { .key = "rules",
      .prefix = "rules[]",
      .called = "a rule",
      .shape = CONFIG_TYPE_LIST,
      .place = offsetof(struct rule, place),
      .size = sizeof(struct rule),
      .rows = offsetof(struct options, rules),
      .count = offsetof(struct options, n_rules),
      .complete = complete_one_rule },
};

enum { GROUPS = sizeof groups / sizeof groups[0] };

/* Is `g` directly inside `outer`? Then its own name, else NULL. */
static const char *name_inside(const struct group *g, const struct group *outer)
{
    size_t size = strlen(outer->key);
    if (size && (strncmp(g->key, outer->key, size) != 0 || g->key[size] != '.'))
        return NULL;
    const char *name = g->key + size + (size > 0);
    return outer->shape || strchr(name, '.') ? NULL : name;
}

static const struct group *group_named(const struct group *outer, const char *name)
{
    for (int i = 0; i < GROUPS; i++) {
        const char *own = name_inside(&groups[i], outer);
        if (own && strcmp(own, name) == 0)
            return &groups[i];
    }
    return NULL;
}

/* Does the kind of rule being read use this row? Where the kind is not known: perhaps. */
static bool used(const struct reading *r, const struct setting_row *row)
{
    return !row->how->kinds || !r->kind || (row->how->kinds & r->kind);
}

/* Where else a setting of that name belongs, if there is just one such place. */
static const char *elsewhere(const char *name)
{
    size_t n;
    const struct setting_row *rows = settings_rows(&n);
    const struct group *found = NULL;
    for (size_t i = 0; i < n; i++)
        for (int k = 0; k < GROUPS && strcmp(setting_name(&rows[i]), name) == 0; k++)
            if (setting_within(&rows[i], groups[k].prefix)) {
                if (found)
                    return NULL;
                found = &groups[k];
            }
    return found ? found->called : NULL;
}

static void refuse_unknown(struct reading *r, const struct group *g, const config_setting_t *s)
{
    const char *name = config_setting_name(s), *of = g->called[0] ? " of " : "";
    struct words known = { 0 };
    size_t n;
    const struct setting_row *rows = settings_rows(&n);
    for (size_t i = 0; i < n; i++)
        if (setting_within(&rows[i], g->prefix) && used(r, &rows[i]))
            words_add(r->arena, &known, setting_name(&rows[i]));
    for (int i = 0; i < GROUPS; i++)
        if (name_inside(&groups[i], g))
            words_add(r->arena, &known, name_inside(&groups[i], g));
    const char *near = word_near(name, &known), *other = elsewhere(name);
    if (near) {
        grumble(r, s, "%s is not a setting%s%s; did you mean \"%s\"?", SHOW(name), of, g->called, near);
        words_add(r->arena, &r->slips, near);
    } else if (g != &whole && (setting_named("", name) || group_named(&whole, name)))
        grumble(r, s, "%s is not a setting%s%s; it stands by itself, outside of all groups", SHOW(name), of, g->called);
    else if (other)
        grumble(r, s, "%s is not a setting%s%s; it belongs to %s", SHOW(name), of, g->called, other);
    else
        grumble(r, s, "%s is not a setting%s%s; there are %s", SHOW(name), of, g->called,
                words_listed(r->arena, &known, " and "));
}

/* "only review rules use it" */
static void refuse_unused(struct reading *r, const struct setting_row *row, const config_setting_t *s)
{
    struct words users = { 0 };
    const char *kind = "";
    for (int i = 0; i < RULE_KINDS; i++) {
        if (row->how->kinds & FOR(i))
            words_add(r->arena, &users, rule_kind_name((enum rule_kind)i));
        if (r->kind == FOR(i))
            kind = rule_kind_name((enum rule_kind)i);
    }
    grumble(r, s, "a %s rule does not use \"%s\"; only rules of kind %s do", kind, setting_name(row),
            words_listed(r->arena, &users, " and "));
}

/* The kind decides which rows a rule has. */
static void learn_kind(struct reading *r, const struct group *g, const config_setting_t *s, bool *unknown)
{
    const config_setting_t *setting =
        s && strcmp(g->prefix, "rules[]") == 0 ? config_setting_get_member(s, "kind") : NULL;
    const char *name = setting ? config_setting_get_string(setting) : NULL;
    enum rule_kind kind = name ? rule_kind_named(name) : RULE_KINDS;
    r->kind = kind == RULE_KINDS ? 0 : FOR(kind);
    *unknown = setting && !r->kind;
}

static void fall_back(struct reading *r, const struct group *g, void *base)
{
    size_t n;
    const struct setting_row *row = settings_rows(&n);
    for (; n; n--, row++)
        if (setting_within(row, g->prefix) && row->fallback && row->fallback[0] &&
            (!row->how->kinds || (row->how->kinds & r->kind)))
            value_fall_back(r, row, base);
}

/* The sentence of a row inside another one. */
static const char *aside(struct reading *r, const char *sentence)
{
    size_t size = strlen(sentence);
    char *text = arena_copy_bytes(r->arena, sentence, size - (sentence[size - 1] == '.'));
    text[0] = (char)tolower((unsigned char)text[0]);
    return text;
}

static void miss_rows(struct reading *r, const struct group *g, const config_setting_t *s)
{
    size_t n;
    const struct setting_row *row = settings_rows(&n);
    for (; n; n--, row++) {
        const char *name = setting_name(row);
        if (row->fallback || !setting_within(row, g->prefix) || config_setting_get_member(s, name))
            continue;
        if (words_have(&r->slips, name))
            continue;
        if (row->how->kinds && !(row->how->kinds & r->kind))
            continue;
        const char *what = aside(r, row->what);
        if (g == &whole)
            complain(r->c, r->o->file, 0, "%s is missing (%s); add for example %s = %s;", name, what, name,
                     setting_example(row));
        else
            grumble(r, s, "%s has no %s (%s); add for example %s = %s;", g->called, name, what, name,
                    setting_example(row));
    }
}

static void miss_groups(struct reading *r, const struct group *g, const config_setting_t *s)
{
    for (int i = 0; i < GROUPS; i++) {
        const char *name = name_inside(&groups[i], g);
        if (!name || !groups[i].required || config_setting_get_member(s, name) || words_have(&r->slips, name))
            continue;
        if (g == &whole)
            complain(r->c, r->o->file, 0, "%s is missing; add %s = { ... };", name, name);
        else
            grumble(r, s, "%s has no %s; add %s = { query = \"SELECT ...\"; };", g->called, name, name);
    }
}

static void read_child(struct reading *r, const struct group *g, const config_setting_t *s, void *base,
                       bool unknown_kind);

/* All that is known about one group or member. */
static void read_inside(struct reading *r, const struct group *g, const config_setting_t *s, void *base)
{
    bool unknown_kind;
    struct words outer = r->slips;
    r->slips = (struct words){ 0 };
    learn_kind(r, g, s, &unknown_kind);
    fall_back(r, g, base);
    if (s && g->place != NOWHERE)
        *(struct place *)((char *)base + g->place) = place_of(r, s);
    for (int i = 0; s && i < config_setting_length(s); i++)
        read_child(r, g, config_setting_get_elem(s, (unsigned)i), base, unknown_kind);
    if (s) {
        miss_rows(r, g, s);
        miss_groups(r, g, s);
    }
    if (s && g->complete)
        g->complete(r, base, s);
    r->kind = 0;
    r->slips = outer;
}

static void read_members(struct reading *r, const struct group *g, const config_setting_t *s)
{
    bool named = g->shape == CONFIG_TYPE_GROUP;
    size_t n = (size_t)config_setting_length(s), *count = (size_t *)((char *)r->o + g->count);
    char **members = (char **)((char *)r->o + g->rows);
    *members = arena_new(r->arena, n * g->size);
    for (unsigned i = 0; i < n; i++) {
        const config_setting_t *part = config_setting_get_elem(s, i);
        char *member = *members + *count * g->size;
        if (!config_setting_is_group(part)) {
            grumble(r, part, "%s is a group of settings; write %s{ ... }", g->called, named ? "NAME = " : "");
            continue;
        }
        if (named)
            *(const char **)(member + offsetof(struct channel_options, name)) =
                arena_copy(r->arena, config_setting_name(part));
        ++*count;
        read_inside(r, g, part, member);
    }
}

/* What other rooms complain about later has its line, too. */
static void keep_place(struct reading *r, const char *key, const config_setting_t *s)
{
    struct options *o = r->o;
    o->places = arena_grow(r->arena, o->places, o->n_places, sizeof *o->places);
    o->places[o->n_places++] = (struct named_place){ .key = key, .place = place_of(r, s) };
}

static void read_group(struct reading *r, const struct group *g, const config_setting_t *s)
{
    int shape = g->shape ? g->shape : CONFIG_TYPE_GROUP;
    if (g->shape)
        keep_place(r, arena_copy(r->arena, config_setting_name(s)), s);
    bool empty_array = shape == CONFIG_TYPE_LIST && config_setting_is_array(s) && !config_setting_length(s);
    if (config_setting_type(s) != shape && !empty_array)
        grumble(r, s,
                shape == CONFIG_TYPE_LIST ? "%s is a list of groups; write %s = ( { ... }, { ... } );"
                : g->shape                ? "%s is a group of named groups; write %s = { email = { ... }; };"
                                          : "%s is a group of settings; write %s = { ... };",
                config_setting_name(s), config_setting_name(s));
    else if (g->shape)
        read_members(r, g, s);
    else
        read_inside(r, g, s, r->o);
}

static void read_row(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *base)
{
    if (base == (void *)r->o)
        keep_place(r, row->key, s);
    value_read(r, row, s, base);
}

static void read_child(struct reading *r, const struct group *g, const config_setting_t *s, void *base,
                       bool unknown_kind)
{
    const char *name = config_setting_name(s);
    const struct setting_row *row = setting_named(g->prefix, name);
    const struct group *inner = group_named(g, name);
    if (inner)
        read_group(r, inner, s);
    else if (row && !used(r, row))
        refuse_unused(r, row, s);
    else if (row)
        read_row(r, row, s, base);
    else if (!unknown_kind) /* which settings it would have nobody knows */
        refuse_unknown(r, g, s);
}

/* The fallbacks of groups that are not there hold, too. */
void groups_read(struct reading *r, const config_setting_t *root)
{
    for (int i = 0; i < GROUPS; i++)
        if (!groups[i].shape)
            fall_back(r, &groups[i], r->o);
    read_inside(r, &whole, root, r->o);
}
