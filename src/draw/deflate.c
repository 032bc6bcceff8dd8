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
#include "draw/rowlook.h"
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum {
    HASH_BITS = 13,
    ENOUGH = 2,           /* pixels: a match so long is not compared with others */
    ALONE = 4096,         /* bytes: further away a single pixel costs more than it is */
    FIRST = IM_WINDOW + 1 /* where the stream begins, so that 0 is out of reach */
};

/* Pixels that stood before: how many, and what a token says of the distance. */
struct match {
    uint32_t pixels;
    uint64_t token;
};

struct scan {
    struct im_blocks b;
    uint32_t width, least_above; /* pixels; those of the row above that pay */
    uint32_t sum_a, sum_b;       /* Adler-32 so far */
    struct im_row_look look;
    uint64_t two[1 << HASH_BITS]; /* where a pair stood last: a `place` */
    uint16_t one[1 << HASH_BITS]; /* where a pixel stood last: the column */
};

/* A row that is scanned. A place is where a pixel stands in the stream, its column <<
 * 32 and its row << 48. */
struct row {
    const unsigned char *pixels;
    uint64_t place; /* of its first pixel */
};

static inline uint32_t one(const unsigned char *p) {
    uint32_t v;
    memcpy(&v, p, 4);
    return v;
}

static inline uint64_t pair(const unsigned char *p) {
    uint64_t v;
    memcpy(&v, p, 8);
    return v;
}

/* How many pixels are the same at a and b, at most n. */
static inline uint32_t same(const unsigned char *a, const unsigned char *b,
                            uint32_t n) {
    uint32_t i = 0;
#if defined(__SSE2__)
    for (; i + 4 <= n; i += 4) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(a + 4 * i));
        __m128i w = _mm_loadu_si128((const __m128i *)(const void *)(b + 4 * i));
        int alike = _mm_movemask_ps(_mm_castsi128_ps(_mm_cmpeq_epi32(v, w)));
        if (alike != 15) {
            return i + (uint32_t)__builtin_ctz((unsigned)alike ^ 15);
        }
    }
#endif
    while (i < n && one(a + 4 * i) == one(b + 4 * i)) {
        i++;
    }
    return i;
}

/* The same where the word of bit x has none set from there on. */
static uint32_t more_zeros(const uint64_t *bits, uint32_t x) {
    const uint64_t *at = bits + x / 64;
    uint32_t n = 64 - x % 64;
    for (at++; *at == 0 && n < IM_LONGEST; at++) {
        n += 64;
    }
    n += *at != 0 ? (uint32_t)__builtin_ctzll(*at) : 0;
    return n < IM_LONGEST ? n : IM_LONGEST;
}

/* How many bits from x on are 0, at most IM_LONGEST; one is set. */
static inline uint32_t zeros(const uint64_t *bits, uint32_t x) {
    uint64_t word = bits[x / 64] >> x % 64;
    return word != 0 ? (uint32_t)__builtin_ctzll(word) : more_zeros(bits, x);
}

/* What stands as the pixels in column x and right of it stood last, if it does: two
 * pixels at least. These are remembered. */
static inline struct match recall_two(struct scan *d, const struct row *r, uint32_t x) {
    if (x + 1 == d->width) {
        return (struct match){0};
    }
    const unsigned char *p = r->pixels + 4 * (size_t)x;
    uint64_t v = pair(p), here = r->place + x * UINT64_C(0x100000003);
    uint64_t *s = &d->two[v * UINT64_C(0x9E3779B97F4A7C15) >> (64 - HASH_BITS)];
    uint64_t was = *s;
    *s = here;
    uint32_t distance = (uint32_t)here - (uint32_t)was, was_x = was >> 32 & 0xFFFF;
    const unsigned char *q = d->b.pixels + (was >> 48) * d->b.stride + 4 * was_x;
    if (distance > IM_WINDOW || pair(q) != v) {
        return (struct match){0};
    }
    uint32_t most = d->width - (x > was_x ? x : was_x);
    most = most < IM_LONGEST ? most : IM_LONGEST;
    return (struct match){2 + same(p + 8, q + 8, most - 2),
                          im_token_of_distance(distance)};
}

/*
 * The token of the pixel in column x alone: of the distance where it stood last in its
 * row (whatever row that column was remembered in, it is the pixel there that counts),
 * or of itself. No branch between them: no processor guesses what comes next in a
 * picture.
 */
static inline uint64_t recall_one(struct scan *d, const struct row *r, uint32_t x) {
    uint32_t v = one(r->pixels + 4 * (size_t)x);
    uint16_t *s = &d->one[v * 0x9E3779B1u >> (32 - HASH_BITS)];
    uint32_t was = *s, back = x - was;
    *s = (uint16_t)x;
    uint64_t stood = (back - 1 < ALONE / 3) & (one(r->pixels + 4 * (size_t)was) == v);
    uint64_t itself = im_token_of_pixel(v);
    return itself ^ ((itself ^ (im_token_of_distance(3 * back) + 1)) & -stood);
}

/* The pixels from column x on that are as the one to the left, or as those above. */
static inline struct match repeat(const struct scan *d, uint32_t x) {
    uint32_t run = zeros(d->look.left, x), above = zeros(d->look.above, x);
    return above > run && above >= d->least_above ? (struct match){above, d->b.above}
                                                  : (struct match){run, d->b.left};
}

/* The token of the pixels from column x on, and how many it is of. */
static inline uint64_t token_at(struct scan *d, const struct row *r, uint32_t x,
                                uint32_t *pixels) {
    struct match m = repeat(d, x);
    if (m.pixels < ENOUGH) {
        struct match two = recall_two(d, r, x);
        if (two.pixels == 0 && m.pixels == 0) {
            *pixels = 1;
            return recall_one(d, r, x);
        }
        m = two.pixels > 0 ? two : m;
    }
    *pixels = m.pixels;
    return m.token + m.pixels;
}

/* Rows are below the tokens of a block, and room for one is made before it. */
IM_BITS static void scan_row(struct scan *d, const struct row *r) {
    if (d->b.n + d->width + 1 > IM_TOKENS) {
        im_blocks_end(&d->b, (uint32_t)r->place - FIRST - 1, false);
    }
    uint64_t *to = d->b.token + d->b.n;
    *to++ = im_token_of_filter();
    for (uint32_t x = 0, pixels; x < d->width; x += pixels) {
        *to++ = token_at(d, r, x, &pixels);
    }
    d->b.n = (size_t)(to - d->b.token);
}

/* Look at row y, and add it to Adler-32 (RFC 1950): of n bytes of which byte i has n -
 * i before the end, the second sum is that of the bytes times n - i. */
static void look(struct scan *d, unsigned char *row, uint32_t y) {
    enum { BASE = 65521 };
    bool in_window = y > 0 && d->b.row <= IM_WINDOW;
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
    d->look.left = im_alloc_raw(out->arena, 2 * words + 1, sizeof *d->look.left);
    d->look.above = d->look.left + words;
    d->b.out = out;
    d->b.pixels = pixels;
    d->width = width;
    d->b.stride = stride;
    d->b.row = 3 * (size_t)width + 1;
    d->least_above = d->b.row <= ALONE ? 1 : 2;
    d->sum_a = 1;
    return d;
}

void im_deflate_pixels(struct im_buf *out, unsigned char *pixels, int width, int height,
                       int stride) {
    struct scan *d = new_scan(out, pixels, (uint32_t)width, (size_t)stride);
    im_blocks_begin(&d->b);
    for (uint32_t y = 0; y < (uint32_t)height; y++) {
        unsigned char *row = pixels + y * d->b.stride;
        look(d, row, y);
        uint64_t place = (uint64_t)y << 48 | (FIRST + 1 + y * d->b.row);
        scan_row(d, &(struct row){row, place});
    }
    im_blocks_end(&d->b, (size_t)height * d->b.row, true);
    im_blocks_close(&d->b, d->sum_b << 16 | d->sum_a);
}
