/* followupctl release WHAT */
#include "ctl/ctl.h"

#include "base/courier.h"
#include "store/episodes.h"
#include "store/ledger.h"
#include "store/messages.h"

#include <string.h>

static bool release_feed(struct ctl *c, const char *name, struct err *e)
{
    (void)name;
    return release_set(c->store, "feed", c->now, e) && stop_clear(c->store, "feed", e);
}

static bool release_calm(struct ctl *c, const char *rule, struct err *e)
{
    if (rule && !rule_find(c->options, rule))
        return err_set(e, "there is no rule \"%s\" in %s", rule, c->file);
    return episodes_release_backlog(c->store, rule, e);
}

static bool release_mass(struct ctl *c, const char *rule, struct err *e)
{
    if (rule && !rule_find(c->options, rule))
        return err_set(e, "there is no rule \"%s\" in %s", rule, c->file);
    return rule ? stop_clear(c->store, arena_print(&c->arena, MASS_CHANGE "%s", rule), e)
                : stop_clear_all(c->store, MASS_CHANGE "*", e);
}

static bool release_channel(struct ctl *c, const char *name, struct err *e)
{
    if (!name || !channel_find(c->options, name))
        return err_set(e, "there is no channel \"%s\" in %s", name ? name : "", c->file);
    return stop_clear(c->store, arena_print(&c->arena, "channel %s", name), e) &&
           messages_hurry(c->store, name, c->now, e);
}

static bool release_address(struct ctl *c, const char *address, struct err *e)
{
    return stop_clear_all(c->store, address ? arena_print(&c->arena, "address * %s", address) : "address *", e);
}

/* The daemon takes this instant, as a start does, for the last one that can be believed. */
static bool release_clock(struct ctl *c, const char *name, struct err *e)
{
    (void)name;
    return store_set_number(c->store, "clock seen", courier_now(), e) && stop_clear(c->store, "clock", e);
}

static const struct {
    const char *name;
    bool (*release)(struct ctl *c, const char *name, struct err *e);
    const char *said;
} holds[] = {
    { "feed", release_feed, "judging goes on today although no purchase came in" },
    { "calm", release_calm, "old cases are told in their turn now, within the caps" },
    { "mass-change", release_mass, "the new cases are told in their turn now, within the caps" },
    { "clock", release_clock, "the clock is taken to be right as it is" },
    { "channel", release_channel, "the channel is tried again" },
    { "address", release_address, "refused addresses are tried again" },
};

static int run(struct ctl *c, int argc, char **argv)
{
    struct err e;
    bool blocked;
    size_t i = 0;
    while (argc >= 1 && i < sizeof holds / sizeof holds[0] && strcmp(holds[i].name, argv[0]) != 0)
        i++;
    if (argc < 1 || argc > 2 || i == sizeof holds / sizeof holds[0])
        return ctl_fail(CTL_USAGE, "write: followupctl release %s", verb_release.arguments);
    if (!c->store)
        return ctl_fail(CTL_CRITICAL, "there is no store at %s yet: nothing is held", c->options->store);
    const char *line = arena_print(&c->arena, "release %s%s%s", argv[0], argc > 1 ? " " : "", argc > 1 ? argv[1] : "");
    if (!store_begin(c->store, &blocked, &e))
        return ctl_fail(CTL_CRITICAL, "%s", e.text);
    if (!holds[i].release(c, argc > 1 ? argv[1] : NULL, &e) ||
        !history_add(c->store, c->now, NULL, ctl_actor(c), line, &e) || !store_commit(c->store, &e)) {
        store_rollback(c->store);
        return ctl_fail(CTL_CRITICAL, "%s", e.text);
    }
    printf("%s\n", holds[i].said);
    return CTL_OK;
}

const struct verb verb_release = {
    .name = "release",
    .arguments = "feed | calm [RULE] | mass-change [RULE] | clock | channel NAME | address [ADDRESS]",
    .what = "Let go on what a guard holds, or try again what was stopped.",
    .run = run,
    .store = true,
};
