/* One mail as bytes: the same mail always the same bytes, so that an attempt can be repeated. */
#ifndef COMPOSE_MAIL_H
#define COMPOSE_MAIL_H

#include "base/arena.h"
#include "base/instant.h"

struct mail {
    const char *from, *reply_to;        /* "Name <a@b>" as configured; reply_to may be NULL */
    const char *to_name, *address;      /* to_name may be NULL; address bare */
    const char *subject;                /* one clean line */
    const char *message_id, *thread_id; /* without <>; thread_id may be NULL */
    const char *text, *html;            /* UTF-8, LF lines */
    const char *calendar;               /* an iCalendar object to attach; NULL: none */
    const char *calendar_file;          /* its file name: letters, digits, dashes and dots of ASCII */
    instant now;
    int offset; /* of the recipient's clock from UTC, seconds: for the Date header */
};

/* CR LF lines of at most 76 bytes, 7 bit clean. False with a sentence where an address or an id cannot be a header. */
bool mail_build(const struct mail *m, struct arena *a, const char **bytes, size_t *size, struct err *e) MUST_CHECK;

#endif
