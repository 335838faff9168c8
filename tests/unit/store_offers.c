#include "harness/harness.h"
#include "store/offers.h"
#include "store_vault.h"

static struct issued_offer offer_for(struct vault *t, const char *customer, const char *code, instant issued_at)
{
    struct err e = { "" };
    struct episode ep = vault_add(t, customer, code);
    struct issued_offer o = { .episode = ep.id,
                              .terms = "welcome-back",
                              .customer = customer,
                              .code = code,
                              .kind = OFFER_AMOUNT,
                              .percent = 12.5,
                              .amount = 150050,
                              .gift = NULL,
                              .last_day = 20100,
                              .ends_at = issued_at + 5000,
                              .issued_at = issued_at };
    vault_begin(t->store);
    CHECK_OK(offer_add(t->store, &o, &e), &e);
    vault_commit(t->store);
    return o;
}

static void move(struct vault *t, struct issued_offer *o, enum offer_state to)
{
    struct err e = { "" };
    vault_begin(t->store);
    CHECK_OK(offer_move(t->store, o, to, &e), &e);
    vault_commit(t->store);
}

static struct issued_offer of_episode(struct vault *t, int64_t episode)
{
    struct issued_offer o;
    struct err e = { "" };
    CHECK_OK(offer_of_episode(t->store, episode, &t->arena, &o, &e), &e);
    return o;
}

TEST(every_field_of_an_offer_comes_back)
{
    struct vault t;
    vault_open(&t);
    struct issued_offer o = offer_for(&t, "1", "AAAA-BBBB-C", 1000), back = of_episode(&t, o.episode);
    CHECK_INT(back.id, o.id);
    CHECK_INT(back.episode, o.episode);
    CHECK_TEXT(back.terms, "welcome-back");
    CHECK_TEXT(back.customer, "1");
    CHECK_TEXT(back.code, "AAAA-BBBB-C");
    CHECK_INT(back.state, ISSUED_OFFER_ISSUED);
    CHECK_INT(back.kind, OFFER_AMOUNT);
    CHECK(back.percent == 12.5);
    CHECK_INT(back.amount, 150050);
    CHECK_TEXT(back.gift, NULL);
    CHECK_INT(back.last_day, 20100);
    CHECK_INT(back.ends_at, 6000);
    CHECK_INT(back.issued_at, 1000);
    CHECK_INT(of_episode(&t, o.episode + 1).id, 0);
    vault_close(&t);
}

TEST(only_an_offer_that_was_told_and_still_holds_keeps_its_customer_watched)
{
    struct vault t;
    struct err e = { "" };
    bool told;
    vault_open(&t);
    struct issued_offer o = offer_for(&t, "1", "AAAA-BBBB-C", 1000);
    for (int state = 0; state < ISSUED_OFFER_STATES; state++) {
        move(&t, &o, (enum offer_state)state);
        CHECK_OK(offer_told_to(t.store, "1", &told, &e), &e);
        CHECK_INT(told, state == ISSUED_OFFER_TOLD);
        CHECK_OK(offer_told_to(t.store, "2", &told, &e), &e);
        CHECK(!told);
    }
    vault_close(&t);
}

TEST(an_episode_has_one_offer_and_a_code_is_never_given_twice)
{
    struct vault t;
    struct err e = { "" };
    vault_open(&t);
    struct issued_offer o = offer_for(&t, "1", "AAAA-BBBB-C", 1000), again = o;
    struct episode other = vault_add(&t, "2", "x");
    vault_begin(t.store);
    again.code = "other";
    CHECK(!offer_add(t.store, &again, &e));
    CHECK_CONTAINS(e.text, "issue offer welcome-back: ");
    again.code = o.code;
    again.episode = other.id;
    CHECK(!offer_add(t.store, &again, &e));
    CHECK_CONTAINS(e.text, "UNIQUE constraint failed: offer.code");
    vault_commit(t.store);
    vault_close(&t);
}

static instant last_of(struct vault *t, const char *customer)
{
    struct arena a = { 0 };
    struct last_offer *rows;
    size_t n;
    struct err e = { "" };
    CHECK_OK(offers_last(t->store, customer, &a, &rows, &n, &e), &e);
    CHECK(n <= 1); /* they are all of one kind here */
    instant at = n ? rows[0].at : INSTANT_NONE;
    arena_done(&a);
    return at;
}

TEST(the_last_offer_of_a_customer_does_not_count_what_reached_nobody)
{
    struct vault t;
    struct err e = { "" };
    vault_open(&t);
    CHECK_INT(last_of(&t, "1"), INSTANT_NONE);
    offer_for(&t, "1", "A", 1000);
    offer_for(&t, "2", "B", 9000);
    struct issued_offer late = offer_for(&t, "1", "C", 2000);
    CHECK_INT(last_of(&t, "1"), 2000);
    move(&t, &late, ISSUED_OFFER_VOID);
    CHECK_INT(last_of(&t, "1"), 1000);
    vault_begin(t.store);
    CHECK_OK(offer_renew(t.store, &late, 20200, 99000, 3000, &e), &e);
    vault_commit(t.store);
    CHECK_INT(last_of(&t, "1"), 3000);
    struct issued_offer back = of_episode(&t, late.episode);
    CHECK_INT(back.state, ISSUED_OFFER_ISSUED);
    CHECK_INT(back.last_day, 20200);
    CHECK_INT(back.ends_at, 99000);
    vault_close(&t);
}

TEST(a_purchase_with_its_code_uses_an_offer_once)
{
    static const enum offer_state usable[] = { ISSUED_OFFER_ISSUED, ISSUED_OFFER_TOLD, ISSUED_OFFER_ENDED };
    static const enum offer_state never[] = { ISSUED_OFFER_USED, ISSUED_OFFER_VOID };
    struct vault t;
    struct err e = { "" };
    bool found;
    vault_open(&t);
    struct issued_offer o = offer_for(&t, "1", "AAAA-BBBB-C", 1000);
    vault_begin(t.store);
    CHECK_OK(offer_used(t.store, "AAAA-BBBB-D", &found, &e), &e);
    CHECK(!found);
    for (size_t i = 0; i < 3; i++) {
        CHECK_OK(offer_move(t.store, &o, usable[i], &e), &e);
        CHECK_OK(offer_used(t.store, "AAAA-BBBB-C", &found, &e), &e);
        CHECK(found);
        CHECK_INT(of_episode(&t, o.episode).state, ISSUED_OFFER_USED);
    }
    for (size_t i = 0; i < 2; i++) {
        CHECK_OK(offer_move(t.store, &o, never[i], &e), &e);
        CHECK_OK(offer_used(t.store, "AAAA-BBBB-C", &found, &e), &e);
        CHECK(!found);
        CHECK_INT(of_episode(&t, o.episode).state, never[i]);
    }
    vault_commit(t.store);
    vault_close(&t);
}

TEST(offers_end_when_their_time_is_over_and_are_listed)
{
    struct vault t;
    struct err e = { "" };
    struct issued_offers all;
    vault_open(&t);
    struct issued_offer a = offer_for(&t, "1", "A", 1000), b = offer_for(&t, "2", "B", 1000),
                        c = offer_for(&t, "3", "C", 1001), d = offer_for(&t, "4", "D", 1000),
                        f = offer_for(&t, "5", "E", 1000);
    move(&t, &b, ISSUED_OFFER_TOLD);
    move(&t, &d, ISSUED_OFFER_USED);
    move(&t, &f, ISSUED_OFFER_VOID);
    vault_begin(t.store);
    CHECK_OK(offers_end(t.store, 6000, &e), &e);
    CHECK_OK(offers_end(t.store, 6000, &e), &e);
    vault_commit(t.store);
    CHECK_INT(of_episode(&t, a.episode).state,
              ISSUED_OFFER_ISSUED); /* nobody saw it: it is dated anew when somebody does */
    CHECK_INT(of_episode(&t, b.episode).state, ISSUED_OFFER_ENDED);
    CHECK_INT(of_episode(&t, c.episode).state,
              ISSUED_OFFER_ISSUED); /* its end is the first instant it no longer holds */
    CHECK_INT(of_episode(&t, d.episode).state, ISSUED_OFFER_USED);
    CHECK_INT(of_episode(&t, f.episode).state, ISSUED_OFFER_VOID);
    CHECK_OK(offers_issued(t.store, 1000, &t.arena, &all, &e), &e);
    CHECK_INT((long long)all.n, 4);
    CHECK_TEXT(all.rows[3].code, "E");
    CHECK_OK(offers_issued(t.store, 1001, &t.arena, &all, &e), &e);
    CHECK_INT((long long)all.n, 5);
    vault_close(&t);
}
