#include "chat_channel.h"

static const struct channel_options cloud = { .name = "whatsapp",
                                              .url = "https://graph.facebook.com/v23.0/106540352242922",
                                              .secret_file = "/x",
                                              .template = "follow_up" };

static const char *sent(const struct channel_options *o, const char *letter, struct arena *a)
{
    struct message m = a_message("+4791234567", a);
    m.bytes = chat_keep("th", "(Shortened.)", letter, a);
    m.size = strlen(m.bytes);
    return request_as_text(&channel_whatsapp, o, &m, &(struct supplies){ .secret = "EAAG" }, a);
}

TEST(whatsapp_gets_a_template_with_the_text_on_one_line)
{
    struct arena a = { 0 };
    struct channel_options o = cloud;
    CHECK_TEXT(
        sent(&o, LETTER, &a),
        "POST https://graph.facebook.com/v23.0/106540352242922/messages\nContent-Type: application/json\n"
        "Authorization: Bearer EAAG\n\n"
        "{\"messaging_product\":\"whatsapp\",\"recipient_type\":\"individual\",\"to\":\"4791234567\",\"type\":"
        "\"template\",\"template\":{\"name\":\"follow_up\",\"language\":{\"code\":\"th\"},\"components\":[{\"type\":"
        "\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"Call Bo \xC2\xB7 Silent for 81 days, see the record "
        "(https://crm.example/1?a=b&c=d). \xC2\xB7 What to say \xC2\xB7 1. Hello \xC2\xB7 2. Why?\"}]}]}}");
    o.template_language = "en_GB";
    CHECK(strstr(sent(&o, LETTER, &a), "\"language\":{\"code\":\"en_GB\"}"));
    CHECK(strstr(sent(&o, "# A&#9;&#9;b&#32;&#32;&#32;&#32;&#32;c  ", &a), "\"text\":\"A b c\"}"));
    arena_done(&a);
}

TEST(whatsapp_says_what_became_of_a_message)
{
#define SAYS(code, words)                                                                                              \
    "{\"error\":{\"message\":\"" words "\",\"type\":\"OAuthException\",\"code\":" #code ",\"fbtrace_id\":\"A\"}}"
    static const struct judged rows[] = {
        { 200,
          "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"47\",\"wa_id\":\"47\"}],\"messages\":[{"
          "\"id\":"
          "\"wamid.HBg\",\"message_status\":\"accepted\"}]}",
          0, VERDICT_SENT, 0, 0, "" },
        { 200, "{\"success\":true}", 0, VERDICT_UNKNOWN, BLAME_SERVER, 0, NULL },
        { 401, SAYS(190, "Error validating access token: Session has expired"), 0, VERDICT_LATER, BLAME_CHANNEL, 0,
          "expired" },
        { 400, SAYS(130429, "(#130429) Rate limit hit"), 0, VERDICT_LATER, BLAME_SERVER, 0, "Rate limit" },
        { 400, SAYS(131056, "(#131056) pair rate limit hit"), 0, VERDICT_LATER, BLAME_MESSAGE, 0, "pair" },
        { 400, SAYS(131026, "Message undeliverable"), 0, VERDICT_REFUSED, BLAME_PERSON, 0, "undeliverable" },
        { 400, SAYS(131047, "Re-engagement message"), 0, VERDICT_REFUSED, BLAME_MESSAGE, 0, "131047" },
        { 404, SAYS(132001, "Template name does not exist in the translation"), 0, VERDICT_LATER, BLAME_CHANNEL, 0,
          "translation" },
        { 400, SAYS(132005, "Translated text too long"), 0, VERDICT_REFUSED, BLAME_MESSAGE, 0, "too long" },
        { 400,
          "{\"error\":{\"message\":\"Unsupported post request.\",\"code\":100,\"error_subcode\":33,\"error_data\":{"
          "\"details\":\"Object with ID '1' does not exist\"}}}",
          0, VERDICT_LATER, BLAME_CHANNEL, 0, "does not exist" },
        { 400, SAYS(100, "Invalid parameter"), 0, VERDICT_REFUSED, BLAME_MESSAGE, 0, "Invalid parameter" },
        { 500, SAYS(131000, "Something went wrong"), 0, VERDICT_LATER, BLAME_SERVER, 0, "wrong" },
        { 503, "", 0, VERDICT_LATER, BLAME_SERVER, 0, NULL },
    };
    check_judged(&channel_whatsapp, rows, sizeof rows / sizeof rows[0]);
    check_manners(&channel_whatsapp);
#undef SAYS
}

TEST(settings_of_whatsapp_are_checked)
{
    struct complaints c = { 0 };
    struct channel_options o = cloud;
    struct err e;
    channel_whatsapp.check(&o, &c);
    CHECK_INT(c.n, 0);
    o.url = "https://graph.facebook.com/v23.0/";
    o.template = o.secret_file = NULL;
    channel_whatsapp.check(&o, &c);
    CHECK_INT(c.n, 3);
    CHECK_TEXT(c.rows[0].text,
               "channel whatsapp: url must end with the id of the phone number, which Meta shows beside it");
    CHECK_TEXT(c.rows[1].text, "channel whatsapp: template is missing: write the name of an approved template with one "
                               "variable in its body");
    complaints_done(&c);
    CHECK(channel_whatsapp.address_ok("+4791234567", &e));
    CHECK(channel_whatsapp.address_ok("4791234567", &e));
    CHECK(!channel_whatsapp.address_ok("0791234567", &e));
    CHECK(!channel_whatsapp.address_ok("kari", &e));
}
