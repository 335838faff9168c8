/* What the engine asks of the source's courier, and what couriers lay on its tray. Each is one piece of memory that
 * changes hands. */
#ifndef ENGINE_NEWS_H
#define ENGINE_NEWS_H

#include "model/message.h"
#include "plan/judge.h"

enum errand_kind {
    ERRAND_PASS,      /* read everybody, in short */
    ERRAND_CUSTOMERS, /* read these in full */
    ERRAND_REST,      /* close the file until it is needed again */
};

struct errand {
    struct arena arena;
    enum errand_kind kind;
    int64_t number; /* comes back with everything it brings */
    instant now;
    date today;
    const char **ids; /* in id order */
    size_t n;
};

enum news_kind {
    NEWS_OUTLOOKS, /* some customers of a pass */
    NEWS_PASSED,   /* the pass is complete */
    NEWS_FACTS,    /* some customers in full; those asked for and not there are missing */
    NEWS_BROUGHT,  /* the errand's customers have all been brought */
    NEWS_FAILED,   /* the errand failed: conclude nothing from it */
    NEWS_RECEIPT,  /* what became of one attempt */
};

struct seen_customer {
    const char *id, *category, *salesperson;
    struct outlook outlook;
};

struct news {
    struct arena arena; /* holds all that the rest points to */
    enum news_kind kind;
    int64_t number;
    struct people *people; /* PASSED, FACTS: the salespeople as they are now; else NULL */
    union {
        struct {
            struct seen_customer *rows;
            size_t n;
        } outlooks;
        struct {
            struct paces paces; /* learned from purchases before `today`; taken over by the engine */
            date today;
            instant newest_purchase;
            int longest_gap;
            long customers, unreadable;
            struct aliases aliases;
            const char *example; /* of what was unreadable, or NULL */
            duration took;
        } passed;
        struct {
            struct facts *rows;
            size_t n;
        } facts;
        const char *why; /* FAILED */
        struct receipt receipt;
    };
    struct news *next; /* on the engine's own queue */
};

struct errand *errand_new(enum errand_kind kind, int64_t number, instant now, date today);
void errand_free(struct errand *e);

struct news *news_new(enum news_kind kind, int64_t number);
void news_free(struct news *n);

/* Add one customer, in full or in short. `b` may know no paces yet. */
void news_add_facts(struct news *n, const struct facts *f);
void news_add_outlook(struct news *n, const struct bench *b, const struct facts *f);

/* A copy with all its texts. */
struct customer customer_copy(struct arena *a, const struct customer *c);

/* A copy of everybody, for news->people. */
struct people *people_copy(struct arena *a, const struct people *p);

/* A copy of all of them. */
struct aliases aliases_copy(struct arena *a, const struct aliases *all);

#endif
