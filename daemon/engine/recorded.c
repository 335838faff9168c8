#include "engine/recorded.h"

#include "store/ledger.h"

bool recorded_add(struct store *s, const struct zone *company, struct facts *f, struct arena *a, struct err *e)
{
    struct contact *own;
    size_t n, i = 0, k = 0;
    if (!contacts_recorded(s, f->customer.id, a, &own, &n, e))
        return false;
    if (n == 0)
        return true;
    struct contact *all = arena_new(a, (f->n_contacts + n) * sizeof *all);
    for (size_t out = 0; out < f->n_contacts + n; out++) {
        if (k == n || (i < f->n_contacts && f->contacts[i].at <= own[k].at)) {
            all[out] = f->contacts[i++];
            continue;
        }
        all[out] = own[k++];
        all[out].day = zone_date(company, all[out].at);
    }
    f->contacts = all;
    f->n_contacts += n;
    return true;
}
