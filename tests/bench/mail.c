/* Durable mail from end to end: due customers in the database, messages in the sink, every one committed before and
 * after. */
#include "bench/bench.h"

#include "engine/brief.h"
#include "source/source.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define TOOLS "build/bench-tools"
#define SHARED "../shared/perf/src"

enum { SESSIONS = 8, SIZE = 8192 };

/* ---- the sink and the floors ---- */

static bool make_tool(const char *name)
{
    const char *source = text(SHARED "/%s.c", name), *made = text(TOOLS "/%s", name);
    if (access(source, R_OK) != 0)
        return false;
    mkdir(TOOLS, 0700);
    if (access(made, X_OK) != 0 && system(text("${CC:-cc} -O2 -w -o %s %s", made, source)) != 0)
        fail("cannot compile %s", source);
    return true;
}

struct sink {
    pid_t pid;
    int port;
    FILE *said;
};

static int free_port(void)
{
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof a;
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (s < 0 || bind(s, (struct sockaddr *)&a, size) != 0 || getsockname(s, (struct sockaddr *)&a, &size) != 0)
        fail("no free port");
    close(s);
    return ntohs(a.sin_port);
}

static struct sink sink_open(void)
{
    struct sink s = { .port = free_port() };
    int out[2];
    if (pipe(out) != 0 || (s.pid = fork()) < 0)
        fail("cannot start the sink");
    if (s.pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        dup2(out[1], STDOUT_FILENO);
        close(out[0]);
        execl(TOOLS "/sink", "sink", "smtp", text("%d", s.port), (char *)NULL);
        _exit(127);
    }
    close(out[1]);
    s.said = fdopen(out[0], "r");
    usleep(200000);
    return s;
}

/* How many messages it took. */
static long sink_close(struct sink *s)
{
    char line[1000] = "";
    kill(s->pid, SIGTERM);
    if (!fgets(line, sizeof line, s->said) || !strstr(line, "sink_msgs="))
        fail("the sink died");
    fclose(s->said);
    waitpid(s->pid, NULL, 0);
    return strtol(strstr(line, "sink_msgs=") + 10, NULL, 10);
}

/* Seconds a message. */
static double timed(long n, const char *command)
{
    double began = seconds();
    if (system(command) != 0)
        fail("%s", command);
    return (seconds() - began) / (double)n;
}

static double raw(const struct sink *s, long n, int pipelined)
{
    return timed(
        n, text(TOOLS "/smtpraw %d n=%ld par=%d size=%d pipe=%d 2>/dev/null", s->port, n, SESSIONS, SIZE, pipelined));
}

static double smtp_source(const struct sink *s, long n)
{
    return timed(n, text("smtp-source -d -s %d -m %ld -l %d -f a@bench.example -t b@bench.example 127.0.0.1:%d",
                         SESSIONS, n, SIZE, s->port));
}

/* ---- ours ---- */

static long wanted;

static bool all_sent(const struct loop *l)
{
    return l->sent == wanted && loop_settled(l);
}

/* What rendering costs by itself. */
struct rendering {
    struct loop *loop;
    struct people people;
    long n;
    size_t bytes;
    double took;
};

static bool render(void *context, const struct facts *f)
{
    struct rendering *o = context;
    struct company *c = o->loop->company;
    const struct options *options = o->loop->options;
    struct arena a = { 0 };
    struct rendered out;
    struct finding *found;
    struct err e;
    struct bench b = { .options = options,
                       .hours = company_hours(c),
                       .paces = &(struct paces){ 0 },
                       .today = zone_date(company_zone(c), WEDNESDAY) };
    if (judge(&b, f, DATE_NONE, &a, &found) != 1 || found->state != FINDING_DUE)
        fail("customer %s is not due", f->customer.id);
    const struct salesperson *to = person_find(&o->people, f->customer.salesperson);
    struct brief brief = brief_of(c, &o->people, to, f, found->rule, &options->channels[0], to->email, WEDNESDAY);
    brief.defence = &found->defence;
    brief.message_id = "n1.12345678@bench.example";
    double began = seconds();
    if (!compose_mail(company_composer(c), &brief, &a, &out, &e))
        fail("%s", e.text);
    o->took += seconds() - began;
    o->bytes += out.size;
    arena_done(&a);
    return ++o->n < wanted;
}

/* The wire shows only where the loop waits for it. */
static void say_where(struct loop *l, double ended)
{
    struct rendering r = { .loop = l };
    struct arena a = { 0 };
    struct err e;
    double each = 1e6 / (double)wanted;
    struct source *s = source_new(l->options, company_zone(l->company));
    if (!source_people(s, WEDNESDAY, &a, &r.people, &e) || !source_pass(s, WEDNESDAY, render, &r, NULL, &e))
        fail("%s", e.text);
    source_free(s);
    arena_done(&a);
    remark("mail of %ld bytes, us each: %.0f to find and open, %.0f to tell; of both in steps %.0f (rendering %.0f, "
           "fsync %.0f in %.2f commits),"
           " waiting for the wire and the source %.0f",
           (long)(r.bytes / (size_t)r.n), (l->opened - l->began) * each, (ended - l->opened) * each, l->in_steps * each,
           r.took / (double)r.n * 1e6, l->in_sync * each, (double)l->commits / (double)wanted,
           (ended - l->began - l->in_steps) * each);
}

static double ours(const char *configuration, bool last, double *longest, double *longest_cpu)
{
    struct loop l;
    const char *store = data_path("due", "store");
    for (int i = 0; i < 3; i++)
        unlink(text("%s%s", store, (const char *const[]){ "", "-wal", "-shm" }[i]));
    loop_open(&l, configuration, store, WEDNESDAY);
    loop_run(&l, all_sent, 300);
    double ended = seconds(), took = (ended - l.began) / (double)wanted;
    if (l.claimed != wanted)
        fail("%ld messages for %ld customers", l.claimed, wanted);
    *longest = l.longest > *longest ? l.longest : *longest;
    *longest_cpu = l.longest_cpu > *longest_cpu ? l.longest_cpu : *longest_cpu;
    if (last)
        say_where(&l, ended);
    loop_close(&l);
    return took;
}

void bench_mail(const struct scale *s)
{
    double our[ROUNDS], pipelined[ROUNDS], peer[ROUNDS], longest = 0, longest_cpu = 0;
    int rounds = s->rounds < 3 ? s->rounds : 3;
    long n = s->mails * 10;
    if (!make_tool("sink") || !make_tool("smtpraw")) {
        remark("mail: SKIPPED, there is no " SHARED "/sink.c to deliver to");
        return;
    }
    bool source = system("command -v smtp-source >/dev/null 2>&1") == 0;
    struct sink sink = sink_open();
    wanted = s->mails;
    data_make("due", wanted, 100);
    const char *configuration = data_configure(
        "due", text("people = { hours = \"mon-sun 00:00-24:00\"; per_day = 0; }; digests = { weekly = \"off\"; summary = \"off\"; }; guards = { stale_feed = false; "
                    "mass_change = false; season = false; "
                    "calm_start = \"off\"; };\n"
                    "channels = { email = { url = \"smtp://127.0.0.1:%d\"; from = \"Follow-up "
                    "<followup@bench.example>\"; couriers = %d; }; };\n"
                    "rules = ( { id = \"lapse\"; kind = \"lapse\"; after = \"60 days\"; offer = \"welcome-back\"; } );",
                    sink.port, SESSIONS));
    for (int i = 0; i < rounds; i++) {
        our[i] = ours(configuration, i == rounds - 1, &longest, &longest_cpu);
        pipelined[i] = raw(&sink, n, 1);
        peer[i] = source ? smtp_source(&sink, n) : raw(&sink, n, 0);
    }
    long took = sink_close(&sink), gave = rounds * (wanted + 2 * n);
    if (took != gave)
        fail("the sink has %ld messages, it was given %ld", took, gave);
    row_of_rates("durable mail : bare sessions, pipelined", our, pipelined, rounds, "");
    /* Over many rounds a bare client with a round trip for each command did 1.44 times what smtp-source does. */
    if (source)
        row_of_rates("durable mail : smtp-source -d -s 8", our, peer, rounds, "at least 1 x");
    else
        row_of_rates("durable mail : bare sessions, not pipelined", our, peer, rounds, "at least 0.7 x");
    row("longest step, while mailing", text("%.1f ms", longest * 1e3), text("cpu %.1f ms", longest_cpu * 1e3), 0,
        "at most 50 ms");
}
