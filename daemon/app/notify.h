/* What systemd is told: sd_notify(3) by hand, one datagram. libsystemd would bring five more libraries for it. */
#ifndef APP_NOTIFY_H
#define APP_NOTIFY_H

#include "base/instant.h"

/* Send "READY=1" and the like to $NOTIFY_SOCKET; nothing happens outside systemd. */
void notify_send(const char *state);

/* Half of the watchdog's interval, or 0 where nobody watches us. */
duration notify_watchdog(void);

#endif
