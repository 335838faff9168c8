/* The lines of a digest: a card for who is new, a row for all others. */
#include "compose/digest_parts.h"
#include "compose/links.h"
#include "compose/reason.h"

#include <math.h>
#include <string.h>

enum {
    CARDS_MOST = 20, /* newcomers beyond these are rows like the others: a mail over 102 KB is cut by its readers */
    NOTE_MOST = 300,
    TEXT_COLUMNS = 70,
    INDENT = 2,
};

const char *digest_counted(struct values *v, enum phrase which, double n)
{
    struct phrase_values values = { .numbers = { n } };
    return phrase_say(v->p, which, &values, v->a);
}

const char *digest_worded(struct values *v, enum phrase which, const char *text)
{
    struct phrase_values values = { .texts = { text } };
    return text && text[0] ? phrase_say(v->p, which, &values, v->a) : NULL;
}

static const char *dated(struct values *v, enum phrase which, date d)
{
    return digest_worded(v, which, phrase_date(v->p, PHRASE_DATE_SHORT, d, v->a));
}

const char *digest_number(struct values *v, long n)
{
    return arena_print(v->a, "%ld", n);
}

double digest_risk(const struct digest_line *line)
{
    const struct defence *d = line->defence;
    return d && d->average != MONEY_NONE && d->at_risk > 0 && d->at_risk < 1e12 ? d->at_risk : 0;
}

const char *digest_money(struct values *v, money amount, const char *currency)
{
    const char *own = v->b->options->company.currency;
    return phrase_money(v->p, amount, currency && currency[0] ? currency : own, true, v->a);
}

const char *digest_yearly(struct values *v, double a_day, const char *currency)
{
    double year = a_day * 365;
    if (year < 0.5 || year > 1e15)
        return NULL;
    double step = fmax(1, pow(10, floor(log10(year)) - 2));
    money amount = (money)(floor(year / step + 0.5) * step) * 100;
    return digest_money(v, amount, currency);
}

static const char *amount_of(struct values *v, const struct digest_line *line)
{
    if (line->part != DIGEST_WON)
        return digest_yearly(v, digest_risk(line), line->currency);
    return digest_money(v, line->amount, line->currency);
}

const char *digest_name(struct values *v, const struct customer *c)
{
    const char *name = clean_line(v->a, c->name, NAME_MOST);
    name = name ? name : clean_line(v->a, c->id, NAME_MOST);
    return name ? name : "?";
}

const char *digest_row(struct values *v, const char *name, const char *amount, int amount_width)
{
    int room = TEXT_COLUMNS - INDENT - (amount_width ? amount_width + 3 : 0);
    if (!amount)
        return columns_fit(v->a, name, TEXT_COLUMNS - INDENT, false);
    int blank = amount_width - columns_of(amount) + 3;
    return arena_print(v->a, "%s%*s%s", columns_fit(v->a, name, room, true), blank > 0 ? blank : 0, "", amount);
}

static const char *day_of(struct values *v, const struct digest_line *line)
{
    switch (line->part) {
    case DIGEST_OPEN:
        return dated(v, PHRASE_TOLD_ON, line->day);
    case DIGEST_SNOOZED:
        return dated(v, PHRASE_SNOOZED_UNTIL, line->day);
    case DIGEST_WATCH:
        return dated(v, PHRASE_LATE_FROM, line->day);
    case DIGEST_WON:
        return dated(v, PHRASE_BOUGHT_ON, line->day);
    case DIGEST_NEW:
    case DIGEST_OFFERS:
    case DIGEST_LARGEST:
    case DIGEST_UNASSIGNED:
    case DIGEST_PARTS:
        break;
    }
    return NULL;
}

/* When, why in short, and whose it is, as far as the part says it. */
static void put_note(struct values *v, struct object *o, const struct digest_line *line, bool card)
{
    bool why = line->part != DIGEST_WON && line->part != DIGEST_OFFERS && line->part != DIGEST_SNOOZED && !card;
    const char *const says[] = {
        day_of(v, line),
        why && line->rule && line->defence ? reason_short(v->p, line->rule, line->defence, v->a) : NULL,
        digest_worded(v, PHRASE_OWNER, clean_line(v->a, line->salesperson, NAME_MOST)),
    };
    struct buf note = { 0 };
    for (size_t i = 0; i < sizeof says / sizeof says[0]; i++)
        if (says[i] && says[i][0])
            buf_print(&note, "%s%s", note.size ? "\u00A0· " : "" /* never at the head of a line */, says[i]);
    put_line(v, o, "note", buf_text(&note), NOTE_MOST);
    buf_done(&note);
}

static void put_bar(struct values *v, struct object *o, const struct digest_part_lines *part,
                    const struct digest_line *line)
{
    double risk = digest_risk(line);
    if (risk <= 0 || part->most <= 0 || line->part == DIGEST_WON)
        return;
    int percent = (int)(100 * risk / part->most + 0.5);
    percent = percent < BAR_LEAST ? BAR_LEAST : percent;
    put_text(v, o, "percent", digest_number(v, percent));
}

static void put_line_offer(struct values *v, struct object *o, const struct issued_offer *offer)
{
    put_text(v, o, "offer", offer_in_words(v, offer));
    put_line(v, o, "code", offer->code, NAME_MOST);
    put_text(v, o, "until", phrase_until(v->p, offer->last_day, v->a));
}

/* All that is needed to call at once. */
static void put_card(struct values *v, struct object *o, const struct digest_line *line)
{
    const struct customer *c = line->customer;
    put_true(v, o, "card");
    if (line->rule && line->defence)
        put_text(v, o, "reason", reason_say(v->p, line->rule, line->defence, v->a));
    put_line(v, o, "contact", c->contact_name, NAME_MOST);
    put_line(v, o, "phone", c->phone, NAME_MOST);
    if (!clean_line(v->a, c->phone, 1)) {
        put_line(v, o, "email", c->email, LINE_MOST);
        put_text(v, o, "email_link", email_link(v->a, c->email));
    }
    put_text(v, o, "link", web_link(v->a, c->url));
}

static struct value line_value(struct values *v, const struct digest_part_lines *part, size_t i)
{
    const struct digest_line *line = &part->lines[i];
    struct object *o = arena_new(v->a, sizeof *o);
    const char *name = digest_name(v, line->customer), *amount = amount_of(v, line);
    bool card = line->part == DIGEST_NEW && i < CARDS_MOST;
    put_text(v, o, "name", name);
    put_text(v, o, "amount", amount);
    put_text(v, o, "row", digest_row(v, name, amount, part->amount_width));
    if (i > 0 && strcmp(line->customer->id, line[-1].customer->id) == 0)
        put_true(v, o, "same");
    if (card)
        put_card(v, o, line);
    if (card || !part->many) {
        put_text(v, o, "phone_link", phone_link(v->a, line->customer->phone));
        put_bar(v, o, part, line);
    }
    if (line->offer && (card || line->part == DIGEST_OFFERS))
        put_line_offer(v, o, line->offer);
    put_note(v, o, line, card);
    return (struct value){ .kind = VALUE_OBJECT, .node = o };
}

struct value digest_lines(struct values *v, struct digest_part_lines *part)
{
    struct value *items = arena_new(v->a, (part->n + 1) * sizeof *items);
    for (size_t i = 0; i < part->n; i++) {
        const char *amount = amount_of(v, &part->lines[i]);
        int columns = amount ? columns_of(amount) : 0;
        part->amount_width = columns > part->amount_width ? columns : part->amount_width;
    }
    for (size_t i = 0; i < part->n; i++)
        items[i] = line_value(v, part, i);
    return (struct value){ .kind = VALUE_LIST, .node = items, .n = part->n };
}
