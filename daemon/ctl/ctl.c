#include "ctl/ctl.h"

#include "base/courier.h"
#include "channel/channel.h"
#include "settings/settings.h"
#include "store/ledger.h"

#include <errno.h>
#include <grp.h>
#include <locale.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct verb *const verbs[] = {
    &verb_check,   &verb_list,   &verb_explain, &verb_plan,   &verb_preview, &verb_test_send, &verb_record,
    &verb_history, &verb_offers, &verb_release, &verb_retire, &verb_import,  &verb_status,
};

const struct verb *const *ctl_verbs(size_t *n)
{
    *n = sizeof verbs / sizeof verbs[0];
    return verbs;
}

int ctl_fail(int code, const char *format, ...)
{
    va_list rest;
    va_start(rest, format);
    fflush(stdout);
    fputs("followupctl: ", stderr);
    vfprintf(stderr, format, rest);
    fputc('\n', stderr);
    va_end(rest);
    return code;
}

static void take(int *argc, char **argv, int at, int n)
{
    for (int i = at; i + n < *argc; i++)
        argv[i] = argv[i + n];
    *argc -= n;
}

const char *ctl_option(int *argc, char **argv, const char *name)
{
    size_t size = strlen(name);
    for (int i = 0; i < *argc; i++) {
        const char *value = NULL;
        if (strncmp(argv[i], name, size) == 0 && argv[i][size] == '=')
            value = argv[i] + size + 1;
        else if (strcmp(argv[i], name) == 0 && i + 1 < *argc)
            value = argv[i + 1];
        if (!value)
            continue;
        take(argc, argv, i, argv[i][size] == '=' ? 1 : 2);
        return value;
    }
    return NULL;
}

bool ctl_flag(int *argc, char **argv, const char *name)
{
    for (int i = 0; i < *argc; i++)
        if (strcmp(argv[i], name) == 0) {
            take(argc, argv, i, 1);
            return true;
        }
    return false;
}

void ctl_complain(const struct complaints *c, FILE *out)
{
    for (size_t i = 0; i < c->n; i++) {
        const struct complaint *w = &c->rows[i];
        if (w->file && w->line)
            fprintf(out, "%s:%d: %s\n", w->file, w->line, w->text);
        else if (w->file)
            fprintf(out, "%s: %s\n", w->file, w->text);
        else
            fprintf(out, "%s\n", w->text);
    }
}

bool ctl_configure(struct ctl *c)
{
    struct complaints wrong = { 0 };
    struct civil today = instant_split(courier_now());
    bool ok = settings_read(&c->options, c->file, &wrong);
    if (ok)
        channels_check(c->options, &wrong);
    ok = ok && wrong.n == 0 && company_open(&c->company, c->options, today.year, &wrong);
    ctl_complain(&wrong, stderr);
    complaints_done(&wrong);
    if (ok)
        c->source = source_new(c->options, company_zone(c->company));
    return ok;
}

bool ctl_time(const struct ctl *c, const char *text, instant *out)
{
    struct civil t = { 0 };
    char rest[8] = "";
    date day;
    char first[11] = "";
    snprintf(first, sizeof first, "%.10s", text);
    if (!date_read(first, &day))
        return false;
    date_split(day, &t.year, &t.month, &t.day);
    if (!text[10]) { /* a day is judged when it is over */
        *out = zone_day_start(company_zone(c->company), day + 1) - SECOND;
        return true;
    }
    int n = 0, size = 0;
    n = sscanf(text + 10, "%*1[ T]%2d:%2d%n:%2d%n", &t.hour, &t.minute, &size, &t.second, &size);
    if (n < 2 || t.hour > 23 || t.minute > 59 || t.second > 59 || t.hour < 0 || t.minute < 0 || t.second < 0)
        return false;
    snprintf(rest, sizeof rest, "%s", text + 10 + size);
    if (rest[0] && strcmp(rest, "Z") != 0)
        return false;
    *out = rest[0] ? instant_of(&t) : zone_instant(company_zone(c->company), &t);
    return true;
}

const char *ctl_actor(struct ctl *c)
{
    const char *user = getenv("SUDO_USER");
    struct passwd *p = getpwuid(getuid());
    return arena_copy(&c->arena, user ? user : p ? p->pw_name : "somebody");
}

const char *ctl_when(struct ctl *c, instant t)
{
    if (t == INSTANT_NONE || t == INSTANT_NEVER)
        return "";
    struct civil w = zone_civil(company_zone(c->company), t);
    return arena_print(&c->arena, "%04d-%02d-%02d %02d:%02d", w.year, w.month, w.day, w.hour, w.minute);
}

bool ctl_reason(struct ctl *c, const struct episode *ep, const char **reason, struct err *e)
{
    struct stop stop;
    *reason = ep->reason;
    if (ep->state != EPISODE_HELD || ep->next_at != INSTANT_NONE)
        return true;
    if (!stop_get(c->store, arena_print(&c->arena, MASS_CHANGE "%s", ep->rule), &c->arena, &stop, e))
        return false;
    if (stop.what)
        *reason = arena_print(&c->arena, MASS_CHANGE "of its rule: %s; until \"followupctl release mass-change %s\"",
                              stop.why, ep->rule);
    return true;
}

struct bench ctl_bench(const struct ctl *c, const struct paces *paces)
{
    return (struct bench){ .options = c->options,
                           .hours = company_hours(c->company),
                           .off = company_holidays(c->company),
                           .paces = paces,
                           .today = zone_date(company_zone(c->company), c->now) };
}

bool ctl_become_owner(const char *what, const char *path, struct err *e)
{
    struct stat s;
    if (stat(path, &s) != 0 || s.st_uid == geteuid())
        return true;
    struct passwd *p = getpwuid(s.st_uid);
    const char *name = p ? p->pw_name : "its owner";
    if (geteuid() != 0)
        return err_set(e, "the %s %s belongs to %s: run this as sudo -u %s followupctl ...", what, path, name, name);
    if (setgroups(0, NULL) != 0 || setgid(s.st_gid) != 0 || setuid(s.st_uid) != 0)
        return err_set(e, "cannot become %s: %s", name, strerror(errno));
    return true;
}

static bool open_store(struct ctl *c, struct err *e)
{
    if (access(c->options->store, F_OK) != 0 && errno == ENOENT)
        return true; /* the daemon makes it */
    struct place place = place_find(c->options, "store");
    return ctl_become_owner("store", c->options->store, e) &&
           (store_open(&c->store, c->options->store, STORE_COMMAND, e) || err_wrap(e, "%s:%d", place.file, place.line));
}

static int usage(FILE *out)
{
    fputs("usage: followupctl [-c FILE] [--at TIME] [--format table|csv|json] VERB ...\n\n", out);
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        fprintf(out, "  %-10s %s\n", verbs[i]->name, verbs[i]->what);
    fputs("\n-c FILE is /etc/followupd/followupd.conf unless given. --at judges any past or future day, when it is "
          "over:\n"
          "--at 2026-11-22; or a moment in company time: --at \"2026-11-22 10:00\".\n"
          "\"followupctl VERB --help\" says what a verb takes.\n",
          out);
    return out == stdout ? CTL_OK : CTL_USAGE;
}

static const struct verb *verb_named(const char *name)
{
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (strcmp(verbs[i]->name, name) == 0)
            return verbs[i];
    return NULL;
}

/* A calendar is for the verb that says so. */
static bool read_format(struct ctl *c, const struct verb *v, const char *text)
{
    static const char *const names[] = {
        [FORMAT_TABLE] = "table", [FORMAT_CSV] = "csv", [FORMAT_JSON] = "json", [FORMAT_ICS] = "ics"
    };
    bool calendar = strstr(v->arguments, "|ics") != NULL;
    for (int i = 0; i < (calendar ? 4 : 3); i++)
        if (strcmp(names[i], text) == 0) {
            c->format = (enum format)i;
            return true;
        }
    return ctl_fail(false, "--format \"%s\" is not known; write table, csv or json%s", text,
                    calendar ? ", or ics for a calendar" : "");
}

static int run_verb(struct ctl *c, const struct verb *v, const char *at, int argc, char **argv)
{
    struct err e;
    if (!v->bare && !ctl_configure(c))
        return CTL_CONFIGURATION;
    if (at && c->company && !ctl_time(c, at, &c->now))
        return ctl_fail(CTL_USAGE,
                        "--at \"%s\" is no time; write 2026-11-22, \"2026-11-22 10:00\" or 2026-11-22T09:00:00Z", at);
    if (v->store && !open_store(c, &e))
        return ctl_fail(CTL_CRITICAL, "%s", e.text);
    return v->run(c, argc, argv);
}

/* Options that the verb does not have, or that lack their value: what it has stands in its table; "[--flag]" needs none. */
static bool options_fit(struct arena *a, const struct verb *v, int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        size_t size = strcspn(argv[i], "=");
        char name[64], wanted[66], flag[66];
        if (strncmp(argv[i], "--", 2) != 0)
            continue;
        snprintf(name, sizeof name, "%.*s", (int)size, argv[i]);
        snprintf(wanted, sizeof wanted, "%s ", name);
        snprintf(flag, sizeof flag, "[%s]", name);
        if (strstr(v->arguments, flag) && !argv[i][size])
            continue;
        bool known = strstr(v->arguments, wanted) != NULL;
        bool global = strcmp(name, "--at") == 0 || strcmp(name, "--format") == 0;
        if (!known && !global)
            return ctl_fail(false, "%s has no option \"%s\"; followupctl %s --help says what it takes", v->name, name,
                            v->name);
        if (!argv[i][size] && i + 1 == argc)
            return ctl_fail(false, "%s needs something behind it; followupctl %s--help says what", name,
                            global ? "" : arena_print(a, "%s ", v->name));
        i += !argv[i][size];
    }
    return true;
}

int ctl_run(int argc, char **argv)
{
    struct ctl c = { .program = argv[0], .now = courier_now() };
    setlocale(LC_CTYPE, "");
    argc--, argv++;
    c.file = ctl_option(&argc, argv, "-c");
    const char *at = ctl_option(&argc, argv, "--at"), *format = ctl_option(&argc, argv, "--format");
    c.file = c.file ? c.file : "/etc/followupd/followupd.conf";
    c.at_given = at != NULL;
    if (argc >= 1 && (strcmp(argv[argc - 1], "-c") == 0))
        return ctl_fail(CTL_USAGE, "-c needs the name of a file behind it");
    if (argc < 1 || strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "-h") == 0 || strcmp(argv[0], "help") == 0)
        return usage(argc < 1 ? stderr : stdout);
    if (strcmp(argv[0], "-V") == 0 || strcmp(argv[0], "--version") == 0) {
        puts("followupctl " VERSION);
        return CTL_OK;
    }
    const struct verb *v = verb_named(argv[0]);
    if (!v)
        return ctl_fail(CTL_USAGE, "there is no %s \"%s\"; followupctl --help lists them",
                        argv[0][0] == '-' ? "option" : "verb", argv[0]);
    if (format && !read_format(&c, v, format))
        return CTL_USAGE;
    if (argc > 1 && strcmp(argv[1], "--help") == 0) {
        printf("followupctl %s %s\n%s\n", v->name, v->arguments, v->what);
        return CTL_OK;
    }
    int code = options_fit(&c.arena, v, argc - 1, argv + 1) ? run_verb(&c, v, at, argc - 1, argv + 1) : CTL_USAGE;
    store_close(c.store);
    source_free(c.source);
    company_close(c.company);
    settings_free(c.options);
    arena_done(&c.arena);
    return fflush(stdout) == 0 ? code : CTL_CRITICAL;
}
