#include "plan/fingerprint.h"

#include <string.h>

/* Each step can be undone, so one changed word is never lost. Nobody attacks it; eight bytes at a time, because a pass
 * does this for every row of the company's database. */
static void mix(uint64_t *h, uint64_t word)
{
    *h = (*h ^ word) * 0x9e3779b97f4a7c15;
    *h ^= *h >> 29;
}

/* Its length goes first, so that "ab", "c" is not "a", "bc", and nothing is not "". */
static void mix_text(uint64_t *h, const char *text)
{
    size_t size = text ? strlen(text) : 0;
    mix(h, text ? size + 1 : 0);
    for (size_t at = 0; at < size; at += 8) {
        uint64_t word = 0;
        memcpy(&word, text + at, size - at < 8 ? size - at : 8);
        mix(h, word);
    }
}

static void mix_texts(uint64_t *h, const char *const *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        mix_text(h, texts[i]);
}

#define MIX_TEXTS(h, ...)                                                                                              \
    mix_texts(h, (const char *[]){ __VA_ARGS__ }, sizeof((const char *[]){ __VA_ARGS__ }) / sizeof(const char *))

static void mix_customer(uint64_t *h, const struct customer *c)
{
    MIX_TEXTS(h, c->name, c->salesperson, c->category, c->opportunity, c->contact_name, c->email, c->phone, c->language,
              c->region, c->url, c->values, c->notes);
    mix(h, (uint64_t)c->since << 2 | (uint64_t)c->active << 1 | c->do_not_contact);
    mix(h, c->n_extras);
    for (size_t i = 0; i < c->n_extras; i++)
        MIX_TEXTS(h, c->extras[i].name, c->extras[i].value);
}

uint64_t fingerprint_of(const struct facts *f)
{
    uint64_t h = 0xcbf29ce484222325;
    mix_customer(&h, &f->customer);
    mix(&h, f->n_purchases);
    for (size_t i = 0; i < f->n_purchases; i++) {
        const struct purchase *p = &f->purchases[i];
        mix(&h, (uint64_t)p->at);
        mix(&h, (uint64_t)p->amount);
        mix(&h, (uint64_t)p->delivered);
        MIX_TEXTS(&h, p->id, p->currency, p->what, p->product_group, p->offer_code);
    }
    mix(&h, f->n_contacts);
    for (size_t i = 0; i < f->n_contacts; i++) {
        const struct contact *c = &f->contacts[i];
        mix(&h, (uint64_t)c->at);
        MIX_TEXTS(&h, c->kind, c->salesperson, c->outcome, c->note);
    }
    mix(&h, f->n_problems);
    for (size_t i = 0; i < f->n_problems; i++) {
        const struct problem *p = &f->problems[i];
        mix(&h, (uint64_t)p->opened_at);
        mix(&h, (uint64_t)p->closed_at);
        MIX_TEXTS(&h, p->id, p->summary);
    }
    mix(&h, (uint64_t)f->unreadable_purchases);
    mix(&h, (uint64_t)f->unreadable_contacts);
    return h;
}

static void mix_number(uint64_t *h, double number)
{
    uint64_t word;
    memcpy(&word, &number, sizeof word);
    mix(h, word);
}

static void mix_period(uint64_t *h, struct period p)
{
    mix(h, p.unit);
    mix_number(h, p.count);
}

static void mix_periods(uint64_t *h, const struct periods *p)
{
    mix(h, p->n);
    for (size_t i = 0; i < p->n; i++) {
        mix_text(h, p->rows[i].key);
        mix_period(h, p->rows[i].period);
    }
}

static void mix_words(uint64_t *h, const struct words *w)
{
    mix(h, w->n);
    mix_texts(h, w->rows, w->n);
}

static void mix_rule(uint64_t *h, const struct rule *r)
{
    const struct periods *tables[] = { &r->after, &r->every, &r->usual, &r->steps };
    const struct period single[] = { r->at_least, r->at_most, r->again, r->within, r->ahead };
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        mix_periods(h, tables[i]);
    for (size_t i = 0; i < sizeof single / sizeof single[0]; i++)
        mix_period(h, single[i]);
    mix_words(h, &r->who);
    mix_words(h, &r->counts);
    mix_words(h, &r->content);
    MIX_TEXTS(h, r->on, r->after_sale);
    mix(h, (uint64_t)r->orders << 8 | (uint64_t)r->from);
    mix(h, (uint64_t)r->min_purchases);
    mix_number(h, r->share);
}

uint64_t fingerprint_of_rule(const struct options *o, const struct rule *r)
{
    uint64_t h = 0xcbf29ce484222325;
    mix(&h, (uint64_t)o->source.same_occasion);
    mix_words(&h, &o->categories);
    mix_rule(&h, r);
    for (size_t i = 0; i < o->n_rules; i++)
        if (o->rules[i].kind == r->kind)
            mix_words(&h, &o->rules[i].who); /* who is covered more closely by another rule is not by this one */
    return h;
}
