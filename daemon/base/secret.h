/* Passwords and tokens: read from files that nobody else may read, and wiped after use. */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include "base/err.h"
#include "base/instant.h"

#define SECRET_MOST 65536 /* bytes in such a file */

/* What the file `path` holds, without its last newline; secret_wipe() it. A bare name is looked for below
 * $CREDENTIALS_DIRECTORY (systemd's LoadCredential=). Refused: a file that its group or the world may touch (root's own
 * with mode 0640 is fine, and so is whatever systemd put below $CREDENTIALS_DIRECTORY), an empty one, one with a NUL,
 * anything but a plain file. */
bool secret_read(char **out, const char *path, struct err *e) MUST_CHECK;

/* Was that file written, replaced, or its mode changed after this instant? False also where it cannot be seen. */
bool secret_changed(const char *path, instant since);

/* Overwrite and free. NULL is fine. */
void secret_wipe(char *secret);

#endif
