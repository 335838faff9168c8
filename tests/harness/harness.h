/* A small test harness: TEST() registers itself, a failed CHECK ends its test, the last line is "N passed, N failed".
 */
#ifndef HARNESS_H
#define HARNESS_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

typedef void test_function(void);

void test_register(const char *file, const char *name, test_function *run);

/* TEST(a_promise_in_words) { CHECK(...); } */
#define TEST(name)                                                                                                     \
    static void name(void);                                                                                            \
    __attribute__((constructor)) static void register_##name(void)                                                     \
    {                                                                                                                  \
        test_register(__FILE__, #name, name);                                                                          \
    }                                                                                                                  \
    static void name(void)

#define CHECK(condition) test_check((condition), __FILE__, __LINE__, #condition)
#define CHECK_INT(actual, expected) test_check_int((actual), (expected), __FILE__, __LINE__, #actual)
#define CHECK_TEXT(actual, expected) test_check_text((actual), (expected), __FILE__, __LINE__, #actual)
#define CHECK_CONTAINS(text, part) test_check_contains((text), (part), __FILE__, __LINE__, #text)
/* A call that returns false with a sentence in `e`. */
#define CHECK_OK(call, e) test_check_ok((call), (e), __FILE__, __LINE__, #call)

void test_check(bool holds, const char *file, int line, const char *what);
void test_check_int(long long actual, long long expected, const char *file, int line, const char *what);
void test_check_text(const char *actual, const char *expected, const char *file, int line, const char *what);
void test_check_contains(const char *text, const char *part, const char *file, int line, const char *what);
void test_check_ok(bool holds, const struct err *e, const char *file, int line, const char *what);

/* End this test as failed, or as skipped with a loud line. */
_Noreturn void test_fail(const char *file, int line, const char *format, ...) PRINTF_LIKE(3, 4);
_Noreturn void test_skip(const char *format, ...) PRINTF_LIKE(1, 2);

/* A fresh folder of this test, removed when the program ends well. The string lives as long as the program. */
const char *test_folder(void);

/* `name` below ../shared/data, or the test is skipped, loudly, where it is absent. Lives until the next call. */
const char *test_shared(const char *name);

#endif
