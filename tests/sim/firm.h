/* The company of one seed as the simulator knows it: plain facts, kept beside what the world is told. All that the
 * naive model needs to judge the engine is in here, and none of it comes from the engine. */
#ifndef SIM_FIRM_H
#define SIM_FIRM_H

#include "base/buf.h"
#include "base/chance.h"
#include "base/zone.h"
#include "world/world.h"

enum { MOST_PEOPLE = 40, BOSS = 0, NOBODY = -1, CATEGORIES = 5, HOLIDAYS = 40 };

/* The rules of every company here, in the order of its configuration. */
enum { LAPSE, FURNITURE, REVIEW, VISIT, PROBLEM, YEARLY, SERVICE, REFERRAL, PROSPECT, DECLINE, RULES };

struct worker {
    char id[16], name[32], address[48]; /* address "": none */
    const char *zone_name;              /* NULL: the company's */
    const struct zone *zone;
    int region;          /* which list of holidays; -1: none given */
    int hours;           /* row of hours_table */
    int manager, deputy; /* NOBODY: none */
    date away_until;
    bool active;
    enum server mood; /* how the mail server answers this address */
    instant mood_until;
};

struct buy {
    instant at;
    date day;
    money amount;
};

/* What a naive model remembers of all purchases, so that it need not walk through them every day. */
struct gaps {
    int occasions;
    double sum; /* of ln */
    date first, last;
};

struct touch {
    instant at;
    date day;
    const char *kind;
    bool content; /* the customer is */
};

/* What a customer complained of last. */
struct trouble {
    int serial; /* 0: never; our own name for it, whatever the books call it */
    char id[16];
    instant opened, closed; /* closed INSTANT_NONE: open */
};

/* An answer that somebody recorded with followupctl. */
struct answered {
    bool given;
    date anchor;
    int occasion;
};

/* The lowest pace by which a silence since `anchor` was due on some day: a category's pace that moved afterwards takes
 * nothing back. */
struct was_due {
    date anchor;
    double pace; /* 0: never due */
};

struct buyer {
    char id[16], name[32];
    int owner, category, opportunity;
    date since, met; /* met: the day it was first in the database */
    bool active, do_not_contact, gone;
    int unreadable; /* so many of its purchases have a day that cannot be read */
    bool vague; /* dated by nothing but the day the daemon met it, which hangs on when it first had a reason to look */
    instant back; /* when a customer that is gone returns */
    double rhythm;
    date next_buy;
    struct buy *buys;
    struct gaps gaps; /* of all of them */
    struct touch *touches;
    size_t n_buys, n_touches;
    instant edited;       /* by anything that can change a judgement backwards */
    instant handed;       /* when it last got another owner */
    instant bought_entry; /* when a purchase was last entered, whatever its day */
    date reacts;          /* the salesperson gets round to calling */
    int reacts_to;        /* rule */
    struct trouble trouble;
    int month, day; /* of the year, to be congratulated on; 0: none is known */
    struct answered answered[RULES];
    struct was_due was_due;
};

struct pace_range {
    double low, high; /* of today; 0: none */
};

struct rule_terms {
    const char *id;
    int repeat, times;
    bool working_days;
};

/* How large a company, for how long, and how full of faults and deeds its days are: 1 is a crash nearly every day. */
struct size {
    int buyers, people, years;
    double faults, deeds;
    int moments; /* of a day at which something happens, at most */
    int round;   /* days in which all customers are asked about once */
};

struct firm {
    uint64_t seed;
    struct size size;
    struct chance chance;
    struct world *world;
    const char *zone_name;
    struct zone *zone;
    struct zone *zones[MOST_PEOPLE];
    int per_day, per_week, calm_per_week, unassigned;
    date holidays[2][HOLIDAYS];
    struct worker people[MOST_PEOPLE];
    int n_people, n_buyers, shop; /* the shop is the last buyer */
    struct buyer *buyers;
    struct pace_range paces[CATEGORIES];
    date start, today;                  /* of the company; `today` is the day `paces` were learned for */
    bool day_only;                      /* the company's books know days, no times */
    instant source_since, crashed;      /* when the source began to fail, and the daemon was started last */
    instant server_until, source_until; /* faults end then; INSTANT_NONE: none */
    enum server server;
    instant people_edited;
    struct {
        char id[24], formerly[24]; /* what the configuration calls it now, and did before */
    } rules[RULES];
    int renamed;
    struct {
        int weekday, at, lines; /* at: minutes; every part of a digest has at most so many lines */
    } digests;
    const char *tell[RULES]; /* "daily", "weekly"; NULL: each in a message of its own */
    instant rules_edited;
    bool source_fails, calm; /* calm: no faults any more */
    long crashes;
    int complaints;
};

struct hours_row {
    const char *text;
    int day[8][2]; /* minutes [from, until) for weekdays 1 ... 7 */
};

extern const struct hours_row hours_table[];
extern const char *const category_names[CATEGORIES];
extern const char *const opportunity_names[4];
extern const struct rule_terms rule_terms[RULES];

/* A company by seed, in a world that has begun. */
struct firm *firm_new(uint64_t seed, const struct size *size);
void firm_free(struct firm *f);

/* Chance: one of n; with this probability; a whole number between the two, both included. */
int firm_pick(struct firm *f, int n);
bool firm_maybe(struct firm *f, double probability);
int firm_between(struct firm *f, int low, int high);
bool firm_mishap(struct firm *f, double probability); /* in a company full of faults */

/* Whatever happens in the company is told to the world and kept here. `at` is when the database says it happened. */
void firm_put_worker(struct firm *f, int i);
void firm_put_buyer(struct firm *f, struct buyer *b);
void firm_buys(struct firm *f, struct buyer *b, instant at);
void firm_never_bought(struct firm *f, struct buyer *b, date day); /* all purchases of that day are deleted */
void firm_touches(struct firm *f, struct buyer *b, instant at, const char *kind);
void firm_untouched(struct firm *f, struct buyer *b, date day); /* all contacts of that day are deleted */
void firm_unreadable(struct firm *f, struct buyer *b, int purchases);
void firm_complains(struct firm *f, struct buyer *b);
void firm_mends(struct firm *f, struct buyer *b, instant closed); /* INSTANT_NONE: it is open again after all */
void firm_renames_complaint(struct firm *f, struct buyer *b);     /* deleted, and entered under another number */
void firm_gone(struct firm *f, struct buyer *b);
void firm_returns(struct firm *f, struct buyer *b);

/* The configuration gives a rule another id and is loaded again. `retire`: the old one is retired, and the new one
 * knows nothing of it. */
void firm_renames_rule(struct firm *f, int rule, bool retire);
int firm_rule(const struct firm *f, const char *id); /* RULES: none */

struct buyer *firm_buyer(struct firm *f, const char *id); /* NULL: none */
int firm_worker(const struct firm *f, const char *id);    /* NOBODY: none */

#endif
