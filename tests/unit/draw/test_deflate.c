/* Pixels to a zlib stream: an independent inflater finds every byte again. */
#include "draw/deflate.h"
#include "help/random.h"
#include <libdeflate.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct picture {
    struct im_arena *arena;
    int w, h, stride; /* stride in pixels */
    uint32_t *v;
};

/* A canvas of one colour; the byte that is no colour and the padding are noise. */
static struct picture picture(int w, int h, uint32_t colour) {
    struct picture p = {im_arena_new((size_t)1 << 30), w, h, w + 3, NULL};
    dice_anew();
    p.v = im_alloc(p.arena, (size_t)p.stride * (size_t)h, 4);
    for (int i = 0; i < p.stride * h; i++) {
        p.v[i] =
            dice_below(256) << 24 | (i % p.stride < w ? colour : dice_below(1 << 24));
    }
    return p;
}

static void set(const struct picture *p, int x, int y, uint32_t colour) {
    uint32_t *v = &p->v[y * p->stride + x];
    *v = (*v & 0xFF000000) | colour;
}

/* Deflate, inflate, compare; the arena is freed. Bytes of the stream. */
static size_t there_and_back(struct picture p) {
    size_t row = 3 * (size_t)p.w + 1, n = row * (size_t)p.h, got = 0;
    struct im_buf b;
    im_buf_init(&b, p.arena, (size_t)1 << 29);
    im_deflate_pixels(&b, (unsigned char *)p.v, p.w, p.h, 4 * p.stride);
    unsigned char *back = im_alloc(p.arena, n, 1);
    struct libdeflate_decompressor *z = libdeflate_alloc_decompressor();
    int result = libdeflate_zlib_decompress(z, b.data, b.len, back, n, &got);
    libdeflate_free_decompressor(z);
    if (result != LIBDEFLATE_SUCCESS || got != n) {
        fail_msg("%dx%d: inflating says %d, %zu of %zu bytes", p.w, p.h, result, got,
                 n);
    }
    for (int y = 0; y < p.h; y++) {
        assert_int_equal(back[(size_t)y * row], 0);
        for (int x = 0; x < p.w; x++) {
            const unsigned char *r = back + (size_t)y * row + 1 + 3 * (size_t)x;
            uint32_t is = (uint32_t)r[0] << 16 | (uint32_t)r[1] << 8 | r[2];
            uint32_t was = p.v[y * p.stride + x] & 0xFFFFFF;
            if (is != was) {
                fail_msg("%dx%d: pixel %d,%d is %06x, not %06x", p.w, p.h, x, y, is,
                         was);
            }
        }
    }
    size_t len = b.len;
    im_arena_free(p.arena);
    return len;
}

/* Flat areas with lines, spots and letters of few shades over them. */
static struct picture map_like(int w, int h) {
    struct picture p = picture(w, h, 0xF4EFE6);
    for (int y = h / 3; y < h; y++) {
        for (int x = 0; x < w / 2; x++) {
            set(&p, x, y, 0xC9DDE8);
        }
    }
    for (int k = 0; k < w * h / 60; k++) {
        int x0 = (int)dice_below((uint32_t)w), y0 = (int)dice_below((uint32_t)h);
        int n = 1 + (int)dice_below(8), down = (int)dice_below(2);
        uint32_t shade = 0x10101 * (dice_below(16) * 15);
        for (int i = 0; i < n; i++) {
            int x = x0 + (down ? i / 3 : i), y = y0 + (down ? i : 0);
            if (x < w && y < h) {
                set(&p, x, y, shade);
            }
        }
    }
    return p;
}

static struct picture noise(int w, int h, uint32_t colours) {
    struct picture p = picture(w, h, 0);
    for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
            set(&p, x, y, dice_below(colours) * (0x1000000 / colours));
        }
    }
    return p;
}

static void small_and_thin(void **state) {
    (void)state;
    for (int w = 1; w <= 5; w++) {
        for (int h = 1; h <= 5; h++) {
            there_and_back(picture(w, h, 0x123456));
            there_and_back(noise(w, h, 1 << 24));
            there_and_back(noise(w, h, 2));
        }
    }
    there_and_back(noise(1, 3000, 3));
    there_and_back(noise(3000, 1, 3));
    there_and_back(picture(1, 9000, 0xFFFFFF));
    there_and_back(picture(9000, 1, 0xFFFFFF));
}

static void flat_is_small(void **state) {
    (void)state;
    // 1200 rows of 19 matches, two bits each, and of a filter byte and a row's first
    assert_in_range(there_and_back(picture(1600, 1200, 0xFFFFFF)), 100, 9000);
    assert_in_range(there_and_back(picture(259, 700, 0x000000)), 50, 2000);
}

static void maps(void **state) {
    (void)state;
    for (int w = 80; w < 96; w++) { // around the longest match
        there_and_back(map_like(w, 61));
        there_and_back(map_like(2 * w, 61));
    }
    size_t n = there_and_back(map_like(1000, 700));
    assert_in_range(n, 1000, 3 * 1000 * 700 / 8);
}

static void few_colours(void **state) {
    (void)state;
    for (uint32_t colours = 2; colours <= 1 << 12; colours *= 4) {
        there_and_back(noise(301, 400, colours));
    }
}

/* The window is 32,768 bytes: the row above is out of reach from 10,923 pixels on. */
/* Of a thousand colours two neighbours hardly ever stand again, one of them often. */
static void a_pixel_alone_is_found(void **state) {
    (void)state;
    const size_t raw = 3 * (size_t)1300 * 300;
    assert_in_range(there_and_back(noise(1300, 300, 1000)), raw / 2, raw / 100 * 94);
}

static void around_the_window(void **state) {
    (void)state;
    for (int w = 10919; w <= 10926; w++) {
        there_and_back(map_like(w, 7));
        there_and_back(noise(w, 4, 5));
    }
    there_and_back(map_like(20000, 5));
    for (int w = 5458; w <= 5464; w++) { // two rows
        there_and_back(map_like(w, 7));
    }
}

/* Each row is the one above: worth it within the window only. */
static void row_above_is_found(void **state) {
    (void)state;
    size_t len[2];
    for (int k = 0; k < 2; k++) {
        int w = k == 0 ? 10922 : 10923;
        struct picture p = noise(w, 40, 1 << 24);
        for (int y = 1; y < 40; y++) {
            for (int x = 0; x < w; x++) {
                set(&p, x, y, p.v[x] & 0xFFFFFF);
            }
        }
        len[k] = there_and_back(p);
    }
    assert_in_range(len[0], 3 * 10922, 3 * 10922 + 39 * 128 * 20 / 8);
    assert_true(len[1] > 25 * len[0]);
}

static void noise_does_not_grow(void **state) {
    (void)state;
    static const int side[][2] = {{1, 1}, {7, 5}, {300, 200}, {1000, 900}, {9000, 40}};
    for (size_t i = 0; i < sizeof side / sizeof *side; i++) {
        size_t n = (3 * (size_t)side[i][0] + 1) * (size_t)side[i][1];
        size_t len = there_and_back(noise(side[i][0], side[i][1], 1 << 24));
        if (len > n + n / 1000 + 16) {
            fail_msg("%zu bytes became %zu", n, len);
        }
    }
}

/* Noise and map by turns: stored blocks and coded ones, which start at any bit. */
static void blocks_of_both_kinds(void **state) {
    (void)state;
    struct picture p = map_like(700, 900);
    for (int y = 0; y < 900; y++) {
        for (int x = 0; x < 700 && y / 150 % 2 == 0; x++) {
            set(&p, x, y, dice_below(1 << 24));
        }
    }
    there_and_back(p);
}

/* Frequencies like Fibonacci's numbers ask for codes of more than 15 bits. */
static void long_codes_are_cut(void **state) {
    (void)state;
    struct picture p = picture(401, 260, 0);
    uint32_t fib[24] = {1, 1}, sum = 2;
    for (int i = 2; i < 24; i++) {
        fib[i] = fib[i - 1] + fib[i - 2];
        sum += fib[i];
    }
    for (int y = 0; y < 260; y++) {
        for (int x = 0; x < 401; x++) {
            uint32_t colour = 0;
            for (int k = 0; k < 3; k++) {
                uint32_t roll = dice_below(sum), s = 0;
                while (roll >= fib[s]) {
                    roll -= fib[s++];
                }
                colour = colour << 8 | s * 9;
            }
            set(&p, x, y, colour);
        }
    }
    there_and_back(p);
}

static void same_pixels_same_bytes(void **state) {
    (void)state;
    struct picture p = map_like(300, 200), q = map_like(300, 200);
    for (int i = 0; i < q.stride * q.h; i++) { // what is no colour is not looked at
        q.v[i] = i % q.stride < q.w ? q.v[i] ^ 0x5A000000 : 0;
    }
    struct im_buf a, b;
    im_buf_init(&a, p.arena, 1 << 28);
    im_buf_init(&b, q.arena, 1 << 28);
    im_deflate_pixels(&a, (unsigned char *)p.v, p.w, p.h, 4 * p.stride);
    im_deflate_pixels(&b, (unsigned char *)q.v, q.w, q.h, 4 * q.stride);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
    im_arena_free(p.arena);
    im_arena_free(q.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_and_thin),
        cmocka_unit_test(flat_is_small),
        cmocka_unit_test(maps),
        cmocka_unit_test(few_colours),
        cmocka_unit_test(a_pixel_alone_is_found),
        cmocka_unit_test(around_the_window),
        cmocka_unit_test(row_above_is_found),
        cmocka_unit_test(noise_does_not_grow),
        cmocka_unit_test(blocks_of_both_kinds),
        cmocka_unit_test(long_codes_are_cut),
        cmocka_unit_test(same_pixels_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
