/* Transfers: the only place that calls libcurl. One session per courier; everything here may wait. */
#ifndef POST_POST_H
#define POST_POST_H

#include "base/err.h"
#include "base/instant.h"
#include "model/options.h"

enum transfer_kind { TRANSFER_MAIL, TRANSFER_FILE, TRANSFER_HTTP };

/* What to move where. Strings live until the transfer is over. */
struct transfer {
    enum transfer_kind kind;
    const char *bytes; /* http: the body */
    size_t size;
    const char *url;                           /* smtp://host:port, smtps://host:port; http: the whole of it */
    const char *ca_file;                       /* NULL: the system's */
    duration connect_patience, reply_patience; /* http: until it is connected; until the whole answer is there */
    /* mail */
    const char *from, *to; /* bare addresses */
    enum channel_security security;
    const char *user, *password_file, *oauth_token_file; /* with a user: one of the two secrets */
    duration final_patience;                             /* after the dot, RFC 5321 4.5.3.2.6 */
    /* file: written beside, synced, renamed into place */
    const char *path;
    /* http */
    const char *method;         /* "POST" */
    const char *const *headers; /* "Name: value"; NULL at the end */
    const char *proxy;          /* "http://host:port", "socks5h://host:port"; NULL: none */
    const char *note;           /* what to say of it once it is sent, beside the server's words; NULL: nothing */
    bool repeatable;            /* the same request twice is one message: a kept connection may be used */
};

#define ANSWER_MOST 65536 /* bytes of an answer that are read */

enum stage {
    STAGE_CONNECT,
    STAGE_LOGIN,
    STAGE_MAIL,
    STAGE_RCPT,
    STAGE_DATA,
    STAGE_BODY,
    STAGE_FINAL,
    STAGE_FILE,
    STAGE_ANSWER, /* http: the request was sent, or part of it */
    STAGE_DONE
};

/* What happened, as it was seen; a channel's judge() makes a verdict of it. */
struct reply {
    enum stage stage;     /* where it ended; STAGE_DONE: accepted; http: answered, by whatever status */
    int code;             /* last SMTP reply that belongs to that stage; http: the status; 0: none */
    char enhanced[16];    /* "4.3.0" or "" */
    char text[240];       /* its words, or the transport's error; one line, control bytes as \xNN */
    int transport;        /* CURLcode or errno, 0: none */
    bool body_begun;      /* 354 was seen (or BDAT sent); http: a byte left: from here on silence means unknown */
    bool body_finished;   /* every byte and the final dot were handed over */
    bool stale;           /* a kept connection turned out to be closed before MAIL was answered */
    bool too_big;         /* for the SIZE that the server gave: nothing was sent */
    duration retry_after; /* http: wait so long, the server says; -1: it does not */
    const char *body;     /* http: the answer, a string; the session's until its next transfer */
    size_t body_size;
    bool misconfigured; /* certificate, STARTTLS missing, login refused, secret unreadable, address impossible for the
                           wire */
};

struct session;

/* Nothing is opened yet. A session keeps its connection between transfers. */
struct session *session_new(void);
void session_free(struct session *s); /* without waiting for QUIT's reply */
void session_run(struct session *s, const struct transfer *t, struct reply *r);

/* Once per program, before any thread. Says the version of libcurl in `e` if it is too old. */
bool post_init(struct err *e) MUST_CHECK;

#endif
