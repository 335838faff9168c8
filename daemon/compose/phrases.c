#include "compose/phrases.h"

#include "base/mem.h"
#include "compose/entries.h"
#include "compose/near.h"
#include "compose/pattern.h"
#include "compose/phrases_parts.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ustring.h>

enum { DATE_MOST = 60 };

const struct phrase_row phrase_rows[PHRASES] = {
    [PHRASE_REASON_RHYTHM] = { "reason-rhythm",
                               { "typical", "orders", "similar", "days", "times" },
                               .what = "Why now, where the customer's own rhythm decided; similar is 0 where nothing "
                                       "is known of similar customers." },
    [PHRASE_REASON_FIRST] = { "reason-first",
                              { "typical", "days", "times" },
                              .what = "Why now, for a customer with one order, judged by the rhythm of similar "
                                      "customers." },
    [PHRASE_REASON_FIXED] = { "reason-fixed", { "days", "limit" }, .what = "Why now, where a fixed period decided." },
    [PHRASE_REASON_REVIEW] = { "reason-review",
                               { "days", "never" },
                               { "limit", "date" },
                               .what = "Why an account review is due; limit is a span in words; never is 1 where there "
                                       "was none yet, date is the day that it is counted from then." },
    [PHRASE_REASON_VISIT] = { "reason-visit",
                              { "days", "never" },
                              { "limit", "date" },
                              .what = "Why the regular contact is due; limit is a span in words; never is 1 where "
                                      "there was none yet, date is the day that it is counted from then." },
    [PHRASE_REASON_AFTER_SALE] = { "reason-after-sale",
                                   { "part", "parts" },
                                   { "date" },
                                   .what = "Why a visit after a sale is due: which of how many; the day of delivery." },
    [PHRASE_REASON_REFERRAL] = { "reason-referral", .texts = { "date" },
                                 .what = "Why to ask for a recommendation; the day of the last visit." },
    [PHRASE_REASON_OCCASION] = { "reason-occasion", .texts = { "date", "rule" },
                                 .what = "A day of the year; rule is the title of the rule." },
    [PHRASE_REASON_ANNIVERSARY] = { "reason-anniversary",
                                    { "years" },
                                    { "date" },
                                    .what = "The anniversary of the first order." },
    [PHRASE_REASON_PROBLEM] = { "reason-problem",
                                { "days" },
                                { "limit" },
                                .what = "Why a complaint is too old; limit is a span in words." },
    [PHRASE_REASON_DECLINE] = { "reason-decline",
                                { "part", "days", "limit" },
                                .what = "How little was bought in the last days; part and limit are percent of the "
                                        "usual." },
    [PHRASE_REASON_FIRST_ORDER] = { "reason-first-order",
                                    { "days", "never" },
                                    { "limit", "date" },
                                    .what = "Why to call a prospect; limit is a span in words; never is 1 where there "
                                            "was none yet, date is the day that it is counted from then." },
    [PHRASE_SHORT_RHYTHM] = { "short-rhythm",
                              { "days", "typical" },
                              .what = "Why in short, in a list, where a rhythm decided." },
    [PHRASE_SHORT_FIXED] = { "short-fixed",
                             { "days" },
                             { "limit" },
                             .what = "Why in short, where a fixed period decided; limit is a span in words." },
    [PHRASE_SHORT_REVIEW] = { "short-review",
                              { "days", "never" },
                              { "limit" },
                              .what = "Why in short: an account review; limit is a span in words; never is 1 where "
                                      "there was none yet." },
    [PHRASE_SHORT_VISIT] = { "short-visit",
                             { "days", "never" },
                             { "limit" },
                             .what = "Why in short: the regular contact; limit is a span in words; never is 1 where "
                                     "there was none yet." },
    [PHRASE_SHORT_AFTER_SALE] = { "short-after-sale",
                                  { "part", "parts" },
                                  .what = "Why in short: which visit after a sale, of how many." },
    [PHRASE_SHORT_REFERRAL] = { "short-referral", .what = "Why in short: a recommendation to ask for." },
    [PHRASE_SHORT_OCCASION] = { "short-occasion", .texts = { "date", "rule" },
                                .what = "Why in short: a day of the year; rule is the title of the rule." },
    [PHRASE_SHORT_ANNIVERSARY] = { "short-anniversary",
                                   { "years" },
                                   { "date" },
                                   .what = "Why in short: the anniversary of the first order." },
    [PHRASE_SHORT_PROBLEM] = { "short-problem",
                               { "days" },
                               { "limit" },
                               .what = "Why in short: a complaint; limit is a span in words." },
    [PHRASE_SHORT_DECLINE] = { "short-decline",
                               { "part" },
                               .what = "Why in short: how much was bought, in percent of the usual." },
    [PHRASE_SHORT_FIRST_ORDER] = { "short-first-order",
                                   { "days", "never" },
                                   { "limit" },
                                   .what = "Why in short: a prospect; limit is a span in words; never is 1 where there "
                                           "was none yet." },
    [PHRASE_DAILY_NUMBERS] = { "daily-numbers", { "new" }, .what = "What a daily mail has." },
    [PHRASE_WEEKLY_NUMBERS] = { "weekly-numbers", { "new", "open" }, .what = "What a weekly mail has." },
    [PHRASE_REST_SNOOZED] = { "rest-snoozed",
                              { "count" },
                              .what = "Where nothing is new or open: so many are put off." },
    [PHRASE_REST_WATCH] = { "rest-watch", { "count" }, .what = "The same: so many are to be watched." },
    [PHRASE_REST_WON] = { "rest-won", { "count" }, .what = "The same: so many were won back." },
    [PHRASE_REST_OFFERS] = { "rest-offers", { "count" }, .what = "The same: so many offers end soon." },
    [PHRASE_REST_WAITING] = { "rest-waiting", { "count" }, .what = "The same: so many wait until the caps let them." },
    [PHRASE_LIST] = { "list", .texts = { "first", "second" }, .what = "Two of these, one after the other." },
    [PHRASE_SUMMARY_NUMBERS] = { "summary-numbers",
                                 { "told", "answered", "overdue", "won" },
                                 .what = "How a person, or everybody, fared in a week." },
    [PHRASE_OVER] = { "over", .texts = { "amount" }, .what = "An amount that is known to be larger." },
    [PHRASE_MORE] = { "more", { "count" }, .what = "How many lines of a list are left out." },
    [PHRASE_WAITING] = { "waiting", { "count" }, .what = "How many more are due for the reader, and will follow." },
    [PHRASE_WAITING_ALL] = { "waiting-all", { "count" }, .what = "The same of all salespeople, to their manager." },
    [PHRASE_CROWDED] = { "crowded",
                         { "count" },
                         { "people" },
                         .what = "To a manager: for four weeks more came due for these than they may be told." },
    [PHRASE_WATCHED] = { "watched", { "count" }, .what = "How many customers are looked after, where nothing is due." },
    [PHRASE_TOLD_ON] = { "told-on", .texts = { "date" }, .what = "In a list: the day of the telling." },
    [PHRASE_SNOOZED_UNTIL] = { "snoozed-until", .texts = { "date" }, .what = "In a list: put off until that day." },
    [PHRASE_LATE_FROM] = { "late-from", .texts = { "date" }, .what = "In a list: the day on which it becomes late." },
    [PHRASE_BOUGHT_ON] = { "bought-on", .texts = { "date" }, .what = "In a list: the day of the purchase." },
    [PHRASE_OWNER] = { "owner", .texts = { "name" }, .what = "In a list: who looks after the customer." },
    [PHRASE_DAYS] = { "days", { "days" }, .what = "A number of days." },
    [PHRASE_ABOUT_DAYS] = { "about-days", { "days" }, .what = "About so many days." },
    [PHRASE_MONTHS] = { "months", { "months" }, .what = "A number of months." },
    [PHRASE_ORDERS] = { "orders", { "orders" }, .what = "A number of orders." },
    [PHRASE_YEARS] = { "years", { "years" }, .what = "A number of years." },
    [PHRASE_WORKING_DAYS] = { "working-days", { "days" }, .what = "A number of working days." },
    [PHRASE_MEETING] = { "meeting", .texts = { "day", "hours" },
                         .what = "A proposed meeting; hours are such as 10:00-11:00." },
    [PHRASE_UNTIL] = { "until", .texts = { "date", "weekday" }, .spare = "weekday",
                       .what = "The last day of an offer; weekday is mon, tue, wed, thu, fri, sat or sun." },
    [PHRASE_OFFER_PERCENT] = { "offer-percent", { "percent" }, .what = "A discount of so many percent." },
    [PHRASE_OFFER_AMOUNT] = { "offer-amount", .texts = { "amount" }, .what = "A discount of an amount of money." },
    [PHRASE_OFFER_GIFT] = { "offer-gift", .texts = { "gift" }, .what = "A gift, in the company's words." },
    [PHRASE_OFFER_FREE_DELIVERY] = { "offer-free-delivery", .what = "Delivery without charge." },
    [PHRASE_QUOTE] = { "quote", .texts = { "text" }, .what = "What is said, in quotation marks." },
    [PHRASE_ALERT_UNREADABLE] = { "alert-unreadable",
                                  { "values" },
                                  { "example" },
                                  .what = "To the admin: values of the customer database cannot be read." },
    [PHRASE_ALERT_SOURCE] = { "alert-source", .texts = { "why" },
                              .what = "To the admin: the customer database cannot be read." },
    [PHRASE_ALERT_FEED] = { "alert-feed",
                            { "days", "limit" },
                            { "date" },
                            .what = "To the admin: the customer database stands still; date is the day of the newest "
                                    "purchase." },
    [PHRASE_ALERT_CLOCK] = { "alert-clock",
                             { "jump" },
                             { "unit", "direction", "when" },
                             .what = "To the admin: the clock jumped; unit is days, hours, minutes or seconds, "
                                     "direction back or forward, when running or off." },
    [PHRASE_ALERT_MASS_CHANGE] = { "alert-mass-change",
                                   { "cases", "limit", "customers" },
                                   { "rule", "date" },
                                   .what = "To the admin: a rule has far more new cases than usual." },
    [PHRASE_ALERT_STILL_HELD] = { "alert-still-held",
                                  { "held" },
                                  { "rule", "date" },
                                  .what = "To the admin, on the days after a mass change: it is still held." },
    [PHRASE_ALERT_NOBODY] = { "alert-nobody", .texts = { "person" },
                              .what = "To the admin: nobody can be told about the customers of this salesperson." },
    [PHRASE_ALERT_UNASSIGNED] = { "alert-unassigned",
                                  .what = "To the admin: nobody can be told about the customers without a "
                                          "salesperson." },
    [PHRASE_ALERT_RENDERING] = { "alert-rendering", .texts = { "customer", "why" },
                                 .what = "To the admin: a message about this customer cannot be made." },
    [PHRASE_ALERT_CHANNEL_AWAY] = { "alert-channel-away", .texts = { "channel", "why" },
                                    .what = "To the admin: this channel cannot be reached." },
    [PHRASE_ALERT_CHANNEL_STOPPED] = { "alert-channel-stopped", .texts = { "channel", "why" },
                                       .what = "To the admin: this channel is stopped until something is mended." },
    [PHRASE_ALERT_ADDRESS] = { "alert-address", .texts = { "person", "address", "why" },
                               .what = "To the admin: the address of this person was refused." },
    [PHRASE_ALERT_DIGEST_REFUSED] = { "alert-digest-refused", .texts = { "person", "address", "why" },
                                      .what = "To the admin: a digest for this person was refused." },
    [PHRASE_ALERT_DIGEST_LATE] = { "alert-digest-late", .texts = { "person" },
                                   .what = "To the admin: a digest for this person could not leave in time." },
    [PHRASE_ALERT_DIGEST_RENDERING] = { "alert-digest-rendering", .texts = { "person", "why" },
                                        .what = "To the admin: a digest for this person cannot be made." },
    [PHRASE_ALERT_REFUSED] = { "alert-refused", .texts = { "person", "address", "why" },
                               .what = "To the admin: a message to this person was refused." },
    [PHRASE_SHORTENED] = { "shortened", .what = "Stands at the end of a chat message that had to be cut." },
    [PHRASE_LABEL_NUMBER] = { "label-number", .what = "In front of the number of a customer." },
    [PHRASE_LABEL_CALL] = { "label-call", .what = "On the button, in front of the telephone number." },
    [PHRASE_LABEL_RECORD] = { "label-record", .what = "The link to the customer in the company's system." },
    [PHRASE_LABEL_UNREACHABLE] = { "label-unreachable", .what = "Where there is neither number nor address." },
    [PHRASE_LABEL_CODE] = { "label-code", .what = "In front of the code of an offer." },
    [PHRASE_LABEL_VALID] = { "label-valid", .what = "Between an offer and its last day." },
    [PHRASE_LABEL_NO_PURCHASES] = { "label-no-purchases", .what = "In place of the last purchases." },
    [PHRASE_LABEL_USUAL_GAP] = { "label-usual-gap", .what = "In front of the usual time between orders." },
    [PHRASE_LABEL_USUAL] = { "label-usual", .what = "At the bar: in front of the usual time." },
    [PHRASE_LABEL_SILENT] = { "label-silent", .what = "At the bar: in front of the time that has passed." },
    [PHRASE_LABEL_EVERYBODY] = { "label-everybody", .what = "In a summary: all salespeople together." },
    [PHRASE_LABEL_TOLD] = { "label-told", .what = "Over a column: the follow-ups they were told." },
    [PHRASE_LABEL_ANSWERED] = { "label-answered", .what = "Over a column: those that were answered." },
    [PHRASE_LABEL_OVERDUE] = { "label-overdue", .what = "Over a column: those that are overdue." },
    [PHRASE_LABEL_WON] = { "label-won", .what = "Over a column: the customers that were won back." },
    [PHRASE_DATE_SHORT] = { "date-short", .date = true, .what = "A date in a table." },
    [PHRASE_DATE_LONG] = { "date-long", .date = true, .what = "A date in a sentence." },
    [PHRASE_DATE_WEEKDAY] = { "date-weekday", .date = true, .what = "A date of the next weeks, inside \"until\"." },
    [PHRASE_DATE_MEETING] = { "date-meeting", .date = true, .what = "The day of a meeting, with its weekday." },
    [PHRASE_TIME] = { "time", .date = true, .what = "A time of day." },
};

UChar *wide(struct arena *a, const char *text, int32_t *size)
{
    size_t bytes = strlen(text);
    UChar *out = arena_new(a, (bytes + 1) * sizeof *out); /* no character takes more units than bytes */
    UErrorCode code = U_ZERO_ERROR;
    int32_t written = 0;
    u_strFromUTF8WithSub(out, (int32_t)bytes + 1, &written, text, (int32_t)bytes, 0xFFFD, NULL, &code);
    if (size)
        *size = written;
    return out;
}

const char *narrow(struct arena *a, const UChar *text, int32_t size)
{
    char *out = arena_new(a, (size_t)size * 3 + 1);
    UErrorCode code = U_ZERO_ERROR;
    u_strToUTF8WithSub(out, size * 3 + 1, NULL, text, size, 0xFFFD, NULL, &code);
    return out;
}

static size_t numbers_of(const struct phrase_row *row)
{
    size_t n = 0;
    while (n < PHRASE_NUMBERS && row->numbers[n])
        n++;
    return n;
}

/* umsg_format() takes a double for each number and a pointer for each text, in the order of the pattern's arguments. */
static int32_t format(const struct phrases *p, enum phrase which, const double *n, UChar *const *t, UChar *out,
                      int32_t room, UErrorCode *code)
{
    const UMessageFormat *m = p->messages[which];
    switch (numbers_of(&phrase_rows[which])) {
    case 0:
        return umsg_format(m, out, room, code, t[0], t[1], t[2]);
    case 1:
        return umsg_format(m, out, room, code, n[0], t[0], t[1], t[2]);
    case 2:
        return umsg_format(m, out, room, code, n[0], n[1], t[0], t[1], t[2]);
    case 3:
        return umsg_format(m, out, room, code, n[0], n[1], n[2], t[0], t[1], t[2]);
    case 4:
        return umsg_format(m, out, room, code, n[0], n[1], n[2], n[3], t[0], t[1], t[2]);
    default:
        return umsg_format(m, out, room, code, n[0], n[1], n[2], n[3], n[4], t[0], t[1], t[2]);
    }
}

/* NULL with the reason in `code` when the pattern cannot be filled in. */
static const char *say(struct phrases *p, enum phrase which, const struct phrase_values *v, struct arena *a,
                       UErrorCode *code)
{
    UChar *texts[PHRASE_TEXTS], few[512], *out = few;
    arena_reset(&p->scratch);
    for (size_t i = 0; i < PHRASE_TEXTS; i++)
        texts[i] = wide(&p->scratch, v->texts[i] ? v->texts[i] : "", NULL);
    *code = U_ZERO_ERROR;
    int32_t room = 512, size = format(p, which, v->numbers, texts, out, room, code);
    if (*code == U_BUFFER_OVERFLOW_ERROR) {
        room = size + 1;
        out = arena_new(&p->scratch, (size_t)room * sizeof *out);
        *code = U_ZERO_ERROR;
        size = format(p, which, v->numbers, texts, out, room, code);
    }
    return U_FAILURE(*code) ? NULL : narrow(a, out, size);
}

const char *phrase_say(struct phrases *p, enum phrase which, const struct phrase_values *v, struct arena *a)
{
    UErrorCode code;
    const char *text = p->fixed[which] ? p->fixed[which] : say(p, which, v, a, &code);
    return text ? text : "";
}

enum phrase phrase_label(const char *name)
{
    int i = PHRASE_LABEL_NUMBER;
    while (i < PHRASE_DATE_SHORT && strcmp(phrase_rows[i].name + strlen("label-"), name) != 0)
        i++;
    return i < PHRASE_DATE_SHORT ? (enum phrase)i : PHRASES;
}

const char *phrase_upper(struct phrases *p, const char *text, struct arena *a)
{
    arena_reset(&p->scratch);
    int32_t size, room;
    UChar *plain = wide(&p->scratch, text, &size);
    UErrorCode code = U_ZERO_ERROR;
    room = 3 * size + 1; /* no letter becomes more than three */
    UChar *capitals = arena_new(&p->scratch, (size_t)room * sizeof *capitals);
    size = u_strToUpper(capitals, room, plain, size, p->locale, &code);
    return U_SUCCESS(code) ? narrow(a, capitals, size) : arena_copy(a, text);
}

static void compile_message(struct phrases *p, enum phrase which, const struct plurals *plurals,
                            const struct entry *entry, struct complaints *c)
{
    const struct phrase_row *row = &phrase_rows[which];
    struct buf numbered = { 0 };
    struct err why;
    if (!pattern_numbered(buf_text(&entry->text), row, plurals, &numbered, &why)) {
        complain(c, p->file, entry->line, "%s", why.text);
        buf_done(&numbered);
        return;
    }
    UErrorCode code = U_ZERO_ERROR;
    UParseError place;
    int32_t size;
    UChar *pattern = wide(&p->scratch, buf_text(&numbered), &size);
    p->messages[which] = umsg_open(pattern, size, p->locale, &place, &code);
    struct phrase_values sample = { .numbers = { 2, 2, 2, 2, 2 }, .texts = { "x", "mon", "y" } };
    const char *said = U_SUCCESS(code) ? say(p, which, &sample, &p->own, &code) : NULL;
    if (!row->numbers[0] && !row->texts[0])
        p->fixed[which] = said;
    if (code == U_DEFAULT_KEYWORD_MISSING)
        complain(c, p->file, entry->line, "%s: a select lacks other{...}; write it beside the others", row->name);
    else if (U_FAILURE(code) && row->numbers[0]) /* the one thing that pattern.c leaves to ICU */
        complain(c, p->file, entry->line, "%s: ICU cannot read the style of a number in it; write it plainly, as {%s}",
                 row->name, row->numbers[0]);
    else if (U_FAILURE(code))
        complain(c, p->file, entry->line, "%s cannot be read by ICU; write it as English has it", row->name);
    buf_done(&numbered);
}

/* The letters of `pattern` outside apostrophes. An apostrophe among them is one that is never closed. */
static const char *date_letters(const char *pattern, struct arena *a)
{
    char *out = arena_new(a, strlen(pattern) + 2), *to = out;
    bool quoted = false;
    for (; *pattern; pattern++) {
        bool letter = (*pattern >= 'a' && *pattern <= 'z') || (*pattern >= 'A' && *pattern <= 'Z');
        if (*pattern == '\'')
            quoted = !quoted;
        else if (letter && !quoted)
            *to++ = *pattern;
    }
    if (quoted)
        *to++ = '\'';
    *to = '\0';
    return out;
}

/* What is wrong with a pattern of a date: udat_format() keeps it to itself. */
static bool check_date(enum phrase which, const char *text, struct arena *a, struct err *why)
{
    static const char known[] = "GyuMLdEecaHhKkm";
    const char *name = phrase_rows[which].name, *letters = date_letters(text, a), *wrong = letters;
    wrong += strspn(letters, known);
    if (*wrong == '\'')
        return err_set(why, "%s: an apostrophe is opened and never closed", name);
    if (*wrong)
        return err_set(why, "%s: %c is no part of a date; put words between apostrophes", name, *wrong);
    if (strlen(text) > DATE_MOST)
        return err_set(why, "%s is longer than %d bytes; make it shorter", name, DATE_MOST);
    if (which == PHRASE_TIME)
        return (strpbrk(letters, "HhKk") && strchr(letters, 'm')) ||
               err_set(why, "%s must have an hour and minutes, such as HH:mm", name);
    return (strchr(letters, 'd') && strpbrk(letters, "ML")) ||
           err_set(why, "%s must have a day and a month, such as d MMMM", name);
}

static void compile_date(struct phrases *p, enum phrase which, const struct entry *entry, struct complaints *c)
{
    static const UChar utc[] = { 'G', 'M', 'T', 0 };
    struct err why;
    if (!check_date(which, buf_text(&entry->text), &p->scratch, &why)) {
        complain(c, p->file, entry->line, "%s", why.text);
        return;
    }
    UErrorCode code = U_ZERO_ERROR;
    int32_t size;
    UChar *pattern = wide(&p->scratch, buf_text(&entry->text), &size);
    p->dates[which] = udat_open(UDAT_PATTERN, UDAT_PATTERN, p->locale, utc, -1, pattern, size, &code);
    if (U_FAILURE(code))
        complain(c, p->file, entry->line,
                 "%s: ICU cannot write dates in the language \"%s\"; is it installed whole (libicu)?",
                 phrase_rows[which].name, p->locale);
}

static void missing(enum phrase which, const char *file, const struct phrases *english, struct complaints *c)
{
    if (english)
        complain(c, file, 0, "the phrase \"%s\" is missing; English has it at %s:%d", phrase_rows[which].name,
                 english->file, english->at[which]);
    else
        complain(c, file, 0, "the phrase \"%s\" is missing", phrase_rows[which].name);
}

static void compile(struct phrases *p, const struct entry *const found[PHRASES], const struct phrases *english,
                    struct complaints *c)
{
    struct plurals plurals;
    plurals_of(&plurals, p->locale);
    for (int i = 0; i < PHRASES; i++) {
        if (!found[i]) {
            missing((enum phrase)i, p->file, english, c);
            continue;
        }
        p->at[i] = found[i]->line;
        if (found[i]->text.size == 0)
            continue; /* complained about when it was read */
        if (phrase_rows[i].date)
            compile_date(p, (enum phrase)i, found[i], c);
        else
            compile_message(p, (enum phrase)i, &plurals, found[i], c);
    }
}

static void take_entries(const struct entries *read, const struct entry *found[PHRASES], const char *file,
                         struct complaints *c)
{
    for (size_t i = 0; i < read->n; i++) {
        const struct entry *e = &read->rows[i];
        int which = 0;
        while (which < PHRASES && strcmp(phrase_rows[which].name, e->name) != 0)
            which++;
        if (which < PHRASES) {
            found[which] = e;
            continue;
        }
        const char *near = near_word(e->name, phrase_rows, PHRASES, sizeof phrase_rows[0]);
        complain(c, file, e->line, "there is no phrase \"%s\"%s%s%s", e->name, near ? "; do you mean \"" : "",
                 near ? near : "", near ? "\"?" : "");
    }
}

struct phrases *phrases_new(const char *file, const char *text, const char *locale, const struct phrases *english,
                            struct complaints *c)
{
    size_t before = c->n;
    struct phrases *p = mem_new(sizeof *p);
    struct entries read = { 0 };
    const struct entry *found[PHRASES] = { 0 };
    struct err e;
    p->locale = arena_copy(&p->own, locale);
    p->file = arena_copy(&p->own, file);
    entries_read(&read, file, text, ' ', c);
    take_entries(&read, found, file, c);
    compile(p, found, english, c);
    entries_done(&read);
    if (!formats_open(p, &e))
        complain(c, file, 0, "%s", e.text);
    if (c->n == before)
        return p;
    phrases_free(p);
    return NULL;
}

void phrases_free(struct phrases *p)
{
    if (!p)
        return;
    for (int i = 0; i < PHRASES; i++) {
        if (p->messages[i])
            umsg_close(p->messages[i]);
        if (p->dates[i])
            udat_close(p->dates[i]);
    }
    formats_close(p);
    arena_done(&p->own);
    arena_done(&p->scratch);
    free(p);
}
