#include "compose/clean.h"
#include "compose/reason.h"
#include "compose_phrases.h"

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
