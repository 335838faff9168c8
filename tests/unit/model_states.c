/* Every move of an episode and of a message, legal and not, against tables written out by hand. */
#include "harness/harness.h"
#include "model/followup.h"
#include "model/message.h"

#include <stdio.h>
#include <string.h>

/* Rows: from; columns: to, in the same order; x: legal. */
static const char *const episode_names[] = { "due",  "held",    "told",      "snoozed",    "done",   "won",
                                             "lost", "excused", "withdrawn", "unanswered", "control" };
static const char *const episode_moves[] = {
    /*             d h t s  d w l e w u c */
    /* due */ ". x x .  x x x x x . .",
    /* held */ "x . . .  x x x x x . x",
    /* told */ "x . . x  x x x x x x .",
    /* snoozed */ "x . x .  x x x x x x .",
    /* done */ "x x x .  . . . . . . .",
    /* won */ "x . x .  . . . . . . .",
    /* lost */ ". . . .  . . . . . . .",
    /* excused */ ". . . .  . . . . . . .",
    /* withdrawn */ "x x x .  . . . . . . .",
    /* unanswered */ ". . . .  . . . . . . .",
    /* control */ ". . . .  . . . . . . .",
};

static const char *const message_names[] = { "queued", "sending", "sent", "refused", "unknown", "dropped" };
static const char *const message_moves[] = {
    /*            q s s r u d */
    /* queued */ ". x . x . x",
    /* sending */ "x . x x x .",
    /* sent */ ". . . . . .",
    /* refused */ ". . . . . .",
    /* unknown */ ". x . . . x",
    /* dropped */ ". . . . . .",
};

/* The `to`-th mark of a row. */
static bool legal(const char *row, int to)
{
    for (; *row; row++)
        if (*row != ' ' && to-- == 0)
            return *row == 'x';
    test_fail(__FILE__, __LINE__, "the table is too short");
}

TEST(episodes_move_as_the_table_says_and_no_other_way)
{
    CHECK_INT(EPISODE_STATES, sizeof episode_names / sizeof episode_names[0]);
    for (int from = 0; from < EPISODE_STATES; from++)
        for (int to = 0; to < EPISODE_STATES; to++)
            if (episode_may((enum episode_state)from, (enum episode_state)to) != legal(episode_moves[from], to))
                test_fail(__FILE__, __LINE__, "%s to %s", episode_names[from], episode_names[to]);
}

TEST(messages_move_as_the_table_says_and_no_other_way)
{
    CHECK_INT(MESSAGE_STATES, sizeof message_names / sizeof message_names[0]);
    for (int from = 0; from < MESSAGE_STATES; from++)
        for (int to = 0; to < MESSAGE_STATES; to++)
            if (message_may((enum message_state)from, (enum message_state)to) != legal(message_moves[from], to))
                test_fail(__FILE__, __LINE__, "%s to %s", message_names[from], message_names[to]);
}

TEST(episode_states_have_names_there_and_back)
{
    for (int s = 0; s < EPISODE_STATES; s++) {
        CHECK_TEXT(episode_state_name((enum episode_state)s), episode_names[s]);
        CHECK_INT(episode_state_named(episode_names[s]), s);
    }
    CHECK_INT(episode_state_named("elsewhere"), EPISODE_STATES);
    CHECK_INT(episode_state_named(""), EPISODE_STATES);
}

TEST(an_episode_is_final_once_it_was_answered_or_ended)
{
    static const char *const open = "due held told snoozed";
    for (int s = 0; s < EPISODE_STATES; s++)
        CHECK_INT(episode_final((enum episode_state)s), !strstr(open, episode_names[s]));
}

/* Nothing is forgotten: from every state that is not final a final one can be reached, and every state can be reached
 * at all. */
TEST(no_state_is_a_dead_end_or_an_island)
{
    for (int s = 0; s < EPISODE_STATES; s++) {
        bool out = episode_final((enum episode_state)s), in = s == EPISODE_HELD;
        for (int other = 0; other < EPISODE_STATES; other++) {
            out |= episode_may((enum episode_state)s, (enum episode_state)other) &&
                   episode_final((enum episode_state)other);
            in |= episode_may((enum episode_state)other, (enum episode_state)s);
        }
        CHECK(out && in);
    }
    CHECK(!message_may(MESSAGE_SENT, MESSAGE_SENDING)); /* what was sent is never sent again */
}

TEST(message_states_verdicts_and_offers_have_names)
{
    static const char *const verdicts[] = { "sent", "later", "refused", "unknown" };
    static const char *const offers[] = { "issued", "told", "used", "ended", "void" };
    for (int s = 0; s < MESSAGE_STATES; s++)
        CHECK_TEXT(message_state_name((enum message_state)s), message_names[s]);
    for (int v = 0; v < 4; v++)
        CHECK_TEXT(verdict_name((enum verdict)v), verdicts[v]);
    for (int s = 0; s < ISSUED_OFFER_STATES; s++)
        CHECK_TEXT(offer_state_name((enum offer_state)s), offers[s]);
}
