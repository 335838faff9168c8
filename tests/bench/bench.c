#include "bench/bench.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Filled by the parts, printed by the parent: shared memory. */
static struct table {
    struct {
        char name[64], ours[32], floor[32], target[32];
        double ratio;
    } rows[12];
    char remarks[4][400];
    int n, n_remarks;
    struct scale scale;
} * table;

#define PUT(where, what) snprintf(where, sizeof(where), "%s", what)

void row(const char *name, const char *ours, const char *floor, double ratio, const char *target)
{
    int i = table->n++;
    if (i >= (int)(sizeof table->rows / sizeof table->rows[0]))
        fail("the table is full");
    PUT(table->rows[i].name, name);
    PUT(table->rows[i].ours, ours);
    PUT(table->rows[i].floor, floor);
    PUT(table->rows[i].target, target);
    table->rows[i].ratio = ratio;
}

void remark(const char *format, ...)
{
    va_list rest;
    va_start(rest, format);
    if (table->n_remarks < (int)(sizeof table->remarks / sizeof table->remarks[0]))
        vsnprintf(table->remarks[table->n_remarks++], sizeof table->remarks[0], format, rest);
    va_end(rest);
}

void fail(const char *format, ...)
{
    va_list rest;
    va_start(rest, format);
    fputs("bench: FAILED: ", stderr);
    vfprintf(stderr, format, rest);
    fputc('\n', stderr);
    va_end(rest);
    _exit(1);
}

double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(const double *values, int n)
{
    double sorted[ROUNDS];
    memcpy(sorted, values, (size_t)n * sizeof *values);
    qsort(sorted, (size_t)n, sizeof *sorted, by_size);
    return sorted[n / 2];
}

void row_of_times(const char *name, double per_second, const char *unit, const double *ours, const double *floor, int n,
                  const char *target)
{
    double ratios[ROUNDS];
    for (int i = 0; i < n; i++)
        ratios[i] = ours[i] / floor[i];
    row(name, text("%.1f %s", median(ours, n) * per_second, unit), text("%.1f %s", median(floor, n) * per_second, unit),
        median(ratios, n), target);
}

void row_of_rates(const char *name, const double *ours, const double *floor, int n, const char *target)
{
    double ratios[ROUNDS];
    for (int i = 0; i < n; i++)
        ratios[i] = floor[i] / ours[i];
    row(name, text("%.0f/s", 1 / median(ours, n)), text("%.0f/s", 1 / median(floor, n)), median(ratios, n), target);
}

const char *text(const char *format, ...)
{
    char *out;
    va_list rest;
    va_start(rest, format);
    if (vasprintf(&out, format, rest) < 0)
        fail("out of memory");
    va_end(rest);
    return out;
}

static void (*const parts[])(const struct scale *s) = { data_make_all,   bench_pass, bench_memory,
                                                        bench_first_day, bench_mail, bench_plan };

#define TABLE FOLDER "/table"

/* In a program started anew: what fork() hands down, it would hold without having touched it, or the other way round.
 */
static bool run(int part)
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        execl("/proc/self/exe", "bench", text("--part=%d", part), (char *)NULL);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) != child)
        fail("fork: %s", strerror(errno));
    if (WIFSIGNALED(status))
        fprintf(stderr, "bench: FAILED: part %d was ended by signal %d\n", part, WTERMSIG(status));
    return status == 0;
}

static void open_table(void)
{
    int fd = open(TABLE, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0 || ftruncate(fd, sizeof *table) != 0)
        fail("cannot write " TABLE ": %s (run it where build/ is)", strerror(errno));
    table = mmap(NULL, sizeof *table, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (table == MAP_FAILED)
        fail("cannot map " TABLE ": %s", strerror(errno));
    close(fd);
}

static int forget(const char *path, const struct stat *s, int kind, struct FTW *walk)
{
    (void)s;
    (void)kind;
    (void)walk;
    return remove(path);
}

static void print(double took)
{
    printf("%-46s %14s %14s %9s  %s\n", "", "ours", "floor", "ratio", "target");
    for (int i = 0; i < table->n; i++) {
        char ratio[16] = "";
        if (table->rows[i].ratio > 0)
            snprintf(ratio, sizeof ratio, table->rows[i].ratio < 0.1 ? "%.3f x" : "%.2f x", table->rows[i].ratio);
        printf("%-46s %14s %14s %9s  %s\n", table->rows[i].name, table->rows[i].ours, table->rows[i].floor, ratio,
               table->rows[i].target);
    }
    for (int i = 0; i < table->n_remarks; i++)
        printf("%s\n", table->remarks[i]);
    printf("(%.0f s)\n", took);
}

int main(int argc, char **argv)
{
    struct scale scale = { .customers = 100000, .mails = 2000, .rounds = 5 };
    double began = seconds();
    bool ok = true;
    int part;
    signal(SIGPIPE, SIG_IGN);
    if (argc == 2 && sscanf(argv[1], "--part=%d", &part) == 1) {
        alarm(1800);
        open_table();
        parts[part](&table->scale);
        return 0;
    }
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--quick") == 0)
            scale = (struct scale){ .customers = 10000, .mails = 300, .rounds = 3 };
        else if ((scale.customers = strtol(argv[i], NULL, 10)) < 2000 || scale.customers > 10000000)
            fail("usage: bench [--quick | CUSTOMERS], 2000 to 10000000 customers");
    }
    nftw(FOLDER, forget, 16, FTW_DEPTH | FTW_PHYS);
    mkdir(FOLDER, 0700);
    open_table();
    table->scale = scale;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        ok &= run((int)i);
    nftw(FOLDER, forget, 16, FTW_DEPTH | FTW_PHYS);
    print(seconds() - began);
    return !ok;
}
