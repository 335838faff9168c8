/* Years of a company by seed, with faults and crashes. Without arguments: the seeds that failed once, then 1 ... FRESH.
 * With one: that seed. With two: all from the one to the other. --long: ten years of 2,000 customers instead of one of
 * 220; --years=N: so many. A seed runs in a process of its own, so that whatever happens to it is its own. */
#include "sim/life.h"

#include "base/mem.h"
#include "harness/harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { FRESH = 4, AT_ONCE = 2 };

/* After a crash everybody is read again, so that a large company cannot have as many. */
static const struct size small = {
    .buyers = 220, .people = 8, .years = 1, .faults = 1, .deeds = 1, .moments = 4, .round = 3
};
static const struct size large = {
    .buyers = 2000, .people = 12, .years = 10, .faults = 0.1, .deeds = 0.2, .moments = 1, .round = 14
};

static const char kept[] = "tests/sim/seeds.txt";

static unsigned long long asked[2];
static int n_asked;
static bool asked_long;
static int asked_years;

/* Before the harness sees them: an empty word names every test. */
__attribute__((constructor)) static void take_arguments(int argc, char **argv)
{
    static char every[] = "";
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--long") == 0)
            asked_long = true;
        else if (strncmp(argv[i], "--years=", 8) == 0)
            asked_years = atoi(argv[i] + 8);
        else if (n_asked < 2)
            asked[n_asked++] = strtoull(argv[i], NULL, 10);
        argv[i] = every;
    }
}

static bool run(uint64_t seed)
{
    struct timespec begin, end, cpu;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    struct size size = asked_long ? large : small;
    size.years = asked_years ? asked_years : size.years;
    struct firm *f = firm_new(seed, &size);
    struct witness *w = witness_new(f);
    life_go_on(w, f->size.years * 365);
    if (!w->violated)
        life_drain(w);
    bool ok = !w->violated;
    clock_gettime(CLOCK_MONOTONIC, &end);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
    printf("seed %llu: %ld steps, %ld mails (%ld told several things), %zu digests, %ld alerts, %ld crashes, %ld "
           "doubts, %.1f s "
           "(%.1f s of the "
           "processor)%s\n",
           (unsigned long long)seed, w->steps, w->mails, w->together, w->n_digests, w->alerts, f->crashes, w->doubts,
           (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9,
           (double)cpu.tv_sec + (double)cpu.tv_nsec / 1e9, ok ? "" : " VIOLATED");
    witness_free(w);
    firm_free(f);
    return ok;
}

/* ---- many seeds ---- */

struct seeds {
    unsigned long long *rows;
    size_t n;
};

static void add(struct seeds *s, unsigned long long seed)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->rows[i] == seed)
            return;
    s->rows = mem_resize(s->rows, (s->n + 1) * sizeof *s->rows);
    s->rows[s->n++] = seed;
}

static void add_kept(struct seeds *s)
{
    char line[80];
    FILE *file = fopen(kept, "r");
    while (file && fgets(line, sizeof line, file)) {
        char *end;
        unsigned long long seed = strtoull(line, &end, 10);
        if (end != line)
            add(s, seed);
    }
    if (file)
        fclose(file);
}

static void keep(unsigned long long seed)
{
    struct seeds known = { 0 };
    add_kept(&known);
    size_t n = known.n;
    add(&known, seed);
    FILE *file = known.n > n ? fopen(kept, "a") : NULL;
    if (file) {
        fprintf(file, "%llu\n", seed);
        fclose(file);
    }
    free(known.rows);
}

static pid_t begin(unsigned long long seed)
{
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        bool ok = run(seed);
        fflush(NULL);
        exit(ok ? 0 : 1); /* the world clears its folder away */
    }
    return pid;
}

TEST(the_promises_hold_for_years_of_faults_and_crashes)
{
    struct seeds seeds = { 0 };
    if (n_asked == 0)
        add_kept(&seeds);
    unsigned long long first = n_asked ? asked[0] : 1, last = n_asked == 2 ? asked[1] : n_asked ? first : FRESH;
    for (unsigned long long seed = first; seed <= last; seed++)
        add(&seeds, seed);
    struct {
        pid_t pid;
        unsigned long long seed;
    } running[AT_ONCE] = { 0 };
    int failed = 0, busy = 0;
    for (size_t next = 0; next < seeds.n || busy;) {
        if (next < seeds.n && busy < AT_ONCE) {
            int i = 0;
            while (running[i].pid)
                i++;
            running[i].seed = seeds.rows[next++];
            running[i].pid = begin(running[i].seed);
            busy++;
            continue;
        }
        int status;
        pid_t pid = wait(&status);
        for (int i = 0; i < AT_ONCE; i++)
            if (running[i].pid == pid) {
                running[i].pid = 0;
                busy--;
                if (status != 0) {
                    printf("seed %llu failed; it is kept in %s: build/sim %llu runs it again\n", running[i].seed, kept,
                           running[i].seed);
                    keep(running[i].seed);
                    failed++;
                }
            }
    }
    free(seeds.rows);
    CHECK_INT(failed, 0);
}
