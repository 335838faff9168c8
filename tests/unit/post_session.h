/* A session with the scripted server, and mails to send through it. */
#ifndef TESTS_POST_SESSION_H
#define TESTS_POST_SESSION_H

#include "base/courier.h"
#include "harness/harness.h"
#include "post/post.h"
#include "post/session.h"
#include "smtp_server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HELLO "Subject: hello\r\n\r\nHello\r\n"
#define SHORT 120 /* ms: patience in tests of silence */

static struct session *session;
static char url[64];

/* A fresh session to a server with these arguments. */
static inline void begin(const char *arguments)
{
    struct err e;
    static bool once;
    if (!once)
        CHECK_OK(post_init(&e), &e);
    once = true;
    session_free(session);
    session = session_new();
    snprintf(url, sizeof url, "%s", smtp_server(arguments));
}

static inline struct transfer mail_to(const char *to)
{
    return (struct transfer){
        .kind = TRANSFER_MAIL,
        .bytes = HELLO,
        .size = strlen(HELLO),
        .url = url,
        .from = "f@nordlys.example",
        .to = to,
        .connect_patience = 5 * SECOND,
        .reply_patience = 5 * SECOND,
        .final_patience = 5 * SECOND,
    };
}

static inline struct reply run(const struct transfer *t)
{
    struct reply r;
    session_run(session, t, &r);
    return r;
}

static inline struct reply send_to(const char *to)
{
    struct transfer t = mail_to(to);
    return run(&t);
}

/* With patience so short that silence is soon over. */
static inline struct reply send_impatiently(const char *to)
{
    struct transfer t = mail_to(to);
    t.connect_patience = t.reply_patience = t.final_patience = SHORT;
    duration before = courier_monotonic();
    struct reply r = run(&t);
    CHECK(courier_monotonic() - before < 10 * SHORT);
    return r;
}

#define CHECK_STAGE(r, expected) CHECK_INT((r).stage, STAGE_##expected)

#endif
