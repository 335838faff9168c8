/* The configuration file: read whole, complained about whole, or taken whole. */
#ifndef SETTINGS_SETTINGS_H
#define SETTINGS_SETTINGS_H

#include "base/err.h"
#include "base/secret.h" /* secret_read(): what password_file names */
#include "model/options.h"

/* What one key of the configuration is: the parser, the manual and the sample are held against these rows. */
struct setting_row {
    const char *key;               /* "people.per_day"; "rules[].after" */
    const char *type;              /* "whole number", "period", "text", "path", ... */
    const char *fallback;          /* as it would be written; NULL: required; "": none */
    const char *range;             /* "1 to 1000"; NULL: none */
    bool reloadable;               /* takes effect at SIGHUP */
    const char *what;              /* one sentence */
    const struct setting_how *how; /* where it is kept: this room's own business */
};

const struct setting_row *settings_rows(size_t *n);

/* Read `path` into fresh options, which live until settings_free(). On any mistake: nothing, and every complaint there
 * is. */
bool settings_read(struct options **out, const char *path, struct complaints *c) MUST_CHECK;
void settings_free(struct options *o);

/* "90 days", "2 weeks", "3 months", "1 year", "2 working days", "2.5 x rhythm". Says what is wrong and what to write.
 */
bool period_read(const char *text, struct period *out, struct err *e) MUST_CHECK;

#endif
