/* followupctl import FILE --into TABLE */
#include "ctl/ctl.h"

#include "base/courier.h"
#include "source/encoding.h"
#include "source/import.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 64 * 1024, SHOWN_AT_MOST = 20, PROGRESS_EVERY = 200 /* ms */ };

/* One run of the verb. */
struct job {
    struct ctl *c;
    const char *path, *encoding;
    int fd, signals; /* of the file; of what ends us early */
    struct stat file;
    struct decoder *decoder;
    char delimiter; /* 0: to be guessed */
    struct csv *csv;
    struct import_options options;
    struct import header;
    struct native *native; /* NULL: the header has not been read */
    bool made;             /* the database */
    struct value row[CSV_MOST_CELLS];
    struct arena cells;
    FILE *rejects; /* NULL: none asked for */
    long put[PUT_TWICE + 1], refused, line;
    bool terminal;
    duration told; /* when progress was last shown */
    int64_t read;
};

/* ---- what is said on the way ---- */

static void clear_progress(const struct job *j)
{
    if (j->terminal && j->told)
        fputs("\r\033[K", stderr);
}

static void tell_progress(struct job *j)
{
    duration now = courier_monotonic();
    if (!j->terminal || now - j->told < PROGRESS_EVERY)
        return;
    j->told = now;
    fprintf(stderr, "\r\033[K%ld lines", j->line);
    if (S_ISREG(j->file.st_mode) && j->file.st_size)
        fprintf(stderr, ", %d %%", (int)(100 * j->read / j->file.st_size));
    fflush(stderr);
}

static void refuse(struct job *j, long line, const char *why)
{
    if (j->rejects)
        fprintf(j->rejects, "%s:%ld: %s\n", j->path, line, why);
    if (j->refused++ >= SHOWN_AT_MOST)
        return;
    clear_progress(j);
    fprintf(stderr, "%s:%ld: %s\n", j->path, line, why);
}

static void sum_up(const struct job *j)
{
    clear_progress(j);
    if (j->refused > SHOWN_AT_MOST)
        fprintf(stderr, "and %ld more%s\n", j->refused - SHOWN_AT_MOST,
                j->rejects ? "" : "; --rejects FILE keeps them all");
    if (j->made)
        printf("made the database %s\n", j->c->options->source.database);
    if (j->native)
        printf("%ld added, %ld changed, %ld unchanged, %ld refused\n", j->put[PUT_ADDED], j->put[PUT_CHANGED],
               j->put[PUT_SAME], j->refused);
}

/* ---- records ---- */

/* Root becomes the owner of the database, or of the folder in which it is made, so that its owner can go on with it. */
static bool become_writer(struct ctl *c, struct err *e)
{
    const char *path = c->options->source.database, *slash = strrchr(path, '/');
    if (geteuid() != 0)
        return true;
    if (access(path, F_OK) == 0)
        return ctl_become_owner("database", path, e);
    return ctl_become_owner("folder", slash ? arena_copy_bytes(&c->arena, path, (size_t)(slash - path) + 1) : ".", e);
}

static bool take_header(struct job *j, const struct csv_record *r, struct err *e)
{
    struct complaints wrong = { 0 };
    struct place place = place_find(j->c->options, "source.database");
    if (r->wrong)
        return err_set(e, "%s:%ld: %s", j->path, r->line, r->wrong);
    bool fine = import_header(&j->header, &j->options, r, &wrong);
    for (size_t i = 0; i < wrong.n; i++)
        fprintf(stderr, "%s:%ld: %s\n", j->path, r->line, wrong.rows[i].text);
    complaints_done(&wrong);
    if (!fine)
        return err_set(e,
                       "nothing was imported: the first line of %s must name the columns of %s, see "
                       "followupd.conf(5)",
                       j->path, query_kinds[j->options.into].name);
    return become_writer(j->c, e) &&
           ((native_open(&j->native, j->c->options->source.database, &j->made, e) &&
             native_columns(j->native, j->options.into, j->header.names, j->header.n_names, e)) ||
            err_wrap(e, "%s:%d", place.file, place.line));
}

static bool take_row(struct job *j, struct csv_record *r, struct err *e)
{
    struct err why;
    enum put how;
    switch (import_row(&j->header, r, &j->cells, j->row, &why)) {
    case ROW_EMPTY:
        return true;
    case ROW_WRONG:
        refuse(j, r->line, why.text);
        return true;
    case ROW_READ:
        break;
    }
    if (!native_put(j->native, j->row, &how, e))
        return false;
    j->put[how]++;
    if (how == PUT_TWICE)
        refuse(j, r->line,
               "its id came before in this file with other values; if these are lines of one order, write "
               "their sum in one line");
    return true;
}

static bool take_records(struct job *j, struct err *e)
{
    struct csv_record r;
    while (csv_next(j->csv, &r)) {
        if (!(j->native ? take_row(j, &r, e) : take_header(j, &r, e)))
            return false;
        j->line = r.line;
        arena_reset(&j->cells);
    }
    tell_progress(j);
    return true;
}

static bool take_text(struct job *j, const struct buf *text, bool last, struct err *e)
{
    if (!j->csv && !j->delimiter && !(j->delimiter = csv_guess(buf_text(text), text->size)))
        return err_set(e,
                       "%s: the delimiter cannot be told from the first line; write --delimiter "
                       "comma, semicolon or tab",
                       j->path);
    if (!j->csv)
        j->csv = csv_new(j->delimiter);
    csv_add(j->csv, buf_text(text), text->size);
    if (last)
        csv_end(j->csv);
    return take_records(j, e);
}

/* ---- the file ---- */

static bool take_nothing(struct job *j, const struct buf *text, bool last, struct err *e)
{
    (void)last, (void)e;
    for (size_t i = 0; i < text->size; i++)
        j->line += text->text[i] == '\n';
    return true;
}

/* Ctrl-C ends the reading between two pieces. */
static bool interrupted(const struct job *j)
{
    struct pollfd fds[] = { { .fd = j->fd, .events = POLLIN }, { .fd = j->signals, .events = POLLIN } };
    while (poll(fds, 2, -1) < 0 && errno == EINTR)
        ;
    return fds[1].revents != 0;
}

static bool read_piece(struct job *j, char *piece, ssize_t *n, struct err *e)
{
    if (interrupted(j))
        return err_set(e, "stopped; what was read before is kept, and the same command goes on from there");
    do
        *n = read(j->fd, piece, PIECE);
    while (*n < 0 && errno == EINTR);
    j->read += *n > 0 ? *n : 0;
    return *n >= 0 || err_set(e, "%s: %s", j->path, strerror(errno));
}

/* From the first byte to the last: `take` gets the text. */
static bool read_file(struct job *j, bool (*take)(struct job *j, const struct buf *text, bool last, struct err *e),
                      struct err *e)
{
    char piece[PIECE];
    ssize_t n = 1;
    struct buf text = { 0 };
    bool fine = decoder_open(&j->decoder, j->encoding, e);
    j->line = 1;
    j->read = 0;
    while (fine && n > 0 && (fine = read_piece(j, piece, &n, e))) {
        struct err why;
        bool is_text = decoder_add(j->decoder, piece, (size_t)n, n == 0, &text, &why);
        fine = take(j, &text, n == 0, e);
        if (fine && !is_text)
            fine = err_set(e, "%s:%ld: %s", j->path, j->line, why.text);
        buf_reset(&text);
    }
    decoder_close(j->decoder);
    j->decoder = NULL;
    buf_done(&text);
    return fine;
}

/* Is it text from end to end? To know that first, a file is read twice; what comes through a pipe cannot be. */
static bool is_text(struct job *j, struct err *e)
{
    if (!S_ISREG(j->file.st_mode))
        return true;
    return read_file(j, take_nothing, e) &&
           (lseek(j->fd, 0, SEEK_SET) == 0 || err_set(e, "%s: %s", j->path, strerror(errno)));
}

static int import_file(struct job *j)
{
    struct err e = { "" }, late = { "" };
    bool fine = is_text(j, &e) && read_file(j, take_text, &e);
    if (fine && !j->native)
        fine = err_set(&e, "%s is empty: its first line must name the columns", j->path);
    /* What was put before something went wrong stays: it is right, and comes again without harm. */
    if (j->native && !native_commit(j->native, &late) && fine)
        fine = err_set(&e, "%s", late.text);
    sum_up(j);
    if (j->rejects && fclose(j->rejects) != 0 && fine)
        fine = err_set(&e, "the file for --rejects: %s", strerror(errno));
    native_close(j->native);
    csv_free(j->csv);
    import_done(&j->header);
    arena_done(&j->cells);
    if (!fine)
        return ctl_fail(CTL_CRITICAL, "%s", e.text);
    return j->refused ? CTL_FOUND : CTL_OK;
}

/* ---- the command line ---- */

static bool open_files(struct job *j, const char *rejects, struct err *e)
{
    sigset_t set;
    j->fd = open(j->path, O_RDONLY | O_CLOEXEC);
    if (j->fd < 0 || fstat(j->fd, &j->file) != 0)
        return err_set(e, "%s: %s", j->path, strerror(errno));
    if (S_ISDIR(j->file.st_mode))
        return err_set(e, "%s is a folder; name the CSV file in it", j->path);
    if (rejects && !(j->rejects = fopen(rejects, "wxe")))
        return err_set(e, "%s: %s; --rejects needs the name of a new file", rejects, strerror(errno));
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
    j->signals = signalfd(-1, &set, SFD_CLOEXEC);
    j->terminal = isatty(STDERR_FILENO);
    return true;
}

/* A word of a short list, or what it stands for: "semicolon" or ";". */
struct choice {
    const char *word, *sign;
};

static bool choose(const char *option, const char *text, const struct choice *choices, size_t n, char *out,
                   struct err *e)
{
    struct buf all = { 0 };
    for (size_t i = 0; text && i < n; i++) {
        if (strcmp(text, choices[i].word) == 0 || strcmp(text, choices[i].sign) == 0) {
            *out = *choices[i].sign;
            text = NULL;
        }
        buf_print(&all, "%s%s", i == 0 ? "" : i + 1 < n ? ", " : " or ", choices[i].word);
    }
    if (text)
        err_set(e, "%s \"%s\" is not known; write %s", option, text, buf_text(&all));
    buf_done(&all);
    return !text;
}

static bool find_table(struct job *j, const char *name, struct err *e)
{
    for (int i = 0; name && i < QUERIES; i++)
        if (strcmp(query_kinds[i].name, name) == 0) {
            j->options.into = (enum query_id)i;
            return true;
        }
    return err_set(e,
                   "--into says what the lines are: customers, purchases, contacts, salespeople, problems or aliases");
}

/* --map "Kundenr=id", as often as needed. */
static bool take_names(struct job *j, int *argc, char **argv, struct err *e)
{
    struct import_options *o = &j->options;
    for (const char *text; (text = ctl_option(argc, argv, "--map"));) {
        const char *equals = strrchr(text, '=');
        if (!equals || equals == text || !equals[1])
            return err_set(e, "--map \"%s\": write \"NAME IN THE FILE=COLUMN\", such as \"Kundenr=id\"", text);
        o->names = arena_grow(&j->c->arena, o->names, o->n_names, sizeof *o->names);
        o->names[o->n_names++] =
            (struct import_name){ arena_copy_bytes(&j->c->arena, text, (size_t)(equals - text)), equals + 1 };
    }
    return true;
}

static bool take_options(struct job *j, int *argc, char **argv, struct err *e)
{
    static const struct choice delimiters[] = { { "comma", "," }, { "semicolon", ";" }, { "tab", "\t" } },
                               decimals[] = { { "comma", "," }, { "point", "." } },
                               unknowns[] = { { "ignore", "i" }, { "refuse", "r" } };
    char unknown = 'r';
    j->encoding = ctl_option(argc, argv, "--encoding");
    j->options.calendar.format = ctl_option(argc, argv, "--date-format");
    if (!take_names(j, argc, argv, e) ||
        !choose("--delimiter", ctl_option(argc, argv, "--delimiter"), delimiters, 3, &j->delimiter, e) ||
        !choose("--decimal", ctl_option(argc, argv, "--decimal"), decimals, 2, &j->options.decimal, e) ||
        !choose("--unknown", ctl_option(argc, argv, "--unknown"), unknowns, 2, &unknown, e))
        return false;
    j->options.ignore_unknown = unknown == 'i';
    return find_table(j, ctl_option(argc, argv, "--into"), e) &&
           (!j->options.calendar.format || format_check(j->options.calendar.format, e));
}

static int run(struct ctl *c, int argc, char **argv)
{
    struct job *j = arena_new(&c->arena, sizeof *j);
    struct err e;
    *j = (struct job){ .c = c, .fd = -1, .signals = -1 };
    const char *rejects = ctl_option(&argc, argv, "--rejects");
    if (!take_options(j, &argc, argv, &e))
        return ctl_fail(CTL_USAGE, "%s", e.text);
    if (argc != 1)
        return ctl_fail(CTL_USAGE, "write: followupctl import FILE --into TABLE; --help says what else");
    j->path = argv[0];
    struct zone_days *days = zone_days_new(company_zone(c->company));
    j->options.calendar.company = j->options.calendar.own = days;
    int code = open_files(j, rejects, &e) ? import_file(j) : ctl_fail(CTL_CRITICAL, "%s", e.text);
    zone_days_free(days);
    if (j->fd >= 0)
        close(j->fd);
    if (j->signals >= 0)
        close(j->signals);
    return code;
}

const struct verb verb_import = {
    .name = "import",
    .arguments = "FILE --into customers|purchases|contacts|salespeople|problems|aliases [--map NAME=COLUMN] "
                 "[--unknown ignore|refuse] [--delimiter comma|semicolon|tab] [--encoding NAME] "
                 "[--decimal comma|point] [--date-format FORMAT] [--rejects FILE]",
    .what =
        "Bring a CSV file into a database of followupd's own, for companies without one (@include \"native.conf\").",
    .run = run,
};
