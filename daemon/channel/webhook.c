/* The channel "webhook": any program that takes a signed POST (Standard Webhooks 1.0.0). */
#include "channel/request.h"

#include "base/mem.h"
#include "base/token.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MOST = 16000 /* bytes; receivers take bodies of about 20 KB */, KEY_LEAST = 16, KEY_MOST = 1024 };

static void check(const struct channel_options *o, struct complaints *c)
{
    request_check(o, NULL, "whsec_ and the base64 of 24 to 64 random bytes", c);
}

/* What the receiver knows the person by. */
static bool address_ok(const char *address, struct err *e)
{
    size_t n = strlen(address);
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)address[i] < ' ' || address[i] == 0x7F)
            return err_set(e, "the address holds a control character");
    return (n > 0 && n <= 200) || err_set(e, "write up to 200 bytes by which the receiver knows the person");
}

/* The bytes of "whsec_BASE64". */
static bool read_key(const char *key, uint8_t bytes[KEY_MOST], size_t *size)
{
    static const char prefix[] = "whsec_";
    if (strncmp(key, prefix, sizeof prefix - 1) == 0)
        key += sizeof prefix - 1;
    return strlen(key) <= KEY_MOST && base64_read(key, bytes, size) && *size >= KEY_LEAST;
}

static bool secret_ok(const char *secret, struct err *e)
{
    uint8_t bytes[KEY_MOST];
    size_t size;
    bool good = read_key(secret, bytes, &size);
    explicit_bzero(bytes, sizeof bytes);
    return good || err_set(e, "this is no key: write whsec_ and the base64 of 24 to 64 random bytes");
}

/* Add "v1,BASE64" of one key. */
static void sign(const char *key, const char *text, char signatures[160])
{
    uint8_t bytes[KEY_MOST], mac[32];
    size_t size = 0;
    char base64[BASE64_SIZE(32)];
    if (!key || !read_key(key, bytes, &size))
        return;
    token_mac_bytes(bytes, size, text, strlen(text), mac);
    base64_write(mac, 32, base64);
    explicit_bzero(bytes, sizeof bytes);
    size_t used = strlen(signatures);
    snprintf(signatures + used, 160 - used, "%sv1,%s", used ? " " : "", base64);
}

/* A dot separates what is signed. */
static const char *id_of(const struct message *m, struct arena *a)
{
    char *id = arena_print(a, "msg_%s", m->message_id);
    for (char *p = id; *p; p++)
        if (strchr(".@ ", *p))
            *p = '-';
    return id;
}

static bool build(const struct channel_options *o, const struct message *m, const struct supplies *s, struct arena *a,
                  struct transfer *out, struct err *e)
{
    struct chat chat;
    char signatures[160] = "";
    if (!address_ok(m->address, e) || !request_chat(m, a, &chat, e))
        return false;
    const char *id = id_of(m, a);
    long long seconds = s->now / SECOND;
    char at[32];
    json_t *body = json_pack("{s:s, s:s, s:{s:s, s:s, s:s, s:s, s:s}}", "type", "followup.told", "timestamp",
                             instant_print(m->claimed_at, at), "data", "to", m->address, "language", chat.language,
                             "title", m->subject, "text", chat_write(&chat, &chat_plain, TEXT_MOST / 2, CHAT_BYTES, a),
                             "markdown", chat_write(&chat, &chat_markdown, TEXT_MOST / 2, CHAT_BYTES, a));
    request_post(o, request_base(o, NULL, a), body, a, out);
    const char *text = arena_print(a, "%s.%lld.%s", id, seconds, out->bytes);
    sign(s->secret, text, signatures);
    sign(s->old_secret, text, signatures);
    request_header(out, a, "webhook-id: %s", id);
    request_header(out, a, "webhook-timestamp: %lld", seconds);
    request_header(out, a, "webhook-signature: %s", signatures);
    out->repeatable = true;
    return true;
}

/* 410: the receiver wants no more. */
static void judge(const struct channel_options *o, const struct reply *f, struct receipt *r)
{
    (void)o;
    request_judge(f, r);
    if (f->stage == STAGE_DONE && f->code == 410)
        request_conclude(r, VERDICT_LATER, BLAME_CHANNEL, "the receiver wants no more messages (HTTP 410)");
}

const struct channel_kind channel_webhook = {
    .name = "webhook",
    .chat = true,
    .check = check,
    .address_ok = address_ok,
    .secret_ok = secret_ok,
    .build = build,
    .judge = judge,
};
