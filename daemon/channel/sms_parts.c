#include "channel/sms_parts.h"

#include <string.h>

enum { GSM_ALONE = 160, GSM_EACH = 153, UCS_ALONE = 70, UCS_EACH = 67 };

/* Each counts one; each of the second, two. */
static const char basic[] = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
                            "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
static const char extended[] = "\f^{}\\[~]|€";

/* What is nearly the same; the blanks are those of numbers. */
static const struct {
    const char *from, *to;
} near_enough[] = {
    { "\xE2\x80\x9C", "\"" }, { "\xE2\x80\x9D", "\"" }, { "\xE2\x80\x9E", "\"" },  { "\xC2\xAB", "\"" },
    { "\xC2\xBB", "\"" },     { "\xE2\x80\x98", "'" },  { "\xE2\x80\x99", "'" },   { "\xE2\x80\x93", "-" },
    { "\xE2\x80\x94", "-" },  { "\xE2\x88\x92", "-" },  { "\xE2\x80\xA6", "..." }, { "\xE2\x80\xA2", "-" },
    { "\xC2\xA0", " " },      { "\xE2\x80\xAF", " " },  { "\xE2\x80\x89", " " },   { "\t", " " },
    { "\xC2\xB7", "-" },
};

/* The bytes of the first one, in UTF-8. */
static size_t character(const char *text)
{
    size_t n = 1;
    while ((text[n] & 0xC0) == 0x80)
        n++;
    return n;
}

/* Of a character in the alphabet of 7 bits; 0: it is not in it. */
static size_t septets(const char *text, size_t size)
{
    return memmem(basic, sizeof basic - 1, text, size) ? 1 : memmem(extended, sizeof extended - 1, text, size) ? 2 : 0;
}

static const char *folded(const char *text, struct arena *a)
{
    struct buf out = { 0 };
    for (size_t n; *text; text += n) {
        const char *to = NULL;
        n = character(text);
        for (size_t i = 0; i < sizeof near_enough / sizeof near_enough[0] && !to; i++)
            if (strlen(near_enough[i].from) == n && strncmp(text, near_enough[i].from, n) == 0)
                to = near_enough[i].to;
        buf_add_bytes(&out, to ? to : text, to ? strlen(to) : n);
    }
    const char *result = arena_copy(a, buf_text(&out));
    buf_done(&out);
    return result;
}

/* No character is divided between two parts. */
static size_t count(const char *text, bool gsm)
{
    size_t alone = gsm ? GSM_ALONE : UCS_ALONE, each = gsm ? GSM_EACH : UCS_EACH, all = 0, used = 0, parts = 1;
    for (size_t n; *text; text += n) {
        n = character(text);
        size_t width = gsm ? septets(text, n) : n == 4 ? 2 : 1;
        all += width;
        parts += used + width > each;
        used = used + width > each ? width : used + width;
    }
    return all <= alone ? 1 : parts;
}

struct sms_text sms_text_of(const char *text, struct arena *a)
{
    const char *plain = folded(text, a);
    bool gsm = true;
    for (const char *p = plain; *p && gsm; p += character(p))
        gsm = septets(p, character(p)) > 0;
    if (gsm)
        text = plain;
    return (struct sms_text){ text, gsm, count(text, gsm) };
}

static const char *without_tail(const char *text, struct arena *a)
{
    size_t size = strlen(text);
    while (size && strchr(" \n", text[size - 1]))
        size--;
    return arena_copy_bytes(a, text, size);
}

static void add(struct buf *out, const char *text)
{
    buf_add(out, text);
}

static const struct chat_markup markup = { "", "", add, NULL, "- ", "\n" };

/* The smaller alphabet may come only with the cut, and characters of two make a part shorter than its limit. */
struct sms_text sms_text_fit(const struct chat *c, size_t most_parts, struct arena *a)
{
    bool one = most_parts == 1;
    size_t room = one ? GSM_ALONE : most_parts * GSM_EACH, ucs = one ? UCS_ALONE : most_parts * UCS_EACH;
    struct chat short_of_words = *c;
    for (;;) {
        const char *text = chat_write(&short_of_words, &markup, room, CHAT_UTF16, a);
        struct sms_text out = sms_text_of(without_tail(text, a), a);
        if (out.parts <= most_parts && *out.text)
            return out;
        if (!*out.text && *short_of_words.shortened)
            short_of_words.shortened = ""; /* there is no room to say that it was cut */
        else if (room <= 8)
            return sms_text_of("...", a);
        else
            room = !out.gsm && room > ucs ? ucs : room - 8;
    }
}
