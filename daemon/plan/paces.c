/* What categories teach. A company has a handful of them; should a wrong column make it a million, that is slow for
 * nobody, and what customers value is kept for the first of them only. */
#include "plan/rhythm.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

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

/* NULL: nobody of that category has taught anything. */
static const struct pace *find(const struct paces *p, const char *category)
{
    size_t slot = p->n_slots ? slot_of(p, category) : 0;
    return p->n_slots && p->slots[slot] ? &p->rows[p->slots[slot] - 1] : NULL;
}

double paces_gap(const struct paces *p, const char *category)
{
    const struct pace *row = find(p, category);
    return row && row->customers > 0 ? exp(row->sum / (double)row->customers) : 0;
}

bool paces_wants(const struct paces *p, const char *category, double worth)
{
    const struct pace *row = find(p, category);
    if (!row || !row->valued)
        return p->n_valued < VALUED_CATEGORIES;
    const struct valued *last = &row->valued[VALUED_MOST - 1];
    return !last->text || last->worth < worth;
}

/* The first bytes of a text, cut between characters. */
static char *beginning_of(const char *text)
{
    size_t size = strnlen(text, VALUED_BYTES + 1);
    if (size > VALUED_BYTES)
        for (size = VALUED_BYTES; size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80;)
            size--;
    char *copy = mem_new(size + 1);
    memcpy(copy, text, size);
    return copy;
}

/* The place of the same words, else of a free row or the cheapest: what stands there makes room. */
static size_t place_for(const struct valued *rows, const char *text)
{
    size_t i = 0;
    while (i < VALUED_MOST - 1 && rows[i].text && strcasecmp(rows[i].text, text) != 0)
        i++;
    return i;
}

void paces_hear(struct paces *p, const char *category, const char *text, double worth)
{
    if (!paces_wants(p, category, worth))
        return;
    size_t at = paces_index(p, category); /* may move the rows */
    struct pace *row = &p->rows[at];
    if (!row->valued) {
        row->valued = mem_new(VALUED_MOST * sizeof *row->valued);
        p->n_valued++;
    }
    struct valued *rows = row->valued, heard = { beginning_of(text), worth };
    size_t i = place_for(rows, heard.text);
    if (rows[i].text && rows[i].worth >= worth) { /* the same words, of somebody who buys for more */
        free(heard.text);
        return;
    }
    free(rows[i].text);
    for (; i > 0 && rows[i - 1].worth < worth; i--)
        rows[i] = rows[i - 1];
    rows[i] = heard;
}

size_t paces_valued(const struct paces *p, const char *category, const char *out[VALUED_MOST])
{
    const struct pace *row = find(p, category);
    size_t n = 0;
    while (row && row->valued && n < VALUED_MOST && row->valued[n].text) {
        out[n] = row->valued[n].text;
        n++;
    }
    return n;
}

void paces_done(struct paces *p)
{
    for (size_t i = 0; i < p->n; i++) {
        for (size_t k = 0; p->rows[i].valued && k < VALUED_MOST; k++)
            free(p->rows[i].valued[k].text);
        free(p->rows[i].valued);
        free(p->rows[i].category);
    }
    free(p->rows);
    free(p->slots);
    *p = (struct paces){ 0 };
}
