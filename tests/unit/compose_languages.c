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
    CHECK(composer_speaks(composer, "en") && composer_speaks(composer, "ru"));
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
    CHECK(!composer_speaks(composer, "rus") && !composer_speaks(composer, "r") && !composer_speaks(composer, "") &&
          !composer_speaks(composer, NULL));
    CHECK(!composer_speaks(composer, "../en") && !composer_speaks(composer, "fi"));
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

/* A copy of English in a folder of its own; its path. */
static const char *copy_of_english(void)
{
    const char *folder = test_folder();
    char command[256];
    snprintf(command, sizeof command, "cp -r conf/languages/en '%s/en'", folder);
    CHECK(system(command) == 0);
    return folder;
}

static void write_file(const char *folder, const char *name, const char *text, size_t size)
{
    char path[256];
    snprintf(path, sizeof path, "%s/en/%s", folder, name);
    FILE *f = fopen(path, "w");
    CHECK(f);
    CHECK(fwrite(text, 1, size, f) == size);
    fclose(f);
}

/* All complaints about English with `name` replaced (NULL: removed), as "file:line: sentence" with the file below its
 * folder. */
static const char *complaints_about(const char *name, const char *text)
{
    static struct buf b;
    const char *folder = copy_of_english();
    char path[256];
    snprintf(path, sizeof path, "%s/en/%s", folder, name);
    if (text)
        write_file(folder, name, text, strlen(text));
    else
        CHECK(unlink(path) == 0);
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

#define BODY "Subject: x\n\n"

TEST(an_unknown_variable_is_named_with_its_place)
{
    CHECK_TEXT(complaints_about("lapse.txt", BODY "a\n{{customer.phon}}\n"),
               "en/lapse.txt:4: there is no {{customer.phon}}; do you mean {{customer.phone}}?");
    CHECK_TEXT(complaints_about("lapse.txt", "Subject: {{reson}}\n\nx\n"),
               "en/lapse.txt:1: there is no {{reson}}; do you mean {{reason}}?");
    CHECK_TEXT(complaints_about("lapse.txt", BODY "{{phone}}"),
               "en/lapse.txt:3: there is no {{phone}}; do you mean {{customer.phone}}?");
    CHECK_TEXT(complaints_about("lapse.txt", BODY "{{#customer}}{{phone}}{{/customer}}"), "");
    CHECK_TEXT(complaints_about("lapse.txt", BODY "{{#purchases}}{{day}}{{/purchases}}{{day}}"),
               "en/lapse.txt:3: there is no {{day}}; do you mean {{today}}?");
    CHECK_TEXT(complaints_about("lapse.txt", BODY "{{^offer}}{{code}}{{/offer}}{{x_anything}}"), "");
    CHECK_TEXT(complaints_about("lapse.txt", BODY "{{#xylophone_quartet}}{{/xylophone_quartet}}"),
               "en/lapse.txt:3: there is no {{xylophone_quartet}}");
}

TEST(a_name_in_a_partial_is_complained_about_once_and_there)
{
    CHECK_TEXT(complaints_about("who.html", "<p>\n{{customer.fone}}\n"),
               "en/who.html:2: there is no {{customer.fone}}; do you mean {{customer.phone}}?");
    CHECK_TEXT(complaints_about("unused.txt", "{{nonsense_here}}"), "en/unused.txt:1: there is no {{nonsense_here}}");
}

TEST(a_broken_template_is_a_complaint_with_its_place)
{
    CHECK_TEXT(complaints_about("review.html", "<p>\n{{#offer}}\n"),
               "en/review.html:2: the section {{#offer}} is never closed");
    CHECK_TEXT(complaints_about("review.txt", BODY "{{#offer}}\n{{/offers}}"),
               "en/review.txt:4: {{/offers}} does not close {{#offer}} of line 3");
    CHECK_TEXT(complaints_about("test.txt", BODY "{{today"),
               "en/test.txt:3: a tag is opened here and never closed by }}");
    CHECK_TEXT(complaints_about("test.txt", "Hello\n"), "en/test.txt:1: the first line must be \"Subject: ...\"");
    CHECK_TEXT(complaints_about("test.txt", "Subject: x\nbody\n"),
               "en/test.txt:2: the line after the subject must be blank");
    CHECK_TEXT(complaints_about("alert.html", "{{> nowhere}}"),
               "en/alert.html:1: there is no partial nowhere.html in this folder");
    CHECK_TEXT(complaints_about("covering.txt", "{{> covering}}"),
               "en/covering.txt:1: partials call each other too deeply here, or for ever");
    CHECK_TEXT(complaints_about("test.html", NULL), "en:0: the file test.html is missing");
}

TEST(a_broken_phrase_file_is_a_complaint_with_its_place)
{
    CHECK_TEXT(complaints_about("phrases", NULL), "en/phrases:0: cannot be read: No such file or directory");
    CHECK_CONTAINS(complaints_about("phrases", "# nothing\nhello\n"), "en/phrases:2: a line must be \"name: pattern\"");
    CHECK_CONTAINS(complaints_about("phrases", "dayz: x\n"),
                   "en/phrases:1: there is no phrase \"dayz\"; do you mean \"days\"?");
    CHECK_CONTAINS(complaints_about("phrases", "days: x\n\ndays: y\n"),
                   "en/phrases:3: \"days\" is there twice, first on line 1");
    CHECK_CONTAINS(complaints_about("phrases", "days: {n}\n"), "en/phrases:1: days has no {n}");
}

TEST(a_file_that_is_no_text_or_too_large_is_a_complaint)
{
    const char *folder = copy_of_english();
    struct complaints c = { 0 };
    struct composer *composer;
    char *large = malloc(300 * 1024);
    memset(large, 'x', 300 * 1024);
    write_file(folder, "who.txt", large, 300 * 1024);
    write_file(folder, "offer.txt", "a\0b", 3);
    free(large);
    CHECK(!composer_open(&composer, folder, NULL, &c));
    CHECK_CONTAINS(c.rows[0].text, "is not a text");
    CHECK_CONTAINS(c.rows[1].text, "is too large");
    complaints_done(&c);
}

TEST(no_folder_and_no_language_are_complaints)
{
    struct complaints c = { 0 };
    struct composer *composer;
    CHECK(!composer_open(&composer, "/nonexistent", NULL, &c));
    CHECK_CONTAINS(c.rows[0].text, "cannot be read");
    complaints_done(&c);
    CHECK(!composer_open(&composer, test_folder(), NULL, &c));
    CHECK_CONTAINS(c.rows[0].text, "there is no language here");
    complaints_done(&c);
}
