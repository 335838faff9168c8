#include "base/secret.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *credentials(void)
{
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    return folder && folder[0] == '/' ? folder : NULL;
}

static bool below_credentials(const char *path)
{
    const char *folder = credentials();
    size_t size = folder ? strlen(folder) : 0;
    return folder && strncmp(path, folder, size) == 0 && path[size] == '/' && !strstr(path + size, "/..");
}

static bool locate(const char *name, char *path, size_t room, struct err *e)
{
    if (!name || !name[0])
        return err_set(e, "no file is named");
    bool bare = !strchr(name, '/');
    if (bare && !credentials())
        return err_set(
            e,
            "a name without a folder is looked for below $CREDENTIALS_DIRECTORY, which is not set: write the "
            "whole path, or LoadCredential=%s:/path in the unit",
            name);
    int size = bare ? snprintf(path, room, "%s/%s", credentials(), name) : snprintf(path, room, "%s", name);
    return (size_t)size < room || err_set(e, "the path is too long");
}

static bool private_enough(const struct stat *about, const char *path, struct err *e)
{
    if (!S_ISREG(about->st_mode))
        return err_set(e, "not a plain file");
    if (about->st_size > SECRET_MOST)
        return err_set(e, "larger than %d bytes: is this the right file?", SECRET_MOST);
    bool roots_own = about->st_uid == 0 && (about->st_mode & 037) == 0;
    if ((about->st_mode & 077) == 0 || roots_own || below_credentials(path))
        return true;
    return err_set(e,
                   "others may read or change it (mode %04o): make it root:followupd with mode 0640, or followupd's "
                   "own with mode 0600",
                   (unsigned)about->st_mode & 07777);
}

/* `text` has room for SECRET_MOST + 1 bytes and a NUL. */
static bool read_all(int file, char *text, struct err *e)
{
    size_t size = 0;
    ssize_t got;
    while (size <= SECRET_MOST && (got = read(file, text + size, SECRET_MOST + 1 - size)) != 0) {
        if (got < 0 && errno != EINTR)
            return err_set(e, "%s", strerror(errno));
        size += got > 0 ? (size_t)got : 0;
    }
    if (size > SECRET_MOST)
        return err_set(e, "larger than %d bytes: is this the right file?", SECRET_MOST);
    if (memchr(text, '\0', size))
        return err_set(e, "it holds a NUL byte: is this the right file?");
    if (size && text[size - 1] == '\n') {
        text[--size] = '\0';
        if (size && text[size - 1] == '\r')
            text[--size] = '\0';
    }
    return size > 0 || err_set(e, "it is empty: write the secret into it");
}

bool secret_read(char **out, const char *name, struct err *e)
{
    char path[4096];
    if (!locate(name, path, sizeof path, e))
        return err_wrap(e, "secret %s", name ? name : "");
    /* Not blocking: where somebody put a pipe, we must not wait for a writer. */
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (file < 0)
        return err_set(e, "secret %s: %s%s", path, strerror(errno),
                       errno == ENOENT   ? "; make it, with the secret alone in it, mode 0600"
                       : errno == EACCES ? "; let it belong to the user that followupd runs as, mode 0600"
                                         : "");
    char *text = mem_new(SECRET_MOST + 2);
    struct stat about;
    bool good = fstat(file, &about) == 0 ? private_enough(&about, path, e) : err_set(e, "%s", strerror(errno));
    good = good && read_all(file, text, e);
    close(file);
    if (good)
        *out = mem_copy(text);
    explicit_bzero(text, SECRET_MOST + 2);
    free(text);
    return good || err_wrap(e, "secret %s", path);
}

bool secret_changed(const char *name, instant since)
{
    char path[4096];
    struct err e;
    struct stat about;
    return locate(name, path, sizeof path, &e) && stat(path, &about) == 0 &&
           about.st_ctim.tv_sec * SECOND + about.st_ctim.tv_nsec / 1000000 > since;
}

void secret_wipe(char *secret)
{
    if (secret)
        explicit_bzero(secret, strlen(secret));
    free(secret);
}
