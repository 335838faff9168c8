/* The inside of a session: what its files share. */
#ifndef POST_SESSION_H
#define POST_SESSION_H

#include "post/post.h"

#include "base/buf.h"

#include <curl/curl.h>

/* What the server said it can do (EHLO). */
struct offers {
    bool pipelining, chunking, size, eight_bit, utf8, starttls;
    size_t size_most;   /* octets of a message (RFC 1870); 0: it does not say */
    char logins[80];    /* the words behind AUTH */
    bool authenticated; /* 235 was seen */
};

/* For whom a connection was opened: it serves no other. */
struct caller {
    char *url, *user, *password_file, *oauth_token_file, *ca_file;
    enum channel_security security;
};

struct session {
    CURL *http; /* NULL: none yet */
    struct buf answer;
    /* One handle and its multi per connection: the multi only because it lets us set the deadlines ourselves. */
    CURLM *multi;
    CURL *easy; /* NULL: not connected */
    int socket;
    struct caller caller;
    struct offers offers;
    bool encrypted;
    bool kept;        /* has been used before, so the server may have tired of it */
    bool broken;      /* out of step or closed: to be dropped, without QUIT */
    bool reset_first; /* a transaction was left open: RSET goes before the next MAIL */
    bool no_chunking; /* BDAT was offered but not understood */
    duration used_at; /* courier_monotonic() */
    struct buf out;
    size_t have; /* bytes in `in` */
    char in[4096];
};

/* A session being opened: what the server said on the way. */
struct opening {
    struct offers offers;
    struct reply said; /* the last answer */
    bool whole;        /* `said` has its last line */
    int answers;       /* whole ones */
    int ehlos;
    char error[CURL_ERROR_SIZE];
};

/* Libcurl gave up with `rc`: what is it, and what can be done? */
void opening_explain(const struct session *s, const struct transfer *t, const struct opening *o, CURLcode rc,
                     struct reply *r);

/* Nothing that the server offers is what our secret goes by. */
void opening_no_login(const struct transfer *t, const struct offers *o, struct reply *r);

void opening_refuse_login(struct reply *r, const char *format, ...) PRINTF_LIKE(2, 3);

/* Open a connection for `t`, or take the kept one. Otherwise `r` says why not. */
bool session_connect(struct session *s, const struct transfer *t, struct reply *r);

/* Close, waiting for nothing: QUIT is sent, its answer is not awaited. */
void session_drop(struct session *s);

/* The dialogue of one mail over an open connection. */
void mail_speak(struct session *s, const struct transfer *t, struct reply *r);

/* Send all of it: give up after `patience` without progress, or `in_all`. A server that answers meanwhile is heard into
 * `r`. */
bool wire_send(struct session *s, const void *bytes, size_t size, duration patience, duration in_all, struct reply *r);

/* Hear one whole answer at `stage`: code, enhanced code and words go into `r`. False where none came: `r` says what
 * did. */
bool wire_hear(struct session *s, enum stage stage, duration patience, struct reply *r);

/* Has the server said something unasked, or gone away? Never waits. */
bool wire_quiet(struct session *s);

/* Take one line of an answer into `r`. */
void answer_line(struct reply *r, const char *line, size_t size);

void reply_fail(struct reply *r, int transport, const char *format, ...) PRINTF_LIKE(3, 4);

/* Write `t->bytes` to `t->path`, durably. */
void file_write(const struct transfer *t, struct reply *r);

/* One request and its answer. */
void http_speak(struct session *s, const struct transfer *t, struct reply *r);

/* "the answer to RCPT" and so on. */
const char *stage_awaited(enum stage stage);

duration patience_or(duration patience, duration fallback);

#define CONNECT_PATIENCE (15 * SECOND)
#define REPLY_PATIENCE MINUTE
#define FINAL_PATIENCE (10 * MINUTE)

#endif
