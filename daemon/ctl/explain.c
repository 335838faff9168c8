/* followupctl explain CUSTOMER */
#include "ctl/survey.h"

#include "store/episodes.h"
#include "store/ledger.h"
#include "store/offers.h"

#include <string.h>

struct explained {
    struct ctl *c;
    bool found;
};

static const char *or_none(const char *text)
{
    return text && *text ? text : "none";
}

static void print_customer(struct ctl *c, const struct facts *f)
{
    const struct customer *u = &f->customer;
    char day[16];
    printf("Customer %s: %s\n", u->id, u->name);
    printf("  salesperson %s, category %s, opportunity %s%s%s\n", or_none(u->salesperson), or_none(u->category),
           or_none(u->opportunity), u->active ? "" : ", inactive", u->do_not_contact ? ", not to be contacted" : "");
    struct rhythm y = rhythm_of(f, zone_date(company_zone(c->company), c->now), c->options->source.same_occasion);
    printf("  %zu purchases on %d occasions", f->n_purchases, y.occasions);
    if (y.occasions)
        printf(", the last on %s", date_print(y.last_day, day));
    printf("; %zu contacts", f->n_contacts);
    if (f->n_contacts)
        printf(", the last on %s", date_print(f->contacts[f->n_contacts - 1].day, day));
    printf("\n");
}

/* The gaps the rhythm is made of, newest last, at most the last twelve. */
static void print_gaps(struct ctl *c, const struct facts *f)
{
    int gaps[12], n = 0;
    date first = DATE_NONE;
    int apart = c->options->source.same_occasion > 1 ? c->options->source.same_occasion : 1;
    for (size_t i = 0; i < f->n_purchases; i++) {
        date day = f->purchases[i].day;
        if (first != DATE_NONE && day - first < apart)
            continue;
        if (first != DATE_NONE) {
            if (n == 12)
                memmove(gaps, gaps + 1, 11 * sizeof gaps[0]);
            gaps[n < 12 ? n++ : 11] = day - first;
        }
        first = day;
    }
    if (!n)
        return;
    printf("  gaps between occasions, in days:");
    for (int i = 0; i < n; i++)
        printf(" %d", gaps[i]);
    printf("\n");
}

/* `gap`: what stands before the state, a new line where the rule has several. */
static void print_finding(struct ctl *c, const struct facts *f, const struct finding *x, const char *gap)
{
    static const char *const says[] = {
        [FINDING_NOT_YET] = "not yet due", [FINDING_WATCH] = "worth watching", [FINDING_DUE] = "due"
    };
    char due[16], watch[16];
    const struct defence *d = &x->defence;
    if (x->state == FINDING_CANNOT_JUDGE) {
        printf("%scannot judge: %s\n", gap, x->why);
        return;
    }
    if (!x->occasion || x->due == DATE_NONE) { /* no order, no complaint, or no more a prospect */
        printf("%snothing to follow up%s%s\n", gap, x->why ? ": " : "", x->why ? x->why : "");
        if (!x->why && x->rule->kind == RULE_DECLINE)
            printf("  bought %d%% of the usual in the last %d days, limit %d%%\n", d->part, d->days, d->threshold);
        return;
    }
    printf("%s%s\n", gap, says[x->state]);
    /* A visit or a day of the year that is to come has nothing to say for itself yet. */
    if (x->state != FINDING_NOT_YET || !rule_traits(x->rule->kind).separate)
        printf("  %s\n", compose_reason(company_composer(c->company), c->options->company.language, x->rule, d,
                                        c->options, &c->arena));
    if (d->times_usual > 0)
        printf("  typical gap %.1f days, of its category %.1f; %.3g times that is %d days\n", d->typical,
               d->category_gap, d->times_usual, d->threshold);
    char from[16];
    bool counted = d->anchor != DATE_NONE && x->rule->kind != RULE_DECLINE && x->rule->kind != RULE_OCCASION;
    printf("  due on %s%s%s%s%s, occasion %s\n", date_print(x->due, due), counted ? ", counted from " : "",
           counted ? date_print(d->anchor, from) : "", x->watch != DATE_NONE ? ", worth watching from " : "",
           x->watch != DATE_NONE ? date_print(x->watch, watch) : "", x->occasion);
    const char *season = survey_season(c, f, x);
    if (season)
        printf("  not told yet: %s\n", season);
}

/* The same for all rules, where they can say it. */
static void print_risk(const struct finding *rows, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++)
        most = rows[i].defence.at_risk > most ? rows[i].defence.at_risk : most;
    if (most > 0)
        printf("  at risk: %.2f a day\n", most);
}

static bool print_episodes(struct ctl *c, const char *customer, struct err *e)
{
    struct episodes all;
    if (!episodes_of_customer(c->store, customer, &c->arena, &all, e))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const struct episode *ep = &all.rows[i];
        struct issued_offer o;
        const char *why;
        if (!ctl_reason(c, ep, &why, e) || !offer_of_episode(c->store, ep->id, &c->arena, &o, e))
            return false;
        if (why && strcmp(why, episode_state_name(ep->state)) == 0)
            why = NULL;
        printf("\nEpisode %lld, rule %s, occasion %s: %s%s%s%s since %s\n", (long long)ep->id, ep->rule, ep->occasion,
               episode_state_name(ep->state), why ? " (" : "", why ? why : "", why ? ")" : "",
               ctl_when(c, ep->changed_at));
        const struct rule *r = rule_find(c->options, ep->rule);
        if (r)
            printf("  %s\n", compose_reason(company_composer(c->company), c->options->company.language, r, &ep->defence,
                                            c->options, &c->arena));
        if (ep->told_at != INSTANT_NONE)
            printf("  told %d time%s to salesperson %s, first on %s\n", ep->step, ep->step == 1 ? "" : "s",
                   or_none(ep->owner), ctl_when(c, ep->told_at));
        if (o.id)
            printf("  offer %s %s, code %s, until %s\n", o.terms, offer_state_name(o.state), o.code,
                   ctl_when(c, o.ends_at - 1));
        if (ep->next_at != INSTANT_NONE)
            printf("  looked at again on %s\n", ctl_when(c, ep->next_at));
    }
    return true;
}

static bool visit(void *context, const struct facts *f, const struct finding *rows, size_t n)
{
    struct explained *x = context;
    x->found = true;
    print_customer(x->c, f);
    print_gaps(x->c, f);
    print_risk(rows, n);
    if (customer_silent(&f->customer))
        printf("\nNo rule looks at this customer: it is never written about.\n");
    for (size_t i = 0; i < n && !customer_silent(&f->customer); i++) {
        bool first = i == 0 || rows[i].rule != rows[i - 1].rule, last = i + 1 == n || rows[i].rule != rows[i + 1].rule;
        if (first)
            printf("\nRule %s (%s:%d):", rows[i].rule->id, rows[i].rule->place.file, rows[i].rule->place.line);
        print_finding(x->c, f, &rows[i], first && last ? " " : "\n  ");
    }
    return true;
}

static int run(struct ctl *c, int argc, char **argv)
{
    struct explained x = { .c = c };
    struct err e;
    if (argc != 1)
        return ctl_fail(CTL_USAGE, "say which customer: followupctl explain CUSTOMER");
    const char *id = argv[0];
    if (!survey_some(c, &id, 1, visit, &x, &e))
        return ctl_fail(CTL_CRITICAL, "%s", e.text);
    if (!x.found)
        return ctl_fail(CTL_CRITICAL, "there is no customer \"%s\": ids are those of the customers query", id);
    if (c->store && !print_episodes(c, id, &e))
        return ctl_fail(CTL_CRITICAL, "%s", e.text);
    return CTL_OK;
}

const struct verb verb_explain = {
    .name = "explain",
    .arguments = "CUSTOMER",
    .what = "Say what each rule finds about a customer, from which numbers, and what was told to whom.",
    .run = run,
    .store = true,
};
