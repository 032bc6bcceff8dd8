/* UTF-8 and display-safe text. */
#ifndef IM_BASE_UTF8_H
#define IM_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decode the code point at s[0..n); sets *used (>= 1). Malformed input gives U+FFFD and
 * uses one byte. n > 0. */
uint32_t im_utf8_next(const char *s, size_t n, size_t *used);
/* Encode cp into buf (4 bytes); returns the length. */
size_t im_utf8_put(char *buf, uint32_t cp);
bool im_utf8_valid(const char *s, size_t n);
/* Number of code points. */
size_t im_utf8_length(const char *s, size_t n);
/* Bytes that show as nothing or move the cursor: C0, C1, DEL, bidi controls, U+FEFF. */
bool im_utf8_is_control(uint32_t cp);

#endif
