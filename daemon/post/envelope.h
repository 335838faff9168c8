/* The last look at an address before it becomes part of a command (reference/reliability.md V1, V4). */
#ifndef POST_ENVELOPE_H
#define POST_ENVELOPE_H

#include "base/err.h"

/* Can `address` stand between < and > on the wire without meaning anything else? One local@domain, no quoting, at most
 * 254 octets, nothing below 0x21. Octets above 0x7F pass: they need a server with SMTPUTF8. */
bool envelope_ok(const char *address, struct err *e) MUST_CHECK;

/* Does it need SMTPUTF8 (RFC 6531)? */
bool envelope_needs_utf8(const char *address);

#endif
