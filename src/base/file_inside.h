/* What reading and writing of files share; private to base. */
#ifndef IM_BASE_FILE_INSIDE_H
#define IM_BASE_FILE_INSIDE_H

#include "base/file.h"

/* "cannot write": status OUTPUT with what the errno says. */
enum incmap_status im_file_refused(const char *path, int code,
                                   struct incmap_error *err);
/* The folder of a path, "." when it names none; false when that is too long. */
bool im_folder_of(const char *path, char *dir, size_t cap);

#endif
