/* "Ask friendly customers what they value, and use it with others of the same kind" (reference/sales-practice.md). Who
 * reads it may know nothing of the customer who said it: words that name it, or that reach it, are kept from everybody.
 */
#include "plan/similar.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { NAME_LEAST = 3, DIGITS_MOST = 6 };

/* A word of ASCII letters ends where these end; other scripts may write theirs without blanks. */
static bool joined(char a, char b)
{
    return isalnum((unsigned char)a) && isalnum((unsigned char)b);
}

static bool says(const char *text, const char *name, size_t size)
{
    for (const char *at = text; *at; at++)
        if (strncasecmp(at, name, size) == 0 && (at == text || !joined(at[-1], at[0])) &&
            !joined(at[size - 1], at[size]))
            return true;
    return false;
}

/* Does `text` say the name, or (`parts`) one of the words of it? */
static bool says_name(const char *text, const char *name, bool parts)
{
    for (const char *at = name; at && *at;) {
        size_t size = parts ? strcspn(at, " \t\r\n.,-") : strlen(at);
        if (size >= NAME_LEAST && says(text, at, size))
            return true;
        at += size;
        at += strspn(at, " \t\r\n.,-");
    }
    return false;
}

/* A mail address or a telephone number belongs to somebody. */
static bool reaches_somebody(const char *text)
{
    int digits = 0;
    for (const char *at = text; *at; at++)
        digits += isdigit((unsigned char)*at) != 0;
    return digits > DIGITS_MOST || strchr(text, '@');
}

static bool names_somebody(const struct customer *c)
{
    return says_name(c->values, c->name, false) || says_name(c->values, c->id, false) ||
           says_name(c->values, c->contact_name, true) || reaches_somebody(c->values);
}

static bool content(const struct bench *b, const struct facts *f, const struct rhythm *before)
{
    const struct paces none = { 0 }; /* its own rhythm decides, in whatever order a pass meets them */
    struct bench alone = *b;
    date due;
    alone.paces = &none;
    for (size_t i = 0; i < f->n_problems; i++)
        if (f->problems[i].closed_at == INSTANT_NONE)
            return false;
    return !judge_late(&(struct subject){ &alone, NULL, &f->customer, before, f, DATE_NONE, false }, &due);
}

void similar_learn(struct paces *p, const struct bench *b, const struct facts *f, const struct rhythm *before)
{
    const struct customer *c = &f->customer;
    if (!c->values || !c->values[strspn(c->values, " \t\r\n")] || before->occasions == 0 || customer_silent(c))
        return;
    double worth = before->priced ? (double)before->spent : before->occasions;
    if (paces_wants(p, c->category, worth) && !names_somebody(c) && content(b, f, before))
        paces_hear(p, c->category, c->values, worth);
}

size_t similar_values(const struct paces *p, enum rule_kind kind, const char *category, const char *out[VALUED_MOST])
{
    static const bool helps[RULE_KINDS] = {
        [RULE_LAPSE] = true, [RULE_REVIEW] = true, [RULE_VISIT] = true, [RULE_DECLINE] = true, [RULE_FIRST_ORDER] = true
    };
    return helps[kind] ? paces_valued(p, category, out) : 0;
}
