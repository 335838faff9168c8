/* Transfers: the only place that calls libcurl. One session per courier; everything here may wait. */
#ifndef POST_POST_H
#define POST_POST_H

#include "base/err.h"
#include "base/instant.h"
#include "model/options.h"

enum transfer_kind { TRANSFER_MAIL, TRANSFER_FILE };

/* What to move where. Strings live until the transfer is over. */
struct transfer {
    enum transfer_kind kind;
    const char *bytes;
    size_t size;
    /* mail */
    const char *url;       /* smtp://host:port or smtps://host:port */
    const char *from, *to; /* bare addresses */
    enum channel_security security;
    const char *user, *password_file, *oauth_token_file, *ca_file; /* with a user: one of the two secrets */
    duration connect_patience, reply_patience, final_patience;     /* final: after the dot, RFC 5321 4.5.3.2.6 */
    /* file: written beside, synced, renamed into place */
    const char *path;
};

enum stage {
    STAGE_CONNECT,
    STAGE_LOGIN,
    STAGE_MAIL,
    STAGE_RCPT,
    STAGE_DATA,
    STAGE_BODY,
    STAGE_FINAL,
    STAGE_FILE,
    STAGE_DONE
};

/* What happened, as it was seen; a channel's judge() makes a verdict of it. */
struct reply {
    enum stage stage;   /* where it ended; STAGE_DONE: accepted */
    int code;           /* last SMTP reply that belongs to that stage; 0: none */
    char enhanced[16];  /* "4.3.0" or "" */
    char text[240];     /* its words, or the transport's error; one line, control bytes as \xNN */
    int transport;      /* CURLcode or errno, 0: none */
    bool body_begun;    /* 354 was seen (or BDAT sent): from here on silence means unknown */
    bool body_finished; /* every byte and the final dot were handed over */
    bool stale;         /* a kept connection turned out to be closed before MAIL was answered */
    bool too_big;       /* for the SIZE that the server gave: nothing was sent */
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
