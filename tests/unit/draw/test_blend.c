/* A colour over pixels, four at a time. */
#include "draw/blend.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static uint32_t seed = 1;

static double dice(double below) {
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed / 4294967296.0 * below;
}

/* Each pixel is what the formula says, in fours and at the end of a row. */
static void blends(void **state) {
    (void)state;
    for (int n = 1; n < 40; n++) {
        unsigned char p[160], cover[40];
        uint32_t was[40];
        im_rgba colour = (im_rgba)dice(4294967295.0);
        struct im_ink ink = im_ink_of(colour);
        for (int i = 0; i < 40; i++) {
            was[i] = (uint32_t)dice(0x1000000);
            cover[i] = (unsigned char)(i % 3 ? dice(256) : 255 * (i % 2));
        }
        memcpy(p, was, sizeof p);
        im_blend_row(p, cover, n, &ink);
        for (int i = 0; i < 40; i++) {
            int alpha = (int)floor((colour & 0xFF) * cover[i] / 255.0 + 0.5);
            for (int k = 0; k < 4; k++) {
                int old = (int)(was[i] >> 8 * k & 0xFF);
                int ink_is = k < 3 ? (int)(colour >> (8 + 8 * k) & 0xFF) : 255;
                int now =
                    (int)floor((old * (255 - alpha) + ink_is * alpha) / 255.0 + 0.5);
                uint32_t v;
                memcpy(&v, p + 4 * i, 4);
                assert_int_equal(v >> 8 * k & 0xFF, i < n ? now : old);
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(blends)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
