/* What the given lines say about the configuration, written as a followupd.conf. */
#include "stories/story.h"

#include "harness/harness.h"

#include <stdio.h>
#include <string.h>

/* The groups of the configuration, filled line by line. */
struct configuration {
    struct story *story;
    const struct line *line; /* the one at hand */
    struct buf company, people, holidays, guards, categories, offers, rules, digests;
};

/* "key and regular" as ["key", "regular"] */
static void add_list(struct configuration *c, struct buf *to, const char *text, const char *between)
{
    char *copy = arena_copy(&c->story->arena, text);
    buf_add(to, "[ ");
    for (char *at = copy; at;) {
        char *end = strstr(at, between);
        if (end)
            *end = '\0';
        buf_print(to, "%s\"%s\"", at == copy ? "" : ", ", at);
        at = end ? end + strlen(between) : NULL;
    }
    buf_add(to, " ]");
}

static void add_value(struct buf *to, const char *text)
{
    bool number = *text && strspn(text, "0123456789.") == strlen(text);
    buf_print(to, number || strcmp(text, "true") == 0 || strcmp(text, "false") == 0 ? "%s" : "\"%s\"", text);
}

/* One "key value" of a rule; several with "for" become a list of pairs: "after 1 year for everyone, after 30 days for
 * key". */
static void add_part(struct configuration *c, struct buf *to, char *part, char **pairs)
{
    const char *out[CAPTURES];
    struct arena *a = &c->story->arena;
    if (sentence_is(part, "steps $", a, out)) {
        buf_add(to, " steps = ");
        add_list(c, to, out[0], " and ");
        buf_add(to, ";");
    } else if (sentence_is(part, "content if $", a, out)) {
        buf_add(to, " content = ");
        add_list(c, to, out[0], " or ");
        buf_add(to, ";");
    } else if (sentence_is(part, "$ times", a, out)) {
        buf_print(to, " times = %s;", out[0]);
    } else if (sentence_is(part, "for $", a, out)) {
        buf_add(to, " who = ");
        add_list(c, to, out[0], " and ");
        buf_add(to, ";");
    } else if (sentence_is(part, "counting $", a, out)) {
        buf_add(to, " counts = ");
        add_list(c, to, out[0], " and ");
        buf_add(to, ";");
    } else if (sentence_is(part, "$ $ for $", a, out)) {
        const char *before = *pairs ? *pairs : "";
        bool same = *pairs && strncmp(*pairs, out[0], strlen(out[0])) == 0;
        if (*pairs && !same)
            buf_print(to, " %s );", *pairs);
        *pairs = same ? arena_print(a, "%s, (\"%s\", \"%s\")", before, out[2], out[1])
                      : arena_print(a, "%s = ( (\"%s\", \"%s\")", out[0], out[2], out[1]);
    } else if (sentence_is(part, "$ $", a, out)) {
        buf_print(to, " %s = ", out[0]);
        add_value(to, out[1]);
        buf_add(to, ";");
    } else {
        story_fail(c->story, c->line->number, "\"%s\" of a rule is not understood", part);
    }
}

static void add_parts(struct configuration *c, struct buf *to, const char *text)
{
    char *copy = arena_copy(&c->story->arena, text), *pairs = NULL;
    for (char *at = copy; at;) {
        char *end = strstr(at, ", ");
        if (end)
            *end = '\0';
        add_part(c, to, at, &pairs);
        at = end ? end + 2 : NULL;
    }
    if (pairs)
        buf_print(to, " %s );", pairs);
}

static void company(struct configuration *c, const char *out[CAPTURES])
{
    buf_print(&c->company, "company = { name = \"Nordlys\"; time_zone = \"%s\"; };\n", out[0]);
    buf_print(&c->people, " hours = \"%s\";", out[1]);
}

static void rule(struct configuration *c, const char *out[CAPTURES])
{
    const char *inner[CAPTURES];
    bool named = sentence_is(out[0], "$ ($)", &c->story->arena, inner);
    buf_print(&c->rules, "%s{ id = \"%s\"; kind = \"%s\";", c->rules.size ? ",\n  " : "", named ? inner[0] : out[0],
              named ? inner[1] : out[0]);
    add_parts(c, &c->rules, out[1]);
    buf_add(&c->rules, " }");
}

static void offer(struct configuration *c, const char *content, const char *id, const char *rest)
{
    buf_print(&c->offers, "%s{ id = \"%s\"; %s;", c->offers.size ? ",\n  " : "", id, content);
    add_parts(c, &c->offers, rest);
    buf_add(&c->offers, " }");
}

static void offer_percent(struct configuration *c, const char *out[CAPTURES])
{
    offer(c, arena_print(&c->story->arena, "percent = %s", out[1]), out[0], out[2]);
}

static void offer_gift(struct configuration *c, const char *out[CAPTURES])
{
    offer(c, arena_print(&c->story->arena, "gift = \"%s\"", out[1]), out[0], out[2]);
}

static void holidays(struct configuration *c, const char *out[CAPTURES])
{
    const char *path = arena_print(&c->story->arena, "%s/%s.txt", test_folder(), out[0]);
    FILE *f = fopen(path, "we");
    if (!f)
        story_fail(c->story, c->line->number, "cannot write %s", path);
    for (const char *at = out[1]; *at; at++)
        fputc(*at == ',' ? '\n' : *at == ' ' ? '\n' : *at, f);
    fputc('\n', f);
    fclose(f);
    buf_print(&c->holidays, "%s(\"%s\", \"%s\")", c->holidays.size ? ", " : "", out[0], path);
}

static void per_day(struct configuration *c, const char *out[CAPTURES])
{
    buf_print(&c->people, " per_day = %s;", out[0]);
}

static void per_week(struct configuration *c, const char *out[CAPTURES])
{
    buf_print(&c->people, " per_week = %s;", out[0]);
}

static void unassigned(struct configuration *c, const char *out[CAPTURES])
{
    buf_print(&c->people, " unassigned = \"%s\";", out[0]);
}

static void no_calm(struct configuration *c, const char *out[CAPTURES])
{
    (void)out;
    buf_add(&c->guards, " calm_start = \"off\";");
}

static void calm(struct configuration *c, const char *out[CAPTURES])
{
    buf_print(&c->guards, " calm_start = \"%s\"; calm_per_week = %s;", out[0], out[1]);
}

static void categories(struct configuration *c, const char *out[CAPTURES])
{
    buf_add(&c->categories, "categories = ");
    add_list(c, &c->categories, out[0], ", ");
    buf_add(&c->categories, ";\n");
}

static void weekly(struct configuration *c, const char *out[CAPTURES])
{
    buf_print(&c->digests, " weekly = \"%s\";", out[0]);
}

static void weekly_at(struct configuration *c, const char *out[CAPTURES])
{
    buf_print(&c->digests, " weekly = \"%s\"; at = \"%s\";", out[0], out[1]);
}

static void summary(struct configuration *c, const char *out[CAPTURES])
{
    buf_print(&c->digests, " summary = \"%s\";", out[0]);
}

static void empty_too(struct configuration *c, const char *out[CAPTURES])
{
    (void)out;
    buf_add(&c->digests, " empty = \"send\";");
}

static void lines_most(struct configuration *c, const char *out[CAPTURES])
{
    buf_print(&c->digests, " lines = %s;", out[0]);
}

static const struct {
    const char *pattern;
    void (*say)(struct configuration *c, const char *out[CAPTURES]);
} sentences[] = {
    { "company in $, working hours $", company },
    { "rule $: $", rule },
    { "offer $: $ percent, $", offer_percent },
    { "offer $: gift $, $", offer_gift },
    { "holidays of $: $", holidays },
    { "at most $ follow-ups a day", per_day },
    { "at most $ follow-ups a week", per_week },
    { "customers of nobody go to $", unassigned },
    { "a weekly digest on $ at $", weekly_at },
    { "a weekly digest on $", weekly },
    { "a summary for managers on $", summary },
    { "digests leave with nothing in them, too", empty_too },
    { "at most $ lines in each part of a digest", lines_most },
    { "categories $", categories },
    { "old cases are told like new ones", no_calm },
    { "cases older than $ are told $ a week", calm },
};

static bool say(struct configuration *c, const struct line *line)
{
    const char *out[CAPTURES];
    c->line = line;
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++)
        if (sentence_is(line->text, sentences[i].pattern, &c->story->arena, out)) {
            sentences[i].say(c, out);
            return true;
        }
    return false;
}

char *story_configure(struct story *s, struct lines *others)
{
    struct configuration c = { .story = s };
    struct buf text = { 0 };
    *others = (struct lines){ 0 };
    for (size_t i = 0; i < s->given.n; i++) {
        if (say(&c, &s->given.rows[i]))
            continue;
        others->rows = arena_grow(&s->arena, others->rows, others->n, sizeof *others->rows);
        others->rows[others->n++] = s->given.rows[i];
    }
    if (c.holidays.size)
        buf_print(&c.people, " holidays = ( %s );", c.holidays.text);
    if (!strstr(buf_text(&c.digests), "summary"))
        buf_add(&c.digests, " summary = \"off\";");
    if (!strstr(buf_text(&c.digests), "weekly"))
        buf_add(&c.digests, " weekly = \"off\";"); /* a story without digests has none */
    buf_print(&text, "%speople = {%s };\nguards = {%s };\ndigests = {%s };\n%soffers = ( %s );\nrules = ( %s );\n",
              buf_text(&c.company), buf_text(&c.people), buf_text(&c.guards), buf_text(&c.digests),
              buf_text(&c.categories), buf_text(&c.offers), buf_text(&c.rules));
    for (size_t i = 0; i < s->settings.n; i++)
        buf_print(&text, "%s\n", s->settings.rows[i].text);
    struct buf *all[] = {
        &c.company, &c.people, &c.holidays, &c.guards, &c.categories, &c.offers, &c.rules, &c.digests
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        buf_done(all[i]);
    return buf_take(&text);
}
