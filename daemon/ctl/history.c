/* followupctl history [CUSTOMER] */
#include "ctl/table.h"

#include "store/ledger.h"

static int run(struct ctl *c, int argc, char **argv)
{
    struct history_line *lines = NULL;
    size_t n = 0;
    struct err e;
    if (argc > 1)
        return ctl_fail(CTL_USAGE, "history takes one customer, or none for everybody");
    instant until = c->at_given ? c->now : INSTANT_NEVER;
    if (c->store && !history_read(c->store, argc ? argv[0] : NULL, until, &c->arena, &lines, &n, &e))
        return ctl_fail(CTL_CRITICAL, "%s", e.text);
    if (argc && !n)
        fprintf(stderr, "nothing has happened with a customer \"%s\"; ids are those of the customers query\n", argv[0]);
    struct table *t = table_new("when,customer,by,what");
    for (size_t i = 0; i < n; i++)
        table_add(t, ctl_when(c, lines[i].at), lines[i].customer, lines[i].actor, lines[i].line);
    table_print(t, c->format, stdout);
    table_free(t);
    return CTL_OK;
}

const struct verb verb_history = {
    .name = "history",
    .arguments = "[CUSTOMER]",
    .what = "Everything that happened, line by line: what became due, who was told, what they answered.",
    .run = run,
    .store = true,
};
