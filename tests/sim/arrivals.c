/* What may be said about one mail at the moment it comes to the server. */
#include "sim/witness.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One arrival, and one of the things it tells, with everything the checks go by. */
struct mail {
    struct witness *w;
    struct firm *f;
    size_t i;
    const struct arrival *all, *a;
    const struct told *t;
    struct buyer *b;
    struct ear *ear;
    int rule, person;
    struct worker *to;
    struct duty duty;
    int64_t episode;
    date anchor;  /* the case it is about: for a repeat, the one its first telling was about */
    int occasion; /* 0: nobody knows */
    instant told; /* that first telling; INSTANT_NONE: none came */
    bool beyond;  /* it may come where no repeat is left: a nudge, or to somebody new */
};

#define BROKEN(m, promise, ...) violation((m)->w, promise, (m)->b ? (m)->b->id : "anybody", __VA_ARGS__)

/* ---- silence is kept ---- */

static void check_source(const struct mail *m)
{
    if (m->f->source_fails && m->f->source_since < m->a->at)
        BROKEN(m, NOTHING_STALE_LEAVES, "a mail while the database cannot be read, so that nobody knows what it says");
}

static void check_hours(const struct mail *m)
{
    char at[32];
    if (!naive_works(m->f, m->to, m->a->at))
        BROKEN(m, SILENCE_IS_KEPT, "%s got a mail at %s, which is no working time in %s", m->a->person,
               instant_print(m->a->at, at), zone_name(m->to->zone));
}

static void check_whom(const struct mail *m)
{
    if (m->b->gone || !m->b->active || m->b->do_not_contact)
        BROKEN(m, SILENCE_IS_KEPT, "a mail about somebody who is %s",
               m->b->gone     ? "gone"
               : m->b->active ? "not to be contacted"
                              : "inactive");
}

/* Old cases of the calm start that it tells for the first time. */
static int old_cases(const struct arrival *a)
{
    int n = 0;
    for (int i = 0; i < a->n_told; i++)
        n += a->told[i].backlog && a->told[i].step == 0;
    return n;
}

struct count {
    int mails, old, largest; /* old cases of the calm start in all of them, and the most in one that is no digest */
};

/* Was this digest claimed before the mail? It may have been tried before, when it told nobody. */
static bool surely_before(const struct arrival *digest, const struct arrival *a)
{
    bool first = digest->at == digest->claimed && digest->claimed == a->claimed;
    return digest == a || digest->at < a->claimed || (first && digest->message < a->message);
}

/* Mails of their own that came to this person since the first instant of that day in their zone. Of old cases that
 * joined others today nobody knows whether they were claimed before those that came after them. */
static struct count came_since(const struct mail *m, date day)
{
    struct count n = { 0 };
    for (size_t i = m->i + 1; i-- > 0 && m->all[i].at > m->a->at - 8 * DAY;) {
        const struct arrival *a = &m->all[i];
        if (!a->accepted || !a->customer[0] || strcmp(a->person, m->a->person) != 0 ||
            zone_date(m->to->zone, a->at) < day)
            continue;
        bool again = false; /* the same mail once more counts once */
        for (size_t k = i + 1; k <= m->i && !again; k++)
            again = m->all[k].accepted && strcmp(m->all[k].message_id, a->message_id) == 0;
        if (again)
            continue;
        if (a->digest && !surely_before(a, m->a))
            continue; /* it leaves even where there is no room left */
        bool earlier = zone_date(m->to->zone, a->at) < zone_date(m->to->zone, m->a->at);
        int old = earlier || a->digest || old_cases(a) == a->n_told ? old_cases(a) : 0;
        n.mails++;
        n.old += old;
        n.largest = old > n.largest && !a->digest ? old : n.largest;
    }
    return n;
}

static void check_caps(const struct mail *m)
{
    date day = zone_date(m->to->zone, m->a->at), monday = day - date_weekday(day) + 1;
    struct count today = came_since(m, day), week = came_since(m, monday);
    if (m->a->digest && old_cases(m->a) && week.old > m->f->calm_per_week)
        BROKEN(m, SILENCE_IS_KEPT, "%s heard of %d old cases this week in a digest and before, %d are the most",
               m->a->person, week.old, m->f->calm_per_week);
    if (m->a->digest)
        return;
    if (today.mails > m->f->per_day)
        BROKEN(m, SILENCE_IS_KEPT, "%s heard %d times today, %d are the most", m->a->person, today.mails,
               m->f->per_day);
    if (m->f->per_week && week.mails > m->f->per_week)
        BROKEN(m, SILENCE_IS_KEPT, "%s heard %d times this week, %d are the most", m->a->person, week.mails,
               m->f->per_week);
    /* The last mail of old cases leaves while there is room for one, and says all that is due for its customer. */
    if (old_cases(m->a) == m->a->n_told && week.old - week.largest >= m->f->calm_per_week)
        BROKEN(m, SILENCE_IS_KEPT, "%s heard of %d old cases this week, %d are the most", m->a->person, week.old,
               m->f->calm_per_week);
}

/* ---- only the owner ---- */

void who_is_refused(const struct witness *w, instant at, bool at_this_instant, bool refused[MOST_PEOPLE])
{
    const struct arrival *all;
    world_arrivals(w->firm->world, &all);
    memset(refused, 0, MOST_PEOPLE);
    for (size_t i = 0; i < w->n_refusals; i++) {
        const struct arrival *a = &all[w->refusals[i].arrival];
        int person = w->refusals[i].person;
        if (a->heard && (a->at < at || (at_this_instant && a->at == at)) && at < a->at + DAY &&
            strcmp(a->address, w->firm->people[person].address) == 0)
            refused[person] = true;
    }
}

static void check_route(const struct mail *m)
{
    bool refused[MOST_PEOPLE];
    int person[2];
    for (int k = 0; k < 2; k++) {
        who_is_refused(m->w, m->a->at, k, refused);
        person[k] = naive_route(m->f, m->b->owner, m->a->at, refused);
    }
    if (m->person != person[0] && m->person != person[1])
        BROKEN(m, ONLY_THE_OWNER, "told to %s; %s is to be told", m->a->person,
               person[0] == NOBODY ? "nobody" : m->f->people[person[0]].id);
}

static void check_reader(const struct mail *m)
{
    if (strcmp(m->a->address, m->to->address) != 0)
        BROKEN(m, ONLY_THE_OWNER, "sent to %s, the address of %s is %s", m->a->address, m->a->person, m->to->address);
    /* Who is configured for when nobody else can be told is told even then. */
    if (!naive_there(m->f, m->to, m->a->at) && m->person != m->f->unassigned)
        BROKEN(m, SILENCE_IS_KEPT, "%s is %s", m->a->person, m->to->active ? "away" : "inactive");
}

/* ---- nothing stale ---- */

/* The first telling of the case that this one repeats; NULL: it never came. */
static const struct heard *first_telling(const struct mail *m)
{
    for (size_t i = 0; i < m->ear->n; i++)
        if (m->ear->rows[i].episode == m->episode && m->ear->rows[i].step == 0)
            return &m->ear->rows[i];
    return NULL;
}

static void find_case(struct mail *m)
{
    m->episode = m->t->episode;
    const struct heard *first = first_telling(m);
    m->anchor = first ? first->anchor : m->duty.anchor;
    m->occasion = first ? first->occasion : m->t->step == 0 ? m->duty.occasion : 0;
    m->told = first ? m->all[first->arrival].at : INSTANT_NONE;
}

static void check_fresh(const struct mail *m)
{
    char day[16];
    if (!naive_may_be_due(m->f, m->b, m->rule, m->a->at)) {
        if (!m->duty.judged)
            BROKEN(m, ABSENCE_IS_NOT_EVIDENCE, "%s cannot even be judged", m->t->rule);
        BROKEN(m, NOTHING_STALE_LEAVES, "%s is due on %s at the earliest", m->t->rule,
               date_print(m->duty.earliest, day));
    }
    for (size_t i = 0; m->told != INSTANT_NONE && m->rule != PROBLEM && i < m->b->n_touches; i++)
        if (m->b->touches[i].at > m->told && m->b->touches[i].at <= m->a->at)
            BROKEN(m, NOTHING_STALE_LEAVES, "%s once more, after a contact on %s", m->t->rule,
                   date_print(m->b->touches[i].day, day));
}

/* The printed day carries no year: the one nearest to the mail is meant. */
static bool read_until(const char *text, date near, date *out)
{
    static const char *const months[] = { "January", "February", "March",     "April",   "May",      "June",
                                          "July",    "August",   "September", "October", "November", "December" };
    static const char *const weekdays[] = { "",         "Monday", "Tuesday",  "Wednesday",
                                            "Thursday", "Friday", "Saturday", "Sunday" };
    char weekday[16], month[16];
    int number;
    if (sscanf(text, "valid until %15[A-Za-z] %d %15[A-Za-z]", weekday, &number, month) != 3)
        return false;
    for (date d = near - 60; d <= near + 60; d++) {
        int y, mo, day;
        date_split(d, &y, &mo, &day);
        if (day == number && strcmp(months[mo - 1], month) == 0) {
            *out = d;
            return strcmp(weekdays[date_weekday(d)], weekday) == 0;
        }
    }
    return false;
}

static void check_offer(const struct mail *m)
{
    char *text = naive_decode(m->a->bytes), day[16];
    date until, today = zone_date(m->f->zone, m->a->at);
    const char *at = strstr(text, "valid until ");
    for (; at; at = strstr(at + 1, "valid until "))
        if (!read_until(at, today, &until))
            BROKEN(m, NOTHING_STALE_LEAVES, "nobody can tell how long the offer holds: %.60s", at);
        else if (until < today)
            BROKEN(m, NOTHING_STALE_LEAVES, "the offer ended on %s", date_print(until, day));
    free(text);
}

/* ---- no one hears twice ---- */

/* Was anything entered since that would make this another silence? */
static bool news_since(const struct mail *m, instant t)
{
    if (m->rule == LAPSE || m->rule == FURNITURE || m->rule == DECLINE) {
        bool came_true = false; /* entered before, dated after */
        for (size_t i = 0; i < m->b->n_buys; i++)
            came_true |= m->b->buys[i].at > t && m->b->buys[i].at <= m->a->at;
        return came_true || m->b->bought_entry > t;
    }
    for (size_t i = 0; i < m->b->n_touches; i++)
        if (m->b->touches[i].at > t)
            return true;
    return false;
}

/* Of cases that stand each by itself another one is no repetition: another complaint, the next year, the next visit,
 * the visit after an order that came after the telling. */
static bool news_case(const struct mail *m, const struct heard *h, const struct arrival *then)
{
    if (m->rule == PROBLEM || m->rule == YEARLY)
        return true;
    return (m->rule == SERVICE || m->rule == REFERRAL) &&
           (h->occasion != m->occasion || m->anchor > zone_date(m->f->zone, then->at));
}

static void check_against(const struct mail *m, const struct heard *h, int *before)
{
    const struct arrival *then = &m->all[h->arrival];
    char at[32];
    if (strcmp(then->message_id, m->a->message_id) == 0) {
        *before += h->episode == m->episode;
        if (then->heard)
            BROKEN(m, NO_ONE_HEARS_TWICE, "%s was repeated although its answer was heard", m->a->message_id);
        if (strcmp(then->bytes, m->a->bytes) != 0)
            BROKEN(m, NO_ONE_HEARS_TWICE, "%s was repeated with other bytes", m->a->message_id);
        return;
    }
    if (!m->a->accepted || h->rule != m->rule)
        return;
    if (m->a->at - then->at > 30 * DAY && m->b->edited > then->at)
        return; /* corrected to and fro since: no longer the recently told case that must be recognised */
    if (h->anchor == m->anchor && h->occasion && h->occasion == m->occasion && h->step == m->t->step &&
        h->person == m->person)
        BROKEN(m, NO_ONE_HEARS_TWICE, "%s heard step %d of %s on %s already, as %s", m->a->person, m->t->step,
               m->t->rule, instant_print(then->at, at), then->message_id);
    else if (news_case(m, h, then))
        return;
    else if (h->step == 0 && m->t->step == 0 && h->anchor != m->anchor && m->a->at - then->at < 30 * DAY &&
             !news_since(m, then->at) && (then->heard || h->person == m->person))
        BROKEN(m, NO_ONE_HEARS_TWICE, "the same silence was told to %s on %s", then->person,
               instant_print(then->at, at));
}

static void check_repeat_day(const struct mail *m)
{
    for (size_t i = m->ear->n; i-- > 0;) {
        const struct heard *h = &m->ear->rows[i];
        if (h->rule != m->rule || h->step != m->t->step - 1)
            continue;
        const struct worker *then = &m->f->people[h->person];
        if (!m->all[h->arrival].heard)
            return; /* its step began when the daemon gave up waiting for the answer */
        date day = naive_repeat_day(m->f, m->rule, then, zone_date(then->zone, m->all[h->arrival].at));
        if (zone_date(then->zone, m->a->at) < day)
            BROKEN(m, NO_ONE_HEARS_TWICE, "step %d comes too soon after the one before", m->t->step);
        return;
    }
}

/* Lines and blanks as one blank, so that words are found wherever they are wrapped. */
static void squeeze(char *text)
{
    char *out = text;
    for (const char *at = text; *at; at++)
        if (!strchr(" \r\n", *at))
            *out++ = *at;
        else if (out > text && out[-1] != ' ')
            *out++ = ' ';
    *out = '\0';
}

/* Has this person not heard of the case? */
static bool is_new(const struct mail *m)
{
    for (size_t i = 0; i < m->ear->n; i++)
        if (m->ear->rows[i].episode == m->episode && m->ear->rows[i].person == m->person)
            return false;
    return true;
}

/* Does it nudge about the offer's end? It does so in the last days, a weekend with holidays earlier at most; and to who
 * stands in for somebody it says all that there is. */
static bool nudges(const struct mail *m)
{
    date until, today = zone_date(m->f->zone, m->a->at);
    if (m->a->digest || m->t->step == 0 || (m->rule != LAPSE && m->rule != FURNITURE))
        return false;
    char *text = naive_decode(m->a->bytes);
    squeeze(text);
    bool says = strstr(text, "ends soon") || strstr(text, "offer holds only until");
    const char *at = strstr(text, "valid until ");
    bool ends = at && read_until(at, today, &until) && today >= until - 3 - 6;
    if (says && !ends)
        BROKEN(m, NOTHING_STALE_LEAVES, "a nudge about an offer that does not end yet: %.60s", at ? at : "");
    free(text);
    return says || (ends && is_new(m));
}

static void check_once(const struct mail *m)
{
    int before = 0;
    const struct answered *answer = &m->b->answered[m->rule];
    for (size_t i = 0; i < m->ear->n; i++)
        check_against(m, &m->ear->rows[i], &before);
    if (before > 1)
        BROKEN(m, NO_ONE_HEARS_TWICE, "%s came %d times", m->a->message_id, before + 1);
    int times = rule_terms[m->rule].times, more = m->ear->put_off[m->rule];
    if (m->t->step > 0 && before == 0 && more == 0 && !m->beyond)
        check_repeat_day(m);
    if (m->t->step > times + more + m->beyond)
        BROKEN(m, NO_ONE_HEARS_TWICE, "step %d of %s, which repeats %d times", m->t->step, m->t->rule, times);
    if (answer->given && m->occasion && answer->anchor == m->anchor && answer->occasion == m->occasion)
        BROKEN(m, NO_ONE_HEARS_TWICE, "%s was answered before", m->t->rule);
    for (size_t i = 0; i < m->ear->n_answered; i++)
        if (m->ear->answered[i] == m->episode)
            BROKEN(m, NO_ONE_HEARS_TWICE, "%s was answered before, in this very case", m->t->rule);
    bool separate = m->rule >= PROBLEM && m->rule <= REFERRAL;
    /* The next visit was not put off with this one, and who buys less once more does so for the first time. */
    bool other = (separate && m->ear->quiet_case[m->rule] != m->occasion) ||
                 (m->rule == DECLINE && m->ear->quiet_episode[m->rule] != m->episode);
    if (!other && m->ear->quiet_until[m->rule] > m->a->at && m->b->edited < m->ear->quiet_since[m->rule])
        BROKEN(m, NO_ONE_HEARS_TWICE, "%s was put off before", m->t->rule);
}

static void remember(const struct mail *m)
{
    struct ear *ear = m->ear;
    ear->put_off[m->rule] += m->beyond && m->t->step > rule_terms[m->rule].times + ear->put_off[m->rule];
    ear->rows = mem_resize(ear->rows, (ear->n + 1) * sizeof *ear->rows);
    ear->rows[ear->n++] = (struct heard){ m->i, m->episode, m->rule, m->person, m->t->step, m->occasion, m->anchor };
    /* The salesperson calls within some days, or never does. */
    if (m->b->reacts == DATE_NEVER && firm_maybe(m->f, 0.5)) {
        m->b->reacts = m->f->today + firm_between(m->f, 0, 12);
        m->b->reacts_to = m->rule;
    }
}

static void note_refusal(const struct mail *m)
{
    struct witness *w = m->w;
    w->refusals = mem_resize(w->refusals, (w->n_refusals + 1) * sizeof *w->refusals);
    w->refusals[w->n_refusals].arrival = m->i;
    w->refusals[w->n_refusals++].person = m->person;
}

/* The nth of the things it tells. */
static void take_up(struct mail *m, int n)
{
    m->t = &m->a->told[n];
    m->b = firm_buyer(m->f, m->t->customer);
    m->ear = &m->w->ears[m->b - m->f->buyers];
    m->rule = firm_rule(m->f, m->t->rule);
    m->duty = naive_duty(m->f, m->b, m->rule, m->a->at);
    find_case(m);
    m->beyond = nudges(m) || (m->t->step > 0 && m->told != INSTANT_NONE && m->b->handed > m->told && is_new(m));
}

static void count_mail(struct mail *m)
{
    struct witness *w = m->w;
    w->mails++;
    w->together += !m->a->digest && m->a->n_told > 1;
    if (m->a->n_told)
        check_caps(m);
}

void check_arrival(struct witness *w, size_t i)
{
    struct mail m = { .w = w, .f = w->firm, .i = i };
    world_arrivals(w->firm->world, &m.all);
    m.a = &m.all[i];
    w->doubts += m.a->accepted && !m.a->heard;
    if (!m.a->customer[0] && !m.a->digest) {
        w->alerts++;
        return;
    }
    m.person = firm_worker(w->firm, m.a->person);
    m.to = &w->firm->people[m.person];
    if (m.a->digest)
        check_digest(w, i);
    else if (m.a->n_told == 0)
        BROKEN(&m, NO_ONE_HEARS_TWICE, "%s tells nothing that is known", m.a->message_id);
    check_source(&m);
    check_hours(&m);
    check_reader(&m);
    for (int n = 0; n < m.a->n_told; n++) {
        take_up(&m, n);
        check_whom(&m);
        check_route(&m);
        check_fresh(&m);
        check_defence(w, m.a, m.t, m.rule, &m.duty);
        check_once(&m);
    }
    check_offer(&m);
    for (int n = 0; m.a->accepted && n < m.a->n_told; n++) {
        take_up(&m, n);
        remember(&m);
    }
    if (m.a->accepted)
        count_mail(&m);
    else if (m.to->mood == SERVER_REFUSES)
        note_refusal(&m);
}
