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
#include "draw/rowlook.h"
#include <string.h>

enum {
    WINDOW = 32768,
    HASH_BITS = 13,
    PIXEL_BITS = 18, /* what a literal pixel is taken to cost */
    ENOUGH = 6       /* pixels: a match so long is not compared with others */
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
    int above_bits;        /* that follow the distance of the row above */
    uint32_t sum_a, sum_b; /* Adler-32 so far */
    struct im_row_look look;
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

/* The same where the word of bit x has none set from there on. */
static int more_zeros(const uint64_t *bits, uint32_t x) {
    const uint64_t *at = bits + x / 64;
    int n = 64 - (int)(x % 64);
    for (at++; *at == 0 && n < IM_LONGEST; at++) {
        n += 64;
    }
    n += *at != 0 ? __builtin_ctzll(*at) : 0;
    return n < IM_LONGEST ? n : IM_LONGEST;
}

/* How many bits from x on are 0, at most IM_LONGEST; one is set. */
static inline int zeros(const uint64_t *bits, uint32_t x) {
    uint64_t word = bits[x / 64] >> x % 64;
    return word != 0 ? __builtin_ctzll(word) : more_zeros(bits, x);
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
    int run = zeros(d->look.left, x), left = (int)(d->width - x);
    struct match best = {run, run > 0 ? PIXEL_BITS * run - 7 : 0, 3};
    if (run < IM_LONGEST) {
        int above = zeros(d->look.above, x);
        int score = PIXEL_BITS * above - d->above_bits - 7;
        if (above > run && score > best.score) {
            best = (struct match){above, score, d->b.row};
        }
    }
    if (best.pixels < ENOUGH && left > 1) {
        recall_two(d, p, x, y, left < IM_LONGEST ? left : IM_LONGEST, &best);
    }
    if (best.pixels < 2) {
        recall_one(d, p, x, y, &best);
    }
    return best;
}

/* Room for one token more, before byte `end` of the rows. */
static void make_room(struct scan *d, size_t end) {
    if (d->b.n == IM_TOKENS) {
        im_blocks_end(&d->b, end, false);
    }
}

static void scan_row(struct scan *d, uint32_t y) {
    size_t at = y * d->b.row;
    const unsigned char *row = d->b.pixels + y * d->b.stride;
    make_room(d, at++);
    im_blocks_filter(&d->b);
    for (uint32_t x = 0; x < d->width;) {
        const unsigned char *p = row + 4 * (size_t)x;
        struct match m = find(d, p, x, y);
        make_room(d, at + 3 * (size_t)x);
        if (m.score > 0) {
            im_blocks_match(&d->b, (uint32_t)m.pixels, m.distance);
            x += (uint32_t)m.pixels;
        } else {
            im_blocks_pixel(&d->b, one(p));
            x++;
        }
    }
}

/* Look at row y, and add it to Adler-32 (RFC 1950): of n bytes of which byte i has n -
 * i before the end, the second sum is that of the bytes times n - i. */
static void look(struct scan *d, unsigned char *row, uint32_t y) {
    enum { BASE = 65521 };
    bool in_window = y > 0 && d->b.row <= WINDOW;
    im_row_look(row, in_window ? row - d->b.stride : NULL, d->width, false, &d->look);
    uint64_t sum_b = d->sum_b + (uint64_t)d->b.row * d->sum_a + d->look.weighted;
    d->sum_b = (uint32_t)(sum_b % BASE);
    d->sum_a = (uint32_t)((d->sum_a + d->look.sum) % BASE);
}

static struct scan *new_scan(struct im_buf *out, const unsigned char *pixels,
                             uint32_t width, size_t stride) {
    struct scan *d = im_alloc(out->arena, 1, sizeof *d);
    size_t words = IM_ROW_WORDS((size_t)width);
    d->b.token = im_alloc_raw(out->arena, IM_TOKENS, sizeof *d->b.token);
    d->look.left = im_alloc_raw(out->arena, 2 * words, sizeof *d->look.left);
    d->look.above = d->look.left + words;
    d->b.out = out;
    d->b.pixels = pixels;
    d->width = width;
    d->b.stride = stride;
    d->b.row = 3 * (size_t)width + 1;
    d->reach = (uint32_t)(WINDOW / d->b.row) + 1;
    d->above_bits = im_distance_bits(d->b.row);
    d->sum_a = 1;
    return d;
}

void im_deflate_pixels(struct im_buf *out, unsigned char *pixels, int width, int height,
                       int stride) {
    struct scan *d = new_scan(out, pixels, (uint32_t)width, (size_t)stride);
    im_blocks_begin(&d->b);
    for (uint32_t y = 0; y < (uint32_t)height; y++) {
        look(d, pixels + y * d->b.stride, y);
        scan_row(d, y);
    }
    im_blocks_end(&d->b, (size_t)height * d->b.row, true);
    im_blocks_close(&d->b, d->sum_b << 16 | d->sum_a);
}
