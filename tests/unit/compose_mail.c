#include "compose/links.h"
#include "compose/values.h"
#include "compose_read.h"

TEST(a_mail_reads_back_as_it_was_meant)
{
    struct fixture f;
    fixture_open(&f);
    f.to.name = "Åse Ørsted";
    f.brief.reply_to = "Svar <svar@nordlys.example>";
    struct rendered r = compose(&f);
    check_bytes(&r);
    GMimeMessage *m = parse(&r);
    CHECK_TEXT(g_mime_message_get_subject(m), "Bergen Dental & Sons: 81 days without an order");
    CHECK_TEXT(r.subject, g_mime_message_get_subject(m));
    CHECK_TEXT(g_mime_message_get_message_id(m), "n12.3f9c@nordlys.example");
    CHECK_TEXT(header(m, "Auto-Submitted"), "auto-generated");
    CHECK_TEXT(header(m, "X-Auto-Response-Suppress"), "DR, RN, NRN, OOF, AutoReply");
    CHECK_TEXT(header(m, "Date"), "Sun, 22 Nov 2026 08:30:00 +0100");
    CHECK_CONTAINS(header(m, "Reply-To"), "svar@nordlys.example");
    CHECK(!header(m, "In-Reply-To"));
    InternetAddress *to = internet_address_list_get_address(g_mime_message_get_to(m), 0);
    CHECK_TEXT(internet_address_get_name(to), "Åse Ørsted");
    CHECK_TEXT(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(to)), "kari@nordlys.example");
    char *text = part(m, 0, "plain"), *html = part(m, 1, "html");
    CHECK_TEXT(text, r.text);
    CHECK_TEXT(html, r.html);
    g_free(text);
    g_free(html);
    g_object_unref(m);
    fixture_close(&f);
}

TEST(the_same_brief_gives_the_same_bytes)
{
    struct fixture f, g;
    fixture_open(&f);
    fixture_open(&g);
    struct rendered first = compose(&f), again = compose(&f), elsewhere = compose(&g);
    CHECK_INT(first.size, again.size);
    CHECK(memcmp(first.bytes, again.bytes, first.size) == 0);
    CHECK(first.size == elsewhere.size && memcmp(first.bytes, elsewhere.bytes, first.size) == 0);
    g.brief.message_id = "n13.3f9c@nordlys.example";
    elsewhere = compose(&g);
    const char *boundary = strstr(first.bytes, "boundary="), *other = strstr(elsewhere.bytes, "boundary=");
    CHECK(boundary && other && strncmp(boundary, other, 24) != 0);
    fixture_close(&f);
    fixture_close(&g);
}

TEST(repeats_thread_to_the_first_and_are_shorter)
{
    struct fixture f;
    fixture_open(&f);
    const char *const templates[] = { "lapse", "review" }, *const languages[] = { "en", "ru" };
    for (int t = 0; t < 2; t++) {
        if (t)
            fixture_review(&f);
        for (int l = 0; l < 2; l++) {
            f.brief.template = templates[t];
            f.brief.language = languages[l];
            f.brief.step = 0;
            f.brief.thread_id = NULL;
            struct rendered first = compose(&f);
            f.brief.step = 1;
            f.brief.thread_id = "n1.aa@nordlys.example";
            struct rendered repeat = compose(&f);
            CHECK(strlen(repeat.text) < strlen(first.text) * 2 / 3);
            CHECK(strncmp(repeat.subject, l ? "Напоминание: " : "Reminder: ", 10) == 0);
            CHECK_CONTAINS(repeat.text, f.facts.customer.phone);
            GMimeMessage *m = parse(&repeat);
            CHECK_TEXT(header(m, "In-Reply-To"), "<n1.aa@nordlys.example>");
            CHECK_TEXT(header(m, "References"), "<n1.aa@nordlys.example>");
            g_object_unref(m);
        }
    }
    fixture_close(&f);
}

TEST(a_mail_says_why_whom_what_until_when_and_how_to_answer)
{
    struct fixture f;
    fixture_open(&f);
    struct rendered r = compose(&f);
    const char *const parts[] = {
        "Hello Kari,",
        "Buys about every 32 days (9 orders; similar customers 38). Silent for\n81 days, 2.5 times the usual.",
        "Per Hansen",
        "+47 55 12 34 56",
        "https://crm.nordlys.example/clients/1042?tab=all&x=1",
        "this is Kari Nordmann from Nordlys Kontor AS",
        "We care",
        "May I ask why",
        "They need nothing now",
        "They buy elsewhere",
        "They are unhappy",
        "Nobody called",
        "What can we do for you?",
        "Deliveries before eight",
        "10% off the next order",
        "K7QM-3XRD-P, valid until Friday 4 December",
        "5 Jun 2026",
        "Copy paper, 10 boxes",
        "Usual time between orders: 32 days",
        "Log your call or the order in your system",
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        CHECK_CONTAINS(r.text, parts[i]);
    CHECK_CONTAINS(r.html, "href=\"tel:+4755123456\"");
    CHECK_CONTAINS(r.html, "tab=all&amp;x=1\"");
    fixture_review(&f);
    r = compose(&f);
    const char *const review[] = { "No account review for 190 days; one is due after 6 months.",
                                   "The last one was on 12 April 2026.",
                                   "How do they feel about us?",
                                   "What else do they need?",
                                   "What have others offered you?",
                                   "free service",
                                   "leave advice",
                                   "maintenance contracts" };
    for (size_t i = 0; i < sizeof review / sizeof review[0]; i++)
        CHECK_CONTAINS(r.text, review[i]);
    f.unreviewed.part = 1; /* there never was one */
    f.facts.n_contacts = 0;
    r = compose(&f);
    CHECK_CONTAINS(r.text,
                   "No account review is on record since 12 April 2026 (190 days); one is\ndue after 6 months.");
    CHECK(!strstr(r.text, "The last one"));
    fixture_close(&f);
}

TEST(the_reason_in_the_mail_is_the_reason_that_explain_gives)
{
    struct fixture f;
    fixture_open(&f);
    const char *languages[] = { "en", "nb", "ru", "th", "xx" };
    for (int i = 0; i < 5; i++) {
        f.brief.language = languages[i];
        struct rendered r = compose(&f);
        CHECK_CONTAINS(r.html, compose_reason(f.composer, languages[i], &f.lapse, &f.silent, &f.options, &f.a));
    }
    fixture_close(&f);
}

TEST(html_loads_nothing_from_outside)
{
    static const char *const forbidden[] = { "<img", "<script", "<link",   "<iframe",
                                             "src=", "url(",    "@import", "background=\"http" };
    struct fixture f;
    fixture_open(&f);
    struct rendered lapse = compose(&f);
    fixture_review(&f);
    struct rendered review = compose(&f);
    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++) {
        CHECK(!strcasestr(lapse.html, forbidden[i]));
        CHECK(!strcasestr(review.html, forbidden[i]));
    }
    CHECK_CONTAINS(lapse.html, "name=\"color-scheme\"");
    CHECK_CONTAINS(lapse.html, "prefers-color-scheme: dark");
    fixture_close(&f);
}

/* compose_digest.c sees to these. */
static bool of_digest(const char *name)
{
    static const char *const heads[] = { "digest", "count", "left_out", "lines", "people" };
    bool found = false;
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        size_t size = strlen(heads[i]);
        found = found || (strncmp(name, heads[i], size) == 0 && (!name[size] || name[size] == '.'));
    }
    return found;
}

TEST(every_variable_in_the_table_is_answered)
{
    struct fixture f;
    fixture_open(&f);
    f.brief.covering = f.brief.told_before = "Ola Berg";
    f.brief.told_day = 20000;
    fixture_meeting(&f);
    f.brief.step = 2;
    f.brief.alert = "One\nTwo";
    struct rule reviews = f.review;
    reviews.title = "Account reviews";
    struct also also = { &reviews, &f.unreviewed, 1, true };
    f.brief.also = &also;
    f.brief.n_also = 1;
    /* No one message has them all. */
    struct rule anniversary = { .id = "x", .title = "x", .kind = RULE_OCCASION, .on = "first order" };
    struct problem problem = { .opened = 20000, .closed_at = INSTANT_NONE, .summary = "Late" };
    struct defence all = f.silent;
    all.part = all.parts = 3;
    all.anchor = 20000;
    f.facts.problems = &problem;
    f.facts.n_problems = 1;
    f.brief.rule = &anniversary;
    f.brief.similar = (const char *[]){ "Quick answers" };
    f.brief.n_similar = 1;
    f.brief.defence = &all;
    struct complaints c = { 0 };
    struct shelf shelf = { .own = "conf/languages", .a = &f.a, .c = &c };
    struct layout *layout = layout_open(&shelf);
    struct language *english = language_open(&shelf, "en", layout, NULL);
    CHECK_INT(c.n, 0);
    size_t n;
    struct view v = values_of(&f.brief, english, english, &f.a);
    values_set(&v, "subject", "x");
    values_set(&v, "letter", "y");
    const struct variable *rows = compose_variables(&n);
    for (size_t i = 0; i < n; i++) {
        char name[64];
        if (of_digest(rows[i].name))
            continue;
        snprintf(name, sizeof name, "%s", rows[i].name);
        char *dot = strchr(name, '.');
        if (dot)
            *dot = '\0';
        struct value value = v.look(v.context, NULL, name);
        if (dot && value.kind == VALUE_LIST)
            value = v.item(v.context, value.node, 0);
        if (dot)
            value = v.look(v.context, value.node, dot + 1);
        if (strcmp(rows[i].name, "also.proposal") == 0) { /* then the leading one has none */
            f.brief.meeting_also = &also;
            struct view other = values_of(&f.brief, english, english, &f.a);
            value = other.look(other.context, NULL, name);
            value = other.look(other.context, other.item(other.context, value.node, 0).node, dot + 1);
            CHECK_INT(other.look(other.context, NULL, "meeting").kind, VALUE_MISSING);
            f.brief.meeting_also = NULL;
        }
        if (strcmp(rows[i].name, "silence") == 0) { /* a day of the year has no bar */
            f.brief.rule = &f.review;
            v = values_of(&f.brief, english, english, &f.a);
            values_set(&v, "subject", "x");
            values_set(&v, "letter", "y");
            value = v.look(v.context, NULL, name);
        }
        if (value.kind != rows[i].kind && strcmp(rows[i].name, "meeting") != 0)
            test_fail(__FILE__, __LINE__, "{{%s}} is not what the table says", rows[i].name);
    }
    CHECK_TEXT(v.look(v.context, NULL, "meeting").text, "Tuesday 1 December, 10:00–11:00");
    struct value extra = v.look(v.context, NULL, "x_floor");
    CHECK_TEXT(extra.text, "3rd floor");
    language_close(english);
    layout_close(layout);
    fixture_close(&f);
}

TEST(what_similar_customers_value_stands_where_nothing_else_is_known)
{
    static const char *const similar[] = { "One invoice a month", "*<b>Prompt</b>*\nanswers", " \n" };
    struct fixture f;
    fixture_open(&f);
    f.brief.similar = similar;
    f.brief.n_similar = 3;
    CHECK(!strstr(compose(&f).text, "SIMILAR"));
    f.facts.customer.values = NULL;
    CHECK_CONTAINS(compose(&f).text,
                   "WHAT SIMILAR CUSTOMERS VALUE\n\n  - One invoice a month\n  - *<b>Prompt</b>* answers\n\n");

    f.brief.similar = &similar[2]; /* nothing to say is no heading */
    f.brief.n_similar = 1;
    CHECK(!strstr(compose(&f).text, "SIMILAR"));
    f.facts.customer.values = " One  invoice a month ";
    f.brief.similar = similar;
    struct complaints c = { 0 };
    struct shelf shelf = { .own = "conf/languages", .a = &f.a, .c = &c };
    struct layout *layout = layout_open(&shelf);
    struct language *english = language_open(&shelf, "en", layout, NULL);
    struct view v = values_of(&f.brief, english, english, &f.a);
    CHECK_INT(v.look(v.context, NULL, "similar").kind, VALUE_MISSING); /* its own words are no news */
    language_close(english);
    layout_close(layout);
    fixture_close(&f);
}

/* But for the line that a signature is known by. */
static bool has_trailing_blank(const char *text)
{
    const char *at = text;
    while ((at = strstr(at, " \n")) && at - text >= 3 && strncmp(at - 3, "\n-- ", 4) == 0)
        at++;
    return at != NULL;
}

TEST(a_signature_is_known_by_its_blank)
{
    struct fixture f;
    fixture_open(&f);
    struct rendered r = compose(&f);
    CHECK_CONTAINS(r.text, "\n\n-- \nNordlys Kontor AS, 22 November 2026\n");
    CHECK_CONTAINS(r.bytes, "\r\n--=20\r\n"); /* quoted-printable: no relay can take the blank away */
    f.brief.language = "th";
    GMimeMessage *m = (r = compose(&f), parse(&r));
    char *text = part(m, 0, "plain");
    CHECK_CONTAINS(text, "\n\n-- \n");
    g_free(text);
    g_object_unref(m);
    fixture_close(&f);
}

TEST(text_keeps_to_72_columns_in_every_language)
{
    static const char *const languages[] = { "en", "nb", "ru", "th" }, *const templates[] = { "lapse", "review",
                                                                                              "visit", "alert",
                                                                                              "test" };
    struct fixture f;
    fixture_open(&f);
    f.brief.alert =
        "A report with a line that is certainly longer than seventy-two columns and must be broken somewhere.\nTwo";
    for (int l = 0; l < 4; l++)
        for (int t = 0; t < 5; t++)
            for (int step = 0; step < 2; step++) {
                f.brief.language = languages[l];
                f.brief.template = templates[t];
                f.brief.step = step;
                struct rendered r = compose(&f);
                check_bytes(&r);
                check_columns(r.text);
                CHECK(!strstr(r.text, "\n\n\n") && r.text[0] != '\n' && !has_trailing_blank(r.text));
                CHECK(!strstr(r.text, "{{") && !strstr(r.html, "{{"));
            }
    fixture_close(&f);
}

TEST(a_brief_without_facts_gives_a_test_and_an_alert)
{
    struct fixture f;
    fixture_open(&f);
    f.brief = (struct brief){ .template = "alert",
                              .options = &f.options,
                              .now = f.brief.now,
                              .from = f.brief.from,
                              .zone = f.zone,
                              .address = "it@nordlys.example",
                              .message_id = "a1@nordlys.example",
                              .subject_prefix = "[test] ",
                              .alert = "Nothing left for an hour\n\nThe server is away." };
    struct rendered r = compose(&f);
    CHECK_TEXT(r.subject, "[test] followupd: Nothing left for an hour");
    CHECK_CONTAINS(r.text, "Nothing left for an hour\n\nThe server is away.\n");
    CHECK_CONTAINS(r.html, "<p>The server is away.</p>");
    f.brief.template = "test";
    CHECK_CONTAINS(compose(&f).text, "Hello,\n");
    fixture_close(&f);
}

TEST(links_are_made_of_what_is_safe_to_click)
{
    struct arena a = { 0 };
    CHECK_TEXT(phone_link(&a, "+47 (55) 12-34.56"), "+4755123456");
    CHECK_TEXT(phone_link(&a, "8 495 123 45 67 доб. 12"), "84951234567");
    CHECK(!phone_link(&a, "call Per") && !phone_link(&a, "") && !phone_link(&a, NULL));
    CHECK_TEXT(email_link(&a, "per.hansen+a@x-y.example"), "per.hansen+a@x-y.example");
    CHECK(!email_link(&a, "a@b?bcc=c@d") && !email_link(&a, "a@b@c") && !email_link(&a, "@b") && !email_link(&a, NULL));
    CHECK_TEXT(web_link(&a, "https://crm/x?a=1&b=2"), "https://crm/x?a=1&b=2");
    CHECK(!web_link(&a, "javascript:alert(1)") && !web_link(&a, "https://x/\"onclick") && !web_link(&a, "http://x y") &&
          !web_link(&a, NULL));
    arena_done(&a);
}

TEST(a_person_is_greeted_by_first_name_where_the_name_shows_it)
{
    struct arena a = { 0 };
    CHECK_TEXT(first_name(&a, "Kari Nordmann"), "Kari");
    CHECK_TEXT(first_name(&a, "Иванова Мария Петровна"), "Мария");
    CHECK_TEXT(first_name(&a, "Мария Иванова"), "Мария");
    CHECK_TEXT(first_name(&a, "Nordmann, Kari"), "Nordmann, Kari");
    CHECK_TEXT(first_name(&a, "Dr. No"), "Dr. No");
    CHECK_TEXT(first_name(&a, "K Nordmann"), "K Nordmann");
    CHECK_TEXT(first_name(&a, "Я Иванов"), "Я Иванов");
    CHECK_TEXT(first_name(&a, "สมชาย"), "สมชาย");
    CHECK_TEXT(first_name(&a, "Cher"), "Cher");
    CHECK_TEXT(first_name(&a, ""), "");
    arena_done(&a);
}
