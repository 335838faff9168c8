/* A company from a seed: who works there, who buys, what its followupd.conf says. */
#include "sim/naive.h"

#include "base/mem.h"
#include "harness/harness.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct hours_row hours_table[] = {
#define WEEK(from, until)                                                                                              \
    { from, until }, { from, until }, { from, until },                                                                 \
    {                                                                                                                  \
        from, until                                                                                                    \
    }
    { "mon-fri 09:00-17:00", { { 0 }, WEEK(540, 1020), { 540, 1020 }, { 0 }, { 0 } } },
    { "mon-thu 08:00-16:00, fri 08:00-14:00", { { 0 }, WEEK(480, 960), { 480, 840 }, { 0 }, { 0 } } },
    { "sun-thu 09:30-18:00", { { 0 }, WEEK(570, 1080), { 0 }, { 0 }, { 570, 1080 } } },
    { "mon-sat 10:00-13:15", { { 0 }, WEEK(600, 795), { 600, 795 }, { 600, 795 }, { 0 } } },
    { "tue-wed 00:00-03:30, thu 22:00-24:00",
      { { 0 }, { 0 }, { 0, 210 }, { 0, 210 }, { 1320, 1440 }, { 0 }, { 0 }, { 0 } } },
#undef WEEK
};

const char *const category_names[CATEGORIES] = { "everyone", "regular", "key", "furniture", NULL };
const char *const opportunity_names[4] = { "low", "medium", "high", NULL };

const struct rule_terms rule_terms[RULES] = {
    [LAPSE] = { "lapse", 7, 2, false },        [FURNITURE] = { "furniture", 5, 1, true },
    [REVIEW] = { "review", 14, 1, false },     [VISIT] = { "visit", 0, 0, false },
    [PROBLEM] = { "problem", 7, 1, false },    [YEARLY] = { "yearly", 0, 0, false },
    [SERVICE] = { "service", 5, 1, false },    [REFERRAL] = { "referral", 6, 1, false },
    [PROSPECT] = { "prospect", 10, 1, false }, [DECLINE] = { "decline", 14, 1, false },
};

static const char *const zones[] = {
    "Europe/Oslo",      "America/New_York", "Asia/Bangkok",        "Pacific/Auckland",
    "America/St_Johns", "Asia/Kathmandu",   "Australia/Lord_Howe", "Africa/Casablanca"
};

/* ---- chance ---- */

int firm_pick(struct firm *f, int n)
{
    return (int)chance_below(&f->chance, (uint64_t)n);
}

bool firm_maybe(struct firm *f, double probability)
{
    return chance_unit(&f->chance) < probability;
}

bool firm_mishap(struct firm *f, double probability)
{
    return firm_maybe(f, f->size.faults * probability);
}

int firm_between(struct firm *f, int low, int high)
{
    return low + firm_pick(f, high - low + 1);
}

/* ---- what is told to the world ---- */

static const char *worker_id(const struct firm *f, int i)
{
    return i == NOBODY ? NULL : f->people[i].id;
}

void firm_put_worker(struct firm *f, int i)
{
    static const char *const regions[] = { "north", "south" };
    const struct worker *w = &f->people[i];
    const struct salesperson row = {
        .id = w->id,
        .name = w->name,
        .email = w->address[0] ? w->address : NULL,
        .channels = i % 2 ? "email" : NULL,
        .language = "en",
        .time_zone = w->zone_name,
        .region = w->region < 0 ? NULL : regions[w->region],
        .hours = w->hours ? hours_table[w->hours].text : NULL,
        .manager = worker_id(f, w->manager),
        .deputy = worker_id(f, w->deputy),
        .away_until = w->away_until,
        .active = w->active,
    };
    world_salesperson(f->world, &row);
    f->people_edited = world_now(f->world);
}

void firm_put_buyer(struct firm *f, struct buyer *b)
{
    if (b->gone)
        return;
    char text[8];
    snprintf(text, sizeof text, "%02d-%02d", b->month % 100, b->day % 100);
    struct extra day = { "x_day", text };
    const struct customer row = {
        .extras = &day,
        .n_extras = b->month > 0,
        .id = b->id,
        .name = b->name,
        .salesperson = worker_id(f, b->owner),
        .category = category_names[b->category],
        .opportunity = opportunity_names[b->opportunity],
        .since = b->since,
        .active = b->active,
        .do_not_contact = b->do_not_contact,
    };
    world_customer(f->world, &row);
    b->edited = world_now(f->world);
}

static void tell_buy(struct firm *f, const struct buyer *b, const struct buy *buy)
{
    const struct purchase row = { .at = buy->at, .day = buy->day, .amount = buy->amount, .delivered = DATE_NONE };
    if (!b->gone)
        world_purchase(f->world, b->id, &row);
}

static void tell_touch(struct firm *f, const struct buyer *b, const struct touch *t)
{
    const struct contact row = { .at = t->at, .day = t->day, .kind = t->kind, .outcome = t->content ? "happy" : NULL };
    if (!b->gone)
        world_contact(f->world, b->id, &row);
}

void firm_buys(struct firm *f, struct buyer *b, instant at)
{
    struct buy buy = { .day = zone_date(f->zone, at), .amount = 100 * firm_between(f, 5, 5000) };
    buy.at = f->day_only ? zone_day_start(f->zone, buy.day) : at;
    size_t i = b->n_buys;
    b->buys = mem_resize(b->buys, (b->n_buys + 1) * sizeof *b->buys);
    for (; i > 0 && b->buys[i - 1].at > buy.at; i--)
        b->buys[i] = b->buys[i - 1];
    b->buys[i] = buy;
    b->n_buys++;
    naive_count(b);
    b->bought_entry = world_now(f->world);
    tell_buy(f, b, &buy);
}

void firm_never_bought(struct firm *f, struct buyer *b, date day)
{
    size_t kept = 0;
    for (size_t i = 0; i < b->n_buys; i++)
        if (b->buys[i].day != day)
            b->buys[kept++] = b->buys[i];
    b->n_buys = kept;
    naive_count(b);
    b->vague |= kept == 0; /* what dated it is gone: the daemon may meet it only now */
    b->edited = world_now(f->world);
    if (!b->gone)
        world_purchase_gone(f->world, b->id, day);
}

void firm_touches(struct firm *f, struct buyer *b, instant at, const char *kind)
{
    struct touch t = { at, zone_date(f->zone, at), kind, firm_maybe(f, 0.5) };
    size_t i = b->n_touches;
    b->touches = mem_resize(b->touches, (b->n_touches + 1) * sizeof *b->touches);
    for (; i > 0 && b->touches[i - 1].at > at; i--)
        b->touches[i] = b->touches[i - 1];
    b->touches[i] = t;
    b->n_touches++;
    tell_touch(f, b, &t);
}

void firm_untouched(struct firm *f, struct buyer *b, date day)
{
    size_t kept = 0;
    for (size_t i = 0; i < b->n_touches; i++)
        if (b->touches[i].day != day)
            b->touches[kept++] = b->touches[i];
    b->n_touches = kept;
    b->edited = world_now(f->world);
    if (!b->gone)
        world_contact_gone(f->world, b->id, day);
}

void firm_unreadable(struct firm *f, struct buyer *b, int purchases)
{
    b->unreadable = purchases;
    b->edited = world_now(f->world);
    if (!b->gone)
        world_unreadable(f->world, b->id, purchases);
}

static void tell_trouble(struct firm *f, const struct buyer *b)
{
    const struct trouble *t = &b->trouble;
    const struct problem row = { .opened_at = t->opened,
                                 .closed_at = t->closed,
                                 .opened = zone_date(f->zone, t->opened),
                                 .id = t->id,
                                 .summary = "it leaks" };
    if (!b->gone && t->serial)
        world_problem(f->world, b->id, &row);
}

void firm_complains(struct firm *f, struct buyer *b)
{
    b->trouble = (struct trouble){ .serial = ++f->complaints, .opened = world_now(f->world), .closed = INSTANT_NONE };
    snprintf(b->trouble.id, sizeof b->trouble.id, "%d", b->trouble.serial);
    tell_trouble(f, b);
}

void firm_mends(struct firm *f, struct buyer *b, instant closed)
{
    b->trouble.closed = closed;
    b->edited = world_now(f->world);
    tell_trouble(f, b);
}

void firm_renames_complaint(struct firm *f, struct buyer *b)
{
    if (!b->gone)
        world_problem_gone(f->world, b->id, b->trouble.id);
    snprintf(b->trouble.id, sizeof b->trouble.id, "%d", ++f->complaints);
    b->edited = world_now(f->world);
    tell_trouble(f, b);
}

void firm_gone(struct firm *f, struct buyer *b)
{
    world_customer_gone(f->world, b->id);
    b->gone = true;
    b->edited = world_now(f->world);
}

void firm_returns(struct firm *f, struct buyer *b)
{
    b->gone = false;
    firm_put_buyer(f, b);
    for (size_t i = 0; i < b->n_buys; i++)
        tell_buy(f, b, &b->buys[i]);
    for (size_t i = 0; i < b->n_touches; i++)
        tell_touch(f, b, &b->touches[i]);
    tell_trouble(f, b);
    if (b->unreadable)
        world_unreadable(f->world, b->id, b->unreadable);
}

struct buyer *firm_buyer(struct firm *f, const char *id)
{
    long i = strtol(id, NULL, 10) - 1000;
    return i >= 0 && i < f->n_buyers ? &f->buyers[i] : NULL;
}

int firm_worker(const struct firm *f, const char *id)
{
    for (int i = 0; i < f->n_people; i++)
        if (strcmp(f->people[i].id, id) == 0)
            return i;
    return NOBODY;
}

/* ---- people ---- */

/* The boss, five who are there, one who left, one without an address. */
static void hire(struct firm *f, int i)
{
    struct worker *w = &f->people[i];
    bool abroad = firm_maybe(f, 0.7);
    snprintf(w->id, sizeof w->id, "%d", i == BOSS ? 90 : i);
    snprintf(w->name, sizeof w->name, "Worker %d", i);
    if (i % 8 != 7)
        snprintf(w->address, sizeof w->address, "worker%d@firm.example", i);
    w->zone_name = abroad ? zones[firm_pick(f, 8)] : NULL;
    struct err e;
    if (abroad && !zone_open(&f->zones[i], w->zone_name, &e))
        test_fail(__FILE__, __LINE__, "%s", e.text);
    w->zone = abroad ? f->zones[i] : f->zone;
    w->region = firm_between(f, -1, 1);
    w->hours = firm_maybe(f, 0.5) ? 0 : firm_pick(f, 5);
    w->manager = i == BOSS || firm_maybe(f, 0.1) ? NOBODY : firm_maybe(f, 0.2) ? firm_pick(f, f->n_people) : BOSS;
    w->deputy = firm_maybe(f, 0.5) ? firm_pick(f, f->n_people) : NOBODY;
    w->away_until = DATE_NONE;
    w->mood_until = INSTANT_NONE;
    w->active = i % 8 != 6;
}

static void choose_holidays(struct firm *f)
{
    for (int r = 0; r < 2; r++)
        for (int i = 0; i < HOLIDAYS; i++)
            f->holidays[r][i] = f->start + firm_between(f, -30, 1200);
}

static int by_day(const void *a, const void *b)
{
    return *(const date *)a - *(const date *)b;
}

static void write_holidays(const date *days, const char *path)
{
    date sorted[HOLIDAYS];
    char day[16];
    FILE *file = fopen(path, "w");
    if (!file)
        test_fail(__FILE__, __LINE__, "cannot write %s", path);
    memcpy(sorted, days, sizeof sorted);
    qsort(sorted, HOLIDAYS, sizeof *sorted, by_day);
    for (int i = 0; i < HOLIDAYS; i++)
        if (i == 0 || sorted[i] != sorted[i - 1])
            fprintf(file, "%s a day off\n", date_print(sorted[i], day));
    fclose(file);
}

/* ---- settings ---- */

static const char *const weekday_names[] = { "",         "monday", "tuesday",  "wednesday",
                                             "thursday", "friday", "saturday", "sunday" };

static void write_settings(struct firm *f, const char *north, const char *south, struct buf *out)
{
    buf_print(out, "company = { name = \"Firm %llu\"; time_zone = \"%s\"; language = \"en\"; currency = \"EUR\"; };\n",
              (unsigned long long)f->seed, f->zone_name);
    buf_print(out,
              "people = { hours = \"%s\"; holidays = ( (\"north\", \"%s\"), (\"south\", \"%s\") ); per_day = %d; "
              "per_week = %d; "
              "unassigned = \"%s\"; };\n",
              hours_table[0].text, north, south, f->per_day, f->per_week, f->people[f->unassigned].id);
    buf_print(out,
              "categories = ( \"everyone\", \"regular\", \"key\" );\n"
              "guards = { calm_start = \"14 days\"; calm_per_week = %d; mass_change = false; season = false; };\n"
              "digests = { weekly = \"%s\"; summary = \"%s\"; at = \"%02d:%02d\"; lines = %d; };\n",
              f->calm_per_week, weekday_names[f->digests.weekday], weekday_names[f->digests.weekday],
              f->digests.at / 60, f->digests.at % 60, f->digests.lines);
    buf_add(out,
            "offers = ( { id = \"welcome\"; percent = 10; valid = \"14 days\"; not_again = \"3 months\"; nudge = \"3 "
            "days\"; } );\n"
            "rules = (\n"
            "  { id = \"lapse\"; kind = \"lapse\"; after = ( (\"everyone\", \"2.5 x rhythm\"), (\"key\", \"2 x "
            "rhythm\") ); watch = \"1.5 x rhythm\"; usual = \"60 "
            "days\";\n"
            "    at_least = \"14 days\"; offer = \"welcome\"; repeat = \"7 days\"; times = 2; },\n"
            "  { id = \"furniture\"; kind = \"lapse\"; who = [\"furniture\"]; after = \"120 days\"; repeat = \"5 "
            "working days\"; times = 1;\n"
            "    offer = \"welcome\"; },\n"
            "  { id = \"review\"; kind = \"review\"; every = ( (\"low\", \"1 year\"), (\"medium\", \"6 months\"), "
            "(\"high\", \"3 months\") );\n"
            "    counts = [\"review\"]; repeat = \"2 weeks\"; times = 1; },\n"
            "  { id = \"visit\"; kind = \"visit\"; every = ( (\"everyone\", \"1 year\"), (\"key\", \"2 months\") ); "
            "tell = \"monday\"; },\n"
            "  { id = \"problem\"; kind = \"problem\"; after = \"2 days\"; repeat = \"7 days\"; times = 1; },\n"
            "  { id = \"yearly\"; kind = \"occasion\"; on = \"x_day\"; ahead = \"3 days\"; within = \"20 days\"; },\n"
            "  { id = \"service\"; kind = \"after-sale\"; from = \"ordered\"; steps = [ \"2 days\", \"3 weeks\" ]; "
            "within = \"30 days\";\n"
            "    repeat = \"5 days\"; times = 1; },\n"
            "  { id = \"prospect\"; kind = \"first-order\"; every = \"3 months\"; repeat = \"10 days\"; times = 1; },\n"
            "  { id = \"referral\"; kind = \"referral\"; after_sale = \"service\"; after = \"7 days\"; content = "
            "[\"happy\"]; within = \"30 days\";\n"
            "    again = \"1 year\"; repeat = \"6 days\"; times = 1; },\n"
            "  { id = \"decline\"; kind = \"decline\"; repeat = \"14 days\"; times = 1; }\n"
            ");\n");
}

/* The settings as they are written above, under the names the rules have by now. */
static void name_rules(const struct firm *f, const char *at, struct buf *out)
{
    static const char begins[] = "{ id = \"", after_sale[] = "after_sale = \"service\"";
    for (int r; *at; at++) {
        const char *name = at + strlen(begins);
        size_t size = strncmp(at, begins, strlen(begins)) == 0 ? strcspn(name, "\"") : 0;
        for (r = 0; size && r < RULES; r++)
            if (strlen(rule_terms[r].id) == size && strncmp(name, rule_terms[r].id, size) == 0)
                break;
        if (strncmp(at, after_sale, strlen(after_sale)) == 0) {
            buf_print(out, "after_sale = \"%s\"", f->rules[SERVICE].id);
            at += strlen(after_sale) - 1;
        } else if (size && r < RULES) {
            buf_print(out, "%s%s\"", begins, f->rules[r].id);
            if (f->rules[r].formerly[0])
                buf_print(out, "; formerly = \"%s\"", f->rules[r].formerly);
            if (f->tell[r])
                buf_print(out, "; tell = \"%s\"", f->tell[r]);
            at = name + size;
        } else {
            buf_print(out, "%c", *at);
        }
    }
}

/* Begins the world, or loads its settings again. */
static void configure(struct firm *f, instant start)
{
    char paths[2][64];
    struct buf written = { 0 }, text = { 0 };
    for (int r = 0; r < 2; r++) {
        snprintf(paths[r], sizeof paths[r], "/tmp/followupd-sim-%ld-%d.txt", (long)getpid(), r);
        write_holidays(f->holidays[r], paths[r]);
    }
    write_settings(f, paths[0], paths[1], &written);
    name_rules(f, buf_text(&written), &text);
    if (f->world)
        world_settings(f->world, buf_text(&text));
    else
        f->world = world_new(buf_text(&text), start, f->seed);
    buf_done(&written);
    buf_done(&text);
    unlink(paths[0]);
    unlink(paths[1]);
}

void firm_renames_rule(struct firm *f, int rule, bool retire)
{
    struct err e;
    if (retire && !world_retire(f->world, f->rules[rule].id, &e))
        e.text[0] = '\0'; /* nothing of it was open */
    snprintf(f->rules[rule].formerly, sizeof f->rules[rule].formerly, "%s", retire ? "" : f->rules[rule].id);
    snprintf(f->rules[rule].id, sizeof f->rules[rule].id, "%s-%d", rule_terms[rule].id, ++f->renamed);
    f->rules_edited = f->crashed = world_now(f->world);
    configure(f, 0);
}

int firm_rule(const struct firm *f, const char *id)
{
    int r = 0;
    while (r < RULES && strcmp(f->rules[r].id, id) != 0)
        r++;
    return r;
}

/* ---- customers ---- */

static void choose_digests(struct firm *f)
{
    static const char *const tell[] = { "daily", "weekly", NULL, NULL };
    static const int at[] = { 0, 510, 600, 990 };
    f->digests.weekday = firm_maybe(f, 0.6) ? 1 : firm_between(f, 1, 7);
    f->digests.at = at[firm_pick(f, 4)];
    f->digests.lines = firm_maybe(f, 0.5) ? 30 : firm_between(f, 2, 10);
    for (int r = 0; r < RULES; r++)
        f->tell[r] = r == VISIT ? NULL : tell[firm_pick(f, 4)];
}

/* A past of up to two years, so that rhythms are known and there is a calm start. */
static void invent_past(struct firm *f, struct buyer *b)
{
    if (firm_maybe(f, 0.1)) /* never buys */
        return;
    date day = f->start - firm_between(f, 1, 700),
         ends = firm_maybe(f, 0.2) ? f->start - firm_between(f, 1, 300) : f->start;
    for (; day < ends; day += 1 + (int)(b->rhythm * (0.5 + chance_unit(&f->chance))))
        firm_buys(f, b, zone_day_start(f->zone, day) + firm_between(f, 0, 82800) * SECOND);
    b->next_buy = ends == f->start ? day : firm_maybe(f, 0.2) ? f->start + firm_between(f, 1, 400) : DATE_NEVER;
}

static void invent_buyer(struct firm *f, int i)
{
    struct buyer *b = &f->buyers[i];
    snprintf(b->id, sizeof b->id, "%d", 1000 + i);
    snprintf(b->name, sizeof b->name, "Customer %d", i);
    b->owner = firm_maybe(f, 0.03) ? NOBODY : firm_between(f, 1, f->n_people - 1);
    b->category = firm_pick(f, CATEGORIES);
    b->opportunity = firm_pick(f, 4);
    b->since = firm_maybe(f, 0.5) ? f->start - firm_between(f, 0, 1000) : DATE_NONE;
    b->met = f->start;
    naive_count(b);
    b->active = firm_maybe(f, 0.98);
    b->do_not_contact = firm_maybe(f, 0.02);
    b->rhythm = 7 / f->size.deeds * exp(chance_unit(&f->chance) * log(120.0 / 7)); /* 7 to 120 days, or more */
    b->next_buy = firm_maybe(f, 0.1) ? f->start + firm_between(f, 1, 600) : DATE_NEVER;
    b->reacts = DATE_NEVER;
    b->month = firm_maybe(f, 0.3 * f->size.deeds) ? firm_between(f, 1, 12) : 0;
    b->day = b->month == 2 && firm_maybe(f, 0.5) ? 29 : firm_between(f, 1, 28);
    firm_put_buyer(f, b);
    invent_past(f, b);
    for (int n = firm_pick(f, 3); n > 0; n--)
        firm_touches(f, b, world_now(f->world) - firm_between(f, 1, 400) * DAY, firm_maybe(f, 0.5) ? "review" : "call");
    b->edited = b->bought_entry = world_now(f->world);
    b->handed = INSTANT_NONE;
}

/* It sells something every day, so that the feed is never stale. */
static void open_shop(struct firm *f)
{
    struct buyer *b = &f->buyers[f->shop];
    b->rhythm = 1;
    b->category = 4;
    b->active = true;
    b->do_not_contact = true;
    b->gone = false;
    b->next_buy = f->start;
    firm_put_buyer(f, b);
}

struct firm *firm_new(uint64_t seed, const struct size *size)
{
    struct firm *f = mem_new(sizeof *f);
    struct err e;
    f->seed = seed;
    f->size = *size;
    f->n_people = size->people;
    f->n_buyers = size->buyers + 1;
    f->shop = size->buyers;
    chance_seed(&f->chance, seed * 0x9e3779b97f4a7c15 + 1);
    f->zone_name = zones[firm_pick(f, 8)];
    if (!zone_open(&f->zone, f->zone_name, &e))
        test_fail(__FILE__, __LINE__, "%s", e.text);
    f->start = date_of(2024, 1, 1) + firm_pick(f, 1000);
    f->today = DATE_NONE;
    f->per_day = firm_between(f, 3, 8);
    f->per_week = firm_maybe(f, 0.5) ? 0 : firm_between(f, 3 * f->per_day, 5 * f->per_day);
    f->calm_per_week = firm_between(f, 2, 8);
    f->unassigned = firm_maybe(f, 0.8) ? BOSS : 1;
    f->day_only = firm_maybe(f, 0.3);
    f->server_until = f->source_until = INSTANT_NONE;
    choose_holidays(f);
    choose_digests(f);
    for (int i = 0; i < f->n_people; i++)
        hire(f, i);
    for (int r = 0; r < RULES; r++)
        snprintf(f->rules[r].id, sizeof f->rules[r].id, "%s", rule_terms[r].id);
    configure(f, zone_day_start(f->zone, f->start));
    for (int i = 0; i < f->n_people; i++)
        firm_put_worker(f, i);
    f->buyers = mem_new(f->n_buyers * sizeof *f->buyers);
    for (int i = 0; i < f->n_buyers; i++)
        invent_buyer(f, i);
    open_shop(f);
    return f;
}

void firm_free(struct firm *f)
{
    world_free(f->world);
    for (int i = 0; i < f->n_buyers; i++) {
        free(f->buyers[i].buys);
        free(f->buyers[i].touches);
    }
    free(f->buyers);
    for (int i = 0; i < f->n_people; i++)
        zone_close(f->zones[i]);
    zone_close(f->zone);
    free(f);
}
