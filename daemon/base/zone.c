#include "base/zone.h"

#include "base/footer.h"
#include "base/mem.h"
#include "base/shown.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    HEADER = 44,
    LONGEST_FILE = 64 * 1024, /* the longest of tzdata 2026 has 4 KB */
    LEAST_OFFSET = -89999,    /* RFC 8536, 3.2: more than -25 hours, less than 26 */
    MOST_OFFSET = 93599,
};

/* "Slim" files leave everything after the last change of law to the footer. We write its changes into the table up to
 * here (1 January 2050), so that everyday lookups are one binary search. */
#define WRITTEN_OUT ((int64_t)2524608000)
#define YEAR_1900 ((int64_t)-2208988800)
#define FARTHEST ((int64_t)1 << 59) /* RFC 8536, 3.2 */

/* From at[i] on (seconds) the clocks are offset[i] ahead of UTC; at[0] is INT64_MIN. From footer_from on the footer
 * decides. */
struct zone {
    char *name;
    size_t n;
    int64_t *at;
    int32_t *offset;
    int64_t footer_from; /* INT64_MAX: there is no footer */
    struct footer footer;
};

static int64_t big_endian(const unsigned char *p, int size)
{
    uint64_t n = size == 4 && p[0] & 0x80 ? UINT64_MAX : 0;
    for (int i = 0; i < size; i++)
        n = n << 8 | p[i];
    return (int64_t)n;
}

/* What a header says about the block behind it. */
struct block {
    size_t isutc, isstd, leaps, times, types, letters;
};

static struct block block_of(const unsigned char *header)
{
    size_t n[6];
    for (int i = 0; i < 6; i++)
        n[i] = (size_t)(big_endian(header + 20 + 4 * i, 4) & UINT32_MAX);
    return (struct block){ n[0], n[1], n[2], n[3], n[4], n[5] };
}

static size_t block_size(const struct block *b, size_t time_size)
{
    return b->times * (time_size + 1) + b->types * 6 + b->letters + b->leaps * (time_size + 4) + b->isstd + b->isutc;
}

static void add_change(struct zone *z, int64_t at, int32_t offset)
{
    if (z->n && z->offset[z->n - 1] == offset)
        return; /* only the abbreviation changed */
    z->at = mem_resize(z->at, (z->n + 1) * sizeof *z->at);
    z->offset = mem_resize(z->offset, (z->n + 1) * sizeof *z->offset);
    z->at[z->n] = at;
    z->offset[z->n++] = offset;
}

static bool read_table(struct zone *z, const unsigned char *p, const struct block *b, int64_t *last)
{
    const unsigned char *type_of = p + b->times * 8, *types = type_of + b->times;
    for (size_t i = 0; i < b->types; i++) {
        int64_t offset = big_endian(types + 6 * i, 4);
        if (offset < LEAST_OFFSET || offset > MOST_OFFSET)
            return false;
    }
    add_change(z, INT64_MIN, (int32_t)big_endian(types, 4));
    *last = INT64_MIN;
    for (size_t i = 0; i < b->times; i++) {
        int64_t at = big_endian(p + 8 * i, 8);
        if (at <= *last || at < -FARTHEST || at > FARTHEST || type_of[i] >= b->types)
            return false;
        add_change(z, at, (int32_t)big_endian(types + 6 * type_of[i], 4));
        *last = at;
    }
    return true;
}

static bool read_footer(struct zone *z, const char *text, size_t size, int64_t last)
{
    char line[256];
    const char *end = size > 1 ? memchr(text + 1, '\n', size - 1) : NULL;
    z->footer_from = INT64_MAX;
    if (!end || text[0] != '\n' || (size_t)(end - text) > sizeof line)
        return false;
    if (end == text + 1)
        return true;
    size_t length = (size_t)(end - text - 1);
    memcpy(line, text + 1, length);
    line[length] = '\0';
    z->footer_from = last;
    return strlen(line) == length && footer_read(line, &z->footer);
}

static void write_out(struct zone *z)
{
    if (z->footer_from == INT64_MAX)
        return;
    if (!z->footer.daylight_saving) {
        if (z->footer_from == INT64_MIN)
            z->n = 0;
        add_change(z, z->footer_from, z->footer.standard);
        z->footer_from = INT64_MAX;
        return;
    }
    /* A file without changes, or with one at the big bang only, would fill the memory: its footer answers by itself. */
    while (z->footer_from >= YEAR_1900) {
        int64_t next = footer_span(&z->footer, z->footer_from).until;
        if (next >= WRITTEN_OUT)
            return;
        add_change(z, next, footer_span(&z->footer, next).offset);
        z->footer_from = next;
    }
}

/* The first block is for readers of 1990, with 32-bit times; we skip it. */
static const char *parse(struct zone *z, const unsigned char *p, size_t size)
{
    if (size < HEADER || memcmp(p, "TZif", 4) != 0)
        return "it is no time zone file";
    if (p[4] < '2')
        return "it is of the old form without 64-bit times";
    struct block old = block_of(p);
    size_t skipped = HEADER + block_size(&old, 4);
    if (skipped > size || size - skipped < HEADER || memcmp(p + skipped, "TZif", 4) != 0)
        return "it is damaged";
    p += skipped + HEADER;
    size -= skipped + HEADER;
    struct block b = block_of(p - HEADER);
    int64_t last;
    if (b.leaps)
        return "it counts leap seconds, which no wall clock shows";
    if (block_size(&b, 8) > size || !b.types || !read_table(z, p, &b, &last))
        return "it is damaged";
    size_t table = block_size(&b, 8);
    if (!read_footer(z, (const char *)p + table, size - table, last))
        return "its last line cannot be read";
    write_out(z);
    return NULL;
}

static bool unknown(const char *name, const char *folder, struct err *e)
{
    char text[SHOWN_SIZE];
    return err_set(e,
                   "there is no time zone \"%s\": write a name that exists below %s, such as \"Europe/Oslo\" or \"UTC\""
                   "%s",
                   shown(name, text), folder, access(folder, X_OK) ? " (nothing is there: install tzdata)" : "");
}

static bool sane(const char *name)
{
    return name[0] && name[0] != '/' && !strstr(name, "..") && strlen(name) < 256;
}

/* The whole file into `bytes`; its size, or -1 and errno. */
static ssize_t slurp(const char *path, unsigned char *bytes, size_t room)
{
    struct stat about;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return -1;
    ssize_t size = 0, more = 0;
    if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode))
        while ((more = read(fd, bytes + size, room - (size_t)size)) > 0)
            size += more;
    int why = errno;
    close(fd);
    errno = why;
    return more < 0 ? -1 : size;
}

static bool load(struct zone *z, const char *name, struct err *e)
{
    const char *folder = secure_getenv("TZDIR");
    if (!folder || folder[0] != '/')
        folder = "/usr/share/zoneinfo";
    char path[4096], text[SHOWN_SIZE];
    if (!sane(name) || snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return unknown(name, folder, e);
    unsigned char *bytes = mem_new(LONGEST_FILE);
    ssize_t size = slurp(path, bytes, LONGEST_FILE);
    int why = errno;
    const char *fault = size < 0 ? NULL : parse(z, bytes, (size_t)size);
    free(bytes);
    if (size < 0 && (why == ENOENT || why == ENOTDIR || why == ELOOP || why == ENAMETOOLONG))
        return unknown(name, folder, e);
    if (size < 0)
        return err_set(e, "cannot read time zone \"%s\" below %s: %s", shown(name, text), folder, strerror(why));
    if (fault)
        return err_set(e, "cannot use \"%s\" below %s as a time zone: %s; write a name such as \"Europe/Oslo\"",
                       shown(name, text), folder, fault);
    return true;
}

bool zone_open(struct zone **out, const char *name, struct err *e)
{
    struct zone *z = mem_new(sizeof *z);
    z->name = mem_copy(name);
    if (load(z, name, e)) {
        *out = z;
        return true;
    }
    zone_close(z);
    return false;
}

void zone_close(struct zone *z)
{
    if (!z)
        return;
    free(z->name);
    free(z->at);
    free(z->offset);
    free(z);
}

const char *zone_name(const struct zone *z)
{
    return z->name;
}

static int64_t seconds_of(instant t)
{
    return t / SECOND - (t % SECOND < 0);
}

/* The stretch around `s`. The search keeps at[low] <= s < at[high]. */
static struct span span_at(const struct zone *z, int64_t s)
{
    if (s >= z->footer_from && z->footer_from != INT64_MAX) {
        struct span later = footer_span(&z->footer, s);
        if (later.from < z->footer_from)
            later.from = z->footer_from;
        return later;
    }
    size_t low = 0, high = z->n;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (z->at[middle] <= s)
            low = middle;
        else
            high = middle;
    }
    return (struct span){ z->at[low], high < z->n ? z->at[high] : z->footer_from, z->offset[low] };
}

int zone_offset(const struct zone *z, instant t)
{
    return span_at(z, seconds_of(t)).offset;
}

instant zone_next_change(const struct zone *z, instant t)
{
    int64_t until = span_at(z, seconds_of(t)).until;
    return until > INSTANT_NEVER / SECOND ? INSTANT_NEVER : until * SECOND;
}

/* What the wall shows, as if it were UTC. Three million years each way are enough, and no sum of them overflows. */
static instant wall(const struct zone *z, instant t)
{
    const instant far = 100000000000000000;
    t = t > far ? far : t < -far ? -far : t;
    return t + zone_offset(z, t) * SECOND;
}

struct civil zone_civil(const struct zone *z, instant t)
{
    return instant_split(wall(z, t));
}

date zone_date(const struct zone *z, instant t)
{
    if (t == INSTANT_NONE || t == INSTANT_NEVER)
        return t == INSTANT_NONE ? DATE_NONE : DATE_NEVER;
    instant shown_there = wall(z, t);
    return (date)(shown_there / DAY - (shown_there % DAY < 0));
}

/* The walls show `local` (seconds) within a day or so of the UTC instant of the same number: walk through the stretches
 * there. No offset reaches beyond these bounds, so nothing is missed even where clocks changed twice within days. */
static struct span first_span(const struct zone *z, int64_t local)
{
    return span_at(z, local - MOST_OFFSET - 1);
}

static bool next_span(const struct zone *z, int64_t local, struct span *s)
{
    if (s->until > local - LEAST_OFFSET)
        return false;
    *s = span_at(z, s->until);
    return true;
}

int zone_instants(const struct zone *z, const struct civil *c, instant out[2])
{
    instant shows = instant_of(c);
    int64_t local = seconds_of(shows);
    struct span s = first_span(z, local);
    int n = 0;
    do {
        int64_t at = local - s.offset;
        if (at >= s.from && at < s.until && n < 2)
            out[n++] = shows - s.offset * SECOND;
    } while (next_span(z, local, &s));
    return n;
}

instant zone_instant(const struct zone *z, const struct civil *c)
{
    instant found[2], shows = instant_of(c);
    if (zone_instants(z, c, found))
        return found[0];
    int64_t local = seconds_of(shows);
    struct span s = first_span(z, local);
    int before = s.offset;
    /* By the clock that was still right before the gap, that is after it. */
    while (s.until <= local - s.offset) {
        before = s.offset;
        if (!next_span(z, local, &s))
            break;
    }
    return shows - before * SECOND;
}

/* The first instant at which the calendar shows `d` or a later day: also where midnight is skipped, and where the whole
 * day was (Pacific/Apia had no 30 December 2011: that is where the 31st starts). If midnight comes twice it is the
 * first. */
instant zone_day_start(const struct zone *z, date d)
{
    int64_t midnight = d * (int64_t)(DAY / SECOND);
    struct span s = first_span(z, midnight);
    do {
        int64_t at = midnight - s.offset;
        if (at < s.until)
            return (at > s.from ? at : s.from) * SECOND;
    } while (next_span(z, midnight, &s));
    return (midnight - s.offset) * SECOND; /* not reached: no offset is that large */
}
