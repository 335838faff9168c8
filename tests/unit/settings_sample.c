/* The sample we ship is held together with the table of settings. */
#include "settings_taken.h"

/* The text of the section `name` that begins in column `indent` of `text`. */
static char *section(const char *text, const char *name, int indent)
{
    char head[80], tail[80];
    struct buf out = { 0 };
    snprintf(head, sizeof head, "\n%*s%s = ", indent, "", name);
    const char *from = strstr(text, head);
    if (!from)
        test_fail(sample_path, 0, "there is no %s", name);
    from += strlen(head);
    snprintf(tail, sizeof tail, "\n%*s%c;", indent, "", *from == '(' ? ')' : '}');
    const char *end = strstr(from, tail);
    if (!end)
        test_fail(sample_path, 0, "%s has no end", name);
    buf_add_bytes(&out, from, (size_t)(end - from) + 1);
    return buf_take(&out);
}

/* Where in the sample a row is to be found. */
static char *home_of(const char *sample, const char *key)
{
    char part[64];
    const char *dot = strchr(key, '.');
    if (!dot)
        return strdup(sample);
    snprintf(part, sizeof part, "%.*s", (int)strcspn(key, ".["), key);
    char *outer = section(sample, part, 0);
    const char *second = strchr(dot + 1, '.');
    if (!second || strncmp(key, "channels", 8) == 0)
        return outer;
    snprintf(part, sizeof part, "%.*s", (int)(second - dot - 1), dot + 1);
    char *inner = section(outer, part, 2);
    free(outer);
    return inner;
}

static const char *leaf(const char *key)
{
    const char *dot = strrchr(key, '.');
    return dot ? dot + 1 : key;
}

/* "per_day" as a word of its own. */
static const char *word_in(const char *text, const char *word)
{
    size_t size = strlen(word);
    for (const char *at = text; (at = strstr(at, word)); at += size)
        if ((at == text || !strchr("abcdefghijklmnopqrstuvwxyz_", at[-1])) &&
            !strchr("abcdefghijklmnopqrstuvwxyz_", at[size]))
            return at;
    return NULL;
}

TEST(the_sample_we_ship_loads_as_it_is)
{
    struct options *o = taken(sample_path);
    CHECK_INT(o->n_rules, 9);
    CHECK_TEXT(o->people.holidays[0].path, "conf/holidays/example.txt");
    FILE *f = fopen(o->people.holidays[0].path, "r");
    CHECK(f != NULL);
    fclose(f);
    settings_free(o);
}

TEST(every_setting_is_in_the_sample_we_ship)
{
    size_t n;
    const struct setting_row *rows = settings_rows(&n);
    char *sample = whole_file(sample_path);
    for (size_t i = 0; i < n; i++) {
        char *home = home_of(sample, rows[i].key);
        if (!word_in(home, leaf(rows[i].key)))
            test_fail(sample_path, 0, "nothing is said about %s", rows[i].key);
        free(home);
    }
    free(sample);
}

TEST(the_sample_we_ship_shows_the_defaults_that_hold)
{
    size_t n;
    const struct setting_row *rows = settings_rows(&n);
    char *sample = whole_file(sample_path);
    for (size_t i = 0; i < n; i++) {
        char setting[200];
        if (!rows[i].fallback || !rows[i].fallback[0] || strcmp(rows[i].key, "languages") == 0)
            continue; /* where the languages lie depends on the build */
        char *home = home_of(sample, rows[i].key);
        snprintf(setting, sizeof setting, "#%s = ", leaf(rows[i].key));
        const char *at = strstr(home, setting);
        snprintf(setting, sizeof setting, "#%s = %s;", leaf(rows[i].key), rows[i].fallback);
        if (at && strncmp(at, setting, strlen(setting)) != 0)
            test_fail(sample_path, 0, "%s has the default %s, not %.30s", rows[i].key, rows[i].fallback, at);
        free(home);
    }
    free(sample);
}

TEST(the_sample_we_ship_holds_nothing_unknown_behind_its_comment_marks)
{
    char *sample = whole_file(sample_path);
    struct buf text = { 0 };
    int uncommented = 0;
    for (char *line = strtok(sample, "\n"); line; line = strtok(NULL, "\n")) {
        char *mark = line + strspn(line, " ");
        size_t name = mark[0] == '#' ? strspn(mark + 1, "abcdefghijklmnopqrstuvwxyz_") : 0;
        if (name && strncmp(mark + 1 + name, " = ", 3) == 0) {
            *mark = ' ';
            uncommented++;
        }
        buf_print(&text, "%s\n", line);
    }
    CHECK(uncommented > 30);
    struct options *o = taken_text(text.text);
    CHECK_TEXT(o->rules[0].title, "Customers who went quiet");
    settings_free(o);
    buf_done(&text);
    free(sample);
}

TEST(every_row_of_the_table_explains_itself)
{
    size_t n;
    const struct setting_row *rows = settings_rows(&n);
    CHECK(n > 60);
    for (size_t i = 0; i < n; i++) {
        size_t size = strlen(rows[i].what);
        CHECK(size > 10 && rows[i].what[size - 1] == '.');
        CHECK(rows[i].type[0]);
        for (size_t k = 0; k < i; k++)
            if (strcmp(rows[i].key, rows[k].key) == 0)
                test_fail(__FILE__, __LINE__, "%s is there twice", rows[i].key);
    }
}
