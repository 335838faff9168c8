#include "base/chance.h"
#include "base_zones.h"

#include <ftw.h>
#include <time.h>

/* ---- glibc as the oracle ---- */

static const time_t from_1900 = -2208988800, until_2200 = 7258118400;

static int glibc_offset(time_t t)
{
    struct tm tm;
    localtime_r(&t, &tm);
    return (int)tm.tm_gmtoff;
}

static void use_in_glibc(const char *name)
{
    char value[600];
    snprintf(value, sizeof value, ":%s", name);
    setenv("TZ", value, 1);
    tzset();
}

static void compare(const struct zone *z, time_t t)
{
    int ours = zone_offset(z, t * (instant)1000), theirs = glibc_offset(t);
    if (ours != theirs)
        test_fail(__FILE__, __LINE__, "%s at %lld: we say %d, glibc says %d", zone_name(z), (long long)t, ours, theirs);
}

static void compare_around(const struct zone *z, time_t t)
{
    for (time_t near = t - 1; near <= t + 1; near++)
        if (near >= from_1900 && near < until_2200)
            compare(z, near);
}

/* Where glibc changes its offset between two instants that differ. */
static time_t bisect(time_t low, time_t high)
{
    int before = glibc_offset(low);
    while (high - low > 1) {
        time_t middle = low + (high - low) / 2;
        if (glibc_offset(middle) == before)
            low = middle;
        else
            high = middle;
    }
    return high;
}

/* Our own list of changes must be theirs, too: in order, and nothing missing between two of them. */
static int compare_changes(const struct zone *z)
{
    const time_t step = 20 * 86400;
    int changes = 0;
    int before = glibc_offset(from_1900);
    for (time_t t = from_1900 + step; t < until_2200; t += step) {
        int now = glibc_offset(t);
        if (now != before) {
            compare_around(z, bisect(t - step, t));
            changes++;
        }
        before = now;
    }
    for (instant t = from_1900 * (instant)1000; (t = zone_next_change(z, t)) < until_2200 * (instant)1000;)
        compare_around(z, t / 1000);
    return changes;
}

static struct {
    int zones, changes;
    struct chance chance;
    ino_t seen[2048];
    int n_seen;
} walked;

static bool seen(ino_t file)
{
    for (int i = 0; i < walked.n_seen; i++)
        if (walked.seen[i] == file)
            return true;
    if (walked.n_seen < 2048)
        walked.seen[walked.n_seen++] = file;
    return false;
}

static bool is_zone_file(const char *path)
{
    char magic[4] = "";
    FILE *f = fopen(path, "r");
    bool fine = f && fread(magic, 1, 4, f) == 4 && memcmp(magic, "TZif", 4) == 0;
    if (f)
        fclose(f);
    return fine;
}

static int visit(const char *path, const struct stat *itself, int type, struct FTW *where)
{
    const char *name = path + strlen(FOLDER) + 1;
    struct stat about;
    (void)itself;
    (void)where;
    if ((type != FTW_F && type != FTW_SL) || strncmp(name, "posix/", 6) == 0 || strncmp(name, "right/", 6) == 0)
        return 0;
    if (!is_zone_file(path) || stat(path, &about) != 0)
        return 0;
    struct zone *z = opened(name);
    use_in_glibc(name);
    bool known = seen(about.st_ino); /* under another name: a sample is enough */
    if (!known)
        walked.changes += compare_changes(z);
    for (int i = 0; i < (known ? 100 : 1000); i++)
        compare(z, from_1900 + (time_t)chance_below(&walked.chance, (uint64_t)(until_2200 - from_1900)));
    walked.zones++;
    zone_close(z);
    return 0;
}

TEST(every_zone_of_the_system_agrees_with_glibc_from_1900_to_2200)
{
    chance_seed(&walked.chance, 20261122);
    const char *old = getenv("TZ");
    nftw(FOLDER, visit, 16, FTW_PHYS); /* posix/ has links to the folders beside it */
    if (old)
        setenv("TZ", old, 1);
    else
        unsetenv("TZ");
    tzset();
    if (!walked.zones)
        test_skip("no " FOLDER " here: this promise was NOT tested");
    CHECK(walked.zones > 400);
    CHECK(walked.changes > 20000);
}

/* ---- names ---- */

static void check_refused(const char *name, const char *part)
{
    struct zone *z = NULL;
    struct err e = { 0 };
    CHECK(!zone_open(&z, name, &e));
    CHECK(z == NULL);
    CHECK_CONTAINS(e.text, part);
    CHECK_CONTAINS(e.text, "Europe/Oslo");
}

TEST(an_unknown_zone_is_an_error_that_names_it_and_suggests_one)
{
    check_refused("Europe/Olso", "no time zone \"Europe/Olso\"");
    check_refused("Nowhere/City", "no time zone \"Nowhere/City\"");
    check_refused("", "no time zone \"\"");
    check_refused("Europe/Oslo/Sentrum", "no time zone \"Europe/Oslo/Sentrum\"");
}

TEST(a_zone_name_cannot_leave_the_folder_or_name_another_file)
{
    check_refused("/usr/share/zoneinfo/Europe/Oslo", "no time zone");
    check_refused("../zoneinfo/Europe/Oslo", "no time zone");
    check_refused("Europe/../Europe/Oslo", "no time zone");
    check_refused("zone.tab", "no time zone file");
    check_refused("tzdata.zi", "no time zone file");
    check_refused("Europe", "no time zone file");
    check_refused("right/Europe/Oslo", "leap seconds");
}

TEST(a_hostile_zone_name_is_shown_short_and_on_one_line)
{
    struct zone *z;
    struct err e;
    char name[5000];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    CHECK(!zone_open(&z, name, &e));
    CHECK(strlen(e.text) < 300);
    CHECK(!zone_open(&z, "a\nb\x1b[2J\x7f", &e));
    CHECK_CONTAINS(e.text, "\"a?b?[2J?\"");
    memset(name, '.', sizeof name - 1);
    for (int i = 0; i + 1 < 200; i += 2)
        memcpy(name + i, "\xc3\xa5", 2);
    name[200] = '\0';
    name[0] = 'a';
    name[1] = 'b';
    CHECK(!zone_open(&z, name, &e));
    CHECK_CONTAINS(e.text, "\xc3\xa5...\"");
}

/* ---- civil time ---- */

TEST(civil_time_in_oslo_is_what_the_wall_shows)
{
    struct zone *z = opened("Europe/Oslo");
    CHECK_TEXT(zone_name(z), "Europe/Oslo");
    struct civil c = zone_civil(z, utc(2026, 11, 22, 23, 30, 15) + 7);
    CHECK_INT(c.year, 2026);
    CHECK_INT(c.month, 11);
    CHECK_INT(c.day, 23);
    CHECK_INT(c.hour, 0);
    CHECK_INT(c.minute, 30);
    CHECK_INT(c.second, 15);
    CHECK_INT(c.millisecond, 7);
    CHECK_INT(zone_date(z, utc(2026, 11, 22, 23, 30, 0)), date_of(2026, 11, 23));
    CHECK_INT(zone_date(z, utc(2026, 11, 22, 22, 59, 59) + 999), date_of(2026, 11, 22));
    CHECK_INT(zone_date(z, -1), date_of(1970, 1, 1)); /* already one o'clock */
    CHECK_INT(zone_date(z, INSTANT_NONE), DATE_NONE);
    CHECK_INT(zone_date(z, INSTANT_NEVER), DATE_NEVER);
    zone_close(z);
}

TEST(a_skipped_hour_has_no_instant_and_is_pushed_forward)
{
    struct zone *z = opened("Europe/Oslo");
    struct civil c = { 2026, 3, 29, 2, 30, 0, 5 };
    instant found[2];
    CHECK_INT(zone_instants(z, &c, found), 0);
    CHECK_INT(zone_instant(z, &c), utc(2026, 3, 29, 1, 30, 0) + 5); /* shows 03:30 */
    c.hour = 3;
    CHECK_INT(zone_instants(z, &c, found), 1);
    CHECK_INT(found[0], utc(2026, 3, 29, 1, 30, 0) + 5);
    c = (struct civil){ 2026, 3, 29, 1, 59, 59, 999 };
    CHECK_INT(zone_instants(z, &c, found), 1);
    CHECK_INT(zone_instant(z, &c), utc(2026, 3, 29, 1, 0, 0) - 1);
    zone_close(z);
    z = opened("Australia/Lord_Howe"); /* half an hour */
    c = (struct civil){ 2026, 10, 4, 2, 10, 0, 0 };
    CHECK_INT(zone_instants(z, &c, found), 0);
    struct civil later = zone_civil(z, zone_instant(z, &c));
    CHECK_INT(later.hour * 60 + later.minute, 2 * 60 + 40);
    zone_close(z);
}

TEST(a_repeated_hour_has_two_instants_in_order)
{
    struct zone *z = opened("Europe/Oslo");
    struct civil c = { 2026, 10, 25, 2, 30, 0, 0 };
    instant found[2];
    CHECK_INT(zone_instants(z, &c, found), 2);
    CHECK_INT(found[0], utc(2026, 10, 25, 0, 30, 0));
    CHECK_INT(found[1], utc(2026, 10, 25, 1, 30, 0));
    CHECK_INT(zone_instant(z, &c), found[0]);
    c.hour = 3;
    CHECK_INT(zone_instants(z, &c, found), 1);
    CHECK_INT(found[0], utc(2026, 10, 25, 2, 30, 0));
    zone_close(z);
}

static const char *const varied[] = { "UTC",
                                      "Europe/Oslo",
                                      "Europe/Dublin",
                                      "America/New_York",
                                      "America/Sao_Paulo",
                                      "America/Nuuk",
                                      "Africa/Cairo",
                                      "Africa/Casablanca",
                                      "Asia/Kathmandu",
                                      "Asia/Gaza",
                                      "Asia/Manila",
                                      "Australia/Lord_Howe",
                                      "Pacific/Apia",
                                      "Pacific/Kiritimati",
                                      "Pacific/Kwajalein",
                                      "Antarctica/Troll",
                                      "America/St_Johns",
                                      "Asia/Pyongyang" };
enum { VARIED = sizeof varied / sizeof varied[0] };

static void check_round_trip(const struct zone *z, instant t)
{
    struct civil c = zone_civil(z, t);
    instant found[2] = { 0, 0 };
    int n = zone_instants(z, &c, found);
    CHECK(n >= 1 && n <= 2);
    CHECK(found[0] == t || (n == 2 && found[1] == t));
    CHECK(n == 1 || found[0] < found[1]);
    CHECK_INT(zone_instant(z, &c), found[0]);
}

TEST(civil_time_leads_back_to_its_instant_also_around_every_change)
{
    struct chance chance;
    chance_seed(&chance, 7);
    for (int i = 0; i < VARIED; i++) {
        struct zone *z = opened(varied[i]);
        instant t = utc(1850, 1, 1, 0, 0, 0);
        while ((t = zone_next_change(z, t)) < utc(2150, 1, 1, 0, 0, 0)) {
            for (int minutes = -185; minutes <= 185; minutes += 5)
                check_round_trip(z, t + minutes * MINUTE);
            check_round_trip(z, t - 1);
            check_round_trip(z, t + 1);
        }
        for (int k = 0; k < 300; k++)
            check_round_trip(z, (instant)chance_below(&chance, (uint64_t)400 * 366 * DAY) - 200 * 365 * DAY);
        zone_close(z);
    }
}

TEST(every_gap_is_told_and_pushed_over)
{
    for (int i = 0; i < VARIED; i++) {
        struct zone *z = opened(varied[i]);
        instant t = utc(1850, 1, 1, 0, 0, 0);
        while ((t = zone_next_change(z, t)) < utc(2150, 1, 1, 0, 0, 0)) {
            int before = zone_offset(z, t - 1), after = zone_offset(z, t);
            for (int into = 0; into < after - before; into += 300) {
                struct civil c = instant_split(t + (before + into) * SECOND);
                instant found[2];
                CHECK_INT(zone_instants(z, &c, found), 0);
                CHECK_INT(zone_instant(z, &c), t + into * SECOND);
            }
        }
        zone_close(z);
    }
}

static void check_day_start(const char *name, date d, instant expected)
{
    struct zone *z = opened(name);
    CHECK_INT(zone_day_start(z, d), expected);
    CHECK(zone_date(z, expected) >= d);
    CHECK(zone_date(z, expected - 1) < d);
    zone_close(z);
}

TEST(a_day_starts_where_its_midnight_is_or_would_have_been)
{
    check_day_start("UTC", 0, 0);
    check_day_start("Europe/Oslo", date_of(2026, 11, 23), utc(2026, 11, 22, 23, 0, 0));
    check_day_start("Asia/Kathmandu", date_of(2026, 1, 1), utc(2025, 12, 31, 18, 15, 0));
    /* Clocks went from 00:00 to 01:00. */
    check_day_start("America/Sao_Paulo", date_of(2018, 11, 4), utc(2018, 11, 4, 3, 0, 0));
    check_day_start("Africa/Cairo", date_of(2024, 4, 26), utc(2024, 4, 25, 22, 0, 0));
    check_day_start("Asia/Beirut", date_of(2026, 3, 29), utc(2026, 3, 28, 22, 0, 0));
    /* Midnight comes twice: the day before is shown again between them. */
    struct zone *z = opened("America/Havana");
    CHECK_INT(zone_day_start(z, date_of(2026, 11, 1)), utc(2026, 11, 1, 4, 0, 0));
    zone_close(z);
}

TEST(a_day_that_was_skipped_starts_with_the_next_one)
{
    struct zone *z = opened("Pacific/Apia");
    instant thirtieth = zone_day_start(z, date_of(2011, 12, 30));
    CHECK_INT(thirtieth, utc(2011, 12, 30, 10, 0, 0));
    CHECK_INT(zone_day_start(z, date_of(2011, 12, 31)), thirtieth);
    CHECK_INT(zone_date(z, thirtieth), date_of(2011, 12, 31));
    CHECK_INT(zone_date(z, thirtieth - 1), date_of(2011, 12, 29));
    struct civil noon = { 2011, 12, 30, 12, 0, 0, 0 };
    instant found[2];
    CHECK_INT(zone_instants(z, &noon, found), 0);
    CHECK_INT(zone_instant(z, &noon), thirtieth + 12 * HOUR); /* 24 hours were skipped: noon of the 31st */
    zone_close(z);
}

TEST(days_follow_each_other_without_gap)
{
    for (int i = 0; i < VARIED; i++) {
        struct zone *z = opened(varied[i]);
        instant before = zone_day_start(z, date_of(1899, 12, 31));
        for (date d = date_of(1900, 1, 1); d < date_of(2100, 1, 1); d++) {
            instant start = zone_day_start(z, d);
            CHECK(start >= before && start - before <= 49 * HOUR);
            CHECK(zone_date(z, start) >= d);
            CHECK(zone_date(z, start - 1) < d);
            before = start;
        }
        zone_close(z);
    }
}

TEST(instants_beyond_all_calendars_are_harmless)
{
    static const instant far[] = { INSTANT_NONE, INSTANT_NONE + 1,  INSTANT_NEVER - 1, INSTANT_NEVER,
                                   -1,           999999999999999999 };
    for (int i = 0; i < VARIED; i++) {
        struct zone *z = opened(varied[i]);
        for (size_t k = 0; k < sizeof far / sizeof far[0]; k++) {
            struct civil c = zone_civil(z, far[k]);
            CHECK(c.month >= 1 && c.month <= 12);
            CHECK(zone_next_change(z, far[k]) > far[k] || far[k] == INSTANT_NEVER);
            CHECK(zone_offset(z, far[k]) > -90000);
        }
        CHECK(zone_day_start(z, DATE_NEVER) > zone_day_start(z, DATE_NONE));
        zone_close(z);
    }
    zone_close(NULL);
}

TEST(years_beyond_2400_repeat_the_rules_of_the_first_400)
{
    struct zone *z = opened("Europe/Oslo");
    for (int day = 0; day < 366; day++) {
        instant t = utc(2126, 1, 1, 0, 30, 0) + day * DAY;
        CHECK_INT(zone_offset(z, t + 146097 * DAY), zone_offset(z, t));
        CHECK_INT(zone_offset(z, t + 10 * 146097 * DAY), zone_offset(z, t));
    }
    zone_close(z);
}
