/* What may follow what: NAME = value; in a group, value, value in a list. libconfig calls all of this "syntax error".
 */
#include "settings/scan.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool in_list(const struct scan *s)
{
    return s->n_open && s->open[s->n_open - 1].bracket != '{';
}

static bool value_ended(enum token last)
{
    return last == VALUE || last == TEXT || last == CLOSED;
}

void grammar_lose(struct cursor *k)
{
    while (k->at < k->end && !strchr(";,)}]({[\n#\"", *k->at))
        k->at++;
    k->scan->last = LOST;
}

/* NAME = ... may begin or end here; if not, why not. */
static bool complete(struct cursor *k)
{
    enum token last = k->scan->last;
    if (last == NAME)
        scan_refuse(k, k->line, "a \"=\" is missing before this");
    else if (last == EQUALS)
        scan_refuse(k, k->line, "there is no value between the \"=\" and this");
    return last != NAME && last != EQUALS;
}

static void value_in_list(struct cursor *k, enum token now)
{
    enum token last = k->scan->last;
    const struct scan *s = k->scan;
    bool scalars = s->open[s->n_open - 1].bracket == '[';
    if (value_ended(last) && !(last == TEXT && now == TEXT))
        scan_refuse(k, k->line, "a comma is missing before this");
    if (scalars && now == OPENED)
        scan_refuse(k, k->line, "[ ... ] holds single values only; write ( ... ) around lists and groups");
}

void grammar_value(struct cursor *k, enum token now)
{
    enum token last = k->scan->last;
    if (in_list(k->scan))
        value_in_list(k, now);
    else if (last == NAME)
        complete(k);
    else if (last != EQUALS && last != LOST && !(last == TEXT && now == TEXT))
        scan_refuse(k, k->line,
                    value_ended(last) ? "there is already a value; is a quotation mark or a name with \"=\" missing?"
                                      : "there is no name and \"=\" before this");
    k->scan->last = now;
}

void grammar_open(struct cursor *k)
{
    struct scan *s = k->scan;
    grammar_value(k, OPENED);
    if (s->n_open == BRACKETS_DEEP) {
        scan_refuse(k, k->line, "brackets are nested more than %d deep; some are never closed", BRACKETS_DEEP);
        k->at = k->end;
        return;
    }
    s->open[s->n_open].bracket = *k->at++;
    s->open[s->n_open].file = k->file;
    s->open[s->n_open++].line = k->line;
}

void grammar_close(struct cursor *k)
{
    struct scan *s = k->scan;
    char bracket = *k->at++, opening = bracket == ')' ? '(' : bracket == ']' ? '[' : '{';
    if (!s->n_open) {
        scan_refuse(k, k->line, "this \"%c\" closes nothing; take it away, or look above for a missing \"%c\"", bracket,
                    opening);
        k->at = k->end; /* all that follows would be about the same mistake */
        return;
    }
    if (s->open[s->n_open - 1].bracket != opening) {
        scan_refuse(k, k->line,
                    "this \"%c\" closes the \"%c\" of line %d; one bracket between them is wrong or missing", bracket,
                    s->open[s->n_open - 1].bracket, s->open[s->n_open - 1].line);
        k->at = k->end;
        return;
    }
    if (in_list(s) && s->last == END)
        scan_refuse(k, k->line, "there is a comma too many before this \"%c\"", bracket);
    else if (!in_list(s))
        complete(k);
    s->n_open--;
    s->last = CLOSED;
}

static void mark_in_list(struct cursor *k, char mark)
{
    const struct scan *s = k->scan;
    char bracket = s->open[s->n_open - 1].bracket;
    if (mark != ',') {
        scan_refuse(
            k, k->line,
            "\"%c\" cannot stand inside of %c ... %c, which begins in line %d; is it closed where it should be?", mark,
            bracket, bracket == '(' ? ')' : ']', s->open[s->n_open - 1].line);
        k->at = k->end;
    } else if (!value_ended(s->last) && s->last != LOST) {
        scan_refuse(k, k->line, "there is a comma too many here");
    }
}

void grammar_mark(struct cursor *k)
{
    struct scan *s = k->scan;
    char mark = *k->at++;
    bool equals = mark == '=' || mark == ':';
    if (in_list(s))
        mark_in_list(k, mark);
    else if (equals && s->last != NAME && s->last != LOST)
        scan_refuse(k, k->line, "there is no name before this \"%c\"", mark);
    else if (!equals && complete(k) && !value_ended(s->last) && s->last != LOST)
        scan_refuse(k, k->line, "there is a \"%c\" too many here", mark);
    s->last = equals ? EQUALS : END;
}

static bool equals_follows(const struct cursor *k)
{
    const char *t = k->at;
    while (t < k->end && (*t == ' ' || *t == '\t'))
        t++;
    return t < k->end && (*t == '=' || *t == ':');
}

/* A word where a value should be. */
static void bare_word(struct cursor *k, const char *word, bool truth)
{
    if (in_list(k->scan) && equals_follows(k)) {
        scan_refuse(k, k->line,
                    "%s is a setting, and settings stand inside of { ... }; is a bracket missing before it?", word);
        k->at = k->end;
        return;
    }
    grammar_value(k, VALUE);
    if (truth)
        return;
    bool yes = strcasecmp(word, "yes") == 0 || strcasecmp(word, "on") == 0;
    if (yes || strcasecmp(word, "no") == 0 || strcasecmp(word, "off") == 0)
        scan_refuse(k, k->line, "%s is not understood; write %s, or \"%s\" if it is a text", word,
                    yes ? "true" : "false", word);
    else
        scan_refuse(k, k->line, "%s is not understood; a text needs quotation marks", word);
    grammar_lose(k);
}

void grammar_word(struct cursor *k)
{
    const char *from = k->at;
    char word[48];
    while (k->at < k->end && (isalnum((unsigned char)*k->at) || *k->at == '-' || *k->at == '_' || *k->at == '*'))
        k->at++;
    snprintf(word, sizeof word, "%.*s", (int)(k->at - from < 40 ? k->at - from : 40), from);
    bool truth = strcasecmp(word, "true") == 0 || strcasecmp(word, "false") == 0;
    if (in_list(k->scan) || (k->scan->last == EQUALS && !(equals_follows(k) && !truth))) {
        bare_word(k, word, truth);
        return;
    }
    complete(k);
    if (truth)
        scan_refuse(k, k->line, "%s cannot be a name; is a name with \"=\" missing before it?", word);
    k->scan->last = truth ? LOST : NAME;
}

void grammar_end(struct cursor *k)
{
    struct scan *s = k->scan;
    if (s->broken)
        return; /* what is open may be so because of that */
    if (s->last == NAME || s->last == EQUALS)
        scan_refuse(k, k->line, "the file ends in the middle of a setting");
    for (int i = s->n_open - 1; i >= 0; i--) {
        k->file = s->open[i].file;
        scan_refuse(k, s->open[i].line, "the \"%c\" that opens here is never closed", s->open[i].bracket);
    }
}
