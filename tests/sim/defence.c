/* Promise 6, every message defends itself: it says why now, with the numbers that decided it. */
#include "sim/witness.h"

#include "base/mem.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* The sentence of each rule up to its number, if it has one that can be counted here. */
static const struct sentence {
    const char *begins, *before_number, *never; /* never: where there is nothing yet that it counts from */
} sentences[RULES] = {
    [LAPSE] = { "Buys about every ", "Silent for ", NULL },
    [FURNITURE] = { "No purchase for ", "No purchase for ", NULL },
    [REVIEW] = { "No account review for ", "No account review for ", "No account review is on record since " },
    [VISIT] = { "No contact for ", "No contact for ", "No contact is on record since " },
    [PROBLEM] = { "A complaint has been open for ", "A complaint has been open for ", NULL },
    [YEARLY] = { "Planned for ", NULL, NULL },
    [SERVICE] = { " of 2 is due", NULL, NULL },
    [REFERRAL] = { "The service calls were made, the last one on ", NULL, NULL },
    [PROSPECT] = { "No order yet, and no contact for ", "No order yet, and no contact for ",
                   "No order yet, and no contact is on record since " },
    [DECLINE] = { "of the usual amount in the last ", NULL, NULL },
};

/* One line of it all: the sentences are wrapped. */
static char *unwrap(char *text)
{
    char *out = text;
    for (const char *at = text; *at; at++)
        if (!isspace((unsigned char)*at))
            *out++ = *at;
        else if (out > text && out[-1] != ' ')
            *out++ = ' ';
    *out = '\0';
    return text;
}

/* 1,016 */
static int read_days(const char *text)
{
    int n = 0;
    for (; *text == ',' || isdigit((unsigned char)*text); text++)
        if (*text != ',')
            n = n * 10 + *text - '0';
    return n;
}

/* Days are counted on the day it was claimed; an attempt may come later. */
enum { LATER = 40 };

/* Where it first speaks of the customer: one has the name of another with digits after it. */
static const char *find_name(const char *text, const char *name)
{
    size_t size = strlen(name);
    const char *at = strstr(text, name);
    while (at && isdigit((unsigned char)at[size]))
        at = strstr(at + 1, name);
    return at;
}

void check_defence(struct witness *w, const struct arrival *a, const struct told *t, int rule, const struct duty *duty)
{
    const struct firm *f = w->firm;
    const struct buyer *b = firm_buyer(w->firm, t->customer);
    const struct sentence *s = &sentences[rule];
    char *text = unwrap(naive_decode(a->bytes));
    const char *named = find_name(text, b->name), *from = a->digest && named ? named : text;
    const char *at = strstr(from, s->begins), *number = s->before_number ? strstr(from, s->before_number) : NULL;
    const char *never = s->never ? strstr(from, s->never) : NULL;
    if (never && at && at < never) /* that is said of somebody else, further down in a digest */
        never = NULL;
    const char *bracket = never ? strchr(never, '(') : NULL;
    int days = bracket ? read_days(bracket + 1) : number ? read_days(number + strlen(s->before_number)) : 0;
    int silent = zone_date(f->zone, a->at) - duty->anchor;
    bool settled = b->edited < a->at - LATER * DAY && b->bought_entry < a->at - LATER * DAY;
    if (!named)
        violation(w, DEFENDS_ITSELF, b->id, "a mail that does not name its customer");
    else if ((!a->digest || t->step == 0) && !bracket && (!at || (s->before_number && !number)))
        violation(w, DEFENDS_ITSELF, b->id, "%s does not say why now", t->rule);
    else if (t->step == 0 && settled && s->never && (bracket != NULL) != duty->never)
        violation(w, DEFENDS_ITSELF, b->id, "%s does not say whether there ever was one", t->rule);
    else if ((number || bracket) && t->step == 0 && settled && !duty->met && (days > silent || days < silent - LATER))
        violation(w, DEFENDS_ITSELF, b->id, "%s speaks of %d days, it is %d", t->rule, days, silent);
    free(text);
}
