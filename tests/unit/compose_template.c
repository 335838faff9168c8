#include "base/arena.h"
#include "compose/clean.h"
#include "compose/template.h"
#include "harness/harness.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* The data of a test case as a view. */
struct data {
    const json_t *root;
    struct arena *a;
};

static struct value value_of(const struct data *d, const json_t *j)
{
    switch (j ? json_typeof(j) : JSON_NULL) {
    case JSON_OBJECT:
        return (struct value){ .kind = VALUE_OBJECT, .node = j };
    case JSON_ARRAY:
        return (struct value){ .kind = VALUE_LIST, .node = j, .n = json_array_size(j) };
    case JSON_STRING:
        return (struct value){ .kind = VALUE_TEXT, .text = json_string_value(j) };
    case JSON_INTEGER:
        return (struct value){ .kind = VALUE_TEXT,
                               .text = arena_print(d->a, "%lld", (long long)json_integer_value(j)) };
    case JSON_REAL:
        return (struct value){ .kind = VALUE_TEXT, .text = arena_print(d->a, "%.12g", json_real_value(j)) };
    case JSON_TRUE:
        return (struct value){ .kind = VALUE_TRUE };
    case JSON_FALSE:
    case JSON_NULL:
        break;
    }
    return (struct value){ .kind = j ? VALUE_FALSE : VALUE_MISSING };
}

static struct value look(const void *context, const void *node, const char *name)
{
    const struct data *d = context;
    const json_t *in = node ? node : d->root;
    if (!node && strcmp(name, ".") == 0)
        return value_of(d, d->root);
    return value_of(d, json_object_get(in, name));
}

static struct value item(const void *context, const void *node, size_t i)
{
    return value_of(context, json_array_get(node, i));
}

/* Partials, parsed when the test case begins. */
struct partials {
    const char *names[16];
    struct template *templates[16];
    size_t n;
};

static const struct template *find_partial(void *context, const char *name)
{
    const struct partials *p = context;
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->names[i], name) == 0)
            return p->templates[i];
    return NULL;
}

static struct template *parse(const char *text)
{
    struct complaints c = { 0 };
    struct template *t = template_new("test", 1, text, &c);
    if (!t)
        test_fail(__FILE__, __LINE__, "\"%s\": %s", text, c.n ? c.rows[0].text : "no complaint");
    complaints_done(&c);
    return t;
}

static void check_case(const char *module, const json_t *test)
{
    struct arena a = { 0 };
    struct buf out = { 0 };
    struct partials p = { 0 };
    const char *name;
    json_t *partial;
    json_object_foreach(json_object_get(test, "partials"), name, partial)
    {
        p.names[p.n] = name;
        p.templates[p.n++] = parse(json_string_value(partial));
    }
    struct data d = { .root = json_object_get(test, "data"), .a = &a };
    struct view v = { .look = look, .item = item, .context = &d };
    struct template *t = parse(json_string_value(json_object_get(test, "template")));
    template_render(t, &v, ESCAPE_HTML, find_partial, &p, &out);
    const char *expected = json_string_value(json_object_get(test, "expected"));
    if (strcmp(buf_text(&out), expected) != 0)
        test_fail(__FILE__, __LINE__, "%s: %s: \"%s\", not \"%s\"", module,
                  json_string_value(json_object_get(test, "name")), buf_text(&out), expected);
    template_free(t);
    for (size_t i = 0; i < p.n; i++)
        template_free(p.templates[i]);
    buf_done(&out);
    arena_done(&a);
}

static void check_module(const char *path, size_t least)
{
    json_error_t error;
    json_t *module = json_load_file(test_shared(path), 0, &error), *test;
    CHECK(module);
    size_t i, n = 0;
    json_array_foreach(json_object_get(module, "tests"), i, test)
    {
        check_case(path, test);
        n++;
    }
    CHECK(n >= least);
    json_decref(module);
}

TEST(every_interpolation_of_the_mustache_specification)
{
    check_module("mustache-spec/interpolation.json", 40);
}

TEST(every_section_of_the_mustache_specification)
{
    check_module("mustache-spec/sections.json", 30);
}

TEST(every_inverted_section_of_the_mustache_specification)
{
    check_module("mustache-spec/inverted.json", 20);
}

TEST(every_comment_of_the_mustache_specification)
{
    check_module("mustache-spec/comments.json", 10);
}

TEST(every_partial_of_the_mustache_specification)
{
    check_module("mustache-spec/partials.json", 10);
}

TEST(every_delimiter_of_the_mustache_specification)
{
    check_module("mustache-spec/delimiters.json", 10);
}

/* Render `text` over a JSON object written with ' for ". */
static const char *rendered(const char *text, const char *json, enum escape escape)
{
    static char result[4096];
    char quoted[1024];
    size_t size = strlen(json);
    for (size_t i = 0; i <= size; i++)
        quoted[i] = json[i] == '\'' ? '"' : json[i];
    json_t *root = json_loads(quoted, JSON_ALLOW_NUL, NULL);
    CHECK(root);
    struct arena a = { 0 };
    struct buf out = { 0 };
    struct data d = { .root = root, .a = &a };
    struct view v = { .look = look, .item = item, .context = &d };
    struct template *t = parse(text);
    template_render(t, &v, escape, NULL, NULL, &out);
    CHECK(out.size < sizeof result);
    strcpy(result, buf_text(&out));
    template_free(t);
    buf_done(&out);
    arena_done(&a);
    json_decref(root);
    return result;
}

TEST(each_target_gets_its_own_escaping)
{
    const char *data = "{'x': '<b>&\\u0027\\r\\n\\tBcc: a\\u202E\\u2066b\\u0007\\u009b'}";
    CHECK_TEXT(rendered("{{x}}", data, ESCAPE_HTML), "&lt;b&gt;&amp;&#39;\n Bcc: ab");
    CHECK_TEXT(rendered("{{x}}", data, ESCAPE_TEXT), "<b>&'\n Bcc: ab");
    CHECK_TEXT(rendered("{{x}}", data, ESCAPE_HEADER), "<b>&' Bcc: ab");
    CHECK_TEXT(rendered("{{{x}}}{{&x}}", "{'x': '<'}", ESCAPE_HTML), "<<");
}

/* What Markdown is shown of `text`, and what comes back of that. */
static const char *there_and_back(const char *text, struct buf *hidden)
{
    static struct buf back;
    buf_reset(hidden);
    buf_reset(&back);
    escape_add(hidden, text, ESCAPE_MARKDOWN);
    escape_undo(&back, buf_text(hidden));
    return buf_text(&back);
}

TEST(nothing_that_markdown_knows_is_left_of_a_value)
{
    struct buf hidden = { 0 };
    const char *marks = "!\"#$%&'()*+,-./0123456789:;<=>?@[\\]^_`{|}~";
    CHECK_TEXT(there_and_back(marks, &hidden), marks);
    for (const char *c = hidden.text; *c; c++)
        CHECK((unsigned char)*c >= 0x80);
    CHECK_TEXT(there_and_back("\n\t  a \r\n b\t", &hidden), "a b ");
    CHECK_TEXT(there_and_back("«Жемчужина»\xC2\xA0ไทย日本", &hidden), "«Жемчужина»\xC2\xA0ไทย日本");
    CHECK_TEXT(there_and_back("a\xEE\x80\x80"
                              "1\xEE\x80\x81\xEE\x80\xAA\xEE\x81\xBF\xE2\x80\xAE\x07z",
                              &hidden),
               "a1z");
    CHECK_TEXT(there_and_back("\xEE\x82\x80\xff\xEE", &hidden), "\xEE\x82\x80\xEF\xBF\xBD\xEF\xBF\xBD");
    buf_done(&hidden);
}

TEST(an_empty_text_is_falsy_and_a_value_of_a_wrong_kind_prints_nothing)
{
    CHECK_TEXT(rendered("{{#x}}yes{{/x}}{{^x}}no{{/x}}", "{'x': ''}", ESCAPE_TEXT), "no");
    CHECK_TEXT(rendered("[{{x}}{{y}}{{z}}{{x.y}}{{y.a.b}}]", "{'x': {}, 'y': [1], 'z': true}", ESCAPE_TEXT), "[]");
}

/* The first complaint about `text` as "line: sentence". */
static const char *complaint_about(const char *text)
{
    static char result[512];
    struct complaints c = { 0 };
    struct template *t = template_new("lapse.txt", 1, text, &c);
    CHECK(!t);
    CHECK_INT(c.n, 1);
    CHECK_TEXT(c.rows[0].file, "lapse.txt");
    snprintf(result, sizeof result, "%d: %s", c.rows[0].line, c.rows[0].text);
    complaints_done(&c);
    return result;
}

TEST(a_broken_template_is_a_complaint_with_its_line)
{
    CHECK_TEXT(complaint_about("a\nb {{name"), "2: a tag is opened here and never closed by }}");
    CHECK_TEXT(complaint_about("{{{name}}"), "1: a tag is opened here and never closed by }}}");
    CHECK_TEXT(complaint_about("\n\n{{#offer}}\nx\n"), "3: the section {{#offer}} is never closed");
    CHECK_TEXT(complaint_about("{{#a}}\n{{/b}}"), "2: {{/b}} does not close {{#a}} of line 1");
    CHECK_TEXT(complaint_about("x\n{{/b}}"), "2: {{/b}} closes a section that is not open");
    CHECK_TEXT(complaint_about("x\n{{  }}"), "2: a tag without a name");
    CHECK_TEXT(complaint_about("{{=<% =}}"), "1: these are not two delimiters: <%");
    CHECK_TEXT(complaint_about("{{!\n\n}}\n{{#\na\n}}{{/c}}"), "6: {{/c}} does not close {{#a}} of line 4");
}

TEST(too_deep_and_too_large_templates_are_refused)
{
    struct buf b = { 0 };
    for (int i = 0; i < 70; i++)
        buf_add(&b, "{{#a}}");
    CHECK_CONTAINS(complaint_about(b.text), "too many sections");
    buf_reset(&b);
    buf_add(&b, "{{");
    for (int i = 0; i < 300; i++)
        buf_add(&b, "n");
    buf_add(&b, "}}");
    CHECK_CONTAINS(complaint_about(b.text), "too long");
    buf_reset(&b);
    for (int i = 0; i < 30000; i++)
        buf_add(&b, "0123456789");
    CHECK_CONTAINS(complaint_about(b.text), "larger than");
    buf_done(&b);
}

static const struct template *itself(void *context, const char *name)
{
    (void)name;
    return context;
}

TEST(a_partial_that_calls_itself_ends)
{
    static const char *const loops[] = { "{{>a}}", "  {{>a}}\n  {{>a}}\n", "xxxxxxxxxx{{>a}}{{>a}}",
                                         "{{#l}}{{#l}}{{>a}}{{/l}}{{/l}}" };
    json_t *root = json_loads("{\"l\": [1,2,3,4,5,6,7,8,9]}", 0, NULL);
    struct arena a = { 0 };
    struct data d = { .root = root, .a = &a };
    struct view v = { .look = look, .item = item, .context = &d };
    for (size_t i = 0; i < sizeof loops / sizeof loops[0]; i++) {
        struct buf out = { 0 };
        struct template *t = parse(loops[i]);
        template_render(t, &v, ESCAPE_TEXT, itself, t, &out);
        CHECK(out.size < 2 * 1024 * 1024);
        buf_done(&out);
        template_free(t);
    }
    arena_done(&a);
    json_decref(root);
}

static void note(void *context, enum tag_kind kind, const char *name, int line)
{
    buf_print(context, "%c %s %d;", "vrsep"[kind], name, line);
}

TEST(a_template_says_which_names_it_uses_and_where)
{
    struct buf b = { 0 };
    struct template *t = parse("{{a.b}}\n{{#c}}\n {{{d}}}{{^e}}{{/e}}\n{{/c}}\n{{!x}}{{> f }}\n");
    template_names(t, note, &b);
    CHECK_TEXT(buf_text(&b), "v a.b 1;s c 2;r d 3;s e 3;e e 3;e c 4;p f 5;");
    template_free(t);
    buf_done(&b);
}

TEST(hostile_text_becomes_a_short_valid_line)
{
    struct arena a = { 0 };
    CHECK_TEXT(clean_line(&a, "  Acme\r\nBcc: x \t y  ", 100), "Acme Bcc: x y");
    CHECK_TEXT(clean_line(&a, "a\xff\xc3(\xed\xa0\x80z", 100),
               "a\xEF\xBF\xBD\xEF\xBF\xBD(\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz");
    CHECK_TEXT(clean_line(&a, "\xd0", 100), "\xEF\xBF\xBD");
    CHECK_TEXT(clean_line(&a, "abcdef", 3), "abc\xE2\x80\xA6");
    CHECK_TEXT(clean_line(&a, "abcde\xCC\x81x", 5), "abcde\xCC\x81\xE2\x80\xA6");
    CHECK_TEXT(clean_line(&a, "abc", 3), "abc");
    CHECK(!clean_line(&a, " \r\n\xE2\x80\xAE ", 10));
    CHECK(!clean_line(&a, NULL, 10));
    char *large = malloc(1024 * 1024 + 1);
    memset(large, 'n', 1024 * 1024);
    large[1024 * 1024] = '\0';
    CHECK_INT(strlen(clean_line(&a, large, 120)), 123);
    free(large);
    arena_done(&a);
}

TEST(columns_count_what_a_reader_sees)
{
    struct arena a = { 0 };
    CHECK_INT(columns_of("abc"), 3);
    CHECK_INT(columns_of("\xE6\x97\xA5\xE6\x9C\xAC"), 4); /* two Han */
    CHECK_INT(columns_of("e\xCC\x81"), 1);                /* a combining acute */
    CHECK_INT(columns_of("\xE0\xB8\x81\xE0\xB8\xB4"), 1); /* Thai with a vowel above */
    CHECK_TEXT(columns_fit(&a, "abcdef", 4, true), "abc\xE2\x80\xA6");
    CHECK_TEXT(columns_fit(&a, "\xE6\x97\xA5\xE6\x9C\xAC", 3, true), "\xE6\x97\xA5\xE2\x80\xA6");
    CHECK_TEXT(columns_fit(&a, "ab", 4, true), "ab  ");
    CHECK_TEXT(columns_fit(&a, "ab", 4, false), "ab");
    arena_done(&a);
}
