/* What follows a telling by itself: repeats, the nudge before its offer ends, a word to whoever takes the customer
 * over. */
#include "engine/look.h"

#include "plan/nudge.h"

instant step_follows(struct engine *e, const struct rule *r, int step, const struct salesperson *s, date day)
{
    static const struct salesperson nobody = { .active = true };
    const struct salesperson *who = s ? s : &nobody;
    const struct zone *z = person_zone(e->company, who, NULL);
    struct bench b = engine_bench(e);
    if (!r || step > r->times)
        return zone_day_start(z, day + 30);
    if (r->repeat.unit == PERIOD_WORKING_DAYS)
        day = working_days_after(person_hours(e->company, who, NULL), person_holidays(e->company, who), day,
                                 (int)r->repeat.count);
    else
        day = period_end(&b, day, r->repeat);
    return person_opens(e->company, who, zone_day_start(z, day));
}

/* When `s` is nudged about this offer; INSTANT_NEVER: it has ended, was used, or nobody set that. */
static instant nudge_of(struct engine *e, const struct issued_offer *o, const struct salesperson *s)
{
    const struct offer_terms *t = o->id ? offer_find(e->options, o->terms) : NULL;
    struct bench b = engine_bench(e);
    if (!t || t->nudge.unit == PERIOD_NONE || o->state != ISSUED_OFFER_TOLD || o->ends_at <= e->now)
        return INSTANT_NEVER;
    struct reader_time reader = { person_hours(e->company, s, NULL), person_holidays(e->company, s),
                                  person_zone(e->company, s, NULL) };
    return nudge_at(&b, &reader, o->last_day, o->ends_at, t->nudge);
}

bool nudge_begun(struct engine *e, const struct issued_offer *o, const struct salesperson *s)
{
    return nudge_of(e, o, s) <= e->now;
}

/* What follows the telling of that day: the step of the rule, or the end of waiting; and the nudge, if it comes after
 * that telling. In the days of the nudge there is one telling. */
struct following {
    instant regular, nudge;
    bool nudges; /* it was told with an offer that ends with a nudge */
};

static bool follow(struct engine *e, const struct episode *ep, const struct salesperson *told, date day,
                   const struct salesperson *reader, struct following *out, struct err *err)
{
    const struct rule *r = rule_find(e->options, ep->rule);
    struct issued_offer o;
    *out = (struct following){ .regular = step_follows(e, r, ep->step, told, day), .nudge = INSTANT_NEVER };
    if (!reader)
        return true;
    if (!offer_of_episode(e->store, ep->id, &e->step, &o, err))
        return false;
    const struct offer_terms *t = o.id ? offer_find(e->options, o.terms) : NULL;
    out->nudges = t && t->nudge.unit != PERIOD_NONE;
    instant nudge = nudge_of(e, &o, reader);
    if (nudge == INSTANT_NEVER)
        return true;
    if (day < zone_date(person_zone(e->company, reader, NULL), nudge))
        out->nudge = nudge;
    else if (r && ep->step <= r->times && out->regular < o.ends_at)
        out->regular = person_opens(e->company, reader, o.ends_at);
    return true;
}

bool next_step(struct engine *e, const struct episode *ep, const struct salesperson *s, instant *next, struct err *err)
{
    static const struct salesperson nobody = { .active = true };
    struct following f;
    if (!follow(e, ep, s, zone_date(person_zone(e->company, s ? s : &nobody, NULL), e->now), s, &f, err))
        return false;
    *next = f.nudge < f.regular ? f.nudge : f.regular;
    return true;
}

/* Is that person new to the case, and so is the owner? Then the customer was handed over since. */
static bool new_to_it(struct engine *e, const struct episode *ep, const struct salesperson *s, bool *is,
                      struct err *err)
{
    struct heard owner = { 0 }, reader;
    if (!episode_heard(e->store, ep->id, s->id, &e->step, &reader, err) ||
        (ep->owner && !episode_heard(e->store, ep->id, ep->owner, &e->step, &owner, err)))
        return false;
    *is = !reader.thread && !owner.thread;
    return true;
}

bool step_now(struct look *l, const struct episode *ep, const struct salesperson *s, enum step_now *out, instant *until)
{
    struct engine *e = l->e;
    const struct rule *r = rule_find(e->options, ep->rule);
    const struct finding *found = finding_for(l, ep);
    struct following f;
    const char *person;
    date day;
    bool is_new = false;
    if (!telling_last(e->store, ep->id, &e->step, &person, &day, l->err) ||
        !follow(e, ep, person_find(e->people, person), day, s, &f, l->err))
        return false;
    bool repeats = r && ep->step <= r->times;
    *out = repeats ? STEP_TELL : STEP_GIVE_UP;
    if (day == DATE_NONE || e->now >= f.regular || (repeats && !f.nudges))
        return true;
    *until = f.nudge < f.regular ? f.nudge : f.regular;
    *out = STEP_WAIT;
    if (!s || (found && found->state == FINDING_CANNOT_JUDGE)) {
        *until = f.regular < e->now + DAY ? f.regular : e->now + DAY;
        return true;
    }
    if (!repeats && !new_to_it(e, ep, s, &is_new, l->err))
        return false;
    if (is_new || f.nudge <= e->now)
        *out = STEP_TELL;
    return true;
}
