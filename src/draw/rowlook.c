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

static const uint32_t OPAQUE = 0xFF000000;

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
        uint32_t v = word(at) | OPAQUE, end = 3 * (width - x);
        memcpy(at, &v, 4);
        mark(look->left, x, x == 0 || word(at - 4) != v);
        mark(look->above, x, above == NULL || word(above + 4 * (size_t)x) != v);
        uint32_t red = v >> 16 & 0xFF, green = v >> 8 & 0xFF, blue = v & 0xFF;
        look->sum += red + green + blue;
        look->weighted += (uint64_t)end * (red + green + blue) - green - 2 * blue;
    }
}

#if HAS_WIDE
/*
 * What steps of eight pixels add up to: `sums` has the bytes of each quarter of the
 * steps so far, `steps` what it had at each: a step counts as often as steps follow,
 * and once for itself. `within` is how far bytes are from the start of their steps.
 * XX counts as a byte of the first two: it is taken away in the end.
 */
struct wide {
    __m256i sums, steps, within;
    __m256i opaque; /* all pixels anded */
};

/* One step at p: which pixels are their neighbours, as words. `before`: the pixels to
 * the left. */
__attribute__((target("avx2"), always_inline)) static inline void look_step(
    const unsigned char *p, const unsigned char *above, __m256i before, struct wide *w,
    __m256i same[2]) {
    const __m256i ones = _mm256_set1_epi16(1);
    const __m256i place =
        _mm256_setr_epi8(2, 1, 0, 0, 5, 4, 3, 0, 8, 7, 6, 0, 11, 10, 9, 0, 14, 13, 12,
                         0, 17, 16, 15, 0, 20, 19, 18, 0, 23, 22, 21, 0);
    __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)p);
    __m256i over = _mm256_loadu_si256((const __m256i *)(const void *)above);
    same[0] = _mm256_cmpeq_epi32(v, before);
    same[1] = _mm256_cmpeq_epi32(v, over);
    w->opaque = _mm256_and_si256(w->opaque, v);
    w->sums = _mm256_add_epi64(w->sums, _mm256_sad_epu8(v, _mm256_setzero_si256()));
    w->steps = _mm256_add_epi64(w->steps, w->sums);
    w->within = _mm256_add_epi32(
        w->within, _mm256_madd_epi16(_mm256_maddubs_epi16(v, place), ones));
}

/* Pixels to the left of those at p; the first of a row has none. */
__attribute__((target("avx2"), always_inline)) static inline __m256i before_step(
    const unsigned char *p, uint32_t x) {
    if (x > 0) {
        return _mm256_loadu_si256((const __m256i *)(const void *)(p - 4));
    }
    const __m256i back = _mm256_setr_epi32(0, 0, 1, 2, 3, 4, 5, 6);
    __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)p);
    return _mm256_insert_epi32(_mm256_permutevar8x32_epi32(v, back), 0, 0);
}

/* Of four steps, bit i: pixel i differs. */
__attribute__((target("avx2"), always_inline)) static inline uint32_t differ(
    __m256i a, __m256i b, __m256i c, __m256i d) {
    const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7); // packed by halves
    __m256i all =
        _mm256_packs_epi16(_mm256_packs_epi32(a, b), _mm256_packs_epi32(c, d));
    return ~(uint32_t)_mm256_movemask_epi8(_mm256_permutevar8x32_epi32(all, order));
}

/* The sums of n pixels that have been looked at, of which `after` follow. */
__attribute__((target("avx2"))) static void add_up(const struct wide *w, uint64_t n,
                                                   uint64_t after,
                                                   struct im_row_look *look) {
    const uint64_t steps = n / 8, xx = 8 * 255; // of a step
    uint64_t s[4], t[4];
    uint32_t in[8];
    memcpy(s, &w->sums, sizeof s);
    memcpy(t, &w->steps, sizeof t);
    memcpy(in, &w->within, sizeof in);
    look->sum = s[0] + s[1] + s[2] + s[3] - xx * steps;
    look->weighted = 24 * (t[0] + t[1] + t[2] + t[3] - xx * (steps * (steps + 1) / 2));
    for (int i = 0; i < 8; i++) {
        look->weighted -= in[i];
    }
    look->weighted += 3 * after * look->sum;
}

/* Whole steps of eight pixels; where it stopped. `above` may be p. Not `opaque`: the
 * result is of no use, XX of some pixel has bits that are 0. */
__attribute__((target("avx2"))) static uint32_t look_wide(const unsigned char *p,
                                                          const unsigned char *above,
                                                          uint32_t width, bool *opaque,
                                                          struct im_row_look *look) {
    struct wide w = {.opaque = _mm256_set1_epi32(-1)};
    __m256i same[4][2];
    uint32_t x = 0;
    for (uint32_t bits; x + 32 <= width; x += 32) {
        _mm_prefetch((const char *)p + 4 * ((size_t)x + width), _MM_HINT_T0);
        _mm_prefetch((const char *)p + 4 * ((size_t)x + width + 16), _MM_HINT_T0);
#pragma GCC unroll 4
        for (uint32_t i = 0; i < 4; i++) {
            size_t at = 4 * ((size_t)x + 8 * i);
            look_step(p + at, above + at, before_step(p + at, x + 8 * i), &w, same[i]);
        }
        bits = differ(same[0][0], same[1][0], same[2][0], same[3][0]);
        memcpy((uint32_t *)look->left + x / 32, &bits, sizeof bits);
        bits = differ(same[0][1], same[1][1], same[2][1], same[3][1]);
        memcpy((uint32_t *)look->above + x / 32, &bits, sizeof bits);
    }
    for (; x + 8 <= width; x += 8) {
        size_t at = 4 * (size_t)x;
        look_step(p + at, above + at, before_step(p + at, x), &w, same[0]);
        const __m256i none = _mm256_set1_epi32(-1);
        look->left[x / 64] |= (uint64_t)differ(same[0][0], none, none, none) << x % 64;
        look->above[x / 64] |= (uint64_t)differ(same[0][1], none, none, none) << x % 64;
    }
    add_up(&w, x, width - x, look);
    *opaque = _mm256_movemask_epi8(_mm256_cmpeq_epi32(
                  _mm256_or_si256(w.opaque, _mm256_set1_epi32((int)~OPAQUE)),
                  _mm256_set1_epi32(-1))) == -1;
    return x;
}
#endif

static void make_opaque(unsigned char *p, uint32_t width) {
    for (uint32_t x = 0; x < width; x++) {
        uint32_t v = word(p + 4 * (size_t)x) | OPAQUE;
        memcpy(p + 4 * (size_t)x, &v, 4);
    }
}

static void clear(struct im_row_look *look, size_t bytes) {
    look->sum = look->weighted = 0;
    memset(look->left, 0, bytes);
    memset(look->above, 0, bytes);
}

void im_row_look(unsigned char *p, const unsigned char *above, uint32_t width,
                 bool plain, struct im_row_look *look) {
    const size_t bytes = IM_ROW_WORDS(width) * sizeof *look->left;
    uint32_t x = 0;
    clear(look, bytes);
#if HAS_WIDE
    if (!plain && __builtin_cpu_supports("avx2")) {
        bool opaque;
        x = look_wide(p, above != NULL ? above : p, width, &opaque, look);
        if (!opaque) {
            clear(look, bytes);
            make_opaque(p, width);
            x = look_wide(p, above != NULL ? above : p, width, &opaque, look);
        }
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
