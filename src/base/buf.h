/* Growing byte string in an arena, always NUL-terminated, with a ceiling at birth. */
#ifndef IM_BASE_BUF_H
#define IM_BASE_BUF_H

#include "base/arena.h"
#include "base/attr.h"
#include <stdarg.h>

struct im_buf {
    struct im_arena *arena;
    char *data; /* never NULL after im_buf_init */
    size_t len, cap, ceiling;
};

/* Passing the ceiling counts as exhausted memory. */
void im_buf_init(struct im_buf *buf, struct im_arena *arena, size_t ceiling);
/* Room for n more bytes, which the caller fills at once. */
char *im_buf_room(struct im_buf *buf, size_t n);
void im_buf_add(struct im_buf *buf, const void *bytes, size_t n);
void im_buf_str(struct im_buf *buf, const char *s);
void im_buf_char(struct im_buf *buf, char c);
/*
 * printf subset, the same in every locale: %s %.*s %c %% %d %u %x (with l, ll, z, j,
 * width, 0 and -); %.Nf has exactly N decimals (at most 9), %g at most 6 and %.Ng at
 * most N with trailing zeros removed. A NULL string is written as nothing.
 */
void im_buf_fmt(struct im_buf *buf, const char *fmt, ...) IM_PRINTF(2, 3);
void im_buf_vfmt(struct im_buf *buf, const char *fmt, va_list ap) IM_PRINTF(2, 0);
void im_buf_clear(struct im_buf *buf);

/* One formatted string in the arena. */
char *im_format(struct im_arena *arena, const char *fmt, ...) IM_PRINTF(2, 3);

#endif
