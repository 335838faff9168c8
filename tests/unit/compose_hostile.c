#include "compose_read.h"

#include <unicode/ustring.h>

static bool valid_utf8(const char *text)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t size;
    u_strFromUTF8(NULL, 0, &size, text, -1, &code);
    return code == U_BUFFER_OVERFLOW_ERROR || code == U_ZERO_ERROR || code == U_STRING_NOT_TERMINATED_WARNING;
}

static char *megabyte(char c)
{
    char *text = malloc(1024 * 1024 + 1);
    memset(text, c, 1024 * 1024);
    text[1024 * 1024] = '\0';
    return text;
}

/* One text in every place that can carry one. */
static void poison(struct fixture *f, const char *text)
{
    struct customer *c = &f->facts.customer;
    c->id = c->name = c->contact_name = c->phone = c->email = c->url = c->values = c->notes = c->category =
        c->opportunity = text;
    c->language = text;
    f->extras[0].value = text;
    f->to.name = f->brief.covering = f->brief.told_before = f->options.company.name = f->options.company.currency =
        text;
    f->lapse.title = f->review.title = f->offer.code = f->offer.gift = f->brief.alert = text;
    for (size_t i = 0; i < f->facts.n_purchases; i++) {
        f->purchases[i].what = f->purchases[i].currency = f->purchases[i].product_group = text;
        f->purchases[i].amount = i % 2 ? INT64_MAX : 1;
    }
}

static void check_harmless(struct fixture *f, const char *expected_headers)
{
    struct rendered r = compose(f);
    check_bytes(&r);
    check_columns(r.text);
    CHECK(valid_utf8(r.subject) && valid_utf8(r.text) && valid_utf8(r.html));
    CHECK(!strpbrk(r.subject, "\r\n"));
    CHECK(strlen(r.subject) < 1000 && r.size < 200 * 1024);
    CHECK(!strcasestr(r.html, "<script") && !strstr(r.html, "\"x\"y") && !strstr(r.html, "\"javascript:"));
    CHECK(!strstr(r.html, "\xEE\x80") && !strstr(r.text, "\xEE\x80") && !strstr(r.subject, "\xEE\x80"));
    for (const char *c = r.text; *c; c++)
        CHECK(*c == '\n' || (unsigned char)*c >= 0x20);
    CHECK(!strstr(r.text, "\xE2\x80\xAE") && !strstr(r.html, "\xE2\x80\xAE") && !strstr(r.subject, "\xE2\x80\xAE"));
    GMimeMessage *m = parse(&r);
    CHECK_TEXT(header_names(f, m), expected_headers);
    CHECK_INT(internet_address_list_length(g_mime_message_get_to(m)), 1);
    InternetAddress *to = internet_address_list_get_address(g_mime_message_get_to(m), 0);
    CHECK_TEXT(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(to)), "kari@nordlys.example");
    if (strcmp(f->brief.template, "alert") != 0)
        CHECK_TEXT(g_mime_message_get_subject(m), r.subject);
    const char *name = clean_line(&f->a, f->to.name, 80), *read = internet_address_get_name(to);
    CHECK_TEXT(read ? read : "", name ? name : "");
    char *text = part(m, 0, "plain");
    CHECK_TEXT(text, r.text);
    g_free(text);
    g_object_unref(m);
    arena_reset(&f->a);
}

TEST(hostile_values_change_nothing_but_their_own_words)
{
    char *names = megabyte('n'), *marks = megabyte('\xCC');
    const char *const hostile[] = {
        "a\r\nBcc: evil@example.com\r\n\r\nbody",
        "\r",
        "\n.\n",
        "\r\n.\r\n",
        "x\nFrom: y",
        "<script>alert(1)</script>",
        "\"x\"y='z'><b>",
        "javascript:alert(1)",
        "https://evil.example/\"><script>",
        "{{customer.name}}{{{x}}}{{#a}}",
        "%s%n%99999999d",
        "=HYPERLINK(\"http://x\")",
        "<!channel>",
        "\xE2\x80\xAE"
        "gnp.exe",
        "\xE2\x81\xA6x",
        "\xff\xfe\x80",
        "\xED\xA0\x80",
        "\xF4\x90\x80\x80",
        "=?UTF-8?B?QmNjOiB4?=",
        "evil@example.com, other@example.com",
        "a <evil@example.com>",
        "\x01\x02\x1b[31m\x7f",
        "{0}'{days}",
        "*_[]<>&`#1.",
        "](javascript:alert(1)) ![x](y)",
        "\xEE\x80\x80"
        "0\xEE\x80\x81\xEE\x80\xBC\xEE\x81\xBF",
        "    ```\n# x\n---",
        "",
        " ",
        "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA9",
        "日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語",
        "\xC2\x85\xE2\x80\xA8\xE2\x80\xA9",
        "\"",
        "\\",
        "(",
        "--=_0123456789abcdef--",
        names,
        marks,
    };
    static const char *const languages[] = { "en", "ru", "th" };
    struct fixture f;
    fixture_open(&f);
    f.offer.kind = OFFER_GIFT;
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        poison(&f, hostile[i]);
        for (int language = 0; language < 3; language++) {
            f.brief.language = languages[language];
            f.brief.template = "lapse";
            f.brief.rule = &f.lapse;
            check_harmless(&f, FIRST_HEADERS);
            f.brief.template = "review";
            f.brief.rule = &f.review;
            check_harmless(&f, FIRST_HEADERS);
            f.brief.template = "visit";
            check_harmless(&f, FIRST_HEADERS);
            f.brief.template = "alert";
            check_harmless(&f, FIRST_HEADERS);
        }
    }
    free(names);
    free(marks);
    fixture_close(&f);
}

TEST(a_subject_is_read_back_whatever_letters_it_mixes)
{
    static const char *const letters[] = { "a", "é", "ค", "😀", " ", "A.B" };
    enum { LETTERS = sizeof letters / sizeof letters[0] };
    struct fixture f;
    fixture_open(&f);
    f.brief.language = "th";
    for (int i = 0; i < LETTERS * LETTERS * LETTERS; i++) {
        const char *head = letters[i % LETTERS], *then = letters[i / LETTERS % LETTERS],
                   *rest = letters[i / LETTERS / LETTERS];
        struct buf name = { 0 };
        buf_print(&name, "%s%s", head, then);
        for (int n = 0; n < 40; n++)
            buf_add(&name, rest);
        f.to.name = f.facts.customer.name = name.text;
        check_harmless(&f, FIRST_HEADERS);
        buf_done(&name);
    }
    fixture_close(&f);
}

TEST(a_very_long_name_is_cut_at_a_character)
{
    struct fixture f;
    struct buf name = { 0 };
    fixture_open(&f);
    for (int i = 0; i < 300 * 1000; i++)
        buf_add(&name, "Ж");
    f.to.name = f.facts.customer.name = name.text;
    struct rendered r = compose(&f);
    check_bytes(&r);
    CHECK(strlen(r.subject) < 400);
    CHECK_CONTAINS(r.subject, "ЖЖ…: 81 days");
    GMimeMessage *m = parse(&r);
    CHECK_TEXT(g_mime_message_get_subject(m), r.subject);
    const char *to = internet_address_get_name(internet_address_list_get_address(g_mime_message_get_to(m), 0));
    CHECK_INT(strlen(to), 80 * 2 + 3);
    g_object_unref(m);
    buf_done(&name);
    fixture_close(&f);
}

/* The error for a brief changed in one place. */
static const char *refused(struct fixture *f, const char **place, const char *value)
{
    static struct err e;
    const char *old = *place;
    struct rendered r;
    *place = value;
    CHECK(!compose_mail(f->composer, &f->brief, &f->a, &r, &e));
    *place = old;
    return e.text;
}

TEST(an_address_that_cannot_be_a_header_is_refused)
{
    struct fixture f;
    fixture_open(&f);
    static const char *const bad[] = { "",
                                       "kari",
                                       "@x.example",
                                       "kari@",
                                       "a@x\r\nRCPT TO:<b@y>",
                                       "a b@x.example",
                                       "a<b@x.example",
                                       "a>@x.example",
                                       "a@x.example, b@y.example",
                                       "\"a\"@x.example",
                                       "a\x7f@x.example",
                                       "(c)a@x.example" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK_CONTAINS(refused(&f, &f.brief.address, bad[i]), "write the mail n12.3f9c@nordlys.example: recipient: ");

    CHECK_CONTAINS(refused(&f, &f.brief.address, "k\xe5ri@nordlys.example"), "not a letter of UTF-8");
    CHECK_CONTAINS(refused(&f, &f.brief.address, "k\u202eri@nordlys.example"), "not a letter of UTF-8");
    CHECK_CONTAINS(refused(&f, &f.brief.address, "a@x\ny.example"), "must not contain the byte 0x0A");
    CHECK_CONTAINS(refused(&f, &f.brief.address, "a@\xff.example"), "not a letter of UTF-8");
    char *large = megabyte('a');
    memcpy(large, "a@", 2);
    CHECK_CONTAINS(refused(&f, &f.brief.address, large), "no mail address");
    free(large);
    CHECK_CONTAINS(refused(&f, &f.brief.from, "nobody"), "sender \"nobody\": ");
    CHECK_CONTAINS(refused(&f, &f.brief.from, "a@x.example, b@x.example"), "it must be one address");
    CHECK_CONTAINS(refused(&f, &f.brief.reply_to, "A <a@x.example>\r\nBcc: b@x.example, c@y.example"), "reply address");
    CHECK_CONTAINS(refused(&f, &f.brief.message_id, "x y@z"), "cannot be a Message-ID");
    CHECK_CONTAINS(refused(&f, &f.brief.message_id, "x@z>\r\nBcc: y"), "cannot be a Message-ID");
    CHECK_CONTAINS(refused(&f, &f.brief.thread_id, "nothing"), "cannot be a Message-ID");
    CHECK_CONTAINS(refused(&f, &f.brief.template, "digest"), "no letter \"digest\"");
    fixture_close(&f);
}

TEST(an_international_domain_is_written_as_the_name_service_knows_it)
{
    struct fixture f;
    fixture_open(&f);
    f.brief.address = "kari@blåbær.example";
    struct rendered r = compose(&f);
    check_bytes(&r);
    CHECK_CONTAINS(r.bytes, "<kari@xn--blbr-roah.example>");
    fixture_close(&f);
}
