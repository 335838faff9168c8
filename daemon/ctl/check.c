/* followupctl check */
#include "ctl/survey.h"

#include "engine/brief.h"

#include <stdlib.h>
#include <string.h>

struct counts {
    struct ctl *c;
    long *due, *cannot; /* per rule */
    long silent, orphans;
    struct people people;
};

static bool visit(void *context, const struct facts *f, const struct finding *rows, size_t n)
{
    struct counts *k = context;
    if (survey_silent(f)) {
        k->silent++;
        return true;
    }
    if (!person_find(&k->people, f->customer.salesperson))
        k->orphans++;
    for (size_t i = 0; i < n; i++) {
        size_t rule = (size_t)(rows[i].rule - k->c->options->rules);
        k->due[rule] += rows[i].state == FINDING_DUE;
        k->cannot[rule] += rows[i].state == FINDING_CANNOT_JUDGE;
    }
    return true;
}

/* What a salesperson's row says that cannot be used. */
static void check_people(struct ctl *c, const struct people *p, struct complaints *notes)
{
    const struct place *place = &c->options->source.salespeople.place;
    for (size_t i = 0; i < p->n; i++) {
        struct err e = { "" };
        const struct salesperson *s = &p->rows[i];
        person_zone(c->company, s, &e);
        if (e.text[0])
            complain(notes, place->file, place->line, "salesperson %s: %s; the company's zone is used", s->id, e.text);
        e.text[0] = '\0';
        person_hours(c->company, s, &e);
        if (e.text[0])
            complain(notes, place->file, place->line, "salesperson %s: %s; people.hours is used", s->id, e.text);
        if (s->language && !composer_speaks(company_composer(c->company), s->language))
            complain(notes, place->file, place->line, "salesperson %s: there is no language \"%s\" in %s; %s is used", s->id, s->language,
                     c->options->languages, c->options->company.language);
    }
}

static void check_holidays(struct ctl *c, struct complaints *notes)
{
    const struct people_options *p = &c->options->people;
    date today = zone_date(company_zone(c->company), c->now);
    for (size_t i = 0; i < p->n_holidays; i++) {
        char day[16];
        struct salesperson somebody = { .region = p->holidays[i].region };
        const struct holidays *h = person_holidays(c->company, &somebody);
        if (h && h->last != DATE_NONE && h->last < today + 60)
            complain(notes, p->holidays[i].place.file, p->holidays[i].place.line, "the holidays of %s end on %s; add the next year's",
                     p->holidays[i].region, date_print(h->last, day));
    }
}

static int print_survey(struct ctl *c, struct counts *k, const struct pass_report *report)
{
    const struct options *o = c->options;
    printf("%ld customers (%ld inactive or not to be contacted), %ld purchases, %ld contacts, %zu salespeople\n", report->customers,
           k->silent, report->purchases, report->contacts, k->people.n);
    if (report->ignored)
        printf("%ld purchases of zero or less are not buying and were left out\n", report->ignored);
    if (k->orphans)
        printf("%ld customers have no salesperson%s\n", k->orphans,
               o->people.unassigned ? "; people.unassigned is told about them" : ": nobody is told about them; set people.unassigned");
    for (size_t i = 0; i < o->n_rules; i++)
        printf("rule %s (%s): %ld due now, %ld cannot be judged\n", o->rules[i].id, rule_kind_name(o->rules[i].kind), k->due[i], k->cannot[i]);
    for (size_t i = 0; i < report->n_unreadable; i++) {
        const struct unreadable *u = &report->unreadable[i];
        printf("%ld values of %s.%s cannot be read and were left out, for example %s\n", u->count, u->query, u->column, u->example);
    }
    return report->n_unreadable || (k->orphans && !o->people.unassigned) ? CTL_FOUND : CTL_OK;
}

static int survey_print(struct ctl *c, struct complaints *notes)
{
    struct err e;
    struct pass_report report;
    size_t n = c->options->n_rules + 1;
    struct counts k = { .c = c, .due = arena_new(&c->arena, n * sizeof(long)), .cannot = arena_new(&c->arena, n * sizeof(long)) };
    if (!source_people(c->source, c->now, &c->arena, &k.people, &e) || !survey_all(c, visit, &k, &report, &e))
        return ctl_fail(CTL_FOUND, "%s", e.text);
    check_people(c, &k.people, notes);
    check_holidays(c, notes);
    return print_survey(c, &k, &report);
}

static int run(struct ctl *c, int argc, char **argv)
{
    struct complaints wrong = { 0 }, notes = { 0 };
    int code = CTL_OK;
    if (argc)
        return ctl_fail(CTL_USAGE, "check takes no argument \"%s\"", argv[0]);
    if (!source_check(c->source, c->now, &wrong, &notes) || wrong.n)
        code = CTL_FOUND;
    if (c->options->n_rules == 0)
        complain(&notes, c->file, 0, "there is no rule: nobody will ever be told anything; add one to rules");
    if (c->options->n_channels == 0)
        complain(&wrong, c->file, 0, "there is no channel: nothing can be sent; add one to channels");
    ctl_complain(&wrong, stdout);
    if (code == CTL_OK)
        code = survey_print(c, &notes);
    ctl_complain(&notes, stdout);
    if (code == CTL_OK && wrong.n == 0)
        printf("%s is right\n", c->file);
    code = wrong.n ? CTL_FOUND : code;
    complaints_done(&wrong);
    complaints_done(&notes);
    return code;
}

const struct verb verb_check = {
    .name = "check",
    .arguments = "",
    .what = "Check the configuration, the mapping and the data, and say what would make it better. Changes nothing.",
    .run = run,
    .store = true,
};
