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

/* The typical gap of each category: what customers with at least two gaps teach. */
struct paces {
    struct pace {
        char *category; /* NULL: customers without one */
        double sum;     /* of each customer's mean ln gap */
        long customers;
    } * rows;
    size_t n;
    uint32_t *slots; /* to find them: 1 + index of the row, 0: none */
    size_t n_slots;
};

/* Find or add a category's row; its index stays the same for ever. */
size_t paces_index(struct paces *p, const char *category);

/* Let a customer teach its category, or (sign -1) take back what it taught. */
void paces_learn(struct paces *p, const char *category, const struct rhythm *r, int sign);

/* Days; 0 where no customer has taught it. */
double paces_gap(const struct paces *p, const char *category);

void paces_done(struct paces *p);

#endif
