/* followupctl list WHAT */
#include "ctl/survey.h"
#include "ctl/table.h"

#include "base/mem.h"
#include "store/digests.h"
#include "store/episodes.h"
#include "store/messages.h"

#include <stdlib.h>
#include <string.h>

/* A list that the rules make of the source. */
struct rows {
    struct ctl *c;
    struct table *table;
    double *at_risk; /* of each row */
    const char *what;
    struct people people; /* as the source has them now */
    long unjudged;        /* findings about customers who bought that cannot be judged */
    void (*add)(struct rows *r, const struct facts *f, const struct finding *x);
};

static void keep(struct rows *r, double at_risk)
{
    size_t n = table_rows(r->table);
    r->at_risk = mem_resize(r->at_risk, n * sizeof *r->at_risk);
    r->at_risk[n - 1] = at_risk;
}

static const char *number(struct rows *r, long value)
{
    return arena_print(&r->c->arena, "%ld", value);
}

static const char *risk(struct rows *r, double value)
{
    return value > 0 ? arena_print(&r->c->arena, "%.2f", value) : NULL;
}

/* For people the name, for programs the id... */
static const char *who(const struct rows *r, const char *id)
{
    const struct salesperson *s = r->c->format == FORMAT_TABLE ? person_find(&r->people, id) : NULL;
    return s ? s->name : id;
}

/* ...and the name in a column of its own. */
static const char *name_of(const struct rows *r, const char *id)
{
    const struct salesperson *s = person_find(&r->people, id);
    return s ? s->name : NULL;
}

static void add_late(struct rows *r, const struct facts *f, const struct finding *x)
{
    char last[16];
    enum finding_state wanted = strcmp(r->what, "watch") == 0 ? FINDING_WATCH : FINDING_DUE;
    if (x->rule->kind != RULE_LAPSE || x->state != wanted)
        return;
    long limit = wanted == FINDING_WATCH ? x->watch - x->defence.last_day : x->defence.threshold;
    table_add(r->table, f->customer.id, date_print(x->defence.last_day, last), number(r, x->defence.days),
              number(r, limit), who(r, f->customer.salesperson), name_of(r, f->customer.salesperson),
              risk(r, x->defence.at_risk), f->customer.name, x->rule->id);
    keep(r, x->defence.at_risk);
}

static void add_due(struct rows *r, const struct facts *f, const struct finding *x)
{
    char due[16];
    if (x->state != FINDING_DUE)
        return;
    table_add(r->table, f->customer.id, x->rule->id, x->occasion, date_print(x->due, due),
              who(r, f->customer.salesperson), name_of(r, f->customer.salesperson), risk(r, x->defence.at_risk),
              f->customer.name);
    keep(r, x->defence.at_risk);
}

static void add_cannot_judge(struct rows *r, const struct facts *f, const struct finding *x)
{
    bool never = x->why && strcmp(x->why, "never bought") == 0;
    if (x->state != FINDING_CANNOT_JUDGE || never != (strcmp(r->what, "never-bought") == 0))
        return;
    table_add(r->table, f->customer.id, x->rule->id, x->why, who(r, f->customer.salesperson),
              name_of(r, f->customer.salesperson), f->customer.name);
    keep(r, 0);
}

static bool visit(void *context, const struct facts *f, const struct finding *rows, size_t n)
{
    struct rows *r = context;
    if (customer_silent(&f->customer))
        return true;
    for (size_t i = 0; i < n; i++) {
        r->add(r, f, &rows[i]);
        r->unjudged += rows[i].state == FINDING_CANNOT_JUDGE && rows[i].defence.occasions > 0;
    }
    return true;
}

/* Customers nobody owns: no salesperson, or one who is not there. */
static bool visit_unassigned(void *context, const struct facts *f, const struct finding *rows, size_t n)
{
    struct rows *r = context;
    (void)rows;
    (void)n;
    const char *owner = f->customer.salesperson;
    const struct salesperson *s = person_find(&r->people, owner);
    if (customer_silent(&f->customer) || (s && s->active))
        return true;
    const char *why = !owner ? "no salesperson" : !s ? "there is no such salesperson" : "the salesperson is inactive";
    table_add(r->table, f->customer.id, who(r, owner), name_of(r, owner), why, f->customer.name);
    keep(r, 0);
    return true;
}

static int list_source(struct ctl *c, const char *what, const char *columns,
                       void (*add)(struct rows *r, const struct facts *f, const struct finding *x))
{
    struct rows rows = { .c = c, .table = table_new(columns), .what = what, .add = add }, *r = &rows;
    struct pass_report report;
    struct err e;
    bool ok = source_people(c->source, c->now, &c->arena, &r->people, &e) &&
              survey_all(c, add ? visit : visit_unassigned, r, &report, &e);
    if (ok && c->format == FORMAT_TABLE)
        table_sort(r->table, r->at_risk); /* people start at the top; programs get the order of ids */
    if (ok)
        table_print(r->table, c->format, stdout);
    if (ok && c->format == FORMAT_TABLE)
        printf("%zu rows, %ld customers", table_rows(r->table), report.customers);
    if (ok && c->format == FORMAT_TABLE && r->unjudged && strcmp(what, "cannot-judge") != 0)
        printf("; %ld could not be judged, see list cannot-judge", r->unjudged);
    if (ok && c->format == FORMAT_TABLE)
        putchar('\n');
    if (ok)
        survey_warn(c, &report);
    table_free(r->table);
    free(r->at_risk);
    return ok ? CTL_OK : ctl_fail(CTL_CRITICAL, "%s", e.text);
}

/* ---- lists of what the store holds ---- */

static bool add_episodes(struct rows *r, enum episode_state state, struct err *e)
{
    struct episodes all;
    char due[16];
    if (!episodes_in_state(r->c->store, state, &r->c->arena, &all, e))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const struct episode *ep = &all.rows[i];
        const char *reason;
        if (!ctl_reason(r->c, ep, &reason, e))
            return false;
        table_add(r->table, ep->customer, ep->rule, ep->occasion, date_print(ep->due, due), who(r, ep->owner),
                  name_of(r, ep->owner), episode_state_name(ep->state), reason, ctl_when(r->c, ep->changed_at));
        keep(r, ep->defence.at_risk);
    }
    return true;
}

/* What a message tells: "1042 lapse, review; 1077 lapse"; "weekly digest, 12 told"; "" for an alert. */
static bool tells(struct ctl *c, const struct message *m, const char **out, struct err *e)
{
    enum { MOST = 8 };
    struct episodes eps;
    struct digest_row digest;
    struct buf text = { 0 };
    if (!episodes_of_message(c->store, m->id, &c->arena, &eps, e))
        return false;
    if (m->digest && !digest_of_message(c->store, m->id, &c->arena, &digest, e))
        return false;
    if (m->digest) {
        *out = arena_print(&c->arena, "%s digest, %zu told", digest_kind_name(digest.kind), eps.n);
        return true;
    }
    for (size_t i = 0; i < eps.n && i < MOST; i++) {
        bool same = i > 0 && strcmp(eps.rows[i].customer, eps.rows[i - 1].customer) == 0;
        buf_print(&text, "%s%s%s%s",
                  i == 0 ? ""
                  : same ? ", "
                         : "; ",
                  same ? "" : eps.rows[i].customer, same ? "" : " ", episode_name(&eps.rows[i], &c->arena));
    }
    if (eps.n > MOST)
        buf_print(&text, ", and %zu more", eps.n - MOST);
    *out = arena_copy(&c->arena, buf_text(&text));
    buf_done(&text);
    return true;
}

static bool add_messages(struct rows *r, enum message_state state, struct err *e)
{
    struct ctl *c = r->c;
    struct table *t = r->table;
    struct messages all;
    struct attempt last;
    if (!messages_in_state(c->store, state, &c->arena, &all, e))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const struct message *m = &all.rows[i];
        const char *what;
        if (!attempt_last(c->store, m->id, &c->arena, &last, e) || !tells(c, m, &what, e))
            return false;
        table_add(t, arena_print(&c->arena, "%lld", (long long)m->id), message_state_name(m->state), who(r, m->person),
                  name_of(r, m->person), m->channel, m->address, arena_print(&c->arena, "%d", m->attempts),
                  ctl_when(c, m->settled_at == INSTANT_NONE ? m->not_before : m->settled_at), last.why, what,
                  m->subject);
    }
    return true;
}

static int list_store(struct ctl *c, const char *what)
{
    static const struct {
        const char *what;
        int episodes[4], messages[3]; /* -1 ends */
    } kinds[] = {
        { "open", { EPISODE_DUE, EPISODE_TOLD, EPISODE_SNOOZED, EPISODE_HELD }, { -1 } },
        { "held", { EPISODE_HELD, -1 }, { -1 } },
        { "queue", { -1 }, { MESSAGE_QUEUED, MESSAGE_SENDING, MESSAGE_UNKNOWN } },
        { "sent", { -1 }, { MESSAGE_SENT, -1 } },
        { "failed", { -1 }, { MESSAGE_REFUSED, MESSAGE_DROPPED, -1 } },
    };
    struct err e;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i].what, what) != 0)
            continue;
        bool episodes = kinds[i].episodes[0] >= 0, ok = true;
        struct rows r = { .c = c, .what = what };
        if (!source_people(c->source, c->now, &c->arena, &r.people, &e))
            fprintf(stderr, "no names of salespeople: %s\n", e.text);
        r.table = table_new(
            episodes ? "customer,rule,occasion,due,salesperson~,salesperson_name+,state,reason,since"
                     : "message#,state,person~,person_name+,channel,address,attempts#,when,last answer,tells,subject");
        for (int k = 0; ok && c->store && k < 4 && kinds[i].episodes[k] >= 0 && episodes; k++)
            ok = add_episodes(&r, (enum episode_state)kinds[i].episodes[k], &e);
        for (int k = 0; ok && c->store && k < 3 && !episodes && kinds[i].messages[k] >= 0; k++)
            ok = add_messages(&r, (enum message_state)kinds[i].messages[k], &e);
        if (episodes && c->format == FORMAT_TABLE)
            table_sort(r.table, r.at_risk); /* in the order in which they would be told */
        if (ok)
            table_print(r.table, c->format, stdout);
        if (ok && c->format == FORMAT_TABLE)
            printf("%zu rows\n", table_rows(r.table));
        table_free(r.table);
        free(r.at_risk);
        return ok ? CTL_OK : ctl_fail(CTL_CRITICAL, "%s", e.text);
    }
    return ctl_fail(CTL_USAGE, "list cannot list \"%s\"; it lists %s", what, verb_list.arguments);
}

static int run(struct ctl *c, int argc, char **argv)
{
    static const char late[] =
        "customer,last_purchase,days_silent#,threshold_days#,salesperson~,salesperson_name+,at_risk_per_day#,name,rule";
    if (argc != 1)
        return ctl_fail(CTL_USAGE, "say what to list: %s", verb_list.arguments);
    const char *what = argv[0];
    if (strcmp(what, "late") == 0 || strcmp(what, "watch") == 0)
        return list_source(c, what, late, add_late);
    if (strcmp(what, "due") == 0)
        return list_source(c, what, "customer,rule,occasion,due,salesperson~,salesperson_name+,at_risk_per_day#,name",
                           add_due);
    if (strcmp(what, "cannot-judge") == 0 || strcmp(what, "never-bought") == 0)
        return list_source(c, what, "customer,rule,why,salesperson~,salesperson_name+,name", add_cannot_judge);
    if (strcmp(what, "unassigned") == 0)
        return list_source(c, what, "customer,salesperson~,salesperson_name+,why,name", NULL);
    return list_store(c, what);
}

const struct verb verb_list = {
    .name = "list",
    .arguments = "late|watch|due|open|queue|sent|failed|held|unassigned|cannot-judge|never-bought",
    .what = "List customers as the rules find them, or what the daemon holds, has sent and could not send.",
    .run = run,
    .store = true,
};
