/* One event, or a plan of whole days, as an iCalendar file (RFC 5545) for its reader's own calendar (RFC 5546:
 * PUBLISH).
 */
#ifndef COMPOSE_CALENDAR_H
#define COMPOSE_CALENDAR_H

#include "base/arena.h"
#include "base/buf.h"
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

/* Something on a day, at no hour. The fields are those of an event. */
struct day_event {
    const char *uid;
    instant stamp;
    date day;
    const char *organizer, *summary, *description, *url;
};

/* A file of many days, piece by piece: as many may follow one another as fit into the file, not into memory. */
void calendar_begin(struct buf *out, const char *name, struct arena *a);
void calendar_add_day(struct buf *out, const struct day_event *v, struct arena *a);
void calendar_end(struct buf *out);

/* "review-Bergen-Dental-Sons.ics": the name if it is in ASCII, else the id. */
const char *calendar_file(const char *kind, const char *name, const char *id, struct arena *a);

#endif
