/* How much a daemon holds in memory, and how long its loop stands still while it takes in a whole company for the first
 * time. */
#include "bench/bench.h"

#include "app/couriers.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char rest[] =
    "people = { hours = \"mon-fri 08:30-17:00\"; per_day = 5; };\n"
    "channels = { folder = { path = \"out\"; from = \"Follow-up <followup@bench.example>\"; }; };\n"
    "rules = ( { id = \"lapse\"; kind = \"lapse\"; after = \"2.5 x rhythm\"; offer = \"welcome-back\"; },\n"
    "          { id = \"visit\"; kind = \"visit\"; every = \"5 years\"; } );";

/* Kilobytes of /proc/self/smaps_rollup. */
static double held(const char *what)
{
    char line[200];
    long size = -1;
    FILE *f = fopen("/proc/self/smaps_rollup", "re");
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, what, strlen(what)) == 0)
            sscanf(line + strlen(what), " %ld", &size);
    if (!f || size < 0)
        fail("cannot read %s in /proc/self/smaps_rollup", what);
    fclose(f);
    return (double)size;
}

static void settle(struct loop *l, const char *name, instant when)
{
    unlink(data_path(name, "store"));
    loop_open(l, data_configure(name, rest), data_path(name, "store"), when);
    loop_run(l, loop_settled, 900);
    couriers_rest_source(l->couriers); /* as after two idle seconds */
    usleep(200000);
}

enum { SMALL = 1000 };

/* At work: its first messages have left. */
void bench_small(const struct scale *s)
{
    struct loop l;
    data_make("small", SMALL, 0);
    settle(&l, "small", WEDNESDAY);
    if (l.sent == 0)
        fail("the small company told nobody");
    *s->resident = held("Rss:");
    row(text("resident, %d customers", SMALL), text("%.1f MB", *s->resident / 1024), "", 0, "at most 40 MB");
    row("    of it anonymous", text("%.1f MB", held("Anonymous:") / 1024), "", 0, "at most 8 MB");
    loop_close(&l);
}

/* Its first day is a Saturday, so that all is found and nothing leaves. */
void bench_large(const struct scale *s)
{
    struct loop l;
    settle(&l, "all", SATURDAY);
    double each = (held("Rss:") - *s->resident) / (double)(s->customers - SMALL);
    row("resident, extrapolated to 1000000 customers", text("%.1f MB", (*s->resident + each * (1e6 - SMALL)) / 1024),
        "", 0, "at most 128 MB");
    row(text("longest step, first pass of %ld", s->customers), text("%.1f ms", l.longest * 1e3),
        text("cpu %.1f ms", l.longest_cpu * 1e3), 0, "at most 50 ms");
    remark("memory: %.0f bytes a customer with its %ld waiting episodes; first day: %.1f s, %ld steps, in them %.1f s, "
           "of it fsync %.1f s",
           each * 1024, engine_state(l.engine).waiting, seconds() - l.began, l.steps, l.in_steps, l.in_sync);
    loop_close(&l);
}
