/* A company, its database, its mail servers and its clock, all in one process and all in our hands: what the stories
 * and the simulator run the real engine, the real store (SQLite, in a fresh folder) and the real composer against. */
#ifndef WORLD_WORLD_H
#define WORLD_WORLD_H

#include "engine/engine.h"

/* One mail as the fake server saw it. The record outlives crashes of the daemon. */
struct arrival {
    instant at;
    char channel[16], person[32], address[96], message_id[96];
    char subject[200];
    char customer[32]; /* "" for an alert to the admin */
    bool digest;       /* of many customers: the first of those it tells, "" if it tells nothing new */
    enum digest_kind kind;
    int64_t message;
    bool again;      /* in doubt: with the bytes of an earlier attempt */
    instant claimed; /* when it was first to leave */
    struct told {
        char customer[32];
        int64_t episode;
        char rule[32];
        int step; /* 0 first telling, 1... repeats */
        bool backlog;
    } * told; /* all that it tells */
    int n_told;
    bool accepted;     /* the server took it (whether or not it said so) */
    bool heard;        /* its answer reached the courier */
    const char *bytes; /* the whole message */
};

/* How the mail server, or Telegram, answers attempts from now on. */
enum server {
    SERVER_ACCEPTS,
    SERVER_AWAY,      /* connection refused: later, blame the server */
    SERVER_BUSY,      /* 451: later, blame the message; 429: later, blame the server */
    SERVER_REFUSES,   /* 550 5.1.1, 403: blame the person */
    SERVER_SILENT,    /* takes the mail and never answers: unknown */
    SERVER_BAD_LOGIN, /* 535, 401: blame the channel */
};

struct world;

/* `configuration` is the text of a followupd.conf without store, source, languages and channels (those are the world's
 * own): company, people, categories, guards, offers, rules. It is read by settings/, so a mistake in it fails the test
 * with the complaint. */
struct world *world_new(const char *configuration, instant start, uint64_t seed);
void world_free(struct world *w);

/* The database: what the fake source answers. Strings are copied. A change is noticed by the daemon at its next step.
 */
void world_salesperson(struct world *w, const struct salesperson *s); /* add or replace, by id */
void world_customer(struct world *w, const struct customer *c);       /* add or replace, by id */
void world_customer_gone(struct world *w, const char *id);
void world_purchase(struct world *w, const char *customer, const struct purchase *p); /* `at` and `day` both given */
void world_purchase_gone(struct world *w, const char *customer, date day);            /* all of that day */
void world_contact(struct world *w, const char *customer, const struct contact *c);
void world_contact_gone(struct world *w, const char *customer, date day);           /* all of that day */
void world_problem(struct world *w, const char *customer, const struct problem *p); /* add or replace, by id */
void world_problem_gone(struct world *w, const char *customer, const char *id);
void world_unreadable(struct world *w, const char *customer, int purchases); /* so many have a day that is none */
void world_alias(struct world *w, const char *old, const char *id);          /* id NULL: not any more */
void world_source_fails(struct world *w, const char *why);                   /* NULL: it answers again */

/* The mail server; for one address only, or (NULL) for all. And Telegram, which is there too. */
void world_server(struct world *w, const char *address, enum server how);
void world_telegram(struct world *w, const char *address, enum server how);

/* What an admin or salesperson does with followupctl, on the same store (record CUSTOMER OUTCOME, release ...). */
bool world_record(struct world *w, const char *customer, enum episode_state outcome, const char *reason, struct err *e);

bool world_retire(struct world *w, const char *rule, struct err *e);

/* A reload with other settings, as above. Those that are refused are a line of trace, and the old ones stay. */
void world_settings(struct world *w, const char *configuration);

/* Kill the daemon: nothing in memory survives, not even what couriers had in hand; start it again from the store. */
void world_crash(struct world *w);

/* Kill it inside the next step that commits something: before its transaction is committed, or after it and before
 * anything is handed to a courier. It starts again at once. */
void world_crash_in_step(struct world *w, bool before_commit);

/* Kill it as soon as it has claimed a mail: that is `sending` in the store, and in no courier's hands. */
void world_crash_at_claim(struct world *w);

/* Take one engine_step() at the present instant and let the couriers do what it asked of them (each answer lies on the
 * tray before the next step). Returns when the engine wants to be called again. */
instant world_step(struct world *w);

/* Let time pass until `t`, step by step, as the engine asks for it. `watch` (may be NULL) is called after every step.
 */
void world_run(struct world *w, instant t, void (*watch)(struct world *w, void *context), void *context);

instant world_now(const struct world *w);

/* The wall clock jumps while the daemon runs, or (with world_set_now()) did while it was off; and whether the kernel
 * says from now on that it is synchronised: at first it does not. */
void world_clock_jumps(struct world *w, duration by);
void world_clock_synchronised(struct world *w, bool yes);

/* What `followupctl release clock` does, and `followupctl release mass-change RULE`. */
void world_release_clock(struct world *w);
void world_release_mass(struct world *w, const char *rule);
void world_set_now(struct world *w, instant now); /* time that passes while the daemon does not run */

/* What happened. */
size_t world_arrivals(const struct world *w, const struct arrival **out);
size_t world_trace(const struct world *w, const struct trace_line **out);

struct company *world_company(struct world *w);
struct store *world_store(struct world *w);
struct engine *world_engine(struct world *w);

#endif
