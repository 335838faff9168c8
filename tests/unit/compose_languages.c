#include "compose/language.h"
#include "compose_brief.h"

#include <unistd.h>

TEST(the_languages_we_ship_have_no_mistakes)
{
    struct complaints c = { 0 };
    struct composer *composer = NULL;
    bool ok = composer_open(&composer, "conf/languages", NULL, &c);
    for (size_t i = 0; i < c.n; i++)
        printf("%s:%d: %s\n", c.rows[i].file, c.rows[i].line, c.rows[i].text);
    CHECK(ok);
    CHECK(composer_speaks(composer, "en") && composer_speaks(composer, "nb") && composer_speaks(composer, "ru") &&
          composer_speaks(composer, "th"));
    composer_close(composer);
    composer_close(NULL);
}

TEST(a_language_is_spoken_in_all_its_regions)
{
    struct complaints c = { 0 };
    struct composer *composer = NULL;
    CHECK(composer_open(&composer, "conf/languages", NULL, &c));
    CHECK(composer_speaks(composer, "ru-RU") && composer_speaks(composer, "ru_RU") &&
          composer_speaks(composer, "EN-gb"));
    CHECK(composer_speaks(composer, "no") && composer_speaks(composer, "nn") && composer_speaks(composer, "NO_no"));
    CHECK(!composer_speaks(composer, "rus") && !composer_speaks(composer, "r") && !composer_speaks(composer, "") &&
          !composer_speaks(composer, NULL));
    CHECK(!composer_speaks(composer, "../en") && !composer_speaks(composer, "fi") &&
          !composer_speaks(composer, "layout") && !composer_speaks(composer, "norsk") &&
          !composer_speaks(composer, "n"));
    composer_close(composer);
}

TEST(a_language_that_is_missing_falls_back_to_the_companys_then_english)
{
    struct fixture f;
    struct rendered r;
    struct err e;
    fixture_open(&f);
    f.options.company.language = "ru";
    f.brief.language = "fi";
    CHECK_OK(compose_mail(f.composer, &f.brief, &f.a, &r, &e), &e);
    CHECK_CONTAINS(r.text, "Здравствуйте");
    f.options.company.language = "fi";
    CHECK_OK(compose_mail(f.composer, &f.brief, &f.a, &r, &e), &e);
    CHECK_CONTAINS(r.text, "Hello");
    f.options.company.language = f.brief.language = NULL;
    CHECK_OK(compose_mail(f.composer, &f.brief, &f.a, &r, &e), &e);
    CHECK_CONTAINS(r.text, "Hello");
    fixture_close(&f);
}

/* A copy of the layout and of English in a folder of its own; its path. */
static const char *copy_of_english(void)
{
    const char *folder = test_folder();
    char command[256];
    snprintf(command, sizeof command, "cp -r conf/languages/layout conf/languages/en '%s'", folder);
    CHECK(system(command) == 0);
    return folder;
}

/* `name` below `folder`: with another text, or away for NULL. */
static void put_file(const char *folder, const char *name, const char *text, size_t size)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (!text) {
        CHECK(unlink(path) == 0);
        return;
    }
    FILE *f = fopen(path, "w");
    CHECK(f);
    CHECK(fwrite(text, 1, size, f) == size);
    fclose(f);
}

/* All complaints about `folder`, as "file:line: sentence" with the file below it. */
static const char *complaints_of(const char *folder)
{
    static struct buf b;
    struct complaints c = { 0 };
    struct composer *composer = NULL;
    bool ok = composer_open(&composer, folder, NULL, &c);
    CHECK(ok == (c.n == 0));
    buf_reset(&b);
    for (size_t i = 0; i < c.n; i++) {
        CHECK(strncmp(c.rows[i].file, folder, strlen(folder)) == 0);
        buf_print(&b, "%s%s:%d: %s", i ? "\n" : "", c.rows[i].file + strlen(folder) + 1, c.rows[i].line,
                  c.rows[i].text);
    }
    if (ok)
        composer_close(composer);
    complaints_done(&c);
    return buf_text(&b);
}

/* Complaints about a copy of English with one file changed. */
static const char *complaints_about(const char *name, const char *text)
{
    const char *folder = copy_of_english();
    put_file(folder, name, text, text ? strlen(text) : 0);
    return complaints_of(folder);
}

/* A language like English, "xx", with one file changed; its complaints. The folder in `folder`. */
static const char *complaints_beside_english(const char *name, const char *text, const char **folder)
{
    char command[256];
    *folder = copy_of_english();
    snprintf(command, sizeof command, "cp -r conf/languages/en '%s/xx'", *folder);
    CHECK(system(command) == 0);
    put_file(*folder, name, text, text ? strlen(text) : 0);
    return complaints_of(*folder);
}

#define BODY "Subject: x\n\n"

TEST(an_unknown_variable_is_named_with_its_place)
{
    CHECK_TEXT(complaints_about("en/lapse.md", BODY "a\n{{customer.phon}}\n"),
               "en/lapse.md:4: there is no {{customer.phon}}; do you mean {{customer.phone}}?");
    CHECK_TEXT(complaints_about("en/lapse.md", "Subject: {{reson}}\n\nx\n"),
               "en/lapse.md:1: there is no {{reson}}; do you mean {{reason}}?");
    CHECK_TEXT(complaints_about("en/lapse.md", BODY "{{phone}}"),
               "en/lapse.md:3: there is no {{phone}}; do you mean {{customer.phone}}?");
    CHECK_TEXT(complaints_about("en/test.md", BODY "{{#customer}}{{phone}}{{/customer}}"), "");
    CHECK_TEXT(complaints_about("en/lapse.md", BODY "{{#purchases}}{{day}}{{/purchases}}{{day}}"),
               "en/lapse.md:3: there is no {{day}}; do you mean {{say}}?");
    CHECK_TEXT(complaints_about("en/test.md", BODY "{{^offer}}{{code}}{{/offer}}{{x_anything}}"), "");
    CHECK_TEXT(complaints_about("en/lapse.md", BODY "{{#xylophone_quartet}}{{/xylophone_quartet}}"),
               "en/lapse.md:3: there is no {{xylophone_quartet}}");
}

TEST(a_name_in_a_part_is_complained_about_once_and_there)
{
    CHECK_TEXT(complaints_about("layout/who.html", "<p>\n{{customer.fone}}\n"),
               "layout/who.html:2: there is no {{customer.fone}}; do you mean {{customer.phone}}?");
    CHECK_TEXT(complaints_about("en/covering.md", "\n{{customer.fone}}\n"),
               "en/covering.md:2: there is no {{customer.fone}}; do you mean {{customer.phone}}?");
    CHECK_TEXT(complaints_about("en/unused.md", "{{nonsense_here}}"), "en/unused.md:1: there is no {{nonsense_here}}");
}

TEST(a_broken_template_is_a_complaint_with_its_place)
{
    CHECK_TEXT(complaints_about("layout/who.html", "<p>\n{{#offer}}\n"),
               "layout/who.html:2: the section {{#offer}} is never closed");
    CHECK_TEXT(complaints_about("en/review.md", BODY "{{#offer}}\n{{/offers}}"),
               "en/review.md:4: {{/offers}} does not close {{#offer}} of line 3");
    CHECK_TEXT(complaints_about("en/test.md", BODY "{{today"),
               "en/test.md:3: a tag is opened here and never closed by }}");
    CHECK_TEXT(complaints_about("en/test.md", "Hello\n"), "en/test.md:1: the first line must be \"Subject: ...\"");
    CHECK_TEXT(complaints_about("en/test.md", "Subject: x\nbody\n"),
               "en/test.md:2: the line after the subject must be blank");
    CHECK_TEXT(complaints_about("en/covering.md", "{{> covering}}"),
               "en/covering.md:1: parts call each other too deeply here, or for ever");
    CHECK_TEXT(complaints_about("en/alert.md", BODY "{{> nowhere}}"),
               "en/alert.md:3: there is no nowhere.md beside this letter, and no nowhere.html in the layout");
    CHECK_TEXT(complaints_about("layout/page.html", "{{{letter}}}\n{{> nowhere}}"),
               "layout/page.html:2: there is no nowhere.html beside this file");
}

TEST(what_is_missing_is_named_with_the_place_where_english_has_it)
{
    const char *folder;
    char expected[512];
    CHECK_TEXT(complaints_about("en/test.md", NULL), "en:0: the file test.md is missing");
    CHECK_TEXT(complaints_about("layout/page.txt", NULL), "layout:0: the file page.txt is missing");
    CHECK_TEXT(complaints_about("layout/reason.html", NULL),
               "layout:0: the file reason.html is missing: reason is there in the other form only");
    const char *said = complaints_beside_english("xx/visit.md", NULL, &folder);
    snprintf(expected, sizeof expected, "xx:0: the file visit.md is missing; English has it at %s/en/visit.md:1",
             folder);
    CHECK_TEXT(said, expected);
    said = complaints_beside_english("xx/phrases", "# no phrase\n", &folder);
    snprintf(expected, sizeof expected,
             "xx/phrases:0: the phrase \"reason-rhythm\" is missing; English has it at %s/en/phrases:6\n", folder);
    CHECK_CONTAINS(said, expected);
    CHECK_CONTAINS(said, "the phrase \"label-call\" is missing; English has it at ");
    said = complaints_beside_english("xx/script", "hello: Hi.\n", &folder);
    snprintf(expected, sizeof expected,
             "xx/script:0: the line \"lapse-silence\" is missing; English has it at %s/en/script:8", folder);
    CHECK_CONTAINS(said, expected);
    CHECK(!strstr(said, ".md:"));
}

TEST(a_line_of_the_script_that_is_missing_or_that_nobody_says_is_a_complaint)
{
    const char *folder;
    CHECK_CONTAINS(complaints_about("en/test.md", BODY "{{say.helo}}"), "en/test.md:3: there is no line \"helo\" in ");
    CHECK_CONTAINS(complaints_about("en/test.md", BODY "{{say.helo}}"), "/en/script; do you mean {{say.hello}}?");
    CHECK_TEXT(complaints_about("en/test.md", BODY "{{#offer}}{{say.lapse-why}}{{/offer}}"), "");
    CHECK_CONTAINS(complaints_about("en/script", "hello: {{say.hello}} {{> who}} {{silly_name}}\nodd\nhello: x\n"),
                   "en/script:1: only a letter can {{say...}}\n"
                   "en/script:1: a line of the script has no parts\n"
                   "en/script:1: there is no {{silly_name}}");
    CHECK_CONTAINS(complaints_about("en/script", "odd\n"), "en/script:1: a line must be \"name: text\"");
    CHECK_CONTAINS(complaints_about("en/script", "a: x\na: y\n"), "en/script:2: \"a\" is there twice, first on line 1");
    CHECK_CONTAINS(complaints_about("en/script", "\na: x\n  {{#offer}}\n"),
                   "en/script:3: the section {{#offer}} is never closed");
    CHECK_TEXT(complaints_about("en/script", NULL),
               "en/script:0: cannot be read: No such file or directory; put it there, and let followupd read it");
    CHECK_CONTAINS(complaints_beside_english("xx/script", "lapse-wy: Why?\n", &folder),
                   "xx/script:1: there is no line \"lapse-wy\" in English, and no letter here says it; do you mean "
                   "\"lapse-why\"?");
}

TEST(a_label_that_is_not_there_is_a_complaint)
{
    CHECK_TEXT(complaints_about("layout/reason.txt", "{{label.cal}}"),
               "layout/reason.txt:1: there is no phrase \"label-cal\"; do you mean {{label.call}}?");
    CHECK_TEXT(complaints_about("en/test.md", BODY "{{label.no-purchases}} {{label.xylophonist}}"),
               "en/test.md:3: there is no phrase \"label-xylophonist\"");
}

#define NO_REASON "this letter does not say why now; write {{> reason}} in it, or {{reason}}"
#define NO_WAY                                                                                                         \
    "this letter does not say how to reach the customer; write {{> who}} in it, or {{customer.phone}} and "            \
    "{{customer.email}}"
#define NO_OFFER                                                                                                       \
    "this letter does not say what the offer is; write {{> offer}} in it, or {{offer.what}}, {{offer.code}} and "      \
    "{{offer.until}}"

TEST(a_letter_of_a_rule_says_what_it_is_sent_for)
{
    const char *folder;
    CHECK_TEXT(complaints_about("en/lapse.md", "Subject: {{reason}}\n\nCall {{customer.name}}.\n"),
               "en/lapse.md:1: " NO_REASON "\nen/lapse.md:1: " NO_WAY "\nen/lapse.md:1: " NO_OFFER);
    for (const char *const *name = letter_names; *name; name++) {
        char file[64], expected[512] = "";
        snprintf(file, sizeof file, "xx/%s.md", *name);
        if (rule_kind_named(*name) != RULE_KINDS || strcmp(*name, "nudge") == 0)
            snprintf(expected, sizeof expected, "%s:1: " NO_OFFER, file);
        CHECK_TEXT(complaints_beside_english(file, BODY "{{> reason}}\n\n{{> who}}\n", &folder), expected);
    }
    CHECK_TEXT(complaints_about("en/visit.md", BODY "{{> reason}}\n\n{{> who}}\n\n{{offer.what}} {{offer.until}}"),
               "en/visit.md:1: " NO_OFFER);
    CHECK_TEXT(complaints_about("layout/offer.txt", "{{offer.what}} {{offer.until}}\n"),
               "layout/offer.txt:1: this part does not say what the offer is; write {{offer.what}}, {{offer.code}} and "
               "{{offer.until}} in it");
    CHECK_TEXT(complaints_about("layout/who.html", "{{customer.name}}\n"),
               "layout/who.html:1: this part does not say how to reach the customer; write {{customer.phone}} and "
               "{{customer.email}} in it");
    CHECK_TEXT(complaints_about("layout/reason.html", "Why\n"),
               "layout/reason.html:1: this part does not say why now; write {{reason}} in it");
}

TEST(how_a_letter_says_what_it_is_sent_for_is_its_own_affair)
{
    CHECK_TEXT(complaints_about("en/lapse.md", BODY "{{reason}} {{customer.email}} {{#offer}}{{what}} {{code}} "
                                                    "{{until}}{{/offer}}\n"),
               "");
    CHECK_TEXT(complaints_about("en/lapse.md", BODY "{{^repeat}}\n{{> reason}}\n{{/repeat}}\n"
                                                    "{{#customer.phone}}\nCall {{.}}\n{{/customer.phone}}\n"
                                                    "{{> offer}}\n"),
               "");
    CHECK_TEXT(complaints_about("en/covering.md", "{{reason}}\n\n{{> who}}\n"), "");
    CHECK_TEXT(complaints_about("layout/purchases.txt", "Nothing.\n"), "");
    const char *folder = copy_of_english();
    const char *mine = "{{> reason}}\n\n{{> who}}\n\n{{> offer}}\n";
    put_file(folder, "en/mine.md", mine, strlen(mine));
    put_file(folder, "en/lapse.md", BODY "{{> mine}}\n", strlen(BODY "{{> mine}}\n"));
    CHECK_TEXT(complaints_of(folder), "");
}

TEST(what_a_letter_must_not_have_is_a_complaint_with_its_line)
{
    CHECK_CONTAINS(complaints_about("en/test.md", BODY "a\nb <b>c</b>\n"), "en/test.md:4: HTML is not possible");
    CHECK_CONTAINS(complaints_about("en/test.md", BODY "a\n\n<div>\nb\n</div>\n"),
                   "en/test.md:5: HTML is not possible");
    CHECK_TEXT(complaints_about("en/test.md", BODY "![a](https://x.example/a.png)\n"),
               "en/test.md:3: a letter carries no images");
    CHECK_TEXT(complaints_about("en/test.md", BODY "[a](javascript:x) [b](/c)\n"),
               "en/test.md:3: a link must begin with https://, http://, mailto: or tel:\n"
               "en/test.md:3: a link must begin with https://, http://, mailto: or tel:");
    CHECK_TEXT(complaints_about("en/test.md",
                                BODY "[a](https://x.example) [b]({{customer.link}}) [c](tel:1) <mailto:a@b.c>\n"),
               "");
    CHECK_CONTAINS(complaints_about("en/test.md", BODY "    set in\n"), "en/test.md:3: four spaces in front");
    CHECK_TEXT(complaints_about("en/test.md", BODY "{{{company}}}\n{{&company}}\n"),
               "en/test.md:3: {{{company}}} would let what a value says become markup: write {{company}}\n"
               "en/test.md:4: {{{company}}} would let what a value says become markup: write {{company}}");
    CHECK_CONTAINS(complaints_about("layout/who.html", "{{{company}}}"), "layout/who.html:1: {{{company}}} would");
    CHECK_CONTAINS(complaints_about("en/test.md", BODY "{{{letter}}}\n"), "{{{letter}}} would");
    CHECK_CONTAINS(complaints_about("en/test.md", BODY "{{letter}}\n"), "en/test.md:3: there is no {{letter}}");
}

TEST(a_broken_phrase_file_is_a_complaint_with_its_place)
{
    CHECK_TEXT(complaints_about("en/phrases", NULL),
               "en/phrases:0: cannot be read: No such file or directory; put it there, and let followupd read it");
    CHECK_CONTAINS(complaints_about("en/phrases", "# nothing\nhello\n"), "en/phrases:2: a line must be \"name: text\"");
    CHECK_CONTAINS(complaints_about("en/phrases", "dayz: x\n"),
                   "en/phrases:1: there is no phrase \"dayz\"; do you mean \"days\"?");
    CHECK_CONTAINS(complaints_about("en/phrases", "days: x\n\ndays: y\n"),
                   "en/phrases:3: \"days\" is there twice, first on line 1");
    CHECK_CONTAINS(complaints_about("en/phrases", "days: {n}\n"), "en/phrases:1: days has no {n}");
}

TEST(a_file_that_is_no_text_or_too_large_is_a_complaint)
{
    const char *folder = copy_of_english();
    char *large = malloc(300 * 1024);
    memset(large, 'x', 300 * 1024);
    put_file(folder, "layout/who.txt", large, 300 * 1024);
    put_file(folder, "layout/offer.txt", "a\0b", 3);
    put_file(folder, "en/covering.md", "a\nb\xE6\n", 5);
    free(large);
    const char *said = complaints_of(folder);
    CHECK_CONTAINS(said, "layout/offer.txt:0: is not a text");
    CHECK_CONTAINS(said, "layout/who.txt:0: is too large");
    CHECK_CONTAINS(said, "en/covering.md:2: is not UTF-8");
}

TEST(what_explains_a_folder_is_no_letter)
{
    CHECK_TEXT(complaints_about("en/README.md", "{{whatever}} <b>"), "");
    CHECK_TEXT(complaints_about("en/lapse.md~", "{{whatever}} <b>"), "");
    CHECK_TEXT(complaints_about("en/.lapse.md", "{{whatever}} <b>"), "");
}

/* The text of a test message, with `folder` over the shipped languages. */
static const char *test_message(struct fixture *f, const char *folder, const char *language)
{
    struct complaints c = { 0 };
    struct composer *composer;
    struct rendered r;
    struct err e;
    CHECK(composer_open(&composer, folder, "conf/languages", &c));
    f->brief.template = "test";
    f->brief.language = language;
    CHECK_OK(compose_mail(composer, &f->brief, &f->a, &r, &e), &e);
    composer_close(composer);
    return r.text;
}

TEST(file_by_file_the_admins_own_wins_over_the_shipped)
{
    struct fixture f;
    struct complaints c = { 0 };
    struct composer *composer;
    const char *folder = test_folder();
    char path[256];
    fixture_open(&f);
    CHECK_CONTAINS(test_message(&f, folder, "en"), "This is a test.");
    snprintf(path, sizeof path, "mkdir '%s/en' '%s/layout'", folder, folder);
    CHECK(system(path) == 0);
    put_file(folder, "en/test.md", BODY "Mine.\n", strlen(BODY "Mine.\n"));
    CHECK_TEXT(test_message(&f, folder, "en"), "Mine.\n\n-- \nNordlys Kontor AS, 22 November 2026\n");
    put_file(folder, "layout/page.txt", "{{{letter}}}\nBye.\n", 18);
    CHECK_TEXT(test_message(&f, folder, "en"), "Mine.\n\nBye.\n");
    CHECK_CONTAINS(test_message(&f, folder, "ru"), "Bye.");
    CHECK_CONTAINS(test_message(&f, "conf/languages", "en"), "This is a test.");
    snprintf(path, sizeof path, "mkdir '%s/fi'", folder);
    CHECK(system(path) == 0);
    CHECK(!composer_open(&composer, folder, "conf/languages", &c));
    CHECK_CONTAINS(c.rows[0].file, "/fi/phrases");
    complaints_done(&c);
    fixture_close(&f);
}

TEST(where_there_is_no_language_nothing_is_opened)
{
    struct complaints c = { 0 };
    struct composer *composer;
    CHECK(!composer_open(&composer, "/nonexistent", NULL, &c));
    CHECK_CONTAINS(c.rows[0].text, "cannot be read");
    complaints_done(&c);
    CHECK(!composer_open(&composer, test_folder(), NULL, &c));
    CHECK_INT(c.n, 0); /* the company says so, which knows the line of the setting */
}
