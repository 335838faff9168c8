#include "source/mapping.h"

#include "base/buf.h"
#include "base/mem.h"
#include "source/hint.h"
#include "source/values.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Where complaints about one query go. */
struct compiling {
    struct mapping *m;
    struct complaints *wrong;
    bool fine;
};

#define COMPLAIN(c, ...)                                                                                               \
    ((c)->fine = false, complain((c)->wrong, (c)->m->query->place.file, (c)->m->query->place.line, __VA_ARGS__))

static const struct column extra = { .name = "x_...", .type = FIELD_EXTRA, .to = NOWHERE, .day_to = NOWHERE };

const struct column *query_column(const struct query_kind *kind, const char *name)
{
    for (size_t i = 0; i < kind->n; i++)
        if (strcasecmp(kind->columns[i].name, name) == 0)
            return &kind->columns[i];
    return kind->extras && strncasecmp(name, "x_", 2) == 0 && name[2] ? &extra : NULL;
}

static void complain_unknown(struct compiling *c, const char *name)
{
    const struct query_kind *kind = c->m->kind;
    const char *words[64];
    for (size_t i = 0; i < kind->n; i++)
        words[i] = kind->columns[i].name;
    const char *near = near_miss(name, words, kind->n);
    struct buf known = { 0 };
    for (size_t i = 0; i < kind->n; i++)
        buf_print(&known, "%s%s", i ? ", " : "", words[i]);
    if (near)
        COMPLAIN(c, "%s: the column \"%.60s\" is not known; did you mean \"%s\"?", kind->name, name, near);
    else
        COMPLAIN(c, "%s: the column \"%.60s\" is not known; known are %s%s", kind->name, name, known.text,
                 kind->extras ? ", and columns of your own that begin with x_" : "");
    buf_done(&known);
}

static bool has_field(const struct mapping *m, const char *name)
{
    for (size_t i = 0; i < m->n; i++)
        if (strcasecmp(m->fields[i].name, name) == 0)
            return true;
    return false;
}

static void add_field(struct compiling *c, const char *name)
{
    struct mapping *m = c->m;
    const struct column *column = query_column(m->kind, name);
    if (has_field(m, name)) {
        COMPLAIN(c, "%s: the column \"%.60s\" is there twice; take one away", m->kind->name, name);
        return;
    }
    m->fields = mem_resize(m->fields, (m->n + 1) * sizeof *m->fields);
    m->fields[m->n++] = (struct field){ .column = column, .name = mem_copy(name) };
    m->n_extras += column->type == FIELD_EXTRA;
    m->n_chats += column->type == FIELD_CHAT;
}

static const char *missing_column(const struct mapping *m, size_t *n)
{
    const char *last = NULL;
    *n = 0;
    for (size_t i = 0; i < m->kind->n; i++)
        if (m->kind->columns[i].required && !has_field(m, m->kind->columns[i].name)) {
            last = m->kind->columns[i].name;
            ++*n;
        }
    return last;
}

/* One name that is not known while one that must be there is not: a forgotten AS, or a slip of the pen. */
static bool complain_pair(struct compiling *c, const char *unknown, const char *missing)
{
    const char *query = c->m->kind->name;
    if (near_miss(unknown, &missing, 1))
        COMPLAIN(c, "%s: the column \"%.60s\" is not known; did you mean \"%s\"?", query, unknown, missing);
    else
        COMPLAIN(c, "%s: the column \"%s\" is missing, and \"%.60s\" is not known; did you mean %.60s AS %s?", query,
                 missing, unknown, unknown, missing);
    return true;
}

static void find_columns(struct compiling *c, sqlite3_stmt *s)
{
    const struct query_kind *kind = c->m->kind;
    const char *unknown = NULL, *missing;
    size_t n_unknown = 0, n_missing;
    for (int i = 0; i < sqlite3_column_count(s); i++) {
        const char *name = sqlite3_column_name(s, i);
        name = name ? name : "";
        if (query_column(kind, name)) {
            add_field(c, name);
            continue;
        }
        unknown = name;
        n_unknown++;
    }
    missing = missing_column(c->m, &n_missing);
    if (n_unknown == 1 && n_missing == 1 && complain_pair(c, unknown, missing))
        return;
    for (int i = 0; i < sqlite3_column_count(s); i++) {
        const char *name = sqlite3_column_name(s, i);
        if (!name || !query_column(kind, name))
            complain_unknown(c, name ? name : "");
    }
    for (size_t i = 0; i < kind->n; i++)
        if (kind->columns[i].required && !has_field(c->m, kind->columns[i].name))
            COMPLAIN(c, "%s: the column \"%s\" is missing; write ... AS %s in the query", kind->name,
                     kind->columns[i].name, kind->columns[i].name);
}

static void find_parameters(struct compiling *c, sqlite3_stmt *s)
{
    static const char *const known[] = { ":customer", ":after", ":now", ":today" };
    const char *query = c->m->kind->name;
    for (int i = 1; i <= sqlite3_bind_parameter_count(s); i++) {
        const char *name = sqlite3_bind_parameter_name(s, i);
        const char *near = name ? near_miss(name, known, 4) : NULL;
        if (!name)
            COMPLAIN(c, "%s: \"?\" has no meaning here; known are :customer, :after, :now and :today", query);
        else if (strcmp(name, known[0]) == 0)
            c->m->by_customer = true;
        else if (strcmp(name, known[1]) == 0)
            c->m->by_after = true;
        else if (strcmp(name, known[2]) != 0 && strcmp(name, known[3]) != 0)
            COMPLAIN(c, "%s: %.60s is not known; %s%s", query, name, near ? "did you mean " : "known are ",
                     near ? near : ":customer, :after, :now and :today");
    }
}

/* SQLite's rule for a declared type: one with INT in it keeps numbers as integers. */
static bool integer_type(const char *type)
{
    for (; type && *type; type++)
        if (strncasecmp(type, "INT", 3) == 0)
            return true;
    return false;
}

static int index_of(const struct mapping *m, enum field_type type)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->fields[i].column->type == type)
            return (int)i;
    return NOWHERE;
}

/* What the key is made of tells how rows will be ordered, and which index would help. */
static void find_origin(struct mapping *m, sqlite3_stmt *s)
{
    int key = index_of(m, FIELD_KEY), at = index_of(m, FIELD_MOMENT);
    const char *table = sqlite3_column_table_name(s, key);
    m->numbers = integer_type(sqlite3_column_decltype(s, key));
    m->table = mem_copy(table);
    m->key_column = mem_copy(sqlite3_column_origin_name(s, key));
    const char *at_table = at == NOWHERE ? NULL : sqlite3_column_table_name(s, at);
    if (table && at_table && strcmp(table, at_table) == 0)
        m->at_column = mem_copy(sqlite3_column_origin_name(s, at));
}

static void complain_sql(struct compiling *c, sqlite3 *db, const struct guard *g)
{
    struct buf b = { 0 };
    char *said = mem_copy(sqlite3_errmsg(db));
    buf_add(&b, g->refused[0] ? g->refused : said);
    if (!g->refused[0])
        hint_add(&b, db, sqlite3_db_filename(db, "main"), c->m->sql, said);
    COMPLAIN(c, "%s: %s", c->m->kind->name, buf_text(&b));
    free(said);
    buf_done(&b);
}

static sqlite3_stmt *prepare(struct compiling *c, sqlite3 *db, struct guard *g)
{
    struct mapping *m = c->m;
    struct err e;
    size_t size;
    if (!sql_look(m->query->sql, &size, &e)) {
        COMPLAIN(c, "%s: %s", m->kind->name, e.text);
        return NULL;
    }
    m->sql = mem_copy(m->query->sql);
    m->sql[size] = '\0';
    sqlite3_stmt *s = NULL;
    g->refused[0] = '\0';
    int rc = sqlite3_prepare_v2(db, m->sql, -1, &s, NULL);
    if (rc != SQLITE_OK)
        complain_sql(c, db, g);
    else if (!s || !sqlite3_stmt_readonly(s) || sqlite3_stmt_isexplain(s) || sqlite3_column_count(s) == 0)
        COMPLAIN(c, "%s: this is no query; write a SELECT", m->kind->name);
    else
        return s;
    sqlite3_finalize(s);
    return NULL;
}

bool mapping_compile(struct mapping *m, enum query_id id, const struct query *q, sqlite3 *db, struct guard *g,
                     struct complaints *wrong)
{
    *m = (struct mapping){ .kind = &query_kinds[id], .query = q };
    struct compiling c = { .m = m, .wrong = wrong, .fine = true };
    struct err e;
    if (q->format && !format_check(q->format, &e))
        COMPLAIN(&c, "%s: %s", m->kind->name, e.text);
    sqlite3_stmt *s = prepare(&c, db, g);
    if (!s)
        return false;
    find_columns(&c, s);
    find_parameters(&c, s);
    if (c.fine)
        find_origin(m, s);
    sqlite3_finalize(s);
    return c.fine;
}

void mapping_done(struct mapping *m)
{
    for (size_t i = 0; i < m->n; i++)
        free(m->fields[i].name);
    free(m->fields);
    free(m->sql);
    free(m->table);
    free(m->key_column);
    free(m->at_column);
    *m = (struct mapping){ 0 };
}

const char *mapping_key(const struct mapping *m)
{
    return m->fields[index_of(m, FIELD_KEY)].name;
}
