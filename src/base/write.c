#ifdef __linux__
#define _GNU_SOURCE // syncfs
#endif
/*
 * Files written whole or not at all: into a temporary file in the same folder, which is
 * flushed and renamed. What killed writers leave behind is swept up later.
 */
#include "base/buf.h"
#include "base/file_inside.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h> // rename
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_TRIES = 100 };
static const char HEAD[] = ".incmap-", TAIL[] = ".tmp";

/* ".incmap-PID-NUMBER.tmp" in the folder of `path`; false when that is too long. */
static bool temporary_name(char *out, size_t cap, const char *path, int number) {
    const char *slash = strrchr(path, '/');
    size_t dir = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    char name[64];
    char *at = name + sizeof name;
    at -= sizeof TAIL;
    memcpy(at, TAIL, sizeof TAIL);
    long parts[] = {number, (long)getpid()};
    for (size_t i = 0; i < 2; i++) {
        long v = parts[i];
        do {
            *--at = (char)('0' + v % 10);
            v /= 10;
        } while (v != 0);
        *--at = '-';
    }
    const size_t head = sizeof HEAD - 2; // the last hyphen is there already
    at -= head;
    memcpy(at, HEAD, head);
    size_t n = (size_t)(name + sizeof name - at);
    if (dir > cap || n > cap - dir) {
        return false;
    }
    memcpy(out, path, dir);
    memcpy(out + dir, at, n);
    return true;
}

/*
 * A lock tells a temporary file in the making from one that its writer left behind,
 * also between machines that share the folder. The sweeper holds it while it removes a
 * file, so a file that has lost its name in between is not ours to write.
 */
static bool lock(int fd, bool wait) {
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int got;
    do {
        got = fcntl(fd, wait ? F_SETLKW : F_SETLK, &whole);
    } while (got != 0 && errno == EINTR);
    return got == 0;
}

static bool is_named(int fd) {
    struct stat st;
    return fstat(fd, &st) == 0 && st.st_nlink > 0;
}

int im_temporary_open(char *temporary, size_t cap, const char *path) {
    for (int i = 0; i < MAX_TRIES; i++) {
        if (!temporary_name(temporary, cap, path, i)) {
            errno = ENAMETOOLONG;
            return -1;
        }
        int fd =
            open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (fd >= 0) {
            (void)lock(fd, true); // some file systems have none
            if (is_named(fd)) {
                return fd;
            }
            close(fd);
        } else if (errno != EEXIST) {
            return -1;
        }
    }
    return -1;
}

int im_fd_write(int fd, const char *data, size_t n) {
    for (size_t done = 0; done < n;) {
        ssize_t put = write(fd, data + done, n - done);
        if (put < 0 && errno != EINTR) {
            return errno;
        }
        if (put == 0) {
            return ENOSPC;
        }
        done += put > 0 ? (size_t)put : 0;
    }
    return 0;
}

int im_fd_flush(int fd) {
    return fsync(fd) == 0 || errno == EINVAL ? 0 : errno;
}

void im_folder_flush(const char *path) {
    char dir[PATH_MAX];
    if (!im_folder_of(path, dir, sizeof dir)) {
        return;
    }
    int fd = open(dir, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
}

static enum incmap_status put_file(const char *path, struct im_bytes data, bool flush,
                                   struct incmap_error *err) {
    enum incmap_status status = im_file_check_target(path, err);
    if (status != INCMAP_OK) {
        return status;
    }
    char temporary[PATH_MAX];
    int fd = im_temporary_open(temporary, sizeof temporary, path);
    if (fd < 0) {
        return im_cannot_write(path, errno, err);
    }
    int code = im_fd_write(fd, data.data, data.n);
    code = code == 0 && flush ? im_fd_flush(fd) : code;
    // renamed while it is locked: a sweeper must not take it for left behind
    if (code == 0 && rename(temporary, path) != 0) {
        code = errno;
    }
    if (code != 0) {
        unlink(temporary);
    }
    if (close(fd) != 0 && code == 0) {
        code = errno;
    }
    if (code != 0) {
        return im_cannot_write(path, code, err);
    }
    return INCMAP_OK;
}

enum incmap_status im_file_write(const char *path, const void *data, size_t n,
                                 struct incmap_error *err) {
    return put_file(path, (struct im_bytes){data, n}, true, err);
}

enum incmap_status im_file_write_soon(const char *path, const void *data, size_t n,
                                      struct incmap_error *err) {
    return put_file(path, (struct im_bytes){data, n}, false, err);
}

void im_disk_flush(const char *dir) {
    int fd = open(dir, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
#ifdef __linux__
        (void)syncfs(fd);
#else
        sync();
#endif
        close(fd);
    }
}

static bool is_temporary(const char *name) {
    size_t n = strlen(name), head = sizeof HEAD - 1, tail = sizeof TAIL - 1;
    if (n <= head + tail || memcmp(name, HEAD, head) != 0 ||
        memcmp(name + n - tail, TAIL, tail) != 0) {
        return false;
    }
    for (size_t i = head; i < n - tail; i++) {
        if ((name[i] < '0' || name[i] > '9') && name[i] != '-') {
            return false;
        }
    }
    return true;
}

/* Remove the file unless someone writes it. */
static bool sweep_one(const char *path) {
    int fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
    bool gone = false;
    if (fd >= 0) {
        gone = lock(fd, false) && unlink(path) == 0;
        close(fd);
    }
    return gone;
}

size_t im_file_sweep(const char *dir) {
    DIR *folder = opendir(dir);
    size_t swept = 0;
    struct dirent *entry;
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        char path[PATH_MAX];
        size_t d = strlen(dir), n = strlen(entry->d_name);
        if (is_temporary(entry->d_name) && d + n + 2 <= sizeof path) {
            memcpy(path, dir, d);
            path[d] = '/';
            memcpy(path + d + 1, entry->d_name, n + 1);
            swept += sweep_one(path);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    return swept;
}

enum incmap_status im_folder_make(const char *dir, bool own, struct incmap_error *err) {
    char path[PATH_MAX];
    size_t n = strlen(dir);
    struct stat st;
    if (n + 1 > sizeof path) {
        return im_cannot_write(dir, ENAMETOOLONG, err);
    }
    for (size_t i = 1; i <= n; i++) {
        if (dir[i] != '/' && dir[i] != '\0') {
            continue;
        }
        memcpy(path, dir, i);
        path[i] = '\0';
        if (mkdir(path, own ? 0700 : 0777) != 0 && errno != EEXIST &&
            stat(path, &st) != 0) {
            return im_cannot_write(dir, errno, err);
        }
    }
    return stat(dir, &st) == 0 && S_ISDIR(st.st_mode)
               ? INCMAP_OK
               : im_cannot_write(dir, ENOTDIR, err);
}
