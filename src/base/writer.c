#include "base/writer.h"
#include "base/file.h"
#include "base/file_inside.h"
#include <errno.h>
#include <stdio.h> // rename
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct im_writer {
    const char *path;
    int fd;
    bool named; /* a temporary of this name is to be removed */
    char temporary[PATH_MAX];
};

static void give_up(void *handle) {
    struct im_writer *w = handle;
    if (w->fd >= 0) {
        close(w->fd);
    }
    if (w->named) {
        unlink(w->temporary);
    }
}

static struct im_writer *new_writer(struct im_arena *arena, const char *path) {
    struct im_writer *w = im_alloc(arena, 1, sizeof *w);
    w->path = im_strdup(arena, path);
    w->fd = -1;
    im_arena_defer(arena, give_up, w);
    return w;
}

static enum incmap_status begin(struct im_writer *w, struct incmap_error *err) {
    w->fd = im_temporary_open(w->temporary, sizeof w->temporary, w->path);
    if (w->fd < 0) {
        return im_cannot_write(w->path, errno, err);
    }
    w->named = true;
    return INCMAP_OK;
}

enum incmap_status im_writer_open(struct im_arena *arena, const char *path,
                                  struct im_writer **out, struct incmap_error *err) {
    struct im_writer *w = new_writer(arena, path);
    enum incmap_status status = im_file_check_target(path, err);
    *out = w;
    return status == INCMAP_OK ? begin(w, err) : status;
}

enum incmap_status im_writer_add(struct im_writer *w, const void *data, size_t n,
                                 struct incmap_error *err) {
    int code = im_fd_write(w->fd, data, n);
    return code == 0 ? INCMAP_OK : im_cannot_write(w->path, code, err);
}

enum incmap_status im_writer_patch(struct im_writer *w, uint64_t at, const void *data,
                                   size_t n, struct incmap_error *err) {
    const char *from = data;
    for (size_t done = 0; done < n;) {
        ssize_t put = pwrite(w->fd, from + done, n - done, (off_t)(at + done));
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            return im_cannot_write(w->path, put == 0 ? ENOSPC : errno, err);
        }
        done += (size_t)put;
    }
    return INCMAP_OK;
}

enum incmap_status im_writer_commit(struct im_writer *w, struct incmap_error *err) {
    int code = im_fd_flush(w->fd);
    if (code == 0 && rename(w->temporary, w->path) != 0) {
        code = errno; // while it is locked: no sweeper takes it for left behind
    }
    w->named = code != 0;
    if (close(w->fd) != 0 && code == 0) {
        code = errno;
    }
    w->fd = -1;
    if (code != 0) {
        return im_cannot_write(w->path, code, err);
    }
    im_folder_flush(w->path);
    return INCMAP_OK;
}

enum incmap_status im_scratch_open(struct im_arena *arena, const char *path, int *fd,
                                   struct incmap_error *err) {
    struct im_writer *w = new_writer(arena, path);
    enum incmap_status status = begin(w, err);
    if (status == INCMAP_OK) {
        unlink(w->temporary);
        w->named = false;
    }
    *fd = w->fd;
    return status;
}

bool im_folder_make(const char *path) {
    char part[PATH_MAX];
    size_t n = strlen(path);
    struct stat st;
    if (n == 0 || n >= sizeof part) {
        return false;
    }
    memcpy(part, path, n + 1);
    for (size_t i = 1; i < n; i++) {
        if (part[i] == '/') {
            part[i] = '\0';
            (void)mkdir(part, 0700);
            part[i] = '/';
        }
    }
    (void)mkdir(part, 0700);
    return stat(part, &st) == 0 && S_ISDIR(st.st_mode);
}

bool im_file_identity(const char *path, uint64_t out[7]) {
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode)) {
        return false;
    }
    out[0] = (uint64_t)st.st_dev;
    out[1] = (uint64_t)st.st_ino;
    out[2] = (uint64_t)st.st_size;
    out[3] = (uint64_t)st.st_mtim.tv_sec;
    out[4] = (uint64_t)st.st_mtim.tv_nsec;
    out[5] = (uint64_t)st.st_ctim.tv_sec;
    out[6] = (uint64_t)st.st_ctim.tv_nsec;
    return true;
}

bool im_fd_read_at(int fd, uint64_t at, void *data, size_t n) {
    char *to = data;
    for (size_t done = 0; done < n;) {
        ssize_t got = pread(fd, to + done, n - done, (off_t)(at + done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return false;
        }
        done += (size_t)got;
    }
    return true;
}
