/* One box over many: the same in any order. */
#include "geo/boxes.h"
#include "help/arena.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define assert_near(a, b, by) assert_true(fabs((a) - (b)) <= (by))

/* Over points of these longitudes, from the k-th on. */
static struct im_box over(const double *lon, size_t n, size_t k) {
    struct im_boxes boxes = {0};
    for (size_t i = 0; i < n; i++) {
        double at = lon[(i + k) % n];
        im_boxes_add(arena, &boxes, (struct im_window){at, (double)i, at, 9});
    }
    return im_boxes_over(&boxes);
}

static void check(const double *lon, size_t n, double west, double east) {
    for (size_t k = 0; k < n; k++) {
        struct im_box box = over(lon, n, k);
        assert_near(box.west, west, 1e-9);
        assert_near(box.east, east, 1e-9);
        assert_near(box.south, 0, 0);
        assert_near(box.north, 9, 0);
    }
}

#define OVER(west, east, ...)                                                          \
    do {                                                                               \
        const double lon[] = {__VA_ARGS__};                                            \
        check(lon, sizeof lon / sizeof *lon, west, east);                              \
    } while (0)

static void test_gaps(void **state) {
    (void)state;
    OVER(44, 44, 44);
    OVER(-9, 44, 44, -9, 3);
    OVER(177, -175, 177, -175, 179);     // an archipelago
    OVER(139, -71, 139, -118, 151, -71); // around the Pacific
    OVER(140, -170, 140, -170, 175);     // near its middle
    // over the continents: Greenwich, though India has the wider gap
    OVER(-118, 151, 151, -74, 0, 37, 139.7, -46, -118);
    OVER(-118, 151, -118, 139.7, -74, 151, -46, 0, 37, 77);
    OVER(-157, 178, 178, -157, -46, -17, 20, 50, 80, 110, 140, -120, -80);
}

static void test_windows(void **state) {
    (void)state;
    struct im_boxes boxes = {0}; // one reaches round to where another begins
    im_boxes_add(arena, &boxes, (struct im_window){19, 41, 191, 82});
    im_boxes_add(arena, &boxes, (struct im_window){-175, 0, -170, 1});
    struct im_box box = im_boxes_over(&boxes);
    assert_near(box.west, 19, 1e-9);
    assert_near(box.east, -169, 1e-9);
    im_boxes_add(arena, &boxes, (struct im_window){-125, 20, -30, 50});
    box = im_boxes_over(&boxes);
    assert_near(box.west, -180, 0); // the globe, whole
    assert_near(box.east, 180, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_windows),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
