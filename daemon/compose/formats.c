/* Dates and money as people of the language write them. ICU is given days and local clock readings as if they were UTC:
 * its own zone rules are years old (reference/channels.md 4.3), ours decide. */
#include "compose/phrases_parts.h"

#include <string.h>
#include <unicode/ustring.h>

static UNumberFormat *open_number(const char *locale, UNumberFormatStyle style, int least, int most, UErrorCode *code)
{
    UNumberFormat *f = unum_open(style, NULL, 0, locale, NULL, code);
    if (U_FAILURE(*code))
        return f;
    unum_setAttribute(f, UNUM_MIN_FRACTION_DIGITS, least);
    unum_setAttribute(f, UNUM_MAX_FRACTION_DIGITS, most);
    return f;
}

bool formats_open(struct phrases *p, struct err *e)
{
    UErrorCode code = U_ZERO_ERROR;
    p->plain = open_number(p->locale, UNUM_DECIMAL, 2, 2, &code);
    p->plain_round = open_number(p->locale, UNUM_DECIMAL, 0, 0, &code);
    p->currency = unum_open(UNUM_CURRENCY, NULL, 0, p->locale, NULL, &code);
    p->currency_round = open_number(p->locale, UNUM_CURRENCY, 0, 0, &code);
    p->lines = ubrk_open(UBRK_LINE, p->locale, NULL, 0, &code);
    return U_SUCCESS(code) ||
           err_set(e, "ICU cannot write numbers in the language \"%s\"; is it installed whole (libicu)?", p->locale);
}

void formats_close(struct phrases *p)
{
    UNumberFormat *numbers[] = { p->plain, p->plain_round, p->currency, p->currency_round };
    for (int i = 0; i < 4; i++)
        if (numbers[i])
            unum_close(numbers[i]);
    if (p->lines)
        ubrk_close(p->lines);
}

static const char *format(struct phrases *p, enum phrase which, instant t, struct arena *a)
{
    UChar out[128];
    UErrorCode code = U_ZERO_ERROR;
    int32_t size = udat_format(p->dates[which], (UDate)t, out, 128, NULL, &code);
    return U_SUCCESS(code) ? narrow(a, out, size) : "";
}

const char *phrase_date(struct phrases *p, enum phrase which, date d, struct arena *a)
{
    return d == DATE_NONE || d == DATE_NEVER ? NULL : format(p, which, d * DAY, a);
}

const char *phrase_time(struct phrases *p, instant local, struct arena *a)
{
    return format(p, PHRASE_TIME, local, a);
}

const char *phrase_until(struct phrases *p, date d, struct arena *a)
{
    static const char *const days[] = { "", "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
    const char *text = phrase_date(p, PHRASE_DATE_WEEKDAY, d, a);
    if (!text)
        return NULL;
    struct phrase_values v = { .texts = { text, days[date_weekday(d)] } };
    return phrase_say(p, PHRASE_UNTIL, &v, a);
}

/* Three capital letters are what ICU takes for a currency; anything else it would print as a question mark. */
static bool currency_code(const char *text, UChar out[4])
{
    if (!text || strlen(text) != 3 || strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3)
        return false;
    for (int i = 0; i < 4; i++)
        out[i] = (UChar)text[i];
    return true;
}

/* ICU copies a whole format for an amount in another currency than the format's own, so that one is changed instead. */
static void take_currency(struct phrases *p, const UChar code[4], UErrorCode *status)
{
    if (u_strcmp(p->code, code) == 0)
        return;
    unum_setTextAttribute(p->currency, UNUM_CURRENCY_CODE, code, 3, status);
    unum_setTextAttribute(p->currency_round, UNUM_CURRENCY_CODE, code, 3, status);
    u_strcpy(p->code, code);
}

const char *phrase_money(struct phrases *p, money amount, const char *currency, bool round, struct arena *a)
{
    if (amount == MONEY_NONE)
        return NULL;
    round = round && amount % 100 == 0;
    UChar code[4], out[128];
    UErrorCode status = U_ZERO_ERROR;
    UNumberFormat *f = amount % 100 == 0 ? p->plain_round : p->plain;
    if (currency_code(currency, code)) {
        f = round ? p->currency_round : p->currency;
        take_currency(p, code, &status);
    }
    int32_t size = unum_formatDouble(f, (double)amount / 100, out, 128, NULL, &status);
    return U_SUCCESS(status) ? narrow(a, out, size) : NULL;
}
