#include "base/reader.h"
#include "base/file_inside.h"
#include <errno.h>
#include <unistd.h>

struct im_reader {
    const char *path;
    enum incmap_status family;
    uint64_t size;
    int fd;
};

static void close_reader(void *handle) {
    struct im_reader *r = handle;
    if (r->fd >= 0) {
        close(r->fd);
    }
}

enum incmap_status im_reader_open(struct im_arena *arena, const char *path,
                                  enum incmap_status family, struct im_reader **out,
                                  struct incmap_error *err) {
    struct im_map_options options = {family, SIZE_MAX};
    struct im_reader *r = im_alloc(arena, 1, sizeof *r);
    r->path = im_strdup(arena, path);
    r->family = family;
    r->fd = -1;
    *out = r;
    im_arena_defer(arena, close_reader, r);
    return im_file_open(path, options, &r->fd, &r->size, err);
}

uint64_t im_reader_size(const struct im_reader *r) {
    return r->size;
}

enum incmap_status im_reader_get(struct im_reader *r, uint64_t at, void *data, size_t n,
                                 size_t *got, struct incmap_error *err) {
    char *to = data;
    for (*got = 0; *got < n;) {
        ssize_t more = pread(r->fd, to + *got, n - *got, (off_t)(at + *got));
        if (more < 0 && errno == EINTR) {
            continue;
        }
        if (more < 0) {
            return im_fail(err, r->family, IM_FILE(r->path), "cannot read '%s'",
                           r->path);
        }
        if (more == 0) {
            break;
        }
        *got += (size_t)more;
    }
    return INCMAP_OK;
}
