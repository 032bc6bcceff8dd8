/* Files and paths, and the digest that manifests give of them. */
#include "base/digest.h"
#include "base/file.h"
#include "base/limits.h"
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static struct im_arena *arena;
static char folder[] = "/tmp/incmap-test-XXXXXX";

static int setup(void **state) {
    (void)state;
    arena = im_arena_new((size_t)64 << 20);
    return arena == NULL || mkdtemp(folder) == NULL;
}

static int teardown(void **state) {
    (void)state;
    im_arena_free(arena);
    return rmdir(folder); // fails when a temporary file was left behind
}

static char *in_folder(const char *name) {
    return im_path_join(arena, folder, name);
}

static void expect_content(const char *path, const char *want) {
    struct im_bytes bytes;
    assert_int_equal(im_file_map(arena, path, INCMAP_E_INPUT, &bytes, NULL), INCMAP_OK);
    assert_int_equal(bytes.n, strlen(want));
    if (bytes.n == 0) {
        assert_null(bytes.data);
    } else {
        assert_memory_equal(bytes.data, want, bytes.n);
    }
}

static void files_are_written_whole(void **state) {
    (void)state;
    const char *path = in_folder("a.svg");
    assert_false(im_file_exists(path));
    assert_int_equal(im_file_write(path, "one", 3, NULL), INCMAP_OK);
    expect_content(path, "one");
    assert_int_equal(im_file_write(path, "", 0, NULL), INCMAP_OK);
    expect_content(path, "");
    assert_true(im_file_exists(path));
    unlink(path);
}

/* Small ones are read, others mapped: both give the same bytes. */
static void files_of_every_size_are_read(void **state) {
    (void)state;
    static const size_t sizes[] = {1, 4096, 16383, 16384, 16385, 70000};
    const char *path = in_folder("sizes");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *text = im_alloc(arena, sizes[i] + 1, 1);
        for (size_t k = 0; k < sizes[i]; k++) {
            text[k] = (char)('a' + (k * k / 7 + i) % 26);
        }
        assert_int_equal(im_file_write(path, text, sizes[i], NULL), INCMAP_OK);
        expect_content(path, text);
        struct im_bytes bytes;
        assert_int_equal(im_file_map(arena, path, INCMAP_E_INPUT, &bytes, NULL),
                         INCMAP_OK);
        im_file_forget(bytes);
        assert_memory_equal(bytes.data, text, sizes[i]);
    }
    unlink(path);
}

static void small_files_stay_as_they_were_read(void **state) {
    (void)state;
    const char *path = in_folder("cut");
    struct im_bytes bytes;
    assert_int_equal(im_file_write(path, "a,b\n1,2\n", 8, NULL), INCMAP_OK);
    assert_int_equal(im_file_map(arena, path, INCMAP_E_INPUT, &bytes, NULL), INCMAP_OK);
    assert_int_equal(truncate(path, 0), 0);
    assert_int_equal(bytes.n, 8);
    assert_memory_equal(bytes.data, "a,b\n1,2\n", 8); // no SIGBUS
    unlink(path);
}

static void expect_write_refused(const char *path, const char *part) {
    struct incmap_error err;
    im_error_clear(&err);
    assert_int_equal(im_file_write(path, "x", 1, &err), INCMAP_E_OUTPUT);
    if (strstr(err.message, part) == NULL) {
        fail_msg("%s", err.message);
    }
    assert_string_equal(err.source, path);
}

static void only_files_are_replaced(void **state) {
    (void)state;
    const char *target = in_folder("target"), *link = in_folder("link");
    const char *pipe = in_folder("pipe");
    assert_int_equal(im_file_write(target, "kept", 4, NULL), INCMAP_OK);
    assert_int_equal(symlink(target, link), 0);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    expect_write_refused(link, "is a symbolic link");
    expect_write_refused(pipe, "is a pipe");
    expect_write_refused(folder, "is a folder");
    expect_write_refused("/dev/null", "is a device");
    expect_write_refused(in_folder("no/where.png"), "no such file or folder");
    expect_content(target, "kept");
    unlink(target);
    unlink(link);
    unlink(pipe);
}

static void expect_map_refused(const char *path, const char *part) {
    struct incmap_error err;
    struct im_bytes bytes;
    im_error_clear(&err);
    assert_int_equal(im_file_map(arena, path, INCMAP_E_GEODATA, &bytes, &err),
                     INCMAP_E_GEODATA);
    assert_null(bytes.data);
    if (strstr(err.message, part) == NULL) {
        fail_msg("%s", err.message);
    }
}

static void only_files_are_read(void **state) {
    (void)state;
    const char *pipe = in_folder("pipe");
    assert_int_equal(mkfifo(pipe, 0600), 0);
    expect_map_refused(pipe, "is a pipe");
    expect_map_refused(folder, "is a folder");
    expect_map_refused("/dev/zero", "is a device");
    expect_map_refused(in_folder("none"), "no such file or folder");
    unlink(pipe);
}

static void streams_are_read_to_the_end(void **state) {
    (void)state;
    int fd[2];
    assert_int_equal(pipe(fd), 0);
    assert_int_equal(write(fd[1], "some text", 9), 9);
    close(fd[1]);
    struct im_bytes bytes;
    assert_int_equal(im_fd_read(arena, fd[0], "a stream", &bytes, NULL), INCMAP_OK);
    assert_int_equal(bytes.n, 9);
    assert_memory_equal(bytes.data, "some text", 9);
    close(fd[0]);
    struct incmap_error err;
    im_error_clear(&err);
    assert_int_equal(im_fd_read(arena, fd[0], "a stream", &bytes, &err),
                     INCMAP_E_INPUT);
}

static void paths(void **state) {
    (void)state;
    assert_string_equal(im_path_beside(arena, "maps/a.yaml", "t.csv"), "maps/t.csv");
    assert_string_equal(im_path_beside(arena, "a.yaml", "t.csv"), "t.csv");
    assert_string_equal(im_path_beside(arena, NULL, "t.csv"), "t.csv");
    assert_string_equal(im_path_beside(arena, "maps/a.yaml", "/t.csv"), "/t.csv");
    assert_string_equal(im_path_beside(arena, "/a.yaml", "t.csv"), "/t.csv");
    assert_string_equal(im_path_join(arena, "a/", "b"), "a/b");
    assert_string_equal(im_path_join(arena, "", "b"), "b");
    assert_string_equal(im_path_ext(arena, "x.y/b.shp", ".dbf"), "x.y/b.dbf");
    assert_string_equal(im_path_ext(arena, "x.y/b", "dbf"), "x.y/b.dbf");
    assert_string_equal(im_path_ext(arena, ".hidden", ".dbf"), ".hidden.dbf");
    assert_string_equal(im_path_ext(arena, "b.shp", ""), "b");
}

static void digests(void **state) {
    (void)state;
    static const struct {
        const char *text;
        const char *want;
    } known[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    char hex[65];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        im_sha256(known[i].text, strlen(known[i].text), hex);
        assert_string_equal(hex, known[i].want);
    }
    char *million = im_alloc(arena, 1000000, 1);
    memset(million, 'a', 1000000);
    im_sha256(million, 1000000, hex);
    assert_string_equal(
        hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_written_whole),
        cmocka_unit_test(files_of_every_size_are_read),
        cmocka_unit_test(small_files_stay_as_they_were_read),
        cmocka_unit_test(only_files_are_replaced),
        cmocka_unit_test(only_files_are_read),
        cmocka_unit_test(streams_are_read_to_the_end),
        cmocka_unit_test(paths),
        cmocka_unit_test(digests),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
