#include "harness/harness.h"
#include "store_vault.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct episode read_back(struct vault *t, int64_t id)
{
    struct episode ep;
    struct err e = { "" };
    CHECK_OK(episode_by_id(t->store, id, &t->arena, &ep, &e), &e);
    return ep;
}

static void check_same_defence(const struct defence *a, const struct defence *b)
{
    CHECK_INT(a->last_day, b->last_day);
    CHECK_INT(a->anchor, b->anchor);
    CHECK_INT(a->days, b->days);
    CHECK_INT(a->threshold, b->threshold);
    CHECK_INT(a->occasions, b->occasions);
    CHECK(a->typical == b->typical && a->category_gap == b->category_gap && a->times_usual == b->times_usual &&
          a->at_risk == b->at_risk);
    CHECK_INT(a->average, b->average);
}

static void check_same(const struct episode *a, const struct episode *b)
{
    CHECK_INT(a->id, b->id);
    CHECK_TEXT(a->rule, b->rule);
    CHECK_TEXT(a->customer, b->customer);
    CHECK_TEXT(a->occasion, b->occasion);
    CHECK_INT(a->kind, b->kind);
    CHECK_INT(a->state, b->state);
    CHECK_TEXT(a->reason, b->reason);
    CHECK_TEXT(a->owner, b->owner);
    CHECK_INT(a->opened_at, b->opened_at);
    CHECK_INT(a->changed_at, b->changed_at);
    CHECK_INT(a->told_at, b->told_at);
    CHECK_INT(a->next_at, b->next_at);
    CHECK_INT(a->due, b->due);
    CHECK_INT(a->anchor_day, b->anchor_day);
    CHECK_INT(a->step, b->step);
    CHECK_INT(a->backlog, b->backlog);
    check_same_defence(&a->defence, &b->defence);
}

/* ---- there and back ---- */

TEST(every_field_of_an_episode_comes_back)
{
    struct vault t;
    vault_open(&t);
    struct episode ep = vault_add(&t, "1", "2026-01-01"), back = read_back(&t, ep.id);
    check_same(&ep, &back);
    vault_close(&t);
}

TEST(unknown_stays_unknown_and_extremes_stay_what_they_are)
{
    struct vault t;
    struct err e = { "" };
    vault_open(&t);
    struct episode ep = { .rule = "r'\"; DROP TABLE episode",
                          .customer = "\xc3\x86sop \xe0\xb8\x81",
                          .occasion = "",
                          .kind = RULE_REVIEW,
                          .state = EPISODE_HELD,
                          .opened_at = -1,
                          .next_at = INSTANT_NEVER,
                          .due = INT32_MAX,
                          .anchor_day = -719162,
                          .backlog = true,
                          .defence = { .last_day = DATE_NONE,
                                       .anchor = -1,
                                       .days = INT32_MIN,
                                       .threshold = INT32_MAX,
                                       .average = MONEY_NONE,
                                       .typical = 1e300,
                                       .category_gap = 5e-324,
                                       .at_risk = 0.1 } };
    vault_begin(t.store);
    CHECK_OK(episode_add(t.store, &ep, &e), &e);
    vault_commit(t.store);
    CHECK_INT(ep.changed_at, -1);
    CHECK_INT(ep.told_at, INSTANT_NONE);
    struct episode back = read_back(&t, ep.id);
    check_same(&ep, &back);
    vault_close(&t);
}

TEST(an_episode_that_is_none_is_an_error_that_says_so)
{
    struct vault t;
    struct err e = { "" };
    struct episode ep = { .id = 77 };
    vault_open(&t);
    CHECK(!episode_by_id(t.store, 12, &t.arena, &ep, &e));
    CHECK_TEXT(e.text, "there is no episode 12");
    CHECK_INT(ep.id, 77);
    vault_close(&t);
}

TEST(the_key_of_an_episode_is_unique_for_ever)
{
    struct vault t;
    struct err e = { "" };
    vault_open(&t);
    struct episode first = vault_add(&t, "1", "2026-01-01"), again = vault_episode("1", "2026-01-01");
    vault_begin(t.store);
    CHECK_OK(episode_move(t.store, &first, EPISODE_WITHDRAWN, "gone", INSTANT_NONE, 2000, &e), &e);
    CHECK(!episode_add(t.store, &again, &e));
    CHECK_CONTAINS(e.text, "open an episode of 1: ");
    CHECK_CONTAINS(e.text, "UNIQUE constraint failed: episode.rule, episode.customer, episode.occasion");
    again.rule = "review";
    CHECK_OK(episode_add(t.store, &again, &e), &e);
    again.customer = "01"; /* not customer 1 */
    again.rule = "lapse";
    CHECK_OK(episode_add(t.store, &again, &e), &e);
    vault_commit(t.store);
    vault_close(&t);
}

TEST(an_episode_does_not_take_the_key_of_another)
{
    struct vault t;
    struct err e = { "" };
    vault_open(&t);
    vault_add(&t, "1", "2026-01-01");
    struct episode ep = vault_add(&t, "1", "2026-02-02");
    vault_begin(t.store);
    CHECK(!episode_rekey(t.store, &ep, "2026-01-01", 1, 2, &e));
    CHECK_CONTAINS(e.text, "UNIQUE constraint failed");
    CHECK_TEXT(ep.occasion, "2026-02-02");
    CHECK_OK(episode_rekey(t.store, &ep, "2026-02-04", 19905, 20005, &e), &e);
    vault_commit(t.store);
    struct episode back = read_back(&t, ep.id);
    check_same(&ep, &back);
    CHECK_INT(back.due, 20005);
    CHECK_INT(back.anchor_day, 19905);
    vault_close(&t);
}

/* ---- moves ---- */

TEST(a_move_changes_the_row_and_the_struct_alike)
{
    struct vault t;
    struct err e = { "" };
    vault_open(&t);
    struct episode ep = vault_add(&t, "1", "2026-01-01");
    vault_begin(t.store);
    CHECK_OK(episode_move(t.store, &ep, EPISODE_DUE, NULL, INSTANT_NONE, 2000, &e), &e);
    CHECK_OK(episode_told(t.store, &ep, 3000, &e), &e);
    CHECK_OK(episode_move(t.store, &ep, EPISODE_TOLD, NULL, 9000, 3000, &e), &e);
    CHECK_OK(episode_move(t.store, &ep, EPISODE_TOLD, "same state, later", 9500, 3500, &e), &e);
    CHECK_OK(episode_told(t.store, &ep, 4000, &e), &e); /* the first telling stays the first */
    CHECK_OK(episode_set_owner(t.store, &ep, NULL, &e), &e);
    ep.defence.days = 101;
    ep.defence.average = MONEY_NONE;
    ep.defence.last_day = DATE_NONE;
    CHECK_OK(episode_judged(t.store, &ep, &ep.defence, &e), &e);
    vault_commit(t.store);
    CHECK_INT(ep.step, 2);
    CHECK_INT(ep.told_at, 3000);
    struct episode back = read_back(&t, ep.id);
    check_same(&ep, &back);
    vault_close(&t);
}

TEST(an_illegal_move_ends_the_program)
{
    struct vault t;
    vault_open(&t);
    struct episode ep = vault_add(&t, "1", "2026-01-01");
    fflush(NULL);
    pid_t child = fork(); /* which touches nothing of the store: it fails before */
    if (child == 0) {
        struct err e;
        signal(SIGABRT, SIG_DFL);
        if (!freopen("/dev/null", "w", stderr))
            _exit(2);
        _exit(episode_move(t.store, &ep, EPISODE_SNOOZED, NULL, INSTANT_NONE, 1, &e));
    }
    int status;
    CHECK_INT(waitpid(child, &status, 0), child);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    CHECK_INT(read_back(&t, ep.id).state, EPISODE_HELD);
    vault_close(&t);
}

/* ---- lists ---- */

TEST(episodes_are_listed_by_customer_by_state_and_by_message)
{
    struct vault t;
    struct err e = { "" };
    struct episodes eps;
    vault_open(&t);
    struct episode a = vault_add(&t, "1", "2026-01-01"), b = vault_add(&t, "1", "2027-01-01"),
                   c = vault_add(&t, "2", "2026-01-01");
    struct message m = vault_message(&t, "7");
    vault_begin(t.store);
    CHECK_OK(telling_add(t.store, c.id, 0, "7", m.id, 20000, false, &e), &e);
    CHECK_OK(telling_add(t.store, a.id, 0, "7", m.id, 20000, false, &e), &e);
    CHECK_OK(episode_move(t.store, &a, EPISODE_DONE, "x", INSTANT_NONE, 9000, &e), &e);
    CHECK_OK(episode_move(t.store, &b, EPISODE_HELD, "y", INSTANT_NONE, 9001, &e), &e);
    vault_commit(t.store);
    CHECK_OK(episodes_of_customer(t.store, "1", &t.arena, &eps, &e), &e);
    CHECK_INT((long long)eps.n, 2);
    check_same(&eps.rows[0], &a);
    check_same(&eps.rows[1], &b);
    CHECK_OK(episodes_of_customer(t.store, "nobody", &t.arena, &eps, &e), &e);
    CHECK_INT((long long)eps.n, 0);
    CHECK_OK(episodes_in_state(t.store, EPISODE_HELD, &t.arena, &eps, &e), &e);
    CHECK_INT((long long)eps.n, 2); /* the longest unchanged first */
    CHECK_INT(eps.rows[0].id, c.id);
    CHECK_INT(eps.rows[1].id, b.id);
    CHECK_OK(episodes_of_message(t.store, m.id, &t.arena, &eps, &e), &e);
    CHECK_INT((long long)eps.n, 2);
    CHECK_INT(eps.rows[0].id, a.id);
    CHECK_INT(eps.rows[1].id, c.id);
    vault_close(&t);
}

/* ---- whose turn it is ---- */

static struct episode waiting(struct vault *t, const char *owner, int customer, double at_risk, bool backlog)
{
    struct err e = { "" };
    struct episode ep = vault_episode(arena_print(&t->arena, "%d", customer), "2026-01-01");
    ep.owner = owner;
    ep.backlog = backlog;
    ep.defence.at_risk = at_risk;
    vault_begin(t->store);
    CHECK_OK(episode_add(t->store, &ep, &e), &e);
    vault_commit(t->store);
    return ep;
}

/* "3 1 2": the customers in turn. */
static void check_turns(struct vault *t, const char *owner, enum turn_order order, int most, const char *expected)
{
    struct turn *rows;
    size_t n;
    struct err e = { "" };
    char got[128] = "";
    CHECK_OK(episodes_in_turn(t->store, owner, order, most, &t->arena, &rows, &n, &e), &e);
    for (size_t i = 0; i < n; i++)
        snprintf(got + strlen(got), sizeof got - strlen(got), i ? " %s" : "%s", rows[i].customer);
    CHECK_TEXT(got, expected);
}

TEST(turns_go_by_money_at_risk_the_oldest_first_among_equals)
{
    struct vault t;
    struct err e = { "" };
    vault_open(&t);
    waiting(&t, "7", 1, 10, false);
    waiting(&t, "7", 2, 0, false); /* unknown: last */
    waiting(&t, "7", 3, 30.5, false);
    waiting(&t, "7", 4, 10, false);
    waiting(&t, "7", 5, 99, true);
    waiting(&t, "7", 6, 1, true);
    waiting(&t, "8", 7, 1000, false);
    waiting(&t, NULL, 8, 5, false);
    struct episode later = waiting(&t, "7", 9, 500, false), told = waiting(&t, "7", 10, 600, false);
    vault_begin(t.store);
    CHECK_OK(episode_move(t.store, &later, EPISODE_HELD, "not now", 99999, 2000, &e), &e);
    CHECK_OK(episode_move(t.store, &told, EPISODE_DUE, NULL, INSTANT_NONE, 2000, &e), &e);
    vault_commit(t.store);
    check_turns(&t, "7", TURN_BY_RANK, 10, "3 1 4 2");
    check_turns(&t, "7", TURN_BY_RANK, 2, "3 1");
    check_turns(&t, "7", TURN_BY_RANK, 0, "");
    check_turns(&t, "7", TURN_BACKLOG_BY_RANK, 10, "5 6");
    check_turns(&t, "7", TURN_OLDEST, 3, "1 2 3");
    check_turns(&t, "8", TURN_BY_RANK, 10, "7");
    check_turns(&t, NULL, TURN_BY_RANK, 10, "8"); /* customers of nobody wait too */
    check_turns(&t, NULL, TURN_OLDEST, 10, "8");
    check_turns(&t, "nobody", TURN_BY_RANK, 10, "");
    vault_close(&t);
}

TEST(owners_and_how_many_wait_for_them_are_known)
{
    struct vault t;
    struct err e = { "" };
    struct waiting *rows;
    size_t n;
    vault_open(&t);
    CHECK_OK(owners_waiting(t.store, &t.arena, &rows, &n, &e), &e);
    CHECK_INT((long long)n, 0);
    waiting(&t, NULL, 1, 1, false);
    waiting(&t, "7", 2, 1, false);
    waiting(&t, "7", 3, 1, true);
    struct episode a = waiting(&t, "8", 4, 1, true);
    waiting(&t, "7", 5, 1, true);
    CHECK_OK(owners_waiting(t.store, &t.arena, &rows, &n, &e), &e);
    CHECK_INT((long long)n, 3);
    CHECK_TEXT(rows[0].owner, NULL);
    CHECK_INT(rows[0].fresh * 10 + rows[0].backlog, 10);
    CHECK_TEXT(rows[1].owner, "7");
    CHECK_INT(rows[1].fresh * 10 + rows[1].backlog, 12);
    CHECK_INT(rows[2].fresh * 10 + rows[2].backlog, 1);
    vault_begin(t.store);
    CHECK_OK(episode_forward(t.store, &a, &e), &e);
    CHECK(!a.backlog);
    CHECK_OK(episodes_release_backlog(t.store, "review", &e), &e); /* another rule's */
    vault_commit(t.store);
    check_turns(&t, "8", TURN_BY_RANK, 9, "4");
    check_turns(&t, "7", TURN_BACKLOG_BY_RANK, 9, "3 5");
    vault_begin(t.store);
    CHECK_OK(episodes_release_backlog(t.store, NULL, &e), &e);
    vault_commit(t.store);
    check_turns(&t, "7", TURN_BACKLOG_BY_RANK, 9, "");
    check_turns(&t, "7", TURN_BY_RANK, 9, "2 3 5");
    vault_close(&t);
}

TEST(customers_are_woken_by_their_episodes_and_by_messages_that_wait)
{
    struct vault t;
    struct err e = { "" };
    struct wake *rows;
    size_t n;
    vault_open(&t);
    struct episode a = vault_add(&t, "1", "2026-01-01"), b = vault_add(&t, "2", "2026-01-01"),
                   c = vault_add(&t, "3", "2026-01-01");
    struct message waits = vault_message(&t, "7"), sent = vault_message(&t, "8");
    vault_begin(t.store);
    CHECK_OK(episode_move(t.store, &a, EPISODE_HELD, NULL, 7000, 2000, &e), &e);
    CHECK_OK(telling_add(t.store, b.id, 0, "7", waits.id, 1, false, &e), &e);
    CHECK_OK(telling_add(t.store, c.id, 0, "8", sent.id, 1, false, &e), &e);
    CHECK_OK(message_move(t.store, &sent, MESSAGE_SENDING, 1, false, 1, &e), &e);
    CHECK_OK(message_move(t.store, &sent, MESSAGE_UNKNOWN, 6000, false, 1, &e), &e);
    vault_commit(t.store);
    CHECK_OK(store_wakes(t.store, INSTANT_NEVER, &t.arena, &rows, &n, &e), &e);
    CHECK_INT((long long)n, 3);
    long long sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += rows[i].at * (rows[i].customer[0] - '0');
    CHECK_INT(sum, 7000 + 2 * 5000 + 3 * 6000);
    CHECK_OK(store_wakes(t.store, 5000, &t.arena, &rows, &n, &e), &e);
    CHECK_INT((long long)n, 1);
    CHECK_TEXT(rows[0].customer, "2");
    vault_begin(t.store);
    CHECK_OK(message_move(t.store, &sent, MESSAGE_DROPPED, 6000, true, 9, &e), &e);
    vault_commit(t.store);
    CHECK_OK(store_wakes(t.store, 6000, &t.arena, &rows, &n, &e), &e);
    CHECK_INT((long long)n, 1);
    vault_close(&t);
}
