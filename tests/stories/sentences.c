/* What the words of a sentence stand for, and finding the row that a sentence has the form of. */
#include "stories/sentences.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const char *said_capital(struct said *x, const char *id)
{
    char *name = arena_copy(x->a, id);
    name[0] = (char)toupper((unsigned char)name[0]);
    return name;
}

struct salesperson *said_person(struct said *x, const char *id)
{
    struct teller *t = x->t;
    for (size_t i = 0; i < t->n_people; i++)
        if (strcmp(t->people[i].id, id) == 0)
            return &t->people[i];
    if (strchr(id, ' ') || t->n_people == sizeof t->people / sizeof t->people[0])
        story_fail(x->s, x->line->number, "\"%s\" is no name of a person, or one too many", id);
    struct salesperson *p = &t->people[t->n_people++];
    *p = (struct salesperson){ .id = arena_copy(x->a, id),
                               .name = said_capital(x, id),
                               .email = arena_print(x->a, "%s@nordlys.example", id),
                               .away_until = DATE_NONE,
                               .active = true };
    return p;
}

struct customer *said_customer(struct said *x, const char *id)
{
    for (size_t i = 0; i < x->t->n_customers; i++)
        if (strcmp(x->t->customers[i].id, id) == 0)
            return &x->t->customers[i];
    story_fail(x->s, x->line->number, "nobody sells to \"%s\"", id);
}

date said_day(struct said *x, const char *text)
{
    date d;
    if (!date_read(text, &d))
        story_fail(x->s, x->line->number, "\"%s\" is no day such as 2026-06-07", text);
    return d;
}

instant said_noon(struct said *x, date day)
{
    struct civil c = { .hour = 12 };
    date_split(day, &c.year, &c.month, &c.day);
    return zone_instant(x->t->zone, &c);
}

money said_money(struct said *x, const char *text)
{
    char *end;
    double amount = strtod(text, &end);
    if (*end || end == text)
        story_fail(x->s, x->line->number, "\"%s\" is no amount", text);
    return (money)(amount * 100 + 0.5);
}

const char *said_next(struct said *x, const char **list)
{
    const char *at = *list + strspn(*list, ", ");
    if (strncmp(at, "and ", 4) == 0)
        at += 4;
    size_t size = strcspn(at, ", ");
    *list = at + size;
    return size ? arena_copy_bytes(x->a, at, size) : NULL;
}

/* The first that fits is taken, so within a table longer ones of the same beginning come first. */
void teller_do(struct teller *t, const struct line *line)
{
    static const struct sentence *const tables[] = { machinery_sentences, deeds_sentences, people_sentences };
    struct said x = { .t = t, .s = t->story, .a = &t->story->arena, .line = line };
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        for (const struct sentence *row = tables[i]; row->pattern; row++)
            if (sentence_is(line->text, row->pattern, x.a, x.part)) {
                row->act(&x);
                return;
            }
    story_fail(t->story, line->number, "\"%s\" is not understood; tests/stories/README.md lists the sentences",
               line->text);
}
