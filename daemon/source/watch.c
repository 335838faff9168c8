#include "source/watch.h"

#include "base/buf.h"
#include "base/mem.h"

#include <errno.h>
#include <limits.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    IN_FOLDER = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR,
    IN_FILE = IN_MODIFY | IN_DELETE_SELF | IN_MOVE_SELF,
};

/* What stat() knew of a file. */
struct trace {
    dev_t device;
    ino_t inode;
    off_t size;
    struct timespec modified;
};

struct watch {
    char *path, *wal; /* links followed where they lead somewhere */
    char *folder;
    const char *name;               /* the last part of `path` */
    int fd;                         /* of inotify, or -1 */
    int on_folder, on_file, on_wal; /* watch descriptors, or -1 */
    bool folder_is_above;           /* the folder is missing: its nearest ancestor is watched until it appears */
    struct trace file_seen, wal_seen;
    char *how;
};

static struct trace trace_of(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return (struct trace){ 0 };
    return (struct trace){ .device = st.st_dev, .inode = st.st_ino, .size = st.st_size, .modified = st.st_mtim };
}

static bool same(const struct trace *a, const struct trace *b)
{
    return a->device == b->device && a->inode == b->inode && a->size == b->size &&
           a->modified.tv_sec == b->modified.tv_sec && a->modified.tv_nsec == b->modified.tv_nsec;
}

/* Did stat() change since the last look? */
static bool moved_on(struct watch *w)
{
    struct trace file = trace_of(w->path), wal = trace_of(w->wal);
    bool changed = !same(&file, &w->file_seen) || !same(&wal, &w->wal_seen);
    w->file_seen = file;
    w->wal_seen = wal;
    return changed;
}

static char *join(const char *a, const char *b)
{
    struct buf text = { 0 };
    buf_add(&text, a);
    buf_add(&text, b);
    return buf_take(&text);
}

/* The folder of `path` without its last part; "." where it names none. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return mem_copy(".");
    char *folder = mem_copy(path);
    folder[slash == path ? 1 : slash - path] = '\0';
    return folder;
}

static void name_files(struct watch *w, const char *database)
{
    char *real = realpath(database, NULL);
    w->path = mem_copy(real ? real : database);
    free(real);
    w->wal = join(w->path, "-wal");
    w->folder = folder_of(w->path);
    const char *slash = strrchr(w->path, '/');
    w->name = slash ? slash + 1 : w->path;
}

static void watch_file(struct watch *w, const char *path, int *descriptor)
{
    *descriptor = inotify_add_watch(w->fd, path, IN_FILE);
}

/* The folder, or while it is missing the nearest one above it. False with errno where neither can be watched. */
static bool watch_folder(struct watch *w)
{
    char *folder = mem_copy(w->folder);
    int why;
    w->folder_is_above = false;
    while ((w->on_folder = inotify_add_watch(w->fd, folder, IN_FOLDER)) < 0) {
        why = errno;
        bool top = strcmp(folder, "/") == 0 || strcmp(folder, ".") == 0;
        char *above = folder_of(folder);
        free(folder);
        folder = above;
        w->folder_is_above = true;
        if ((why != ENOENT && why != ENOTDIR) || top) {
            free(folder);
            errno = why;
            return false;
        }
    }
    free(folder);
    return true;
}

static void say(struct watch *w, const char *text, const char *detail, const char *why)
{
    struct buf how = { 0 };
    buf_print(&how, "%s%s%s%s", text, detail, why ? ": " : "", why ? why : "");
    free(w->how);
    w->how = buf_take(&how);
}

/* (Re)place all watches: cheap, and right whatever happened. inotify keeps one watch per inode. */
static void place(struct watch *w)
{
    int old_folder = w->on_folder, old_file = w->on_file, old_wal = w->on_wal;
    bool folder = watch_folder(w);
    int why = errno;
    watch_file(w, w->path, &w->on_file);
    watch_file(w, w->wal, &w->on_wal);
    int olds[] = { old_folder, old_file, old_wal };
    for (int i = 0; i < 3; i++)
        if (olds[i] >= 0 && olds[i] != w->on_folder && olds[i] != w->on_file && olds[i] != w->on_wal)
            inotify_rm_watch(w->fd, olds[i]);
    if (folder)
        say(w, "inotify on ", w->folder, w->folder_is_above ? "not there yet" : NULL);
    else if (w->on_file >= 0)
        say(w, "inotify on the file, and stat() now and then for its folder ", w->folder, strerror(why));
    else
        say(w, "stat() now and then", "", strerror(why));
}

struct watch *watch_new(const char *database)
{
    struct watch *w = mem_new(sizeof *w);
    w->on_folder = w->on_file = w->on_wal = -1;
    name_files(w, database);
    w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (w->fd < 0) {
        say(w, "stat() now and then", "", strerror(errno));
    } else {
        place(w);
        if (w->on_folder < 0 && w->on_file < 0) {
            close(w->fd);
            w->fd = -1;
        }
    }
    moved_on(w);
    return w;
}

void watch_free(struct watch *w)
{
    if (!w)
        return;
    if (w->fd >= 0)
        close(w->fd);
    free(w->path);
    free(w->wal);
    free(w->folder);
    free(w->how);
    free(w);
}

int watch_fd(const struct watch *w)
{
    return w->fd;
}

const char *watch_how(const struct watch *w)
{
    return w->how;
}

/* The database, its -wal or its -journal; a journal only appears when a change begins, and goes when it is done. */
static bool ours(const struct watch *w, const struct inotify_event *event)
{
    size_t n = strlen(w->name);
    if (!event->len || strncmp(event->name, w->name, n) != 0)
        return false;
    const char *suffix = event->name + n;
    if (strcmp(suffix, "-journal") == 0)
        return !(event->mask & IN_CREATE);
    return !*suffix || strcmp(suffix, "-wal") == 0;
}

/* Does it concern the database? `*again`: watches must be placed anew. */
static bool concerns(const struct watch *w, const struct inotify_event *event, bool *again)
{
    if (event->mask & IN_Q_OVERFLOW)
        return *again = true;
    if (event->mask & (IN_IGNORED | IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT)) {
        bool known = event->wd == w->on_folder || event->wd == w->on_file || event->wd == w->on_wal;
        *again |= known;
        return known;
    }
    if (event->wd == w->on_folder && !(event->mask & IN_MODIFY)) {
        bool name = ours(w, event);
        *again |= name || w->folder_is_above;
        return name;
    }
    return event->wd == w->on_file || event->wd == w->on_wal;
}

static bool take_events(struct watch *w, bool *again)
{
    alignas(struct inotify_event) char room[4096 + NAME_MAX];
    bool changed = false;
    for (ssize_t size; (size = read(w->fd, room, sizeof room)) > 0 || (size < 0 && errno == EINTR);) {
        const struct inotify_event *event;
        for (ssize_t i = 0; i < size; i += (ssize_t)(sizeof *event + event->len)) {
            event = (const struct inotify_event *)(room + i);
            changed |= concerns(w, event, again);
        }
    }
    return changed;
}

bool watch_changed(struct watch *w)
{
    bool again = false, changed = false;
    if (w->fd >= 0) {
        changed = take_events(w, &again);
        if (again)
            place(w);
        if (again && w->folder_is_above)
            place(w); /* the folder may have come between looking and watching above it */
    }
    return moved_on(w) || changed;
}
