/* What a row of pixels is said to be, against a count of every pixel and byte. */
#include "draw/rowlook.h"
#include "help/random.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { WIDEST = 65535, WORDS = IM_ROW_WORDS(WIDEST) };

static uint32_t row[WIDEST], over[WIDEST], noise_after[1 + WIDEST];
static uint32_t *const noisy =
    noise_after + 1; /* before it, one like its first pixel */
static uint64_t left[WORDS], above[WORDS];

/* Runs of few colours; about half of the pixels are those of the row above.
 * Noise: in the bytes that are no colour. */
static void throw_row(uint32_t width, uint32_t colours, bool noise) {
    uint32_t colour = 0;
    for (uint32_t x = 0; x < width; x++) {
        colour =
            dice_below(3) == 0 ? dice_below(colours) * 0x010F1Fu & 0xFFFFFF : colour;
        over[x] =
            dice_below(2) == 0 ? dice_below(colours) * 0x010F1Fu & 0xFFFFFF : colour;
        over[x] |= 0xFF000000;
        row[x] = 0xFF000000 | colour;
        noisy[x] = noise ? dice_below(256) << 24 | colour : row[x];
    }
}

static void check(uint32_t width, bool first, bool plain) {
    struct im_row_look look = {.left = left, .above = above};
    uint64_t sum = 0, weighted = 0;
    noise_after[0] = row[0];
    im_row_look((unsigned char *)noisy, first ? NULL : (unsigned char *)over, width,
                plain, &look);
    assert_memory_equal(noisy, row, width * sizeof *row);
    for (uint32_t x = 0; x < width; x++) {
        bool differs = x == 0 || row[x] != row[x - 1];
        bool other = first || row[x] != over[x];
        if ((left[x / 64] >> x % 64 & 1) != differs ||
            (above[x / 64] >> x % 64 & 1) != other) {
            fail_msg("pixel %u of %u: %d %d", x, width, differs, other);
        }
        for (uint32_t k = 0; k < 3; k++) {
            uint32_t byte = row[x] >> (16 - 8 * k) & 0xFF;
            sum += byte;
            weighted += (uint64_t)byte * (3 * (width - x) - k);
        }
    }
    assert_true(left[width / 64] >> width % 64 & 1);
    assert_true(above[width / 64] >> width % 64 & 1);
    assert_int_equal(look.sum, sum);
    assert_int_equal(look.weighted, weighted);
}

static void every_width(void **state) {
    (void)state;
    for (uint32_t width = 1; width < 200; width++) {
        for (int way = 0; way < 4; way++) {
            throw_row(width, 1 + dice_below(5), width % 2 == 0);
            check(width, way & 1, way & 2);
        }
    }
}

static void the_widest_and_the_brightest(void **state) {
    (void)state;
    for (int way = 0; way < 4; way++) {
        throw_row(WIDEST, 3, way % 3 == 0);
        check(WIDEST, way & 1, way & 2);
    }
    for (uint32_t x = 0; x < WIDEST; x++) {
        row[x] = over[x] = 0xFFFFFFFF;
        noisy[x] = 0xFFFFFFFF;
    }
    check(WIDEST, false, false);
    check(WIDEST, false, true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_width),
        cmocka_unit_test(the_widest_and_the_brightest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
