/* The one door for failures. */
#ifndef IM_BASE_ERROR_H
#define IM_BASE_ERROR_H

#include "base/attr.h"
#include "incmap.h"
#include <stddef.h>

/* Where in a user's file something is. file may be NULL; line, col 1-based, 0 =
 * unknown; record 0-based, -1 = none. */
struct im_where {
    const char *file;
    unsigned line, col;
    long record;
};

#define IM_NOWHERE ((struct im_where){NULL, 0, 0, -1})
#define IM_FILE(f) ((struct im_where){(f), 0, 0, -1})
#define IM_AT(f, l, c) ((struct im_where){(f), (unsigned)(l), (unsigned)(c), -1})

/* Fill *err (may be NULL) and return `status`; never overwrites an earlier message.
 * fmt as im_buf_fmt; control bytes in it are escaped; cut at the field's size on a code
 * point boundary. */
enum incmap_status im_fail(struct incmap_error *err, enum incmap_status status,
                           struct im_where where, const char *fmt, ...) IM_PRINTF(4, 5);

/* Start afresh. err may be NULL. */
void im_error_clear(struct incmap_error *err);

#endif
