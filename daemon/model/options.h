/* The configuration as plain values: filled by settings/, read by every room, changed by nobody. */
#ifndef MODEL_OPTIONS_H
#define MODEL_OPTIONS_H

#include "base/instant.h"
#include "model/customer.h"

/* Where in the configuration something was written, for errors. */
struct place {
    const char *file;
    int line;
};

/* Where one setting of a single group stands: "store", "people.hours". */
struct named_place {
    const char *key;
    struct place place;
};

struct words {
    const char **rows;
    size_t n;
};

enum period_unit {
    PERIOD_NONE, /* not set */
    PERIOD_DAYS,
    PERIOD_WORKING_DAYS,
    PERIOD_MONTHS, /* a year is twelve */
    PERIOD_RHYTHM, /* times the customer's own rhythm */
};

/* "90 days", "2 weeks", "3 months", "1 year", "2 working days", "2.5 x rhythm". */
struct period {
    enum period_unit unit;
    double count; /* a whole number except for PERIOD_RHYTHM */
};

/* A period per key (category, opportunity); one row with key NULL holds for all. */
struct period_row {
    const char *key;
    struct period period;
};

struct periods {
    struct period_row *rows;
    size_t n;
};

enum rule_kind {
    RULE_LAPSE,
    RULE_REVIEW,
    RULE_VISIT,
    RULE_DECLINE,
    RULE_AFTER_SALE,
    RULE_REFERRAL,
    RULE_OCCASION,
    RULE_PROBLEM,
    RULE_FIRST_ORDER,
    RULE_KINDS
};

/* "lapse", "after-sale"...; the other way round RULE_KINDS if there is no such kind. */
const char *rule_kind_name(enum rule_kind kind);
enum rule_kind rule_kind_named(const char *name);

/* What closes a follow-up of a kind by itself, and how its occasions stand to each other. */
struct rule_traits {
    bool purchase; /* bought: it worked, or is not needed any more */
    bool contact;  /* somebody spoke with the customer after the telling */
    bool separate; /* each occasion is a case of its own; else one case moves from occasion to occasion */
};

struct rule_traits rule_traits(enum rule_kind kind);

/* The orders that after-sale visits are owed for, and the day they are counted from. */
enum orders { ORDERS_FIRST, ORDERS_EVERY };
enum sale_day { SALE_DELIVERED, SALE_ORDERED };

struct rule {
    struct place place;
    const char *id, *title; /* title: the id where none was given */
    const char *formerly;   /* the id it had before, or of the rule that it replaces; NULL: none */
    enum rule_kind kind;
    struct words who;     /* categories it is for; none: all */
    struct periods after; /* lapse; problem: by category, how long it may stay open; referral: after the last visit */
    struct periods watch; /* lapse; none: no watch level */
    struct periods every; /* review: by opportunity; visit and first-order: by category */
    struct periods usual; /* lapse: the typical gap where a category has not taught one yet */
    struct period at_least, at_most, again, repeat;
    struct words counts;    /* contact kinds that restart it, or answer it; none: any */
    struct periods steps;   /* after-sale: when each visit is due; no keys */
    enum orders orders;     /* after-sale */
    enum sale_day from;     /* after-sale */
    struct period within;   /* after-sale, referral, occasion: what is older than this is not asked for any more */
    struct period ahead;    /* occasion: told this long before the day */
    const char *on;         /* occasion: "06-24", "first order", "since", or an x_ column */
    const char *after_sale; /* referral: id of the after-sale rule whose visits go before */
    struct words content;   /* referral: outcomes of a contact that mean a content customer; none: any */
    double share;           /* decline: at most so many percent of what was usual */
    const char *offer;      /* id, or NULL */
    int times;              /* how many repeats after the first telling */
    int tell; /* 0: as soon as it is due; 1 Monday ... 7 Sunday: only on that day, or the next working day after it; or
                 in a digest: TELL_DAILY, TELL_WEEKLY */
    int min_purchases; /* fewer occasions than this: cannot judge */
};

enum { TELL_DAILY = 8, TELL_WEEKLY };

enum offer_kind { OFFER_PERCENT, OFFER_AMOUNT, OFFER_GIFT, OFFER_FREE_DELIVERY };

struct offer_terms {
    struct place place;
    const char *id;
    enum offer_kind kind;
    double percent;
    money amount;
    const char *gift; /* what it is, in the company's words */
    struct period valid, not_again, nudge;
};

struct query {
    struct place place;
    const char *sql;    /* NULL: the company has no such data */
    const char *zone;   /* of times without an offset; NULL: the company's */
    const char *format; /* strptime-like: %Y %m %d %H %M %S and literal text; NULL: the usual forms */
};

struct source_options {
    struct place place;
    const char *database;
    struct query salespeople, customers, purchases, contacts, problems, aliases;
    int same_occasion;   /* days */
    duration time_limit; /* of one query */
    duration look_again; /* stat() instead of inotify, where it must */
};

struct holidays_file {
    const char *region, *path; /* path already relative to the configuration's folder */
    struct place place;
};

struct people_options {
    const char *hours;
    struct holidays_file *holidays;
    size_t n_holidays;
    int per_day, per_week;  /* tellings for one person; 0: no limit */
    const char *unassigned; /* id of the person told when nobody else can be */
};

enum channel_security { SECURITY_NONE, SECURITY_STARTTLS, SECURITY_TLS };
enum in_doubt { IN_DOUBT_REPEAT, IN_DOUBT_HOLD };
enum http_method { METHOD_POST, METHOD_GET, METHOD_PUT };

struct channel_options {
    struct place place;
    const char *name; /* "email", "folder" */
    const char *url;
    const char *from; /* "Follow-up <followup@nordlys.example>" */
    const char *reply_to;
    const char *path; /* folder: where the .eml files go */
    enum channel_security security;
    const char *user, *password_file, *oauth_token_file, *ca_file; /* of password and token at most one */
    const char *secret_file, *old_secret_file; /* chats: what the service gave: a token, a key, a secret address */
    const char *proxy;                         /* chats; NULL: none */
    const char *template, *template_language;  /* whatsapp; language NULL: the reader's */
    enum http_method method;                   /* sms: how the provider is asked, and what says that it was right */
    struct words headers;
    const char *body, *success;
    int most_parts;
    int couriers;
    int per_minute;    /* 0: no limit */
    duration patience; /* after the final dot */
    enum in_doubt in_doubt;
};

struct guard_options {
    bool stale_feed, mass_change, season;
    struct period calm_start; /* older cases wait in the ranked list; PERIOD_NONE: all are told at once */
    int calm_per_week;        /* of that list, per person */
};

enum empty_digest { EMPTY_SKIP, EMPTY_SEND };

struct digest_options {
    int weekly, summary; /* 0: none; 1 Monday ... 7 Sunday, or the next working day after it */
    int at;              /* minutes of the reader's day; outside their hours: when those begin next */
    enum empty_digest empty;
    int lines; /* of a part, at most */
};

struct company_options {
    const char *name, *time_zone, *language, *currency;
};

struct admin_options {
    const char *email, *language;
    struct words channels;
};

struct options {
    const char *file; /* the configuration's path */
    struct company_options company;
    struct admin_options admin;
    const char *store;
    const char *languages; /* folder with one folder a language */
    struct source_options source;
    struct people_options people;
    struct words categories; /* the ladder, bottom up */
    struct guard_options guards;
    struct digest_options digests;
    struct channel_options *channels;
    struct offer_terms *offers;
    struct rule *rules;
    size_t n_channels, n_offers, n_rules;
    struct named_place *places; /* of the settings that were written, outside of single channels, offers and rules */
    size_t n_places;
};

/* Where the setting `key` was written; the whole file, if it was not. */
struct place place_find(const struct options *o, const char *key);

const struct rule *rule_find(const struct options *o, const char *id);
const struct offer_terms *offer_find(const struct options *o, const char *id);
const struct channel_options *channel_find(const struct options *o, const char *name);

/* The day of the week on which a rule is told, 1 Monday ... 7 Sunday; 0: on any. */
int rule_weekday(const struct options *o, const struct rule *r);

/* 0 for the bottom of the ladder, upwards; -1 for a category that is not on it (or NULL). */
int category_rung(const struct options *o, const char *category);

/* The period that holds for `key`: its own row; for a category on the ladder else the nearest lower rung's; else the
 * row for all (key NULL, or "everyone": also for whoever is not on the ladder). NULL where none holds. */
const struct period *period_for(const struct options *o, const struct periods *p, const char *key);

#endif
