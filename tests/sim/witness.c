#include "sim/witness.h"

#include "base/mem.h"
#include "harness/harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const sql[QUERIES] = {
    [EPISODES_OF_RULE] =
        "SELECT state, occasion, coalesce(reason, ''), coalesce(told_at, -1), changed_at, opened_at FROM episode "
        "WHERE customer = ?1 AND rule = ?2",
    /* An open episode that nothing will ever wake. */
    [UNWATCHED] =
        "SELECT id, rule, state, coalesce(reason, '') FROM episode WHERE customer = ?1 AND ("
        "(state IN ('told', 'snoozed') AND next_at IS NULL) OR (state = 'held' AND coalesce(reason, '') = '') OR "
        "(state = 'due' AND NOT EXISTS (SELECT 1 FROM telling AS t JOIN message AS m ON m.id = t.message WHERE "
        "t.episode = episode.id AND t.reached IS NULL AND m.settled_at IS NULL AND m.state IN ('queued', 'sending', "
        "'unknown'))))",
    [NEW_EPISODES] = "SELECT id, customer, rule, backlog FROM episode WHERE id > ?1 ORDER BY id",
    [OPEN_OF_CUSTOMER] = "SELECT rule, state, id, coalesce(reason, ''), coalesce(next_at, -1) FROM episode "
                         "WHERE customer = ?1 AND state IN ('due', 'held', 'told', 'snoozed')",
    [TELLINGS] = "SELECT count(DISTINCT message) FROM telling WHERE person = ?1 AND day BETWEEN ?2 AND ?3 AND "
                 "coalesce(reached, '') <> 'no'",
    [SAID] = "SELECT 1 FROM alert WHERE cause = ?1 AND day >= ?2",
    [STOPS] = "SELECT what, since FROM stopped",
    [UNSENT] = "SELECT a.text FROM alert AS a LEFT JOIN message AS m ON m.id = a.message WHERE a.at < ?1 AND a.at > ?2 "
               "AND m.settled_at IS NULL",
    [FOR_DIGEST] = "SELECT customer, rule, opened_at FROM episode WHERE state = 'held' AND reason = ?1 AND NOT backlog",
    [WAITING] = "SELECT customer, rule FROM episode WHERE state = 'held' AND next_at IS NULL AND NOT backlog AND "
                "changed_at < ?1",
};

struct witness *witness_new(struct firm *f)
{
    struct witness *w = mem_new(sizeof *w);
    const char *path = company_options(world_company(f->world))->store;
    w->firm = f;
    w->ears = mem_new((size_t)f->n_buyers * sizeof *w->ears);
    w->trouble = w->doubted = w->no_mail = world_now(f->world);
    bool ok = sqlite3_open_v2(path, &w->db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK;
    for (int i = 0; i < QUERIES; i++)
        ok = ok && sqlite3_prepare_v2(w->db, sql[i], -1, &w->queries[i], NULL) == SQLITE_OK;
    if (!ok)
        test_fail(__FILE__, __LINE__, "cannot read the store: %s", sqlite3_errmsg(w->db));
    for (int i = 0; i < f->n_buyers; i++)
        for (int r = 0; r < RULES; r++)
            w->ears[i].quiet_until[r] = INSTANT_NONE;
    return w;
}

void witness_free(struct witness *w)
{
    for (int i = 0; i < QUERIES; i++)
        sqlite3_finalize(w->queries[i]);
    sqlite3_close(w->db);
    for (int i = 0; i < w->firm->n_buyers; i++) {
        free(w->ears[i].rows);
        free(w->ears[i].answered);
    }
    free(w->ears);
    free(w->refusals);
    free(w->digests);
    free(w);
}

sqlite3_stmt *ask(struct witness *w, enum question q, const char *a, const char *b)
{
    sqlite3_stmt *st = w->queries[q];
    sqlite3_reset(st);
    sqlite3_bind_text(st, 1, a, -1, SQLITE_TRANSIENT);
    if (b)
        sqlite3_bind_text(st, 2, b, -1, SQLITE_TRANSIENT);
    return sqlite3_step(st) == SQLITE_ROW ? st : NULL;
}

static const char *text(sqlite3_stmt *st, int column)
{
    return (const char *)sqlite3_column_text(st, column);
}

void witness_trouble(struct witness *w)
{
    w->trouble = world_now(w->firm->world);
}

/* ---- telling ---- */

/* Verdicts name a message and no customer: a line about one of this customer's messages is its own. */
static bool about(const struct trace_line *line, const char *customer, long long messages[], int *n)
{
    long long id;
    const char *at = strstr(line->text, "message ");
    bool names = at && sscanf(at, "message %lld", &id) == 1;
    if (line->customer && strcmp(line->customer, customer) == 0) {
        if (names && *n < 1000)
            messages[(*n)++] = id;
        return true;
    }
    for (int i = 0; names && !line->customer && i < *n; i++)
        if (messages[i] == id)
            return true;
    return false;
}

static void print_trace(const struct witness *w, const char *customer)
{
    enum { MOST = 40 };
    const struct trace_line *lines, *last[MOST];
    long long messages[1000];
    int n_messages = 0;
    size_t n = world_trace(w->firm->world, &lines), found = 0;
    for (size_t i = 0; i < n; i++)
        if (about(&lines[i], customer, messages, &n_messages))
            last[found++ % MOST] = &lines[i];
    for (size_t i = found > MOST ? found - MOST : 0; i < found; i++) {
        char at[32];
        printf("    %s %s\n", instant_print(last[i % MOST]->at, at), last[i % MOST]->text);
    }
}

/* What the books say in the end. */
static void print_facts(const struct buyer *b)
{
    char day[16];
    printf("    since %s, category %s, opportunity %s%s%s%s; bought", date_print(b->since, day),
           category_names[b->category] ? category_names[b->category] : "none",
           opportunity_names[b->opportunity] ? opportunity_names[b->opportunity] : "none", b->gone ? ", gone" : "",
           b->active ? "" : ", inactive", b->do_not_contact ? ", not to be contacted" : "");
    for (size_t i = b->n_buys > 8 ? b->n_buys - 8 : 0; i < b->n_buys; i++)
        printf(" %s", date_print(b->buys[i].day, day));
    printf("; contacts");
    for (size_t i = b->n_touches > 8 ? b->n_touches - 8 : 0; i < b->n_touches; i++)
        printf(" %s %s", b->touches[i].kind, date_print(b->touches[i].day, day));
    if (b->trouble.serial) {
        char opened[32], closed[32] = "";
        if (b->trouble.closed != INSTANT_NONE)
            instant_print(b->trouble.closed, closed);
        printf("; complaint %s opened %s, closed %s", b->trouble.id, instant_print(b->trouble.opened, opened), closed);
    }
    putchar('\n');
}

static void print_open(struct witness *w, const char *customer)
{
    char at[32] = "nothing";
    sqlite3_stmt *st = ask(w, OPEN_OF_CUSTOMER, customer, NULL);
    for (bool row = st; row; row = sqlite3_step(st) == SQLITE_ROW) {
        if (sqlite3_column_int64(st, 4) >= 0)
            instant_print(sqlite3_column_int64(st, 4), at);
        printf("    open: %s is %s (%s), waiting for %s\n", text(st, 0), text(st, 1), text(st, 3), at);
    }
    sqlite3_reset(w->queries[OPEN_OF_CUSTOMER]);
}

void violation(struct witness *w, enum promise p, const char *customer, const char *format, ...)
{
    static const char *const names[] = {
        [NOTHING_IS_FORGOTTEN] = "nothing is forgotten",       [NO_ONE_HEARS_TWICE] = "no one hears twice",
        [NOTHING_STALE_LEAVES] = "nothing stale leaves",       [SILENCE_IS_KEPT] = "silence is kept",
        [ONLY_THE_OWNER] = "only the owner sees it",           [DEFENDS_ITSELF] = "every message defends itself",
        [ABSENCE_IS_NOT_EVIDENCE] = "absence is not evidence", [FAILURE_IS_HEARD] = "failure is heard"
    };
    char at[32];
    va_list rest;
    if (w->violated)
        return;
    w->violated = true;
    printf("VIOLATION seed %llu at %s, promise %d (%s), customer %s: ", (unsigned long long)w->firm->seed,
           instant_print(world_now(w->firm->world), at), p, names[p], customer);
    va_start(rest, format);
    vprintf(format, rest);
    va_end(rest);
    putchar('\n');
    print_trace(w, customer);
    print_open(w, customer);
    if (firm_buyer(w->firm, customer))
        print_facts(firm_buyer(w->firm, customer));
    fflush(stdout);
}

/* ---- every step ---- */

static void check_watched(struct witness *w, const char *customer)
{
    sqlite3_stmt *st = ask(w, UNWATCHED, customer, NULL);
    if (st)
        violation(w, NOTHING_IS_FORGOTTEN, customer, "episode %lld of %s is %s (%s) and nothing will ever move it",
                  (long long)sqlite3_column_int64(st, 0), text(st, 1), text(st, 2), text(st, 3));
    sqlite3_reset(w->queries[UNWATCHED]);
}

/* Was another case of the rule open when this one came due? Then it was seen to come. */
static bool seen_to_come(struct witness *w, const char *customer, const char *rule, const struct duty *d)
{
    const struct zone *z = w->firm->zone;
    bool seen = false;
    sqlite3_stmt *st = ask(w, EPISODES_OF_RULE, customer, rule);
    for (bool row = st; row; row = sqlite3_step(st) == SQLITE_ROW)
        seen |= zone_date(z, sqlite3_column_int64(st, 5)) <= d->due &&
                episode_final(episode_state_named(text(st, 0))) &&
                zone_date(z, sqlite3_column_int64(st, 4)) >= d->due_soonest;
    sqlite3_reset(w->queries[EPISODES_OF_RULE]);
    return seen;
}

/* Calm start: what crossed its threshold more than 14 days ago waits in the ranked list, and nothing else does. */
static void check_new(struct witness *w, const char *customer, const char *rule, bool backlog)
{
    const struct firm *f = w->firm;
    struct buyer *b = firm_buyer(w->firm, customer);
    struct duty d = naive_duty(f, b, firm_rule(f, rule), world_now(f->world));
    char day[16];
    if (!d.judged || b->gone || (f->source_fails && f->source_since < world_now(f->world)))
        violation(w, ABSENCE_IS_NOT_EVIDENCE, customer, "an episode of %s was opened, but nobody can judge that now",
                  rule);
    if (!b->active || b->do_not_contact || d.earliest > f->today)
        violation(w, NOTHING_STALE_LEAVES, customer, "an episode of %s was opened, but it is due on %s at the earliest",
                  rule, date_print(d.earliest, day));
    if (d.met && b->vague)
        return; /* nobody knows when the daemon met it */
    if (d.due + 14 < f->today && d.due_soonest + 14 < f->today && !backlog && !seen_to_come(w, customer, rule, &d))
        violation(w, SILENCE_IS_KEPT, customer, "%s is an old case, due since %s, and passes the calm start", rule,
                  date_print(d.due, day));
    if (d.due + 14 >= f->today && d.due_soonest + 14 >= f->today && backlog)
        violation(w, NOTHING_IS_FORGOTTEN, customer, "%s is due since %s and waits with the old cases", rule,
                  date_print(d.due, day));
}

static void check_new_episodes(struct witness *w)
{
    sqlite3_stmt *st = w->queries[NEW_EPISODES];
    sqlite3_reset(st);
    sqlite3_bind_int64(st, 1, w->episodes);
    while (sqlite3_step(st) == SQLITE_ROW) {
        w->episodes = sqlite3_column_int64(st, 0);
        check_new(w, text(st, 1), text(st, 2), sqlite3_column_int(st, 3));
    }
    sqlite3_reset(st);
}

void witness_learn(struct witness *w)
{
    struct firm *f = w->firm;
    instant now = world_now(f->world);
    naive_learn(f, now);
    for (int i = 0; i < f->n_buyers; i++)
        naive_note_due(f, &f->buyers[i], now);
}

void witness_step(struct witness *w)
{
    const struct arrival *arrivals;
    const struct trace_line *lines;
    struct firm *f = w->firm;
    instant now = world_now(f->world);
    size_t n = world_arrivals(f->world, &arrivals), n_lines = world_trace(f->world, &lines);
    w->steps++;
    if (zone_date(f->zone, now) != f->today)
        witness_learn(w);
    if (f->source_fails || engine_state(world_engine(f->world)).feed_stale)
        witness_trouble(w);
    for (; w->arrivals < n; w->arrivals++)
        check_arrival(w, w->arrivals);
    if (w->lines < n_lines)
        check_new_episodes(w);
    if (engine_state(world_engine(f->world)).clock_doubted)
        w->doubted = now;
    check_failures(w);
    for (; w->lines < n_lines; w->lines++)
        if (lines[w->lines].customer)
            check_watched(w, lines[w->lines].customer);
}

/* ---- now and then ---- */

/* Does this closed episode explain why nobody is told about what is due? */
static bool explains(const struct firm *f, const struct buyer *b, int rule, const struct duty *d, sqlite3_stmt *row)
{
    const char *occasion = text(row, 1), *reason = text(row, 2);
    instant told_at = sqlite3_column_int64(row, 3), closed_at = sqlite3_column_int64(row, 4);
    char day[16], year[16];
    date_print(d->anchor, day);
    snprintf(year, sizeof year, "%d", d->occasion);
    if (rule == PROBLEM || rule == YEARLY)
        snprintf(day, sizeof day, "%s", rule == PROBLEM ? b->trouble.id : year);
    if (rule == REFERRAL) /* named after the sale, of which there is one */
        snprintf(day, sizeof day, "%.10s", occasion);
    if (strncmp(occasion, day, strlen(day)) != 0)
        return false;
    if (rule == SERVICE && (strlen(occasion) < 12 || occasion[11] - '0' != d->occasion))
        return false;
    bool by_period = rule <= VISIT || rule == PROSPECT;
    int count = by_period && occasion[10] ? (int)strtol(occasion + 11, NULL, 10) : 1;
    if (by_period && count != d->count && d->earliest == d->latest &&
        zone_date(f->zone, closed_at) + 45 < d->due_soonest)
        return false; /* an answer about when it fell due answers this case as well */
    if (strcmp(reason, "recorded") == 0 || strncmp(reason, "nobody answered", 15) == 0)
        return true;
    for (size_t i = 0; i < b->n_touches; i++)
        if (strcmp(reason, "a contact was logged") == 0 && b->touches[i].at >= told_at)
            return true;
    return false; /* a purchase that does not exist any more, an absence that is over */
}

static bool told_since(const struct witness *w, size_t arrival, duration span)
{
    const struct arrival *all;
    world_arrivals(w->firm->world, &all);
    return all[arrival].at > world_now(w->firm->world) - span;
}

static void check_known(struct witness *w, struct buyer *b, int rule)
{
    struct duty d;
    char day[16];
    bool known = false;
    struct firm *f = w->firm;
    if (!naive_surely_due(f, b, rule, world_now(f->world), &d) || d.latest + 2 > f->today || d.due + 2 > f->today)
        return;
    const struct ear *ear = &w->ears[b - f->buyers];
    for (size_t i = 0; i < ear->n; i++) /* what was told within a month is not told again for a correction */
        known |=
            ear->rows[i].rule == rule && told_since(w, ear->rows[i].arrival, rule == REFERRAL ? 370 * DAY : 32 * DAY);
    sqlite3_stmt *st = ask(w, EPISODES_OF_RULE, b->id, f->rules[rule].id);
    for (bool row = st; row && !known; row = sqlite3_step(st) == SQLITE_ROW)
        known = !episode_final(episode_state_named(text(st, 0))) || explains(f, b, rule, &d, st);
    sqlite3_reset(w->queries[EPISODES_OF_RULE]);
    if (!known)
        violation(w, NOTHING_IS_FORGOTTEN, b->id,
                  "%s is due since %s (occasion %d), and no episode knows or explains it", rule_terms[rule].id,
                  date_print(d.due, day), d.count);
}

/* An open episode whose reason is gone is closed as soon as the books say so. */
static void check_open(struct witness *w, struct buyer *b)
{
    instant now = world_now(w->firm->world);
    sqlite3_stmt *st = ask(w, OPEN_OF_CUSTOMER, b->id, NULL);
    for (bool row = st; row; row = sqlite3_step(st) == SQLITE_ROW) {
        int rule = firm_rule(w->firm, text(st, 0));
        if (naive_duty(w->firm, b, rule, now).judged && !naive_may_be_due(w->firm, b, rule, now))
            violation(w, NOTHING_STALE_LEAVES, b->id, "%s is not due any more for days, and still %s", text(st, 0),
                      text(st, 1));
    }
    sqlite3_reset(w->queries[OPEN_OF_CUSTOMER]);
}

/* Nothing happened to this customer lately that the daemon may not have seen yet. */
bool settled(const struct buyer *b, instant since)
{
    for (size_t i = 0; i < b->n_buys; i++)
        if (b->buys[i].at > since)
            return false;
    for (size_t i = 0; i < b->n_touches; i++)
        if (b->touches[i].at > since)
            return false;
    return b->edited < since && b->bought_entry < since;
}

void witness_complete(struct witness *w, int part, int parts)
{
    instant now = world_now(w->firm->world);
    check_waiting(w);
    check_rounds(w);
    check_unsent(w);
    for (int i = 0; i < w->firm->n_buyers; i++) {
        struct buyer *b = &w->firm->buyers[i];
        if (i % parts != part || b->gone || b->edited > now - 2 * DAY || w->firm->rules_edited > now - 2 * DAY ||
            w->trouble > now - 2 * DAY)
            continue;
        check_watched(w, b->id);
        if (settled(b, now - 2 * DAY))
            check_open(w, b);
        for (int rule = 0; rule < RULES; rule++)
            check_known(w, b, rule);
    }
}

size_t witness_open(struct witness *w, const char *customer, int64_t newest)
{
    size_t n = 0;
    const struct buyer *b = firm_buyer(w->firm, customer);
    instant now = world_now(w->firm->world);
    sqlite3_stmt *st = ask(w, OPEN_OF_CUSTOMER, customer, NULL);
    for (bool row = st; row; row = sqlite3_step(st) == SQLITE_ROW)
        n += sqlite3_column_int64(st, 2) <= newest &&
             naive_duty(w->firm, b, firm_rule(w->firm, text(st, 0)), now).judged;
    sqlite3_reset(w->queries[OPEN_OF_CUSTOMER]);
    return n;
}

void witness_answered(struct witness *w, struct buyer *b, instant until)
{
    sqlite3_stmt *st = ask(w, OPEN_OF_CUSTOMER, b->id, NULL);
    for (bool row = st; row; row = sqlite3_step(st) == SQLITE_ROW) {
        int rule = firm_rule(w->firm, text(st, 0));
        struct duty d = naive_duty(w->firm, b, rule, world_now(w->firm->world));
        struct ear *ear = &w->ears[b - w->firm->buyers];
        if (until == INSTANT_NONE) {
            ear->answered = mem_resize(ear->answered, (ear->n_answered + 1) * sizeof *ear->answered);
            ear->answered[ear->n_answered++] = sqlite3_column_int64(st, 2);
        }
        if (until == INSTANT_NONE &&
            naive_may_be_due(w->firm, b, rule, world_now(w->firm->world))) /* else it was about an earlier case */
            b->answered[rule] = (struct answered){ true, d.anchor, d.occasion };
        if (until != INSTANT_NONE &&
            strcmp(text(st, 1), "due") != 0) { /* what is on its way already cannot be put off */
            ear->quiet_until[rule] = until;
            ear->quiet_since[rule] = world_now(w->firm->world);
            ear->quiet_case[rule] = d.occasion;
            ear->quiet_episode[rule] = sqlite3_column_int64(st, 2);
            ear->put_off[rule]++;
        }
    }
    sqlite3_reset(w->queries[OPEN_OF_CUSTOMER]);
}

void witness_forget(struct witness *w, int rule)
{
    for (int i = 0; i < w->firm->n_buyers; i++) {
        struct ear *ear = &w->ears[i];
        w->firm->buyers[i].answered[rule].given = false;
        ear->quiet_until[rule] = INSTANT_NONE;
        ear->put_off[rule] = 0;
        for (size_t k = 0; k < ear->n; k++)
            if (ear->rows[k].rule == rule)
                ear->rows[k].rule = RULES; /* none */
    }
}
