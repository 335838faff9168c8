/* How long the plan of a year takes, and that it is written as it comes: its memory does not grow with the company. */
#include "bench/bench.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const char rest[] =
    "people = { hours = \"mon-fri 08:30-17:00\"; };\n"
    "channels = { folder = { path = \"out\"; from = \"Follow-up <followup@bench.example>\"; }; };\n"
    "rules = ( { id = \"lapse\"; kind = \"lapse\"; after = \"2.5 x rhythm\"; },\n"
    "  { id = \"visit\"; kind = \"visit\"; every = ( (\"regular\", \"1 year\"), (\"key accounts\", \"1 month\") ); },\n"
    "  { id = \"gift\"; kind = \"occasion\"; on = \"06-24\"; } );";

/* The real program, its table thrown away; what it held at most, in kilobytes. */
static long plan_of(const char *conf)
{
    struct rusage used;
    int status, nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    pid_t child = fork();
    if (child == 0) {
        dup2(nowhere, STDOUT_FILENO);
        execl("build/followupctl", "followupctl", "-c", conf, "--at", "2025-06-04", "plan", (char *)NULL);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &used) != child || status != 0)
        fail("build/followupctl plan does not work");
    close(nowhere);
    return used.ru_maxrss;
}

void bench_plan(const struct scale *s)
{
    double began = seconds();
    long all = plan_of(data_configure("all", rest));
    double took = seconds() - began;
    long small = plan_of(data_configure("small", rest));
    row(text("followupctl plan, a year of %ld customers", s->customers), text("%.1f s", took), "", 0, "");
    row(text("    held at most, and of %d customers", SMALL), text("%.1f MB", (double)all / 1024),
        text("%.1f MB", (double)small / 1024), (double)all / (double)small, "at most 1.5 x");
}
