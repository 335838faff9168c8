/* The kernel's part of the clock, for tests that move the wall clock with libfaketime: preloaded before it.
 *
 * The file named by KERNEL_CLOCK says, each time anew: "JUMPED ANSWER". The time since boot goes on with the faked wall clock, as on a
 * machine that slept, but for JUMPED seconds: so far did somebody set the clock. ANSWER is what adjtimex(2) says: "yes" synchronised, "no"
 * not, "forbidden" by the unit. Without the variable all is as it is. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

static int told(double *jumped, char answer[16])
{
    const char *name = getenv("KERNEL_CLOCK");
    FILE *f = name ? fopen(name, "re") : NULL;
    int ok = f && fscanf(f, "%lf %15s", jumped, answer) == 2;
    if (f)
        fclose(f);
    return ok;
}

int clock_gettime(clockid_t clock, struct timespec *t)
{
    static int (*next)(clockid_t, struct timespec *);
    double jumped;
    char answer[16];
    struct timespec faked, wall;
    if (!next)
        next = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    if (clock != CLOCK_BOOTTIME || !told(&jumped, answer))
        return next(clock, t);
    if (next(CLOCK_REALTIME, &faked) != 0 || syscall(SYS_clock_gettime, CLOCK_REALTIME, &wall) != 0)
        return -1;
    if (syscall(SYS_clock_gettime, CLOCK_BOOTTIME, t) != 0)
        return -1;
    long long ns = (faked.tv_sec - wall.tv_sec) * 1000000000LL + faked.tv_nsec - wall.tv_nsec - (long long)(jumped * 1e9);
    ns += t->tv_sec * 1000000000LL + t->tv_nsec;
    ns += 25000LL * 86400 * 1000000000LL; /* never negative, however far back the wall clock is faked */
    t->tv_sec = ns / 1000000000LL;
    t->tv_nsec = ns % 1000000000LL;
    return 0;
}

int adjtimex(struct timex *t)
{
    double jumped;
    char answer[16];
    if (!told(&jumped, answer))
        return (int)syscall(SYS_adjtimex, t);
    if (answer[0] == 'f') {
        errno = EPERM;
        return -1;
    }
    t->status = answer[0] == 'y' ? 0 : STA_UNSYNC;
    return answer[0] == 'y' ? TIME_OK : TIME_ERROR;
}
