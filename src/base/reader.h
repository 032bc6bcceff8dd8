/* A large file read piece by piece. */
#ifndef IM_BASE_READER_H
#define IM_BASE_READER_H

#include "base/file.h"

struct im_reader;

/* A regular file, closed with the arena. Errors: `family`. */
INCMAP_MUST_CHECK enum incmap_status im_reader_open(struct im_arena *arena,
                                                    const char *path,
                                                    enum incmap_status family,
                                                    struct im_reader **out,
                                                    struct incmap_error *err);
uint64_t im_reader_size(const struct im_reader *r);
/* Bytes from `at` on, n unless the file ends before. Errors: the family. */
INCMAP_MUST_CHECK enum incmap_status im_reader_get(struct im_reader *r, uint64_t at,
                                                   void *data, size_t n, size_t *got,
                                                   struct incmap_error *err);

#endif
