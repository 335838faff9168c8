/* The offer that a message mentions: one at most, and one at most for a customer within a set span. */
#include "engine/look.h"

#include "base/token.h"

static void offer_end(struct engine *e, const struct offer_terms *t, struct issued_offer *o)
{
    struct bench b = engine_bench(e);
    o->last_day = period_end(&b, e->today, t->valid);
    o->ends_at = zone_day_start(company_zone(e->company), o->last_day + 1);
}

/* No new offer to the same customer within the span that an earlier one asks for; one that is gone from the settings
 * asks for what the new one does. */
static bool too_soon(struct engine *e, const struct offer_terms *t, const char *customer, bool *soon, struct err *err)
{
    struct last_offer *rows;
    size_t n;
    struct bench b = engine_bench(e);
    *soon = false;
    if (!offers_last(e->store, customer, &e->step, &rows, &n, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct offer_terms *earlier = offer_find(e->options, rows[i].terms);
        struct period span = earlier ? earlier->not_again : t->not_again;
        date day = zone_date(company_zone(e->company), rows[i].at);
        *soon = *soon || (span.unit != PERIOD_NONE && period_end(&b, day, span) > e->today);
    }
    return true;
}

/* A code that no other offer has: 40 bits of HMAC meet now and then among a million. */
static bool fresh_code(struct engine *e, const struct episode *ep, char code[CODE_SIZE], struct err *err)
{
    bool taken = true;
    for (int n = 1; taken; n++) {
        token_code(e->secret, arena_print(&e->step, n == 1 ? "offer %lld" : "offer %lld/%d", (long long)ep->id, n),
                   code);
        if (!offer_code_taken(e->store, code, &taken, err))
            return false;
    }
    return true;
}

/* The one this episode has already, if it may be mentioned; id 0: none. */
static bool standing_offer(struct engine *e, const struct thing *t, struct issued_offer *o, struct err *err)
{
    const struct offer_terms *terms = offer_find(e->options, t->rule->offer);
    if (!offer_of_episode(e->store, t->ep->id, &e->step, o, err))
        return false;
    bool unseen = o->state == ISSUED_OFFER_VOID || o->state == ISSUED_OFFER_ISSUED;
    if (o->id && terms && unseen && (o->state == ISSUED_OFFER_VOID || o->ends_at <= e->now + DAY)) {
        offer_end(e, terms, o); /* nobody ever saw it: it is dated anew */
        return offer_renew(e->store, o, o->last_day, o->ends_at, e->now, err);
    }
    if (o->ends_at <= e->now || (o->state != ISSUED_OFFER_TOLD && o->state != ISSUED_OFFER_ISSUED))
        o->id = 0; /* what has ended, was used, or is void never leaves */
    return true;
}

/* The first telling of an episode may come with a new one. */
static bool new_offer(struct engine *e, const struct thing *t, struct issued_offer *o, struct err *err)
{
    const struct offer_terms *terms = offer_find(e->options, t->rule->offer);
    bool soon;
    if (!offer_of_episode(e->store, t->ep->id, &e->step, o, err))
        return false;
    bool had_one = o->id;
    o->id = 0;
    if (!terms || t->ep->step > 0 || had_one)
        return true;
    if (!too_soon(e, terms, t->ep->customer, &soon, err) || soon)
        return soon;
    char code[CODE_SIZE];
    if (!fresh_code(e, t->ep, code, err))
        return false;
    *o = (struct issued_offer){ .episode = t->ep->id,
                                .terms = terms->id,
                                .customer = t->ep->customer,
                                .code = arena_copy(&e->step, code),
                                .kind = terms->kind,
                                .percent = terms->percent,
                                .amount = terms->amount,
                                .gift = terms->gift,
                                .issued_at = e->now };
    offer_end(e, terms, o);
    return offer_add(e->store, o, err);
}

bool choose_offer(struct engine *e, const struct things *t, struct issued_offer *o, struct err *err)
{
    *o = (struct issued_offer){ 0 };
    for (size_t i = 0; i < t->n && !o->id; i++)
        if (!standing_offer(e, &t->rows[i], o, err))
            return false;
    for (size_t i = 0; i < t->n && !o->id; i++)
        if (!new_offer(e, &t->rows[i], o, err))
            return false;
    return true;
}
