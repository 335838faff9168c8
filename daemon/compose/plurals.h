/* Which plural form a language takes for which number. */
#ifndef COMPOSE_PLURALS_H
#define COMPOSE_PLURALS_H

#include "base/buf.h"
#include "base/err.h"

enum { PLURALS_TRIED = 1000 };

enum plural_form { PLURAL_ZERO, PLURAL_ONE, PLURAL_TWO, PLURAL_FEW, PLURAL_MANY, PLURAL_OTHER, PLURAL_FORMS };

/* The form of each whole number below PLURALS_TRIED, counting and ordering. Days and orders hardly go beyond, and the
 * forms that some languages keep for round millions are not asked of anybody. */
struct plurals {
    unsigned char count[PLURALS_TRIED], order[PLURALS_TRIED];
};

/* `locale` is ICU's; of a language that ICU does not know, all is "other". */
void plurals_of(struct plurals *p, const char *locale);

/* The arms of one plural that were seen: forms, and whole numbers that have one of their own (=0). */
struct arms_seen {
    bool form[PLURAL_FORMS], number[PLURALS_TRIED];
    bool exact, hash; /* is there a =number; does an arm write the number as # */
};

/* Note the arm `word`; false where it is no form of a plural, nor = and a number. */
bool plural_arm(struct arms_seen *seen, const char *word, size_t size);

/* Append the forms that `takes` asks for and no arm has, as "few{...} (2, 3, 4) and many{...} (0, 5, 6)"; how many.
 * =0{} other{...} without a # asks for no form: that only tells numbers apart. */
int plural_lacks(const struct arms_seen *seen, const unsigned char takes[PLURALS_TRIED], struct buf *out);

#endif
