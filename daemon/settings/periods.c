/* Spans of time in words. */
#include "settings/reading.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

struct unit {
    const char *name;
    int unit;     /* of a period */
    int64_t size; /* how many of these it is */
    int most;
};

/* Nobody plans further ahead than a century. */
static const struct unit period_units[] = {
    { "days", PERIOD_DAYS, 1, 36500 },
    { "weeks", PERIOD_DAYS, 7, 5200 },
    { "months", PERIOD_MONTHS, 1, 1200 },
    { "years", PERIOD_MONTHS, 12, 100 },
    { "working days", PERIOD_WORKING_DAYS, 1, 10000 },
    { "x rhythm", PERIOD_RHYTHM, 1, 100 },
    { "day", PERIOD_DAYS, 1, 36500 },
    { "week", PERIOD_DAYS, 7, 5200 },
    { "month", PERIOD_MONTHS, 1, 1200 },
    { "year", PERIOD_MONTHS, 12, 100 },
    { "working day", PERIOD_WORKING_DAYS, 1, 10000 },
    { "\xC3\x97 rhythm", PERIOD_RHYTHM, 1, 100 },
};

static const struct unit span_units[] = {
    { "seconds", 0, SECOND, 1000000 }, { "minutes", 0, MINUTE, 100000 }, { "hours", 0, HOUR, 10000 },
    { "second", 0, SECOND, 1000000 },  { "minute", 0, MINUTE, 100000 },  { "hour", 0, HOUR, 10000 },
};

struct wording {
    const char *what, *example, *listed;
    const struct unit *units;
    size_t n;
};

static const struct wording period_wording = { "a period", "90 days",
                                               "days, working days, weeks, months, years or x rhythm", period_units,
                                               sizeof period_units / sizeof period_units[0] };
static const struct wording span_wording = { "a span of time", "30 seconds", "seconds, minutes or hours", span_units,
                                             sizeof span_units / sizeof span_units[0] };

bool decimal_read(const char **at, double *out, bool *whole)
{
    const char *t = *at;
    double value = 0, place = 1;
    int digits = 0;
    for (; isdigit((unsigned char)*t); t++, digits++)
        value = value * 10 + (*t - '0');
    *whole = *t != '.' || !isdigit((unsigned char)t[1]);
    if (!digits || digits > 15)
        return false;
    if (!*whole)
        for (t++; isdigit((unsigned char)*t); t++, place *= 10)
            if (place < 1e9) /* what comes later is below any precision we care for */
                value = value + (*t - '0') / (place * 10);
    *at = t;
    *out = value;
    return true;
}

/* The unit as the tables have it: small letters, one space between words, none around. */
static void tidy(const char *text, char *out, size_t room)
{
    size_t used = 0;
    for (; *text && used + 2 < room; text++) {
        if (!isspace((unsigned char)*text))
            out[used++] = (char)tolower((unsigned char)*text);
        else if (used && out[used - 1] != ' ')
            out[used++] = ' ';
    }
    while (used && out[used - 1] == ' ')
        used--;
    out[used] = '\0';
}

static bool no_such_unit(const struct wording *w, const char *text, const char *unit, struct err *e)
{
    const char *names[16];
    struct words among = { names, w->n };
    for (size_t i = 0; i < w->n; i++)
        names[i] = w->units[i].name;
    const char *near = word_near(unit, &among);
    if (near)
        return err_set(e, "%s has the unit %s, which is none; did you mean \"%s\"?", SHOW(text), SHOW(unit), near);
    return err_set(e, "%s has the unit %s, which is none; the units are %s", SHOW(text), SHOW(unit), w->listed);
}

/* A number and a unit. */
static const struct unit *split(const struct wording *w, const char *text, double *count, bool *whole, struct err *e)
{
    const char *at = text;
    char unit[64];
    while (isspace((unsigned char)*at))
        at++;
    if (!*at)
        return err_set(e, "%s is empty; write a number and a unit, such as \"%s\"", w->what, w->example), NULL;
    if (!decimal_read(&at, count, whole))
        return err_set(e, "%s does not begin with a number; write %s such as \"%s\"", SHOW(text), w->what, w->example),
               NULL;
    tidy(at, unit, sizeof unit);
    if (unit[0] == ',' && isdigit((unsigned char)unit[1]))
        return err_set(e, "%s has a decimal comma; write a point instead", SHOW(text)), NULL;
    if (!unit[0])
        return err_set(e, "%s has no unit; write \"%.*s %s\", or another of %s", SHOW(text), 20, text, w->units[0].name,
                       w->listed),
               NULL;
    for (size_t i = 0; i < w->n; i++)
        if (strcmp(unit, w->units[i].name) == 0)
            return &w->units[i];
    return no_such_unit(w, text, unit, e), NULL;
}

bool period_read(const char *text, struct period *out, struct err *e)
{
    double count;
    bool whole;
    const struct unit *u = split(&period_wording, text, &count, &whole, e);
    if (!u)
        return false;
    if (!whole && u->unit != PERIOD_RHYTHM)
        return err_set(e, "%s is not whole; write whole %s or a smaller unit", SHOW(text), u->name);
    if (count > u->most)
        return err_set(e, "%s is longer than anybody waits; at most %d %s", SHOW(text), u->most, u->name);
    if (u->unit == PERIOD_RHYTHM && count < 0.1)
        return err_set(e, "%s is too little; at least 0.1 x rhythm", SHOW(text));
    if (count == 0)
        return err_set(e, "%s is no time at all; write a number above zero", SHOW(text));
    *out = (struct period){ .unit = (enum period_unit)u->unit, .count = count * (double)u->size };
    return true;
}

bool span_read(const char *text, duration *out, struct err *e)
{
    double count;
    bool whole;
    const struct unit *u = split(&span_wording, text, &count, &whole, e);
    if (!u)
        return false;
    if (count > u->most)
        return err_set(e, "%s is far too long", SHOW(text));
    *out = (duration)(count * (double)u->size + 0.5);
    return true;
}
