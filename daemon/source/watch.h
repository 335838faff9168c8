/* Noticing that others changed the database: inotify on the file, its -wal and its folder. A hint only. */
#ifndef SOURCE_WATCH_H
#define SOURCE_WATCH_H

#include "base/err.h"

struct watch;

/* Watch `database`. Where inotify cannot be had, watch_fd() is -1 and watch_changed() must be asked now and then. */
struct watch *watch_new(const char *database);
void watch_free(struct watch *w);

/* To wait on for reading, or -1. */
int watch_fd(const struct watch *w);

/* Take what has been told so far; did it concern the database (written, replaced, removed, made)? Without inotify: did
 * stat() change? */
bool watch_changed(struct watch *w);

/* For `status`: "inotify on /srv/crm", or "stat() every 30 s: <why>". */
const char *watch_how(const struct watch *w);

#endif
