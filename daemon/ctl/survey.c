#include "ctl/survey.h"

#include "engine/recorded.h"
#include "plan/route.h"
#include "plan/season.h"
#include "plan/similar.h"
#include "store/ledger.h"

struct survey {
    struct ctl *c;
    struct paces paces;
    survey_reader *read;
    void *context;
    struct arena arena;
    struct err *e;
    bool failed;
};

static bool learn(void *context, const struct facts *f)
{
    struct survey *s = context;
    struct bench b = ctl_bench(s->c, &s->paces);
    struct rhythm y = rhythm_of(f, b.today - 1, b.options->source.same_occasion);
    paces_learn(&s->paces, f->customer.category, &y, 1);
    similar_learn(&s->paces, &b, f, &y);
    return true;
}

/* As the daemon met it; today where it did not yet. */
static bool first_seen(struct survey *s, const char *customer, date today, date *out)
{
    *out = DATE_NONE;
    if (s->c->store && !seen_get(s->c->store, customer, out, s->e)) {
        s->failed = true;
        return false;
    }
    *out = *out == DATE_NONE ? today : *out;
    return true;
}

static bool read_one(void *context, const struct facts *f)
{
    struct survey *s = context;
    struct bench b = ctl_bench(s->c, &s->paces);
    struct facts known = *f;
    date seen;
    if (s->c->store && !recorded_add(s->c->store, company_zone(s->c->company), &known, &s->arena, s->e)) {
        s->failed = true;
        return false;
    }
    facts_as_of(&known, s->c->now);
    if (!first_seen(s, f->customer.id, b.today, &seen))
        return false;
    bool go_on = s->read(s->context, &b, &known, seen);
    arena_reset(&s->arena);
    return go_on;
}

bool survey_read(struct ctl *c, const char *const *ids, size_t n, survey_reader *read, void *context,
                 struct pass_report *report, struct err *e)
{
    struct survey s = { .c = c, .read = read, .context = context, .e = e };
    bool ok = source_pass(c->source, c->now, learn, &s, report, e) &&
              (ids ? source_customers(c->source, c->now, ids, n, read_one, &s, e)
                   : source_pass(c->source, c->now, read_one, &s, report, e)) &&
              !s.failed;
    arena_done(&s.arena);
    paces_done(&s.paces);
    return ok;
}

/* A survey whose customers are judged. */
struct judged {
    survey_visitor *visit;
    void *context;
    struct arena arena;
};

static bool judge_one(void *context, const struct bench *b, const struct facts *f, date first_seen)
{
    struct judged *j = context;
    struct finding *rows;
    size_t n = judge(b, f, first_seen, &j->arena, &rows);
    bool go_on = j->visit(j->context, f, rows, n);
    arena_reset(&j->arena);
    return go_on;
}

static bool survey_judged(struct ctl *c, const char *const *ids, size_t n, survey_visitor *visit, void *context,
                          struct pass_report *report, struct err *e)
{
    struct judged j = { .visit = visit, .context = context };
    bool ok = survey_read(c, ids, n, judge_one, &j, report, e);
    arena_done(&j.arena);
    return ok;
}

bool survey_all(struct ctl *c, survey_visitor *visit, void *context, struct pass_report *report, struct err *e)
{
    return survey_judged(c, NULL, 0, visit, context, report, e);
}

bool survey_some(struct ctl *c, const char *const *ids, size_t n, survey_visitor *visit, void *context, struct err *e)
{
    struct pass_report report;
    return survey_judged(c, ids, n, visit, context, &report, e);
}

const char *survey_season(struct ctl *c, const struct facts *f, const struct finding *x)
{
    struct season season;
    bool held = c->options->guards.season && season_of(f, x, &season) &&
                season.tell > zone_date(company_zone(c->company), c->now);
    return held ? season_reason(&season, &c->arena) : NULL;
}

bool survey_stale(const struct ctl *c, const struct pass_report *report, int *days, int *usual)
{
    const struct zone *z = company_zone(c->company);
    date today = zone_date(z, c->now);
    if (!c->options->guards.stale_feed || report->newest_purchase == INSTANT_NONE)
        return false;
    *days = today - zone_date(z, report->newest_purchase);
    return feed_stale(today - *days, report->longest_gap, company_hours(c->company), company_holidays(c->company),
                      today, usual);
}

void survey_warn(const struct ctl *c, const struct pass_report *report)
{
    int days, usual;
    long unreadable = 0;
    fflush(stdout);
    for (size_t i = 0; i < report->n_unreadable; i++)
        unreadable += report->unreadable[i].count;
    if (unreadable)
        fprintf(stderr, "%ld values cannot be read and were left out; \"followupctl check\" shows which\n", unreadable);
    if (survey_stale(c, report, &days, &usual))
        fprintf(stderr,
                "no purchase for %d days, at most %d are usual: the daemon tells nobody until that changes; --at looks "
                "at the past\n",
                days, usual);
}
