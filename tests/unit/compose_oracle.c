/* libical reads what our writer wrote, and must find in it what was meant. Only the tests know libical. */
#include "base/chance.h"
#include "compose/calendar.h"
#include "compose_calendar.h"

#include <unicode/ustring.h>

#if __has_include(<libical/ical.h>)
#include <libical/ical.h>

/* Pieces of hostile text, put together at random. */
static const char *const pieces[] = {
    "Bergen Dental & Sons",
    "คุณสมชาย ใจดี เรื่องใบเสนอราคา",
    "Ромашка; отдел продаж, г. Казань",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "שלום \xE2\x80\xAEgnp.exe",
    "\\",
    "\\n",
    "\\\\N",
    "\n",
    "\r\n",
    "\r",
    "\t",
    ";",
    ",",
    ":",
    "\"",
    "^n^'^^",
    "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:x\r\n",
    "\n DESCRIPTION:folded",
    "BEGIN:VALARM",
    "\x01\x7F\x1B[31m",
    "\xFF\xC0\xAF\xED\xA0\x80\xE2\x82",
    "\xE2\x80\xA8\xC2\x85\xEF\xBB\xBF",
    "é\xCC\x81",
    "%s%n",
    " ",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
};

static const char *hostile(struct chance *c, size_t most, struct arena *a)
{
    struct buf b = { 0 };
    for (size_t n = chance_below(c, most); n > 0; n--)
        buf_add(&b, pieces[chance_below(c, sizeof pieces / sizeof pieces[0])]);
    const char *text = arena_copy(a, buf_text(&b));
    buf_done(&b);
    return text;
}

/* At most 75 octets, CR LF only, and every line whole characters. */
static void check_lines(const char *text)
{
    for (const char *line = text; *line;) {
        const char *end = strstr(line, "\r\n");
        UErrorCode code = U_ZERO_ERROR;
        int32_t size;
        CHECK(end && end - line <= 75);
        for (const char *c = line; c < end; c++)
            CHECK((unsigned char)*c >= 0x20 && *c != 0x7F);
        u_strFromUTF8(NULL, 0, &size, line, (int32_t)(end - line), &code);
        CHECK(code == U_BUFFER_OVERFLOW_ERROR || code == U_ZERO_ERROR || code == U_STRING_NOT_TERMINATED_WARNING);
        line = end + 2;
    }
}

static const char *text_of(icalcomponent *event, icalproperty_kind kind)
{
    icalproperty *p = icalcomponent_get_first_property(event, kind);
    CHECK(!icalcomponent_get_next_property(event, kind));
    icalvalue *value = p ? icalproperty_get_value(p) : NULL;
    return !p                                                             ? NULL
           : kind == ICAL_URL_PROPERTY || kind == ICAL_ORGANIZER_PROPERTY ? icalvalue_get_uri(value)
                                                                          : icalvalue_get_text(value);
}

static void check_same(const char *got, const char *wanted, const char *what)
{
    if (got ? !wanted || strcmp(got, wanted) != 0 : wanted != NULL)
        test_fail(__FILE__, __LINE__, "%s: libical reads \"%s\", not \"%s\"", what, got ? got : "(none)",
                  wanted ? wanted : "(none)");
}

static void check_time(icalcomponent *event, icalproperty_kind kind, instant wanted)
{
    icalproperty *p = icalcomponent_get_first_property(event, kind);
    CHECK(p && !icalcomponent_get_next_property(event, kind));
    struct icaltimetype t = icalvalue_get_datetime(icalproperty_get_value(p));
    CHECK(icaltime_is_utc(t) && !t.is_date);
    CHECK_INT(icaltime_as_timet(t), wanted / 1000);
}

/* With `n` events. */
static icalcomponent *read_calendars(const char *text, int n)
{
    icalcomponent *calendar = icalparser_parse_string(text);
    CHECK(calendar && icalcomponent_isa(calendar) == ICAL_VCALENDAR_COMPONENT);
    CHECK_INT(icalcomponent_count_errors(calendar), 0);
    CHECK(icalrestriction_check(calendar)); /* what RFC 5546 asks of a PUBLISH */
    CHECK_INT(icalcomponent_count_errors(calendar), 0);
    CHECK_INT(icalcomponent_get_method(calendar), ICAL_METHOD_PUBLISH);
    CHECK_INT(icalcomponent_count_components(calendar, ICAL_ANY_COMPONENT), n);
    for (icalcomponent *c = icalcomponent_get_first_component(calendar, ICAL_ANY_COMPONENT); c;
         c = icalcomponent_get_next_component(calendar, ICAL_ANY_COMPONENT))
        CHECK_INT(icalcomponent_count_components(c, ICAL_ANY_COMPONENT), 0);
    return calendar;
}

static icalcomponent *read_calendar(const char *text)
{
    return read_calendars(text, 1);
}

/* `v` has an organizer, without whom it is no PUBLISH. */
static void check_event(const struct event *v, const char *text, struct arena *a)
{
    check_lines(text);
    icalcomponent *calendar = read_calendar(text), *event = icalcomponent_get_inner(calendar);
    const char *summary = clean_line(a, v->summary, 200);
    CHECK_INT(icalcomponent_isa(event), ICAL_VEVENT_COMPONENT);
    check_same(text_of(event, ICAL_SUMMARY_PROPERTY), summary ? summary : "-", "SUMMARY");
    const char *description = clean_lines(a, v->description, 4000);
    check_same(text_of(event, ICAL_DESCRIPTION_PROPERTY), description && *description ? description : NULL,
               "DESCRIPTION");
    check_same(text_of(event, ICAL_UID_PROPERTY), v->uid, "UID");
    check_same(text_of(event, ICAL_URL_PROPERTY), v->url, "URL");
    check_same(text_of(event, ICAL_ORGANIZER_PROPERTY), arena_print(a, "mailto:%s", v->organizer), "ORGANIZER");
    CHECK_INT(icalcomponent_get_sequence(event), v->sequence);
    CHECK_INT(icalcomponent_get_status(event), ICAL_STATUS_TENTATIVE);
    check_time(event, ICAL_DTSTAMP_PROPERTY, v->stamp);
    check_time(event, ICAL_DTSTART_PROPERTY, v->start);
    check_time(event, ICAL_DTEND_PROPERTY, v->end);
    icalcomponent_free(calendar);
}

TEST(libical_reads_back_what_we_wrote_whatever_it_was)
{
    struct arena a = { 0 };
    struct chance c;
    chance_seed(&c, 7);
    for (int i = 0; i < 4000; i++) {
        instant start = 20 * 365 * DAY + (instant)chance_below(&c, 30000 * 48) * 30 * MINUTE;
        struct event v = {
            .uid = arena_print(&a, "meeting%d.3f9c@nordlys.example", i),
            .sequence = (int)chance_below(&c, 20),
            .stamp = start - 3 * DAY - (instant)chance_below(&c, DAY),
            .start = start,
            .end = start + HOUR,
            .organizer = "followup@nordlys.example",
            .summary = hostile(&c, i % 100 ? 12 : 500, &a),
            .description = hostile(&c, i % 100 ? 30 : 500, &a),
            .url = i % 3 ? arena_print(&a, "https://crm.nordlys.example/?a=1,2;b=%d&c=%0*d", i, i % 200 + 1, i) : NULL,
        };
        check_event(&v, calendar_write(&v, &a), &a);
        if (i % 100 == 0)
            icalmemory_free_ring();
        arena_reset(&a);
    }
    icalmemory_free_ring();
    arena_done(&a);
}

static void check_day(icalcomponent *event, icalproperty_kind kind, date wanted)
{
    int year, month, day;
    icalproperty *p = icalcomponent_get_first_property(event, kind);
    CHECK(p && !icalcomponent_get_next_property(event, kind));
    struct icaltimetype t = icalvalue_get_date(icalproperty_get_value(p));
    date_split(wanted, &year, &month, &day);
    CHECK(t.is_date && t.year == year && t.month == month && t.day == day);
}

static void check_day_event(icalcomponent *event, const struct day_event *v, struct arena *a)
{
    const char *summary = clean_line(a, v->summary, 200), *description = clean_lines(a, v->description, 4000);
    CHECK_INT(icalcomponent_isa(event), ICAL_VEVENT_COMPONENT);
    check_same(text_of(event, ICAL_SUMMARY_PROPERTY), summary ? summary : "-", "SUMMARY");
    check_same(text_of(event, ICAL_DESCRIPTION_PROPERTY), description && *description ? description : NULL,
               "DESCRIPTION");
    check_same(text_of(event, ICAL_UID_PROPERTY), v->uid, "UID");
    check_day(event, ICAL_DTSTART_PROPERTY, v->day);
    check_day(event, ICAL_DTEND_PROPERTY, v->day + 1);
    check_time(event, ICAL_DTSTAMP_PROPERTY, v->stamp);
}

TEST(libical_reads_back_a_plan_of_many_days_whatever_is_in_it)
{
    enum { EVENTS = 300 };
    struct arena a = { 0 };
    struct chance c;
    struct buf out = { 0 };
    static struct day_event v[EVENTS];
    chance_seed(&c, 19);
    calendar_begin(&out, hostile(&c, 12, &a), &a);
    for (int i = 0; i < EVENTS; i++) {
        v[i] = (struct day_event){ .uid = arena_print(&a, "plan-%d@followupd", i),
                                   .stamp = 20 * 365 * DAY,
                                   .day = (date)chance_below(&c, 40000), /* leap days and turns of years too */
                                   .organizer = "followup@nordlys.example",
                                   .summary = hostile(&c, 12, &a),
                                   .description = hostile(&c, 30, &a) };
        calendar_add_day(&out, &v[i], &a);
    }
    calendar_end(&out);
    check_lines(out.text);
    icalcomponent *calendar = read_calendars(out.text, EVENTS);
    int n = 0;
    for (icalcomponent *e = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); e;
         e = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
        check_day_event(e, &v[n++], &a);
    CHECK_INT(n, EVENTS);
    icalcomponent_free(calendar);
    icalmemory_free_ring();
    buf_done(&out);
    arena_done(&a);
}

TEST(a_line_that_is_as_long_as_may_be_is_folded_like_any_other)
{
    struct arena a = { 0 };
    for (int shift = 0; shift < 4; shift++)
        for (int n = 1; n < 60; n++) {
            struct buf b = { 0 };
            buf_print(&b, "%.*s", shift, "xyz");
            for (int i = 0; i < n; i++)
                buf_add(&b, n % 2 ? "ก" : "😀");
            struct event v = { .uid = "u@x.example", .organizer = "o@x.example", .summary = b.text };
            check_event(&v, calendar_write(&v, &a), &a);
            buf_done(&b);
        }
    icalmemory_free_ring();
    arena_done(&a);
}

TEST(the_calendar_of_a_hostile_mail_is_found_and_read)
{
    struct fixture f;
    struct chance c;
    fixture_open(&f);
    fixture_review(&f);
    fixture_meeting(&f);
    chance_seed(&c, 11);
    for (int i = 0; i < 200; i++) {
        struct customer *to = &f.facts.customer;
        to->name = hostile(&c, 60, &f.a);
        to->contact_name = hostile(&c, 10, &f.a);
        to->phone = hostile(&c, 5, &f.a);
        to->url = hostile(&c, 3, &f.a);
        to->id = hostile(&c, 5, &f.a);
        f.brief.language = i % 2 ? "ru" : "en";
        struct rendered r = compose(&f);
        check_bytes(&r);
        GMimeMessage *m = parse(&r);
        GMimePart *part = attached(m);
        const char *text = attached_text(part, &f.a), *file = g_mime_part_get_filename(part);
        CHECK_TEXT(text, r.calendar);
        CHECK(strlen(file) == strspn(file, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-."));
        check_lines(text);
        icalcomponent *calendar = read_calendar(text), *event = icalcomponent_get_inner(calendar);
        check_same(text_of(event, ICAL_SUMMARY_PROPERTY), r.subject, "SUMMARY");
        check_time(event, ICAL_DTSTART_PROPERTY, f.meeting.start);
        icalcomponent_free(calendar);
        g_object_unref(m);
    }
    icalmemory_free_ring();
    fixture_close(&f);
}

#else

TEST(libical_reads_back_what_we_wrote_whatever_it_was)
{
    test_skip("libical-dev is not installed (scripts/setup --tests), so nobody checked our .ics files");
}

#endif
