/* Bytes that claim to be a text. */
#ifndef IM_FORMATS_PLAIN_H
#define IM_FORMATS_PLAIN_H

#include "base/file.h"

/* Must be UTF-8 without NUL bytes; a byte order mark is fine and counts for no column.
 * Errors: INPUT with line and column (bytes) and what to do. */
INCMAP_MUST_CHECK enum incmap_status im_plain_check(const char *name,
                                                    struct im_bytes bytes,
                                                    struct incmap_error *err);

#endif
