/* The sentences of `given` and `when`: one row each, in a table for each subject. */
#ifndef STORIES_SENTENCES_H
#define STORIES_SENTENCES_H

#include "stories/story.h"

/* One sentence at hand. */
struct said {
    struct teller *t;
    struct story *s;
    struct arena *a;
    const struct line *line;
    const char *part[CAPTURES];
};

struct sentence {
    const char *pattern; /* see sentence_is(); NULL ends a table */
    void (*act)(struct said *x);
};

extern const struct sentence machinery_sentences[], deeds_sentences[], people_sentences[];

/* A person is met where the name is first used; a customer must have a salesperson before. */
struct salesperson *said_person(struct said *x, const char *id);
struct customer *said_customer(struct said *x, const char *id);

/* "acme" as a name: "Acme". */
const char *said_capital(struct said *x, const char *id);

date said_day(struct said *x, const char *text);
instant said_noon(struct said *x, date day); /* of a day without a time */
money said_money(struct said *x, const char *text);

/* The next item of a list "a, b, c and d"; NULL at its end. */
const char *said_next(struct said *x, const char **list);

#endif
