/* The engine's own state, shared by the files of this room and nobody else. */
#ifndef ENGINE_INNER_H
#define ENGINE_INNER_H

#include "channel/channel.h"
#include "engine/agenda.h"
#include "engine/brief.h"
#include "engine/engine.h"
#include "engine/gather.h"
#include "plan/route.h"
#include "store/episodes.h"
#include "store/ledger.h"
#include "store/messages.h"
#include "store/offers.h"

/* What waits for its turn with one owner of customers. */
struct desk {
    char *owner; /* NULL: customers without one */
    long fresh, backlog;
    instant next; /* not before */
};

/* How a channel is doing. What it was stopped for is also in the store, for `status`. */
struct channel_now {
    instant paused_until, stopped_until, stopped_since;
    bool pause_kept; /* the store says that it is paused */
    bool mended;     /* its secret was changed: it is tried again in the next step */
    int failures;    /* rounds in a row in which the server was away */
    instant failing_since;
    int claimed; /* in this step: not handed to a courier yet */
    instant minute;
    int in_minute;
    struct recent { /* addresses that the service wants a moment of rest for */
        char *address;
        instant at;
    } * recent;
    size_t n_recent;
};

/* The customers being read in full just now. */
struct asked {
    struct arena arena;
    int64_t number; /* 0: none */
    const char **ids;
    bool *brought;
    size_t n;
    int64_t *turns; /* episodes whose turn it is */
    size_t n_turns;
    bool digest; /* they are those of the digest at hand */
};

/* Old ids of customers, in order, and what they are called now. */
struct merges {
    struct arena arena;
    struct renamed {
        const char *old, *now;
        bool done;
    } * rows;
    size_t n, at; /* those before `at` were looked at since the last pass */
};

/* A digest that may leave now: a new one, or (message) one that is tried again. */
struct digest_turn {
    enum digest_kind kind;
    const char *reader; /* id; NULL: none */
    date day;
    instant until;
    int64_t message;
};

/* Digests that are due, one after the other. */
struct digests {
    struct arena arena; /* of the queue, and who is told of whose customers */
    struct digest_turn *queue;
    size_t n, at;
    const char **routes; /* by owner, as the agenda numbers them: id of the person told, NULL for none */
    size_t n_routes;
    instant next;  /* when to look anew who is due */
    instant again; /* when the next in the queue can leave */
};

/* The digest at hand: whom it is for, and whose customers are read for it. */
struct digest_hand {
    struct arena arena;
    struct digest_turn turn;
    const char **owners, **strays, **ids;
    size_t n_owners, n_strays, n_ids;
    bool *wanted; /* by owner, as the agenda numbers them */
    size_t n_wanted, walked;
    long watched;
    bool walking;
    date since;
    struct sighted *seen;
    size_t n_seen;
};

struct engine {
    struct company *company;
    const struct options *options;
    struct store *store;
    struct ports ports;
    struct chance chance;
    uint8_t secret[32];

    instant now; /* of this step */
    date today;  /* of the company */
    struct belief belief;
    instant seen_stored; /* what the store has of it */
    struct arena step;

    struct news *first, **last;  /* the tray */
    struct news *people_news;    /* keeps `people` alive */
    const struct people *people; /* NULL before the first reading */

    bool *retired; /* by rule: a command retired it; the next load of the settings is without it */
    struct merges merges;
    struct agenda *agenda;
    struct paces paces;
    date paces_day; /* the day they were learned for */
    size_t walk;    /* cursor over the agenda, while `walking` */
    bool walking;

    bool pass_wanted, passed_once;
    int64_t pass_number; /* of the one running; 0: none */
    instant pass_not_before;
    struct asked asked;
    int64_t numbers;
    int source_failures;
    instant source_failing_since, source_not_before;

    instant newest_purchase;
    int longest_gap;
    bool feed_stale;

    bool *mass; /* by rule: a mass change holds what it would tell for the first time */
    bool mass_unchecked;
    date mass_day; /* when it was last looked for */

    struct desk *desks;
    size_t n_desks;
    struct digests digests;
    struct digest_hand hand;
    struct channel_now *channels;
    instant alert_next; /* the next try of an alert that could not be sent */
    int64_t history_seen;
    bool store_news;
    instant blocked_since;
    date housekept;

    /* Handed out after the commit. */
    struct parcel **parcels;
    struct trace_line *lines;
    struct errand **errands;
    size_t n_parcels, n_lines, n_errands;
    bool failed; /* a line of history could not be written */
    struct err trouble;
};

/* One line of trace; with a customer also a line of history, in this step's transaction. */
void note(struct engine *e, int priority, const char *customer, const char *format, ...) PRINTF_LIKE(4, 5);

/* Tell the admin, at most once per cause and day: journal and `status` in English, and a message in their language. */
bool raise_alert(struct engine *e, const char *cause, const struct notice *n, struct err *err) MUST_CHECK;

/* The bench of today. */
struct bench engine_bench(const struct engine *e);

/* May anybody be judged just now? */
bool engine_judging(const struct engine *e);

/* tray.c: file what lies there; filed news come back to be freed once they are committed. */
bool file_tray(struct engine *e, struct news **filed, struct err *err) MUST_CHECK;
/* Does the company's database still move? */
bool judge_feed(struct engine *e, struct err *err) MUST_CHECK;
/* The instant from which the rules have something to say about a customer; `context` is the engine. */
instant look_when_due(void *context, const char *category, const struct outlook *o);

/* ask.c */
void ask_pass(struct engine *e);
bool ask_customers(struct engine *e, struct err *err) MUST_CHECK;
void forget_asked(struct engine *e);

/* look.c: a customer's facts arrived, or it was not there. */
bool look_at(struct engine *e, const struct facts *f, struct err *err) MUST_CHECK;
bool look_missing(struct engine *e, const char *customer, struct err *err) MUST_CHECK;

/* turn.c: whose turn it is. episode_shift() is how the engine moves an episode: it keeps count of those that wait. */
bool episode_shift(struct engine *e, struct episode *ep, enum episode_state to, const char *reason, instant next_at,
                   struct err *err) MUST_CHECK;
bool episode_begin(struct engine *e, struct episode *ep, struct err *err) MUST_CHECK;
bool episode_hand_over(struct engine *e, struct episode *ep, const char *owner, struct err *err) MUST_CHECK;
bool desks_load(struct engine *e, struct err *err) MUST_CHECK;
bool desks_choose(struct engine *e, int64_t **turns, const char ***customers, size_t *n, struct err *err) MUST_CHECK;
instant desks_next(const struct engine *e);
void desks_wake(struct engine *e, instant at);

/* How many more tellings this person may get today and of the backlog this week; when there is room again. */
struct room {
    long told, left, backlog_left;
    instant again;
};
bool room_of(struct engine *e, const struct salesperson *s, struct room *out, struct err *err) MUST_CHECK;

/* tell.c */
/* Hand a message to its channel: from here on it is `sending`. */
bool dispatch(struct engine *e, struct message *m, struct err *err) MUST_CHECK;

/* reach.c: the person to be told about a customer of `owner`, and over what. NULL: nobody can be. */
const struct salesperson *recipient(struct engine *e, const char *owner, size_t *channel, const char **address);
/* A message in doubt keeps its channel and bytes: is this still a way to that person? */
bool still_reached(struct engine *e, const struct salesperson *s, const struct message *m);
/* A message that waits until `at` and certainly reached nobody: earlier, if it is to leave over another channel then.
 */
instant falls_back(struct engine *e, const struct message *m, instant at);
/* Some services want a moment of rest between two messages to one chat: is this one of them, can that address take one
 * just now; and if not, when? */
bool channel_rests(const struct engine *e, size_t channel);
bool address_ready(struct engine *e, size_t channel, const char *address, instant *again);
void address_used(struct engine *e, size_t channel, const char *address);
/* Can that channel take a message just now; and if not, when? */
bool channel_ready(struct engine *e, size_t channel, instant *again);
/* And is there a courier for one more message in this step? */
bool may_send(struct engine *e, size_t channel);
/* Under what the store keeps that it waits, and no longer than this. */
#define PAUSE_MOST (8 * HOUR)
const char *channel_pause(struct engine *e, size_t channel);
size_t channel_index(const struct engine *e, const char *name); /* options.n_channels: none of that name */

/* digest.c: whose customers are to be read for a digest that is due. */
bool digest_choose(struct engine *e, const char ***customers, size_t *n, struct err *err) MUST_CHECK;
/* One of them was brought; all were: now it is said. */
void digest_saw(struct engine *e, const struct facts *f, const struct finding *rows, size_t n);
bool digest_release(struct engine *e, struct err *err) MUST_CHECK;
void digest_drop_hand(struct engine *e);
void digests_done(struct engine *e);
instant digests_next(const struct engine *e);
void digests_wake(struct engine *e, instant at);
/* When the digest of that kind for this owner's person is due next. */
instant digest_due(struct engine *e, const char *owner, enum digest_kind kind);
/* What its verdict means to what a digest told for the first time: it waits for the next try, or is told one by one. */
bool digest_take_back(struct engine *e, const struct message *m, struct err *err) MUST_CHECK;

/* Why a held episode that nothing else holds is held, unless it waits for a digest. */
#define WAITING_FOR_ITS_TURN "waiting for its turn"

/* turn.c: how a follow-up of this rule waits from now on: in what words, and until when (INSTANT_NONE: its turn). */
bool told_in_digest(const struct rule *r);
const char *way_to_wait(struct engine *e, const struct rule *r, const char *owner, instant *until);

/* verdict.c */
bool file_receipt(struct engine *e, const struct receipt *r, struct err *err) MUST_CHECK;
/* A channel that has been away for an hour: the admin hears. */
bool say_away(struct engine *e, size_t channel, struct err *err) MUST_CHECK;
bool recover(struct engine *e, struct err *err) MUST_CHECK;
/* It reached its person, or may have: the steps of all it tells count, but for that episode (0: none), and their offers
 * hold. */
bool message_reached(struct engine *e, struct message *m, const char *how, int64_t except, struct err *err) MUST_CHECK;

/* nudge.c: the step of the rule that follows a telling of that day: a repeat, or the end of waiting. */
instant step_follows(struct engine *e, const struct rule *r, int step, const struct salesperson *s, date day);
/* A step reached its person just now (NULL: who is not there any more): when something follows by itself. */
bool next_step(struct engine *e, const struct episode *ep, const struct salesperson *s, instant *next,
               struct err *err) MUST_CHECK;
/* Is it so short before its end that who was told is told so? */
bool nudge_begun(struct engine *e, const struct issued_offer *o, const struct salesperson *s);

/* engine.c: take up what the store has; forget all that is derived from the source, to be read again. */
bool take_up(struct engine *e, struct err *err) MUST_CHECK;
void start_over(struct engine *e);

/* identity.c: rules that take over others do so. And: which of ours were retired by a command meanwhile. */
bool take_over_rules(struct engine *e, struct err *err) MUST_CHECK;
bool load_retired(struct engine *e, struct err *err) MUST_CHECK;
/* The rule that goes on with what `id` remembers; NULL: none. */
const struct rule *rule_heir(const struct options *o, const char *id);
bool rule_is_retired(const struct engine *e, const struct rule *r);

/* mass.c: a rule's new cases of a day, counted; before anything is told it is looked whether they are too many. */
bool mass_load(struct engine *e, struct err *err) MUST_CHECK;
bool mass_count(struct engine *e, const struct rule *r, struct err *err) MUST_CHECK;
bool mass_check(struct engine *e, struct err *err) MUST_CHECK;
bool mass_holds(const struct engine *e, const char *rule);

/* aliases.c: what the last pass says about merged customers; and do as it says, slice by slice: until then nobody is
 * judged. */
void take_aliases(struct engine *e, const struct aliases *all);
bool merge_customers(struct engine *e, struct err *err) MUST_CHECK;

/* doubt.c: can the clock be believed? Nobody is judged while it cannot. And: keep the instant that was believed. */
bool doubt_load(struct engine *e, struct err *err) MUST_CHECK;
bool doubt_clock(struct engine *e, const struct tick *t, struct err *err) MUST_CHECK;
bool doubt_remember(struct engine *e, struct err *err) MUST_CHECK;

/* alert.c */
bool alerts_send(struct engine *e, struct err *err) MUST_CHECK;

#endif
