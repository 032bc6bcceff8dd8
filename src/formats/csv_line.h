/* Line ends and separators of tables; private to formats. */
#ifndef IM_FORMATS_CSV_LINE_H
#define IM_FORMATS_CSV_LINE_H

#include <stddef.h>

/* Length of the line end at p: CRLF, LF or CR; 0 = none. */
static inline size_t im_line_end(const char *p, const char *end) {
    if (p == end || (*p != '\r' && *p != '\n')) {
        return 0;
    }
    return *p == '\r' && end - p > 1 && p[1] == '\n' ? 2 : 1;
}

/* The separator that the first line has most of, outside quotes: tab, semicolon or
 * comma. */
char im_csv_separator(const char *p, const char *end);

#endif
