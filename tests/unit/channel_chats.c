/* The chats whose requests and answers are simple; the others have files of their own. */
#include "chat_channel.h"

#include "base/token.h"

TEST(telegram_gets_html_for_a_numbered_chat)
{
    struct arena a = { 0 };
    struct channel_options o = { .name = "telegram" };
    struct supplies s = { .secret = "123:abc" };
    struct message m = a_message("-1001234567890", &a);
    CHECK_TEXT(request_as_text(&channel_telegram, &o, &m, &s, &a),
               "POST https://api.telegram.org/bot123:abc/sendMessage\nContent-Type: application/json\n\n"
               "{\"chat_id\":-1001234567890,\"text\":\"<b>Call Bo</b>\\n\\nSilent for <b>81 days</b>, see <a "
               "href=\\\"https://crm.example/1?a=b&amp;c=d\\\">the record</a>.\\n\\n<b>What to say</b>\\n1. Hello\\n2. "
               "Why?\",\"parse_mode\":\"HTML\",\"link_preview_options\":{\"is_disabled\":true}}");
    m.address = "@nordlys_sales";
    CHECK(strstr(request_as_text(&channel_telegram, &o, &m, &s, &a), "{\"chat_id\":\"@nordlys_sales\""));
    m.address = "12 OR 1=1";
    CHECK(strstr(request_as_text(&channel_telegram, &o, &m, &s, &a), "refused: "));
    arena_done(&a);
}

TEST(telegram_is_asked_for_the_chat_without_sending)
{
    struct arena a = { 0 };
    struct channel_options o = { .name = "telegram" };
    struct message m = a_message("@nordlys_sales", &a);
    struct transfer t;
    struct err e;
    CHECK_OK(channel_telegram.probe(&o, &m, &(struct supplies){ .secret = "123:abc" }, &a, &t, &e), &e);
    CHECK_TEXT(t.url, "https://api.telegram.org/bot123:abc/getChat?chat_id=%40nordlys_sales");
    CHECK_TEXT(t.method, "GET");
    m.address = "1&text=x";
    CHECK(!channel_telegram.probe(&o, &m, &(struct supplies){ .secret = "123:abc" }, &a, &t, &e));
    arena_done(&a);
}

TEST(telegram_says_what_became_of_a_message)
{
    static const struct judged rows[] = {
        { 200, "{\"ok\":true,\"result\":{\"message_id\":7}}", 0, VERDICT_SENT, 0, 0, "" },
        { 200, "<html>proxy</html>", 0, VERDICT_UNKNOWN, BLAME_SERVER, 0, NULL },
        { 429,
          "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after "
          "35\",\"parameters\":{\"retry_after\":35}}",
          0, VERDICT_LATER, BLAME_SERVER, 35 * SECOND, NULL },
        { 429, "{\"ok\":false,\"parameters\":{\"retry_after\":-1}}", 0, VERDICT_LATER, BLAME_SERVER, 0, NULL },
        { 429, "{\"ok\":false,\"parameters\":{\"retry_after\":1e300}}", 0, VERDICT_LATER, BLAME_SERVER, 6 * HOUR,
          NULL },
        { 401, "{\"ok\":false,\"error_code\":401,\"description\":\"Unauthorized\"}", 0, VERDICT_LATER, BLAME_CHANNEL, 0,
          "secret_file" },
        { 404, "{\"ok\":false,\"error_code\":404,\"description\":\"Not Found\"}", 0, VERDICT_LATER, BLAME_CHANNEL, 0,
          "secret_file" },
        { 403, "{\"ok\":false,\"description\":\"Forbidden: bot was blocked by the user\"}", 0, VERDICT_REFUSED,
          BLAME_PERSON, 0, "blocked" },
        { 400, "{\"ok\":false,\"description\":\"Bad Request: chat not found\"}", 0, VERDICT_REFUSED, BLAME_PERSON, 0,
          "chat not found" },
        { 400, "{\"ok\":false,\"description\":\"Bad Request: can't parse entities\"}", 0, VERDICT_REFUSED,
          BLAME_MESSAGE, 0, "parse" },
        { 400, "{\"ok\":false,\"description\":\"x\",\"parameters\":{\"migrate_to_chat_id\":-1009007199254740}}", 0,
          VERDICT_REFUSED, BLAME_PERSON, 0, "-1009007199254740" },
        { 502, "Bad Gateway", 0, VERDICT_LATER, BLAME_SERVER, 0, "502" },
    };
    check_judged(&channel_telegram, rows, sizeof rows / sizeof rows[0]);
    check_manners(&channel_telegram);
}

TEST(ntfy_gets_plain_text_for_a_topic)
{
    struct arena a = { 0 };
    struct channel_options o = { .name = "ntfy", .url = "http://127.0.0.1:8080/" };
    struct message m = a_message("sales-anna", &a);
    CHECK_TEXT(request_as_text(&channel_ntfy, &o, &m, &(struct supplies){ .secret = "tk_x" }, &a),
               "POST http://127.0.0.1:8080\nContent-Type: application/json\nAuthorization: Bearer tk_x\n"
               "X-Sequence-ID: n12.3f9c%40nordlys.example\n\n"
               "{\"topic\":\"sales-anna\",\"title\":\"Bo: 81 days without an order\",\"message\":\"Call Bo\\n\\nSilent "
               "for 81 days, "
               "see the record (https://crm.example/1?a=b&c=d).\\n\\nWhat to say\\n1. Hello\\n2. Why?\"}");
    m.address = "a/b";
    CHECK(strstr(request_as_text(&channel_ntfy, &o, &m, &(struct supplies){ 0 }, &a), "refused: "));
    check_manners(&channel_ntfy);
    arena_done(&a);
}

TEST(a_webhook_is_signed_with_the_new_key_and_the_old)
{
    struct arena a = { 0 };
    struct channel_options o = { .name = "webhook", .url = "https://hooks.example/in" };
    struct message m = a_message("anna", &a);
    struct supplies s = { .now = 1795377600000,
                          .secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                          .old_secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX" };
    struct transfer t;
    struct err e;
    CHECK_OK(channel_webhook.build(&o, &m, &s, &a, &t, &e), &e);
    CHECK_TEXT(t.headers[1], "webhook-id: msg_n12-3f9c-nordlys-example");
    CHECK_TEXT(t.headers[2], "webhook-timestamp: 1795377600");
    CHECK(t.repeatable);
    /* By the letter of the specification: HMAC-SHA256 of "id.timestamp.body" under the decoded key. */
    uint8_t key[64], mac[32];
    size_t size;
    char base64[BASE64_SIZE(32)];
    CHECK(base64_read("AAECAwQFBgcICQoLDA0ODxAREhMUFRYX", key, &size));
    CHECK_INT(size, 24);
    const char *said = arena_print(&a, "msg_n12-3f9c-nordlys-example.1795377600.%s", t.bytes);
    token_mac_bytes(key, size, said, strlen(said), mac);
    base64_write(mac, 32, base64);
    CHECK(strstr(t.headers[3], "webhook-signature: v1,") && strstr(t.headers[3] + 22, " v1,"));
    CHECK_TEXT(strrchr(t.headers[3], ',') + 1, base64);
    /* Another attempt says the same. */
    struct transfer again;
    s.now += MINUTE;
    CHECK_OK(channel_webhook.build(&o, &m, &s, &a, &again, &e), &e);
    CHECK_TEXT(again.bytes, t.bytes);
    CHECK_TEXT(again.headers[1], t.headers[1]);
    arena_done(&a);
}

TEST(the_example_of_standard_webhooks_has_its_signature)
{
    /* https://github.com/standard-webhooks: the test vector of its libraries. */
    uint8_t key[64], mac[32];
    size_t size;
    char base64[BASE64_SIZE(32)];
    const char *said = "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}";
    CHECK(base64_read("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", key, &size));
    token_mac_bytes(key, size, said, strlen(said), mac);
    base64_write(mac, 32, base64);
    CHECK_TEXT(base64, "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(keys_and_tokens_are_looked_at_before_they_are_used)
{
    struct err e;
    CHECK(channel_secret_ok(&channel_webhook, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", &e));
    CHECK(!channel_secret_ok(&channel_webhook, "whsec_short", &e));
    CHECK(!channel_secret_ok(&channel_webhook, "", &e));
    CHECK(channel_secret_ok(&channel_telegram, "123:abc", &e));
    CHECK(!channel_secret_ok(&channel_telegram, "123:abc\nsecond line", &e));
    CHECK(!channel_secret_ok(&channel_telegram, "12 3", &e));
}

TEST(a_webhook_that_wants_no_more_is_stopped)
{
    static const struct judged rows[] = {
        { 204, "", 0, VERDICT_SENT, 0, 0, "" },
        { 301, "", 0, VERDICT_LATER, BLAME_CHANNEL, 0, "301" },
        { 410, "gone", 0, VERDICT_LATER, BLAME_CHANNEL, 0, "no more" },
        { 401, "bad signature", 0, VERDICT_LATER, BLAME_CHANNEL, 0, "bad signature" },
        { 413, "", 0, VERDICT_REFUSED, BLAME_MESSAGE, 0, "413" },
        { 429, "", 1500, VERDICT_LATER, BLAME_SERVER, 1500, NULL },
        { 429, "", 30 * DAY, VERDICT_LATER, BLAME_SERVER, 6 * HOUR, NULL },
        { 503, "busy", 2000, VERDICT_LATER, BLAME_SERVER, 2000, "busy" },
    };
    check_judged(&channel_webhook, rows, sizeof rows / sizeof rows[0]);
    check_manners(&channel_webhook);
}

TEST(settings_of_chats_are_checked)
{
    static const struct {
        struct channel_options o;
        const char *said; /* "" : nothing */
    } rows[] = {
        { { .name = "telegram", .secret_file = "/x" }, "" },
        { { .name = "telegram" },
          "channel telegram: secret_file is missing: write the token that @BotFather gave into a file and name it "
          "here" },
        { { .name = "telegram", .secret_file = "/x", .url = "ftp://x" },
          "channel telegram: url \"ftp://x\" is no address: write https://HOST, without a name or password" },
        { { .name = "telegram", .secret_file = "/x", .url = "https://a:b@x.example/" },
          "channel telegram: url \"https://a:b@x.example/\" is no address: write https://HOST, without a name or "
          "password" },
        { { .name = "telegram", .secret_file = "/x", .proxy = "proxy:3128" },
          "channel telegram: proxy \"proxy:3128\" is no address: write http://HOST:PORT or socks5h://HOST:PORT, "
          "without a name or password" },
        { { .name = "webhook", .secret_file = "/x" }, "channel webhook: url is missing: write url = \"https://...\"" },
        { { .name = "ntfy" }, "" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct complaints c = { 0 };
        channel_kind_find(rows[i].o.name)->check(&rows[i].o, &c);
        CHECK_TEXT(c.n ? c.rows[0].text : "", rows[i].said);
        CHECK(c.n <= 1);
        complaints_done(&c);
    }
}
