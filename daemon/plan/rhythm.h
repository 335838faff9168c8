/* A customer's own buying rhythm, shrunk towards the rhythm of similar customers.
 * The rule, its evidence and its test vectors: shared/reference/lapse-detection.md 5.5 (DESIGN.md section 6). */
#ifndef PLAN_RHYTHM_H
#define PLAN_RHYTHM_H

#include "model/options.h"

/* Three numbers carry all of it: purchases may be forgotten once they were added. */
struct rhythm {
    int occasions;     /* purchases closer together than `same_occasion` count once */
    double sum_ln;     /* of the gaps in days between the first days of occasions */
    date first_day;    /* of the first occasion */
    date occasion_day; /* first day of the latest occasion */
    date last_day;     /* last purchase day; silence runs from here */
    money spent;       /* over `priced` occasions' purchases */
    int priced;        /* purchases with an amount */
};

void rhythm_begin(struct rhythm *r);

/* Add a purchase; days must not fall. Zero and negative amounts are passed over. */
void rhythm_add(struct rhythm *r, date day, money amount, int same_occasion);

/* Of all purchases up to and including `until`. */
struct rhythm rhythm_of(const struct facts *f, date until, int same_occasion);

/* exp of the mean ln gap, over gaps and `weight` times `category_gap`; 0 where nothing is known. */
double rhythm_typical(const struct rhythm *r, double category_gap);

/* Average purchase per occasion, MONEY_NONE without amounts. */
money rhythm_average(const struct rhythm *r);

/* Money a day: what the ranking everywhere goes by. Without amounts 1 / typical. 0: unknown. */
double rhythm_at_risk(const struct rhythm *r, double typical);

/* So many texts about what its customers value a category keeps, so many categories do, and so long they are: the same
 * memory for a million customers, whatever they say. */
enum { VALUED_MOST = 3, VALUED_CATEGORIES = 256, VALUED_BYTES = 600 };

/* What a customer values, and how much it bought for. */
struct valued {
    char *text; /* NULL: none */
    double worth;
};

/* What categories teach: the typical gap, by customers with at least two gaps, and what those value who buy for most.
 */
struct paces {
    struct pace {
        char *category; /* NULL: customers without one */
        double sum;     /* of each customer's mean ln gap */
        long customers;
        struct valued *valued; /* VALUED_MOST of them, the dearest first; NULL: none */
    } * rows;
    size_t n;
    size_t n_valued; /* categories that have some */
    uint32_t *slots; /* to find them: 1 + index of the row, 0: none */
    size_t n_slots;
};

/* Find or add a category's row; its index stays the same for ever. */
size_t paces_index(struct paces *p, const char *category);

/* Let a customer teach its category, or (sign -1) take back what it taught. */
void paces_learn(struct paces *p, const char *category, const struct rhythm *r, int sign);

/* Days; 0 where no customer has taught it. */
double paces_gap(const struct paces *p, const char *category);

/* Would a text of a customer that bought for so much be kept? */
bool paces_wants(const struct paces *p, const char *category, double worth);

/* Keep what a customer values. The same words twice are kept once. */
void paces_hear(struct paces *p, const char *category, const char *text, double worth);

/* What customers of the category value, the dearest first; returns how many. The texts live as long as `p`. */
size_t paces_valued(const struct paces *p, const char *category, const char *out[VALUED_MOST]);

void paces_done(struct paces *p);

#endif
