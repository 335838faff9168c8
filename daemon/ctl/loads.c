#include "ctl/loads.h"

#include "base/mem.h"
#include "ctl/table.h"

#include <stdlib.h>

/* How much there is to do. */
struct load {
    long made, perhaps;
    long *weeks; /* a person's, of `made`, from the Monday before the start on */
};

struct loads {
    const struct options *options;
    const struct people *people;
    date start;
    int days;
    struct load all, *rules, *persons; /* as in the options; as in `people`, and one more for nobody */
};

static size_t week_of(const struct loads *l, date d)
{
    return (size_t)(d - l->start + date_weekday(l->start) - 1) / 7;
}

struct loads *loads_new(const struct options *o, const struct people *p, date start, int days)
{
    struct loads *l = mem_new(sizeof *l);
    *l = (struct loads){ .options = o, .people = p, .start = start, .days = days };
    l->rules = mem_new((o->n_rules + 1) * sizeof *l->rules);
    l->persons = mem_new((p->n + 1) * sizeof *l->persons);
    for (size_t i = 0; i <= p->n; i++)
        l->persons[i].weeks = mem_new((week_of(l, start + days) + 1) * sizeof *l->persons[i].weeks);
    return l;
}

void loads_free(struct loads *l)
{
    for (size_t i = 0; i <= l->people->n; i++)
        free(l->persons[i].weeks);
    free(l->persons);
    free(l->rules);
    free(l);
}

void loads_add(struct loads *l, const struct salesperson *s, const struct planned *p)
{
    struct load *person = &l->persons[s ? (size_t)(s - l->people->rows) : l->people->n];
    struct load *counted[] = { &l->all, &l->rules[p->rule - l->options->rules], person };
    for (size_t i = 0; i < 3; i++)
        *(p->made ? &counted[i]->made : &counted[i]->perhaps) += 1;
    if (p->made)
        person->weeks[week_of(l, p->day)]++;
}

static const char *number(struct arena *a, long value)
{
    return arena_print(a, "%ld", value);
}

static void show_rules(const struct loads *l, struct arena *a)
{
    struct table *t = table_new("rule,title,contacts#,perhaps#");
    for (size_t i = 0; i < l->options->n_rules; i++)
        table_add(t, l->options->rules[i].id, l->options->rules[i].title, number(a, l->rules[i].made),
                  number(a, l->rules[i].perhaps));
    table_print(t, FORMAT_TABLE, stdout);
    table_free(t);
}

static void add_person(const struct loads *l, struct table *t, size_t i, struct arena *a)
{
    const struct load *person = &l->persons[i];
    const struct salesperson *s = i < l->people->n ? &l->people->rows[i] : NULL;
    size_t most = 0;
    char monday[16];
    for (size_t w = 1; w <= week_of(l, l->start + l->days); w++)
        if (person->weeks[w] > person->weeks[most])
            most = w;
    date_print(l->start - date_weekday(l->start) + 1 + 7 * (int)most, monday);
    table_add(t, s ? s->id : NULL, s ? s->name : "nobody", number(a, person->made),
              arena_print(a, "%.1f", (double)person->made * 7 / l->days), number(a, person->weeks[most]),
              person->weeks[most] ? monday : NULL, number(a, person->perhaps));
}

static void show_persons(const struct loads *l, struct arena *a)
{
    struct table *t = table_new("salesperson,name,contacts#,a week#,at most#,in the week of,perhaps#");
    for (size_t i = 0; i <= l->people->n; i++)
        if (l->persons[i].made + l->persons[i].perhaps > 0)
            add_person(l, t, i, a);
    table_print(t, FORMAT_TABLE, stdout);
    table_free(t);
}

void loads_show(const struct loads *l, bool whole, struct arena *a)
{
    char from[16], until[16];
    printf("%ld contacts from %s to %s, and %ld perhaps: if no order comes, or a problem stays open\n", l->all.made,
           date_print(l->start, from), date_print(l->start + l->days - 1, until), l->all.perhaps);
    if (!whole || l->all.made + l->all.perhaps == 0)
        return;
    printf("\n");
    show_rules(l, a);
    printf("\n");
    show_persons(l, a);
}
