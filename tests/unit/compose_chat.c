#include "compose/chat.h"
#include "compose_brief.h"

static struct chat read_chat(const char *letter, struct arena *a)
{
    struct chat c;
    struct err e = { "" };
    const char *kept = chat_keep("en", "(Shortened.)", letter, a);
    CHECK_OK(chat_read(kept, strlen(kept), a, &c, &e), &e);
    return c;
}

static const char *as(const struct chat_markup *m, const char *letter, struct arena *a)
{
    struct chat c = read_chat(letter, a);
    return chat_write(&c, m, SIZE_MAX, CHAT_BYTES, a);
}

static const char letter[] =
    "Hello Kari,\n\n# Call Bo\n\nSilent for **81 days**.\n\n## Nothing here\n\n## What to say\n\n"
    "1. Hello\n2. May I ask why? Then listen:\n   - they need nothing\n3. Bye\n\n- a\n- b\n";

TEST(a_chat_begins_with_the_title_and_leaves_out_advice_and_empty_sections)
{
    struct arena a = { 0 };
    CHECK_TEXT(as(&chat_plain, letter, &a),
               "Call Bo\n\nSilent for 81 days.\n\nWhat to say\n1. Hello\n2. May I ask why? Then listen.\n3. Bye\n"
               "\xe2\x80\xa2 a\n\xe2\x80\xa2 b");
    CHECK_TEXT(as(&chat_html, "# T\n\nx **y** [z](https://a.example/?b=1&c=2)", &a),
               "<b>T</b>\n\nx <b>y</b> <a href=\"https://a.example/?b=1&amp;c=2\">z</a>");
    CHECK_TEXT(as(&chat_markdown, "# T\n\nx **y** [z](https://a.example/?b=1&c=2)", &a),
               "**T**\n\nx **y** [z](<https://a.example/?b=1&c=2>)");
    CHECK_TEXT(
        as(&chat_plain, "[z](https://a.example/) [https://b.example/](https://b.example/) [x](javascript:1)", &a),
        "z (https://a.example/) https://b.example/ x");
    arena_done(&a);
}

TEST(a_letter_without_words_is_no_message)
{
    struct arena a = { 0 };
    struct chat c;
    struct err e;
    CHECK(!chat_read("", 0, &a, &c, &e));
    CHECK(!chat_read("en\nx\n", 5, &a, &c, &e));
    CHECK(!chat_read("en\nx\n## only a section\n", 23, &a, &c, &e));
    arena_done(&a);
}

TEST(lengths_are_counted_as_each_chat_counts_them)
{
    CHECK_INT(chat_length("a\xc3\xb8\xe0\xb8\x81\xf0\x9f\x98\x80", CHAT_BYTES), 10);
    CHECK_INT(chat_length("a\xc3\xb8\xe0\xb8\x81\xf0\x9f\x98\x80", CHAT_CHARACTERS), 4);
    CHECK_INT(chat_length("a\xc3\xb8\xe0\xb8\x81\xf0\x9f\x98\x80", CHAT_UTF16), 5);
}

TEST(what_is_too_long_ends_with_a_sentence_or_word_and_says_so)
{
    struct arena a = { 0 };
    struct chat c = read_chat("# Title\n\nOne sentence. Another one here. And a third that nobody reads", &a);
    CHECK_TEXT(chat_write(&c, &chat_plain, 56, CHAT_CHARACTERS, &a),
               "Title\n\nOne sentence. Another one here.\n\n(Shortened.)");
    CHECK_TEXT(chat_write(&c, &chat_plain, 30, CHAT_CHARACTERS, &a), "Title\n\nOne\xe2\x80\xa6\n\n(Shortened.)");
    c = read_chat("# Title\n\nOne sentence that goes on and on without any end at all", &a);
    CHECK_TEXT(chat_write(&c, &chat_plain, 47, CHAT_CHARACTERS, &a),
               "Title\n\nOne sentence that goes on\xe2\x80\xa6\n\n(Shortened.)");
    arena_done(&a);
}

TEST(thai_is_cut_between_words)
{
    struct arena a = { 0 };
    /* "hello" and "friends of all of us", written without spaces */
    struct chat c = read_chat("\xe0\xb8\xaa\xe0\xb8\xa7\xe0\xb8\xb1\xe0\xb8\xaa\xe0\xb8\x94\xe0\xb8\xb5"
                              "\xe0\xb9\x80\xe0\xb8\x9e\xe0\xb8\xb7\xe0\xb9\x88\xe0\xb8\xad\xe0\xb8\x99"
                              "\xe0\xb8\x97\xe0\xb8\xb8\xe0\xb8\x81\xe0\xb8\x84\xe0\xb8\x99",
                              &a);
    c.language = "th";
    struct chat cut = chat_cut(&c, 8, &a);
    CHECK_TEXT(chat_block_text(&cut.blocks[0], &a),
               "\xe0\xb8\xaa\xe0\xb8\xa7\xe0\xb8\xb1\xe0\xb8\xaa\xe0\xb8\x94\xe0\xb8\xb5\xe2\x80\xa6");
    arena_done(&a);
}

TEST(whatever_the_room_the_text_fits_and_is_whole_characters)
{
    static const struct chat_markup *const forms[] = { &chat_plain, &chat_html, &chat_markdown };
    struct fixture f;
    fixture_open(&f);
    f.facts.customer.name = "<b>&\"*_[x](y)\xf0\x9f\x98\x80\xe0\xb8\x81\xe0\xb8\xb3 @all";
    struct rendered r;
    struct err e;
    struct chat c;
    CHECK_OK(compose_chat(f.composer, &f.brief, &f.a, &r, &e), &e);
    CHECK_OK(chat_read(r.bytes, r.size, &f.a, &c, &e), &e);
    for (size_t i = 0; i < 3; i++)
        for (size_t most = 60; most < 1200; most += 37)
            for (int unit = CHAT_BYTES; unit <= CHAT_UTF16; unit++) {
                struct arena a = { 0 };
                const char *text = chat_write(&c, forms[i], most, (enum chat_unit)unit, &a);
                CHECK(chat_length(text, (enum chat_unit)unit) <= most);
                CHECK(!strstr(text, "\xef\xbf\xbd") && *text);
                arena_done(&a);
            }
    fixture_close(&f);
}

TEST(a_name_that_would_be_markup_is_shown_as_it_is)
{
    struct fixture f;
    fixture_open(&f);
    f.facts.customer.name = "<b>*x* _y_ [z](https://evil.example) @all `c` # 1. h";
    struct rendered r;
    struct err e;
    struct chat c;
    CHECK_OK(compose_chat(f.composer, &f.brief, &f.a, &r, &e), &e);
    CHECK(strstr(r.text, "<b>*x* _y_ [z](https://evil.example) @all `c` # 1. h"));
    CHECK_OK(chat_read(r.bytes, r.size, &f.a, &c, &e), &e);
    const char *html = chat_write(&c, &chat_html, SIZE_MAX, CHAT_BYTES, &f.a);
    CHECK(strstr(html, "&lt;b&gt;*x*") && !strstr(html, "<b>*x*") && !strstr(html, "href=\"https://evil"));
    const char *markdown = chat_write(&c, &chat_markdown, SIZE_MAX, CHAT_BYTES, &f.a);
    CHECK(strstr(markdown, "\\<b\\>\\*x\\* \\_y\\_ \\[z\\](https://evil.example) \\@all \\`c\\` \\# 1\\. h"));
    fixture_close(&f);
}

TEST(every_kind_of_message_says_why_and_whom_to_call_in_every_language)
{
    static const char *const languages[] = { "en", "nb", "ru", "th" };
    struct fixture f;
    fixture_open(&f);
    for (size_t i = 0; i < 4; i++) {
        struct rendered r;
        struct err e;
        f.brief.language = languages[i];
        CHECK_OK(compose_chat(f.composer, &f.brief, &f.a, &r, &e), &e);
        const char *why = compose_reason(f.composer, languages[i], f.brief.rule, f.brief.defence, &f.options, &f.a);
        CHECK(strstr(r.text, why) && strstr(r.text, "+47 55 12 34 56") && strstr(r.text, "K7QM-3XRD-P"));
        CHECK(!r.html && r.subject[0]);
        const char *title = strchr(r.text, '\n');
        CHECK(title && strncmp(title, "\n\n", 2) == 0 &&
              strncmp(title + 2, why, strlen(why)) == 0); /* the reason first */
    }
    fixture_close(&f);
}
