/* Single values: how each type is written, what it becomes. */
#include "base/zone.h"
#include "settings/reading.h"

#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void read_value(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field);

/* "1 to 1000" of a row, each side read by the type's own reader. */
static bool range_of(const struct setting_row *row, double *low, double *high)
{
    const char *at = row->range;
    bool whole;
    return at && decimal_read(&at, low, &whole) && strncmp(at, " to ", 4) == 0 && (at += 4) &&
           decimal_read(&at, high, &whole);
}

static bool in_range(struct reading *r, const struct setting_row *row, const config_setting_t *s, double value)
{
    double low, high;
    if (!range_of(row, &low, &high) || (value >= low && value <= high))
        return true;
    grumble(r, s, "%s = %.15g is out of range; it goes from %s", setting_name(row), value, row->range);
    return false;
}

/* Where scan.c already complained about a number, what libconfig made of it is not worth a word. */
static bool wrapped(struct reading *r, const config_setting_t *s)
{
    struct place place = place_of(r, s);
    for (size_t i = r->first; i < r->scanned; i++) {
        const struct complaint *c = &r->c->rows[i];
        if (c->line == place.line && c->file && strcmp(c->file, place.file) == 0)
            return true;
    }
    return false;
}

static bool number_of(struct reading *r, const struct setting_row *row, const config_setting_t *s, double *out)
{
    switch (config_setting_type(s)) {
    case CONFIG_TYPE_INT:
        *out = config_setting_get_int(s);
        break;
    case CONFIG_TYPE_INT64:
        *out = (double)config_setting_get_int64(s);
        break;
    case CONFIG_TYPE_FLOAT:
        *out = config_setting_get_float(s);
        break;
    default:
        refuse_type(r, row, s);
        return false;
    }
    if (wrapped(r, s))
        return false;
    if (!isfinite(*out)) {
        grumble(r, s, "%s is a number beyond all bounds; write a smaller one", setting_name(row));
        return false;
    }
    return in_range(r, row, s, *out);
}

static void read_number(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    double value;
    if (number_of(r, row, s, &value))
        *(double *)field = value;
}

static void read_whole(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    double value;
    if (config_setting_type(s) == CONFIG_TYPE_FLOAT)
        refuse_type(r, row, s);
    else if (number_of(r, row, s, &value))
        *(int *)field = (int)value;
}

static void read_amount(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    double value;
    if (!number_of(r, row, s, &value))
        return;
    double hundredths = round(value * 100);
    if (fabs(hundredths - value * 100) > 1e-6 * (1 + fabs(value)))
        grumble(r, s, "%s = %.15g has more than two decimals; round it", setting_name(row), value);
    else
        *(money *)field = (money)hundredths;
}

static void read_flag(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    if (config_setting_type(s) == CONFIG_TYPE_BOOL)
        *(bool *)field = config_setting_get_bool(s);
    else
        refuse_type(r, row, s);
}

const char *text_of(struct reading *r, const char *called, const config_setting_t *s, bool lines)
{
    const char *text = config_setting_get_string(s);
    if (!text)
        return NULL;
    size_t size = strlen(text);
    const char *wrong = NULL;
    for (const unsigned char *t = (const unsigned char *)text; *t; t++)
        if ((*t < 0x20 && !(lines && strchr("\n\r\t", *t))) || *t == 0x7F)
            wrong = *t == '\n' || *t == '\r' ? "goes over the end of the line" : "holds a control character";
    if (!words_utf8(text, size, NULL))
        wrong = "is not UTF-8";
    if (strspn(text, " \t\r\n") == size)
        wrong = "is empty";
    if (!wrong)
        return arena_copy(r->arena, text);
    const char *remedy = strcmp(wrong, "is empty") == 0 ? "write something, or leave the line out"
                         : wrong[0] == 'g' ? "close the quotation marks where it begins, or write it on one line"
                                           : "write it as plain text";
    grumble(r, s, "%s %s; %s", called, wrong, remedy);
    return NULL;
}

static const char *plain_text(struct reading *r, const struct setting_row *row, const config_setting_t *s)
{
    if (config_setting_type(s) == CONFIG_TYPE_STRING)
        return text_of(r, setting_name(row), s, false);
    refuse_type(r, row, s);
    return NULL;
}

static void read_text(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    const char *text = plain_text(r, row, s);
    if (text)
        *(const char **)field = text;
}

static void read_query(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    if (config_setting_type(s) != CONFIG_TYPE_STRING) {
        refuse_type(r, row, s);
        return;
    }
    const char *text = text_of(r, setting_name(row), s, true);
    if (text)
        *(const char **)field = text;
}

const char *path_of(struct reading *r, const char *path)
{
    return path[0] == '/' || !r->folder ? path : arena_print(r->arena, "%s/%s", r->folder, path);
}

static void read_path(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    const char *path = plain_text(r, row, s);
    if (path)
        *(const char **)field = path_of(r, path);
}

/* A bare name stays one: secret_read() looks for it below $CREDENTIALS_DIRECTORY. */
static void read_credential(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    const char *path = plain_text(r, row, s);
    if (path)
        *(const char **)field = strchr(path, '/') ? path_of(r, path) : path;
}

static void read_zone(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    const char *name = plain_text(r, row, s);
    struct zone *zone;
    struct err e;
    if (!name)
        return;
    if (!zone_open(&zone, name, &e)) {
        grumble(r, s, "%s: %s", setting_name(row), e.text);
        return;
    }
    zone_close(zone);
    *(const char **)field = name;
}

/* Ids stand in commands, links and message ids; people read them over the phone. */
static void read_id(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    const char *id = plain_text(r, row, s);
    if (!id)
        return;
    for (const unsigned char *t = (const unsigned char *)id; *t; t++)
        if (*t < 0x80 && !isalnum(*t) && !strchr("-_.", *t)) {
            grumble(r, s, "%s = %s has %s in it; use letters, digits, \"-\", \"_\" and \".\" only", setting_name(row),
                    SHOW(id), *t == ' ' ? "a space" : SHOW(((char[]){ (char)*t, '\0' })));
            return;
        }
    if (strlen(id) > 64)
        grumble(r, s, "%s = %s is too long; at most 64 bytes", setting_name(row), SHOW(id));
    else
        *(const char **)field = id;
}

/* A language names a folder, too. */
static void read_language(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    const char *tag = plain_text(r, row, s);
    if (!tag)
        return;
    size_t size = strspn(tag, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
    if (tag[size] || size < 2 || size > 35 || !isalpha((unsigned char)tag[0]) || !isalpha((unsigned char)tag[1]))
        grumble(r, s, "%s = %s is not a language; write its code, such as \"en\", \"nb\", \"th\" or \"pt-BR\"",
                setting_name(row), SHOW(tag));
    else
        *(const char **)field = tag;
}

static void read_currency(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    const char *code = config_setting_get_string(s);
    if (!code)
        refuse_type(r, row, s);
    else if (*code && (strlen(code) != 3 || strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3))
        grumble(r, s, "%s = %s is not a currency; write its three capital letters, such as \"NOK\" or \"EUR\"",
                setting_name(row), SHOW(code));
    else
        *(const char **)field = arena_copy(r->arena, code);
}

static void read_mail_address(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    const char *address = plain_text(r, row, s);
    const char *at = address ? strchr(address, '@') : NULL;
    if (!address)
        return;
    if (!at || at == address || !at[1] || strpbrk(address, " ,;<>\"") || strchr(at + 1, '@'))
        grumble(r, s, "%s = %s is not a mail address; write one such as %s", setting_name(row), SHOW(address),
                setting_example(row));
    else
        *(const char **)field = address;
}

static void read_time_of_day(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    const char *text = plain_text(r, row, s);
    size_t hour = text ? strspn(text, "0123456789") : 0, rest = text ? strlen(text) - hour : 0;
    bool form =
        text && hour >= 1 && hour <= 2 && rest == 3 && text[hour] == ':' && strspn(text + hour + 1, "0123456789") == 2;
    int minutes = form ? atoi(text) * 60 + atoi(text + hour + 1) : 0;
    if (!text)
        return;
    if (!form || minutes >= 24 * 60 || atoi(text + hour + 1) > 59)
        grumble(r, s, "%s = %s is not a time of day; write one such as %s", setting_name(row), SHOW(text),
                setting_example(row));
    else
        *(int *)field = minutes;
}

static void read_span(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    const char *text = plain_text(r, row, s);
    struct err e;
    duration span, low, high;
    if (!text)
        return;
    if (!span_read(text, &span, &e)) {
        grumble(r, s, "%s: %s", setting_name(row), e.text);
        return;
    }
    const char *to = strstr(row->range, " to ");
    if (span_read(arena_copy_bytes(r->arena, row->range, (size_t)(to - row->range)), &low, &e) &&
        span_read(to + 4, &high, &e) && (span < low || span > high))
        grumble(r, s, "%s = %s is out of range; it goes from %s", setting_name(row), SHOW(text), row->range);
    else
        *(duration *)field = span;
}

/* A number of days. Zero and one mean the same, and both may be written. */
static void read_days(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    const char *text = plain_text(r, row, s);
    struct period p = { PERIOD_DAYS, 0 };
    struct err e;
    if (!text)
        return;
    if (strcmp(text, "0 days") != 0 && !period_read(text, &p, &e))
        grumble(r, s, "%s: %s", setting_name(row), e.text);
    else if (p.unit != PERIOD_DAYS)
        grumble(r, s, "%s = %s is not a number of days; write for example \"3 days\"", setting_name(row), SHOW(text));
    else if (in_range(r, row, s, p.count))
        *(int *)field = (int)p.count;
}

static void read_period(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    const char *text = plain_text(r, row, s);
    struct period p;
    struct err e;
    if (!text)
        return;
    if (!period_read(text, &p, &e))
        grumble(r, s, "%s: %s", setting_name(row), e.text);
    else if (p.unit == PERIOD_RHYTHM)
        grumble(r, s, "%s = %s: only after and watch can follow the rhythm; write a period such as %s",
                setting_name(row), SHOW(text), setting_example(row));
    else
        *(struct period *)field = p;
}

static void read_period_or_off(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    const char *text = config_setting_get_string(s);
    if (text && text[0] == 'o' && strcmp(text, "off") != 0)
        grumble(r, s, "%s = %s is not known; did you mean \"off\"?", setting_name(row), SHOW(text));
    else if (text && text[0] == 'o')
        *(struct period *)field = (struct period){ .unit = PERIOD_NONE };
    else
        read_period(r, row, s, field);
}

/* Enums of these fields are as wide as an int, on every machine with this ABI. */
static void read_choice(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    const char *text = plain_text(r, row, s);
    struct words names = { 0 };
    for (int i = 0; text && row->how->choice(i); i++) {
        words_add(r->arena, &names, row->how->choice(i));
        if (strcmp(text, row->how->choice(i)) == 0) {
            *(unsigned *)field = (unsigned)i;
            return;
        }
    }
    if (!text)
        return;
    const char *near = word_near(text, &names);
    if (near)
        grumble(r, s, "%s = %s is not known; did you mean \"%s\"?", setting_name(row), SHOW(text), near);
    else
        grumble(r, s, "%s = %s is not known; there are %s", setting_name(row), SHOW(text),
                words_listed(r->arena, &names, " and "));
}

static const struct type {
    const char *name, *takes;
    read_value *read;
} types[] = {
    { "text", "text", read_text },
    { "query", "an SQL query", read_query },
    { "path", "a path", read_path },
    { "credential", "a path", read_credential },
    { "id", "a name", read_id },
    { "time zone", "a time zone", read_zone },
    { "language", "a language", read_language },
    { "currency", "a currency", read_currency },
    { "mail address", "a mail address", read_mail_address },
    { "true or false", "true or false", read_flag },
    { "whole number", "a whole number", read_whole },
    { "number", "a number", read_number },
    { "amount", "a number", read_amount },
    { "time of day", "a time of day", read_time_of_day },
    { "span", "a span of time", read_span },
    { "days", "a number of days", read_days },
    { "period", "a period", read_period },
    { "period or off", "a period or \"off\"", read_period_or_off },
    { "periods", "a period or a table of periods", read_periods },
    { "periods or rhythm", "a period or a table of periods", read_periods },
    { "list of periods", "a list of periods", read_steps },
    { "list of texts", "a list of texts", read_texts },
    { "list of pairs", "a list of pairs", read_pairs },
    { "one of", "one of a few words", read_choice },
};

static const struct type *type_of(const struct setting_row *row)
{
    const struct type *t = types;
    while (strcmp(t->name, row->type) != 0)
        t++;
    return t;
}

static const char *what_it_is(const config_setting_t *s)
{
    switch (config_setting_type(s)) {
    case CONFIG_TYPE_GROUP:
        return "a group { ... }";
    case CONFIG_TYPE_INT:
    case CONFIG_TYPE_INT64:
        return "a number";
    case CONFIG_TYPE_FLOAT:
        return "a number with decimals";
    case CONFIG_TYPE_STRING:
        return "text in quotation marks";
    case CONFIG_TYPE_BOOL:
        return "true or false";
    case CONFIG_TYPE_ARRAY:
        return "a list [ ... ]";
    case CONFIG_TYPE_LIST:
        return "a list ( ... )";
    default:
        return "nothing";
    }
}

void refuse_type(struct reading *r, const struct setting_row *row, const config_setting_t *s)
{
    const char *takes = type_of(row)->takes;
    if (strcmp(takes, "true or false") == 0)
        grumble(r, s, "%s is %s; it takes %s", setting_name(row), what_it_is(s), takes);
    else
        grumble(r, s, "%s is %s; it takes %s, such as %s", setting_name(row), what_it_is(s), takes,
                setting_example(row));
}

static void *field_of(const struct setting_row *row, void *base, void *scratch)
{
    return row->how->offset == SIZE_MAX ? scratch : (char *)base + row->how->offset;
}

void value_read(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *base)
{
    _Alignas(16) char scratch[64];
    type_of(row)->read(r, row, s, field_of(row, base, scratch));
}

void value_fall_back(struct reading *r, const struct setting_row *row, void *base)
{
    size_t n;
    const struct setting_row *first = settings_rows(&n);
    char name[32];
    snprintf(name, sizeof name, "r%zu", (size_t)(row - first));
    value_read(r, row, config_lookup(&r->fallbacks, name), base);
}
