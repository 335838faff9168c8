/* What categories teach. A company has a handful of them; should a wrong column make it a million, that is slow for
 * nobody. */
#include "plan/rhythm.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* FNV-1a. */
static uint64_t hash(const char *text)
{
    uint64_t h = 0xcbf29ce484222325;
    for (; text && *text; text++)
        h = (h ^ (unsigned char)*text) * 0x100000001b3;
    return h ^ h >> 32;
}

/* The slot that holds a category's row, or the empty one where it belongs. */
static size_t slot_of(const struct paces *p, const char *category)
{
    size_t i = hash(category) & (p->n_slots - 1);
    while (p->slots[i] && !same(p->rows[p->slots[i] - 1].category, category))
        i = (i + 1) & (p->n_slots - 1);
    return i;
}

/* Half of the slots at least stay empty. */
static void grow(struct paces *p)
{
    p->n_slots = p->n_slots ? p->n_slots * 2 : 16;
    p->rows = mem_resize(p->rows, p->n_slots / 2 * sizeof *p->rows);
    free(p->slots);
    p->slots = mem_new(p->n_slots * sizeof *p->slots);
    for (size_t i = 0; i < p->n; i++)
        p->slots[slot_of(p, p->rows[i].category)] = (uint32_t)i + 1;
}

size_t paces_index(struct paces *p, const char *category)
{
    size_t slot = p->n_slots ? slot_of(p, category) : 0;
    if (p->n_slots && p->slots[slot])
        return p->slots[slot] - 1;
    if (p->n == p->n_slots / 2) {
        grow(p);
        slot = slot_of(p, category);
    }
    p->rows[p->n] = (struct pace){ .category = mem_copy(category) };
    p->slots[slot] = (uint32_t)p->n + 1;
    return p->n++;
}

void paces_learn(struct paces *p, const char *category, const struct rhythm *r, int sign)
{
    if (r->occasions < 3)
        return;                          /* fewer than two gaps teach nothing */
    size_t i = paces_index(p, category); /* may move the rows */
    struct pace *row = &p->rows[i];
    row->sum += sign * r->sum_ln / (r->occasions - 1);
    row->customers += sign;
}

double paces_gap(const struct paces *p, const char *category)
{
    size_t slot = p->n_slots ? slot_of(p, category) : 0;
    if (!p->n_slots || !p->slots[slot])
        return 0;
    const struct pace *row = &p->rows[p->slots[slot] - 1];
    return row->customers > 0 ? exp(row->sum / (double)row->customers) : 0;
}

void paces_done(struct paces *p)
{
    for (size_t i = 0; i < p->n; i++)
        free(p->rows[i].category);
    free(p->rows);
    free(p->slots);
    *p = (struct paces){ 0 };
}
