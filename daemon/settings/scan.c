/* A look at the text itself, before libconfig. libconfig 1.5 lets numbers wrap, forgets what follows an open comment,
 * ends the process over an include that is a folder, and calls everything else "syntax error"
 * (reference/channels.md 4.8). */
#include "settings/scan.h"
#include "base/mem.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void scan_refuse(struct cursor *k, int line, const char *format, ...)
{
    char text[900];
    va_list rest;
    va_start(rest, format);
    vsnprintf(text, sizeof text, format, rest);
    va_end(rest);
    k->scan->broken = true;
    if (++k->scan->n_refused <= COMPLAINTS_MOST) /* nobody reads on */
        complain(k->scan->c, k->file, line, "%s", text);
}

bool text_load(const char *path, char **text, size_t *size, struct err *e)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT ? err_set(e, "does not exist; is the path right?")
               : errno == EACCES
                   ? err_set(e, "may not be read by this user; run this with sudo, or see who may read it")
                   : err_set(e, "cannot be opened: %s", strerror(errno));
    bool ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    if (!ok)
        err_set(e, S_ISDIR(st.st_mode) ? "is a folder, not a file" : "is not a plain file");
    else if (st.st_size > FILE_MOST)
        ok = err_set(e, "is larger than %d MB; is it the right file?", FILE_MOST / 1024 / 1024);
    char *bytes = ok ? mem_new((size_t)st.st_size + 1) : NULL;
    ssize_t n = 1;
    for (*size = 0; ok && n > 0 && *size < (size_t)st.st_size; *size += (size_t)n) {
        n = read(fd, bytes + *size, (size_t)st.st_size - *size);
        if (n < 0)
            ok = err_set(e, "cannot be read: %s", strerror(errno));
    }
    close(fd);
    if (!ok)
        free(bytes);
    else
        *text = bytes;
    return ok;
}

/* ---- numbers ---- */

static size_t digits_at(const char *t, const char *end, bool hex)
{
    size_t n = 0;
    while (t + n < end && (hex ? isxdigit((unsigned char)t[n]) : isdigit((unsigned char)t[n])))
        n++;
    return n;
}

/* Does the literal fit in what libconfig makes of it? Hexadecimal ones are unsigned to people and signed to libconfig.
 */
static bool fits(const char *digits, size_t n, bool hex, bool negative, bool wide)
{
    uint64_t value = 0, most = (wide ? (uint64_t)INT64_MAX : (uint64_t)INT32_MAX) + negative;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)tolower((unsigned char)digits[i]);
        uint64_t digit = isdigit(c) ? c - 48u : c - 'a' + 10u;
        if (__builtin_mul_overflow(value, hex ? 16u : 10u, &value) || __builtin_add_overflow(value, digit, &value))
            return false;
    }
    return value <= most;
}

static void check_whole(struct cursor *k, const char *from, const char *digits, size_t n, bool hex, bool wide)
{
    char text[64];
    snprintf(text, sizeof text, "%.*s", (int)(k->at - from < 50 ? k->at - from : 50), from);
    bool broken = k->scan->broken;
    if (!fits(digits, n, hex, *from == '-', wide))
        scan_refuse(k, k->line, "%s is too large a number; %s", text,
                    wide ? "the largest is 9223372036854775807"
                         : "the largest is 2147483647 (with an L behind it 9223372036854775807)");
    else if (!hex && n > 1 && digits[0] == '0')
        scan_refuse(k, k->line, "%s begins with a zero, which some read as octal; leave it out", text);
    k->scan->broken = broken; /* the rest of the file can still be judged */
}

/* At a sign, a digit or a point: as libconfig's own patterns have it. False: no number begins here. */
static bool number(struct cursor *k)
{
    const char *from = k->at, *t = from, *end = k->end;
    if (end - t > 2 && t[0] == '0' && (t[1] == 'x' || t[1] == 'X') && digits_at(t + 2, end, true)) {
        size_t n = digits_at(t + 2, end, true);
        const char *behind = t + 2 + n;
        k->at = behind + (behind < end && *behind == 'L') + (behind + 1 < end && behind[0] == 'L' && behind[1] == 'L');
        check_whole(k, from, t + 2, n, true, k->at > behind);
        return true;
    }
    t += *t == '-' || *t == '+';
    size_t n = digits_at(t, end, false), fraction = 0;
    const char *digits = t;
    t += n;
    bool point = t < end && *t == '.';
    if (point)
        t += 1 + (fraction = digits_at(t + 1, end, false));
    if (!n && !point)
        return false;
    const char *e = t;
    if (e < end && (*e == 'e' || *e == 'E')) {
        const char *power = e + 1 + (e + 1 < end && (e[1] == '-' || e[1] == '+'));
        size_t m = power < end ? digits_at(power, end, false) : 0;
        if (m)
            t = power + m;
    }
    bool wide = !point && t == e && t < end && *t == 'L';
    if (wide)
        t += 1 + (t + 1 < end && t[1] == 'L');
    k->at = t;
    if (point && !n && !fraction)
        scan_refuse(k, k->line, "a lone \".\" is no number");
    else if (!point && e == digits + n && (t == e || wide))
        check_whole(k, from, digits, n, false, wide);
    return true;
}

/* ---- tokens ---- */

static bool starts(const struct cursor *k, const char *word)
{
    size_t n = strlen(word);
    return (size_t)(k->end - k->at) >= n && memcmp(k->at, word, n) == 0;
}

static bool comment(struct cursor *k)
{
    if (*k->at == '#' || starts(k, "//")) {
        while (k->at < k->end && *k->at != '\n')
            k->at++;
        return true;
    }
    if (!starts(k, "/*"))
        return false;
    int line = k->line;
    for (k->at += 2; k->at < k->end && !starts(k, "*/"); k->at++)
        k->line += *k->at == '\n';
    if (k->at == k->end)
        scan_refuse(k, line, "the comment that begins here is never closed; write */ where it ends");
    else
        k->at += 2;
    return true;
}

/* A word that touches the closing mark is SQL with quotation marks of its own, or the mark before is missing. */
static void run_on(struct cursor *k)
{
    size_t n = 0;
    while (k->at + n < k->end && n < 20 && (isalnum((unsigned char)k->at[n]) || k->at[n] == '_'))
        n++;
    if (!n)
        return;
    scan_refuse(
        k, k->line,
        "a quotation mark ends the text in front of %.*s; inside of a text write \\\" (in SQL a simple ' will do), "
        "or is one missing before it?",
        (int)n, k->at);
    k->at = k->end; /* all that follows would be about the same mistake */
}

/* Behind the opening mark. */
static void text(struct cursor *k)
{
    int line = k->line;
    for (; k->at < k->end && *k->at != '"'; k->at++) {
        k->line += *k->at == '\n';
        if (starts(k, "\\x00"))
            scan_refuse(k, k->line, "\\x00 ends a text, so what follows would be lost; leave it out");
        if (*k->at == '\\' && k->at + 1 < k->end) {
            k->at++;
            k->line += *k->at == '\n';
        }
    }
    if (k->at == k->end)
        scan_refuse(k, line,
                    "the text that begins here is never closed; a quotation mark is missing here or further down");
    else
        k->at++;
    run_on(k);
}

/* Something that can stand in no configuration. */
static void stranger(struct cursor *k)
{
    const char *t = k->at;
    size_t left = (size_t)(k->end - t);
    if (left >= 3 && memcmp(t, "\xE2\x80", 2) == 0 && (unsigned char)t[2] >= 0x98 && (unsigned char)t[2] <= 0x9F)
        scan_refuse(k, k->line, "these are typographic quotation marks; write plain ones: \"");
    else if (left >= 2 && memcmp(t, "\xC2\xA0", 2) == 0)
        scan_refuse(k, k->line, "there is an invisible non-breaking space here; write an ordinary one");
    else if (left >= 3 && memcmp(t, "\xEF\xBB\xBF", 3) == 0)
        scan_refuse(k, k->line, "there is a byte order mark here; save the file as UTF-8 without one");
    else if (*t == '\'')
        scan_refuse(k, k->line, "' does not open a text; write \"");
    else {
        char one[8] = { 0 };
        size_t n = 1;
        while (n < left && n < 4 && ((unsigned char)t[n] & 0xC0) == 0x80 && (unsigned char)*t >= 0xC0)
            n++;
        memcpy(one, t, n);
        scan_refuse(k, k->line, "%s is not understood here; is it part of a text without quotation marks?", SHOW(one));
    }
    grammar_lose(k);
}

static void scan_file(struct scan *s, const char *file, const char *text, size_t size, int depth);

/* `@include "name"` at the beginning of a line; names are relative to the folder, as config_set_include_dir() has it.
 */
static void include(struct cursor *k, const char *name)
{
    struct scan *s = k->scan;
    struct err e;
    char *text;
    size_t size;
    if (name[0] == '/') {
        scan_refuse(k, k->line, "@include takes names below the folder of the configuration, not %s", SHOW(name));
        return;
    }
    if (k->depth == INCLUDE_DEPTH || ++s->n_files > INCLUDE_FILES) {
        scan_refuse(k, k->line, "@include %s: too many files include each other; does one include itself?", SHOW(name));
        k->at = k->end;
        return;
    }
    const char *path = s->folder ? arena_print(s->arena, "%s/%s", s->folder, name) : arena_copy(s->arena, name);
    if (!text_load(path, &text, &size, &e)) {
        scan_refuse(k, k->line, "@include %s: %s %s", SHOW(name), path, e.text);
        return;
    }
    scan_file(s, path, text, size, k->depth + 1);
    free(text);
}

static bool include_here(struct cursor *k)
{
    const char *t = k->at;
    char name[512];
    size_t used = 0;
    if (k->at != k->start && k->at[-1] != '\n')
        return false;
    while (t < k->end && (*t == ' ' || *t == '\t'))
        t++;
    if ((size_t)(k->end - t) < 10 || memcmp(t, "@include", 8) != 0 || !(t[8] == ' ' || t[8] == '\t'))
        return false;
    for (t += 8; t < k->end && (*t == ' ' || *t == '\t'); t++)
        ;
    if (t == k->end || *t++ != '"')
        return false;
    for (; t < k->end && *t != '"' && *t != '\n' && used + 1 < sizeof name; t++) {
        if (*t == '\\' && t + 1 < k->end && (t[1] == '\\' || t[1] == '"'))
            t++;
        name[used++] = *t;
    }
    name[used] = '\0';
    k->at = t + (t < k->end);
    if (t == k->end || *t != '"')
        scan_refuse(k, k->line, "the name of this @include has no closing quotation mark, or is too long");
    else if (memchr(name, '\0', used) || !used)
        scan_refuse(k, k->line, "this @include names no file");
    else
        include(k, name);
    return true;
}

static void one_token(struct cursor *k)
{
    char c = *k->at;
    if (comment(k))
        return;
    if (c == '"') {
        grammar_value(k, TEXT);
        k->at++;
        text(k);
    } else if (strchr("({[", c)) {
        grammar_open(k);
    } else if (strchr(")}]", c)) {
        grammar_close(k);
    } else if (strchr("=:,;", c)) {
        grammar_mark(k);
    } else if (isalpha((unsigned char)c) || c == '*') {
        grammar_word(k);
    } else if ((isdigit((unsigned char)c) || strchr("+-.", c)) && number(k)) {
        grammar_value(k, VALUE);
    } else {
        stranger(k);
    }
}

static bool is_text(struct cursor *k)
{
    size_t size = (size_t)(k->end - k->start), bad;
    const char *wrong = memchr(k->start, '\0', size);
    const char *what = "a NUL byte: this is no text file";
    if (size >= 2 && (memcmp(k->start, "\xFF\xFE", 2) == 0 || memcmp(k->start, "\xFE\xFF", 2) == 0)) {
        scan_refuse(k, 1, "this file is UTF-16; save it as UTF-8");
        return false;
    }
    if (!wrong && !words_utf8(k->start, size, &bad)) {
        wrong = k->start + bad;
        what = "a byte that is not UTF-8; save the file as UTF-8";
    }
    if (!wrong)
        return true;
    int line = 1;
    for (const char *t = k->start; t < wrong; t++)
        line += *t == '\n';
    scan_refuse(k, line, "there is %s", what);
    return false;
}

static void scan_file(struct scan *s, const char *file, const char *bytes, size_t size, int depth)
{
    struct cursor k = {
        .scan = s, .file = file, .start = bytes, .at = bytes, .end = bytes + size, .line = 1, .depth = depth
    };
    if (!is_text(&k))
        return;
    while (k.at < k.end && s->n_refused < COMPLAINTS_MOST) {
        if (include_here(&k))
            continue;
        if (*k.at == '\n')
            k.line++;
        if (strchr(" \t\r\n\f", *k.at))
            k.at++;
        else
            one_token(&k);
    }
    if (!depth)
        grammar_end(&k);
}

bool scan_text(struct complaints *c, struct arena *a, const char *folder, const char *file, const char *text,
               size_t size)
{
    struct scan s = { .c = c, .arena = a, .folder = folder };
    scan_file(&s, file, text, size, 0);
    return !s.broken;
}
