#include "model/customer.h"

#include <stdlib.h>
#include <string.h>

/* Is it an integer that fits, written with digits and at most one minus? */
static bool integer(const char *id, long long *value)
{
    const char *digits = id + (*id == '-');
    size_t n = strspn(digits, "0123456789");
    if (n == 0 || n > 18 || digits[n])
        return false;
    *value = strtoll(id, NULL, 10);
    return true;
}

int id_compare(const char *a, const char *b)
{
    long long x, y;
    bool a_number = integer(a, &x), b_number = integer(b, &y);
    if (a_number != b_number)
        return a_number ? -1 : 1;
    if (a_number && x != y)
        return x < y ? -1 : 1;
    return strcmp(a, b);
}

bool currency_same(const char *a, const char *b, const char *own)
{
    a = a && a[0] ? a : own ? own : "";
    b = b && b[0] ? b : own ? own : "";
    return strcmp(a, b) == 0;
}

bool facts_currency(const struct facts *f, const char *own, const char **currency)
{
    bool any = false;
    *currency = NULL;
    for (size_t i = 0; i < f->n_purchases; i++) {
        const struct purchase *p = &f->purchases[i];
        if (p->amount == MONEY_NONE || p->amount <= 0)
            continue;
        if (any && !currency_same(*currency, p->currency, own))
            return false;
        *currency = p->currency;
        any = true;
    }
    return true;
}

bool customer_silent(const struct customer *c)
{
    return !c->active || c->do_not_contact;
}

const struct salesperson *person_find(const struct people *p, const char *id)
{
    size_t low = 0, high = p && id ? p->n : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = id_compare(id, p->rows[middle].id);
        if (order == 0)
            return &p->rows[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

void facts_as_of(struct facts *f, instant now)
{
    while (f->n_purchases && f->purchases[f->n_purchases - 1].at > now)
        f->n_purchases--;
    while (f->n_contacts && f->contacts[f->n_contacts - 1].at > now)
        f->n_contacts--;
    while (f->n_problems && f->problems[f->n_problems - 1].opened_at > now)
        f->n_problems--;
    for (size_t i = 0; i < f->n_problems; i++)
        if (f->problems[i].closed_at > now)
            f->problems[i].closed_at = INSTANT_NONE;
}
