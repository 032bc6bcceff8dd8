#include "gazetteer/sink.h"

#include <stddef.h>
#include <string.h>

static void write_out(struct gaz_sink *s, const void *data, size_t n) {
    if (s->status == INCMAP_OK && s->file) {
        s->status = im_writer_add(s->file, data, n, s->err);
    } else if (s->memory) {
        im_buf_add(s->memory, data, n);
    }
}

void gaz_sink_init(struct gaz_sink *s, struct im_arena *arena, struct im_writer *file,
                   struct im_buf *memory, struct incmap_error *err) {
    const struct gaz_header none = {.version = 0};
    s->file = file;
    s->memory = memory;
    s->err = err;
    s->n = 0;
    s->status = INCMAP_OK;
    s->at = sizeof none;
    im_checksum_init(&s->digest);
    im_buf_init(&s->checks, arena, UINT32_MAX);
    write_out(s, &none, sizeof none);
}

static void flush(struct gaz_sink *s) {
    for (size_t at = 0; at < s->n; at += GAZ_CHECKED) {
        size_t n = s->n - at < GAZ_CHECKED ? s->n - at : GAZ_CHECKED;
        uint64_t check = im_checksum_of(s->room + at, n);
        im_buf_add(&s->checks, &check, sizeof check);
    }
    im_checksum_add(&s->digest, s->room, s->n);
    write_out(s, s->room, s->n);
    s->n = 0;
}

void gaz_sink_put(struct gaz_sink *s, const void *data, size_t n) {
    const char *from = data;
    s->at += n;
    while (n > 0) {
        size_t more = GAZ_SINK_ROOM - s->n < n ? GAZ_SINK_ROOM - s->n : n;
        memcpy(s->room + s->n, from, more);
        s->n += more;
        from += more;
        n -= more;
        if (s->n == GAZ_SINK_ROOM) {
            flush(s);
        }
    }
}

void gaz_sink_align(struct gaz_sink *s) {
    static const char zeros[8];
    gaz_sink_put(s, zeros, (size_t)(-s->at & 7));
}

static void put_checks(struct gaz_sink *s, struct gaz_header *header) {
    static const char zeros[32]; // the digest wants pieces of so many bytes
    gaz_sink_put(s, zeros, (sizeof zeros - s->n % sizeof zeros) % sizeof zeros);
    flush(s);
    header->section[GAZ_S_CHECKS] = (struct gaz_span){s->at, s->checks.len};
    header->checks = im_checksum_of(s->checks.data, s->checks.len);
    im_checksum_add(&s->digest, s->checks.data, s->checks.len);
    write_out(s, s->checks.data, s->checks.len);
    s->at += s->checks.len;
}

enum incmap_status gaz_sink_end(struct gaz_sink *s, struct gaz_header *header) {
    put_checks(s, header);
    header->size = s->at;
    im_checksum_end(&s->digest, header->digest);
    header->head = im_checksum_of(header, offsetof(struct gaz_header, head));
    if (s->memory) {
        memcpy(s->memory->data, header, sizeof *header);
    } else if (s->status == INCMAP_OK) {
        s->status = im_writer_patch(s->file, 0, header, sizeof *header, s->err);
    }
    return s->status;
}
