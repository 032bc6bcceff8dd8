/* One colour over pixels: dst + (src - dst) * alpha * coverage, each channel rounded.
 * Private to the room. */
#ifndef IM_DRAW_BLEND_H
#define IM_DRAW_BLEND_H

#include "scene/scene.h"
#include <string.h>

/* Four pixels, and the same with 16 bits a channel. */
typedef uint8_t im_bytes_x16 __attribute__((vector_size(16)));
typedef uint16_t im_words_x16 __attribute__((vector_size(32)));

/* A colour as it is blended. */
struct im_ink {
    uint32_t pixel; /* 0xFFRRGGBB, as cairo has it */
    unsigned alpha;
};

static inline struct im_ink im_ink_of(im_rgba colour) {
    return (struct im_ink){colour >> 8 | 0xFF000000U, colour & 0xFF};
}

/* Blend into four pixels at p, whose coverages are the bytes of `four`. A product is at
 * most 255 * 255; v + 128 + (v + 128) / 256, by 256, is that by 255, rounded. */
static inline void im_blend_four(unsigned char *p, uint32_t four,
                                 const struct im_ink *ink) {
    const im_bytes_x16 each = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3};
    const uint32_t pixels[4] = {ink->pixel, ink->pixel, ink->pixel, ink->pixel};
    im_bytes_x16 dst, src, cover = {0};
    memcpy(&dst, p, 16);
    memcpy(&src, pixels, 16);
    memcpy(&cover, &four, 4);
    im_words_x16 a =
        __builtin_convertvector(__builtin_shuffle(cover, each), im_words_x16);
    if (ink->alpha != 255) {
        a = a * (uint16_t)ink->alpha + 128;
        a = (a + (a >> 8)) >> 8;
    }
    im_words_x16 v = __builtin_convertvector(dst, im_words_x16) * (255 - a) +
                     __builtin_convertvector(src, im_words_x16) * a + 128;
    v = (v + (v >> 8)) >> 8;
    dst = __builtin_convertvector(v, im_bytes_x16);
    memcpy(p, &dst, 16);
}

/* The same of n pixels, 1 to 3. */
static inline void im_blend_few(unsigned char *p, const unsigned char *c, size_t n,
                                const struct im_ink *ink) {
    unsigned char pixels[16] = {0};
    uint32_t four = 0;
    memcpy(pixels, p, 4 * n);
    memcpy(&four, c, n);
    im_blend_four(pixels, four, ink);
    memcpy(p, pixels, 4 * n);
}

/* Blend into n pixels at p, each with its coverage. The last of them are blended with
 * some before them, of which nothing is covered any more. */
static inline void im_blend_row(unsigned char *p, const unsigned char *c, int n,
                                const struct im_ink *ink) {
    static const unsigned char last[4][4] = {
        {0}, {0, 0, 0, 255}, {0, 0, 255, 255}, {0, 255, 255, 255}};
    uint32_t four, rest;
    int i = 0;
    for (; i + 4 <= n; i += 4) {
        memcpy(&four, c + i, 4);
        if (four != 0) {
            im_blend_four(p + 4 * i, four, ink);
        }
    }
    if (i > 0 && i < n) {
        memcpy(&four, c + n - 4, 4);
        memcpy(&rest, last[n - i], 4);
        im_blend_four(p + 4 * (n - 4), four & rest, ink);
    } else if (i < n) {
        im_blend_few(p, c, (size_t)n & 3, ink);
    }
}

#endif
