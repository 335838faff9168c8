/* What the two files that make digests hand each other. */
#ifndef ENGINE_DIGEST_PARTS_H
#define ENGINE_DIGEST_PARTS_H

#include "engine/look.h"

/* What the digest at hand is gathered from, for `s`. */
struct gathering digest_gathering(struct engine *e, const struct salesperson *s);

/* May this digest leave now? If not, it was noted when, or it was dropped. BUSY: there is only no courier for it. */
enum way { WAY_FREE, WAY_BUSY, WAY_LATER, WAY_NEVER };
bool digest_find_way(struct engine *e, const struct digest_turn *t, enum way *way, size_t *channel,
                     const char **address, struct err *err) MUST_CHECK;

/* Its customers are read: tell it, or try it again. */
bool digest_say(struct engine *e, struct err *err) MUST_CHECK;

#endif
