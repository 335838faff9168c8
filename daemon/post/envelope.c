#include "post/envelope.h"

#include "post/words.h"

#include <ctype.h>
#include <string.h>

/* RFC 5321 4.5.3.1; 254 follows from the path's 256 with its brackets. */
#define ADDRESS_MOST 254
#define LOCAL_MOST 64

/* Outside a quoted string these separate, quote or route; a field that holds them is not one address. */
static const char forbidden[] = "<>()[]\\,;:\"";

static bool octets_ok(const char *address, struct err *e)
{
    for (const unsigned char *p = (const unsigned char *)address; *p; p++) {
        if (*p < 0x21 || *p == 0x7F)
            return err_set(e, "there is a space or control character (0x%02X) in it", *p);
        if (strchr(forbidden, *p))
            return err_set(e, "there is a %c in it: write one plain address", *p);
    }
    return true;
}

static bool parts_ok(const char *address, struct err *e)
{
    const char *at = strchr(address, '@');
    if (!at)
        return err_set(e, "there is no @ in it");
    if (strchr(at + 1, '@'))
        return err_set(e, "there is more than one @ in it: write one plain address");
    if (at == address || !at[1])
        return err_set(e, "there is nothing %s the @", at[1] ? "before" : "behind");
    if (at - address > LOCAL_MOST)
        return err_set(e, "the part before the @ is longer than %d octets", LOCAL_MOST);
    /* A program behind the server may take it for an option. */
    if (address[0] == '-' || at[1] == '-')
        return err_set(e, "a part of it begins with -");
    if (at[1] == '.' || strstr(at, ".."))
        return err_set(e, "its domain has an empty part");
    for (const unsigned char *p = (const unsigned char *)at + 1; *p; p++)
        if (*p < 0x80 && !isalnum(*p) && !strchr("-._", *p))
            return err_set(e, "there is a %c in its domain", *p);
    return true;
}

bool envelope_ok(const char *address, struct err *e)
{
    if (!address || !address[0])
        return err_set(e, "there is no address");
    if (strlen(address) > ADDRESS_MOST)
        return err_set(e, "the address is longer than %d octets", ADDRESS_MOST);
    char shown[ADDRESS_MOST * 4 + 1] = "";
    words_append(shown, sizeof shown, address, strlen(address));
    if (octets_ok(address, e) && parts_ok(address, e)) {
        if (strcmp(shown, address) == 0)
            return true;
        err_set(e, "there is something in it that is not a letter of UTF-8");
    }
    return err_wrap(e, "address \"%.300s\"", shown);
}

bool envelope_needs_utf8(const char *address)
{
    for (const unsigned char *p = (const unsigned char *)address; *p; p++)
        if (*p > 0x7F)
            return true;
    return false;
}
