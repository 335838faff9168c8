/* Messages, their attempts, and what each of them told to whom. */
#include "harness/harness.h"
#include "store_vault.h"

#include <stdio.h>
#include <string.h>

static struct message read_back(struct vault *t, int64_t id)
{
    struct message m;
    struct err e = { "" };
    CHECK_OK(message_by_id(t->store, id, &t->arena, &m, &e), &e);
    return m;
}

static void check_same(const struct message *a, const struct message *b)
{
    CHECK_INT(a->id, b->id);
    CHECK_TEXT(a->channel, b->channel);
    CHECK_TEXT(a->person, b->person);
    CHECK_TEXT(a->address, b->address);
    CHECK_TEXT(a->message_id, b->message_id);
    CHECK_TEXT(a->subject, b->subject);
    CHECK_INT(a->state, b->state);
    CHECK_INT(a->not_before, b->not_before);
    CHECK_INT(a->claimed_at, b->claimed_at);
    CHECK_INT(a->settled_at, b->settled_at);
    CHECK_INT(a->attempts, b->attempts);
    CHECK_INT(a->doubts, b->doubts);
    CHECK_INT((long long)a->size, (long long)b->size);
    CHECK(a->size == 0 || memcmp(a->bytes, b->bytes, a->size) == 0);
}

static void move(struct vault *t, struct message *m, enum message_state to, instant not_before, bool settled,
                 instant now)
{
    struct err e = { "" };
    vault_begin(t->store);
    CHECK_OK(message_move(t->store, m, to, not_before, settled, now, &e), &e);
    vault_commit(t->store);
}

/* ---- there and back ---- */

TEST(every_byte_of_a_message_comes_back)
{
    struct vault t;
    vault_open(&t);
    struct message m = vault_message(&t, "7"), back = read_back(&t, m.id);
    CHECK_INT(m.state, MESSAGE_QUEUED);
    CHECK_INT(m.settled_at, INSTANT_NONE);
    CHECK_INT((long long)back.size, 15);
    check_same(&m, &back);
    vault_close(&t);
}

TEST(a_message_id_is_made_of_its_number_and_a_secret_and_is_never_the_same_twice)
{
    struct vault t;
    vault_open(&t);
    struct message a = vault_message(&t, "7"), b = vault_message(&t, "7");
    CHECK(strcmp(a.message_id, b.message_id) != 0);
    int64_t number;
    unsigned mac;
    char domain[32];
    CHECK_INT(sscanf(a.message_id, "n%ld.%8x@%31s", &number, &mac, domain), 3);
    CHECK_INT(number, a.id);
    CHECK_TEXT(domain, "nordlys.example");
    vault_close(&t);
}

TEST(a_message_that_is_none_is_an_error_that_says_so)
{
    struct vault t;
    struct err e = { "" };
    struct message m;
    vault_open(&t);
    CHECK(!message_by_id(t.store, 5, &t.arena, &m, &e));
    CHECK_TEXT(e.text, "there is no message 5");
    vault_close(&t);
}

/* ---- states ---- */

TEST(moves_count_attempts_and_doubts)
{
    struct vault t;
    vault_open(&t);
    struct message m = vault_message(&t, "7"), back;
    move(&t, &m, MESSAGE_SENDING, 6000, false, 6000);
    move(&t, &m, MESSAGE_QUEUED, 7000, false, 6100); /* later */
    move(&t, &m, MESSAGE_SENDING, 7000, false, 7000);
    back = read_back(&t, m.id);
    check_same(&m, &back);
    move(&t, &m, MESSAGE_UNKNOWN, 8000, false, 7100);
    CHECK_INT(m.attempts, 2);
    CHECK_INT(m.doubts, 1);
    CHECK_INT(m.settled_at, INSTANT_NONE);
    move(&t, &m, MESSAGE_SENDING, 8000, false, 8000);
    move(&t, &m, MESSAGE_SENT, 8100, true, 8100);
    CHECK_INT(m.attempts, 3);
    CHECK_INT(m.settled_at, 8100);
    back = read_back(&t, m.id);
    check_same(&m, &back);
    vault_close(&t);
}

TEST(a_message_may_wait_longer_or_go_elsewhere)
{
    struct vault t;
    struct err e = { "" };
    vault_open(&t);
    struct message m = vault_message(&t, "7");
    vault_begin(t.store);
    CHECK_OK(message_wait(t.store, &m, 9000, &e), &e);
    CHECK_OK(message_readdress(t.store, &m, "folder", "c@d.example", &e), &e);
    m.subject = "Other words";
    m.bytes = "x";
    m.size = 1;
    CHECK_OK(message_dress(t.store, &m, &e), &e);
    vault_commit(t.store);
    struct message back = read_back(&t, m.id);
    check_same(&m, &back);
    vault_close(&t);
}

TEST(a_message_that_waits_can_be_hurried_by_channel)
{
    struct vault t;
    struct err e = { "" };
    vault_open(&t);
    struct message late = vault_message(&t, "7"), sent = vault_message(&t, "8");
    vault_begin(t.store);
    CHECK_OK(message_wait(t.store, &late, 90000, &e), &e);
    CHECK_OK(message_wait(t.store, &sent, 90000, &e), &e);
    CHECK_OK(message_move(t.store, &sent, MESSAGE_SENDING, 90000, false, 1, &e), &e);
    CHECK_OK(messages_hurry(t.store, "folder", 6000, &e), &e);
    vault_commit(t.store);
    CHECK_INT(read_back(&t, late.id).not_before, 90000);
    vault_begin(t.store);
    CHECK_OK(messages_hurry(t.store, "email", 6000, &e), &e);
    vault_commit(t.store);
    CHECK_INT(read_back(&t, late.id).not_before, 6000);
    CHECK_INT(read_back(&t, sent.id).not_before, 90000); /* a courier has it */
    vault_begin(t.store);
    CHECK_OK(messages_hurry(t.store, NULL, 5500, &e), &e);
    CHECK_OK(messages_hurry(t.store, NULL, 8000, &e), &e); /* hurried, never delayed */
    vault_commit(t.store);
    CHECK_INT(read_back(&t, late.id).not_before, 5500);
    vault_close(&t);
}

TEST(messages_are_listed_by_state_and_by_when_they_were_settled)
{
    struct vault t;
    struct err e = { "" };
    struct messages all;
    vault_open(&t);
    struct message a = vault_message(&t, "7"), b = vault_message(&t, "7"), c = vault_message(&t, "7");
    move(&t, &a, MESSAGE_DROPPED, 0, true, 200);
    move(&t, &b, MESSAGE_REFUSED, 0, true, 100);
    CHECK_OK(messages_in_state(t.store, MESSAGE_QUEUED, &t.arena, &all, &e), &e);
    CHECK_INT((long long)all.n, 1);
    CHECK_INT(all.rows[0].id, c.id);
    CHECK(!all.rows[0].bytes);
    CHECK_OK(messages_settled_since(t.store, 100, &t.arena, &all, &e), &e);
    CHECK_INT((long long)all.n, 2);
    CHECK_INT(all.rows[0].id, b.id);
    CHECK_OK(messages_settled_since(t.store, 101, &t.arena, &all, &e), &e);
    CHECK_INT((long long)all.n, 1);
    vault_close(&t);
}

TEST(bytes_are_erased_once_they_are_old_and_settled)
{
    struct vault t;
    struct err e = { "" };
    vault_open(&t);
    struct message old = vault_message(&t, "7"), new = vault_message(&t, "7"), open = vault_message(&t, "7");
    move(&t, &old, MESSAGE_DROPPED, 0, true, 999);
    move(&t, &new, MESSAGE_DROPPED, 0, true, 1000);
    vault_begin(t.store);
    CHECK_OK(message_erase(t.store, 1000, &e), &e);
    vault_commit(t.store);
    struct message back = read_back(&t, old.id);
    CHECK(!back.bytes && back.size == 0);
    CHECK_TEXT(back.subject, "Aune has been silent");
    CHECK(read_back(&t, new.id).bytes && read_back(&t, open.id).bytes);
    vault_close(&t);
}

/* ---- attempts ---- */

TEST(an_attempt_ends_with_its_receipt)
{
    struct vault t;
    struct err e = { "" };
    struct attempt last;
    vault_open(&t);
    struct message m = vault_message(&t, "7"), other = vault_message(&t, "7");
    CHECK_OK(attempt_last(t.store, m.id, &t.arena, &last, &e), &e);
    CHECK(last.began_at == INSTANT_NONE && last.ended_at == INSTANT_NONE && !last.verdict && !last.code && !last.why);
    struct receipt r = { .message = m.id, .verdict = VERDICT_LATER, .code = "451 4.3.0", .why = "come back \xd0\xb7" };
    vault_begin(t.store);
    CHECK_OK(attempt_begin(t.store, m.id, 100, &e), &e);
    CHECK_OK(attempt_begin(t.store, other.id, 100, &e), &e);
    CHECK_OK(attempt_end(t.store, &r, 200, &e), &e);
    CHECK_OK(attempt_begin(t.store, m.id, 300, &e), &e);
    vault_commit(t.store);
    CHECK_OK(attempt_last(t.store, m.id, &t.arena, &last, &e), &e);
    CHECK_INT(last.began_at, 300);
    CHECK(last.ended_at == INSTANT_NONE && !last.verdict);
    r = (struct receipt){ .message = m.id, .verdict = VERDICT_SENT };
    vault_begin(t.store);
    CHECK_OK(attempt_end(t.store, &r, 400, &e), &e);
    vault_commit(t.store);
    CHECK_OK(attempt_last(t.store, m.id, &t.arena, &last, &e), &e);
    CHECK_INT(last.ended_at, 400);
    CHECK_TEXT(last.verdict, "sent");
    CHECK_TEXT(vault_sql(&t, "SELECT group_concat(coalesce(verdict, '-') || coalesce(code, '-') || coalesce(why, '-'), "
                             "'|') FROM attempt "
                             "ORDER BY id"),
               "later451 4.3.0come back \xd0\xb7|---|sent");
    vault_close(&t);
}

/* ---- tellings: no one hears twice ---- */

static bool tell(struct vault *t, int64_t episode, int step, const char *person, int64_t message, date day,
                 struct err *e)
{
    vault_begin(t->store);
    bool ok = telling_add(t->store, episode, step, person, message, day, false, e);
    vault_commit(t->store);
    return ok;
}

static void reach(struct vault *t, int64_t message, const char *how)
{
    struct err e = { "" };
    vault_begin(t->store);
    CHECK_OK(telling_reached(t->store, message, how, &e), &e);
    vault_commit(t->store);
}

static void check_telling(struct vault *t, int64_t episode, int step, const char *person, int64_t message,
                          const char *reached)
{
    struct err e = { "" };
    int64_t id;
    const char *how;
    CHECK_OK(telling_find(t->store, episode, step, person, &t->arena, &id, &how, &e), &e);
    CHECK_INT(id, message);
    CHECK_TEXT(how, reached);
}

TEST(a_step_is_told_to_a_person_once)
{
    static const char *const after[] = { NULL, "yes", "perhaps" };
    struct vault t;
    vault_open(&t);
    struct episode ep = vault_add(&t, "1", "2026-01-01"), other = vault_add(&t, "2", "2026-01-01");
    struct message first = vault_message(&t, "7"), second = vault_message(&t, "7");
    struct err e = { "" };
    check_telling(&t, ep.id, 0, "7", 0, NULL);
    CHECK_OK(tell(&t, ep.id, 0, "7", first.id, 20000, &e), &e);
    for (int i = 0; i < 3; i++) {
        if (after[i])
            reach(&t, first.id, after[i]);
        CHECK(!tell(&t, ep.id, 0, "7", second.id, 20001, &e));
        CHECK_CONTAINS(e.text, "was already told to 7");
        check_telling(&t, ep.id, 0, "7", first.id, after[i]);
    }
    CHECK_OK(tell(&t, ep.id, 1, "7", second.id, 20001, &e), &e);   /* another step, */
    CHECK_OK(tell(&t, ep.id, 0, "8", second.id, 20001, &e), &e);   /* another person, */
    CHECK_OK(tell(&t, other.id, 0, "7", first.id, 20001, &e), &e); /* another episode are other tellings */
    vault_close(&t);
}

TEST(what_certainly_reached_nobody_may_be_told_again_by_another_message)
{
    struct vault t;
    struct err e = { "" };
    vault_open(&t);
    struct episode ep = vault_add(&t, "1", "2026-01-01");
    struct message first = vault_message(&t, "7"), second = vault_message(&t, "7"), third = vault_message(&t, "7");
    CHECK_OK(tell(&t, ep.id, 0, "7", first.id, 20000, &e), &e);
    reach(&t, first.id, "no");
    CHECK_OK(tell(&t, ep.id, 0, "7", second.id, 20003, &e), &e);
    check_telling(&t, ep.id, 0, "7", second.id, NULL);
    CHECK(!tell(&t, ep.id, 0, "7", third.id, 20003, &e));
    CHECK_TEXT(vault_sql(&t, "SELECT count(*) || ' ' || max(day) FROM telling"), "1 20003");
    vault_close(&t);
}

TEST(the_message_on_its_way_for_an_episode_is_known)
{
    struct vault t;
    struct err e = { "" };
    int64_t id;
    struct heard heard;
    vault_open(&t);
    struct episode ep = vault_add(&t, "1", "2026-01-01");
    struct message first = vault_message(&t, "7"), second = vault_message(&t, "7");
    CHECK_OK(telling_pending(t.store, ep.id, &id, &e), &e);
    CHECK_INT(id, 0);
    CHECK_OK(episode_heard(t.store, ep.id, "7", &t.arena, &heard, &e), &e);
    CHECK(!heard.thread && !heard.other);
    CHECK_OK(tell(&t, ep.id, 0, "7", first.id, 20000, &e), &e);
    CHECK_OK(telling_pending(t.store, ep.id, &id, &e), &e);
    CHECK_INT(id, first.id);
    reach(&t, first.id, "perhaps");
    CHECK_OK(tell(&t, ep.id, 1, "7", second.id, 20000, &e), &e);
    CHECK_OK(telling_pending(t.store, ep.id, &id, &e), &e);
    CHECK_INT(id, second.id);
    reach(&t, second.id, "yes");
    CHECK_OK(telling_pending(t.store, ep.id, &id, &e), &e);
    CHECK_INT(id, 0);
    CHECK_OK(episode_heard(t.store, ep.id, "7", &t.arena, &heard, &e), &e);
    CHECK_TEXT(heard.thread, first.message_id);
    CHECK(!heard.other);
    vault_close(&t);
}

TEST(whoever_has_not_heard_of_an_episode_is_known_and_who_heard_before_them)
{
    struct vault t;
    struct err e = { "" };
    struct heard heard;
    vault_open(&t);
    struct episode ep = vault_add(&t, "1", "2026-01-01");
    struct message first = vault_message(&t, "7"), second = vault_message(&t, "8"), third = vault_message(&t, "9");
    CHECK_OK(tell(&t, ep.id, 0, "7", first.id, 20000, &e), &e);
    reach(&t, first.id, "yes");
    CHECK_OK(tell(&t, ep.id, 1, "8", second.id, 20007, &e), &e);
    reach(&t, second.id, "yes");
    CHECK_OK(tell(&t, ep.id, 2, "9", third.id, 20014, &e), &e);
    reach(&t, third.id, "no");
    CHECK_OK(episode_heard(t.store, ep.id, "9", &t.arena, &heard, &e), &e);
    CHECK(!heard.thread);
    CHECK_TEXT(heard.other, "8");
    CHECK_INT(heard.day, 20007);
    CHECK_OK(episode_heard(t.store, ep.id, "7", &t.arena, &heard, &e), &e);
    CHECK_TEXT(heard.thread, first.message_id);
    CHECK_TEXT(heard.other, "8");
    vault_close(&t);
}

TEST(caps_count_the_days_on_which_somebody_was_told_or_may_be)
{
    struct vault t;
    struct err e = { "" };
    long all, backlog;
    vault_open(&t);
    struct episode a = vault_add(&t, "1", "x"), b = vault_add(&t, "2", "x"), c = vault_add(&t, "3", "x"),
                   d = vault_add(&t, "4", "x");
    struct message m[4];
    for (int i = 0; i < 4; i++)
        m[i] = vault_message(&t, "7");
    CHECK_OK(tellings_since(t.store, "7", 0, &all, &backlog, &e), &e);
    CHECK_INT(all * 10 + backlog, 0);
    vault_begin(t.store);
    CHECK_OK(telling_add(t.store, a.id, 0, "7", m[0].id, 20000, false, &e), &e);
    CHECK_OK(telling_add(t.store, b.id, 0, "7", m[1].id, 20001, true, &e), &e);
    CHECK_OK(telling_add(t.store, c.id, 0, "7", m[2].id, 20001, false, &e), &e);
    CHECK_OK(telling_add(t.store, d.id, 0, "8", m[3].id, 20001, true, &e), &e);
    CHECK_OK(telling_reached(t.store, m[2].id, "no", &e), &e);
    vault_commit(t.store);
    CHECK_OK(tellings_since(t.store, "7", 20000, &all, &backlog, &e), &e);
    CHECK_INT(all * 10 + backlog, 21);
    CHECK_OK(tellings_since(t.store, "7", 20001, &all, &backlog, &e), &e);
    CHECK_INT(all * 10 + backlog, 11);
    vault_begin(t.store);
    CHECK_OK(telling_set_day(t.store, m[0].id, 20005, &e), &e);
    vault_commit(t.store);
    CHECK_OK(tellings_since(t.store, "7", 20002, &all, &backlog, &e), &e);
    CHECK_INT(all * 10 + backlog, 10);
    vault_close(&t);
}

TEST(a_telling_belongs_to_an_episode_and_a_message_that_are_there)
{
    struct vault t;
    struct err e = { "" };
    vault_open(&t);
    struct episode ep = vault_add(&t, "1", "x");
    struct message m = vault_message(&t, "7");
    CHECK(!tell(&t, ep.id, 0, "7", m.id + 1, 20000, &e));
    CHECK_CONTAINS(e.text, "FOREIGN KEY constraint failed");
    CHECK(!tell(&t, ep.id + 1, 0, "7", m.id, 20000, &e));
    vault_close(&t);
}
