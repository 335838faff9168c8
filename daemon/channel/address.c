#include "channel/address.h"

#include "channel/channel.h"
#include "post/envelope.h"
#include "post/words.h"

#include <idn2.h>
#include <stdio.h>
#include <string.h>

static const char blanks[] = " \t";

/* The first `c` in `p` outside "quotes", or NULL. */
static const char *outside_quotes(const char *p, char c)
{
    bool quoted = false;
    for (; *p; p++) {
        if (quoted && *p == '\\' && p[1])
            p++;
        else if (*p == '"')
            quoted = !quoted;
        else if (!quoted && *p == c)
            return p;
    }
    return NULL;
}

static bool has_controls(const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p; p++)
        if ((*p < 0x20 && *p != '\t') || *p == 0x7F)
            return true;
    return false;
}

bool address_bare(const char *text, char *out, size_t room)
{
    if (!text || has_controls(text)) /* a second line is never part of a name */
        return false;
    const char *start = text + strspn(text, blanks), *end = start + strlen(start);
    const char *open = outside_quotes(start, '<');
    if (open) {
        start = open + 1;
        end = strchr(start, '>');
        /* Behind the > there is nothing, or it is a list. */
        if (!end || end[1 + strspn(end + 1, blanks)])
            return false;
    }
    while (end > start && strchr(blanks, end[-1]))
        end--;
    size_t size = (size_t)(end - start);
    if (!size || size >= room || !memchr(start, '@', size) || strcspn(start, "<> \t,;") < size)
        return false;
    memcpy(out, start, size);
    out[size] = '\0';
    return true;
}

/* Only names outside ASCII are touched. libidn2 maps U+FF1C to '<' and with its STD3 flag drops it without a word, so
 * what comes out is looked at like any other address. */
static bool domain_ascii(const char *domain, char *out, size_t room, struct err *e)
{
    char *converted = NULL;
    if (!envelope_needs_utf8(domain))
        return (size_t)snprintf(out, room, "%s", domain) < room || err_set(e, "the address is too long");
    int rc = idn2_to_ascii_8z(domain, &converted, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT);
    if (rc != IDN2_OK)
        return err_set(e, "its domain is no name: %s", idn2_strerror(rc));
    bool fits = (size_t)snprintf(out, room, "%s", converted) < room;
    idn2_free(converted);
    return fits || err_set(e, "the address is too long");
}

static bool convert(const char *text, char *out, size_t room, struct err *e)
{
    char bare[ADDRESS_ROOM * 4];
    if (!address_bare(text, bare, sizeof bare))
        return err_set(e, "there is no single address in it: write name@example.com");
    char *at = strrchr(bare, '@');
    size_t local = (size_t)(at + 1 - bare);
    if (local >= room)
        return err_set(e, "the address is too long");
    memcpy(out, bare, local);
    return domain_ascii(at + 1, out + local, room - local, e);
}

bool address_wire(const char *text, char *out, size_t room, struct err *e)
{
    if (!text || !text[0])
        return err_set(e, "there is no address");
    if (convert(text, out, room, e))
        return envelope_ok(out, e);
    char shown[128] = "";
    words_append(shown, sizeof shown, text, strlen(text));
    return err_wrap(e, "address \"%s\"", shown);
}
