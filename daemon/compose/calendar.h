/* One event as an iCalendar file (RFC 5545) that proposes it to its reader's own calendar (RFC 5546: PUBLISH). */
#ifndef COMPOSE_CALENDAR_H
#define COMPOSE_CALENDAR_H

#include "base/arena.h"
#include "base/instant.h"

struct event {
    const char *uid; /* ASCII, the same for every proposal of one occasion */
    int sequence;    /* rises with each of them */
    instant stamp, start, end;
    const char *organizer;   /* bare mail address; NULL: none */
    const char *summary;     /* any bytes; one line comes of it */
    const char *description; /* any bytes; may have lines; NULL: none */
    const char *url;         /* http or https, else it is left out; NULL: none */
};

/* CR LF lines of at most 75 bytes, none ending inside a character, whatever the values are. Times are cut to seconds.
 */
const char *calendar_write(const struct event *v, struct arena *a);

/* "review-Bergen-Dental-Sons.ics": the name if it is in ASCII, else the id. */
const char *calendar_file(const char *kind, const char *name, const char *id, struct arena *a);

#endif
