#include "source/inside.h"

#include "base/buf.h"

#include <ctype.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* What `check` finds out while it reads everything once. */
struct check {
    struct source *s;
    struct complaints *notes;
    struct people people;
    long unowned, unknown_owner;
    char unknown_example[64], unknown_person[64];
};

#define NOTE(c, place, ...) complain((c)->notes, (place)->file, (place)->line, __VA_ARGS__)

static void keep(char out[64], const char *text)
{
    strncpy(out, text, 63);
    out[63] = '\0';
}

static bool look(void *context, const struct facts *f)
{
    struct check *c = context;
    const struct customer *who = &f->customer;
    if (!who->active)
        return true;
    if (!who->salesperson) {
        c->unowned++;
    } else if (!person_find(&c->people, who->salesperson) && c->unknown_owner++ == 0) {
        keep(c->unknown_example, who->id);
        keep(c->unknown_person, who->salesperson);
    }
    return true;
}

static void add_identifier(struct buf *b, const char *name)
{
    bool plain = !isdigit((unsigned char)*name) && !sqlite3_keyword_check(name, (int)strlen(name));
    for (const char *p = name; *p; p++)
        plain &= isalnum((unsigned char)*p) || *p == '_';
    if (plain) {
        buf_add(b, name);
        return;
    }
    buf_add_char(b, '"');
    for (; *name; name++)
        buf_print(b, *name == '"' ? "\"%c" : "%c", *name);
    buf_add_char(b, '"');
}

static void suggest_index(struct buf *b, const struct mapping *m)
{
    if (!m->table || !m->key_column) {
        buf_print(b, "its column %s is computed, so no plain index can help: use a column of the table, or :customer",
                  mapping_key(m));
        return;
    }
    struct buf name = { 0 };
    buf_print(&name, "followup_%s", m->table);
    buf_add(b, "this would help: CREATE INDEX ");
    add_identifier(b, name.text);
    buf_add(b, " ON ");
    add_identifier(b, m->table);
    buf_add_char(b, '(');
    add_identifier(b, m->key_column);
    if (m->at_column && strcmp(m->at_column, m->key_column) != 0) {
        buf_add(b, ", ");
        add_identifier(b, m->at_column);
    }
    buf_add_char(b, ')');
    buf_done(&name);
}

/* Said while the streams are open. */
static void note_seeking(struct check *c, const struct stream *st)
{
    const struct mapping *m = &st->mapping;
    const struct place *place = &m->query->place;
    if (!st->seeks) {
        struct buf advice = { 0 };
        suggest_index(&advice, m);
        NOTE(c, place, "%s: to find one customer everything is read; %s", m->kind->name, buf_text(&advice));
        buf_done(&advice);
    }
    if (st->order == ORDER_COLLATED)
        NOTE(c, place,
             "%s: the ids are text that does not sort like numbers ('9' and '10'), so that every pass sorts all rows",
             m->kind->name);
    if (!st->resumes && c->s->base.journal == JOURNAL_ROLLBACK)
        NOTE(c, place, "%s: it is read in one go, and while it is read other programs cannot write", m->kind->name);
}

static void note_folder(struct check *c)
{
    const struct place *place = &c->s->options->source.place;
    char *slash = strrchr(c->s->base.path, '/');
    *slash = '\0';
    const char *folder = *c->s->base.path ? c->s->base.path : "/";
    if (faccessat(AT_FDCWD, folder, W_OK, AT_EACCESS) == 0)
        NOTE(c, place,
             "this user could write in the folder %s: reading would be safer without that right, or from a read-only "
             "bind of the folder",
             folder);
    *slash = '/';
    NOTE(c, place, "%s: journal mode %s", c->s->base.path, journal_name(c->s->base.journal));
}

static bool note_plans(struct check *c, instant now, struct complaints *wrong, struct err *e)
{
    struct source *s = c->s;
    if (!source_begin(s, now, QUERY_SALESPEOPLE, QUERY_PROBLEMS, wrong, e))
        return false;
    note_folder(c);
    for (int i = QUERY_CUSTOMERS; i < QUERIES; i++)
        if (stream_used(&s->streams[i]))
            note_seeking(c, &s->streams[i]);
    return source_end(s, true, e);
}

static void note_unreadable(struct check *c, const struct pass_report *r)
{
    for (size_t i = 0; i < r->n_unreadable; i++) {
        const struct unreadable *u = &r->unreadable[i];
        for (int q = 0; q < QUERIES; q++)
            if (u->query == query_kinds[q].name)
                NOTE(c, &source_query(c->s, (enum query_id)q)->place, "%s.%s: %ld value%s cannot be read, as in %s",
                     u->query, u->column, u->count, u->count == 1 ? "" : "s", u->example);
    }
}

static void note_people(struct check *c)
{
    const struct place *place = &source_query(c->s, QUERY_SALESPEOPLE)->place;
    long without = 0;
    const char *first = "";
    for (size_t i = 0; i < c->people.n; i++) {
        const struct salesperson *p = &c->people.rows[i];
        if (p->active && !p->email && !p->n_chats && without++ == 0)
            first = p->id;
    }
    if (without)
        NOTE(c, place, "salespeople: %ld without any address, such as salesperson %.60s", without, first);
}

static void note_customers(struct check *c, const struct pass_report *r)
{
    const struct place *place = &source_query(c->s, QUERY_CUSTOMERS)->place;
    if (c->unowned)
        NOTE(c, place, "customers: %ld without a salesperson", c->unowned);
    if (c->unknown_owner)
        NOTE(
            c, place,
            "customers: %ld whose salesperson is not in the salespeople query, such as customer %s with salesperson %s",
            c->unknown_owner, c->unknown_example, c->unknown_person);
    if (r->nameless)
        NOTE(c, place, "customers: %ld rows have no usable id and were left out", r->nameless);
    if (r->strangers)
        NOTE(c, place, "%ld purchases, contacts and problems belong to nobody in the customers query", r->strangers);
    NOTE(c, place, "read %ld customers, %ld purchases and %ld contacts in %ld ms", r->customers, r->purchases,
         r->contacts, (long)r->took);
}

static bool read_all(struct check *c, instant now, struct arena *a, struct err *e)
{
    struct pass_report seen = { 0 }, report;
    if (!people_read(c->s, now, a, &c->people, &seen, e) || !source_pass(c->s, now, look, c, &report, e))
        return false;
    note_unreadable(c, &seen);
    note_unreadable(c, &report);
    note_people(c);
    note_customers(c, &report);
    return true;
}

bool source_check(struct source *s, instant now, struct complaints *wrong, struct complaints *notes)
{
    struct check c = { .s = s, .notes = notes };
    struct arena a = { 0 };
    struct err e = { "" };
    size_t before = wrong->n;
    bool fine = note_plans(&c, now, wrong, &e) && read_all(&c, now, &a, &e);
    if (!fine && wrong->n == before)
        complain(wrong, s->options->source.place.file, s->options->source.place.line, "%s", e.text);
    arena_done(&a);
    return fine;
}
