/* What one message says about a customer: all that is due for it just now. */
#include "engine/look.h"

#include <string.h>

/* What is new leads, with its letter and its script, before what is only a reminder; a complaint before all that wants
 * something of the customer, and a service call, which sells nothing, after it. Then the money at risk decides. */
static int weight(const struct thing *t)
{
    int place = t->ep->kind == RULE_PROBLEM ? 0 : t->ep->kind == RULE_AFTER_SALE ? 2 : 1;
    return (t->ep->step > 0 ? 3 : 0) + place;
}

static bool leads(const struct thing *a, const struct thing *b)
{
    if (weight(a) != weight(b))
        return weight(a) < weight(b);
    if (a->ep->defence.at_risk != b->ep->defence.at_risk)
        return a->ep->defence.at_risk > b->ep->defence.at_risk;
    return a->ep->id < b->ep->id;
}

static void add_thing(struct look *l, struct things *to, struct episode *ep)
{
    struct thing t = { ep, rule_find(l->e->options, ep->rule) };
    size_t i = to->n++;
    to->rows = arena_grow(&l->e->step, to->rows, i, sizeof *to->rows);
    for (; i > 0 && leads(&t, &to->rows[i - 1]); i--)
        to->rows[i] = to->rows[i - 1];
    to->rows[i] = t;
}

/* Would this one be told to `s` by itself just now, were it its turn? */
static bool is_due(struct look *l, const struct episode *ep, const struct salesperson *s, bool *due)
{
    const struct engine *e = l->e;
    bool time = ep->next_at != INSTANT_NONE && ep->next_at <= e->now;
    enum step_now now = STEP_TELL;
    instant until;
    *due = false;
    switch (ep->state) {
    case EPISODE_HELD:
        *due = ep->next_at == INSTANT_NONE && !mass_holds(e, ep->rule);
        return true;
    case EPISODE_TOLD:
    case EPISODE_SNOOZED:
        if (!time || !rule_find(e->options, ep->rule))
            return true;
        if (ep->state == EPISODE_TOLD && !step_now(l, ep, s, &now, &until))
            return false;
        *due = now == STEP_TELL;
        return true;
    default:
        return true;
    }
}

bool things_due(struct look *l, struct episode *first, const struct salesperson *s, struct things *out)
{
    *out = (struct things){ 0 };
    add_thing(l, out, first);
    for (size_t i = 0; i < l->episodes.n && out->n < THINGS_MOST; i++) {
        struct episode *ep = &l->episodes.rows[i];
        const char *reached;
        int64_t before;
        bool due;
        if (ep == first)
            continue;
        if (!is_due(l, ep, s, &due))
            return false;
        if (!due)
            continue;
        if (!telling_find(l->e->store, ep->id, ep->step, s->id, &l->e->step, &before, &reached, l->err))
            return false;
        if (!before || (reached && strcmp(reached, "no") == 0))
            add_thing(l, out, ep);
    }
    return true;
}

bool things_of_message(struct look *l, const struct message *m, struct things *out)
{
    *out = (struct things){ 0 };
    for (size_t i = 0; i < l->episodes.n; i++) {
        struct episode *ep = &l->episodes.rows[i];
        int64_t pending;
        if (ep->state != EPISODE_DUE)
            continue;
        if (!telling_pending(l->e->store, ep->id, &pending, l->err))
            return false;
        if (pending == m->id)
            add_thing(l, out, ep);
    }
    return true;
}

const char *things_beside(const struct things *t, size_t one, struct arena *a)
{
    const char *text = "";
    for (size_t i = 0; i < t->n; i++)
        if (i != one)
            text = arena_print(a, "%s%s%s", text, *text ? ", " : ", with ", episode_name(t->rows[i].ep, a));
    return text;
}

bool leave_message(struct look *l, struct episode *ep, const struct message *m)
{
    struct store *s = l->e->store;
    struct issued_offer o;
    note(l->e, 6, ep->customer, "message %lld goes on without %s", (long long)m->id, episode_name(ep, &l->e->step));
    if (!telling_remove(s, ep->id, m->id, l->err) || !offer_of_episode(s, ep->id, &l->e->step, &o, l->err))
        return false;
    return !o.id || o.state != ISSUED_OFFER_ISSUED || offer_move(s, &o, ISSUED_OFFER_VOID, l->err);
}

/* The others in the letter, and what the first of them proposes as a meeting if the leading one proposes none. */
static bool add_others(struct look *l, const struct things *t, const struct salesperson *s,
                       const struct channel_options *c, struct brief *b)
{
    struct engine *e = l->e;
    struct also *rows = arena_new(&e->step, t->n * sizeof *rows);
    for (size_t i = 1; i < t->n; i++) {
        const struct thing *one = &t->rows[i];
        struct also *also = &rows[i - 1];
        struct heard heard;
        if (!episode_heard(e->store, one->ep->id, s->id, &e->step, &heard, l->err))
            return false;
        *also = (struct also){ .rule = one->rule,
                               .defence = &one->ep->defence,
                               .step = heard.thread ? one->ep->step : 0,
                               .offer_ends = heard.thread && one->ep->step > 0 && b->offer &&
                                             b->offer->episode == one->ep->id && nudge_begun(e, b->offer, s) };
        if (b->meeting)
            continue;
        b->meeting = meeting_of_episode(e->company, one->ep, s, one->rule, c, e->secret, e->now, &e->step);
        b->meeting_also = b->meeting ? also : NULL;
    }
    b->also = rows;
    b->n_also = t->n - 1;
    return true;
}

bool dress(struct look *l, const struct things *t, struct message *m, const struct salesperson *s, const char **why)
{
    struct engine *e = l->e;
    const struct thing *first = &t->rows[0];
    struct err wrong;
    struct issued_offer offer;
    struct heard heard;
    struct rendered text;
    const struct channel_options *c = &e->options->channels[channel_index(e, m->channel)];
    *why = NULL;
    if (!choose_offer(e, t, &offer, l->err) || !episode_heard(e->store, first->ep->id, s->id, &e->step, &heard, l->err))
        return false;
    struct brief b = brief_of(e->company, e->people, s, &l->facts, first->rule, c, m->address, e->now);
    brief_add_similar(&b, &e->paces, &e->step);
    b.defence = &first->ep->defence;
    b.offer = offer.id ? &offer : NULL;
    if (heard.thread && first->ep->step > 0 && offer.episode == first->ep->id && nudge_begun(e, &offer, s))
        b.template = "nudge";
    else
        b.meeting = meeting_of_episode(e->company, first->ep, s, first->rule, c, e->secret, e->now, &e->step);
    b.step = heard.thread ? first->ep->step : 0; /* to somebody new it is no reminder */
    const struct salesperson *colleague = heard.thread ? NULL : person_find(e->people, heard.other);
    if (colleague) {
        b.told_before = colleague->name;
        b.told_day = heard.day;
    }
    b.message_id = m->message_id;
    b.thread_id = heard.thread;
    if (!add_others(l, t, s, c, &b))
        return false;
    if (!brief_render(e->company, c, &b, &e->step, &text, &wrong)) {
        *why = arena_copy(&e->step, wrong.text);
        return true;
    }
    m->subject = text.subject;
    m->bytes = text.bytes;
    m->size = text.size;
    return message_dress(e->store, m, l->err);
}
