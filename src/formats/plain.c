#include "formats/plain.h"
#include "base/utf8.h"
#include <string.h>

static struct im_where place_of(const char *name, struct im_bytes bytes, size_t at) {
    unsigned line = 1;
    size_t start = at >= 3 && memcmp(bytes.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    for (size_t i = 0; i < at; i++) {
        if (bytes.data[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    return IM_AT(name, line, at - start + 1);
}

enum incmap_status im_plain_check(const char *name, struct im_bytes bytes,
                                  struct incmap_error *err) {
    const char *s = bytes.data;
    if (bytes.n >= 2 &&
        (memcmp(s, "\xFF\xFE", 2) == 0 || memcmp(s, "\xFE\xFF", 2) == 0)) {
        return im_fail(err, INCMAP_E_INPUT, IM_AT(name, 1, 1),
                       "the text is UTF-16 (save it as UTF-8)");
    }
    for (size_t i = 0; i < bytes.n;) {
        size_t used = 1;
        if (s[i] == '\0') {
            return im_fail(err, INCMAP_E_INPUT, place_of(name, bytes, i),
                           "a NUL byte: this is not a text file");
        }
        if ((unsigned char)s[i] >= 0x80 &&
            im_utf8_next(s + i, bytes.n - i, &used) == 0xFFFD && used == 1) {
            return im_fail(err, INCMAP_E_INPUT, place_of(name, bytes, i),
                           "byte 0x%02x is not UTF-8 (save the file as UTF-8)",
                           (unsigned)(unsigned char)s[i]);
        }
        i += used;
    }
    return INCMAP_OK;
}
