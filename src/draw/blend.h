/* One colour over pixels: dst + (src - dst) * alpha * coverage, each channel rounded.
 * Private to the room. */
#ifndef IM_DRAW_BLEND_H
#define IM_DRAW_BLEND_H

#include "scene/scene.h"
#include <string.h>
#include <wchar.h>

/* Four pixels, and two of them with 16 bits a channel. */
typedef uint8_t im_bytes_x16 __attribute__((vector_size(16)));
typedef uint16_t im_words_x8 __attribute__((vector_size(16)));

/* A colour as it is blended. */
struct im_ink {
    uint32_t pixel; /* 0xFFRRGGBB, as cairo has it */
    unsigned alpha;
    im_words_x8 channels;
};

static inline struct im_ink im_ink_of(im_rgba colour) {
    struct im_ink ink = {colour >> 8 | 0xFF000000U, colour & 0xFF, {0}};
    for (int i = 0; i < 8; i++) {
        ink.channels[i] = (uint16_t)(ink.pixel >> 8 * (i % 4) & 0xFF);
    }
    return ink;
}

/* v / 255, rounded; v is at most 255 * 255. */
static inline im_words_x8 im_by_255(im_words_x8 v) {
    v += 128;
    return (v + (v >> 8)) >> 8;
}

static inline im_words_x8 im_mix(im_words_x8 dst, im_words_x8 coverage,
                                 const struct im_ink *ink) {
    im_words_x8 a = im_by_255(coverage * (uint16_t)ink->alpha);
    return im_by_255(dst * (255 - a) + ink->channels * a);
}

/* Blend into four pixels at p, whose coverage is at c. */
static inline void im_blend_four(unsigned char *p, const unsigned char *c,
                                 const struct im_ink *ink) {
    const im_bytes_x16 zero = {0};
    const im_bytes_x16 low = {0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23};
    const im_bytes_x16 high = low + 8;
    const im_bytes_x16 even = {0,  2,  4,  6,  8,  10, 12, 14,
                               16, 18, 20, 22, 24, 26, 28, 30};
    im_bytes_x16 dst, cover = {0};
    memcpy(&dst, p, 16);
    memcpy(&cover, c, 4);
    cover = __builtin_shuffle(cover, cover, low);
    cover = __builtin_shuffle(cover, cover, low); // each four times
    im_words_x8 a = im_mix((im_words_x8)__builtin_shuffle(dst, zero, low),
                           (im_words_x8)__builtin_shuffle(cover, zero, low), ink);
    im_words_x8 b = im_mix((im_words_x8)__builtin_shuffle(dst, zero, high),
                           (im_words_x8)__builtin_shuffle(cover, zero, high), ink);
    dst = __builtin_shuffle((im_bytes_x16)a, (im_bytes_x16)b, even);
    memcpy(p, &dst, 16);
}

/* How many of n coverages from c on are 0 for certain, in sixteens. */
static inline int im_blend_nothing(const unsigned char *c, int n) {
    int i = 0;
    for (; i + 16 <= n; i += 16) {
        uint64_t v[2];
        memcpy(v, c + i, 16);
        if ((v[0] | v[1]) != 0) {
            break;
        }
    }
    return i;
}

/* Blend into n pixels at p, each with its coverage. */
static inline void im_blend_row(unsigned char *p, const unsigned char *c, int n,
                                const struct im_ink *ink) {
    for (; n >= 4; n -= 4, p += 16, c += 4) {
        uint32_t four;
        memcpy(&four, c, 4);
        if (four != 0) {
            im_blend_four(p, c, ink);
        }
    }
    if (n > 0) {
        unsigned char pixels[16] = {0}, cover[4] = {0};
        size_t left = (size_t)n;
        memcpy(pixels, p, 4 * left);
        memcpy(cover, c, left);
        im_blend_four(pixels, cover, ink);
        memcpy(p, pixels, 4 * left);
    }
}

/* Blend into n pixels at p of one coverage. */
static inline void im_blend_span(unsigned char *p, int n, unsigned coverage,
                                 const struct im_ink *ink) {
    if (coverage == 255 && ink->alpha == 255 && n > 0) {
        wmemset((wchar_t *)(void *)p, (wchar_t)ink->pixel, (size_t)n);
        return;
    }
    unsigned char four[4];
    memset(four, (int)coverage, sizeof four);
    for (; n > 0 && coverage > 0; n -= 4, p += 16) {
        im_blend_row(p, four, n < 4 ? n : 4, ink);
    }
}

#endif
