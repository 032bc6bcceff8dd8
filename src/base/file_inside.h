/* What file.c, write.c and writer.c share. */
#ifndef IM_BASE_FILE_INSIDE_H
#define IM_BASE_FILE_INSIDE_H

#include "base/file.h"
#include <limits.h>

#ifndef PATH_MAX
#define PATH_MAX 4096
#endif

/* A regular file to read; -1 on failure. */
enum incmap_status im_file_open(const char *path, struct im_map_options options,
                                int *fd, uint64_t *size, struct incmap_error *err);

/* The folder of a path, "." when it names none; false when that is too long. */
bool im_folder_of(const char *path, char *dir, size_t cap);
/* A new file ".incmap-PID-NUMBER.tmp" in the folder of `path`, open for writing and
 * reading, locked until it is closed; -1 with errno. To be renamed before that. */
int im_temporary_open(char *temporary, size_t cap, const char *path);
/* 0 or an errno; file systems that cannot flush are fine. */
int im_fd_flush(int fd);
/* The new name of a file survives a crash too; where folders cannot be flushed, fine.
 */
void im_folder_flush(const char *path);
enum incmap_status im_cannot_write(const char *path, int code,
                                   struct incmap_error *err);

#endif
