#include "compose/plurals.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

enum { EXAMPLES = 3, DIGITS_MOST = 9 };

static const char *const names[PLURAL_FORMS] = { "zero", "one", "two", "few", "many", "other" };

static enum plural_form named(const char *word, size_t size)
{
    int i = 0;
    while (i < PLURAL_FORMS && (strlen(names[i]) != size || memcmp(names[i], word, size) != 0))
        i++;
    return (enum plural_form)i;
}

static void sample(unsigned char takes[PLURALS_TRIED], const char *locale, UPluralType type)
{
    UErrorCode code = U_ZERO_ERROR;
    UPluralRules *rules = uplrules_openForType(locale, type, &code);
    for (int n = 0; n < PLURALS_TRIED; n++) {
        UChar wide[16];
        char word[16] = "";
        int32_t size = U_SUCCESS(code) ? uplrules_select(rules, n, wide, 16, &code) : 0;
        if (U_SUCCESS(code) && size < 16)
            u_UCharsToChars(wide, word, size);
        enum plural_form form = named(word, strlen(word));
        takes[n] = form == PLURAL_FORMS ? PLURAL_OTHER : (unsigned char)form;
    }
    uplrules_close(rules);
}

void plurals_of(struct plurals *p, const char *locale)
{
    sample(p->count, locale, UPLURAL_TYPE_CARDINAL);
    sample(p->order, locale, UPLURAL_TYPE_ORDINAL);
}

/* "=12", "=1.5": what ICU takes, too. */
static bool exact_number(struct arms_seen *seen, const char *word, size_t size)
{
    static const char digits[] = "0123456789";
    size_t whole = strspn(word, digits), part = word[whole] == '.' ? strspn(word + whole + 1, digits) : 0;
    if (whole == 0 || whole > DIGITS_MOST || part > DIGITS_MOST || size != whole + (part ? part + 1 : 0))
        return false;
    long n = strtol(word, NULL, 10);
    seen->exact = true;
    if (!part && n < PLURALS_TRIED)
        seen->number[n] = true;
    return true;
}

bool plural_arm(struct arms_seen *seen, const char *word, size_t size)
{
    enum plural_form form = named(word, size);
    if (form == PLURAL_FORMS)
        return *word == '=' && exact_number(seen, word + 1, size - 1);
    seen->form[form] = true;
    return true;
}

/* A few numbers that take `form` and have no arm of their own. */
static int examples(const struct arms_seen *seen, const unsigned char *takes, enum plural_form form, int out[EXAMPLES])
{
    int found = 0;
    for (int n = 0; n < PLURALS_TRIED && found < EXAMPLES; n++)
        if (takes[n] == form && !seen->number[n])
            out[found++] = n;
    return found;
}

/* Only =0 and other, and none of them counts anything. */
static bool tells_apart(const struct arms_seen *seen)
{
    bool forms = false;
    for (int form = 0; form < PLURAL_OTHER; form++)
        forms = forms || seen->form[form];
    return seen->exact && !forms && !seen->hash;
}

int plural_lacks(const struct arms_seen *seen, const unsigned char takes[PLURALS_TRIED], struct buf *out)
{
    int lacking = 0;
    for (int form = 0; form < PLURAL_FORMS; form++) {
        int numbers[EXAMPLES], n = examples(seen, takes, (enum plural_form)form, numbers);
        if (form == PLURAL_OTHER ? seen->form[form] : n == 0 || seen->form[form] || tells_apart(seen))
            continue;
        buf_print(out, "%s%s{...} (", lacking++ ? " and " : "", names[form]);
        for (int i = 0; i < n; i++)
            buf_print(out, "%s%d", i ? ", " : "", numbers[i]);
        buf_add(out, n ? ")" : "2.5)"); /* ICU wants other, if only for fractions */
    }
    return lacking;
}
