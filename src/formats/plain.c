#include "formats/plain.h"
#include "base/utf8.h"
#include <stdint.h>
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

/* What the first bytes of a file say that it is, and is no text; NULL when none does.
 */
static const char *known_binary(struct im_bytes bytes) {
    static const struct {
        const char *start, *what;
    } kinds[] = {
        {"\x89PNG\r\n", "a PNG picture, not a text"},
        {"\xFF\xD8\xFF", "a JPEG picture, not a text"},
        {"%PDF-", "a PDF file, not a text"},
        {"PK\x03\x04", "an Excel workbook or another archive (export it as CSV)"},
        {"\xD0\xCF\x11\xE0", "an Excel workbook (export it as CSV)"},
        {"SQLite format 3", "a database, not a text (export it as CSV)"},
        {"\x1F\x8B", "compressed by gzip (unpack it)"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t n = strlen(kinds[i].start);
        if (bytes.n >= n && memcmp(bytes.data, kinds[i].start, n) == 0) {
            return kinds[i].what;
        }
    }
    return NULL;
}

/* Are the eight bytes at s ASCII without NUL? */
static bool is_ascii(const char *s) {
    const uint64_t high = 0x8080808080808080u, ones = 0x0101010101010101u;
    uint64_t v;
    memcpy(&v, s, sizeof v);
    return ((v | (v - ones)) & high) == 0; // below 1, a byte borrows
}

enum incmap_status im_plain_check(const char *name, struct im_bytes bytes,
                                  struct incmap_error *err) {
    const char *s = bytes.data, *binary = known_binary(bytes);
    if (binary != NULL) {
        return im_fail(err, INCMAP_E_INPUT, IM_FILE(name), "this is %s", binary);
    }
    if (bytes.n >= 2 &&
        (memcmp(s, "\xFF\xFE", 2) == 0 || memcmp(s, "\xFE\xFF", 2) == 0)) {
        return im_fail(err, INCMAP_E_INPUT, IM_AT(name, 1, 1),
                       "the text is UTF-16 (save it as UTF-8)");
    }
    for (size_t i = 0; i < bytes.n;) {
        size_t used = 1;
        if (bytes.n - i >= 8 && is_ascii(s + i)) {
            i += 8;
            continue;
        }
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
