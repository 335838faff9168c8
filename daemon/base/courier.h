/* Couriers: threads that may wait, so that the main thread never does. */
#ifndef BASE_COURIER_H
#define BASE_COURIER_H

#include "base/err.h"
#include "base/instant.h"

/* Where couriers of any crew lay down what they bring; emptied by the main thread. */
struct tray;

/* `wake` is called from a courier's thread after each item; it must be as harmless as ev_async_send(). */
struct tray *tray_new(void (*wake)(void *context), void *context);

/* Forget the tray; items still on it go to `drop` (may be NULL to leak nothing because there is nothing). Not while a
 * courier that crew_close() left behind may still come with something: then the tray stays until the process ends. */
void tray_free(struct tray *t, void (*drop)(void *item));

/* Lay down `item`. With `most` > 0 wait until fewer than that many items lie there, or tray_close() was called. */
void tray_put(struct tray *t, void *item, size_t most);

/* The oldest item, or NULL at once. Main thread. */
void *tray_take(struct tray *t);

/* Nobody will take from here any more: let all waiting tray_put() go on. `wake` is not called again. */
void tray_close(struct tray *t);

/* A crew: `size` threads fed from one queue. */
struct crew;

struct crew_kind {
    const char *name;                   /* of the threads, at most 15 bytes */
    void *(*begin)(void *context);      /* in the thread: what one courier keeps, such as its connection */
    void (*work)(void *own, void *job); /* may block; lays results on a tray; owns `job` from here on */
    void (*end)(void *own);             /* in the thread */
    void (*drop)(void *job);            /* a job that nobody started */
    void (*rested)(void *context);      /* in the thread, after work(): one more is idle; as harmless as wake. Needed
                                         * by whoever waits for crew_idle(): what work() laid down wakes too early */
};

bool crew_open(struct crew **out, const struct crew_kind *kind, void *context, int size, struct err *e) MUST_CHECK;

/* Queue a job. Main thread. */
void crew_give(struct crew *c, void *job);

/* How many couriers have nothing to do and nothing waiting for them. */
int crew_idle(struct crew *c);

/* Take no more jobs, drop the waiting ones, and wait at most `patience` for those at work. A courier that is still
 * blocked then is left behind (its memory too: it may yet wake up). True when all have ended. */
bool crew_close(struct crew *c, duration patience);

/* The two clocks, for deadlines inside a courier and for app/. Elsewhere time is an argument. */
instant courier_now(void);        /* wall clock */
duration courier_monotonic(void); /* never steps */

#endif
