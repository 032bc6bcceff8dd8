/*
 * Deflate (RFC 1951) in a zlib stream (RFC 1950) of flat pictures, pixel by pixel.
 *
 * A map is runs of one colour, rows like the row above, and pixels that recur along
 * its edges. So matches are looked for in whole pixels only: at the pixel to the left,
 * at the pixel above, and where the same one or two pixels stood last. blocks.c writes
 * what is found.
 */
#include "draw/deflate.h"
#include "base/attr.h"
#include "draw/blocks.h"
#include <string.h>

enum {
    WINDOW = 32768,
    MATCH_PIXELS = 86, /* 258 bytes, the longest match */
    HASH_BITS = 13,
    PIXEL_BITS = 18, /* what a literal pixel is taken to cost */
    ENOUGH = 16      /* pixels: a match so long is not compared with others */
};

/* Where a pixel stood last: column, and row plus 1 (0: nowhere). Sides of a picture are
 * below 65,536. */
struct seen {
    uint16_t x, below;
};

struct match {
    int pixels, score;
    size_t distance;
};

struct scan {
    struct im_blocks b;
    uint32_t width, reach; /* pixels; rows that the window can span */
    uint32_t sum_a, sum_b; /* Adler-32 so far */
    struct seen two[1 << HASH_BITS];
    struct seen one[1 << HASH_BITS]; /* of a row only: further back it would not pay */
};

static uint32_t one(const unsigned char *p) {
    uint32_t v;
    memcpy(&v, p, 4);
    return v;
}

static uint64_t pair(const unsigned char *p) {
    uint64_t v;
    memcpy(&v, p, 8);
    return v;
}

/* How many pixels are the same at a and b, at most n. */
static int same(const unsigned char *a, const unsigned char *b, int n) {
    int i = 0;
    for (; i + 4 <= n; i += 4) {
        uint64_t v = pair(a + 4 * i) ^ pair(b + 4 * i);
        uint64_t w = pair(a + 4 * i + 8) ^ pair(b + 4 * i + 8);
        if ((v | w) != 0) {
            return v != 0 ? i + ((uint32_t)v == 0) : i + 2 + ((uint32_t)w == 0);
        }
    }
    while (i < n && one(a + 4 * i) == one(b + 4 * i)) {
        i++;
    }
    return i;
}

/* How many pixels from p on are `v`, at most n. */
static int run_of(const unsigned char *p, uint32_t v, int n) {
    uint64_t two = (uint64_t)v << 32 | v;
    int i = 0;
    for (; i + 4 <= n; i += 4) {
        if (((pair(p + 4 * i) ^ two) | (pair(p + 4 * i + 8) ^ two)) != 0) {
            break;
        }
    }
    while (i < n && one(p + 4 * i) == v) {
        i++;
    }
    return i;
}

/* Keep the better of two matches: the bits it saves, roughly. */
static void better(struct match *best, int pixels, size_t distance) {
    int score = PIXEL_BITS * pixels - im_distance_bits(distance) - 7;
    if (score > best->score) {
        *best = (struct match){pixels, score, distance};
    }
}

/* Try the place where the pixels at p, (x, y), and right of it stood last, and remember
 * this one. */
static inline void recall_two(struct scan *d, const unsigned char *p, uint32_t x,
                              uint32_t y, int room, struct match *best) {
    uint64_t v = pair(p);
    struct seen *s = &d->two[v * UINT64_C(0x9E3779B97F4A7C15) >> (64 - HASH_BITS)];
    struct seen was = *s;
    *s = (struct seen){(uint16_t)x, (uint16_t)(y + 1)};
    uint32_t down = y + 1 - was.below;
    if (was.below == 0 || down > d->reach) {
        return;
    }
    int most = (int)(d->width - was.x);
    ptrdiff_t right = (ptrdiff_t)x - was.x;
    size_t back = down * d->b.row + (size_t)(3 * right);
    const unsigned char *q = p - down * d->b.stride - 4 * right;
    if (back <= WINDOW && most >= 2 && pair(q) == v) {
        most = room < most ? room : most;
        better(best, most > 2 ? 2 + same(p + 8, q + 8, most - 2) : most, back);
    }
}

/* The same for the pixel at p alone, in its row. */
static inline void recall_one(struct scan *d, const unsigned char *p, uint32_t x,
                              uint32_t y, struct match *best) {
    struct seen *s = &d->one[one(p) * 0x9E3779B1u >> (32 - HASH_BITS)];
    struct seen was = *s;
    *s = (struct seen){(uint16_t)x, (uint16_t)(y + 1)};
    if (was.below == y + 1 && one(p - 4 * (size_t)(x - was.x)) == one(p)) {
        better(best, 1, 3 * (size_t)(x - was.x));
    }
}

/* The best match for the pixels at p, (x, y); none: a score of 0. */
static inline struct match find(struct scan *d, const unsigned char *p, uint32_t x,
                                uint32_t y) {
    struct match best = {0};
    uint32_t v = one(p);
    int left = (int)(d->width - x), room = left < MATCH_PIXELS ? left : MATCH_PIXELS;
    if (x > 0 && v == one(p - 4)) {
        better(&best, run_of(p, v, room), 3);
    }
    if (y > 0 && d->b.row <= WINDOW && best.pixels < room &&
        v == one(p - d->b.stride)) {
        better(&best, same(p, p - d->b.stride, room), d->b.row);
    }
    if (best.pixels < ENOUGH && left > 1) {
        recall_two(d, p, x, y, room, &best);
    }
    if (best.pixels < 2) {
        recall_one(d, p, x, y, &best);
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
        const unsigned char *p = row + 4 * (size_t)x;
        struct match m = find(d, p, x, y);
        size_t here = at + 3 * (size_t)x;
        if (m.score > 0) {
            uint32_t bytes = (uint32_t)m.pixels * 3;
            add(d, IM_MATCH | bytes << 16 | (uint32_t)(m.distance - 1), here);
            x += (uint32_t)m.pixels;
        } else {
            add(d, IM_PIXEL | one(p), here);
            x++;
        }
    }
}

enum { LANES = 8, CHUNK = 8192 /* pixels: sums of so many fit into 32 bits */ };
typedef uint32_t lanes __attribute__((vector_size(4 * LANES)));

/* Sums over pixels: of all bytes; of each pixel's bytes times its distance from the end
 * in pixels; of green and twice blue. */
struct sums {
    uint64_t all, weighted, later;
};

static void sum_pixel(struct sums *s, uint32_t v) {
    s->all += (v >> 16) + (v >> 8 & 0xFF) + (v & 0xFF);
    s->weighted += s->all; // each step puts all before it one pixel further
    s->later += (v >> 8 & 0xFF) + 2 * (uint64_t)(v & 0xFF);
}

/*
 * The next n <= CHUNK pixels, LANES at a time; clears their bytes that are no colour,
 * so that pixels compare as words. Lane k sums up every LANES-th pixel, and what it has
 * so far once a step: pixel k of a step is LANES - k before its end.
 */
IM_WIDE static void sum_chunk(struct sums *s, unsigned char *p, uint32_t n) {
    lanes a = {0}, b = {0}, green = {0}, blue = {0};
    uint32_t x = 0;
    for (; x + LANES <= n; x += LANES) {
        lanes v;
        memcpy(&v, p + 4 * (size_t)x, sizeof v);
        v &= (uint32_t)IM_RGB;
        memcpy(p + 4 * (size_t)x, &v, sizeof v);
        lanes g = v >> 8 & 0xFF, u = v & 0xFF;
        green += g;
        blue += u;
        a += (v >> 16) + g + u;
        b += a;
    }
    s->weighted += s->all * x;
    for (uint32_t k = 0; k < LANES; k++) {
        s->all += a[k];
        s->weighted += (uint64_t)LANES * b[k] - (uint64_t)k * a[k];
        s->later += green[k] + 2 * (uint64_t)blue[k];
    }
    for (; x < n; x++) {
        uint32_t v = one(p + 4 * (size_t)x) & IM_RGB;
        memcpy(p + 4 * (size_t)x, &v, 4);
        sum_pixel(s, v);
    }
}

/* What a row adds to Adler-32 (RFC 1950): the sum of its n bytes, and the sum of byte i
 * times n - i. Pixel x begins 3 (width - x) bytes before the end, its green and blue
 * are one and two nearer. */
static void sum_row(struct scan *d, unsigned char *p) {
    enum { BASE = 65521 };
    struct sums s = {0, 0, 0};
    for (uint32_t x = 0; x < d->width; x += CHUNK) {
        uint32_t left = d->width - x;
        sum_chunk(&s, p + 4 * (size_t)x, left < CHUNK ? left : CHUNK);
    }
    uint64_t weighted = 3 * s.weighted - s.later;
    d->sum_b = (uint32_t)((d->sum_b + (uint64_t)d->b.row * d->sum_a + weighted) % BASE);
    d->sum_a = (uint32_t)((d->sum_a + s.all) % BASE);
}

void im_deflate_pixels(struct im_buf *out, unsigned char *pixels, int width, int height,
                       int stride) {
    struct scan *d = im_alloc(out->arena, 1, sizeof *d);
    d->b.token = im_alloc_raw(out->arena, IM_TOKENS, sizeof *d->b.token);
    d->b.packed = im_alloc_raw(out->arena, IM_PACKED, 1);
    d->b.out = out;
    d->b.pixels = pixels;
    d->width = (uint32_t)width;
    d->b.stride = (size_t)stride;
    d->b.row = 3 * (size_t)width + 1;
    d->reach = (uint32_t)(WINDOW / d->b.row) + 1;
    d->sum_a = 1;
    im_blocks_begin(&d->b);
    for (uint32_t y = 0; y < (uint32_t)height; y++) {
        unsigned char *row = pixels + y * d->b.stride;
        sum_row(d, row);
        scan_row(d, y);
    }
    im_blocks_end(&d->b, (size_t)height * d->b.row, true);
    im_blocks_close(&d->b, d->sum_b << 16 | d->sum_a);
}
