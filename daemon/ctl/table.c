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

enum { COLUMNS = 24, NAME_WIDTH = 24 };

struct table {
    char *names[COLUMNS];
    bool number[COLUMNS], narrow[COLUMNS], hidden[COLUMNS];
    size_t columns, n;
    char ***rows;
    int widths[COLUMNS]; /* as wide as what is there, or is to come */
    bool begun;          /* its head is printed */
    bool continued;      /* JSON: a row is, too */
};

struct table *table_new(const char *columns)
{
    struct table *t = mem_new(sizeof *t);
    while (*columns && t->columns < COLUMNS) {
        size_t size = strcspn(columns, ",");
        char *name = mem_new(size + 1);
        memcpy(name, columns, size);
        char mark = size ? name[size - 1] : '\0';
        t->number[t->columns] = mark == '#';
        t->narrow[t->columns] = mark == '~';
        t->hidden[t->columns] = mark == '+';
        if (mark == '#' || mark == '~' || mark == '+')
            name[size - 1] = '\0';
        t->names[t->columns++] = name;
        columns += size + (columns[size] == ',');
    }
    return t;
}

static void drop_rows(struct table *t)
{
    for (size_t i = 0; i < t->n; i++) {
        for (size_t k = 0; k < t->columns; k++)
            free(t->rows[i][k]);
        free(t->rows[i]);
    }
    t->n = 0;
}

void table_free(struct table *t)
{
    drop_rows(t);
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
        if (*text >= ' ' && *text < 0x7f) { /* nearly all of it: a plan has millions of rows */
            width++;
            text++;
            continue;
        }
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

/* As much of it as fits into `width` columns, with an ellipsis where something was cut; `text` may move. */
static char *cut(char *text, int width)
{
    static const char ellipsis[] = "\xe2\x80\xa6";
    size_t end = 0;
    mbstate_t state = { 0 };
    if (width_of(text) <= width)
        return text;
    for (int used = 1; text[end];) {
        wchar_t c;
        size_t n = mbrtowc(&c, text + end, 8, &state);
        int w = n && n < (size_t)-2 ? wcwidth(c) : 1;
        if (used + (w < 0 ? 1 : w) > width)
            break;
        used += w < 0 ? 1 : w;
        end += n && n < (size_t)-2 ? n : 1;
    }
    text = mem_resize(text, end + sizeof ellipsis);
    memcpy(text + end, ellipsis, sizeof ellipsis);
    return text;
}

/* On a terminal a row stays on one line: the widest texts give way. */
static void fit(const struct table *t, int *widths, FILE *out)
{
    struct winsize screen;
    if (!isatty(fileno(out)) || ioctl(fileno(out), TIOCGWINSZ, &screen) != 0 || screen.ws_col < 40)
        return;
    for (;;) {
        int total = -2, widest = -1;
        for (size_t k = 0; k < t->columns; k++) {
            if (t->hidden[k])
                continue;
            total += 2 + widths[k];
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
    size_t last = t->columns - 1;
    while (last > 0 && t->hidden[last])
        last--;
    for (size_t k = 0; k <= last; k++) {
        if (t->hidden[k])
            continue;
        char *text = cut(harmless(cells[k]), widths[k]);
        int room = widths[k] - width_of(text);
        if (t->number[k])
            pad(out, room);
        fputs(text, out);
        if (!t->number[k] && k < last)
            pad(out, room);
        fputs(k < last ? "  " : "\n", out);
        free(text);
    }
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

static void print_csv_row(const struct table *t, char *const *cells, bool head, FILE *out)
{
    for (size_t k = 0; k < t->columns; k++) {
        print_csv_cell(cells[k], head || t->number[k], out);
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

/* One row a line. */
static void print_json_row(struct table *t, char *const *cells, FILE *out)
{
    json_t *row = json_object();
    for (size_t k = 0; k < t->columns; k++)
        json_object_set_new(row, t->names[k], json_cell(cells[k], t->number[k]));
    fputs(t->continued ? ",\n" : "\n", out);
    json_dumpf(row, out, JSON_REAL_PRECISION(15));
    json_decref(row);
    t->continued = true;
}

static void widen(struct table *t, size_t column, const char *text)
{
    int width = width_of(text);
    if (t->narrow[column] && width > NAME_WIDTH)
        width = NAME_WIDTH;
    if (width > t->widths[column])
        t->widths[column] = width;
}

void table_widen(struct table *t, ...)
{
    va_list rest;
    va_start(rest, t);
    for (size_t k = 0; k < t->columns; k++) {
        const char *text = va_arg(rest, const char *);
        widen(t, k, text ? text : "");
    }
    va_end(rest);
}

static void print_head(struct table *t, enum format format, FILE *out)
{
    t->begun = true;
    switch (format) {
    case FORMAT_TABLE:
        for (size_t k = 0; k < t->columns; k++) {
            widen(t, k, t->names[k]);
            for (size_t i = 0; i < t->n; i++)
                widen(t, k, t->rows[i][k]);
        }
        fit(t, t->widths, out);
        print_cells(t, t->names, t->widths, out);
        break;
    case FORMAT_CSV:
        print_csv_row(t, t->names, true, out);
        break;
    case FORMAT_JSON:
        fputc('[', out);
        break;
    case FORMAT_ICS: /* no rows */
        break;
    }
}

static void print_row(struct table *t, char *const *cells, enum format format, FILE *out)
{
    switch (format) {
    case FORMAT_TABLE:
        print_cells(t, cells, t->widths, out);
        break;
    case FORMAT_CSV:
        print_csv_row(t, cells, false, out);
        break;
    case FORMAT_JSON:
        print_json_row(t, cells, out);
        break;
    case FORMAT_ICS:
        break;
    }
}

static void print_rows(struct table *t, enum format format, FILE *out)
{
    if (!t->begun)
        print_head(t, format, out);
    for (size_t i = 0; i < t->n; i++)
        print_row(t, t->rows[i], format, out);
}

void table_flush(struct table *t, enum format format, FILE *out)
{
    print_rows(t, format, out);
    drop_rows(t);
}

void table_print(struct table *t, enum format format, FILE *out)
{
    print_rows(t, format, out);
    if (format == FORMAT_JSON)
        fputs(t->continued ? "\n]\n" : "]\n", out);
}
