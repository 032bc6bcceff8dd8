#include "base/buf.h"
#include "base/format.h"
#include <stdint.h>
#include <string.h>

enum { FIRST_CAP = 64 };

void im_buf_init(struct im_buf *buf, struct im_arena *arena, size_t ceiling) {
    *buf = (struct im_buf){arena, im_alloc_raw(arena, FIRST_CAP, 1), 0, FIRST_CAP,
                           ceiling};
    buf->data[0] = '\0';
}

/* Make room for n more bytes and the closing NUL. */
static void reserve(struct im_buf *buf, size_t n) {
    if (n > buf->ceiling - buf->len) {
        im_arena_exhausted(buf->arena);
    }
    size_t need = buf->len + n + 1;
    if (need <= buf->cap) {
        return;
    }
    size_t cap = buf->cap;
    while (cap < need) {
        cap = cap > SIZE_MAX / 4 ? need : 2 * cap;
    }
    buf->data = im_grow_raw(buf->arena, buf->data, buf->len, cap, 1);
    buf->cap = cap;
}

char *im_buf_room(struct im_buf *buf, size_t n) {
    reserve(buf, n);
    char *room = buf->data + buf->len;
    buf->len += n;
    buf->data[buf->len] = '\0';
    return room;
}

void im_buf_add(struct im_buf *buf, const void *bytes, size_t n) {
    char *room = im_buf_room(buf, n);
    if (n > 0) {
        memcpy(room, bytes, n);
    }
}

void im_buf_str(struct im_buf *buf, const char *s) {
    im_buf_add(buf, s, strlen(s));
}

void im_buf_char(struct im_buf *buf, char c) {
    *im_buf_room(buf, 1) = c;
}

struct buf_sink {
    struct im_sink sink; // first: the formatter hands this back
    struct im_buf *buf;
};

static void put_in_buf(struct im_sink *sink, const char *bytes, size_t n) {
    im_buf_add(((struct buf_sink *)sink)->buf, bytes, n);
}

void im_buf_vfmt(struct im_buf *buf, const char *fmt, va_list ap) {
    struct buf_sink to = {{put_in_buf}, buf};
    im_format_to(&to.sink, fmt, ap);
}

void im_buf_fmt(struct im_buf *buf, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    im_buf_vfmt(buf, fmt, ap);
    va_end(ap);
}

void im_buf_clear(struct im_buf *buf) {
    buf->len = 0;
    buf->data[0] = '\0';
}

/* Short texts, which most are, take no more memory than they need. */
struct short_sink {
    struct im_sink sink; // first: the formatter hands this back
    size_t n;            // of the whole text, also where it does not fit
    char text[200];
};

static void put_short(struct im_sink *sink, const char *bytes, size_t n) {
    struct short_sink *to = (struct short_sink *)sink;
    if (n <= sizeof to->text && to->n <= sizeof to->text - n) {
        memcpy(to->text + to->n, bytes, n);
    }
    to->n += n;
}

char *im_format(struct im_arena *arena, const char *fmt, ...) {
    struct short_sink text = {{put_short}, 0, {0}};
    va_list ap;
    va_start(ap, fmt);
    im_format_to(&text.sink, fmt, ap);
    va_end(ap);
    if (text.n <= sizeof text.text) {
        return im_strndup(arena, text.text, text.n);
    }
    struct im_buf buf;
    im_buf_init(&buf, arena, SIZE_MAX / 4);
    va_start(ap, fmt);
    im_buf_vfmt(&buf, fmt, ap);
    va_end(ap);
    return buf.data;
}
