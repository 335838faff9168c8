/* What the rules need and the mapping does not have. Without it they would be silent for ever, so check says it. */
#include "source/inside.h"

#include <string.h>

static bool has_column(const struct source *s, enum query_id id, const char *name)
{
    const struct mapping *m = &s->streams[id].mapping;
    for (size_t i = 0; i < m->n; i++)
        if (strcmp(m->fields[i].column && m->fields[i].column->type != FIELD_EXTRA ? m->fields[i].column->name
                                                                                   : m->fields[i].name,
                   name) == 0)
            return true;
    return false;
}

static void need_column(const struct source *s, const struct rule *r, enum query_id id, const char *column,
                        const char *instead, struct complaints *wrong)
{
    const char *query = query_kinds[id].name;
    const struct place *place = &r->place;
    if (!source_query(s, id)->sql)
        complain(wrong, place->file, place->line,
                 "rule %s needs the column %s of source.%s, a query that is not there; "
                 "add it%s",
                 r->id, column, query, instead);
    else if (!has_column(s, id, column))
        complain(wrong, place->file, place->line,
                 "rule %s needs a column %s, and the %s query has none; name one of "
                 "yours AS %s%s",
                 r->id, column, query, column, instead);
}

static void need_day(const struct source *s, const struct rule *r, struct complaints *wrong)
{
    if (strcmp(r->on, "since") == 0 || strncmp(r->on, "x_", 2) == 0)
        need_column(s, r, QUERY_CUSTOMERS, r->on, "", wrong);
}

void check_needs(const struct source *s, struct complaints *wrong)
{
    const struct options *o = s->options;
    for (size_t i = 0; i < o->n_rules; i++) {
        const struct rule *r = &o->rules[i];
        if (r->kind == RULE_PROBLEM && !source_query(s, QUERY_PROBLEMS)->sql)
            complain(wrong, r->place.file, r->place.line,
                     "rule %s watches complaints, and there is no source.problems; "
                     "add that query, with the columns customer, opened_at and closed_at",
                     r->id);
        if (r->kind == RULE_AFTER_SALE && r->from == SALE_DELIVERED)
            need_column(s, r, QUERY_PURCHASES, "delivered_at", ", or say from = \"ordered\" in the rule", wrong);
        if (r->kind == RULE_REFERRAL && r->content.n)
            need_column(s, r, QUERY_CONTACTS, "outcome", ", or leave content out of the rule", wrong);
        if (r->kind == RULE_OCCASION)
            need_day(s, r, wrong);
    }
}
