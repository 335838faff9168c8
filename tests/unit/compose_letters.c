#include "compose/markdown.h"
#include "compose/shelf.h"
#include "compose_read.h"

/* The two forms of a letter in a language of its own: English with one letter, `body`, for tests. */
struct own {
    struct fixture f;
    const char *folder;
    struct rendered out;
};

static void write_file(const char *folder, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    CHECK(f && fputs(text, f) >= 0 && fclose(f) == 0);
}

static void own_open(struct own *o)
{
    char command[256];
    fixture_open(&o->f);
    o->folder = test_folder();
    snprintf(command, sizeof command, "mkdir '%s/en' '%s/layout'", o->folder, o->folder);
    CHECK(system(command) == 0);
    write_file(o->folder, "layout/page.txt", "{{{letter}}}");
    write_file(o->folder, "layout/page.html", "{{{letter}}}");
}

static void own_render(struct own *o, const char *body)
{
    struct complaints c = { 0 };
    struct err e = { "" };
    composer_close(o->f.composer);
    o->f.composer = NULL;
    write_file(o->folder, "en/test.md", arena_print(&o->f.a, "Subject: x\n\n%s", body));
    bool ok = composer_open(&o->f.composer, o->folder, "conf/languages", &c);
    CHECK_TEXT(c.n ? c.rows[0].text : "", "");
    CHECK(ok);
    o->f.brief.template = "test";
    CHECK_OK(compose_mail(o->f.composer, &o->f.brief, &o->f.a, &o->out, &e), &e);
}

static const char *text_of(struct own *o, const char *body)
{
    own_render(o, body);
    return o->out.text;
}

static const char *html_of(struct own *o, const char *body)
{
    own_render(o, body);
    return o->out.html;
}

TEST(every_block_has_its_text_and_its_html)
{
    struct own o;
    own_open(&o);
    CHECK_TEXT(text_of(&o, "# Title\n## Section one\nA *b* **c**.\n"), "Title\n\nSECTION ONE\n\nA b c.\n");
    CHECK_TEXT(o.out.html, "<h1>Title</h1>\n<h2>Section one</h2>\n<p>A <em>b</em> <strong>c</strong>.</p>\n");
    CHECK_TEXT(text_of(&o, "1. one\n2. two:\n   - a\n   - b\n3. three\n"),
               "  1. one\n  2. two:\n     - a\n     - b\n  3. three\n");
    CHECK_TEXT(o.out.html,
               "<ol>\n<li>one</li>\n<li>two:\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n</li>\n<li>three</li>\n</ol>\n");
    CHECK_TEXT(text_of(&o, "- one\n\n  more\n\n- two\n"), "  - one\n\n    more\n\n  - two\n");
    CHECK_TEXT(o.out.html, "<ul>\n<li><p>one</p>\n<p>more</p>\n</li>\n<li><p>two</p>\n</li>\n</ul>\n");
    CHECK_TEXT(text_of(&o, "> said\n> so\n>\n> twice\n\n---\n\n9. nine\n10. ten\n"),
               "> said so\n>\n> twice\n\n------------------------\n\n  9. nine\n  10. ten\n");
    CHECK_CONTAINS(o.out.html, "<blockquote>\n<p>said\nso</p>\n<p>twice</p>\n</blockquote>\n<hr>\n<ol start=\"9\">\n");
    CHECK_TEXT(text_of(&o, "a\\\nb\nc &amp; \\<d\\>\n"), "a\nb c & <d>\n");
    CHECK_TEXT(o.out.html, "<p>a<br>\nb\nc &amp; &lt;d&gt;</p>\n");
    fixture_close(&o.f);
}

TEST(long_lines_are_broken_under_their_first_word)
{
    struct own o;
    own_open(&o);
#define LONG "seven words that are said so often " /* 35 columns */
    CHECK_TEXT(text_of(&o, "1. " LONG LONG LONG "\n   - " LONG LONG LONG "\n\n> " LONG LONG LONG "\n"),
               "  1. seven words that are said so often seven words that are said so\n"
               "     often seven words that are said so often\n"
               "     - seven words that are said so often seven words that are said so\n"
               "       often seven words that are said so often\n"
               "\n"
               "> seven words that are said so often seven words that are said so often\n"
               "> seven words that are said so often\n");
    fixture_close(&o.f);
}

TEST(sections_are_in_the_capitals_of_their_language)
{
    struct own o;
    own_open(&o);
    o.f.facts.customer.name = "Großhandel Æøå Ćwirek";
    CHECK_CONTAINS(text_of(&o, "## {{customer.name}} приветик\n"), "GROSSHANDEL ÆØÅ ĆWIREK ПРИВЕТИК");
    CHECK_CONTAINS(o.out.html, "<h2>Großhandel Æøå Ćwirek приветик</h2>");
    fixture_close(&o.f);
}

TEST(a_section_in_letters_without_capitals_is_underlined)
{
    struct own o;
    own_open(&o);
    CHECK_TEXT(text_of(&o, "## โทรหาใคร\n\n- x\n\n  ## ที่ไหน\n"), "โทรหาใคร\n--------\n\n  - x\n\n    ที่ไหน\n    ----\n");
    CHECK_TEXT(text_of(&o, "# โทรหาใคร\n\nx\n"), "โทรหาใคร\n\nx\n");
    struct buf name = { 0 };
    for (int i = 0; i < 12; i++)
        buf_add(&name, "日本語日本語");
    CHECK_CONTAINS(text_of(&o, arena_print(&o.f.a, "## %s\n", name.text)),
                   "\n------------------------------------------------------------------------\n");
    buf_done(&name);
    fixture_close(&o.f);
}

TEST(a_link_is_followed_only_where_that_is_safe)
{
    struct own o;
    own_open(&o);
    CHECK_TEXT(
        text_of(&o, "[Open it]({{customer.link}}), <https://x.example/a?b=1&c>, [k@x.example](mailto:k@x.example)\n"),
        "Open it (https://crm.nordlys.example/clients/1042?tab=all&x=1),\n"
        "https://x.example/a?b=1&c, k@x.example\n");
    CHECK_CONTAINS(o.out.html, "<a href=\"https://crm.nordlys.example/clients/1042?tab=all&amp;x=1\">Open it</a>");
    CHECK_CONTAINS(o.out.html, "<a href=\"mailto:k@x.example\">k@x.example</a>");
    static const char *const evil[] = {
        "javascript:alert(1)", "data:text/html,x", "//x.example", "x y", "a) [b](javascript:alert(1)", "HTTPS", ""
    };
    for (size_t i = 0; i < sizeof evil / sizeof evil[0]; i++) {
        o.f.facts.customer.notes = evil[i];
        CHECK(!strstr(html_of(&o, "[Open]({{customer.notes}})\n"), "<a "));
    }
    o.f.facts.customer.notes = "https://x.example/\"onclick='y'><b>ж";
    CHECK_CONTAINS(html_of(&o, "[Open]({{customer.notes}})\n"),
                   "<a href=\"https://x.example/%22onclick=%27y%27%3E%3Cb%3E%D0%B6\">Open</a>");
    fixture_close(&o.f);
}

TEST(a_piece_may_stand_anywhere_on_a_line_of_its_own)
{
    struct own o;
    own_open(&o);
    write_file(o.folder, "layout/purchases.txt", "{{#customer}}\n  {{name}}\n  {{contact}}\n{{/customer}}\n");
    write_file(o.folder, "layout/purchases.html", "<table>{{customer.name}}</table>\n");
    CHECK_TEXT(text_of(&o, "a\n{{> purchases}}\nb\n\n1. x\n\n   {{> purchases}}\n"),
               "a\n\n  Bergen Dental & Sons\n  Per Hansen\n\nb\n\n  1. x\n\n       Bergen Dental & Sons\n"
               "       Per Hansen\n");
    CHECK_TEXT(o.out.html, "<p>a</p>\n<table>Bergen Dental &amp; Sons</table>\n<p>b</p>\n<ol>\n<li><p>x</p>\n"
                           "<table>Bergen Dental &amp; Sons</table>\n</li>\n</ol>\n");
    write_file(o.folder, "layout/purchases.txt", "{{#offer}}x{{/offer}}");
    o.f.brief.offer = NULL;
    CHECK_TEXT(text_of(&o, "a\n\n{{> purchases}}\n\nb\n"), "a\n\nb\n");
    fixture_close(&o.f);
}

TEST(what_is_said_to_a_customer_is_in_their_language_where_we_speak_it)
{
    struct own o;
    own_open(&o);
    o.f.facts.customer.language = "nb-NO";
    const char *body = "{{say.lapse-offer}}\n\n{{offer.what}}\n";
    own_render(&o, body);
    CHECK_CONTAINS(o.out.text, "«");
    CHECK_CONTAINS(o.out.text, "fredag\n4. desember");
    CHECK_CONTAINS(o.out.text, "10% off the next order");
    CHECK_CONTAINS(o.out.html, "fredag 4. desember");
    o.f.facts.customer.language = "fi";
    CHECK_CONTAINS(text_of(&o, body), "“I would like to make it easy");
    o.f.facts.customer.language = NULL;
    o.f.brief.language = "ru";
    o.f.brief.template = "lapse";
    struct err e;
    CHECK_OK(compose_mail(o.f.composer, &o.f.brief, &o.f.a, &o.out, &e), &e);
    CHECK_CONTAINS(o.out.text, "«Здравствуйте, Per Hansen!");
    fixture_close(&o.f);
}

TEST(the_bar_is_drawn_from_the_numbers_that_decided)
{
    struct own o;
    own_open(&o);
    const char *body =
        "{{#silence}}{{usual_percent}} {{over_percent}} {{silence.usual}} {{silence.silent}}{{/silence}}";
    CHECK_TEXT(text_of(&o, body), "40 60 32 days 81 days\n");
    o.f.silent.typical = 1;
    CHECK_TEXT(text_of(&o, body), "3 97 1 day 81 days\n");
    o.f.silent.typical = 80.4;
    CHECK_TEXT(text_of(&o, body), "97 3 80 days 81 days\n");
    o.f.silent.typical = 81;
    CHECK_TEXT(text_of(&o, body), "100  81 days 81 days\n");
    o.f.silent.times_usual = 0;
    CHECK_TEXT(text_of(&o, body), "97 3 80 days 81 days\n");
    o.f.silent.days = 0;
    CHECK_TEXT(text_of(&o, body), "");
    fixture_review(&o.f);
    o.f.unreviewed.days = 366;
    CHECK_TEXT(text_of(&o, body), "50 50 6 months 366 days\n");
    fixture_close(&o.f);
}

/* Where a value stands, as a reader of the text sees it: without the line breaks that are ours. */
static const char *joined(struct arena *a, const char *text)
{
    char *out = arena_copy(a, text), *to = out;
    for (const char *from = text; *from;) {
        *to++ = *from == '\n' ? ' ' : *from;
        if (*from++ == '\n')
            from += strspn(from, " ");
    }
    *to = '\0';
    return out;
}

static const char *html_escaped(struct arena *a, const char *text)
{
    struct buf b = { 0 };
    escape_add(&b, text, ESCAPE_HTML);
    const char *out = arena_copy(a, buf_text(&b));
    buf_done(&b);
    return out;
}

/* Every place of Markdown in which a value may stand, `v`; @ is where it comes out. */
static const char *const places[] = {
    "{{v}}\n",
    "   {{v}}\n",
    "a {{v}} b\n",
    "a\n{{v}}\nb\n",
    "# {{v}}\n",
    "- {{v}}\n",
    "1. a\n   {{v}}\n",
    "> {{v}}\n",
    "**{{v}}**\n",
    "*{{v}}*ไทย\n",
    "ไทย**{{v}}**ไทย\n",
    "{{v}}{{v}}\n",
    "[{{v}}](https://x.example)\n",
    "{{v}}. x\n",
    "{{v}}) x\n",
    "{{v}}\n===\n",
    "\\{{v}}\n",
    "&{{v}};\n",
};

/* The tags of an HTML text, one after the other. */
static const char *tags_of(struct arena *a, const char *html)
{
    struct buf tags = { 0 };
    for (const char *c = html; *c; c++)
        if (*c == '<' || (tags.size && tags.text[tags.size - 1] != '>'))
            buf_add_char(&tags, *c);
    const char *out = arena_copy(a, buf_text(&tags));
    buf_done(&tags);
    return out;
}

/* Open a letter that has a note in this place. */
static void own_place(struct own *o, const char *place)
{
    struct buf body = { 0 };
    for (const char *value; (value = strstr(place, "{{v}}")); place = value + strlen("{{v}}"))
        buf_print(&body, "%.*s{{customer.notes}}", (int)(value - place), place);
    buf_add(&body, place);
    own_render(o, body.text);
    buf_done(&body);
}

static void check_value(struct own *o, const char *place, const char *value)
{
    struct arena *a = &o->f.a;
    struct err e;
    struct rendered harmless;
    o->f.facts.customer.notes = "x";
    CHECK_OK(compose_mail(o->f.composer, &o->f.brief, a, &harmless, &e), &e);
    o->f.facts.customer.notes = value;
    CHECK_OK(compose_mail(o->f.composer, &o->f.brief, a, &o->out, &e), &e);
    const char *clean = clean_line(a, value, 600);
    if (!strstr(joined(a, o->out.text), clean))
        test_fail(__FILE__, __LINE__, "in \"%s\" the value \"%s\" became \"%s\"", place, clean, o->out.text);
    if (!strstr(o->out.html, html_escaped(a, clean)))
        test_fail(__FILE__, __LINE__, "in \"%s\" the value \"%s\" became \"%s\"", place, clean, o->out.html);
    CHECK_TEXT(tags_of(a, o->out.html), tags_of(a, harmless.html));
    check_bytes(&o->out);
}

TEST(a_value_is_shown_as_it_is_wherever_it_stands_and_never_markup)
{
    static const char *const values[] = {
        "*_[]<>&`#1.",
        "1. one",
        "- one",
        "# one",
        "> one",
        "```",
        "](javascript:alert(1))",
        "<b>x</b>",
        "<script>alert(1)</script>",
        "&amp;",
        "a*b*c_d",
        "__x__",
        "ends in (this)",
        "«кавычки»",
        "\"quoted\"",
        "https://x.example/<a>",
        "===",
        "---",
        "\\",
        "![x](y)",
        "<!-- x -->",
        "x\xC2\xA0"
        "y",
        "\xE2\x80\x9Ctext\xE2\x80\x9D",
        "    four spaces",
        "two\n\nlines\r\n# and a title",
        "\xEE\x80\x80"
        "0\xEE\x80\x81",
        "\xEE\x80\xAA\xEE\x80\xAA"
        "x\xEE\x81\xBF",
        "in\xff\xC3valid",
        "{{customer.name}}{{{letter}}}",
    };
    struct own o;
    own_open(&o);
    for (size_t p = 0; p < sizeof places / sizeof places[0]; p++) {
        own_place(&o, places[p]);
        for (size_t v = 0; v < sizeof values / sizeof values[0]; v++) {
            check_value(&o, places[p], values[v]);
            arena_reset(&o.f.a);
        }
    }
    fixture_close(&o.f);
}

TEST(a_hostile_value_in_a_line_that_is_said_is_escaped_once)
{
    static const char *const values[] = { "*Per* <b>_x_</b> & \\ `y` [z](javascript:1)", "1. Per\n\n# x" };
    struct own o;
    own_open(&o);
    own_render(&o, "- {{say.hello}}\n");
    for (size_t i = 0; i < 2; i++) {
        struct err e;
        o.f.facts.customer.contact_name = values[i];
        CHECK_OK(compose_mail(o.f.composer, &o.f.brief, &o.f.a, &o.out, &e), &e);
        const char *said = arena_print(&o.f.a, "“Hello %s, this is Kari Nordmann from Nordlys Kontor AS.”",
                                       clean_line(&o.f.a, values[i], 80));
        CHECK_TEXT(joined(&o.f.a, o.out.text), arena_print(&o.f.a, "  - %s ", said));
        CHECK_TEXT(o.out.html, arena_print(&o.f.a, "<ul>\n<li>%s</li>\n</ul>\n", html_escaped(&o.f.a, said)));
    }
    fixture_close(&o.f);
}

/* Deep inside each other, and long: it ends, and soon. */
TEST(a_letter_cannot_exhaust_the_stack)
{
    static const char *const nests[] = { ">", "- ", "*a **", "[", "1. " };
    struct own o;
    own_open(&o);
    for (size_t i = 0; i < sizeof nests / sizeof nests[0]; i++) {
        struct buf body = { 0 };
        for (int n = 0; n < 3000; n++)
            buf_add(&body, nests[i]);
        buf_add(&body, "x\n");
        own_render(&o, body.text);
        CHECK(strlen(o.out.html) < 200 * 1024);
        buf_done(&body);
    }
    fixture_close(&o.f);
}

TEST(a_letter_of_ones_own_that_does_not_know_it_says_what_else_is_due_all_the_same)
{
    struct own o;
    own_open(&o);
    struct also also = { &o.f.review, &o.f.unreviewed, 0, false };
    o.f.brief.also = &also;
    o.f.brief.n_also = 1;
    CHECK_CONTAINS(text_of(&o, "Call them.\n"), "No account review for 190 days");
    CHECK_TEXT(text_of(&o, "{{#also}}\n- {{reason}}\n{{/also}}\n"),
               "  - No account review for 190 days; one is due after 6 months.\n");
    o.f.brief.n_also = 0;
    CHECK_TEXT(text_of(&o, "Call them.\n"), "Call them.\n");
    fixture_close(&o.f);
}
