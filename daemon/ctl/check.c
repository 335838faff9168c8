/* followupctl check */
#include "ctl/survey.h"

#include "base/secret.h"
#include "channel/channel.h"
#include "engine/brief.h"
#include "engine/engine.h"

#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct counts {
    struct ctl *c;
    long *due, *cannot; /* per rule */
    long silent;
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
    if (customer_silent(&f->customer)) {
        k->silent++;
        return true;
    }
    for (size_t i = 0; i < n; i++) {
        size_t rule = (size_t)(rows[i].rule - k->c->options->rules);
        k->due[rule] += rows[i].state == FINDING_DUE;
        k->cannot[rule] += rows[i].state == FINDING_CANNOT_JUDGE;
    }
    return true;
}

/* What is wrong in the rows of salespeople, each only once however many have it. */
struct slips {
    struct ctl *c;
    struct complaints *wrong;
    struct slip {
        const char *what, *first;
        long n;
    } * rows;
    size_t n;
};

static void slip(struct slips *all, const struct salesperson *s, const char *what)
{
    for (size_t i = 0; i < all->n; i++)
        if (strcmp(all->rows[i].what, what) == 0) {
            all->rows[i].n++;
            return;
        }
    all->rows = arena_grow(&all->c->arena, all->rows, all->n, sizeof *all->rows);
    all->rows[all->n++] = (struct slip){ .what = what, .first = s->id, .n = 1 };
}

static void say_slips(const struct slips *all)
{
    const struct place *place = &all->c->options->source.salespeople.place;
    for (size_t i = 0; i < all->n; i++) {
        const struct slip *s = &all->rows[i];
        const char *more = s->n > 1 ? arena_print(&all->c->arena, " and %ld more", s->n - 1) : "";
        complain(all->wrong, place->file, place->line, "salesperson %s%s: %s", s->first, more, s->what);
    }
}

static bool has_holidays(const struct people_options *p, const char *region)
{
    for (size_t i = 0; i < p->n_holidays; i++)
        if (strcmp(p->holidays[i].region, region) == 0)
            return true;
    return false;
}

static void check_address(struct ctl *c, const struct salesperson *s, struct slips *all)
{
    struct err e;
    for (size_t i = 0; s->active && i < c->options->n_channels; i++) {
        const char *name = c->options->channels[i].name, *address = person_address(s, name);
        const struct channel_kind *kind = channel_kind_find(name);
        bool again = !kind->chat && i > 0 && !channel_kind_find(c->options->channels[i - 1].name)->chat;
        if (address && !again && !kind->address_ok(address_to_write(address, &c->arena), &e))
            slip(all, s, arena_print(&c->arena, "%s", e.text));
    }
}

/* What a salesperson's row says that cannot be used. */
static void check_person(struct ctl *c, const struct salesperson *s, struct slips *all)
{
    const struct people_options *p = &c->options->people;
    struct arena *a = &c->arena;
    struct err e = { "" };
    person_zone(c->company, s, &e);
    if (e.text[0])
        slip(all, s, arena_print(a, "%s; meanwhile the company's zone is used", e.text));
    e.text[0] = '\0';
    person_hours(c->company, s, &e);
    if (e.text[0])
        slip(all, s, arena_print(a, "%s; meanwhile people.hours is used", e.text));
    if (s->language && !composer_speaks(company_composer(c->company), s->language))
        slip(all, s,
             arena_print(a, "there is no language \"%s\" in %s; meanwhile %s is used", s->language,
                         c->options->languages, c->options->company.language));
    if (s->region && *s->region && p->n_holidays && !has_holidays(p, s->region))
        slip(all, s,
             arena_print(a,
                         "there are no holidays of region \"%s\" in people.holidays; meanwhile those of %s are "
                         "used",
                         s->region, p->holidays[0].region));
    check_address(c, s, all);
}

static void check_people(struct ctl *c, const struct people *p, struct complaints *wrong)
{
    struct slips all = { .c = c, .wrong = wrong };
    for (size_t i = 0; i < p->n; i++)
        check_person(c, &p->rows[i], &all);
    say_slips(&all);
}

static void check_holidays(struct ctl *c, struct complaints *wrong)
{
    const struct people_options *p = &c->options->people;
    date today = zone_date(company_zone(c->company), c->now);
    for (size_t i = 0; i < p->n_holidays; i++) {
        char day[16];
        struct salesperson somebody = { .region = p->holidays[i].region };
        const struct holidays *h = person_holidays(c->company, &somebody);
        const struct holidays_file *f = &p->holidays[i];
        if (h && h->last == DATE_NONE)
            complain(wrong, f->place.file, f->place.line,
                     "holidays of %s: there is no day in %s; write one a line, such as 2026-12-25", f->region, f->path);
        else if (h && h->last < today + 60)
            complain(wrong, f->place.file, f->place.line, "holidays of %s: %s ends on %s; add the next year's",
                     f->region, f->path, date_print(h->last, day));
    }
}

/* A few of the categories that customers have. */
static const char *some_categories(struct ctl *c, const struct counts *k)
{
    const char *text = "the customers have none: name a column of theirs AS category";
    for (size_t i = 0; i < k->n_categories && i < 6; i++)
        text = arena_print(&c->arena, "%s\"%s\"%s", i ? text : "the customers have ", k->categories[i],
                           i + 1 == k->n_categories || i == 5 ? "" : ", ");
    return text;
}

/* What a rule says for categories that no customer has: a misspelt name would be silent for ever. */
static void check_category(struct ctl *c, const struct counts *k, const struct rule *r, const char *name,
                           struct complaints *wrong)
{
    if (!name || strcmp(name, "everyone") == 0 || category_rung(c->options, name) >= 0)
        return;
    for (size_t i = 0; i < k->n_categories; i++)
        if (strcmp(k->categories[i], name) == 0)
            return;
    complain(wrong, r->place.file, r->place.line,
             "rule %s speaks of the category \"%s\", which is neither in categories nor any customer's; %s", r->id,
             name, some_categories(c, k));
}

static void check_categories(struct ctl *c, const struct counts *k, struct complaints *wrong)
{
    for (size_t i = 0; i < c->options->n_rules; i++) {
        const struct rule *r = &c->options->rules[i];
        for (size_t n = 0; n < r->who.n; n++)
            check_category(c, k, r, r->who.rows[n], wrong);
        for (size_t n = 0; n < r->after.n; n++)
            check_category(c, k, r, r->after.rows[n].key, wrong);
        for (size_t n = 0; r->kind != RULE_REVIEW && n < r->every.n; n++)
            check_category(c, k, r, r->every.rows[n].key, wrong);
    }
}

static bool folder_there(const char *path, char folder[4096])
{
    char copy[4096];
    struct stat s;
    snprintf(copy, sizeof copy, "%s", path);
    snprintf(folder, 4096, "%s", dirname(copy));
    return stat(folder, &s) == 0 && S_ISDIR(s.st_mode);
}

/* A bare name is a credential, which only systemd hands to the daemon. */
static void check_secret(const struct channel_options *o, struct complaints *wrong)
{
    struct err e;
    char *secret = NULL;
    const char *file = o->password_file ? o->password_file : o->oauth_token_file ? o->oauth_token_file : o->secret_file;
    if (file && strchr(file, '/') && !secret_read(&secret, file, &e))
        complain(wrong, o->place.file, o->place.line, "channel %s: %s", o->name, e.text);
    else if (secret && file == o->secret_file && !channel_secret_ok(channel_kind_find(o->name), secret, &e))
        complain(wrong, o->place.file, o->place.line, "channel %s: secret %s: %s", o->name, file, e.text);
    secret_wipe(secret);
    if (o->ca_file && access(o->ca_file, R_OK) != 0)
        complain(wrong, o->place.file, o->place.line,
                 "channel %s: ca_file %s cannot be read: %s; name a file of certificates (PEM)", o->name, o->ca_file,
                 strerror(errno));
}

/* What is written to must have somewhere to be, what is read must be there. */
static void check_files(struct ctl *c, struct complaints *wrong)
{
    const struct options *o = c->options;
    const struct place place = place_find(o, "store");
    char folder[4096];
    if (!folder_there(o->store, folder))
        complain(wrong, place.file, place.line,
                 "store %s: there is no folder %s; make it, and let it belong to the user that followupd runs as",
                 o->store, folder);
    for (size_t i = 0; i < o->n_channels; i++) {
        const struct channel_options *channel = &o->channels[i];
        if (channel->path && !folder_there(channel->path, folder))
            complain(wrong, channel->place.file, channel->place.line,
                     "channel %s: there is no folder %s to make %s in; make it", channel->name, folder, channel->path);
        check_secret(channel, wrong);
    }
}

static int print_survey(struct ctl *c, struct counts *k, const struct pass_report *report)
{
    const struct options *o = c->options;
    printf("%ld customers (%ld inactive or not to be contacted), %ld purchases, %ld contacts, %zu salespeople, read in "
           "%ld ms\n",
           report->customers, k->silent, report->purchases, report->contacts, k->people.n, (long)report->took);
    if (report->ignored)
        printf("%ld purchases of zero or less are not buying and were left out\n", report->ignored);
    for (size_t i = 0; i < o->n_rules; i++)
        printf("rule %s (%s): %ld due now, %ld cannot be judged\n", o->rules[i].id, rule_kind_name(o->rules[i].kind),
               k->due[i], k->cannot[i]);
    int days, usual;
    bool stale = survey_stale(k->c, report, &days, &usual);
    if (stale)
        printf("no purchase for %d days, at most %d are usual: the daemon tells nobody until that changes "
               "(guards.stale_feed)\n",
               days, usual);
    return stale ? CTL_FOUND : CTL_OK;
}

static int survey_print(struct ctl *c, struct complaints *wrong)
{
    struct err e;
    struct pass_report report;
    size_t n = c->options->n_rules + 1;
    struct counts k = { .c = c,
                        .due = arena_new(&c->arena, n * sizeof(long)),
                        .cannot = arena_new(&c->arena, n * sizeof(long)) };
    if (!source_people(c->source, c->now, &c->arena, &k.people, &e) || !survey_all(c, visit, &k, &report, &e))
        return ctl_fail(CTL_FOUND, "%s", e.text);
    check_people(c, &k.people, wrong);
    if (report.customers)
        check_categories(c, &k, wrong);
    return print_survey(c, &k, &report);
}

static int run(struct ctl *c, int argc, char **argv)
{
    struct complaints wrong = { 0 }, notes = { 0 };
    if (argc)
        return ctl_fail(CTL_USAGE, "check takes no argument \"%s\"", argv[0]);
    if (c->options->n_rules == 0)
        complain(&wrong, c->file, 0, "there is no rule: nobody will ever be told anything; add one to rules");
    if (c->options->n_channels == 0)
        complain(&wrong, c->file, 0, "there is no channel: nothing can be sent; add one to channels");
    check_files(c, &wrong);
    check_holidays(c, &wrong);
    struct err e;
    if (c->store && !engine_rules_fit(c->store, c->options, &wrong, &e))
        complain(&wrong, NULL, 0, "%s", e.text);
    int code = source_check(c->source, c->now, &wrong, &notes) ? survey_print(c, &wrong) : CTL_FOUND;
    ctl_complain(&wrong, stdout);
    ctl_complain(&notes, stdout);
    code = wrong.n ? CTL_FOUND : code;
    if (code == CTL_OK)
        printf("%s is right\n", c->file);
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
