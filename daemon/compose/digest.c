#include "compose/digest.h"

#include "compose/digest_parts.h"

#include <math.h>
#include <string.h>

enum {
    LINES_MANY = 100, /* a digest with more has no bars, and links in cards only */
    PEOPLE_MOST = 30, /* more people than these have no bars */
    NAMES_MOST = 3,
    CROWDED_MOST = 12,
};

static const char *const part_names[DIGEST_PARTS] = {
    [DIGEST_NEW] = "new", [DIGEST_OPEN] = "open",     [DIGEST_SNOOZED] = "snoozed", [DIGEST_WATCH] = "watch",
    [DIGEST_WON] = "won", [DIGEST_OFFERS] = "offers", [DIGEST_LARGEST] = "largest", [DIGEST_UNASSIGNED] = "unassigned",
};

/* "place" is what a piece inside the part is told it by: values_enter(). */
static void put_part(struct values *v, struct object *digest, struct digest_part_lines *part, long left_out)
{
    struct object *o = arena_new(v->a, sizeof *o);
    put_text(v, o, "place", arena_print(v->a, "%c", 'a' + (int)part->which));
    put_text(v, o, "count", digest_number(v, (long)part->n + left_out));
    put(v, o, "lines", digest_lines(v, part));
    if (left_out > 0 && part->n)
        put_text(v, o, "left_out", digest_counted(v, PHRASE_MORE, (double)left_out));
    put(v, digest, part_names[part->which], (struct value){ .kind = VALUE_OBJECT, .node = o });
    v->parts[part->which] = o;
}

/* What is due; in a summary the largest. */
static bool at_risk(const struct digest *d, const struct digest_line *line)
{
    return d->kind == DIGEST_SUMMARY ? line->part == DIGEST_LARGEST : line->part <= DIGEST_OPEN;
}

/* A customer who is due for two reasons buys no more for that. */
static double total_risk(const struct digest *d)
{
    double total = 0;
    for (size_t i = 0; i < d->n; i++) {
        bool counts = at_risk(d, &d->lines[i]);
        for (size_t k = 0; k < i && counts; k++)
            counts = !at_risk(d, &d->lines[k]) || strcmp(d->lines[k].customer->id, d->lines[i].customer->id) != 0;
        total += counts ? digest_risk(&d->lines[i]) : 0;
    }
    return total;
}

/* Have all amounts of what a digest puts at risk one currency? Others are neither added nor held against each other. */
static bool one_currency(struct values *v, const struct digest *d, const char **currency)
{
    bool any = false;
    *currency = NULL;
    for (size_t i = 0; i < d->n; i++) {
        const struct digest_line *line = &d->lines[i];
        if (line->part == DIGEST_WON || digest_risk(line) <= 0)
            continue;
        if (any && !currency_same(line->currency, *currency, v->b->options->company.currency))
            return false;
        *currency = line->currency;
        any = true;
    }
    return true;
}

static void put_risk(struct values *v, struct object *o, const struct digest *d)
{
    const char *currency;
    bool more = d->kind != DIGEST_SUMMARY && d->left_out[DIGEST_NEW] + d->left_out[DIGEST_OPEN] > 0;
    const char *total = one_currency(v, d, &currency) ? digest_yearly(v, total_risk(d), currency) : NULL;
    put_text(v, o, "at_risk", more ? digest_worded(v, PHRASE_OVER, total) : total);
}

static void put_parts(struct values *v, struct object *o, const struct digest *d)
{
    const char *currency;
    double most = 0;
    bool one = one_currency(v, d, &currency);
    for (size_t i = 0; i < d->n && one; i++)
        most = fmax(most, digest_risk(&d->lines[i]));
    for (int which = 0; which < DIGEST_PARTS; which++) {
        struct digest_part_lines part = { .which = (enum digest_part)which, .many = d->n > LINES_MANY, .most = most };
        for (size_t i = 0; i < d->n; i++)
            if (d->lines[i].part == part.which && part.n++ == 0)
                part.lines = &d->lines[i];
        if (part.n || d->left_out[which] > 0)
            put_part(v, o, &part, d->left_out[which]);
    }
}

static long count_of(const struct digest *d, enum digest_part part)
{
    long n = d->left_out[part];
    for (size_t i = 0; i < d->n; i++)
        n += d->lines[i].part == part;
    return n;
}

/* What there is besides, where nothing is new or open; NULL: nothing. */
static const char *rest_of(struct values *v, const struct digest *d)
{
    const struct {
        enum phrase phrase;
        long n;
    } rest[] = {
        { PHRASE_REST_SNOOZED, count_of(d, DIGEST_SNOOZED) },
        { PHRASE_REST_WATCH, count_of(d, DIGEST_WATCH) },
        { PHRASE_REST_WON, count_of(d, DIGEST_WON) },
        { PHRASE_REST_OFFERS, count_of(d, DIGEST_OFFERS) },
        { PHRASE_REST_WAITING, d->waiting },
    };
    const char *text = NULL;
    for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++) {
        if (rest[i].n <= 0)
            continue;
        struct phrase_values both = { .texts = { text, digest_counted(v, rest[i].phrase, (double)rest[i].n) } };
        text = text ? phrase_say(v->p, PHRASE_LIST, &both, v->a) : both.texts[1];
    }
    return text;
}

/* The counts in words. */
static const char *numbers_of(struct values *v, const struct digest *d)
{
    struct phrase_values due = { .numbers = { (double)count_of(d, DIGEST_NEW), (double)count_of(d, DIGEST_OPEN) } };
    const char *rest = due.numbers[0] + due.numbers[1] > 0 ? NULL : rest_of(v, d);
    if (rest)
        return rest;
    if (d->kind == DIGEST_WEEKLY)
        return phrase_say(v->p, PHRASE_WEEKLY_NUMBERS, &due, v->a);
    due.numbers[0] += due.numbers[1]; /* all are to be called today */
    return phrase_say(v->p, PHRASE_DAILY_NUMBERS, &due, v->a);
}

static const char *names_of(struct values *v, const struct digest *d)
{
    struct buf names = { 0 };
    int n = 0;
    for (size_t i = 0; i < d->n && n < NAMES_MOST; i++)
        if (i == 0 || strcmp(d->lines[i].customer->id, d->lines[i - 1].customer->id) != 0)
            buf_print(&names, "%s%s", n++ ? ", " : "", digest_name(v, d->lines[i].customer));
    const char *text = arena_copy(v->a, buf_text(&names));
    buf_done(&names);
    return text;
}

/* ---- the people of a summary ---- */

static struct digest_person all_of(const struct values *v, const struct digest *d)
{
    const char *own = v->b->options->company.currency;
    struct digest_person all = { .won_amount = 0 };
    bool known = true;
    for (size_t i = 0; i < d->n_people; i++) {
        const struct digest_person *p = &d->people[i];
        all.told += p->told;
        all.answered += p->answered;
        all.overdue += p->overdue;
        all.won += p->won;
        if (p->won == 0)
            continue;
        known = known && p->won_amount != MONEY_NONE &&
                (all.won == p->won || currency_same(p->won_currency, all.won_currency, own)) &&
                !__builtin_add_overflow(all.won_amount, p->won_amount, &all.won_amount);
        all.won_currency = p->won_currency;
    }
    all.won_amount = known ? all.won_amount : MONEY_NONE;
    return all;
}

static const char *person_numbers(struct values *v, const struct digest_person *p)
{
    struct phrase_values values = { .numbers = { p->told, p->answered, p->overdue, p->won } };
    return phrase_say(v->p, PHRASE_SUMMARY_NUMBERS, &values, v->a);
}

/* The pieces of a person's bar: answered, still open, overdue from before. */
static int bar_pieces(const struct digest_person *p, int pieces[3])
{
    pieces[0] = p->answered;
    pieces[1] = p->told > p->answered ? p->told - p->answered : 0;
    pieces[2] = p->overdue;
    return pieces[0] + pieces[1] + pieces[2];
}

static void put_person_bar(struct values *v, struct object *o, const struct digest_person *p, int most)
{
    static const char *const names[] = { "answered_percent", "open_percent", "overdue_percent", "rest_percent" };
    int pieces[3], left = 100;
    if (bar_pieces(p, pieces) == 0)
        return;
    put_true(v, o, "bar");
    for (int i = 0; i < 4; i++) {
        int percent = i == 3 ? left : (int)(100.0 * pieces[i] / most + 0.5);
        percent = i < 3 && pieces[i] > 0 && percent < BAR_LEAST ? BAR_LEAST : percent;
        percent = percent > left ? left : percent;
        left -= percent;
        if (percent > 0)
            put_text(v, o, names[i], digest_number(v, percent));
    }
}

static struct object *person_object(struct values *v, const struct digest_person *p, const char *name)
{
    struct object *o = arena_new(v->a, sizeof *o);
    const char *amount = p->won > 0 ? digest_money(v, p->won_amount, p->won_currency) : NULL;
    put_text(v, o, "name", name);
    put_text(v, o, "told", p->told > 0 ? digest_number(v, p->told) : NULL);
    put_text(v, o, "answered", p->answered > 0 ? digest_number(v, p->answered) : NULL);
    put_text(v, o, "overdue", p->overdue > 0 ? digest_number(v, p->overdue) : NULL);
    put_text(v, o, "won", p->won > 0 ? digest_number(v, p->won) : NULL);
    put_text(v, o, "amount", amount);
    put_text(v, o, "numbers", person_numbers(v, p));
    put_text(v, o, "row", digest_row(v, name, amount, amount ? columns_of(amount) : 0));
    return o;
}

static void put_people(struct values *v, const struct digest *d, const struct digest_person *all)
{
    static const struct phrase_values none;
    struct value *items = arena_new(v->a, (d->n_people + 1) * sizeof *items);
    size_t n = 0;
    int most = 1, pieces[3];
    for (size_t i = 0; i < d->n_people; i++) {
        int sum = bar_pieces(&d->people[i], pieces);
        most = sum > most ? sum : most;
    }
    if (d->n_people > 1) {
        struct object *o = person_object(v, all, phrase_say(v->p, PHRASE_LABEL_EVERYBODY, &none, v->a));
        put_true(v, o, "all");
        items[n++] = (struct value){ .kind = VALUE_OBJECT, .node = o };
    }
    for (size_t i = 0; i < d->n_people; i++) {
        const char *name = clean_line(v->a, d->people[i].name, NAME_MOST);
        struct object *o = person_object(v, &d->people[i], name ? name : "?");
        if (d->n_people <= PEOPLE_MOST)
            put_person_bar(v, o, &d->people[i], most);
        items[n++] = (struct value){ .kind = VALUE_OBJECT, .node = o };
    }
    put(v, &v->root, "people", (struct value){ .kind = VALUE_LIST, .node = items, .n = n });
}

static bool nothing_in(const struct digest *d, const struct digest_person *all)
{
    long n = (long)d->n + d->waiting + all->told + all->answered + all->overdue + all->won;
    for (int part = 0; part < DIGEST_PARTS; part++)
        n += d->left_out[part];
    return n == 0;
}

/* "Anna, Ben and Carla" would need a list of its own in every language: commas do. */
static void put_crowded(struct values *v, struct object *o, const struct digest *d)
{
    struct buf names = { 0 };
    int n = 0;
    for (size_t i = 0; i < d->n_people; i++) {
        const char *name = d->people[i].crowded ? clean_line(v->a, d->people[i].name, NAME_MOST) : NULL;
        if (name && n < CROWDED_MOST)
            buf_print(&names, "%s%s", n ? ", " : "", name);
        n += name != NULL;
    }
    struct phrase_values values = { .numbers = { n }, .texts = { buf_text(&names) } };
    if (n)
        put_text(v, o, "crowded", phrase_say(v->p, PHRASE_CROWDED, &values, v->a));
    buf_done(&names);
}

static void put_counts(struct values *v, struct object *o, const struct digest *d)
{
    bool summary = d->kind == DIGEST_SUMMARY;
    if (d->waiting > 0)
        put_text(v, o, "waiting", digest_counted(v, summary ? PHRASE_WAITING_ALL : PHRASE_WAITING, (double)d->waiting));
    if (d->watched > 0)
        put_text(v, o, "watched", digest_counted(v, PHRASE_WATCHED, (double)d->watched));
}

void digest_put(struct values *v, const struct digest *d)
{
    struct object *o = put_object(v, "digest");
    struct digest_person all = all_of(v, d);
    put_text(v, o, "numbers", d->kind == DIGEST_SUMMARY ? person_numbers(v, &all) : numbers_of(v, d));
    if (nothing_in(d, &all))
        put_true(v, o, "empty");
    put_risk(v, o, d);
    put_text(v, o, "names", names_of(v, d));
    put_text(v, o, "from", phrase_date(v->p, PHRASE_DATE_MEETING, d->from, v->a));
    put_text(v, o, "until", phrase_date(v->p, PHRASE_DATE_MEETING, d->until, v->a));
    put_counts(v, o, d);
    put_crowded(v, o, d);
    put_parts(v, o, d);
    if (d->n_people) {
        put_true(v, o, "people");
        put_people(v, d, &all);
    }
}
