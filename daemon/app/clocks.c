#include "app/clocks.h"

#include "base/courier.h"

#include <sys/stat.h>
#include <sys/timex.h>
#include <time.h>

/* Touched by systemd-timesyncd each time it has heard its server and set the clock, which it does at once after a jump.
 * Fresh only: what was right before a jump says nothing. We look every minute. */
static const char timesyncd[] = "/run/systemd/timesync/synchronized";
static const duration fresh = 2 * MINUTE;

/* Unlike the monotonic clock it goes on while the machine sleeps. */
static duration running(void)
{
    struct timespec t;
    clock_gettime(CLOCK_BOOTTIME, &t);
    return t.tv_sec * SECOND + t.tv_nsec / 1000000;
}

static bool synchronised(instant now)
{
    struct timex t = { .modes = 0 };
    struct stat file;
    int state = adjtimex(&t);
    if (state >= 0)
        return state != TIME_ERROR && !(t.status & STA_UNSYNC);
    if (stat(timesyncd, &file) != 0)
        return false;
    duration age = now - (file.st_mtim.tv_sec * SECOND + file.st_mtim.tv_nsec / 1000000);
    return age >= 0 && age < fresh;
}

struct tick clocks_tick(void)
{
    struct tick t;
    /* A machine that sleeps between two readings is no clock that jumps. */
    do {
        t.running = running();
        t.wall = courier_now();
    } while (running() - t.running > SECOND);
    t.synchronised = synchronised(t.wall);
    return t;
}
