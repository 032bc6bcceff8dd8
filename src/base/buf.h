/* Growing byte string in an arena, always NUL-terminated, with a ceiling at birth. */
#ifndef IM_BASE_BUF_H
#define IM_BASE_BUF_H

#include "base/arena.h"
#include <stdarg.h>

struct im_buf {
    struct im_arena *arena;
    char *data; /* never NULL after im_buf_init */
    size_t len, cap, ceiling;
};

/* Passing the ceiling counts as exhausted memory. */
void im_buf_init(struct im_buf *buf, struct im_arena *arena, size_t ceiling);
void im_buf_add(struct im_buf *buf, const void *bytes, size_t n);
void im_buf_str(struct im_buf *buf, const char *s);
void im_buf_char(struct im_buf *buf, char c);
/* printf subset, locale-free: %s %d %u %ld %lu %zu %c %% %x and %.Nf/%g through base/num */
void im_buf_fmt(struct im_buf *buf, const char *fmt, ...);
void im_buf_vfmt(struct im_buf *buf, const char *fmt, va_list ap);
void im_buf_clear(struct im_buf *buf);

/* One formatted string in the arena. */
char *im_format(struct im_arena *arena, const char *fmt, ...);

#endif
