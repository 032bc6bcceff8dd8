/* PNG (ISO/IEC 15948) from the canvas: 8-bit RGB, filter none; pixels by
 * our own deflate, long texts by libdeflate.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "draw/canvas.h"
#include "draw/deflate.h"
#include <libdeflate.h>
#include <math.h>
#include <string.h>

enum { LEVEL = 1 }; /* of texts; 6 saves 25 KB of a manifest of 10,000 points */

static void put32(unsigned char *p, uint32_t v) {
    p[0] = (unsigned char)(v >> 24);
    p[1] = (unsigned char)(v >> 16);
    p[2] = (unsigned char)(v >> 8);
    p[3] = (unsigned char)v;
}

/* A chunk is begun, filled and ended: its length and its sum are of what lies between.
 */
static size_t begin_chunk(struct im_buf *out, const char type[4]) {
    im_buf_add(out, "\0\0\0\0", 4);
    im_buf_add(out, type, 4);
    return out->len;
}

static void end_chunk(struct im_buf *out, size_t start) {
    unsigned char word[4];
    size_t n = out->len - start;
    put32((unsigned char *)out->data + start - 8, (uint32_t)n);
    put32(word, libdeflate_crc32(0, out->data + start - 4, n + 4));
    im_buf_add(out, word, 4);
}

static void chunk(struct im_buf *out, const char type[4], const void *data, size_t n) {
    size_t start = begin_chunk(out, type);
    im_buf_add(out, data, n);
    end_chunk(out, start);
}

/* Where texts go, and what makes them shorter. */
struct texts {
    struct im_buf *out;
    struct im_font_pool *pool; /* keeps the compressor: its memory is touched once */
};

/* zlib stream of n bytes, in the arena. */
static struct im_bytes deflated(const struct texts *t, const void *data, size_t n) {
    size_t bound = libdeflate_zlib_compress_bound(NULL, n);
    char *buf = im_alloc_raw(t->out->arena, bound, 1);
    if (t->pool->packer == NULL) {
        t->pool->packer = libdeflate_alloc_compressor(LEVEL);
    }
    if (t->pool->packer == NULL) {
        im_arena_exhausted(t->out->arena);
    }
    size_t len = libdeflate_zlib_compress(t->pool->packer, data, n, buf, bound);
    return (struct im_bytes){buf, len};
}

static void header(struct im_buf *out, const struct im_canvas *c) {
    unsigned char ihdr[13] = {0};
    put32(ihdr, (uint32_t)c->width);
    put32(ihdr + 4, (uint32_t)c->height);
    ihdr[8] = 8; // bits
    ihdr[9] = 2; // RGB
    im_buf_add(out, "\x89PNG\r\n\x1a\n", 8);
    chunk(out, "IHDR", ihdr, sizeof ihdr);
    chunk(out, "sRGB", "\0", 1); // perceptual
    unsigned char phys[9] = {0};
    uint32_t per_metre = (uint32_t)floor(c->k * 72.0 / 0.0254 + 0.5);
    put32(phys, per_metre);
    put32(phys + 4, per_metre);
    phys[8] = 1;
    chunk(out, "pHYs", phys, sizeof phys);
}

static const char SUMMARY[] = "incmap-summary"; /* read without inflating */

/* International text of n bytes, compressed when long. */
static void text_piece(const struct texts *t, const char *keyword, const char *language,
                       const char *text, size_t n) {
    struct im_buf *out = t->out;
    if (n == 0) {
        return;
    }
    bool squeeze = n > 1024 && strcmp(keyword, SUMMARY) != 0;
    size_t start = begin_chunk(out, "iTXt");
    im_buf_add(out, keyword, strlen(keyword) + 1);
    im_buf_add(out, squeeze ? "\1\0" : "\0\0", 2);
    im_buf_add(out, language, strlen(language) + 1);
    im_buf_add(out, "", 1);
    if (squeeze) {
        struct im_bytes z = deflated(t, text, n);
        im_buf_add(out, z.data, z.n);
    } else {
        im_buf_add(out, text, n);
    }
    end_chunk(out, start);
}

static void text_chunk(const struct texts *t, const char *keyword, const char *language,
                       const char *text) {
    text_piece(t, keyword, language, text, strlen(text));
}

/* In pieces that all readers take: some refuse a picture whose texts are larger than
 * 1 MiB. Of many, the second is "incmap-manifest.2", and so on. */
static void manifest_chunks(const struct texts *t, const char *text) {
    const size_t most = 1000000;
    size_t left = strlen(text);
    for (int k = 1; left > 0; k++) {
        size_t n = left < most ? left : most;
        while (n < left && ((unsigned char)text[n] & 0xC0) == 0x80) {
            n--; // not within a letter
        }
        text_piece(t,
                   k == 1 ? "incmap-manifest"
                          : im_format(t->out->arena, "incmap-manifest.%d", k),
                   "", text, n);
        text += n;
        left -= n;
    }
}

/* Room for what most maps take is asked for at once: less is copied. */
static void pixel_chunk(struct im_buf *out, const struct im_canvas *c) {
    const size_t usual = (size_t)c->width * (size_t)c->height / 3;
    size_t len = out->len;
    (void)im_buf_room(out, usual);
    out->len = len;
    size_t start = begin_chunk(out, "IDAT");
    im_deflate_pixels(out, c->pixels, c->width, c->height, c->stride);
    end_chunk(out, start);
}

enum incmap_status im_draw_png(struct im_arena *arena, const struct im_scene *scene,
                               struct im_fonts *fonts,
                               const struct im_draw_options *options,
                               struct im_bytes *out, struct incmap_error *err) {
    struct im_canvas *c = NULL;
    enum incmap_status s = im_raster(arena, scene, fonts, options, &c, err);
    if (s != INCMAP_OK) {
        return s;
    }
    struct im_buf b;
    im_buf_init(&b, arena, IM_MAX_OUTPUT);
    header(&b, c);
    const struct texts t = {&b, fonts->pool};
    text_chunk(&t, SUMMARY, "", scene->summary);
    text_chunk(&t, "Title", scene->language, scene->title);
    text_chunk(&t, "Description", scene->language, scene->description);
    text_chunk(&t, "Software", "", "incmap " INCMAP_VERSION);
    manifest_chunks(&t, scene->manifest);
    pixel_chunk(&b, c);
    chunk(&b, "IEND", "", 0);
    *out = (struct im_bytes){b.data, b.len};
    return INCMAP_OK;
}
