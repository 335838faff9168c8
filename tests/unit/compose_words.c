#include "base/buf.h"
#include "compose/clean.h"
#include "compose/phrases.h"
#include "compose/plurals.h"
#include "compose/reason.h"
#include "harness/harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena a;

static char *content(const char *path)
{
    FILE *f = fopen(path, "r");
    CHECK(f);
    struct buf b = { 0 };
    char part[4096];
    for (size_t n; (n = fread(part, 1, sizeof part, f));)
        buf_add_bytes(&b, part, n);
    fclose(f);
    return buf_take(&b);
}

static struct phrases *open_language(const char *language)
{
    char path[128];
    snprintf(path, sizeof path, "conf/languages/%s/phrases", language);
    char *text = content(path);
    struct complaints c = { 0 };
    struct phrases *p = phrases_new(path, text, language, NULL, &c);
    for (size_t i = 0; i < c.n; i++)
        printf("%s:%d: %s\n", c.rows[i].file, c.rows[i].line, c.rows[i].text);
    CHECK_INT(c.n, 0);
    CHECK(p);
    free(text);
    return p;
}

static void close_language(struct phrases *p)
{
    phrases_free(p);
    arena_done(&a);
}

/* A phrase with one number. */
static const char *counted(struct phrases *p, enum phrase which, double n)
{
    struct phrase_values v = { .numbers = { n } };
    return phrase_say(p, which, &v, &a);
}

TEST(russian_counts_have_three_forms)
{
    struct phrases *p = open_language("ru");
    CHECK_TEXT(counted(p, PHRASE_DAYS, 1), "1 день");
    CHECK_TEXT(counted(p, PHRASE_DAYS, 2), "2 дня");
    CHECK_TEXT(counted(p, PHRASE_DAYS, 5), "5 дней");
    CHECK_TEXT(counted(p, PHRASE_DAYS, 11), "11 дней");
    CHECK_TEXT(counted(p, PHRASE_DAYS, 21), "21 день");
    CHECK_TEXT(counted(p, PHRASE_DAYS, 22), "22 дня");
    CHECK_TEXT(counted(p, PHRASE_DAYS, 101), "101 день");
    CHECK_TEXT(counted(p, PHRASE_DAYS, 112), "112 дней");
    CHECK_TEXT(counted(p, PHRASE_ORDERS, 1), "1 заказ");
    CHECK_TEXT(counted(p, PHRASE_ORDERS, 3), "3 заказа");
    CHECK_TEXT(counted(p, PHRASE_ORDERS, 11), "11 заказов");
    CHECK_TEXT(counted(p, PHRASE_MONTHS, 3), "3 месяца");
    CHECK_TEXT(counted(p, PHRASE_MONTHS, 6), "6 месяцев");
    CHECK_TEXT(counted(p, PHRASE_MONTHS, 12), "1 год");
    close_language(p);
}

TEST(after_about_russian_has_the_genitive)
{
    struct phrases *p = open_language("ru");
    CHECK_TEXT(counted(p, PHRASE_ABOUT_DAYS, 1), "около 1 дня");
    CHECK_TEXT(counted(p, PHRASE_ABOUT_DAYS, 2), "около 2 дней");
    CHECK_TEXT(counted(p, PHRASE_ABOUT_DAYS, 5), "около 5 дней");
    CHECK_TEXT(counted(p, PHRASE_ABOUT_DAYS, 11), "около 11 дней");
    CHECK_TEXT(counted(p, PHRASE_ABOUT_DAYS, 21), "около 21 дня");
    CHECK_TEXT(counted(p, PHRASE_ABOUT_DAYS, 32), "около 32 дней");
    CHECK_TEXT(counted(p, PHRASE_ABOUT_DAYS, 101), "около 101 дня");
    close_language(p);
}

TEST(english_counts_have_two_forms)
{
    struct phrases *p = open_language("en");
    CHECK_TEXT(counted(p, PHRASE_DAYS, 1), "1 day");
    CHECK_TEXT(counted(p, PHRASE_DAYS, 81), "81 days");
    CHECK_TEXT(counted(p, PHRASE_DAYS, 1081), "1,081 days");
    CHECK_TEXT(counted(p, PHRASE_ABOUT_DAYS, 32), "about 32 days");
    CHECK_TEXT(counted(p, PHRASE_MONTHS, 24), "2 years");
    close_language(p);
}

TEST(days_are_written_as_in_the_language)
{
    struct phrases *en = open_language("en"), *ru = open_language("ru");
    date d = date_of(2024, 12, 6);
    CHECK_TEXT(phrase_until(en, d, &a), "until Friday 6 December");
    CHECK_TEXT(phrase_until(ru, d, &a), "по пятницу, 6 декабря, включительно");
    CHECK_TEXT(phrase_until(ru, d + 2, &a), "по воскресенье, 8 декабря, включительно");
    CHECK_TEXT(phrase_date(en, PHRASE_DATE_LONG, date_of(2000, 2, 29), &a), "29 February 2000");
    CHECK_TEXT(phrase_date(ru, PHRASE_DATE_LONG, date_of(2026, 1, 1), &a), "1 января 2026 г.");
    CHECK_TEXT(phrase_date(en, PHRASE_DATE_SHORT, date_of(1969, 12, 31), &a), "31 Dec 1969");
    CHECK_TEXT(phrase_date(ru, PHRASE_DATE_SHORT, date_of(2026, 9, 2), &a), "02.09.2026");
    CHECK(!phrase_date(en, PHRASE_DATE_LONG, DATE_NONE, &a));
    CHECK(!phrase_until(en, DATE_NEVER, &a));
    CHECK_TEXT(phrase_time(en, 14 * HOUR + 5 * MINUTE, &a), "14:05");
    phrases_free(ru);
    close_language(en);
}

TEST(thai_years_are_buddhist)
{
    struct phrases *th = open_language("th");
    date d = date_of(2026, 12, 4), leap = date_of(2024, 2, 29);
    CHECK_TEXT(phrase_date(th, PHRASE_DATE_SHORT, d, &a), "4 ธ.ค. 2569");
    CHECK_TEXT(phrase_date(th, PHRASE_DATE_LONG, d, &a), "4 ธันวาคม พ.ศ. 2569");
    CHECK_TEXT(phrase_date(th, PHRASE_DATE_MEETING, d, &a), "วันศุกร์ที่ 4 ธันวาคม 2569");
    CHECK_TEXT(phrase_until(th, d, &a), "ถึงวันศุกร์ที่ 4 ธันวาคม 2569");
    CHECK_TEXT(phrase_date(th, PHRASE_DATE_SHORT, leap, &a), "29 ก.พ. 2567");
    CHECK_TEXT(phrase_date(th, PHRASE_DATE_LONG, leap, &a), "29 กุมภาพันธ์ พ.ศ. 2567");
    CHECK_TEXT(phrase_until(th, leap, &a), "ถึงวันพฤหัสบดีที่ 29 กุมภาพันธ์ 2567");
    close_language(th);
}

/* ICU writes no-break spaces; compare with ordinary ones. */
static const char *spaced(const char *text)
{
    struct buf b = { 0 };
    for (const char *c = text; *c; c++) {
        if (strncmp(c, "\xC2\xA0", 2) == 0 || strncmp(c, "\xE2\x80\xAF", 3) == 0) {
            buf_add_char(&b, ' ');
            c += *c == '\xC2' ? 1 : 2;
        } else {
            buf_add_char(&b, *c);
        }
    }
    const char *result = arena_copy(&a, buf_text(&b));
    buf_done(&b);
    return result;
}

TEST(money_is_written_with_its_currency_or_plainly)
{
    struct phrases *en = open_language("en"), *ru = open_language("ru");
    CHECK_TEXT(spaced(phrase_money(en, 123456, "USD", false, &a)), "$1,234.56");
    CHECK_TEXT(spaced(phrase_money(en, 123400, "NOK", false, &a)), "NOK 1,234.00");
    CHECK_TEXT(spaced(phrase_money(en, 123400, "NOK", true, &a)), "NOK 1,234");
    CHECK_TEXT(spaced(phrase_money(en, 123450, "NOK", true, &a)), "NOK 1,234.50");
    CHECK_TEXT(spaced(phrase_money(en, 123400, "JPY", false, &a)), "¥1,234");
    CHECK_TEXT(spaced(phrase_money(ru, 1234567, "RUB", false, &a)), "12 345,67 ₽");
    CHECK_TEXT(spaced(phrase_money(ru, 1234500, NULL, false, &a)), "12 345");
    CHECK_TEXT(spaced(phrase_money(en, 1234550, NULL, false, &a)), "12,345.50");
    CHECK_TEXT(spaced(phrase_money(en, 50, "gold\r\n", false, &a)), "0.50");
    CHECK_TEXT(spaced(phrase_money(en, -995, "EUR", false, &a)), "-€9.95");
    CHECK(!phrase_money(en, MONEY_NONE, "EUR", false, &a));
    CHECK(phrase_money(en, INT64_MAX, "EUR", false, &a)[0]);
    phrases_free(ru);
    close_language(en);
}

static struct defence silent(double typical, int occasions, double similar, int days)
{
    return (struct defence){ .days = days,
                             .threshold = 90,
                             .occasions = occasions,
                             .typical = typical,
                             .category_gap = similar,
                             .times_usual = typical > 0 ? 2.5 : 0,
                             .anchor = DATE_NONE,
                             .last_day = DATE_NONE };
}

TEST(the_reason_states_the_numbers_that_decided)
{
    struct phrases *en = open_language("en");
    struct rule lapse = { .id = "lapse", .kind = RULE_LAPSE };
    struct defence d = silent(31.6, 9, 38.2, 81);
    CHECK_TEXT(reason_say(en, &lapse, &d, &a),
               "Buys about every 32 days (9 orders; similar customers 38). Silent for 81 days, 2.6 times the usual.");
    d = silent(32, 9, 0, 80);
    CHECK_TEXT(reason_say(en, &lapse, &d, &a),
               "Buys about every 32 days (9 orders). Silent for 80 days, 2.5 times the usual.");
    d = silent(0.4, 300, 0, 14);
    CHECK_TEXT(reason_say(en, &lapse, &d, &a),
               "Buys about every day (300 orders). Silent for 14 days, 35 times the usual.");
    d = silent(38, 1, 38, 96);
    CHECK_TEXT(
        reason_say(en, &lapse, &d, &a),
        "One order so far; similar customers buy again after about 38 days. Silent for 96 days, 2.5 times the usual.");
    d = silent(0, 4, 0, 96);
    CHECK_TEXT(reason_say(en, &lapse, &d, &a), "No purchase for 96 days; the limit is 90.");
    close_language(en);
}

TEST(the_russian_reason_is_russian)
{
    struct phrases *ru = open_language("ru");
    struct rule lapse = { .id = "lapse", .kind = RULE_LAPSE };
    struct defence d = silent(32, 9, 38, 81);
    CHECK_TEXT(reason_say(ru, &lapse, &d, &a),
               "Обычно покупает примерно раз в 32 дня (9 заказов; похожие клиенты — раз в 38 дней). "
               "Молчит уже 81 день — в 2,5 раза дольше обычного.");
    d = silent(21, 1, 21, 105);
    CHECK_TEXT(reason_say(ru, &lapse, &d, &a),
               "Пока один заказ; похожие клиенты заказывают снова примерно через 21 день. "
               "Молчит уже 105 дней — в 5 раз дольше обычного.");
    d = silent(1, 102, 0, 22);
    CHECK_TEXT(reason_say(ru, &lapse, &d, &a),
               "Обычно покупает примерно раз в день (102 заказа). Молчит уже 22 дня — в 22 раза дольше обычного.");
    d = silent(0, 4, 0, 91);
    CHECK_TEXT(reason_say(ru, &lapse, &d, &a), "Покупок нет уже 91 день; предел — 90 дней.");
    close_language(ru);
}

TEST(a_review_is_due_after_the_months_its_rule_counts)
{
    struct phrases *en = open_language("en");
    struct period_row rows[] = { { "low", { PERIOD_MONTHS, 12 } },
                                 { "medium", { PERIOD_MONTHS, 6 } },
                                 { "odd", { PERIOD_DAYS, 100 } } };
    struct rule review = { .id = "review", .kind = RULE_REVIEW, .every = { rows, 3 } };
    date anchor = date_of(2026, 1, 10);
    struct defence d = {
        .anchor = anchor, .last_day = DATE_NONE, .days = 190, .threshold = date_of(2026, 7, 10) - anchor
    };
    CHECK_TEXT(reason_say(en, &review, &d, &a), "No account review for 190 days; one is due after 6 months.");
    d.threshold = date_of(2027, 1, 10) - anchor;
    CHECK_TEXT(reason_say(en, &review, &d, &a), "No account review for 190 days; one is due after 1 year.");
    d.threshold = 100;
    CHECK_TEXT(reason_say(en, &review, &d, &a), "No account review for 190 days; one is due after 100 days.");
    close_language(en);
}

TEST(lines_are_broken_at_display_columns)
{
    struct phrases *en = open_language("en");
    CHECK_TEXT(phrase_wrap(en, "one two three four", 9, &a), "one two\nthree\nfour");
    CHECK_TEXT(phrase_wrap(en, "  - one two three\n\nx  \n", 11, &a), "  - one two\n    three\n\nx\n");
    CHECK_TEXT(phrase_wrap(en, "12. one two three", 9, &a), "12. one\n    two\n    three");
    CHECK_TEXT(phrase_wrap(en, "日本語日本語日本語", 7, &a), "日本語\n日本語\n日本語");
    CHECK_TEXT(phrase_wrap(en, "abcdefghij", 4, &a), "abcd\nefgh\nij");
    CHECK_TEXT(phrase_wrap(en, "see https://crm.example/a/very/long/way?x=1 now", 12, &a),
               "see\nhttps://crm.example/a/very/long/way?x=1\nnow");
    close_language(en);
}

TEST(a_number_keeps_to_its_word_and_a_slash_to_both)
{
    struct phrases *en = open_language("en"), *th = open_language("th");
    CHECK_TEXT(phrase_wrap(en, "due on 4 December", 11, &a), "due on\n4 December");
    CHECK_TEXT(phrase_wrap(en, "frist 4. desember", 11, &a), "frist\n4. desember");
    CHECK_TEXT(phrase_wrap(en, "about 10 % off", 9, &a), "about\n10 % off");
    CHECK_TEXT(phrase_wrap(en, "1 2 3 4 5 6", 4, &a), "1 2\n3 4\n5 6");
    CHECK_TEXT(phrase_wrap(en, "this and/or that", 9, &a), "this\nand/or\nthat");
    CHECK_TEXT(phrase_wrap(th, "ทุก 38 วัน", 7, &a), "ทุก\n38 วัน");
    CHECK_TEXT(phrase_wrap(th, "ขอบคุณครับ/ค่ะ", 10, &a), "ขอบคุณ\nครับ/ค่ะ");
    CHECK_TEXT(phrase_wrap(en, "1 aaaaaaaaaaaa/bbbb", 6, &a), "1\naaaaaa\naaaaaa\n/bbbb"); /* too long for any line */
    phrases_free(th);
    close_language(en);
}

TEST(wrapped_thai_breaks_between_words_and_keeps_its_vowels)
{
    struct phrases *en = open_language("en");
    const char *text = "ลูกค้ารายนี้ไม่ได้สั่งซื้อมาเป็นเวลานานแล้วกรุณาโทรหาลูกค้าเพื่อสอบถามเหตุผล";
    const char *wrapped = phrase_wrap(en, text, 30, &a);
    struct buf joined = { 0 };
    char *copy = arena_copy(&a, wrapped);
    int lines = 0;
    for (char *line; (line = strsep(&copy, "\n")); lines++) {
        CHECK(columns_of(line) <= 30);
        buf_add(&joined, line);
    }
    CHECK(lines > 1);
    CHECK_TEXT(buf_text(&joined), text);
    buf_done(&joined);
    close_language(en);
}

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
