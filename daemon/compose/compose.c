#include "compose/compose.h"

#include "base/mem.h"
#include "compose/calendar.h"
#include "compose/clean.h"
#include "compose/language.h"
#include "compose/mail.h"
#include "compose/reason.h"
#include "compose/values.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <gmime/gmime.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { COLUMNS = 72, SUBJECT_MOST = 160, NAME_MOST = 80, LINE_MOST = 160 };

struct composer {
    struct language **languages;
    size_t n;
};

static void read_language(struct composer *c, const char *folder, const char *code, struct complaints *complaints)
{
    struct buf path = { 0 };
    struct stat s;
    buf_print(&path, "%s/%s", folder, code);
    if (code[0] != '.' && stat(path.text, &s) == 0 && S_ISDIR(s.st_mode)) {
        struct language *l = language_open(path.text, code, complaints);
        if (l) {
            c->languages = mem_resize(c->languages, (c->n + 1) * sizeof *c->languages);
            c->languages[c->n++] = l;
        }
    }
    buf_done(&path);
}

static void read_languages(struct composer *c, const char *folder, struct complaints *complaints)
{
    struct dirent **entries;
    int n = scandir(folder, &entries, NULL, alphasort);
    if (n < 0) {
        complain(complaints, folder, 0, "the folder of languages cannot be read: %s", strerror(errno));
        return;
    }
    size_t before = complaints->n;
    for (int i = 0; i < n; i++) {
        read_language(c, folder, entries[i]->d_name, complaints);
        free(entries[i]);
    }
    free(entries);
    if (c->n == 0 && complaints->n == before)
        complain(complaints, folder, 0, "there is no language here: a folder such as en with phrases and templates");
}

bool composer_open(struct composer **out, const char *folder, struct complaints *complaints)
{
    size_t before = complaints->n;
    struct composer *c = mem_new(sizeof *c);
    g_mime_init();
    read_languages(c, folder, complaints);
    if (complaints->n == before) {
        *out = c;
        return true;
    }
    composer_close(c);
    return false;
}

void composer_close(struct composer *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->n; i++)
        language_close(c->languages[i]);
    free(c->languages);
    free(c); /* GMime stays open: shut down and opened again it has lost its tables of charsets */
}

/* "ru" and "ru-RU" and "ru_RU" are spoken by "ru"; "pt-BR" rather by "pt_BR" where that is there. */
static struct language *find(const struct composer *c, const char *code)
{
    struct language *best = NULL;
    size_t best_size = 0;
    for (size_t i = 0; code && i < c->n; i++) {
        const char *own = c->languages[i]->code;
        size_t n = 0;
        while (own[n] && (tolower((unsigned char)own[n]) == tolower((unsigned char)code[n]) ||
                          (strchr("-_", own[n]) && code[n] && strchr("-_", code[n]))))
            n++;
        if (!own[n] && (!code[n] || strchr("-_", code[n])) && n > best_size) {
            best = c->languages[i];
            best_size = n;
        }
    }
    return best;
}

bool composer_speaks(const struct composer *c, const char *language)
{
    return find(c, language) != NULL;
}

/* The first of these that is there. There is always one: composer_open() sees to it. */
static struct language *choose(const struct composer *c, const char *wanted, const struct options *o)
{
    struct language *l = find(c, wanted);
    if (!l && o)
        l = find(c, o->company.language);
    if (!l)
        l = find(c, "en");
    return l ? l : c->languages[0];
}

static const char *render_subject(const struct language *l, const struct sheet *s, const struct view *v,
                                  const char *prefix, struct arena *a)
{
    struct buf out = { 0 };
    buf_add(&out, prefix ? prefix : "");
    language_render(l, FORM_TEXT, s->subject, v, ESCAPE_HEADER, &out);
    const char *subject = clean_line(a, buf_text(&out), SUBJECT_MOST);
    buf_done(&out);
    return subject ? subject : "";
}

/* Never two blank lines in a row, none in front: sections that say nothing leave gaps. */
static const char *close_gaps(const char *text, struct arena *a)
{
    char *out = arena_new(a, strlen(text) + 1), *end = out;
    for (const char *line = text; *line;) {
        size_t size = strcspn(line, "\n");
        bool blank = size == strspn(line, " \r");
        bool gap = end == out || (end - out >= 2 && end[-1] == '\n' && end[-2] == '\n');
        if (!blank || !gap) {
            memcpy(end, line, blank ? 0 : size);
            end += blank ? 0 : size;
            *end++ = '\n';
        }
        line += size + (line[size] == '\n');
    }
    while (end - out >= 2 && end[-1] == '\n' && end[-2] == '\n')
        end--;
    *end = '\0';
    return out;
}

static const char *render_body(const struct language *l, const struct sheet *s, const struct view *v, struct arena *a)
{
    struct buf out = { 0 };
    language_render(l, s->form, s->body, v, s->form == FORM_HTML ? ESCAPE_HTML : ESCAPE_TEXT, &out);
    const char *text = close_gaps(buf_text(&out), a);
    buf_done(&out);
    return s->form == FORM_TEXT ? phrase_wrap(l->phrases, text, COLUMNS, a) : text;
}

/* What a meeting is about: why, with whom, and how they are reached. */
static const char *meeting_notes(const struct brief *b, struct phrases *p, struct arena *a)
{
    const struct customer *c = &b->facts->customer;
    const char *const lines[] = { b->defence ? reason_say(p, b->rule, b->defence, a) : NULL,
                                  clean_line(a, c->name, NAME_MOST), clean_line(a, c->contact_name, NAME_MOST),
                                  clean_line(a, c->phone, NAME_MOST), clean_line(a, c->email, LINE_MOST) };
    struct buf out = { 0 };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (lines[i] && lines[i][0])
            buf_print(&out, "%s%s%s", out.size ? "\n" : "", lines[i], i == 0 ? "\n" : "");
    const char *text = arena_copy(a, buf_text(&out));
    buf_done(&out);
    return text;
}

/* In the calendar it is named like the first message, however often the reader is reminded. */
static const char *write_calendar(const struct language *l, const struct sheet *sheet, const struct brief *b,
                                  struct arena *a)
{
    struct brief first = *b;
    first.step = 0;
    struct view v = values_of(&first, l->code, l->phrases, a);
    struct event event = {
        .uid = b->meeting->uid,
        .sequence = b->meeting->sequence,
        .stamp = b->now,
        .start = b->meeting->start,
        .end = b->meeting->end,
        .organizer = b->meeting->organizer,
        .summary = render_subject(l, sheet, &v, b->subject_prefix, a),
        .description = meeting_notes(b, l->phrases, a),
        .url = b->facts->customer.url,
    };
    return calendar_write(&event, a);
}

bool compose_mail(struct composer *c, const struct brief *b, struct arena *a, struct rendered *out, struct err *e)
{
    struct language *l = choose(c, b->language, b->options);
    const struct sheet *text = language_sheet(l, b->template, FORM_TEXT),
                       *html = language_sheet(l, b->template, FORM_HTML);
    if (!text || !html || !text->subject)
        return err_set(e, "there is no template \"%s\" in the language %s", b->template, l->code);
    struct view v = values_of(b, l->code, l->phrases, a);
    struct rendered r = {
        .subject = render_subject(l, text, &v, b->subject_prefix, a),
        .text = render_body(l, text, &v, a),
        .html = render_body(l, html, &v, a),
        .calendar = b->meeting ? write_calendar(l, text, b, a) : NULL,
    };
    struct mail m = {
        .from = b->from,
        .reply_to = b->reply_to,
        .to_name = b->to ? clean_line(a, b->to->name, 80) : NULL,
        .address = b->address,
        .subject = r.subject,
        .message_id = b->message_id,
        .thread_id = b->thread_id,
        .text = r.text,
        .html = r.html,
        .calendar = r.calendar,
        .calendar_file =
            b->meeting ? calendar_file(b->template, b->facts->customer.name, b->facts->customer.id, a) : NULL,
        .now = b->now,
        .offset = b->zone ? zone_offset(b->zone, b->now) : 0,
    };
    if (!mail_build(&m, a, &r.bytes, &r.size, e))
        return err_wrap(e, "write the mail %s", b->message_id);
    *out = r;
    return true;
}

const char *compose_reason(struct composer *c, const char *language, const struct rule *rule, const struct defence *d,
                           const struct options *o, struct arena *a)
{
    return reason_say(choose(c, language, o)->phrases, rule, d, a);
}
