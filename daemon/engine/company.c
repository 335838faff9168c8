#include "engine/company.h"

#include "base/buf.h"
#include "base/mem.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a text in a salesperson's row stands for, read once. */
struct known {
    char *text;
    struct zone *zone;
    struct hours hours;
    bool readable;
};

struct company {
    const struct options *options;
    struct zone *zone;
    struct hours hours;
    struct holidays *holidays; /* one for each row of options.people.holidays */
    struct composer *composer;
    struct known **zones, **all_hours;
    size_t n_zones, n_hours;
};

static char *read_text(const char *path, struct err *e)
{
    struct stat st;
    FILE *f = fopen(path, "re");
    if (!f || fstat(fileno(f), &st) != 0) {
        err_set(e, "cannot read %s: %s; name a file of days, or leave this region out", path, strerror(errno));
        return NULL;
    }
    if (!S_ISREG(st.st_mode)) {
        fclose(f);
        err_set(e, "%s is no file; name a file of days, or leave this region out", path);
        return NULL;
    }
    struct buf b = { 0 };
    char piece[4096];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, f)) > 0 && b.size < 4 << 20)
        buf_add_bytes(&b, piece, n);
    fclose(f);
    return buf_take(&b);
}

static void read_holidays(struct company *c, int year, struct complaints *wrong)
{
    const struct people_options *p = &c->options->people;
    c->holidays = mem_new((p->n_holidays + 1) * sizeof *c->holidays);
    for (size_t i = 0; i < p->n_holidays; i++) {
        struct err e = { "" };
        char *text = read_text(p->holidays[i].path, &e);
        if (!text || !holidays_read(&c->holidays[i], p->holidays[i].path, text, year, &e))
            complain(wrong, p->holidays[i].place.file, p->holidays[i].place.line, "holidays of %s: %s",
                     p->holidays[i].region, e.text);
        free(text);
    }
}

static void say(const struct options *o, const char *key, struct complaints *wrong, const char *format, ...)
    PRINTF_LIKE(4, 5);

/* At the line of that setting. */
static void say(const struct options *o, const char *key, struct complaints *wrong, const char *format, ...)
{
    struct err e;
    const struct place place = place_find(o, key);
    va_list rest;
    va_start(rest, format);
    vsnprintf(e.text, sizeof e.text, format, rest);
    va_end(rest);
    complain(wrong, place.file, place.line, "%s", e.text);
}

/* Where it was not written there is no line to mend: then it is English, or the company's. */
static void check_language(const struct company *c, const char *key, const char *language, struct complaints *wrong)
{
    const struct options *o = c->options;
    if (c->composer && place_find(o, key).line && !composer_speaks(c->composer, language))
        say(o, key, wrong, "there is no language \"%s\" in %s; write one whose folder is there, such as \"en\"",
            language, o->languages);
}

/* Inside of a language nothing would be found, and where others are installed nothing would be said of that. */
static bool is_one_language(const char *folder)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/phrases", folder);
    return access(path, F_OK) == 0;
}

static void open_languages(struct company *c, struct complaints *wrong)
{
    const struct options *o = c->options;
    size_t before = wrong->n;
    if (is_one_language(o->languages))
        say(o, "languages", wrong, "languages: %s is the folder of one language; name the folder that holds it",
            o->languages);
    else if (!composer_open(&c->composer, o->languages, DATADIR "/languages", wrong) && wrong->n == before)
        say(o, "languages", wrong,
            "languages: there is no language in %s; it must hold a folder such as en, with phrases and letters",
            o->languages);
}

bool company_open(struct company **out, const struct options *o, int year, struct complaints *wrong)
{
    struct company *c = mem_new(sizeof *c);
    struct err e;
    size_t before = wrong->n;
    c->options = o;
    if (!zone_open(&c->zone, o->company.time_zone, &e))
        say(o, "company.time_zone", wrong, "time_zone: %s", e.text);
    if (!hours_read(o->people.hours, &c->hours, &e))
        say(o, "people.hours", wrong, "hours: %s", e.text);
    read_holidays(c, year, wrong);
    if (access(o->languages, R_OK | X_OK) != 0)
        say(o, "languages", wrong,
            "languages: the folder %s cannot be read: %s; run \"make install\", or write languages = "
            "\"conf/languages\" "
            "with the way to the folder that holds en",
            o->languages, strerror(errno));
    else
        open_languages(c, wrong);
    check_language(c, "company.language", o->company.language, wrong);
    check_language(c, "admin.language", o->admin.language, wrong);
    if (wrong->n > before) {
        company_close(c);
        return false;
    }
    *out = c;
    return true;
}

static void forget(struct known **rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        zone_close(rows[i]->zone);
        free(rows[i]->text);
        free(rows[i]);
    }
    free(rows);
}

void company_close(struct company *c)
{
    if (!c)
        return;
    composer_close(c->composer);
    for (size_t i = 0; c->holidays && i < c->options->people.n_holidays; i++)
        holidays_done(&c->holidays[i]);
    free(c->holidays);
    forget(c->zones, c->n_zones);
    forget(c->all_hours, c->n_hours);
    zone_close(c->zone);
    free(c);
}

const struct options *company_options(const struct company *c)
{
    return c->options;
}

const struct zone *company_zone(const struct company *c)
{
    return c->zone;
}

const struct hours *company_hours(const struct company *c)
{
    return &c->hours;
}

const struct holidays *company_holidays(const struct company *c)
{
    return c->options->people.n_holidays ? &c->holidays[0] : NULL;
}

struct composer *company_composer(const struct company *c)
{
    return c->composer;
}

/* The row for `text`, new (and then *fresh) or known. */
static struct known *known_text(struct known ***rows, size_t *n, const char *text, bool *fresh)
{
    for (size_t i = 0; i < *n; i++)
        if (strcmp((*rows)[i]->text, text) == 0) {
            *fresh = false;
            return (*rows)[i];
        }
    *rows = mem_resize(*rows, (*n + 1) * sizeof **rows);
    struct known *k = mem_new(sizeof *k);
    k->text = mem_copy(text);
    (*rows)[(*n)++] = k;
    *fresh = true;
    return k;
}

const struct zone *person_zone(struct company *c, const struct salesperson *s, struct err *wrong)
{
    if (!s->time_zone || !*s->time_zone)
        return c->zone;
    bool fresh;
    struct known *k = known_text(&c->zones, &c->n_zones, s->time_zone, &fresh);
    struct err e = { "" };
    if (fresh || (wrong && !k->zone))
        k->readable = zone_open(&k->zone, s->time_zone, &e);
    if (!k->zone && wrong)
        *wrong = e;
    return k->zone ? k->zone : c->zone;
}

const struct hours *person_hours(struct company *c, const struct salesperson *s, struct err *wrong)
{
    if (!s->hours || !*s->hours)
        return &c->hours;
    bool fresh;
    struct known *k = known_text(&c->all_hours, &c->n_hours, s->hours, &fresh);
    struct err e = { "" };
    if (fresh || (wrong && !k->readable))
        k->readable = hours_read(s->hours, &k->hours, &e);
    if (!k->readable && wrong)
        *wrong = e;
    return k->readable ? &k->hours : &c->hours;
}

const struct holidays *person_holidays(const struct company *c, const struct salesperson *s)
{
    const struct people_options *p = &c->options->people;
    for (size_t i = 0; i < p->n_holidays; i++)
        if (s->region && strcmp(p->holidays[i].region, s->region) == 0)
            return &c->holidays[i];
    return company_holidays(c); /* the first is for all others */
}

instant person_opens(struct company *c, const struct salesperson *s, instant t)
{
    return hours_next(person_hours(c, s, NULL), person_holidays(c, s), person_zone(c, s, NULL), t);
}
