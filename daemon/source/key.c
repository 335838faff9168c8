#include "source/key.h"

#include "source/values.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const int64_t nineteen_digits = 1000000000000000000;

struct key key_of_text(const char *text, int size)
{
    struct key k = { .text = text, .size = size };
    int first = size > 0 && text[0] == '-';
    if (size - first < 1 || size - first > 18)
        return k;
    int64_t value = 0;
    for (int i = first; i < size; i++) {
        if (text[i] < '0' || text[i] > '9')
            return k;
        value = value * 10 + (text[i] - '0');
    }
    k.number = true;
    k.value = first ? -value : value;
    return k;
}

static bool of_number(struct key *k, int64_t value)
{
    *k = (struct key){ .number = true, .value = value };
    return true;
}

static bool of_text(struct key *k, sqlite3_stmt *s, int i)
{
    const char *text = (const char *)sqlite3_column_text(s, i);
    int size = sqlite3_column_bytes(s, i);
    if (!text || size < 1 || size > LONGEST_ID || !utf8_valid(text, (size_t)size))
        return false;
    *k = key_of_text(text, size);
    return true;
}

bool key_of_column(sqlite3_stmt *s, int i, struct key *out)
{
    switch (sqlite3_column_type(s, i)) {
    case SQLITE_INTEGER: {
        int64_t value = sqlite3_column_int64(s, i);
        return value < nineteen_digits && value > -nineteen_digits ? of_number(out, value) : of_text(out, s, i);
    }
    case SQLITE_FLOAT: { /* 12.0: what a column of integers becomes in programs that know no NULL in them */
        double value = sqlite3_column_double(s, i);
        bool whole = value > -9e15 && value < 9e15 && value == (double)(int64_t)value;
        return whole && of_number(out, (int64_t)value);
    }
    case SQLITE_TEXT:
        return of_text(out, s, i);
    default:
        return false;
    }
}

/* The text of `k`: its own, or its number in `room`. */
static const char *written(const struct key *k, char room[24], int *size)
{
    *size = k->text ? k->size : snprintf(room, 24, "%" PRId64, k->value);
    return k->text ? k->text : room;
}

int key_compare_texts(const struct key *a, const struct key *b)
{
    if (a->number != b->number)
        return a->number ? -1 : 1;
    if (a->number && a->value != b->value)
        return a->value < b->value ? -1 : 1;
    if (!a->text && !b->text)
        return 0;
    char a_room[24], b_room[24];
    int a_size, b_size;
    const char *x = written(a, a_room, &a_size), *y = written(b, b_room, &b_size);
    int order = memcmp(x, y, (size_t)(a_size < b_size ? a_size : b_size));
    return order ? order : a_size - b_size;
}

void key_keep(struct kept_key *to, const struct key *k)
{
    to->key = *k;
    if (!k->text)
        return;
    memcpy(to->text, k->text, (size_t)k->size);
    to->text[k->size] = '\0';
    to->key.text = to->text;
}

char *key_text(const struct key *k, struct arena *a)
{
    char room[24];
    int size;
    const char *text = written(k, room, &size);
    return arena_copy_bytes(a, text, (size_t)size);
}

char *key_print(const struct key *k, char out[48])
{
    char room[24];
    int size;
    const char *text = written(k, room, &size);
    snprintf(out, 48, "%.*s", size, text);
    for (char *p = out; *p; p++)
        if ((unsigned char)*p < ' ' || *p == 0x7F)
            *p = '?';
    return out;
}
