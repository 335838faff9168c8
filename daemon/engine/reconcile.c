/* What is open against what the rules say now: keep, re-key, close, reopen. */
#include "engine/look.h"

#include <math.h>
#include <string.h>

const struct finding *finding_for(const struct look *l, const struct episode *ep)
{
    for (size_t i = 0; i < l->n; i++) {
        const struct finding *f = &l->findings[i];
        if (strcmp(f->rule->id, ep->rule) == 0 &&
            (!rule_traits(ep->kind).separate || (f->occasion && strcmp(f->occasion, ep->occasion) == 0)))
            return f;
    }
    return NULL;
}

static bool covered(const struct look *l, const char *rule)
{
    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->findings[i].rule->id, rule) == 0)
            return true;
    return false;
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
bool contact_since(struct look *l, const struct episode *ep, bool *since)
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

/* What verdicts and commands did to the episodes of this look meanwhile. */
static bool read_again(struct look *l)
{
    for (size_t i = 0; i < l->episodes.n; i++)
        if (!episode_by_id(l->e->store, l->episodes.rows[i].id, &l->e->step, &l->episodes.rows[i], l->err))
            return false;
    return true;
}

/* A message that does not leave any more; what it tells besides that episode and may have arrived counts as told. */
static bool drop_message(struct look *l, const struct episode *ep, struct message *m, bool alone)
{
    struct store *s = l->e->store;
    struct issued_offer o;
    bool perhaps = message_doubtful(m);
    if (!offer_of_episode(s, ep->id, &l->e->step, &o, l->err) ||
        !message_move(s, m, MESSAGE_DROPPED, m->not_before, true, l->e->now, l->err))
        return false;
    note(l->e, 6, ep->customer, "message %lld dropped%s%s", (long long)m->id,
         perhaps ? ", possibly delivered before" : "", alone ? "" : "; what else it tells counts as told");
    if (o.id && o.state == ISSUED_OFFER_ISSUED &&
        !offer_move(s, &o, perhaps ? ISSUED_OFFER_TOLD : ISSUED_OFFER_VOID, l->err))
        return false;
    if (alone)
        return telling_reached(s, m->id, perhaps ? "perhaps" : "no", l->err);
    return message_reached(l->e, m, "perhaps", ep->id, l->err) && read_again(l);
}

/* What is still on its way for an episode that closes does not leave; what may have arrived counts as arrived. */
static bool stop_message(struct look *l, struct episode *ep)
{
    struct store *s = l->e->store;
    struct message m;
    long told;
    int64_t id;
    if (!telling_pending(s, ep->id, &id, l->err))
        return false;
    if (!id)
        return true;
    if (!message_by_id(s, id, &l->e->step, &m, l->err) || !tellings_pending(s, id, &told, l->err))
        return false;
    if (m.state != MESSAGE_QUEUED && m.state != MESSAGE_UNKNOWN)
        return true; /* a courier has it: its verdict is filed when it comes */
    return told > 1 && !message_doubtful(&m) ? leave_message(l, ep, &m) : drop_message(l, ep, &m, told == 1);
}

bool close_episode(struct look *l, struct episode *ep, enum episode_state to, const char *reason)
{
    note(l->e, 6, ep->customer, "%s %s: %s", episode_name(ep, &l->e->step), episode_state_name(to), reason);
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

bool close_contacted(struct look *l, struct episode *ep)
{
    instant heard;
    if (!heard_at(l, ep, &heard))
        return false;
    /* What was in doubt counts as told: the contact may have come of it. */
    if (heard != ep->told_at && (!stop_message(l, ep) || !episode_told(l->e->store, ep, heard, l->err)))
        return false;
    return close_episode(l, ep, ep->told_at != INSTANT_NONE ? EPISODE_DONE : EPISODE_WITHDRAWN, "a contact was logged");
}

bool rekey(struct look *l, struct episode *ep, const struct finding *f)
{
    const char *why = ep->kind == RULE_DECLINE ? "it buys less than usual once more"
                      : f->anchor_day == ep->anchor_day && !rule_traits(ep->kind).separate
                          ? "one more period has passed"
                          : "the database was corrected";
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
        if (other->id == ep->id || strcmp(other->rule, ep->rule) != 0 || other->told_at == INSTANT_NONE ||
            other->told_at <= l->e->now - HEARD_LATELY)
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
    bool contacted = false;
    if (strcmp(ep->occasion, f->occasion) != 0 && !other_occasion(l, ep, f))
        return false;
    if (episode_final(ep->state))
        return true;
    if (rule_traits(ep->kind).contact && !contact_since(l, ep, &contacted))
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
    /* A pace is learned from two gaps at least. */
    const struct rhythm then = { .occasions = 3, .sum_ln = 2 * log(ep->defence.category_gap) };
    struct paces paces = { 0 };
    struct bench b = engine_bench(l->e);
    struct finding *findings;
    bool due = false;
    if (ep->kind != RULE_LAPSE || ep->defence.category_gap <= 0)
        return false;
    paces_learn(&paces, l->facts.customer.category, &then, 1);
    b.paces = &paces;
    size_t n = judge(&b, &l->facts, DATE_NONE, &l->e->step, &findings);
    for (size_t i = 0; i < n; i++)
        if (strcmp(findings[i].rule->id, ep->rule) == 0)
            due = findings[i].state == FINDING_DUE;
    paces_done(&paces);
    return due;
}

/* Absence is not evidence: nobody is accused, and nothing is taken back, by what is missing. */
static bool cannot_judge(struct look *l, struct episode *ep, const struct finding *f)
{
    if (ep->state == EPISODE_DUE || (ep->state != EPISODE_HELD && ep->next_at > l->e->now))
        return true;
    if (ep->state == EPISODE_TOLD && ep->step > f->rule->times)
        return true; /* nothing would be told any more */
    const char *why = ep->state == EPISODE_HELD ? arena_print(&l->e->step, "cannot judge: %s", f->why) : ep->reason;
    return episode_shift(l->e, ep, ep->state, why, l->e->now + DAY, l->err);
}

/* Is it a contact that the time runs from? It may also be the day on which we met, once what was logged is gone. */
static bool runs_from_contact(const struct look *l, const struct finding *f)
{
    bool found = false;
    for (size_t i = 0; i < l->facts.n_contacts && !found; i++)
        found = l->facts.contacts[i].day == f->anchor_day;
    return found;
}

/* An open episode whose rule no longer says "due": what became of its reason? */
static bool no_longer_due(struct look *l, struct episode *ep, const struct finding *f)
{
    bool contacted = false;
    date bought = f && ep->kind == RULE_FIRST_ORDER ? f->defence.last_day : DATE_NONE;
    if (bought != DATE_NONE)
        return close_bought(l, ep, bought);
    if (f && ep->kind == RULE_LAPSE && f->anchor_day > ep->anchor_day)
        return close_bought(l, ep, f->anchor_day);
    bool by_contact = ep->kind == RULE_REVIEW || ep->kind == RULE_VISIT || ep->kind == RULE_FIRST_ORDER;
    if (f && by_contact && f->anchor_day > ep->anchor_day && runs_from_contact(l, f))
        return close_contacted(l, ep);
    if (rule_traits(ep->kind).contact && !contact_since(l, ep, &contacted))
        return false;
    if (contacted)
        return close_contacted(l, ep);
    if (only_pace_moved(l, ep))
        return true; /* a moved m neither closes nor reopens */
    if (rule_traits(ep->kind).separate)
        return close_case(l, ep, f);
    return close_episode(l, ep, EPISODE_WITHDRAWN,
                         ep->kind != RULE_DECLINE          ? "the rule no longer finds it due"
                         : f && f->anchor_day != DATE_NONE ? "it buys nothing at all by now"
                                                           : "it buys as usual again");
}

/* Nobody is told again what was closed by mistake. A complaint that was told long ago and is opened again is news. */
static enum episode_state state_again(const struct look *l, const struct episode *ep, bool pending)
{
    bool closed = ep->reason && strncmp(ep->reason, "the complaint ", 14) == 0; /* not the customer gone, or silenced */
    bool news = ep->kind == RULE_PROBLEM && closed && ep->told_at <= l->e->now - HEARD_LATELY;
    if (pending)
        return EPISODE_DUE;
    return ep->told_at == INSTANT_NONE || news ? EPISODE_HELD : EPISODE_TOLD;
}

static bool reopen(struct look *l, struct episode *ep)
{
    int64_t pending;
    if (!telling_pending(l->e->store, ep->id, &pending, l->err))
        return false;
    enum episode_state to = state_again(l, ep, pending != 0);
    if (!episode_may(ep->state, to))
        return true;
    note(l->e, 6, ep->customer, "%s open again: %s", episode_name(ep, &l->e->step),
         ep->kind == RULE_PROBLEM ? "so is the complaint" : "what closed it is gone");
    if (pending)
        return episode_shift(l->e, ep, to, NULL, INSTANT_NONE, l->err); /* its verdict says how it goes on */
    instant next, from;
    if (to == EPISODE_TOLD)
        return next_step(l->e, ep, person_find(l->e->people, ep->owner), &next, l->err) &&
               episode_shift(l->e, ep, to, NULL, next, l->err);
    const struct rule *r = rule_find(l->e->options, ep->rule);
    const char *way = way_to_wait(l->e, r, ep->owner, &from);
    return episode_shift(l->e, ep, to, way, r && told_in_digest(r) ? from : INSTANT_NONE, l->err);
}

/* A final episode: does what closed it still stand? */
static bool final(struct look *l, struct episode *ep, const struct finding *f)
{
    bool contacted;
    if (!f || f->state != FINDING_DUE || strcmp(ep->occasion, f->occasion) != 0 || !ep->reason)
        return true;
    /* Withdrawn because of a purchase, a contact, a flag, an absence: whatever it was, it is not so any more. */
    if (ep->state == EPISODE_WITHDRAWN || strncmp(ep->reason, "bought on ", 10) == 0 ||
        strncmp(ep->reason, "the complaint ", 14) == 0)
        return (ep->told_at == INSTANT_NONE && !rule_traits(ep->kind).separate && told_lately(l, ep)) || reopen(l, ep);
    if (ep->state != EPISODE_DONE || strcmp(ep->reason, "a contact was logged") != 0)
        return true;
    if (!contact_since(l, ep, &contacted))
        return false;
    return contacted || reopen(l, ep);
}

const char *silenced(const struct customer *c)
{
    return !c->active          ? "the customer is inactive"
           : c->do_not_contact ? "the customer asked not to be contacted"
                               : NULL;
}

/* Who has the customer now hears of it with the next repeat; where none follows, at once. */
static bool hand_over(struct look *l, struct episode *ep)
{
    const char *from = ep->owner, *to = l->facts.customer.salesperson;
    const struct rule *r = rule_find(l->e->options, ep->rule);
    bool other = !from != !to || (from && strcmp(from, to) != 0);
    if (!episode_hand_over(l->e, ep, to, l->err))
        return false;
    return !other || ep->state != EPISODE_TOLD || !r || ep->step <= r->times ||
           episode_shift(l->e, ep, EPISODE_TOLD, ep->reason, l->e->now, l->err);
}

bool reconcile(struct look *l, struct episode *ep)
{
    const struct finding *f = finding_for(l, ep);
    if (episode_final(ep->state)) /* perhaps by a command, while its message was waiting */
        return stop_message(l, ep) && (silenced(&l->facts.customer) || final(l, ep, f));
    if (silenced(&l->facts.customer))
        return close_episode(l, ep, EPISODE_WITHDRAWN, silenced(&l->facts.customer));
    if (!covered(l, ep->rule))
        return close_episode(l, ep, EPISODE_WITHDRAWN,
                             rule_find(l->e->options, ep->rule) ? "the rule no longer covers this customer"
                                                                : "the rule is gone from the configuration");
    if (!hand_over(l, ep))
        return false;
    if (rule_traits(ep->kind).separate && !follow_case(l, ep, &f))
        return false;
    if (f && f->state == FINDING_DUE)
        return still_due(l, ep, f);
    return f && f->state == FINDING_CANNOT_JUDGE ? cannot_judge(l, ep, f) : no_longer_due(l, ep, f);
}

/* One more period since the same day, or since a contact on the day of the telling, is a new occasion. */
bool heard_lately(struct look *l, const struct episode *ep, const struct finding *f)
{
    if (!episode_final(ep->state))
        return false;
    if (rule_traits(ep->kind).separate) /* told or answered, however long ago: it only got another number */
        return (ep->told_at != INSTANT_NONE || ep->state != EPISODE_WITHDRAWN) && moved_here(l, ep, f);
    return ep->told_at != INSTANT_NONE && ep->told_at > l->e->now - HEARD_LATELY && f->anchor_day < told_day(l, ep) &&
           f->anchor_day != ep->anchor_day;
}

bool take_up_again(struct look *l, struct episode *ep, const struct finding *f)
{
    return rekey(l, ep, f) && final(l, ep, f);
}
