/* followupctl check */
#include "ctl/survey.h"

#include "engine/brief.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct counts {
    struct ctl *c;
    long *due, *cannot; /* per rule */
    long silent, orphans;
    const char **categories; /* that customers have */
    size_t n_categories;
    struct people people;
};

static void note_category(struct counts *k, const char *category)
{
    for (size_t i = 0; category && i < k->n_categories; i++)
        if (strcmp(k->categories[i], category) == 0)
            return;
    if (!category || k->n_categories == 1000) /* a category a customer is no category */
        return;
    k->categories = arena_grow(&k->c->arena, k->categories, k->n_categories, sizeof *k->categories);
    k->categories[k->n_categories++] = arena_copy(&k->c->arena, category);
}

static bool visit(void *context, const struct facts *f, const struct finding *rows, size_t n)
{
    struct counts *k = context;
    note_category(k, f->customer.category);
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
            complain(notes, place->file, place->line, "salesperson %s: there is no language \"%s\" in %s; %s is used",
                     s->id, s->language, c->options->languages, c->options->company.language);
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
            complain(notes, p->holidays[i].place.file, p->holidays[i].place.line,
                     "the holidays of %s end on %s; add the next year's", p->holidays[i].region,
                     date_print(h->last, day));
    }
}

/* What a rule says for categories that no customer has: a misspelt name would be silent for ever. */
static void check_category(struct ctl *c, const struct counts *k, const struct rule *r, const char *name,
                           struct complaints *notes)
{
    if (!name || strcmp(name, "everyone") == 0 || category_rung(c->options, name) >= 0)
        return;
    for (size_t i = 0; i < k->n_categories; i++)
        if (strcmp(k->categories[i], name) == 0)
            return;
    complain(notes, r->place.file, r->place.line,
             "rule %s speaks of the category \"%s\", which is neither in categories nor any customer's", r->id, name);
}

static void check_categories(struct ctl *c, const struct counts *k, struct complaints *notes)
{
    for (size_t i = 0; i < c->options->n_rules; i++) {
        const struct rule *r = &c->options->rules[i];
        for (size_t n = 0; n < r->who.n; n++)
            check_category(c, k, r, r->who.rows[n], notes);
        for (size_t n = 0; n < r->after.n; n++)
            check_category(c, k, r, r->after.rows[n].key, notes);
        for (size_t n = 0; r->kind == RULE_VISIT && n < r->every.n; n++)
            check_category(c, k, r, r->every.rows[n].key, notes);
    }
}

static bool folder_there(const char *path)
{
    char copy[4096];
    struct stat s;
    snprintf(copy, sizeof copy, "%s", path);
    return stat(dirname(copy), &s) == 0 && S_ISDIR(s.st_mode);
}

/* What is written to must have somewhere to be. */
static void check_folders(struct ctl *c, struct complaints *wrong)
{
    const struct options *o = c->options;
    if (!folder_there(o->store))
        complain(wrong, c->file, 0, "store: there is no folder for %s; make it", o->store);
    for (size_t i = 0; i < o->n_channels; i++)
        if (o->channels[i].path && !folder_there(o->channels[i].path))
            complain(wrong, o->channels[i].place.file, o->channels[i].place.line,
                     "channel %s: there is no folder for %s; make it", o->channels[i].name, o->channels[i].path);
}

static int print_survey(struct ctl *c, struct counts *k, const struct pass_report *report)
{
    const struct options *o = c->options;
    printf("%ld customers (%ld inactive or not to be contacted), %ld purchases, %ld contacts, %zu salespeople\n",
           report->customers, k->silent, report->purchases, report->contacts, k->people.n);
    if (report->ignored)
        printf("%ld purchases of zero or less are not buying and were left out\n", report->ignored);
    bool caught = person_find(&k->people, o->people.unassigned) != NULL;
    if (k->orphans && caught)
        printf("%ld customers have no salesperson; %s is told about them (people.unassigned)\n", k->orphans,
               o->people.unassigned);
    else if (k->orphans && o->people.unassigned)
        printf("%ld customers have no salesperson, and people.unassigned names \"%s\", who is not in the salespeople "
               "query: nobody is told "
               "about them\n",
               k->orphans, o->people.unassigned);
    else if (k->orphans)
        printf("%ld customers have no salesperson: nobody is told about them; set people.unassigned\n", k->orphans);
    if (report->purchases == 0 && o->source.purchases.sql)
        printf("the purchases query gives nothing that belongs to a customer: nobody can be judged; look at its "
               "customer column\n");
    for (size_t i = 0; i < o->n_rules; i++)
        printf("rule %s (%s): %ld due now, %ld cannot be judged\n", o->rules[i].id, rule_kind_name(o->rules[i].kind),
               k->due[i], k->cannot[i]);
    for (size_t i = 0; i < report->n_unreadable; i++) {
        const struct unreadable *u = &report->unreadable[i];
        bool moment = strcmp(u->column, "at") == 0 || strstr(u->column, "_at") || strcmp(u->column, "since") == 0;
        printf("%ld values of %s.%s cannot be read and were left out, for example %s%s\n", u->count, u->query,
               u->column, u->example,
               moment ? "; if that is how dates are written there, add format = \"%d.%m.%Y\"; or the like to the query"
                      : "");
    }
    int days, usual;
    bool stale = survey_stale(k->c, report, &days, &usual);
    if (stale)
        printf("no purchase for %d days, at most %d are usual: the daemon tells nobody until that changes "
               "(guards.stale_feed)\n",
               days, usual);
    return stale || report->n_unreadable || (k->orphans && !caught) || report->purchases == 0 ? CTL_FOUND : CTL_OK;
}

static int survey_print(struct ctl *c, struct complaints *notes)
{
    struct err e;
    struct pass_report report;
    size_t n = c->options->n_rules + 1;
    struct counts k = { .c = c,
                        .due = arena_new(&c->arena, n * sizeof(long)),
                        .cannot = arena_new(&c->arena, n * sizeof(long)) };
    if (!source_people(c->source, c->now, &c->arena, &k.people, &e) || !survey_all(c, visit, &k, &report, &e))
        return ctl_fail(CTL_FOUND, "%s", e.text);
    check_people(c, &k.people, notes);
    check_holidays(c, notes);
    check_categories(c, &k, notes);
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
        complain(&wrong, c->file, 0, "there is no rule: nobody will ever be told anything; add one to rules");
    if (c->options->n_channels == 0)
        complain(&wrong, c->file, 0, "there is no channel: nothing can be sent; add one to channels");
    check_folders(c, &wrong);
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
