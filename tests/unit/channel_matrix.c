/* The channel "matrix". */
#include "chat_channel.h"

static const char room[] = "!QtykxKocfZaZOUrTwp:nordlys.example";

TEST(matrix_puts_a_text_and_its_html_under_the_id_of_the_message)
{
    struct arena a = { 0 };
    struct channel_options o = { .name = "matrix", .url = "https://matrix.nordlys.example/" };
    struct message m = a_message(room, &a);
    CHECK_TEXT(request_as_text(&channel_matrix, &o, &m, &(struct supplies){ .secret = "syt_x" }, &a),
               "PUT "
               "https://matrix.nordlys.example/_matrix/client/v3/rooms/%21QtykxKocfZaZOUrTwp%3Anordlys.example/send/"
               "m.room.message/n12.3f9c%40nordlys.example\n"
               "Content-Type: application/json\n"
               "Authorization: Bearer syt_x\n"
               "\n"
               "{\"msgtype\":\"m.text\",\"body\":\"Call Bo\\n\\nSilent for 81 days, see the record "
               "(https://crm.example/1?a=b&c=d).\\n\\nWhat to say\\n1. Hello\\n2. "
               "Why?\",\"format\":\"org.matrix.custom.html\",\"formatted_body\":\"<b>Call Bo</b><br><br>Silent for "
               "<b>81 days</b>, see <a href=\\\"https://crm.example/1?a=b&amp;c=d\\\">the record</a>.<br><br><b>What "
               "to say</b><br>1. Hello<br>2. Why?\",\"m.mentions\":{}}");
    struct transfer t;
    struct err e;
    CHECK_OK(channel_matrix.build(&o, &m, &(struct supplies){ .secret = "syt_x" }, &a, &t, &e), &e);
    CHECK(t.repeatable);
    CHECK_OK(channel_matrix.probe(&o, &m, &(struct supplies){ .secret = "syt_x" }, &a, &t, &e), &e);
    CHECK_TEXT(t.method, "GET");
    CHECK_TEXT(t.url, "https://matrix.nordlys.example/_matrix/client/v3/rooms/"
                      "%21QtykxKocfZaZOUrTwp%3Anordlys.example/joined_members");
    CHECK(!t.bytes);
    arena_done(&a);
}

TEST(matrix_says_what_became_of_a_message)
{
    static const struct judged rows[] = {
        { 200, "{\"event_id\":\"$YUwRidLecu:example.com\"}", 0, VERDICT_SENT, 0, 0, "" },
        { 200, "{\"joined\":{\"@followup:nordlys.example\":{}}}", 0, VERDICT_SENT, 0, 0, "" },
        { 200, "{}", 0, VERDICT_UNKNOWN, BLAME_SERVER, 0, "not one of Matrix" },
        { 429, "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"error\":\"Too many requests\",\"retry_after_ms\":2500}", 0,
          VERDICT_LATER, BLAME_SERVER, 2500, NULL },
        { 429, "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":1000}", 3 * SECOND, VERDICT_LATER, BLAME_SERVER,
          3 * SECOND, NULL },
        { 429, "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":-5}", 0, VERDICT_LATER, BLAME_SERVER, 0, NULL },
        { 403, "{\"errcode\":\"M_FORBIDDEN\",\"error\":\"User @f:x not in room !r:x\"}", 0, VERDICT_REFUSED,
          BLAME_PERSON, 0, "was it invited" },
        { 401, "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"error\":\"Invalid access token passed.\",\"soft_logout\":false}", 0,
          VERDICT_LATER, BLAME_CHANNEL, 0, "not valid" },
        { 401, "{\"errcode\":\"M_MISSING_TOKEN\",\"error\":\"Missing access token\"}", 0, VERDICT_LATER, BLAME_CHANNEL,
          0, "secret_file" },
        { 403, "{\"errcode\":\"M_USER_DEACTIVATED\",\"error\":\"This account has been deactivated\"}", 0, VERDICT_LATER,
          BLAME_CHANNEL, 0, "deactivated" },
        { 404, "{\"errcode\":\"M_NOT_FOUND\",\"error\":\"Unknown room\"}", 0, VERDICT_REFUSED, BLAME_PERSON, 0,
          "does not know that room" },
        { 404, "{\"errcode\":\"M_UNRECOGNIZED\",\"error\":\"Unrecognized request\"}", 0, VERDICT_LATER, BLAME_CHANNEL,
          0, "no homeserver" },
        { 404, "<html>", 0, VERDICT_LATER, BLAME_CHANNEL, 0, "nothing at this address" },
        { 413, "{\"errcode\":\"M_TOO_LARGE\",\"error\":\"event too large\"}", 0, VERDICT_REFUSED, BLAME_MESSAGE, 0,
          "M_TOO_LARGE" },
        { 500, "{\"errcode\":\"M_UNKNOWN\",\"error\":\"Internal server error\"}", 0, VERDICT_LATER, BLAME_SERVER, 0,
          "500" },
    };
    check_judged(&channel_matrix, rows, sizeof rows / sizeof rows[0]);
    check_manners(&channel_matrix);
}

TEST(what_is_no_room_of_matrix_is_told_what_to_write)
{
    static const struct {
        const char *address, *said;
    } wrong[] = { { "", "is no room" },
                  { "sales", "is no room" },
                  { "!", "is no room" },
                  { "!:x.example", "is no room" },
                  { "!a/b:x.example", "is no room" },
                  { "!a b:x.example", "is no room" },
                  { "#sales:nordlys.example", "is an alias" },
                  { "@anna:nordlys.example", "is a person: invite" } };
    struct err e;
    struct complaints c = { 0 };
    CHECK_OK(channel_matrix.address_ok(room, &e), &e);
    CHECK_OK(channel_matrix.address_ok("!31hneApxJ_1o-63DmFrpeqnkFFWppnzWso1JvH3ogLM", &e),
             &e); /* rooms of version 12 */
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        CHECK(!channel_matrix.address_ok(wrong[i].address, &e));
        CHECK(strstr(e.text, wrong[i].said));
    }
    channel_matrix.check(&(struct channel_options){ .name = "matrix", .secret_file = "/x" }, &c);
    CHECK_INT(c.n, 1);
    CHECK(strstr(c.rows[0].text, "url is missing"));
    complaints_done(&c);
}

TEST(matrix_shows_hostile_names_as_they_are_and_an_event_of_any_length_fits)
{
    json_t *body = hostile_request(&channel_matrix, room, "syt_x", 2, 20000);
    CHECK(strncmp(request_text(body, "body"), HOSTILE, sizeof HOSTILE - 1) == 0);
    const char *html = request_text(body, "formatted_body");
    CHECK(strstr(html, "&lt;b&gt;x&lt;/b&gt;") && !strstr(html, "href") && strstr(html, "</b><br><br>"));
    CHECK(!strchr(html, '\n'));
    CHECK_INT(json_object_size(json_object_get(body, "m.mentions")), 0); /* there, and empty: nobody */
    CHECK(json_is_object(json_object_get(body, "m.mentions")));
    json_decref(body);
    body = hostile_request(&channel_matrix, room, "syt_x", 1000, 48000);
    CHECK(strstr(request_text(body, "body"), "(Shortened.)"));
    CHECK(strstr(request_text(body, "formatted_body"), "(Shortened.)"));
    json_decref(body);
}
