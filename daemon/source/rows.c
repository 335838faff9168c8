#include "source/inside.h"

#include "base/mem.h"
#include "source/values.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { MOST_ROWS = 1000000 };

void *rows_add(struct rows *r, size_t size)
{
    if (r->n == r->room) {
        if (r->n >= MOST_ROWS)
            return NULL;
        r->room = r->room ? 2 * r->room : 16;
        r->rows = mem_resize(r->rows, r->room * size);
    }
    return memset((char *)r->rows + r->n++ * size, 0, size);
}

/* One column of the current row. */
struct cell {
    struct stream *st;
    const struct column *column;
    const char *name;
    int i; /* in the statement */
    void *row;
    struct arena *a;
    struct pass_report *report;
};

static void *place(const struct cell *c, int offset)
{
    return (char *)c->row + offset;
}

/* What the cell holds, as one short line: '31/02/2026', NULL, x'00FF'. */
static void show(const struct cell *c, char *out, size_t size)
{
    sqlite3_stmt *s = c->st->running;
    int type = sqlite3_column_type(s, c->i);
    const unsigned char *text = sqlite3_column_text(s, c->i);
    if (type == SQLITE_NULL || !text) {
        snprintf(out, size, "NULL");
        return;
    }
    int length = sqlite3_column_bytes(s, c->i);
    char line[64];
    size_t used = 0;
    for (int i = 0; i < length && used + 5 < sizeof line; i++)
        line[used++] = text[i] >= ' ' && text[i] < 0x7F ? (char)text[i] : '?';
    if ((size_t)length > used)
        used += (size_t)snprintf(line + used, sizeof line - used, "...");
    snprintf(out, size, type == SQLITE_TEXT ? "'%.*s'" : "%.*s", (int)used, line);
}

static struct unreadable *entry(struct pass_report *r, const char *query, const char *column)
{
    for (size_t i = 0; i < r->n_unreadable; i++)
        if (r->unreadable[i].query == query && r->unreadable[i].column == column)
            return &r->unreadable[i];
    if (r->n_unreadable == sizeof r->unreadable / sizeof r->unreadable[0])
        return NULL;
    struct unreadable *u = &r->unreadable[r->n_unreadable++];
    *u = (struct unreadable){ .query = query, .column = column };
    return u;
}

static void unreadable(const struct cell *c)
{
    const struct query_kind *kind = c->st->mapping.kind;
    struct unreadable *u = c->report ? entry(c->report, kind->name, c->column->name) : NULL;
    if (!u || u->count++)
        return;
    char id[48], value[72];
    show(c, value, sizeof value);
    snprintf(u->example, sizeof u->example, "%s %s: %s", kind->one, key_print(&c->st->key, id), value);
    for (char *p = u->example; *p; p++)
        if (iscntrl((unsigned char)*p))
            *p = '?';
}

static bool is_null(const struct cell *c)
{
    return sqlite3_column_type(c->st->running, c->i) == SQLITE_NULL;
}

static char *text_of(const struct cell *c)
{
    const char *text = (const char *)sqlite3_column_text(c->st->running, c->i);
    return text_clean(c->a, text, (size_t)sqlite3_column_bytes(c->st->running, c->i));
}

/* An id of a person or a document: written as a key is, so that both sides compare. */
static char *id_of(const struct cell *c)
{
    struct key k;
    if (sqlite3_column_type(c->st->running, c->i) == SQLITE_FLOAT && key_of_column(c->st->running, c->i, &k))
        return key_text(&k, c->a);
    return text_of(c);
}

/* `type` is what sqlite3_column_type() says: asked for once, this being the value that every row has. */
static bool moment_of(const struct cell *c, int type, struct moment *m)
{
    sqlite3_stmt *s = c->st->running;
    const struct calendar *cal = &c->st->mapping.calendar;
    if (type == SQLITE_INTEGER && !cal->format)
        return moment_of_number(cal, sqlite3_column_int64(s, c->i), m);
    if (type == SQLITE_FLOAT && !cal->format)
        return moment_of_real(cal, sqlite3_column_double(s, c->i), m);
    if (type != SQLITE_TEXT && type != SQLITE_INTEGER)
        return false;
    const char *text = (const char *)sqlite3_column_text(s, c->i);
    return text && moment_read(cal, text, (size_t)sqlite3_column_bytes(s, c->i), m);
}

static bool fill_moment(const struct cell *c)
{
    struct moment m;
    int type = sqlite3_column_type(c->st->running, c->i);
    bool missing = type == SQLITE_NULL && !c->column->needed;
    if (!missing && moment_of(c, type, &m)) {
        memcpy(place(c, c->column->to), &m.at, sizeof m.at);
        if (c->column->day_to != NOWHERE)
            memcpy(place(c, c->column->day_to), &m.day, sizeof m.day);
        return true;
    }
    if (missing)
        return true;
    unreadable(c);
    return !c->column->needed && !c->column->vetoes;
}

static void fill_day(const struct cell *c)
{
    struct moment m;
    int type = sqlite3_column_type(c->st->running, c->i);
    if (type == SQLITE_NULL)
        return;
    if (moment_of(c, type, &m))
        memcpy(place(c, c->column->to), &m.day, sizeof m.day);
    else
        unreadable(c);
}

/* An amount that cannot be read is unknown; that somebody bought is known all the same. */
static void fill_amount(const struct cell *c)
{
    sqlite3_stmt *s = c->st->running;
    money amount = MONEY_NONE;
    bool read = false;
    switch (sqlite3_column_type(s, c->i)) {
    case SQLITE_NULL:
        return;
    case SQLITE_INTEGER:
        read = amount_of_number(sqlite3_column_int64(s, c->i), &amount);
        break;
    case SQLITE_FLOAT:
        read = amount_of_real(sqlite3_column_double(s, c->i), &amount);
        break;
    case SQLITE_TEXT: {
        const char *text = (const char *)sqlite3_column_text(s, c->i);
        read = text && amount_read(text, (size_t)sqlite3_column_bytes(s, c->i), &amount);
        break;
    }
    default:
        break;
    }
    if (read)
        memcpy(place(c, c->column->to), &amount, sizeof amount);
    else
        unreadable(c);
}

static bool flag_of(const struct cell *c, bool *out)
{
    sqlite3_stmt *s = c->st->running;
    int type = sqlite3_column_type(s, c->i);
    if (type == SQLITE_INTEGER || type == SQLITE_FLOAT) {
        double value = sqlite3_column_double(s, c->i);
        *out = value > 0;
        return value == 0 || value == 1;
    }
    const char *text = (const char *)sqlite3_column_text(s, c->i);
    return text && flag_read(text, (size_t)sqlite3_column_bytes(s, c->i), out);
}

static void fill_flag(const struct cell *c)
{
    bool flag;
    if (is_null(c) || sqlite3_column_bytes(c->st->running, c->i) == 0)
        return;
    if (!flag_of(c, &flag)) {
        unreadable(c);
        flag = c->column->cautious;
    }
    memcpy(place(c, c->column->to), &flag, sizeof flag);
}

static void fill_text(const struct cell *c, char *text)
{
    memcpy(place(c, c->column->to), &text, sizeof text);
}

static void fill_extra(const struct cell *c)
{
    struct customer *row = c->row;
    if (!row->extras)
        row->extras = arena_new(c->a, c->st->mapping.n_extras * sizeof *row->extras);
    row->extras[row->n_extras++] = (struct extra){ .name = c->name, .value = text_of(c) };
}

static void fill_chat(const struct cell *c)
{
    struct salesperson *row = c->row;
    char *value = text_of(c);
    if (!value)
        return;
    if (!row->chats)
        row->chats = arena_new(c->a, c->st->mapping.n_chats * sizeof *row->chats);
    row->chats[row->n_chats++] = (struct chat_address){ .channel = c->column->name, .value = value };
}

static bool fill(const struct cell *c)
{
    switch (c->column->type) {
    case FIELD_KEY:
        break;
    case FIELD_ID:
        fill_text(c, id_of(c));
        break;
    case FIELD_TEXT:
        fill_text(c, text_of(c));
        break;
    case FIELD_MOMENT:
        return fill_moment(c);
    case FIELD_DAY:
        fill_day(c);
        break;
    case FIELD_AMOUNT:
        fill_amount(c);
        break;
    case FIELD_FLAG:
        fill_flag(c);
        break;
    case FIELD_CHAT:
        fill_chat(c);
        break;
    case FIELD_EXTRA:
        fill_extra(c);
        break;
    }
    return true;
}

bool row_fill(struct stream *st, void *row, struct arena *a, struct pass_report *r)
{
    const struct mapping *m = &st->mapping;
    struct cell c = { .st = st, .row = row, .a = a, .report = r };
    bool keep = true;
    for (size_t i = 0; i < m->n && keep; i++) {
        c.column = m->fields[i].column;
        if (c.column->type == FIELD_KEY)
            continue;
        c.name = m->fields[i].name;
        c.i++; /* the key is column 0, the others follow in their order */
        keep = fill(&c);
    }
    return keep;
}
