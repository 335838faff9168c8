/* What the admin is told: what happened and what to do, as a phrase of the reader's language. */
#ifndef COMPOSE_NOTICE_H
#define COMPOSE_NOTICE_H

#include "compose/phrases.h"

struct notice {
    enum phrase which;              /* PHRASE_ALERT_... */
    double numbers[PHRASE_NUMBERS]; /* in the order of the phrase's row, as in phrase_say() */
    const char *texts[PHRASE_TEXTS];
    date day; /* what the row calls "date" */
};

/* In paragraphs, each one line; the first says what happened. */
const char *notice_say(struct phrases *p, const struct notice *n, struct arena *a);

#endif
