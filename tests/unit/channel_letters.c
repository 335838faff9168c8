/* Real letters in every language on their way to the chats that show more than text. */
#include "chat_channel.h"
#include "compose_brief.h"

static const struct {
    const struct channel_kind *kind;
    const char *address, *secret;
    size_t most; /* bytes */
} chats[] = {
    { &channel_line, "U0123456789abcdef0123456789abcdef", "tok", 14000 },
    { &channel_teams, "anna@nordlys.example", "https://x.example/workflows/1", 20000 },
    { &channel_slack, "U012AB3CD", "xoxb-1", 40000 },
    { &channel_matrix, "!r:nordlys.example", "syt", 48000 },
};

static json_t *request_of(size_t chat, const struct rendered *r, struct arena *a)
{
    struct channel_options o = { .name = chats[chat].kind->name, .url = "https://chat.example" };
    struct message m = a_message(chats[chat].address, a);
    struct transfer t = { 0 };
    struct err e = { "" };
    m.subject = r->subject;
    m.bytes = r->bytes;
    m.size = r->size;
    CHECK_OK(chats[chat].kind->build(&o, &m, &(struct supplies){ .secret = chats[chat].secret }, a, &t, &e), &e);
    CHECK(t.size <= chats[chat].most);
    return json_loadb(t.bytes, t.size, JSON_REJECT_DUPLICATES, NULL);
}

/* Every text of the request, one after the other. */
static void gather(const json_t *in, struct buf *out)
{
    const char *name;
    size_t i;
    json_t *value;
    if (json_is_string(in)) {
        buf_add(out, json_string_value(in));
        buf_add_char(out, '\n');
    }
    json_object_foreach((json_t *)in, name, value) gather(value, out);
    json_array_foreach(in, i, value) gather(value, out);
}

TEST(every_chat_shows_the_reason_the_number_and_the_record_in_every_language)
{
    static const char *const languages[] = { "en", "nb", "ru", "th" };
    struct fixture f;
    fixture_open(&f);
    f.facts.customer.name = "<!here> @all *Bo* & \"S\xc3\xb8nner\"\\ \xf0\x9f\x98\x80 \xe0\xb8\x81\xe0\xb8\xb3";
    for (size_t l = 0; l < 4; l++)
        for (size_t i = 0; i < sizeof chats / sizeof chats[0]; i++) {
            struct rendered r;
            struct err e;
            struct buf said = { 0 };
            f.brief.language = languages[l];
            CHECK_OK(compose_chat(f.composer, &f.brief, &f.a, &r, &e), &e);
            json_t *body = request_of(i, &r, &f.a);
            if (!body)
                test_fail(__FILE__, __LINE__, "%s in %s: no JSON", chats[i].kind->name, languages[l]);
            gather(body, &said);
            const char *text = buf_text(&said);
            if (!strstr(text, "81") || !strstr(text, "+47 55 12 34 56") || !strstr(text, "K7QM-3XRD-P") ||
                !strstr(text, f.facts.customer.name) ||
                !strstr(text, "https://crm.nordlys.example/clients/1042?tab=all&x=1"))
                test_fail(__FILE__, __LINE__, "%s in %s: %s", chats[i].kind->name, languages[l], text);
            buf_done(&said);
            json_decref(body);
        }
    fixture_close(&f);
}

TEST(a_telling_is_a_card_in_line_and_a_tap_dials_or_opens_the_record)
{
    struct fixture f;
    struct rendered r;
    struct err e;
    fixture_open(&f);
    f.brief.language = "th"; /* the longest in bytes */
    CHECK_OK(compose_chat(f.composer, &f.brief, &f.a, &r, &e), &e);
    json_t *body = request_of(0, &r, &f.a);
    const json_t *message = request_find(body, "messages.0");
    CHECK_TEXT(request_text(message, "type"), "flex");
    CHECK_TEXT(request_text(message, "contents.footer.contents.0.action.uri"),
               "https://crm.nordlys.example/clients/1042?tab=all&x=1");
    bool dials = false;
    size_t i;
    json_t *line;
    json_array_foreach(request_find(message, "contents.body.contents"), i, line) dials |=
        strcmp(request_text(line, "action.uri"), "tel:+4755123456") == 0;
    CHECK(dials);
    json_decref(body);
    fixture_close(&f);
}
