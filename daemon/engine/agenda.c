#include "engine/agenda.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct entry {
    const char *id;
    uint64_t fingerprint;
    instant look_at;
    double sum_ln;
    int32_t occasions;
    date last_day, other;
    uint32_t category;
    uint32_t owner : 27, seen : 1, noted : 1, silent : 1, due : 1, open : 1;
    uint32_t place; /* in the heap */
};

enum { OWNERS_MOST = (1 << 27) - 1 };

struct agenda {
    struct arena ids;
    struct entry **sorted; /* by id: the first `settled`, and, apart from them, the few that came late */
    struct entry **heap;   /* by look_at, the earliest first */
    size_t n, settled, room;
    struct paces categories, owners; /* only for their names */
    struct arena entries;
};

struct agenda *agenda_new(void)
{
    return mem_new(sizeof(struct agenda));
}

void agenda_free(struct agenda *a)
{
    if (!a)
        return;
    arena_done(&a->ids);
    arena_done(&a->entries);
    paces_done(&a->categories);
    paces_done(&a->owners);
    free(a->sorted);
    free(a->heap);
    free(a);
}

size_t agenda_size(const struct agenda *a)
{
    return a->n;
}

static void put(struct agenda *a, size_t place, struct entry *x)
{
    a->heap[place] = x;
    x->place = (uint32_t)place;
}

/* Let the entry at `place` find its place again after its instant changed. */
static void settle(struct agenda *a, size_t place)
{
    struct entry *x = a->heap[place];
    while (place > 0 && a->heap[(place - 1) / 2]->look_at > x->look_at) {
        put(a, place, a->heap[(place - 1) / 2]);
        place = (place - 1) / 2;
    }
    for (size_t child; (child = 2 * place + 1) < a->n; place = child) {
        if (child + 1 < a->n && a->heap[child + 1]->look_at < a->heap[child]->look_at)
            child++;
        if (a->heap[child]->look_at >= x->look_at)
            break;
        put(a, place, a->heap[child]);
    }
    put(a, place, x);
}

/* Those who came out of order, before they are put among the others: each of a million in its place at once would move
 * gigabytes. */
enum { LATE = 2048 };

/* Where `id` stands in [low, high), or would stand; *found says which. */
static size_t search(const struct agenda *a, size_t low, size_t high, const char *id, bool *found)
{
    /* A pass comes in id order: the end is tried first. */
    if (high > low && id_compare(id, a->sorted[high - 1]->id) > 0)
        low = high;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = id_compare(id, a->sorted[middle]->id);
        if (order == 0) {
            *found = true;
            return middle;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    *found = false;
    return low;
}

/* Where `id` stands, or where a late one would. */
static size_t find(const struct agenda *a, const char *id, bool *found)
{
    size_t i = search(a, 0, a->settled, id, found);
    return *found || (i == a->n) ? i : search(a, a->settled, a->n, id, found);
}

/* Put the late ones among the others, the last first. */
static void merge(struct agenda *a)
{
    struct entry *late[LATE];
    size_t end = a->settled, left = a->n - a->settled;
    if (left)
        memcpy(late, a->sorted + a->settled, left * sizeof *late);
    for (; left > 0; left--) {
        bool found;
        size_t i = search(a, 0, end, late[left - 1]->id, &found);
        memmove(a->sorted + i + left, a->sorted + i, (end - i) * sizeof *late);
        a->sorted[i + left - 1] = late[left - 1];
        end = i;
    }
    a->settled = a->n;
}

static struct entry *find_or_add(struct agenda *a, const char *id)
{
    bool found;
    size_t i = find(a, id, &found);
    if (found)
        return a->sorted[i];
    if (a->n == a->room) {
        a->room = a->room ? a->room * 2 : 64;
        a->sorted = mem_resize(a->sorted, a->room * sizeof(struct entry *));
        a->heap = mem_resize(a->heap, a->room * sizeof(struct entry *));
    }
    struct entry *x = arena_new(&a->entries, sizeof *x);
    *x = (struct entry){
        .id = arena_copy(&a->ids, id), .look_at = INSTANT_NEVER, .last_day = DATE_NONE, .other = DATE_NEVER
    };
    memmove(a->sorted + i + 1, a->sorted + i, (a->n - i) * sizeof(struct entry *));
    a->sorted[i] = x;
    put(a, a->n, x);
    bool last = a->settled == a->n && (i == 0 || id_compare(a->sorted[i - 1]->id, id) < 0);
    a->n++;
    a->settled += last;
    if (a->n - a->settled == LATE)
        merge(a);
    return x;
}

struct noted agenda_note(struct agenda *a, const char *id, const char *category, const char *owner,
                         const struct outlook *o)
{
    struct entry *x = find_or_add(a, id);
    struct noted result = { .changed = !x->noted || x->fingerprint != o->fingerprint, .open = x->open };
    x->due = x->due && !result.changed;
    x->noted = x->seen = true;
    x->silent = o->silent;
    x->fingerprint = o->fingerprint;
    x->sum_ln = o->rhythm.sum_ln;
    x->occasions = o->rhythm.occasions;
    x->last_day = o->rhythm.last_day;
    x->other = o->other;
    x->category = (uint32_t)paces_index(&a->categories, category);
    x->owner = (uint32_t)paces_index(&a->owners, owner) & OWNERS_MOST;
    return result;
}

size_t agenda_owners(const struct agenda *a)
{
    return a->owners.n;
}

const char *agenda_owner(const struct agenda *a, size_t i)
{
    return a->owners.rows[i].category;
}

static void set_look(struct agenda *a, struct entry *x, instant at)
{
    x->look_at = at;
    settle(a, x->place);
}

void agenda_open(struct agenda *a, const char *id)
{
    find_or_add(a, id)->open = true;
}

void agenda_looked(struct agenda *a, const char *id, bool due, bool open, instant at)
{
    struct entry *x = find_or_add(a, id);
    x->due = due;
    x->open = open;
    set_look(a, x, at);
}

void agenda_look_by(struct agenda *a, const char *id, instant by)
{
    struct entry *x = find_or_add(a, id);
    if (by < x->look_at)
        set_look(a, x, by);
}

instant agenda_next(const struct agenda *a)
{
    return a->n ? a->heap[0]->look_at : INSTANT_NEVER;
}

static int by_id(const void *a, const void *b)
{
    return id_compare(*(const char *const *)a, *(const char *const *)b);
}

size_t agenda_take(struct agenda *a, instant now, size_t most, const char **ids)
{
    size_t n = 0;
    while (n < most && agenda_next(a) <= now) {
        ids[n++] = a->heap[0]->id;
        set_look(a, a->heap[0], INSTANT_NEVER);
    }
    qsort(ids, n, sizeof *ids, by_id);
    return n;
}

void agenda_pass_begin(struct agenda *a)
{
    for (size_t i = 0; i < a->n; i++)
        a->sorted[i]->seen = false;
}

void agenda_pass_end(struct agenda *a, void (*gone)(void *context, const char *id), void *context)
{
    merge(a);
    for (size_t i = 0; i < a->n; i++)
        if (!a->sorted[i]->seen) {
            a->sorted[i]->noted = false; /* should it come back, that is news */
            gone(context, a->sorted[i]->id);
        }
}

bool agenda_seen(const struct agenda *a, const char *id)
{
    bool found;
    size_t i = find(a, id, &found);
    return found && a->sorted[i]->seen;
}

void agenda_forget(struct agenda *a, const char *id)
{
    bool found;
    size_t i = find(a, id, &found);
    if (!found)
        return;
    struct entry *x = a->sorted[i];
    memmove(a->sorted + i, a->sorted + i + 1, (a->n - i - 1) * sizeof(struct entry *));
    a->n--;
    a->settled -= i < a->settled;
    size_t place = x->place;
    if (place < a->n) {
        put(a, place, a->heap[a->n]);
        settle(a, place);
    }
}

static struct outlook outlook_of(const struct entry *x)
{
    return (struct outlook){ .rhythm = { .sum_ln = x->sum_ln, .occasions = x->occasions, .last_day = x->last_day },
                             .other = x->other,
                             .fingerprint = x->fingerprint };
}

bool agenda_walk(struct agenda *a, size_t *cursor, size_t most, instant now,
                 instant (*look)(void *context, const char *category, const struct outlook *o), void *context)
{
    if (*cursor == 0)
        merge(a);
    for (; most > 0 && *cursor < a->n; most--, ++*cursor) {
        struct entry *x = a->sorted[*cursor];
        if (!x->noted)
            continue;
        struct outlook o = outlook_of(x);
        instant at = look(context, a->categories.rows[x->category].category, &o);
        if (at < x->look_at && (at > now || !x->due))
            set_look(a, x, at);
    }
    return *cursor < a->n;
}

bool agenda_walk_of(const struct agenda *a, const bool *wanted, size_t n, size_t *cursor, size_t most,
                    void (*each)(void *context, const char *id, const char *category, const struct outlook *o),
                    void *context)
{
    for (; most > 0 && *cursor < a->n; most--, ++*cursor) {
        const struct entry *x = a->sorted[*cursor];
        if (!x->noted || !x->seen || x->silent || x->owner >= n || !wanted[x->owner])
            continue;
        struct outlook o = outlook_of(x);
        each(context, x->id, a->categories.rows[x->category].category, &o);
    }
    return *cursor < a->n;
}

long agenda_count(const struct agenda *a, bool bought, bool (*counts)(void *context, const char *category),
                  void *context)
{
    long n = 0;
    bool *wanted = mem_new((a->categories.n + 1) * sizeof *wanted);
    for (size_t i = 0; i < a->categories.n; i++)
        wanted[i] = counts(context, a->categories.rows[i].category);
    for (size_t i = 0; i < a->n; i++) {
        const struct entry *x = a->sorted[i];
        n += x->noted && !x->silent && wanted[x->category] && (!bought || x->occasions > 0);
    }
    free(wanted);
    return n;
}
