/* A large file written piece by piece, which appears whole or not at all. */
#ifndef IM_BASE_WRITER_H
#define IM_BASE_WRITER_H

#include "base/arena.h"
#include "base/error.h"
#include <stdbool.h>
#include <stdint.h>

struct im_writer;

/* Begin to write `path` as a temporary beside it; what is not committed is removed with
 * the arena. Errors: OUTPUT. */
INCMAP_MUST_CHECK enum incmap_status im_writer_open(struct im_arena *arena,
                                                    const char *path,
                                                    struct im_writer **out,
                                                    struct incmap_error *err);
/* Append, or write again at an earlier place. Errors: OUTPUT. */
INCMAP_MUST_CHECK enum incmap_status im_writer_add(struct im_writer *w,
                                                   const void *data, size_t n,
                                                   struct incmap_error *err);
INCMAP_MUST_CHECK enum incmap_status im_writer_patch(struct im_writer *w, uint64_t at,
                                                     const void *data, size_t n,
                                                     struct incmap_error *err);
/* Flush and give the file its name. Errors: OUTPUT. */
INCMAP_MUST_CHECK enum incmap_status im_writer_commit(struct im_writer *w,
                                                      struct incmap_error *err);

/* A file without a name beside `path`, for what memory should not hold; closed with the
 * arena. Errors: OUTPUT. */
INCMAP_MUST_CHECK enum incmap_status im_scratch_open(struct im_arena *arena,
                                                     const char *path, int *fd,
                                                     struct incmap_error *err);
/* Make a folder and those above it, for its owner alone; false when it cannot be. */
bool im_folder_make(const char *path);
/* What tells a file from others and from itself before it was changed: device, number,
 * size, times. false when it is no regular file. */
bool im_file_identity(const char *path, uint64_t out[7]);
/* Read exactly n bytes at `at`; false when it cannot. */
bool im_fd_read_at(int fd, uint64_t at, void *data, size_t n);

#endif
