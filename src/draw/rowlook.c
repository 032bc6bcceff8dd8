/*
 * One pass over a row of pixels: where it changes, from left to right and from the row
 * above, and its part of Adler-32 (RFC 1950, 8.2).
 */
#include "draw/rowlook.h"
#include <stddef.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define HAS_WIDE 1
#include <immintrin.h>
#else
#define HAS_WIDE 0
#endif

static const uint32_t RGB = 0x00FFFFFF;

static uint32_t word(const unsigned char *p) {
    uint32_t v;
    memcpy(&v, p, 4);
    return v;
}

static void mark(uint64_t *bits, uint32_t x, bool on) {
    bits[x / 64] |= (uint64_t)on << x % 64;
}

/* Pixels from `x` to the end, one at a time. */
static void look_plain(unsigned char *p, const unsigned char *above, uint32_t width,
                       uint32_t x, struct im_row_look *look) {
    for (; x < width; x++) {
        unsigned char *at = p + 4 * (size_t)x;
        uint32_t v = word(at) & RGB, end = 3 * (width - x);
        memcpy(at, &v, 4);
        mark(look->left, x, x == 0 || word(at - 4) != v);
        mark(look->above, x, above == NULL || word(above + 4 * (size_t)x) != v);
        uint32_t red = v >> 16, green = v >> 8 & 0xFF, blue = v & 0xFF;
        look->sum += red + green + blue;
        look->weighted += (uint64_t)end * (red + green + blue) - green - 2 * blue;
    }
}

#if HAS_WIDE
/*
 * What steps of eight pixels add up to: `sums` has the bytes of each quarter of the
 * steps so far, `steps` what it had at each: a step counts as often as steps follow,
 * and once for itself. `within` is how far bytes are from the start of their steps.
 */
struct wide {
    __m256i before; /* the step before, colours only */
    __m256i sums, steps, within;
};

/* One step at p; bit i of the results: pixel i is its neighbour. */
__attribute__((target("avx2"), always_inline)) static inline void look_step(
    unsigned char *p, const unsigned char *above, struct wide *w, uint64_t *left,
    uint64_t *up) {
    const __m256i rgb = _mm256_set1_epi32((int)RGB), ones = _mm256_set1_epi16(1);
    const __m256i place =
        _mm256_setr_epi8(2, 1, 0, 0, 5, 4, 3, 0, 8, 7, 6, 0, 11, 10, 9, 0, 14, 13, 12,
                         0, 17, 16, 15, 0, 20, 19, 18, 0, 23, 22, 21, 0);
    __m256i *at = (__m256i *)(void *)p;
    __m256i v = _mm256_and_si256(_mm256_loadu_si256(at), rgb);
    __m256i over = _mm256_loadu_si256((const __m256i *)(const void *)above);
    _mm256_storeu_si256(at, v);
    __m256i joint = _mm256_permute2x128_si256(w->before, v, 0x21);
    __m256i shifted = _mm256_alignr_epi8(v, joint, 12); // each one's left
    w->before = v;
    *left = (unsigned)_mm256_movemask_ps(
        _mm256_castsi256_ps(_mm256_cmpeq_epi32(v, shifted)));
    *up =
        (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(v, over)));
    w->sums = _mm256_add_epi64(w->sums, _mm256_sad_epu8(v, _mm256_setzero_si256()));
    w->steps = _mm256_add_epi64(w->steps, w->sums);
    w->within = _mm256_add_epi32(
        w->within, _mm256_madd_epi16(_mm256_maddubs_epi16(v, place), ones));
}

/* The sums of all steps, of which n pixels follow. */
__attribute__((target("avx2"))) static void add_up(const struct wide *w, uint32_t n,
                                                   struct im_row_look *look) {
    uint64_t s[4], t[4];
    uint32_t in[8];
    memcpy(s, &w->sums, sizeof s);
    memcpy(t, &w->steps, sizeof t);
    memcpy(in, &w->within, sizeof in);
    for (int i = 0; i < 4; i++) {
        look->sum += s[i];
        look->weighted += 24 * t[i] - in[i] - in[i + 4];
    }
    look->weighted += (uint64_t)3 * n * look->sum;
}

/* Whole steps of eight pixels, by words of bits; where it stopped. `above` may be p. */
__attribute__((target("avx2"))) static uint32_t look_wide(unsigned char *p,
                                                          const unsigned char *above,
                                                          uint32_t width,
                                                          struct im_row_look *look) {
    struct wide w = {.before = _mm256_set1_epi32(-1)}; // none: the first differs
    uint64_t left, up, all_left, all_up;
    uint32_t x = 0;
    for (; x + 64 <= width; x += 64) {
        all_left = all_up = 0;
#pragma GCC unroll 8
        for (size_t i = 0; i < 64; i += 8) {
            size_t at = 4 * (x + i);
            look_step(p + at, above + at, &w, &left, &up);
            all_left |= left << i;
            all_up |= up << i;
        }
        look->left[x / 64] = ~all_left;
        look->above[x / 64] = ~all_up;
    }
    for (; x + 8 <= width; x += 8) {
        look_step(p + 4 * (size_t)x, above + 4 * (size_t)x, &w, &left, &up);
        look->left[x / 64] |= (left ^ 0xFF) << x % 64;
        look->above[x / 64] |= (up ^ 0xFF) << x % 64;
    }
    add_up(&w, width - x, look);
    return x;
}
#endif

void im_row_look(unsigned char *p, const unsigned char *above, uint32_t width,
                 bool plain, struct im_row_look *look) {
    const size_t bytes = IM_ROW_WORDS(width) * sizeof *look->left;
    uint32_t x = 0;
    look->sum = look->weighted = 0;
    memset(look->left, 0, bytes);
    memset(look->above, 0, bytes);
#if HAS_WIDE
    if (!plain && __builtin_cpu_supports("avx2")) {
        x = look_wide(p, above != NULL ? above : p, width, look);
    }
#else
    (void)plain;
#endif
    look_plain(p, above, width, x, look);
    mark(look->left, width, true);
    if (above == NULL) {
        memset(look->above, 0xFF, bytes);
    }
    mark(look->above, width, true);
}
