/* What the lines of a digest are made of: between digest_lines.c and digest.c. */
#ifndef COMPOSE_DIGEST_PARTS_H
#define COMPOSE_DIGEST_PARTS_H

#include "compose/values_parts.h"

enum { BAR_LEAST = 2 }; /* percent: a piece of a bar that can be seen */

/* A part while its lines are put. */
struct digest_part_lines {
    enum digest_part which;
    const struct digest_line *lines;
    size_t n;
    bool many;        /* lines, in the whole digest */
    double most;      /* money a day, of the whole digest: what the bars are held against */
    int amount_width; /* columns of the widest amount */
};

/* The list of them; the widest amount is measured here. */
struct value digest_lines(struct values *v, struct digest_part_lines *part);

/* A phrase with one number, or with one text; NULL without a text. */
const char *digest_counted(struct values *v, enum phrase which, double n);
const char *digest_worded(struct values *v, enum phrase which, const char *text);
const char *digest_number(struct values *v, long n);

/* Money a day; 0 where it is not known: without amounts at_risk ranks, but is no money. */
double digest_risk(const struct digest_line *line);

/* An amount in that currency; NULL: the company's. */
const char *digest_money(struct values *v, money amount, const char *currency);

/* In a year: people know their customers by that. Three figures of it, more would be false precision. NULL: none. */
const char *digest_yearly(struct values *v, double a_day, const char *currency);

const char *digest_name(struct values *v, const struct customer *c);

/* "Harbour Dental & Sons                    £148,000": the amounts end under each other. */
const char *digest_row(struct values *v, const char *name, const char *amount, int amount_width);

#endif
