/* Which digests were made, and what they are made of. */
#include "harness/harness.h"
#include "store/digests.h"
#include "store/ledger.h"
#include "store/offers.h"
#include "store_vault.h"

#include <string.h>

/* An episode as a test wants it: what only happens to one in time is written beside. */
static int64_t put(struct vault *t, struct episode ep)
{
    struct err e = { "" };
    struct episode added = ep;
    vault_begin(t->store);
    CHECK_OK(episode_add(t->store, &added, &e), &e);
    vault_commit(t->store);
    const char *sql = arena_print(
        &t->arena, "UPDATE episode SET changed_at = %lld, told_at = nullif(%lld, %lld), step = %d WHERE id = %lld",
        (long long)ep.changed_at, (long long)ep.told_at, (long long)INSTANT_NONE, ep.step, (long long)added.id);
    CHECK_TEXT(vault_sql(t, sql), "");
    return added.id;
}

static struct episode waiting(const char *customer, enum digest_kind kind, double at_risk)
{
    struct episode ep = vault_episode(customer, "x");
    ep.reason = digest_reason(kind);
    ep.defence.at_risk = at_risk;
    return ep;
}

static struct episode in_state(const char *customer, enum episode_state state, double at_risk)
{
    struct episode ep = vault_episode(customer, "x");
    ep.state = state;
    ep.reason = NULL;
    ep.defence.at_risk = at_risk;
    return ep;
}

/* "a b c" */
static const char *customers(struct vault *t, const struct episodes *eps)
{
    const char *text = "";
    for (size_t i = 0; i < eps->n; i++)
        text = arena_print(&t->arena, "%s%s%s", text, i ? " " : "", eps->rows[i].customer);
    return text;
}

static const char *for_digest(struct vault *t, const char *owner, enum digest_kind kind, bool backlog, long most)
{
    struct err e = { "" };
    struct episodes eps;
    CHECK_OK(episodes_for_digest(t->store, owner, kind, backlog, most, &t->arena, &eps, &e), &e);
    return customers(t, &eps);
}

static long count_waiting(struct vault *t, const char *owner, enum digest_kind kind, bool backlog)
{
    struct err e = { "" };
    long n = -1;
    CHECK_OK(count_for_digest(t->store, owner, kind, backlog, &n, &e), &e);
    return n;
}

static const char *of_owner(struct vault *t, const char *owner, enum episode_state state, long most)
{
    struct err e = { "" };
    struct episodes eps;
    CHECK_OK(episodes_of_owner(t->store, owner, state, most, &t->arena, &eps, &e), &e);
    return customers(t, &eps);
}

static void make(struct vault *t, enum digest_kind kind, const char *person, date day, int64_t message)
{
    struct err e = { "" };
    vault_begin(t->store);
    CHECK_OK(digest_add(t->store, kind, person, day, message, &e), &e);
    vault_commit(t->store);
}

static bool was_made(struct vault *t, enum digest_kind kind, const char *person, date day)
{
    struct err e = { "" };
    bool made = false;
    CHECK_OK(digest_made(t->store, kind, person, day, &made, &e), &e);
    return made;
}

/* ---- made once ---- */

TEST(a_digest_of_a_kind_is_made_once_for_a_person_and_a_day)
{
    struct vault t;
    struct err e = { "" };
    vault_open(&t);
    make(&t, DIGEST_WEEKLY, "7", 20000, 0);
    CHECK(was_made(&t, DIGEST_WEEKLY, "7", 20000));
    CHECK(!was_made(&t, DIGEST_DAILY, "7", 20000));
    CHECK(!was_made(&t, DIGEST_WEEKLY, "8", 20000));
    CHECK(!was_made(&t, DIGEST_WEEKLY, "7", 20007));
    vault_begin(t.store);
    CHECK(!digest_add(t.store, DIGEST_WEEKLY, "7", 20000, 0, &e));
    CHECK_CONTAINS(e.text, "write a weekly digest for 7: ");
    vault_commit(t.store);
    vault_close(&t);
}

TEST(a_message_knows_which_digest_it_is_until_that_is_forgotten)
{
    struct vault t;
    struct err e = { "" };
    struct digest_row row = { 0 };
    vault_open(&t);
    struct message m = vault_message(&t, "7"), other = vault_message(&t, "7"), back;
    make(&t, DIGEST_SUMMARY, "7", 20000, m.id);
    CHECK_OK(digest_of_message(t.store, m.id, &t.arena, &row, &e), &e);
    CHECK_INT(row.kind, DIGEST_SUMMARY);
    CHECK_TEXT(row.person, "7");
    CHECK_INT(row.day, 20000);
    CHECK_INT(row.message, m.id);
    CHECK_OK(message_by_id(t.store, m.id, &t.arena, &back, &e), &e);
    CHECK(back.digest);
    CHECK_OK(message_by_id(t.store, other.id, &t.arena, &back, &e), &e);
    CHECK(!back.digest);
    CHECK(!digest_of_message(t.store, other.id, &t.arena, &row, &e));
    CHECK_CONTAINS(e.text, "is no digest");
    vault_begin(t.store);
    CHECK_OK(digest_forget(t.store, m.id, &e), &e);
    vault_commit(t.store);
    CHECK(!was_made(&t, DIGEST_SUMMARY, "7", 20000));
    vault_close(&t);
}

TEST(a_digest_is_to_be_sent_until_its_message_is_settled)
{
    struct vault t;
    struct err e = { "" };
    struct digest_row *rows;
    size_t n;
    vault_open(&t);
    struct message m = vault_message(&t, "7"), sent = vault_message(&t, "8");
    make(&t, DIGEST_DAILY, "7", 20000, m.id);
    make(&t, DIGEST_DAILY, "8", 20000, sent.id);
    make(&t, DIGEST_DAILY, "9", 20000, 0);
    vault_begin(t.store);
    CHECK_OK(message_move(t.store, &sent, MESSAGE_SENDING, 5000, false, 5000, &e), &e);
    CHECK_OK(message_move(t.store, &sent, MESSAGE_SENT, 6000, true, 6000, &e), &e);
    CHECK_OK(message_move(t.store, &m, MESSAGE_SENDING, 5000, false, 5000, &e), &e);
    CHECK_OK(message_move(t.store, &m, MESSAGE_QUEUED, 9000, false, 6000, &e), &e);
    vault_commit(t.store);
    CHECK_OK(digests_to_send(t.store, &t.arena, &rows, &n, &e), &e);
    CHECK_INT((long long)n, 1);
    CHECK_INT(rows[0].message, m.id);
    CHECK_INT(rows[0].not_before, 9000);
    CHECK_TEXT(rows[0].person, "7");
    vault_close(&t);
}

/* ---- what they are made of ---- */

TEST(what_waits_for_a_digest_comes_by_money_at_risk_from_one_owner_and_one_list)
{
    struct vault t;
    vault_open(&t);
    put(&t, waiting("small", DIGEST_WEEKLY, 1));
    put(&t, waiting("large", DIGEST_WEEKLY, 9));
    put(&t, waiting("daily", DIGEST_DAILY, 5));
    struct episode old = waiting("old", DIGEST_WEEKLY, 7), stray = waiting("stray", DIGEST_WEEKLY, 7);
    old.backlog = true;
    stray.owner = NULL;
    put(&t, old);
    put(&t, stray);
    vault_add(&t, "alone", "x"); /* waits for its turn, not for a digest */
    CHECK_TEXT(for_digest(&t, "7", DIGEST_WEEKLY, false, 10), "large small");
    CHECK_TEXT(for_digest(&t, "7", DIGEST_WEEKLY, false, 1), "large");
    CHECK_TEXT(for_digest(&t, "7", DIGEST_WEEKLY, true, 10), "old");
    CHECK_TEXT(for_digest(&t, "7", DIGEST_DAILY, false, 10), "daily");
    CHECK_TEXT(for_digest(&t, NULL, DIGEST_WEEKLY, false, 10), "stray");
    CHECK_INT(count_waiting(&t, "7", DIGEST_WEEKLY, false), 2);
    CHECK_INT(count_waiting(&t, "7", DIGEST_WEEKLY, true), 1);
    CHECK_INT(count_waiting(&t, NULL, DIGEST_WEEKLY, false), 1);
    CHECK_INT(count_waiting(&t, "8", DIGEST_WEEKLY, false), 0);
    vault_close(&t);
}

TEST(newcomers_of_a_mass_change_are_in_no_digest_but_reminders_are)
{
    struct vault t;
    struct err e = { "" };
    vault_open(&t);
    struct episode told = waiting("told", DIGEST_WEEKLY, 1);
    told.state = EPISODE_TOLD;
    told.step = 1;
    put(&t, waiting("new", DIGEST_WEEKLY, 9));
    put(&t, told);
    CHECK_TEXT(for_digest(&t, "7", DIGEST_WEEKLY, false, 10), "new told");
    CHECK_INT(count_waiting(&t, "7", DIGEST_WEEKLY, false), 1); /* newcomers only */
    vault_begin(t.store);
    CHECK_OK(stop_set(t.store, "mass change lapse", 1000, INSTANT_NEVER, "too many", &e), &e);
    vault_commit(t.store);
    CHECK_TEXT(for_digest(&t, "7", DIGEST_WEEKLY, false, 10), "told");
    CHECK_INT(count_waiting(&t, "7", DIGEST_WEEKLY, false), 0);
    vault_close(&t);
}

TEST(what_is_open_is_listed_by_state_and_owner)
{
    struct vault t;
    struct err e = { "" };
    long n;
    vault_open(&t);
    put(&t, in_state("a", EPISODE_TOLD, 1));
    put(&t, in_state("b", EPISODE_TOLD, 2));
    put(&t, in_state("c", EPISODE_SNOOZED, 3));
    put(&t, in_state("d", EPISODE_WON, 4));
    struct episode other = in_state("e", EPISODE_TOLD, 5);
    other.owner = "8";
    put(&t, other);
    CHECK_TEXT(of_owner(&t, "7", EPISODE_TOLD, 10), "b a");
    CHECK_TEXT(of_owner(&t, "7", EPISODE_TOLD, 1), "b");
    CHECK_TEXT(of_owner(&t, "7", EPISODE_SNOOZED, 10), "c");
    CHECK_TEXT(of_owner(&t, NULL, EPISODE_TOLD, 10), "");
    CHECK_OK(count_of_owner(t.store, "7", EPISODE_TOLD, &n, &e), &e);
    CHECK_INT(n, 2);
    vault_close(&t);
}

TEST(won_is_what_was_won_since_then)
{
    struct vault t;
    struct err e = { "" };
    struct episodes eps;
    vault_open(&t);
    struct episode before = in_state("before", EPISODE_WON, 1), since = in_state("since", EPISODE_WON, 1);
    before.changed_at = 4999;
    since.changed_at = 5000;
    put(&t, before);
    put(&t, since);
    put(&t, in_state("lost", EPISODE_LOST, 1));
    CHECK_OK(episodes_won(t.store, "7", 5000, &t.arena, &eps, &e), &e);
    CHECK_TEXT(customers(&t, &eps), "since");
    CHECK_OK(episodes_won(t.store, "8", 5000, &t.arena, &eps, &e), &e);
    CHECK_INT((long long)eps.n, 0);
    vault_close(&t);
}

static void offer_with(struct vault *t, int64_t episode, const char *code, instant ends_at, bool told)
{
    struct err e = { "" };
    struct issued_offer o = { .episode = episode,
                              .terms = "welcome-back",
                              .customer = code,
                              .code = code,
                              .kind = OFFER_PERCENT,
                              .percent = 10,
                              .amount = MONEY_NONE,
                              .last_day = 20100,
                              .ends_at = ends_at,
                              .issued_at = 1000 };
    vault_begin(t->store);
    CHECK_OK(offer_add(t->store, &o, &e), &e);
    CHECK_OK(!told || offer_move(t->store, &o, ISSUED_OFFER_TOLD, &e), &e);
    vault_commit(t->store);
}

TEST(offers_about_to_end_are_those_that_somebody_was_told_of_and_that_end_in_that_time)
{
    struct vault t;
    struct err e = { "" };
    struct episodes eps;
    vault_open(&t);
    offer_with(&t, put(&t, in_state("ended", EPISODE_TOLD, 1)), "A", 5000, true);
    offer_with(&t, put(&t, in_state("soon", EPISODE_TOLD, 1)), "B", 5001, true);
    offer_with(&t, put(&t, in_state("last", EPISODE_SNOOZED, 2)), "C", 9000, true);
    offer_with(&t, put(&t, in_state("later", EPISODE_TOLD, 1)), "D", 9001, true);
    offer_with(&t, put(&t, in_state("unsaid", EPISODE_TOLD, 1)), "E", 6000, false);
    offer_with(&t, put(&t, in_state("closed", EPISODE_DONE, 1)), "F", 6000, true);
    CHECK_OK(episodes_with_offer(t.store, "7", 5000, 9000, &t.arena, &eps, &e), &e);
    CHECK_TEXT(customers(&t, &eps), "last soon");
    vault_close(&t);
}

/* ---- the numbers of a summary ---- */

static void tell(struct vault *t, int64_t episode, int step, const char *person, int64_t message, date day)
{
    struct err e = { "" };
    vault_begin(t->store);
    CHECK_OK(telling_add(t->store, episode, step, person, message, day, false, &e), &e);
    vault_commit(t->store);
}

static void reached(struct vault *t, int64_t message, const char *how)
{
    struct err e = { "" };
    vault_begin(t->store);
    CHECK_OK(telling_reached(t->store, message, how, &e), &e);
    vault_commit(t->store);
}

static long told(struct vault *t, const char *person, date from, date until)
{
    struct err e = { "" };
    long n = -1;
    CHECK_OK(count_told(t->store, person, from, until, &n, &e), &e);
    return n;
}

TEST(told_counts_follow_ups_that_reached_a_person_or_may_have_each_once)
{
    struct vault t;
    vault_open(&t);
    int64_t a = put(&t, in_state("a", EPISODE_TOLD, 1)), b = put(&t, in_state("b", EPISODE_TOLD, 1)),
            c = put(&t, in_state("c", EPISODE_HELD, 1));
    struct message yes = vault_message(&t, "7"), perhaps = vault_message(&t, "7"), no = vault_message(&t, "7");
    tell(&t, a, 0, "7", yes.id, 20000);
    tell(&t, a, 1, "7", perhaps.id, 20006);
    tell(&t, b, 0, "7", perhaps.id, 20006);
    tell(&t, c, 0, "7", no.id, 20003);
    reached(&t, yes.id, "yes");
    reached(&t, perhaps.id, "perhaps");
    reached(&t, no.id, "no");
    CHECK_INT(told(&t, "7", 20000, 20006), 2);
    CHECK_INT(told(&t, "7", 20000, 20005), 1);
    CHECK_INT(told(&t, "7", 20007, 20013), 0);
    CHECK_INT(told(&t, "8", 20000, 20006), 0);
    vault_close(&t);
}

TEST(answered_is_what_was_closed_by_people_after_it_was_told)
{
    struct vault t;
    struct err e = { "" };
    long n;
    vault_open(&t);
    struct episode done = in_state("done", EPISODE_DONE, 1), unasked = in_state("unasked", EPISODE_DONE, 1),
                   lost = in_state("lost", EPISODE_LOST, 1), won = in_state("won", EPISODE_WON, 1);
    done.told_at = lost.told_at = won.told_at = 1000;
    done.changed_at = unasked.changed_at = won.changed_at = 5000;
    lost.changed_at = 6000;
    put(&t, done);
    put(&t, unasked);
    put(&t, lost);
    put(&t, won);
    CHECK_OK(count_answered(t.store, "7", 5000, 6001, &n, &e), &e);
    CHECK_INT(n, 2);
    CHECK_OK(count_answered(t.store, "7", 5000, 6000, &n, &e), &e);
    CHECK_INT(n, 1); /* the end is not among them */
    CHECK_OK(count_answered(t.store, "8", 5000, 6001, &n, &e), &e);
    CHECK_INT(n, 0);
    vault_close(&t);
}

TEST(overdue_is_what_was_told_before_then_and_is_open_still)
{
    struct vault t;
    struct err e = { "" };
    long n;
    vault_open(&t);
    struct episode early = in_state("early", EPISODE_TOLD, 1), late = in_state("late", EPISODE_TOLD, 1),
                   done = in_state("done", EPISODE_DONE, 1), review = in_state("review", EPISODE_TOLD, 1);
    early.told_at = done.told_at = review.told_at = 4999;
    late.told_at = 5000;
    review.rule = "review";
    put(&t, early);
    put(&t, late);
    put(&t, done);
    put(&t, review);
    CHECK_OK(count_told_before(t.store, "7", "lapse", 5000, &n, &e), &e);
    CHECK_INT(n, 1);
    CHECK_OK(count_told_before(t.store, "7", "review", 5000, &n, &e), &e);
    CHECK_INT(n, 1);
    vault_close(&t);
}

/* ---- made anew ---- */

TEST(of_a_digest_made_anew_the_tellings_that_reached_nobody_are_removed)
{
    struct vault t;
    struct err e = { "" };
    struct episodes eps;
    vault_open(&t);
    int64_t a = put(&t, in_state("a", EPISODE_DUE, 1)), b = put(&t, in_state("b", EPISODE_DUE, 1));
    struct message m = vault_message(&t, "7"), other = vault_message(&t, "7");
    tell(&t, a, 0, "7", m.id, 20000);
    tell(&t, b, 0, "7", other.id, 20000);
    reached(&t, other.id, "no");
    vault_begin(t.store);
    CHECK_OK(tellings_remove(t.store, m.id, &e), &e); /* on its way: nobody knows yet */
    CHECK_OK(episodes_of_message(t.store, m.id, &t.arena, &eps, &e), &e);
    CHECK_TEXT(customers(&t, &eps), "a");
    CHECK_OK(telling_reached(t.store, m.id, "no", &e), &e);
    CHECK_OK(tellings_remove(t.store, m.id, &e), &e);
    CHECK_OK(episodes_of_message(t.store, m.id, &t.arena, &eps, &e), &e);
    CHECK_INT((long long)eps.n, 0);
    CHECK_OK(episodes_of_message(t.store, other.id, &t.arena, &eps, &e), &e);
    CHECK_TEXT(customers(&t, &eps), "b");
    vault_commit(t.store);
    vault_close(&t);
}
