/* One customer's facts against its episodes: open, keep, re-key, close, reopen; then whatever is due to leave leaves.
 */
#include "engine/inner.h"
#include "engine/recorded.h"

#include <assert.h>
#include <math.h>
#include <string.h>

struct look {
    struct engine *e;
    struct facts facts; /* as of now, recorded contacts among them */
    struct finding *findings;
    size_t n;
    struct episodes episodes;
    instant again; /* to be looked at again for what only has to wait */
    struct err *err;
};

static const char turn[] = "waiting for its turn";

static struct finding *finding_of(struct look *l, const char *rule)
{
    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->findings[i].rule->id, rule) == 0)
            return &l->findings[i];
    return NULL;
}

static date told_day(struct look *l, const struct episode *ep)
{
    return zone_date(company_zone(l->e->company), ep->told_at);
}

/* When its person heard of it, or may have: a message in doubt counts from its claim. INSTANT_NONE: not yet. */
static bool heard_at(struct look *l, const struct episode *ep, instant *out)
{
    int64_t id;
    struct message m;
    *out = ep->told_at;
    if (ep->told_at != INSTANT_NONE || ep->state != EPISODE_DUE)
        return true;
    if (!telling_pending(l->e->store, ep->id, &id, l->err) ||
        (id && !message_by_id(l->e->store, id, &l->e->step, &m, l->err)))
        return false;
    if (id && m.doubts > 0)
        *out = m.claimed_at;
    return true;
}

/* Somebody spoke with the customer after the first telling; a contact that only names its day counts all of that day.
 */
static bool contact_since(struct look *l, const struct episode *ep, bool *since)
{
    instant heard;
    *since = false;
    if (!heard_at(l, ep, &heard))
        return false;
    if (heard == INSTANT_NONE)
        return true;
    const struct zone *z = company_zone(l->e->company);
    date day = zone_date(z, heard);
    for (size_t i = l->facts.n_contacts; i-- > 0 && !*since && l->facts.contacts[i].day >= day;) {
        const struct contact *c = &l->facts.contacts[i];
        *since = c->at >= heard || (c->day == day && c->at == zone_day_start(z, c->day));
    }
    return true;
}

/* What is still on its way for an episode that closes does not leave; what may have arrived counts as arrived. */
static bool stop_message(struct look *l, struct episode *ep)
{
    struct store *s = l->e->store;
    struct message m;
    struct issued_offer o;
    int64_t id;
    if (!telling_pending(s, ep->id, &id, l->err))
        return false;
    if (!id)
        return true;
    if (!message_by_id(s, id, &l->e->step, &m, l->err) || !offer_of_episode(s, ep->id, &l->e->step, &o, l->err))
        return false;
    if (m.state != MESSAGE_QUEUED && m.state != MESSAGE_UNKNOWN)
        return true; /* a courier has it: its verdict is filed when it comes */
    bool perhaps = message_doubtful(&m);
    if (!message_move(s, &m, MESSAGE_DROPPED, m.not_before, true, l->e->now, l->err) ||
        !telling_reached(s, m.id, perhaps ? "perhaps" : "no", l->err))
        return false;
    note(l->e, 6, ep->customer, "message %lld dropped%s", (long long)m.id,
         perhaps ? ", possibly delivered before" : "");
    return !o.id || o.state != ISSUED_OFFER_ISSUED ||
           offer_move(s, &o, perhaps ? ISSUED_OFFER_TOLD : ISSUED_OFFER_VOID, l->err);
}

static bool close_episode(struct look *l, struct episode *ep, enum episode_state to, const char *reason)
{
    note(l->e, 6, ep->customer, "%s %s: %s", ep->rule, episode_state_name(to), reason);
    return stop_message(l, ep) && episode_shift(l->e, ep, to, reason, INSTANT_NONE, l->err);
}

/* Only what was bought after the telling was won by it; what the database learned late was bought anyway. */
static bool close_bought(struct look *l, struct episode *ep, date day)
{
    char text[16];
    const char *reason = arena_print(&l->e->step, "bought on %s", date_print(day, text));
    bool won = ep->told_at != INSTANT_NONE && day >= told_day(l, ep);
    return close_episode(l, ep, won ? EPISODE_WON : EPISODE_WITHDRAWN, reason);
}

static bool close_contacted(struct look *l, struct episode *ep)
{
    instant heard;
    if (!heard_at(l, ep, &heard))
        return false;
    /* What was in doubt counts as told: the contact may have come of it. */
    if (heard != ep->told_at && (!stop_message(l, ep) || !episode_told(l->e->store, ep, heard, l->err)))
        return false;
    return close_episode(l, ep, ep->told_at != INSTANT_NONE ? EPISODE_DONE : EPISODE_WITHDRAWN, "a contact was logged");
}

static bool rekey(struct look *l, struct episode *ep, const struct finding *f)
{
    const char *why = f->anchor_day == ep->anchor_day ? "one more period has passed" : "the database was corrected";
    note(l->e, 6, ep->customer, "%s moved from %s to %s: %s", ep->rule, ep->occasion, f->occasion, why);
    return episode_rekey(l->e->store, ep, f->occasion, f->anchor_day, f->due, l->err);
}

/* Who heard of a silence less than this long ago is not told of it again under another name. */
#define HEARD_LATELY (30 * DAY)

/* Was another case of the same rule told lately? */
static bool told_lately(struct look *l, const struct episode *ep)
{
    for (size_t i = 0; i < l->episodes.n; i++) {
        const struct episode *other = &l->episodes.rows[i];
        if (other->id == ep->id || strcmp(other->rule, ep->rule) != 0 || other->told_at == INSTANT_NONE
            || other->told_at <= l->e->now - HEARD_LATELY)
            continue;
        if (other->told_at + HEARD_LATELY < l->again)
            l->again = other->told_at + HEARD_LATELY;
        return true;
    }
    return false;
}

/* The other episode that the same silence has, or NULL. */
static const struct episode *taken(const struct look *l, const struct episode *ep, const char *occasion)
{
    for (size_t i = 0; i < l->episodes.n; i++) {
        const struct episode *other = &l->episodes.rows[i];
        if (other->id != ep->id && strcmp(other->rule, ep->rule) == 0 && strcmp(other->occasion, occasion) == 0)
            return other;
    }
    return NULL;
}

/* An open episode whose rule says "due" for another occasion. */
static bool other_occasion(struct look *l, struct episode *ep, const struct finding *f)
{
    date opened = zone_date(company_zone(l->e->company), ep->opened_at);
    if (f->anchor_day > opened) /* bought or spoken with, and silent for so long again */
        return ep->kind == RULE_LAPSE ? close_bought(l, ep, f->anchor_day) : close_contacted(l, ep);
    if (f->anchor_day == ep->anchor_day && ep->told_at != INSTANT_NONE)
        return true; /* one more period has passed: its case is opened when this one is closed */
    const struct episode *other = taken(l, ep, f->occasion);
    if (!other)
        return rekey(l, ep, f);
    bool lately = ep->told_at != INSTANT_NONE && ep->told_at > l->e->now - HEARD_LATELY;
    if (lately && episode_final(other->state) && other->told_at == INSTANT_NONE)
        return true; /* it was told as this one, and goes on as this one */
    return close_episode(l, ep, EPISODE_WITHDRAWN, "the database was corrected");
}

/* An open episode whose rule still says "due". */
static bool still_due(struct look *l, struct episode *ep, const struct finding *f)
{
    bool contacted;
    if (strcmp(ep->occasion, f->occasion) != 0 && !other_occasion(l, ep, f))
        return false;
    if (episode_final(ep->state))
        return true;
    if (!contact_since(l, ep, &contacted))
        return false;
    if (contacted)
        return close_contacted(l, ep);
    if (ep->state == EPISODE_HELD && ep->told_at == INSTANT_NONE)
        return episode_judged(l->e->store, ep, &f->defence, l->err);
    return true;
}

/* Would it still be due by the pace its category had when it was last judged? Then nothing about the customer itself
 * has changed. */
static bool only_pace_moved(struct look *l, const struct episode *ep)
{
    struct pace then = { .category = (char *)l->facts.customer.category,
                         .sum = log(ep->defence.category_gap),
                         .customers = 1 };
    struct paces paces = { .rows = &then, .n = 1 };
    struct bench b = engine_bench(l->e);
    struct finding *findings;
    b.paces = &paces;
    if (ep->kind != RULE_LAPSE || ep->defence.category_gap <= 0)
        return false;
    size_t n = judge(&b, &l->facts, DATE_NONE, &l->e->step, &findings);
    for (size_t i = 0; i < n; i++)
        if (strcmp(findings[i].rule->id, ep->rule) == 0)
            return findings[i].state == FINDING_DUE;
    return false;
}

/* An open episode whose rule no longer says "due": what became of its reason? */
static bool no_longer_due(struct look *l, struct episode *ep, const struct finding *f)
{
    bool contacted;
    if (f->state == FINDING_CANNOT_JUDGE) {
        /* Absence is not evidence: nobody is accused, and nothing is taken back, by what is missing. */
        if (ep->state == EPISODE_DUE || (ep->state != EPISODE_HELD && ep->next_at > l->e->now))
            return true;
        if (ep->state == EPISODE_TOLD && ep->step > f->rule->times)
            return true; /* nothing would be told any more */
        const char *why = ep->state == EPISODE_HELD ? arena_print(&l->e->step, "cannot judge: %s", f->why) : ep->reason;
        return episode_shift(l->e, ep, ep->state, why, l->e->now + DAY, l->err);
    }
    if (ep->kind == RULE_LAPSE && f->anchor_day > ep->anchor_day)
        return close_bought(l, ep, f->anchor_day);
    if (ep->kind != RULE_LAPSE && f->anchor_day > ep->anchor_day)
        return close_contacted(l, ep);
    if (!contact_since(l, ep, &contacted))
        return false;
    if (contacted)
        return close_contacted(l, ep);
    if (only_pace_moved(l, ep))
        return true; /* a moved m neither closes nor reopens */
    return close_episode(l, ep, EPISODE_WITHDRAWN, "the rule no longer finds it due");
}

static bool reopen(struct look *l, struct episode *ep)
{
    int64_t pending;
    if (!telling_pending(l->e->store, ep->id, &pending, l->err))
        return false;
    enum episode_state to = pending ? EPISODE_DUE : ep->told_at == INSTANT_NONE ? EPISODE_HELD : EPISODE_TOLD;
    if (!episode_may(ep->state, to))
        return true;
    note(l->e, 6, ep->customer, "%s open again: what closed it is gone", ep->rule);
    if (pending)
        return episode_shift(l->e, ep, to, NULL, INSTANT_NONE, l->err); /* its verdict says how it goes on */
    const struct rule *r = rule_find(l->e->options, ep->rule);
    const struct salesperson *s = person_find(l->e->people, ep->owner);
    instant next = to == EPISODE_HELD ? INSTANT_NONE : step_follows(l->e, r, ep->step, s, l->e->now);
    return episode_shift(l->e, ep, to, to == EPISODE_HELD ? turn : NULL, next, l->err);
}

/* A final episode: does what closed it still stand? */
static bool final(struct look *l, struct episode *ep, const struct finding *f)
{
    bool contacted;
    if (!f || f->state != FINDING_DUE || strcmp(ep->occasion, f->occasion) != 0 || !ep->reason)
        return true;
    /* Withdrawn because of a purchase, a contact, a flag, an absence: whatever it was, it is not so any more. */
    if (ep->state == EPISODE_WITHDRAWN || strncmp(ep->reason, "bought on ", 10) == 0)
        return (ep->told_at == INSTANT_NONE && told_lately(l, ep)) || reopen(l, ep);
    if (ep->state != EPISODE_DONE || strcmp(ep->reason, "a contact was logged") != 0)
        return true;
    if (!contact_since(l, ep, &contacted))
        return false;
    return contacted || reopen(l, ep);
}

static const char *silence(const struct customer *c)
{
    return !c->active          ? "the customer is inactive"
           : c->do_not_contact ? "the customer asked not to be contacted"
                               : NULL;
}

static bool reconcile(struct look *l, struct episode *ep)
{
    const struct finding *f = finding_of(l, ep->rule);
    if (episode_final(ep->state)) /* perhaps by a command, while its message was waiting */
        return stop_message(l, ep) && (silence(&l->facts.customer) || final(l, ep, f));
    if (silence(&l->facts.customer))
        return close_episode(l, ep, EPISODE_WITHDRAWN, silence(&l->facts.customer));
    if (!f)
        return close_episode(l, ep, EPISODE_WITHDRAWN,
                             rule_find(l->e->options, ep->rule) ? "the rule no longer covers this customer"
                                                                : "the rule is gone from the configuration");
    if (!episode_hand_over(l->e, ep, l->facts.customer.salesperson, l->err))
        return false;
    return f->state == FINDING_DUE ? still_due(l, ep, f) : no_longer_due(l, ep, f);
}

/* Was this rule's message heard less than a month ago, and does the occasion hang on another day before that? Then the
 * database was corrected: the same silence must not be told twice. One more period since the same day, or since a
 * contact on the day of the telling, is a new occasion. */
static bool heard_lately(struct look *l, const struct episode *ep, const struct finding *f)
{
    return episode_final(ep->state) && ep->told_at != INSTANT_NONE && ep->told_at > l->e->now - HEARD_LATELY &&
           f->anchor_day < told_day(l, ep) && f->anchor_day != ep->anchor_day;
}

static bool calm(struct look *l, const struct finding *f)
{
    const struct period *p = &l->e->options->guards.calm_start;
    struct bench b = engine_bench(l->e);
    return p->unit != PERIOD_NONE && period_end(&b, f->due, *p) < l->e->today;
}

/* When a rule that is told on one day of the week only is told: INSTANT_NONE for as soon as its turn comes. */
static instant told_from(struct look *l, const struct rule *r)
{
    static const struct salesperson nobody = { .active = true };
    struct engine *e = l->e;
    const struct salesperson *owner = e->people ? person_find(e->people, l->facts.customer.salesperson) : NULL;
    const struct salesperson *s = owner ? owner : &nobody;
    const struct zone *z = person_zone(e->company, s, NULL);
    date day = zone_date(z, e->now);
    if (r->tell == 0 || date_weekday(day) == r->tell)
        return INSTANT_NONE;
    while (date_weekday(day) != r->tell)
        day++;
    return person_opens(e->company, s, zone_day_start(z, day));
}

static bool open_episode(struct look *l, const struct finding *f)
{
    struct engine *e = l->e;
    bool backlog = calm(l, f);
    char due[16];
    struct episode ep = { .rule = f->rule->id,
                          .customer = l->facts.customer.id,
                          .occasion = f->occasion,
                          .kind = f->rule->kind,
                          .state = EPISODE_HELD,
                          .reason = backlog ? "calm start: an old case, told by rank" : turn,
                          .owner = l->facts.customer.salesperson,
                          .opened_at = e->now,
                          .changed_at = e->now,
                          .told_at = INSTANT_NONE,
                          .next_at = backlog ? INSTANT_NONE : told_from(l, f->rule),
                          .due = f->due,
                          .anchor_day = f->anchor_day,
                          .backlog = backlog,
                          .defence = f->defence };
    /* An old database has thousands of them: history keeps each, the log does not. */
    note(e, backlog ? 7 : 6, ep.customer, "%s due since %s: day %d, limit %d%s", ep.rule, date_print(f->due, due),
         f->defence.days, f->defence.threshold, backlog ? " (calm start)" : "");
    if (!episode_begin(e, &ep, l->err))
        return false;
    l->episodes.rows = arena_grow(&e->step, l->episodes.rows, l->episodes.n, sizeof *l->episodes.rows);
    l->episodes.rows[l->episodes.n++] = ep;
    return true;
}

/* Did somebody answer the case before when this one was due already, or nearly so? One conversation answers both.
 * "Nearly" is a quarter of the period, at most 30 days: it also takes up what a category's moved pace shifts. */
static bool answered(const struct look *l, const struct finding *f)
{
    int nearly = f->next != DATE_NEVER ? (f->next - f->due) / 4 : 30;
    date from = f->due - (nearly < 30 ? nearly : 30);
    for (size_t i = 0; i < l->episodes.n; i++) {
        const struct episode *ep = &l->episodes.rows[i];
        bool answer = ep->state == EPISODE_DONE || ep->state == EPISODE_WON || ep->state == EPISODE_LOST ||
                      ep->state == EPISODE_EXCUSED;
        if (answer && strcmp(ep->rule, f->rule->id) == 0 && ep->anchor_day == f->anchor_day &&
            zone_date(company_zone(l->e->company), ep->changed_at) >= from)
            return true;
    }
    return false;
}

/* A finding that is due and has no episode yet gets one, unless the same silence was told under another name. */
static bool find_or_open(struct look *l, const struct finding *f)
{
    if (f->state != FINDING_DUE)
        return true;
    for (size_t i = 0; i < l->episodes.n; i++) {
        struct episode *ep = &l->episodes.rows[i];
        if (strcmp(ep->rule, f->rule->id) == 0 && (strcmp(ep->occasion, f->occasion) == 0 || !episode_final(ep->state)))
            return true;
    }
    for (size_t i = 0; i < l->episodes.n; i++) {
        struct episode *ep = &l->episodes.rows[i];
        if (strcmp(ep->rule, f->rule->id) == 0 && heard_lately(l, ep, f))
            return rekey(l, ep, f) && final(l, ep, f);
    }
    return answered(l, f) || open_episode(l, f);
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

static bool step_due(struct look *l, struct episode *ep, const struct rule *r)
{
    bool claimed;
    if (ep->state == EPISODE_TOLD && ep->step > r->times) {
        note(l->e, 6, ep->customer, "%s unanswered", ep->rule);
        return episode_shift(l->e, ep, EPISODE_UNANSWERED, "nobody answered within 30 days", INSTANT_NONE, l->err);
    }
    return tell(l->e, ep, &l->facts, r, &claimed, l->err);
}

/* What an open episode does by itself just now. */
static bool act(struct look *l, struct episode *ep)
{
    struct engine *e = l->e;
    const struct rule *r = rule_find(e->options, ep->rule);
    const struct finding *f = finding_of(l, ep->rule);
    bool claimed, time = ep->next_at != INSTANT_NONE && ep->next_at <= e->now;
    int64_t id;
    struct message m;
    switch (ep->state) {
    case EPISODE_HELD:
        if (time && !episode_shift(e, ep, EPISODE_HELD, turn, INSTANT_NONE, l->err))
            return false;
        /* What was chosen for its turn may have been put off by this very look. */
        return ep->next_at != INSTANT_NONE || !in_turn(e, ep) || tell(e, ep, &l->facts, r, &claimed, l->err);
    case EPISODE_DUE:
        if (!telling_pending(e->store, ep->id, &id, l->err) || !id ||
            !message_by_id(e->store, id, &e->step, &m, l->err))
            return id == 0;
        if ((m.state != MESSAGE_QUEUED && m.state != MESSAGE_UNKNOWN) || m.not_before > e->now)
            return true;
        if (f && f->state == FINDING_CANNOT_JUDGE)
            return message_wait(e->store, &m, e->now + DAY, l->err);
        return tell_again(e, ep, &m, &l->facts, r, l->err);
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
static bool left_to_open(const struct look *l, const struct finding *f)
{
    if (f->state != FINDING_DUE || answered(l, f))
        return false;
    for (size_t i = 0; i < l->episodes.n; i++) {
        const struct episode *ep = &l->episodes.rows[i];
        if (strcmp(ep->rule, f->rule->id) == 0 && (!episode_final(ep->state) || strcmp(ep->occasion, f->occasion) == 0))
            return false;
    }
    return true;
}

/* When this customer is to be looked at again. */
static bool plan_next(struct look *l, date future)
{
    struct engine *e = l->e;
    instant next = future == DATE_NEVER ? INSTANT_NEVER : zone_day_start(company_zone(e->company), future);
    bool due = false, open = false;
    struct issued_offer offer;
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
        if (!offer_of_episode(e->store, ep->id, &e->step, &offer, l->err))
            return false;
        open |= offer.id && offer.state == ISSUED_OFFER_TOLD; /* a purchase may use it, whatever closed the episode */
        int64_t id = 0;
        struct message m;
        if (ep->state != EPISODE_DUE || !telling_pending(e->store, ep->id, &id, l->err) || !id)
            continue;
        if (!message_by_id(e->store, id, &e->step, &m, l->err))
            return false;
        if (m.state == MESSAGE_QUEUED || m.state == MESSAGE_UNKNOWN)
            next = earlier(next, m.not_before);
    }
    agenda_looked(e->agenda, l->facts.customer.id, due, open, earlier(next, l->again));
    return true;
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
    l->n = silence(&f->customer) ? 0 : judge(&b, &l->facts, first_seen, &e->step, &l->findings);
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
            note(e, 5, customer, "%s held: missing from the database", ep->rule);
        if (ep->state == EPISODE_HELD &&
            !episode_shift(e, ep, EPISODE_HELD, "missing from the database", since + DAY, err))
            return false;
    }
    if (open)
        agenda_looked(e->agenda, customer, false, true, since + DAY);
    else
        agenda_forget(e->agenda, customer);
    return true;
}
