#include "plan/season.h"

enum {
    MERCY = 14,          /* days after the pause of last year by which it should have begun to buy again */
    LONGEST_PAUSE = 548, /* a year and a half: who bought once a year may be late by half a year; longer is no season */
};

/* The purchase days around `day`: the last one until then, and the first one after. Both there? */
static bool pause_around(const struct facts *f, date day, struct season *out)
{
    out->from = out->until = DATE_NONE;
    for (size_t i = 0; i < f->n_purchases && out->until == DATE_NONE; i++) {
        const struct purchase *p = &f->purchases[i];
        if (p->amount != MONEY_NONE && p->amount <= 0)
            continue; /* a return is not buying */
        *(p->day <= day ? &out->from : &out->until) = p->day;
    }
    return out->from != DATE_NONE && out->until != DATE_NONE;
}

bool season_of(const struct facts *f, const struct finding *x, struct season *out)
{
    if (x->rule->kind != RULE_LAPSE || x->state != FINDING_DUE || !pause_around(f, date_add_months(x->due, -12), out))
        return false;
    int pause = out->until - out->from;
    out->tell = date_add_months(out->until, 12) + MERCY;
    return pause > x->defence.threshold && pause <= LONGEST_PAUSE;
}

const char *season_reason(const struct season *s, struct arena *a)
{
    char from[16], until[16], tell[16];
    return arena_print(a, SEASON "it paused from %s to %s too; told from %s", date_print(s->from, from),
                       date_print(s->until, until), date_print(s->tell, tell));
}
