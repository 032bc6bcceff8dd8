/*
 * Deflate (RFC 1951) in a zlib stream (RFC 1950) of flat pictures, pixel by pixel.
 *
 * A map is runs of one colour, rows like the row above, and pixels that recur along
 * its edges. So matches are looked for in whole pixels only: at the pixel to the left,
 * at the pixel above, and where the same one or two pixels stood last. blocks.c writes
 * what is found.
 */
#include "draw/deflate.h"
#include "draw/blocks.h"
#include <libdeflate.h>

enum {
    WINDOW = 32768,
    MATCH_PIXELS = 86, /* 258 bytes, the longest match */
    HASH_BITS = 13,
    PIXEL_BITS = 18, /* what a literal pixel is taken to cost */
    ENOUGH = 16      /* pixels: a match so long is not compared with others */
};

#define RGB_PAIR (IM_RGB << 32 | IM_RGB)

/* Where a pixel stood last: column, row, and byte of the rows plus WINDOW + 1 (0:
 * nowhere). */
struct seen {
    uint32_t x, y;
    size_t at;
};

struct match {
    int pixels, score;
    size_t distance;
};

struct scan {
    struct im_blocks b;
    uint32_t width;
    struct seen one[1 << HASH_BITS], two[1 << HASH_BITS];
};

static uint64_t pair(const unsigned char *p) {
    uint64_t v;
    memcpy(&v, p, 8);
    return v & RGB_PAIR;
}

/* How many pixels are the same at a and b, at most n. */
static int same(const unsigned char *a, const unsigned char *b, int n) {
    int i = 0;
    for (; i + 2 <= n; i += 2) {
        uint64_t v = pair(a + 4 * i) ^ pair(b + 4 * i);
        if (v != 0) {
            return i + ((v & IM_RGB) == 0);
        }
    }
    return i + (i < n && im_pixel(a + 4 * i) == im_pixel(b + 4 * i));
}

/* Keep the better of two matches: the bits it saves, roughly. */
static void better(struct match *best, int pixels, size_t distance) {
    int extra;
    im_slot(distance - 1, 1, &extra);
    int score = PIXEL_BITS * pixels - extra - 7;
    if (score > best->score) {
        *best = (struct match){pixels, score, distance};
    }
}

static struct seen *seen_one(struct scan *d, const unsigned char *p) {
    return &d->one[im_pixel(p) * 0x9E3779B1u >> (32 - HASH_BITS)];
}

static struct seen *seen_two(struct scan *d, const unsigned char *p) {
    return &d->two[pair(p) * UINT64_C(0x9E3779B97F4A7C15) >> (64 - HASH_BITS)];
}

/* Try the place where the pixels at (x, y) stood last and remember this one. */
static void recall(struct scan *d, struct seen *s, uint32_t x, uint32_t y, int room,
                   struct match *best) {
    size_t at = WINDOW + 1 + y * d->b.row + 3 * (size_t)x, back = at - s->at;
    if (back - 1 < WINDOW) {
        int most = (int)(d->width - s->x);
        int n = same(d->b.pixels + y * d->b.stride + 4 * (size_t)x,
                     d->b.pixels + s->y * d->b.stride + 4 * (size_t)s->x,
                     room < most ? room : most);
        if (n > 0) {
            better(best, n, back);
        }
    }
    *s = (struct seen){x, y, at};
}

static struct match find(struct scan *d, uint32_t x, uint32_t y) {
    const unsigned char *p = d->b.pixels + y * d->b.stride + 4 * (size_t)x;
    struct match best = {0};
    int left = (int)(d->width - x), room = left < MATCH_PIXELS ? left : MATCH_PIXELS;
    if (x > 0 && im_pixel(p) == im_pixel(p - 4)) {
        better(&best, same(p, p - 4, room), 3);
    }
    if (y > 0 && d->b.row <= WINDOW && best.pixels < room) {
        int n = same(p, p - d->b.stride, room);
        if (n > 0) {
            better(&best, n, d->b.row);
        }
    }
    if (best.pixels < ENOUGH) {
        if (left > 1) {
            recall(d, seen_two(d, p), x, y, room, &best);
        }
        recall(d, seen_one(d, p), x, y, room, &best);
    }
    return best;
}

static void add(struct scan *d, uint32_t token, size_t end) {
    if (d->b.n == IM_TOKENS) {
        im_blocks_end(&d->b, end, false);
    }
    d->b.token[d->b.n++] = token;
}

static void scan_row(struct scan *d, uint32_t y) {
    size_t at = y * d->b.row;
    const unsigned char *row = d->b.pixels + y * d->b.stride;
    add(d, IM_FILTER, at++);
    for (uint32_t x = 0; x < d->width;) {
        struct match m = find(d, x, y);
        size_t here = at + 3 * (size_t)x;
        if (m.score > 0) {
            uint32_t bytes = (uint32_t)m.pixels * 3;
            add(d, IM_MATCH | bytes << 16 | (uint32_t)(m.distance - 1), here);
            x += (uint32_t)m.pixels;
        } else {
            add(d, IM_PIXEL | im_pixel(row + 4 * (size_t)x), here);
            x++;
        }
    }
}

/* Adler-32 of the rows (RFC 1950), four pixels at a time. */
static uint32_t checksum(const struct scan *d, uint32_t height) {
    unsigned char *row = im_alloc(d->b.out->arena, d->b.row + 8, 1);
    uint32_t sum = 1;
    for (uint32_t y = 0; y < height; y++) {
        const unsigned char *p = d->b.pixels + y * d->b.stride;
        unsigned char *to = row + 1;
        for (uint32_t x = 0; x < d->width; x++, to += 3) {
            uint32_t v = im_pixel(p + 4 * (size_t)x);
            to[0] = (unsigned char)(v >> 16);
            to[1] = (unsigned char)(v >> 8);
            to[2] = (unsigned char)v;
        }
        sum = libdeflate_adler32(sum, row, d->b.row);
    }
    return sum;
}

void im_deflate_pixels(struct im_buf *out, const unsigned char *pixels, int width,
                       int height, int stride) {
    struct scan *d = im_alloc(out->arena, 1, sizeof *d);
    d->b.out = out;
    d->b.pixels = pixels;
    d->width = (uint32_t)width;
    d->b.stride = (size_t)stride;
    d->b.row = 3 * (size_t)width + 1;
    im_blocks_begin(&d->b);
    for (uint32_t y = 0; y < (uint32_t)height; y++) {
        scan_row(d, y);
    }
    im_blocks_end(&d->b, (size_t)height * d->b.row, true);
    im_blocks_close(&d->b, checksum(d, (uint32_t)height));
}
