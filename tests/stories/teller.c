/* Letting a story happen: the world is made, then time passes from line to line. */
#include "stories/story.h"

#include "harness/harness.h"

#include <stdlib.h>
#include <string.h>

/* Somebody buys every day at noon, as in any company: without that the feed would rightly be called stale. */
static const char background[] = "others";

static void sell(struct teller *t, date day)
{
    struct civil noon = { .hour = 12 };
    date_split(day, &noon.year, &noon.month, &noon.day);
    struct purchase p = {
        .at = zone_instant(t->zone, &noon), .day = day, .amount = MONEY_NONE, .delivered = DATE_NONE
    };
    world_purchase(t->world, background, &p);
}

static void open_shop(struct teller *t)
{
    struct customer c = { .id = background,
                          .name = "Other customers",
                          .category = background,
                          .since = DATE_NONE,
                          .active = true,
                          .do_not_contact = true };
    date first = zone_date(t->zone, t->begin);
    world_customer(t->world, &c);
    for (date day = first - 400; day < first; day++)
        sell(t, day);
}

static void watch(struct world *w, void *context)
{
    struct teller *t = context;
    const struct arrival *arrivals;
    happened_collect(t->story->happened, t);
    if (t->crash_after_mail && world_arrivals(w, &arrivals) > t->seen) {
        t->crash_after_mail = false;
        world_crash(w);
        happened_collect(t->story->happened, t);
    }
}

/* Until `until`, with a purchase of the others each noon. */
static void pass_time(struct teller *t, instant until)
{
    if (t->off_until > world_now(t->world)) {
        world_set_now(t->world, t->off_until < until ? t->off_until : until);
        if (until < t->off_until)
            return;
        world_crash(t->world);
    }
    for (;;) {
        date day = zone_date(t->zone, world_now(t->world));
        instant noon = zone_day_start(t->zone, day) + 12 * HOUR;
        if (noon <= world_now(t->world))
            noon = zone_day_start(t->zone, day + 1) + 12 * HOUR;
        if (noon >= until)
            break;
        world_run(t->world, noon - 1, watch, t);
        world_set_now(t->world, noon);
        if (!t->nobody_buys)
            sell(t, zone_date(t->zone, noon));
    }
    world_run(t->world, until - 1, watch, t);
    world_set_now(t->world, until);
}

/* "the story runs from 2026-06-01 06:00 to 2026-07-01" */
static void find_span(struct story *s, const struct lines *given, const char *out[CAPTURES])
{
    for (size_t i = 0; i < given->n; i++)
        if (sentence_is(given->rows[i].text, "the story runs from $ to $", &s->arena, out))
            return;
    story_fail(s, s->given.rows[0].number, "write \"the story runs from 2026-06-01 to 2026-07-01\"");
}

static void happen(struct teller *t, const struct line *line)
{
    instant at;
    const char *text = line->text;
    if (!clock_read(&text, t->zone, &at))
        story_fail(t->story, line->number, "\"%s\" does not begin with a day and a time", line->text);
    if (at < world_now(t->world))
        story_fail(t->story, line->number, "lies before the line above, or before the story");
    pass_time(t, at);
    text += strspn(text, " ");
    teller_do(t, &(struct line){ text, line->number });
    if (t->off_until <= at)
        world_run(t->world, world_now(t->world), watch, t); /* the clock may have jumped */
}

static void read_instant(struct story *s, const struct zone *z, const char *text, instant *out)
{
    if (!clock_read(&text, z, out) || *text)
        story_fail(s, s->given.rows[0].number, "\"%s\" is neither \"2026-06-01\" nor \"2026-06-01 06:00\"", text);
}

/* The world begins at the start of the story in the company's zone, which is known only from its configuration. */
static void make_world(struct teller *t, const char *span[CAPTURES], const char *configuration)
{
    struct zone *z = NULL;
    struct err e;
    const char *out[CAPTURES];
    for (size_t i = 0; i < t->story->given.n; i++)
        if (sentence_is(t->story->given.rows[i].text, "company in $, working hours $", &t->story->arena, out) &&
            !zone_open(&z, out[0], &e))
            story_fail(t->story, t->story->given.rows[i].number, "%s", e.text);
    if (!z)
        story_fail(t->story, t->story->given.rows[0].number,
                   "write \"company in Europe/Oslo, working hours mon-fri 08:30-17:00\"");
    read_instant(t->story, z, span[0], &t->begin);
    read_instant(t->story, z, span[1], &t->end);
    zone_close(z);
    t->world = world_new(configuration, t->begin, 1);
    t->configuration = arena_copy(&t->story->arena, configuration);
    t->zone = company_zone(world_company(t->world));
}

void story_tell(struct story *s)
{
    struct lines others;
    const char *span[CAPTURES];
    struct teller *t = s->teller = arena_new(&s->arena, sizeof *t);
    s->happened = arena_new(&s->arena, sizeof *s->happened);
    t->story = s;
    t->off_until = INSTANT_NONE;
    char *configuration = story_configure(s, &others);
    find_span(s, &others, span);
    make_world(t, span, configuration);
    free(configuration);
    open_shop(t);
    for (size_t i = 0; i < others.n; i++)
        if (strncmp(others.rows[i].text, "the story runs ", 15) != 0)
            teller_do(t, &others.rows[i]);
    for (size_t i = 0; i < s->when.n; i++)
        happen(t, &s->when.rows[i]);
    pass_time(t, t->end);
}
