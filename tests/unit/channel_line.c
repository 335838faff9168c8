/* The channel "line". */
#include "chat_channel.h"

static const char anna[] = "U0123456789abcdef0123456789abcdef";
static const char token[] = "tG8cJ0vN5pQ2rS4tU6vW8xY0zA1bC3dE5fG7hI9jK1lM3nO5pQ7rS9tU=";

TEST(line_gets_a_card_with_a_button_and_a_telephone_number_to_tap_on)
{
    struct arena a = { 0 };
    struct channel_options o = { .name = "line" };
    struct supplies s = { .secret = "tok" };
    struct message m = a_message(anna, &a);
    m.bytes = chat_keep("en", "(Shortened.)",
                        "# Call *Bo*\n\nSilent for **81 days**.\n\n## Who\n\n**Kari**, Bo\\\n+47 55 12 34 56\\\n"
                        "[Open the record](https://crm.example/1?a=b&c=d)\n\n1. Hello\n",
                        &a);
    m.size = strlen(m.bytes);
    CHECK_TEXT(
        request_as_text(&channel_line, &o, &m, &s, &a),
        "POST https://api.line.me/v2/bot/message/push\n"
        "Content-Type: application/json\n"
        "Authorization: Bearer tok\n"
        "X-Line-Retry-Key: b810b383-b872-5ef6-b326-45679b2e16c6\n"
        "\n"
        "{\"to\":\"U0123456789abcdef0123456789abcdef\",\"messages\":[{\"type\":\"flex\",\"altText\":\"Bo: 81 days "
        "without an "
        "order\",\"contents\":{\"type\":\"bubble\",\"size\":\"giga\",\"body\":{\"type\":\"box\",\"layout\":"
        "\"vertical\",\"contents\":[{\"type\":\"text\",\"wrap\":true,\"scaling\":true,\"size\":\"lg\",\"margin\":"
        "\"xs\",\"contents\":[{\"type\":\"span\",\"text\":\"Call "
        "Bo\",\"weight\":\"bold\"}]},{\"type\":\"text\",\"wrap\":true,\"scaling\":true,\"size\":\"sm\",\"margin\":"
        "\"lg\",\"contents\":[{\"type\":\"span\",\"text\":\"Silent for \"},{\"type\":\"span\",\"text\":\"81 "
        "days\",\"weight\":\"bold\"},{\"type\":\"span\",\"text\":\".\"}]},{\"type\":\"text\",\"wrap\":true,\"scaling\":"
        "true,\"size\":\"sm\",\"margin\":\"lg\",\"contents\":[{\"type\":\"span\",\"text\":\"Who\",\"weight\":\"bold\"}]"
        "},{\"type\":\"text\",\"wrap\":true,\"scaling\":true,\"size\":\"sm\",\"margin\":\"xs\",\"contents\":[{\"type\":"
        "\"span\",\"text\":\"Kari\",\"weight\":\"bold\"},{\"type\":\"span\",\"text\":\", "
        "Bo\"}]},{\"type\":\"text\",\"wrap\":true,\"scaling\":true,\"size\":\"sm\",\"margin\":\"xs\",\"contents\":[{"
        "\"type\":\"span\",\"text\":\"+47 55 12 34 "
        "56\"}],\"color\":\"#0B57D0\",\"action\":{\"type\":\"uri\",\"uri\":\"tel:+4755123456\"}},{\"type\":\"text\","
        "\"wrap\":true,\"scaling\":true,\"size\":\"sm\",\"margin\":\"lg\",\"contents\":[{\"type\":\"span\",\"text\":"
        "\"1. "
        "Hello\"}]}]},\"footer\":{\"type\":\"box\",\"layout\":\"vertical\",\"contents\":[{\"type\":\"button\","
        "\"style\":\"primary\",\"height\":\"sm\",\"action\":{\"type\":\"uri\",\"label\":\"Open the "
        "record\",\"uri\":\"https://crm.example/1?a=b&c=d\"}}]}}}]}");
    arena_done(&a);
}

TEST(every_attempt_at_a_line_message_has_the_same_retry_key_and_no_other_message_has_it)
{
    struct arena a = { 0 };
    struct channel_options o = { .name = "line" };
    struct supplies s = { .now = 1, .secret = token };
    struct message m = a_message(anna, &a);
    struct transfer first, second, other;
    struct err e;
    CHECK_OK(channel_line.build(&o, &m, &s, &a, &first, &e), &e);
    s.now = DAY;
    m.attempts = 3;
    CHECK_OK(channel_line.build(&o, &m, &s, &a, &second, &e), &e);
    m.message_id = "n13.3f9c@nordlys.example";
    CHECK_OK(channel_line.build(&o, &m, &s, &a, &other, &e), &e);
    CHECK_TEXT(second.headers[2], first.headers[2]);
    CHECK_TEXT(second.bytes, first.bytes);
    CHECK(strcmp(other.headers[2], first.headers[2]) != 0);
    CHECK(first.repeatable);
    const char *key = strchr(first.headers[2], ' ') + 1; /* xxxxxxxx-xxxx-5xxx-[89ab]xxx-xxxxxxxxxxxx */
    CHECK_INT(strlen(key), 36);
    for (size_t i = 0; i < 36; i++)
        CHECK(i == 8 || i == 13 || i == 18 || i == 23 ? key[i] == '-' : strchr("0123456789abcdef", key[i]) != NULL);
    CHECK(key[14] == '5' && strchr("89ab", key[19]));
    arena_done(&a);
}

TEST(line_can_be_asked_without_sending)
{
    struct arena a = { 0 };
    struct channel_options o = { .name = "line" };
    struct message m = a_message(anna, &a);
    struct transfer push, asked;
    struct err e;
    CHECK_OK(channel_line.build(&o, &m, &(struct supplies){ .secret = token }, &a, &push, &e), &e);
    CHECK_OK(channel_line.probe(&o, &m, &(struct supplies){ .secret = token }, &a, &asked, &e), &e);
    CHECK_TEXT(asked.url, "https://api.line.me/v2/bot/message/validate/push");
    CHECK_TEXT(asked.bytes, push.bytes);
    arena_done(&a);
}

TEST(line_says_what_became_of_a_message)
{
    static const struct judged rows[] = {
        { 200, "{\"sentMessages\":[{\"id\":\"461230966842064897\",\"quoteToken\":\"IStG5h1Tz7b\"}]}", 0, VERDICT_SENT,
          0, 0, "" },
        { 200, "{}", 0, VERDICT_SENT, 0, 0, "" },
        { 200, "<html>Please log in</html>", 0, VERDICT_UNKNOWN, BLAME_SERVER, 0, "not LINE's" },
        { 409, "{\"message\":\"The retry key is already accepted\",\"sentMessages\":[{\"id\":\"461230966842064897\"}]}",
          0, VERDICT_SENT, 0, 0, "" },
        { 429, "{\"message\":\"The API rate limit has been exceeded. Try again later.\"}", 0, VERDICT_LATER,
          BLAME_SERVER, 0, "rate limit" },
        { 429, "{\"message\":\"The number of concurrent operations has been exceeded.\"}", 0, VERDICT_LATER,
          BLAME_SERVER, 0, "concurrent" },
        { 429, "{\"message\":\"You have reached your monthly limit.\"}", 0, VERDICT_LATER, BLAME_CHANNEL, 0,
          "used up: raise its plan" },
        { 429, "", 5 * SECOND, VERDICT_LATER, BLAME_SERVER, 5 * SECOND, NULL },
        { 400, "{\"message\":\"The property, 'to', in the request body is invalid (line: -, column: -)\"}", 0,
          VERDICT_REFUSED, BLAME_PERSON, 0, "did the person add it?" },
        { 400,
          "{\"message\":\"The request body has 1 error(s)\",\"details\":[{\"message\":\"The value is "
          "invalid\",\"property\":\"to\"}]}",
          0, VERDICT_REFUSED, BLAME_PERSON, 0, "to: The value is invalid" },
        { 400, "{\"message\":\"Failed to send messages\"}", 0, VERDICT_REFUSED, BLAME_PERSON, 0, "Failed" },
        { 400,
          "{\"message\":\"The request body has 1 error(s)\",\"details\":[{\"message\":\"May not be "
          "empty\",\"property\":\"messages[0].text\"}]}",
          0, VERDICT_REFUSED, BLAME_MESSAGE, 0, "messages[0].text: May not be empty" },
        { 404, "{\"message\":\"Not found\"}", 0, VERDICT_REFUSED, BLAME_PERSON, 0, "no such user" },
        { 404, "nginx", 0, VERDICT_LATER, BLAME_CHANNEL, 0, "nothing at this address" },
        { 401,
          "{\"message\":\"Authentication failed. Confirm that the access token in the authorization header is "
          "valid.\"}",
          0, VERDICT_LATER, BLAME_CHANNEL, 0, "secret_file" },
        { 403, "{\"message\":\"Access to this API is not available for your account\"}", 0, VERDICT_LATER,
          BLAME_CHANNEL, 0, "not available" },
        { 413, "{\"message\":\"Payload too large\"}", 0, VERDICT_REFUSED, BLAME_MESSAGE, 0, "413" },
        { 500, "{\"message\":\"Internal server error\"}", 0, VERDICT_LATER, BLAME_SERVER, 0, "500" },
    };
    check_judged(&channel_line, rows, sizeof rows / sizeof rows[0]);
    check_manners(&channel_line);
}

TEST(who_is_no_line_user_is_told_what_to_write)
{
    static const char *const wrong[] = { "",
                                         "anna",
                                         "@nordlys",
                                         "u0123456789abcdef0123456789abcdef",
                                         "C0123456789abcdef0123456789abcdef",
                                         "U0123456789ABCDEF0123456789ABCDEF",
                                         "U0123456789abcdef0123456789abcdef0",
                                         "U0123456789abcdef0123456789abcde\"" };
    struct err e;
    CHECK_OK(channel_line.address_ok(anna, &e), &e);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        CHECK(!channel_line.address_ok(wrong[i], &e));
        CHECK(strstr(e.text, "write U and the 32 digits"));
    }
    CHECK(channel_secret_ok(&channel_line, token, &e));
    CHECK(!channel_secret_ok(&channel_line, "0123456789abcdef0123456789abcdef", &e));
    CHECK(strstr(e.text, "channel secret"));
    CHECK(!channel_secret_ok(&channel_line, "short", &e));
}

TEST(line_shows_hostile_names_as_they_are_and_long_lists_as_a_text_that_fits)
{
    json_t *card = hostile_request(&channel_line, anna, token, 3, 20000);
    const json_t *message = json_array_get(json_object_get(card, "messages"), 0);
    CHECK_TEXT(request_text(message, "type"), "flex");
    CHECK_TEXT(request_text(message, "altText"), HOSTILE);
    const json_t *title = json_array_get(request_find(message, "contents.body.contents"), 0);
    CHECK_TEXT(request_text(json_array_get(json_object_get(title, "contents"), 0), "text"), HOSTILE);
    CHECK(!json_object_get(title, "action") && !request_find(message, "contents.footer"));
    json_decref(card);
    json_t *list = hostile_request(&channel_line, anna, token, 600, 20000);
    message = json_array_get(json_object_get(list, "messages"), 0);
    CHECK_TEXT(request_text(message, "type"), "text");
    const char *text = request_text(message, "text");
    CHECK(chat_length(text, CHAT_UTF16) <= 5000 && chat_length(text, CHAT_UTF16) > 4500);
    CHECK(strstr(text, "(Shortened.)"));
    json_decref(list);
}
