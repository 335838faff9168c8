/* What the channels over HTTP share: settings, requests, and what an answer means (reference/channels.md 2.5). */
#ifndef CHANNEL_REQUEST_H
#define CHANNEL_REQUEST_H

#include "channel/channel.h"
#include "compose/chat.h"

#include <jansson.h>

/* Complain about url, proxy, and a secret_file that is missing. `needs`: what the service gives that must be there, in
 * words ("the token that @BotFather gave"); NULL: it may be missing. */
void request_check(const struct channel_options *o, const char *base, const char *needs, struct complaints *c);

/* The same for channels whose secret is the whole address of a webhook. */
void request_check_hook(const struct channel_options *o, const char *needs, struct complaints *c);

/* Can that be such an address: does it hold `part`? `like`: what they look like, for people. It is never said. */
bool request_hook_ok(const char *secret, const char *part, const char *like, struct err *e);

/* "https://host", perhaps with a port and a path, no slash at the end: `url` of the settings, else `base`. */
const char *request_base(const struct channel_options *o, const char *base, struct arena *a);

/* POST `body` to `url`; the reference to `body` is taken. Add headers behind it. */
void request_post(const struct channel_options *o, const char *url, json_t *body, struct arena *a,
                  struct transfer *out);
void request_header(struct transfer *t, struct arena *a, const char *format, ...) PRINTF_LIKE(3, 4);

/* The same without a body. */
void request_get(const struct channel_options *o, const char *url, struct arena *a, struct transfer *out);

/* What `make` makes of `c`, or of the longest cut of it of which it makes at most `most` bytes. */
typedef json_t *request_maker(const struct chat *c, const void *context, struct arena *a);
json_t *request_fitted(const struct chat *c, size_t most, request_maker *make, const void *context, struct arena *a);

/* Where a chat with webhooks is written to: at the person's own one (`own`, a path below `base`) or, where that is
 * NULL, at the one that secret_file names for all. NULL, and a sentence, where both are there, or none. */
const char *request_hook(const struct channel_options *o, const char *base, const char *own, const struct supplies *s,
                         struct arena *a, struct err *e);

/* The message that is kept in `m`. */
bool request_chat(const struct message *m, struct arena *a, struct chat *out, struct err *e) MUST_CHECK;

/* A name in the path of a url, each byte that is not letter, digit or one of -._~ as %XX (RFC 3986 2.1). */
const char *request_escaped(const char *text, struct arena *a);

/* The verdict by the transport and the status alone; a channel then looks at what is special. It says `why` too. */
void request_judge(const struct reply *f, struct receipt *r);

/* The seconds that an answer says to wait, where they are longer than what its headers said. */
void request_wait(struct receipt *r, double seconds);

/* The answer's JSON; NULL where it is none. And a text in it, "" where it is not there: "parameters.retry_after";
 * in a list by its number: "messages.0.id". */
json_t *request_answer(const struct reply *f);
const json_t *request_find(const json_t *answer, const char *path);
const char *request_text(const json_t *answer, const char *path);

/* Set the verdict, and say why in the service's words. */
void request_conclude(struct receipt *r, enum verdict v, enum blame b, const char *format, ...) PRINTF_LIKE(4, 5);

#endif
