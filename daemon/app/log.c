#include "app/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* The bytes of U+200E, U+200F, U+202A..E and U+2066..9: they would let a name rearrange the line. */
static bool turns_text(const unsigned char *p)
{
    return p[0] == 0xe2 && ((p[1] == 0x80 && (p[2] == 0x8e || p[2] == 0x8f || (p[2] >= 0xaa && p[2] <= 0xae))) ||
                            (p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9));
}

static size_t show(const char *text, char *out, size_t room)
{
    size_t n = 0;
    for (const unsigned char *p = (const unsigned char *)text; *p && n + 16 < room; p++) {
        int escape = *p < 0x20 || *p == 0x7f ? 1 : turns_text(p) ? 3 : 0;
        if (!escape)
            out[n++] = (char)*p;
        for (int i = 0; i < escape; i++)
            n += (size_t)snprintf(out + n, room - n, "\\x%02x", p[i]);
        p += escape == 3 ? 2 : 0;
    }
    return n;
}

void log_line(int priority, const char *format, ...)
{
    char text[2048], line[2600];
    va_list rest;
    va_start(rest, format);
    vsnprintf(text, sizeof text, format, rest);
    va_end(rest);
    size_t n;
    if (isatty(STDERR_FILENO)) {
        time_t now = time(NULL);
        struct tm local;
        localtime_r(&now, &local);
        n = strftime(line, sizeof line, "%H:%M:%S ", &local);
    } else {
        n = (size_t)snprintf(line, sizeof line, "<%d>", priority);
    }
    n += show(text, line + n, 2000);
    line[n++] = '\n';
    /* One write a line; a log that cannot be written must not stop the daemon. */
    if (write(STDERR_FILENO, line, n) < 0)
        return;
}
