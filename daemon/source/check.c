#include "source/inside.h"

#include "base/buf.h"
#include "plan/aliases.h"

#include <ctype.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* How many, and one of them. */
struct some {
    long n;
    char one[64], other[64];
};

/* What `check` finds out while it reads everything once. */
struct check {
    struct source *s;
    struct complaints *wrong, *notes;
    struct people people;
    struct aliases aliases;
    bool *still_there; /* by alias: the old id is a customer */
    struct some unowned, unknown_owner, unreached;
};

#define SAY(to, place, ...) complain(to, (place)->file, (place)->line, __VA_ARGS__)
#define NOTE(c, place, ...) SAY((c)->notes, place, __VA_ARGS__)
#define WRONG(c, place, ...) SAY((c)->wrong, place, __VA_ARGS__)

static void keep(char out[64], const char *text)
{
    strncpy(out, text, 63);
    out[63] = '\0';
}

static void count(struct some *s, const char *one, const char *other)
{
    if (s->n++)
        return;
    keep(s->one, one);
    keep(s->other, other);
}

/* The customer is known as gone to the aliases. */
static void note_old(struct check *c, const char *id)
{
    size_t low = 0, high = c->aliases.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (id_compare(c->aliases.rows[middle].old_id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < c->aliases.n && strcmp(c->aliases.rows[low].old_id, id) == 0)
        c->still_there[low] = true;
}

static bool look(void *context, const struct facts *f)
{
    struct check *c = context;
    const struct customer *who = &f->customer;
    note_old(c, who->id);
    if (!who->active || who->do_not_contact)
        return true;
    const struct salesperson *owner = person_find(&c->people, who->salesperson);
    if (!who->salesperson)
        count(&c->unowned, who->id, "");
    else if (!owner)
        count(&c->unknown_owner, who->id, who->salesperson);
    else if (!owner->email && !owner->n_chats)
        count(&c->unreached, who->id, who->salesperson);
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

/* Root can write anywhere; the daemon's own user should not. Beside a database that only we write to it does no harm.
 */
static void note_folder(struct check *c)
{
    const struct place place = place_find(c->s->options, "source.database");
    char *slash = strrchr(c->s->base.path, '/');
    *slash = '\0';
    const char *folder = *c->s->base.path ? c->s->base.path : "/";
    if (!c->s->base.native && geteuid() != 0 && faccessat(AT_FDCWD, folder, W_OK, AT_EACCESS) == 0)
        NOTE(c, &place,
             "this user could write in the folder %s: reading would be safer without that right, or from a read-only "
             "bind of the folder",
             folder);
    *slash = '/';
}

static bool note_plans(struct check *c, instant now, struct err *e)
{
    struct source *s = c->s;
    if (!source_begin(s, now, QUERY_ALIASES, QUERY_PROBLEMS, c->wrong, e))
        return false;
    note_folder(c);
    for (int i = QUERY_CUSTOMERS; i < QUERIES; i++)
        if (stream_used(&s->streams[i]))
            note_seeking(c, &s->streams[i]);
    return source_end(s, true, e);
}

/* What helps against values of such a column. */
static void add_remedy(struct buf *b, enum query_id id, const char *name, const char *format)
{
    const struct query_kind *kind = &query_kinds[id];
    for (size_t i = 0; i < kind->n; i++) {
        if (kind->columns[i].name != name)
            continue;
        switch (kind->columns[i].type) {
        case FIELD_MOMENT:
        case FIELD_DAY:
            if (format)
                buf_print(b, "; they do not look like format = \"%s\"", format);
            else
                buf_add(b, "; if that is how dates are written there, add a format to the query, such as format = "
                           "\"%d.%m.%Y\";");
            break;
        case FIELD_AMOUNT:
            buf_add(b, "; amounts are plain numbers, such as 1234.50: make them so in the query");
            break;
        case FIELD_FLAG:
            buf_add(b, "; write 1 or 0: make it so in the query");
            break;
        default:
            break;
        }
    }
}

static void say_unreadable(struct check *c, const struct pass_report *r)
{
    for (size_t i = 0; i < r->n_unreadable; i++) {
        const struct unreadable *u = &r->unreadable[i];
        for (int q = 0; q < QUERIES; q++) {
            if (u->query != query_kinds[q].name)
                continue;
            const struct query *query = source_query(c->s, (enum query_id)q);
            struct buf b = { 0 };
            add_remedy(&b, (enum query_id)q, u->column, query->format);
            WRONG(c, &query->place, "%s.%s: %ld value%s cannot be read, as in %s%s", u->query, u->column, u->count,
                  u->count == 1 ? "" : "s", u->example, buf_text(&b));
            buf_done(&b);
        }
    }
}

static bool in_a_circle(const struct people *p, const struct salesperson *s)
{
    const struct salesperson *slow = s, *fast = s;
    while (fast && (fast = person_find(p, fast->manager)) && fast != slow) {
        fast = person_find(p, fast->manager);
        slow = person_find(p, slow->manager);
        if (fast == slow)
            break;
    }
    return fast != NULL;
}

static void say_managers(struct check *c)
{
    const struct place *place = &source_query(c->s, QUERY_SALESPEOPLE)->place;
    struct some unknown = { 0 }, circle = { 0 }, deputy = { 0 };
    for (size_t i = 0; i < c->people.n; i++) {
        const struct salesperson *s = &c->people.rows[i];
        if (s->active && s->manager && !person_find(&c->people, s->manager))
            count(&unknown, s->id, s->manager);
        else if (in_a_circle(&c->people, s))
            count(&circle, s->id, s->manager);
        if (s->active && s->deputy && !person_find(&c->people, s->deputy))
            count(&deputy, s->id, s->deputy);
    }
    if (unknown.n)
        WRONG(c, place,
              "salespeople: %ld with a manager who is not in this query, such as salesperson %s with manager %s; "
              "managers are named by their id",
              unknown.n, unknown.one, unknown.other);
    if (deputy.n)
        WRONG(
            c, place,
            "salespeople: %ld with a deputy who is not in this query, such as salesperson %s with deputy %s; deputies "
            "are named by their id",
            deputy.n, deputy.one, deputy.other);
    if (circle.n)
        WRONG(c, place,
              "salespeople: the managers above salesperson %s (first %s) go round in a circle; mend the manager column",
              circle.one, circle.other);
}

static void say_aliases(struct check *c)
{
    const struct place *place = &source_query(c->s, QUERY_ALIASES)->place;
    struct some wrong[ALIAS_CIRCLE + 1] = { 0 }, alive = { 0 };
    enum alias_trouble trouble;
    for (size_t i = 0; i < c->aliases.n; i++) {
        const struct alias *one = &c->aliases.rows[i];
        if (!alias_end(&c->aliases, one->old_id, &trouble))
            count(&wrong[trouble], one->old_id, one->id);
        else if (c->still_there[i])
            count(&alive, one->old_id, one->id);
    }
    if (wrong[ALIAS_ITSELF].n)
        WRONG(c, place,
              "aliases: %ld that lead to a customer who is said to be itself, such as %s; leave those rows out",
              wrong[ALIAS_ITSELF].n, wrong[ALIAS_ITSELF].one);
    if (wrong[ALIAS_TWICE].n)
        WRONG(c, place,
              "aliases: %ld that are said to be two customers, such as %s, who is %s and another; one row for each "
              "old_id",
              wrong[ALIAS_TWICE].n, wrong[ALIAS_TWICE].one, wrong[ALIAS_TWICE].other);
    if (wrong[ALIAS_CIRCLE].n)
        WRONG(c, place, "aliases: %ld go round in a circle, such as %s, who is %s; mend those rows",
              wrong[ALIAS_CIRCLE].n, wrong[ALIAS_CIRCLE].one, wrong[ALIAS_CIRCLE].other);
    if (alive.n)
        NOTE(c, place,
             "aliases: %ld whose old id is a customer still, such as %s, who is said to be %s: nothing is carried over "
             "before they are gone from the customers query",
             alive.n, alive.one, alive.other);
}

/* Somebody is told about the customers of nobody: then they are only worth a note. */
static void say_owners(struct check *c)
{
    const struct place *place = &source_query(c->s, QUERY_CUSTOMERS)->place;
    const char *named = c->s->options->people.unassigned;
    const struct salesperson *catcher = person_find(&c->people, named);
    struct complaints *to = catcher ? c->notes : c->wrong;
    const char *then = catcher ? "people.unassigned is told about them" : "nobody is told about them";
    if (named && !catcher) {
        const struct place line = place_find(c->s->options, "people.unassigned");
        WRONG(c, &line, "unassigned names \"%s\", who is not in the salespeople query; write the id of one who is",
              named);
    }
    if (c->unowned.n && (catcher || !named))
        SAY(to, place, "customers: %ld without a salesperson, such as customer %s: %s%s", c->unowned.n, c->unowned.one,
            then, named ? "" : "; write in people.unassigned the id of who should be");
    if (c->unknown_owner.n)
        SAY(to, place,
            "customers: %ld whose salesperson is not in the salespeople query, such as customer %s with salesperson "
            "%s: %s; compare that column with the id there",
            c->unknown_owner.n, c->unknown_owner.one, c->unknown_owner.other, then);
    if (c->unreached.n)
        WRONG(
            c, place,
            "customers: %ld belong to salespeople without an address, such as customer %s to salesperson %s; give them "
            "an email in the salespeople query",
            c->unreached.n, c->unreached.one, c->unreached.other);
}

static bool unread(const struct pass_report *r, const char *query)
{
    for (size_t i = 0; i < r->n_unreadable; i++)
        if (strcmp(r->unreadable[i].query, query) == 0)
            return true;
    return false;
}

/* An empty query is one mistake, however much follows from it. */
static bool say_empty(struct check *c, const struct pass_report *r)
{
    static const char empty[] =
        "%s: the query gives no rows: nobody can be %s; is its WHERE right, and is it that table?";
    bool people = source_query(c->s, QUERY_SALESPEOPLE)->sql && !c->people.n;
    if (people)
        WRONG(c, &source_query(c->s, QUERY_SALESPEOPLE)->place, empty, "salespeople", "told");
    if (!r->customers)
        WRONG(c, &source_query(c->s, QUERY_CUSTOMERS)->place, empty, "customers", "followed up");
    const struct query *purchases = source_query(c->s, QUERY_PURCHASES);
    if (r->customers && !r->purchases && purchases->sql && !unread(r, "purchases")) {
        if (r->strangers)
            WRONG(c, &purchases->place,
                  "purchases: not one row belongs to a customer of the customers query: nobody can be judged; compare "
                  "its customer column with the id there");
        else
            WRONG(c, &purchases->place, empty, "purchases", "judged");
    }
    return people || !r->customers;
}

static void say_customers(struct check *c, const struct pass_report *r)
{
    const struct place *place = &source_query(c->s, QUERY_CUSTOMERS)->place;
    if (r->nameless)
        WRONG(c, place, "customers: %ld rows have no usable id and were left out; make the id a number or a short text",
              r->nameless);
    if (r->strangers && r->purchases)
        SAY(r->strangers > r->purchases ? c->wrong : c->notes, place,
            "%ld purchases, contacts and problems belong to nobody in the customers query; compare their customer "
            "column "
            "with the id there",
            r->strangers);
}

static bool read_all(struct check *c, instant now, struct arena *a, struct err *e)
{
    struct pass_report seen = { 0 }, report;
    if (!people_read(c->s, now, a, &c->people, &seen, e) || !source_aliases(c->s, now, a, &c->aliases, e))
        return false;
    c->still_there = arena_new(a, (c->aliases.n + 1) * sizeof *c->still_there);
    if (!source_pass(c->s, now, look, c, &report, e))
        return false;
    say_unreadable(c, &seen);
    say_unreadable(c, &report);
    say_managers(c);
    say_aliases(c);
    if (!say_empty(c, &report)) {
        if (source_query(c->s, QUERY_SALESPEOPLE)->sql)
            say_owners(c);
        say_customers(c, &report);
    }
    return true;
}

/* Most errors say their place themselves. */
static void say_error(struct check *c, const char *text)
{
    const struct place place = place_find(c->s->options, "source.database");
    size_t size = place.file ? strlen(place.file) : 0;
    if (size && strncmp(text, place.file, size) == 0 && text[size] == ':')
        complain(c->wrong, NULL, 0, "%s", text);
    else
        SAY(c->wrong, &place, "%s", text);
}

bool source_check(struct source *s, instant now, struct complaints *wrong, struct complaints *notes)
{
    struct check c = { .s = s, .wrong = wrong, .notes = notes };
    struct arena a = { 0 };
    struct err e = { "" };
    size_t before = wrong->n;
    bool fine = note_plans(&c, now, &e);
    if (fine) {
        check_needs(s, wrong);
        before = wrong->n;
        fine = read_all(&c, now, &a, &e);
    }
    if (!fine && wrong->n == before)
        say_error(&c, e.text);
    arena_done(&a);
    return fine;
}
