/* Chains of merged customers, and what cannot be one. */
#include "harness/harness.h"
#include "plan/aliases.h"

#include <stdio.h>

#define END(a, old, trouble_) (end = alias_end(&(a), old, &trouble), CHECK_INT(trouble, trouble_), end)

#define ALIASES(...)                                                                                                   \
    {                                                                                                                  \
        (struct alias[]){ __VA_ARGS__ }, sizeof((struct alias[]){ __VA_ARGS__ }) / sizeof(struct alias)                \
    }

TEST(a_chain_leads_to_its_end)
{
    enum alias_trouble trouble;
    const char *end;
    struct aliases a = ALIASES({ "7", "17" }, { "17", "170" }, { "170", "x" }, { "a", "17" });
    CHECK_TEXT(END(a, "7", ALIAS_FINE), "x");
    CHECK_TEXT(END(a, "a", ALIAS_FINE), "x");
    CHECK_TEXT(END(a, "170", ALIAS_FINE), "x");
    CHECK_TEXT(END(a, "x", ALIAS_FINE), NULL);
    CHECK_TEXT(END(a, "8", ALIAS_FINE), NULL);
    struct aliases none = { 0 };
    CHECK_TEXT(END(none, "7", ALIAS_FINE), NULL);
}

TEST(nothing_is_concluded_from_circles_and_contradictions)
{
    enum alias_trouble trouble;
    const char *end;
    struct aliases a = ALIASES({ "1", "1" }, { "2", "3" }, { "3", "4" }, { "4", "2" }, { "5", "6" }, { "5", "7" },
                               { "8", "5" }, { "9", "10" }, { "9", "10" }, { "11", "1" }, { "12", "2" });
    CHECK_TEXT(END(a, "1", ALIAS_ITSELF), NULL);
    CHECK_TEXT(END(a, "2", ALIAS_CIRCLE), NULL);
    CHECK_TEXT(END(a, "4", ALIAS_CIRCLE), NULL);
    CHECK_TEXT(END(a, "5", ALIAS_TWICE), NULL);
    CHECK_TEXT(END(a, "8", ALIAS_TWICE), NULL);
    CHECK_TEXT(END(a, "9", ALIAS_FINE), "10"); /* the same said twice */
    CHECK_TEXT(END(a, "11", ALIAS_ITSELF), NULL);
    CHECK_TEXT(END(a, "12", ALIAS_CIRCLE), NULL);
}

TEST(a_chain_of_any_length_ends)
{
    enum { N = 3000 };
    static char ids[N + 1][8];
    static struct alias rows[N];
    enum alias_trouble trouble;
    const char *end;
    for (int i = 0; i <= N; i++)
        snprintf(ids[i], sizeof ids[i], "%d", i);
    for (int i = 0; i < N; i++)
        rows[i] = (struct alias){ ids[i], ids[i + 1] };
    struct aliases a = { rows, N };
    CHECK_TEXT(END(a, "2500", ALIAS_FINE), "3000");
    CHECK_TEXT(END(a, "0", ALIAS_CIRCLE), NULL);
}
