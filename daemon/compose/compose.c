#include "compose/compose.h"

#include "base/mem.h"
#include "compose/calendar.h"
#include "compose/chat.h"
#include "compose/clean.h"
#include "compose/language.h"
#include "compose/mail.h"
#include "compose/markdown.h"
#include "compose/reason.h"
#include "compose/values.h"

#include <ctype.h>
#include <errno.h>
#include <gmime/gmime.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COLUMNS = 72, SUBJECT_MOST = 160, NAME_MOST = 80, LINE_MOST = 160 };

struct composer {
    struct layout *layout;
    struct language **languages; /* English first, where it is there */
    size_t n;
};

static bool is_language(const struct shelf *shelf, const char *name)
{
    struct stat s;
    return strcmp(name, "layout") != 0 && stat(shelf_path(shelf, "", name), &s) == 0 && S_ISDIR(s.st_mode);
}

static void read_language(struct composer *c, const struct shelf *shelf, const char *code)
{
    const struct language *english = c->n && strcmp(c->languages[0]->code, "en") == 0 ? c->languages[0] : NULL;
    struct language *l = language_open(shelf, code, c->layout, english);
    if (!l)
        return;
    c->languages = mem_resize(c->languages, (c->n + 1) * sizeof *c->languages);
    c->languages[c->n++] = l;
}

/* English first: the others are held against it. */
static void read_languages(struct composer *c, const struct shelf *shelf)
{
    char **names = shelf_list(shelf, "");
    size_t n = 0;
    for (char **name = names; *name; name++)
        if (is_language(shelf, *name))
            names[n++] = *name;
    names[n] = NULL;
    if (n == 0)
        return;
    c->layout = layout_open(shelf);
    for (int others = 0; others < 2; others++)
        for (char **name = names; *name; name++)
            if ((strcmp(*name, "en") != 0) == others)
                read_language(c, shelf, *name);
}

bool composer_open(struct composer **out, const char *folder, const char *shipped, struct complaints *complaints)
{
    struct arena a = { 0 };
    struct shelf shelf = { .own = folder, .shipped = shipped, .a = &a, .c = complaints };
    size_t before = complaints->n;
    struct composer *c = mem_new(sizeof *c);
    g_mime_init();
    if (access(folder, R_OK | X_OK) != 0)
        complain(complaints, folder, 0, "the folder of languages cannot be read: %s", strerror(errno));
    else
        read_languages(c, &shelf);
    arena_done(&a);
    if (complaints->n == before && c->n) {
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
    layout_close(c->layout);
    free(c); /* GMime stays open: shut down and opened again it has lost its tables of charsets */
}

/* "ru" and "ru-RU" and "ru_RU" are spoken by "ru"; "pt-BR" rather by "pt_BR" where that is there. */
static struct language *find_exactly(const struct composer *c, const char *code)
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

/* Codes of one language that people use for each other: Norwegian is "nb" here and "no" in many databases. */
static struct language *find(const struct composer *c, const char *code)
{
    static const char *const norwegian[] = { "nb", "no", "nn" };
    struct language *l = find_exactly(c, code);
    bool asked = false;
    for (int i = 0; code && i < 3; i++)
        asked = asked || (strncasecmp(code, norwegian[i], 2) == 0 && (!code[2] || strchr("-_", code[2])));
    for (int i = 0; asked && !l && i < 3; i++)
        l = find_exactly(c, norwegian[i]);
    return l;
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

/* One message while its forms are made. */
struct work {
    const struct composer *c;
    const struct language *language;
    struct view view;
    enum form form;
    bool chat; /* pieces of the layout are Markdown too, and stand in the letter */
    struct arena *a;
};

static const char *render_subject(struct work *w, const struct sheet *s, const char *prefix)
{
    struct buf out = { 0 };
    buf_add(&out, prefix ? prefix : "");
    template_render(s->subject, &w->view, ESCAPE_HEADER, NULL, NULL, &out);
    const char *subject = clean_line(w->a, buf_text(&out), SUBJECT_MOST);
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

/* A part of a letter: its own, or the place of a piece of the layout. */
static const struct template *letter_part(void *context, const char *name)
{
    const struct work *w = context;
    const struct sheet *s = sheet_named(&w->language->sheets, name, FORM_LETTER);
    const struct spot *spot = s ? NULL : layout_spot(w->c->layout, name);
    if (spot && w->chat)
        s = sheet_named(&w->c->layout->sheets, name, FORM_LETTER);
    return s ? s->body : spot && !w->chat ? spot->mark : NULL;
}

static const struct template *layout_part(void *context, const char *name)
{
    const struct work *w = context;
    const struct sheet *s = sheet_named(&w->c->layout->sheets, name, w->form);
    return s ? s->body : NULL;
}

static void render_sheet(struct work *w, const char *name, struct buf *out)
{
    const struct template *t = layout_part(w, name);
    if (t)
        template_render(t, &w->view, w->form == FORM_HTML ? ESCAPE_HTML : ESCAPE_TEXT, layout_part, w, out);
}

static void add_piece(void *context, size_t number, char within, struct buf *out)
{
    struct work *w = context;
    values_enter(&w->view, within);
    if (number < w->c->layout->n_spots)
        render_sheet(w, w->c->layout->spots[number].name, out);
    values_enter(&w->view, 0);
}

/* One form of the letter, and the page around it. */
static const char *render_form(struct work *w, const struct markdown *letter, enum form form)
{
    struct pieces pieces = { .add = add_piece, .context = w };
    struct buf inside = { 0 }, page = { 0 };
    w->form = form;
    if (form == FORM_HTML)
        markdown_html(letter, &pieces, &inside);
    else
        markdown_text(letter, &pieces, w->language->phrases, COLUMNS, &inside);
    values_set(&w->view, "letter", buf_text(&inside));
    render_sheet(w, "page", &page);
    const char *text = close_gaps(buf_text(&page), w->a);
    buf_done(&inside);
    buf_done(&page);
    return form == FORM_TEXT ? phrase_wrap(w->language->phrases, text, COLUMNS, w->a) : text;
}

static const char *write_letter(struct work *w, const struct sheet *s)
{
    struct buf out = { 0 };
    template_render(s->body, &w->view, ESCAPE_MARKDOWN, letter_part, w, &out);
    const struct template *also = letter_part(w, "also");
    if (also && !template_has(s->body, TAG_PARTIAL, "also") && !template_has(s->body, TAG_SECTION, "also")) {
        buf_add(&out, "\n\n"); /* somebody's own letter that does not know it: nothing that is due goes unsaid */
        template_render(also, &w->view, ESCAPE_MARKDOWN, letter_part, w, &out);
    }
    const char *letter = arena_copy(w->a, buf_text(&out));
    buf_done(&out);
    return letter;
}

/* What is said to the customer is in their own language, where that is one of ours. */
static const struct language *speaker_of(const struct composer *c, const struct brief *b, const struct language *reader)
{
    const struct language *own = b->facts ? find(c, b->facts->customer.language) : NULL;
    return own ? own : reader;
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

/* In the calendar it is named like the first message about it, however often the reader is reminded. */
static const char *write_calendar(const struct work *w, const struct sheet *letter, const struct brief *b)
{
    struct work subject = *w;
    subject.view = values_of(b, w->language, w->language, w->a);
    struct event event = {
        .uid = b->meeting->uid,
        .sequence = b->meeting->sequence,
        .stamp = b->now,
        .start = b->meeting->start,
        .end = b->meeting->end,
        .organizer = b->meeting->organizer,
        .summary = render_subject(&subject, letter, b->subject_prefix),
        .description = meeting_notes(b, w->language->phrases, w->a),
        .url = b->facts->customer.url,
    };
    return calendar_write(&event, w->a);
}

/* What a message about the meeting alone would say. */
static struct brief brief_of_meeting(const struct brief *b)
{
    struct brief alone = *b;
    alone.step = 0;
    if (b->meeting_also) {
        alone.rule = b->meeting_also->rule;
        alone.defence = b->meeting_also->defence;
        alone.template = rule_kind_name(alone.rule->kind);
    }
    return alone;
}

static bool begin(struct composer *c, const struct brief *b, struct arena *a, struct work *w,
                  const struct sheet **letter, struct err *e)
{
    const struct language *l = choose(c, b->language, b->options);
    *letter = sheet_named(&l->sheets, b->template, FORM_LETTER);
    if (!*letter || !(*letter)->subject)
        return err_set(e, "there is no letter \"%s\" in the language %s", b->template, l->code);
    *w = (struct work){ .c = c, .language = l, .view = values_of(b, l, speaker_of(c, b, l), a), .a = a };
    return true;
}

bool compose_chat(struct composer *c, const struct brief *b, struct arena *a, struct rendered *out, struct err *e)
{
    struct work w;
    const struct sheet *sheet;
    struct chat chat;
    if (!begin(c, b, a, &w, &sheet, e))
        return false;
    w.chat = true;
    *out = (struct rendered){ .subject = render_subject(&w, sheet, b->subject_prefix) };
    values_set(&w.view, "subject", out->subject);
    out->bytes =
        chat_keep(w.language->code, phrase_say(w.language->phrases, PHRASE_SHORTENED, &(struct phrase_values){ 0 }, a),
                  write_letter(&w, sheet), a);
    out->size = strlen(out->bytes);
    if (!chat_read(out->bytes, out->size, a, &chat, e))
        return false;
    out->text = chat_write(&chat, &chat_plain, SIZE_MAX, CHAT_BYTES, a);
    return true;
}

bool compose_mail(struct composer *c, const struct brief *b, struct arena *a, struct rendered *out, struct err *e)
{
    struct work w;
    const struct sheet *sheet;
    if (!begin(c, b, a, &w, &sheet, e))
        return false;
    struct rendered r = { .subject = render_subject(&w, sheet, b->subject_prefix) };
    values_set(&w.view, "subject", r.subject);
    struct markdown *letter = markdown_new(write_letter(&w, sheet));
    r.text = render_form(&w, letter, FORM_TEXT);
    r.html = render_form(&w, letter, FORM_HTML);
    markdown_free(letter);
    struct brief meeting = brief_of_meeting(b);
    const struct sheet *about = b->meeting ? sheet_named(&w.language->sheets, meeting.template, FORM_LETTER) : NULL;
    if (about)
        r.calendar = write_calendar(&w, about, &meeting);
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
            about ? calendar_file(meeting.template, b->facts->customer.name, b->facts->customer.id, a) : NULL,
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

const char *compose_notice(struct composer *c, const char *language, const struct notice *n, struct arena *a)
{
    return notice_say(choose(c, language, NULL)->phrases, n, a);
}
