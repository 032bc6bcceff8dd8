#define _DEFAULT_SOURCE // madvise
#include "base/file.h"
#include "base/buf.h"
#include "base/file_inside.h"
#include "base/limits.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    READ_CHUNK = 1 << 16,
    SMALL = 1 << 14 /* bytes of a file that is sooner read than mapped and unmapped */
};

/* What an errno says, in every locale the same. */
static const char *system_text(int code) {
    static const struct {
        int code;
        const char *text;
    } texts[] = {
        {ENOENT, "no such file or folder"},
        {EACCES, "permission denied"},
        {EPERM, "not permitted"},
        {EISDIR, "is a folder"},
        {ENOTDIR, "a part of the path is not a folder"},
        {ENOSPC, "no space left"},
        {EDQUOT, "quota exceeded"},
        {EROFS, "read-only file system"},
        {ENAMETOOLONG, "name too long"},
        {ELOOP, "too many symbolic links"},
        {EMFILE, "too many open files"},
        {ENFILE, "too many open files"},
        {EFBIG, "file too large"},
        {ENOMEM, "out of memory"},
        {EIO, "input/output error"},
        {EINVAL, "not supported by the file system"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (texts[i].code == code) {
            return texts[i].text;
        }
    }
    return "system error";
}

static const char *type_text(mode_t mode) {
    return S_ISDIR(mode)    ? "a folder"
           : S_ISFIFO(mode) ? "a pipe"
           : S_ISCHR(mode)  ? "a device"
           : S_ISBLK(mode)  ? "a device"
           : S_ISLNK(mode)  ? "a symbolic link"
                            : "not a regular file";
}

bool im_file_exists(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

bool im_file_size(const char *path, uint64_t *out) {
    struct stat st;
    bool regular = stat(path, &st) == 0 && S_ISREG(st.st_mode);
    *out = regular ? (uint64_t)st.st_size : 0;
    return regular;
}

bool im_file_is_newer(const char *path, const char *than) {
    struct stat a, b;
    if (stat(path, &a) != 0 || stat(than, &b) != 0) {
        return false;
    }
    return a.st_mtim.tv_sec != b.st_mtim.tv_sec ? a.st_mtim.tv_sec > b.st_mtim.tv_sec
                                                : a.st_mtim.tv_nsec > b.st_mtim.tv_nsec;
}

bool im_file_mark(const char *path, struct im_file_mark *out) {
    struct stat st;
    *out = (struct im_file_mark){0};
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode)) {
        return false;
    }
    out->device = (uint64_t)st.st_dev;
    out->inode = (uint64_t)st.st_ino;
    out->size = (uint64_t)st.st_size;
    out->modified_ns =
        (int64_t)st.st_mtim.tv_sec * 1000000000 + (int64_t)st.st_mtim.tv_nsec;
    return true;
}

struct mapping {
    void *data; /* NULL = nothing mapped */
    size_t n;
};

static void unmap(void *handle) {
    struct mapping *m = handle;
    if (m->data != NULL) {
        munmap(m->data, m->n);
    }
}

/* Registered before there is anything to lose: memory may fail here. */
static struct mapping *new_mapping(struct im_arena *arena) {
    struct mapping *m = im_alloc(arena, 1, sizeof *m);
    im_arena_defer(arena, unmap, m);
    return m;
}

static enum incmap_status map_large(struct mapping *m, int fd, size_t n,
                                    const char *path, struct incmap_error *err) {
    void *data = mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0);
    if (data == MAP_FAILED) {
        return im_fail(err, INCMAP_E_LIMIT, IM_FILE(path), "cannot map '%s'", path);
    }
    *m = (struct mapping){data, n};
    return INCMAP_OK;
}

/* As much as there is of *n bytes: a file may be cut short while it is read. 0 or an
 * errno. */
static int read_small(int fd, char *to, size_t *n) {
    size_t most = *n;
    *n = 0;
    for (ssize_t got = 1; *n < most && got != 0;) {
        got = read(fd, to + *n, most - *n);
        if (got < 0 && errno != EINTR) {
            return errno;
        }
        *n += got > 0 ? (size_t)got : 0;
    }
    return 0;
}

void im_file_forget(struct im_bytes mapped) {
    if (mapped.n > SMALL) {
        (void)madvise((void *)mapped.data, mapped.n, MADV_DONTNEED); // a wish
    }
}

enum incmap_status im_file_map(struct im_arena *arena, const char *path,
                               enum incmap_status family, struct im_bytes *out,
                               struct incmap_error *err) {
    struct im_map_options options = {family, IM_MAX_INPUT};
    return im_file_map_as(arena, path, options, out, err);
}

enum incmap_status im_file_open(const char *path, struct im_map_options options,
                                int *fd, uint64_t *size, struct incmap_error *err) {
    struct stat st;
    *fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (*fd < 0) {
        int code = errno;
        return im_fail(err, options.family, IM_FILE(path), "cannot open '%s': %s", path,
                       system_text(code));
    }
    enum incmap_status status = INCMAP_OK;
    if (fstat(*fd, &st) != 0) {
        status =
            im_fail(err, options.family, IM_FILE(path), "cannot examine '%s'", path);
    } else if (!S_ISREG(st.st_mode)) {
        status = im_fail(err, options.family, IM_FILE(path), "'%s' is %s, not a file",
                         path, type_text(st.st_mode));
    } else if ((uintmax_t)st.st_size > options.ceiling) {
        status = im_fail(err, INCMAP_E_LIMIT, IM_FILE(path),
                         "'%s' is larger than %zu MiB", path, options.ceiling >> 20);
    }
    if (status != INCMAP_OK) {
        close(*fd);
        *fd = -1;
    }
    *size = status == INCMAP_OK ? (uint64_t)st.st_size : 0;
    return status;
}

enum incmap_status im_file_map_as(struct im_arena *arena, const char *path,
                                  struct im_map_options options, struct im_bytes *out,
                                  struct incmap_error *err) {
    struct mapping *m = new_mapping(arena);
    uint64_t size;
    int fd;
    *out = (struct im_bytes){NULL, 0};
    enum incmap_status status = im_file_open(path, options, &fd, &size, err);
    if (status != INCMAP_OK) {
        return status;
    }
    size_t n = (size_t)size;
    if (n > SMALL) {
        status = map_large(m, fd, n, path, err);
        close(fd);
        *out = (struct im_bytes){m->data, m->n};
        return status;
    }
    char small[SMALL]; // into the arena when the file is closed: memory may fail there
    int code = read_small(fd, small, &n);
    close(fd);
    if (code != 0) {
        return im_fail(err, options.family, IM_FILE(path), "cannot read '%s': %s", path,
                       system_text(code));
    }
    if (n > 0) {
        char *copy = im_alloc_raw(arena, n, 1);
        *out = (struct im_bytes){memcpy(copy, small, n), n};
    }
    return INCMAP_OK;
}

enum incmap_status im_fd_read(struct im_arena *arena, int fd, const char *name,
                              struct im_bytes *out, struct incmap_error *err) {
    struct im_buf buf;
    char chunk[READ_CHUNK];
    im_buf_init(&buf, arena, IM_MAX_INPUT);
    *out = (struct im_bytes){NULL, 0};
    for (;;) {
        ssize_t got = read(fd, chunk, sizeof chunk);
        if (got == 0) {
            break;
        }
        if (got > 0 && (size_t)got > IM_MAX_INPUT - buf.len) {
            return im_fail(err, INCMAP_E_LIMIT, IM_FILE(name),
                           "%s is larger than %zu MiB", name, IM_MAX_INPUT >> 20);
        }
        if (got > 0) {
            im_buf_add(&buf, chunk, (size_t)got);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            struct pollfd wait = {fd, POLLIN, 0};
            (void)poll(&wait, 1, -1);
        } else if (errno != EINTR) {
            int code = errno;
            return im_fail(err, INCMAP_E_INPUT, IM_FILE(name), "cannot read %s: %s",
                           name, system_text(code));
        }
    }
    if (buf.len > 0) {
        *out = (struct im_bytes){buf.data, buf.len};
    }
    return INCMAP_OK;
}

enum incmap_status im_cannot_write(const char *path, int code,
                                   struct incmap_error *err) {
    return im_fail(err, INCMAP_E_OUTPUT, IM_FILE(path), "cannot write '%s': %s", path,
                   system_text(code));
}

bool im_folder_of(const char *path, char *dir, size_t cap) {
    const char *slash = strrchr(path, '/');
    size_t n = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    if (n + 1 >= cap) {
        return false;
    }
    memcpy(dir, n == 0 ? "." : path, n == 0 ? 1 : n);
    dir[n == 0 ? 1 : n] = '\0';
    return true;
}

bool im_file_same(const char *a, const char *b) {
    struct stat x, y;
    if (stat(a, &x) == 0 && stat(b, &y) == 0) {
        return x.st_dev == y.st_dev && x.st_ino == y.st_ino;
    }
    char one[PATH_MAX], two[PATH_MAX];
    return im_folder_of(a, one, sizeof one) && im_folder_of(b, two, sizeof two) &&
           strcmp(im_path_name(a), im_path_name(b)) == 0 && stat(one, &x) == 0 &&
           stat(two, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

enum incmap_status im_file_check_target(const char *path, struct incmap_error *err) {
    struct stat st;
    char dir[PATH_MAX];
    if (lstat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
        return im_fail(err, INCMAP_E_OUTPUT, IM_FILE(path),
                       "'%s' is %s, not a file that can be replaced", path,
                       type_text(st.st_mode));
    }
    if (!im_folder_of(path, dir, sizeof dir)) {
        return im_cannot_write(path, ENAMETOOLONG, err);
    }
    return access(dir, W_OK | X_OK) == 0 ? INCMAP_OK
                                         : im_cannot_write(path, errno, err);
}
