/* What every chat owes any text: names are shown and never markup or a mention, limits hold, the payload stays valid.
 */
#include "chat_channel.h"

#include "compose_brief.h"

struct place_to_write {
    const struct channel_kind *kind;
    const char *secret, *address;
    const char *where; /* the text in the payload */
    size_t most;
    enum chat_unit unit;
    const struct channel_options *options; /* NULL: none */
};

static const struct channel_options cloud = { .url = "https://w.example/1", .template = "follow_up" };
static const struct channel_options provider = { .url = "https://s.example",
                                                 .body = "{\"text\":\"{{text}}\"}",
                                                 .most_parts = 9 };

static const struct place_to_write places[] = {
    { &channel_telegram, "1:a", "5", "text", 4096, CHAT_UTF16, NULL },
    { &channel_ntfy, NULL, "anna", "message", 4096, CHAT_BYTES, NULL },
    { &channel_mattermost, "https://m.example/hooks/x", "@anna", "text", 16383, CHAT_CHARACTERS, NULL },
    { &channel_rocketchat, "https://r.example/hooks/x/y", "@anna", "text", 5000, CHAT_UTF16, NULL },
    { &channel_discord, NULL, "876543210987654321/x", "content", 2000, CHAT_UTF16, NULL },
    { &channel_googlechat, NULL, "spaces/B/messages?key=K&token=T",
      "cardsV2.0.card.sections.0.widgets.0.textParagraph.text", 14000, CHAT_BYTES, NULL },
    { &channel_max, "t", "5", "text", 4000, CHAT_UTF16, NULL },
    { &channel_whatsapp, "t", "+4791234567", "template.components.0.parameters.0.text", 1000, CHAT_UTF16, &cloud },
    { &channel_sms, "t", "+4791234567", "text", 9 * 153, CHAT_UTF16, &provider },
};

enum { PLACES = sizeof places / sizeof places[0] };

/* The text that a letter becomes there; what was built must be JSON. */
static const char *text_there(const struct place_to_write *p, const char *kept, size_t size, struct arena *a)
{
    struct channel_options o = p->options ? *p->options : (struct channel_options){ 0 };
    struct supplies s = { .secret = p->secret };
    struct message m = a_message(p->address, a);
    struct transfer t = { 0 };
    struct err e = { "" };
    o.name = p->kind->name;
    m.bytes = kept;
    m.size = size;
    CHECK_OK(p->kind->build(&o, &m, &s, a, &t, &e), &e);
    json_t *body = json_loadb(t.bytes, t.size, JSON_REJECT_DUPLICATES, NULL);
    if (!body)
        test_fail(__FILE__, __LINE__, "%s: the payload is no JSON", p->kind->name);
    const char *text = arena_copy(a, request_text(body, p->where));
    if (chat_length(text, p->unit) > p->most || !*text)
        test_fail(__FILE__, __LINE__, "%s: a text of %zu", p->kind->name, chat_length(text, p->unit));
    json_decref(body);
    return text;
}

static const char *letter_there(const struct place_to_write *p, const char *letter, struct arena *a)
{
    const char *kept = chat_keep("th", "(Shortened.)", letter, a);
    return text_there(p, kept, strlen(kept), a);
}

static void check_harmless(const struct place_to_write *p, const char *text)
{
    static const char *const never[] = { "<b>*x", "<!channel>", "<users/all>", "<@123>", "<https://evil", "<b>x" };
    static const char *const marks[] = { "_y_", "~z~", "`c`", " *x*" };
    static const char *const mentions[] = { "@all", "@here", "@channel", "@everyone" };
    const char *kind = p->kind->name, *link = strstr(text, "](https://evil");
    /* In HTML these are text. */
    bool html = strcmp(kind, "max") == 0 || strcmp(kind, "googlechat") == 0;
    if (strcmp(kind, "sms") == 0)
        return; /* a telephone has neither */
    for (size_t n = 0; n < sizeof never / sizeof never[0]; n++)
        if (strstr(text, never[n]) && strstr(text, never[n])[-1] != '\\')
            test_fail(__FILE__, __LINE__, "%s: %s in %s", kind, never[n], text);
    if (strstr(text, "href=\"https://evil") || (!html && link && link[-1] != '\\'))
        test_fail(__FILE__, __LINE__, "%s: a link in %s", kind, text);
    for (size_t n = 0; !html && n < 4; n++)
        /* Discord is told to mention nobody (channel_hooks.c). */
        if (strstr(text, marks[n]) || (strcmp(kind, "discord") != 0 && strstr(text, mentions[n])))
            test_fail(__FILE__, __LINE__, "%s: %s or %s in %s", kind, marks[n], mentions[n], text);
}

TEST(a_name_is_neither_markup_nor_a_mention_in_any_chat)
{
    static const char *const names[] = { "<b>*x*</b> _y_ ~z~ `c` ||s|| :smile: $$k$$", "@all @here,@channel (@everyone",
                                         "<!channel> <users/all> <@123> <https://evil.example|click>",
                                         "[w](https://evil.example) *x*" };
    struct fixture f;
    fixture_open(&f);
    for (size_t i = 2; i < PLACES; i++) /* the first two: compose_chat.c */
        for (size_t n = 0; n < sizeof names / sizeof names[0]; n++) {
            struct rendered r;
            struct err e;
            f.facts.customer.name = names[n];
            CHECK_OK(compose_chat(f.composer, &f.brief, &f.a, &r, &e), &e);
            const char *text = text_there(&places[i], r.bytes, r.size, &f.a);
            check_harmless(&places[i], text);
            CHECK(strstr(text, n == 1   ? "everyone"
                               : n == 2 ? "click"
                               : n == 3 ? "evil.example"
                                        : "smile")); /* all of it */
        }
    fixture_close(&f);
}

TEST(a_mail_address_and_a_link_stay_what_they_are_in_any_chat)
{
    struct arena a = { 0 };
    for (size_t i = 0; i < PLACES; i++) {
        const char *text =
            letter_there(&places[i], "# T\n\nkari@all.example and [x](https://crm.example/a(1)|2?q=a_b) end", &a);
        bool discord = strcmp(places[i].kind->name, "discord") == 0;
        if (!strstr(text, discord ? "kari\\@all.example" : "kari@all.example") ||
            !strstr(text, "https://crm.example/a") || !strstr(text, "?q=a_b"))
            test_fail(__FILE__, __LINE__, "%s: %s", places[i].kind->name, text);
    }
    arena_done(&a);
}

TEST(no_text_is_too_long_for_any_chat)
{
    static const char *const pieces[] = {
        "word and a sentence. ", "\xE0\xB8\x81\xE0\xB8\xB3", "\xF0\x9F\x98\x80", "@", "\xD0\xB6", "<&\"'>", "\\*\\_"
    };
    for (size_t i = 0; i < PLACES; i++)
        for (size_t n = 0; n < sizeof pieces / sizeof pieces[0]; n++) {
            struct arena a = { 0 };
            struct buf letter = { 0 };
            buf_add(&letter, "# A title\n\n");
            while (letter.size < 68000 + n)
                buf_add(&letter, pieces[n]);
            const char *text = letter_there(&places[i], buf_text(&letter), &a);
            if (!strstr(text, "Shortened") || strstr(text, "\xEF\xBF\xBD"))
                test_fail(__FILE__, __LINE__, "%s, %s: %s", places[i].kind->name, pieces[n], text);
            buf_done(&letter);
            arena_done(&a);
        }
}

TEST(every_chat_says_why_and_whom_to_call_in_every_language)
{
    static const char *const languages[] = { "en", "nb", "ru", "th" };
    struct fixture f;
    fixture_open(&f);
    for (size_t i = 0; i < PLACES; i++)
        for (size_t n = 0; n < 4; n++) {
            struct rendered r;
            struct err e;
            f.brief.language = languages[n];
            CHECK_OK(compose_chat(f.composer, &f.brief, &f.a, &r, &e), &e);
            const char *text = text_there(&places[i], r.bytes, r.size, &f.a);
            if (!strstr(text, "55 12 34 56") || (!places[i].options && strstr(text, "Shortened")))
                test_fail(__FILE__, __LINE__, "%s in %s: %s", places[i].kind->name, languages[n], text);
        }
    fixture_close(&f);
}
