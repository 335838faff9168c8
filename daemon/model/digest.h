/* What one person is told about many customers at once, as plain values: engine/ gathers it, compose/ writes it. */
#ifndef MODEL_DIGEST_H
#define MODEL_DIGEST_H

#include "model/followup.h"

enum digest_kind {
    DIGEST_DAILY,   /* newcomers of the rules that are told once a day */
    DIGEST_WEEKLY,  /* all that a salesperson has on the table */
    DIGEST_SUMMARY, /* a manager's: the people, and what is at risk */
    DIGEST_KINDS
};

const char *digest_kind_name(enum digest_kind k); /* "daily", "weekly", "summary": the letter, too */

/* The parts of a digest, in the order in which they are read. A summary has the last two. */
enum digest_part {
    DIGEST_NEW,        /* told here for the first time */
    DIGEST_OPEN,       /* told before, still open */
    DIGEST_SNOOZED,    /* until `day` */
    DIGEST_WATCH,      /* silent for longer than usual, not late yet */
    DIGEST_WON,        /* bought since they were told of it, last week */
    DIGEST_OFFERS,     /* offers that end soon */
    DIGEST_LARGEST,    /* the largest at risk of all that is open */
    DIGEST_UNASSIGNED, /* customers without a salesperson who are due */
    DIGEST_PARTS
};

/* One customer, for one reason. */
struct digest_line {
    enum digest_part part;
    const struct rule *rule;
    const struct customer *customer;
    const char *salesperson;          /* name of the owner, where it is not the reader; else NULL */
    const struct defence *defence;    /* why */
    const struct issued_offer *offer; /* NULL: none */
    date day;                         /* open: told on; snoozed: until; watch: late from; won: bought on; DATE_NONE */
    money amount;                     /* won: what was bought; MONEY_NONE: unknown */
    const char *currency;             /* of all amounts of this line; NULL: the company's */
};

/* How a person fared in the week that is told of. */
struct digest_person {
    const char *name;
    int told, answered, overdue, won; /* follow-ups; overdue: told longer ago than the rule repeats, not closed */
    money won_amount;                 /* MONEY_NONE: no amounts, or of different currencies */
    const char *won_currency;         /* NULL: the company's */
    bool crowded;                     /* for four weeks more came due for them than the caps let out */
};

struct digest {
    enum digest_kind kind;
    date day;                        /* of the reader, when it is told */
    date from, until;                /* the week before it, both ends included: won, told, answered */
    const struct digest_line *lines; /* by part, and there by money at risk */
    size_t n;
    long left_out[DIGEST_PARTS];        /* counted, not shown: a part has at most as many lines as fit */
    long waiting;                       /* due, but not let out yet by the caps of the reader (summary: of all) */
    long watched;                       /* customers that the rules look at for the reader; 0: not counted */
    const struct digest_person *people; /* summary */
    size_t n_people;
};

#endif
