#include "source/import.h"

#include "base/mem.h"
#include "base/shown.h"
#include "source/key.h"
#include "source/values.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST_NAME = 60 };

/* ---- the header ---- */

static bool space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Without the space around it, no-break space too. */
static char *trim(char *text)
{
    for (;;) {
        if (space(*text))
            text++;
        else if (strncmp(text, "\xC2\xA0", 2) == 0)
            text += 2;
        else
            break;
    }
    size_t n = strlen(text);
    for (;;) {
        if (n && space(text[n - 1]))
            n--;
        else if (n > 1 && memcmp(text + n - 2, "\xC2\xA0", 2) == 0)
            n -= 2;
        else
            break;
    }
    text[n] = '\0';
    return text;
}

/* "Contact Name" as "contact_name". */
static char *plain_name(struct arena *a, const char *text)
{
    char *name = trim(arena_copy(a, text));
    for (char *p = name; *p; p++) {
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p - 'A' + 'a');
        else if (*p == ' ' || *p == '-')
            *p = '_';
    }
    return name;
}

static bool required(const struct import *im, const struct column *c)
{
    /* A problem that was closed is found again by its id. */
    return c->required || (im->options->into == QUERY_PROBLEMS && strcmp(c->name, "id") == 0);
}

static void complain_unknown(const struct import *im, const char *name, struct complaints *wrong)
{
    const struct query_kind *kind = &query_kinds[im->options->into];
    const char *words[64];
    char text[SHOWN_SIZE];
    for (size_t i = 0; i < kind->n; i++)
        words[i] = kind->columns[i].name;
    const char *near = near_miss(name, words, kind->n);
    shown(name, text);
    if (near)
        complain(wrong, NULL, 0, "the column \"%s\" is not known; did you mean \"%s\"? (--map \"%s=%s\")", text, near,
                 text, near);
    else
        complain(wrong, NULL, 0,
                 "the column \"%s\" is not known; say what it is (--map \"%s=...\"), or leave such out "
                 "(--unknown ignore)",
                 text, text);
}

/* x_... becomes a column of the table. */
static bool harmless(const char *name)
{
    return strlen(name) <= LONGEST_NAME && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name);
}

static const char *renamed(const struct import *im, struct arena *a, const char *name)
{
    const struct import_options *o = im->options;
    for (size_t i = 0; i < o->n_names; i++)
        if (strcmp(plain_name(a, o->names[i].from), name) == 0)
            return plain_name(a, o->names[i].to);
    return name;
}

static bool has_name(const struct import *im, const char *name)
{
    for (size_t i = 0; i < im->n_names; i++)
        if (strcmp(im->names[i], name) == 0)
            return true;
    return false;
}

static void add_column(struct import *im, const char *written, struct complaints *wrong)
{
    const char *name = renamed(im, &im->arena, plain_name(&im->arena, written));
    const struct column *column = query_column(&query_kinds[im->options->into], name);
    char text[SHOWN_SIZE];
    if (!column && !im->options->ignore_unknown)
        complain_unknown(im, name, wrong);
    else if (column && has_name(im, name))
        complain(wrong, NULL, 0, "the column \"%s\" is there twice; rename one of them, or take it away",
                 shown(name, text));
    else if (column && column->type == FIELD_EXTRA && !harmless(name))
        complain(wrong, NULL, 0,
                 "the name of the column \"%s\" must be made of at most %d letters a to z, digits and _; rename it "
                 "with --map",
                 shown(name, text), LONGEST_NAME);
    else if (column)
        im->names[im->n_names++] = name;
    im->columns[im->n_cells++] = column;
}

/* Each --map must have found its column. */
static void check_names(const struct import *im, const struct csv_record *header, struct complaints *wrong)
{
    struct arena a = { 0 };
    char text[SHOWN_SIZE];
    for (size_t i = 0; i < im->options->n_names; i++) {
        const char *from = plain_name(&a, im->options->names[i].from);
        bool found = false;
        for (size_t k = 0; k < im->n_cells && !found; k++)
            found = strcmp(plain_name(&a, header->cells[k]), from) == 0;
        if (!found)
            complain(wrong, NULL, 0, "--map names a column \"%s\", which is not in the header",
                     shown(im->options->names[i].from, text));
    }
    arena_done(&a);
}

bool import_header(struct import *im, const struct import_options *o, const struct csv_record *header,
                   struct complaints *wrong)
{
    const struct query_kind *kind = &query_kinds[o->into];
    struct arena a = { 0 };
    size_t before = wrong->n, n = header->n;
    *im = (struct import){ .options = o };
    /* Many programs end every line in a delimiter. */
    while (n > 1 && !*plain_name(&a, header->cells[n - 1]))
        n--;
    for (size_t i = 0; i < n; i++)
        add_column(im, header->cells[i], wrong);
    check_names(im, header, wrong);
    for (size_t i = 0; i < kind->n; i++)
        if (required(im, &kind->columns[i]) && !has_name(im, kind->columns[i].name))
            complain(wrong, NULL, 0,
                     "there is no column \"%s\", which %s must have; if it is called otherwise, write "
                     "--map \"...=%s\"",
                     kind->columns[i].name, kind->name, kind->columns[i].name);
    arena_done(&a);
    return wrong->n == before;
}

void import_done(struct import *im)
{
    arena_done(&im->arena);
}

/* ---- cells ---- */

static bool read_id(char *text, struct value *out, struct err *why)
{
    char plain[32];
    size_t size = strlen(text);
    if (size > LONGEST_ID)
        return err_set(why, "an id has at most %d bytes", LONGEST_ID);
    struct key k = key_of_text(text, (int)size);
    snprintf(plain, sizeof plain, "%" PRId64, k.value);
    /* "007" is another id than 7. */
    bool number = k.number && strcmp(plain, text) == 0;
    *out = (struct value){ number ? VALUE_NUMBER : VALUE_TEXT, k.value, number ? NULL : text };
    return true;
}

/* A day as such, an instant with its zone: so that it is the same whatever is configured later. */
static bool read_moment(const struct import *im, const char *text, bool day_only, struct arena *a, struct value *out,
                        struct err *why)
{
    const struct calendar *c = &im->options->calendar;
    struct moment m;
    char day[16];
    if (!moment_read(c, text, strlen(text), &m))
        return c->format ? err_set(why, "this does not look like --date-format \"%s\"", c->format)
                         : err_set(why, "this is no date; write 2026-12-24, or say how dates are written, such as "
                                        "--date-format %%d.%%m.%%Y");
    if (day_only || m.at == zone_day_start(zone_days_zone(c->company), m.day)) {
        *out = (struct value){ .type = VALUE_TEXT, .text = arena_copy(a, date_print(m.day, day)) };
        return true;
    }
    struct civil t = instant_split(m.at);
    char *written = arena_print(a, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", t.year, t.month, t.day, t.hour, t.minute,
                                t.second, t.millisecond);
    if (t.millisecond == 0)
        strcpy(written + 19, "Z");
    *out = (struct value){ .type = VALUE_TEXT, .text = written };
    return true;
}

static bool read_amount(const struct import *im, const char *text, struct arena *a, struct value *out, struct err *why)
{
    char plain[32];
    money amount;
    if (!amount_plain(text, im->options->decimal, plain, why))
        return false;
    if (!amount_read(plain, strlen(plain), &amount))
        return err_set(why, "this is no amount");
    char *written = arena_print(a, "%s%" PRId64 ".%02d", amount < 0 ? "-" : "", (amount < 0 ? -amount : amount) / 100,
                                (int)((amount < 0 ? -amount : amount) % 100));
    *out = (struct value){ .type = VALUE_TEXT, .text = written };
    return true;
}

static bool read_flag(const char *text, struct value *out, struct err *why)
{
    bool flag;
    if (!flag_read(text, strlen(text), &flag))
        return err_set(why, "this is neither yes nor no (1 or 0, true or false)");
    *out = (struct value){ .type = VALUE_NUMBER, .number = flag };
    return true;
}

static bool read_value(const struct import *im, const struct column *c, char *text, struct arena *a, struct value *out,
                       struct err *why)
{
    switch (c->type) {
    case FIELD_KEY:
    case FIELD_ID:
        return read_id(text, out, why);
    case FIELD_TEXT:
    case FIELD_CHAT:
    case FIELD_EXTRA:
        *out = (struct value){ .type = VALUE_TEXT, .text = text };
        return true;
    case FIELD_MOMENT:
        return read_moment(im, text, false, a, out, why);
    case FIELD_DAY:
        return read_moment(im, text, true, a, out, why);
    case FIELD_AMOUNT:
        return read_amount(im, text, a, out, why);
    case FIELD_FLAG:
        return read_flag(text, out, why);
    }
    return false;
}

/* ---- rows ---- */

static bool read_cell(const struct import *im, const struct column *c, const char *name, char *text, struct arena *a,
                      struct value *out, struct err *why)
{
    char cell[SHOWN_SIZE];
    *out = (struct value){ .type = VALUE_NONE };
    if (!*text)
        return !required(im, c) || err_set(why, "%s is empty", name);
    if (read_value(im, c, text, a, out, why))
        return true;
    shown(text, cell);
    return err_wrap(why, "%s \"%s\"", name, cell);
}

static bool right_size(const struct import *im, const struct csv_record *r, struct err *why)
{
    size_t n = r->n;
    while (n > im->n_cells && !*r->cells[n - 1])
        n--;
    return n == im->n_cells ||
           err_set(why, "it has %zu cells, the header has %zu%s", n, im->n_cells,
                   n > im->n_cells ? "; a cell with the delimiter in it stands in quotation marks" : "");
}

static bool is_empty(const struct csv_record *r)
{
    for (size_t i = 0; i < r->n; i++)
        if (*r->cells[i])
            return false;
    return true;
}

enum row import_row(const struct import *im, struct csv_record *r, struct arena *a, struct value *row, struct err *why)
{
    if (r->wrong) {
        err_set(why, "%s", r->wrong);
        return ROW_WRONG;
    }
    for (size_t i = 0; i < r->n; i++)
        r->cells[i] = trim(r->cells[i]);
    if (is_empty(r))
        return ROW_EMPTY;
    if (!right_size(im, r, why))
        return ROW_WRONG;
    size_t n = 0;
    for (size_t i = 0; i < im->n_cells; i++) {
        if (!im->columns[i])
            continue;
        if (!read_cell(im, im->columns[i], im->names[n], r->cells[i], a, &row[n], why))
            return ROW_WRONG;
        n++;
    }
    return ROW_READ;
}
