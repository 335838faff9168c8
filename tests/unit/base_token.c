#include "base/token.h"
#include "harness/harness.h"

#include <stdio.h>
#include <string.h>

static const char alphabet[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

static void check_mac(const char *key, const char *text, const char *expected)
{
    uint8_t secret[SECRET_SIZE] = { 0 }, mac[32];
    char hex[65];
    memcpy(secret, key, strlen(key)); /* HMAC fills short keys up with zeros itself */
    token_mac(secret, text, mac);
    for (int i = 0; i < 32; i++)
        sprintf(hex + 2 * i, "%02x", mac[i]);
    CHECK_TEXT(hex, expected);
}

TEST(macs_are_those_of_rfc_4231)
{
    check_mac("\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b", "Hi There",
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    check_mac("Jefe", "what do ya want for nothing?",
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(secrets_are_fresh)
{
    uint8_t one[SECRET_SIZE] = { 0 }, two[SECRET_SIZE] = { 0 }, zero[SECRET_SIZE] = { 0 };
    struct err e;
    CHECK_OK(token_secret(one, &e), &e);
    CHECK_OK(token_secret(two, &e), &e);
    CHECK(memcmp(one, two, sizeof one) != 0);
    CHECK(memcmp(one + 16, zero, 16) != 0);
}

TEST(a_code_is_the_same_for_the_same_text_and_secret_only)
{
    uint8_t secret[SECRET_SIZE] = { 1, 2, 3 };
    char one[CODE_SIZE], two[CODE_SIZE];
    token_code(secret, "episode 1", one);
    token_code(secret, "episode 1", two);
    CHECK_TEXT(one, two);
    token_code(secret, "episode 2", two);
    CHECK(strcmp(one, two) != 0);
    secret[31] = 1;
    token_code(secret, "episode 1", two);
    CHECK(strcmp(one, two) != 0);
}

/* Computed with Python: hmac, the 40 bits in fives, and the sum in GF(32) by polynomial division. */
TEST(a_code_stays_what_was_printed_before_an_update)
{
    uint8_t secret[SECRET_SIZE];
    char code[CODE_SIZE];
    for (int i = 0; i < SECRET_SIZE; i++)
        secret[i] = (uint8_t)i;
    token_code(secret, "lapse:42:2026-11-22", code);
    CHECK_TEXT(code, "FNZP-GNKA-3");
}

TEST(codes_have_the_promised_form_and_are_valid)
{
    uint8_t secret[SECRET_SIZE] = { 9 };
    int used[128] = { 0 };
    for (int i = 0; i < 5000; i++) {
        char text[32], code[CODE_SIZE];
        snprintf(text, sizeof text, "%d", i);
        token_code(secret, text, code);
        CHECK_INT((long long)strlen(code), 11);
        CHECK(code[4] == '-' && code[9] == '-');
        CHECK(token_code_valid(code));
        for (int k = 0; k < 11; k++) {
            CHECK(code[k] == '-' || strchr(alphabet, code[k]));
            used[(int)code[k]]++;
        }
    }
    for (int i = 0; i < 32; i++)
        CHECK(used[(int)alphabet[i]] > 9 * 5000 / 32 * 8 / 10); /* all of them about as often */
    CHECK(!used['0'] && !used['O'] && !used['1'] && !used['I']);
}

TEST(any_one_wrong_character_is_noticed)
{
    uint8_t secret[SECRET_SIZE] = { 9 };
    for (int i = 0; i < 100; i++) {
        char text[32], code[CODE_SIZE];
        snprintf(text, sizeof text, "%d", i);
        token_code(secret, text, code);
        for (int k = 0; k < 11; k++)
            for (int a = 0; a < 32 && code[k] != '-'; a++) {
                char right = code[k];
                code[k] = alphabet[a];
                CHECK_INT(token_code_valid(code), right == alphabet[a]);
                code[k] = right;
            }
    }
}

static void swap(char *a, char *b)
{
    char c = *a;
    *a = *b;
    *b = c;
}

TEST(any_two_neighbours_swapped_are_noticed)
{
    static const int places[] = { 0, 1, 2, 3, 5, 6, 7, 8, 10 };
    uint8_t secret[SECRET_SIZE] = { 8 };
    int pairs[32][32] = { 0 };
    for (int i = 0; i < 3000; i++) {
        char text[32], code[CODE_SIZE];
        snprintf(text, sizeof text, "%d", i);
        token_code(secret, text, code);
        for (int k = 0; k + 1 < 9; k++) {
            char *a = code + places[k], *b = code + places[k + 1];
            pairs[strchr(alphabet, *a) - alphabet][strchr(alphabet, *b) - alphabet] = 1;
            swap(a, b);
            CHECK_INT(token_code_valid(code), *a == *b);
            swap(a, b);
        }
    }
    for (int a = 0; a < 32; a++)
        for (int b = 0; b < 32; b++)
            CHECK(pairs[a][b]); /* each pair of letters was among them */
}

TEST(case_spaces_and_dashes_of_a_code_do_not_matter)
{
    uint8_t secret[SECRET_SIZE] = { 7 };
    char code[CODE_SIZE], other[64];
    token_code(secret, "x", code);
    snprintf(other, sizeof other, "  %.4s %.4s%c ", code, code + 5, code[10]);
    CHECK(token_code_valid(other));
    for (char *p = other; *p; p++)
        *p = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
    CHECK(token_code_valid(other));
    snprintf(other, sizeof other, "%.4s\xe2\x80\x93%.4s\xc2\xa0%c", code, code + 5, code[10]);
    CHECK(token_code_valid(other));
}

TEST(what_is_no_code_is_refused)
{
    static const char *const bad[] = {
        "",     "-",        "   ",  "2222-2222", "2222-2222-",        "2222-2222-22", "0000-0000-0",
        "ABCD", "\xe2\x80", "\xe2", "\xc2",      "2222-2222-2 please"
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (token_code_valid(bad[i]))
            test_fail(__FILE__, __LINE__, "\"%s\" is taken for a code", bad[i]);
    char endless[100000];
    memset(endless, '2', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    CHECK(!token_code_valid(endless));
    CHECK(token_code_valid("2222-2222-2")); /* all zeros is a codeword like any other */
}
