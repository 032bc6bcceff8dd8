#include "base/utf8.h"

static bool is_tail(const char *s, size_t n, size_t i) {
    return i < n && ((unsigned char)s[i] & 0xC0) == 0x80;
}

uint32_t im_utf8_next(const char *s, size_t n, size_t *used) {
    unsigned char lead = (unsigned char)s[0];
    *used = 1;
    if (lead < 0x80) {
        return lead;
    }
    size_t len = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (lead < 0xC2 || lead > 0xF4) {
        return 0xFFFD;
    }
    uint32_t cp = lead & (0xFFU >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if (!is_tail(s, n, i)) {
            return 0xFFFD;
        }
        cp = cp << 6 | ((unsigned char)s[i] & 0x3F);
    }
    if (cp < least[len] || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) {
        return 0xFFFD;
    }
    *used = len;
    return cp;
}

size_t im_utf8_put(char *buf, uint32_t cp) {
    if (cp < 0x80) {
        buf[0] = (char)cp;
        return 1;
    }
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) {
        cp = 0xFFFD;
    }
    size_t len = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--) {
        buf[i] = (char)(0x80 | (cp & 0x3F));
        cp >>= 6;
    }
    static const unsigned lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    buf[0] = (char)(lead[len] | cp);
    return len;
}

bool im_utf8_valid(const char *s, size_t n) {
    for (size_t i = 0; i < n;) {
        size_t used;
        if (im_utf8_next(s + i, n - i, &used) == 0xFFFD && used == 1) {
            return false;
        }
        i += used;
    }
    return true;
}

size_t im_utf8_length(const char *s, size_t n) {
    size_t count = 0;
    for (size_t i = 0; i < n; count++) {
        size_t used;
        im_utf8_next(s + i, n - i, &used);
        i += used;
    }
    return count;
}

bool im_utf8_is_control(uint32_t cp) {
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x00, 0x1F},     {0x7F, 0x9F},       {0x61C, 0x61C},   {0x200B, 0x200B},
        {0x200E, 0x200F}, {0x2028, 0x202E},   {0x2060, 0x2069}, {0xFEFF, 0xFEFF},
        {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (cp >= ranges[i].first && cp <= ranges[i].last) {
            return true;
        }
    }
    return false;
}
