/* followupctl retire RULE */
#include "ctl/ctl.h"

#include "store/identity.h"

static bool retire(struct ctl *c, const char *rule, long *n, struct err *e)
{
    bool blocked;
    return store_begin(c->store, &blocked, e) && rule_retire(c->store, rule, ctl_actor(c), c->now, n, e) &&
           store_commit(c->store, e);
}

static int run(struct ctl *c, int argc, char **argv)
{
    struct err e;
    long n = 0;
    if (argc != 1)
        return ctl_fail(CTL_USAGE, "write: followupctl retire %s", verb_retire.arguments);
    const struct rule *r = rule_find(c->options, argv[0]);
    if (r)
        return ctl_fail(CTL_CRITICAL, "rule %s is in %s, line %d; take it out there, then retire it", r->id,
                        r->place.file, r->place.line);
    if (!c->store)
        return ctl_fail(CTL_CRITICAL, "there is no store at %s yet: nothing is open", c->options->store);
    if (!retire(c, argv[0], &n, &e)) {
        store_rollback(c->store);
        return ctl_fail(CTL_CRITICAL, "%s", e.text);
    }
    printf("%ld open follow-up%s of rule %s withdrawn%s\n", n, n == 1 ? "" : "s", argv[0],
           store_daemon(c->store) ? "; now: systemctl reload followupd" : "");
    return CTL_OK;
}

const struct verb verb_retire = {
    .name = "retire",
    .arguments = "RULE",
    .what = "End what is open of a rule that was taken out of the configuration.",
    .run = run,
    .store = true,
};
