/* SMS by a provider that the settings describe: parts, escapes, success. */
#include "chat_channel.h"

#include "channel/sms_parts.h"

static const char *const bearer[] = { "Authorization: Bearer {{secret}}" };
static const char *const json_header[] = { "content-type: application/json; charset=utf-8" };

static struct channel_options provider(void)
{
    return (struct channel_options){
        .name = "sms", .url = "https://sms.example/send", .body = "to={{to}}&text={{text}}", .most_parts = 3
    };
}

static const char *sent(const struct channel_options *o, const char *letter, struct arena *a)
{
    struct message m = a_message("+4791234567", a);
    m.bytes = chat_keep("en", "(Shortened.)", letter, a);
    m.size = strlen(m.bytes);
    return request_as_text(&channel_sms, o, &m, &(struct supplies){ .secret = "s3&\"" }, a);
}

TEST(a_value_is_written_as_where_it_stands_demands)
{
    struct arena a = { 0 };
    static const char letter[] = "# \"Bo\" & {{to}} 100%\n\nx\\\\y";
    struct channel_options o = provider();
    o.headers = (struct words){ (const char **)bearer, 1 };
    CHECK_TEXT(sent(&o, letter, &a), "POST https://sms.example/send\nContent-Type: "
                                     "application/x-www-form-urlencoded\nAuthorization: Bearer s3&\"\n\n"
                                     "to=%2B4791234567&text=%22Bo%22%20%26%20%7B%7Bto%7D%7D%20100%25%0A%0Ax%5Cy");
    o.body = "{\"to\": [\"{{to_digits}}\"], \"key\": \"{{secret}}\", \"id\": \"{{id}}\", \"text\": \"{{text}}\"}";
    o.headers.n = 0;
    CHECK_TEXT(sent(&o, letter, &a),
               "POST https://sms.example/send\nContent-Type: application/json\n\n"
               "{\"to\": [\"4791234567\"], \"key\": \"s3&\\\"\", \"id\": \"n12.3f9c@nordlys.example\", \"text\": "
               "\"\\\"Bo\\\" & {{to}} 100%\\n\\nx\\\\y\"}");
    o.headers = (struct words){ (const char **)json_header, 1 };
    o.body = " \"{{text}}\"";
    o.method = METHOD_PUT;
    CHECK_TEXT(sent(&o, "# T \"q\"", &a),
               "PUT https://sms.example/send\ncontent-type: application/json; charset=utf-8\n\n \"T \\\"q\\\"\"");
    o = (struct channel_options){ .name = "sms",
                                  .url = "https://sms.example/?u={{secret}}&to={{to}}&m={{text}}",
                                  .method = METHOD_GET,
                                  .headers = { (const char **)bearer, 1 } };
    CHECK_TEXT(
        sent(&o, "# \xC3\x98l & x", &a),
        "GET https://sms.example/?u=s3%26%22&to=%2B4791234567&m=%C3%98l%20%26%20x\nAuthorization: Bearer s3&\"\n\n");
    arena_done(&a);
}

static struct sms_text text_of(const char *piece, size_t times, const char *end, struct arena *a)
{
    struct buf b = { 0 };
    for (size_t i = 0; i < times; i++)
        buf_add(&b, piece);
    buf_add(&b, end);
    struct sms_text t = sms_text_of(arena_copy(a, buf_text(&b)), a);
    buf_done(&b);
    return t;
}

TEST(the_parts_of_a_text_are_counted_as_they_are_paid)
{
    static const struct {
        const char *piece;
        size_t times;
        const char *end;
        bool gsm;
        size_t parts;
    } rows[] = {
        { "a", 160, "", true, 1 },
        { "a", 161, "", true, 2 },
        { "\xC3\xB8", 160, "", true, 1 },
        { "a", 306, "", true, 2 },
        { "a", 307, "", true, 3 },
        { "\xE2\x82\xAC", 80, "", true, 1 }, /* a euro is two */
        { "\xE2\x82\xAC", 81, "", true, 2 },
        { "a", 152, "{aaaaaaaaaa", true, 2 },
        { "{", 152, "", true, 2 },
        { "{", 153, "", true, 3 }, /* 76 of them in each: none is divided */
        { "\xD0\xB6", 70, "", false, 1 },
        { "\xD0\xB6", 71, "", false, 2 },
        { "\xE0\xB8\x81", 134, "", false, 2 },
        { "\xE0\xB8\x81", 135, "", false, 3 },
        { "\xF0\x9F\x98\x80", 35, "", false, 1 },
        { "\xF0\x9F\x98\x80", 66, "", false, 2 },
        { "\xF0\x9F\x98\x80", 67, "", false, 3 }, /* 33 in each */
        { "a", 69, "\xD0\xB6", false, 1 },
        { "a", 70, "\xD0\xB6", false, 2 },
        { "\xE2\x80\x9C", 160, "", true, 1 }, /* quotation marks that telephones have too */
        { "", 0, "", true, 1 },
    };
    struct arena a = { 0 };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct sms_text t = text_of(rows[i].piece, rows[i].times, rows[i].end, &a);
        if (t.gsm != rows[i].gsm || t.parts != rows[i].parts)
            test_fail(__FILE__, __LINE__, "%zu times \"%s\": %zu parts, %s", rows[i].times, rows[i].piece, t.parts,
                      t.gsm ? "GSM-7" : "UCS-2");
    }
    struct sms_text t = sms_text_of("\xE2\x80\x9C"
                                    "1\xC2\xA0"
                                    "250\xE2\x80\x9D \xE2\x80\x93 \xE2\x80\xA6",
                                    &a);
    CHECK_TEXT(t.text, "\"1 250\" - ...");
    t = sms_text_of("\xE2\x80\x9C\xD0\xB6\xE2\x80\x9D", &a);
    CHECK_TEXT(t.text, "\xE2\x80\x9C\xD0\xB6\xE2\x80\x9D");
    arena_done(&a);
}

TEST(an_sms_has_no_more_parts_than_were_allowed)
{
    static const char *const pieces[] = { "A sentence is here. ", "\xD0\xB6\xD0\xB6 ", "{}[] ", "\xF0\x9F\x98\x80",
                                          "\xE0\xB8\x81" };
    for (size_t n = 0; n < sizeof pieces / sizeof pieces[0]; n++)
        for (size_t most = 1; most <= 10; most += 3) {
            struct arena a = { 0 };
            struct buf b = { 0 };
            struct chat c;
            struct err e;
            buf_add(&b, "# Call Bo\n\n");
            while (b.size < 9000)
                buf_add(&b, pieces[n]);
            const char *kept = chat_keep("en", "(Shortened.)", buf_text(&b), &a);
            CHECK_OK(chat_read(kept, strlen(kept), &a, &c, &e), &e);
            struct sms_text t = sms_text_fit(&c, most, &a);
            CHECK(t.parts <= most && strncmp(t.text, "Call Bo", 7) == 0);
            CHECK(t.parts == most || (n == 2 && t.parts + 1 >= most)); /* and uses what it has */
            buf_done(&b);
            arena_done(&a);
        }
}

TEST(what_is_paid_is_said_once_it_is_sent)
{
    struct arena a = { 0 };
    struct channel_options o = provider();
    struct message m = a_message("+66812345678", &a);
    struct transfer t = { 0 };
    struct err e;
    CHECK_OK(channel_sms.build(&o, &m, &(struct supplies){ 0 }, &a, &t, &e), &e);
    CHECK_TEXT(t.note, "1 part (GSM-7)");
    arena_done(&a);
}

TEST(an_sms_is_sent_when_the_answer_says_what_success_looks_for)
{
    static const struct {
        const char *success;
        int status;
        const char *body;
        enum verdict verdict;
        enum blame blame;
        const char *why;
    } rows[] = {
        { NULL, 200, "anything", VERDICT_SENT, 0, "" },
        { NULL, 202, "", VERDICT_SENT, 0, "" },
        { NULL, 401, "no", VERDICT_LATER, BLAME_CHANNEL, "secret_file" },
        { NULL, 402, "no credit", VERDICT_LATER, BLAME_CHANNEL, "paid" },
        { NULL, 400, "bad number", VERDICT_REFUSED, BLAME_MESSAGE, "bad number" },
        { "201", 200, "", VERDICT_UNKNOWN, BLAME_SERVER, "not among" },
        { "201", 201, "", VERDICT_SENT, 0, "" },
        { "200-299 messages.0.status=0", 200, "{\"messages\":[{\"status\":\"0\"}]}", VERDICT_SENT, 0, "" },
        { "200-299 messages.0.status=0", 200, "{\"messages\":[{\"status\":0}]}", VERDICT_SENT, 0, "" },
        { "200-299 messages.0.status=0", 200, "{\"messages\":[{\"status\":\"4\",\"error-text\":\"Bad Credentials\"}]}",
          VERDICT_REFUSED, BLAME_MESSAGE, "Bad Credentials" },
        { "200-299 messages.0.status=0", 200, "{\"messages\":[]}", VERDICT_REFUSED, BLAME_MESSAGE, "missing" },
        { "200-299 messages.0.status=0", 200, "<html>", VERDICT_UNKNOWN, BLAME_SERVER, "no JSON" },
        { "200 sid", 200, "{\"sid\":\"SM1\"}", VERDICT_SENT, 0, "" },
        { "200 sid", 200, "{\"sid\":null}", VERDICT_REFUSED, BLAME_MESSAGE, "sid is missing" },
        { "200 ok=true", 200, "{\"ok\":true}", VERDICT_SENT, 0, "" },
        { "200 ok=true", 200, "{\"ok\":false}", VERDICT_REFUSED, BLAME_MESSAGE, "ok is false" },
        { "200 status=all well", 200, "{\"status\":\"all well\"}", VERDICT_SENT, 0, "" },
        { "200-299 sid", 503, "{\"sid\":\"x\"}", VERDICT_LATER, BLAME_SERVER, "503" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct channel_options o = { .name = "sms", .success = rows[i].success };
        struct reply f = { .stage = STAGE_DONE, .code = rows[i].status, .body = rows[i].body, .retry_after = -1 };
        struct receipt r = { 0 };
        f.body_size = strlen(rows[i].body);
        channel_sms.judge(&o, &f, &r);
        if (r.verdict != rows[i].verdict || (r.verdict != VERDICT_SENT && r.blame != rows[i].blame) ||
            !strstr(r.why, rows[i].why))
            test_fail(__FILE__, __LINE__, "%s: HTTP %d %s: verdict %d blame %d: %s",
                      rows[i].success ? rows[i].success : "", rows[i].status, rows[i].body, r.verdict, r.blame, r.why);
    }
    check_manners(&channel_sms);
}

TEST(the_description_of_a_provider_is_checked)
{
    static const char *const bad_header[] = { "Authorization {{secret}}" };
    static const struct {
        struct channel_options o;
        const char *said;
    } rows[] = {
        { { .url = "https://s.example", .body = "to={{to}}&text={{text}}" }, "" },
        { { .url = "https://s.example/?to={{to_digits}}&text={{text}}", .method = METHOD_GET }, "" },
        { { .body = "x" }, "channel sms: url is missing: write url = \"https://...\"" },
        { { .url = "https://s.example", .body = "text={{text}}" },
          "channel sms: neither url nor body has {{to}}: it would reach nobody" },
        { { .url = "https://s.example", .body = "to={{to}}" },
          "channel sms: neither url nor body has {{text}}: nobody would read anything" },
        { { .url = "https://s.example", .body = "to={{to}}&text={{text}}&x={{sender}}" },
          "channel sms: body has \"{{sender}}\"; there are {{to}}, {{to_digits}}, {{text}}, {{id}} and {{secret}}" },
        { { .url = "https://s.example/{{secret}}", .body = "to={{to}}&text={{text}}" },
          "channel sms: url has {{secret}}: write what it is into a file and name that as secret_file" },
        { { .url = "https://s.example", .body = "to={{to}}&text={{text}}", .method = METHOD_GET },
          "channel sms: method is \"GET\", which has no body: write it into url, behind a ?" },
        { { .url = "https://s.example", .body = "to={{to}}&text={{text}}", .success = "fine" },
          "channel sms: success = \"fine\" cannot be read: write statuses, then what the answer's JSON must have: "
          "\"200-299 messages.0.status=0\"" },
        { { .url = "https://s.example", .body = "to={{to}}&text={{text}}", .success = "300-200" },
          "channel sms: success = \"300-200\" cannot be read: write statuses, then what the answer's JSON must have: "
          "\"200-299 messages.0.status=0\"" },
        { { .url = "https://s.example",
            .body = "to={{to}}&text={{text}}",
            .secret_file = "/x",
            .headers = { (const char **)bad_header, 1 } },
          "channel sms: \"Authorization {{secret}}\" is no header: write \"Name: value\"" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct complaints c = { 0 };
        struct channel_options o = rows[i].o;
        o.name = "sms";
        channel_sms.check(&o, &c);
        CHECK_TEXT(c.n ? c.rows[0].text : "", rows[i].said);
        complaints_done(&c);
    }
    struct err e;
    CHECK(channel_sms.address_ok("+4791234567", &e));
    CHECK(!channel_sms.address_ok("91234567", &e));
    CHECK(!channel_sms.address_ok("+47 912 34 567", &e));
    CHECK(!channel_sms.address_ok("+0791234567", &e));
    CHECK(!channel_sms.address_ok("", &e));
}
