/* What a file of phrases must have, may have, and what is wrong with it. */
#include "compose_phrases.h"

#include "compose/plurals.h"

/* The one complaint about the phrases of `language` with the line that begins with `name` replaced; NULL for none. */
static const char *complaint_in(const char *language, const char *name, const char *line)
{
    static char result[512];
    char path[128];
    snprintf(path, sizeof path, "conf/languages/%s/phrases", language);
    char *text = content(path), *rest = text;
    struct buf b = { 0 };
    int number = 0, at = 0;
    bool skip = false;
    for (char *row; (row = strsep(&rest, "\n"));) {
        skip = strncmp(row, name, strlen(name)) == 0 || (skip && *row == ' ');
        number++;
        if (skip && *row != ' ')
            at = number;
        buf_print(&b, "%s\n", !skip ? row : *row == ' ' ? "" : line);
    }
    CHECK(at);
    struct complaints c = { 0 };
    struct phrases *p = phrases_new("phrases", b.text, language, NULL, &c);
    for (size_t i = 1; i < c.n; i++)
        printf("%s:%d: %s\n", c.rows[i].file, c.rows[i].line, c.rows[i].text);
    CHECK_INT(c.n, p ? 0 : 1);
    if (c.n) {
        CHECK(c.rows[0].line == at || c.rows[0].line == 0);
        snprintf(result, sizeof result, "%s%s", c.rows[0].line ? "" : "0: ", c.rows[0].text);
    }
    phrases_free(p);
    free(text);
    buf_done(&b);
    const char *said = c.n ? result : NULL;
    complaints_done(&c);
    return said;
}

static const char *complaint_with(const char *name, const char *line)
{
    const char *said = complaint_in("en", name, line);
    if (!said)
        test_fail(__FILE__, __LINE__, "\"%s\" was taken", line);
    return said;
}

TEST(a_broken_phrase_is_a_complaint_with_its_line)
{
    CHECK_TEXT(complaint_with("days:", ""), "0: the phrase \"days\" is missing");
    CHECK_TEXT(complaint_with("days:", "days: {day}"), "days has no {day}; do you mean {days}?");
    CHECK_TEXT(complaint_with("offer-free", "offer-free-delivery: {percent}"),
               "offer-free-delivery has no {percent}: it takes no values");
    CHECK_TEXT(complaint_with("until", "until: {xyzzyx}"), "until has no {xyzzyx}, only {date}, {weekday}");
    CHECK_TEXT(complaint_with("until", "until: {date, plural, other{#}}"), "until: {date, plural ...}: date is a text");
    CHECK_TEXT(complaint_with("days:", "days: {days, select, a{} other{}}"),
               "days: {days, select ...}: days is a number");
    CHECK_TEXT(complaint_with("days:", "days: {days, date}"),
               "days: {days, date ...}: date is not plural, selectordinal, select or number");
    CHECK_TEXT(complaint_with("days:", "days: {days, plural, one{# day} other{# days}"),
               "days: {days is not closed by }");
    CHECK_TEXT(complaint_with("days:", "days: a } b"), "days: a } too many");
    CHECK_TEXT(complaint_with("days:", "days: {days, plural, man{# day} other{# days}}"),
               "days: \"man\" is not zero, one, two, few, many, other or =number");
    CHECK_TEXT(complaint_with("days:", "days: {days, plural, =x{# day} other{# days}}"),
               "days: \"=x\" is not zero, one, two, few, many, other or =number");
    CHECK_TEXT(complaint_with("days:", "days: {days, plural, one other{# days}}"),
               "days: \"one\" must be a word with {...} behind it");
    CHECK_TEXT(complaint_with("days:", "days: {days, plural, one{# day}{# days}}"),
               "days: the word in front of a { is missing, such as other{...}");
    CHECK_TEXT(complaint_with("days:", "days: {days, plural}"),
               "days: {days, plural needs a comma and its forms, such as other{...}");
    CHECK_TEXT(complaint_with("days:", "days: {days, number, ::nonsense} days"),
               "days: ICU cannot read the style of a number in it; write it plainly, as {days}");
    CHECK_TEXT(complaint_with("until:", "until: {weekday, select, mon{Monday}} {date}"),
               "until: a select lacks other{...}; write it beside the others");
}

TEST(a_wrong_pattern_of_a_date_is_explained_in_words)
{
    CHECK_TEXT(complaint_with("time", "time: HH:RR"), "time: R is no part of a date; put words between apostrophes");
    CHECK_TEXT(complaint_with("time", "time: HH 'o clock"), "time: an apostrophe is opened and never closed");
    CHECK_TEXT(complaint_with("time", "time: HH 'mm'"), "time must have an hour and minutes, such as HH:mm");
    CHECK_TEXT(complaint_with("date-long", "date-long: d yyyy"),
               "date-long must have a day and a month, such as d MMMM");
    CHECK_TEXT(complaint_with("date-long", "date-long: MMMM 'd' yyyy"),
               "date-long must have a day and a month, such as d MMMM");
    CHECK_TEXT(
        complaint_with("date-long", "date-long: d MMMM yyyy '___________________________________________________'"),
        "date-long is longer than 60 bytes; make it shorter");
    CHECK(!complaint_in("en", "date-long", "date-long: LLLL d ''yy"));
    CHECK(!complaint_in("en", "time", "time: h:mm a"));
}

TEST(a_phrase_leaves_out_no_value_in_any_language)
{
    CHECK_TEXT(complaint_in("nb", "until", "until: til"), "until leaves out {date}; write it where that value belongs");
    CHECK_TEXT(complaint_in("en", "until", "until: {weekday, select, mon{on Monday} other{in time}}"),
               "until leaves out {date}; write it where that value belongs");
    CHECK_TEXT(complaint_in("th", "reason-fixed", "reason-fixed: {limit} '{days}'"),
               "reason-fixed leaves out {days}; write it where that value belongs");
    CHECK_TEXT(complaint_in("ru", "days", "days: #"), "days leaves out {days}; write it where that value belongs");
    CHECK(!complaint_in("nb", "until", "until: {weekday, select, mon{} other{}}til {date}"));
    CHECK(!complaint_in("th", "days", "days: {days, plural, =1{หนึ่ง} other{หลาย}}วัน"));
    CHECK(!complaint_in("en", "reason-fixed", "reason-fixed: {days, plural, one{a day} other{more than {limit}}}"));
}

TEST(a_plural_has_every_form_that_the_language_takes)
{
    CHECK_TEXT(
        complaint_in("ru", "days", "days: {days, plural, one{# день} other{# дня}}"),
        "days: {days, plural ...} lacks few{...} (2, 3, 4) and many{...} (0, 5, 6); write them beside the others");
    CHECK_TEXT(complaint_in("ru", "days", "days: {days, plural, one{#} few{#} many{#}}"),
               "days: {days, plural ...} lacks other{...} (2.5); write it beside the others");
    CHECK_TEXT(complaint_in("nb", "days", "days: {days, plural, other{# dager}}"),
               "days: {days, plural ...} lacks one{...} (1); write it beside the others");
    CHECK_TEXT(complaint_in("en", "days", "days: {days, plural, one{# day}}"),
               "days: {days, plural ...} lacks other{...} (0, 2, 3); write it beside the others");
    CHECK_TEXT(complaint_in("en", "until", "until: {weekday, select, mon{} other{}}{date}, {date"),
               "until: {date is not closed by }");
    CHECK_TEXT(
        complaint_in("en", "reason-after-sale",
                     "reason-after-sale: {date}, {part, selectordinal, one{#st} two{#nd} other{#th}} of {parts}"),
        "reason-after-sale: {part, selectordinal ...} lacks few{...} (3, 23, 33); write it beside the others");
    CHECK_TEXT(
        complaint_in("ru", "reason-decline",
                     "reason-decline: {part, plural, one{#} few{#} many{{days, plural, other{#}}} other{}}{limit}"),
        "reason-decline: {days, plural ...} lacks one{...} (1, 21, 31) and few{...} (2, 3, 4) and many{...} "
        "(0, 5, 6); write them beside the others");
}

TEST(no_form_is_asked_for_that_no_number_takes)
{
    CHECK(!complaint_in("th", "days", "days: {days, plural, other{# วัน}}"));
    CHECK(!complaint_in("th", "days", "days: {days, plural, one{# วัน} other{# วัน}}"));
    CHECK(!complaint_in("en", "days", "days: {days, plural, =1{a day} other{# days}}"));
    CHECK(!complaint_in("nb", "days", "days: {days, plural, =1{en dag} =1.5{halvannen dag} other{# dager}}"));
    CHECK(!complaint_in("ru", "days", "days: {days, plural, =0{} other{{days} дн.}}"));
    CHECK(!complaint_in("ru", "days",
                        "days: {days, plural, =0{} other{{days, plural, one{#} few{#} many{#} other{#}}}}"));
    CHECK_CONTAINS(complaint_in("ru", "days", "days: {days, plural, =0{} other{# дн.}}"), "lacks one{...} (1, 21, 31)");
    CHECK_CONTAINS(complaint_in("ru", "days", "days: {days, plural, =1{день} few{#} many{#} other{#}}"),
                   "lacks one{...} (21, 31, 41);");
}

/* Plural forms of whole numbers, as CLDR has them. */
static const char *forms_lacking(const char *locale, const char *const *arms)
{
    struct plurals p;
    struct arms_seen seen = { 0 };
    struct buf b = { 0 };
    plurals_of(&p, locale);
    for (; *arms; arms++)
        CHECK(plural_arm(&seen, *arms, strlen(*arms)));
    plural_lacks(&seen, p.count, &b);
    const char *text = arena_copy(&a, buf_text(&b));
    buf_done(&b);
    return text;
}

#define LACKING(locale, ...) forms_lacking(locale, (const char *const[]){ __VA_ARGS__, NULL })

TEST(the_forms_of_a_language_are_those_of_its_whole_numbers)
{
    CHECK_TEXT(LACKING("fr", "one", "other"), ""); /* many is for millions alone */
    CHECK_TEXT(LACKING("es", "one", "other"), "");
    CHECK_TEXT(LACKING("fr", "other"), "one{...} (0, 1)");
    CHECK_TEXT(LACKING("lv", "=0", "one", "other"), "zero{...} (10, 11, 12)");
    CHECK_TEXT(LACKING("pl", "one", "few", "other"), "many{...} (0, 5, 6)");
    CHECK_TEXT(LACKING("cs", "one", "few", "other"), ""); /* many is for fractions alone */
    CHECK_TEXT(LACKING("ar", "other"),
               "zero{...} (0) and one{...} (1) and two{...} (2) and few{...} (3, 4, 5) and many{...} (11, 12, 13)");
    CHECK_TEXT(LACKING("ja", "other"), "");
    CHECK_TEXT(LACKING("xx", "other"), "");
    CHECK_TEXT(LACKING("uk", "one"), "few{...} (2, 3, 4) and many{...} (0, 5, 6) and other{...} (2.5)");
    arena_done(&a);
}

TEST(an_arm_of_a_plural_is_a_form_or_a_number)
{
    static const char *const wrong[] = { "",    "=",      "=x",   "=1x",  "=-1", "=1e3",     "=1.",
                                         "=.5", "=1.5.5", "=1=2", "onee", "on",  "offset:1", "=12345678901234567890",
                                         "ONE", "=1 " };
    struct arms_seen seen = { 0 };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        if (plural_arm(&seen, wrong[i], strlen(wrong[i])))
            test_fail(__FILE__, __LINE__, "\"%s\" was taken", wrong[i]);
    for (int i = 0; i < PLURALS_TRIED; i++)
        CHECK(!seen.number[i]);
    CHECK(plural_arm(&seen, "=1{", 2) && seen.number[1]);
    CHECK(plural_arm(&seen, "=2.5{", 4) && !seen.number[2]);
    CHECK(plural_arm(&seen, "=123456789", 10));
}

TEST(apostrophes_and_braces_in_a_phrase_are_text)
{
    struct complaints c = { 0 };
    char *text = content("conf/languages/en/phrases");
    struct buf b = { 0 };
    const char *cut = strstr(text, "\ndays:");
    buf_add_bytes(&b, text, (size_t)(cut - text) + 1);
    buf_add(&b, "days: it's '{days}' {days} ''x'' '#\n");
    buf_add(&b, strchr(cut + 1, '\n') + 1);
    struct phrases *p = phrases_new("phrases", b.text, "en", NULL, &c);
    CHECK(p);
    CHECK_TEXT(counted(p, PHRASE_DAYS, 7), "it's {days} 7 'x' '#");
    free(text);
    buf_done(&b);
    close_language(p);
}

TEST(hostile_text_in_a_phrase_stays_text)
{
    struct phrases *en = open_language("en");
    struct buf big = { 0 };
    for (int i = 0; i < 5000; i++)
        buf_add(&big, "{0}%s'");
    struct phrase_values v = { .texts = { big.text } };
    const char *said = phrase_say(en, PHRASE_OFFER_GIFT, &v, &a);
    CHECK_CONTAINS(said, big.text);
    v.texts[0] = "a\xff{gift}";
    CHECK_TEXT(phrase_say(en, PHRASE_OFFER_GIFT, &v, &a), "a gift with the next order: a\xEF\xBF\xBD{gift}");
    buf_done(&big);
    close_language(en);
}
