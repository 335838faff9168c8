/* The channel "slack". */
#include "chat_channel.h"

#include <stdlib.h>

static const char anna[] = "U012AB3CD", token[] = "xoxb-1-2-x";
static const char hook[] = "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX";

TEST(slack_gets_blocks_of_rich_text_and_a_plain_form)
{
    struct arena a = { 0 };
    struct channel_options o = { .name = "slack" };
    struct message m = a_message(anna, &a);
    CHECK_TEXT(
        request_as_text(&channel_slack, &o, &m, &(struct supplies){ .secret = token }, &a),
        "POST https://slack.com/api/chat.postMessage\n"
        "Content-Type: application/json\n"
        "Authorization: Bearer xoxb-1-2-x\n"
        "\n"
        "{\"text\":\"Call Bo\\n\\nSilent for 81 days, see the record (https://crm.example/1?a=b&amp;c=d).\\n\\nWhat to "
        "say\\n1. Hello\\n2. Why?\",\"blocks\":[{\"type\":\"header\",\"text\":{\"type\":\"plain_text\",\"text\":\"Call "
        "Bo\",\"emoji\":false}},{\"type\":\"rich_text\",\"elements\":[{\"type\":\"rich_text_section\",\"elements\":[{"
        "\"type\":\"text\",\"text\":\"Silent for \"},{\"type\":\"text\",\"text\":\"81 "
        "days\",\"style\":{\"bold\":true}},{\"type\":\"text\",\"text\":\", see "
        "\"},{\"type\":\"link\",\"url\":\"https://crm.example/1?a=b&c=d\",\"text\":\"the "
        "record\"},{\"type\":\"text\",\"text\":\".\"}]}]},{\"type\":\"rich_text\",\"elements\":[{\"type\":\"rich_text_"
        "section\",\"elements\":[{\"type\":\"text\",\"text\":\"What to "
        "say\",\"style\":{\"bold\":true}}]},{\"type\":\"rich_text_list\",\"elements\":[{\"type\":\"rich_text_section\","
        "\"elements\":[{\"type\":\"text\",\"text\":\"Hello\"}]},{\"type\":\"rich_text_section\",\"elements\":[{"
        "\"type\":\"text\",\"text\":\"Why?\"}]}],\"style\":\"ordered\"}]}],\"mrkdwn\":false,\"unfurl_links\":false,"
        "\"unfurl_media\":false,\"channel\":\"U012AB3CD\"}");
    arena_done(&a);
}

TEST(a_webhook_of_slack_gets_the_same_without_a_channel)
{
    struct arena a = { 0 };
    struct channel_options o = { .name = "slack" };
    struct message m = a_message(anna, &a);
    const char *text = request_as_text(&channel_slack, &o, &m, &(struct supplies){ .secret = hook }, &a);
    CHECK(strncmp(text + 5, hook, sizeof hook - 1) == 0);
    CHECK(!strstr(text, "Authorization") && !strstr(text, "\"channel\"") && strstr(text, "\"rich_text\""));
    arena_done(&a);
}

TEST(slack_says_what_became_of_a_message)
{
    static const struct judged rows[] = {
        { 200, "{\"ok\":true,\"channel\":\"D1\",\"ts\":\"1503435956.000247\"}", 0, VERDICT_SENT, 0, 0, "" },
        { 200, "ok", 0, VERDICT_SENT, 0, 0, "" },
        { 200, "<html>proxy</html>", 0, VERDICT_UNKNOWN, BLAME_SERVER, 0, "not Slack's" },
        { 200, "{\"ok\":false,\"error\":\"channel_not_found\"}", 0, VERDICT_REFUSED, BLAME_PERSON, 0,
          "channel_not_found" },
        { 200, "{\"ok\":false,\"error\":\"is_archived\"}", 0, VERDICT_REFUSED, BLAME_PERSON, 0, NULL },
        { 200, "{\"ok\":false,\"error\":\"invalid_auth\"}", 0, VERDICT_LATER, BLAME_CHANNEL, 0, NULL },
        { 200, "{\"ok\":false,\"error\":\"missing_scope\",\"needed\":\"chat:write\",\"provided\":\"users:read\"}", 0,
          VERDICT_LATER, BLAME_CHANNEL, 0, "needed: chat:write" },
        { 200, "{\"ok\":false,\"error\":\"ratelimited\"}", 30 * SECOND, VERDICT_LATER, BLAME_SERVER, 30 * SECOND,
          NULL },
        { 200, "{\"ok\":false,\"error\":\"invalid_blocks\"}", 0, VERDICT_REFUSED, BLAME_MESSAGE, 0, "invalid_blocks" },
        { 200, "{\"ok\":false,\"error\":\"msg_too_long\"}", 0, VERDICT_REFUSED, BLAME_MESSAGE, 0, NULL },
        { 200, "{\"ok\":false,\"error\":\"internal_error\"}", 0, VERDICT_UNKNOWN, BLAME_SERVER, 0, "internal_error" },
        { 200, "{\"ok\":false,\"error\":\"fatal_error\"}", 0, VERDICT_UNKNOWN, BLAME_SERVER, 0, NULL },
        { 500, "{\"ok\":false,\"error\":\"fatal_error\"}", 0, VERDICT_UNKNOWN, BLAME_SERVER, 0, NULL },
        { 429, "{\"ok\":false,\"error\":\"ratelimited\"}", 30 * SECOND, VERDICT_LATER, BLAME_SERVER, 30 * SECOND,
          NULL },
        { 404, "no_service", 0, VERDICT_LATER, BLAME_CHANNEL, 0, "no_service" },
        { 404, "channel_not_found", 0, VERDICT_LATER, BLAME_CHANNEL, 0, "channel_not_found" },
        { 410, "channel_is_archived", 0, VERDICT_LATER, BLAME_CHANNEL, 0, NULL },
        { 403, "action_prohibited", 0, VERDICT_LATER, BLAME_CHANNEL, 0, "action_prohibited" },
        { 403, "invalid_token", 0, VERDICT_LATER, BLAME_CHANNEL, 0, NULL },
        { 400, "invalid_payload", 0, VERDICT_REFUSED, BLAME_MESSAGE, 0, "invalid_payload" },
        { 500, "rollup_error", 0, VERDICT_LATER, BLAME_SERVER, 0, NULL },
        { 503, "{\"ok\":false,\"error\":\"fatal_error\"}", 0, VERDICT_LATER, BLAME_SERVER, 0, NULL },
    };
    check_judged(&channel_slack, rows, sizeof rows / sizeof rows[0]);
    check_manners(&channel_slack);
}

TEST(who_is_no_slack_id_is_told_what_to_write)
{
    static const char *const wrong[] = {
        "", "anna", "@anna", "#sales", "u012ab3cd", "X012AB3CD", "U012", "U012AB3CD>"
    };
    struct err e;
    CHECK_OK(channel_slack.address_ok(anna, &e), &e);
    CHECK_OK(channel_slack.address_ok("C024BE91L", &e), &e);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        CHECK(!channel_slack.address_ok(wrong[i], &e));
        CHECK(strstr(e.text, "Copy member ID"));
    }
    CHECK_OK(channel_secret_ok(&channel_slack, token, &e), &e);
    CHECK_OK(channel_secret_ok(&channel_slack, hook, &e), &e);
    CHECK(!channel_secret_ok(&channel_slack, "xoxp-a-person", &e));
    CHECK(!channel_secret_ok(&channel_slack, "https://slack.com/", &e));
}

TEST(slack_shows_hostile_names_as_they_are_and_long_letters_in_few_blocks)
{
    json_t *body = hostile_request(&channel_slack, anna, token, 2, 20000);
    CHECK_TEXT(request_text(body, "blocks.0.type"), "header");
    CHECK_TEXT(request_text(body, "blocks.0.text.type"), "plain_text");
    CHECK_TEXT(request_text(body, "blocks.0.text.text"), HOSTILE);
    CHECK(json_is_false(request_find(body, "blocks.0.text.emoji")));
    const char *text = request_text(body, "text");
    CHECK(!strchr(text, '<') && !strchr(text, '>') && strstr(text, "&lt;!here&gt; &lt;@U012AB3CD&gt;"));
    CHECK(json_is_false(json_object_get(body, "mrkdwn")));
    json_decref(body);
    body = hostile_request(&channel_slack, anna, token, 1000, 90000);
    size_t n = json_array_size(json_object_get(body, "blocks"));
    CHECK(n > 40 && n <= 50);
    CHECK(chat_length(request_text(body, "text"), CHAT_CHARACTERS) <= 3000);
    char *dumped = json_dumps(json_object_get(body, "blocks"), JSON_COMPACT);
    CHECK(strstr(dumped, "(Shortened.)"));
    CHECK(!strstr(dumped, "\"user\"") && !strstr(dumped, "broadcast")); /* elements that mention */
    free(dumped);
    json_decref(body);
}
