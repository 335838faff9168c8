/* SMTP's answers (RFC 5321 4.2), and the enhanced codes in them (RFC 2034). */
#include "post/session.h"

#include "post/words.h"

#include <ctype.h>
#include <string.h>

static size_t digits(const char *p, size_t left)
{
    size_t n = 0;
    while (n < left && n < 3 && isdigit((unsigned char)p[n]))
        n++;
    return n;
}

/* Length of "4.3.0 " or "4.3.0" at the end, of the same class as the code; 0: none. */
static size_t enhanced_size(const char *p, size_t left, int code)
{
    if (left < 5 || p[0] != '0' + code / 100 || p[1] != '.')
        return 0;
    size_t subject = digits(p + 2, left - 2);
    size_t at = 2 + subject;
    if (!subject || at >= left || p[at] != '.')
        return 0;
    size_t detail = digits(p + at + 1, left - at - 1);
    at += 1 + detail;
    return detail && (at == left || p[at] == ' ') ? at : 0;
}

void answer_line(struct reply *r, const char *line, size_t size)
{
    r->code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    const char *p = line + (size > 3 ? 4 : 3);
    size_t left = size > 3 ? size - 4 : 0;
    size_t skip = enhanced_size(p, left, r->code);
    if (skip) {
        memcpy(r->enhanced, p, skip);
        r->enhanced[skip] = '\0';
        p += skip;
        left -= skip;
    }
    while (left && *p == ' ') {
        p++;
        left--;
    }
    while (left && (p[left - 1] == ' ' || p[left - 1] == '\r' || p[left - 1] == '\n'))
        left--;
    if (left && r->text[0])
        words_append(r->text, sizeof r->text, " ", 1);
    words_append(r->text, sizeof r->text, p, left);
}

const char *stage_awaited(enum stage stage)
{
    static const char *const names[] = {
        [STAGE_CONNECT] = "the connection",
        [STAGE_LOGIN] = "the login",
        [STAGE_MAIL] = "the answer to MAIL",
        [STAGE_RCPT] = "the answer to RCPT",
        [STAGE_DATA] = "the answer to DATA",
        [STAGE_BODY] = "the message to be taken",
        [STAGE_FINAL] = "the answer to the message",
        [STAGE_FILE] = "the file",
        [STAGE_DONE] = "nothing",
    };
    return names[stage];
}
