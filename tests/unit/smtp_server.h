/* The scripted servers tests/servers/smtpd.py and httpd.py, as tests see them; one runs at a time. */
#ifndef SMTP_SERVER_H
#define SMTP_SERVER_H

/* Start it with these arguments (blanks between them), or take the one that runs with them already; what is in its log
 * by now is forgotten. Returns "smtp://localhost:PORT" or "smtps://...", which lives until the next call. */
const char *smtp_server(const char *arguments);
const char *http_server(const char *arguments); /* "http://localhost:PORT" or "https://..." */

/* How often `text` stands in its log by now; and how often after at most a second, waiting for the first. */
int smtp_logged(const char *text);
int smtp_logged_soon(const char *text);

/* A certificate for `host`, signed by itself, as PEM files PREFIX.pem and PREFIX.key; skips the test without
 * openssl(1). */
void smtp_certificate(const char *prefix, const char *host, const char *more);

#endif
