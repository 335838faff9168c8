/* A wall clock that jumps, against the time since boot. */
#include "harness/harness.h"
#include "plan/clock.h"

#include <string.h>

#define NOON ((instant)1780000000 * SECOND)

/* A machine that was booted at zero and believed at NOON; `wall` is told by how far it is from where it should be. */
struct machine {
    struct belief belief;
    duration running, off;
    bool synchronised;
};

static enum trust after(struct machine *m, duration passed)
{
    duration jump;
    m->running += passed;
    const struct tick t = { NOON + m->running + m->off, m->running, m->synchronised };
    enum trust trust = belief_see(&m->belief, &t, &jump);
    return trust;
}

static enum trust jump(struct machine *m, duration by)
{
    m->off += by;
    return after(m, 0);
}

static void begin(struct machine *m)
{
    *m = (struct machine){ .running = 0 };
    belief_begin(&m->belief, NOON, false);
    CHECK_INT(after(m, 0), TRUST_GOES_ON);
}

TEST(a_clock_that_goes_on_is_believed)
{
    struct machine m;
    begin(&m);
    for (int i = 0; i < 100; i++)
        CHECK_INT(after(&m, i * HOUR), TRUST_GOES_ON); /* asleep or busy: time since boot goes on */
    CHECK(!m.belief.doubted);
}

TEST(an_hour_ahead_or_two_seconds_back_are_no_jump)
{
    static const struct {
        duration by;
        enum trust trust;
    } rows[] = { { HOUR, TRUST_GOES_ON },        { HOUR + 1, TRUST_NOT }, { -2 * SECOND, TRUST_GOES_ON },
                 { -2 * SECOND - 1, TRUST_NOT }, { DAY, TRUST_NOT },      { -3650 * DAY, TRUST_NOT } };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct machine m;
        begin(&m);
        after(&m, MINUTE);
        CHECK_INT(jump(&m, rows[i].by), rows[i].trust);
        CHECK_INT(m.belief.doubted, rows[i].trust == TRUST_NOT);
    }
}

TEST(a_machine_may_have_been_off_for_a_week_but_not_go_back)
{
    static const struct {
        duration by;
        enum trust trust;
    } rows[] = { { 7 * DAY, TRUST_GOES_ON },
                 { 7 * DAY + 1, TRUST_NOT },
                 { -2 * SECOND, TRUST_GOES_ON },
                 { -2 * SECOND - 1, TRUST_NOT } };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct machine m = { .running = 5 * DAY, .off = rows[i].by - 5 * DAY };
        belief_begin(&m.belief, NOON, false);
        CHECK_INT(after(&m, 0), rows[i].trust);
    }
}

TEST(after_the_first_look_of_a_start_an_hour_is_the_limit)
{
    struct machine m = { .off = 6 * DAY };
    belief_begin(&m.belief, NOON, false);
    CHECK_INT(after(&m, 0), TRUST_GOES_ON);
    CHECK_INT(jump(&m, 2 * HOUR), TRUST_NOT);
}

TEST(a_store_that_never_saw_a_clock_believes_it)
{
    struct machine m = { .off = 3650 * DAY };
    belief_begin(&m.belief, INSTANT_NONE, false);
    CHECK_INT(after(&m, 0), TRUST_GOES_ON);
    CHECK_INT(jump(&m, -DAY), TRUST_NOT);
}

TEST(a_doubt_outlives_a_start)
{
    struct machine m = { .off = 3 * HOUR };
    belief_begin(&m.belief, NOON, true);
    CHECK_INT(after(&m, 0), TRUST_NOT);
    CHECK_INT(after(&m, 10 * MINUTE - 1), TRUST_NOT);
    CHECK_INT(after(&m, 1), TRUST_WAITED);
}

TEST(who_is_synchronised_is_believed_wherever_it_jumped)
{
    static const duration rows[] = { 2 * HOUR, -DAY, 3650 * DAY, -20 * 365 * DAY };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct machine m;
        begin(&m);
        CHECK_INT(jump(&m, rows[i]), TRUST_NOT);
        CHECK_INT(after(&m, MINUTE), TRUST_NOT);
        m.synchronised = true;
        CHECK_INT(after(&m, MINUTE), TRUST_SYNCHRONISED);
        m.synchronised = false;
        CHECK_INT(after(&m, MINUTE), TRUST_GOES_ON); /* from there on */
    }
}

TEST(a_clock_that_comes_back_to_where_it_should_be_is_believed)
{
    struct machine m;
    begin(&m);
    CHECK_INT(jump(&m, 3650 * DAY), TRUST_NOT);
    after(&m, 2 * DAY);
    CHECK_INT(jump(&m, -3650 * DAY), TRUST_GOES_ON);
    CHECK(!m.belief.doubted);
}

TEST(where_nobody_ever_says_ten_minutes_suffice_for_less_than_a_day)
{
    static const struct {
        duration by;
        enum trust trust;
    } rows[] = { { 2 * HOUR, TRUST_WAITED }, { -3 * SECOND, TRUST_WAITED },
                 { DAY - 1, TRUST_WAITED },  { -DAY + 1, TRUST_WAITED },
                 { DAY, TRUST_NOT },         { -DAY, TRUST_NOT } };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct machine m;
        begin(&m);
        CHECK_INT(jump(&m, rows[i].by), TRUST_NOT);
        CHECK_INT(after(&m, 10 * MINUTE - 1), TRUST_NOT);
        CHECK_INT(after(&m, 1), rows[i].trust);
    }
}

TEST(where_the_kernel_was_heard_before_ten_minutes_do_not_suffice)
{
    struct machine m;
    begin(&m);
    m.synchronised = true;
    CHECK_INT(after(&m, MINUTE), TRUST_GOES_ON);
    m.synchronised = false;
    CHECK_INT(jump(&m, 2 * HOUR), TRUST_NOT);
    CHECK_INT(after(&m, DAY), TRUST_NOT);
    m.synchronised = true;
    CHECK_INT(after(&m, MINUTE), TRUST_SYNCHRONISED);
}

TEST(another_jump_starts_the_ten_minutes_again)
{
    struct machine m;
    begin(&m);
    jump(&m, 2 * HOUR);
    after(&m, 9 * MINUTE);
    CHECK_INT(jump(&m, HOUR), TRUST_NOT);
    CHECK_INT(after(&m, 9 * MINUTE), TRUST_NOT);
    CHECK_INT(after(&m, MINUTE), TRUST_WAITED);
}

TEST(whoever_knows_can_say_that_it_is_right)
{
    struct machine m;
    begin(&m);
    jump(&m, 30 * DAY);
    belief_accept(&m.belief, &(struct tick){ NOON + m.running + m.off, m.running, false });
    CHECK_INT(after(&m, MINUTE), TRUST_GOES_ON);
}

TEST(a_jump_is_told_in_words)
{
    static const struct {
        duration jump;
        const char *words;
    } rows[] = { { 3 * DAY, "forward by 3 days" },
                 { 47 * HOUR, "forward by 47 hours" },
                 { -119 * MINUTE, "back by 119 minutes" },
                 { -12 * SECOND, "back by 12 seconds" },
                 { -2500, "back by 2 seconds" } };
    char words[48];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        CHECK_TEXT(jump_print(rows[i].jump, words), rows[i].words);
}
