/* Things that cannot be guessed: HMACs, and codes a person can read over the phone. */
#ifndef BASE_TOKEN_H
#define BASE_TOKEN_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

#define SECRET_SIZE 32

/* Fresh bytes from the kernel. */
bool token_secret(uint8_t out[SECRET_SIZE], struct err *e) MUST_CHECK;

/* HMAC-SHA256 of `text` under `secret`. */
void token_mac(const uint8_t secret[SECRET_SIZE], const char *text, uint8_t out[32]);

/* The same of any bytes, under a key of any length. */
void token_mac_bytes(const void *key, size_t key_size, const void *bytes, size_t size, uint8_t out[32]);

/* As base64 (RFC 4648 4, with padding): `out` has room for BASE64_SIZE(size). Back: how many bytes were written to
 * `out`, which has room for strlen(text); false where `text` is none. */
#define BASE64_SIZE(size) (((size) + 2) / 3 * 4 + 1)
void base64_write(const void *bytes, size_t size, char *out);
bool base64_read(const char *text, uint8_t *out, size_t *size);

/* The code of an offer, "XXXX-XXXX-C" into `out`: 40 bits of HMAC over `text` in an alphabet of 32 letters and digits
 * without 0 O 1 I, and one check character that notices any one wrong character and any two neighbours swapped (a sum
 * in GF(32); Luhn mod 32 would overlook the first and the last letter of the alphabet swapped). */
#define CODE_SIZE 12
void token_code(const uint8_t secret[SECRET_SIZE], const char *text, char out[CODE_SIZE]);

/* Is this a code with a right check character? Case, spaces and dashes do not matter. */
bool token_code_valid(const char *code);

#endif
