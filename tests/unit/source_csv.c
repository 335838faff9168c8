/* CSV files as spreadsheets, tills and vandals write them. */
#include "source/csv.h"

#include "base/buf.h"
#include "base/chance.h"
#include "harness/harness.h"
#include "source/encoding.h"

#include <stdio.h>
#include <string.h>

static char read_text[1 << 16];

/* All records of what was added: "1:a|b|c\n", or "2!why\n". */
static void read_ready(struct csv *c, struct buf *out)
{
    struct csv_record r;
    while (csv_next(c, &r)) {
        buf_print(out, "%ld%s", r.line, r.wrong ? "!" : ":");
        buf_add(out, r.wrong ? r.wrong : "");
        for (size_t i = 0; i < r.n; i++)
            buf_print(out, "%s%s", i ? "|" : "", r.cells[i]);
        buf_add_char(out, '\n');
    }
}

/* `size` bytes, given in two pieces, or one where `cut` is 0. */
static void read_cut(char delimiter, const char *text, size_t size, size_t cut, struct buf *out)
{
    struct csv *c = csv_new(delimiter);
    csv_add(c, text, cut);
    read_ready(c, out);
    csv_add(c, text + cut, size - cut);
    csv_end(c);
    read_ready(c, out);
    csv_free(c);
}

/* The same however it is cut, and byte by byte; what it is. */
static const char *records_of(char delimiter, const char *text, size_t size)
{
    struct buf whole = { 0 }, cut = { 0 };
    read_cut(delimiter, text, size, 0, &whole);
    for (size_t i = 1; i <= size; i++) {
        buf_reset(&cut);
        read_cut(delimiter, text, size, i, &cut);
        CHECK_TEXT(buf_text(&cut), buf_text(&whole));
    }
    struct csv *c = csv_new(delimiter);
    buf_reset(&cut);
    for (size_t i = 0; i < size; i++) {
        csv_add(c, text + i, 1);
        read_ready(c, &cut);
    }
    csv_end(c);
    read_ready(c, &cut);
    csv_free(c);
    CHECK_TEXT(buf_text(&cut), buf_text(&whole));
    snprintf(read_text, sizeof read_text, "%s", buf_text(&whole));
    buf_done(&whole);
    buf_done(&cut);
    return read_text;
}

#define RECORDS(text) records_of(',', text, sizeof text - 1)

TEST(the_records_of_rfc_4180_are_read_however_the_text_is_cut)
{
    CHECK_TEXT(RECORDS("a,b,c\r\n1,2,3\r\n"), "1:a|b|c\n2:1|2|3\n");
    CHECK_TEXT(RECORDS("a,b\r\n1,2"), "1:a|b\n2:1|2\n");
    CHECK_TEXT(RECORDS("\"a\",\"b,c\",\"d\"\"e\"\r\n"), "1:a|b,c|d\"e\n");
    CHECK_TEXT(RECORDS("\"two\r\nlines\",b\r\nc,d"), "1:two\r\nlines|b\n3:c|d\n");
    CHECK_TEXT(RECORDS(",,\n\"\",\n"), "1:||\n2:|\n");
    CHECK_TEXT(RECORDS(" a , b\n"), "1: a | b\n");
    CHECK_TEXT(records_of(';', "a;\"b;c\";d,e\n", 12), "1:a|b;c|d,e\n");
    CHECK_TEXT(records_of('\t', "a\tb\n\"\t\"\t2\n", 10), "1:a|b\n2:\t|2\n");
}

TEST(all_kinds_of_line_ends_and_empty_lines_are_borne_and_counted)
{
    CHECK_TEXT(RECORDS("a\nb\r\nc\rd"), "1:a\n2:b\n3:c\n4:d\n");
    CHECK_TEXT(RECORDS("\n\r\n\ra\r\r\nb\n\n"), "4:a\n6:b\n");
    CHECK_TEXT(RECORDS(""), "");
    CHECK_TEXT(RECORDS("\n\n"), "");
    CHECK_TEXT(RECORDS("sep=,\r\na,b\n"), "2:a|b\n");
}

TEST(a_line_that_is_wrong_does_not_take_others_with_it)
{
    static const char open[] = "a quotation mark opens a cell here and is not closed";
    char wanted[400];
    snprintf(wanted, sizeof wanted, "1:a|b\n2!%s\n3:c|d\n", open);
    CHECK_TEXT(RECORDS("a,b\n\"x,y\nc,d\n"), wanted);
    CHECK_TEXT(
        RECORDS("\"a\"b,c\nd,e\n"),
        "1!a quotation mark closes a cell, and more text follows; within a cell quotation marks are doubled\n2:d|e\n");
    CHECK_CONTAINS(RECORDS("a,\"b\nc,d\ne,\"f\",g\nh,i\n"), "2:c|d\n3:e|f|g\n4:h|i\n");
    CHECK_TEXT(RECORDS("5\" nail,2\n"), "1:5\" nail|2\n");
    CHECK_TEXT(RECORDS("a\0b,c\nd,e\n"),
               "1!it has a NUL byte; if the file is UTF-16, write --encoding utf-16le\n2:d|e\n");
}

/* What a text of so many times `part` gives, in pieces of 64 KB. */
static const char *flood(const char *before, const char *part, long times, const char *after)
{
    struct buf text = { 0 }, out = { 0 };
    buf_add(&text, before);
    for (long i = 0; i < times; i++)
        buf_add(&text, part);
    buf_add(&text, after);
    struct csv *c = csv_new(',');
    for (size_t at = 0; at < text.size; at += 65536) {
        csv_add(c, text.text + at, text.size - at < 65536 ? text.size - at : 65536);
        read_ready(c, &out);
    }
    csv_end(c);
    read_ready(c, &out);
    csv_free(c);
    snprintf(read_text, sizeof read_text, "%s", buf_text(&out));
    buf_done(&text);
    buf_done(&out);
    return read_text;
}

TEST(lines_without_end_are_refused_and_what_follows_is_read)
{
    CHECK_TEXT(flood("a,b\n1,", "xxxxxxxxxx", 1000000, "\n2,y\n"),
               "1:a|b\n2!it has a cell of more than 64 KB\n3:2|y\n");
    CHECK_TEXT(flood("a,b\n\"", "xxxxxxxxxx", 1000000, "\n2,y\n"),
               "1:a|b\n2!a quotation mark opens a cell here and is not closed within 64 KB\n3:2|y\n");
    CHECK_TEXT(flood("a\n", ",", 2000000, "\n2\n"), "1:a\n2!it has more than 1000 cells\n3:2\n");
    CHECK_TEXT(flood("", "0123456789012345678901234567890123456789,", 25000, "\n2\n"),
               "1!it has more than 1000 cells\n2:2\n");
    CHECK_TEXT(flood("", "\r\n", 1000000, "z"), "1000001:z\n");
    CHECK_CONTAINS(flood("\"", "\n\"\"", 200000, ""),
                   "1!a quotation mark opens a cell here and is not closed within 64 KB\n");
}

/* A random cell, as it is and as it is written. */
static void add_cell(struct chance *chance, char delimiter, struct buf *written, struct buf *wanted)
{
    static const char *const pieces[] = { "a", "\"", "\n", "\r\n", ",", ";", "\t", " ", "ø", "บ", "\r", "=", "''" };
    struct buf cell = { 0 };
    for (long n = chance_below(chance, 6); n > 0; n--)
        buf_add(&cell, pieces[chance_below(chance, sizeof pieces / sizeof pieces[0])]);
    const char *text = buf_text(&cell);
    char special[] = { '"', '\n', '\r', delimiter, '\0' };
    bool quoted = strpbrk(text, special) || chance_below(chance, 4) == 0;
    buf_add(written, quoted ? "\"" : "");
    for (const char *p = text; *p; p++) {
        buf_add(written, *p == '"' ? "\"" : "");
        buf_add_char(written, *p);
    }
    buf_add(written, quoted ? "\"" : "");
    buf_add(wanted, text);
    buf_done(&cell);
}

TEST(any_table_that_is_written_is_read_back_however_it_is_cut)
{
    struct chance chance;
    chance_seed(&chance, 4180);
    for (int round = 0; round < 60; round++) {
        struct buf written = { 0 }, wanted = { 0 };
        const char delimiter = ",;\t"[round % 3];
        long line = 1, columns = 2 + (long)chance_below(&chance, 4);
        for (int row = 0; row < 4; row++) {
            size_t begin = written.size;
            buf_print(&wanted, "%ld:", line);
            for (long i = 0; i < columns; i++) {
                buf_print(&written, "%.*s", i > 0, &delimiter);
                buf_add(&wanted, i ? "|" : "");
                add_cell(&chance, delimiter, &written, &wanted);
            }
            buf_add(&written, round % 2 ? "\r\n" : "\n");
            buf_add_char(&wanted, '\n');
            for (size_t i = begin; i < written.size; i++)
                line += written.text[i] == '\n' || (written.text[i] == '\r' && written.text[i + 1] != '\n');
        }
        CHECK_TEXT(records_of(delimiter, written.text, written.size), buf_text(&wanted));
        buf_done(&written);
        buf_done(&wanted);
    }
}

TEST(any_bytes_at_all_give_the_same_records_however_they_are_cut)
{
    static const char *const pieces[] = { "a", "\"", "\n", "\r", ",", "\"\"", ";", "sep=", "b" };
    struct chance chance;
    chance_seed(&chance, 7);
    for (int round = 0; round < 200; round++) {
        struct buf text = { 0 };
        for (long n = chance_below(&chance, 40); n > 0; n--)
            buf_add(&text, pieces[chance_below(&chance, sizeof pieces / sizeof pieces[0])]);
        records_of(',', buf_text(&text), text.size);
        buf_done(&text);
    }
}

#define GUESS(text) csv_guess(text, sizeof text - 1)

TEST(the_first_line_tells_the_delimiter)
{
    CHECK_INT(GUESS("a,b,c\n1;2;3;4;5"), ',');
    CHECK_INT(GUESS("a;b;\"c,d,e,f\"\n"), ';');
    CHECK_INT(GUESS("\r\na\tb\tc,d\n"), '\t');
    CHECK_INT(GUESS("alone\n"), ',');
    CHECK_INT(GUESS(""), ',');
    CHECK_INT(GUESS("sep=;\na,b"), ';');
    CHECK_INT(GUESS("a,b;c\n"), 0);
    CHECK_INT(GUESS("a,b;c;d\te\n"), ';');
}

/* The text of bytes in an encoding, cut at every place; or the sentence. */
static const char *decoded(const char *encoding, const char *bytes, size_t size)
{
    for (size_t cut = 0; cut <= size; cut++) {
        struct decoder *d;
        struct err e = { "" };
        struct buf out = { 0 };
        if (!decoder_open(&d, encoding, &e))
            test_fail(__FILE__, __LINE__, "%s", e.text);
        bool fine =
            decoder_add(d, bytes, cut, false, &out, &e) && decoder_add(d, bytes + cut, size - cut, true, &out, &e);
        char now[256];
        snprintf(now, sizeof now, "%s%s", buf_text(&out), fine ? "" : e.text);
        if (cut > 0)
            CHECK_TEXT(now, read_text);
        strcpy(read_text, now);
        decoder_close(d);
        buf_done(&out);
    }
    return read_text;
}

#define DECODED(encoding, bytes) decoded(encoding, bytes, sizeof bytes - 1)

TEST(the_usual_code_pages_become_utf8_however_the_bytes_are_cut)
{
    CHECK_TEXT(DECODED(NULL, "B\xC3\xB8 \xE0\xB8\x9A \xF0\x9F\x98\x80"), "Bø บ 😀");
    CHECK_TEXT(DECODED("windows-1252", "B\xF8 \x80"), "Bø €");
    CHECK_TEXT(DECODED("iso-8859-1", "B\xF8"), "Bø");
    CHECK_TEXT(DECODED("windows-1251", "\xCF\xF0\xE8\xE2\xE5\xF2"), "Привет");
    CHECK_TEXT(DECODED("koi8-r", "\xF0\xD2\xC9\xD7\xC5\xD4"), "Привет");
    CHECK_TEXT(DECODED("windows-874", "\xBA\xC3\xD4\xC9\xD1\xB7"), "บริษัท");
    CHECK_TEXT(DECODED("tis-620", "\xBA\xC3\xD4\xC9\xD1\xB7"), "บริษัท");
    CHECK_TEXT(DECODED("utf-16le", "a\0\xF8\0"), "aø");
}

TEST(a_byte_order_mark_decides_and_is_no_text)
{
    CHECK_TEXT(DECODED(NULL, "\xEF\xBB\xBF"
                             "id"),
               "id");
    CHECK_TEXT(DECODED(NULL, "\xFF\xFEi\0d\0"), "id");
    CHECK_TEXT(DECODED(NULL, "\xFE\xFF\0i\0d"), "id");
    CHECK_TEXT(DECODED("windows-1252", "\xEF\xBB\xBF\xC3\xB8"), "ø");
}

TEST(bytes_that_are_no_text_are_told_with_what_to_do)
{
    CHECK_CONTAINS(DECODED(NULL, "B\xF8"), "Bthis is not UTF-8 (byte 0xF8): say how the file is written");
    CHECK_CONTAINS(DECODED(NULL, "B\xC3"), "(byte 0xC3)");
    CHECK_CONTAINS(DECODED(NULL, "\xED\xA0\x80"), "(byte 0xED)");
    CHECK_CONTAINS(DECODED("utf-16le", "a\0b"), "athis is not text in the encoding utf-16le");
}
