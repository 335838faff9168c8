#include "compose/reason.h"

#include <math.h>

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

/* How long the period was from the anchor to the due day: in months where the rule counts them and they come out even.
 */
const char *reason_limit(struct phrases *p, const struct rule *rule, const struct defence *d, struct arena *a)
{
    for (size_t i = 0; i < rule->every.n && d->anchor != DATE_NONE; i++) {
        const struct period *period = &rule->every.rows[i].period;
        if (period->unit != PERIOD_MONTHS || period->count < 1 || period->count > 1200)
            continue;
        for (int months = (int)period->count; months <= 1200; months += (int)period->count) {
            int days = date_add_months(d->anchor, months) - d->anchor;
            struct phrase_values v = { .numbers = { months } };
            if (days == d->threshold)
                return phrase_say(p, PHRASE_MONTHS, &v, a);
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

const char *reason_say(struct phrases *p, const struct rule *rule, const struct defence *d, struct arena *a)
{
    switch (rule->kind) {
    case RULE_LAPSE:
        return lapse_reason(p, rule, d, a);
    case RULE_REVIEW:
    case RULE_VISIT: {
        struct phrase_values v = { .numbers = { d->days }, .texts = { reason_limit(p, rule, d, a) } };
        return phrase_say(p, rule->kind == RULE_REVIEW ? PHRASE_REASON_REVIEW : PHRASE_REASON_VISIT, &v, a);
    }
    case RULE_KINDS:
        break;
    }
    return "";
}
