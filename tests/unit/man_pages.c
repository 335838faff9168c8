/* The manual pages against the tables they describe: settings, columns, kinds of rules, variables, phrases,
 * verbs. What is in one and not
 * in the other is a difference, told in words; the tests plant some to see them found. */
#include "base/buf.h"
#include "compose/values.h"
#include "ctl/ctl.h"
#include "harness/harness.h"
#include "settings/reading.h"
#include "source/mapping.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#ifndef DATADIR
#define DATADIR "/usr/local/share/followupd"
#endif

static const char conf_page[] = "daemon/man/followupd.conf.5", ctl_page[] = "daemon/man/followupctl.1";

static char *whole_page(const char *path)
{
    struct buf text = { 0 };
    char part[4096];
    FILE *f = fopen(path, "r");
    if (!f)
        test_fail(path, 0, "the page is missing");
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        buf_add_bytes(&text, part, n);
    fclose(f);
    return buf_take(&text);
}

/* A page while it is read, line by line; the first difference. */
struct page {
    char *text, *rest;
    char line[400];
    struct err first;
};

static struct page open_page(const char *text)
{
    struct page p = { .text = strdup(text) };
    p.rest = p.text;
    return p;
}

static bool next_line(struct page *p)
{
    if (!*p->rest)
        return false;
    size_t size = strcspn(p->rest, "\n");
    snprintf(p->line, sizeof p->line, "%.*s", (int)size, p->rest);
    p->rest += size + (p->rest[size] == '\n');
    return true;
}

#define DIFFERENCE(p, ...) ((p)->first.text[0] ? (void)0 : (void)err_set(&(p)->first, __VA_ARGS__))

/* What follows `head` in the current line, or NULL. */
static const char *behind(const struct page *p, const char *head)
{
    size_t size = strlen(head);
    return strncmp(p->line, head, size) == 0 ? p->line + size : NULL;
}

/* ---- settings ---- */

/* "Whole number, 0 to 1000; default 5.": what the page must say of a row, word by word. */
static void facts_of(const struct setting_row *row, char *out, size_t room)
{
    struct buf b = { 0 };
    const char *example = setting_example(row), *value = row->fallback,
               *installed = strstr(value ? value : "", DATADIR);
    buf_print(&b, "%c%s", toupper((unsigned char)row->type[0]), row->type + 1);
    if (row->range)
        buf_print(&b, "%s%s", strcmp(row->type, "one of") == 0 ? " " : ", ", row->range);
    if (!value)
        buf_add(&b, "; required");
    else if (installed)
        buf_print(&b, "; default \"/usr/local/share/followupd%s", installed + strlen(DATADIR));
    else if (*value)
        buf_print(&b, "; default %s", value);
    else
        buf_add(&b, "; no default");
    if (!value || strcmp(example, value) != 0)
        buf_print(&b, "; such as %s", example);
    buf_print(&b, "%s.", row->reloadable ? "" : "; taken up at a start only");
    snprintf(out, room, "%s", buf_text(&b));
    buf_done(&b);
}

static void hold_setting(struct page *p, const char *prefix, const char *name, bool *seen)
{
    size_t n;
    char wanted[400];
    const struct setting_row *first = settings_rows(&n), *row = setting_named(prefix, name);
    if (!row) {
        DIFFERENCE(p, "there is no setting %s%s%s", prefix, *prefix ? "." : "", name);
        return;
    }
    if (seen[row - first])
        DIFFERENCE(p, "%s is there twice", row->key);
    seen[row - first] = true;
    facts_of(row, wanted, sizeof wanted);
    if (!next_line(p) || strcmp(p->line, wanted) != 0)
        DIFFERENCE(p, "%s is \"%s\" in the page, \"%s\" in the table", row->key, p->line, wanted);
}

static void hold_settings(struct page *p)
{
    size_t n;
    char prefix[64] = "";
    bool seen[500] = { false }, inside = false;
    const struct setting_row *rows = settings_rows(&n);
    while (next_line(p)) {
        const char *group = behind(p, ".\\\" rows of "), *name = behind(p, ".It Ic ");
        if (group)
            snprintf(prefix, sizeof prefix, "%s", strcmp(group, "the whole") == 0 ? "" : group);
        inside = group || (inside && !behind(p, ".El"));
        if (inside && name)
            hold_setting(p, prefix, name, seen);
    }
    for (size_t i = 0; i < n; i++)
        if (!seen[i])
            DIFFERENCE(p, "nothing is said about %s", rows[i].key);
}

/* ---- columns, kinds ---- */

static const struct query_kind *query_named(const char *name)
{
    for (int i = 0; i < QUERIES; i++)
        if (strcmp(query_kinds[i].name, name) == 0)
            return &query_kinds[i];
    return NULL;
}

static void hold_column(struct page *p, const struct query_kind *kind, char *name, bool *seen)
{
    char *mark = strstr(name, " *");
    if (mark)
        *mark = '\0';
    if (kind->extras && strcmp(name, "x_...") == 0)
        return;
    for (size_t i = 0; i < kind->n; i++)
        if (strcmp(kind->columns[i].name, name) == 0) {
            seen[i] = true;
            if (kind->columns[i].required != (mark != NULL))
                DIFFERENCE(p, "%s.%s is%s required", kind->name, name, mark ? " not" : "");
            return;
        }
    DIFFERENCE(p, "there is no column %s.%s", kind->name, name);
}

static void hold_columns_of(struct page *p, const struct query_kind *kind)
{
    bool seen[100] = { false };
    while (next_line(p) && !behind(p, ".El"))
        if (behind(p, ".It Ic "))
            hold_column(p, kind, p->line + strlen(".It Ic "), seen);
    for (size_t i = 0; i < kind->n; i++)
        if (!seen[i])
            DIFFERENCE(p, "nothing is said about the column %s.%s", kind->name, kind->columns[i].name);
}

static void hold_kinds(struct page *p)
{
    int seen = 0;
    while (next_line(p) && !behind(p, ".El"))
        if (behind(p, ".It Ic ")) {
            if (rule_kind_named(behind(p, ".It Ic ")) == RULE_KINDS)
                DIFFERENCE(p, "there is no rule of kind %s", behind(p, ".It Ic "));
            seen++;
        }
    if (seen != RULE_KINDS)
        DIFFERENCE(p, "%d kinds of rules are described, there are %d", seen, RULE_KINDS);
}

static void hold_columns_and_kinds(struct page *p)
{
    int queries = 0, kinds = 0;
    while (next_line(p)) {
        const char *name = behind(p, ".\\\" columns of ");
        if (name && query_named(name)) {
            hold_columns_of(p, query_named(name));
            queries++;
        } else if (behind(p, ".\\\" kinds of rules")) {
            hold_kinds(p);
            kinds++;
        }
    }
    if (queries != QUERIES || kinds != 1)
        DIFFERENCE(p, "%d of %d queries are described", queries, QUERIES);
}

/* ---- variables, phrases ---- */

/* ".It Ic until Ar date weekday" */
static void phrase_head(const struct phrase_row *row, char *out, size_t room)
{
    struct buf b = { 0 };
    buf_add(&b, row->name);
    for (int i = 0; i < PHRASE_NUMBERS + PHRASE_TEXTS; i++) {
        const char *name = i < PHRASE_NUMBERS ? row->numbers[i] : row->texts[i - PHRASE_NUMBERS];
        if (name)
            buf_print(&b, "%s%s", strchr(b.text, ' ') ? " " : " Ar ", name);
    }
    snprintf(out, room, "%s", buf_text(&b));
    buf_done(&b);
}

/* The entry that begins here against row `i` of the table that `mark` names; false: the table has no more rows. */
static bool template_row(const char *mark, size_t i, char *head, size_t room, const char **what)
{
    size_t n;
    const struct variable *variables = compose_variables(&n);
    bool phrases = strcmp(mark, "phrases") == 0;
    if (i >= (phrases ? PHRASES : n))
        return false;
    if (phrases)
        phrase_head(&phrase_rows[i], head, room);
    else
        snprintf(head, room, "%s", variables[i].name);
    *what = phrases ? phrase_rows[i].what : variables[i].what;
    return true;
}

/* The same rows in the same order, with the same sentence. */
static void hold_template_table(struct page *p, const char *mark)
{
    size_t i = 0;
    char line[80], head[400];
    const char *what;
    snprintf(line, sizeof line, ".\\\" %s", mark);
    while (next_line(p) && strcmp(p->line, line) != 0)
        ;
    for (; next_line(p) && !behind(p, ".El"); i++) {
        const char *name = behind(p, ".It Ic ");
        if (!template_row(mark, i, head, sizeof head, &what)) {
            DIFFERENCE(p, "%s: the page has \"%s\", the table no more rows", mark, p->line);
            return;
        }
        if (!name || strcmp(name, head) != 0)
            DIFFERENCE(p, "%s: \"%s\" is in the place of \"%s\"", mark, name ? name : p->line, head);
        if (!next_line(p) || strcmp(p->line, what) != 0)
            DIFFERENCE(p, "%s is \"%s\" in the page, \"%s\" in the table", head, p->line, what);
    }
    if (template_row(mark, i, head, sizeof head, &what))
        DIFFERENCE(p, "%s: nothing is said about %s", mark, head);
}

static void hold_variables(struct page *p)
{
    hold_template_table(p, "variables");
    hold_template_table(p, "phrases");
}

/* ---- verbs ---- */

/* "--to", "won": is it a word of a usage line? */
static bool has_word(const char *usage, const char *word)
{
    size_t size = strlen(word);
    for (const char *at = usage; (at = strstr(at, word)); at += size)
        if ((at == usage || strchr(" |[", at[-1])) && (!at[size] || strchr(" |]", at[size])))
            return true;
    return false;
}

/* All that a verb's entry calls an option (Fl) or a word to type (Cm), each with a space around: " --to won ". */
static void note_words(const char *line, char *found, size_t room)
{
    char copy[400], *rest = NULL;
    const char *mode = "";
    snprintf(copy, sizeof copy, "%s", line[0] == '.' ? line + 1 : "");
    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        bool macro = isupper((unsigned char)word[0]) && islower((unsigned char)word[1]) && !word[2];
        size_t used = strlen(found);
        if (macro)
            mode = word;
        else if (strcmp(mode, "Fl") == 0 && isalnum((unsigned char)word[word[0] == '-']))
            snprintf(found + used, room - used, "-%s ", word);
        else if (strcmp(mode, "Cm") == 0 && islower((unsigned char)word[0]))
            snprintf(found + used, room - used, "%s ", word);
    }
}

static void hold_entry(struct page *p, const struct verb *v, const char *found)
{
    char copy[1000], *rest = NULL;
    snprintf(copy, sizeof copy, "%s", v->arguments);
    for (char *word = strtok_r(copy, " |[]", &rest); word; word = strtok_r(NULL, " |[]", &rest))
        if ((word[0] == '-' || islower((unsigned char)word[0])) && !has_word(found, word))
            DIFFERENCE(p, "nothing is said about %s %s", v->name, word);
    snprintf(copy, sizeof copy, "%s", found);
    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
        if (strcmp(word, v->name) != 0 && strcmp(word, "--at") != 0 && !has_word(v->arguments, word))
            DIFFERENCE(p, "%s does not take %s", v->name, word);
}

static void hold_verbs(struct page *p)
{
    size_t n;
    const struct verb *const *verbs = ctl_verbs(&n);
    bool seen[100] = { false };
    while (next_line(p) && !behind(p, ".\\\" verbs"))
        ;
    char found[2000] = " ";
    long now = -1;
    for (int depth = 1; depth > 0 && next_line(p);) {
        depth += (behind(p, ".Bl") != NULL) - (behind(p, ".El") != NULL);
        bool head = depth == 1 && behind(p, ".It Cm ");
        if ((head || depth == 0) && now >= 0)
            hold_entry(p, verbs[now], found);
        if (head) {
            const char *name = behind(p, ".It Cm ");
            strcpy(found, " ");
            now = (long)n - 1;
            while (now >= 0 &&
                   (strncmp(verbs[now]->name, name, strcspn(name, " ")) != 0 || verbs[now]->name[strcspn(name, " ")]))
                now--;
            if (now < 0)
                DIFFERENCE(p, "there is no verb %s", name);
            else
                seen[now] = true;
        }
        note_words(p->line, found, sizeof found);
    }
    for (size_t i = 0; i < n; i++)
        if (!seen[i])
            DIFFERENCE(p, "nothing is said about the verb %s", verbs[i]->name);
}

/* ---- the promises ---- */

/* The first difference that `hold` finds in the page after `from` became `to` (both NULL: as it is). */
static const char *difference(const char *path, void (*hold)(struct page *p), const char *from, const char *to)
{
    static struct err said;
    char *text = whole_page(path);
    struct buf changed = { 0 };
    const char *at = from ? strstr(text, from) : text;
    if (!at)
        test_fail(path, 0, "there is no \"%s\" to change", from);
    buf_add_bytes(&changed, text, (size_t)(at - text));
    buf_add(&changed, to ? to : "");
    buf_add(&changed, at + (from ? strlen(from) : 0));
    struct page p = open_page(buf_text(&changed));
    hold(&p);
    said = p.first;
    buf_done(&changed);
    free(p.text);
    free(text);
    return said.text;
}

TEST(the_manual_says_of_every_setting_what_the_table_says_and_of_no_other)
{
    CHECK_TEXT(difference(conf_page, hold_settings, NULL, NULL), "");
    CHECK_TEXT(difference(conf_page, hold_settings, ".It Ic per_day\n", ".It Ic per_dya\n"),
               "there is no setting people.per_dya");
    CHECK_CONTAINS(
        difference(conf_page, hold_settings, "Whole number, 0 to 1000; default 5.", "Whole number; default 5."),
        "people.per_day is \"Whole number; default 5.\" in the page");
    CHECK_TEXT(difference(conf_page, hold_settings, ".It Ic stale_feed\nTrue or false; default true.\n", ""),
               "nothing is said about guards.stale_feed");
    CHECK_TEXT(difference(conf_page, hold_settings, ".It Ic per_week\n", ".It Ic per_day\n"),
               "people.per_day is there twice");
}

TEST(the_manual_names_every_column_every_kind_of_rule_and_no_other)
{
    CHECK_TEXT(difference(conf_page, hold_columns_and_kinds, NULL, NULL), "");
    CHECK_TEXT(difference(conf_page, hold_columns_and_kinds, ".It Ic away_until\n", ".It Ic away\n"),
               "there is no column salespeople.away");
    CHECK_TEXT(difference(conf_page, hold_columns_and_kinds, ".It Ic opportunity\n", ""),
               "nothing is said about the column customers.opportunity");
    CHECK_TEXT(difference(conf_page, hold_columns_and_kinds, ".It Ic at *\n", ".It Ic at\n"),
               "purchases.at is required");
    CHECK_TEXT(difference(conf_page, hold_columns_and_kinds, ".It Ic visit\n", ".It Ic wedding\n"),
               "there is no rule of kind wedding");
}

TEST(the_manual_names_every_variable_and_phrase_of_the_templates_and_no_other)
{
    CHECK_TEXT(difference(conf_page, hold_variables, NULL, NULL), "");
    CHECK_TEXT(difference(conf_page, hold_variables, ".It Ic offer.code\n", ".It Ic offer.kode\n"),
               "variables: \"offer.kode\" is in the place of \"offer.code\"");
    CHECK_CONTAINS(difference(conf_page, hold_variables, "Code of the offer.\n", "Code.\n"),
                   "offer.code is \"Code.\" in the page");
    CHECK_TEXT(difference(conf_page, hold_variables, ".It Ic alert_title\nWhat happened, without a full stop: the first paragraph of an alert.\n", ""),
               "variables: nothing is said about alert_title");
    CHECK_TEXT(difference(conf_page, hold_variables, ".It Ic time\nA time of day.\n", ""),
               "phrases: nothing is said about time");
    CHECK_TEXT(difference(conf_page, hold_variables, ".It Ic time\nA time of day.\n",
                          ".It Ic time\nA time of day.\n.It Ic more\nMore.\n"),
               "phrases: the page has \".It Ic more\", the table no more rows");
    CHECK_CONTAINS(difference(conf_page, hold_variables, ".It Ic until Ar date weekday\n", ".It Ic until Ar date\n"),
                   "\"until Ar date\" is in the place of \"until Ar date weekday\"");
}

TEST(the_manual_names_every_verb_with_its_words_and_options_and_no_other)
{
    CHECK_TEXT(difference(ctl_page, hold_verbs, NULL, NULL), "");
    CHECK_TEXT(difference(ctl_page, hold_verbs, ".It Cm offers\n", ".It Cm offer\n"), "there is no verb offer");
    CHECK_TEXT(difference(ctl_page, hold_verbs, ".It Cm status\n", ""), "nothing is said about the verb status");
    CHECK_TEXT(difference(ctl_page, hold_verbs, ".It Cm not-late\n", ""), "nothing is said about record not-late");
    CHECK_TEXT(difference(ctl_page, hold_verbs, "Op Fl -count Ar n\n", "\n"), "nothing is said about preview --count");
    CHECK_TEXT(difference(ctl_page, hold_verbs, ".It Cm watch\n", ".It Cm watch , early\n"),
               "list does not take early");
}
