#include "formats/json.h"
#include "base/num.h"
#include "base/utf8.h"
#include <math.h>
#include <string.h>

static void escape(struct im_buf *buf, uint32_t cp) {
    if (cp > 0xFFFF) {
        uint32_t rest = cp - 0x10000;
        im_buf_fmt(buf, "\\u%04x\\u%04x", 0xD800 + (unsigned)(rest >> 10),
                   0xDC00 + (unsigned)(rest & 0x3FF));
        return;
    }
    im_buf_fmt(buf, "\\u%04x", (unsigned)cp);
}

/* Does it stand for itself? Printable ASCII but " and \\. */
static bool is_plain(char c) {
    return c >= ' ' && c < 0x7F && c != '"' && c != '\\';
}

/* How many there are from the start of s. */
static size_t plain(const char *s) {
    size_t n = 0;
    while (is_plain(s[n])) {
        n++;
    }
    return n;
}

/* A string of n bytes that is not plain throughout. */
static void put_string(struct im_buf *buf, const char *s, size_t n) {
    im_buf_char(buf, '"');
    for (size_t i = 0; i < n;) {
        size_t used = plain(s + i);
        im_buf_add(buf, s + i, used);
        i += used;
        if (i == n) {
            break;
        }
        uint32_t cp = im_utf8_next(s + i, n - i, &used);
        if (cp == '"' || cp == '\\') {
            im_buf_char(buf, '\\');
            im_buf_char(buf, (char)cp);
        } else if (cp == '\n') {
            im_buf_str(buf, "\\n");
        } else if (cp == '\t') {
            im_buf_str(buf, "\\t");
        } else if (im_utf8_is_control(cp) || (cp == 0xFFFD && used == 1)) {
            escape(buf, cp);
        } else {
            im_buf_add(buf, s + i, used);
        }
        i += used;
    }
    im_buf_char(buf, '"');
}

/* A string between what stands before it and after it; none is NUL. */
static void put(struct im_buf *buf, char before, const char *s, char after) {
    size_t n = plain(s), lead = before != '\0';
    if (s[n] != '\0') {
        im_buf_add(buf, &before, lead);
        put_string(buf, s, strlen(s));
        im_buf_add(buf, &after, after != '\0');
        return;
    }
    char *to = im_buf_room(buf, lead + n + 2 + (after != '\0'));
    to[0] = before;
    to += lead;
    to[0] = to[n + 1] = '"';
    memcpy(to + 1, s, n);
    if (after != '\0') {
        to[n + 2] = after;
    }
}

void im_json_string(struct im_buf *buf, const char *s) {
    put(buf, '\0', s, '\0');
}

void im_json_key(struct im_buf *buf, bool *first, const char *key) {
    put(buf, *first ? '\0' : ',', key, ':');
    *first = false;
}

void im_json_number(struct im_buf *buf, double v, int decimals) {
    enum { MOST = 40 };
    if (!isfinite(v)) {
        im_buf_str(buf, "null");
        return;
    }
    char *to = im_buf_room(buf, MOST);
    buf->len -= MOST - im_num_write(to, v, decimals);
}
