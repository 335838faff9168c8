/* A story: a text file that says what is given, what happens when, and everything that follows. See README.md. */
#ifndef STORIES_STORY_H
#define STORIES_STORY_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/instant.h"
#include "world/world.h"

/* One line of a story, as it stands there. */
struct line {
    const char *text;
    int number;
};

struct lines {
    struct line *rows;
    size_t n;
};

struct story {
    struct arena arena;
    const char *path, *title;
    struct lines given, settings, when, then;
    struct teller *teller;
    struct happened *happened;
};

/* read.c: the file as sections of lines; a mistake fails the test with its line. */
void story_read(struct story *s, const char *path);
void story_done(struct story *s);
_Noreturn void story_fail(const struct story *s, int line, const char *format, ...) PRINTF_LIKE(3, 4);

/* Does `text` have the form of `pattern`, in which each $ stands for one or more words? What they stand for is copied
 * to `out`. */
enum { CAPTURES = 4 };
bool sentence_is(const char *text, const char *pattern, struct arena *a, const char *out[CAPTURES]);

/* "2026-06-07", "2026-06-07 14:00" or "2026-06-07 14:00:30" of the company's clock at the start of *text, which moves
 * on. */
bool clock_read(const char **text, const struct zone *z, instant *out);

/* configure.c: what the given lines say about the configuration, as the text of a followupd.conf; the other lines stay.
 */
char *story_configure(struct story *s, struct lines *others);

enum deed_kind { DEED_PURCHASE, DEED_CONTACT, DEED_PROBLEM };

/* A purchase, a contact or a complaint as the story told it, kept for when its customer is back in the database. */
struct deed {
    const char *customer;
    struct purchase purchase;
    struct contact contact;
    struct problem problem;
    enum deed_kind kind;
    bool gone, lost; /* lost: gone until it is restored */
};

/* teller.c: let it happen. */
struct teller {
    struct story *story;
    struct world *world;
    char *configuration; /* in force, or refused last */
    const struct zone *zone;
    instant begin, end;
    struct salesperson people[16];
    struct customer customers[64];
    size_t n_people, n_customers;
    struct deed *deeds;
    size_t n_deeds;
    bool nobody_buys;      /* the background of other customers stands still */
    bool crash_after_mail; /* as soon as the next mail has left */
    size_t seen;           /* arrivals when that was said */
    instant off_until;     /* followupd does not run */
};

void story_tell(struct story *s);
/* sentences.c: one line of `given` or `when`. */
void teller_do(struct teller *t, const struct line *line);

/* happened.c: what the world did, in words. */
struct happened {
    struct arena arena;
    const char **lines;
    size_t n, n_trace, n_arrivals;
};

void happened_collect(struct happened *h, struct teller *t);
void happened_done(struct happened *h);

/* proposal.c: the meeting in a mail's .ics; false where none is attached. */
struct proposal {
    const char *uid;
    int sequence;
    instant start, end;
};
bool proposal_read(const char *bytes, struct arena *a, struct proposal *out);

/* diff.c: NULL if every line is there, in order, and no other; else both, side by side. An expected line that ends in
 * "..." matches any end. The caller frees it. */
char *story_differs(const struct story *s, const struct happened *h);

#endif
