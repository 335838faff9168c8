#include "harness/harness.h"

#include "base/courier.h"
#include "base/secret.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[128];

static const char *file_with(const char *name, const void *bytes, size_t size, mode_t mode)
{
    static char path[256];
    if (!folder[0])
        snprintf(folder, sizeof folder, "%s", test_folder());
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    CHECK(f && fwrite(bytes, 1, size, f) == size && fclose(f) == 0 && chmod(path, mode) == 0);
    return path;
}

static void check_read(const char *path, const char *expected)
{
    char *secret = NULL;
    struct err e;
    CHECK_OK(secret_read(&secret, path, &e), &e);
    char copy[200];
    snprintf(copy, sizeof copy, "%s", secret);
    secret_wipe(secret);
    CHECK_TEXT(copy, expected);
}

static void check_refused(const char *path, const char *why)
{
    char *secret = NULL;
    struct err e;
    CHECK(!secret_read(&secret, path, &e));
    CHECK(!secret);
    CHECK_CONTAINS(e.text, why);
    CHECK(!strstr(e.text, "s3cret"));
}

TEST(a_secret_is_the_file_without_its_last_newline)
{
    check_read(file_with("a", "s3cret\n", 7, 0600), "s3cret");
    check_read(file_with("a", "s3cret", 6, 0400), "s3cret");
    check_read(file_with("a", "s3cret\r\n", 8, 0600), "s3cret");
    check_read(file_with("a", " s3 cret \n\n", 11, 0600), " s3 cret \n");
    check_read(file_with("a", "s3cret\r", 7, 0600), "s3cret\r");
}

TEST(a_secret_that_others_may_touch_is_refused)
{
    static const mode_t modes[] = { 0644, 0604, 0602, 0660, 0620, 0601, 0777 };
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++)
        check_refused(file_with("b", "s3cret", 6, modes[i]), "root:followupd with mode 0640");
}

TEST(roots_own_secret_may_be_read_by_its_group)
{
    const char *path = file_with("c", "s3cret", 6, 0640);
    if (geteuid() != 0)
        test_skip("only root can own a file as root: 0640 was NOT tested");
    check_read(path, "s3cret");
    CHECK(chown(path, 65534, 65534) == 0);
    check_refused(path, "root:followupd with mode 0640");
}

TEST(what_is_no_secret_is_refused)
{
    check_refused(file_with("d", "", 0, 0600), "empty");
    check_refused(file_with("d", "\n", 1, 0600), "empty");
    check_refused(file_with("d", "s3cret\0x", 8, 0600), "NUL");
    char *big = calloc(1, SECRET_MOST + 1);
    memset(big, 'x', SECRET_MOST + 1);
    const char *path = file_with("d", big, SECRET_MOST + 1, 0600);
    free(big);
    check_refused(path, "larger");
    check_refused("/nonexistent/secret", "No such file");
    check_refused("", "no file");
    check_refused(NULL, "no file");
    check_refused("/dev/zero", "not a plain file");
    check_refused(folder, "not a plain file");
    char fifo[200];
    snprintf(fifo, sizeof fifo, "%s/fifo", folder);
    CHECK(mkfifo(fifo, 0600) == 0);
    check_refused(fifo, "not a plain file");
}

TEST(a_bare_name_is_a_credential_of_systemd)
{
    char inside[200], outside[200];
    unsetenv("CREDENTIALS_DIRECTORY");
    check_refused("mail.password", "CREDENTIALS_DIRECTORY");
    file_with("mail.password", "s3cret\n", 7, 0444); /* systemd's own mode for root's services */
    setenv("CREDENTIALS_DIRECTORY", folder, 1);
    check_read("mail.password", "s3cret");
    snprintf(inside, sizeof inside, "%s/mail.password", folder);
    check_read(inside, "s3cret");
    snprintf(outside, sizeof outside, "%s/x/../../%s/mail.password", folder, strrchr(folder, '/') + 1);
    mkdir(strcat(strcpy(inside, folder), "/x"), 0700);
    check_refused(outside, "root:followupd with mode 0640");
    unsetenv("CREDENTIALS_DIRECTORY");
}

TEST(a_secret_that_was_written_or_made_readable_since_is_noticed)
{
    const char *path = file_with("c", "s3cret", 6, 0644);
    instant now = courier_now();
    CHECK(secret_changed(path, now - MINUTE));
    CHECK(!secret_changed(path, now + MINUTE));
    usleep(20000); /* the kernel's stamp is some milliseconds coarse */
    now = courier_now();
    CHECK(!secret_changed(path, now));
    usleep(20000);
    CHECK_INT(chmod(path, 0600), 0);
    CHECK(secret_changed(path, now));
    CHECK(!secret_changed("/nonexistent/secret", INSTANT_NONE));
    CHECK(!secret_changed(NULL, INSTANT_NONE));
}
