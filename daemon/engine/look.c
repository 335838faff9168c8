/* One customer's facts: what is open is reconciled, what is due is opened, and whatever is due to leave leaves.
 */
#include "engine/look.h"
#include "engine/recorded.h"
#include "plan/season.h"

#include <string.h>

static bool calm(struct look *l, const struct finding *f)
{
    const struct period *p = &l->e->options->guards.calm_start;
    struct bench b = engine_bench(l->e);
    return p->unit != PERIOD_NONE && period_end(&b, f->due, *p) < l->e->today;
}

/* Was a case of the same rule open when this one came due, and it waited for that to close? Then it was seen to come:
 * it is no old case, but new. */
static bool waited(const struct look *l, const struct finding *f)
{
    const struct zone *z = company_zone(l->e->company);
    for (size_t i = 0; i < l->episodes.n && !rule_traits(f->rule->kind).separate; i++) {
        const struct episode *ep = &l->episodes.rows[i];
        if (strcmp(ep->rule, f->rule->id) == 0 && zone_date(z, ep->opened_at) <= f->due &&
            zone_date(z, ep->changed_at) >= f->due)
            return true;
    }
    return false;
}

/* What decided, for the line that opens a case. */
static const char *numbers_of(const struct finding *f, struct arena *a)
{
    char day[16];
    const struct defence *d = &f->defence;
    if (f->rule->kind == RULE_OCCASION)
        return arena_print(a, "for %s", date_print(d->anchor, day));
    if (f->rule->kind == RULE_DECLINE)
        return arena_print(a, "%d %% of the usual in %d days, limit %d %%", d->part, d->days, d->threshold);
    return arena_print(a, "day %d, limit %d", d->days, d->threshold);
}

/* Does the season guard hold this finding, and until which instant? */
static bool out_of_season(const struct look *l, const struct finding *f, struct season *s, instant *until)
{
    if (!l->e->options->guards.season || !f || !season_of(&l->facts, f, s) || s->tell <= l->e->today)
        return false;
    *until = zone_day_start(company_zone(l->e->company), s->tell);
    return true;
}

static bool open_episode(struct look *l, const struct finding *f)
{
    struct engine *e = l->e;
    struct season season;
    instant until;
    bool backlog = calm(l, f) && !waited(l, f), pause = out_of_season(l, f, &season, &until);
    char due[16];
    instant from;
    const char *way = way_to_wait(e, f->rule, l->facts.customer.salesperson, &from);
    bool digest = told_in_digest(f->rule);
    struct episode ep = { .rule = f->rule->id,
                          .customer = l->facts.customer.id,
                          .occasion = f->occasion,
                          .kind = f->rule->kind,
                          .state = EPISODE_HELD,
                          .reason = pause                ? season_reason(&season, &e->step)
                                    : backlog && !digest ? "calm start: an old case, told by rank"
                                                         : way,
                          .owner = l->facts.customer.salesperson,
                          .opened_at = e->now,
                          .changed_at = e->now,
                          .told_at = INSTANT_NONE,
                          .next_at = pause                ? until
                                     : backlog && !digest ? INSTANT_NONE
                                                          : from,
                          .due = f->due,
                          .anchor_day = f->anchor_day,
                          .backlog = backlog,
                          .defence = f->defence };
    /* An old database has thousands of them: history keeps each, the log does not. */
    note(e, backlog ? 7 : 6, ep.customer, "%s due since %s: %s%s%s%s", episode_name(&ep, &e->step),
         date_print(f->due, due), numbers_of(f, &e->step), backlog ? " (calm start)" : "", pause ? "; " : "",
         pause ? ep.reason : "");
    /* Many have the same season: those who are not told now are no mass. */
    if (!episode_begin(e, &ep, l->err) || (!pause && !mass_count(e, f->rule, l->err)))
        return false;
    l->episodes.rows = arena_grow(&e->step, l->episodes.rows, l->episodes.n, sizeof *l->episodes.rows);
    l->episodes.rows[l->episodes.n++] = ep;
    return true;
}

/* An answer holds; a purchase or a contact that answered is no answer once it is gone from the database. Had the
 * purchase stayed, it would be what the silence is counted from. */
static bool still_answers(struct look *l, const struct episode *ep)
{
    bool spoken;
    if (!ep->reason || strncmp(ep->reason, "bought on ", 10) == 0)
        return !ep->reason;
    return strcmp(ep->reason, "a contact was logged") != 0 || !contact_since(l, ep, &spoken) || spoken;
}

/* Did somebody answer the case before when this one was due already, or nearly so? One conversation answers both.
 * "Nearly" is a quarter of the period, at most 30 days: it also takes up what a category's moved pace shifts. */
static bool answered(struct look *l, const struct finding *f)
{
    if (rule_traits(f->rule->kind).separate)
        return false;
    int nearly = f->next != DATE_NEVER ? (f->next - f->due) / 4 : 30;
    date from = f->due - (nearly < 30 ? nearly : 30);
    for (size_t i = 0; i < l->episodes.n; i++) {
        const struct episode *ep = &l->episodes.rows[i];
        bool answer = ep->state == EPISODE_DONE || ep->state == EPISODE_WON || ep->state == EPISODE_LOST ||
                      ep->state == EPISODE_EXCUSED;
        if (answer && strcmp(ep->rule, f->rule->id) == 0 && ep->anchor_day == f->anchor_day &&
            zone_date(company_zone(l->e->company), ep->changed_at) >= from && still_answers(l, ep))
            return true;
    }
    return false;
}

/* Does this episode stand in the way of one of its own for the finding? The very case does; and where a rule has one
 * case that moves from occasion to occasion, so does one that is still open. */
static bool has_it(const struct episode *ep, const struct finding *f)
{
    if (strcmp(ep->rule, f->rule->id) != 0)
        return false;
    return strcmp(ep->occasion, f->occasion) == 0 ||
           (!episode_final(ep->state) && !rule_traits(f->rule->kind).separate);
}

/* Nobody is asked for a recommendation again so soon. */
static bool asked_lately(const struct look *l, const struct finding *f)
{
    struct bench b = engine_bench(l->e);
    for (size_t i = 0; i < l->episodes.n && f->rule->kind == RULE_REFERRAL; i++) {
        const struct episode *ep = &l->episodes.rows[i];
        if (strcmp(ep->rule, f->rule->id) == 0 && ep->told_at != INSTANT_NONE &&
            period_end(&b, zone_date(company_zone(l->e->company), ep->told_at), f->rule->again) > l->e->today)
            return true;
    }
    return false;
}

/* A finding that is due and has no episode yet gets one, unless the same silence was told under another name. */
static bool find_or_open(struct look *l, const struct finding *f)
{
    if (f->state != FINDING_DUE)
        return true;
    for (size_t i = 0; i < l->episodes.n; i++)
        if (has_it(&l->episodes.rows[i], f))
            return true;
    for (size_t i = 0; i < l->episodes.n; i++) {
        struct episode *ep = &l->episodes.rows[i];
        if (strcmp(ep->rule, f->rule->id) == 0 && heard_lately(l, ep, f))
            return take_up_again(l, ep, f);
    }
    return answered(l, f) || asked_lately(l, f) || open_episode(l, f);
}

static bool note_used_offers(struct look *l)
{
    for (size_t i = l->facts.n_purchases; i-- > 0;) {
        bool used;
        const struct purchase *p = &l->facts.purchases[i];
        if (!p->offer_code || !*p->offer_code)
            continue;
        if (!offer_used(l->e->store, p->offer_code, &used, l->err))
            return false;
        if (used)
            note(l->e, 6, l->facts.customer.id, "offer %s was used", p->offer_code);
    }
    return true;
}

static bool in_turn(const struct engine *e, const struct episode *ep)
{
    for (size_t i = 0; i < e->asked.n_turns; i++)
        if (e->asked.turns[i] == ep->id)
            return true;
    return false;
}

/* Reminders of a rule that is told in digests are lines of the next one; a nudge before an offer ends cannot wait. */
static bool in_digest(struct look *l, const struct episode *ep, const struct rule *r, const struct salesperson *s,
                      bool *is)
{
    struct issued_offer o;
    *is = r && told_in_digest(r) && ep->state == EPISODE_TOLD && ep->step <= r->times;
    if (!*is || !s)
        return true;
    if (!offer_of_episode(l->e->store, ep->id, &l->e->step, &o, l->err))
        return false;
    *is = !o.id || !nudge_begun(l->e, &o, s);
    return true;
}

static bool step_due(struct look *l, struct episode *ep, const struct rule *r)
{
    size_t channel;
    const char *address;
    enum step_now now = STEP_TELL;
    instant until;
    const struct salesperson *s = recipient(l->e, l->facts.customer.salesperson, &channel, &address);
    bool digest;
    if (ep->state == EPISODE_TOLD && !step_now(l, ep, s, &now, &until))
        return false;
    if (!in_digest(l, ep, r, s, &digest))
        return false;
    if (now == STEP_TELL && digest) {
        const char *way = way_to_wait(l->e, r, ep->owner, &until);
        return episode_shift(l->e, ep, EPISODE_TOLD, way, until, l->err);
    }
    switch (now) {
    case STEP_TELL:
        return tell(l, ep, r);
    case STEP_WAIT:
        return episode_shift(l->e, ep, ep->state, ep->reason, until, l->err);
    case STEP_GIVE_UP:
        note(l->e, 6, ep->customer, "%s unanswered", episode_name(ep, &l->e->step));
        return episode_shift(l->e, ep, EPISODE_UNANSWERED, "nobody answered within 30 days", INSTANT_NONE, l->err);
    }
    return true;
}

static bool begins(const char *reason, const char *with)
{
    return reason && strncmp(reason, with, strlen(with)) == 0;
}

static bool waits_for_digest(const struct episode *ep)
{
    return ep->reason && (strcmp(ep->reason, digest_reason(DIGEST_DAILY)) == 0 ||
                          strcmp(ep->reason, digest_reason(DIGEST_WEEKLY)) == 0);
}

/* What waits: for the end of its season, for a time of its own, or (INSTANT_NONE) for its turn. */
static bool keep_waiting(struct look *l, struct episode *ep)
{
    struct engine *e = l->e;
    const struct finding *f = finding_for(l, ep);
    const struct rule *r = rule_find(e->options, ep->rule);
    struct season season;
    instant until;
    bool time = ep->next_at != INSTANT_NONE && ep->next_at <= e->now;
    bool paused = begins(ep->reason, SEASON), missed = begins(ep->reason, MISSING); /* and here it is again */
    if (out_of_season(l, f, &season, &until)) {
        const char *why = season_reason(&season, &e->step);
        if (ep->next_at == until && paused && strcmp(why, ep->reason) == 0)
            return true;
        note(e, 6, ep->customer, "%s held: %s", ep->rule, why);
        return episode_shift(e, ep, EPISODE_HELD, why, until, l->err);
    }
    const char *way = way_to_wait(e, r, ep->owner, &until);
    bool digest = r && told_in_digest(r), other = waits_for_digest(ep) && strcmp(way, ep->reason) != 0;
    return (!time && !paused && !missed && !other) ||
           episode_shift(e, ep, EPISODE_HELD, way, paused || missed || digest ? until : INSTANT_NONE, l->err);
}

/* Absence is not evidence: what cannot be judged just now waits a day, and lets go what is in one message with it. */
static bool wait_for_facts(struct look *l, struct message *m)
{
    instant until = l->e->now + DAY;
    struct things all;
    size_t unjudged = 0;
    if (!things_of_message(l, m, &all))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const struct finding *f = finding_for(l, all.rows[i].ep);
        if (f && f->state == FINDING_CANNOT_JUDGE)
            all.rows[unjudged++] = all.rows[i];
    }
    if (unjudged == all.n || (unjudged && message_doubtful(m)))
        return message_wait(l->e->store, m, until, l->err);
    for (size_t i = 0; i < unjudged; i++) {
        struct episode *ep = all.rows[i].ep;
        const char *why = arena_print(&l->e->step, "cannot judge: %s", finding_for(l, ep)->why);
        if (!leave_message(l, ep, m) ||
            !episode_shift(l->e, ep, ep->step == 0 ? EPISODE_HELD : EPISODE_TOLD, why, until, l->err))
            return false;
    }
    return true;
}

/* What is on its way for this episode, if it is time to try again. */
static bool try_again(struct look *l, struct episode *ep)
{
    struct engine *e = l->e;
    struct message m;
    int64_t id;
    if (!telling_pending(e->store, ep->id, &id, l->err))
        return false;
    if (!id)
        return true;
    if (!message_by_id(e->store, id, &e->step, &m, l->err))
        return false;
    if ((m.state != MESSAGE_QUEUED && m.state != MESSAGE_UNKNOWN) || m.not_before > e->now || m.digest)
        return true; /* a digest is tried again as a whole */
    return wait_for_facts(l, &m) && (m.not_before > e->now || tell_again(l, &m));
}

/* What an open episode does by itself just now. */
static bool act(struct look *l, struct episode *ep)
{
    struct engine *e = l->e;
    const struct rule *r = rule_find(e->options, ep->rule);
    bool time = ep->next_at != INSTANT_NONE && ep->next_at <= e->now;
    switch (ep->state) {
    case EPISODE_HELD:
        /* What was chosen for its turn may have been put off since, by this very look too. */
        return ep->next_at != INSTANT_NONE || mass_holds(e, ep->rule) || !in_turn(e, ep) || tell(l, ep, r);
    case EPISODE_DUE:
        return try_again(l, ep);
    case EPISODE_TOLD:
    case EPISODE_SNOOZED:
        return !time || step_due(l, ep, r);
    default:
        return true;
    }
}

static instant earlier(instant a, instant b)
{
    return a < b ? a : b;
}

/* Is there a case that could not be opened before, because one of the same rule was still open then? */
static bool left_to_open(struct look *l, const struct finding *f)
{
    if (f->state != FINDING_DUE || answered(l, f) || asked_lately(l, f))
        return false;
    for (size_t i = 0; i < l->episodes.n; i++)
        if (has_it(&l->episodes.rows[i], f))
            return false;
    return true;
}

/* When this customer is to be looked at again. */
static bool plan_next(struct look *l, date future)
{
    struct engine *e = l->e;
    instant next = future == DATE_NEVER ? INSTANT_NEVER : zone_day_start(company_zone(e->company), future);
    bool due = false, open;
    /* A purchase may use an offer, whatever closed its episode. */
    if (!offer_told_to(e->store, l->facts.customer.id, &open, l->err))
        return false;
    for (size_t i = 0; i < l->n; i++) {
        date day = l->findings[i].next > e->today ? l->findings[i].next : e->today + 1;
        due |= l->findings[i].state == FINDING_DUE;
        if (left_to_open(l, &l->findings[i]))
            next = e->now;
        if (l->findings[i].next != DATE_NEVER)
            next = earlier(next, zone_day_start(company_zone(e->company), day));
    }
    for (size_t i = 0; i < l->episodes.n; i++) {
        const struct episode *ep = &l->episodes.rows[i];
        open |= !episode_final(ep->state);
        if (!episode_final(ep->state) && ep->next_at != INSTANT_NONE)
            next = earlier(next, ep->next_at);
        int64_t id = 0;
        struct message m;
        if (ep->state != EPISODE_DUE || !telling_pending(e->store, ep->id, &id, l->err) || !id)
            continue;
        if (!message_by_id(e->store, id, &e->step, &m, l->err))
            return false;
        if (!m.digest && (m.state == MESSAGE_QUEUED || m.state == MESSAGE_UNKNOWN))
            next = earlier(next, m.not_before);
    }
    agenda_looked(e->agenda, l->facts.customer.id, due, open, earlier(next, l->again));
    return true;
}

/* What a command retired finds nothing any more, though these settings still have it. */
static void drop_retired(struct look *l)
{
    size_t kept = 0;
    for (size_t i = 0; i < l->n; i++)
        if (!rule_is_retired(l->e, l->findings[i].rule))
            l->findings[kept++] = l->findings[i];
    l->n = kept;
}

static bool judge_customer(struct look *l, const struct facts *f)
{
    struct engine *e = l->e;
    struct bench b = engine_bench(e);
    date first_seen = e->today, future = DATE_NEVER;
    l->facts = *f;
    if (!recorded_add(e->store, company_zone(e->company), &l->facts, &e->step, l->err))
        return false;
    size_t purchases = l->facts.n_purchases;
    facts_as_of(&l->facts, e->now);
    if (l->facts.n_purchases < purchases)
        future = l->facts.purchases[l->facts.n_purchases].day > e->today ? l->facts.purchases[l->facts.n_purchases].day
                                                                         : e->today + 1;
    /* Contacts of a kind that does not count date nothing: where there is nothing else, the day we met does. */
    if (l->facts.n_purchases == 0 && f->customer.since == DATE_NONE &&
        !seen_day(e->store, f->customer.id, e->today, &first_seen, l->err))
        return false;
    l->n = silenced(&f->customer) ? 0 : judge(&b, &l->facts, first_seen, &e->step, &l->findings);
    drop_retired(l);
    if (!episodes_of_customer(e->store, f->customer.id, &e->step, &l->episodes, l->err))
        return false;
    for (size_t i = 0; i < l->episodes.n; i++)
        if (!reconcile(l, &l->episodes.rows[i]))
            return false;
    for (size_t i = 0; i < l->n; i++)
        if (!find_or_open(l, &l->findings[i]))
            return false;
    if (!note_used_offers(l))
        return false;
    digest_saw(e, &l->facts, l->findings, l->n);
    for (size_t i = 0; i < l->episodes.n; i++)
        if (l->episodes.rows[i].state == EPISODE_HELD && !keep_waiting(l, &l->episodes.rows[i]))
            return false;
    for (size_t i = 0; i < l->episodes.n; i++)
        if (!act(l, &l->episodes.rows[i]))
            return false;
    return plan_next(l, future);
}

bool look_at(struct engine *e, const struct facts *f, struct err *err)
{
    struct look l = { .e = e, .again = INSTANT_NEVER, .err = err };
    return judge_customer(&l, f) || err_wrap(err, "look at customer %s", f->customer.id);
}

/* When this customer was first missed; a new miss after some days starts again. */
static bool missed_since(struct engine *e, const char *customer, instant *since, struct err *err)
{
    const char *key = arena_print(&e->step, "missing %s", customer);
    if (!store_number(e->store, key, 0, since, err))
        return false;
    if (e->now - *since <= 3 * DAY)
        return true;
    *since = e->now;
    return store_set_number(e->store, key, e->now, err);
}

/* Missing once is a hold; missing still a day later is gone. */
bool look_missing(struct engine *e, const char *customer, struct err *err)
{
    struct look l = { .e = e, .again = INSTANT_NEVER, .err = err };
    bool open = false;
    instant since;
    if (!episodes_of_customer(e->store, customer, &e->step, &l.episodes, err) ||
        !missed_since(e, customer, &since, err))
        return false;
    for (size_t i = 0; i < l.episodes.n; i++) {
        struct episode *ep = &l.episodes.rows[i];
        if (episode_final(ep->state))
            continue;
        if (e->now - since >= DAY) {
            if (!close_episode(&l, ep, EPISODE_WITHDRAWN, "gone from the database"))
                return false;
            continue;
        }
        open = true;
        if (since == e->now)
            note(e, 5, customer, "%s held: " MISSING, episode_name(ep, &e->step));
        if (ep->state == EPISODE_HELD && !episode_shift(e, ep, EPISODE_HELD, MISSING, since + DAY, err))
            return false;
    }
    if (open)
        agenda_looked(e->agenda, customer, false, true, since + DAY);
    else
        agenda_forget(e->agenda, customer);
    return true;
}
