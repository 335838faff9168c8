#include "compose/reason.h"

#include <math.h>
#include <string.h>

double whole_days(double days)
{
    double whole = floor(days + 0.5);
    return whole < 1 ? 1 : whole;
}

/* 2.53 is said as 2.5, 12.4 as 12: more would be false precision. */
static double times_usual(const struct defence *d)
{
    double times = d->days / d->typical;
    return times < 10 ? floor(times * 10 + 0.5) / 10 : floor(times + 0.5);
}

static const char *days_in_words(struct phrases *p, int days, struct arena *a)
{
    struct phrase_values v = { .numbers = { days } };
    return phrase_say(p, PHRASE_DAYS, &v, a);
}

static const char *months_in_words(struct phrases *p, int months, struct arena *a)
{
    struct phrase_values v = { .numbers = { months } };
    return phrase_say(p, PHRASE_MONTHS, &v, a);
}

/* Where the rule has one period for all, as it is written there. */
static const char *period_in_words(struct phrases *p, const struct period *period, struct arena *a)
{
    struct phrase_values v = { .numbers = { period->count } };
    switch (period->unit) {
    case PERIOD_DAYS:
        return phrase_say(p, PHRASE_DAYS, &v, a);
    case PERIOD_WORKING_DAYS:
        return phrase_say(p, PHRASE_WORKING_DAYS, &v, a);
    case PERIOD_MONTHS:
        return phrase_say(p, PHRASE_MONTHS, &v, a);
    case PERIOD_NONE:
    case PERIOD_RHYTHM:
        break;
    }
    return NULL;
}

/* How long the period was from the anchor to the due day: in months where the rule counts them and they come out even.
 */
const char *reason_limit(struct phrases *p, const struct rule *rule, const struct defence *d, struct arena *a)
{
    if (rule->kind == RULE_PROBLEM && rule->after.n == 1 && period_in_words(p, &rule->after.rows[0].period, a))
        return period_in_words(p, &rule->after.rows[0].period, a);
    for (size_t i = 0; i < rule->every.n && d->anchor != DATE_NONE; i++) {
        const struct period *period = &rule->every.rows[i].period;
        if (period->unit != PERIOD_MONTHS || period->count < 1 || period->count > 1200)
            continue;
        for (int months = (int)period->count; months <= 1200; months += (int)period->count) {
            int days = date_add_months(d->anchor, months) - d->anchor;
            if (days == d->threshold)
                return months_in_words(p, months, a);
            if (days > d->threshold)
                break;
        }
    }
    return days_in_words(p, d->threshold, a);
}

bool reason_by_rhythm(const struct rule *rule, const struct defence *d)
{
    return rule->kind == RULE_LAPSE && d->typical > 0 && d->times_usual > 0;
}

static const char *lapse_reason(struct phrases *p, const struct rule *rule, const struct defence *d, struct arena *a)
{
    if (!reason_by_rhythm(rule, d)) {
        struct phrase_values fixed = { .numbers = { d->days, d->threshold } };
        return phrase_say(p, PHRASE_REASON_FIXED, &fixed, a);
    }
    double typical = whole_days(d->typical), times = times_usual(d);
    if (d->occasions <= 1) {
        struct phrase_values first = { .numbers = { typical, d->days, times } };
        return phrase_say(p, PHRASE_REASON_FIRST, &first, a);
    }
    double similar = d->category_gap > 0 ? whole_days(d->category_gap) : 0;
    struct phrase_values rhythm = { .numbers = { typical, d->occasions, similar, d->days, times } };
    return phrase_say(p, PHRASE_REASON_RHYTHM, &rhythm, a);
}

/* The day that matters, in words. */
static const char *anchor_in_words(struct phrases *p, const struct defence *d, struct arena *a)
{
    const char *day = phrase_date(p, PHRASE_DATE_LONG, d->anchor, a);
    return day ? day : "";
}

bool reason_anniversary(const struct rule *rule, const struct defence *d)
{
    return rule->kind == RULE_OCCASION && d->part > 0 && rule->on && strcmp(rule->on, "first order") == 0;
}

const char *reason_say(struct phrases *p, const struct rule *rule, const struct defence *d, struct arena *a)
{
    static const enum phrase phrases[RULE_KINDS] = {
        [RULE_REVIEW] = PHRASE_REASON_REVIEW,     [RULE_VISIT] = PHRASE_REASON_VISIT,
        [RULE_DECLINE] = PHRASE_REASON_DECLINE,   [RULE_AFTER_SALE] = PHRASE_REASON_AFTER_SALE,
        [RULE_REFERRAL] = PHRASE_REASON_REFERRAL, [RULE_OCCASION] = PHRASE_REASON_OCCASION,
        [RULE_PROBLEM] = PHRASE_REASON_PROBLEM,   [RULE_FIRST_ORDER] = PHRASE_REASON_FIRST_ORDER,
    };
    enum phrase which = phrases[rule->kind];
    struct phrase_values v = { 0 };
    switch (rule->kind) {
    case RULE_LAPSE:
        return lapse_reason(p, rule, d, a);
    case RULE_REVIEW:
    case RULE_VISIT:
    case RULE_FIRST_ORDER:
        v = (struct phrase_values){ .numbers = { d->days, d->part },
                                    .texts = { reason_limit(p, rule, d, a), anchor_in_words(p, d, a) } };
        break;
    case RULE_PROBLEM:
        v = (struct phrase_values){ .numbers = { d->days }, .texts = { reason_limit(p, rule, d, a) } };
        break;
    case RULE_DECLINE:
        v = (struct phrase_values){ .numbers = { d->part, d->days, d->threshold } };
        break;
    case RULE_AFTER_SALE:
    case RULE_REFERRAL:
        v = (struct phrase_values){ .numbers = { d->part, d->parts }, .texts = { anchor_in_words(p, d, a) } };
        break;
    case RULE_OCCASION:
        v = (struct phrase_values){ .numbers = { d->part }, .texts = { anchor_in_words(p, d, a), rule->title } };
        which = reason_anniversary(rule, d) ? PHRASE_REASON_ANNIVERSARY : which;
        break;
    case RULE_KINDS:
        return "";
    }
    return phrase_say(p, which, &v, a);
}

const char *reason_short(struct phrases *p, const struct rule *rule, const struct defence *d, struct arena *a)
{
    static const enum phrase phrases[RULE_KINDS] = {
        [RULE_LAPSE] = PHRASE_SHORT_FIXED,       [RULE_REVIEW] = PHRASE_SHORT_REVIEW,
        [RULE_VISIT] = PHRASE_SHORT_VISIT,       [RULE_DECLINE] = PHRASE_SHORT_DECLINE,
        [RULE_OCCASION] = PHRASE_SHORT_OCCASION, [RULE_AFTER_SALE] = PHRASE_SHORT_AFTER_SALE,
        [RULE_PROBLEM] = PHRASE_SHORT_PROBLEM,   [RULE_FIRST_ORDER] = PHRASE_SHORT_FIRST_ORDER,
        [RULE_REFERRAL] = PHRASE_SHORT_REFERRAL,
    };
    enum phrase which = phrases[rule->kind];
    struct phrase_values v = { 0 };
    switch (rule->kind) {
    case RULE_LAPSE:
        v = (struct phrase_values){ .numbers = { d->days } };
        if (reason_by_rhythm(rule, d)) {
            v.numbers[1] = whole_days(d->typical);
            which = PHRASE_SHORT_RHYTHM;
        } else {
            v.texts[0] = reason_limit(p, rule, d, a);
        }
        break;
    case RULE_REVIEW:
    case RULE_VISIT:
    case RULE_FIRST_ORDER:
        v = (struct phrase_values){ .numbers = { d->days, d->part },
                                    .texts = { reason_limit(p, rule, d, a), anchor_in_words(p, d, a) } };
        break;
    case RULE_PROBLEM:
        v = (struct phrase_values){ .numbers = { d->days }, .texts = { reason_limit(p, rule, d, a) } };
        break;
    case RULE_DECLINE:
        v.numbers[0] = d->part;
        break;
    case RULE_AFTER_SALE:
        v = (struct phrase_values){ .numbers = { d->part, d->parts } };
        break;
    case RULE_REFERRAL:
        break;
    case RULE_OCCASION:
        v = (struct phrase_values){ .numbers = { d->part }, .texts = { anchor_in_words(p, d, a), rule->title } };
        which = reason_anniversary(rule, d) ? PHRASE_SHORT_ANNIVERSARY : which;
        break;
    case RULE_KINDS:
        return "";
    }
    return phrase_say(p, which, &v, a);
}
