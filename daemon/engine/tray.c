/* What lies on the tray: outlooks and ends of passes, customers in full, failures, receipts; each filed in the step's
 * transaction. */
#include "engine/inner.h"

#include <string.h>

enum {
    NEWS_A_STEP = 4, /* pieces of news filed in one step */
};

instant look_when_due(void *context, const char *category, const struct outlook *o)
{
    struct engine *e = context;
    struct bench b = engine_bench(e);
    date day = judge_next(&b, o, category);
    return day == DATE_NEVER ? INSTANT_NEVER : day <= e->today ? e->now : zone_day_start(company_zone(e->company), day);
}

static bool file_outlooks(struct engine *e, const struct news *n)
{
    if (n->number != e->pass_number)
        return true;
    for (size_t i = 0; i < n->outlooks.n; i++) {
        const struct seen_customer *c = &n->outlooks.rows[i];
        struct noted noted = agenda_note(e->agenda, c->id, c->category, c->salesperson, &c->outlook);
        if (!noted.changed || (!e->passed_once && !noted.open))
            continue; /* after the first pass, and each day's, everybody is walked anyway: for what is due, not for what
                         is over */
        agenda_look_by(e->agenda, c->id, noted.open ? e->now : look_when_due(e, c->category, &c->outlook));
    }
    return true;
}

static void on_gone(void *context, const char *id)
{
    struct engine *e = context;
    agenda_look_by(e->agenda, id, e->now);
}

bool judge_feed(struct engine *e, struct err *err)
{
    int limit;
    instant released;
    e->feed_stale = false;
    if (!e->options->guards.stale_feed || e->newest_purchase == INSTANT_NONE || e->belief.doubted)
        return true;
    date newest = zone_date(company_zone(e->company), e->newest_purchase);
    if (!feed_stale(newest, e->longest_gap, company_hours(e->company), company_holidays(e->company), e->today, &limit))
        return stop_clear(e->store, "feed", err);
    if (!release_get(e->store, "feed", &released, err))
        return false;
    if (released != INSTANT_NONE && zone_date(company_zone(e->company), released) == e->today)
        return stop_clear(e->store, "feed", err);
    char day[16];
    const char *why =
        arena_print(&e->step, "no purchase in the whole database since %s, %d days ago; at most %d are usual",
                    date_print(newest, day), e->today - newest, limit);
    e->feed_stale = true;
    return stop_set(e->store, "feed", e->now, INSTANT_NEVER, why, err) &&
           raise_alert(e, "feed",
                       &(struct notice){ PHRASE_ALERT_FEED, .numbers = { e->today - newest, limit }, .day = newest },
                       err);
}

static void keep_people(struct engine *e, struct news *n)
{
    if (!n->people)
        return;
    news_free(e->people_news);
    e->people_news = n;
    e->people = n->people;
}

static bool source_answers(struct engine *e, struct err *err)
{
    if (e->source_failing_since != INSTANT_NONE)
        note(e, 5, NULL, "the customer database can be read again");
    e->source_failing_since = INSTANT_NONE;
    e->source_failures = 0;
    return stop_clear(e->store, "source", err);
}

static bool file_passed(struct engine *e, struct news *n, struct err *err)
{
    if (n->number != e->pass_number)
        return true;
    struct paces old = e->paces;
    bool fresh_day = e->paces_day != n->passed.today;
    e->pass_number = 0;
    /* A pass may take a twentieth of the time. */
    e->pass_not_before = n->passed.today == e->today ? e->now + 20 * n->passed.took : INSTANT_NONE;
    agenda_pass_end(e->agenda, on_gone, e);
    take_aliases(e, &n->passed.aliases);
    if (fresh_day) {
        e->paces = n->passed.paces;
        n->passed.paces = old;
        e->paces_day = n->passed.today;
        e->walk = 0;
        e->walking = true;
    }
    e->passed_once = true;
    e->newest_purchase = n->passed.newest_purchase;
    e->longest_gap = n->passed.longest_gap;
    desks_wake(e, e->now);
    if (n->passed.unreadable &&
        !raise_alert(e, "unreadable",
                     &(struct notice){ PHRASE_ALERT_UNREADABLE, .numbers = { (double)n->passed.unreadable },
                                       .texts = { n->passed.example } },
                     err))
        return false;
    return source_answers(e, err) && judge_feed(e, err) && store_set_number(e->store, "last pass", e->now, err) &&
           store_set_number(e->store, "last pass customers", n->passed.customers, err) &&
           store_set_number(e->store, "last pass milliseconds", n->passed.took, err);
}

static bool file_facts(struct engine *e, const struct news *n, struct err *err)
{
    if (n->number != e->asked.number)
        return true;
    for (size_t i = 0, k = 0; i < n->facts.n; i++) {
        const char *id = n->facts.rows[i].customer.id;
        while (k < e->asked.n && id_compare(e->asked.ids[k], id) < 0)
            k++;
        if (k < e->asked.n && strcmp(e->asked.ids[k], id) == 0)
            e->asked.brought[k] = true;
        if (!look_at(e, &n->facts.rows[i], err))
            return false;
    }
    return true;
}

/* All that can be had was brought: who is missing now is not in the database. */
static bool file_brought(struct engine *e, const struct news *n, struct err *err)
{
    if (n->number != e->asked.number)
        return true;
    for (size_t i = 0; i < e->asked.n; i++)
        if (!e->asked.brought[i] && !look_missing(e, e->asked.ids[i], err))
            return false;
    /* A turn that was not taken up (its message could not leave after all) is not asked for again at once. */
    for (size_t i = 0; i < e->asked.n_turns; i++) {
        struct episode ep;
        if (!episode_by_id(e->store, e->asked.turns[i], &e->step, &ep, err))
            return false;
        for (size_t k = 0; ep.state == EPISODE_HELD && ep.next_at == INSTANT_NONE && k < e->n_desks; k++)
            if (e->desks[k].next <= e->now)
                e->desks[k].next = e->now + SECOND;
    }
    bool digest = e->asked.digest;
    forget_asked(e);
    return source_answers(e, err) && (!digest || digest_release(e, err));
}

static bool file_failed(struct engine *e, const struct news *n, struct err *err)
{
    if (n->number != e->pass_number && n->number != e->asked.number)
        return true;
    duration wait = SECOND << (e->source_failures < 6 ? e->source_failures : 6);
    e->source_failures++;
    e->source_not_before = e->now + wait;
    if (n->number == e->asked.number) {
        for (size_t i = 0; i < e->asked.n; i++)
            agenda_look_by(e->agenda, e->asked.ids[i], e->source_not_before);
        if (e->asked.digest) {
            digest_drop_hand(e);
            digests_wake(e, e->source_not_before);
        }
        forget_asked(e);
    } else {
        e->pass_number = 0;
        e->pass_wanted = true;
    }
    if (e->source_failing_since == INSTANT_NONE) {
        e->source_failing_since = e->now;
        note(e, 4, NULL, "the customer database cannot be read: %s", n->why);
    }
    if (!stop_set(e->store, "source", e->now, e->source_not_before, n->why, err))
        return false;
    return e->now - e->source_failing_since < HOUR ||
           raise_alert(e, "source", &(struct notice){ PHRASE_ALERT_SOURCE, .texts = { n->why } }, err);
}

static bool file_news(struct engine *e, struct news *n, struct err *err)
{
    switch (n->kind) {
    case NEWS_OUTLOOKS:
        return file_outlooks(e, n);
    case NEWS_PASSED:
        return file_passed(e, n, err);
    case NEWS_FACTS:
        return file_facts(e, n, err);
    case NEWS_BROUGHT:
        return file_brought(e, n, err);
    case NEWS_FAILED:
        return file_failed(e, n, err);
    case NEWS_RECEIPT:
        return file_receipt(e, &n->receipt, err);
    }
    return true;
}

/* People first: whoever is told below is told by today's rows. Filed news are freed once committed, see engine_step().
 */
bool file_tray(struct engine *e, struct news **filed, struct err *err)
{
    for (int i = 0; i < NEWS_A_STEP && e->first; i++) {
        struct news *n = e->first;
        e->first = n->next;
        if (!e->first)
            e->last = &e->first;
        bool keeps = n->people != NULL;
        keep_people(e, n);
        bool ok = file_news(e, n, err);
        if (!keeps) {
            n->next = *filed;
            *filed = n;
        }
        if (!ok)
            return false;
    }
    return true;
}
