/* The edges of what can be read: what is no configuration, what has no end, and numbers up to their last digit. */
#include "settings_answers.h"

#include <sys/stat.h>
#include <unistd.h>

TEST(what_is_no_configuration_at_all_is_said_to_be_none)
{
    const char *folder = test_folder();
    char path[256];
    struct complaints c = { 0 };
    struct options *o = NULL;
    snprintf(path, sizeof path, "%s/nothing.conf", folder);
    CHECK(!settings_read(&o, path, &c) && !o);
    CHECK_INT(c.n, 1);
    CHECK_TEXT(c.rows[0].file, path);
    CHECK_TEXT(c.rows[0].text, "does not exist; is the path right?");
    CHECK(!settings_read(&o, folder, &c) && !o);
    CHECK_INT(c.n, 2);
    CHECK_TEXT(c.rows[1].text, "is a folder, not a file");
    snprintf(path, sizeof path, "%s/pipe", folder);
    CHECK(mkfifo(path, 0600) == 0);
    CHECK(!settings_read(&o, path, &c) && !o);
    CHECK_TEXT(c.rows[2].text, "is not a plain file");
    complaints_done(&c);
}

TEST(an_empty_file_is_told_what_it_lacks)
{
    char *answer = answer_to(test_folder(), "", 0);
    CHECK_TEXT(answer,
               "followupd.conf: store is missing (the file in which followupd keeps everything it remembers); add for "
               "example store = \"/var/lib/followupd/store.db\";\n"
               "followupd.conf: company is missing; add company = { ... };\n"
               "followupd.conf: source is missing; add source = { ... };");
    free(answer);
}

TEST(bytes_that_are_no_text_are_refused_with_their_line)
{
    const char *folder = test_folder();
    static const char nul[] = "store = \"x\";\n\0\n", latin[] = "# caf\xe9\n",
                      elf[] = "\x7f"
                              "ELF\x02\x01\x01";
    char *a = answer_to(folder, nul, sizeof nul - 1), *b = answer_to(folder, latin, sizeof latin - 1),
         *c = answer_to(folder, elf, sizeof elf - 1);
    CHECK_TEXT(a, "followupd.conf:2: there is a NUL byte: this is no text file");
    CHECK_TEXT(b, "followupd.conf:1: there is a byte that is not UTF-8; save the file as UTF-8");
    CHECK_TEXT(c, "followupd.conf:1: \"?\" is not understood here; is it part of a text without quotation marks?");
    free(a), free(b), free(c);
}

TEST(files_that_include_without_end_are_stopped)
{
    const char *folder = test_folder();
    static const char both[] = "@include \"followupd.conf\"\n@include \"followupd.conf\"\n";
    char *answer = answer_to(folder, both, strlen(both));
    CHECK_CONTAINS(answer, "too many files include each other");
    free(answer);
}

TEST(brackets_without_end_are_stopped)
{
    char text[20000];
    memset(text, '(', sizeof text);
    memcpy(text, "rules = ", 8);
    char *answer = answer_to(test_folder(), text, sizeof text);
    CHECK_TEXT(answer, "followupd.conf:1: brackets are nested more than 64 deep; some are never closed");
    free(answer);
}

TEST(a_flood_of_mistakes_ends_after_a_few_hundred)
{
    struct buf text = { 0 };
    for (int i = 0; i < 20000; i++)
        buf_print(&text, "x%d = y;\n", i);
    char *answer = answer_to(test_folder(), text.text, text.size);
    int lines = 1;
    for (const char *t = answer; *t; t++)
        lines += *t == '\n';
    CHECK(lines >= 400 && lines <= 600);
    free(answer);
    buf_done(&text);
}

TEST(numbers_up_to_the_edge_are_taken_and_beyond_it_are_not)
{
    static const struct {
        const char *number;
        bool fits;
    } cases[] = { { "2147483647", true },
                  { "2147483648", false },
                  { "-2147483648", true },
                  { "-2147483649", false },
                  { "0x7fffffff", true },
                  { "0x80000000", false },
                  { "0xFFFFFFFF", false },
                  { "9223372036854775807L", true },
                  { "9223372036854775808L", false },
                  { "2147483648L", true },
                  { "0x7fffffffffffffffLL", true },
                  { "0xffffffffffffffffL", false },
                  { "+5", true },
                  { "1e3", true },
                  { "1.5e-3", true } };
    const char *folder = test_folder();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char setting[64];
        snprintf(setting, sizeof setting, "extra = %s; store", cases[i].number);
        char *text = replaced(good, "store", setting), *answer = answer_to(folder, text, strlen(text));
        CHECK_CONTAINS(answer, "\"extra\" is not a setting");
        if (!strstr(answer, "too large a number") != cases[i].fits)
            test_fail(__FILE__, __LINE__, "%s: %s", cases[i].number, answer);
        free(answer);
        free(text);
    }
}

TEST(numbers_in_comments_and_texts_are_nobodys_business)
{
    char *text = replaced(good, "store =", "# 99999999999\n// 99999999999\n/* 99999999999\n 010 */ store =");
    char *more = replaced(text, "Acme", "99999999999 \\\" 010 # /* // { (");
    char *answer = answer_to(test_folder(), more, strlen(more));
    CHECK_TEXT(answer, "");
    free(answer);
    free(text);
    free(more);
}
