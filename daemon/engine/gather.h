/* What a digest says, put together from the store and from the facts of the customers it is about: the daemon and
 * preview gather from the same. */
#ifndef ENGINE_GATHER_H
#define ENGINE_GATHER_H

#include "engine/company.h"
#include "model/digest.h"
#include "store/digests.h"

/* A customer as it is now, kept for a digest. */
struct sighted {
    struct customer customer;
    const char *currency;  /* of all that it buys; NULL: the company's, or several */
    struct finding *watch; /* lapses that are worth watching */
    size_t n_watch;
    struct purchase *bought; /* since the week began that the digest looks back on */
    size_t n_bought;
};

/* Keep what a digest may say of this customer. `own`: the currency of the company. */
struct sighted sight(const struct facts *f, const struct finding *rows, size_t n, date since, const char *own,
                     struct arena *a);

struct gathering {
    struct store *store; /* NULL: nothing is known yet */
    struct company *company;
    const struct people *people;
    const struct salesperson *reader;
    enum digest_kind kind;
    date day;
    instant now;
    const char *const *owners; /* whose customers the reader is told about; NULL among them: those of nobody */
    size_t n_owners;
    const char *const *strays; /* summary: owners that are nobody, or not here any more; NULL among them */
    size_t n_strays;
    struct sighted *seen; /* in order of ids: others are counted only */
    size_t n_seen;
    long backlog_left; /* of the calm start's list: so many more this week */
    struct arena *a;

    /* What comes out. */
    struct digest digest;
    struct digest_line *lines; /* of the digest */
    struct episode **told;     /* for each line the episode that is told by it; NULL: it is only shown */
};

/* Days of the reader: what a digest of that day looks back on begins on this one. */
date gather_since(enum digest_kind kind, date day);

/* The customers that have to be read for it, in no order and some of them twice; those worth watching come besides. */
bool gather_whom(struct gathering *g, const char ***ids, size_t *n, struct err *e) MUST_CHECK;
bool gather(struct gathering *g, struct err *e) MUST_CHECK;

#endif
