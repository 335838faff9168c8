/* Values made of several: lists of texts, and tables keyed by data, which are lists of pairs. */
#include "settings/reading.h"

#include <string.h>

static bool is_list(const config_setting_t *s)
{
    return config_setting_is_list(s) || config_setting_is_array(s);
}

static bool is_text(const config_setting_t *s)
{
    return config_setting_type(s) == CONFIG_TYPE_STRING;
}

void read_texts(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    struct words list = { 0 };
    const char *name = setting_name(row);
    if (!is_list(s)) {
        refuse_type(r, row, s);
        return;
    }
    for (int i = 0; i < config_setting_length(s); i++) {
        const config_setting_t *part = config_setting_get_elem(s, (unsigned)i);
        if (!is_text(part)) {
            grumble(r, part, "%s lists texts, and number %d in it is none; put each in quotation marks, such as %s",
                    name, i + 1, setting_example(row));
            continue;
        }
        const char *text = text_of(r, name, part, false);
        if (text && words_have(&list, text))
            grumble(r, part, "%s lists %s twice; keep one", name, SHOW(text));
        else if (text)
            words_add(r->arena, &list, text);
    }
    if (!config_setting_length(s))
        grumble(r, s, "%s is an empty list; write something such as %s, or leave the line out", name,
                setting_example(row));
    *(struct words *)field = list;
}

static const char *example_of_pairs(const struct setting_row *row)
{
    const char *example = setting_example(row);
    return example[0] == '(' ? example : "( (\"regular\", \"90 days\"), (\"key accounts\", \"30 days\") )";
}

/* The two texts of ("low", "1 year"), or a complaint. */
static bool pair_of(struct reading *r, const struct setting_row *row, const config_setting_t *s, const char **key,
                    const config_setting_t **value)
{
    const char *name = setting_name(row);
    if (!is_list(s) || config_setting_length(s) != 2 || !is_text(config_setting_get_elem(s, 0)) ||
        !is_text(config_setting_get_elem(s, 1))) {
        grumble(r, s, "%s is a list of pairs, and this is not a pair of two texts; write for example %s", name,
                example_of_pairs(row));
        return false;
    }
    *key = text_of(r, name, config_setting_get_elem(s, 0), false);
    *value = config_setting_get_elem(s, 1);
    return *key;
}

/* A single pair without brackets of its own is the likeliest slip; one complaint says it all. */
static bool holds_texts(struct reading *r, const struct setting_row *row, const config_setting_t *s)
{
    if (!config_setting_length(s) || !is_text(config_setting_get_elem(s, 0)))
        return false;
    grumble(r, s, "%s is a list of pairs, and each pair has brackets of its own; write for example %s",
            setting_name(row), example_of_pairs(row));
    return true;
}

void read_pairs(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    (void)field; /* the one table of this kind */
    struct people_options *people = &r->o->people;
    if (!is_list(s)) {
        refuse_type(r, row, s);
        return;
    }
    if (holds_texts(r, row, s))
        return;
    for (int i = 0; i < config_setting_length(s); i++) {
        const config_setting_t *part = config_setting_get_elem(s, (unsigned)i), *value;
        const char *region, *path;
        if (!pair_of(r, row, part, &region, &value) || !(path = text_of(r, setting_name(row), value, false)))
            continue;
        people->holidays = arena_grow(r->arena, people->holidays, people->n_holidays, sizeof *people->holidays);
        people->holidays[people->n_holidays++] =
            (struct holidays_file){ .region = region, .path = path_of(r, path), .place = place_of(r, part) };
    }
}

static bool one_period(struct reading *r, const struct setting_row *row, const char *key, const config_setting_t *s,
                       struct period *out)
{
    const char *name = setting_name(row);
    const char *called = key ? arena_print(r->arena, "%s for %s", name, SHOW(key)) : name;
    const char *text = text_of(r, called, s, false);
    struct err e;
    if (!text)
        return false;
    if (!period_read(text, out, &e)) {
        grumble(r, s, "%s: %s", called, e.text);
        return false;
    }
    if (out->unit != PERIOD_RHYTHM || strcmp(row->type, "periods or rhythm") == 0)
        return true;
    grumble(r, s, "%s = %s: only after and watch can follow the rhythm; write a period such as \"6 months\"", called,
            SHOW(text));
    return false;
}

static bool keyed(const struct periods *p, const char *key)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->rows[i].key && strcmp(p->rows[i].key, key) == 0)
            return true;
    return false;
}

static void add_period(struct reading *r, struct periods *p, const char *key, struct period period)
{
    p->rows = arena_grow(r->arena, p->rows, p->n, sizeof *p->rows);
    p->rows[p->n++] = (struct period_row){ .key = key, .period = period };
}

void read_periods(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    struct periods list = { 0 };
    struct period period;
    if (is_text(s) && one_period(r, row, NULL, s, &period))
        add_period(r, &list, NULL, period);
    if (!is_text(s) && (!is_list(s) || !config_setting_length(s)))
        refuse_type(r, row, s);
    if (is_list(s) && holds_texts(r, row, s))
        return;
    for (int i = 0; is_list(s) && i < config_setting_length(s); i++) {
        const config_setting_t *part = config_setting_get_elem(s, (unsigned)i), *value;
        const char *key;
        if (!pair_of(r, row, part, &key, &value))
            continue;
        if (keyed(&list, key))
            grumble(r, part, "%s has two periods for %s; keep one", setting_name(row), SHOW(key));
        else if (one_period(r, row, key, value, &period))
            add_period(r, &list, key, period);
    }
    *(struct periods *)field = list;
}

/* One after the other, each later than the one before. */
void read_steps(struct reading *r, const struct setting_row *row, const config_setting_t *s, void *field)
{
    struct periods list = { 0 };
    if (!is_list(s) || !config_setting_length(s)) {
        refuse_type(r, row, s);
        return;
    }
    for (int i = 0; i < config_setting_length(s); i++) {
        const config_setting_t *part = config_setting_get_elem(s, (unsigned)i);
        struct period period;
        if (!one_period(r, row, NULL, part, &period))
            continue;
        const struct period *before = list.n ? &list.rows[list.n - 1].period : NULL;
        if (before && before->unit == period.unit && before->count >= period.count)
            grumble(r, part, "%s: each is counted from the same day, so each must be longer than the one before it",
                    setting_name(row));
        add_period(r, &list, NULL, period);
    }
    *(struct periods *)field = list;
}
