/* What the files of this room hand each other while one configuration is read. Nothing outside settings/ includes this.
 */
#ifndef SETTINGS_READING_H
#define SETTINGS_READING_H

#include "base/arena.h"
#include "base/shown.h"
#include "settings/settings.h"

#include <libconfig.h>

/* The options and what they are made of; rows of single groups have their offsets in here. */
struct loaded {
    struct options options;
    struct arena arena;
    const char *source_zone; /* for the queries that have none of their own */
};

/* One reading. Everything that lasts comes out of `arena`. */
struct reading {
    struct options *o;
    struct arena *arena;
    struct complaints *c;
    const char *folder;    /* of the configuration file; NULL: the working directory */
    config_t fallbacks;    /* every fallback of the table, parsed: r0, r1, ... */
    size_t first, scanned; /* of the complaints: where ours begin, where those of scan_text() end */
    struct words slips;    /* names in the group being read that were probably meant for others: nobody misses those */
    unsigned kind;         /* while a rule is read: FOR(its kind); 0 while there is none or it is not known */
};

/* ---- rows.c: the table ---- */

#define FOR(kind) (1u << (kind))

struct setting_how {
    size_t offset;              /* in struct options, or in the member of a list */
    unsigned kinds;             /* rules: FOR() the kinds that use it; 0: all */
    const char *example;        /* where the fallback is no good one */
    const char *(*choice)(int); /* "one of": the names by value; NULL behind the last */
};

const char *setting_name(const struct setting_row *row);                       /* "per_day" */
bool setting_within(const struct setting_row *row, const char *prefix);        /* "people"; "" is the top */
const struct setting_row *setting_named(const char *prefix, const char *name); /* NULL: none */
const char *setting_example(const struct setting_row *row);

/* ---- values.c: one reader for each type ---- */

/* Read `s` into the field of `base`, or complain and leave the field as it was. */
void value_read(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *base);
void value_fall_back(struct reading *r, const struct setting_row *row, void *base);

/* Lists and tables, and what they share with single values. */
void refuse_type(struct reading *r, const struct setting_row *row, const config_setting_t *s);
const char *text_of(struct reading *r, const char *called, const config_setting_t *s,
                    bool lines); /* NULL: complained */
const char *path_of(struct reading *r, const char *path);
void read_texts(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field);
void read_pairs(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field);
void read_periods(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field);
void read_steps(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field);

/* ---- groups.c: the tree ---- */

void groups_read(struct reading *r, const config_setting_t *root);

/* ---- complete.c: what only makes sense together; each fills in what follows from the rest ---- */

void complete_channel(struct reading *r, struct channel_options *channel, const config_setting_t *s);
void complete_offer(struct reading *r, struct offer_terms *offer, const config_setting_t *s);
void complete_rule(struct reading *r, struct rule *rule, const config_setting_t *s);
void complete_whole(struct reading *r, const config_setting_t *root);

/* ---- scan.c: what libconfig does not notice ---- */

enum { FILE_MOST = 1024 * 1024, INCLUDE_DEPTH = 10, INCLUDE_FILES = 100 };

/* Complain about numbers that would wrap, bytes that are no text, brackets and quotation marks that do not close,
 * includes that cannot be read. False: libconfig could say nothing better about this text, or would end the process
 * over it. */
bool scan_text(struct complaints *c, struct arena *a, const char *folder, const char *file, const char *text,
               size_t size);

/* The whole of a regular file; free() it. */
bool text_load(const char *path, char **text, size_t *size, struct err *e) MUST_CHECK;

/* ---- periods.c ---- */

/* "30 seconds", "10 minutes", "2 hours". */
bool span_read(const char *text, duration *out, struct err *e) MUST_CHECK;

/* A plain decimal number at *at, which moves behind it; no sign, no exponent, no locale. */
bool decimal_read(const char **at, double *out, bool *whole);

/* ---- words.c: sentences ---- */

/* libconfig names included files as they were included, and the configuration itself not at all. */
const char *file_of(struct reading *r, const char *name);
struct place place_of(struct reading *r, const config_setting_t *s);
void grumble(struct reading *r, const config_setting_t *s, const char *format, ...) PRINTF_LIKE(3, 4);

enum { QUOTED = SHOWN_SIZE + 2, COMPLAINTS_MOST = 500 };

/* `text` in quotation marks, made harmless. */
const char *quoted(const char *text, char out[QUOTED]);
#define SHOW(text) quoted((text), (char[QUOTED]){ 0 })

bool words_utf8(const char *text, size_t size, size_t *bad);        /* `bad`: where it ends to be */
const char *word_near(const char *word, const struct words *among); /* a likely slip of the pen, or NULL */
const char *words_listed(struct arena *a, const struct words *w, const char *last); /* "a", "b" and "c" */
void words_add(struct arena *a, struct words *w, const char *word);
bool words_have(const struct words *w, const char *word);

#endif
