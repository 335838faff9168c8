#include "compose_calendar.h"
#include "compose/calendar.h"

static struct event event_of(const char *summary, const char *description)
{
    struct civil start = { 2026, 12, 1, 9, 0, 0, 0 }, stamp = { 2026, 11, 22, 7, 30, 5, 678 };
    return (struct event){
        .uid = "meeting12.3f9c@nordlys.example",
        .sequence = 2,
        .stamp = instant_of(&stamp),
        .start = instant_of(&start),
        .end = instant_of(&start) + HOUR,
        .organizer = "followup@nordlys.example",
        .summary = summary,
        .description = description,
        .url = "https://crm.nordlys.example/clients/1042?tab=all&x=1",
    };
}

TEST(an_event_is_written_as_rfc_5545_has_it)
{
    struct arena a = { 0 };
    struct event v = event_of("Bergen Dental & Sons: account review", "No review; 190 days.\n\nPer Hansen, C:\\");
    CHECK_TEXT(calendar_write(&v, &a), "BEGIN:VCALENDAR\r\n"
                                       "VERSION:2.0\r\n"
                                       "PRODID:-//followupd//followupd " VERSION "//EN\r\n"
                                       "METHOD:PUBLISH\r\n"
                                       "BEGIN:VEVENT\r\n"
                                       "UID:meeting12.3f9c@nordlys.example\r\n"
                                       "SEQUENCE:2\r\n"
                                       "DTSTAMP:20261122T073005Z\r\n"
                                       "DTSTART:20261201T090000Z\r\n"
                                       "DTEND:20261201T100000Z\r\n"
                                       "SUMMARY:Bergen Dental & Sons: account review\r\n"
                                       "DESCRIPTION:No review\\; 190 days.\\n\\nPer Hansen\\, C:\\\\\r\n"
                                       "ORGANIZER:mailto:followup@nordlys.example\r\n"
                                       "URL:https://crm.nordlys.example/clients/1042?tab=all&x=1\r\n"
                                       "STATUS:TENTATIVE\r\n"
                                       "TRANSP:OPAQUE\r\n"
                                       "CLASS:PRIVATE\r\n"
                                       "END:VEVENT\r\n"
                                       "END:VCALENDAR\r\n");
    arena_done(&a);
}

TEST(what_is_unknown_or_unsafe_is_left_out_of_an_event)
{
    struct arena a = { 0 };
    struct event v = event_of(NULL, NULL);
    v.url = "javascript:alert(1)";
    v.organizer = "a\r\nATTENDEE:mailto:b@c.example";
    const char *text = calendar_write(&v, &a);
    CHECK_CONTAINS(text, "\r\nSUMMARY:-\r\n");
    CHECK(!strstr(text, "DESCRIPTION") && !strstr(text, "URL") && !strstr(text, "ORGANIZER") &&
          !strstr(text, "ATTENDEE"));
    arena_done(&a);
}

/* How many lines begin with `start`. */
static int lines_with(const char *text, const char *start)
{
    int n = 0;
    for (const char *line = text; line; line = strstr(line, "\r\n") ? strstr(line, "\r\n") + 2 : NULL)
        n += strncasecmp(line, start, strlen(start)) == 0;
    return n;
}

TEST(no_value_can_begin_a_line_of_its_own)
{
    static const char *const values[] = { "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil",
                                          "x\nATTACH:file:///etc/passwd\n",
                                          "x\rBEGIN:VALARM\r",
                                          "x\\nBEGIN:VALARM",
                                          "x\xE2\x80\xA8"
                                          "BEGIN:VALARM\xC2\x85"
                                          "BEGIN:VALARM\v\fBEGIN:VALARM",
                                          "\n\n\n",
                                          "\xFF\xFE\r\n BEGIN:VALARM" };
    struct arena a = { 0 };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        struct event v = event_of(values[i], values[i]);
        v.uid = v.url = v.organizer = values[i];
        const char *text = calendar_write(&v, &a);
        CHECK_INT(lines_with(text, "BEGIN:"), 2);
        CHECK_INT(lines_with(text, "END:"), 2);
        CHECK_INT(lines_with(text, "ATTACH"), 0);
        CHECK(lines_with(text, "UID:") <= 1);
    }
    arena_done(&a);
}

TEST(the_file_is_named_after_the_customer_in_plain_letters)
{
    struct arena a = { 0 };
    CHECK_TEXT(calendar_file("review", "Bergen Dental & Sons", "1042", &a), "review-Bergen-Dental-Sons.ics");
    CHECK_TEXT(calendar_file("visit", "Blåbær AS", "1042", &a), "visit-1042.ics");
    CHECK_TEXT(calendar_file("visit", "../../etc/passwd\r\nX: \"y\"", "7", &a), "visit-etc-passwd-X-y.ics");
    CHECK_TEXT(calendar_file("visit", NULL, "../7", &a), "visit-7.ics");
    CHECK_TEXT(calendar_file("visit", "!!", "ลูกค้า", &a), "visit-customer.ics");
    CHECK_TEXT(calendar_file("visit", NULL, NULL, &a), "visit-customer.ics");
    CHECK_INT(
        strlen(calendar_file("visit", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "1", &a)),
        strlen("visit-.ics") + 39);
    arena_done(&a);
}

TEST(a_meeting_is_attached_behind_the_text_and_changes_nothing_of_it)
{
    struct fixture f;
    fixture_open(&f);
    fixture_review(&f);
    struct rendered without = compose(&f);
    fixture_meeting(&f);
    struct rendered with = compose(&f);
    check_bytes(&with);
    GMimeMessage *plain = parse(&without), *m = parse(&with);
    CHECK(!without.calendar && !attached(plain));
    CHECK_TEXT(header_names(&f, m), FIRST_HEADERS);
    GMimePart *part = attached(m);
    CHECK(part && g_mime_part_is_attachment(part));
    CHECK_TEXT(g_mime_part_get_filename(part), "review-Bergen-Dental-Sons.ics");
    GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(part));
    CHECK_TEXT(g_mime_content_type_get_parameter(type, "method"), "PUBLISH");
    CHECK_TEXT(g_mime_content_type_get_parameter(type, "charset"), "utf-8");
    CHECK_TEXT(g_mime_content_type_get_parameter(type, "name"), "review-Bergen-Dental-Sons.ics");
    CHECK_TEXT(attached_text(part, &f.a), with.calendar);
    GMimeObject *both = g_mime_multipart_get_part(GMIME_MULTIPART(g_mime_message_get_mime_part(m)), 0);
    char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(g_mime_multipart_get_part(GMIME_MULTIPART(both), 0)));
    CHECK_CONTAINS(text, "Bergen Dental & Sons");
    g_free(text);
    g_object_unref(plain);
    g_object_unref(m);
    fixture_close(&f);
}

TEST(a_reminder_keeps_the_name_of_the_meeting_in_the_calendar)
{
    struct fixture f;
    fixture_open(&f);
    fixture_review(&f);
    fixture_meeting(&f);
    f.brief.step = f.meeting.sequence = 1;
    f.brief.thread_id = "n1.aa@nordlys.example";
    struct rendered r = compose(&f), again = compose(&f);
    CHECK(strncmp(r.subject, "Reminder: ", 10) == 0);
    CHECK_CONTAINS(r.calendar, "\r\nSUMMARY:Bergen Dental & Sons: account review\r\n");
    CHECK_CONTAINS(r.calendar, "\r\nSEQUENCE:1\r\n");
    CHECK_CONTAINS(r.calendar, "DESCRIPTION:No account review for 190 days\\; one is due after 6 months.\\n\\n\r\n");
    CHECK_CONTAINS(r.calendar, "\\n+47 55 12 34 56\\n");
    CHECK(r.size == again.size && memcmp(r.bytes, again.bytes, r.size) == 0);
    fixture_close(&f);
}
