/* Addresses on their way to the wire; see also address_bare() in channel/channel.h. */
#ifndef CHANNEL_ADDRESS_H
#define CHANNEL_ADDRESS_H

#include "base/err.h"

#include <stddef.h>

#define ADDRESS_ROOM 320

/* The one address in `text`, its domain in ASCII letters (IDNA2008), into `out`: fit for the wire, or `e` says why not.
 */
bool address_wire(const char *text, char *out, size_t room, struct err *e) MUST_CHECK;

#endif
