/* A rule is known for ever by its id: what becomes of its memory when that id is gone from the settings. */
#include "store/identity.h"
#include "engine/inner.h"

#include <string.h>

const struct rule *rule_heir(const struct options *o, const char *id)
{
    const struct rule *same = rule_find(o, id);
    for (size_t i = 0; !same && i < o->n_rules; i++)
        if (o->rules[i].formerly && strcmp(o->rules[i].formerly, id) == 0)
            return &o->rules[i];
    return same;
}

static void complain_gone(const struct options *o, const struct rule_use *u, struct complaints *c)
{
    const struct place place = place_find(o, "rules");
    complain(
        c, place.file, place.line,
        "rule %s is gone, but %ld follow-up%s of it %s open; put formerly = \"%s\"; into the %s rule that takes its "
        "place, or run \"followupctl retire %s\"",
        u->rule, u->open, u->open == 1 ? "" : "s", u->open == 1 ? "is" : "are", u->rule, rule_kind_name(u->kind),
        u->rule);
}

bool engine_rules_fit(struct store *store, const struct options *o, struct complaints *c, struct err *err)
{
    struct arena a = { 0 };
    struct rule_use *uses;
    size_t n;
    bool ok = rules_in_use(store, &a, &uses, &n, err);
    for (size_t i = 0; ok && i < n; i++) {
        const struct rule_use *u = &uses[i];
        const struct rule *r = rule_heir(o, u->rule);
        if (!r)
            complain_gone(o, u, c);
        else if (strcmp(r->id, u->rule) != 0 && r->kind != u->kind)
            complain(
                c, r->place.file, r->place.line,
                "rule %s cannot go on with what is open of %s: that was a %s rule, this is a %s rule; put formerly "
                "into one of the same kind, or run \"followupctl retire %s\"",
                r->id, u->rule, rule_kind_name(u->kind), rule_kind_name(r->kind), u->rule);
    }
    arena_done(&a);
    return ok;
}

static bool take_over(struct engine *e, const struct rule *r, struct err *err)
{
    long moved;
    if (!rule_take_over(e->store, r->formerly, r->id, r->kind, e->now, &moved, err))
        return false;
    if (!moved)
        return true;
    const char *line = arena_print(&e->step, "rule %s takes over %ld follow-up%s of %s", r->id, moved,
                                   moved == 1 ? "" : "s", r->formerly);
    note(e, 5, NULL, "%s", line);
    return history_add(e->store, e->now, NULL, "followupd", line, err);
}

/* A rule that was retired and is back in the settings is wanted again. */
bool take_over_rules(struct engine *e, struct err *err)
{
    for (size_t i = 0; i < e->options->n_rules; i++) {
        const struct rule *r = &e->options->rules[i];
        if ((r->formerly && !take_over(e, r, err)) || !rule_set_retired(e->store, r->id, false, err))
            return false;
    }
    return true;
}

bool load_retired(struct engine *e, struct err *err)
{
    for (size_t i = 0; i < e->options->n_rules; i++)
        if (!rule_retired(e->store, e->options->rules[i].id, &e->retired[i], err))
            return false;
    return true;
}

bool rule_is_retired(const struct engine *e, const struct rule *r)
{
    return e->retired[r - e->options->rules];
}
