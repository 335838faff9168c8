#include "post/session.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_all(int file, const char *bytes, size_t size)
{
    while (size) {
        ssize_t n = write(file, bytes, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        bytes += n;
        size -= (size_t)n;
    }
    return fsync(file) == 0;
}

/* Whatever lies there under the temporary name, a link or a pipe even, is not written through. */
static bool write_beside(const char *path, const char *bytes, size_t size)
{
    if (unlink(path) != 0 && errno != ENOENT)
        return false;
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640);
    if (file < 0)
        return false;
    bool good = write_all(file, bytes, size);
    int why = errno;
    if (close(file) != 0 && good) {
        good = false;
        why = errno;
    }
    errno = why;
    return good;
}

/* The folder itself is made, the way to it is not: a misspelt path must not grow a tree. */
static bool make_folder(const char *path)
{
    char copy[4096];
    snprintf(copy, sizeof copy, "%s", path);
    return mkdir(dirname(copy), 0750) == 0 || errno == EEXIST;
}

static bool sync_folder(char *path)
{
    int folder = open(dirname(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return false;
    bool good = fsync(folder) == 0;
    int why = errno;
    close(folder);
    errno = why;
    return good;
}

void file_write(const struct transfer *t, struct reply *r)
{
    char beside[4096];
    r->stage = STAGE_FILE;
    if ((size_t)snprintf(beside, sizeof beside, "%s.tmp", t->path) >= sizeof beside) {
        reply_fail(r, ENAMETOOLONG, "%s: %s", t->path, strerror(ENAMETOOLONG));
        return;
    }
    bool good = make_folder(beside) && write_beside(beside, t->bytes, t->size) && rename(beside, t->path) == 0;
    if (good && sync_folder(beside)) {
        r->stage = STAGE_DONE;
        return;
    }
    int why = errno;
    if (!good)
        unlink(beside);
    bool nowhere = why == ENOENT || why == ENOTDIR, forbidden = why == EACCES || why == EPERM;
    reply_fail(r, why, "%s: %s%s", t->path, strerror(why),
               nowhere         ? "; make the folder above it"
               : forbidden     ? "; let the folder belong to the user that followupd runs as"
               : why == ENOSPC ? "; make room on its disk"
                               : "");
}
