#include "post/post.h"

#include "base/courier.h"
#include "base/mem.h"
#include "post/envelope.h"
#include "post/session.h"
#include "post/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool post_init(struct err *e)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT))
        return err_set(e, "libcurl does not start");
    const curl_version_info_data *about = curl_version_info(CURLVERSION_NOW);
    /* CURLOPT_QUICK_EXIT is from 7.87. Without it a slow name server holds up every shutdown. */
    if (about->version_num < 0x075700)
        return err_set(e, "libcurl %s is too old: followupd needs 7.87.0 or later", about->version);
    if (!(about->features & CURL_VERSION_SSL) || !(about->features & CURL_VERSION_ASYNCHDNS))
        return err_set(e, "libcurl %s was built without TLS or without a resolver that can be interrupted",
                       about->version);
    return true;
}

struct session *session_new(void)
{
    return mem_new(sizeof(struct session));
}

void session_free(struct session *s)
{
    if (!s)
        return;
    session_drop(s);
    curl_easy_cleanup(s->http);
    buf_done(&s->answer);
    buf_done(&s->out);
    free(s);
}

duration patience_or(duration patience, duration fallback)
{
    return patience > 0 ? patience : fallback;
}

void reply_fail(struct reply *r, int transport, const char *format, ...)
{
    char text[1024];
    va_list rest;
    va_start(rest, format);
    vsnprintf(text, sizeof text, format, rest);
    va_end(rest);
    r->code = 0;
    r->enhanced[0] = r->text[0] = '\0';
    r->transport = transport;
    words_append(r->text, sizeof r->text, text, strlen(text));
}

static bool address_impossible(const char *address, enum stage stage, struct reply *r)
{
    struct err e;
    if (envelope_ok(address, &e))
        return false;
    r->stage = stage;
    r->misconfigured = true;
    reply_fail(r, 0, "%s", e.text);
    return true;
}

static void run_mail(struct session *s, const struct transfer *t, struct reply *r)
{
    if (address_impossible(t->from, STAGE_MAIL, r) || address_impossible(t->to, STAGE_RCPT, r))
        return;
    if (!session_connect(s, t, r))
        return;
    mail_speak(s, t, r);
    s->kept = true;
    s->used_at = courier_monotonic();
    if (s->broken)
        session_drop(s);
}

void session_run(struct session *s, const struct transfer *t, struct reply *r)
{
    *r = (struct reply){ 0 };
    switch (t->kind) {
    case TRANSFER_MAIL:
        run_mail(s, t, r);
        return;
    case TRANSFER_FILE:
        file_write(t, r);
        return;
    case TRANSFER_HTTP:
        http_speak(s, t, r);
        return;
    }
}
