/* The sentences of a language: ICU message patterns from its file `phrases`, with dates, money and counts as people
 * write there. */
#ifndef COMPOSE_PHRASES_H
#define COMPOSE_PHRASES_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/instant.h"
#include "model/customer.h"

enum phrase {
    PHRASE_REASON_RHYTHM,
    PHRASE_REASON_FIRST,
    PHRASE_REASON_FIXED,
    PHRASE_REASON_REVIEW,
    PHRASE_REASON_VISIT,
    PHRASE_REASON_AFTER_SALE,
    PHRASE_REASON_REFERRAL,
    PHRASE_REASON_OCCASION,
    PHRASE_REASON_ANNIVERSARY,
    PHRASE_REASON_PROBLEM,
    PHRASE_REASON_DECLINE,
    PHRASE_REASON_FIRST_ORDER,
    PHRASE_SHORT_RHYTHM,
    PHRASE_SHORT_FIXED,
    PHRASE_SHORT_REVIEW,
    PHRASE_SHORT_VISIT,
    PHRASE_SHORT_AFTER_SALE,
    PHRASE_SHORT_REFERRAL,
    PHRASE_SHORT_OCCASION,
    PHRASE_SHORT_ANNIVERSARY,
    PHRASE_SHORT_PROBLEM,
    PHRASE_SHORT_DECLINE,
    PHRASE_SHORT_FIRST_ORDER,
    PHRASE_DAILY_NUMBERS,
    PHRASE_WEEKLY_NUMBERS,
    PHRASE_REST_SNOOZED,
    PHRASE_REST_WATCH,
    PHRASE_REST_WON,
    PHRASE_REST_OFFERS,
    PHRASE_REST_WAITING,
    PHRASE_LIST,
    PHRASE_SUMMARY_NUMBERS,
    PHRASE_OVER,
    PHRASE_MORE,
    PHRASE_WAITING,
    PHRASE_WAITING_ALL,
    PHRASE_CROWDED,
    PHRASE_WATCHED,
    PHRASE_TOLD_ON,
    PHRASE_SNOOZED_UNTIL,
    PHRASE_LATE_FROM,
    PHRASE_BOUGHT_ON,
    PHRASE_OWNER,
    PHRASE_DAYS,
    PHRASE_ABOUT_DAYS,
    PHRASE_MONTHS,
    PHRASE_ORDERS,
    PHRASE_YEARS,
    PHRASE_WORKING_DAYS,
    PHRASE_MEETING,
    PHRASE_UNTIL,
    PHRASE_OFFER_PERCENT,
    PHRASE_OFFER_AMOUNT,
    PHRASE_OFFER_GIFT,
    PHRASE_OFFER_FREE_DELIVERY,
    PHRASE_QUOTE,
    PHRASE_ALERT_UNREADABLE, /* from here on: notice.h */
    PHRASE_ALERT_SOURCE,
    PHRASE_ALERT_FEED,
    PHRASE_ALERT_CLOCK,
    PHRASE_ALERT_MASS_CHANGE,
    PHRASE_ALERT_STILL_HELD,
    PHRASE_ALERT_NOBODY,
    PHRASE_ALERT_UNASSIGNED,
    PHRASE_ALERT_RENDERING,
    PHRASE_ALERT_CHANNEL_AWAY,
    PHRASE_ALERT_CHANNEL_STOPPED,
    PHRASE_ALERT_ADDRESS,
    PHRASE_ALERT_DIGEST_REFUSED,
    PHRASE_ALERT_DIGEST_LATE,
    PHRASE_ALERT_DIGEST_RENDERING,
    PHRASE_ALERT_REFUSED,
    PHRASE_SHORTENED,
    PHRASE_LABEL_NUMBER, /* from here on: {{label.number}} and so on; they take no values */
    PHRASE_LABEL_CALL,
    PHRASE_LABEL_RECORD,
    PHRASE_LABEL_UNREACHABLE,
    PHRASE_LABEL_CODE,
    PHRASE_LABEL_VALID,
    PHRASE_LABEL_NO_PURCHASES,
    PHRASE_LABEL_USUAL_GAP,
    PHRASE_LABEL_USUAL,
    PHRASE_LABEL_SILENT,
    PHRASE_LABEL_EVERYBODY,
    PHRASE_LABEL_TOLD,
    PHRASE_LABEL_ANSWERED,
    PHRASE_LABEL_OVERDUE,
    PHRASE_LABEL_WON,
    PHRASE_DATE_SHORT, /* from here on: patterns of dates */
    PHRASE_DATE_LONG,
    PHRASE_DATE_WEEKDAY,
    PHRASE_DATE_MEETING,
    PHRASE_TIME,
    PHRASES
};

enum { PHRASE_NUMBERS = 5, PHRASE_TEXTS = 3 };

/* One phrase a language must have, and what its pattern must name, whatever the language. */
struct phrase_row {
    const char *name;
    const char *numbers[PHRASE_NUMBERS], *texts[PHRASE_TEXTS];
    const char *spare; /* the one of these that a pattern may leave out; NULL: none */
    bool date;         /* a pattern of letters (EEEE d MMMM) instead of a message */
    const char *what;
};

extern const struct phrase_row phrase_rows[PHRASES];

/* What to fill into a phrase, in the order of its row. */
struct phrase_values {
    double numbers[PHRASE_NUMBERS];
    const char *texts[PHRASE_TEXTS];
};

struct phrases;

/* Read `text`, the content of `file`; `locale` is ICU's. `english` (or NULL) shows where a missing phrase can be looked
 * up. NULL after complaints. */
struct phrases *phrases_new(const char *file, const char *text, const char *locale, const struct phrases *english,
                            struct complaints *c);
void phrases_free(struct phrases *p);

/* The phrase filled in. */
const char *phrase_say(struct phrases *p, enum phrase which, const struct phrase_values *v, struct arena *a);

/* The phrase "label-NAME"; PHRASES where there is none. */
enum phrase phrase_label(const char *name);

/* A day or a time of day, by one of the patterns of dates; a day that is unknown is NULL. */
const char *phrase_date(struct phrases *p, enum phrase which, date d, struct arena *a);
const char *phrase_time(struct phrases *p, instant local, struct arena *a); /* `local`: shifted to the reader's clock */

/* "until Friday 6 December". */
const char *phrase_until(struct phrases *p, date d, struct arena *a);

/* An amount; without a currency that ICU could know a plain number; NULL where there is none. `round`: no zero
 * hundredths. */
const char *phrase_money(struct phrases *p, money amount, const char *currency, bool round, struct arena *a);

/* In capitals, as the language has them. */
const char *phrase_upper(struct phrases *p, const char *text, struct arena *a);

/* `text` (lines ended by LF) with each line broken at `columns` where the language breaks, continued under its first
 * word. An address of the web is never cut, whatever its length. */
const char *phrase_wrap(struct phrases *p, const char *text, int columns, struct arena *a);

/* The same for one line, appended to `out` and ended by LF: `first` stands in front of it, `rest` in front of what
 * continues it. */
void phrase_wrap_line(struct phrases *p, const char *line, const char *first, const char *rest, int columns,
                      struct buf *out);

#endif
