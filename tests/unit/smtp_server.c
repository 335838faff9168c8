#include "smtp_server.h"

#include "harness/harness.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PARTS_MOST 40

static struct {
    pid_t pid;
    int lifeline; /* its standard input: it ends when we do */
    int port;
    const char *script;
    char *arguments, *log;
    long seen; /* bytes of the log that belong to tests before */
} server;

static const char *find_script(const char *name)
{
    static char path[100];
    static const char *const places[] = { "tests/servers/", "../tests/servers/" };
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        snprintf(path, sizeof path, "%s%s", places[i], name);
        if (access(path, R_OK) == 0)
            return path;
    }
    test_fail(__FILE__, __LINE__, "%s is not here: run the tests at the top of the project", path);
}

static void stop(void)
{
    if (!server.pid)
        return;
    kill(server.pid, SIGKILL);
    waitpid(server.pid, NULL, 0);
    close(server.lifeline);
    free(server.arguments);
    free(server.log);
    server.pid = 0;
}

static void start(const char *script, const char *arguments)
{
    int life[2], told[2];
    char *words = strdup(arguments), *argv[PARTS_MOST] = { NULL }, answer[32] = "";
    if (asprintf(&server.log, "%s/%s.log", test_folder(), script) < 0 || pipe2(life, O_CLOEXEC) ||
        pipe2(told, O_CLOEXEC))
        abort();
    int n = 0;
    argv[n++] = (char *)"/usr/bin/python3";
    argv[n++] = (char *)find_script(script);
    argv[n++] = (char *)"--log";
    argv[n++] = server.log;
    for (char *word = strtok(words, " "); word && n < PARTS_MOST - 1; word = strtok(NULL, " "))
        argv[n++] = word;
    server.pid = fork();
    if (!server.pid) {
        dup2(life[0], 0);
        dup2(told[1], 1);
        execv(argv[0], argv);
        _exit(127);
    }
    close(life[0]);
    close(told[1]);
    server.lifeline = life[1];
    server.script = script;
    server.arguments = strdup(arguments);
    FILE *hear = fdopen(told[0], "r");
    if (!fgets(answer, sizeof answer, hear))
        test_fail(__FILE__, __LINE__, "%s does not start", script);
    fclose(hear);
    free(words);
    server.port = atoi(answer);
}

static char *read_log(void)
{
    FILE *f = fopen(server.log, "r");
    if (!f)
        return strdup("");
    fseek(f, 0, SEEK_END);
    long size = ftell(f) - server.seen;
    fseek(f, server.seen, SEEK_SET);
    char *text = calloc(1, (size_t)size + 1);
    size_t got = fread(text, 1, (size_t)size, f);
    text[got] = '\0';
    fclose(f);
    return text;
}

/* Start it, or take the one that runs; its port. */
static int serve(const char *script, const char *arguments)
{
    static bool registered;
    if (!registered)
        atexit(stop);
    registered = true;
    if (!server.pid || strcmp(server.script, script) != 0 || strcmp(server.arguments, arguments) != 0) {
        stop();
        start(script, arguments);
        server.seen = 0;
    } else {
        char *text = read_log();
        server.seen += (long)strlen(text);
        free(text);
    }
    return server.port;
}

const char *smtp_server(const char *arguments)
{
    static char url[64];
    int port = serve("smtpd.py", arguments);
    snprintf(url, sizeof url, "%s://localhost:%d", strstr(arguments, "--tls") ? "smtps" : "smtp", port);
    return url;
}

const char *http_server(const char *arguments)
{
    static char url[64];
    int port = serve("httpd.py", arguments);
    snprintf(url, sizeof url, "%s://localhost:%d", strstr(arguments, "--cert") ? "https" : "http", port);
    return url;
}

int smtp_logged(const char *text)
{
    int n = 0;
    char *log = read_log();
    for (const char *p = log; (p = strstr(p, text)); p += strlen(text))
        n++;
    free(log);
    return n;
}

int smtp_logged_soon(const char *text)
{
    int n = 0;
    for (int i = 0; i < 100 && !(n = smtp_logged(text)); i++)
        usleep(10000);
    return n;
}

void smtp_certificate(const char *prefix, const char *host, const char *more)
{
    char command[1024];
    snprintf(command, sizeof command,
             "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout %s.key -out %s.pem "
             "-subj /CN=%s "
             "-addext subjectAltName=DNS:%s %s >/dev/null 2>&1",
             prefix, prefix, host, host, more);
    if (system("openssl version >/dev/null 2>&1") != 0)
        test_skip("there is no openssl(1): TLS was NOT tested");
    if (system(command) != 0)
        test_fail(__FILE__, __LINE__, "%s", command);
}
