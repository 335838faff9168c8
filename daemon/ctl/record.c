/* followupctl record CUSTOMER OUTCOME */
#include "ctl/ctl.h"

#include "settings/settings.h"
#include "store/episodes.h"
#include "store/ledger.h"

#include <string.h>

/* What can be recorded: an outcome moves the customer's open episodes; a contact is only noted, and the rules see it.
 */
static const struct outcome {
    const char *name;
    enum episode_state to; /* EPISODE_STATES: a contact */
    const char *reason;
} outcomes[] = {
    { "done", EPISODE_DONE, "done" },      { "won", EPISODE_WON, "won" },
    { "lost", EPISODE_LOST, "lost" },      { "not-late", EPISODE_EXCUSED, "not late" },
    { "later", EPISODE_SNOOZED, "later" }, { "call", EPISODE_STATES, NULL },
    { "visit", EPISODE_STATES, NULL },     { "mail", EPISODE_STATES, NULL },
    { "review", EPISODE_STATES, NULL },
};

static const struct outcome *outcome_named(const char *name)
{
    for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++)
        if (strcmp(outcomes[i].name, name) == 0)
            return &outcomes[i];
    return NULL;
}

struct recording {
    struct ctl *c;
    const char *customer, *rule, *note, *actor;
    const struct outcome *outcome;
    instant until; /* later */
    long moved;
};

static bool visit(void *context, const struct facts *f)
{
    (void)f;
    *(bool *)context = true;
    return false;
}

static bool write_line(struct recording *r, const char *what, struct err *e)
{
    const char *line = r->note ? arena_print(&r->c->arena, "%s: %s", what, r->note) : what;
    return history_add(r->c->store, r->c->now, r->customer, r->actor, line, e);
}

/* "lapse snoozed until 2026-11-29" */
static const char *move_said(struct recording *r, const char *rule, enum episode_state to)
{
    char day[16];
    const char *said = arena_print(&r->c->arena, "%s %s", rule, episode_state_name(to));
    if (r->until == INSTANT_NONE)
        return said;
    return arena_print(&r->c->arena, "%s until %s", said,
                       date_print(zone_date(company_zone(r->c->company), r->until), day));
}

static bool move(struct recording *r, struct episode *ep, struct err *e)
{
    const char *reason =
        r->note ? arena_print(&r->c->arena, "%s: %s", r->outcome->reason, r->note) : r->outcome->reason;
    enum episode_state to = r->outcome->to;
    if (r->rule && strcmp(r->rule, ep->rule) != 0)
        return true;
    if (to == EPISODE_SNOOZED && ep->state == EPISODE_HELD)
        to = EPISODE_HELD; /* nobody was told yet: it is held until then */
    if (to == EPISODE_SNOOZED && ep->state == EPISODE_DUE)
        return err_set(e, "its message is just on its way to the salesperson; record \"later\" when it has arrived");
    if (ep->state == EPISODE_CONTROL || (to != ep->state && !episode_may(ep->state, to)))
        return true;
    r->moved++;
    return episode_move(r->c->store, ep, to, reason, r->until, r->c->now, e) &&
           write_line(r, move_said(r, ep->rule, to), e);
}

static bool move_open(struct recording *r, struct err *e)
{
    struct episodes all;
    if (!episodes_of_customer(r->c->store, r->customer, &r->c->arena, &all, e))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (!episode_final(all.rows[i].state) && !move(r, &all.rows[i], e))
            return false;
    return r->moved ||
           err_set(e, "customer %s has no open episode%s%s to record this for; \"followupctl explain %s\" shows them",
                   r->customer, r->rule ? " of rule " : "", r->rule ? r->rule : "", r->customer);
}

static bool write_contact(struct recording *r, struct err *e)
{
    struct contact contact = { .at = r->c->now, .kind = r->outcome->name, .note = r->note };
    return contact_add(r->c->store, r->customer, &contact, r->actor, r->c->now, e) &&
           write_line(r, r->outcome->name, e);
}

static int record(struct recording *r)
{
    struct ctl *c = r->c;
    struct err e;
    bool blocked;
    if (!store_begin(c->store, &blocked, &e))
        return ctl_fail(CTL_CRITICAL, "%s", e.text);
    bool ok = r->outcome->to == EPISODE_STATES ? write_contact(r, &e) : move_open(r, &e);
    if (!ok || !store_commit(c->store, &e)) {
        store_rollback(c->store);
        return ctl_fail(CTL_CRITICAL, "%s", e.text);
    }
    if (r->moved)
        printf("recorded for %ld episode%s of customer %s\n", r->moved, r->moved == 1 ? "" : "s", r->customer);
    else
        printf("recorded a %s with customer %s\n", r->outcome->name, r->customer);
    return CTL_OK;
}

/* "3 days" from now, in company time at the start of that day. */
static bool read_until(struct recording *r, const char *text, struct err *e)
{
    struct period p;
    struct bench b = ctl_bench(r->c, NULL);
    if (!period_read(text, &p, e))
        return false;
    if (p.unit == PERIOD_RHYTHM)
        return err_set(e, "\"%s\" is no span of time; write for example \"3 days\"", text);
    r->until = zone_day_start(company_zone(r->c->company), period_end(&b, b.today, p));
    return true;
}

static int run(struct ctl *c, int argc, char **argv)
{
    struct err e;
    bool there = false;
    struct recording r = { .c = c, .until = INSTANT_NONE };
    r.rule = ctl_option(&argc, argv, "--rule");
    r.note = ctl_option(&argc, argv, "--note");
    r.actor = ctl_option(&argc, argv, "--by");
    r.actor = r.actor ? r.actor : ctl_actor(c);
    r.outcome = argc >= 2 ? outcome_named(argv[1]) : NULL;
    if (argc >= 2 && !r.outcome)
        return ctl_fail(CTL_USAGE, "there is no outcome \"%s\"; write: followupctl record %s", argv[1],
                        verb_record.arguments);
    if (!r.outcome || argc > (r.outcome->to == EPISODE_SNOOZED ? 3 : 2))
        return ctl_fail(CTL_USAGE, "write: followupctl record %s", verb_record.arguments);
    r.customer = argv[0];
    if (!c->store)
        return ctl_fail(CTL_CRITICAL, "there is no store at %s yet: start followupd first", c->options->store);
    if (r.outcome->to == EPISODE_SNOOZED && !read_until(&r, argc > 2 ? argv[2] : "1 week", &e))
        return ctl_fail(CTL_USAGE, "%s", e.text);
    if (!source_customers(c->source, c->now, &r.customer, 1, visit, &there, &e))
        return ctl_fail(CTL_CRITICAL, "%s", e.text);
    if (!there)
        return ctl_fail(CTL_CRITICAL,
                        "there is no customer \"%s\" in the database: ids are those of the customers query",
                        r.customer);
    return record(&r);
}

const struct verb verb_record = {
    .name = "record",
    .arguments =
        "CUSTOMER done|won|lost|not-late|later [SPAN]|call|visit|mail|review [--note TEXT] [--rule ID] [--by PERSON]",
    .what = "Record what came of a follow-up, or a contact with a customer. The running daemon sees it at once.",
    .run = run,
    .store = true,
};
