/* Mattermost, Rocket.Chat, Google Chat, Discord and MAX: what they are sent, and what their answers mean. */
#include "chat_channel.h"

#define MATTERMOST "https://chat.nordlys.example/hooks/ucw5qjw86jgeum77o1uw8197jr"
#define ROCKETCHAT "https://chat.nordlys.example/hooks/D2oXe5wZ/eQJ2dyMq6yPvAbNdx6uL"
#define DISCORD "https://discord.com/api/webhooks/123456789012345678/aB-c_d"
#define GOOGLE "https://chat.googleapis.com/v1/spaces/AAAA/messages?key=K-1&token=T_2%3D"

static const char *said(const struct channel_kind *kind, const char *secret, const char *address, struct arena *a)
{
    struct channel_options o = { .name = kind->name };
    struct supplies s = { .secret = secret };
    struct message m = a_message(address, a);
    return request_as_text(kind, &o, &m, &s, a);
}

static bool refused(const struct channel_kind *kind, const char *secret, const char *address)
{
    struct arena a = { 0 };
    bool no = strncmp(said(kind, secret, address, &a), "refused: ", 9) == 0;
    arena_done(&a);
    return no;
}

/* The row for a secret that is gone: for all, or for a person with a webhook of their own. */
static void check_gone(const struct channel_kind *kind, int status, const char *body, bool shared)
{
    struct channel_options o = { .name = kind->name, .secret_file = shared ? "/x" : NULL };
    struct reply f = {
        .stage = STAGE_DONE, .code = status, .body = body, .body_size = strlen(body), .retry_after = -1
    };
    struct receipt r = { 0 };
    kind->judge(&o, &f, &r);
    CHECK_INT(r.verdict, shared ? VERDICT_LATER : VERDICT_REFUSED);
    CHECK_INT(r.blame, shared ? BLAME_CHANNEL : BLAME_PERSON);
}

TEST(mattermost_gets_markdown_for_a_user_or_a_channel)
{
    struct arena a = { 0 };
    CHECK_TEXT(said(&channel_mattermost, MATTERMOST, "@kari.berg", &a),
               "POST " MATTERMOST "\nContent-Type: application/json\n\n"
               "{\"text\":\"**Call Bo**\\n\\nSilent for **81 days**, see [the "
               "record](https://crm.example/1?a=b&c=d).\\n\\n**What to say**\\n1. Hello\\n2. "
               "Why?\",\"channel\":\"@kari.berg\"}");
    CHECK(strstr(said(&channel_mattermost, MATTERMOST, "town-square", &a), "\"channel\":\"town-square\""));
    CHECK(refused(&channel_mattermost, MATTERMOST, "@"));
    CHECK(refused(&channel_mattermost, MATTERMOST, "Town Square"));
    CHECK(refused(&channel_mattermost, MATTERMOST, "@a,@b"));
    arena_done(&a);
}

TEST(mattermost_says_what_became_of_a_message)
{
#define SAYS(id, words, status)                                                                                        \
    "{\"id\":\"web.incoming_webhook." id ".app_error\",\"message\":\"" words                                           \
    "\",\"detailed_error\":\"\",\"request_id\":\"qe3\",\"status_code\":" #status "}"
    static const struct judged rows[] = {
        { 200, "ok", 0, VERDICT_SENT, 0, 0, "" },
        { 200, "<html>sign in</html>", 0, VERDICT_UNKNOWN, BLAME_SERVER, 0, NULL },
        { 403, SAYS("channel_locked", "This webhook is not permitted to post to the requested channel.", 403), 0,
          VERDICT_LATER, BLAME_CHANNEL, 0, "unlock it" },
        { 404, SAYS("channel", "Couldn't find the channel.", 404), 0, VERDICT_REFUSED, BLAME_PERSON, 0, "find" },
        { 404, SAYS("user", "Couldn't find the user.", 404), 0, VERDICT_REFUSED, BLAME_PERSON, 0, "the user" },
        { 400, SAYS("user", "Couldn't find the user.", 400), 0, VERDICT_REFUSED, BLAME_PERSON, 0, "the user" },
        { 403, SAYS("permissions", "Inappropriate channel permissions.", 403), 0, VERDICT_REFUSED, BLAME_PERSON, 0,
          "permissions" },
        { 403, SAYS("user", "Couldn't find the user.", 403), 0, VERDICT_LATER, BLAME_CHANNEL, 0, "secret_file" },
        { 400, SAYS("invalid", "Invalid webhook.", 400), 0, VERDICT_LATER, BLAME_CHANNEL, 0, "Invalid webhook" },
        { 501, SAYS("disabled", "Incoming webhooks have been disabled by the system admin.", 501), 0, VERDICT_LATER,
          BLAME_CHANNEL, 0, "disabled" },
        { 400, SAYS("text", "No text specified.", 400), 0, VERDICT_REFUSED, BLAME_MESSAGE, 0, "No text" },
        { 404, "404 page not found", 0, VERDICT_LATER, BLAME_CHANNEL, 0, "nothing at this address" },
        { 429, "limit exceeded", 2000, VERDICT_LATER, BLAME_SERVER, 2000, NULL },
        { 502, "Bad Gateway", 0, VERDICT_LATER, BLAME_SERVER, 0, "502" },
    };
    check_judged(&channel_mattermost, rows, sizeof rows / sizeof rows[0]);
    check_manners(&channel_mattermost);
#undef SAYS
}

TEST(rocketchat_gets_its_own_markup_for_a_user_or_a_channel)
{
    struct arena a = { 0 };
    CHECK_TEXT(said(&channel_rocketchat, ROCKETCHAT, "@kari.berg", &a),
               "POST " ROCKETCHAT "\nContent-Type: application/json\n\n"
               "{\"text\":\"*Call Bo*\\n\\nSilent for *81 days*, see [the "
               "record](https://crm.example/1?a=b&c=d).\\n\\n*What to say*\\n1. Hello\\n2. "
               "Why?\",\"channel\":\"@kari.berg\"}");
    CHECK(strstr(said(&channel_rocketchat, ROCKETCHAT, "#sales", &a), "\"channel\":\"#sales\""));
    CHECK(refused(&channel_rocketchat, ROCKETCHAT, "kari"));
    CHECK(refused(&channel_rocketchat, ROCKETCHAT, "#"));
    arena_done(&a);
}

TEST(rocketchat_says_what_became_of_a_message)
{
    static const struct judged rows[] = {
        { 200, "{\"success\":true}", 0, VERDICT_SENT, 0, 0, "" },
        { 200, "{\"success\":false,\"error\":\"invalid-channel\"}", 0, VERDICT_REFUSED, BLAME_PERSON, 0,
          "invalid-channel" },
        { 200, "{\"success\":false,\"error\":\"unknown-error\"}", 0, VERDICT_REFUSED, BLAME_MESSAGE, 0, "unknown" },
        { 200, "ok", 0, VERDICT_UNKNOWN, BLAME_SERVER, 0, NULL },
        { 400, "{\"success\":false,\"error\":\"invalid-channel\"}", 0, VERDICT_REFUSED, BLAME_PERSON, 0, "channel" },
        { 400, "{\"success\":false,\"error\":\"[invalid-channel]\"}", 0, VERDICT_REFUSED, BLAME_PERSON, 0, "channel" },
        { 400, "{\"success\":false,\"error\":\"error-message-size-exceeded\"}", 0, VERDICT_REFUSED, BLAME_MESSAGE, 0,
          "size" },
        { 400, "{\"success\":false,\"error\":\"Invalid integration id or token provided.\"}", 0, VERDICT_LATER,
          BLAME_CHANNEL, 0, "secret_file" },
        { 404, "{\"success\":false,\"error\":\"Invalid integration id or token provided.\"}", 0, VERDICT_LATER,
          BLAME_CHANNEL, 0, "secret_file" },
        { 401, "{\"status\":\"error\",\"message\":\"You must be logged in to do this.\"}", 0, VERDICT_LATER,
          BLAME_CHANNEL, 0, NULL },
        { 429, "{\"success\":false,\"error\":\"Error, too many requests.\"}", 0, VERDICT_LATER, BLAME_SERVER, 0,
          "too many" },
        { 503, "", 0, VERDICT_LATER, BLAME_SERVER, 0, "503" },
    };
    check_judged(&channel_rocketchat, rows, sizeof rows / sizeof rows[0]);
    check_manners(&channel_rocketchat);
}

TEST(discord_mentions_the_reader_and_nobody_else)
{
    struct arena a = { 0 };
    CHECK_TEXT(said(&channel_discord, DISCORD, "876543210987654321", &a),
               "POST " DISCORD "?wait=true\nContent-Type: application/json\n\n"
               "{\"content\":\"<@876543210987654321>\\n**Call Bo**\\n\\nSilent for **81 days**, see [the "
               "record](<https://crm.example/1?a=b&c=d>).\\n\\n**What to say**\\n1. Hello\\n2. "
               "Why?\",\"allowed_mentions\":{\"parse\":[],\"users\":[\"876543210987654321\"]},\"flags\":4}");
    const char *own = said(&channel_discord, NULL, "876543210987654321/xY-z_", &a);
    CHECK(strstr(own, "POST https://discord.com/api/webhooks/876543210987654321/xY-z_?wait=true\n"));
    CHECK(strstr(own, "{\"content\":\"**Call Bo**") && strstr(own, "\"allowed_mentions\":{\"parse\":[]},"));
    struct channel_options o = { .name = "discord" };
    struct message m = a_message("876543210987654321", &a);
    struct transfer t = { 0 };
    struct err e;
    CHECK_OK(channel_discord.probe(&o, &m, &(struct supplies){ .secret = DISCORD }, &a, &t, &e), &e);
    CHECK(strcmp(t.method, "GET") == 0 && strcmp(t.url, DISCORD) == 0 && !t.bytes);
    CHECK(refused(&channel_discord, DISCORD, "876543210987654321/xY-z_"));
    CHECK(refused(&channel_discord, NULL, "876543210987654321"));
    CHECK(refused(&channel_discord, DISCORD, "kari#1234"));
    CHECK(refused(&channel_discord, NULL, "876543210987654321/"));
    CHECK(refused(&channel_discord, NULL, "876543210987654321/x/../../y"));
    CHECK(refused(&channel_discord, NULL, "876543210987654321/x?y=1"));
    arena_done(&a);
}

TEST(discord_says_what_became_of_a_message)
{
    static const struct judged rows[] = {
        { 200, "{\"id\":\"1160000000000000000\",\"type\":0,\"content\":\"x\"}", 0, VERDICT_SENT, 0, 0, "" },
        { 204, "", 0, VERDICT_UNKNOWN, BLAME_SERVER, 0, NULL },
        { 429, "{\"message\":\"You are being rate limited.\",\"retry_after\":64.57,\"global\":false}", 0, VERDICT_LATER,
          BLAME_SERVER, 64570, NULL },
        { 429, "{\"message\":\"You are being rate limited.\",\"retry_after\":0.3,\"global\":true}", 1000, VERDICT_LATER,
          BLAME_SERVER, 1000, NULL },
        { 400, "{\"content\":[\"Must be 2000 or fewer in length.\"]}", 0, VERDICT_REFUSED, BLAME_MESSAGE, 0, "2000" },
        { 400, "{\"code\":50006,\"message\":\"Cannot send an empty message\"}", 0, VERDICT_REFUSED, BLAME_MESSAGE, 0,
          "empty" },
        { 500, "{\"message\":\"500: Internal Server Error\",\"code\":0}", 0, VERDICT_LATER, BLAME_SERVER, 0, NULL },
    };
    check_judged(&channel_discord, rows, sizeof rows / sizeof rows[0]);
    check_manners(&channel_discord);
    for (int shared = 0; shared < 2; shared++) {
        check_gone(&channel_discord, 401, "{\"message\":\"Invalid Webhook Token\",\"code\":50027}", shared);
        check_gone(&channel_discord, 404, "{\"message\":\"Unknown Webhook\",\"code\":10015}", shared);
    }
}

TEST(googlechat_gets_a_card_and_the_name_of_who_it_is_for)
{
    struct arena a = { 0 };
    CHECK_TEXT(
        said(&channel_googlechat, GOOGLE, "users/1234567890", &a),
        "POST " GOOGLE "&requestId=n12.3f9c%40nordlys.example\nContent-Type: application/json\n\n"
        "{\"cardsV2\":[{\"cardId\":\"followup\",\"card\":{\"sections\":[{\"widgets\":[{\"textParagraph\":{\"text\":"
        "\"<b>Call Bo</b><br><br>Silent for <b>81 days</b>, see <a "
        "href=\\\"https://crm.example/1?a=b&amp;c=d\\\">the record</a>.<br><br><b>What to say</b><br>1. "
        "Hello<br>2. Why?\"}}]}]}}],\"fallbackText\":\"Bo: 81 days without an "
        "order\",\"text\":\"<users/1234567890>\"}");
    const char *own = said(&channel_googlechat, NULL, "spaces/BBBB/messages?key=K&token=T", &a);
    CHECK(strstr(own, "POST https://chat.googleapis.com/v1/spaces/BBBB/messages?key=K&token=T&requestId=n12."));
    CHECK(!strstr(own, "users/"));
    CHECK(refused(&channel_googlechat, GOOGLE, "spaces/BBBB/messages?key=K&token=T"));
    CHECK(refused(&channel_googlechat, NULL, "users/1234567890"));
    CHECK(refused(&channel_googlechat, GOOGLE, "users/all"));
    CHECK(refused(&channel_googlechat, GOOGLE, "kari@nordlys.example"));
    CHECK(refused(&channel_googlechat, NULL, "spaces/../messages?key=K&token=T"));
    arena_done(&a);
}

TEST(googlechat_says_what_became_of_a_message)
{
#define SAYS(code, words) "{\"error\":{\"code\":" #code ",\"message\":\"" words "\",\"status\":\"X\"}}"
    static const struct judged rows[] = {
        { 200, "{\"name\":\"spaces/AAAA/messages/x.y\",\"sender\":{}}", 0, VERDICT_SENT, 0, 0, "" },
        { 200, "{}", 0, VERDICT_UNKNOWN, BLAME_SERVER, 0, NULL },
        { 400, SAYS(400, "Invalid JSON payload received."), 0, VERDICT_REFUSED, BLAME_MESSAGE, 0,
          "HTTP 400: Invalid JSON" },
        { 429, SAYS(429, "Resource has been exhausted (e.g. check quota)."), 0, VERDICT_LATER, BLAME_SERVER, 0,
          "exhausted" },
        { 503, SAYS(503, "The service is currently unavailable."), 0, VERDICT_LATER, BLAME_SERVER, 0, "unavailable" },
    };
    check_judged(&channel_googlechat, rows, sizeof rows / sizeof rows[0]);
    check_manners(&channel_googlechat);
    for (int shared = 0; shared < 2; shared++) {
        check_gone(&channel_googlechat, 400, SAYS(400, "API key not valid. Please pass a valid API key."), shared);
        check_gone(&channel_googlechat, 403, SAYS(403, "The caller does not have permission"), shared);
        check_gone(&channel_googlechat, 404, SAYS(404, "Space not found or webhook was deleted"), shared);
    }
#undef SAYS
}

TEST(max_gets_html_for_a_numbered_user_or_chat)
{
    struct arena a = { 0 };
    CHECK_TEXT(said(&channel_max, "f9LHod", "5012345", &a),
               "POST https://platform-api2.max.ru/messages?user_id=5012345&disable_link_preview=true\n"
               "Content-Type: application/json\nAuthorization: f9LHod\n\n"
               "{\"text\":\"<b>Call Bo</b>\\n\\nSilent for <b>81 days</b>, see <a "
               "href=\\\"https://crm.example/1?a=b&amp;c=d\\\">the record</a>.\\n\\n<b>What to say</b>\\n1. Hello\\n2. "
               "Why?\",\"format\":\"html\"}");
    CHECK(strstr(said(&channel_max, "f9LHod", "-70999", &a), "/messages?chat_id=-70999&"));
    CHECK(refused(&channel_max, "f9LHod", "-"));
    CHECK(refused(&channel_max, "f9LHod", "5012345&x=1"));
    arena_done(&a);
}

TEST(max_says_what_became_of_a_message)
{
    static const struct judged rows[] = {
        { 200, "{\"message\":{\"body\":{\"mid\":\"mid.1\",\"seq\":1,\"text\":\"x\"}}}", 0, VERDICT_SENT, 0, 0, "" },
        { 200, "<html>", 0, VERDICT_UNKNOWN, BLAME_SERVER, 0, NULL },
        { 401, "{\"code\":\"verify.token\",\"message\":\"Invalid access_token\"}", 0, VERDICT_LATER, BLAME_CHANNEL, 0,
          "secret_file" },
        { 403, "{\"code\":\"chat.denied\",\"message\":\"error.dialog.suspended\"}", 0, VERDICT_REFUSED, BLAME_PERSON, 0,
          "suspended" },
        { 404, "{\"code\":\"dialog.not.found\",\"message\":\"Dialog not found\"}", 0, VERDICT_REFUSED, BLAME_PERSON, 0,
          "not found" },
        { 404, "<html>nginx</html>", 0, VERDICT_LATER, BLAME_CHANNEL, 0, NULL },
        { 400, "{\"code\":\"proto.payload\",\"message\":\"text: too long\"}", 0, VERDICT_REFUSED, BLAME_MESSAGE, 0,
          "too long" },
        { 429, "{\"code\":\"too.many.requests\",\"message\":\"Too many requests\"}", 0, VERDICT_LATER, BLAME_SERVER, 0,
          "Too many" },
        { 503, "{\"code\":\"service.unavailable\",\"message\":\"x\"}", 0, VERDICT_LATER, BLAME_SERVER, 0, NULL },
    };
    check_judged(&channel_max, rows, sizeof rows / sizeof rows[0]);
    check_manners(&channel_max);
}

TEST(the_addresses_of_webhooks_are_looked_at_before_they_are_used)
{
    static const struct {
        const struct channel_kind *kind;
        const char *good, *bad;
    } rows[] = {
        { &channel_mattermost, MATTERMOST, "ucw5qjw86jgeum77o1uw8197jr" },
        { &channel_mattermost, "http://127.0.0.1:8065/hooks/x", "https://chat.nordlys.example/" },
        { &channel_rocketchat, ROCKETCHAT, "file:///hooks/x" },
        { &channel_discord, DISCORD, "https://discord.com/api/webhooks/1/x?wait=false" },
        { &channel_discord, "http://127.0.0.1:8065/webhooks/1/x", "https://a:b@discord.com/api/webhooks/1/x" },
        { &channel_googlechat, GOOGLE, "https://chat.googleapis.com/v1/spaces/AAAA/messages?key=K-1" },
    };
    struct err e;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_OK(channel_secret_ok(rows[i].kind, rows[i].good, &e), &e);
        CHECK(!channel_secret_ok(rows[i].kind, rows[i].bad, &e));
        CHECK(!strstr(e.text, rows[i].bad)); /* a secret is never said */
    }
}

TEST(settings_of_webhooks_are_checked)
{
    static const struct {
        struct channel_options o;
        const char *said;
    } rows[] = {
        { { .name = "mattermost", .secret_file = "/x" }, "" },
        { { .name = "mattermost" },
          "channel mattermost: secret_file is missing: write the address that Mattermost gave for the incoming webhook "
          "into a file and name it here" },
        { { .name = "rocketchat", .secret_file = "/x", .url = "https://x.example" },
          "channel rocketchat: url is not used: the whole address is what secret_file holds" },
        { { .name = "discord" }, "" },
        { { .name = "discord", .url = "https://x.example/webhooks" }, "" },
        { { .name = "discord", .url = "https://x.example", .secret_file = "/x" },
          "channel discord: url is not used: the whole address is what secret_file holds" },
        { { .name = "googlechat", .secret_file = "/x" }, "" },
        { { .name = "max" },
          "channel max: secret_file is missing: write the token that MAX gave for the bot into a file and name it "
          "here" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct complaints c = { 0 };
        channel_kind_find(rows[i].o.name)->check(&rows[i].o, &c);
        CHECK_TEXT(c.n ? c.rows[0].text : "", rows[i].said);
        complaints_done(&c);
    }
}
