/* What the admin is told, in every language: what happened, and what to do. */
#include "compose/clean.h"
#include "compose_brief.h"
#include "compose_read.h"

enum { FIRST = PHRASE_ALERT_UNREADABLE, LAST = PHRASE_ALERT_REFUSED, SUBJECT_MOST = 80 };

static const char *const languages[] = { "en", "nb", "ru", "th" };

/* Every value another one. */
static struct notice notice_of(int which)
{
    return (struct notice){ .which = (enum phrase)which,
                            .numbers = { 101, 202, 303 },
                            .texts = { "first value", "second value", "third value" },
                            .day = date_of(2026, 6, 11) };
}

static const char *say(struct fixture *f, const char *language, const struct notice *n)
{
    return compose_notice(f->composer, language, n, &f->a);
}

static void check_values(const char *said, const char *language, int which)
{
    static const char *const numbers[] = { "101", "202", "303" };
    static const char *const texts[] = { "first value", "second value", "third value" };
    const struct phrase_row *row = &phrase_rows[which];
    for (int i = 0; i < 3 && row->numbers[i]; i++)
        CHECK_CONTAINS(said, numbers[i]);
    for (int i = 0; i < 3 && row->texts[i]; i++)
        if (strcmp(row->texts[i], "date") == 0)
            CHECK_CONTAINS(said, strcmp(language, "th") == 0 ? "2569" : "2026");
        else if (which != PHRASE_ALERT_CLOCK) /* its texts choose between words */
            CHECK_CONTAINS(said, texts[i]);
}

/* Without its spaces and lines: Thai ones are broken between words that nothing parts. */
static char *squeezed(const char *text)
{
    char *out = mem_copy(text), *end = out;
    for (const char *c = out; *c; c++)
        if (*c != '\n' && *c != ' ')
            *end++ = *c;
    *end = '\0';
    return out;
}

static void check_once(const char *text, const char *part)
{
    char *all = squeezed(text), *wanted = squeezed(part);
    const char *found = strstr(all, wanted);
    CHECK(found && !strstr(found + 1, wanted));
    free(all);
    free(wanted);
}

TEST(every_alert_is_said_in_every_language_with_all_its_values)
{
    struct fixture f;
    fixture_open(&f);
    for (int which = FIRST; which <= LAST; which++)
        for (int l = 0; l < 4; l++) {
            struct notice n = notice_of(which);
            const char *said = say(&f, languages[l], &n), *what_to_do = strchr(said, '\n');
            check_values(said, languages[l], which);
            CHECK(what_to_do && !strchr(what_to_do + 1, '\n') && !strpbrk(said, "{}"));
            CHECK(columns_within(said, (size_t)(what_to_do - said)) <= SUBJECT_MOST);
            CHECK(l == 0 || strcmp(said, say(&f, "en", &n)) != 0);
            f.brief.template = "alert";
            f.brief.language = languages[l];
            f.brief.alert = said;
            struct rendered r = compose(&f);
            check_columns(r.text);
            CHECK_CONTAINS(said, r.subject + strlen("followupd: "));
            check_once(r.text, r.subject + strlen("followupd: "));
        }
    fixture_close(&f);
}

TEST(commands_and_settings_stay_what_they_are_in_every_language)
{
    static const struct {
        int which;
        const char *part;
    } rows[] = {
        { PHRASE_ALERT_UNREADABLE, "followupctl check" },
        { PHRASE_ALERT_SOURCE, "followupctl check" },
        { PHRASE_ALERT_FEED, "followupctl release feed" },
        { PHRASE_ALERT_CLOCK, "followupctl release clock" },
        { PHRASE_ALERT_MASS_CHANGE, "followupctl release mass-change first value" },
        { PHRASE_ALERT_STILL_HELD, "followupctl release mass-change first value" },
        { PHRASE_ALERT_NOBODY, "people.unassigned" },
        { PHRASE_ALERT_UNASSIGNED, "people.unassigned" },
        { PHRASE_ALERT_RENDERING, "followupctl check" },
        { PHRASE_ALERT_CHANNEL_STOPPED, "followupctl release channel first value" },
        { PHRASE_ALERT_CHANNEL_STOPPED, "ca_file" },
    };
    struct fixture f;
    fixture_open(&f);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (int l = 0; l < 4; l++) {
            struct notice n = notice_of(rows[i].which);
            CHECK_CONTAINS(say(&f, languages[l], &n), rows[i].part);
        }
    fixture_close(&f);
}

TEST(an_alert_counts_as_its_language_does)
{
    struct fixture f;
    fixture_open(&f);
    struct notice n = { PHRASE_ALERT_CLOCK, .numbers = { 1 }, .texts = { "days", "forward", "running" } };
    CHECK_CONTAINS(say(&f, "en", &n), "\nIt went forward by 1 day. Nobody is judged");
    CHECK_CONTAINS(say(&f, "nb", &n), "\nDen hoppet 1 dag fram. Ingen");
    CHECK_CONTAINS(say(&f, "ru", &n), "\nОни ушли вперёд на 1 день. Пока");
    CHECK_CONTAINS(say(&f, "th", &n), "\nเวลากระโดดไปข้างหน้า 1 วัน ");
    n = (struct notice){ PHRASE_ALERT_CLOCK, .numbers = { 23 }, .texts = { "hours", "back", "off" } };
    CHECK_CONTAINS(say(&f, "en", &n), "\nIt went back by 23 hours while followupd did not run. Nobody");
    CHECK_CONTAINS(say(&f, "nb", &n), "\nDen hoppet 23 timer tilbake mens followupd ikke kjørte. Ingen");
    CHECK_CONTAINS(say(&f, "ru", &n), "\nОни ушли назад на 23 часа, пока followupd не работал. Пока");
    CHECK_CONTAINS(say(&f, "th", &n), "\nเวลาย้อนกลับไป 23 ชั่วโมง ระหว่างที่");
    n = (struct notice){ PHRASE_ALERT_FEED, .numbers = { 21, 5 }, .day = date_of(2026, 6, 2) };
    CHECK_CONTAINS(say(&f, "en", &n),
                   "\nThe newest purchase in it is of 2 June 2026, 21 days ago; at most 5 are usual.");
    CHECK_CONTAINS(say(&f, "nb", &n),
                   "\nDet siste kjøpet i den er fra 2. juni 2026, for 21 dager siden; det vanlige er høyst 5 dager.");
    CHECK_CONTAINS(say(&f, "ru", &n),
                   "\nПоследняя покупка в ней — 2 июня 2026 г., 21 день назад; обычно проходит не больше 5 дней.");
    CHECK_CONTAINS(say(&f, "th", &n), "\nการสั่งซื้อล่าสุดคือวันที่ 2 มิถุนายน พ.ศ. 2569 ผ่านมา 21 วันแล้ว");
    n = (struct notice){ PHRASE_ALERT_STILL_HELD, .numbers = { 11 }, .texts = { "lapse" }, .day = date_of(2026, 6, 9) };
    CHECK_CONTAINS(say(&f, "ru", &n), "ждут 11 случаев.\nС 9 июня 2026 г. о новых");
    n.numbers[0] = 21;
    CHECK_CONTAINS(say(&f, "ru", &n), "ждёт 21 случай.\n");
    fixture_close(&f);
}

TEST(what_a_server_says_is_a_value_and_never_a_pattern)
{
    struct fixture f;
    fixture_open(&f);
    static const struct {
        const char *said, *shown;
    } rows[] = {
        { "{why} {0} {0,number} '{' #", ": {why} {0} {0,number} '{' #. Whoever" },
        { "550 no\r\nBcc: x@example.com\nrelease", ": 550 no Bcc: x@example.com release. Whoever" },
        { "\xE2\x80\xAE"
          "evil\xE2\x81\xA6 \"quoted\"",
          ": evil \"quoted\". Whoever" },
        { "User unknown. ", ": User unknown. Whoever" },
        { "\xFF", ": \xEF\xBF\xBD. Whoever" },
        { "", ": . Whoever" },
        { NULL, ": . Whoever" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct notice n = { PHRASE_ALERT_CHANNEL_AWAY, .texts = { "email", rows[i].said } };
        CHECK_CONTAINS(say(&f, "en", &n), rows[i].shown);
    }
    char *endless = mem_new(1 << 20);
    memset(endless, 'x', (1 << 20) - 1);
    struct notice n = { PHRASE_ALERT_REFUSED, .texts = { endless, endless, endless } };
    CHECK(strlen(say(&f, "th", &n)) < 4000);
    free(endless);
    fixture_close(&f);
}

TEST(an_alert_in_a_language_that_is_not_there_is_english)
{
    struct fixture f;
    fixture_open(&f);
    struct notice n = notice_of(PHRASE_ALERT_SOURCE);
    CHECK_TEXT(say(&f, "xx", &n), say(&f, "en", &n));
    CHECK_TEXT(say(&f, "no", &n), say(&f, "nb", &n));
    fixture_close(&f);
}

TEST(an_alert_of_one_line_as_older_versions_stored_it_is_there_in_full)
{
    struct fixture f;
    fixture_open(&f);
    char line[301];
    for (int i = 0; i < 300; i++)
        line[i] = i % 10 ? 'a' : ' ';
    memcpy(line, "Stopped.", 8);
    memcpy(line + 291, "followupd", 10);
    f.brief.template = "alert";
    f.brief.alert = line;
    struct rendered r = compose(&f);
    CHECK_CONTAINS(r.subject, "followupd: Stopped.");
    char *all = squeezed(r.text), *wanted = squeezed(line);
    CHECK_CONTAINS(all, wanted);
    free(all);
    free(wanted);
    f.brief.alert = "The server is away.";
    r = compose(&f);
    CHECK_TEXT(r.subject, "followupd: The server is away");
    CHECK_CONTAINS(r.text, "\n\nThe server is away.\n");
    fixture_close(&f);
}
