#include "base/token.h"

#include <assert.h>
#include <errno.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>
#include <sys/random.h>

static const char alphabet[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

enum { DIGITS = 8, BITS = 5 };

bool token_secret(uint8_t out[SECRET_SIZE], struct err *e)
{
    uint8_t fresh[SECRET_SIZE];
    ssize_t size;
    do
        size = getrandom(fresh, sizeof fresh, 0); /* up to 256 bytes come whole, or not at all */
    while (size < 0 && errno == EINTR);
    if (size != sizeof fresh)
        return err_set(e, "cannot get random bytes from the kernel: %s", strerror(errno));
    memcpy(out, fresh, sizeof fresh);
    return true;
}

void token_mac_bytes(const void *key, size_t key_size, const void *bytes, size_t size, uint8_t out[32])
{
    unsigned written = 32;
    const void *done = HMAC(EVP_sha256(), key, (int)key_size, bytes, size, out, &written);
    assert(done && written == 32); /* it fails for want of memory only */
}

void token_mac(const uint8_t secret[SECRET_SIZE], const char *text, uint8_t out[32])
{
    token_mac_bytes(secret, SECRET_SIZE, text, strlen(text), out);
}

void base64_write(const void *bytes, size_t size, char *out)
{
    EVP_EncodeBlock((unsigned char *)out, bytes, (int)size);
}

bool base64_read(const char *text, uint8_t *out, size_t *size)
{
    size_t padding = 0, length = strlen(text);
    while (padding < 2 && padding < length && text[length - 1 - padding] == '=')
        padding++;
    int n = length % 4 == 0 && length < 1 << 20 ? EVP_DecodeBlock(out, (const unsigned char *)text, (int)length) : -1;
    *size = n < 0 ? 0 : (size_t)n - padding;
    return n >= 0;
}

/* The letters are the elements of GF(32) = GF(2)[x] / (x^5 + x^2 + 1). Each place weighs x times the one behind it, so
 * a changed letter, or two different ones swapped, always change the sum. */
static unsigned times_x(unsigned n)
{
    n <<= 1;
    return n & 32 ? n ^ 37 : n;
}

static unsigned check_of(const unsigned digits[DIGITS])
{
    unsigned sum = 0;
    for (int i = 0; i < DIGITS; i++)
        sum = times_x(sum ^ digits[i]);
    return sum;
}

void token_code(const uint8_t secret[SECRET_SIZE], const char *text, char out[CODE_SIZE])
{
    uint8_t mac[32];
    unsigned digits[DIGITS];
    uint64_t bits = 0;
    token_mac(secret, text, mac);
    for (int i = 0; i < DIGITS * BITS / 8; i++)
        bits = bits << 8 | mac[i];
    for (int i = 0; i < DIGITS; i++) {
        digits[i] = bits >> (DIGITS - 1 - i) * BITS & 31;
        out[i + i / 4] = alphabet[digits[i]];
    }
    out[4] = out[9] = '-';
    out[10] = alphabet[check_of(digits)];
    out[11] = '\0';
}

/* Bytes to skip at `p`: a space or a dash, also those that word processors and phones put in their place (UTF-8:
 * no-break space, U+2010 to U+2015, minus). */
static size_t filler(const char *p)
{
    if (*p == ' ' || *p == '\t' || *p == '-')
        return 1;
    if (strncmp(p, "\xc2\xa0", 2) == 0)
        return 2;
    if (strncmp(p, "\xe2\x88\x92", 3) == 0)
        return 3;
    return strncmp(p, "\xe2\x80", 2) == 0 && (unsigned char)p[2] >= 0x90 && (unsigned char)p[2] <= 0x95 ? 3 : 0;
}

bool token_code_valid(const char *code)
{
    unsigned digits[DIGITS + 1], n = 0;
    while (*code) {
        size_t skipped = filler(code);
        code += skipped;
        if (skipped)
            continue;
        char c = *code >= 'a' && *code <= 'z' ? (char)(*code - 'a' + 'A') : *code;
        const char *found = strchr(alphabet, c);
        if (!found || n > DIGITS)
            return false;
        digits[n++] = (unsigned)(found - alphabet);
        code++;
    }
    return n == DIGITS + 1 && check_of(digits) == digits[DIGITS];
}
