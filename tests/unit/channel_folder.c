#include "harness/harness.h"

#include "channel/channel.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *path_for(const char *message_id, int64_t number)
{
    static char path[1024];
    struct channel_options o = { .name = "folder", .path = "/srv/out" };
    struct message m = { .id = number, .address = "a@b.example", .message_id = message_id, .bytes = "x", .size = 1 };
    struct arena a = { 0 };
    struct transfer t;
    struct err e;
    CHECK_OK(channel_folder.build(&o, &m, &(struct supplies){ 0 }, &a, &t, &e), &e);
    CHECK_INT(t.kind, TRANSFER_FILE);
    snprintf(path, sizeof path, "%s", t.path);
    arena_done(&a);
    return path;
}

TEST(a_message_becomes_a_file_named_after_its_id)
{
    CHECK_TEXT(path_for("n12.3f9c@nordlys.example", 12), "/srv/out/n12.3f9c@nordlys.example.eml");
}

TEST(no_name_leaves_the_folder)
{
    CHECK_TEXT(path_for("../../etc/passwd", 7), "/srv/out/_._.._etc_passwd-7.eml");
    CHECK_TEXT(path_for("/etc/passwd", 7), "/srv/out/_etc_passwd-7.eml");
    CHECK_TEXT(path_for("..", 7), "/srv/out/_.-7.eml");
    CHECK_TEXT(path_for("", 7), "/srv/out/-7.eml");
    CHECK_TEXT(path_for("a\nb\x01\xff", 7), "/srv/out/a_b__-7.eml");
    char huge[3000];
    memset(huge, 'a', sizeof huge - 1);
    huge[sizeof huge - 1] = '\0';
    CHECK(strlen(path_for(huge, 7)) < 240);
}

TEST(two_ids_never_share_a_file)
{
    char first[1024];
    snprintf(first, sizeof first, "%s", path_for("a/b", 1));
    CHECK(strcmp(first, path_for("a:b", 2)) != 0);
}

TEST(the_folder_must_be_named)
{
    struct channel_options o = { .place = { "f.conf", 3 }, .name = "folder" };
    struct complaints c = { 0 };
    channel_folder.check(&o, &c);
    CHECK_INT(c.n, 1);
    CHECK_CONTAINS(c.rows[0].text, "path");
    complaints_done(&c);
    o.path = "/srv/out";
    channel_folder.check(&o, &c);
    CHECK_INT(c.n, 0);
}

TEST(a_file_that_cannot_be_written_is_the_channels_trouble_and_waits)
{
    struct channel_options o = { .name = "folder" };
    struct reply f = { .stage = STAGE_FILE, .transport = ENOSPC, .text = "/srv/out/x.eml: No space left on device" };
    struct receipt r = { .wait = 5, .at_once = true };
    channel_folder.judge(&o, &f, &r);
    CHECK(r.verdict == VERDICT_LATER && r.blame == BLAME_CHANNEL && !r.wait && !r.at_once);
    CHECK_TEXT(r.why, f.text);
    f = (struct reply){ .stage = STAGE_DONE };
    channel_folder.judge(&o, &f, &r);
    CHECK_INT(r.verdict, VERDICT_SENT);
    CHECK_TEXT(r.why, "");
}

TEST(channels_are_found_by_name)
{
    size_t n;
    const struct channel_kind *const *all = channel_kinds(&n);
    CHECK_INT(n, 16);
    for (size_t i = 0; i < n; i++) {
        CHECK(channel_kind_find(all[i]->name) == all[i]);
        CHECK(all[i]->check && all[i]->address_ok && all[i]->build && all[i]->judge);
    }
    CHECK(!channel_kind_find("Email") && !channel_kind_find("") && !channel_kind_find(NULL));
}

static struct reply write_file(const char *path, const char *text)
{
    struct session *s = session_new();
    struct transfer t = { .kind = TRANSFER_FILE, .path = path, .bytes = text, .size = strlen(text) };
    struct reply r;
    session_run(s, &t, &r);
    session_free(s);
    return r;
}

static const char *content(const char *path)
{
    static char text[64];
    FILE *f = fopen(path, "r");
    if (!f)
        return NULL;
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    return text;
}

TEST(a_file_is_there_whole_or_not_at_all)
{
    char path[256], beside[300];
    snprintf(path, sizeof path, "%s/x.eml", test_folder());
    snprintf(beside, sizeof beside, "%s.tmp", path);
    CHECK_INT(write_file(path, "first").stage, STAGE_DONE);
    CHECK_TEXT(content(path), "first");
    CHECK_INT(write_file(path, "again").stage, STAGE_DONE);
    CHECK_TEXT(content(path), "again");
    CHECK(access(beside, F_OK) != 0);
    struct stat about;
    CHECK(stat(path, &about) == 0 && !(about.st_mode & 07));
}

TEST(nothing_planted_in_the_folder_is_written_through)
{
    char path[256], beside[300], victim[256];
    const char *folder = test_folder();
    snprintf(path, sizeof path, "%s/x.eml", folder);
    snprintf(beside, sizeof beside, "%s.tmp", path);
    snprintf(victim, sizeof victim, "%s/victim", folder);
    CHECK_INT(write_file(victim, "precious").stage, STAGE_DONE);
    CHECK(symlink(victim, beside) == 0 && symlink(victim, path) == 0);
    CHECK_INT(write_file(path, "mail").stage, STAGE_DONE);
    CHECK_TEXT(content(victim), "precious");
    CHECK_TEXT(content(path), "mail");
    CHECK(mkfifo(beside, 0600) == 0);
    CHECK_INT(write_file(path, "more").stage, STAGE_DONE);
    CHECK_TEXT(content(path), "more");
}

TEST(what_keeps_a_file_from_being_written_is_told)
{
    char path[300];
    struct reply r = write_file("/nonexistent/folder/x.eml", "mail");
    CHECK_INT(r.stage, STAGE_FILE);
    CHECK_INT(r.transport, ENOENT);
    CHECK_CONTAINS(r.text, "/nonexistent/folder/x.eml: No such file");
    snprintf(path, sizeof path, "%s/is-a-folder", test_folder());
    CHECK(mkdir(path, 0755) == 0);
    r = write_file(path, "mail");
    CHECK_INT(r.stage, STAGE_FILE);
    CHECK_INT(r.transport, EISDIR);
    strcat(path, ".tmp");
    CHECK(access(path, F_OK) != 0);
    CHECK_INT(write_file("/dev/full/x", "mail").transport, ENOTDIR);
}
