/* How much a daemon holds in memory, and how long its loop stands still while it takes in a whole company for the first
 * time. */
#include "bench/bench.h"

#include "app/couriers.h"
#include "engine/agenda.h"

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

/* What grows with the company is the agenda alone; a whole daemon with a million customers was seen to hold no more. */
static struct agenda *agenda_of(long customers)
{
    struct agenda *a = agenda_new();
    for (long i = 1; i <= customers; i++) {
        char id[24];
        struct outlook o = { .rhythm = { .occasions = 5, .last_day = 20000 },
                             .other = DATE_NEVER,
                             .fingerprint = (uint64_t)i };
        snprintf(id, sizeof id, "%ld", i);
        agenda_note(a, id, "regular", "anna", &o);
        agenda_look_by(a, id, WEDNESDAY + i % 300 * DAY);
    }
    return a;
}

/* At work: its first messages have left. */
void bench_memory(const struct scale *s)
{
    enum { MILLION = 1000000 };
    struct loop l;
    (void)s;
    settle(&l, "small", WEDNESDAY);
    if (l.sent == 0)
        fail("the small company told nobody");
    double before = held("Rss:");
    row(text("resident, %d customers", SMALL), text("%.1f MB", before / 1024), "", 0, "at most 40 MB");
    row("    of it anonymous", text("%.1f MB", held("Anonymous:") / 1024), "", 0, "at most 8 MB");
    struct agenda *a = agenda_of(MILLION);
    double after = held("Rss:");
    row("    and with an agenda of 1000000", text("%.1f MB", after / 1024), "", 0, "at most 128 MB");
    remark("the agenda: %.0f bytes a customer", (after - before) * 1024 / MILLION);
    agenda_free(a);
    loop_close(&l);
}

/* Its first day is a Saturday, so that all is found and nothing leaves. */
void bench_first_day(const struct scale *s)
{
    struct loop l;
    settle(&l, "all", SATURDAY);
    row(text("longest step, first pass of %ld", s->customers), text("%.1f ms", l.longest * 1e3),
        text("cpu %.1f ms", l.longest_cpu * 1e3), 0, "at most 50 ms");
    remark("first day: %.1f s to find %ld cases; %ld steps, in them %.1f s, of it fsync %.1f s; %.1f MB resident",
           seconds() - l.began, engine_state(l.engine).waiting, l.steps, l.in_steps, l.in_sync, held("Rss:") / 1024);
    loop_close(&l);
}
