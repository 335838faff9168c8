/* Sentences about followupd itself and what surrounds it: the mail server, the database, crashes. */
#include "stories/sentences.h"

#include "engine/brief.h"

#include <stdlib.h>
#include <string.h>

static void server_away(struct said *x)
{
    world_server(x->t->world, NULL, SERVER_AWAY);
}

static void server_busy(struct said *x)
{
    world_server(x->t->world, NULL, SERVER_BUSY);
}

static void server_busy_for(struct said *x)
{
    world_server(x->t->world, said_person(x, x->part[0])->email, SERVER_BUSY);
}

static void server_silent(struct said *x)
{
    world_server(x->t->world, NULL, SERVER_SILENT);
}

static void server_bad_login(struct said *x)
{
    world_server(x->t->world, NULL, SERVER_BAD_LOGIN);
}

static void server_works(struct said *x)
{
    world_server(x->t->world, NULL, SERVER_ACCEPTS);
}

static void server_refuses(struct said *x)
{
    world_server(x->t->world, said_person(x, x->part[0])->email, SERVER_REFUSES);
}

static void telegram_away(struct said *x)
{
    world_telegram(x->t->world, NULL, SERVER_AWAY);
}

static void telegram_busy(struct said *x)
{
    world_telegram(x->t->world, NULL, SERVER_BUSY);
}

static void telegram_silent(struct said *x)
{
    world_telegram(x->t->world, NULL, SERVER_SILENT);
}

static void telegram_bad_token(struct said *x)
{
    world_telegram(x->t->world, NULL, SERVER_BAD_LOGIN);
}

static void telegram_works(struct said *x)
{
    world_telegram(x->t->world, NULL, SERVER_ACCEPTS);
}

static void telegram_blocked(struct said *x)
{
    world_telegram(x->t->world, person_address(said_person(x, x->part[0]), "telegram"), SERVER_REFUSES);
}

static void source_broken(struct said *x)
{
    world_source_fails(x->t->world, "the database is locked");
}

static void source_whole(struct said *x)
{
    world_source_fails(x->t->world, NULL);
}

static void nobody_buys(struct said *x)
{
    x->t->nobody_buys = true;
}

static void people_buy(struct said *x)
{
    x->t->nobody_buys = false;
}

static void crashes(struct said *x)
{
    world_crash(x->t->world);
}

static void crashes_after_mail(struct said *x)
{
    const struct arrival *arrivals;
    x->t->crash_after_mail = true;
    x->t->seen = world_arrivals(x->t->world, &arrivals);
}

static void crashes_before_commit(struct said *x)
{
    world_crash_in_step(x->t->world, true);
}

static void crashes_after_commit(struct said *x)
{
    world_crash_in_step(x->t->world, false);
}

static void crashes_at_claim(struct said *x)
{
    world_crash_at_claim(x->t->world);
}

static void is_off(struct said *x)
{
    const char *text = x->part[0];
    if (!clock_read(&text, x->t->zone, &x->t->off_until) || *text)
        story_fail(x->s, x->line->number, "\"%s\" is no time", x->part[0]);
}

/* "3 days", "2 hours" */
static duration read_span(struct said *x, const char *text)
{
    static const struct {
        const char *name;
        duration unit;
    } units[] = { { "day", DAY }, { "hour", HOUR }, { "minute", MINUTE }, { "second", SECOND } };
    char *rest;
    long n = strtol(text, &rest, 10);
    for (size_t i = 0; n > 0 && *rest == ' ' && i < sizeof units / sizeof units[0]; i++) {
        size_t size = strlen(units[i].name);
        if (strncmp(rest + 1, units[i].name, size) == 0 && strcmp(rest + 1 + size, n == 1 ? "" : "s") == 0)
            return n * units[i].unit;
    }
    story_fail(x->s, x->line->number, "\"%s\" is no span such as 2 hours", text);
}

static void clock_forward(struct said *x)
{
    world_clock_jumps(x->t->world, read_span(x, x->part[0]));
}

static void clock_back(struct said *x)
{
    world_clock_jumps(x->t->world, -read_span(x, x->part[0]));
}

static void clock_synchronised(struct said *x)
{
    world_clock_synchronised(x->t->world, true);
}

static void clock_released(struct said *x)
{
    world_release_clock(x->t->world);
}

/* Where the rule of that id begins in the configuration, and behind its bracket. */
static char *find_rule(struct said *x, const char *id, char **end)
{
    char *at = strstr(x->t->configuration, arena_print(x->a, "{ id = \"%s\";", id));
    if (!at)
        story_fail(x->s, x->line->number, "there is no rule \"%s\"", id);
    *end = strchr(at, '}') + 1;
    return at;
}

static void reload(struct said *x, const char *configuration)
{
    x->t->configuration = arena_copy(x->a, configuration);
    world_settings(x->t->world, configuration);
}

static void rule_renamed(struct said *x)
{
    char *end, *at = find_rule(x, x->part[0], &end);
    const char *kind = strchr(at, ';') + 1;
    reload(x, arena_print(x->a, "%.*s{ id = \"%s\"; formerly = \"%s\";%s", (int)(at - x->t->configuration),
                          x->t->configuration, x->part[1], x->part[0], kind));
}

static void rule_taken_out(struct said *x)
{
    char *end, *at = find_rule(x, x->part[0], &end);
    while (at[-1] != '(' && at[-1] != '}') /* the comma before it */
        at--;
    if (at[-1] == '(')
        end += strspn(end, ",\n ");
    reload(x, arena_print(x->a, "%.*s%s", (int)(at - x->t->configuration), x->t->configuration, end));
}

static void rule_retired_by(struct said *x)
{
    struct err e;
    if (!world_retire(x->t->world, x->part[0], &e))
        story_fail(x->s, x->line->number, "%s", e.text);
}

static void reloaded(struct said *x)
{
    reload(x, x->t->configuration);
}

static void mass_released(struct said *x)
{
    world_release_mass(x->t->world, x->part[0]);
}

const struct sentence machinery_sentences[] = {
    { "the mail server is away", server_away },
    { "the mail server is busy", server_busy },
    { "the mail server is busy for $", server_busy_for },
    { "the mail server takes mail and never answers", server_silent },
    { "the mail server refuses our password", server_bad_login },
    { "the mail server refuses mail to $", server_refuses },
    { "the mail server works", server_works },
    { "Telegram is away", telegram_away },
    { "Telegram is busy", telegram_busy },
    { "Telegram takes messages and never answers", telegram_silent },
    { "Telegram refuses our token", telegram_bad_token },
    { "Telegram works", telegram_works },
    { "$ blocks us on Telegram", telegram_blocked },
    { "the database cannot be read", source_broken },
    { "the database can be read", source_whole },
    { "from now on nobody buys", nobody_buys },
    { "people buy again", people_buy },
    { "followupd crashes as soon as a mail has left", crashes_after_mail },
    { "followupd crashes before it has written down what it does", crashes_before_commit },
    { "followupd crashes after it has written down what it does", crashes_after_commit },
    { "followupd crashes when a mail is about to leave", crashes_at_claim },
    { "followupd crashes", crashes },
    { "followupd does not run until $", is_off },
    { "rule $ is called $ from now on", rule_renamed },
    { "rule $ is taken out of the settings", rule_taken_out },
    { "rule $ is retired", rule_retired_by },
    { "followupd reads its settings again", reloaded },
    { "the clock jumps forward by $", clock_forward },
    { "the clock jumps back by $", clock_back },
    { "the clock is synchronised", clock_synchronised },
    { "the clock is released", clock_released },
    { "the mass change of $ is released", mass_released },
    { NULL, NULL },
};
