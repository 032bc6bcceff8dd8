/* Files: read whole or mapped, written whole or not at all. */
#ifndef IM_BASE_FILE_H
#define IM_BASE_FILE_H

#include "base/arena.h"
#include "base/error.h"
#include <stdbool.h>
#include <stdint.h>

struct im_bytes {
    const char *data; /* not NUL-terminated; NULL when n == 0 */
    size_t n;
};

/*
 * Map a regular file read-only (O_NONBLOCK|O_CLOEXEC; FIFO, device, directory refused),
 * at most `ceiling` bytes; unmapped with the arena. Small ones are read into it: they
 * stay as they are then. Errors: `family` (INPUT or GEODATA), LIMIT when larger.
 */
INCMAP_MUST_CHECK enum incmap_status im_file_map(struct im_arena *arena,
                                                 const char *path,
                                                 enum incmap_status family,
                                                 struct im_bytes *out,
                                                 struct incmap_error *err);

/* The same with a ceiling of the caller's, in bytes. */
struct im_map_options {
    enum incmap_status family;
    size_t ceiling;
};
INCMAP_MUST_CHECK enum incmap_status im_file_map_as(struct im_arena *arena,
                                                    const char *path,
                                                    struct im_map_options options,
                                                    struct im_bytes *out,
                                                    struct incmap_error *err);

/* Give the memory of a mapped file's pages back, which was read once as a whole and of
 * which little is needed again: that is mapped again when asked for. Only for what
 * im_file_map or im_file_map_as gave, from its first byte on. */
void im_file_forget(struct im_bytes mapped);

/* All of standard input or another descriptor, at most IM_MAX_INPUT bytes. */
INCMAP_MUST_CHECK enum incmap_status im_fd_read(struct im_arena *arena, int fd,
                                                const char *name, struct im_bytes *out,
                                                struct incmap_error *err);

bool im_file_exists(const char *path); /* a regular file */
/* Bytes of a regular file; false when it is none. */
bool im_file_size(const char *path, uint64_t *out);
/* Was `path` changed after `than`? false when either is missing. */
bool im_file_is_newer(const char *path, const char *than);

/* What tells one state of a file from another without reading it. */
struct im_file_mark {
    uint64_t device, inode, size;
    int64_t modified_ns; /* since 1970 */
};
/* False, and a zeroed mark, when it is no regular file or cannot be examined. */
bool im_file_mark(const char *path, struct im_file_mark *out);

/* Do two paths name one file, or would they once it is written? */
bool im_file_same(const char *a, const char *b);
/* Write all bytes, also to a pipe, whatever interrupts: 0, or the errno of what went
 * wrong. */
int im_fd_write(int fd, const char *data, size_t n);

/* May `path` be written: is its folder there and writable, and nothing but a regular
 * file in its place? Errors: OUTPUT. */
INCMAP_MUST_CHECK enum incmap_status im_file_check_target(const char *path,
                                                          struct incmap_error *err);

/*
 * Write the file whole or not at all: O_EXCL temporary in the same folder, fsync,
 * rename; after a power cut the old file may stand there still. An existing target that
 * is not a regular file (symlink, device, FIFO, folder) is refused. Errors: OUTPUT.
 */
INCMAP_MUST_CHECK enum incmap_status im_file_write(const char *path, const void *data,
                                                   size_t n, struct incmap_error *err);

/* The same, but the system may store the bytes in its own time: one who writes many
 * files flushes the folder now and then. After a power cut such a file may be missing
 * or cut short, until then it is whole. */
INCMAP_MUST_CHECK enum incmap_status im_file_write_soon(const char *path,
                                                        const void *data, size_t n,
                                                        struct incmap_error *err);
/* Store all that was written to the file system of `dir`. */
void im_disk_flush(const char *dir);

/* Remove the temporary files in `dir` whose writers are gone (killed, or their machine
 * lost power); those being written stay. Returns how many. */
size_t im_file_sweep(const char *dir);

/* Make the folder and those above it, for their owner alone when `own`; one that is
 * there is fine. Errors: OUTPUT. */
INCMAP_MUST_CHECK enum incmap_status im_folder_make(const char *dir, bool own,
                                                    struct incmap_error *err);

/* Join `name` to the folder of `base` unless name is absolute. base may be NULL. */
char *im_path_beside(struct im_arena *arena, const char *base, const char *name);
/* dir + "/" + name */
char *im_path_join(struct im_arena *arena, const char *dir, const char *name);
/* Last component, part of `path` (NULL stays NULL): what a figure may tell of a file.
 */
const char *im_path_name(const char *path);
/* Does a name end so? Letters as they are. */
bool im_path_ends(const char *path, const char *ending);
/* Path with its extension (after the last dot of the last component) replaced. */
char *im_path_ext(struct im_arena *arena, const char *path, const char *ext);

#endif
