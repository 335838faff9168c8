#include "compose/links.h"

#include <string.h>

enum { ADDRESS_MOST = 1000 };

static bool ends_in(const char *text, size_t size, const char *end)
{
    size_t n = strlen(end);
    return size >= n && memcmp(text + size - n, end, n) == 0;
}

/* A Russian patronymic gives the order of a name away: "Surname First Patronymic". */
static bool patronymic(const char *word, size_t size)
{
    return ends_in(word, size, "вич") || ends_in(word, size, "вна") || ends_in(word, size, "ична") ||
           ends_in(word, size, "ьич");
}

/* A single letter, in ASCII or in an alphabet of two bytes a letter. */
static bool initial(const char *word, size_t size)
{
    return size < 2 || (size == 2 && (unsigned char)*word > 0x7F);
}

const char *first_name(struct arena *a, const char *name)
{
    const char *words[4];
    size_t sizes[4], n = 0;
    for (const char *at = name; *at && n < 4; at += strspn(at, " ")) {
        words[n] = at;
        sizes[n] = strcspn(at, " ");
        at += sizes[n++];
    }
    size_t first = n == 3 && patronymic(words[2], sizes[2]) ? 1 : 0;
    bool plain = n >= 2 && !strchr(name, ',') && !memchr(words[first], '.', sizes[first]) &&
                 !initial(words[first], sizes[first]);
    return plain ? arena_copy_bytes(a, words[first], sizes[first]) : name;
}

const char *phone_link(struct arena *a, const char *phone)
{
    char out[24];
    size_t n = 0;
    for (; phone && *phone && n + 1 < sizeof out; phone++) {
        if ((*phone >= '0' && *phone <= '9') || (*phone == '+' && n == 0))
            out[n++] = *phone;
        else if (!strchr(" -()./", *phone))
            break;
    }
    return n >= 5 ? arena_copy_bytes(a, out, n) : NULL;
}

const char *email_link(struct arena *a, const char *email)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-_@";
    const char *at = email ? strchr(email, '@') : NULL;
    bool ok = at && at > email && at[1] && !strchr(at + 1, '@') && strlen(email) < 255 && !email[strspn(email, plain)];
    return ok ? arena_copy(a, email) : NULL;
}

const char *web_link(struct arena *a, const char *url)
{
    if (!url || (strncmp(url, "https://", 8) != 0 && strncmp(url, "http://", 7) != 0) || strlen(url) > ADDRESS_MOST)
        return NULL;
    for (const char *c = url; *c; c++)
        if ((unsigned char)*c <= 0x20 || (unsigned char)*c >= 0x7F || strchr("<>\"'`\\", *c))
            return NULL;
    return arena_copy(a, url);
}
