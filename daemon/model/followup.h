/* A follow-up that a rule asks for, an episode made of it, and the numbers that defend it. */
#ifndef MODEL_FOLLOWUP_H
#define MODEL_FOLLOWUP_H

#include "base/arena.h"
#include "model/options.h"

/* The numbers that decided. They are stored with the episode; messages, explain and later steps state these and no
 * others. */
struct defence {
    date last_day;  /* last purchase day; DATE_NONE if there is none */
    date anchor;    /* the day the period runs from, where that is not the last purchase */
    int days;       /* silent since last_day (lapse), passed since anchor, or the window of a decline, when judged */
    int threshold;  /* days from last_day, or from anchor, to the due day; decline: percent of the usual allowed */
    int occasions;  /* purchases, those close together counted once */
    double typical; /* days; 0: not judged by rhythm */
    double category_gap; /* m: days; 0: none known */
    double times_usual;  /* the multiplier of the threshold; 0: a fixed period */
    money average;       /* of a purchase; MONEY_NONE: unknown, or of several currencies */
    int part, parts;     /* after-sale: which visit of how many; occasion: which anniversary; decline: percent bought;
                            review, visit, first order: 1 where no contact counts yet, and `anchor` is none */
    double at_risk;      /* money a day: average / typical; without amounts 1 / typical; 0: unknown. The rank. */
};

enum finding_state {
    FINDING_NOT_YET,
    FINDING_WATCH, /* silent for longer than usual, not late yet */
    FINDING_DUE,
    FINDING_CANNOT_JUDGE, /* `why` says what is missing */
};

/* What one rule says about one customer on one day. */
struct finding {
    const struct rule *rule;
    enum finding_state state;
    const char *why;      /* FINDING_CANNOT_JUDGE, or not yet and no day: what is missing, for the admin */
    const char *occasion; /* of the follow-up that is or will be due: unique for ever with rule and customer */
    date due;             /* the day it is or will be due; DATE_NONE if it cannot be judged */
    date watch;           /* the day it is or will be worth watching; DATE_NONE without that level */
    date next;            /* the first day after today at which this changes by itself; DATE_NEVER */
    date anchor_day;      /* the day the occasion hangs on: what re-keying compares */
    struct defence defence;
};

/* due -> held | told -> snoozed -> told ...; the rest is final. `due`: claimed, its message is on the way. */
enum episode_state {
    EPISODE_DUE,
    EPISODE_HELD,
    EPISODE_TOLD,
    EPISODE_SNOOZED,
    EPISODE_DONE,
    EPISODE_WON,
    EPISODE_LOST,
    EPISODE_EXCUSED,
    EPISODE_WITHDRAWN,
    EPISODE_UNANSWERED,
    EPISODE_CONTROL,
    EPISODE_STATES
};

const char *episode_state_name(enum episode_state s);
enum episode_state episode_state_named(const char *name); /* EPISODE_STATES if there is none */
bool episode_final(enum episode_state s);
bool episode_may(enum episode_state from, enum episode_state to);

struct episode {
    int64_t id;
    const char *rule, *customer, *occasion;
    enum rule_kind kind;
    enum episode_state state;
    const char *reason; /* held: what holds it; final: why */
    const char *owner;  /* id of the salesperson it is waiting for or was told to */
    instant opened_at, changed_at;
    instant told_at; /* the first verdict `sent`; INSTANT_NONE: nobody heard yet */
    instant next_at; /* when to look again by itself; INSTANT_NONE: nothing by time */
    date due;
    date anchor_day; /* the day the occasion hangs on */
    int step;        /* tellings that reached somebody */
    bool backlog;    /* calm start: crossed long before we first saw it */
    struct defence defence;
};

/* How history and journal name it: by its rule, and by its occasion too where a customer can have several at once:
 * "lapse", "problem 4711". */
const char *episode_name(const struct episode *ep, struct arena *a);

enum offer_state {
    ISSUED_OFFER_ISSUED,
    ISSUED_OFFER_TOLD,
    ISSUED_OFFER_USED,
    ISSUED_OFFER_ENDED,
    ISSUED_OFFER_VOID,
    ISSUED_OFFER_STATES
};

const char *offer_state_name(enum offer_state s);

/* An offer issued with an episode. Once told it is honoured until `last_day` is over in the company's zone. */
struct issued_offer {
    int64_t id, episode;
    const char *terms; /* id in the configuration */
    const char *customer, *code;
    enum offer_state state;
    enum offer_kind kind;
    double percent;
    money amount;
    const char *gift;
    date last_day;
    instant ends_at; /* the first instant it no longer holds */
    instant issued_at;
};

#endif
