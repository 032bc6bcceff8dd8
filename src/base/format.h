/* The formatter behind im_buf_fmt, im_fail and im_finding; private to base. */
#ifndef IM_BASE_FORMAT_H
#define IM_BASE_FORMAT_H

#include "base/attr.h"
#include <stdarg.h>
#include <stddef.h>

/* Where formatted text goes, piece by piece. */
struct im_sink {
    void (*put)(struct im_sink *sink, const char *bytes, size_t n);
};

/*
 * The printf subset, in every locale the same: %s %c %d %i %u %x %X with l, ll, z and
 * j, flags 0 and -, width, %.Ns; %.Nf has exactly N decimals (6 when not given), %g at
 * most 6 with trailing zeros removed, %.Ng at most N; decimals are cut to 9. A NULL
 * string is written as nothing. Anything else in a format is a programming error.
 */
void im_format_to(struct im_sink *sink, const char *fmt, va_list ap) IM_PRINTF(2, 0);

/*
 * Text of at most `cap` - 1 bytes and NUL into `out`: control characters escaped as
 * \xNN or \u{N}, malformed bytes as \xNN, cut on a code point boundary.
 */
void im_text_show(char *out, size_t cap, const char *s, size_t n);

/* im_format_to, then im_text_show, without memory of anyone else's. */
void im_format_show(char *out, size_t cap, const char *fmt, va_list ap) IM_PRINTF(3, 0);

#endif
