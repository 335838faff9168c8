/* followupctl: one verb a file, one table. It needs no running daemon: what passes between the two is a row in the
 * store. */
#ifndef CTL_CTL_H
#define CTL_CTL_H

#include "engine/company.h"
#include "source/source.h"
#include "store/store.h"

#include <stdio.h>

enum format { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON, FORMAT_ICS };

/* Exit codes that scripts can use. */
enum {
    CTL_OK = 0,
    CTL_FOUND = 1,    /* it worked, and there is something to look at: check's complaints, status' warnings */
    CTL_CRITICAL = 2, /* status: something does not work; any other verb: it could not be done */
    CTL_USAGE = 64,
    CTL_CONFIGURATION = 78,
};

/* What a verb works with. */
struct ctl {
    const char *program, *file;
    struct options *options;
    struct company *company;
    struct source *source;
    struct store *store; /* NULL: there is none yet */
    instant now;         /* --at, or the clock */
    bool at_given;
    enum format format;
    struct arena arena; /* until the program ends */
};

struct verb {
    const char *name, *arguments, *what;
    int (*run)(struct ctl *c, int argc, char **argv); /* argv[0] is the first argument behind the verb */
    bool store;                                       /* opens the store (if it is there) */
    bool bare;                                        /* says itself what is wrong with the configuration */
};

extern const struct verb verb_check, verb_explain, verb_history, verb_import, verb_list, verb_offers, verb_plan,
    verb_preview, verb_record, verb_release, verb_retire, verb_status, verb_test_send;

const struct verb *const *ctl_verbs(size_t *n);

/* Run the program; returns its exit code. */
int ctl_run(int argc, char **argv);

/* "followupctl: what went wrong" on standard error; returns `code`. */
int ctl_fail(int code, const char *format, ...) PRINTF_LIKE(2, 3);

/* Take "--name VALUE" out of the arguments; returns the value, or NULL. */
const char *ctl_option(int *argc, char **argv, const char *name);

/* Take "--name" out of the arguments; was it there? */
bool ctl_flag(int *argc, char **argv, const char *name);

/* Read the configuration and what it names; false after saying everything that is wrong with it. */
bool ctl_configure(struct ctl *c);
void ctl_complain(const struct complaints *c, FILE *out);

/* "2026-11-22" (its last second), "2026-11-22 10:00", "2026-11-22T10:00:00Z"; without Z company time. */
bool ctl_time(const struct ctl *c, const char *text, instant *out);

/* Root becomes the owner of the file first, so that nothing of the daemon's ends up root's. `what` it is: "store". */
bool ctl_become_owner(const char *what, const char *path, struct err *e) MUST_CHECK;

/* The person who runs the command: for the history. */
const char *ctl_actor(struct ctl *c);

/* "2026-11-22 10:00" in company time. */
const char *ctl_when(struct ctl *c, instant t);

/* What holds an episode, or why it ended: its own reason, or that the mass-change guard holds its rule. */
bool ctl_reason(struct ctl *c, const struct episode *ep, const char **reason, struct err *e) MUST_CHECK;

/* Bench of the day of c->now, on `paces`. */
struct bench ctl_bench(const struct ctl *c, const struct paces *paces);

#endif
