#include "base/format.h"
#include "base/num.h"
#include "base/utf8.h"
#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* One conversion of a format, taken apart. */
struct spec {
    bool left, zero;
    size_t width;
    int precision; /* -1 = not given */
    char size;     /* 0, 'l', 'L' (ll), 'z', 'j' */
    char letter;
};

static void put(struct im_sink *sink, const char *s, size_t n) {
    sink->put(sink, s, n);
}

static void pad(struct im_sink *sink, char c, size_t n) {
    for (; n > 0; n--) {
        put(sink, &c, 1);
    }
}

static void put_padded(struct im_sink *sink, const struct spec *sp, const char *s,
                       size_t n) {
    size_t fill = sp->width > n ? sp->width - n : 0;
    if (sp->left) {
        put(sink, s, n);
        pad(sink, ' ', fill);
        return;
    }
    if (sp->zero && n > 0 && s[0] == '-') {
        put(sink, s, 1);
        s++;
        n--;
    }
    pad(sink, sp->zero ? '0' : ' ', fill);
    put(sink, s, n);
}

static void put_unsigned(struct im_sink *sink, const struct spec *sp, uintmax_t v,
                         bool negative) {
    char digits[32];
    size_t at = sizeof digits;
    bool hex = sp->letter == 'x' || sp->letter == 'X';
    const char *glyphs = sp->letter == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    uintmax_t base = hex ? 16 : 10;
    do {
        digits[--at] = glyphs[v % base];
        v /= base;
    } while (v != 0);
    if (negative) {
        digits[--at] = '-';
    }
    put_padded(sink, sp, digits + at, sizeof digits - at);
}

static void put_number(struct im_sink *sink, const struct spec *sp, double v) {
    char text[64];
    int decimals = sp->precision < 0 ? 6 : sp->precision > 9 ? 9 : sp->precision;
    size_t n = sp->letter == 'f' ? im_num_fixed(text, v, decimals)
                                 : im_num_write(text, v, decimals);
    put_padded(sink, sp, text, n);
}

static void put_string(struct im_sink *sink, const struct spec *sp, const char *s) {
    size_t n = 0;
    size_t most = sp->precision < 0 ? SIZE_MAX : (size_t)sp->precision;
    while (s != NULL && n < most && s[n] != '\0') {
        n++;
    }
    put_padded(sink, sp, s == NULL ? "" : s, n);
}

static const char *scan_number(const char *p, size_t *out) {
    *out = 0;
    while (*p >= '0' && *p <= '9') {
        *out = *out * 10 + (size_t)(*p++ - '0');
    }
    return p;
}

/* Flags, width, size and letter after '%'; the precision when it stands as digits. */
static const char *scan_spec(const char *p, struct spec *sp, bool *star) {
    *sp = (struct spec){.precision = -1};
    *star = false;
    for (; *p == '0' || *p == '-'; p++) {
        sp->zero = sp->zero || *p == '0';
        sp->left = sp->left || *p == '-';
    }
    p = scan_number(p, &sp->width);
    if (*p == '.' && p[1] == '*') {
        *star = true;
        p += 2;
    } else if (*p == '.') {
        size_t digits = 0;
        p = scan_number(p + 1, &digits);
        sp->precision = (int)digits;
    }
    if (*p == 'l' && p[1] == 'l') {
        sp->size = 'L';
        p += 2;
    } else if (*p == 'l' || *p == 'z' || *p == 'j') {
        sp->size = *p++;
    }
    sp->letter = *p;
    return p + 1;
}

/* The next two read one argument each; a va_list may only be walked in the function
 * that got it, so they are macros. */
#define NEXT_SIGNED(ap, size)                                                          \
    ((size) == 'l'   ? (intmax_t)va_arg(ap, long)                                      \
     : (size) == 'L' ? (intmax_t)va_arg(ap, long long)                                 \
     : (size) == 'z' ? (intmax_t)va_arg(ap, ptrdiff_t)                                 \
     : (size) == 'j' ? va_arg(ap, intmax_t)                                            \
                     : (intmax_t)va_arg(ap, int))
#define NEXT_UNSIGNED(ap, size)                                                        \
    ((size) == 'l'   ? (uintmax_t)va_arg(ap, unsigned long)                            \
     : (size) == 'L' ? (uintmax_t)va_arg(ap, unsigned long long)                       \
     : (size) == 'z' ? (uintmax_t)va_arg(ap, size_t)                                   \
     : (size) == 'j' ? va_arg(ap, uintmax_t)                                           \
                     : (uintmax_t)va_arg(ap, unsigned))

void im_format_to(struct im_sink *sink, const char *fmt, va_list ap) {
    while (*fmt != '\0') {
        const char *percent = strchr(fmt, '%');
        size_t plain = percent == NULL ? strlen(fmt) : (size_t)(percent - fmt);
        put(sink, fmt, plain);
        fmt += plain;
        if (*fmt == '\0') {
            return;
        }
        struct spec sp;
        bool star;
        fmt = scan_spec(fmt + 1, &sp, &star);
        if (star) {
            sp.precision = va_arg(ap, int);
        }
        switch (sp.letter) {
        case 's':
            put_string(sink, &sp, va_arg(ap, const char *));
            break;
        case 'd':
        case 'i': {
            intmax_t v = NEXT_SIGNED(ap, sp.size);
            put_unsigned(sink, &sp, v < 0 ? 0 - (uintmax_t)v : (uintmax_t)v, v < 0);
            break;
        }
        case 'u':
        case 'x':
        case 'X':
            put_unsigned(sink, &sp, NEXT_UNSIGNED(ap, sp.size), false);
            break;
        case 'f':
        case 'g':
            put_number(sink, &sp, va_arg(ap, double));
            break;
        case 'c': {
            char c = (char)va_arg(ap, int);
            put_padded(sink, &sp, &c, 1);
            break;
        }
        case '%':
            put(sink, "%", 1);
            break;
        default:
            assert(!"unknown conversion in a format");
            return;
        }
    }
}

/* The piece of text that shows s[0..*used); `room` of at least 16 bytes. */
static size_t show_one(char *room, const char *s, size_t n, size_t *used) {
    static const char hex[] = "0123456789abcdef";
    uint32_t cp = im_utf8_next(s, n, used);
    bool malformed = cp == 0xFFFD && *used == 1;
    if (!malformed && !im_utf8_is_control(cp)) {
        memcpy(room, s, *used);
        return *used;
    }
    size_t len = 0;
    room[len++] = '\\';
    if (malformed || cp < 0x100) {
        unsigned byte = malformed ? (unsigned char)s[0] : cp;
        room[len++] = 'x';
        room[len++] = hex[byte >> 4];
        room[len++] = hex[byte & 15];
        return len;
    }
    memcpy(room + len, "u{", 2);
    len += 2;
    for (int shift = 20; shift >= 0; shift -= 4) {
        if (cp >> shift != 0) {
            room[len++] = hex[(cp >> shift) & 15];
        }
    }
    room[len++] = '}';
    return len;
}

void im_text_show(char *out, size_t cap, const char *s, size_t n) {
    size_t len = 0;
    for (size_t i = 0; i < n;) {
        if (s[i] >= ' ' && s[i] <= '~' && len + 1 < cap) {
            out[len++] = s[i++];
            continue;
        }
        char piece[16];
        size_t used = 1;
        size_t size = show_one(piece, s + i, n - i, &used);
        if (len + size >= cap) {
            break;
        }
        memcpy(out + len, piece, size);
        len += size;
        i += used;
    }
    out[len] = '\0';
}

struct fixed_sink {
    struct im_sink sink;
    char text[1024];
    size_t len;
};

static void put_fixed(struct im_sink *sink, const char *bytes, size_t n) {
    struct fixed_sink *to = (struct fixed_sink *)sink;
    size_t room = sizeof to->text - to->len;
    size_t take = n < room ? n : room;
    memcpy(to->text + to->len, bytes, take);
    to->len += take;
}

void im_format_show(char *out, size_t cap, const char *fmt, va_list ap) {
    struct fixed_sink to = {.sink = {put_fixed}};
    im_format_to(&to.sink, fmt, ap);
    size_t n = to.len;
    if (n ==
        sizeof to.text) { // may be cut inside a character: drop its first bytes too
        while (n > 0 && ((unsigned char)to.text[n - 1] & 0xC0) == 0x80) {
            n--;
        }
        n -= n > 0 && (unsigned char)to.text[n - 1] >= 0xC0;
    }
    im_text_show(out, cap, to.text, n);
}
