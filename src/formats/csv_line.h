/* Line ends and separators of tables; private to formats. */
#ifndef IM_FORMATS_CSV_LINE_H
#define IM_FORMATS_CSV_LINE_H

#include "base/buf.h"
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Length of the line end at p: CRLF, LF or CR; 0 = none. */
static inline size_t im_line_end(const char *p, const char *end) {
    if (p == end || (*p != '\r' && *p != '\n')) {
        return 0;
    }
    return *p == '\r' && end - p > 1 && p[1] == '\n' ? 2 : 1;
}

/* Length of the blank that [s, s + n) starts or, when `back`, ends with; 0 = none. */
static inline size_t im_outer_blank(const char *s, size_t n, bool back) {
    const char *one = back ? s + n - 1 : s;
    if (n > 0 && (*one == ' ' || *one == '\t' || *one == '\n')) {
        return 1;
    }
    const char *two = back ? s + n - 2 : s;
    return n > 1 && memcmp(two, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

/* Take blanks off both ends of [*from, *from + *n). */
static inline void im_trim(const char **from, size_t *n) {
    size_t used;
    while ((used = im_outer_blank(*from, *n, false)) > 0) {
        *from += used;
        *n -= used;
    }
    while ((used = im_outer_blank(*from, *n, true)) > 0) {
        *n -= used;
    }
}

/* Add s[n] and a NUL to texts; s can be read up to `end`. Short ones, as most, are
 * copied with what follows them. */
static inline void im_keep_text(struct im_buf *texts, const char *s, size_t n,
                                const char *end) {
    enum { SHORT = 16 };
    if (n < SHORT && texts->cap - texts->len > SHORT && end - s >= SHORT) {
        memcpy(texts->data + texts->len, s, SHORT);
        texts->data[texts->len + n] = '\0';
        texts->len += n;
    } else {
        im_buf_add(texts, s, n);
    }
    texts->len++; // with the NUL
}

/* The separator that the first line has most of, outside quotes: tab, semicolon or
 * comma. */
char im_csv_separator(const char *p, const char *end);

#endif
