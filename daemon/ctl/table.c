#include "ctl/table.h"

#include "base/buf.h"
#include "base/mem.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

enum { COLUMNS = 24 };

struct table {
    char *names[COLUMNS];
    bool number[COLUMNS];
    size_t columns, n;
    char ***rows;
};

struct table *table_new(const char *columns)
{
    struct table *t = mem_new(sizeof *t);
    while (*columns && t->columns < COLUMNS) {
        size_t size = strcspn(columns, ",");
        char *name = mem_new(size + 1);
        memcpy(name, columns, size);
        t->number[t->columns] = size && name[size - 1] == '#';
        if (t->number[t->columns])
            name[size - 1] = '\0';
        t->names[t->columns++] = name;
        columns += size + (columns[size] == ',');
    }
    return t;
}

void table_free(struct table *t)
{
    for (size_t i = 0; i < t->n; i++) {
        for (size_t k = 0; k < t->columns; k++)
            free(t->rows[i][k]);
        free(t->rows[i]);
    }
    for (size_t k = 0; k < t->columns; k++)
        free(t->names[k]);
    free(t->rows);
    free(t);
}

void table_add(struct table *t, ...)
{
    va_list rest;
    char **row = mem_new(t->columns * sizeof(char *));
    va_start(rest, t);
    for (size_t k = 0; k < t->columns; k++) {
        const char *text = va_arg(rest, const char *);
        row[k] = mem_copy(text ? text : "");
    }
    va_end(rest);
    t->rows = mem_resize(t->rows, (t->n + 1) * sizeof(char **));
    t->rows[t->n++] = row;
}

size_t table_rows(const struct table *t)
{
    return t->n;
}

struct keyed {
    double key;
    size_t place;
    char **row;
};

static int larger_first(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    if (x->key != y->key)
        return x->key > y->key ? -1 : 1;
    return x->place < y->place ? -1 : 1;
}

void table_sort(struct table *t, const double *keys)
{
    struct keyed *all = mem_new((t->n + 1) * sizeof *all);
    for (size_t i = 0; i < t->n; i++)
        all[i] = (struct keyed){ keys[i], i, t->rows[i] };
    qsort(all, t->n, sizeof *all, larger_first);
    for (size_t i = 0; i < t->n; i++)
        t->rows[i] = all[i].row;
    free(all);
}

/* Columns a text takes on a terminal; what cannot be read counts one each. */
static int width_of(const char *text)
{
    int width = 0;
    mbstate_t state = { 0 };
    while (*text) {
        wchar_t c;
        size_t n = mbrtowc(&c, text, 8, &state);
        if (n == (size_t)-1 || n == (size_t)-2) {
            n = 1;
            c = '?';
            state = (mbstate_t){ 0 };
        }
        int w = wcwidth(c);
        width += w < 0 ? 1 : w;
        text += n ? n : 1;
    }
    return width;
}

/* Control characters and marks that turn text around would let a name rewrite the screen. */
static char *harmless(const char *text)
{
    struct buf b = { 0 };
    mbstate_t state = { 0 };
    while (*text) {
        wchar_t c;
        size_t n = mbrtowc(&c, text, 8, &state);
        bool bad = n == (size_t)-1 || n == (size_t)-2;
        if (bad) {
            n = 1;
            state = (mbstate_t){ 0 };
        }
        if (bad || c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
            buf_add_char(&b, c == '\n' || c == '\t' ? ' ' : '?');
        else
            buf_add_bytes(&b, text, n);
        text += n ? n : 1;
    }
    return buf_take(&b);
}

/* As much of it as fits into `width` columns, with an ellipsis where something was cut. */
static void cut(char *text, int width)
{
    static const char ellipsis[] = "\xe2\x80\xa6";
    size_t end = 0;
    mbstate_t state = { 0 };
    if (width_of(text) <= width)
        return;
    for (int used = 1; text[end];) {
        wchar_t c;
        size_t n = mbrtowc(&c, text + end, 8, &state);
        int w = n && n < (size_t)-2 ? wcwidth(c) : 1;
        if (used + (w < 0 ? 1 : w) > width)
            break;
        used += w < 0 ? 1 : w;
        end += n && n < (size_t)-2 ? n : 1;
    }
    /* What is cut away is at least a character wide; only a short one leaves no room for the mark. */
    if (strlen(text + end) >= sizeof ellipsis - 1)
        memcpy(text + end, ellipsis, sizeof ellipsis);
    else
        text[end] = '\0';
}

/* On a terminal a row stays on one line: the widest texts give way. */
static void fit(const struct table *t, int *widths, FILE *out)
{
    struct winsize screen;
    if (!isatty(fileno(out)) || ioctl(fileno(out), TIOCGWINSZ, &screen) != 0 || screen.ws_col < 40)
        return;
    for (;;) {
        int total = 2 * ((int)t->columns - 1), widest = -1;
        for (size_t k = 0; k < t->columns; k++) {
            total += widths[k];
            if (!t->number[k] && widths[k] > 6 && (widest < 0 || widths[k] > widths[widest]))
                widest = (int)k;
        }
        if (total <= screen.ws_col || widest < 0)
            return;
        widths[widest]--;
    }
}

static void pad(FILE *out, int n)
{
    fprintf(out, "%*s", n > 0 ? n : 0, "");
}

static void print_cells(const struct table *t, char *const *cells, const int *widths, FILE *out)
{
    for (size_t k = 0; k < t->columns; k++) {
        char *text = harmless(cells[k]);
        cut(text, widths[k]);
        int room = widths[k] - width_of(text);
        if (t->number[k])
            pad(out, room);
        fputs(text, out);
        if (!t->number[k] && k + 1 < t->columns)
            pad(out, room);
        fputs(k + 1 < t->columns ? "  " : "\n", out);
        free(text);
    }
}

static void print_table(const struct table *t, FILE *out)
{
    int widths[COLUMNS] = { 0 };
    for (size_t k = 0; k < t->columns; k++) {
        widths[k] = width_of(t->names[k]);
        for (size_t i = 0; i < t->n; i++)
            if (width_of(t->rows[i][k]) > widths[k])
                widths[k] = width_of(t->rows[i][k]);
    }
    fit(t, widths, out);
    print_cells(t, t->names, widths, out);
    for (size_t i = 0; i < t->n; i++)
        print_cells(t, t->rows[i], widths, out);
}

static void print_csv_cell(const char *text, bool number, FILE *out)
{
    bool formula = !number && text[0] && strchr("=+-@\t\r", text[0]);
    bool quote = formula || strpbrk(text, ",\"\r\n") != NULL;
    if (quote)
        fputc('"', out);
    if (formula)
        fputc('\'', out);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }
    if (quote)
        fputc('"', out);
}

static void print_csv(const struct table *t, FILE *out)
{
    for (size_t k = 0; k < t->columns; k++)
        fprintf(out, "%s%s", t->names[k], k + 1 < t->columns ? "," : "\n");
    for (size_t i = 0; i < t->n; i++)
        for (size_t k = 0; k < t->columns; k++) {
            print_csv_cell(t->rows[i][k], t->number[k], out);
            fputc(k + 1 < t->columns ? ',' : '\n', out);
        }
}

/* A cell as JSON: what is not UTF-8 is shown as such rather than dropped. */
static json_t *json_cell(const char *text, bool number)
{
    if (!*text)
        return json_null();
    if (number)
        return strpbrk(text, ".eE") ? json_real(strtod(text, NULL)) : json_integer(strtoll(text, NULL, 10));
    json_t *value = json_string(text);
    if (!value) {
        char *shown = harmless(text);
        value = json_string(shown);
        free(shown);
    }
    return value ? value : json_null();
}

static void print_json(const struct table *t, FILE *out)
{
    json_t *all = json_array();
    for (size_t i = 0; i < t->n; i++) {
        json_t *row = json_object();
        for (size_t k = 0; k < t->columns; k++)
            json_object_set_new(row, t->names[k], json_cell(t->rows[i][k], t->number[k]));
        json_array_append_new(all, row);
    }
    json_dumpf(all, out, JSON_INDENT(1) | JSON_REAL_PRECISION(15));
    fputc('\n', out);
    json_decref(all);
}

void table_print(const struct table *t, enum format format, FILE *out)
{
    switch (format) {
    case FORMAT_TABLE:
        print_table(t, out);
        break;
    case FORMAT_CSV:
        print_csv(t, out);
        break;
    case FORMAT_JSON:
        print_json(t, out);
        break;
    }
}
