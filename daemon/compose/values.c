#include "compose/values.h"

#include "compose/clean.h"
#include "compose/digest.h"
#include "compose/links.h"
#include "compose/reason.h"
#include "compose/values_parts.h"

#include <string.h>

enum {
    NOTE_MOST = 600,
    SIMILAR_TEXT_MOST = 140,
    ALERT_MOST = 8000,
    PURCHASES_MOST = 5,
    PROBLEMS_MOST = 5,
    SAID_MOST = 2000,
    BAR_LEAST = 3
};

static const struct variable variables[] = {
    { "company", VALUE_TEXT, "Name of the company." },
    { "language", VALUE_TEXT, "Code of the language of this message, such as en." },
    { "today", VALUE_TEXT, "Today's date where the recipient is." },
    { "time", VALUE_TEXT, "The time of day where the recipient is." },
    { "salesperson", VALUE_OBJECT, "The recipient." },
    { "salesperson.name", VALUE_TEXT, "Name of the recipient." },
    { "salesperson.first_name", VALUE_TEXT, "First name of the recipient, for the greeting." },
    { "covering", VALUE_TEXT, "Name of the owner of the customer, where the recipient is told in their place." },
    { "taken_over", VALUE_OBJECT, "Where somebody else was told before, and the recipient never: who that was." },
    { "taken_over.name", VALUE_TEXT, "Name of the colleague." },
    { "taken_over.day", VALUE_TEXT, "Day on which they were told." },
    { "repeat", VALUE_TEXT, "Which reminder this is: 1, 2, ...; nothing in the first message." },
    { "rule", VALUE_TEXT, "Title of the rule that asks for the follow-up." },
    { "reason", VALUE_TEXT, "Why now: the sentence with the numbers that decided." },
    { "customer", VALUE_OBJECT, "The customer." },
    { "customer.id", VALUE_TEXT, "Number of the customer in the company's database." },
    { "customer.name", VALUE_TEXT, "Name of the customer." },
    { "customer.contact", VALUE_TEXT, "Name of the person to talk to." },
    { "customer.phone", VALUE_TEXT, "Telephone number as it is in the database." },
    { "customer.phone_link", VALUE_TEXT, "The number for a tel: link." },
    { "customer.email", VALUE_TEXT, "Mail address as it is in the database." },
    { "customer.email_link", VALUE_TEXT, "The address for a mailto: link." },
    { "customer.reachable", VALUE_TRUE, "Is there a telephone number or a mail address?" },
    { "customer.link", VALUE_TEXT, "Web address of the record in the company's system; http and https only." },
    { "customer.category", VALUE_TEXT, "Category of the customer." },
    { "customer.opportunity", VALUE_TEXT, "How much more the customer could buy." },
    { "customer.values", VALUE_TEXT, "What the customer appreciates." },
    { "customer.notes", VALUE_TEXT, "Notes about the customer." },
    { "similar", VALUE_TRUE, "Is anything known of what customers of the same category value, that helps this talk?" },
    { "similar_values", VALUE_LIST, "What they value, at most three texts without names; {{.}} is one of them." },
    { "orders", VALUE_TEXT, "How many orders there were, such as 9 orders." },
    { "silent", VALUE_TEXT, "How long the customer has been silent, or since the last review, such as 81 days." },
    { "usual_gap", VALUE_TEXT, "The usual time between orders, such as 32 days; nothing where no rhythm decided." },
    { "about_usual_gap", VALUE_TEXT, "The same as about 32 days." },
    { "last_purchase", VALUE_TEXT, "Day of the last purchase." },
    { "last_contact", VALUE_TEXT, "Day of the last contact of any kind that is on record." },
    { "last_review", VALUE_TEXT, "Day of the last contact that counts for this rule." },
    { "purchases", VALUE_LIST, "The last purchases, at most five, the newest first." },
    { "purchases.day", VALUE_TEXT, "Day of the purchase." },
    { "purchases.what", VALUE_TEXT, "What was bought." },
    { "purchases.amount", VALUE_TEXT, "What it cost." },
    { "purchases.row", VALUE_TEXT, "All three in columns, for the text of a mail." },
    { "together", VALUE_TRUE, "Is something else due for the customer, that this message says as well?" },
    { "also", VALUE_LIST, "What else is due for the customer." },
    { "also.title", VALUE_TEXT, "Title of the rule that asks for it, where it was given one." },
    { "also.reason", VALUE_TEXT, "Why now: its sentence." },
    { "also.reminder", VALUE_TEXT, "Which reminder of it this is: 1, 2, ...; nothing where it is new." },
    { "also.offer_ends", VALUE_TRUE, "Does the offer of this message belong to it, and end soon?" },
    { "also.proposal", VALUE_TEXT, "The meeting in the attached .ics, where it is for this." },
    { "part", VALUE_TEXT, "Which visit after the sale this is: 1, 2, ..." },
    { "parts", VALUE_TEXT, "Of how many." },
    { "years", VALUE_TEXT, "On the anniversary of the first order: how many years, such as 3 years." },
    { "problems", VALUE_LIST, "The complaints that are open, the oldest first, at most five." },
    { "problems.day", VALUE_TEXT, "The day of the complaint." },
    { "problems.summary", VALUE_TEXT, "What it is about." },
    { "offer", VALUE_OBJECT, "The offer for the customer, where there is one." },
    { "offer.what", VALUE_TEXT, "What is offered, such as 10% off the next order." },
    { "offer.code", VALUE_TEXT, "Code of the offer." },
    { "offer.until", VALUE_TEXT, "Its last day, such as until Friday 6 December." },
    { "meeting", VALUE_TEXT, "The proposal in the attached .ics, such as Tuesday 1 December, 10:00-11:00." },
    { "silence", VALUE_OBJECT, "For a bar that shows the time that has passed beside the usual time." },
    { "silence.usual_percent", VALUE_TEXT, "Its part for the usual time: a whole number." },
    { "silence.over_percent", VALUE_TEXT, "The rest of a hundred; nothing where there is no more than usual." },
    { "silence.usual", VALUE_TEXT, "The usual time, or the limit, such as 32 days." },
    { "silence.silent", VALUE_TEXT, "The time that has passed, such as 81 days." },
    { "digest", VALUE_OBJECT, "What daily, weekly and summary are made of." },
    { "digest.numbers", VALUE_TEXT, "The counts in words, such as 4 new, 7 still open." },
    { "digest.at_risk", VALUE_TEXT, "What the customers that are due, or the largest at risk, buy in a year." },
    { "digest.empty", VALUE_TRUE, "Is there nothing to tell?" },
    { "digest.names", VALUE_TEXT, "The first three customers." },
    { "digest.waiting", VALUE_TEXT, "How many more are due, and will follow." },
    { "digest.crowded", VALUE_TEXT, "For whom more comes due than they may be told, since four weeks." },
    { "digest.watched", VALUE_TEXT, "How many customers are looked after." },
    { "digest.from", VALUE_TEXT, "First day of the week that is told of." },
    { "digest.until", VALUE_TEXT, "Last day of it." },
    { "digest.people", VALUE_TRUE, "In a summary: are there salespeople to tell of?" },
    { "digest.new", VALUE_OBJECT, "Part of a digest: told here for the first time." },
    { "digest.open", VALUE_OBJECT, "Part of a digest: told before, still open." },
    { "digest.snoozed", VALUE_OBJECT, "Part of a digest: put off." },
    { "digest.watch", VALUE_OBJECT, "Part of a digest: silent for longer than usual, not late yet." },
    { "digest.won", VALUE_OBJECT, "Part of a digest: bought after they were told of." },
    { "digest.offers", VALUE_OBJECT, "Part of a digest: offers that end soon." },
    { "digest.largest", VALUE_OBJECT, "Part of a summary: the largest at risk." },
    { "digest.unassigned", VALUE_OBJECT, "Part of a summary: customers without a salesperson." },
    { "count", VALUE_TEXT, "In a part of a digest: how many there are." },
    { "left_out", VALUE_TEXT, "In a part of a digest: how many are not shown, such as and 14 more." },
    { "lines", VALUE_LIST, "In a part of a digest, or a piece inside of one: the customers." },
    { "lines.name", VALUE_TEXT, "Name of the customer." },
    { "lines.card", VALUE_TRUE, "Is this one shown at length?" },
    { "lines.same", VALUE_TRUE, "Is it the customer of the line before?" },
    { "lines.reason", VALUE_TEXT, "Why now: the sentence with the numbers that decided; at length only." },
    { "lines.note", VALUE_TEXT, "What the part says of it: when it was told, until when, why in short." },
    { "lines.contact", VALUE_TEXT, "Name of the person to talk to; at length only." },
    { "lines.phone", VALUE_TEXT, "Telephone number; at length only." },
    { "lines.phone_link", VALUE_TEXT, "The number for a tel: link; among more than 100 lines at length only." },
    { "lines.email", VALUE_TEXT, "Mail address; at length, and without a telephone number." },
    { "lines.email_link", VALUE_TEXT, "The address for a mailto: link; the same." },
    { "lines.link", VALUE_TEXT, "Web address of the record in the company's system; at length only." },
    { "lines.offer", VALUE_TEXT, "What is offered." },
    { "lines.code", VALUE_TEXT, "Code of the offer." },
    { "lines.until", VALUE_TEXT, "Its last day." },
    { "lines.amount", VALUE_TEXT, "What the customer usually buys in a year; won back: what was bought." },
    { "lines.percent", VALUE_TEXT, "For a bar: that amount in percent of the largest; not among more than 100 lines." },
    { "lines.row", VALUE_TEXT, "Name and amount in columns, for the text of a mail." },
    { "people", VALUE_LIST, "In a summary: the salespeople; the first is all of them together." },
    { "people.name", VALUE_TEXT, "Name of the person." },
    { "people.all", VALUE_TRUE, "Is this all of them together?" },
    { "people.told", VALUE_TEXT, "How many follow-ups they were told; nothing for none." },
    { "people.answered", VALUE_TEXT, "How many of them were answered; nothing for none." },
    { "people.overdue", VALUE_TEXT, "How many are overdue; nothing for none." },
    { "people.won", VALUE_TEXT, "How many customers were won back; nothing for none." },
    { "people.amount", VALUE_TEXT, "What those bought." },
    { "people.numbers", VALUE_TEXT, "All four in words." },
    { "people.row", VALUE_TEXT, "Name and amount in columns, for the text of a mail." },
    { "people.bar", VALUE_TRUE, "Is there a bar? Not where there are more than 30 people." },
    { "people.answered_percent", VALUE_TEXT, "Its part for what was answered: a whole number." },
    { "people.open_percent", VALUE_TEXT, "For what was told and is open." },
    { "people.overdue_percent", VALUE_TEXT, "For what is overdue." },
    { "people.rest_percent", VALUE_TEXT, "The rest of a hundred." },
    { "say", VALUE_OBJECT, "Lines of the script: {{say.hello}}, in quotation marks, in the customer's language." },
    { "label", VALUE_OBJECT, "Phrases that begin with label-: {{label.call}}." },
    { "subject", VALUE_TEXT, "In a page: the subject." },
    { "letter", VALUE_TEXT, "In a page: the letter, which is markup already: {{{letter}}}." },
    { "alert", VALUE_LIST, "What an alert says behind its title, in paragraphs; {{.}} is one of them." },
    { "alert_title", VALUE_TEXT, "What happened, without a full stop: the first paragraph of an alert." },
};

const struct variable *compose_variables(size_t *n)
{
    *n = sizeof variables / sizeof variables[0];
    return variables;
}

void values_set(const struct view *view, const char *name, const char *text)
{
    struct values *v = (struct values *)view->context;
    for (size_t i = 0; i < v->root.n; i++)
        if (strcmp(v->root.fields[i].name, name) == 0) {
            v->root.fields[i].value.text = text;
            return;
        }
    put(v, &v->root, name, (struct value){ .kind = VALUE_TEXT, .text = text });
}

void values_enter(const struct view *view, char place)
{
    struct values *v = (struct values *)view->context;
    v->within = place >= 'a' && place < 'a' + DIGEST_PARTS ? v->parts[place - 'a'] : NULL;
}

static void put_customer(struct values *v, const struct customer *c)
{
    struct object *o = put_object(v, "customer");
    put_line(v, o, "id", c->id, NAME_MOST);
    put_line(v, o, "name", c->name && c->name[0] ? c->name : c->id, NAME_MOST);
    put_line(v, o, "contact", c->contact_name, NAME_MOST);
    put_line(v, o, "phone", c->phone, NAME_MOST);
    put_text(v, o, "phone_link", phone_link(v->a, c->phone));
    put_line(v, o, "email", c->email, LINE_MOST);
    put_text(v, o, "email_link", email_link(v->a, c->email));
    if (clean_line(v->a, c->phone, 1) || clean_line(v->a, c->email, 1))
        put(v, o, "reachable", (struct value){ .kind = VALUE_TRUE });
    put_text(v, o, "link", web_link(v->a, c->url));
    put_line(v, o, "category", c->category, NAME_MOST);
    put_line(v, o, "opportunity", c->opportunity, NAME_MOST);
    put_line(v, o, "values", c->values, NOTE_MOST);
    put_line(v, o, "notes", c->notes, NOTE_MOST);
    for (size_t i = 0; i < c->n_extras; i++)
        if (strncmp(c->extras[i].name, "x_", 2) == 0)
            put_line(v, &v->root, c->extras[i].name, c->extras[i].value, NOTE_MOST);
}

/* Never what the customer itself says. */
static void put_similar(struct values *v, const struct brief *b)
{
    const char *own = clean_line(v->a, b->facts->customer.values, SIMILAR_TEXT_MOST);
    struct value *items = arena_new(v->a, (b->n_similar + 1) * sizeof *items);
    size_t n = 0;
    for (size_t i = 0; i < b->n_similar; i++) {
        const char *text = clean_line(v->a, b->similar[i], SIMILAR_TEXT_MOST);
        if (text && (!own || strcmp(text, own) != 0))
            items[n++] = (struct value){ .kind = VALUE_TEXT, .text = text };
    }
    if (n)
        put_true(v, &v->root, "similar");
    put(v, &v->root, "similar_values", (struct value){ .kind = VALUE_LIST, .node = items, .n = n });
}

struct purchase_words {
    const char *day, *what, *amount;
};

/* "12 Sep 2026   NOK 1,240.00   Printer paper": columns as wide as their widest cell, within 70. */
static const char *purchase_row(struct values *v, const struct purchase_words *w, int day_width, int amount_width)
{
    const char *day = columns_fit(v->a, w->day, day_width, true);
    int blank = amount_width - columns_of(w->amount);
    const char *amount = amount_width ? arena_print(v->a, "   %*s%s", blank > 0 ? blank : 0, "", w->amount) : "";
    int room = 66 - day_width - columns_of(amount);
    if (!w->what[0] || room < 4)
        return arena_print(v->a, "%s%s", day, amount);
    return arena_print(v->a, "%s%s   %s", day, amount, columns_fit(v->a, w->what, room, false));
}

static struct value purchase_value(struct values *v, const struct purchase_words *w, const char *row)
{
    struct object *o = arena_new(v->a, sizeof *o);
    put_text(v, o, "day", w->day);
    put_text(v, o, "what", w->what);
    put_text(v, o, "amount", w->amount);
    put_text(v, o, "row", row);
    return (struct value){ .kind = VALUE_OBJECT, .node = o };
}

static void put_purchases(struct values *v, const struct facts *f)
{
    struct purchase_words words[PURCHASES_MOST];
    struct value *items = arena_new(v->a, sizeof *items * PURCHASES_MOST);
    size_t n = 0;
    int day_width = 0, amount_width = 0;
    for (size_t i = f->n_purchases; i > 0 && n < PURCHASES_MOST; i--) {
        const struct purchase *p = &f->purchases[i - 1];
        if (p->amount != MONEY_NONE && p->amount <= 0)
            continue; /* not buying */
        const char *currency = p->currency ? p->currency : v->b->options->company.currency;
        const char *day = phrase_date(v->p, PHRASE_DATE_SHORT, p->day, v->a);
        const char *what = clean_line(v->a, p->what ? p->what : p->product_group, LINE_MOST);
        const char *amount = phrase_money(v->p, p->amount, currency, false, v->a);
        words[n] = (struct purchase_words){ day ? day : "", what ? what : "", amount ? amount : "" };
        int wide_day = columns_of(words[n].day), wide_amount = columns_of(words[n].amount);
        day_width = wide_day > day_width ? wide_day : day_width;
        amount_width = wide_amount > amount_width ? wide_amount : amount_width;
        n++;
    }
    for (size_t i = 0; i < n; i++)
        items[i] = purchase_value(v, &words[i], purchase_row(v, &words[i], day_width, amount_width));
    put(v, &v->root, "purchases", (struct value){ .kind = VALUE_LIST, .node = items, .n = n });
}

/* The last contact whose kind is among `kinds` (none: any). */
static date last_contact(const struct facts *f, const struct words *kinds)
{
    for (size_t i = f->n_contacts; i > 0; i--) {
        const struct contact *c = &f->contacts[i - 1];
        bool counts = kinds->n == 0;
        for (size_t k = 0; k < kinds->n && !counts; k++)
            counts = c->kind && strcmp(c->kind, kinds->rows[k]) == 0;
        if (counts)
            return c->day;
    }
    return DATE_NONE;
}

static void put_contacts(struct values *v, const struct facts *f, const struct rule *rule)
{
    static const struct words any;
    date last = last_contact(f, &any), review = rule ? last_contact(f, &rule->counts) : DATE_NONE;
    put_text(v, &v->root, "last_contact", phrase_date(v->p, PHRASE_DATE_LONG, last, v->a));
    put_text(v, &v->root, "last_review", phrase_date(v->p, PHRASE_DATE_LONG, review, v->a));
}

static const char *counted(struct values *v, enum phrase which, double n)
{
    struct phrase_values values = { .numbers = { n } };
    return phrase_say(v->p, which, &values, v->a);
}

/* The usual time as a part of the time that has passed, and the rest; neither so small that it could not be seen. */
static void put_silence(struct values *v, const struct rule *rule, const struct defence *d)
{
    double usual = reason_by_rhythm(rule, d) ? whole_days(d->typical) : d->threshold;
    bool waits = rule->kind == RULE_LAPSE || rule->kind == RULE_REVIEW || rule->kind == RULE_VISIT ||
                 rule->kind == RULE_PROBLEM || rule->kind == RULE_FIRST_ORDER;
    if (!waits || usual < 1 || d->days < 1)
        return;
    struct object *o = put_object(v, "silence");
    int percent = usual < d->days ? (int)(100 * usual / d->days + 0.5) : 100;
    if (usual < d->days)
        percent = percent < BAR_LEAST ? BAR_LEAST : percent > 100 - BAR_LEAST ? 100 - BAR_LEAST : percent;
    put_text(v, o, "usual_percent", arena_print(v->a, "%d", percent));
    if (percent < 100)
        put_text(v, o, "over_percent", arena_print(v->a, "%d", 100 - percent));
    put_text(v, o, "usual",
             reason_by_rhythm(rule, d) ? counted(v, PHRASE_DAYS, usual) : reason_limit(v->p, rule, d, v->a));
    put_text(v, o, "silent", counted(v, PHRASE_DAYS, d->days));
}

static void put_problems(struct values *v, const struct facts *f)
{
    struct value *items = arena_new(v->a, sizeof *items * PROBLEMS_MOST);
    size_t n = 0;
    for (size_t i = 0; i < f->n_problems && n < PROBLEMS_MOST; i++) {
        const struct problem *p = &f->problems[i];
        if (p->closed_at != INSTANT_NONE)
            continue;
        struct object *o = arena_new(v->a, sizeof *o);
        put_text(v, o, "day", phrase_date(v->p, PHRASE_DATE_LONG, p->opened, v->a));
        put_line(v, o, "summary", p->summary, LINE_MOST);
        items[n++] = (struct value){ .kind = VALUE_OBJECT, .node = o };
    }
    put(v, &v->root, "problems", (struct value){ .kind = VALUE_LIST, .node = items, .n = n });
}

static void put_defence(struct values *v, const struct rule *rule, const struct defence *d)
{
    struct object *root = &v->root;
    put_text(v, root, "reason", reason_say(v->p, rule, d, v->a));
    put_silence(v, rule, d);
    put_text(v, root, "silent", counted(v, PHRASE_DAYS, d->days));
    if (d->occasions > 0)
        put_text(v, root, "orders", counted(v, PHRASE_ORDERS, d->occasions));
    if (d->typical > 0) {
        put_text(v, root, "usual_gap", counted(v, PHRASE_DAYS, whole_days(d->typical)));
        put_text(v, root, "about_usual_gap", counted(v, PHRASE_ABOUT_DAYS, whole_days(d->typical)));
    }
    if (d->parts > 0) {
        put_text(v, root, "part", arena_print(v->a, "%d", d->part));
        put_text(v, root, "parts", arena_print(v->a, "%d", d->parts));
    }
    if (reason_anniversary(rule, d))
        put_text(v, root, "years", counted(v, PHRASE_YEARS, d->part));
    put_text(v, root, "last_purchase", phrase_date(v->p, PHRASE_DATE_LONG, d->last_day, v->a));
}

const char *offer_in_words(struct values *v, const struct issued_offer *o)
{
    struct phrase_values values = { 0 };
    switch (o->kind) {
    case OFFER_PERCENT:
        values.numbers[0] = o->percent;
        return phrase_say(v->p, PHRASE_OFFER_PERCENT, &values, v->a);
    case OFFER_AMOUNT:
        values.texts[0] = phrase_money(v->p, o->amount, v->b->options->company.currency, true, v->a);
        return phrase_say(v->p, PHRASE_OFFER_AMOUNT, &values, v->a);
    case OFFER_GIFT:
        values.texts[0] = clean_line(v->a, o->gift, LINE_MOST);
        return phrase_say(v->p, PHRASE_OFFER_GIFT, &values, v->a);
    case OFFER_FREE_DELIVERY:
        return phrase_say(v->p, PHRASE_OFFER_FREE_DELIVERY, &values, v->a);
    }
    return NULL;
}

static void put_offer(struct values *v, const struct issued_offer *offer)
{
    struct object *o = put_object(v, "offer");
    put_text(v, o, "what", offer_in_words(v, offer));
    put_line(v, o, "code", offer->code, NAME_MOST);
    put_text(v, o, "until", phrase_until(v->p, offer->last_day, v->a));
}

/* "Tuesday 1 December, 10:00–11:00": a meeting never goes over midnight, so one day says it. */
static const char *meeting_in_words(struct values *v, const struct meeting *m)
{
    instant start = m->start + zone_offset(v->b->zone, m->start) * SECOND,
            end = m->end + zone_offset(v->b->zone, m->end) * SECOND;
    struct civil c = instant_split(start);
    struct phrase_values values = {
        .texts = { phrase_date(v->p, PHRASE_DATE_MEETING, date_of(c.year, c.month, c.day), v->a),
                   arena_print(v->a, "%s–%s", phrase_time(v->p, start, v->a), phrase_time(v->p, end, v->a)) }
    };
    return phrase_say(v->p, PHRASE_MEETING, &values, v->a);
}

static void put_also(struct values *v, const struct brief *b)
{
    struct value *items = arena_new(v->a, (b->n_also + 1) * sizeof *items);
    for (size_t i = 0; i < b->n_also; i++) {
        const struct also *also = &b->also[i];
        struct object *o = arena_new(v->a, sizeof *o);
        bool said = also->rule->kind == RULE_OCCASION; /* by its reason */
        if (!said && strcmp(also->rule->title, also->rule->id) != 0)
            put_line(v, o, "title", also->rule->title, NAME_MOST);
        put_text(v, o, "reason", reason_say(v->p, also->rule, also->defence, v->a));
        if (also->step > 0)
            put_text(v, o, "reminder", arena_print(v->a, "%d", also->step));
        if (also->offer_ends)
            put(v, o, "offer_ends", (struct value){ .kind = VALUE_TRUE });
        if (b->meeting && b->meeting_also == also)
            put_text(v, o, "proposal", meeting_in_words(v, b->meeting));
        items[i] = (struct value){ .kind = VALUE_OBJECT, .node = o };
    }
    if (b->n_also)
        put(v, &v->root, "together", (struct value){ .kind = VALUE_TRUE });
    put(v, &v->root, "also", (struct value){ .kind = VALUE_LIST, .node = items, .n = b->n_also });
}

/* A subject has no full stop. */
static const char *title_of(const char *line, struct arena *a)
{
    size_t size = strlen(line);
    return arena_copy_bytes(a, line, size && line[size - 1] == '.' ? size - 1 : size);
}

static void put_alert(struct values *v, const char *alert)
{
    char *rest = arena_copy(v->a, clean_lines(v->a, alert, ALERT_MOST));
    struct value *items = NULL;
    size_t n = 0;
    for (char *line; (line = strsep(&rest, "\n"));) {
        if (!line[strspn(line, " ")])
            continue;
        items = arena_grow(v->a, items, n, sizeof *items);
        items[n++] = (struct value){ .kind = VALUE_TEXT, .text = line };
    }
    if (n == 0)
        return;
    size_t title = n > 1; /* a single one stands below, too: as a title it may be cut */
    put_line(v, &v->root, "alert_title", title_of(items[0].text, v->a), LINE_MOST);
    put(v, &v->root, "alert", (struct value){ .kind = VALUE_LIST, .node = items + title, .n = n - title });
}

static void put_people(struct values *v, const struct brief *b)
{
    if (b->to) {
        struct object *o = put_object(v, "salesperson");
        const char *name = clean_line(v->a, b->to->name, NAME_MOST);
        put_text(v, o, "name", name);
        put_text(v, o, "first_name", name ? first_name(v->a, name) : NULL);
    }
    put_line(v, &v->root, "covering", b->covering, NAME_MOST);
    if (b->told_before) {
        struct object *o = put_object(v, "taken_over");
        put_line(v, o, "name", b->told_before, NAME_MOST);
        put_text(v, o, "day", phrase_date(v->p, PHRASE_DATE_LONG, b->told_day, v->a));
    }
}

static void put_time(struct values *v, const struct brief *b)
{
    instant local = b->now + (b->zone ? zone_offset(b->zone, b->now) * SECOND : 0);
    struct civil c = instant_split(local);
    put_text(v, &v->root, "today", phrase_date(v->p, PHRASE_DATE_LONG, date_of(c.year, c.month, c.day), v->a));
    put_text(v, &v->root, "time", phrase_time(v->p, local, v->a));
}

static struct values *fill(const struct brief *b, const struct language *reader, const struct language *speaker,
                           struct arena *a);
static struct view view_of(const struct values *v);

static struct value text_value(const char *text)
{
    return (struct value){ .kind = VALUE_TEXT, .text = text };
}

/* What a line of the script may name. Without a speaker nothing is said: so a line cannot say itself. */
static const struct values *spoken(const struct values *v)
{
    if (*v->spoken)
        return *v->spoken;
    if (v->speaker == v->reader) {
        struct values *same = arena_new(v->a, sizeof *same);
        *same = *v;
        same->speaker = NULL;
        *v->spoken = same;
    } else {
        *v->spoken = fill(v->b, v->speaker, NULL, v->a);
    }
    return *v->spoken;
}

/* A line of the script, plain and in quotation marks; whoever asked escapes it. */
static struct value say(const struct values *v, const char *name)
{
    const struct line *line = v->speaker ? language_line(v->speaker, name) : NULL;
    if (!line || !line->text)
        return (struct value){ .kind = VALUE_MISSING };
    struct view in = view_of(spoken(v));
    struct buf out = { 0 };
    template_render(line->text, &in, ESCAPE_TEXT, NULL, NULL, &out);
    struct phrase_values said = { .texts = { clean_line(v->a, buf_text(&out), SAID_MOST) } };
    buf_done(&out);
    return said.texts[0] ? text_value(phrase_say(v->speaker->phrases, PHRASE_QUOTE, &said, v->a))
                         : (struct value){ .kind = VALUE_MISSING };
}

static struct value label(const struct values *v, const char *name)
{
    static const struct phrase_values none;
    enum phrase which = phrase_label(name);
    return which == PHRASES ? (struct value){ .kind = VALUE_MISSING }
                            : text_value(phrase_say(v->p, which, &none, v->a));
}

static struct value field(const struct object *o, const char *name)
{
    for (size_t i = 0; i < o->n; i++)
        if (strcmp(o->fields[i].name, name) == 0)
            return o->fields[i].value;
    return (struct value){ .kind = VALUE_MISSING };
}

static struct value look(const void *context, const void *node, const char *name)
{
    const struct values *v = context;
    if (node && node == v->say)
        return say(v, name);
    if (node && node == v->label)
        return label(v, name);
    struct value found = { .kind = VALUE_MISSING };
    if (!node && v->within)
        found = field(v->within, name);
    return found.kind == VALUE_MISSING ? field(node ? node : &v->root, name) : found;
}

static struct value item(const void *context, const void *node, size_t i)
{
    (void)context;
    return ((const struct value *)node)[i];
}

static struct view view_of(const struct values *v)
{
    return (struct view){ .look = look, .item = item, .context = v };
}

static struct values *fill(const struct brief *b, const struct language *reader, const struct language *speaker,
                           struct arena *a)
{
    struct values *v = arena_new(a, sizeof *v);
    *v = (struct values){ .b = b, .reader = reader, .speaker = speaker, .p = reader->phrases, .a = a };
    v->spoken = arena_new(a, sizeof *v->spoken);
    v->say = put_object(v, "say");
    v->label = put_object(v, "label");
    put_line(v, &v->root, "company", b->options->company.name, NAME_MOST);
    put_text(v, &v->root, "language", reader->code);
    put_time(v, b);
    put_people(v, b);
    if (b->step > 0)
        put_text(v, &v->root, "repeat", arena_print(a, "%d", b->step));
    if (b->rule)
        put_line(v, &v->root, "rule", b->rule->title, NAME_MOST);
    if (b->rule && b->defence)
        put_defence(v, b->rule, b->defence);
    if (b->facts) {
        put_customer(v, &b->facts->customer);
        put_similar(v, b);
        put_purchases(v, b->facts);
        put_problems(v, b->facts);
        put_contacts(v, b->facts, b->rule);
    }
    if (b->offer)
        put_offer(v, b->offer);
    if (b->meeting && !b->meeting_also)
        put_text(v, &v->root, "meeting", meeting_in_words(v, b->meeting));
    put_also(v, b);
    if (b->digest)
        digest_put(v, b->digest);
    put_alert(v, b->alert);
    return v;
}

struct view values_of(const struct brief *b, const struct language *reader, const struct language *speaker,
                      struct arena *a)
{
    return view_of(fill(b, reader, speaker, a));
}
