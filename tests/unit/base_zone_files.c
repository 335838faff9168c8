/* The files of zones, and the footers that say how they go on. */
#include "base/chance.h"
#include "base/footer.h"
#include "base_zones.h"

static const char *folder_with(const char *name, const void *bytes, size_t size)
{
    const char *folder = test_folder();
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    CHECK(f && fwrite(bytes, 1, size, f) == size && fclose(f) == 0);
    return folder;
}

static bool opens_from(struct zone **z, const void *bytes, size_t size, struct err *e)
{
    setenv("TZDIR", folder_with("Test", bytes, size), 1);
    bool fine = zone_open(z, "Test", e);
    unsetenv("TZDIR");
    return fine;
}

static size_t read_system_zone(const char *name, unsigned char *bytes, size_t room)
{
    char path[256];
    snprintf(path, sizeof path, FOLDER "/%s", name);
    FILE *f = fopen(path, "r");
    if (!f)
        test_skip("no %s here: this promise was NOT tested", path);
    size_t size = fread(bytes, 1, room, f);
    fclose(f);
    return size;
}

TEST(a_zone_file_cut_off_anywhere_is_an_error)
{
    unsigned char bytes[8192];
    struct err e;
    size_t size = read_system_zone("Europe/Oslo", bytes, sizeof bytes);
    const char *folder = folder_with("Test", bytes, size);
    char path[512];
    snprintf(path, sizeof path, "%s/Test", folder);
    setenv("TZDIR", folder, 1);
    for (size_t cut = 0; cut < size; cut += cut < 60 || cut + 60 > size ? 1 : 37) {
        struct zone *z = NULL;
        FILE *f = fopen(path, "w");
        fwrite(bytes, 1, cut, f);
        fclose(f);
        CHECK(!zone_open(&z, "Test", &e));
    }
    unsetenv("TZDIR");
}

TEST(a_zone_file_with_any_byte_changed_is_harmless)
{
    unsigned char bytes[8192], bent[8192];
    size_t size = read_system_zone("Africa/Cairo", bytes, sizeof bytes);
    const char *folder = folder_with("Test", bytes, size);
    char path[512];
    struct chance chance;
    struct err e;
    chance_seed(&chance, 4);
    snprintf(path, sizeof path, "%s/Test", folder);
    setenv("TZDIR", folder, 1);
    for (int round = 0; round < 3000; round++) {
        memcpy(bent, bytes, size);
        for (int i = 0; i < 3; i++)
            bent[chance_below(&chance, i ? size : 120)] = (unsigned char)chance_next(&chance);
        FILE *f = fopen(path, "w");
        fwrite(bent, 1, size, f);
        fclose(f);
        struct zone *z = NULL;
        if (!zone_open(&z, "Test", &e))
            continue;
        for (int i = 0; i < 20; i++) {
            instant t = (instant)chance_next(&chance), two[2];
            struct civil c = zone_civil(z, t);
            zone_instants(z, &c, two);
            zone_instant(z, &c);
            zone_day_start(z, (date)(chance_next(&chance) >> 32));
            zone_next_change(z, t);
        }
        zone_close(z);
    }
    unsetenv("TZDIR");
}

/* A file with an empty first block, no changes, one type (`offset`) and a footer. */
static size_t small_file(unsigned char *out, int offset, const char *footer)
{
    unsigned char head[44] = "TZif2";
    size_t n = 0;
    memcpy(out, head, 44);
    n += 44;
    head[39] = 1; /* types */
    head[43] = 4; /* letters */
    memcpy(out + n, head, 44);
    n += 44;
    for (int shift = 24; shift >= 0; shift -= 8)
        out[n++] = (unsigned char)((unsigned)offset >> shift);
    memcpy(out + n, "\0\0abc", 6);
    n += 6;
    return n + (size_t)sprintf((char *)out + n, "\n%s\n", footer);
}

TEST(a_file_without_changes_leaves_all_times_to_its_footer)
{
    unsigned char bytes[512];
    struct zone *z;
    struct err e;
    CHECK_OK(opens_from(&z, bytes, small_file(bytes, 3600, "CET-1CEST,M3.5.0,M10.5.0/3"), &e), &e);
    CHECK_INT(zone_offset(z, utc(1950, 7, 1, 0, 0, 0)), 7200);
    CHECK_INT(zone_offset(z, utc(2026, 1, 1, 0, 0, 0)), 3600);
    CHECK_INT(zone_next_change(z, utc(2026, 1, 1, 0, 0, 0)), utc(2026, 3, 29, 1, 0, 0));
    CHECK_INT(zone_offset(z, utc(2426, 3, 29, 0, 59, 59)), 3600);
    CHECK_INT(zone_offset(z, utc(2426, 3, 29, 1, 0, 0)), 7200);
    zone_close(z);
    CHECK_OK(opens_from(&z, bytes, small_file(bytes, -12600, ""), &e), &e);
    CHECK_INT(zone_offset(z, INSTANT_NEVER), -12600);
    CHECK_INT(zone_next_change(z, 0), INSTANT_NEVER);
    zone_close(z);
    CHECK_OK(opens_from(&z, bytes, small_file(bytes, 0, "<+0545>-5:45"), &e), &e);
    CHECK_INT(zone_offset(z, 0), 20700);
    CHECK_INT(zone_next_change(z, INSTANT_NONE), INSTANT_NEVER);
    zone_close(z);
    CHECK(!opens_from(&z, bytes, small_file(bytes, 100000, ""), &e));
    CHECK(!opens_from(&z, bytes, small_file(bytes, 0, "CET-1CEST"), &e));
    CHECK_CONTAINS(e.text, "last line");
}

/* "Slim" files, which most systems other than Debian have, end with the last change of law. */
TEST(a_file_that_ends_early_goes_on_with_its_footer)
{
    unsigned char bytes[512], whole[512];
    struct zone *z, *oslo = opened("Europe/Oslo");
    struct err e;
    size_t size = small_file(bytes, 3600, "CET-1CEST,M3.5.0,M10.5.0/3");
    memcpy(whole, bytes, 88);
    whole[44 + 35] = 1; /* one change: 27 October 1996, to type 0 */
    memcpy(whole + 88, "\0\0\0\0\x32\x72\xba\x90\0", 9);
    memcpy(whole + 97, bytes + 88, size - 88);
    CHECK_OK(opens_from(&z, whole, size + 9, &e), &e);
    for (instant t = utc(1997, 1, 1, 0, 30, 0); t < utc(2199, 1, 1, 0, 0, 0); t += 13 * HOUR)
        CHECK_INT(zone_offset(z, t), zone_offset(oslo, t));
    for (instant t = utc(1997, 1, 1, 0, 30, 0); t < utc(2199, 1, 1, 0, 0, 0); t = zone_next_change(z, t))
        CHECK_INT(zone_next_change(z, t), zone_next_change(oslo, t));
    zone_close(oslo);
    zone_close(z);
}

TEST(the_first_version_of_the_format_is_refused)
{
    unsigned char bytes[512];
    struct zone *z;
    struct err e;
    size_t size = small_file(bytes, 0, "UTC0");
    bytes[4] = 0;
    CHECK(!opens_from(&z, bytes, size, &e));
    CHECK_CONTAINS(e.text, "64-bit");
}

/* ---- footers ---- */

static int footer_offset(const char *text, instant t)
{
    struct footer f;
    if (!footer_read(text, &f))
        test_fail(__FILE__, __LINE__, "cannot read %s", text);
    struct span s = footer_span(&f, t / 1000);
    CHECK(s.from <= t / 1000 && t / 1000 < s.until);
    return s.offset;
}

TEST(footers_are_read_as_posix_and_rfc_8536_say)
{
    CHECK_INT(footer_offset("<+03>-3", 0), 3 * 3600);
    CHECK_INT(footer_offset("<-0330>3:30", 0), -(3 * 3600 + 1800));
    CHECK_INT(footer_offset("XXX-1:02:03", 0), 3723);
    CHECK_INT(footer_offset("LMT+24", 0), -86400);
    /* Ireland: summer is standard, winter is an hour less. */
    CHECK_INT(footer_offset("IST-1GMT0,M10.5.0,M3.5.0/1", utc(2026, 7, 1, 0, 0, 0)), 3600);
    CHECK_INT(footer_offset("IST-1GMT0,M10.5.0,M3.5.0/1", utc(2026, 1, 1, 0, 0, 0)), 0);
    /* South of the equator summer reaches over New Year. */
    CHECK_INT(footer_offset("AEST-10AEDT,M10.1.0,M4.1.0/3", utc(2026, 12, 31, 23, 0, 0)), 11 * 3600);
    CHECK_INT(footer_offset("AEST-10AEDT,M10.1.0,M4.1.0/3", utc(2027, 1, 1, 1, 0, 0)), 11 * 3600);
}

TEST(footer_times_may_be_negative_or_days_long)
{
    /* Nuuk: Saturday 22:00 by the clock before the last Sunday of March. */
    const char *nuuk = "<-02>2<-01>,M3.5.0/-1,M10.5.0/0";
    CHECK_INT(footer_offset(nuuk, utc(2030, 3, 31, 0, 59, 59)), -7200);
    CHECK_INT(footer_offset(nuuk, utc(2030, 3, 31, 1, 0, 0)), -3600);
    /* Gaza: the fourth Thursday and 50 hours: Saturday 02:00. */
    const char *gaza = "EET-2EEST,M3.4.4/50,M10.4.4/50";
    CHECK_INT(footer_offset(gaza, utc(2090, 3, 24, 23, 59, 59)), 7200);
    CHECK_INT(footer_offset(gaza, utc(2090, 3, 25, 0, 0, 0)), 10800);
    /* All year daylight saving (RFC 8536, 3.3.1). */
    for (int hour = 0; hour < 24 * 366; hour++)
        CHECK_INT(footer_offset("XXX3EDT4,0/0,J365/23", utc(2027, 12, 1, 0, 0, 0) + hour * HOUR), -4 * 3600);
}

TEST(footer_days_can_be_counted_with_and_without_29_february)
{
    const char *julian = "AAA0BBB,J60/0,J300/0", *plain = "AAA0BBB,59/0,300/0";
    CHECK_INT(footer_offset(julian, utc(2028, 2, 29, 23, 59, 59)), 0);
    CHECK_INT(footer_offset(julian, utc(2028, 3, 1, 0, 0, 0)), 3600);
    CHECK_INT(footer_offset(julian, utc(2027, 3, 1, 0, 0, 0)), 3600);
    CHECK_INT(footer_offset(plain, utc(2028, 2, 28, 23, 59, 59)), 0);
    CHECK_INT(footer_offset(plain, utc(2028, 2, 29, 0, 0, 0)), 3600);
    CHECK_INT(footer_offset(plain, utc(2027, 3, 1, 0, 0, 0)), 3600);
}

TEST(a_footer_that_is_not_one_is_refused)
{
    static const char *const bad[] = {
        "",
        "CET",
        "CE-1",
        "-1",
        "<+03-3",
        "<>-3",
        "CET-25",
        "CET-1x",
        "CET-1CEST",
        "CET-1CEST,",
        "CET-1CEST,M3.5.0",
        "CET-1CEST,M3.5.0,M13.5.0",
        "CET-1CEST,M3.0.0,M10.5.0",
        "CET-1CEST,M3.6.0,M10.5.0",
        "CET-1CEST,M3.5.7,M10.5.0",
        "CET-1CEST,J0,J365",
        "CET-1CEST,J1,J366",
        "CET-1CEST,0,366",
        "CET-1CEST,M3.5.0/168,M10.5.0",
        "CET-1:60",
        "CET-1CEST,M3.5.0,M10.5.0/3 ",
        "CET-1CEST,M3.5.0,M10.5.0/3,M1.1.1",
        "CET-99999999999999999999",
        "CET--1",
        "CET-1CEST,M3.5.0/,M10.5.0",
        "CET-1CEST,M99999999999.5.0,M10.5.0",
    };
    struct footer f;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (footer_read(bad[i], &f))
            test_fail(__FILE__, __LINE__, "\"%s\" was read", bad[i]);
}
