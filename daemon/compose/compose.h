/* From an episode to a text: templates and words of a language, escaped for where they go, formatted as people write
 * there. */
#ifndef COMPOSE_COMPOSE_H
#define COMPOSE_COMPOSE_H

#include "base/arena.h"
#include "base/zone.h"
#include "compose/notice.h"
#include "model/digest.h"

struct composer;

/* Load every language below `folder` and, file by file what that does not have, below `shipped` (which may be NULL, or
 * not there). Every mistake in them is a complaint with file and line; false without one: there is no language. */
bool composer_open(struct composer **out, const char *folder, const char *shipped, struct complaints *c) MUST_CHECK;
void composer_close(struct composer *c);

/* Is that language there? "ru" also answers for "ru-RU", and "nb" for "no". NULL is not. */
bool composer_speaks(const struct composer *c, const char *language);

/* A time to meet the customer that is proposed, and what calendars know it by. */
struct meeting {
    instant start, end;
    const char *uid;       /* the same for every proposal of this episode */
    int sequence;          /* rises with each of them */
    const char *organizer; /* bare mail address */
};

/* Something else that is due for the same customer. */
struct also {
    const struct rule *rule;
    const struct defence *defence;
    int step;        /* 0: told for the first time */
    bool offer_ends; /* the offer of this message is its, and soon ends */
};

/* Everything a message may say. */
struct brief {
    const char *template; /* name of a kind of rule or digest, "alert" or "test": a letter of that name */
    const char *language; /* of the recipient; falls back to the company's, then "en" */
    const struct options *options;
    const struct salesperson *to;
    const char *covering;    /* name of the owner, where `to` is told in their place; else NULL */
    const char *told_before; /* name of who heard of this before `to`, who hears of it for the first time; else NULL */
    date told_day;           /* when they did */
    const struct zone *zone; /* of the recipient */
    const struct facts *facts;  /* NULL for digest, alert and test */
    const char *const *similar; /* what similar customers value, in their words */
    size_t n_similar;
    const struct rule *rule;
    const struct defence *defence;
    const struct issued_offer *offer; /* NULL: none */
    const struct digest *digest;      /* NULL: none */
    const struct meeting *meeting;    /* NULL: none; it needs facts, a rule and a zone */
    int step;                         /* 0: first telling, 1...: repeats */
    const struct also *also;
    size_t n_also;
    const struct also *meeting_also; /* which of them the meeting is for; NULL: it is for `rule` */
    instant now;
    const char *from, *reply_to, *address; /* mail headers: from and reply_to as configured, address bare */
    const char *message_id;                /* without <> */
    const char *thread_id;                 /* Message-ID of the first telling, or NULL */
    const char *alert;                     /* alert: what happened and what to do, one or more lines */
    const char *subject_prefix;            /* "[test] ", or NULL */
};

struct rendered {
    const char *subject, *text, *html; /* UTF-8; text with LF lines, at most 72 display columns */
    const char *bytes;                 /* the whole mail: CR LF, 7 bit clean, lines of at most 76 */
    size_t size;
    const char *calendar; /* the .ics that is attached; NULL: none */
};

/* Render a mail into `a`. Fails only on what is wrong with this brief (an address that cannot be a header). */
bool compose_mail(struct composer *c, const struct brief *b, struct arena *a, struct rendered *out,
                  struct err *e) MUST_CHECK;

/* Render it for chats: `bytes` is what is kept (compose/chat.h), `text` how it reads without markup; no HTML. */
bool compose_chat(struct composer *c, const struct brief *b, struct arena *a, struct rendered *out,
                  struct err *e) MUST_CHECK;

/* The sentence that defends a follow-up, from its stored numbers: the very one the message carries. */
const char *compose_reason(struct composer *c, const char *language, const struct rule *rule, const struct defence *d,
                           const struct options *o, struct arena *a);

/* The same for what the admin is told: paragraphs, each one line. */
const char *compose_notice(struct composer *c, const char *language, const struct notice *n, struct arena *a);

#endif
