#include "plan/anchored.h"

#include <string.h>

bool contact_counts(const struct rule *r, const struct contact *c)
{
    for (size_t i = 0; i < r->counts.n; i++)
        if (c->kind && strcmp(r->counts.rows[i], c->kind) == 0)
            return true;
    return r->counts.n == 0;
}

/* The last contact that counts, else (`never`) `since`, else the first purchase, else the day first seen. */
static date anchor_of(const struct bench *b, const struct rule *r, const struct facts *f, const struct rhythm *y,
                      date first_seen, int *never)
{
    *never = 0;
    for (size_t i = f->n_contacts; i-- > 0;)
        if (f->contacts[i].day <= b->today && contact_counts(r, &f->contacts[i]))
            return f->contacts[i].day;
    *never = 1;
    if (f->customer.since != DATE_NONE)
        return f->customer.since;
    return y->first_day != DATE_NONE ? y->first_day : first_seen;
}

struct finding *find_anchored(const struct subject *s, const char *key, const char *missing, struct findings *found)
{
    const struct bench *b = s->b;
    const struct rule *r = s->rule;
    const struct rhythm *y = s->rhythm;
    struct finding *out = finding_begin(s, found);
    struct defence *d = &out->defence;
    const struct period *every = period_for(b->options, &r->every, key);
    char day[16];
    d->anchor = anchor_of(b, r, s->facts, y, s->first_seen, &d->part);
    if (!every) {
        out->why = missing;
        return out;
    }
    if (d->anchor == DATE_NONE) {
        out->next = b->today; /* met today: from now on there is a day to count from */
        out->why = "no contact, no purchase, no \"since\"";
        return out;
    }
    d->category_gap = paces_gap(b->paces, s->customer->category);
    d->at_risk = rhythm_at_risk(y, rhythm_typical(y, d->category_gap));
    d->days = b->today - d->anchor;
    d->threshold = period_end(b, d->anchor, *every) - d->anchor;
    /* The period passed k times without a conversation is k occasions. */
    int k = periods_passed(b, d->anchor, *every, &out->due, &out->next);
    if (k == 0)
        out->due = out->next;
    out->anchor_day = d->anchor;
    out->occasion = arena_print(found->a, "%s+%d", date_print(d->anchor, day), k ? k : 1);
    out->state = k ? FINDING_DUE : FINDING_NOT_YET;
    return out;
}
