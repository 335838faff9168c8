/* The channel "whatsapp": the Cloud API. Who did not write to the company within a day may only be sent a template that
 * Meta approved; the text is its one variable. */
#include "channel/request.h"

#include "compose/inert.h"

#include <ctype.h>
#include <string.h>

enum { TEXT_MOST = 800 /* of the 1024 that template and variable may have together */ };

static void check(const struct channel_options *o, struct complaints *c)
{
    const char *file = o->place.file;
    int line = o->place.line;
    if (!o->url)
        complain(c, file, line,
                 "channel %s: url is missing: write url = \"https://graph.facebook.com/v23.0/PHONE_NUMBER_ID\"",
                 o->name);
    else if (!isdigit((unsigned char)*(strrchr(o->url, '/') ? strrchr(o->url, '/') + 1 : "")))
        complain(c, file, line, "channel %s: url must end with the id of the phone number, which Meta shows beside it",
                 o->name);
    if (!o->template)
        complain(
            c, file, line,
            "channel %s: template is missing: write the name of an approved template with one variable in its body",
            o->name);
    request_check(o, "", "the token of the system user", c);
}

static bool address_ok(const char *address, struct err *e)
{
    size_t plus = *address == '+', n = strspn(address + plus, "0123456789");
    return (n >= 7 && n <= 15 && address[plus] != '0' && !address[plus + n]) ||
           err_set(e, "\"%s\" is no number on WhatsApp: write + and the number with its country, digits only", address);
}

/* No variable may have a new line, a tab or four blanks (Meta, error 132000 and its kin). */
static const char *on_one_line(const char *text, struct arena *a)
{
    struct buf out = { 0 };
    for (; *text; text++) {
        size_t blanks = strspn(text, " \t\r\n");
        bool line = blanks && memchr(text, '\n', blanks);
        if (blanks) {
            buf_add(&out, !text[blanks] || !out.size ? "" : line ? " \xC2\xB7 " : " ");
            text += blanks - 1;
        } else {
            buf_add_char(&out, *text);
        }
    }
    const char *result = arena_copy(a, buf_text(&out));
    buf_done(&out);
    return result;
}

static const struct chat_markup markup = { "", "", inert_add, NULL, "", "\n" };

static bool build(const struct channel_options *o, const struct message *m, const struct supplies *s, struct arena *a,
                  struct transfer *out, struct err *e)
{
    struct chat chat;
    if (!address_ok(m->address, e) || !request_chat(m, a, &chat, e))
        return false;
    const char *text = on_one_line(chat_write(&chat, &markup, TEXT_MOST, CHAT_UTF16, a), a);
    json_t *variable = json_pack("{s:s, s:[{s:s, s:s}]}", "type", "body", "parameters", "type", "text", "text", text);
    json_t *body = json_pack("{s:s, s:s, s:s, s:s, s:{s:s, s:{s:s}, s:[o]}}", "messaging_product", "whatsapp",
                             "recipient_type", "individual", "to", m->address + (*m->address == '+'), "type",
                             "template", "template", "name", o->template, "language", "code",
                             o->template_language ? o->template_language : chat.language, "components", variable);
    request_post(o, arena_print(a, "%s/messages", request_base(o, NULL, a)), body, a, out);
    request_header(out, a, "Authorization: Bearer %s", s->secret);
    return true;
}

/* What the codes are about (Meta's page of May 2026). The status says little. */
static const struct {
    int from, to;
    enum verdict verdict;
    enum blame blame;
} codes[] = {
    { 0, 0, VERDICT_LATER, BLAME_CHANNEL },             /* the token is not good */
    { 1, 2, VERDICT_LATER, BLAME_SERVER },              /* away */
    { 3, 3, VERDICT_LATER, BLAME_CHANNEL },             /* the token may not */
    { 4, 4, VERDICT_LATER, BLAME_SERVER },              /* too many */
    { 10, 10, VERDICT_LATER, BLAME_CHANNEL },           /* no permission */
    { 33, 33, VERDICT_LATER, BLAME_CHANNEL },           /* the number is not there */
    { 190, 299, VERDICT_LATER, BLAME_CHANNEL },         /* token ended, permissions */
    { 368, 368, VERDICT_LATER, BLAME_CHANNEL },         /* blocked for breaking rules */
    { 80007, 80007, VERDICT_LATER, BLAME_SERVER },      /* too many */
    { 130429, 130429, VERDICT_LATER, BLAME_SERVER },    /* too many */
    { 130472, 130472, VERDICT_REFUSED, BLAME_PERSON },  /* in one of Meta's experiments */
    { 130497, 130497, VERDICT_REFUSED, BLAME_PERSON },  /* not to that country */
    { 131000, 131000, VERDICT_LATER, BLAME_SERVER },    /* something went wrong */
    { 131005, 131005, VERDICT_LATER, BLAME_CHANNEL },   /* no permission */
    { 131016, 131016, VERDICT_LATER, BLAME_SERVER },    /* away */
    { 131021, 131021, VERDICT_REFUSED, BLAME_PERSON },  /* to itself */
    { 131026, 131026, VERDICT_REFUSED, BLAME_PERSON },  /* undeliverable: not on WhatsApp */
    { 131030, 131030, VERDICT_REFUSED, BLAME_PERSON },  /* not among the recipients of a test number */
    { 131031, 131031, VERDICT_LATER, BLAME_CHANNEL },   /* account locked */
    { 131042, 131042, VERDICT_LATER, BLAME_CHANNEL },   /* not paid */
    { 131045, 131045, VERDICT_LATER, BLAME_CHANNEL },   /* number not registered */
    { 131047, 131047, VERDICT_REFUSED, BLAME_MESSAGE }, /* the day is over: no template */
    { 131048, 131048, VERDICT_LATER, BLAME_SERVER },    /* taken for spam */
    { 131049, 131050, VERDICT_REFUSED, BLAME_PERSON },  /* not delivered to keep people well; wants no more */
    { 131056, 131056, VERDICT_LATER, BLAME_MESSAGE },   /* too many to this person: one in six seconds */
    { 131057, 131057, VERDICT_LATER, BLAME_SERVER },    /* maintenance */
    { 132005, 132005, VERDICT_REFUSED, BLAME_MESSAGE }, /* too long together */
    { 132000, 132099, VERDICT_LATER, BLAME_CHANNEL },   /* the template: missing, paused, other variables */
    { 133000, 133099, VERDICT_LATER, BLAME_CHANNEL },   /* the number's registration */
};

static void judge_error(const struct reply *f, const json_t *error, struct receipt *r)
{
    int code = (int)json_integer_value(request_find(error, "code"));
    const char *said = request_text(error, "error_data.details");
    if (!*said)
        said = request_text(error, "message");
    if (code == 100 && json_integer_value(request_find(error, "error_subcode")) == 33)
        code = 33;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (code >= codes[i].from && code <= codes[i].to) {
            request_conclude(r, codes[i].verdict, codes[i].blame, "HTTP %d, code %d: %s", f->code, code, said);
            return;
        }
    request_conclude(r, r->verdict, r->blame, "HTTP %d, code %d: %s", f->code, code, said);
}

/* Accepted is not delivered: what becomes of it Meta tells only to a web server of the company's. */
static void judge(const struct channel_options *o, const struct reply *f, struct receipt *r)
{
    (void)o;
    request_judge(f, r);
    if (f->stage != STAGE_DONE)
        return;
    json_t *answer = request_answer(f);
    const json_t *error = request_find(answer, "error");
    if (f->code / 100 == 2 && !*request_text(answer, "messages.0.id"))
        request_conclude(r, VERDICT_UNKNOWN, BLAME_SERVER, "the server's answer is not WhatsApp's");
    else if (f->code / 100 != 2 && json_is_integer(request_find(error, "code")))
        judge_error(f, error, r);
    json_decref(answer);
}

const struct channel_kind channel_whatsapp = {
    .name = "whatsapp",
    .gap = 6 * SECOND, /* one in six seconds for each person */
    .chat = true,
    .check = check,
    .address_ok = address_ok,
    .build = build,
    .judge = judge,
};
