/* shapelib's input and output over mapped bytes: bounded seeks, exact reads, no writes.
 */
#include "base/num.h"
#include "shapes/shapefile.h"
#include <string.h>

// FOpen has no user pointer in shapelib 1.5, so what is being opened waits here.
static _Thread_local struct im_memfile *offered[2];

void im_memory_offer(struct im_memfile *first, struct im_memfile *second) {
    offered[0] = first;
    offered[1] = second;
}

static SAFile open_hook(const char *name, const char *access) {
    (void)access;
    const char *dot = strrchr(name, '.');
    bool index = dot && strcmp(dot, ".shx") == 0;
    bool main = dot && (strcmp(dot, ".shp") == 0 || strcmp(dot, ".dbf") == 0);
    struct im_memfile *file = index ? offered[1] : main ? offered[0] : NULL;
    if (file) {
        file->pos = 0;
    }
    return (SAFile)(void *)file;
}

static SAOffset read_hook(void *to, SAOffset size, SAOffset count, SAFile handle) {
    struct im_memfile *file = (void *)handle;
    if (size == 0 || count == 0 || count > file->n / size ||
        file->pos > file->n - size * count) {
        return 0;
    }
    size_t n = size * count, at = file->pos, done = 0;
    if (at < file->head_n) {
        done = file->head_n - at < n ? file->head_n - at : n;
        memcpy(to, file->head + at, done);
    }
    if (done < n) {
        memcpy((char *)to + done, file->data + at + done, n - done);
    }
    file->pos += n;
    return count;
}

static SAOffset write_hook(void *from, SAOffset size, SAOffset count, SAFile handle) {
    (void)from;
    (void)size;
    (void)count;
    (void)handle;
    return 0;
}

static SAOffset seek_hook(SAFile handle, SAOffset offset, int whence) {
    struct im_memfile *file = (void *)handle;
    size_t base = whence == SEEK_CUR ? file->pos : whence == SEEK_END ? file->n : 0;
    if (offset > file->n - base) {
        return (SAOffset)-1;
    }
    file->pos = base + offset;
    return 0;
}

static SAOffset tell_hook(SAFile handle) {
    return ((struct im_memfile *)(void *)handle)->pos;
}

static int flush_hook(SAFile handle) {
    (void)handle;
    return 0;
}

static int remove_hook(const char *name) {
    (void)name;
    return -1;
}

// Everything that it could complain about was checked, and is reported, by us.
static void error_hook(const char *message) {
    (void)message;
}

static double number_hook(const char *text) {
    double value = 0;
    return im_num_parse(text, strlen(text), &value) ? value : 0;
}

void im_memory_hooks(SAHooks *hooks) {
    *hooks = (SAHooks){.FOpen = open_hook,
                       .FRead = read_hook,
                       .FWrite = write_hook,
                       .FSeek = seek_hook,
                       .FTell = tell_hook,
                       .FFlush = flush_hook,
                       .FClose = flush_hook,
                       .Remove = remove_hook,
                       .Error = error_hook,
                       .Atof = number_hook};
}
